//! Painting over: what is said in a terminal or a log is a publication, so names of files that give
//! somebody away are not said.

use crate::records::withheld::Withheld;
use crate::text::normal::{Escapes, Folded, Writing, fold_into};

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
