//! A code with a shape of its own, and where there is one, a check digit.

use crate::diag::code::BAD_CODE;
use crate::records::schema::FieldDef;
use crate::records::schema::field::{Fault, FieldType, Raw, Reading, quoted, words};
use crate::records::value::Value;
use crate::text::{Day, Phrase, document_number};

/// A code with a shape of its own.
pub(super) struct CodeType;

/// A shape that codes may have.
struct Format {
    name: &'static str,
    fits: fn(&str) -> bool,
    zh: &'static str,
    en: &'static str,
}

/// Every shape. `free` and unnamed codes are plain words.
const FORMATS: &[Format] = &[
    Format {
        name: "id-number",
        fits: is_id_number,
        zh: "身份证号码的位数、出生日期或校验码不对",
        en: "the length, birth date or check digit of the identity number is wrong",
    },
    Format {
        name: "bank-card",
        fits: is_bank_card,
        zh: "银行卡号应是12到19位数字,16位以上校验码要对",
        en: "a card number has 12 to 19 digits, and from 16 digits on a correct check digit",
    },
    Format {
        name: "credit-code",
        fits: is_credit_code,
        zh: "统一社会信用代码的位数或校验码不对",
        en: "the length or check digit of the unified social credit code is wrong",
    },
    Format {
        name: "document-number",
        fits: is_document_number,
        zh: "发文字号的年份要写四位数字,用六角括号,例如 明财农〔2025〕3号",
        en: "the year of a document number has four digits in 〔〕, as in 明财农〔2025〕3号",
    },
    Format {
        name: "index-number",
        fits: is_index_number,
        zh: "索引号只含字母、数字、连字符和斜线",
        en: "an index number has letters, digits, hyphens and slashes only",
    },
];

impl FieldType for CodeType {
    fn name(&self) -> &'static str {
        "code"
    }

    fn read(&self, raw: Raw<'_>, reading: &Reading<'_>) -> Result<Value, Fault> {
        let text = match raw {
            Raw::Number(text) => text,
            Raw::Text(_) | Raw::Flag(_) | Raw::When(_) | Raw::List | Raw::Table => raw.text()?,
        };
        let wanted = reading.field.format.as_deref().unwrap_or("free");
        match FORMATS.iter().find(|format| format.name == wanted) {
            Some(format) if !(format.fits)(text) => {
                let help = match format.name {
                    "document-number" => {
                        Phrase::new("照原件写全年份", "write the year in full, as on the paper")
                    }
                    _ => Phrase::new("对照原件核对号码", "compare the code with the original"),
                };
                Err(Fault::new(BAD_CODE, Phrase::new(format.zh, format.en)).help(help))
            }
            _ => words(Raw::Text(text)),
        }
    }

    fn example(&self, _field: &FieldDef) -> String {
        quoted("……")
    }
}

/// Returns whether a format with this name exists.
pub(in crate::records) fn is_format(name: &str) -> bool {
    name == "free" || FORMATS.iter().any(|format| format.name == name)
}

/// Returns whether a text is a resident identity number of 18 or 15 digits (GB 11643).
fn is_id_number(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digits = |range: std::ops::Range<usize>| bytes[range].iter().all(u8::is_ascii_digit);
    let born = |year: &str, rest: &str| {
        Day::parse(&format!("{year}-{}-{}", &rest[..2], &rest[2..])).is_some()
    };
    match bytes.len() {
        15 => digits(0..15) && born(&format!("19{}", &text[6..8]), &text[8..12]),
        18 => {
            digits(0..17)
                && born(&text[6..10], &text[10..14])
                && check_digit(&bytes[..17]) == bytes[17].to_ascii_uppercase()
        }
        _ => false,
    }
}

/// Returns the check digit of the first seventeen digits.
fn check_digit(digits: &[u8]) -> u8 {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const MARKS: &[u8; 11] = b"10X98765432";
    let sum: u32 =
        digits.iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    MARKS[(sum % 11) as usize]
}

/// Returns whether a text is a card number; the check digit is demanded from 16 digits on.
fn is_bank_card(text: &str) -> bool {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    digits && (12..=19).contains(&text.len()) && (text.len() < 16 || passes_luhn(text))
}

/// Returns whether a row of digits passes the Luhn check.
fn passes_luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(index, byte)| {
            let digit = u32::from(byte - b'0') * if index % 2 == 1 { 2 } else { 1 };
            if digit > 9 { digit - 9 } else { digit }
        })
        .sum();
    sum.is_multiple_of(10)
}

/// Returns whether a text is a unified social credit code (GB 32100).
fn is_credit_code(text: &str) -> bool {
    const LETTERS: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    if text.len() != 18 || !text.is_ascii() {
        return false;
    }
    let places: Option<Vec<usize>> = text.chars().map(|letter| LETTERS.find(letter)).collect();
    let Some(places) = places else {
        return false;
    };
    let mut weight = 1;
    let mut sum = 0;
    for place in &places[..17] {
        sum += place * weight;
        weight = weight * 3 % 31;
    }
    places[17] == (31 - sum % 31) % 31
}

/// Returns whether all square brackets of a text are around a year, so that it can be shown with the
/// brackets it should have.
fn is_document_number(text: &str) -> bool {
    let shown = document_number::shown(text);
    let wrong = shown.contains(['[', ']', '【', '】', '﹝', '﹞', '［', '］']);
    !text.trim().is_empty() && !wrong
}

/// Returns whether a text has only the signs of an index number.
fn is_index_number(text: &str) -> bool {
    let sign = |letter: char| letter.is_ascii_alphanumeric() || "-/_".contains(letter);
    !text.is_empty() && text.chars().all(sign)
}

#[cfg(test)]
mod tests {
    use super::{check_digit, is_bank_card, is_credit_code, is_document_number, is_id_number};

    /// Returns a synthetic identity number with its correct check digit.
    fn id_number(head: &str) -> String {
        format!("{head}{}", char::from(check_digit(head.as_bytes())))
    }

    #[test]
    fn identity_numbers_are_checked_to_the_last_digit() {
        let good = id_number("99010119700101001");
        assert!(is_id_number(&good));
        let mut wrong = good.into_bytes();
        wrong[16] = b'0' + (wrong[16] - b'0' + 1) % 10;
        assert!(!is_id_number(&String::from_utf8(wrong).expect("digits")));
        assert!(!is_id_number(&id_number("99010119701301001")), "there is no thirteenth month");
        assert!(is_id_number("990101700101001"));
        for odd in ["", "1", "99010119700101００1X", "9901011970010100１２"] {
            assert!(!is_id_number(odd));
        }
    }

    #[test]
    fn cards_and_credit_codes_have_check_digits() {
        assert!(is_bank_card("9900000000000000002") || is_bank_card("9900000000000000003"));
        assert!(!is_bank_card("99000000"));
        assert!(is_credit_code("91350100M000100Y43"));
        assert!(!is_credit_code("91350100M000100Y44"));
    }

    #[test]
    fn years_of_document_numbers_stand_in_their_own_brackets() {
        for good in ["明财农〔2025〕3号", "明财农[2025]3号", "明财农【2025】3号"] {
            assert!(is_document_number(good), "{good}");
        }
        for bad in ["明财农[25]3号", "明财农【2025]3号", "明财农[2025", " "] {
            assert!(!is_document_number(bad), "{bad}");
        }
    }
}
