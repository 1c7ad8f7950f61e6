//! The wall between the two rooms: what must not compile does not, and every stone of the wall is
//! needed ([`mutants`]).
//!
//! The wall stands inside the crate, so each probe of `tests/walls` is laid into a copy of it and
//! checked there. The first line of a probe says which errors it is to give, the second the room
//! it is laid into, and each line that is to fail ends with its error: no other line may fail, and
//! every one of these must. Without the feature `minify` the copy is checked in a few seconds; the
//! dependencies are checked once, in `target/walls`.
#![expect(clippy::disallowed_methods, reason = "a copy of the crate has to be written somewhere")]

mod mutants;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use mingbai::files::{Files, list, read_file};
use serde_json::Value as Json;

/// The folder of the repository.
const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// What of the repository the library is compiled from.
const NEEDED: [&str; 6] = ["Cargo.toml", "Cargo.lock", "README.md", "src", "themes", "docs/rules"];

/// A line of a probe with the error it gives.
type Fault = (usize, String);

/// One probe.
struct Probe {
    name: String,
    text: String,
}

impl Probe {
    /// Returns what stands after a word in the head of the probe.
    fn head(&self, line: usize, word: &str) -> &str {
        let line = self.text.lines().nth(line).expect("a probe has a head");
        let rest =
            line.strip_prefix(&format!("// {word}:")).expect("the head of a probe is in order");
        rest.trim()
    }

    /// Returns the errors the probe is to give.
    fn expected(&self) -> BTreeSet<Fault> {
        let mut faults = BTreeSet::new();
        for (index, line) in self.text.lines().enumerate() {
            if let Some((_, code)) = line.split_once("//~ ") {
                faults.insert((index + 1, code.trim().to_owned()));
            }
        }
        let codes: BTreeSet<&str> = faults.iter().map(|(_, code)| code.as_str()).collect();
        let stated: BTreeSet<&str> = self.head(0, "expect").split_whitespace().collect();
        assert_eq!(codes, stated, "{}: the first line and the marks", self.name);
        faults
    }
}

/// Returns every probe.
fn probes() -> Vec<Probe> {
    let files = Files::read(&Path::new(ROOT).join("tests/walls")).expect("the probes can be read");
    let probes: Vec<Probe> = files
        .iter()
        .map(|(path, _)| {
            let text = files.text(path).expect("a probe is UTF-8").to_owned();
            Probe { name: path.to_string(), text }
        })
        .collect();
    assert!(probes.len() >= 6, "only {} probes", probes.len());
    probes
}

/// A copy of the crate, and where cargo keeps what it makes of it. Nobody else has it meanwhile.
struct Copy {
    folder: PathBuf,
    target: PathBuf,
    _alone: fs::File,
}

impl Copy {
    /// Brings the copy up to date.
    fn new() -> Self {
        let walls = Path::new(ROOT).join("target/walls");
        let folder = walls.join("crate");
        fs::create_dir_all(&folder).expect("the folder of the copy can be made");
        let alone = fs::File::create(walls.join("lock")).expect("the lock can be made");
        alone.lock().expect("the lock can be taken");
        for name in NEEDED {
            place(&Path::new(ROOT).join(name), &folder.join(name));
        }
        let copy = Self { folder, target: walls.join("target"), _alone: alone };
        // The manifest names tests and a binary; only the library is checked.
        write(&copy.folder.join("tests/it/main.rs"), b"//! A stub.\n");
        copy
    }

    /// Lays a probe into its room, checks the library, and takes the probe out again.
    fn check(&self, probe: &Probe) -> BTreeSet<Fault> {
        let room = self.folder.join(probe.head(1, "in"));
        let (file, list) = (room.join("probe.rs"), room.join("mod.rs"));
        let before = read_file(&list).expect("a room has its file");
        write(&file, probe.text.as_bytes());
        write(&list, &[before.as_slice(), b"\npub mod probe;\n"].concat());
        let output = Command::new(env!("CARGO"))
            .current_dir(&self.folder)
            .args(["check", "--lib", "--offline", "--no-default-features", "--message-format=json"])
            .env("CARGO_TARGET_DIR", &self.target)
            .env_remove("RUSTFLAGS")
            .output()
            .expect("cargo can be run");
        write(&list, &before);
        fs::remove_file(&file).expect("the probe can be taken out");
        let faults = faults(&output.stdout);
        // A copy that does not compile for any other reason would let every probe pass.
        let good = output.status.success() == faults.is_empty();
        assert!(good, "{}: {}", probe.name, String::from_utf8_lossy(&output.stderr));
        faults
            .into_iter()
            .map(|(path, line, code)| {
                assert!(path.ends_with("/probe.rs"), "{}: {path}:{line} gives {code}", probe.name);
                (line, code)
            })
            .collect()
    }
}

/// Returns the errors that cargo tells of: file, line and code.
fn faults(stdout: &[u8]) -> Vec<(String, usize, String)> {
    let mut faults = Vec::new();
    for line in stdout.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        let told: Json = serde_json::from_slice(line).expect("cargo speaks JSON");
        let message = &told["message"];
        if told["reason"] != "compiler-message" || message["level"] != "error" {
            continue;
        }
        let spans = message["spans"].as_array().into_iter().flatten();
        for span in spans.filter(|span| span["is_primary"] == true) {
            let line = span["line_start"].as_u64().and_then(|line| usize::try_from(line).ok());
            let code = message["code"]["code"].as_str().unwrap_or("without a code");
            let path = span["file_name"].as_str().unwrap_or("");
            faults.push((path.to_owned(), line.unwrap_or(0), code.to_owned()));
        }
    }
    faults
}

/// Copies a file or a folder, and takes away what is no longer there. A file that is right already
/// keeps its time, so that cargo does not look at it again.
fn place(from: &Path, to: &Path) {
    if !from.is_dir() {
        // A file the copy can do without may not be there yet.
        if let Ok(bytes) = read_file(from) {
            write(to, &bytes);
        }
        return;
    }
    let files = Files::read(from).expect("the sources can be read");
    for (path, bytes) in files.iter() {
        write(&to.join(&**path), bytes);
    }
    for stamp in list(to).expect("the copy can be listed") {
        if !files.contains(&stamp.path) {
            fs::remove_file(to.join(&*stamp.path)).expect("a file can be removed");
        }
    }
}

/// Writes a file unless it is right already.
fn write(path: &Path, bytes: &[u8]) {
    if read_file(path).is_ok_and(|there| there == bytes) {
        return;
    }
    let folder = path.parent().expect("a file lies in a folder");
    fs::create_dir_all(folder).expect("a folder can be made");
    fs::write(path, bytes).expect("a file can be written");
}

#[test]
fn what_must_not_compile_does_not() {
    let copy = Copy::new();
    let mut differing = Vec::new();
    for probe in probes() {
        let (expected, found) = (probe.expected(), copy.check(&probe));
        let missing: Vec<&Fault> = expected.difference(&found).collect();
        let strange: Vec<&Fault> = found.difference(&expected).collect();
        if !missing.is_empty() || !strange.is_empty() {
            differing.push(format!("{}: compiles {missing:?}, fails {strange:?}", probe.name));
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}
