//! The shape of files: headers, lengths, and what may not stand in them.

use super::none;
use super::source::{Source, line_of, sources};

/// No file is longer than this.
const LONGEST_FILE: usize = 800;

/// No function is longer than this.
const LONGEST_FUNCTION: usize = 70;

/// The one glob that is taken in as its crate wants it: a prelude of traits alone.
const GLOB: &str = "rayon::prelude::*";

/// What stands in no file, in whatever place. Put together here, so that it stands not here either.
const NOWHERE: [&str; 6] = [
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("todo", "!"),
    concat!("unimplemented", "!"),
    concat!("dbg", "!"),
    concat!("#[", "ignore"),
];

/// What does not stand in code outside of tests.
const NOT_IN_CODE: [&str; 3] = ["use super::super", "#[allow(", ".unwrap()"];

/// Returns every source of the program and of these tests, with its path in the repository.
fn all() -> Vec<(String, Source)> {
    let of = |folder: &str| {
        let sources = sources(folder).into_iter();
        let place = folder.to_owned();
        sources.map(move |source| (format!("{place}/{}", source.path), source))
    };
    of("src").chain(of("tests/it")).collect()
}

#[test]
fn every_file_begins_with_what_it_is() {
    let bare =
        |(path, source): (String, Source)| (!source.text.starts_with("//! ")).then_some(path);
    none(&all().into_iter().filter_map(bare).collect::<Vec<_>>());
}

#[test]
fn files_and_functions_are_short() {
    let mut faults = Vec::new();
    for (path, source) in all() {
        let lines = source.text.lines().count();
        if lines > LONGEST_FILE {
            faults.push(format!("{path} has {lines} lines"));
        }
        for function in source.functions() {
            if function.length > LONGEST_FUNCTION {
                let (name, line) = (&function.name, function.line);
                faults.push(format!("{path}:{line} `{name}` has {} lines", function.length));
            }
        }
    }
    none(&faults);
}

#[test]
fn nothing_is_put_off_and_nothing_is_silenced() {
    let mut faults = Vec::new();
    for (path, source) in all() {
        for sign in NOWHERE {
            let places = source.text.match_indices(sign);
            faults.extend(
                places.map(|(at, _)| format!("{path}:{} has {sign}", line_of(&source.text, at))),
            );
        }
        for sign in NOT_IN_CODE.iter().filter(|_| path.starts_with("src/")) {
            let places = source.code.match_indices(sign);
            faults.extend(
                places.map(|(at, _)| format!("{path}:{} has {sign}", line_of(&source.code, at))),
            );
        }
    }
    none(&faults);
}

#[test]
fn imports_say_what_they_bring() {
    let mut faults = Vec::new();
    for source in sources("src") {
        let path = &source.path;
        for (at, _) in source.code.match_indices("::*").chain(source.code.match_indices("{*")) {
            if !source.code[..at + 3].ends_with(GLOB) {
                faults.push(format!("src/{path}:{} brings everything", line_of(&source.code, at)));
            }
        }
        let is_list = path.ends_with("mod.rs") || path == "lib.rs";
        for sign in ["pub use ", "pub(crate) use ", "pub(super) use "].iter().filter(|_| !is_list) {
            let places = source.code.match_indices(sign);
            faults.extend(
                places.map(|(at, _)| format!("src/{path}:{} hands on", line_of(&source.code, at))),
            );
        }
    }
    none(&faults);
}
