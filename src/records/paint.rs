//! Painting over: what is said in a terminal or a log is a publication, so names of files that give
//! somebody away are not said.

use crate::detect::{self, DETECTORS};
use crate::records::withheld::Withheld;
use crate::text::normal::{Escapes, Folded, Writing, fold_into};

/// Returns a name with whatever looks like personal data covered: a file that nobody reads may be called
/// by somebody's number.
pub(in crate::records) fn covered(name: &str) -> String {
    let hits = detect::find(DETECTORS, name.as_bytes(), Writing::Plain);
    let hidden = |at: usize| hits.iter().any(|hit| hit.range.contains(&at));
    name.char_indices().map(|(at, letter)| if hidden(at) { '*' } else { letter }).collect()
}

impl Withheld {
    /// Returns whether some words hold a withheld value, however it is written.
    #[must_use]
    pub fn holds(&self, words: &str) -> bool {
        let mut folded = Folded::default();
        [Escapes::Decoded, Escapes::Plain].into_iter().any(|escapes| {
            fold_into(words.as_bytes(), (Writing::Plain, escapes), &mut folded);
            self.betrayed_in(&folded)
        })
    }

    /// Returns the path of a file or address, painted over from the part on that holds a withheld
    /// value.
    #[must_use]
    pub fn paint(&self, path: &str) -> String {
        if !self.holds(path) {
            return path.to_owned();
        }
        let mut clean = String::new();
        for part in path.split('/') {
            let longer = format!("{clean}{part}");
            if self.holds(&longer) {
                break;
            }
            clean = format!("{longer}/");
        }
        format!("{clean}***")
    }
}

#[cfg(test)]
mod tests {
    use super::covered;

    #[test]
    fn a_number_in_a_name_is_covered_and_the_rest_stays() {
        assert_eq!(covered("lists/990199197001010015.xlsx"), "lists/******************.xlsx");
        assert_eq!(covered("notices/2025/公示.md.txt"), "notices/2025/公示.md.txt");
    }
}
