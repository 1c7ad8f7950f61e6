//! `mingbai explain`: what a finding means, why it matters, and how to mend it.

use anyhow::{Result, bail};
use include_dir::{Dir, include_dir};

use crate::cli::args::{Flag, Invocation};
use crate::cli::{Command, Exit, term};
use crate::diag::{CODES, Code};
use crate::text::{Lang, Phrase, nearest};

/// The pages, one a code.
static PAGES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/docs/rules");

/// The line between the Chinese and the English half of a page.
const ENGLISH: &str = "<!-- en -->";

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
            let near = nearest(name, CODES.iter().map(|(code, _)| code.name())).unwrap_or("syntax");
            match invocation.lang {
                Lang::Zh => bail!("没有 {name} 这个代码;是不是 {near}?"),
                Lang::En => bail!("there is no code {name}; did you mean {near}?"),
            }
        };
        term::say(&page(code, invocation.lang));
        Ok(Exit::Good)
    }
}

/// Returns a code's page in one language.
fn page(code: Code, lang: Lang) -> String {
    let file = PAGES.get_file(format!("{}.md", code.name()));
    let whole = file.and_then(include_dir::File::contents_utf8).unwrap_or("");
    let (zh, en) = whole.split_once(ENGLISH).unwrap_or((whole, whole));
    let half = match lang {
        Lang::Zh => zh,
        Lang::En => en,
    };
    format!("{}\n", half.trim())
}

/// Returns the title of a code's page.
fn title(code: Code, lang: Lang) -> String {
    let page = page(code, lang);
    let first = page.lines().next().unwrap_or("").trim_start_matches("# ");
    first.split_once(": ").map_or(first, |(_, title)| title).to_owned()
}
