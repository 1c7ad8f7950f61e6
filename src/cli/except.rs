//! `mingbai except`: enters that something which looks personal was looked at and may be published.

use anyhow::{Context as _, Result, bail};

use crate::cli::args::{Flag, Invocation};
use crate::cli::key::{self, KEY};
use crate::cli::{Command, Exit, place, term, today};
use crate::diag::Sources;
use crate::files::Files;
use crate::output::emit::append;
use crate::records::{self, EXCEPTIONS_FILE, Look, Opened, Suspect};
use crate::text::{Day, Lang, Phrase};
use crate::token::Key;

/// The command.
pub(crate) struct Except;

impl Command for Except {
    fn name(&self) -> &'static str {
        "except"
    }

    fn operands(&self) -> &'static str {
        "FILE:LINE:COLUMN"
    }

    fn about(&self) -> Phrase {
        Phrase::new(
            "登记一处看过、可以公开的内容",
            "enters something that was looked at and may be published",
        )
    }

    fn flags(&self) -> &'static [Flag] {
        const FLAGS: &[Flag] = &[
            Flag {
                name: "reason",
                value: "TEXT",
                zh: "为什么可以公开",
                en: "why it may be published",
            },
            Flag {
                name: "until",
                value: "YYYY-MM-DD",
                zh: "到哪天为止,之后再看一遍",
                en: "the last day on which it holds",
            },
            KEY,
            Flag { name: "dir", value: "DIR", zh: "哪个台账", en: "which register" },
        ];
        FLAGS
    }

    fn run(&self, invocation: &Invocation) -> Result<Exit> {
        let lang = invocation.lang;
        let ground = place::find_in(invocation.value("dir").unwrap_or("."), lang)?;
        let (Some(key), Some(reason), Some(until)) = (
            key::read(invocation, &ground)?,
            invocation.value("reason").map(str::trim).filter(|reason| !reason.is_empty()),
            invocation.value("until").and_then(Day::parse),
        ) else {
            match lang {
                Lang::Zh => bail!(
                    "--key、--reason、--until 三项都要写,期限写成 2026-12-31 这样。例如:\n  mingbai key ~/mingbai.key    (先做一个密钥,只做一次)\n  mingbai except 文件:行:列 --reason 对外公布的值班手机 --until 2026-12-31 --key ~/mingbai.key"
                ),
                Lang::En => bail!(
                    "--key, --reason and --until are all needed; a day is written 2026-12-31. For example:\n  mingbai key ~/mingbai.key    (makes a key, once)\n  mingbai except FILE:LINE:COLUMN --reason \"the office's mobile\" --until 2026-12-31 --key ~/mingbai.key"
                ),
            }
        };
        if until < today::today()? {
            match lang {
                Lang::Zh => bail!("--until 已经过去了"),
                Lang::En => bail!("--until has passed"),
            }
        }
        let files = Files::read(&ground.content)
            .with_context(|| format!("reading {}", ground.content.display()))?;
        let opened = records::open(&files, &Look::default());
        let suspects = at(invocation, &opened, &Sources::new(&files, opened.shown()))?;
        let known = files.text(EXCEPTIONS_FILE).unwrap_or("");
        let mut text = String::new();
        for suspect in suspects {
            let entry = entry(suspect, &key, reason, until);
            // The same value in the same file needs one entry.
            if !known.contains(&suspect.fingerprint(&key)) && !text.contains(&entry) {
                text.push_str(&entry);
            }
        }
        if !text.is_empty() {
            let gap = if known.is_empty() || known.ends_with('\n') { "" } else { "\n" };
            append(&ground.content.join(EXCEPTIONS_FILE), &format!("{gap}{text}"))?;
        }
        term::say(match (lang, text.is_empty()) {
            (Lang::Zh, false) => "登记好了:content/exceptions.toml。检查和生成时都要加上 --key。\n",
            (Lang::Zh, true) => "以前登记过了。\n",
            (Lang::En, false) => {
                "Entered in content/exceptions.toml. Check and build with --key from now on.\n"
            }
            (Lang::En, true) => "It was entered before.\n",
        });
        Ok(Exit::Good)
    }
}

/// Returns what was found at the place that was named.
fn at<'o>(
    invocation: &Invocation,
    opened: &'o Opened,
    sources: &Sources<'_>,
) -> Result<Vec<&'o Suspect>> {
    let named = invocation.operands.first().map_or("", String::as_str);
    let mut parts = named.rsplitn(3, ':');
    let numbers: [Option<usize>; 2] =
        [(); 2].map(|()| parts.next().and_then(|number| number.parse().ok()));
    let ([Some(column), Some(line)], Some(path)) = (numbers, parts.next()) else {
        match invocation.lang {
            Lang::Zh => {
                bail!("写明哪个文件、哪一行、哪一列,照抄 mingbai check --format short 的开头")
            }
            Lang::En => {
                bail!("name file, line and column as `mingbai check --format short` writes them")
            }
        }
    };
    let path = path.strip_prefix("content/").unwrap_or(path);
    let suspects: Vec<&Suspect> = opened
        .suspects()
        .iter()
        .filter(|suspect| {
            let position = sources.position(&suspect.span);
            *suspect.span.path == *path && (position.line, position.column) == (line, column)
        })
        .collect();
    if suspects.is_empty() {
        match invocation.lang {
            Lang::Zh => bail!("这个位置没有发现个人信息;先运行 mingbai check,照抄它写的位置"),
            Lang::En => {
                bail!("nothing personal was found at this place; copy it from `mingbai check`")
            }
        }
    }
    Ok(suspects)
}

/// Returns an entry of the file.
fn entry(suspect: &Suspect, key: &Key, reason: &str, until: Day) -> String {
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    format!(
        "\n[[exception]]\ndetector = {}\nfile = {}\nfingerprint = {}\nreason = {}\nuntil = {until}\n",
        quoted(suspect.detector),
        quoted(&suspect.span.path),
        quoted(&suspect.fingerprint(key)),
        quoted(reason),
    )
}
