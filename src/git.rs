//! The one door to git: the `git` program, called with pipes and never through a shell.
//!
//! Lists are separated by NUL, so that a path may hold anything. Objects come from one running
//! `git cat-file` each reader. Nothing is written, nothing is fetched, and no program that a
//! configuration names is started. The configuration of the machine still counts, since it says
//! which folders are safe and where hooks lie.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::text::{Lang, Phrase};

/// The mode of an entry that is another repository.
pub const SUBMODULE: &str = "160000";

/// What there is around a folder.
#[derive(Debug)]
pub enum Around {
    /// A repository.
    Repository(Repository),
    /// No repository.
    Nothing,
    /// Nobody can say: git is not installed.
    NoGit,
}

/// A repository.
#[derive(Clone, Debug)]
pub struct Repository {
    root: PathBuf,
    bare: bool,
    lang: Lang,
}

/// An entry of the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The mode, such as `100644`.
    pub mode: String,
    /// The object's id.
    pub id: String,
    /// The path below the root.
    pub path: Vec<u8>,
}

/// What an object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ObjectKind {
    /// The bytes of a file.
    Blob,
    /// A folder.
    Tree,
    /// A commit.
    Commit,
    /// A tag with a message.
    Tag,
}

/// An object, not yet read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    /// The id.
    pub id: String,
    /// What it is.
    pub kind: ObjectKind,
    /// Its size in bytes.
    pub size: u64,
}

/// What a commit does to one path, against one of its parents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The commit.
    pub commit: String,
    /// The blob that stood there before; zeros when there was none.
    pub before: String,
    /// The blob that stands there now; zeros when there is none.
    pub after: String,
    /// The path.
    pub path: Vec<u8>,
}

/// Which files of the working tree are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listed {
    /// Neither added nor ignored.
    Untracked,
    /// Ignored.
    Ignored,
    /// In the index, and not the same in the working tree.
    Unlike,
    /// In the index, and not the same in the last commit.
    Staged,
}

/// Looks for the repository around a folder.
///
/// # Errors
///
/// Fails when there is one and git does not want to open it.
pub fn around(folder: &Path, lang: Lang) -> Result<Around> {
    let repository = Repository { root: folder.to_path_buf(), bare: false, lang };
    let output = match repository.command().args(["rev-parse", "--is-bare-repository"]).output() {
        Ok(output) => output,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Around::NoGit),
        Err(error) => return Err(error).context("git"),
    };
    if !output.status.success() {
        let words = String::from_utf8_lossy(&output.stderr).into_owned();
        if words.contains("not a git repository") || words.contains("cannot change to") {
            return Ok(Around::Nothing);
        }
        bail!("{}", said(&words).text(lang));
    }
    if output.stdout.starts_with(b"true") {
        return Ok(Around::Repository(Repository { bare: true, ..repository }));
    }
    let top = repository.run(&["rev-parse", "--show-toplevel"])?;
    let root = path_of(top.strip_suffix(b"\n").unwrap_or(&top));
    Ok(Around::Repository(Repository { root, ..repository }))
}

/// Returns what to say when git did not do what it was asked for. What it quotes is left out: the
/// name of a file may be a value.
fn said(words: &str) -> Phrase {
    let first = words.lines().next().unwrap_or("").split('\'').next().unwrap_or("").trim_end();
    Phrase::new(format!("git 没有做成:{first}"), format!("git could not do it: {first}"))
}

/// Returns a path as the system writes it.
#[must_use]
pub fn path_of(bytes: &[u8]) -> PathBuf {
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt as _;
        PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
    }
    #[cfg(not(unix))]
    {
        PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
    }
}

/// Returns the parts of a list separated by NUL.
fn parts(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split(|byte| *byte == 0).filter(|part| !part.is_empty())
}

/// Returns bytes that git writes in ASCII.
fn ascii(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

impl Repository {
    /// Returns the root of the working tree, or the repository itself when there is none.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Returns whether there is no working tree.
    #[must_use]
    pub const fn is_bare(&self) -> bool {
        self.bare
    }

    /// Returns git, ready to be asked about the repository.
    fn command(&self) -> Command {
        let mut command = Command::new("git");
        command
            .arg("-C")
            .arg(&self.root)
            .args(["--no-pager", "--no-optional-locks", "--literal-pathspecs"])
            .args(["-c", "core.fsmonitor=false", "-c", "core.quotePath=false"])
            .env("LC_ALL", "C")
            .env("GIT_NO_REPLACE_OBJECTS", "1")
            .env("GIT_NO_LAZY_FETCH", "1")
            .env("GIT_TERMINAL_PROMPT", "0")
            .env_remove("GIT_EXTERNAL_DIFF")
            .stdin(Stdio::null());
        command
    }

    /// Asks git, and returns its answer.
    fn run(&self, arguments: &[&str]) -> Result<Vec<u8>> {
        let output = self.command().args(arguments).output().context("git")?;
        if !output.status.success() {
            bail!("{}", said(&String::from_utf8_lossy(&output.stderr)).text(self.lang));
        }
        Ok(output.stdout)
    }

    /// Returns whether only the last part of the history is here.
    ///
    /// # Errors
    ///
    /// Fails when git does.
    pub fn is_shallow(&self) -> Result<bool> {
        Ok(self.run(&["rev-parse", "--is-shallow-repository"])?.starts_with(b"true"))
    }

    /// Returns whether objects are left at another place until somebody needs them.
    ///
    /// # Errors
    ///
    /// Fails when git cannot be started.
    pub fn is_partial(&self) -> Result<bool> {
        // Without such a line git ends with a code of its own, which is no fault.
        let asked = ["config", "--get-regexp", r"^remote\..*\.promisor$"];
        let output = self.command().args(asked).output().context("git")?;
        Ok(!output.stdout.is_empty())
    }

    /// Returns the folder of hooks, wherever a configuration or a second working tree puts it.
    ///
    /// # Errors
    ///
    /// Fails when git does.
    pub fn hooks(&self) -> Result<PathBuf> {
        let answer = self.run(&["rev-parse", "--git-path", "hooks"])?;
        let folder = path_of(answer.strip_suffix(b"\n").unwrap_or(&answer));
        Ok(self.root.join(folder))
    }

    /// Lists paths of the working tree.
    ///
    /// # Errors
    ///
    /// Fails when git does.
    pub fn list(&self, which: Listed) -> Result<Vec<Vec<u8>>> {
        let arguments: &[&str] = match which {
            Listed::Untracked => &["ls-files", "-z", "--others", "--exclude-standard"],
            Listed::Ignored => &["ls-files", "-z", "--others", "--ignored", "--exclude-standard"],
            Listed::Unlike => &["diff-files", "-z", "--name-only"],
            Listed::Staged => &[
                "diff",
                "--cached",
                "--no-ext-diff",
                "--no-renames",
                "--ignore-submodules=none",
                "--name-only",
                "-z",
                "--diff-filter=ACMRTU",
            ],
        };
        Ok(parts(&self.run(arguments)?).map(<[u8]>::to_vec).collect())
    }

    /// Lists the index.
    ///
    /// # Errors
    ///
    /// Fails when git does.
    pub fn index(&self) -> Result<Vec<Entry>> {
        let answer = self.run(&["ls-files", "-z", "--stage"])?;
        let entry = |part: &[u8]| {
            // `MODE ID STAGE<tab>PATH`
            let tab = part.iter().position(|byte| *byte == b'\t')?;
            let head = ascii(&part[..tab]);
            let (mode, rest) = head.split_once(' ')?;
            let (id, _) = rest.split_once(' ')?;
            Some(Entry { mode: mode.into(), id: id.into(), path: part[tab + 1..].to_vec() })
        };
        Ok(parts(&answer).filter_map(entry).collect())
    }

    /// Lists every object there is, whether anything leads to it or not.
    ///
    /// # Errors
    ///
    /// Fails when git does.
    pub fn objects(&self) -> Result<Vec<Object>> {
        let answer =
            self.run(&["cat-file", "--batch-all-objects", "--batch-check", "--unordered"])?;
        let object = |line: &[u8]| {
            let line = ascii(line);
            let mut words = line.split(' ');
            let id = words.next()?.to_owned();
            let kind = match words.next()? {
                "blob" => ObjectKind::Blob,
                "tree" => ObjectKind::Tree,
                "commit" => ObjectKind::Commit,
                "tag" => ObjectKind::Tag,
                _ => return None,
            };
            Some(Object { id, kind, size: words.next()?.parse().ok()? })
        };
        let lines = answer.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        Ok(lines.filter_map(object).collect())
    }

    /// Starts a reader of objects.
    ///
    /// # Errors
    ///
    /// Fails when git cannot be started.
    pub fn reader(&self) -> Result<Reader> {
        let mut child = self
            .command()
            .args(["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("git")?;
        let asks = child.stdin.take().expect("it was started with a pipe");
        let answers = BufReader::new(child.stdout.take().expect("it was started with a pipe"));
        Ok(Reader { child, asks: Some(asks), answers })
    }

    /// Shows what some commits change to `see`: against each parent, or everything for a first one.
    ///
    /// # Errors
    ///
    /// Fails when git does.
    pub fn changes(&self, commits: &[&str], see: &mut dyn FnMut(Change)) -> Result<()> {
        let mut child = self
            .command()
            .args(["diff-tree", "--stdin", "-r", "-m", "--root", "--raw", "-z"])
            .args(["--no-abbrev", "--no-renames", "--no-ext-diff"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("git")?;
        let mut asks = child.stdin.take().expect("it was started with a pipe");
        let mut answers = BufReader::new(child.stdout.take().expect("it was started with a pipe"));
        std::thread::scope(|scope| -> Result<()> {
            // Asked from a thread of its own: a full pipe on one side must not stop the other.
            let asking = scope
                .spawn(move || commits.iter().try_for_each(|commit| writeln!(asks, "{commit}")));
            read_changes(&mut answers, see)?;
            let _git_said_less = asking.join();
            Ok(())
        })?;
        if !child.wait()?.success() {
            bail!("{}", said("diff-tree").text(self.lang));
        }
        Ok(())
    }

    /// Returns every commit that something leads to, with its parents.
    ///
    /// # Errors
    ///
    /// Fails when git does.
    pub fn parents(&self) -> Result<Vec<(String, Vec<String>)>> {
        let answer = ascii(&self.run(&["rev-list", "--all", "--parents"])?);
        let family = |line: &str| {
            let mut ids = line.split(' ').map(str::to_owned);
            Some((ids.next()?, ids.collect()))
        };
        Ok(answer.lines().filter_map(family).collect())
    }

    /// Returns every ref with the object it names, and the one that a tag of it names.
    ///
    /// # Errors
    ///
    /// Fails when git does.
    pub fn refs(&self) -> Result<Vec<(String, String, String)>> {
        let form = "--format=%(objectname) %(*objectname) %(refname)";
        let answer = self.run(&["for-each-ref", form])?;
        let line = |line: &[u8]| {
            let line = ascii(line);
            let mut words = line.splitn(3, ' ');
            let (own, inner) = (words.next()?.to_owned(), words.next()?.to_owned());
            Some((words.next()?.to_owned(), own, inner))
        };
        Ok(answer.split(|byte| *byte == b'\n').filter_map(line).collect())
    }
}

/// Reads what `diff-tree` writes.
fn read_changes(answers: &mut BufReader<ChildStdout>, see: &mut dyn FnMut(Change)) -> Result<()> {
    let mut commit = String::new();
    let mut part = Vec::new();
    loop {
        part.clear();
        if answers.read_until(0, &mut part)? == 0 {
            return Ok(());
        }
        let words = ascii(part.strip_suffix(&[0]).unwrap_or(&part));
        let Some(change) = words.strip_prefix(':') else {
            commit = words.split_whitespace().next().unwrap_or("").to_owned();
            continue;
        };
        // `:MODE MODE ID ID STATUS`, and the path behind the next NUL.
        let mut words = change.split(' ').skip(2);
        let before = words.next().unwrap_or("").to_owned();
        let after = words.next().unwrap_or("").to_owned();
        let mut path = Vec::new();
        let _length = answers.read_until(0, &mut path)?;
        let _nul = path.pop();
        see(Change { commit: commit.clone(), before, after, path });
    }
}

/// Reads objects, one after the other.
#[derive(Debug)]
pub struct Reader {
    child: Child,
    asks: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Reader {
    /// Reads an object; nothing when it is not here.
    ///
    /// # Errors
    ///
    /// Fails when git went away.
    pub fn read(&mut self, id: &str) -> Result<Option<Vec<u8>>> {
        let asks = self.asks.as_mut().expect("it is taken only at the end");
        writeln!(asks, "{id}").and_then(|()| asks.flush()).context("git cat-file")?;
        let mut head = String::new();
        let length = self.answers.read_line(&mut head).context("git cat-file")?;
        if length == 0 {
            bail!("git cat-file ended early");
        }
        let size = head.trim_end().rsplit(' ').next().and_then(|size| size.parse::<usize>().ok());
        let Some(size) = size else {
            return Ok(None);
        };
        let mut bytes = vec![0; size + 1];
        self.answers.read_exact(&mut bytes).context("git cat-file")?;
        let _newline = bytes.pop();
        Ok(Some(bytes))
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        // It ends when it is asked no more.
        drop(self.asks.take());
        let _ended = self.child.wait();
    }
}
