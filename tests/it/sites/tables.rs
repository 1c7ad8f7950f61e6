//! Real notices of real places, figure by figure.
//!
//! `figures.txt` says which text must stand on which page, and in which source it was published.
//! What is wrong in the originals is found and never put right.

use std::collections::BTreeSet;
use std::path::Path;

use mingbai::files::Files;
use mingbai::pipeline::Outcome;
use mingbai::text::Money;

use super::{holds, route, site, text};

/// The published notices the tables were taken from; beside the package, and not part of it.
const SOURCES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/tables");

/// The faults that the originals of the tables have, each with the file that repeats it.
const FAULTS: &[(&str, &str)] = &[
    ("bare-number", "liling-2019-as-printed"),
    ("late-publication", "xinxiang-2018"),
    ("list-total", "dongfeng-2023-as-printed"),
    ("list-total", "shapotou-2021-as-printed"),
    ("missing-field", "dongfeng-2023-as-printed"),
    ("over-paid", "chengxiang-2025"),
    ("parts-total", "mishan-2025-settlement"),
    ("remark-in-amount", "beita-2020-1-as-printed"),
    ("unit-contradiction", "unit-label"),
    ("unit-contradiction", "unit-row"),
];

/// Returns whether the data of a record hold a figure: an amount as 元 with two decimals, anything
/// else as it stands.
fn is_in_data(outcome: &Outcome, page: &str, figure: &str) -> bool {
    let (kind, id) = page.trim_end_matches(".html").split_once('/').expect("a record's page");
    let yuan = Money::parse(figure, None).ok().map(|money| money.exact_yuan().replace(',', ""));
    let of_kind = |path: &str| {
        let table = path.strip_prefix("data/").and_then(|path| path.strip_prefix(kind));
        table.is_some_and(|rest| rest.starts_with('.') && rest.ends_with(".csv"))
    };
    let files = outcome.artifacts.iter().filter(|artifact| of_kind(route(artifact)));
    files.into_iter().any(|file| {
        let mut reader = csv::Reader::from_reader(file.bytes());
        let heads = reader.headers().expect("a table has heads").clone();
        let unit =
            |at: usize| heads.get(at).and_then(|head| head.strip_suffix(')')?.rsplit_once('('));
        reader.records().any(|row| {
            let row = row.expect("every row has the header's length");
            // A number has its unit in the heading, or in the cell behind it.
            let with_unit = row.iter().enumerate().any(|(at, cell)| {
                let beside = format!("{cell}{}", row.get(at + 1).unwrap_or_default());
                let above = unit(at).map(|(_, unit)| format!("{cell}{unit}"));
                beside == figure || above.is_some_and(|whole| whole == figure)
            });
            let mut cells = row.iter();
            cells.next() == Some(id)
                && match &yuan {
                    Some(yuan) => cells.any(|cell| cell == yuan),
                    None => with_unit || cells.any(|cell| holds(cell, figure)),
                }
        })
    })
}

/// Says that a part of a test could not be done.
#[expect(clippy::print_stderr, reason = "a test that is not done must not look done")]
fn skipped(why: &str) {
    eprintln!("skipped: {why}");
}

#[test]
fn figures_of_the_tables_are_on_their_pages_and_exact_in_the_data() {
    let tables = site("tables");
    let outcome = tables.build();
    let sources = Files::read(Path::new(SOURCES)).expect("the sources can be read");
    if sources.is_empty() {
        skipped("the published notices are not here: figures are not compared with them");
    }
    let figures = tables.expected.text("figures.txt").expect("the figures are UTF-8");
    let mut missing = Vec::new();
    let mut notices = BTreeSet::new();
    for line in figures.lines().filter(|line| !line.starts_with('#')) {
        let [page, figure, source] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("a line of figures.txt has three parts: {line}");
        };
        notices.insert(source);
        if !holds(text(&outcome, page), figure) {
            missing.push(format!("{figure} is not on {page}"));
        }
        if !is_in_data(&outcome, page, figure) {
            missing.push(format!("{figure} of {page} is not exact in the data"));
        }
        let number = figure.trim_end_matches(|letter: char| !letter.is_ascii_digit());
        let published =
            sources.text(source).is_some_and(|text| holds(text, figure) || holds(text, number));
        if !published && !sources.is_empty() {
            missing.push(format!("{figure} is not in {source}"));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
    assert!(notices.len() >= 10 && figures.lines().count() > 100, "only {} notices", notices.len());
}

#[test]
fn faults_of_the_originals_are_found_and_nothing_else() {
    let tables = site("tables");
    let outcome = tables.build();
    let found: BTreeSet<(&str, &str)> = outcome
        .report
        .findings()
        .iter()
        .map(|finding| (finding.code.name(), &*finding.primary.span.path))
        .collect();
    for (code, file) in FAULTS {
        assert!(
            found.iter().any(|(name, path)| name == code && path.contains(file)),
            "{code} {file}"
        );
    }
    for (code, path) in found {
        let known = path.starts_with("as-printed/")
            || FAULTS.iter().any(|(name, file)| *name == code && path.contains(file));
        assert!(known, "{code} in {path}");
    }
}

#[test]
fn faults_that_are_accepted_are_shown_with_their_reason() {
    let outcome = site("tables").build();
    let assets = text(&outcome, "asset/duodao-2021.html");
    assert!(holds(assets, "0.0047万元") && assets.contains("原文如此"));
    for number in 1..=4 {
        let page = text(&outcome, &format!("project/shapotou-2021-{number}.html"));
        assert!(page.contains("对不上") && page.contains("原公示如此"), "project {number}");
    }
}
