//! The command line. One file a command, one line in `COMMANDS`; help and completions are made
//! from that list.
//!
//! Results go to standard output, progress and problems to standard error. Exit codes: 0 good,
//! 1 findings of severity error, 2 could not do the work, 3 something private would get out.

mod args;
mod board;
mod build;
mod check;
mod completions;
mod except;
mod explain;
mod hook;
mod key;
mod new;
pub mod panic;
mod place;
mod scan;
mod schema;
mod serve;
mod term;
mod today;

use std::process::ExitCode;

use anyhow::Result;
use args::{Flag, Invocation};

use crate::diag::Report;
use crate::text::{Lang, Phrase};

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Everything is well.
    Good,
    /// There are findings of severity error.
    Findings,
    /// Something private would have got out.
    Leak,
}

impl Exit {
    /// Returns how a command ends that found this.
    pub(crate) fn of(report: &Report) -> Self {
        match (report.is_private(), report.has_errors()) {
            (true, _) => Self::Leak,
            (false, true) => Self::Findings,
            (false, false) => Self::Good,
        }
    }

    /// Returns the process's exit code.
    const fn code(self) -> u8 {
        match self {
            Self::Good => 0,
            Self::Findings => 1,
            Self::Leak => 3,
        }
    }
}

/// The exit code when the work could not be done.
const CANNOT: u8 = 2;

/// A command.
pub(crate) trait Command: Sync {
    /// Returns the command's name.
    fn name(&self) -> &'static str;

    /// Returns what follows the name, such as `[DIR]`.
    fn operands(&self) -> &'static str;

    /// Returns what the command does, in one line.
    fn about(&self) -> Phrase;

    /// Returns the flags the command has beside the common ones.
    fn flags(&self) -> &'static [Flag];

    /// Does the work.
    fn run(&self, invocation: &Invocation) -> Result<Exit>;
}

/// Every command, in the order of help.
pub(crate) const COMMANDS: &[&dyn Command] = &[
    &new::New,
    &check::Check,
    &build::Build,
    &board::Board,
    &serve::Serve,
    &scan::Scan,
    &hook::Hook,
    &except::Except,
    &key::KeyCommand,
    &explain::Explain,
    &schema::SchemaCommand,
    &completions::Completions,
];

/// Runs the program with the process's own arguments.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the command line is where the environment is read")]
pub fn run() -> ExitCode {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    let lang = locale.and_then(|locale| Lang::from_tag(&locale)).unwrap_or_default();
    panic::install();
    let code = match args::parse(std::env::args().skip(1), lang) {
        Ok(args::Parsed::Run(command, invocation)) => {
            match panic::contained(|| command.run(&invocation)) {
                Some(Ok(exit)) => exit.code(),
                Some(Err(error)) => {
                    term::problem(invocation.lang, &format!("{error:#}"));
                    CANNOT
                }
                // What there is to say was said where it happened.
                None => CANNOT,
            }
        }
        Ok(args::Parsed::Show(text)) => {
            term::say(&text);
            0
        }
        Err(problem) => {
            term::problem(problem.lang, problem.words.text(problem.lang));
            CANNOT
        }
    };
    ExitCode::from(code)
}
