//! Finding pages by words: an index of what the pages say, made of released values alone.
//!
//! A page's folded text stands in the open on a shelf of texts, and the lists of a term say which
//! pages have it. A reader's browser takes only the shelves that a query needs, and looks for the
//! query itself in the texts before it shows a page, so that no page is shown for a coincidence of
//! pairs. What the gate can read in the texts is all that terms are made of: there is nothing in the
//! index that it cannot search.
//!
//! // Invariant: no row of a list that goes when its notice ends is in the index, so that no copy of it
//! has to be taken back; and of no list of persons more than its public columns, so that nobody is
//! found by a masked name.

mod finder;
mod fold;
mod lists;
mod terms;
mod texts;

pub(crate) use finder::Finder;

use std::collections::BTreeSet;

use rayon::prelude::*;
use serde::Serialize;

use crate::site::index::Index;
use crate::site::search::fold::Folding;
use crate::site::search::lists::{Lists, Shelf};
use crate::site::search::texts::texts;

/// How many pages' texts stand on one shelf.
pub(crate) const PER_SHELF: usize = 8;

/// What parts terms, and begins every line of a text but the first: a capital stands in nothing folded,
/// and keeps values apart for the gate, too, which reads letters and digits only.
const PART: char = 'Z';

/// What ends a line of a text. No detector reads a number, or the word before it, across lines, and
/// JSON writes this one as it is, so that the gate has no escape to read in two ways.
const LINE: char = '\u{2028}';

/// A page as it can be found.
#[derive(Debug, Serialize)]
pub(crate) struct Text {
    /// Its path.
    #[serde(rename = "h")]
    href: String,
    /// Its title.
    #[serde(rename = "t")]
    title: String,
    /// What sort of record it is, and where it stands if it is a notice.
    #[serde(rename = "k")]
    kind: String,
    /// Where.
    #[serde(rename = "p")]
    place: String,
    /// When, in words.
    #[serde(rename = "d")]
    date: String,
    /// How much.
    #[serde(rename = "a")]
    amount: String,
    /// What it is, in one line.
    #[serde(rename = "s")]
    line: String,
    /// The folded title and the other folded values, parted.
    #[serde(rename = "x")]
    folded: String,
}

impl Text {
    /// Returns the folded title.
    fn folded_title(&self) -> &str {
        self.folded.split(LINE).next().unwrap_or_default()
    }
}

/// Traditional characters and the simplified ones of this site, in two texts of one length.
#[derive(Debug, Serialize)]
pub(crate) struct Letters {
    from: String,
    to: String,
}

/// The index of a site.
pub(crate) struct Search {
    texts: Vec<Text>,
    shelves: Vec<Shelf>,
    letters: Letters,
    /// The pages that lead to everything without a script.
    pub(crate) finder: Finder,
}

impl Search {
    /// Makes the index of all pages of records and places.
    pub(crate) fn new(index: &Index<'_>) -> Self {
        let folding = Folding::new();
        let texts = texts(index, &folding);
        let lists = Lists::new(&texts);
        let known: Vec<BTreeSet<char>> =
            texts.par_iter().map(|text| text.folded.chars().collect()).collect();
        let known = known.into_iter().fold(BTreeSet::new(), |mut all, some| {
            all.extend(some);
            all
        });
        let (from, to) = folding.for_letters(&known);
        let shelves = lists.shelves();
        Self { texts, shelves, letters: Letters { from, to }, finder: Finder::new(index) }
    }

    /// Returns how many pages can be found.
    pub(crate) const fn len(&self) -> usize {
        self.texts.len()
    }

    /// Returns how many shelves of terms there are.
    pub(crate) const fn term_shelves(&self) -> usize {
        self.shelves.len()
    }

    /// Returns how many shelves of texts there are.
    pub(crate) const fn text_shelves(&self) -> usize {
        self.texts.len().div_ceil(PER_SHELF)
    }

    /// Returns a shelf of terms as JSON.
    pub(crate) fn terms(&self, at: usize) -> Vec<u8> {
        self.shelves.get(at).map_or_else(Vec::new, json)
    }

    /// Returns a shelf of texts as JSON, a line for each page.
    pub(crate) fn texts(&self, at: usize) -> Vec<u8> {
        let shelf = self.texts.chunks(PER_SHELF).nth(at).unwrap_or_default();
        let lines: Vec<Vec<u8>> = shelf.iter().map(json).collect();
        [b"[\n".as_slice(), &lines.join(b",\n".as_slice()), b"\n]\n"].concat()
    }

    /// Returns the Traditional characters as JSON.
    pub(crate) fn letters(&self) -> Vec<u8> {
        json(&self.letters)
    }

    /// Returns a mark of the whole index, so that no browser mixes two versions of it.
    pub(crate) fn version(&self) -> String {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        let texts = self
            .texts
            .iter()
            .flat_map(|text| [&*text.href, "\0", &*text.kind, "\0", &*text.folded]);
        for byte in texts.flat_map(str::bytes) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        lists::word(hash)
    }
}

/// Writes a value as JSON.
fn json<T: Serialize>(value: &T) -> Vec<u8> {
    serde_json::to_vec(value).expect("texts and lists are writable")
}
