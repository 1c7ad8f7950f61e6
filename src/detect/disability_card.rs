//! A disability certificate: an identity number, then the sort (1 to 7) and the degree (1 to 4).

use std::ops::Range;

use crate::detect::id_number::eighteen;
use crate::detect::signs::{after, starts};
use crate::detect::{Certainty, Detector};
use crate::text::Phrase;

/// Finds numbers of disability certificates.
pub(super) struct DisabilityCard;

impl Detector for DisabilityCard {
    fn name(&self) -> &'static str {
        "disability-card"
    }

    fn label(&self) -> Phrase {
        Phrase::new("残疾证号", "number of a disability certificate")
    }

    fn find(&self, text: &str, found: &mut dyn FnMut(Range<usize>, Certainty)) {
        for start in starts(text) {
            let Some((end, true)) = eighteen(text, start) else {
                continue;
            };
            let rest = &text[end..];
            let blank = rest.len() - rest.trim_start_matches([' ', '-', '*']).len();
            let [sort @ b'1'..=b'7', degree @ b'1'..=b'4', ..] = rest.as_bytes()[blank..] else {
                continue;
            };
            debug_assert!(sort.is_ascii_digit() && degree.is_ascii_digit());
            let end = end + blank + 2;
            // A certificate made out again has a letter and a digit more.
            let again = text[end..]
                .strip_prefix('b')
                .is_some_and(|rest| rest.starts_with(|sign: char| sign.is_ascii_digit()));
            let end = if again { end + 2 } else { end };
            if blank <= 2 && !after(text, end).is_some_and(|sign| sign.is_ascii_alphanumeric()) {
                found(start..end, Certainty::Sure);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::DisabilityCard;
    use crate::detect::tests::hits;

    #[test]
    fn sort_and_degree_follow_an_identity_number() {
        for number in ["99010119700307001643", "990101197003070016 43", "99010119700307001643b1"] {
            assert_eq!(hits(&DisabilityCard, number).len(), 1, "{number}");
        }
        for text in [
            "990101197003070016",
            "99010119700307001683",
            "990101197003070016435",
            "99010119700307001743",
        ] {
            assert!(hits(&DisabilityCard, text).is_empty(), "{text}");
        }
    }
}
