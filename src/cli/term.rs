//! The terminal: results, progress and problems. The only place that prints.

use std::io::{IsTerminal as _, Write as _};

use crate::text::Lang;

/// Writes a result. A reader that went away is no problem.
pub(crate) fn say(text: &str) {
    let mut out = std::io::stdout().lock();
    let _reader_may_be_gone = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// Writes a problem of the environment.
pub(crate) fn problem(lang: Lang, text: &str) {
    let word = match lang {
        Lang::Zh => "做不了:",
        Lang::En => "cannot do it: ",
    };
    let mut err = std::io::stderr().lock();
    let _reader_may_be_gone = writeln!(err, "{word}{text}");
}

/// Writes a line beside the result, such as what is being done.
pub(crate) fn note(text: &str) {
    let mut err = std::io::stderr().lock();
    let _reader_may_be_gone = writeln!(err, "{text}");
}

/// Shows how far the work has come, on a terminal only; each call overwrites the one before.
pub(crate) fn progress(text: &str) {
    let mut err = std::io::stderr().lock();
    if err.is_terminal() {
        let _reader_may_be_gone = write!(err, "\r\x1b[K{text}").and_then(|()| err.flush());
    }
}
