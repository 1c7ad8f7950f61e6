//! A mobile phone: eleven digits of a mobile block, alone, with the country's code or in groups.

use std::ops::Range;

use crate::detect::signs::{Chain, after, before, chain, follows, is_measured, is_piece, starts};
use crate::detect::{Certainty, Detector};
use crate::text::Phrase;

/// Finds mobile phones.
pub(super) struct Phone;

/// Words before a telephone number.
const WORDS: &[&str] = &["电话", "手机", "联系", "致电", "号码", "tel", "phone", "mobile"];

/// Letters that may stand right before a telephone number.
const PREFIXES: &[&str] = &["tel", "phone", "mobile", "mob", "call", "t", "p", "v", "vx", "wx"];

impl Detector for Phone {
    fn name(&self) -> &'static str {
        "phone"
    }

    fn label(&self) -> Phrase {
        Phrase::new("手机号", "mobile phone number")
    }

    fn find(&self, text: &str, found: &mut dyn FnMut(Range<usize>, Certainty)) {
        let mut done = 0;
        for start in starts(text) {
            if start < done {
                continue;
            }
            let first = text[start..].strip_prefix("0086").map_or(0, |_| 4);
            let first = text[start..].strip_prefix("86").map_or(first, |_| 2);
            if let Some((end, sure)) = number(text, start, start) {
                done = end;
                found(start..end, sure);
            } else if first > 0
                && let Some(digit) = chain(text, start, first + 1).place(first)
                && let Some((end, sure)) = number(text, start, digit)
            {
                done = end;
                found(start..end, sure);
            }
        }
    }
}

/// Reads a mobile number from `first` on, whose prefix begins at `start`.
fn number(text: &str, start: usize, first: usize) -> Option<(usize, Certainty)> {
    const LENGTH: usize = 11;
    let number = chain(text, first, LENGTH);
    if number.len() < LENGTH {
        return None;
    }
    let digits = number.digits(LENGTH);
    let end = number.end(LENGTH);
    if digits[0] != b'1' || digits[1] < b'3' || is_piece(text, start, end) {
        return None;
    }
    let shape = shape(&number, LENGTH)?;
    let said = follows(text, start, WORDS);
    let next = after(text, end);
    if next.is_some_and(|sign| sign.is_ascii_alphabetic()) || is_measured(text, end) {
        return None;
    }
    let last = before(text, start);
    if last.is_some_and(|sign| "¥$#".contains(sign)) || is_counted_in_fen(text, start) {
        return None;
    }
    if last.is_some_and(|sign| sign.is_ascii_alphanumeric()) {
        let word = text[..start].rsplit(|sign: char| !sign.is_ascii_alphanumeric()).next()?;
        if !PREFIXES.contains(&word) {
            return None;
        }
    }
    // In an address or a document number it may be anything.
    let inside = last.is_some_and(|sign| "/_=".contains(sign))
        || next.is_some_and(|sign| "/_号〔[".contains(sign))
        || is_coded(text, start);
    Some((end, if said || !inside { shape } else { Certainty::Likely }))
}

/// Returns whether letters and a hyphen stand right before a number, as in the number of a contract.
fn is_coded(text: &str, start: usize) -> bool {
    let Some(code) = text[..start].strip_suffix('-') else {
        return false;
    };
    let word = code.trim_end_matches(|sign: char| sign.is_ascii_alphanumeric()).len();
    let word = &code[word..];
    word.ends_with(|sign: char| sign.is_ascii_alphabetic()) && !PREFIXES.contains(&word)
}

/// Returns whether a number is a sum, as the site's own data writes one: `"fen": 13500000000`, with
/// whatever a table, a page or other data makes of the quotes.
fn is_counted_in_fen(text: &str, start: usize) -> bool {
    let word = |text: &'_ str| text.trim_end_matches(|sign: char| !sign.is_alphanumeric()).len();
    let end = word(&text[..start]);
    let head = &text[..end];
    let head = head.strip_suffix("quot").map_or(head, |head| &head[..word(head)]);
    head.ends_with("fen") && start - end <= LONGEST_SIGNS
}

/// So many signs may stand between the word and its number.
const LONGEST_SIGNS: usize = 8;

/// Returns how sure the grouping of digits makes a telephone number.
fn shape(number: &Chain<'_>, length: usize) -> Option<Certainty> {
    if number.is_whole(length) || number.is_spaced(length) {
        return Some(Certainty::Sure);
    }
    match number.groups(length).as_slice() {
        [3, 4, 4] | [3, 8] => Some(Certainty::Sure),
        [4, 4, 3] | [5, 6] | [6, 5] => Some(Certainty::Likely),
        // Seven digits and four are a sum and a year: 资金 1350000 2024年.
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Phone;
    use crate::detect::Certainty::{Likely, Sure};
    use crate::detect::tests::hits;

    #[test]
    fn a_number_is_found_however_it_is_grouped() {
        for number in [
            "19900001234",
            "199 0000 1234",
            "199-0000-1234",
            "199.0000.1234",
            "8619900001234",
            "86-199-0000-1234",
            "0086 19900001234",
            "1 9 9 0 0 0 0 1 2 3 4",
            "1-9-9-0-0-0-0-1-2-3-4",
        ] {
            assert_eq!(
                hits(&Phone, &format!("找他:{number}。")),
                [(number.to_owned(), Sure)],
                "{number}"
            );
        }
        assert_eq!(hits(&Phone, "tel19900001234").len(), 1);
        assert_eq!(hits(&Phone, "/19900001234.html")[0].1, Likely);
    }

    #[test]
    fn a_code_with_letters_and_a_hyphen_is_likely_only() {
        assert_eq!(hits(&Phone, "合同编号 HT-19900001234")[0].1, Likely);
        for text in ["tel-19900001234", "电话 HT-19900001234", "张-19900001234", "HT 19900001234"]
        {
            assert_eq!(hits(&Phone, text)[0].1, Sure, "{text}");
        }
    }

    #[test]
    fn parts_of_longer_numbers_sums_and_land_lines_pass() {
        for text in [
            "199000012345",
            "0.19900001234",
            "19900001234.50",
            "19900001234元",
            "¥19900001234",
            "a19900001234f",
            "0915-5212830",
            "12319900001234",
            "12900001234",
            "199,0000,1234",
            "1990000 1234",
            "{\"fen\": 19900001234}",
            "{\"fen\":19900001234}",
            "{\"\"fen\"\": 19900001234}",
            "{&quot;fen&quot;: 19900001234}",
        ] {
            assert!(hits(&Phone, text).is_empty(), "{text}");
        }
    }
}
