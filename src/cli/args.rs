//! Reads the command line: which command, with which flags and operands.

use std::collections::BTreeMap;

use crate::cli::{COMMANDS, Command};
use crate::text::{Lang, Phrase, nearest};

/// A flag.
#[derive(Debug)]
pub(crate) struct Flag {
    /// The name without its hyphens.
    pub(crate) name: &'static str,
    /// What its value is called; empty when it has none.
    pub(crate) value: &'static str,
    /// What it does, in Chinese.
    pub(crate) zh: &'static str,
    /// What it does, in English.
    pub(crate) en: &'static str,
}

/// Flags that every command has.
pub(crate) const COMMON: &[Flag] = &[
    Flag { name: "lang", value: "zh|en", zh: "消息用的语言", en: "the language of messages" },
    Flag { name: "help", value: "", zh: "显示用法", en: "shows how to use it" },
];

/// What was asked for.
#[derive(Debug)]
pub(crate) struct Invocation {
    /// The language of messages.
    pub(crate) lang: Lang,
    flags: BTreeMap<&'static str, String>,
    /// What is no flag.
    pub(crate) operands: Vec<String>,
}

impl Invocation {
    /// Returns the value of a flag.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.flags.get(name).map(String::as_str)
    }

    /// Returns whether a flag without a value is there.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.flags.contains_key(name)
    }
}

/// What to do.
pub(crate) enum Parsed {
    /// Run a command.
    Run(&'static dyn Command, Invocation),
    /// Show a text.
    Show(String),
}

/// What is wrong with a command line.
pub(crate) struct Problem {
    /// The language to say it in.
    pub(crate) lang: Lang,
    /// What is wrong and what to do.
    pub(crate) words: Phrase,
}

/// Reads a command line.
pub(crate) fn parse(
    args: impl IntoIterator<Item = String>,
    mut lang: Lang,
) -> Result<Parsed, Problem> {
    use lexopt::Arg::{Long, Short, Value};
    let mut parser = lexopt::Parser::from_args(args);
    let mut command: Option<&'static dyn Command> = None;
    let mut flags = BTreeMap::new();
    let mut operands = Vec::new();
    let mut help = false;
    loop {
        let arg =
            parser.next().map_err(|error| problem(lang, error.to_string(), error.to_string()))?;
        match arg {
            None => break,
            Some(Long("version") | Short('V')) => {
                return Ok(Parsed::Show(format!("mingbai {}\n", env!("CARGO_PKG_VERSION"))));
            }
            Some(Long("help") | Short('h')) => help = true,
            Some(Long(name)) => {
                let flag =
                    find_flag(command, name).ok_or_else(|| unknown_flag(lang, command, name))?;
                let value = if flag.value.is_empty() {
                    String::new()
                } else {
                    let value = parser.value().map_err(|_| {
                        problem(
                            lang,
                            format!("--{} 后面要写{}", flag.name, flag.value),
                            format!("--{} needs a value: {}", flag.name, flag.value),
                        )
                    })?;
                    value.to_string_lossy().into_owned()
                };
                if flag.name == "lang" {
                    lang = Lang::from_tag(&value).ok_or_else(|| {
                        problem(
                            lang,
                            "--lang 只能是 zh 或 en".to_owned(),
                            "--lang is zh or en".to_owned(),
                        )
                    })?;
                }
                flags.insert(flag.name, value);
            }
            Some(Short(letter)) => return Err(unknown_flag(lang, command, &letter.to_string())),
            Some(Value(value)) => {
                let value = value.to_string_lossy().into_owned();
                match command {
                    None => command = Some(find_command(lang, &value)?),
                    Some(_) => operands.push(value),
                }
            }
        }
    }
    match command {
        Some(command) if help => Ok(Parsed::Show(command_help(command, lang))),
        None => Ok(Parsed::Show(overview(lang))),
        Some(command) => Ok(Parsed::Run(command, Invocation { lang, flags, operands })),
    }
}

/// Makes a problem.
fn problem(lang: Lang, zh: String, en: String) -> Problem {
    Problem { lang, words: Phrase::new(zh, en) }
}

/// Returns the command with this name.
fn find_command(lang: Lang, name: &str) -> Result<&'static dyn Command, Problem> {
    let found = COMMANDS.iter().copied().find(|command| command.name() == name);
    found.ok_or_else(|| {
        let names = || COMMANDS.iter().map(|command| command.name());
        match nearest(name, names()) {
            Some(near) => problem(
                lang,
                format!("没有 {name} 这个命令;是不是 {near}?"),
                format!("there is no command {name}; did you mean {near}?"),
            ),
            None => {
                let all = names().collect::<Vec<_>>().join(" ");
                problem(
                    lang,
                    format!("没有 {name} 这个命令;可用的命令:{all}"),
                    format!("there is no command {name}; commands: {all}"),
                )
            }
        }
    })
}

/// Returns the flag with this name.
fn find_flag(command: Option<&dyn Command>, name: &str) -> Option<&'static Flag> {
    let own = command.map_or(&[][..], |command| command.flags());
    own.iter().chain(COMMON).find(|flag| flag.name == name)
}

/// Returns the problem of a flag that does not exist.
fn unknown_flag(lang: Lang, command: Option<&dyn Command>, name: &str) -> Problem {
    let own = command.map_or(&[][..], |command| command.flags());
    let near = nearest(name, own.iter().chain(COMMON).map(|flag| flag.name));
    let guess = |words: &str| near.map_or_else(String::new, |near| format!("{words}--{near}?"));
    let (zh, en) = (guess(";是不是 "), guess("; did you mean "));
    problem(lang, format!("没有 --{name} 这个选项{zh}"), format!("there is no flag --{name}{en}"))
}

/// Returns the help of the program.
fn overview(lang: Lang) -> String {
    let words = |zh: &'static str, en: &'static str| match lang {
        Lang::Zh => zh,
        Lang::En => en,
    };
    let mut text = format!(
        "mingbai {} — {}\n\n{}\n",
        env!("CARGO_PKG_VERSION"),
        words("给群众一本明白账", "accounts that anyone can understand"),
        words("用法: mingbai 命令 [选项]", "usage: mingbai COMMAND [FLAGS]"),
    );
    for command in COMMANDS {
        let head = format!("{} {}", command.name(), command.operands());
        text.push_str(&format!("  {head:<28}{}\n", command.about().text(lang)));
    }
    text.push_str(words(
        "\n每个命令的选项: mingbai 命令 --help;发现的解释: mingbai explain 代码\n",
        "\nflags of a command: mingbai COMMAND --help; what a finding means: mingbai explain CODE\n",
    ));
    text
}

/// Returns the help of a command.
fn command_help(command: &dyn Command, lang: Lang) -> String {
    let usage = match lang {
        Lang::Zh => "用法",
        Lang::En => "usage",
    };
    let about = command.about();
    let mut text = format!(
        "{}\n\n{usage}: mingbai {} {}\n",
        about.text(lang),
        command.name(),
        command.operands()
    );
    for flag in command.flags().iter().chain(COMMON) {
        let head = format!("--{} {}", flag.name, flag.value);
        let words = match lang {
            Lang::Zh => flag.zh,
            Lang::En => flag.en,
        };
        text.push_str(&format!("  {head:<36}{words}\n"));
    }
    text
}
