//! The lists of terms: which pages have a term, in their titles or anywhere.
//!
//! A number is written as its distance from the one before: the last place is one of fourteen
//! consonants, the places in front of it are of five others. So a list is a word of small letters
//! without a vowel, without `qq` or `wx`: no number, no name, no account and no base64 for the gate to
//! stumble over, and the terms beside it are parted by a letter that stays in every reading.

use rayon::prelude::*;
use serde::Serialize;

use crate::site::search::terms::{Term, short_terms, terms};
use crate::site::search::{PART, Text};

/// The last place of a number.
const LAST: &[u8; 14] = b"bcdfghjklmnprs";

/// The places in front of it.
const HIGH: &[u8; 5] = b"tvwyz";

/// What stands for the list of a term that most pages have: it picks none out.
const MOST: &str = "y";

/// Sites with fewer pages have whole lists only.
const FEW_PAGES: usize = 64;

/// About how many bytes stand on a shelf.
const SHELF: usize = 6_000;

/// The most shelves.
const MOST_SHELVES: usize = 2_048;

/// The term is in the title.
const IN_TITLE: u8 = 1;
/// It is the first of the title.
const FIRST: u8 = 2;
/// It is the last of the title.
const END: u8 = 4;
/// It is found in titles only, being too short.
const SHORT: u8 = 8;

/// A term on one page.
type Entry = (Term, u32, u8);

/// A shelf: terms, and the lists of each in the same order.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Shelf {
    #[serde(rename = "k")]
    terms: String,
    #[serde(rename = "l")]
    lists: String,
}

/// The lists of all terms, in the order of the terms.
pub(crate) struct Lists(Vec<(Term, String)>);

impl Lists {
    /// Makes the lists of some texts.
    pub(crate) fn new(texts: &[Text]) -> Self {
        let pages = texts.len();
        let mut entries: Vec<Entry> = texts
            .par_iter()
            .enumerate()
            .flat_map_iter(|(page, text)| entries_of(u32::try_from(page).unwrap_or(0), text))
            .collect();
        entries.par_sort_unstable();
        let groups: Vec<&[Entry]> = entries.chunk_by(|left, right| left.0 == right.0).collect();
        let lists = groups.into_par_iter().map(|group| (group[0].0, lists_of(group, pages)));
        Self(lists.collect())
    }

    /// Puts the lists on shelves.
    pub(crate) fn shelves(&self) -> Vec<Shelf> {
        let bytes: usize = self.0.iter().map(|(_, lists)| lists.len() + 8).sum();
        let count = bytes.div_ceil(SHELF).next_power_of_two().clamp(1, MOST_SHELVES);
        let mut shelves: Vec<Shelf> = Vec::new();
        shelves.resize_with(count, Shelf::default);
        for (term, lists) in &self.0 {
            let shelf = &mut shelves[term.shelf(count)];
            if !shelf.terms.is_empty() {
                shelf.terms.push(PART);
                shelf.lists.push(' ');
            }
            shelf.terms.extend(term.letters());
            shelf.lists.push_str(lists);
        }
        shelves
    }
}

/// Returns the terms of a page, each once.
fn entries_of(page: u32, text: &Text) -> Vec<Entry> {
    let title = text.folded_title();
    let of_title = terms(title);
    let mut entries: Vec<Entry> = Vec::new();
    entries.extend(terms(&text.folded).into_iter().map(|term| (term, page, 0)));
    entries.extend(of_title.iter().map(|term| (*term, page, IN_TITLE)));
    entries.extend(of_title.first().map(|term| (*term, page, FIRST)));
    entries.extend(of_title.last().map(|term| (*term, page, END)));
    entries.extend(short_terms(title).into_iter().map(|term| (term, page, SHORT)));
    entries.sort_unstable();
    entries.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        kept.2 |= if same { next.2 } else { 0 };
        same
    });
    entries
}

/// Writes the lists of a term: all pages, those with it in the title, at its beginning, at its end.
fn lists_of(group: &[Entry], pages: usize) -> String {
    let with = |flag: u8| group.iter().filter(move |(.., flags)| flags & flag != 0);
    let all = if pages > FEW_PAGES && group.len() * 2 > pages {
        MOST.to_owned()
    } else {
        written(group.iter().map(|(_, page, _)| *page))
    };
    let titles = written(with(IN_TITLE | SHORT).map(|(_, page, _)| *page));
    let first = written(with(FIRST).map(|(_, page, _)| *page));
    let end = written(with(END).map(|(_, page, _)| *page));
    let lists = [all, titles, first, end].join(".");
    lists.trim_end_matches('.').to_owned()
}

/// Writes numbers that only grow.
fn written(numbers: impl Iterator<Item = u32>) -> String {
    let mut text = String::new();
    let mut next = 0;
    for number in numbers {
        let distance = number - next;
        next = number + 1;
        let start = text.len();
        let mut high = distance / 14;
        while high > 0 {
            text.insert(start, char::from(HIGH[(high % 5) as usize]));
            high /= 5;
        }
        text.push(char::from(LAST[(distance % 14) as usize]));
    }
    text
}

/// Writes a number as a short word.
pub(super) fn word(mut number: u64) -> String {
    let mut word = String::new();
    for _ in 0..9 {
        word.push(char::from(LAST[(number % 14) as usize]));
        number /= 14;
    }
    word
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn numbers_are_distances_in_letters() {
        assert_eq!(written([0, 1, 2].into_iter()), "bbb");
        assert_eq!(written([13, 28].into_iter()), "svb");
        // 9999 is 714 times 14 and 3; 714 is 10324 in base 5.
        assert_eq!(written([9_999].into_iter()), "vtywzf");
    }
}
