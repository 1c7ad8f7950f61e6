//! `mingbai explain`: what a finding means, why it matters, and how to mend it.

use anyhow::{Result, bail};

use crate::cli::args::{Flag, Invocation};
use crate::cli::{Command, Exit, term};
use crate::diag::pages::{page, title};
use crate::diag::{CODES, Code};
use crate::text::{Lang, Phrase, nearest};

/// The command.
pub(crate) struct Explain;

impl Command for Explain {
    fn name(&self) -> &'static str {
        "explain"
    }

    fn operands(&self) -> &'static str {
        "[CODE]"
    }

    fn about(&self) -> Phrase {
        Phrase::new(
            "解释一个发现:什么意思、为什么、怎么改",
            "says what a finding means and how to mend it",
        )
    }

    fn flags(&self) -> &'static [Flag] {
        &[]
    }

    fn run(&self, invocation: &Invocation) -> Result<Exit> {
        let Some(name) = invocation.operands.first() else {
            for (code, severity) in CODES {
                let title = title(*code, invocation.lang);
                term::say(&format!("{:<20} {:<8} {title}\n", code.name(), severity.name()));
            }
            return Ok(Exit::Good);
        };
        let Some(code) = Code::named(name) else {
            let near = nearest(name, CODES.iter().map(|(code, _)| code.name()));
            match (near, invocation.lang) {
                (Some(near), Lang::Zh) => bail!("没有 {name} 这个代码;是不是 {near}?"),
                (Some(near), Lang::En) => bail!("there is no code {name}; did you mean {near}?"),
                (None, Lang::Zh) => bail!("没有 {name} 这个代码;mingbai explain 列出全部代码"),
                (None, Lang::En) => {
                    bail!("there is no code {name}; `mingbai explain` lists them all")
                }
            }
        };
        term::say(&format!("{}\n", page(code, invocation.lang)));
        Ok(Exit::Good)
    }
}
