//! A resident identity number: eighteen signs with a day that was and a right check digit, or fifteen
//! of the old form.

use std::ops::Range;

use crate::detect::signs::{after, before, chain, follows, is_piece, is_tail, starts};
use crate::detect::{Certainty, Detector};
use crate::text::{Day, Phrase};

/// Finds resident identity numbers.
pub(super) struct IdNumber;

/// Words before an identity number.
const WORDS: &[&str] =
    &["身份证", "证件号", "身份号", "公民身份", "sfz", "identity", "id number", "idcard"];

impl Detector for IdNumber {
    fn name(&self) -> &'static str {
        "id-number"
    }

    fn label(&self) -> Phrase {
        Phrase::new("身份证号", "identity number")
    }

    fn find(&self, text: &str, found: &mut dyn FnMut(Range<usize>, Certainty)) {
        for start in starts(text) {
            let said = || follows(text, start, WORDS);
            if let Some((end, right)) = eighteen(text, start) {
                if !after(text, end).is_some_and(|sign| sign.is_ascii_alphanumeric()) {
                    if right {
                        found(start..end, Certainty::Sure);
                    } else if said() || is_alone(text, start, end) {
                        // Somebody mistyped it: still somebody's.
                        found(start..end, Certainty::Likely);
                    }
                }
            } else if let Some(end) = fifteen(text, start) {
                let sure = if said() { Certainty::Sure } else { Certainty::Likely };
                found(start..end, sure);
            }
        }
    }
}

/// Returns whether eighteen signs stand together and for themselves, and not in an address or a code.
fn is_alone(text: &str, start: usize, end: usize) -> bool {
    let joins = |sign: char| sign.is_ascii_alphanumeric() || "_/-.:=".contains(sign);
    text[start..end].bytes().all(|byte| byte.is_ascii_alphanumeric())
        && !before(text, start).is_some_and(joins)
        && !after(text, end).is_some_and(joins)
}

/// Reads eighteen signs of a possible region and day; returns where they end, and whether the check
/// sign is right.
pub(super) fn eighteen(text: &str, start: usize) -> Option<(usize, bool)> {
    let body = chain(text, start, 17);
    if body.len() < 17 {
        return None;
    }
    let digits = body.digits(17);
    if !is_region(&digits) || !was_day(&digits[6..14]) || is_tail(text, start) {
        return None;
    }
    let first = body.end(17);
    let rest = text[first..].trim_start_matches(|sign: char| "*_`~ -·.".contains(sign));
    let sign = rest.chars().next()?;
    // Separators before the last sign, but no more than between others.
    let gap = text.len() - first - rest.len();
    let check = match sign {
        '0'..='9' => u8::try_from(sign).ok()?,
        'x' | '×' | '✕' | '✖' => b'X',
        _ => return None,
    };
    (gap <= 3).then(|| (first + gap + sign.len_utf8(), check_sign(&digits) == check))
}

/// Reads fifteen digits of the old form; returns where they end.
fn fifteen(text: &str, start: usize) -> Option<usize> {
    let number = chain(text, start, 16);
    if number.len() < 15 {
        return None;
    }
    let whole = number.is_whole(15);
    if !whole && number.groups(15) != [6, 6, 3] {
        return None;
    }
    let (digits, end) = (number.digits(15), number.end(15));
    let year = [b"19".as_slice(), &digits[6..12]].concat();
    let alone = !is_piece(text, start, end)
        && !before(text, start)
            .is_some_and(|sign| sign.is_ascii_alphabetic() || "_/".contains(sign))
        && !after(text, end)
            .is_some_and(|sign| sign.is_ascii_alphanumeric() || "_/".contains(sign));
    (alone && is_region(&digits) && was_day(&year)).then_some(end)
}

/// Returns whether digits begin like the code of a region; 99 is that of examples.
fn is_region(digits: &[u8]) -> bool {
    const PROVINCES: [u8; 36] = [
        11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51,
        52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83, 99,
    ];
    let province = (digits[0] - b'0') * 10 + (digits[1] - b'0');
    PROVINCES.contains(&province)
}

/// Returns whether eight digits are a day on which somebody living may have been born.
fn was_day(digits: &[u8]) -> bool {
    let number =
        |digits: &[u8]| digits.iter().fold(0_i16, |sum, digit| sum * 10 + i16::from(digit - b'0'));
    let (year, month, day) = (number(&digits[..4]), number(&digits[4..6]), number(&digits[6..]));
    let (Ok(month), Ok(day)) = (i8::try_from(month), i8::try_from(day)) else {
        return false;
    };
    (1900..2050).contains(&year) && Day::new(year, month, day).is_some()
}

/// Returns the check sign of seventeen digits (GB 11643).
fn check_sign(digits: &[u8]) -> u8 {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 =
        digits.iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    b"10X98765432"[sum as usize % 11]
}

#[cfg(test)]
mod tests {
    use super::IdNumber;
    use crate::detect::Certainty::{Likely, Sure};
    use crate::detect::tests::hits;

    #[test]
    fn day_and_check_sign_prove_a_number() {
        let right = "990101197003070016";
        let found = hits(&IdNumber, &format!("号码{right}。"));
        let wrong = format!("{}7", &right[..17]);
        assert_eq!(found, [(right.to_owned(), Sure)]);
        // Mistyped by one digit it is still somebody's, unless it is a part of something else.
        assert_eq!(hits(&IdNumber, &format!("补发{wrong}的")), [(wrong.clone(), Likely)]);
        assert!(hits(&IdNumber, &format!("/a/{wrong}.html")).is_empty());
        assert!(hits(&IdNumber, &format!("编号A-{wrong}")).is_empty());
        assert_eq!(hits(&IdNumber, &format!("身份证{wrong}。")), [(wrong, Likely)]);
        for day in ["990101197002300012", "990101187003070012", "000101197003070012"] {
            assert!(hits(&IdNumber, day).is_empty(), "{day}");
        }
        assert!(hits(&IdNumber, &format!("{right}5")).is_empty(), "a longer number");
    }

    #[test]
    fn the_old_form_is_likely_unless_a_word_says_so() {
        assert_eq!(hits(&IdNumber, "990101700307001"), [("990101700307001".to_owned(), Likely)]);
        assert_eq!(hits(&IdNumber, "身份证号:990101700307001")[0].1, Sure);
        assert!(hits(&IdNumber, "990101701307001").is_empty(), "month thirteen");
        assert!(hits(&IdNumber, "202403151234567").is_empty(), "no region");
    }
}
