//! The folded form of a text: what is left when every disguise of a value is taken off.
//!
//! Two texts that a reader would take for the same value fold to the same bytes: full-width and
//! ASCII digits, letters of both cases, values broken up by spaces, hyphens, zero-width
//! characters or markup, and values written as HTML, URL or JSON escapes. Only letters and digits
//! remain. The gate folds every artifact and every withheld value with this one function, so
//! there is no form that one of them knows and the other does not.

use unicode_normalization::UnicodeNormalization as _;

/// How a text is written, which decides what counts as markup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writing {
    /// HTML, XML or SVG: tags are taken out and read on their own.
    Markup,
    /// Anything else.
    Plain,
}

/// How escapes are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Escapes {
    /// As the letters they stand for.
    Decoded,
    /// As plain signs: what follows `%` or `\\` in prose is no escape.
    Plain,
}

/// The folded text of an artifact, kept between uses to save allocations.
#[derive(Debug, Default)]
pub struct Folded {
    /// The running text.
    pub text: Vec<u8>,
    /// What stood inside tags: attributes, comments, processing instructions.
    pub tags: Vec<u8>,
}

/// Returns the folded form of one value.
#[must_use]
pub fn fold(value: &str) -> Vec<u8> {
    let mut folded = Folded::default();
    fold_into(value.as_bytes(), (Writing::Plain, Escapes::Plain), &mut folded);
    folded.text
}

/// Folds a whole artifact into `folded`, whose earlier content is dropped.
///
/// Returns whether it decoded an escape. Then the same bytes can be read in two ways, and whoever
/// searches them has to look at both.
pub fn fold_into(
    bytes: &[u8],
    (writing, escapes): (Writing, Escapes),
    folded: &mut Folded,
) -> bool {
    let mut decoded = false;
    // Folding never makes longer: there is room for everything, and nothing has to grow.
    let (mut text, mut tags) =
        (Half::new(&mut folded.text, bytes), Half::new(&mut folded.tags, bytes));
    let mut escape = Vec::new();
    let mut in_tag = false;
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        let target = if in_tag { &mut tags } else { &mut text };
        at += match CLASS[usize::from(byte)] {
            // Most bytes of any page: written always, counted only if they stay.
            class @ (DROP | KEEP | UPPER) => {
                target.put(byte | if class == UPPER { 0x20 } else { 0 }, class != DROP);
                1
            }
            // Invariant: lead bytes E4 to E9 open a three-byte character of a CJK block.
            HAN if at + 3 <= bytes.len() => {
                target.put_all(&bytes[at..at + 3]);
                3
            }
            OPEN => {
                // Text mode treats `<` as an ordinary sign, which is dropped like all others.
                in_tag = writing == Writing::Markup;
                1
            }
            CLOSE => {
                if in_tag {
                    // Values of two tags never run into one another.
                    target.put(b'\n', true);
                }
                in_tag = false;
                1
            }
            WIDE => {
                escape.clear();
                let taken = fold_wide(&bytes[at..], &mut escape);
                target.put_all(&escape);
                taken
            }
            ESCAPE if escapes == Escapes::Decoded => {
                escape.clear();
                let taken = fold_escape(&bytes[at..], &mut escape);
                target.put_all(&escape);
                // A sign that stands alone is no escape.
                decoded |= taken > 1;
                taken
            }
            _ => 1,
        };
    }
    let (text, tags) = (text.length, tags.length);
    folded.text.truncate(text);
    folded.tags.truncate(tags);
    decoded
}

/// One of the two folded texts while it is written.
struct Half<'f> {
    bytes: &'f mut Vec<u8>,
    length: usize,
}

impl<'f> Half<'f> {
    /// Makes room for all that `source` can fold to.
    fn new(bytes: &'f mut Vec<u8>, source: &[u8]) -> Self {
        bytes.clear();
        // One more than the source: the last byte may be written and not counted.
        bytes.resize(source.len() + 1, 0);
        Self { bytes, length: 0 }
    }

    /// Writes a byte, and counts it if it stays.
    fn put(&mut self, byte: u8, stays: bool) {
        if self.length == self.bytes.len() {
            self.bytes.resize(self.length + 64, 0);
        }
        self.bytes[self.length] = byte;
        self.length += usize::from(stays);
    }

    /// Writes several bytes.
    fn put_all(&mut self, bytes: &[u8]) {
        let end = self.length + bytes.len();
        // A few signs, such as `㍿`, stand for more bytes than they have.
        if end >= self.bytes.len() {
            self.bytes.resize(end + bytes.len() + 64, 0);
        }
        self.bytes[self.length..end].copy_from_slice(bytes);
        self.length = end;
    }
}

/// A text with its disguises off and its separators kept, and where each of its bytes stood.
#[derive(Debug, Default)]
pub struct Clear {
    text: String,
    origins: Vec<u32>,
}

impl Clear {
    /// Clears a text; bytes that are no UTF-8 become separators.
    #[must_use]
    pub fn of(bytes: &[u8], _writing: Writing) -> Self {
        let mut clear = Self::default();
        for (at, letter) in String::from_utf8_lossy(bytes).char_indices() {
            clear.text.push(letter);
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            clear.origins.extend(std::iter::repeat_n(at, letter.len_utf8()));
        }
        clear
    }

    /// Returns the clear text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the bytes of the original text from which a range of the clear text was made.
    #[must_use]
    pub fn origin(&self, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
        let place = |at: usize| self.origins.get(at).map_or(0, |at| *at as usize);
        let end = range.end.checked_sub(1).map_or(0, |last| place(last) + 1);
        place(range.start)..end
    }
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
            0xE4..=0xE9 => HAN,
            0x80..=0xFF => WIDE,
            _ => DROP,
        };
        byte += 1;
    }
    table
}

/// Folds a character outside ASCII and the CJK blocks; returns its length.
fn fold_wide(bytes: &[u8], target: &mut Vec<u8>) -> usize {
    let window = &bytes[..bytes.len().min(4)];
    let text = match std::str::from_utf8(window) {
        Ok(text) => text,
        Err(error) => match std::str::from_utf8(&window[..error.valid_up_to()]) {
            Ok(text) => text,
            Err(_) => return 1,
        },
    };
    let Some(letter) = text.chars().next() else {
        return 1;
    };
    fold_letter(letter, target);
    letter.len_utf8()
}

/// Adds the folded form of one character.
fn fold_letter(letter: char, target: &mut Vec<u8>) {
    let mut buffer = [0; 4];
    for plain in std::iter::once(letter).nfkd() {
        // Letters and digits of every script stay; marks, joiners and signs go.
        if plain.is_alphanumeric() && !is_filler(plain) {
            for lower in plain.to_lowercase() {
                target.extend_from_slice(lower.encode_utf8(&mut buffer).as_bytes());
            }
        }
    }
}

/// Returns whether a letter is one that nobody sees.
fn is_filler(letter: char) -> bool {
    matches!(letter, '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}')
}

/// Folds an HTML, URL or JSON escape; returns how many bytes it took.
fn fold_escape(bytes: &[u8], target: &mut Vec<u8>) -> usize {
    match bytes {
        [b'&', ..] => fold_entity(bytes, target),
        [b'%', ..] => fold_percent(bytes, target),
        [b'\\', b'u', ..] => match hex(bytes.get(2..6)).and_then(char::from_u32) {
            Some(letter) => {
                fold_letter(letter, target);
                6
            }
            None => 1,
        },
        // These stand for signs that are dropped.
        [b'\\', b'n' | b'r' | b't' | b'b' | b'f' | b'"' | b'\\' | b'/', ..] => 2,
        _ => 1,
    }
}

/// Folds `&#39;`, `&#x41;` or a named entity.
fn fold_entity(bytes: &[u8], target: &mut Vec<u8>) -> usize {
    const LONGEST: usize = 12;
    let Some(end) = bytes.iter().take(LONGEST).position(|byte| *byte == b';') else {
        return 1;
    };
    let number = match &bytes[1..end] {
        [b'#', b'x' | b'X', digits @ ..] => hex(Some(digits)),
        [b'#', digits @ ..] => {
            std::str::from_utf8(digits).ok().and_then(|digits| digits.parse().ok())
        }
        name if name.iter().all(u8::is_ascii_alphabetic) => return end + 1,
        _ => return 1,
    };
    match number.and_then(char::from_u32) {
        Some(letter) => {
            fold_letter(letter, target);
            end + 1
        }
        None => 1,
    }
}

/// Folds a run of `%E5%BC%A0`.
fn fold_percent(bytes: &[u8], target: &mut Vec<u8>) -> usize {
    let mut decoded = Vec::new();
    let mut at = 0;
    while bytes.get(at) == Some(&b'%') {
        let Some(byte) = hex(bytes.get(at + 1..at + 3)).and_then(|byte| u8::try_from(byte).ok())
        else {
            break;
        };
        decoded.push(byte);
        at += 3;
    }
    for letter in String::from_utf8_lossy(&decoded).chars() {
        fold_letter(letter, target);
    }
    at.max(1)
}

/// Reads a hexadecimal number.
fn hex(digits: Option<&[u8]>) -> Option<u32> {
    let digits = std::str::from_utf8(digits?).ok()?;
    let good = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    good.then(|| u32::from_str_radix(digits, 16).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::{Escapes, Folded, Writing, fold, fold_into};

    fn folded(text: &str) -> String {
        let mut both = Folded::default();
        fold_into(text.as_bytes(), (Writing::Plain, Escapes::Decoded), &mut both);
        String::from_utf8(both.text).expect("folding keeps UTF-8")
    }

    #[test]
    fn what_looks_like_an_escape_may_be_none() {
        for prose in ["电话 \\19900001234", "率%19900001234", "a&#1;9900001234"] {
            let mut both = Folded::default();
            let mut seen = false;
            for escapes in [Escapes::Decoded, Escapes::Plain] {
                fold_into(prose.as_bytes(), (Writing::Plain, escapes), &mut both);
                seen |= String::from_utf8_lossy(&both.text).contains("9900001234");
            }
            assert!(seen, "{prose}");
        }
        assert_eq!(fold("率%19900001234"), "率19900001234".as_bytes());
        assert_eq!(fold("Jos\u{e9}"), fold("Jose\u{301}"));
    }

    #[test]
    fn disguises_fold_to_the_same_value() {
        for disguise in [
            "19900001234",
            "199 0000 1234",
            "199-0000-1234",
            "１９９００００１２３４",
            "199\u{200B}0000\u{FEFF}1234",
            "199&#48;&#x30;001234",
            "199%300001234",
            "199\\u0030\\u0030001234",
        ] {
            assert_eq!(folded(disguise), "19900001234", "{disguise}");
        }
        assert_eq!(folded("欧阳 示·和"), "欧阳示和");
        assert_eq!(folded("%E5%BC%A0三"), "张三");
        assert_eq!(folded("99X"), "99x");
    }

    #[test]
    fn tags_are_read_apart_from_the_text() {
        let mut both = Folded::default();
        let page = "<p title=\"赵示安\">199<b>0000</b>1234</p>";
        fold_into(page.as_bytes(), (Writing::Markup, Escapes::Decoded), &mut both);
        assert_eq!(String::from_utf8_lossy(&both.text), "19900001234");
        assert!(String::from_utf8_lossy(&both.tags).contains("赵示安"));
    }

    #[test]
    fn signs_that_stand_for_many_letters_fit() {
        assert_eq!(folded(&"㍿".repeat(200)), "株式会社".repeat(200));
        assert_eq!(folded(&"\u{FDFA}".repeat(300)).chars().count() % 300, 0);
    }

    #[test]
    fn broken_bytes_are_no_hiding_place() {
        let mut both = Folded::default();
        fold_into(b"\xff\xe51990000\xf01234", (Writing::Plain, Escapes::Decoded), &mut both);
        assert!(both.text.windows(4).any(|window| window == b"1234"));
    }
}
