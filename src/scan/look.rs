//! One look at one file: its name, its text, and whatever is wrapped in it.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::decode::{self, Closed, DECODERS};
use crate::detect::{self, Certainty, DETECTORS, Hit};
use crate::text::normal::{Writing, fold};

/// A place inside a file that looks like personal data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sight {
    /// The detector's name.
    pub detector: &'static str,
    /// How sure it is.
    pub certainty: Certainty,
    /// The decoders that led there; none for the file as it is.
    pub way: Vec<&'static str>,
    /// Whether it stands in the name of the innermost part.
    pub in_name: bool,
    /// The bytes of the innermost text.
    pub range: Range<usize>,
    /// The line of the innermost text, from 1.
    pub line: usize,
    /// The column of the innermost text, from 1.
    pub column: usize,
}

/// What one look saw.
#[derive(Debug, Default)]
pub struct Seen {
    /// What looks like personal data.
    pub sights: Vec<Sight>,
    /// What could not be opened.
    pub closed: Vec<Closed>,
}

/// Looks into bytes with the name of their file. The name itself is not looked at.
#[must_use]
pub fn look(name: &str, bytes: &[u8]) -> Seen {
    let mut sights = Vec::new();
    // What was seen in a wrapping is not told again for what is in it: a text that is read twice,
    // as it stands and with its escapes taken off, holds one value.
    let mut seen: BTreeMap<(&'static str, Vec<u8>), Vec<&'static str>> = BTreeMap::new();
    let closed = decode::walk(DECODERS, name, bytes, &mut |view| {
        let mut add = |hit: Hit, text: &[u8], in_name: bool| {
            let value = text.get(hit.range.clone()).unwrap_or_default();
            let key = (hit.detector, fold(&String::from_utf8_lossy(value)));
            let first = seen.entry(key).or_insert_with(|| view.way.to_vec());
            if first.as_slice() != view.way && view.way.starts_with(first) {
                return;
            }
            let (line, column) = position(text, hit.range.start);
            let Hit { detector, certainty, range } = hit;
            let way = view.way.to_vec();
            sights.push(Sight { detector, certainty, way, in_name, range, line, column });
        };
        // Pixels and other compressed bytes look like anything; there only what is proved counts.
        let words = std::str::from_utf8(view.bytes).is_ok();
        for hit in detect::find(DETECTORS, view.bytes, view.writing) {
            if words || hit.certainty == Certainty::Sure {
                add(hit, view.bytes, false);
            }
        }
        if !view.way.is_empty() && view.name != name {
            for hit in detect::find(DETECTORS, view.name.as_bytes(), Writing::Plain) {
                add(hit, view.name.as_bytes(), true);
            }
        }
    });
    Seen { sights, closed }
}

/// Returns line and column of a byte; columns count characters.
fn position(text: &[u8], at: usize) -> (usize, usize) {
    let before = &text[..at.min(text.len())];
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
    (line, String::from_utf8_lossy(&before[start..]).chars().count() + 1)
}

/// Returns a name with whatever looks like personal data painted over, and what that was.
#[must_use]
pub fn painted(name: &[u8]) -> (String, Vec<Hit>) {
    let text = String::from_utf8_lossy(name).into_owned();
    let hits = detect::find(DETECTORS, text.as_bytes(), Writing::Plain);
    let covered = |at: usize| hits.iter().any(|hit| hit.range.contains(&at));
    let letter = |(at, letter): (usize, char)| match letter {
        _ if covered(at) => '*',
        // A name must not be able to steer a terminal.
        letter if letter.is_control() => '?',
        letter => letter,
    };
    (text.char_indices().map(letter).collect(), hits)
}

#[cfg(test)]
mod tests {
    use super::{look, painted};

    const NUMBER: &str = "990199197001010015";

    #[test]
    fn places_are_named_and_values_are_not() {
        let seen = look("a.txt", format!("一\n二 {NUMBER}\n").as_bytes());
        assert_eq!(seen.sights.len(), 1);
        assert_eq!((seen.sights[0].line, seen.sights[0].column), (2, 3));
        assert!(!format!("{seen:?}").contains(NUMBER));
    }

    #[test]
    fn names_are_painted_where_they_hold_a_value() {
        let (name, hits) = painted(format!("lists/{NUMBER}\u{1b}.csv").as_bytes());
        assert_eq!((name.as_str(), hits.len()), ("lists/******************?.csv", 1));
        assert_eq!(painted("名单/2025.csv".as_bytes()).0, "名单/2025.csv");
    }
}
