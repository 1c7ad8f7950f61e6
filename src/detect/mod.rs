//! What looks like personal data: one detector a file, one line in [`DETECTORS`].
//!
//! A detector knows the shape of one sort of value and whatever proves it, such as a check digit. It
//! reads the clear form of a text, in which disguises are off and separators still stand, so that
//! one number is told from two that stand side by side. It never says what the value is: a [`Hit`]
//! is a place. What only looks like personal data (credit codes, document numbers, land lines, sums)
//! is not found.

mod id_number;

use std::ops::Range;

use crate::text::Phrase;
use crate::text::normal::{Clear, Writing};

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
pub const DETECTORS: &[&dyn Detector] = &[&id_number::IdNumber];

/// Returns every hit of some detectors in a text, in its order.
#[must_use]
pub fn find(detectors: &[&'static dyn Detector], bytes: &[u8], writing: Writing) -> Vec<Hit> {
    let clear = Clear::of(bytes, writing);
    let mut hits = Vec::new();
    for detector in detectors {
        detector.find(clear.text(), &mut |range, certainty| {
            let range = clear.origin(range);
            hits.push(Hit { detector: detector.name(), certainty, range });
        });
    }
    hits.sort_by_key(|hit| (hit.range.start, hit.range.end, hit.detector));
    hits
}

/// Returns the detector with this name.
#[must_use]
pub fn named(name: &str) -> Option<&'static dyn Detector> {
    DETECTORS.iter().copied().find(|detector| detector.name() == name)
}
