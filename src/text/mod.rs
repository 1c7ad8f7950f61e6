//! Words, numbers and days as people write them: the vocabulary below every other module.
//!
//! Nothing here knows of files, kinds or pages. Amounts and quantities are exact; there is no
//! floating point, no clock and no locale.

pub mod day;
pub mod decimal;
pub mod document_number;
pub mod money;
pub mod normal;
pub mod number;
pub mod period;
pub mod phrase;
pub mod script;

pub use day::Day;
pub use decimal::Decimal;
pub use money::{Money, MoneyFault, MoneyUnit, grouped};
pub use period::Period;
pub use phrase::{Lang, Phrase};
pub use script::Script;

/// Returns the candidate nearest to `word`, if one is near enough to be a slip of the pen.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = (word.chars().count() / 3).clamp(1, 3);
    candidates
        .into_iter()
        .map(|candidate| (strsim::osa_distance(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        // People get the beginning of a word right more often than its end.
        .min_by_key(|(distance, candidate)| {
            (*distance, usize::MAX - common_prefix(word, candidate))
        })
        .map(|(_, candidate)| candidate)
}

/// Returns a number with its English noun.
#[must_use]
pub fn plural<N: Copy + std::fmt::Display + PartialEq + From<u8>>(count: N, noun: &str) -> String {
    let many = count != N::from(1);
    format!("{count} {noun}{}", if many { "s" } else { "" })
}

/// Returns how many characters two words begin with in common.
fn common_prefix(left: &str, right: &str) -> usize {
    left.chars().zip(right.chars()).take_while(|(left, right)| left == right).count()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn nearest_name_is_found_and_far_ones_are_not() {
        assert_eq!(nearest("amout", ["amount", "about"]), Some("amount"));
        assert_eq!(nearest("plannde", ["planned", "placed"]), Some("planned"));
        assert_eq!(nearest("zzz", ["amount", "about"]), None);
    }
}
