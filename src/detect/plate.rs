//! A vehicle's licence plate: a province, a letter and five or six signs.

use std::ops::Range;

use crate::detect::signs::is_separator;
use crate::detect::{Certainty, Detector};
use crate::text::Phrase;

/// Finds licence plates.
pub(super) struct Plate;

/// What provinces are called on plates.
pub(super) const PROVINCES: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";

/// What may stand in the last place.
const LAST: &str = "挂学警港澳领";

impl Detector for Plate {
    fn name(&self) -> &'static str {
        "plate"
    }

    fn label(&self) -> Phrase {
        Phrase::new("车牌号", "licence plate")
    }

    fn find(&self, text: &str, found: &mut dyn FnMut(Range<usize>, Certainty)) {
        for (start, province) in text.char_indices() {
            if !('一'..='龥').contains(&province) || !PROVINCES.contains(province) {
                continue;
            }
            if let Some((length, sure)) = plate(&text[start + province.len_utf8()..]) {
                found(start..start + province.len_utf8() + length, sure);
            }
        }
    }
}

/// Reads what follows the province; returns its length.
fn plate(text: &str) -> Option<(usize, Certainty)> {
    let mut signs: Vec<char> = Vec::with_capacity(8);
    let mut end = 0;
    let (mut gap, mut gaps) = (0, 0);
    for (at, sign) in text.char_indices() {
        if sign.is_ascii_alphanumeric() {
            // The usual point stands behind the letter.
            gaps += usize::from(gap > 0 && signs.len() > 1);
            signs.push(sign);
            end = at + 1;
            gap = 0;
        } else if signs.len() == 5 && LAST.contains(sign) {
            signs.push('0');
            end = at + sign.len_utf8();
            gap = 0;
        } else if is_separator(sign) && gap < 2 && !(signs.is_empty() && sign == '.') {
            gap += 1;
        } else {
            break;
        }
        if signs.len() > 7 {
            break;
        }
    }
    let [letter, rest @ ..] = signs.as_slice() else {
        return None;
    };
    let digits = rest.iter().filter(|sign| sign.is_ascii_digit()).count();
    let letters = rest.len() - digits;
    let good = letter.is_ascii_alphabetic()
        && *letter != 'i'
        && !rest.iter().any(|sign| "io".contains(*sign))
        && match rest.len() {
            5 => letters <= 2,
            // New energy: the letter stands first or last.
            6 => letters <= 2 && (rest[0].is_ascii_alphabetic() || rest[5].is_ascii_alphabetic()),
            _ => false,
        };
    good.then_some((end, if gaps == 0 { Certainty::Sure } else { Certainty::Likely }))
}

#[cfg(test)]
mod tests {
    use super::Plate;
    use crate::detect::Certainty::{Likely, Sure};
    use crate::detect::tests::hits;

    #[test]
    fn plates_of_both_sorts_are_found() {
        for text in
            ["陕A12345", "陕A·12345", "川AD12345", "粤B1234D", "渝D 1A234", "陕A1234学", "陕a12345"]
        {
            assert_eq!(hits(&Plate, &format!("车辆{text}已报废"))[0].1, Sure, "{text}");
        }
        assert_eq!(hits(&Plate, "陕 A 1 2 3 4 5")[0].1, Likely);
    }

    #[test]
    fn document_numbers_and_roads_pass() {
        for text in [
            "新G30高速",
            "云A计划",
            "甘A2024001号",
            "川B、12345",
            "京ICP备12345678号",
            "新ABCDEF",
            "陕A123456789",
        ] {
            assert!(hits(&Plate, text).is_empty(), "{text}");
        }
    }
}
