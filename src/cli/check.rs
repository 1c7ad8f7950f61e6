//! `mingbai check`: every finding of the register; writes nothing.

use anyhow::{Context as _, Result, bail};

use crate::cli::args::{Flag, Invocation};
use crate::cli::key::{self, KEY};
use crate::cli::today::{self, AS_OF};
use crate::cli::{Command, Exit, place, term};
use crate::diag::{FORMS, Sources, form};
use crate::files::Files;
use crate::pipeline::{self, Examined, Facts};
use crate::records::Look;
use crate::text::{Lang, Phrase, plural};

/// The command.
pub(crate) struct Check;

/// The form for people.
const HUMAN: &str = "human";

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
        let name = invocation.value("format").unwrap_or(HUMAN);
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
        let Examined { report, shown, facts } = pipeline::examine(&files, &look);
        let sources = Sources::new(&files, &shown);
        term::say(&form.write(&report, &sources, invocation.lang));
        if name == HUMAN {
            term::say(&notes(&facts, &look, invocation.lang));
        }
        Ok(Exit::of(&report))
    }
}

/// Returns what a person should know beside the findings.
fn notes(facts: &Facts, look: &Look<'_>, lang: Lang) -> String {
    let today = look.as_of.filter(|_| !look.as_of_asked);
    format!("{}{}", waiting(facts, lang), today::stands_still(facts, today, lang))
}

/// Returns what is said of records that are not published yet; nothing when there are none.
pub(crate) fn waiting(facts: &Facts, lang: Lang) -> String {
    let Facts { drafts, to_come, .. } = facts;
    match (drafts + to_come, lang) {
        (0, _) => String::new(),
        (_, Lang::Zh) => {
            format!("  还没上网 草稿 {drafts} 条,未到公开日 {to_come} 条\n")
        }
        (_, Lang::En) => format!(
            "  waiting  {}, {to_come} whose day of publication is to come\n",
            plural(*drafts, "draft")
        ),
    }
}
