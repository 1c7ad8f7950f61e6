//! Sheets for the village's own board: what stands on them, and where they may lie.
#![expect(clippy::disallowed_methods, reason = "folders of tests are made and linked")]

use std::fs;
use std::path::Path;

use mingbai::files::{Files, list, read_file};
use mingbai::pipeline::{self, Outcome, Settings};
use mingbai::records::schema::Class;
use mingbai::records::{self, TableDef};
use mingbai::site::Paper;
use mingbai::text::Day;
use tempfile::TempDir;

use crate::canary::{Maker, Writing};
use crate::program::{self, lay, run};

/// Makes sheets in memory.
fn sheets(files: &Files, day: &str, paper: Paper) -> Outcome {
    let as_of = Day::parse(day).expect("a day");
    let settings =
        Settings { as_of, as_of_asked: true, base_url: None, keep_going: true, key: None };
    pipeline::board(files, &settings, paper, &|_| {})
}

/// Returns a file of an outcome as text.
fn text<'o>(outcome: &'o Outcome, route: &str) -> &'o str {
    let found = outcome.artifacts.iter().find(|artifact| artifact.route().as_str() == route);
    let found = found.unwrap_or_else(|| panic!("there is no {route}"));
    std::str::from_utf8(found.bytes()).expect("the file is UTF-8")
}

/// Returns the example register.
fn example() -> Files {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    Files::read(&content).expect("the example can be read")
}

/// Lays a small register with an open list into a new folder.
fn register() -> TempDir {
    let folder = TempDir::new().expect("a folder can be made");
    let brought = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmd/build.in");
    let files = program::tree(&brought).into_iter().map(|(path, (bytes, _))| (path, bytes));
    lay(folder.path(), &files.collect::<std::collections::BTreeMap<_, _>>());
    folder
}

#[test]
fn a_sheet_has_what_a_reader_needs_to_check_it() {
    let outcome = sheets(&example(), "2025-06-30", Paper::A4);
    assert!(outcome.leaks.is_empty(), "{:?}", outcome.leaks.first());
    let sheet = text(&outcome, "990101001/grant/2025-travel.html");
    for words in [
        "2025年务工一次性交通补助",
        "2025年6月24日至2025年7月3日",
        "12317",
        "0999-0000100",
        "盖章处",
        "经办人",
        "张贴日期",
        "撤下日期",
        "张贴到2025年7月3日",
        "size: A4",
        "counter(pages)",
        "<svg",
        "https://example.org/mingbai/grant/2025-travel.html",
        "对得上",
        "<tfoot>",
    ] {
        assert!(sheet.contains(words), "the sheet does not say {words}");
    }
    assert!(text(&sheets(&example(), "2025-06-30", Paper::A3), "index.html").contains("size: A3"));
    for artifact in &outcome.artifacts {
        let page = String::from_utf8_lossy(artifact.bytes());
        for outside in ["src=", "<link", "<script", "url(", "@import"] {
            assert!(!page.contains(outside), "{} loads {outside}", artifact.route());
        }
    }
}

#[test]
fn each_village_sees_its_own_rows_and_every_row_hangs_once() {
    let files = example();
    let outcome = sheets(&files, "2025-06-30", Paper::A4);
    let own = files.text("grants/2025/2025-travel.toml").expect("the list is there");
    let mut rows = 0;
    for artifact in &outcome.artifacts {
        let route = artifact.route().as_str();
        let Some(village) = route.strip_suffix("/grant/2025-travel.html") else {
            continue;
        };
        let sheet = String::from_utf8_lossy(artifact.bytes());
        for line in own.lines().filter(|line| line.contains("id_number = ")) {
            let name = line.split("name = \"").nth(1).and_then(|rest| rest.split('"').next());
            let here = line.contains(&format!("village = \"{village}\""));
            let name = name.expect("a row has a name");
            rows += usize::from(here);
            if here {
                assert!(sheet.contains(name), "{route} lacks a row of its own");
            } else {
                assert!(!sheet.contains(&format!("<td>{name}")), "{route} has another's row");
            }
        }
    }
    assert_eq!(rows, 20, "every row hangs in one village");
    let index = text(&outcome, "index.html");
    assert!(index.contains("990101001/grant/2025-travel.html") && index.contains("2025年7月3日"));
}

#[test]
fn numbers_and_illness_are_on_no_sheet() {
    let maker = Maker::new();
    for (seed, day) in [(31, "2025-03-05"), (32, "2025-05-20")] {
        let canary = maker.make(seed, 3, Writing::Sound);
        let files = Files::of(canary.files.clone());
        let schema = records::schema_of(&files);
        let outcome = sheets(&files, day, Paper::A4);
        assert!(outcome.leaks.is_empty(), "{:?}", outcome.leaks.first());
        assert!(outcome.artifacts.len() > 5, "there are sheets");
        let never = [
            Class::IdNumber,
            Class::Phone,
            Class::BankAccount,
            Class::Health,
            Class::BirthDate,
            Class::Minor,
            Class::Internal,
        ];
        let whole: Vec<String> = outcome
            .artifacts
            .iter()
            .map(|artifact| String::from_utf8_lossy(artifact.bytes()).into_owned())
            .collect();
        let (mut searched, mut names) = (0, 0);
        for mark in &canary.marks {
            let mut place = mark.place.splitn(3, ' ');
            let (kind, table, key) = (place.next(), place.next(), place.next());
            let kind = schema.kinds().iter().find(|known| Some(known.name.as_str()) == kind);
            let kind = kind.expect("a mark names its kind");
            let table = kind.tables.iter().find(|known| Some(known.key.as_str()) == table);
            let fields = table.map_or(&kind.fields, |table: &TableDef| &table.fields);
            let field = fields.iter().find(|field| Some(field.key.as_str()) == key);
            let class = field.and_then(|field| field.class);
            let found = mark.forms.iter().any(|form| whole.iter().any(|page| page.contains(form)));
            if class.is_none_or(|class| never.contains(&class)) {
                searched += 1;
                assert!(!found, "{} is on a board", mark.place);
            }
            names += usize::from(found && class == Some(Class::PersonName));
        }
        assert!(searched > 100 && names > 5, "{searched} searched, {names} names hang");
    }
}

#[test]
fn sheets_lie_where_neither_the_site_nor_the_repository_takes_them() {
    let project = register();
    let root = project.path();
    let made = run(root, &["board", "--as-of", "2024-03-10"]);
    assert_eq!(made.code, 0, "{}", made.words);
    let folder = root.join("board");
    assert_eq!(read_file(&folder.join(".gitignore")).expect("it is written"), b"*\n");
    assert!(folder.join(".mingbai-board").exists());
    let sheet = folder.join("990101001/grant/2024-01.html");
    assert!(sheet.exists(), "the sheet is there");
    // The day after, the run itself takes it away.
    let later = run(root, &["board", "--as-of", "2024-03-21"]);
    assert!(later.code == 0 && later.words.contains("请到村里撤下"), "{}", later.words);
    assert!(!sheet.exists() && folder.join("index.html").exists());
    assert_eq!(list(&folder).expect("it can be listed").len(), 1, "only the index is left");
}

#[test]
fn boards_and_sites_never_share_a_folder() {
    let project = register();
    let root = project.path();
    for made in ["build", "board"] {
        assert_eq!(run(root, &[made, "--as-of", "2024-03-10"]).code, 0, "{made}");
    }
    fs::create_dir(root.join("other")).expect("a folder can be made");
    let moved = run(root, &["board", "--as-of", "2024-03-10", "--out", "sheets"]);
    assert_eq!(moved.code, 0, "{}", moved.words);
    for (link, to) in [
        ("to-public", "public"),
        ("to-board", "board"),
        ("to-content", "content"),
        ("to-sheets", "sheets"),
    ] {
        std::os::unix::fs::symlink(root.join(to), root.join(link)).expect("a link can be made");
    }
    let before = program::tree(&root.join("public"));
    for out in [
        "board",
        "board/site",
        "to-board",
        "to-board/site",
        "sheets",
        "sheets/a/b",
        "to-sheets/x",
        "to-content",
    ] {
        let refused = run(root, &["build", "--as-of", "2024-03-10", "--out", out]);
        assert_eq!(refused.code, 2, "build --out {out}: {}", refused.words);
    }
    for out in [
        "public",
        "public/board",
        "to-public",
        "to-public/board",
        ".",
        "content",
        "content/board",
        "to-content/x",
        "other/../public/x",
    ] {
        let refused = run(root, &["board", "--as-of", "2024-03-10", "--out", out]);
        assert_eq!(refused.code, 2, "board --out {out}: {}", refused.words);
    }
    // A site elsewhere is known by its mark.
    assert_eq!(run(root, &["build", "--as-of", "2024-03-10", "--out", "elsewhere"]).code, 0);
    for out in ["elsewhere", "elsewhere/board"] {
        let refused = run(root, &["board", "--as-of", "2024-03-10", "--out", out]);
        assert_eq!(refused.code, 2, "board --out {out}: {}", refused.words);
    }
    let paths = |tree: &std::collections::BTreeMap<String, program::Written>| {
        tree.keys().cloned().collect::<Vec<_>>()
    };
    assert_eq!(
        paths(&before),
        paths(&program::tree(&root.join("public"))),
        "the site is as it was"
    );
}

#[test]
fn a_register_with_errors_gets_no_sheets() {
    let project = register();
    let root = project.path();
    let place = root.join("content/grants/2024/2024-01.toml");
    let text = String::from_utf8(read_file(&place).expect("it is there")).expect("UTF-8");
    fs::write(&place, text.replace("1300.50元", "许多")).expect("it can be written");
    let stopped = run(root, &["board", "--as-of", "2024-03-10"]);
    assert_eq!(stopped.code, 1, "{}", stopped.words);
    assert!(!root.join("board").exists());
}
