//! A resident identity number of eighteen signs: a day that was and a right check digit.

use std::ops::Range;

use crate::detect::{Certainty, Detector};
use crate::text::Phrase;

/// Finds resident identity numbers.
pub(super) struct IdNumber;

impl Detector for IdNumber {
    fn name(&self) -> &'static str {
        "id-number"
    }

    fn label(&self) -> Phrase {
        Phrase::new("身份证号", "identity number")
    }

    fn find(&self, text: &str, found: &mut dyn FnMut(Range<usize>, Certainty)) {
        let bytes = text.as_bytes();
        let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        for start in (0..bytes.len()).filter(|at| digit(*at) && (*at == 0 || !digit(at - 1))) {
            let number = bytes.get(start..start + 18);
            if number.is_some_and(is_number) && !digit(start + 18) {
                found(start..start + 18, Certainty::Sure);
            }
        }
    }
}

/// Returns whether eighteen signs are an identity number (GB 11643).
fn is_number(signs: &[u8]) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    if !signs[..17].iter().all(u8::is_ascii_digit) {
        return false;
    }
    let sum: u32 =
        signs.iter().zip(WEIGHTS).map(|(sign, weight)| u32::from(sign - b'0') * weight).sum();
    b"10X98765432"[sum as usize % 11] == signs[17].to_ascii_uppercase()
}
