//! The terms of a text: the pairs of neighbouring characters by which it is found.
//!
//! In a run of letters and digits every two neighbours are a term; three where all are ASCII, since
//! two digits stand in every page. Any part of a text that has terms is found by them, so a query
//! needs no dictionary of words. `assets/search.js` takes a query apart in the same way.

/// A term: up to three characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Term([char; 3]);

/// What stands in place of a character that a term does not have.
const NONE: char = '\0';

impl Term {
    /// Makes a term of characters.
    const fn new(first: char, second: char, third: char) -> Self {
        Self([first, second, third])
    }

    /// Returns its characters.
    pub(crate) fn letters(self) -> impl Iterator<Item = char> {
        self.0.into_iter().filter(|letter| *letter != NONE)
    }

    /// Returns which of so many shelves it stands on; the number is a power of two.
    pub(crate) fn shelf(self, shelves: usize) -> usize {
        let mix = |hash: u32, letter: char| (hash ^ u32::from(letter)).wrapping_mul(16_777_619);
        let hash = self.letters().fold(2_166_136_261, mix);
        (hash ^ (hash >> 15)) as usize & (shelves - 1)
    }
}

/// Returns the terms of a folded text, in their order.
pub(crate) fn terms(text: &str) -> Vec<Term> {
    let mut found = Vec::with_capacity(text.len() / 3);
    for run in runs(text) {
        for (at, pair) in run.windows(2).enumerate() {
            let [first, second] = [pair[0], pair[1]];
            if !(first.is_ascii() && second.is_ascii()) {
                found.push(Term::new(first, second, NONE));
            } else if let Some(third) = run.get(at + 2).filter(|third| third.is_ascii()) {
                found.push(Term::new(first, second, *third));
            }
        }
    }
    found
}

/// Returns what a query too short for terms is found by: single characters, and two of ASCII.
pub(crate) fn short_terms(text: &str) -> Vec<Term> {
    let mut found = Vec::new();
    for run in runs(text) {
        found.extend(run.iter().map(|letter| Term::new(*letter, NONE, NONE)));
        let pairs = run.windows(2).filter(|pair| pair.iter().all(char::is_ascii));
        found.extend(pairs.map(|pair| Term::new(pair[0], pair[1], NONE)));
    }
    found
}

/// Returns the runs of letters and digits.
fn runs(text: &str) -> impl Iterator<Item = Vec<char>> + '_ {
    let runs = text.split(|letter| !is_letter(letter)).filter(|run| !run.is_empty());
    runs.map(|run| run.chars().collect())
}

/// Returns whether a folded character is a letter or digit; ranges, so that the script has the same.
const fn is_letter(letter: char) -> bool {
    matches!(
        letter,
        'a'..='z'
            | '0'..='9'
            | '\u{c0}'..='\u{1fff}'
            | '\u{3005}'..='\u{3007}'
            | '\u{3400}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3ffff}'
    )
}

#[cfg(test)]
mod tests {
    use super::{short_terms, terms};

    fn words(text: &str) -> Vec<String> {
        terms(text).into_iter().map(|term| term.letters().collect()).collect()
    }

    #[test]
    fn characters_go_in_pairs_and_ascii_in_threes() {
        assert_eq!(words("石桥村"), ["石桥", "桥村"]);
        assert_eq!(words("gs-2021"), ["202", "021"]);
        assert_eq!(words("12月3日,a"), ["2月", "月3", "3日"]);
        assert!(words("村、a1 -").is_empty());
    }

    #[test]
    fn a_pair_never_spans_a_sign() {
        assert_eq!(words("截留、挪用"), ["截留", "挪用"]);
    }

    #[test]
    fn a_short_query_has_terms_of_its_own() {
        let words: Vec<String> =
            short_terms("桥 a1").into_iter().map(|term| term.letters().collect()).collect();
        assert_eq!(words, ["桥", "a", "1", "a1"]);
    }

    #[test]
    fn a_shelf_is_the_same_everywhere() {
        // The numbers are those of the script, worked out with it.
        let shelf = |text: &str| terms(text)[0].shelf(1024);
        assert_eq!([shelf("石桥"), shelf("202"), shelf("公示")], [879, 1017, 501]);
    }
}
