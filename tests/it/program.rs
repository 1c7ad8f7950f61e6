//! The program as people run it: its binary, its exit code, and what it leaves on the disk.
#![expect(clippy::disallowed_methods, reason = "registers and sites of tests are written and read")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use mingbai::files::{Files, list};

/// What a run came to.
pub(crate) struct Run {
    /// The exit code.
    pub(crate) code: i32,
    /// Everything it said, on both channels.
    pub(crate) words: String,
}

impl Run {
    /// Reads what a process came to.
    pub(crate) fn of(output: &Output) -> Self {
        let words = [&*output.stdout, b"\n", &*output.stderr].concat();
        let code = output.status.code().expect("the program ends by itself");
        Self { code, words: String::from_utf8(words).expect("the program speaks UTF-8") }
    }
}

/// Returns the program, with an environment that says nothing of this machine.
pub(crate) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mingbai"));
    command.env_clear().env("LANG", "zh_CN.UTF-8");
    command
}

/// Runs the program in a folder.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Run {
    let output = program().current_dir(folder).args(arguments).output();
    Run::of(&output.expect("the program can be run"))
}

/// A file of a tree: what is in it, and when it was last written.
pub(crate) type Written = (Vec<u8>, u128);

/// Returns every file below a folder with its bytes and its time.
pub(crate) fn tree(folder: &Path) -> BTreeMap<String, Written> {
    let files = Files::read(folder).expect("the tree can be read");
    let stamps = list(folder).expect("the tree can be listed");
    let written = stamps.iter().map(|stamp| {
        let bytes = files.bytes(&stamp.path).expect("what is listed was read").to_vec();
        (stamp.path.to_string(), (bytes, stamp.changed_ns))
    });
    written.collect()
}

/// Writes files below a folder.
pub(crate) fn lay<'a>(folder: &Path, files: impl IntoIterator<Item = (&'a String, &'a Vec<u8>)>) {
    for (path, bytes) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a file lies in a folder"))
            .expect("a folder can be made");
        fs::write(path, bytes).expect("a file can be written");
    }
}

/// Takes a file away.
pub(crate) fn take(path: &Path) {
    fs::remove_file(path).expect("the file can be removed");
}

/// Makes a folder.
pub(crate) fn folder(path: &Path) {
    fs::create_dir_all(path).expect("the folder can be made");
}
