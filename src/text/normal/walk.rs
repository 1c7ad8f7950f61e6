//! The walk: reads bytes once and tells a sink what it finds, disguises taken off.
//!
//! Most bytes of any page are ASCII or characters of the CJK block; both are told by one look at a
//! table. Everything else goes the slow way.

use crate::text::normal::letter::{append, is_numeral};
use crate::text::normal::{Escapes, Writing, escape};

/// What takes down what the walk finds.
pub(super) trait Sink {
    /// Takes a sign of ASCII, in lower case; a letter or digit stays, anything else parts.
    fn ascii(&mut self, in_tag: bool, byte: u8, stays: bool, at: usize);

    /// Takes a character of the CJK block.
    fn han(&mut self, in_tag: bool, bytes: &[u8], numeral: bool, at: usize);

    /// Takes the plain letters and signs for which some bytes stand.
    fn letters(&mut self, in_tag: bool, letters: &str, from: std::ops::Range<usize>);

    /// Hears that a tag opens, with the bytes from its name on.
    fn opens(&mut self, rest: &[u8], at: usize);

    /// Hears that a tag closes.
    fn closes(&mut self, at: usize);
}

const DROP: u8 = 0;
const KEEP: u8 = 1;
const UPPER: u8 = 2;
const OPEN: u8 = 3;
const CLOSE: u8 = 4;
const ESCAPE: u8 = 5;
const HAN: u8 = 6;
const WIDE: u8 = 7;

/// What to do with a byte that starts a character.
const CLASS: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut table = [DROP; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'0'..=b'9' | b'a'..=b'z' => KEEP,
            b'A'..=b'Z' => UPPER,
            b'<' => OPEN,
            b'>' => CLOSE,
            b'&' | b'%' | b'\\' => ESCAPE,
            // Invariant: lead bytes E4 to E9 open a three-byte character of a CJK block.
            0xE4..=0xE9 => HAN,
            0x80..=0xFF => WIDE,
            _ => DROP,
        };
        byte += 1;
    }
    table
}

/// Walks over some bytes; returns whether it decoded an escape that may be none, so that a letter or
/// digit of a value was taken for a part of it.
pub(super) fn walk<S: Sink>(
    bytes: &[u8],
    (writing, escapes): (Writing, Escapes),
    sink: &mut S,
) -> bool {
    let mut decoded = false;
    let mut in_tag = false;
    let mut plain = String::new();
    // Where the last numeral ended: a circle that follows at once is a nought.
    let mut numeral_end = usize::MAX;
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        at += match CLASS[usize::from(byte)] {
            // Most bytes of any page: written always, counted only if they stay.
            class @ (DROP | KEEP | UPPER) => {
                sink.ascii(in_tag, byte | if class == UPPER { 0x20 } else { 0 }, class != DROP, at);
                1
            }
            HAN if is_han(bytes, at) => {
                let signs = &bytes[at..at + 3];
                let numeral = is_numeral([signs[0], signs[1], signs[2]]);
                numeral_end = if numeral { at + 3 } else { numeral_end };
                sink.han(in_tag, signs, numeral, at);
                3
            }
            // Text mode treats `<` as an ordinary sign.
            OPEN if writing == Writing::Markup => {
                in_tag = true;
                sink.opens(&bytes[at + 1..], at);
                1
            }
            CLOSE if in_tag => {
                sink.closes(at);
                in_tag = false;
                1
            }
            HAN | WIDE => {
                plain.clear();
                let (letter, taken) = wide(&bytes[at..]);
                let nought =
                    letter == Some('〇') || letter.is_some_and(is_circle) && numeral_end == at;
                append(if nought { Some('〇') } else { letter }, &mut plain);
                numeral_end = if nought { at + taken } else { numeral_end };
                sink.letters(in_tag, &plain, at..at + taken);
                taken
            }
            ESCAPE if escapes == Escapes::Decoded => match escape::read(&bytes[at..]) {
                Some((letter, taken)) => {
                    decoded |= may_be_none(&bytes[at..at + taken]);
                    plain.clear();
                    append(letter, &mut plain);
                    sink.letters(in_tag, &plain, at..at + taken);
                    taken
                }
                // A sign that stands alone is no escape.
                None => {
                    sink.ascii(in_tag, byte, false, at);
                    1
                }
            },
            _ => {
                sink.ascii(in_tag, byte, false, at);
                1
            }
        };
    }
    decoded
}

/// Returns whether what was read as an escape could be a sign of its own with the beginning of a value
/// behind it. The name of an entity is none, nor is the first of several bytes of one character: it
/// has a letter among its digits.
fn may_be_none(escape: &[u8]) -> bool {
    match escape {
        [b'&', name @ ..] => name.iter().any(|byte| matches!(byte, b'#' | b'%' | b'\\' | b'&')),
        [b'%', b'c'..=b'f' | b'C'..=b'F', _, b'%', rest @ ..] => rest.len() % 3 != 2,
        [b'\\', sign] => sign.is_ascii_alphanumeric(),
        _ => true,
    }
}

/// Returns whether a whole character of the CJK block starts here.
#[inline]
fn is_han(bytes: &[u8], at: usize) -> bool {
    let continues = |byte: u8| byte & 0xC0 == 0x80;
    match bytes.get(at..at + 3) {
        // The sixty-four hexagrams lie between the blocks and are signs.
        Some([0xE4, 0xB7, _]) => false,
        Some([_, second, third]) => continues(*second) && continues(*third),
        _ => false,
    }
}

/// Returns whether a sign is a circle that people write for nought.
const fn is_circle(letter: char) -> bool {
    matches!(letter, '○' | '◯' | '⭕' | '⚪')
}

/// Returns the character at the start of some bytes, and how many bytes it takes.
fn wide(bytes: &[u8]) -> (Option<char>, usize) {
    let window = &bytes[..bytes.len().min(4)];
    let text = match std::str::from_utf8(window) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&window[..error.valid_up_to()]).unwrap_or(""),
    };
    text.chars().next().map_or((None, 1), |letter| (Some(letter), letter.len_utf8()))
}
