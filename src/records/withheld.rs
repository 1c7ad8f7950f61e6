//! Withheld: what was not released, as something that can be found and never read.
//!
//! The gate asks it whether a folded artifact holds a withheld value, or whether a digest in it is one
//! of a withheld value; the answer names the record and the field. There is no way to get a value
//! out, and no hash of one either.

mod digests;
mod forms;
mod gathering;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use aho_corasick::AhoCorasick;

pub(in crate::records) use gathering::{Gathering, is_searchable};

use crate::text::Phrase;
use crate::text::normal::{Folded, fold};

/// Where a withheld value comes from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// The record, as `kind/id`.
    pub record: String,
    /// The file.
    pub path: String,
    /// What the field is called.
    pub field: Phrase,
}

/// One form of one withheld value: says which it was, and not what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Trace(usize);

/// What is known of one form.
struct Mark {
    origin: Origin,
    /// Whether it proves something on the record's own pages only.
    own_pages: bool,
    /// Which value it is a form of.
    value: usize,
}

/// What was not released.
pub struct Withheld {
    finder: AhoCorasick,
    marks: Vec<Mark>,
    /// The values as they were written, for digests.
    written: Vec<(Box<str>, usize)>,
    allowed: BTreeSet<Vec<u8>>,
    total: usize,
    short: usize,
}

impl fmt::Debug for Withheld {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Withheld({} values)", self.total)
    }
}

impl Withheld {
    /// Returns a set with one made-up value of a made-up record, which proves that whoever searches for
    /// it finds it.
    #[must_use]
    pub fn canary(value: &str, record: &str) -> Self {
        let mut gathering = Gathering::default();
        gathering.withhold(None, value, || Origin {
            record: record.to_owned(),
            path: String::new(),
            field: Phrase::default(),
        });
        gathering.seal()
    }

    /// Returns whether any form of any value stands in a folded text, whatever it proves there.
    #[must_use]
    pub fn stands_in(&self, folded: &Folded) -> bool {
        !self.marks.is_empty()
            && [&folded.text, &folded.tags].into_iter().any(|text| self.finder.is_match(text))
    }

    /// Returns whether a form that proves something wherever it stands is in a folded text.
    #[must_use]
    pub fn betrayed_in(&self, folded: &Folded) -> bool {
        let mut betrayed = false;
        self.traces(folded, "", &mut |_| betrayed = true);
        betrayed
    }

    /// Calls `found` with each value of which a form stands in a folded artifact and proves something
    /// there, once: with the form that comes first.
    pub fn traces(&self, folded: &Folded, route: &str, found: &mut dyn FnMut(Trace)) {
        // Nearly every page of nearly every site ends here.
        if !self.stands_in(folded) {
            return;
        }
        let mut seen = BTreeSet::new();
        for text in [&folded.text, &folded.tags] {
            for hit in self.finder.find_overlapping_iter(text) {
                let at = hit.pattern().as_usize();
                let mark = &self.marks[at];
                if (!mark.own_pages || is_own_page(route, &mark.origin.record))
                    && seen.insert(mark.value)
                {
                    found(Trace(at));
                }
            }
        }
    }

    /// Returns whether one form stands in a folded text.
    #[must_use]
    pub fn is_in(&self, trace: Trace, folded: &Folded) -> bool {
        [&folded.text, &folded.tags].into_iter().any(|text| {
            self.finder.find_overlapping_iter(text).any(|hit| hit.pattern().as_usize() == trace.0)
        })
    }

    /// Returns where a value comes from.
    #[must_use]
    pub fn origin(&self, trace: Trace) -> &Origin {
        &self.marks[trace.0].origin
    }

    /// Returns which of some digests are digests of withheld values.
    #[must_use]
    pub fn digested<'d>(&self, digests: &BTreeSet<&'d [u8]>) -> BTreeMap<&'d [u8], Trace> {
        digests::known(&self.written, digests)
            .into_iter()
            .map(|(digest, mark)| (digest, Trace(mark)))
            .collect()
    }

    /// Lets a value pass that only looks like personal data: it is public, or somebody looked at it.
    pub fn allow(&mut self, value: &str) {
        self.allowed.insert(fold(value));
    }

    /// Returns whether a value that looks like personal data may pass.
    #[must_use]
    pub fn allows(&self, value: &str) -> bool {
        let folded = fold(value);
        let within =
            |whole: &Vec<u8>| whole.windows(folded.len().max(1)).any(|part| part == folded);
        self.allowed.contains(&folded) || (!folded.is_empty() && self.allowed.iter().any(within))
    }

    /// Returns how many values were withheld.
    #[must_use]
    pub const fn total(&self) -> usize {
        self.total
    }

    /// Returns how many of them are too short or too common to be looked for.
    #[must_use]
    pub const fn unsearchable(&self) -> usize {
        self.short
    }
}

/// Returns whether a file is a page of a record.
fn is_own_page(route: &str, record: &str) -> bool {
    // Sheets of the board lie in the folder of their village.
    route.match_indices(record).any(|(at, _)| {
        let whole = at == 0 || route[..at].ends_with('/');
        whole && route[at + record.len()..].starts_with(['.', '/'])
    })
}

#[cfg(test)]
mod tests;
