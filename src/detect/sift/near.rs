//! What the letters beside a place say: whether a word or the number of a door could stand there.
//!
//! Each question is answered with yes when a disguise could stand in the way: a tag, an escape or a
//! sign nobody sees.

use crate::detect::plate::PROVINCES;

/// Numerals as they are written one by one.
pub(super) const NUMERALS: &str = "零幺一二三四五六七八九壹贰叁肆伍陆柒捌玖两貳參陸";

/// What stands in the number of a door besides.
const IN_DOORS: &str = "十百附〇第";

/// The last letters of what the number of a door stands behind.
const STREETS: &str = "路街巷道弄同村组社屯寨湾庄坊里区苑园坪沟队片塘坝";

/// Words before an account or a passport.
const WORDS: &[&str] =
    &["微信", "薇信", "威信", "扣扣", "企鹅号", "加微", "加v", "加V", "护照", "通行证"];

/// What follows the number of a door.
const DOORS: &[&str] = &["号", "栋", "幢", "室", "单元", "座"];

/// The places of the second and third byte of every letter that is looked at closely; another letter
/// may share the place of one.
pub(super) const NOTED: [bool; 4096] = noted();

const fn noted() -> [bool; 4096] {
    let mut table = [false; 4096];
    note(&mut table, NUMERALS.as_bytes(), NUMERALS.len());
    let (mut index, letter) = (0, 3);
    while index < WORDS.len() {
        note(&mut table, WORDS[index].as_bytes(), letter);
        index += 1;
    }
    index = 0;
    while index < DOORS.len() {
        note(&mut table, DOORS[index].as_bytes(), letter);
        index += 1;
    }
    table
}

/// The places of the second and third byte of every province.
const PROVINCE: [bool; 4096] = provinces();

const fn provinces() -> [bool; 4096] {
    let mut table = [false; 4096];
    note(&mut table, PROVINCES.as_bytes(), PROVINCES.len());
    table
}

/// Returns whether a letter is a province, as it is written on plates.
pub(super) fn is_province(letter: &[u8]) -> bool {
    PROVINCE[place(letter[1], letter[2])] && is_one_of(letter, PROVINCES)
}

/// Notes the first letters of a text of letters with three bytes.
const fn note(table: &mut [bool; 4096], letters: &[u8], length: usize) {
    let mut at = 0;
    while at < length {
        table[place(letters[at + 1], letters[at + 2])] = true;
        at += 3;
    }
}

/// Returns where a letter with these last two bytes is noted.
pub(super) const fn place(second: u8, third: u8) -> usize {
    (second as usize & 63) << 6 | third as usize & 63
}

/// Returns whether a letter is one of some letters.
pub(super) fn is_one_of(letter: &[u8], letters: &str) -> bool {
    letters.as_bytes().chunks_exact(3).any(|one| one == letter)
}

/// Returns whether a word before an account or a passport begins at a place.
pub(super) fn is_word(bytes: &[u8], at: usize) -> bool {
    WORDS.iter().any(|word| could_be(bytes, at, word))
}

/// Returns whether a word stands at a place, or begins there and is broken up.
fn could_be(bytes: &[u8], at: usize, word: &str) -> bool {
    let first = word.len().min(3);
    if !bytes[at..].starts_with(&word.as_bytes()[..first]) {
        return false;
    }
    let rest = &bytes[at + first..];
    let same = rest.iter().zip(&word.as_bytes()[first..]).take_while(|(one, other)| one == other);
    let same = same.count();
    same + first == word.len() || is_broken(&rest[same - same % 3..])
}

/// Returns whether something that a reader does not see, or sees as another sign, could begin here.
fn is_broken(rest: &[u8]) -> bool {
    match rest {
        [] | [0xe3, 0x80, ..] | [0xef, 0xbc, 0x80..=0x8f | 0x9a..=0x9f, ..] => false,
        [b'<' | b'&' | b'%' | b'\\', ..] => true,
        [b'\t' | b'\n' | b'\r' | b' '..=0x7e, ..] => false,
        // A letter of the CJK block is what it is; half of one may hide another.
        [0xe4..=0xe9, second, third, ..] => !(is_inside(*second) && is_inside(*third)),
        _ => true,
    }
}

/// Returns whether the sign behind a number of a door stands at a place, with its number and a street,
/// or with something that could be both in disguise.
pub(super) fn is_door(bytes: &[u8], at: usize) -> bool {
    DOORS.iter().any(|sign| could_be(bytes, at, sign)) && follows_number(&bytes[..at])
}

/// Returns whether a text could end with a street and a number.
fn follows_number(text: &[u8]) -> bool {
    /// More letters has no number of a door.
    const LONGEST: usize = 12;
    let mut rest = text;
    let mut number = false;
    for _ in 0..LONGEST {
        match rest {
            [.., lead @ 0xe3..=0xef, second, third] if is_inside(*second) && is_inside(*third) => {
                let letter = [*lead, *second, *third];
                let full_width = matches!(letter, [0xef, 0xbc, 0x90..=0x99]);
                if !full_width && !is_one_of(&letter, NUMERALS) && !is_one_of(&letter, IN_DOORS) {
                    let sign = matches!(letter, [0xe3, 0x80, _] | [0xef, 0xbc, _]);
                    return !sign && number && (*lead == 0xef || is_one_of(&letter, STREETS));
                }
                number = true;
                rest = &rest[..rest.len() - 3];
            }
            [.., byte] if byte.is_ascii_digit() || matches!(byte, b' ' | b'-') => {
                number |= byte.is_ascii_digit();
                rest = &rest[..rest.len() - 1];
            }
            // Behind a tag, an escape or a broken letter anything may stand.
            [.., byte] => {
                return byte.is_ascii_alphanumeric()
                    || matches!(byte, b'>' | b';' | 0x80..)
                    || byte.is_ascii_control();
            }
            [] => return false,
        }
    }
    true
}

/// Returns whether an at sign, or a sign in place of one, could stand between name and domain.
pub(super) fn is_behind_name(text: &[u8]) -> bool {
    let behind = text.iter().rposition(|byte| !matches!(byte, b' ' | b'\t' | b'\r' | b'*'));
    behind.is_some_and(|at| {
        let byte = text[at];
        byte.is_ascii_alphanumeric() || b"._-+>;".contains(&byte) || !byte.is_ascii()
    })
}

/// Returns whether what stands behind a sign of a fragment is a domain: letters, then a dot.
pub(super) fn is_before_domain(rest: &[u8]) -> bool {
    const LONGEST: usize = 24;
    let rest = rest.trim_ascii_start();
    let inside = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-' || *byte >= 0x80;
    let length = rest.iter().take(LONGEST).take_while(|byte| inside(byte)).count();
    length > 0 && matches!(rest.get(length), Some(b'.' | b'(' | b'[' | b'<' | b'&'))
        || rest[length..].starts_with(b" dot")
        || rest[length..].starts_with(b" . ")
        || rest[..length].ends_with("点".as_bytes())
}

/// Returns whether a byte is not the first of a letter.
pub(super) const fn is_inside(byte: u8) -> bool {
    byte & 0xc0 == 0x80
}

#[cfg(test)]
mod tests {
    use super::{is_door, is_word};

    #[test]
    fn a_door_has_a_number_and_a_street() {
        for (text, door) in [
            ("垭口村三组12号", true),
            ("公开路18号", true),
            ("垭口村三组１２号", true),
            ("垭口村三组十二号", true),
            ("幸福小区3栋", true),
            ("幸福小区3单元", true),
            ("三组<b>12</b>号", true),
            ("村第 3 号", true),
            ("国发〔2024〕12号", false),
            ("令第12号", false),
            ("账号", false),
            ("教室", false),
            ("1号", false),
            ("价格12.50元", false),
        ] {
            let signs = ["号", "栋", "单元", "室", "元"];
            let at = signs.iter().filter_map(|sign| text.rfind(sign)).min();
            // Invariant: every text above has one of the signs.
            assert_eq!(is_door(text.as_bytes(), at.unwrap()), door, "{text}");
        }
    }

    #[test]
    fn a_word_is_whole_or_broken_up() {
        for (text, word) in [
            ("微信", true),
            ("微<b>信", true),
            ("微\u{200b}信", true),
            ("微&#20449;", true),
            ("加v", true),
            ("企鹅号", true),
            ("企鹅\u{200b}号", true),
            ("护照", true),
            ("护法", false),
            ("微型", false),
            ("加上", false),
            ("微,信", false),
            ("微", false),
        ] {
            assert_eq!(is_word(text.as_bytes(), 0), word, "{text}");
        }
    }
}
