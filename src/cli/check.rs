//! `mingbai check`: every finding of the register; writes nothing.

use anyhow::{Context as _, Result, bail};

use crate::cli::args::{Flag, Invocation};
use crate::cli::key::{self, KEY};
use crate::cli::today::{self, AS_OF};
use crate::cli::{Command, Exit, place, term};
use crate::diag::{FORMS, Sources, form};
use crate::files::Files;
use crate::pipeline;
use crate::records::Look;
use crate::text::{Lang, Phrase};

/// The command.
pub(crate) struct Check;

impl Command for Check {
    fn name(&self) -> &'static str {
        "check"
    }

    fn operands(&self) -> &'static str {
        "[DIR]"
    }

    fn about(&self) -> Phrase {
        Phrase::new(
            "检查台账,列出所有问题,不写任何文件",
            "lists every finding of a register; writes nothing",
        )
    }

    fn flags(&self) -> &'static [Flag] {
        const FLAGS: &[Flag] = &[
            AS_OF,
            KEY,
            Flag {
                name: "format",
                value: "human|json|sarif|short",
                zh: "结果的写法,不写就是 human",
                en: "the form of the result, human if not said",
            },
        ];
        FLAGS
    }

    fn run(&self, invocation: &Invocation) -> Result<Exit> {
        let name = invocation.value("format").unwrap_or("human");
        let Some(form) = form(name) else {
            let names = FORMS.iter().map(|form| form.name()).collect::<Vec<_>>().join(", ");
            match invocation.lang {
                Lang::Zh => bail!("--format 只能是这些:{names}"),
                Lang::En => bail!("--format is one of: {names}"),
            }
        };
        let ground = place::find(invocation)?;
        let files = Files::read(&ground.content)
            .with_context(|| format!("reading {}", ground.content.display()))?;
        let (as_of, as_of_asked) = today::as_of(invocation)?;
        let key = key::read(invocation, &ground)?;
        let look = Look { as_of: Some(as_of), as_of_asked, key: key.as_ref() };
        let (report, shown) = pipeline::check(&files, &look);
        let sources = Sources::new(&files, &shown);
        term::say(&form.write(&report, &sources, invocation.lang));
        Ok(Exit::of(&report))
    }
}
