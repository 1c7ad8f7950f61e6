//! Withdrawal: the day after a notice ends, nothing of its people is left, on the site, on the
//! boards or in what the program says; and what old copies still hold is listed until it is gone.

use std::collections::BTreeSet;
use std::path::Path;

use mingbai::decode::DECODERS;
use mingbai::files::Files;
use mingbai::output::gate::{self, Sight};
use mingbai::pipeline::{self, Outcome, Settings};
use mingbai::records::{self, Look, Role, Schema, TableDef};
use mingbai::site::Paper;
use mingbai::text::{Day, Lang};
use tempfile::TempDir;

use crate::canary::{Canary, Maker, Writing};
use crate::program::{self, lay, run, take};

/// The last day of the first window in which lists of a canary register hang, and the day after.
const LAST: &str = "2025-03-10";
const AFTER: &str = "2025-03-11";

/// A list of the example register, the last day of the notice about it, and the day after.
const EXAMPLE: (&str, &str, &str) = ("grant/2025-travel", "2025-07-03", "2025-07-04");

/// What looks for the values of a list and for nothing else, however they are wrapped.
const VALUES: Sight<'static> = Sight { decoders: DECODERS, detectors: &[] };

/// Returns the settings of a day.
fn settings(day: &str) -> Settings {
    let as_of = Day::parse(day).expect("a day");
    Settings { as_of, as_of_asked: true, base_url: None, keep_going: true, key: None }
}

/// Builds the public site.
fn site(files: &Files, day: &str) -> Outcome {
    pipeline::run(files, &settings(day), &|_| {})
}

/// Makes the sheets for the boards.
fn board(files: &Files, day: &str) -> Outcome {
    pipeline::board(files, &settings(day), Paper::A4, &|_| {})
}

/// Returns a file of an outcome as text.
fn text<'o>(outcome: &'o Outcome, route: &str) -> &'o str {
    let found = outcome.artifacts.iter().find(|artifact| artifact.route().as_str() == route);
    let found = found.unwrap_or_else(|| panic!("there is no {route}"));
    std::str::from_utf8(found.bytes()).expect("the file is UTF-8")
}

/// Returns whether any file of an outcome holds some words.
fn holds(outcome: &Outcome, words: &str) -> bool {
    let inside = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains(words);
    outcome.artifacts.iter().any(|artifact| inside(artifact.bytes()))
}

/// Returns the kinds whose lists are withdrawn.
fn expiring(schema: &Schema) -> Vec<&records::Kind> {
    let lists = |kind: &&records::Kind| kind.tables.iter().any(TableDef::is_personal);
    schema.kinds().iter().filter(|kind| kind.expires && lists(kind)).collect()
}

/// Returns the masked forms of the names on the first record of a kind.
fn masked(canary: &Canary, kind: &records::Kind) -> BTreeSet<String> {
    let file = &canary.files[&format!("{}/2025/r0.toml", kind.folder)];
    let file = String::from_utf8_lossy(file);
    let person = |table: &TableDef, key: &str| {
        table.fields.iter().any(|field| field.key == key && field.type_name() == "person")
    };
    let mut names = BTreeSet::new();
    for mark in &canary.marks {
        let mut place = mark.place.splitn(3, ' ');
        let (own, table, key) = (place.next(), place.next(), place.next());
        let table = kind.tables.iter().find(|known| Some(known.key.as_str()) == table);
        let is_name = table.zip(key).is_some_and(|(table, key)| person(table, key));
        let whole = mark.forms.last().expect("a mark has forms");
        if own == Some(kind.name.as_str()) && is_name && file.contains(whole.as_str()) {
            let first = whole.chars().next().expect("a name has characters");
            names.insert(format!("{first}**"));
        }
    }
    names
}

#[test]
fn the_day_after_a_notice_ends_its_people_are_nowhere() {
    let canary = Maker::new().make(21, 3, Writing::Sound);
    let files = Files::of(canary.files.clone());
    let opened = records::open(&files, &Look::default());
    let (last, after) = (site(&files, LAST), site(&files, AFTER));
    let (board_last, board_after) = (board(&files, LAST), board(&files, AFTER));
    for outcome in [&last, &after, &board_last, &board_after] {
        assert!(outcome.leaks.is_empty(), "{:?}", outcome.leaks.first());
        assert!(!outcome.artifacts.is_empty(), "there is an edition");
    }
    let (mut shown, mut hung) = (0, 0);
    for kind in expiring(opened.schema()) {
        let list = format!("{}/r0", kind.name);
        let people = opened.fingerprints_of(&list);
        assert!(people.total() > 0, "{list} has people");
        // Every byte of either edition, with only this list's values.
        assert_eq!(gate::search(&after.artifacts, &people, &VALUES), [], "{list} on the site");
        assert_eq!(gate::search(&board_after.artifacts, &people, &VALUES), [], "{list} on a board");
        assert!(!after.lists.contains(&list) && !board_after.lists.contains(&list), "{list}");
        // On the last day they are there, so that the search is one.
        if kind.board && !gate::search(&board_last.artifacts, &people, &VALUES).is_empty() {
            hung += 1;
        }
        for name in masked(&canary, kind) {
            shown += usize::from(holds(&last, &name));
            assert!(!holds(&after, &name), "a masked name of {list} is left on the site");
        }
    }
    assert!(shown >= 6, "only {shown} masked names are on the site on the last day");
    assert!(hung >= 6, "only {hung} lists hang on boards on the last day");
}

#[test]
fn a_withdrawn_list_leaves_a_tombstone_everywhere() {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let files = Files::read(&content).expect("the example can be read");
    let (list, last_day, day_after) = EXAMPLE;
    let (last, after) = (site(&files, last_day), site(&files, day_after));
    assert!(last.lists.contains(&list.to_owned()) && !after.lists.contains(&list.to_owned()));
    let people = records::open(&files, &Look::default()).fingerprints_of(list);
    assert_eq!(gate::search(&after.artifacts, &people, &VALUES), [], "somebody is left");

    let (kind, id) = list.split_once('/').expect("a kind and an id");
    let page = format!("{list}.html");
    assert!(text(&last, &page).contains("**"), "masked names are shown on the last day");
    let stone = text(&after, &page);
    assert!(!stone.contains("**"), "masked names are left");
    for words in [
        "公示期已于2025年7月3日结束",
        "名单共20条",
        "2025年7月4日",
        "第47条",
        "1.15万元",
        "#object",
    ] {
        assert!(stone.contains(words), "the tombstone does not say {words}");
    }
    let rows = |outcome: &Outcome| {
        let route = format!("data/{kind}.entries.csv");
        let there = outcome.artifacts.iter().any(|artifact| artifact.route().as_str() == route);
        let csv = if there { text(outcome, &route) } else { "" };
        csv.lines().filter(|line| line.starts_with(&format!("{id},"))).count()
    };
    assert_eq!((rows(&last), rows(&after)), (20, 0), "rows in the CSV");
    let in_json = |outcome: &Outcome| {
        let json: serde_json::Value =
            serde_json::from_str(text(outcome, &format!("data/{kind}.json"))).expect("JSON");
        let records = json["records"].as_array().expect("records").clone();
        let record = records.into_iter().find(|record| record["id"] == *id).expect("the record");
        record["tables"]["entries"].clone()
    };
    assert_eq!(in_json(&last)["rows"].as_array().expect("rows").len(), 20);
    assert_eq!(
        in_json(&after),
        serde_json::json!({ "shown": false, "withdrawn": day_after, "rows": [] })
    );
    let summary = "名单已于2025年7月4日撤下";
    for feed in
        ["atom.xml", "feed.json"].map(|name| [name.to_owned(), format!("{kind}/{name}")]).concat()
    {
        assert!(text(&after, &feed).contains(summary), "{feed} does not say so");
        assert!(!text(&last, &feed).contains(summary), "{feed} says so a day too early");
    }
    let changed = |outcome: &Outcome| {
        let map = text(outcome, "sitemap.xml").to_owned();
        let line = map.lines().find(|line| line.contains(&page)).expect("the page").to_owned();
        line.contains(day_after)
    };
    assert!(changed(&after) && !changed(&last), "the day in the sitemap");
    let hangs = |day: &str| {
        let sheets = board(&files, day);
        assert!(sheets.leaks.is_empty(), "{day}: {:?}", sheets.leaks.first());
        sheets.artifacts.iter().filter(|sheet| sheet.route().as_str().ends_with(&page)).count()
    };
    assert!(hangs(last_day) > 1, "each village has its sheet on the last day");
    assert_eq!(hangs(day_after), 0, "a sheet is left");
}

#[test]
fn lists_of_the_board_say_where_they_hang_and_until_when() {
    let canary = Maker::new().make(22, 3, Writing::Sound);
    let files = Files::of(canary.files);
    let schema = records::schema_of(&files);
    let only_board = |kind: &&&records::Kind| !kind.web && kind.board;
    let kinds = expiring(&schema);
    let kind = kinds.iter().find(only_board).expect("a kind's lists hang on boards only");
    let page = format!("{}/r0.html", kind.name);
    let during = site(&files, LAST);
    let told = text(&during, &page);
    assert!(told.contains("公示栏,贴到2025年3月10日"), "the page does not say where it hangs");
    let later = site(&files, AFTER);
    assert!(text(&later, &page).contains("现在没有张贴"), "the page says that it still hangs");
    assert!(kind.with_role(Role::Title).is_some());
}

#[test]
fn a_build_lists_the_addresses_whose_old_copies_hold_people() {
    let folder = TempDir::new().expect("a folder can be made");
    let brought = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmd/build.in");
    let files = program::tree(&brought);
    let files = files.into_iter().map(|(path, (bytes, _))| (path, bytes));
    lay(folder.path(), &files.collect::<std::collections::BTreeMap<_, _>>());
    let purge = folder.path().join(".mingbai/purge.txt");
    let listed = || {
        let bytes = mingbai::files::read_file(&purge).unwrap_or_default();
        let text = String::from_utf8(bytes).expect("UTF-8");
        let lines = text.lines().filter(|line| !line.starts_with('#')).map(str::to_owned);
        lines.collect::<BTreeSet<_>>()
    };
    let build = |arguments: &[&str]| {
        let run = run(folder.path(), &[&["build"], arguments].concat());
        assert_eq!(run.code, 0, "{}", run.words);
        run.words
    };
    build(&["--as-of", "2024-03-20"]);
    assert_eq!(listed(), BTreeSet::new(), "nothing was withdrawn");
    // Another day is another site, though no file changed.
    let said = build(&["--as-of", "2024-03-21"]);
    let base = "https://example.org/mingbai";
    for path in [
        "grant/2024-01.html",
        "data/grant.json",
        "data/grant.entries.csv",
        "grant/atom.xml",
        "grant/",
        "grant/index.html",
        "notice/2024-01.html",
    ] {
        assert!(listed().contains(&format!("{base}/{path}")), "{path} is not listed");
    }
    assert!(!listed().contains(&format!("{base}/about.html")), "pages without people are listed");
    assert!(said.contains("撤下 这次有") && said.contains("--purged"), "{said}");
    assert_eq!(said.matches(base).count(), 10, "the first ten are named: {said}");
    // A build without a change says so again; the list stays until somebody says it is done.
    let before = listed();
    assert!(build(&["--as-of", "2024-03-21"]).contains("清除 还有"));
    assert_eq!(listed(), before);
    assert!(!build(&["--as-of", "2024-03-21", "--purged"]).contains("清除 还有"));
    assert_eq!(listed(), BTreeSet::new());
    // Withdrawn by hand, while the notice runs.
    build(&["--as-of", "2024-03-10"]);
    take(&folder.path().join("content/grants/2024/2024-01.toml"));
    take(&folder.path().join("content/notices/2024/2024-01.md"));
    build(&["--as-of", "2024-03-10"]);
    assert!(listed().contains(&format!("{base}/grant/2024-01.html")), "{:?}", listed());
    assert!(listed().contains(&format!("{base}/data/grant.entries.csv")), "{:?}", listed());
}

#[test]
fn the_list_of_addresses_says_what_to_do_in_both_languages() {
    use mingbai::output::purge;
    let folder = TempDir::new().expect("a folder can be made");
    for (lang, words) in [(Lang::Zh, "搜索引擎"), (Lang::En, "search engines")] {
        purge::done(folder.path());
        purge::add(folder.path(), vec!["a.html".to_owned()], lang).expect("it can be written");
        let bytes =
            mingbai::files::read_file(&folder.path().join(purge::FILE)).expect("it is there");
        assert!(String::from_utf8_lossy(&bytes).contains(words));
        assert_eq!(purge::pending(folder.path()), ["a.html"]);
    }
}

#[test]
fn a_notice_that_names_no_last_day_opens_no_list() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites/board-only/content");
    let files = Files::read(&folder).expect("the register can be read");
    let notice = "notices/during.toml";
    let written = files.text(notice).expect("the notice is there");
    let period = "2025-12-25/2026-01-05";
    let list = "grant/during".to_owned();
    let shows = |period_now: &str| {
        let changed = written.replace(period, period_now);
        assert!(changed.contains(period_now));
        let mut all: std::collections::BTreeMap<String, Vec<u8>> =
            files.iter().map(|(path, bytes)| (path.to_string(), bytes.to_vec())).collect();
        all.insert(notice.to_owned(), changed.into_bytes());
        let all = Files::of(all);
        let codes = |outcome: &Outcome| {
            let found = outcome.report.findings().iter().map(|finding| finding.code.name());
            found.collect::<BTreeSet<&str>>()
        };
        // The settings go on in spite of errors: the list must stay closed all the same.
        let (web, board) = (site(&all, "2025-12-31"), board(&all, "2025-12-31"));
        assert!(!web.artifacts.is_empty() && !board.artifacts.is_empty(), "{period_now}");
        assert_eq!(codes(&web), codes(&board));
        let masked = holds(&web, "司马**") || holds(&web, "司马*");
        assert_eq!(masked, web.lists.contains(&list), "{period_now}");
        (web.lists.contains(&list), board.lists.contains(&list), codes(&web))
    };
    assert_eq!(shows(period), (true, true, BTreeSet::new()));
    let endless = BTreeSet::from(["endless-notice"]);
    for forgotten in ["2025-12-25/", "2025", "2025-12", "2025-12-25/2026", "2025-Q4/2026-01-05"] {
        assert_eq!(shows(forgotten), (false, false, endless.clone()), "{forgotten}");
    }
}
