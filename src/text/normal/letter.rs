//! Letters: which signs stay, which nobody sees, and which are digits in other clothes.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// A run of this many digits and numerals is a number; fewer are names and prose.
const NUMBER: usize = 7;

/// The numerals of the CJK block, each with its digit. 两 and 幺 are how people say 2 and 1.
const NUMERALS: &[(char, u8)] = &[
    ('零', 0),
    ('〇', 0),
    ('一', 1),
    ('壹', 1),
    ('幺', 1),
    ('弌', 1),
    ('二', 2),
    ('贰', 2),
    ('貳', 2),
    ('两', 2),
    ('弍', 2),
    ('三', 3),
    ('叁', 3),
    ('參', 3),
    ('叄', 3),
    ('弎', 3),
    ('四', 4),
    ('肆', 4),
    ('五', 5),
    ('伍', 5),
    ('六', 6),
    ('陆', 6),
    ('陸', 6),
    ('七', 7),
    ('柒', 7),
    ('八', 8),
    ('捌', 8),
    ('九', 9),
    ('玖', 9),
];

/// The first characters of the CJK block and behind it.
const BLOCK: (usize, usize) = (0x4E00, 0xA000);

/// One bit for each character of the CJK block: whether it is a numeral.
static BITS: [u64; (BLOCK.1 - BLOCK.0) / 64] = bits();

const fn bits() -> [u64; (BLOCK.1 - BLOCK.0) / 64] {
    let mut bits = [0; (BLOCK.1 - BLOCK.0) / 64];
    let mut index = 0;
    while index < NUMERALS.len() {
        let code = NUMERALS[index].0 as usize;
        if code >= BLOCK.0 {
            bits[(code - BLOCK.0) / 64] |= 1 << ((code - BLOCK.0) % 64);
        }
        index += 1;
    }
    bits
}

/// Returns whether three bytes that open with E4 to E9 are a numeral.
#[inline]
pub(super) fn is_numeral([first, second, third]: [u8; 3]) -> bool {
    let code = (usize::from(first & 0x0F) << 12)
        | (usize::from(second & 0x3F) << 6)
        | usize::from(third & 0x3F);
    let place = code.wrapping_sub(BLOCK.0);
    BITS.get(place / 64).is_some_and(|bits| (bits >> (place % 64)) & 1 == 1)
}

/// Returns the digit that a numeral stands for.
pub(super) fn numeral(letter: char) -> Option<u8> {
    // Most letters are far from any numeral.
    if !('〇'..='龥').contains(&letter) {
        return None;
    }
    NUMERALS.iter().find(|(numeral, _)| *numeral == letter).map(|(_, digit)| *digit)
}

/// The noughts of scripts whose digits have no compatibility form, each before its nine others.
const NOUGHTS: &[u32] = &[
    0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6,
    0xE50, 0xED0, 0xF20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50,
    0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0x104A0,
    0x10D30, 0x11066, 0x110F0, 0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0,
    0x11730, 0x118E0, 0x11950, 0x11C50, 0x11D50, 0x11DA0, 0x16A60, 0x16AC0, 0x16B50, 0x1E140,
    0x1E2F0, 0x1E4F0, 0x1E950,
];

/// What stands before the ones of circled and of Suzhou digits, which begin with one.
const BEFORE_ONES: &[u32] = &[0x2775, 0x277F, 0x2789, 0x24F4, 0x3020];

/// Returns the ASCII digit that a sign of another script stands for.
fn digit(letter: char) -> Option<char> {
    let code = u32::from(letter);
    if code == 0x24FF {
        return Some('0');
    }
    let from = |base: &u32, lowest: u32| {
        code.checked_sub(*base).filter(|value| (lowest..10).contains(value))
    };
    let value = NOUGHTS
        .iter()
        .find_map(|base| from(base, 0))
        .or_else(|| BEFORE_ONES.iter().find_map(|base| from(base, 1)))?;
    char::from_digit(value, 10)
}

/// Adds the plain form of a character: letters in lower case, signs as they are, nothing for what
/// nobody sees. No character stands for broken bytes, which part nothing.
pub(super) fn append(letter: Option<char>, plain: &mut String) {
    let Some(letter) = letter else {
        return;
    };
    for part in std::iter::once(letter).nfkd() {
        if is_unseen(part) {
            continue;
        }
        match part {
            // In an identity number, these are typed for its X.
            'х' | 'Х' | 'χ' | 'Χ' => plain.push('x'),
            part if part.is_alphanumeric() || digit(part).is_some() => match digit(part) {
                Some(digit) => plain.push(digit),
                None => plain.extend(part.to_lowercase()),
            },
            part => plain.push(part),
        }
    }
}

/// Returns whether a sign stays in the folded form.
pub(super) fn stays(letter: char) -> bool {
    letter.is_alphanumeric() && !is_unseen(letter)
}

/// Returns whether a sign is one that nobody sees: marks, joiners, fillers and formats.
pub(super) fn is_unseen(letter: char) -> bool {
    is_combining_mark(letter)
        || matches!(
            u32::from(letter),
            0x00AD
                | 0x0600..=0x0605
                | 0x061C
                | 0x06DD
                | 0x070F
                | 0x0890..=0x0891
                | 0x08E2
                | 0x115F..=0x1160
                | 0x180B..=0x180F
                | 0x200B..=0x200F
                | 0x202A..=0x202E
                | 0x2060..=0x206F
                | 0x2800
                | 0x3164
                | 0xFE00..=0xFE0F
                | 0xFEFF
                | 0xFFA0
                | 0xFFF0..=0xFFFB
                | 0x110BD
                | 0x110CD
                | 0x13430..=0x1343F
                | 0x1BCA0..=0x1BCA3
                | 0x1D173..=0x1D17A
                | 0xE0000..=0xE0FFF
        )
}

/// Returns the digits of a value that is a number written in digits and numerals and nothing else.
pub(super) fn as_digits(folded: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(folded).ok()?;
    let read = digits_of(text);
    // The check sign of an identity number may be a letter.
    let body = read.strip_suffix('x').unwrap_or(&read);
    let good = body.len() >= NUMBER
        && read.len() < folded.len()
        && body.bytes().all(|byte| byte.is_ascii_digit());
    good.then(|| read.into_bytes())
}

/// Returns a text with its numerals as digits.
fn digits_of(text: &str) -> String {
    text.chars()
        .map(|letter| numeral(letter).map_or(letter, |digit| char::from(b'0' + digit)))
        .collect()
}

/// Adds to a folded text each run of digits and numerals as digits, behind a line break.
pub(super) fn read_numerals(folded: &mut Vec<u8>, numerals: &[usize]) {
    let length = folded.len();
    let mut done = 0;
    for start in numerals.iter().copied() {
        if start < done {
            continue;
        }
        let (first, last, count) = run_around(&folded[..length], start);
        done = last;
        if count < NUMBER {
            continue;
        }
        // The check sign of an identity number may be a letter.
        let last = last + usize::from(folded[last..length].first() == Some(&b'x'));
        let read = digits_of(&String::from_utf8_lossy(&folded[first..last]));
        folded.push(b'\n');
        folded.extend_from_slice(read.as_bytes());
    }
}

/// Returns where the run of digits and numerals around a numeral begins and ends, and its length.
fn run_around(folded: &[u8], at: usize) -> (usize, usize, usize) {
    let (mut first, mut last, mut count) = (at, at, 0);
    loop {
        match folded[..first] {
            [.., digit] if digit.is_ascii_digit() => first -= 1,
            [.., a, b, c] if is_numeral_or_nought([a, b, c]) => first -= 3,
            _ => break,
        }
        count += 1;
    }
    loop {
        match folded[last..] {
            [digit, ..] if digit.is_ascii_digit() => last += 1,
            [a, b, c, ..] if is_numeral_or_nought([a, b, c]) => last += 3,
            _ => break,
        }
        count += 1;
    }
    (first, last, count)
}

/// Returns whether three bytes are a numeral, 〇 included, which lies outside the CJK block.
fn is_numeral_or_nought(bytes: [u8; 3]) -> bool {
    bytes == *b"\xE3\x80\x87" || (0xE4..=0xE9).contains(&bytes[0]) && is_numeral(bytes)
}
