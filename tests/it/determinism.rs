//! The same content gives the same bytes: on any machine, in any folder, with any settings of the
//! shell, with any number of threads; and what did not change is not written again.
//!
//! The site is that of the example register, so these tests also say that it builds.
#![expect(clippy::disallowed_methods, reason = "trees are written in ways the program does not")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use mingbai::files::Files;
use tempfile::TempDir;

use crate::program::{self, Run, program, run, tree};

/// The folder of the repository.
const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// A project with the example register.
struct Project {
    folder: TempDir,
}

impl Project {
    /// Copies the register.
    fn new() -> Self {
        let folder = TempDir::new().expect("a folder can be made");
        let content =
            Files::read(&Path::new(ROOT).join("content")).expect("the register can be read");
        let files = content.iter().map(|(path, bytes)| (path.to_string(), bytes.to_vec()));
        let files: Vec<(String, Vec<u8>)> = files.collect();
        program::lay(
            &folder.path().join("content"),
            files.iter().map(|(path, bytes)| (path, bytes)),
        );
        Self { folder }
    }

    /// Returns a path in the project.
    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Builds the site where it belongs.
    fn build(&self) -> Run {
        let run = run(self.folder.path(), &["build"]);
        assert_eq!(run.code, 0, "{}", run.words);
        run
    }
}

/// Returns the bytes of a tree without the times.
fn bytes(folder: &Path) -> Vec<(String, Vec<u8>)> {
    tree(folder).into_iter().map(|(path, (bytes, _))| (path, bytes)).collect()
}

/// Returns the paths at which two trees differ.
fn differing(left: &[(String, Vec<u8>)], right: &[(String, Vec<u8>)]) -> BTreeSet<String> {
    let (left, right): (BTreeSet<_>, BTreeSet<_>) = (left.iter().collect(), right.iter().collect());
    left.symmetric_difference(&right).map(|(path, _)| path.clone()).collect()
}

#[test]
fn the_same_register_gives_the_same_bytes_everywhere() {
    let (here, there) = (Project::new(), Project::new());
    // Files come from the disk in another order when they were written in another.
    let content = tree(&there.path("content"));
    fs::remove_dir_all(there.path("content")).expect("the copy can be removed");
    for (path, (bytes, _)) in content.iter().rev() {
        program::lay(&there.path("content"), [(path, bytes)]);
    }
    let first = program()
        .current_dir(here.folder.path())
        .envs([("TZ", "Pacific/Kiritimati"), ("LC_ALL", "zh_CN.UTF-8"), ("HOME", "/nonexistent")])
        .args(["build", "--threads", "1"])
        .output();
    let first = Run::of(&first.expect("the program can be run"));
    assert_eq!(first.code, 0, "{}", first.words);
    let elsewhere = TempDir::new().expect("a folder can be made");
    let out = elsewhere.path().join("a/site");
    let script = "umask 077; exec \"$0\" build --threads 3 --out \"$1\" \"$2\"";
    let second = std::process::Command::new("sh")
        .current_dir(elsewhere.path())
        .env_clear()
        .envs([("TZ", "America/Los_Angeles"), ("LANG", "en_US.UTF-8"), ("USER", "wombat")])
        .args(["-c", script, env!("CARGO_BIN_EXE_mingbai")])
        .args([&out, &there.folder.path().to_owned()])
        .output();
    let second = Run::of(&second.expect("a shell can be run"));
    assert_eq!(second.code, 0, "{}", second.words);
    let (first, second) = (bytes(&here.path("public")), bytes(&out));
    assert!(first.len() > 1000, "{} files", first.len());
    assert_eq!(differing(&first, &second), BTreeSet::new());
}

#[test]
fn no_name_of_this_machine_is_in_the_site() {
    let project = Project::new();
    project.build();
    let folder =
        project.folder.path().to_str().expect("temporary folders have plain names").to_owned();
    for (path, bytes) in bytes(&project.path("public")) {
        for name in [folder.as_str(), ROOT] {
            let inside = bytes.windows(name.len()).any(|window| window == name.as_bytes());
            assert!(!inside, "{path}");
        }
    }
}

#[test]
fn a_build_without_changes_writes_nothing() {
    let project = Project::new();
    let first = project.build();
    let before = tree(&project.path("public"));
    let second = project.build();
    assert!(tree(&project.path("public")) == before, "something was written");
    assert!(second.words.contains(first.words.lines().next().unwrap_or("")), "{}", second.words);
    // What was forgotten is worked out again, to the same bytes and without writing them.
    fs::remove_dir_all(project.path(".mingbai")).expect("the memory can be removed");
    project.build();
    assert!(tree(&project.path("public")) == before, "something was written");
}

#[test]
fn a_site_that_someone_changed_is_mended() {
    let project = Project::new();
    project.build();
    let before = bytes(&project.path("public"));
    fs::write(project.path("public/index.html"), "x").expect("the page can be changed");
    fs::write(project.path("public/wombat.html"), "x").expect("a page can be added");
    fs::remove_file(project.path("public/robots.txt")).expect("a file can be removed");
    project.build();
    assert_eq!(differing(&before, &bytes(&project.path("public"))), BTreeSet::new());
}

#[test]
fn a_changed_record_rewrites_only_what_says_something_else() {
    let project = Project::new();
    project.build();
    let before = tree(&project.path("public"));
    let record = "content/archives/2023/2023-yk.toml";
    let text = fs::read_to_string(project.path(record)).expect("the example has the record");
    let (head, rest) = text.split_once("title = \"").expect("the record has a title");
    fs::write(project.path(record), format!("{head}title = \"新{rest}"))
        .expect("the record can be changed");
    project.build();
    let after = tree(&project.path("public"));
    let page = "archive/2023-yk.html";
    assert_ne!(before[page].0, after[page].0, "{page} says the new title");
    let mut rewritten = 0;
    for (path, (bytes, time)) in &after {
        let (old, written) = &before[path];
        let same = (bytes == old, time == written);
        assert_eq!(same.0, same.1, "{path}: same bytes {}, same time {}", same.0, same.1);
        rewritten += usize::from(!same.1);
    }
    assert!(rewritten < after.len() / 2, "{rewritten} of {} files were rewritten", after.len());
}

#[test]
fn a_record_that_is_gone_takes_its_page_along() {
    let project = Project::new();
    project.build();
    let page = project.path("public/archive/2023-yk.html");
    assert!(page.is_file());
    program::take(&project.path("content/archives/2023/2023-yk.toml"));
    // Other records may name it; the page has to go all the same.
    let run = run(project.folder.path(), &["build", "--keep-going"]);
    assert!(run.code <= 1, "{}", run.words);
    assert!(!page.exists(), "the page is still there");
    let left = bytes(&project.path("public"));
    let naming =
        left.iter().filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains("archive/2023-yk"));
    assert_eq!(naming.map(|(path, _)| path.as_str()).collect::<Vec<_>>(), Vec::<&str>::new());
}

#[test]
fn a_folder_of_someone_else_is_left_alone() {
    let project = Project::new();
    let out = project.path("papers");
    program::folder(&out);
    fs::write(out.join("letter.txt"), "mine").expect("a file can be written");
    let run = run(project.folder.path(), &["build", "--out", "papers"]);
    assert_eq!(run.code, 2, "{}", run.words);
    assert!(run.words.contains("papers"), "{}", run.words);
    assert_eq!(bytes(&out), [("letter.txt".to_owned(), b"mine".to_vec())]);
}

#[test]
fn every_system_of_the_list_has_its_kind_its_record_and_its_page() {
    let project = Project::new();
    project.build();
    let docs = Files::read(&Path::new(ROOT).join("docs")).expect("the pages can be read");
    let text = docs.text("systems.csv").expect("the list of systems is there");
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let mut ids = BTreeSet::new();
    for row in reader.records() {
        let row = row.expect("the list of systems is CSV");
        let [id, system, kind, record, page] = [0, 1, 2, 3, 4].map(|column| row[column].to_owned());
        assert!(!system.is_empty(), "{id} has a name");
        assert_eq!(
            record.split('/').next(),
            Some(kind.as_str()),
            "{id}: the record is of the kind"
        );
        assert_eq!(page, format!("{record}.html"), "{id}: the page is the record's");
        assert!(
            project.path(&format!("public/{page}")).is_file(),
            "{id}: {page} is not in the site"
        );
        let list = project.path(&format!("public/{kind}/index.html"));
        assert!(list.is_file(), "{id}: {kind} has no list in the site");
        assert!(ids.insert(id.clone()), "{id} stands twice");
    }
    assert_eq!(ids.len(), 138);
}

#[cfg(unix)]
#[test]
fn folders_of_others_and_links_are_left_alone() {
    let project = Project::new();
    project.build();
    let public = project.path("public");
    fs::create_dir_all(public.join(".git/refs/heads")).expect("a folder can be made");
    let run_again = run(project.folder.path(), &["build", "--as-of", "2025-01-01"]);
    assert_eq!(run_again.code, 0, "{}", run_again.words);
    assert!(public.join(".git/refs/heads").is_dir(), "empty folders of a repository stay");
    let outside = project.path("outside.txt");
    fs::write(&outside, "untouched").expect("a file can be written");
    fs::remove_file(public.join("index.html")).expect("it can be removed");
    std::os::unix::fs::symlink(&outside, public.join("index.html")).expect("a link can be made");
    let linked = run(project.folder.path(), &["build", "--as-of", "2025-01-02"]);
    assert_eq!(linked.code, 2, "{}", linked.words);
    assert_eq!(fs::read_to_string(&outside).expect("it can be read"), "untouched");
}
