//! Withheld: what was not released, as something that can be found and never read.
//!
//! The gate asks it whether a folded artifact holds a withheld value; the answer names the record
//! and the field. There is no way to get a value out, and no hash of one either.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use crate::records::schema::Class;
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

/// Withheld values being gathered.
#[derive(Default)]
pub(in crate::records) struct Gathering {
    values: BTreeMap<Vec<u8>, (Origin, bool)>,
    short: usize,
    total: usize,
}

impl Gathering {
    /// Adds a value that stays behind.
    pub(in crate::records) fn withhold(
        &mut self,
        class: Option<Class>,
        value: &str,
        origin: impl Fn() -> Origin,
    ) {
        self.total += 1;
        // One sentence of a long text gives it away as well as the whole.
        if value.chars().count() > LONG_TEXT {
            for sentence in value.split(['。', ';', ';', '!', '?', '\n']) {
                let folded = fold(sentence);
                if String::from_utf8_lossy(&folded).chars().count() >= SENTENCE {
                    self.values.entry(folded).or_insert_with(|| (origin(), false));
                }
            }
            return;
        }
        let folded = fold(value);
        if !is_searchable(class, &folded) {
            self.short += 1;
            return;
        }
        if class == Some(Class::IdNumber)
            && let Some(older) = fifteen_digits(&folded)
        {
            self.values.entry(older).or_insert_with(|| (origin(), false));
        }
        // A villagers' group, too, is many people's and may be shown in another list.
        let is_name = matches!(class, Some(Class::PersonName | Class::Minor | Class::Address));
        self.values.entry(folded).or_insert_with(|| (origin(), is_name));
    }

    /// Adds a value of a type that has no text of its own to look for, such as an amount.
    pub(in crate::records) const fn withhold_unsearchable(&mut self) {
        self.total += 1;
        self.short += 1;
    }

    /// Takes off names, and villagers' groups, that the policy itself shows elsewhere: such a value
    /// proves nothing.
    pub(in crate::records) fn allow_name(&mut self, name: &str) {
        let folded = fold(name);
        if self.values.get(&folded).is_some_and(|(_, is_name)| *is_name) {
            self.values.remove(&folded);
            self.short += 1;
        }
    }

    /// Takes off a folded value that somebody looked at and that may be published.
    pub(in crate::records) fn allow(&mut self, folded: &[u8]) {
        self.short += usize::from(self.values.remove(folded).is_some());
    }

    /// Takes off names of two characters that stand in the program's own words, on every page and
    /// about nobody: finding one of them there proves nothing.
    pub(in crate::records) fn allow_common(&mut self, frame: &[u8], kinds: &[u8]) {
        // Two Chinese characters, as folded.
        const TWO: usize = 6;
        let is_short = |folded: &[u8], is_name: bool| is_name && folded.len() <= TWO;
        if !self.values.iter().any(|(folded, (_, is_name))| is_short(folded, *is_name)) {
            return;
        }
        let pairs: BTreeSet<&[u8]> = frame.windows(TWO).chain(kinds.windows(TWO)).collect();
        let before = self.values.len();
        self.values.retain(|folded, (_, is_name)| {
            !is_short(folded, *is_name) || !pairs.contains(folded.as_slice())
        });
        self.short += before - self.values.len();
    }

    /// Makes the values findable.
    pub(in crate::records) fn seal(self) -> Withheld {
        let (patterns, origins): (Vec<Vec<u8>>, Vec<Origin>) =
            self.values.into_iter().map(|(folded, (origin, _))| (folded, origin)).unzip();
        // The fastest automaton is also the largest: fit for identity numbers, not for long texts.
        const DFA_BYTES: usize = 200_000;
        let bytes: usize = patterns.iter().map(Vec::len).sum();
        let finder = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            // Folded text is all letters and digits: skipping ahead costs more than it saves.
            .prefilter(false)
            .kind((bytes < DFA_BYTES).then_some(AhoCorasickKind::DFA))
            .build(&patterns)
            .expect("the values of a register fit into one automaton");
        Withheld { finder, origins, total: self.total, short: self.short }
    }
}

/// Texts with more characters than this are looked for sentence by sentence.
const LONG_TEXT: usize = 60;

/// Sentences of fewer characters stand in many texts and prove nothing.
const SENTENCE: usize = 12;

/// Returns whether a folded value is long enough to prove a leak when it is found.
pub(in crate::records) fn is_searchable(class: Option<Class>, folded: &[u8]) -> bool {
    let letters = String::from_utf8_lossy(folded).chars().count();
    match class {
        Some(Class::PersonName | Class::Minor) => letters >= 2,
        // A day of birth is also a day on which other things happened.
        Some(Class::BirthDate) => false,
        Some(Class::Address) => letters >= 4,
        _ => letters >= 6,
    }
}

/// Returns the fifteen-digit form of an eighteen-digit identity number.
fn fifteen_digits(folded: &[u8]) -> Option<Vec<u8>> {
    (folded.len() == 18).then(|| [&folded[..6], &folded[8..17]].concat())
}

/// What was not released.
pub struct Withheld {
    finder: AhoCorasick,
    origins: Vec<Origin>,
    total: usize,
    short: usize,
}

impl fmt::Debug for Withheld {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Withheld({} values)", self.total)
    }
}

impl Withheld {
    /// Returns where the first withheld value in a folded artifact comes from.
    #[must_use]
    pub fn find_in(&self, folded: &Folded) -> Option<&Origin> {
        if self.origins.is_empty() {
            return None;
        }
        [&folded.text, &folded.tags]
            .into_iter()
            .find_map(|text| self.finder.find(text))
            .map(|found| &self.origins[found.pattern().as_usize()])
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
