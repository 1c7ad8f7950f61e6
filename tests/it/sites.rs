//! Golden sites: small registers with the findings, the routes and the pages they give.
//!
//! A folder below `tests/sites` is one site. `content/` is its register; `findings.txt` is what
//! the short form says of it in both languages, `routes.txt` every route, and `expected/` the
//! bytes of the routes that `keep.txt` names (of all when there is no such file; assets are never
//! kept). `UPDATE=1` writes the expectations anew: read the difference before you keep it.

mod tables;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use mingbai::diag::{Sources, form};
use mingbai::files::Files;
use mingbai::pipeline::{Outcome, Settings, run};
use mingbai::site::artifact::Artifact;
use mingbai::text::{Day, Lang};
use rayon::ThreadPoolBuilder;

/// The folder of the sites.
const SITES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/sites");

/// The address that every site is built for, whatever its register says.
const BASE_URL: &str = "https://example.org/x";

/// What opens the routes of the theme's files.
const ASSETS: &str = "assets/";

/// The keys of what no site may show, in lines about persons.
const PRIVATE_KEYS: [&str; 11] = [
    "name",
    "id_number",
    "phone",
    "account",
    "group",
    "cause",
    "home",
    "disability",
    "keeper",
    "diary",
    "contact",
];

/// What only lines about persons have.
const PERSON_SIGNS: [&str; 4] = ["id_number = ", "keeper = ", "diary = ", "contact = \""];

/// A register with what is expected of it.
struct Golden {
    name: String,
    content: Files,
    expected: Files,
}

impl Golden {
    /// Takes one site off the shelf.
    fn of(name: &str, shelf: &Files) -> Self {
        let below = |folder: &str| {
            let of_folder = |(path, bytes): (&std::sync::Arc<str>, &[u8])| {
                path.strip_prefix(folder).map(|path| (path.to_owned(), bytes.to_vec()))
            };
            Files::of(shelf.iter().filter_map(of_folder))
        };
        let (content, expected) = (format!("{name}/content/"), format!("{name}/"));
        Self { name: name.to_owned(), content: below(&content), expected: below(&expected) }
    }

    /// Builds the site.
    fn build(&self) -> Outcome {
        let settings = Settings {
            as_of: Day::new(2025, 12, 31).expect("a day of the calendar"),
            as_of_asked: true,
            base_url: Some(BASE_URL.to_owned()),
            keep_going: true,
            key: None,
        };
        run(&self.content, &settings, &|_| {})
    }

    /// Builds the site with so many threads.
    fn build_with(&self, threads: usize) -> Outcome {
        let pool = ThreadPoolBuilder::new().num_threads(threads).build().expect("threads start");
        pool.install(|| self.build())
    }

    /// Returns the findings in both languages.
    fn findings(&self, outcome: &Outcome) -> String {
        let sources = Sources::new(&self.content, &outcome.shown);
        let short = form("short").expect("a form of the list");
        [Lang::Zh, Lang::En].map(|lang| short.write(&outcome.report, &sources, lang)).join("---\n")
    }

    /// Returns whether a route is kept.
    fn keeps(&self, route: &str) -> bool {
        let named = self.expected.text("keep.txt");
        !route.starts_with(ASSETS)
            && named.is_none_or(|keep| keep.lines().any(|kept| kept == route))
    }

    /// Returns the pages that are kept, by their paths below the site's folder.
    fn kept(&self, outcome: &Outcome) -> BTreeMap<String, Vec<u8>> {
        let kept = outcome.artifacts.iter().filter(|artifact| self.keeps(route(artifact)));
        let bytes = |artifact: &Artifact| without_digests(artifact.bytes(), outcome);
        kept.map(|artifact| (format!("expected/{}", route(artifact)), bytes(artifact))).collect()
    }

    /// Compares a file with what is expected, or writes it anew; returns what differs.
    fn compare(&self, path: &str, found: &[u8]) -> Option<String> {
        if self.expected.bytes(path) == Some(found) {
            return None;
        }
        if is_update() {
            write_expectation(&self.name, path, Some(found));
            return None;
        }
        let expected = self.expected.bytes(path).unwrap_or_default();
        Some(format!("{}/{path} differs: {}", self.name, first_difference(expected, found)))
    }

    /// Returns the values of the register that are for nobody's eyes.
    fn private_values(&self) -> BTreeSet<String> {
        let records = self.content.iter().filter(|(path, _)| path.contains('/'));
        let texts = records.filter(|(path, _)| !path.starts_with("kinds/"));
        let texts = texts.filter_map(|(_, bytes)| std::str::from_utf8(bytes).ok());
        let lines = texts.flat_map(str::lines);
        lines
            .filter(|line| PERSON_SIGNS.iter().any(|sign| line.contains(sign)))
            .flat_map(|line| PRIVATE_KEYS.iter().filter_map(move |key| value_of(key, line)))
            .map(str::to_owned)
            .collect()
    }
}

/// Reads every site.
fn golden() -> Vec<Golden> {
    let shelf = Files::read(Path::new(SITES)).expect("the sites can be read");
    let names: BTreeSet<&str> = shelf
        .iter()
        .map(|(path, _)| path.split_once('/').expect("every file belongs to a site").0)
        .collect();
    names.into_iter().map(|name| Golden::of(name, &shelf)).collect()
}

/// Reads one site.
fn site(name: &str) -> Golden {
    golden().into_iter().find(|site| site.name == name).unwrap_or_else(|| panic!("no site {name}"))
}

/// Returns where an artifact goes.
fn route(artifact: &Artifact) -> &str {
    artifact.route().as_str()
}

/// Returns the text of an artifact.
fn text<'a>(outcome: &'a Outcome, wanted: &str) -> &'a str {
    let artifact = outcome.artifacts.iter().find(|artifact| route(artifact) == wanted);
    let artifact = artifact.unwrap_or_else(|| panic!("no page {wanted}"));
    std::str::from_utf8(artifact.bytes()).expect("pages and data are UTF-8")
}

/// Returns where the asset with this name is.
fn asset<'a>(outcome: &'a Outcome, name: &str) -> &'a str {
    let wanted = format!("{ASSETS}{name}");
    let mut routes = outcome.artifacts.iter().map(route);
    routes.find(|route| plain(route) == wanted).unwrap_or_else(|| panic!("no asset {name}"))
}

/// Returns a route without the digest in it, which is another after each change of an asset.
fn plain(route: &str) -> String {
    let digest =
        |part: &str| part.len() == 10 && part.bytes().all(|byte| matches!(byte, b'a'..=b'p'));
    let of_asset = route.starts_with(ASSETS);
    let parts = route.split('.').filter(|part| !of_asset || !digest(part));
    parts.collect::<Vec<_>>().join(".")
}

/// Returns a page without the digests in the names of assets.
fn without_digests(bytes: &[u8], outcome: &Outcome) -> Vec<u8> {
    let Ok(mut text) = String::from_utf8(bytes.to_vec()) else {
        return bytes.to_vec();
    };
    for route in outcome.artifacts.iter().map(route).filter(|route| plain(route) != **route) {
        text = text.replace(route, &plain(route));
    }
    text.into_bytes()
}

/// Returns the quoted value of a key in a line.
fn value_of<'a>(key: &str, line: &'a str) -> Option<&'a str> {
    let sign = format!("{key} = \"");
    let in_word =
        |at: usize| line[..at].ends_with(|letter: char| letter == '_' || letter.is_alphanumeric());
    let (at, _) = line.match_indices(&sign).find(|(at, _)| !in_word(*at))?;
    line[at + sign.len()..].split('"').next()
}

/// Returns whether a figure stands in a text and is no part of a longer number.
fn holds(text: &str, figure: &str) -> bool {
    let in_number = |letter: char| letter.is_ascii_digit() || letter == '.';
    text.match_indices(figure).any(|(at, _)| {
        let cut_before = figure.starts_with(in_number) && text[..at].ends_with(in_number);
        let cut_after =
            figure.ends_with(in_number) && text[at + figure.len()..].starts_with(in_number);
        !cut_before && !cut_after
    })
}

/// Returns the first line in which two files differ.
fn first_difference(expected: &[u8], found: &[u8]) -> String {
    let (expected, found) = (String::from_utf8_lossy(expected), String::from_utf8_lossy(found));
    let lines = found.lines().enumerate();
    let mut differing = lines.filter(|(number, line)| expected.lines().nth(*number) != Some(*line));
    let (number, line) = differing.next().unwrap_or((found.lines().count(), "(the end)"));
    let was = expected.lines().nth(number).unwrap_or("(nothing)");
    // Pages are one long line: only what follows the first differing letter says anything.
    let same = was.chars().zip(line.chars()).take_while(|(was, is)| was == is).count();
    let rest =
        |line: &str| line.chars().skip(same.saturating_sub(30)).take(160).collect::<String>();
    format!("line {}\n  was {}\n  is  {}", number + 1, rest(was), rest(line))
}

/// Returns whether expectations are to be written anew.
#[expect(clippy::disallowed_methods, reason = "a switch for the person who runs the tests")]
fn is_update() -> bool {
    std::env::var("UPDATE").is_ok_and(|value| value == "1")
}

/// Writes an expectation, or removes one that nothing gives any more.
#[expect(clippy::disallowed_methods, reason = "expectations are sources, not output")]
fn write_expectation(site: &str, path: &str, bytes: Option<&[u8]>) {
    let path = Path::new(SITES).join(site).join(path);
    match bytes {
        Some(bytes) => {
            let folder = path.parent().expect("a file lies in a folder");
            std::fs::create_dir_all(folder).expect("the folder can be made");
            std::fs::write(path, bytes).expect("the expectation can be written");
        }
        None => std::fs::remove_file(path).expect("the expectation can be removed"),
    }
}

/// Fails with everything that differs.
fn settle(differing: &[String]) {
    assert!(differing.is_empty(), "UPDATE=1 writes them anew\n{}", differing.join("\n"));
}

#[test]
fn findings_are_as_expected() {
    let differing: Vec<String> = golden()
        .iter()
        .filter_map(|site| site.compare("findings.txt", site.findings(&site.build()).as_bytes()))
        .collect();
    settle(&differing);
}

#[test]
fn routes_are_as_expected() {
    let mut differing = Vec::new();
    for site in golden() {
        let outcome = site.build();
        assert!(!outcome.artifacts.is_empty(), "{} has no page", site.name);
        let routes: Vec<String> = outcome
            .artifacts
            .iter()
            .map(|artifact| format!("{}\n", plain(route(artifact))))
            .collect();
        differing.extend(site.compare("routes.txt", routes.concat().as_bytes()));
    }
    settle(&differing);
}

#[test]
fn kept_pages_are_as_expected() {
    // Templates that were not made small give the same pages with other spaces.
    if cfg!(not(feature = "minify")) {
        return;
    }
    let mut differing = Vec::new();
    for site in golden() {
        let outcome = site.build();
        let kept = site.kept(&outcome);
        for line in site.expected.text("keep.txt").unwrap_or_default().lines() {
            assert!(
                kept.contains_key(&format!("expected/{line}")),
                "{}: no page {line}",
                site.name
            );
        }
        differing.extend(kept.iter().filter_map(|(path, bytes)| site.compare(path, bytes)));
        for (path, _) in site.expected.iter() {
            if path.starts_with("expected/") && !kept.contains_key(&**path) {
                if is_update() {
                    write_expectation(&site.name, path, None);
                } else {
                    differing.push(format!("{}/{path} is given no more", site.name));
                }
            }
        }
    }
    settle(&differing);
}

#[test]
fn a_site_is_the_same_bytes_each_time_and_with_any_number_of_threads() {
    for site in golden() {
        let first = site.build();
        for (again, how) in
            [(site.build(), "again"), (site.build_with(1), "1"), (site.build_with(4), "4")]
        {
            assert_eq!(first.artifacts.len(), again.artifacts.len(), "{}: {how}", site.name);
            for (left, right) in first.artifacts.iter().zip(&again.artifacts) {
                assert_eq!(route(left), route(right), "{}: {how}", site.name);
                assert!(left.bytes() == right.bytes(), "{}: {how}: {}", site.name, route(left));
            }
            assert_eq!(site.findings(&first), site.findings(&again), "{}: {how}", site.name);
        }
    }
}

#[test]
fn nothing_private_is_in_any_site() {
    let mut searched = 0;
    for site in golden() {
        let outcome = site.build();
        assert!(outcome.leaks.is_empty(), "{} has leaks", site.name);
        let values = site.private_values();
        searched += values.len();
        for artifact in &outcome.artifacts {
            let bytes = String::from_utf8_lossy(artifact.bytes());
            for value in &values {
                // The value is not repeated here: this message is a log, too.
                assert!(!bytes.contains(value.as_str()), "{}: {}", site.name, route(artifact));
            }
        }
    }
    assert!(searched > 60, "only {searched} private values stand in the registers");
}

#[test]
fn a_kind_of_ones_own_has_every_page_and_every_format() {
    let outcome = site("nonsense-kind").build();
    let page = text(&outcome, "wombat/hilda.html");
    assert!(page.contains("“胖墩”满意,吃掉246.50元。") && page.contains("欧阳**"));
    assert!(text(&outcome, "wombat/index.html").contains("by-mood/grumpy.html"));
    assert!(text(&outcome, "wombat/by-mood/grumpy.html").contains("阿疙瘩"));
    assert!(text(&outcome, "wombat/atom.xml").contains("<title>胖墩</title>"));
    assert!(text(&outcome, "data/wombat.csv").contains("hilda,胖墩"));
    assert!(text(&outcome, "data/wombat.meals.csv").contains("hilda,萝卜,欧阳**,17,8.50,144.50"));
    assert!(text(&outcome, "data/wombat.json").contains("\"burrows\""));
    assert!(text(&outcome, "data/wombat.schema.json").contains("袋熊"));
}

#[test]
fn a_change_of_a_built_in_kind_leaves_the_rest_of_it_alone() {
    let outcome = site("nonsense-kind").build();
    let page = text(&outcome, "fund/2025-wombat.html");
    assert!(page.contains("袋熊有多少钱") && page.contains("1.5万元"));
    assert!(!page.contains("资金总额") && page.contains("资金级次"));
}

#[test]
fn names_are_on_the_web_only_while_the_notice_runs_and_only_masked() {
    let outcome = site("board-only").build();
    let during = text(&outcome, "grant/during.html");
    assert!(during.contains("司马**") && during.contains("尹**") && during.contains("钱**"));
    for id in
        ["grant/before", "grant/after", "grant/unnoticed", "monitored/2025-h2", "relief/2025-12"]
    {
        let page = text(&outcome, &format!("{id}.html"));
        assert!(!page.contains("**") && page.contains("这张表不上网"), "{id}");
    }
    let entries = text(&outcome, "data/grant.entries.csv");
    let ids: BTreeSet<&str> =
        entries.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
    assert_eq!(ids, BTreeSet::from(["during"]));
}

#[test]
fn totals_of_lists_stay_when_the_names_are_gone() {
    let outcome = site("board-only").build();
    for (id, total, households) in
        [("grant/before", "1800元", "3户"), ("grant/after", "1800元", "3户")]
    {
        let page = text(&outcome, &format!("{id}.html"));
        assert!(holds(page, total) && holds(page, households), "{id}");
    }
}

#[test]
fn figures_of_few_people_are_nowhere_on_the_web() {
    let outcome = site("board-only").build();
    let page = text(&outcome, "relief/2025-12.html");
    assert!(page.contains("数字太小,为保护个人信息不列出") && !page.contains("名单共"));
    let tables = site("tables").build();
    let list = text(&tables, "monitored/xiaonan-2021-08.html");
    assert!(list.contains("共若干户、若干人") && list.contains("数字太小"));
    for (outcome, id, figures) in [
        (&outcome, "relief/2025-12", ["1260", "2户", "3人"]),
        (&tables, "xiaonan-2021-08", ["1户4人", "1户", "4人"]),
    ] {
        for artifact in &outcome.artifacts {
            let Ok(words) = std::str::from_utf8(artifact.bytes()) else {
                continue;
            };
            // What stands in the same item of a list, or in the same row: others have figures of their own.
            let items = || {
                words.lines().flat_map(|line| line.split("<li")).flat_map(|item| item.split("<tr"))
            };
            let own = route(artifact).contains(id);
            let of_record = items().filter(|item| own || item.contains(id));
            let lines: Vec<&str> = of_record.collect();
            for figure in figures {
                assert!(!lines.iter().any(|line| holds(line, figure)), "{}", route(artifact));
            }
        }
    }
}

#[test]
fn files_of_ones_own_theme_win_and_the_rest_is_built_in() {
    let other = site("board-only").build();
    let site = site("own-theme");
    let outcome = site.build();
    let fund = text(&outcome, "fund/2025-01.html");
    assert!(fund.contains("自己的抬头:到账资金") && fund.contains("您觉得哪里不对?"));
    let allocation = text(&outcome, "allocation/2025-01.html");
    assert!(!allocation.contains("自己的抬头") && allocation.contains("您觉得哪里不对?"));
    assert!(allocation.contains("回到页首"), "a word that was not changed");
    let icon = site.content.text("theme/assets/icon.svg");
    assert_eq!(Some(text(&outcome, asset(&outcome, "icon.svg"))), icon);
    for (page, own) in [("404.html", "<h1>走错门了"), ("places/index.html", "own-places")] {
        assert!(text(&outcome, page).contains(own), "{page}");
    }
    for page in ["404.html", "places/index.html", "index.html"] {
        let page = text(&outcome, page);
        assert!(page.contains(asset(&outcome, "icon.svg")) && page.contains("class=logo"));
    }
    let style = text(&outcome, asset(&outcome, "style.css"));
    let built_in = text(&other, asset(&other, "style.css"));
    let expected = built_in.replacen("--band:#8f181b", "--band:#0a3d6e", 1);
    let expected = expected.replacen("--deep:#731215", "--deep:#083058", 1);
    assert_eq!(style, expected, "one colour, and the one that goes with it");
    assert_ne!(asset(&outcome, "style.css"), asset(&other, "style.css"));
    assert_eq!(asset(&outcome, "app.js"), asset(&other, "app.js"));
}
