//! The transcripts: what README.md and `tests/cmd/*.md` show a person typing is what happens.
//!
//! In such a file every line of a `console` block that begins with `$ ` is a command
//! for `sh`, and what stands below it is all that the command writes, to either stream, in its
//! order. A line `> ` carries the command on. `[exit N]` ends what a command writes that ends
//! with a code other than 0; `[ROOT]` stands for the scratch folder. The commands of a file share
//! one scratch folder, where `cd` lasts; `tests/cmd/NAME.in` is copied into that of `NAME.md`.
//! `<!-- scratch -->` begins a new folder, `<!-- scratch en_US.UTF-8 -->` one where English is
//! spoken. `mingbai serve` is stopped as soon as it has said where it listens, whose port is
//! shown as the usual one. `UPDATE=1` writes anew what commands write: read it before you keep it.

#![expect(
    clippy::disallowed_methods,
    reason = "transcripts are sources, run in folders of their own"
)]

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// The root of the project.
const PROJECT: &str = env!("CARGO_MANIFEST_DIR");

/// The program under test.
const PROGRAM: &str = env!("CARGO_BIN_EXE_mingbai");

/// The language of a scratch folder, unless it names another.
const LANG: &str = "zh_CN.UTF-8";

/// What a block of commands is called behind its fence.
const NAME: &str = "console";

/// What begins a new scratch folder.
const SCRATCH: &str = "<!-- scratch";

/// Keeps the folder that a command ended in, however it ended.
const KEEP_FOLDER: &str = "trap 'pwd >\"$TRANSCRIPT_FOLDER\"' EXIT\n";

/// The command that does not come to an end.
const SERVER: &str = "mingbai serve";

/// How a listening server names its address.
const ADDRESS: &str = "http://127.0.0.1:";

/// The port that a server listens on, unless it is taken.
const PORT: &str = "8080";

/// Where the commands of a file run.
struct Scratch {
    root: TempDir,
    folder: PathBuf,
    lang: String,
}

impl Scratch {
    /// Makes a scratch folder for a file, with what the file brings along.
    fn of(file: &Path, lang: &str) -> Self {
        let root = tempfile::tempdir().expect("a temporary folder can be made");
        let folder = root.path().join("scratch");
        fs::create_dir(&folder).expect("a new folder can be filled");
        let folder = folder.canonicalize().expect("the folder was just made");
        let brought = file.with_extension("in");
        if brought.is_dir() {
            copy(&brought, &folder);
        }
        Self { folder, root, lang: lang.to_owned() }
    }

    /// Returns the folder that is shown as `[ROOT]`.
    fn shown_root(&self) -> PathBuf {
        self.root.path().canonicalize().expect("the folder stays").join("scratch")
    }

    /// Runs a command; returns what it writes, as it stands in a transcript.
    fn run(&mut self, command: &str) -> String {
        let listens = command.starts_with(SERVER) && !command.contains("--help");
        let text = if listens { self.listen(command) } else { self.finish(command) };
        let mut text = text.replace(&self.shown_root().display().to_string(), "[ROOT]");
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        text
    }

    /// Runs a command to its end.
    fn finish(&mut self, command: &str) -> String {
        let (mut shell, mut reader) = self.shell(&format!("{KEEP_FOLDER}{command}"));
        let mut child = shell.spawn().expect("sh can be started");
        // The reader comes to its end when nobody holds the other side any more.
        drop(shell);
        let mut bytes = Vec::new();
        let _ = reader.read_to_end(&mut bytes).expect("what a command writes can be read");
        let status = child.wait().expect("a command comes to its end");
        let mut text = String::from_utf8(bytes).expect("a command writes UTF-8");
        if let Ok(folder) = fs::read_to_string(self.note()) {
            self.folder = PathBuf::from(folder.trim_end());
        }
        if !status.success() {
            if !text.is_empty() && !text.ends_with('\n') {
                text.push('\n');
            }
            let code = status.code().map_or_else(|| "signal".to_owned(), |code| code.to_string());
            text.push_str(&format!("[exit {code}]\n"));
        }
        text
    }

    /// Runs a server until it has said where it listens.
    fn listen(&self, command: &str) -> String {
        let (mut shell, reader) = self.shell(&format!("exec {command}"));
        let mut child = shell.spawn().expect("sh can be started");
        drop(shell);
        let mut line = String::new();
        let _ = BufReader::new(reader).read_line(&mut line).expect("the first line can be read");
        child.kill().expect("a server can be stopped");
        let _ = child.wait().expect("a stopped server comes to its end");
        match line.split_once(ADDRESS) {
            Some((before, rest)) => {
                let after = rest.trim_start_matches(|letter: char| letter.is_ascii_digit());
                format!("{before}{ADDRESS}{PORT}{after}")
            }
            None => line,
        }
    }

    /// Returns a shell that is ready to start, and the one end of all that it will write.
    fn shell(&self, script: &str) -> (Command, std::io::PipeReader) {
        let (reader, writer) = std::io::pipe().expect("a pipe can be made");
        let twin = writer.try_clone().expect("a pipe has room for two writers");
        let beside = Path::new(PROGRAM).parent().expect("the program lies in a folder");
        let path = std::env::var("PATH").expect("there is a PATH");
        let mut shell = Command::new("sh");
        shell
            .arg0("sh")
            .args(["-c", script])
            .current_dir(&self.folder)
            .env_clear()
            .env("PATH", format!("{}:{path}", beside.display()))
            .env("HOME", self.root.path())
            .env("LANG", &self.lang)
            .env("TRANSCRIPT_FOLDER", self.note())
            .stdin(Stdio::null())
            .stdout(writer)
            .stderr(twin);
        (shell, reader)
    }

    /// Returns the file that says where the last command ended.
    fn note(&self) -> PathBuf {
        self.root.path().join("folder")
    }
}

/// Copies a folder.
fn copy(source: &Path, target: &Path) {
    for entry in walkdir::WalkDir::new(source).min_depth(1) {
        let entry = entry.expect("a folder of the sources can be read");
        let inner = entry.path().strip_prefix(source).expect("it was found there");
        let copied = target.join(inner);
        if entry.file_type().is_dir() {
            fs::create_dir(copied).expect("a folder can be made");
        } else {
            let _ = fs::copy(entry.path(), copied).expect("a file can be copied");
        }
    }
}

/// Returns a file with all that its commands write as they write it now.
fn played(file: &Path, text: &str) -> String {
    let mut scratch = Scratch::of(file, LANG);
    let mut played = String::with_capacity(text.len());
    let mut lines = text.lines().peekable();
    let mut closing = None;
    while let Some(line) = lines.next() {
        if let Some(mark) = line.strip_prefix(SCRATCH).filter(|_| closing.is_none()) {
            let lang = mark.trim_end_matches("-->").trim();
            scratch = Scratch::of(file, if lang.is_empty() { LANG } else { lang });
        }
        let Some(fence) = closing else {
            closing = fence_of(line);
            played.push_str(&format!("{line}\n"));
            continue;
        };
        let Some(command) = line.strip_prefix("$ ") else {
            assert!(line == fence, "{}: `{line}` stands below no command", file.display());
            closing = None;
            played.push_str(&format!("{line}\n"));
            continue;
        };
        played.push_str(&format!("{line}\n"));
        let mut command = command.to_owned();
        while let Some(more) = lines.next_if(|line| line.starts_with("> ") || *line == ">") {
            played.push_str(&format!("{more}\n"));
            command.push('\n');
            command.push_str(more.strip_prefix("> ").unwrap_or(""));
        }
        while lines.next_if(|line| !line.starts_with("$ ") && *line != fence).is_some() {}
        played.push_str(&scratch.run(&command));
    }
    assert!(closing.is_none(), "{}: the last block is not closed", file.display());
    played
}

/// Returns the fence that closes a block of commands, if the line opens one; a longer fence is for
/// commands that write fences themselves.
fn fence_of(line: &str) -> Option<&str> {
    line.strip_suffix(NAME)
        .filter(|fence| fence.len() > 2 && fence.bytes().all(|byte| byte == b'`'))
}

/// Returns where two texts part, with the line and a few lines of each.
fn parting(kept: &str, found: &str) -> String {
    let same = kept.lines().zip(found.lines()).take_while(|(kept, found)| kept == found).count();
    let from = |text: &str| text.lines().skip(same).take(8).collect::<Vec<_>>().join("\n  ");
    format!("line {}:\n  {}\nbut this happens:\n  {}", same + 1, from(kept), from(found))
}

/// Checks that what a file shows is what happens.
fn check(file: &Path) -> Result<(), String> {
    let kept = fs::read_to_string(file).expect("a transcript can be read");
    let found = played(file, &kept);
    if found == kept {
        return Ok(());
    }
    if std::env::var("UPDATE").is_ok_and(|value| value == "1") {
        fs::write(file, found).expect("a transcript can be written");
        return Ok(());
    }
    let name = file.strip_prefix(PROJECT).unwrap_or(file).display();
    Err(format!("{name}, {} (UPDATE=1 writes it anew)", parting(&kept, &found)))
}

#[test]
fn readme_shows_what_happens() {
    let readme = Path::new(PROJECT).join("README.md");
    if readme.is_file() {
        check(&readme).unwrap_or_else(|difference| panic!("{difference}"));
    }
}

#[test]
fn transcripts_show_what_happens() {
    let folder = Path::new(PROJECT).join("tests/cmd");
    let files = fs::read_dir(folder).expect("the folder of transcripts can be read");
    let mut files: Vec<PathBuf> = files
        .map(|entry| entry.expect("a file of the sources can be seen").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "there are transcripts");
    let differences: Vec<String> = files.iter().filter_map(|file| check(file).err()).collect();
    assert!(differences.is_empty(), "{}", differences.join("\n\n"));
}
