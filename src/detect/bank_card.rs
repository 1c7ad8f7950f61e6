//! A bank or social-security card: sixteen to nineteen digits that pass the Luhn check.

use std::ops::Range;

use crate::detect::id_number::eighteen;
use crate::detect::signs::{Chain, after, before, chain, follows, is_measured, is_piece, starts};
use crate::detect::{Certainty, Detector};
use crate::text::Phrase;

/// Finds cards.
pub(super) struct BankCard;

/// Words before the number of an account.
const WORDS: &[&str] = &[
    "卡号",
    "账号",
    "帐号",
    "账户",
    "帐户",
    "银行",
    "信用社",
    "社保",
    "一卡通",
    "存折",
    "开户",
    "card",
];

/// Words that only the number of a card follows.
const CARD_WORDS: &[&str] = &["卡号", "银行卡", "社保卡", "一卡通", "存折"];

impl Detector for BankCard {
    fn name(&self) -> &'static str {
        "bank-card"
    }

    fn label(&self) -> Phrase {
        Phrase::new("银行卡或社保卡号", "bank or social-security card number")
    }

    fn find(&self, text: &str, found: &mut dyn FnMut(Range<usize>, Certainty)) {
        for start in starts(text) {
            let number = chain(text, start, 20);
            let best = (16..=19)
                .rev()
                .filter(|length| number.len() >= *length && is_card_shape(&number, *length))
                .find_map(|length| Some((length, certainty(text, start, &number, length)?)));
            if let Some((length, sure)) = best {
                found(start..number.end(length), sure);
            }
        }
    }
}

/// Returns whether digits are grouped as on a card, or not at all.
fn is_card_shape(number: &Chain<'_>, length: usize) -> bool {
    if number.is_whole(length) || number.is_spaced(length) {
        return true;
    }
    match number.groups(length).as_slice() {
        [6, rest] => *rest >= 10,
        [fours @ .., last] => fours.len() >= 3 && fours.iter().all(|four| *four == 4) && *last <= 4,
        [] => false,
    }
}

/// Returns how sure it is that digits are a card.
fn certainty(text: &str, start: usize, number: &Chain<'_>, length: usize) -> Option<Certainty> {
    let end = number.end(length);
    let next_to_letter = |sign: Option<char>| sign.is_some_and(|sign| sign.is_ascii_alphabetic());
    if is_piece(text, start, end) || next_to_letter(after(text, end)) || is_measured(text, end) {
        return None;
    }
    // An identity number is found as such.
    if length == 18 && eighteen(text, start).is_some_and(|(_, right)| right) {
        return None;
    }
    let digits = number.digits(length);
    if !passes_luhn(&digits) {
        return follows(text, start, CARD_WORDS).then_some(Certainty::Likely);
    }
    if follows(text, start, WORDS) {
        return Some(Certainty::Sure);
    }
    let inside = next_to_letter(before(text, start))
        || before(text, start).is_some_and(|sign| "/_=".contains(sign))
        || after(text, end).is_some_and(|sign| "/_".contains(sign));
    if inside {
        return None;
    }
    match (&digits[..2], length) {
        // The block of this country's banks, and 99 for examples.
        (b"62" | b"99", 16 | 19) => Some(Certainty::Sure),
        (b"62" | b"99", _) | ([b'4' | b'5', _], 16) => Some(Certainty::Likely),
        _ => None,
    }
}

/// Returns whether digits pass the Luhn check.
fn passes_luhn(digits: &[u8]) -> bool {
    let double = |digit: u8| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let from_the_end = digits.iter().rev().map(|digit| digit - b'0').enumerate();
    let sum: u32 = from_the_end
        .map(|(at, digit)| u32::from(if at % 2 == 1 { double(digit) } else { digit }))
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::{BankCard, passes_luhn};
    use crate::detect::Certainty::{Likely, Sure};
    use crate::detect::tests::hits;

    /// Returns a number with its last digit so that the check passes.
    fn card(body: &str) -> String {
        let right = |last: &u8| passes_luhn(format!("{body}{last}").as_bytes());
        let last = (0..10).find(right).expect("one of ten digits is right");
        format!("{body}{last}")
    }

    #[test]
    fn the_check_and_the_block_prove_a_card() {
        let nineteen = card("990012345678901234");
        assert_eq!(hits(&BankCard, &nineteen), [(nineteen.clone(), Sure)]);
        let groups: Vec<&str> = (0..5).map(|at| &nineteen[at * 4..(at * 4 + 4).min(19)]).collect();
        for grouped in [groups.join(" "), groups.join("-")] {
            assert_eq!(hits(&BankCard, &grouped), [(grouped.clone(), Sure)]);
        }
        let seventeen = card("9900123456789012");
        assert_eq!(hits(&BankCard, &seventeen)[0].1, Likely);
        assert_eq!(hits(&BankCard, &format!("卡号{seventeen}"))[0].1, Sure);
    }

    #[test]
    fn other_long_numbers_pass() {
        let wrong = format!("{}0", card("99001234567890123"));
        for text in [
            if passes_luhn(wrong.as_bytes()) { "" } else { &wrong },
            &format!("/{}", card("990012345678901234")),
            &format!("0.{}", card("990012345678901234")),
            &format!("{}元", card("990012345678901234")),
            &card("1162082101394702"),
            "20230619152231630",
        ] {
            assert!(hits(&BankCard, text).is_empty(), "{text}");
        }
    }
}
