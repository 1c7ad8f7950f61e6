//! The rules: every code has its page and its fixtures, and each fixture gives what it should.
//!
//! A fixture is a bundle of register files that is laid over `tests/rules/base`. In a bundle, a
//! line `#== path` opens the file of that path; `#== path latin1` opens a file that is stored in
//! an encoding of old, and `#== path absent` takes a file away. What `bad.toml` (and each
//! `bad-NAME.toml`) gives stands in `expected.txt` (`expected-NAME.txt`), in both languages;
//! `good.toml` gives nothing. `UPDATE=1` writes the expectations anew: read them before you
//! keep them, since the line and the column have to point at the culprit.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use mingbai::diag::{CODES, FORMS, Form, Sources, form};
use mingbai::files::Files;
use mingbai::pipeline::check;
use mingbai::records::Look;
use mingbai::text::Lang;

/// The folder of the fixtures.
const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/rules");

/// The folder of the pages.
const PAGES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/rules");

/// The line between the two languages of a page.
const ENGLISH: &str = "<!-- en -->\n";

/// Codes that no content can raise under `check`, with the reason.
const NOT_BY_CONTENT: &[(&str, &str)] = &[
    ("route-collision", "is found when a site is planned; has tests beside the plan"),
    ("template", "is found when a theme is loaded; has tests beside the theme"),
    ("raw-personal-data", "is found by `scan`, not by `check`; has tests in scan.rs"),
    ("not-searched", "is found by `scan`, not by `check`; has tests in scan.rs"),
];

/// What opens a file inside a bundle.
const OPENING: &str = "#== ";

/// The keys of columns that are never public in the lists of the fixtures.
const PRIVATE_KEYS: [&str; 5] = ["id_number", "phone", "account", "name", "writer"];

/// Runs of this many digits are numbers of persons, cards or telephones.
const LONG_NUMBER: usize = 11;

/// One file of a bundle.
struct Piece<'a> {
    path: &'a str,
    mode: &'a str,
    text: String,
}

/// A bundle and the code it is about.
struct Bundle {
    code: String,
    name: String,
    text: String,
}

impl Bundle {
    /// Returns the files of the bundle.
    fn pieces(&self) -> Vec<Piece<'_>> {
        let mut pieces: Vec<Piece<'_>> = Vec::new();
        for line in self.text.split_inclusive('\n') {
            if let Some(opening) = line.strip_prefix(OPENING) {
                let (path, mode) = opening.trim().split_once(' ').unwrap_or((opening.trim(), ""));
                pieces.push(Piece { path, mode, text: String::new() });
            } else {
                let piece = pieces.last_mut().expect("a bundle begins with the path of a file");
                piece.text.push_str(line);
            }
        }
        pieces
    }

    /// Returns the register: the base with the bundle laid over it.
    fn register(&self, shelf: &Files) -> Files {
        let mut files = base(shelf);
        for piece in self.pieces() {
            let bytes = match piece.mode {
                "" => piece.text.into_bytes(),
                "latin1" => encoded_of_old(&piece.text),
                "absent" => {
                    let there = files.remove(piece.path).is_some();
                    assert!(there, "{}: {} is not in the base", self.name, piece.path);
                    continue;
                }
                mode => panic!("{}: unknown mode {mode}", self.name),
            };
            files.insert(piece.path.to_owned(), bytes);
        }
        Files::of(files)
    }

    /// Returns the values in the bundle that are for nobody's eyes.
    fn private_values(&self) -> BTreeSet<String> {
        let own = |path: &str| path.starts_with("kinds/") || !path.contains('/');
        let pieces = self.pieces();
        let texts = pieces.iter().filter(|piece| !own(piece.path)).map(|piece| &piece.text);
        let mut values = BTreeSet::new();
        for text in texts {
            for key in PRIVATE_KEYS {
                values.extend(values_of(key, text));
            }
            let runs = text.split(|letter: char| !letter.is_ascii_digit());
            values.extend(runs.filter(|run| run.len() >= LONG_NUMBER).map(str::to_owned));
        }
        values
    }
}

/// Reads every fixture.
fn shelf() -> Files {
    Files::read(Path::new(FIXTURES)).expect("the fixtures can be read")
}

/// Returns the files of the base register.
fn base(shelf: &Files) -> BTreeMap<String, Vec<u8>> {
    let of_base = |(path, bytes): (&std::sync::Arc<str>, &[u8])| {
        path.strip_prefix("base/").map(|path| (path.to_owned(), bytes.to_vec()))
    };
    shelf.iter().filter_map(of_base).collect()
}

/// Returns the bundles whose file name begins with `bad` or `good`.
fn bundles(shelf: &Files, beginning: &str) -> Vec<Bundle> {
    let mut bundles = Vec::new();
    for (path, _) in shelf.iter() {
        let Some((code, file)) = path.split_once('/') else {
            continue;
        };
        let Some(name) = file.strip_suffix(".toml").filter(|_| code != "base") else {
            continue;
        };
        if name.starts_with(beginning) {
            let text = shelf.text(path).expect("a bundle is UTF-8").to_owned();
            bundles.push(Bundle { code: code.to_owned(), name: format!("{code}/{name}"), text });
        }
    }
    assert!(!bundles.is_empty(), "no bundle begins with {beginning}");
    bundles
}

/// Stores a text as old programs do: one byte for a Latin letter, and for any other letter the
/// two bytes of 明 in GB 18030, which are never UTF-8.
fn encoded_of_old(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for letter in text.chars() {
        match u8::try_from(letter) {
            Ok(byte) => bytes.push(byte),
            Err(_) => bytes.extend(b"\xc3\xf7"),
        }
    }
    assert!(std::str::from_utf8(&bytes).is_err(), "the text needs a letter beyond ASCII");
    bytes
}

/// Returns the values that stand under a key, as written.
fn values_of(key: &str, text: &str) -> Vec<String> {
    let sign = format!("{key} = ");
    let mut values = Vec::new();
    for (at, _) in text.match_indices(&sign) {
        if text[..at].ends_with(|letter: char| letter.is_alphanumeric() || letter == '_') {
            continue;
        }
        let value = text[at + sign.len()..].trim_start_matches('[');
        let value = match value.strip_prefix('"') {
            Some(quoted) => quoted.split(['"', '\n']).next(),
            None => value.split([',', ' ', '}', '\n']).next(),
        };
        values.extend(value.filter(|value| value.chars().count() > 1).map(str::to_owned));
    }
    values
}

/// Returns what the short form says of a register, in both languages.
fn short(files: &Files) -> [String; 2] {
    let (report, shown) = check(files, &Look::default());
    let sources = Sources::new(files, &shown);
    let short = form("short").expect("a form of the list");
    [Lang::Zh, Lang::En].map(|lang| short.write(&report, &sources, lang))
}

/// Returns what every form says of a register in both languages, each with the form's name.
fn every_form(files: &Files) -> Vec<(&'static str, String)> {
    let (report, shown) = check(files, &Look::default());
    let sources = Sources::new(files, &shown);
    let in_both = |form: &'static dyn Form| {
        [Lang::Zh, Lang::En].map(|lang| (form.name(), form.write(&report, &sources, lang)))
    };
    FORMS.iter().copied().flat_map(in_both).collect()
}

/// Returns the file with what a bad bundle is expected to give.
fn expectation(bundle: &Bundle) -> String {
    format!("{}.txt", bundle.name.replacen("/bad", "/expected", 1))
}

/// Returns whether expectations are to be written anew.
#[expect(clippy::disallowed_methods, reason = "a switch for the person who runs the tests")]
fn is_update() -> bool {
    std::env::var("UPDATE").is_ok_and(|value| value == "1")
}

/// Writes an expectation.
#[expect(clippy::disallowed_methods, reason = "expectations are sources, not output")]
fn write_expectation(name: &str, text: &str) {
    std::fs::write(Path::new(FIXTURES).join(name), text).expect("the expectation can be written");
}

#[test]
fn every_code_has_a_page_in_both_languages() {
    let pages = Files::read(Path::new(PAGES)).expect("the pages can be read");
    for (code, _) in CODES {
        let name = code.name();
        let page = pages.text(&format!("{name}.md")).unwrap_or("");
        let (zh, en) = page.split_once(ENGLISH).unwrap_or_else(|| panic!("{name}: two halves"));
        for half in [zh, en] {
            let title = half.lines().next().and_then(|line| line.strip_prefix("# "));
            let title = title.and_then(|line| line.strip_prefix(&format!("{name}: ")));
            assert!(title.is_some_and(|title| title.len() > 5), "{name}: title");
            assert_eq!(half.matches("\n## ").count(), 3, "{name}: sections");
            assert!(half.ends_with('\n') && !half.ends_with("\n\n\n"), "{name}: ends");
        }
        assert_eq!(zh.matches("```").count(), en.matches("```").count(), "{name}: examples");
    }
    for (path, _) in pages.iter() {
        let known = CODES.iter().any(|(code, _)| **path == format!("{}.md", code.name()));
        assert!(known, "{path} is the page of no code");
    }
}

#[test]
fn examples_of_pages_are_short_and_the_good_ones_are_toml() {
    let pages = Files::read(Path::new(PAGES)).expect("the pages can be read");
    for (path, _) in pages.iter() {
        let page = pages.text(path).expect("a page is UTF-8");
        let examples: Vec<&str> = page
            .split("```toml\n")
            .skip(1)
            .map(|rest| rest.split("```").next().unwrap_or(""))
            .collect();
        for example in &examples {
            assert!(example.lines().count() <= 6, "{path}: an example has more than six lines");
        }
        for good in examples.iter().skip(1).step_by(2) {
            assert!(good.parse::<toml::Table>().is_ok(), "{path}: {good}");
        }
    }
}

#[test]
fn every_code_has_fixtures() {
    let shelf = shelf();
    for (code, _) in CODES {
        let name = code.name();
        let has = |file: &str| shelf.contains(&format!("{name}/{file}"));
        if NOT_BY_CONTENT.iter().any(|(except, _)| *except == name) {
            assert!(!has("bad.toml"), "{name} can be raised after all");
        } else {
            assert!(has("bad.toml") && has("good.toml") && has("expected.txt"), "{name}");
        }
    }
    for bundle in bundles(&shelf, "") {
        let known = CODES.iter().any(|(code, _)| code.name() == bundle.code);
        assert!(known, "{} is about no code", bundle.name);
    }
}

#[test]
fn base_has_no_finding() {
    assert_eq!(short(&Files::of(base(&shelf()))), ["", ""]);
}

#[test]
fn good_has_no_finding() {
    let shelf = shelf();
    for bundle in bundles(&shelf, "good") {
        assert_eq!(short(&bundle.register(&shelf)), ["", ""], "{}", bundle.name);
    }
}

#[test]
fn bad_gives_exactly_what_is_expected() {
    let shelf = shelf();
    let mut differing = Vec::new();
    for bundle in bundles(&shelf, "bad") {
        let found = short(&bundle.register(&shelf)).join("---\n");
        let name = expectation(&bundle);
        if is_update() {
            write_expectation(&name, &found);
        } else if shelf.text(&name) != Some(found.as_str()) {
            differing.push(format!("{name} differs; found:\n{found}"));
        }
    }
    assert!(differing.is_empty(), "UPDATE=1 writes them anew\n{}", differing.join("\n"));
}

#[test]
fn bad_gives_its_own_code_and_no_other() {
    let shelf = shelf();
    for bundle in bundles(&shelf, "bad") {
        let (report, _) = check(&bundle.register(&shelf), &Look::default());
        let codes: BTreeSet<&str> =
            report.findings().iter().map(|finding| finding.code.name()).collect();
        assert_eq!(codes, BTreeSet::from([bundle.code.as_str()]), "{}", bundle.name);
    }
}

#[test]
fn every_form_names_the_code() {
    let shelf = shelf();
    for bundle in bundles(&shelf, "bad") {
        for (form, text) in every_form(&bundle.register(&shelf)) {
            assert!(text.contains(&bundle.code), "{} as {form}", bundle.name);
        }
    }
}

#[test]
fn no_form_holds_a_private_value() {
    let shelf = shelf();
    let mut searched = 0;
    for bundle in bundles(&shelf, "bad") {
        let values = bundle.private_values();
        searched += values.len();
        for (form, text) in every_form(&bundle.register(&shelf)) {
            for value in &values {
                // The value is not repeated here either: this message is a log, too.
                assert!(!text.contains(value), "{} as {form}", bundle.name);
            }
        }
    }
    assert!(searched > 25, "only {searched} private values stand in the fixtures");
}
