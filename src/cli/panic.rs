//! What is said when the program itself is at fault: where, and nothing else.
//!
//! The words of a panic may hold whatever the program had in its hands, such as somebody's name;
//! a trace of calls tells nothing that its place does not. Neither is ever shown, whatever the
//! environment asks for.

use std::panic::{self, AssertUnwindSafe, Location};

use crate::cli::term;

/// Makes every panic, of every thread, say where it happened and nothing else.
pub fn install() {
    panic::set_hook(Box::new(|fault| term::note(&words(fault.location()))));
}

/// Does some work; `None` when it panicked.
pub fn contained<T>(work: impl FnOnce() -> T) -> Option<T> {
    panic::catch_unwind(AssertUnwindSafe(work)).ok()
}

/// Returns what is said about a panic.
fn words(location: Option<&Location<'_>>) -> String {
    let place = location.map_or_else(
        || "?".to_owned(),
        |location| format!("{}:{}", from_the_crate(location.file()), location.line()),
    );
    format!(
        "程序自己出了错,不是台账的问题:{place}。请把这一行告诉程序的维护者;台账的内容没有显示。\n\
         this is a bug of the program, not of the register: {place}; please report this line, which quotes nothing"
    )
}

/// Returns a source file without the folders of the machine it was compiled on.
fn from_the_crate(file: &str) -> String {
    let parts: Vec<&str> = file.split(['/', '\\']).collect();
    let src = parts.iter().rposition(|part| *part == "src" || *part == "tests");
    let from = src.map_or(parts.len() - 1, |src| if src == 0 { 0 } else { src - 1 });
    parts[from..].join("/")
}

#[cfg(test)]
mod tests {
    use super::{contained, from_the_crate};

    #[test]
    fn files_are_named_without_the_machine() {
        assert_eq!(from_the_crate("src/cli/mod.rs"), "src/cli/mod.rs");
        assert_eq!(from_the_crate("/a/b/toml-1.0/src/de.rs"), "toml-1.0/src/de.rs");
        assert_eq!(from_the_crate("C:\\a\\tera-2.0\\src\\x.rs"), "tera-2.0/src/x.rs");
        assert_eq!(from_the_crate("/rustc/1/x.rs"), "x.rs");
    }

    #[test]
    fn work_that_panics_gives_nothing() {
        assert_eq!(contained(|| 1), Some(1));
    }
}
