//! The detectors: every disguise of a made-up value is found by its own detector, and whatever merely looks like one passes.
//!
//! `tests/privacy/disguises.txt` and `tests/privacy/look-alikes.txt` hold the texts, one a line.

use std::collections::BTreeMap;
use std::path::Path;

use mingbai::detect::{DETECTORS, Detector, find};
use mingbai::files::Files;
use mingbai::text::normal::Writing;

/// The folder of the texts.
const TEXTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/privacy");

/// Returns the lines of a file of texts, with their numbers.
fn lines(name: &str) -> Vec<(usize, String)> {
    let files = Files::read(Path::new(TEXTS)).expect("the texts can be read");
    let text = files.text(name).expect("the file is there and UTF-8").to_owned();
    let lines = text.lines().enumerate().map(|(index, line)| (index + 1, line.to_owned()));
    lines.filter(|(_, line)| !line.is_empty() && !line.starts_with("# ")).collect()
}

/// Returns the names of those of some detectors that find something in a text, however it is read.
fn finders(detectors: &[&'static dyn Detector], text: &str) -> Vec<&'static str> {
    let mut names = Vec::new();
    for writing in [Writing::Markup, Writing::Plain] {
        for hit in find(detectors, text.as_bytes(), writing) {
            assert!(hit.range.start < hit.range.end && hit.range.end <= text.len());
            names.push(hit.detector);
        }
    }
    names
}

/// Returns the disguises: the line, the detector, the text.
fn disguises() -> Vec<(usize, String, String)> {
    lines("disguises.txt")
        .into_iter()
        .map(|(number, line)| {
            let (detector, text) = line.split_once('\t').expect("a detector, a tab, a text");
            (number, detector.to_owned(), text.to_owned())
        })
        .collect()
}

/// Returns the lines of disguises in which some detectors find nothing.
pub(crate) fn unfound(detectors: &[&'static dyn Detector]) -> Vec<usize> {
    let disguises = disguises();
    let missed = disguises.iter().filter(|(_, _, text)| finders(detectors, text).is_empty());
    missed.map(|(number, ..)| *number).collect()
}

#[test]
fn every_disguise_is_found_by_its_detector() {
    let mut missed = Vec::new();
    for (number, detector, text) in disguises() {
        if !finders(DETECTORS, &text).contains(&detector.as_str()) {
            missed.push(format!("line {number}: {detector}"));
        }
    }
    assert!(missed.is_empty(), "disguises.txt:\n{}", missed.join("\n"));
}

#[test]
fn every_detector_has_its_disguises() {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (_, detector, _) in disguises() {
        *counts.entry(detector).or_default() += 1;
    }
    for detector in DETECTORS {
        let count = counts.remove(detector.name()).unwrap_or(0);
        assert!(count > 6, "{}: {count} disguises", detector.name());
    }
    assert!(counts.is_empty(), "disguises of no detector: {counts:?}");
}

#[test]
fn what_only_looks_like_it_passes() {
    let lines = lines("look-alikes.txt");
    assert!(lines.len() >= 40, "only {} look-alikes", lines.len());
    let mut found = Vec::new();
    for (number, text) in lines {
        // These are public: they may be repeated.
        for detector in finders(DETECTORS, &text) {
            found.push(format!("line {number}: {detector} in {text}"));
        }
    }
    assert!(found.is_empty(), "look-alikes.txt:\n{}", found.join("\n"));
}

#[test]
fn a_hit_is_the_value_and_not_the_words_around_it() {
    for (text, written, writing) in [
        ("电话:199&#48;0001234。", "199&#48;0001234", Writing::Plain),
        ("<td>1</td><td>199<b>0000</b>1234</td>", "199<b>0000</b>1234", Writing::Markup),
        ("他的号码一九九〇〇〇〇一二三四是空号", "一九九〇〇〇〇一二三四", Writing::Plain),
        ("拨%31%39%39%30%30%30%301234 吧", "%31%39%39%30%30%30%301234", Writing::Plain),
    ] {
        let hits = find(DETECTORS, text.as_bytes(), writing);
        let phone = hits.iter().find(|hit| hit.detector == "phone");
        assert_eq!(phone.map(|hit| &text[hit.range.clone()]), Some(written));
    }
}
