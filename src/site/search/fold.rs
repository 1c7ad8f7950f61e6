//! The folded form of words: what a reader types and what a page says become the same letters.
//!
//! Full-width signs are narrow, brackets and dashes of every sort are one, capitals are small, and
//! Traditional characters are simplified. `assets/search.js` folds what is typed in the same way; a
//! test holds the two together.

use std::collections::{BTreeMap, BTreeSet};

/// Pairs of a Traditional character and its simplified one.
const PAIRS: &str = include_str!("traditional.txt");

/// Signs that are written in several ways, each before the one they become.
const SIGNS: &str = "〔(【(〖([(〕)】)〗)])—-–-‐-‑-−-―-“\"”\"„\"‘'’'•·・·";

/// What folds: the characters and signs that become others.
pub(crate) struct Folding {
    /// Traditional characters with their simplified ones.
    letters: BTreeMap<char, char>,
    signs: BTreeMap<char, char>,
}

impl Folding {
    /// Reads the pairs.
    pub(crate) fn new() -> Self {
        let lines = PAIRS.lines().filter(|line| !line.starts_with('#'));
        Self { letters: lines.flat_map(pairs).collect(), signs: pairs(SIGNS).collect() }
    }

    /// Folds a text; spaces at its ends go, and several are one.
    pub(crate) fn fold(&self, text: &str) -> String {
        let mut folded = String::with_capacity(text.len());
        for letter in text.chars() {
            // Most signs of papers are plain ones.
            if letter.is_ascii_alphanumeric() {
                folded.push(letter.to_ascii_lowercase());
                continue;
            }
            let narrow = match letter {
                '\u{ff01}'..='\u{ff5e}' => {
                    char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter)
                }
                other => other,
            };
            if is_unseen(narrow) {
                continue;
            }
            if narrow.is_ascii_whitespace() || matches!(narrow, '\u{a0}' | '\u{3000}') {
                if !folded.is_empty() && !folded.ends_with(' ') {
                    folded.push(' ');
                }
                continue;
            }
            let sign = self.signs.get(&narrow).copied().unwrap_or(narrow);
            let plain = self.letters.get(&sign).copied().unwrap_or(sign);
            folded.push(plain.to_ascii_lowercase());
        }
        folded.truncate(folded.trim_end().len());
        folded
    }

    /// Returns the pairs whose simplified character is one of these, as two texts of one length.
    pub(crate) fn for_letters(&self, known: &BTreeSet<char>) -> (String, String) {
        self.letters.iter().filter(|(_, plain)| known.contains(plain)).unzip()
    }
}

/// Returns the pairs of a text.
fn pairs(text: &str) -> impl Iterator<Item = (char, char)> + '_ {
    let mut letters = text.chars();
    std::iter::from_fn(move || Some((letters.next()?, letters.next()?)))
}

/// Returns whether a sign is one that nobody sees.
const fn is_unseen(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Folding;

    #[test]
    fn what_reads_alike_folds_alike() {
        let folding = Folding::new();
        for (typed, folded) in [
            ("ＧＳ－２０２１", "gs-2021"),
            ("明农发〔2023〕12号", "明农发(2023)12号"),
            ("明农发【2023】12号", "明农发(2023)12号"),
            ("明農發[2023]12號", "明农发(2023)12号"),
            ("石橋村", "石桥村"),
            ("　石桥村  公示 ", "石桥村 公示"),
            ("石\u{200b}桥", "石桥"),
            ("3—5月", "3-5月"),
        ] {
            assert_eq!(folding.fold(typed), folded);
        }
    }

    #[test]
    fn what_is_folded_stays_as_it_is() {
        let folding = Folding::new();
        for plain in folding.letters.values() {
            let plain = plain.to_string();
            assert_eq!(folding.fold(&plain), plain);
        }
    }

    #[test]
    fn only_pairs_of_the_site_are_given_out() {
        let (from, to) = Folding::new().for_letters(&BTreeSet::from(['桥', '一']));
        assert_eq!((from.as_str(), to.as_str()), ("橋", "桥"));
    }
}
