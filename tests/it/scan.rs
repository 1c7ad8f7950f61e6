//! Personal data in the repository itself: files, what is about to be committed, and the history.
//!
//! The repositories are real ones, made with git in temporary folders. Each value is planted where a
//! slip would put it, found at the right place, and said by nobody.
#![expect(clippy::disallowed_methods, reason = "repositories of tests are written and read")]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::canary::{Dice, id_number};
use crate::program::{Run, program};

/// The forms of findings.
const FORMS: [&str; 4] = ["human", "json", "sarif", "short"];

/// The code for something private that would get out.
const LEAK: i32 = 3;

/// The facts of a register.
const SITE: &str = "title = \"示例\"\npublisher = \"示例\"\n";

/// A repository.
struct Repo {
    folder: TempDir,
    dice: Dice,
    day: u32,
}

impl Repo {
    /// Makes an empty repository.
    fn new(seed: u64) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let mut repo = Self { folder, dice: Dice::new(seed), day: 0 };
        repo.git(&["init", "-q", "-b", "main", "."]);
        repo.write(".gitignore", ".mingbai/\n");
        repo.commit("a beginning");
        repo
    }

    /// Returns the folder.
    fn path(&self) -> PathBuf {
        self.folder.path().to_path_buf()
    }

    /// Returns a value of nobody.
    fn value(&mut self) -> String {
        id_number(&mut self.dice)
    }

    /// Writes a file.
    fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("made");
        fs::write(path, text).expect("written");
    }

    /// Returns git, ready to run on a day of its own in 2025.
    fn command(&self, arguments: &[&str]) -> Command {
        let date = format!("2025-{:02}-01T12:00:00+08:00", self.day.clamp(1, 12));
        let mut command = Command::new("git");
        command
            .current_dir(self.folder.path())
            .args(arguments)
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_AUTHOR_NAME", "office")
            .env("GIT_AUTHOR_EMAIL", "office@example.org")
            .env("GIT_COMMITTER_NAME", "office")
            .env("GIT_COMMITTER_EMAIL", "office@example.org")
            .env("GIT_AUTHOR_DATE", &date)
            .env("GIT_COMMITTER_DATE", &date);
        command
    }

    /// Runs git; returns what it wrote.
    fn git(&mut self, arguments: &[&str]) -> String {
        let output = self.command(arguments).output().expect("git is installed");
        // What git says may quote a planted value; only the command is named.
        assert!(output.status.success(), "git {}", arguments[0]);
        String::from_utf8(output.stdout).expect("git writes UTF-8").trim().to_owned()
    }

    /// Adds everything and commits it; returns the beginning of the commit's id.
    fn commit(&mut self, message: &str) -> String {
        self.day += 1;
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", message]);
        self.git(&["rev-parse", "--short=12", "HEAD"])
    }

    /// Runs `mingbai` in the repository.
    fn mingbai(&self, arguments: &[&str]) -> Run {
        Run::of(&self.raw(arguments))
    }

    /// Runs `mingbai` in the repository.
    fn raw(&self, arguments: &[&str]) -> Output {
        let mut command = program();
        command.current_dir(self.folder.path()).args(arguments);
        command.env("PATH", path()).env("GIT_CONFIG_GLOBAL", "/dev/null");
        command.output().expect("the program can be run")
    }

    /// Runs a search in the short form; returns its lines about personal data.
    fn short(&self, arguments: &[&str]) -> (i32, Vec<String>) {
        let arguments = [&["scan", "--format", "short", "--lang", "en"], arguments].concat();
        let output = self.raw(&arguments);
        let text = String::from_utf8(output.stdout).expect("the program speaks UTF-8");
        let code = output.status.code().expect("the program ends by itself");
        (code, text.lines().map(str::to_owned).collect())
    }

    /// Searches the history anew; returns its lines.
    fn history(&self) -> Vec<String> {
        let _nothing_there = fs::remove_dir_all(self.folder.path().join(".mingbai"));
        self.short(&["--history"]).1
    }

    /// Returns how many objects a search of the history looked at, and how many it left out.
    fn counted(&self) -> (usize, usize) {
        let output = self.raw(&["scan", "--history", "--lang", "en"]);
        let words = String::from_utf8(output.stderr).expect("the program speaks UTF-8");
        let numbers: Vec<usize> =
            words.split_whitespace().filter_map(|word| word.parse().ok()).collect();
        (numbers[0], numbers.get(1).copied().unwrap_or(0))
    }

    /// Makes sure that no form in no language says a value.
    fn says_nothing_of(&self, value: &str, arguments: &[&str]) {
        for form in FORMS {
            for lang in ["zh", "en"] {
                let all = [&["scan", "--format", form, "--lang", lang], arguments].concat();
                let run = self.mingbai(&all);
                assert_eq!(run.code, LEAK, "{form} {lang}");
                assert!(run.words.contains("raw-personal-data"), "{form} {lang}");
                assert!(!run.words.contains(value), "{form} {lang}");
                assert!(!run.words.contains(&value[6..14]), "{form} {lang}: the day of birth");
            }
        }
    }
}

/// Returns where programs are found.
fn path() -> String {
    std::env::var("PATH").expect("there is a PATH")
}

/// Makes sure that exactly one line begins with a place.
fn one(lines: &[String], place: &str) {
    let found = lines.iter().filter(|line| line.starts_with(place)).count();
    assert_eq!(found, 1, "{place} in {lines:#?}");
}

/// Returns a zip archive with one compressed file.
fn zipped(name: &str, text: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated);
    zip.start_file(name, options).expect("a file can be begun");
    zip.write_all(text.as_bytes()).expect("a file can be filled");
    zip.finish().expect("an archive can be closed").into_inner()
}

/// Returns a text in UTF-16 with its mark.
fn wide(text: &str) -> Vec<u8> {
    std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

/// Returns a list whose person has a number where it belongs, and a title.
fn list(title: &str, number: &str) -> String {
    format!(
        "id = \"a\"\ntitle = \"{title}\"\nentries = [{{ name = \"赵示安\", id_number = \"{number}\" }}]\n"
    )
}

#[test]
fn files_are_searched_whether_they_are_added_or_not() {
    let mut repo = Repo::new(1);
    let value = repo.value();
    repo.write("tracked.txt", format!("一\n二 {value}\n"));
    repo.commit("a file");
    repo.write("untracked.txt", &value);
    repo.write(format!("名单-{value}.txt").as_str(), "");
    repo.write("list.zip", zipped("a.csv", &format!("x\n{value}\n")));
    repo.write("wide.csv", wide(&format!("名单\n{value}\n")));
    repo.write(".mingbai/ignored.txt", &value);
    let (code, lines) = repo.short(&[]);
    assert_eq!(code, LEAK);
    one(&lines, "tracked.txt:2:3: error[raw-personal-data]");
    one(&lines, "untracked.txt:1:1: error[raw-personal-data]");
    one(
        &lines,
        "名单-******************.txt:1:1: error[raw-personal-data]: personal data stands in a name",
    );
    one(&lines, "list.zip:1:1: error[raw-personal-data]");
    assert!(lines.iter().any(|line| line.contains("inside zip, line 2, column 1")), "{lines:#?}");
    one(&lines, "wide.csv:1:1: error[raw-personal-data]");
    assert_eq!(lines.len(), 5, "{lines:#?}");
    repo.says_nothing_of(&value, &[]);
    let words = repo.mingbai(&["scan", "--lang", "en"]).words;
    assert!(words.contains("1 file that git ignores"));
    let (_, lines) = repo.short(&["--ignored"]);
    one(&lines, ".mingbai/ignored.txt:1:1: ");
}

#[test]
fn a_version_in_the_index_is_searched_beside_the_one_at_hand() {
    let mut repo = Repo::new(2);
    let value = repo.value();
    repo.write("a.txt", &value);
    repo.git(&["add", "a.txt"]);
    repo.write("a.txt", "clean");
    let (code, lines) = repo.short(&[]);
    assert_eq!((code, lines.len()), (LEAK, 1));
    one(&lines, ":a.txt:1:1: ");
}

#[test]
fn lists_may_hold_what_belongs_there_and_titles_may_not() {
    let mut repo = Repo::new(3);
    let (inside, outside) = (repo.value(), repo.value());
    repo.write("content/site.toml", SITE);
    repo.write("content/awards/a.toml", list("名单", &inside));
    assert_eq!(repo.short(&[]), (0, Vec::new()));
    repo.commit("a list");
    assert_eq!(repo.history(), Vec::<String>::new());
    repo.write("content/awards/a.toml", list(&outside, &inside));
    let (code, lines) = repo.short(&[]);
    assert_eq!((code, lines.len()), (LEAK, 1), "{lines:#?}");
    one(&lines, "content/awards/a.toml:2:10: ");
    // The same list outside of a register is no register's list.
    repo.write("content/awards/a.toml", list("名单", &inside));
    repo.write("notes/a.toml", list("名单", &inside));
    one(&repo.short(&[]).1, "notes/a.toml:3:");
}

#[test]
fn where_no_values_are_kept_lists_may_hold_none() {
    let mut repo = Repo::new(4);
    let value = repo.value();
    repo.write("content/site.toml", format!("{SITE}[privacy]\nraw = \"absent\"\n"));
    repo.write("content/awards/a.toml", list("名单", &value));
    let (code, lines) = repo.short(&[]);
    assert_eq!(code, LEAK);
    let in_list = lines.iter().filter(|line| line.starts_with("content/awards/a.toml:3:")).count();
    // The name and the number by their fields, and the number by its digits.
    assert_eq!((in_list, lines.len()), (3, 3), "{lines:#?}");
    repo.says_nothing_of(&value, &[]);
    let covered = list("名单", "99****************").replace("赵示安", "赵**");
    repo.write("content/awards/a.toml", covered);
    assert_eq!(repo.short(&[]), (0, Vec::new()));
    repo.write("content/site.toml", format!("{SITE}[privacy]\nraw = \"perhaps\"\n"));
    let checked = repo.mingbai(&["check", "--format", "short"]).words;
    assert!(checked.contains("site.toml:4:7: error[site-fault]"), "{checked}");
}

#[test]
fn a_folder_without_git_is_searched_too() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let value = id_number(&mut Dice::new(5));
    fs::write(folder.path().join(".hidden"), format!("x {value}")).expect("written");
    let output = program()
        .current_dir(folder.path())
        .args(["scan", "--format", "short"])
        .env("PATH", path())
        .env("GIT_CEILING_DIRECTORIES", folder.path().parent().expect("it lies somewhere"))
        .output();
    let run = Run::of(&output.expect("the program can be run"));
    assert_eq!(run.code, LEAK);
    assert!(run.words.contains(".hidden:1:3: "), "{}", run.words);
    // Without git there is no history, and that is said.
    let output = program()
        .current_dir(folder.path())
        .args(["scan", "--history", "--lang", "en"])
        .env("PATH", folder.path())
        .output();
    let run = Run::of(&output.expect("the program can be run"));
    assert_eq!(run.code, 2);
    assert!(run.words.contains("git is not installed"), "{}", run.words);
}

#[test]
fn what_was_deleted_is_found_with_its_commits() {
    let mut repo = Repo::new(6);
    let value = repo.value();
    repo.write("docs/名单.csv", format!("姓名,号码\n某人,{value}\n"));
    let came = repo.commit("a list");
    fs::remove_file(repo.path().join("docs/名单.csv")).expect("it is there");
    let went = repo.commit("no list");
    assert_eq!(repo.short(&[]), (0, Vec::new()));
    let lines = repo.history();
    assert_eq!(lines.len(), 1, "{lines:#?}");
    one(&lines, &format!("{came}:docs/名单.csv:2:4: error[raw-personal-data]"));
    let words = repo.mingbai(&["scan", "--history", "--lang", "en"]).words;
    assert!(words.contains(&format!("{came}:docs/名单.csv: came on 2025-02-01")), "{words}");
    assert!(
        words.contains(&format!("{went}:docs/名单.csv: changed or deleted here on 2025-03-01"))
    );
    assert!(words.contains("still reached from: refs/heads/main\n"), "{words}");
    let blob = repo.git(&["rev-parse", "--short=12", &format!("{came}:docs/名单.csv")]);
    assert!(words.contains(&format!("object {blob}")), "{words}");
    repo.says_nothing_of(&value, &["--history"]);
}

#[test]
fn a_deleted_branch_and_a_stash_are_searched() {
    let mut repo = Repo::new(7);
    let (gone, stashed) = (repo.value(), repo.value());
    repo.git(&["checkout", "-q", "-b", "work"]);
    repo.write("gone.txt", &gone);
    let commit = repo.commit("work");
    repo.git(&["checkout", "-q", "main"]);
    repo.git(&["branch", "-q", "-D", "work"]);
    repo.write(".gitignore", format!(".mingbai/\n{stashed}\n"));
    repo.git(&["stash", "-q"]);
    // Without its log, nothing leads to the commit any more.
    repo.git(&["reflog", "expire", "--expire=now", "--all", "--rewrite"]);
    let lines = repo.history();
    one(&lines, &format!("{commit}:gone.txt:1:1: error"));
    assert!(lines.iter().any(|line| line.contains(":.gitignore:2:1: error")), "{lines:#?}");
    let words = repo.mingbai(&["scan", "--history", "--lang", "en"]).words;
    assert!(words.contains("no branch or tag leads to it any more"), "{words}");
    assert!(words.contains("still reached from: refs/stash"), "{words}");
}

#[test]
fn messages_of_commits_and_tags_notes_and_names_are_searched() {
    let mut repo = Repo::new(8);
    let values: Vec<String> = (0..5).map(|_| repo.value()).collect();
    let commit = repo.commit(&format!("names\n\nlist of {}", values[0]));
    repo.git(&["tag", "-a", "v1", "-m", &format!("tag {}", values[1])]);
    let tag = repo.git(&["rev-parse", "--short=12", "v1"]);
    repo.git(&["notes", "add", "-m", &format!("note {}", values[2])]);
    repo.git(&["branch", &format!("list-{}", values[3])]);
    repo.write(&format!("lists/{}/a.txt", values[4]), "x");
    let named = repo.commit("a name");
    let lines = repo.history();
    one(&lines, &format!("{commit}:8:9: error"));
    one(&lines, &format!("{tag}:6:5: error"));
    let object = repo.git(&["rev-parse", &commit]);
    let note = repo.git(&["rev-parse", "--short=12", "refs/notes/commits"]);
    one(&lines, &format!("{note}:{object}:1:6: error"));
    one(&lines, "refs/heads/list-******************:1:1: error");
    one(&lines, &format!("{named}:lists/******************/a.txt:1:1: error"));
    assert_eq!(lines.len(), 5, "{lines:#?}");
    assert!(lines.iter().any(|line| line.contains("(message of a tag, 2025-02-01)")));
    for value in &values {
        repo.says_nothing_of(value, &["--history"]);
    }
}

#[test]
fn authors_are_searched_and_told_once() {
    let mut repo = Repo::new(9);
    let value = repo.value();
    repo.write("a.txt", "a");
    repo.git(&["add", "-A"]);
    let author = format!("--author=someone {value} <someone@example.org>");
    let private = "--author=someone <someone@qq.com>";
    repo.git(&["commit", "-q", "-m", "one", &author]);
    let commit = repo.git(&["rev-parse", "--short=12", "HEAD"]);
    for message in ["two", "three"] {
        repo.git(&["commit", "-q", "--allow-empty", "-m", message, private]);
    }
    let lines = repo.history();
    assert_eq!(lines.len(), 2, "{lines:#?}");
    one(&lines, &format!("{commit}:3:16: error"));
    let mailbox = lines.iter().find(|line| line.contains("private mailbox")).expect("it is told");
    assert!(mailbox.contains("warning[raw-personal-data]") && mailbox.contains("2 in all"));
    repo.says_nothing_of(&value, &["--history"]);
}

#[test]
fn archives_and_wide_texts_of_the_past_are_opened() {
    let mut repo = Repo::new(10);
    let (packed, widened) = (repo.value(), repo.value());
    repo.write("a.zip", zipped("inner.csv", &format!("a\nb {packed}\n")));
    repo.write("b.txt", wide(&format!("甲\n乙{widened}\n")));
    let commit = repo.commit("files");
    repo.git(&["rm", "-q", "a.zip", "b.txt"]);
    repo.commit("no files");
    let lines = repo.history();
    assert_eq!(lines.len(), 2, "{lines:#?}");
    one(&lines, &format!("{commit}:a.zip:1:1: error"));
    one(&lines, &format!("{commit}:b.txt:1:1: error"));
    assert!(lines[0].contains("zip, line 2, column 3"), "{}", lines[0]);
    // Columns of a text of two bytes a letter are counted as it lies there.
    assert!(lines[1].contains("line 2, column "), "{}", lines[1]);
    repo.says_nothing_of(&packed, &["--history"]);
    repo.says_nothing_of(&widened, &["--history"]);
}

#[test]
fn what_was_clean_is_not_looked_at_again() {
    let mut repo = Repo::new(11);
    repo.write("a.txt", "a");
    repo.commit("a file");
    let (first, known) = repo.counted();
    assert_eq!(known, 0);
    assert_eq!(repo.counted(), (0, first));
    repo.write("b.txt", "b");
    repo.commit("another");
    // A blob, a tree and a commit.
    assert_eq!(repo.counted(), (3, first));
    let value = repo.value();
    repo.write("c.txt", &value);
    repo.commit("a slip");
    assert_eq!(repo.counted(), (3, first + 3));
    // What is not clean is told of every time: the blob and the commit; the tree is clean.
    assert_eq!(repo.counted(), (2, first + 4));
    assert_eq!(repo.short(&["--history"]).0, LEAK);
    // The memory holds ids of clean objects and nothing of the others.
    let memory = fs::read_to_string(repo.path().join(".mingbai/scan/clean")).expect("it is there");
    let blob = repo.git(&["rev-parse", "HEAD:c.txt"]);
    assert!(!memory.contains(&blob) && !memory.contains(&value));
    // A register's rules are part of what clean means.
    repo.write("content/site.toml", SITE);
    let (looked, known) = repo.counted();
    assert_eq!((looked, known), (first + 6, 0));
}

#[test]
fn a_new_path_of_an_old_blob_is_looked_at() {
    let mut repo = Repo::new(12);
    let value = repo.value();
    repo.write("content/site.toml", SITE);
    repo.write("content/awards/a.toml", list("名单", &value));
    repo.commit("a list");
    assert_eq!(repo.short(&["--history"]), (0, Vec::new()));
    // The bytes are the same, but outside of the register nobody said that they may stand there.
    repo.write("public-notes/a.toml", list("名单", &value));
    let commit = repo.commit("a copy");
    let (code, lines) = repo.short(&["--history"]);
    assert_eq!(code, LEAK);
    one(&lines, &format!("{commit}:public-notes/a.toml:3:"));
}

#[test]
fn what_is_not_here_is_told() {
    let mut repo = Repo::new(13);
    repo.write("a.txt", "a");
    repo.commit("a file");
    let copy = repo.path().join("copy");
    let from = format!("file://{}", repo.path().display());
    repo.git(&["clone", "-q", "--depth", "1", &from, "copy"]);
    let output = program()
        .current_dir(&copy)
        .env("PATH", path())
        .args(["scan", "--history", "--lang", "en"])
        .output();
    let run = Run::of(&output.expect("the program can be run"));
    assert_eq!(run.code, 0);
    assert!(run.words.contains("warning[not-searched]"), "{}", run.words);
    assert!(run.words.contains("git fetch --unshallow"), "{}", run.words);
    // A repository inside another is told of, not entered and not passed over.
    let (_, lines) = repo.short(&[]);
    one(&lines, "copy/:1:1: warning[not-searched]");
}

#[test]
fn a_commit_with_a_planted_value_is_refused() {
    let mut repo = Repo::new(14);
    let value = repo.value();
    assert_eq!(repo.mingbai(&["hook", "install"]).code, 0);
    let commit = |repo: &Repo, arguments: &[&str]| {
        let output = repo.command(&[&["commit", "-q"], arguments].concat()).output();
        Run::of(&output.expect("git is installed"))
    };
    let before = repo.git(&["rev-parse", "HEAD"]);
    repo.write("a.txt", format!("x {value}\n"));
    repo.git(&["add", "a.txt"]);
    // What the file says by now is not what would be committed.
    repo.write("a.txt", "clean\n");
    let run = commit(&repo, &["-m", "a file"]);
    assert_ne!(run.code, 0);
    assert!(run.words.contains("a.txt:1:3"), "{}", run.words);
    assert!(!run.words.contains(&value));
    assert_eq!(repo.git(&["rev-parse", "HEAD"]), before);
    // And the other way round.
    repo.git(&["add", "a.txt"]);
    repo.write("a.txt", &value);
    assert_eq!(commit(&repo, &["-m", "a file"]).code, 0);
    let after = repo.git(&["rev-parse", "HEAD"]);
    assert_ne!(after, before);
    // `commit -a` has an index of its own.
    assert_ne!(commit(&repo, &["-a", "-m", "all"]).code, 0);
    assert_eq!(repo.git(&["rev-parse", "HEAD"]), after);
    // A message is searched, too; what git takes out of it is not.
    repo.write("a.txt", "cleaner\n");
    let run = commit(&repo, &["-a", "-m", &format!("about {value}")]);
    assert_ne!(run.code, 0);
    assert!(run.words.contains("COMMIT_EDITMSG:1:7") && !run.words.contains(&value));
    assert_eq!(repo.git(&["rev-parse", "HEAD"]), after);
    repo.git(&["config", "core.editor", "true"]);
    let message = format!("good\n# {value}\n");
    repo.write(".git/m", message);
    let run = commit(&repo, &["-a", "-e", "-F", ".git/m", "--cleanup=strip"]);
    assert_eq!(run.code, 0, "{}", run.words);
    // Without the hooks nobody asks.
    assert_eq!(repo.mingbai(&["hook", "remove"]).code, 0);
    repo.write("a.txt", &value);
    assert_eq!(commit(&repo, &["-a", "-m", "unasked"]).code, 0);
}

#[test]
fn hooks_lie_where_git_looks_for_them() {
    let mut repo = Repo::new(15);
    let value = repo.value();
    repo.git(&["config", "core.hooksPath", "our hooks"]);
    assert_eq!(repo.mingbai(&["hook", "install"]).code, 0);
    assert!(repo.path().join("our hooks/pre-commit").is_file());
    assert!(!repo.path().join(".git/hooks/pre-commit").exists());
    repo.git(&["config", "--unset", "core.hooksPath"]);
    // A second working tree has the hooks of the first.
    repo.git(&["worktree", "add", "-q", "second"]);
    let second = repo.path().join("second").display().to_string();
    assert_eq!(repo.mingbai(&["hook", "install", &second]).code, 0);
    assert!(repo.path().join(".git/hooks/pre-commit").is_file());
    repo.write("second/a.txt", &value);
    repo.git(&["-C", "second", "add", "a.txt"]);
    let refused = repo.command(&["-C", "second", "commit", "-q", "-m", "x"]).output();
    assert!(!refused.expect("git is installed").status.success());
}

#[test]
fn a_hook_of_somebody_else_stays_as_it_is() {
    let repo = Repo::new(16);
    let theirs = "#!/bin/sh\necho theirs\n";
    repo.write(".git/hooks/commit-msg", theirs);
    let run = repo.mingbai(&["hook", "install", "--lang", "en"]);
    assert_eq!(run.code, 2);
    assert!(
        run.words.contains("commit-msg: mingbai scan --quiet --message \"$1\" || exit 1"),
        "{}",
        run.words
    );
    assert_eq!(repo.mingbai(&["hook", "remove"]).code, 0);
    let hook = repo.path().join(".git/hooks/commit-msg");
    assert_eq!(fs::read_to_string(&hook).expect("it is there"), theirs);
    assert!(!repo.path().join(".git/hooks/pre-commit").exists());
    // Our own are written anew as often as anyone likes.
    fs::remove_file(&hook).expect("it is there");
    assert_eq!(repo.mingbai(&["hook", "install"]).code, 0);
    assert_eq!(repo.mingbai(&["hook", "install"]).code, 0);
}

#[test]
fn without_the_program_nothing_is_committed() {
    let mut repo = Repo::new(17);
    let copy = repo.path().join(".git/copy of the program");
    let _ = fs::copy(env!("CARGO_BIN_EXE_mingbai"), &copy).expect("it can be copied");
    let install = Command::new(&copy).current_dir(repo.path()).args(["hook", "install"]).output();
    assert!(install.expect("the copy can be run").status.success());
    repo.write("a.txt", "clean");
    repo.git(&["add", "-A"]);
    // It is not on the path, and known by where it was.
    repo.git(&["commit", "-q", "-m", "with it"]);
    fs::remove_file(&copy).expect("it is there");
    let output = repo.command(&["commit", "-q", "--allow-empty", "-m", "without it"]).output();
    let run = Run::of(&output.expect("git is installed"));
    assert_ne!(run.code, 0);
    assert!(run.words.contains("mingbai is not here"), "{}", run.words);
}

#[test]
fn the_path_of_this_test_is_free_of_the_program() {
    // `without_the_program_nothing_is_committed` would prove nothing otherwise.
    let there = std::env::split_paths(&path())
        .any(|folder: PathBuf| Path::new(&folder).join("mingbai").exists());
    assert!(!there, "tests run without mingbai on the PATH");
}
