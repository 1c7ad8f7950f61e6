//! A passport: a letter or two and seven or eight digits, where a word says that it is one.

use std::ops::Range;

use crate::detect::signs::{after, before, follows, is_separator, starts};
use crate::detect::{Certainty, Detector};
use crate::text::Phrase;

/// Finds numbers of passports.
pub(super) struct Passport;

/// Words before the number of a passport or travel permit.
const WORDS: &[&str] = &["护照", "通行证", "passport"];

impl Detector for Passport {
    fn name(&self) -> &'static str {
        "passport"
    }

    fn label(&self) -> Phrase {
        Phrase::new("护照号", "passport number")
    }

    fn find(&self, text: &str, found: &mut dyn FnMut(Range<usize>, Certainty)) {
        for digit in starts(text) {
            let head = text[..digit].trim_end_matches(is_separator);
            let word = head.rsplit(|sign: char| !sign.is_ascii_alphabetic()).next().unwrap_or("");
            let start = head.len() - word.len();
            let number = crate::detect::signs::chain(text, digit, 10);
            let length = number.len();
            if !(1..=2).contains(&word.len())
                || !(7..=9).contains(&(length + word.len() - 1))
                || length > 8
            {
                continue;
            }
            let end = number.end(length);
            let alone = !after(text, end).is_some_and(|sign| sign.is_ascii_alphanumeric())
                && !before(text, start).is_some_and(|sign| sign.is_ascii_alphanumeric());
            if alone && follows(text, start, WORDS) {
                found(start..end, Certainty::Sure);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Passport;
    use crate::detect::tests::hits;

    #[test]
    fn a_word_makes_a_passport() {
        for text in
            ["护照号E99000123", "护照:G 99000123", "Passport No. EA9900123", "港澳通行证C99000123"]
        {
            assert_eq!(hits(&Passport, text).len(), 1, "{text}");
        }
        for text in [
            "E99000123",
            "护照办理须知2024",
            "护照 12345678",
            "护照编号ABC12345678",
            "护照E990001234567",
        ] {
            assert!(hits(&Passport, text).is_empty(), "{text}");
        }
    }
}
