//! What looks like personal data: one detector a file, one line in [`DETECTORS`].
//!
//! A detector knows the shape of one sort of value and whatever proves it, such as a check digit. It
//! reads the clear form of a text, in which disguises are off and separators still stand, so that
//! one number is told from two that stand side by side. It never says what the value is: a [`Hit`]
//! is a place. What only looks like personal data (credit codes, document numbers, land lines, sums)
//! is not found.

mod address;
mod bank_card;
mod disability_card;
mod email;
mod id_number;
mod messenger;
mod passport;
mod phone;
mod plate;
mod sift;
mod signs;

use std::ops::Range;

pub use sift::regions;

use crate::text::Phrase;
use crate::text::normal::{Clear, Escapes, Writing};

/// How sure a detector is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// The shape fits and nothing proves it: somebody has to look.
    Likely,
    /// A check digit, a prefix or a word beside it proves it.
    Sure,
}

/// A place that looks like personal data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The detector's name, such as `id-number`.
    pub detector: &'static str,
    /// How sure it is.
    pub certainty: Certainty,
    /// The bytes of the original text, disguises included.
    pub range: Range<usize>,
}

/// Finds one sort of personal data.
pub trait Detector: Sync {
    /// Returns the name, as exceptions and findings write it.
    fn name(&self) -> &'static str;

    /// Returns what it finds, as people call it.
    fn label(&self) -> Phrase;

    /// Calls `found` with each place in a clear text.
    fn find(&self, text: &str, found: &mut dyn FnMut(Range<usize>, Certainty));
}

/// Every detector: documents, tests and the mutation list are made from this list.
pub const DETECTORS: &[&dyn Detector] = &[
    &id_number::IdNumber,
    &disability_card::DisabilityCard,
    &phone::Phone,
    &bank_card::BankCard,
    &email::Email,
    &messenger::Messenger,
    &plate::Plate,
    &address::Address,
    &passport::Passport,
];

/// Returns every hit of some detectors in a text, in its order.
///
/// What may be an escape is read both ways: as what it stands for, and as it is.
#[must_use]
pub fn find(detectors: &[&'static dyn Detector], bytes: &[u8], writing: Writing) -> Vec<Hit> {
    let decoded = Clear::of(bytes, writing);
    let mut hits = find_in(detectors, &decoded);
    if decoded.decoded() {
        hits.extend(find_in(detectors, &Clear::read(bytes, (writing, Escapes::Plain))));
    }
    // The surer of two hits at one place comes first and stays.
    let place = |hit: &Hit| (hit.range.start, hit.range.end, hit.detector);
    hits.sort_by(|left, right| {
        place(left).cmp(&place(right)).then(right.certainty.cmp(&left.certainty))
    });
    hits.dedup_by(|next, hit| place(next) == place(hit));
    hits
}

/// Returns the hits in a text that is clear already, each detector's in its order.
#[must_use]
pub fn find_in(detectors: &[&'static dyn Detector], clear: &Clear) -> Vec<Hit> {
    let mut hits = Vec::new();
    for detector in detectors {
        detector.find(clear.text(), &mut |range, certainty| {
            let range = clear.origin(range);
            hits.push(Hit { detector: detector.name(), certainty, range });
        });
    }
    hits
}

/// Returns the detector with this name.
#[must_use]
pub fn named(name: &str) -> Option<&'static dyn Detector> {
    DETECTORS.iter().copied().find(|detector| detector.name() == name)
}

#[cfg(test)]
mod tests {
    use super::{Certainty, DETECTORS, Detector, find, named};
    use crate::text::normal::Writing;

    /// Returns what a detector finds in a text, as it is written there.
    pub(super) fn hits(detector: &'static dyn Detector, text: &str) -> Vec<(String, Certainty)> {
        let list: Vec<&'static dyn Detector> = vec![detector];
        find(&list, text.as_bytes(), Writing::Plain)
            .into_iter()
            .map(|hit| (text[hit.range].to_owned(), hit.certainty))
            .collect()
    }

    #[test]
    fn every_detector_is_named_once() {
        for (index, detector) in DETECTORS.iter().enumerate() {
            let first = DETECTORS.iter().position(|other| other.name() == detector.name());
            assert_eq!(first, Some(index));
            assert!(named(detector.name()).is_some());
        }
    }

    #[test]
    fn a_hit_names_the_bytes_of_the_source() {
        let page = "<p>电话</p><p>199<b>0000</b>1234</p><i title=\"19900005678\">";
        let found = find(DETECTORS, page.as_bytes(), Writing::Markup);
        let texts: Vec<&str> = found.iter().map(|hit| &page[hit.range.clone()]).collect();
        assert_eq!(texts, ["199<b>0000</b>1234", "19900005678"]);
    }

    #[test]
    fn what_may_be_an_escape_is_read_both_ways() {
        for text in ["电话 \\19900001234", "率%19900001234", "a&#1;9900001234 19900001234"] {
            let found = find(DETECTORS, text.as_bytes(), Writing::Plain);
            assert!(found.iter().any(|hit| hit.detector == "phone"), "{text}");
        }
    }

    #[test]
    fn no_bytes_upset_a_detector() {
        let mut state = 7_u64;
        for _ in 0..2000 {
            let mut bytes = Vec::new();
            for _ in 0..40 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let pool = "0123456789x9·- 号栋室村组@.qq微信护照陕a\u{200b}&#;%<>/\\一九〇";
                let letters: Vec<char> = pool.chars().collect();
                let letter = letters[(state >> 33) as usize % letters.len()];
                bytes.extend_from_slice(letter.to_string().as_bytes());
                if state >> 60 == 3 {
                    bytes.pop();
                }
            }
            for writing in [Writing::Plain, Writing::Markup] {
                for hit in find(DETECTORS, &bytes, writing) {
                    assert!(hit.range.start < hit.range.end && hit.range.end <= bytes.len());
                }
            }
        }
    }
}
