//! Facts of the repository: what it holds at the top, what it depends on, and what never gets in.

use std::collections::BTreeSet;
use std::path::Path;

use mingbai::files::{Files, read_file};
use toml::Table;

use super::{ROOT, none};

/// What stands at the top level, beside files with a dot in front.
const TOP: [&str; 13] = [
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "benches",
    "content",
    "docs",
    "fuzz",
    "public",
    "src",
    "tests",
    "themes",
];

/// What the machine makes there.
const MADE: [&str; 2] = ["board", "target"];

/// Folders with a dot that are no part of the project.
const NOT_OURS: [&str; 2] = [".git", ".mingbai"];

/// What tests fetch and fuzzers make; ignored by git.
const FETCHED: [&str; 5] =
    ["node_modules", "fuzz/target/", "fuzz/corpus/", "fuzz/artifacts/", "fuzz/coverage/"];

/// No more packages than this.
const PACKAGES: usize = 340;

/// The page that says why each dependency is there.
const REASONS: &str = "docs/decisions/dependencies.md";

/// Beginnings of paths that only one machine has. Put together here, so that they stand not here.
const MACHINE_PATHS: [&str; 5] = [
    concat!("/ro", "ot/"),
    concat!("/wo", "rk/"),
    concat!("/ho", "me/"),
    concat!("/Us", "ers/"),
    concat!("C:\\", "Users"),
];

/// Returns the names at the top level.
#[expect(clippy::disallowed_methods, reason = "the list of the folder itself is what is checked")]
fn top() -> BTreeSet<String> {
    let entries = std::fs::read_dir(ROOT).expect("the repository can be listed");
    let name = |entry: std::io::Result<std::fs::DirEntry>| {
        entry.expect("an entry can be read").file_name().to_string_lossy().into_owned()
    };
    entries.map(name).collect()
}

/// Returns every file of the project with its path, what machines made left out.
fn project() -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let made = |name: &String| MADE.contains(&name.as_str()) || name == "public";
    for name in top().iter().filter(|name| !made(name) && !NOT_OURS.contains(&name.as_str())) {
        let path = Path::new(ROOT).join(name);
        if path.is_dir() {
            let folder = Files::read(&path).expect("a folder of the project can be read");
            let fetched = |inner: &str| {
                let path = format!("{name}/{inner}");
                FETCHED
                    .iter()
                    .any(|made| path.starts_with(made) || path.split('/').any(|part| part == *made))
            };
            let ours = folder.iter().filter(|(inner, _)| !fetched(inner));
            files.extend(ours.map(|(inner, bytes)| (format!("{name}/{inner}"), bytes.to_vec())));
        } else {
            files
                .push((name.clone(), read_file(&path).expect("a file of the project can be read")));
        }
    }
    files
}

/// Reads a TOML file of the repository.
fn toml(name: &str) -> Table {
    let bytes = read_file(&Path::new(ROOT).join(name)).expect("the file can be read");
    String::from_utf8(bytes).expect("the file is UTF-8").parse().expect("the file is TOML")
}

/// Returns whether eighteen signs are a resident identity number with a right check digit.
fn is_id_number(signs: &[u8]) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let number = |range: std::ops::Range<usize>| {
        signs[range].iter().fold(0_u32, |number, digit| number * 10 + u32::from(digit - b'0'))
    };
    let born = (1900..2100).contains(&number(6..10))
        && (1..=12).contains(&number(10..12))
        && (1..=31).contains(&number(12..14));
    let sum: u32 =
        signs.iter().zip(WEIGHTS).map(|(sign, weight)| u32::from(sign - b'0') * weight).sum();
    born && b"10X98765432"[sum as usize % 11] == signs[17].to_ascii_uppercase()
}

/// Returns the places of identity numbers of real regions; region 99 is nobody's.
fn real_numbers(bytes: &[u8]) -> Vec<usize> {
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let last = |at: usize| digit(at) || matches!(bytes.get(at), Some(b'X' | b'x'));
    let starts = (0..bytes.len()).filter(|at| digit(*at) && (*at == 0 || !digit(at - 1)));
    starts
        .filter(|at| (*at..at + 17).all(digit) && last(at + 17) && !digit(at + 18))
        .filter(|at| &bytes[*at..at + 2] != b"99" && is_id_number(&bytes[*at..at + 18]))
        .collect()
}

#[test]
fn the_top_level_holds_the_project_and_nothing_else() {
    let strange = top().into_iter().filter(|name| {
        !name.starts_with('.') && !TOP.contains(&name.as_str()) && !MADE.contains(&name.as_str())
    });
    none(&strange.collect::<Vec<_>>());
}

#[test]
fn the_top_level_is_complete() {
    let there = top();
    let wanted = TOP.iter().chain([&".ci"]).filter(|name| !there.contains(**name));
    none(&wanted.map(|name| format!("{name} is missing")).collect::<Vec<_>>());
}

#[test]
fn packages_are_few_and_come_from_the_registry() {
    let lock = toml("Cargo.lock");
    let packages = lock["package"].as_array().expect("the lock file has packages");
    let mut faults = Vec::new();
    for package in packages {
        let name = package["name"].as_str().unwrap_or("");
        let source = package.get("source").and_then(toml::Value::as_str);
        let good = match source {
            None => name == "mingbai",
            Some(source) => source == "registry+https://github.com/rust-lang/crates.io-index",
        };
        if !good {
            faults.push(format!("{name} comes from {source:?}"));
        }
    }
    if packages.len() > PACKAGES {
        faults.push(format!("{} packages, {PACKAGES} at most", packages.len()));
    }
    none(&faults);
}

#[test]
fn every_dependency_has_its_reason() {
    let path = Path::new(ROOT).join(REASONS);
    let page = read_file(&path).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let page = page.unwrap_or_else(|| panic!("{REASONS} is missing"));
    let manifest = toml("Cargo.toml");
    let mut faults = Vec::new();
    let mut known = BTreeSet::new();
    for section in ["dependencies", "dev-dependencies", "build-dependencies"] {
        for name in
            manifest.get(section).and_then(toml::Value::as_table).into_iter().flat_map(Table::keys)
        {
            let says = |line: &str| {
                line_about(line) == Some(name.as_str()) && line.len() > name.len() + 20
            };
            if !page.lines().any(says) {
                faults.push(format!("{REASONS} has no line about {name}"));
            }
            known.insert(name.clone());
        }
    }
    let gone = page.lines().filter_map(line_about).filter(|name| !known.contains(*name));
    faults.extend(gone.map(|name| format!("{REASONS} speaks of {name}, which is not used")));
    none(&faults);
}

/// Returns the dependency that a line of a list or table is about: "- `name`: …", "| `name` | …".
fn line_about(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("- `").or_else(|| line.strip_prefix("| `"))?;
    rest.split('`').next()
}

#[test]
fn no_file_knows_a_machine() {
    let mut faults = Vec::new();
    for (path, bytes) in project() {
        let lines = bytes.split(|byte| *byte == b'\n').enumerate();
        for (number, line) in lines {
            let line = String::from_utf8_lossy(line);
            let known = MACHINE_PATHS.iter().filter(|beginning| line.contains(**beginning));
            faults.extend(known.map(|beginning| format!("{path}:{} has {beginning}", number + 1)));
        }
    }
    none(&faults);
}

#[test]
fn no_file_holds_the_identity_number_of_a_real_region() {
    let mut faults = Vec::new();
    for (path, bytes) in project() {
        for at in real_numbers(&bytes) {
            let line = bytes[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
            // The number itself is not repeated: this message is a log, too.
            faults.push(format!("{path}:{line}"));
        }
    }
    none(&faults);
}

#[test]
fn identity_numbers_are_told_from_other_numbers() {
    // The same made-up digits, with a region of nobody and of somebody.
    assert_eq!(real_numbers(b"990101197001010015"), Vec::<usize>::new());
    let of_somebody = |check: u8| [b"id = \"11", &b"010119700101001"[..], &[check, b'"']].concat();
    let found =
        (b'0'..=b'9').chain([b'X']).filter(|check| !real_numbers(&of_somebody(*check)).is_empty());
    assert_eq!(found.count(), 1);
}
