//! `mingbai board`: the lists that may hang on the villages' own boards today, as sheets to print.

use anyhow::{Context as _, Result, bail};

use crate::cli::args::{Flag, Invocation};
use crate::cli::build::{BASE_URL, could_be_done, doing, findings, leak_words};
use crate::cli::key::{self, KEY};
use crate::cli::place::Ground;
use crate::cli::today::{self, AS_OF};
use crate::cli::{Command, Exit, place, term};
use crate::files::Files;
use crate::output::emit::{Changes, Mark, emit};
use crate::pipeline::{self, Outcome, Settings};
use crate::site::Paper;
use crate::text::{Lang, Phrase, plural};

/// The command.
pub(crate) struct Board;

impl Command for Board {
    fn name(&self) -> &'static str {
        "board"
    }

    fn operands(&self) -> &'static str {
        "[DIR]"
    }

    fn about(&self) -> Phrase {
        Phrase::new(
            "把现在该贴村公示栏的名单做成打印件,放到 board/",
            "makes sheets of the lists that hang on village boards now, into board/",
        )
    }

    fn flags(&self) -> &'static [Flag] {
        const FLAGS: &[Flag] = &[
            AS_OF,
            KEY,
            BASE_URL,
            Flag {
                name: "out", value: "DIR", zh: "打印件放在哪里", en: "where the sheets go"
            },
            Flag {
                name: "paper",
                value: "A4|A3",
                zh: "纸的大小,不写就是 A4",
                en: "the size of the paper, A4 if not said",
            },
        ];
        FLAGS
    }

    fn run(&self, invocation: &Invocation) -> Result<Exit> {
        let lang = invocation.lang;
        let paper = paper(invocation)?;
        let ground = place::find_for_board(invocation)?;
        let (as_of, as_of_asked) = today::as_of(invocation)?;
        let settings = Settings {
            as_of,
            as_of_asked,
            base_url: invocation.value(BASE_URL.name).map(str::to_owned),
            keep_going: false,
            key: key::read(invocation, &ground)?,
        };
        let files = Files::read(&ground.content)
            .with_context(|| format!("reading {}", ground.content.display()))?;
        let outcome = pipeline::board(&files, &settings, paper, &|phase| {
            term::progress(doing(phase).text(lang));
        });
        term::progress("");
        could_be_done(&outcome, lang)?;
        if !outcome.report.findings().is_empty() {
            term::note(&findings(&files, &outcome, lang));
        }
        if !outcome.leaks.is_empty() {
            term::say(&leak_words(&outcome.leaks, lang));
            return Ok(Exit::Leak);
        }
        if outcome.artifacts.is_empty() {
            term::say(match lang {
                Lang::Zh => "没有做打印件:先改好上面的错误。原来的打印件没有动。\n",
                Lang::En => {
                    "No sheet was made: mend the errors above first. The old sheets are untouched.\n"
                }
            });
            return Ok(Exit::of(&outcome.report));
        }
        let changes = emit(&outcome.artifacts, (&ground.board, Mark::Board), lang)?;
        term::say(&summary(&outcome, &changes, &ground, lang));
        let today = (!as_of_asked).then_some(as_of);
        term::say(&today::stands_still(&outcome.facts, today, lang));
        Ok(Exit::Good)
    }
}

/// Returns the paper that was asked for.
fn paper(invocation: &Invocation) -> Result<Paper> {
    let Some(text) = invocation.value("paper") else {
        return Ok(Paper::A4);
    };
    let named = Paper::ALL.into_iter().find(|(_, name)| name.eq_ignore_ascii_case(text));
    match (named, invocation.lang) {
        (Some((paper, _)), _) => Ok(paper),
        (None, Lang::Zh) => bail!("--paper 只能是 A4 或 A3"),
        (None, Lang::En) => bail!("--paper is A4 or A3"),
    }
}

/// Returns what a clerk has to do now.
fn summary(outcome: &Outcome, changes: &Changes, ground: &Ground, lang: Lang) -> String {
    let as_of = outcome.facts.as_of.map_or_else(String::new, |day| day.words(lang));
    // One file is the list of what hangs where.
    let sheets = outcome.artifacts.len() - 1;
    let lists = outcome.lists.len();
    let gone = changes
        .stale
        .iter()
        .filter(|path| outcome.artifacts.iter().all(|artifact| artifact.route().as_str() != *path));
    let home = ground.board.join("index.html");
    let mut text = match lang {
        Lang::Zh => format!(
            "公示栏打印件做好了(截至{as_of})\n  名单 {lists} 份,打印件 {sheets} 张:新写 {},没变 {},撤下 {}\n  打开 {},逐张打印、盖章、张贴\n",
            changes.written,
            changes.unchanged,
            changes.removed,
            home.display()
        ),
        Lang::En => format!(
            "The sheets for the boards are made (as of {as_of})\n  {} on {}; files: {} written, {} unchanged, {} removed\n  open {}, then print, seal and hang up each sheet\n",
            plural(lists, "list"),
            plural(sheets, "sheet"),
            changes.written,
            changes.unchanged,
            changes.removed,
            home.display()
        ),
    };
    for path in gone {
        text.push_str(&match lang {
            Lang::Zh => format!("  到期:请到村里撤下 {path}\n"),
            Lang::En => format!("  over: take down {path}\n"),
        });
    }
    if outcome.facts.base_url.is_empty() {
        text.push_str(match lang {
            Lang::Zh => "  打印件上没有二维码:site.toml 里没有写网站的地址 base_url\n",
            Lang::En => "  the sheets have no QR code: site.toml does not say where the site is (base_url)\n",
        });
    }
    text.push_str(match lang {
        Lang::Zh => "  这个文件夹里有全名:不要上网,不要发到群里,用完删掉\n",
        Lang::En => {
            "  this folder holds whole names: keep it offline, and delete it when the sheets hang\n"
        }
    });
    text
}
