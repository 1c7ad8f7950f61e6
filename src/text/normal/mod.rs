//! The folded and the clear form of a text: what is left when the disguises of a value are off.
//!
//! Two texts that a reader would take for the same value fold to the same bytes: full-width and
//! ASCII digits, digits of every script and Chinese numerals, letters of both cases, values broken
//! up by spaces, hyphens, signs nobody sees or markup, and values written as HTML, URL or JSON
//! escapes. Only letters and digits remain in the folded form, which the gate searches; the clear
//! form keeps separators and knows where everything stood, so that detectors can tell one number
//! from two and findings can name a column. Both are made by one walk over the bytes, so there is
//! no disguise that one of them knows and the other does not.
//!
//! // Invariant: nothing is taken away by reading numerals. A run of at least seven digits and
//! numerals is read once more, as digits, behind the text; a name such as 陆一 stays what it is.

mod clear;
mod escape;
mod letter;
mod walk;

pub use clear::Clear;

use walk::{Sink, walk};

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
    /// Where numerals stand in either of them.
    numerals: [Vec<usize>; 2],
}

/// Returns the folded form of one value.
#[must_use]
pub fn fold(value: &str) -> Vec<u8> {
    let mut folded = Folded::default();
    folded.read(value.as_bytes(), (Writing::Plain, Escapes::Plain));
    // Few values have any numerals at all.
    let digits =
        (!folded.numerals[0].is_empty()).then(|| letter::as_digits(&folded.text)).flatten();
    digits.unwrap_or(folded.text)
}

/// Folds a whole artifact into `folded`, whose earlier content is dropped.
///
/// Returns whether it decoded an escape that may be none. Then the same bytes can be read in two ways,
/// and whoever searches them has to look at both.
pub fn fold_into(bytes: &[u8], way: (Writing, Escapes), folded: &mut Folded) -> bool {
    let decoded = folded.read(bytes, way);
    for (half, numerals) in [&mut folded.text, &mut folded.tags].into_iter().zip(&folded.numerals) {
        letter::read_numerals(half, numerals);
    }
    decoded
}

impl Folded {
    /// Folds some bytes, without reading numerals.
    fn read(&mut self, bytes: &[u8], way: (Writing, Escapes)) -> bool {
        self.numerals.iter_mut().for_each(Vec::clear);
        let [of_text, of_tags] = &mut self.numerals;
        let mut sink = Folding {
            text: Half::new(&mut self.text, of_text, bytes),
            tags: Half::new(&mut self.tags, of_tags, bytes),
        };
        let decoded = walk(bytes, way, &mut sink);
        let (text, tags) = (sink.text.length, sink.tags.length);
        self.text.truncate(text);
        self.tags.truncate(tags);
        decoded
    }
}

/// Writes the folded form.
struct Folding<'f> {
    text: Half<'f>,
    tags: Half<'f>,
}

impl<'f> Folding<'f> {
    #[inline]
    const fn half(&mut self, in_tag: bool) -> &mut Half<'f> {
        if in_tag { &mut self.tags } else { &mut self.text }
    }
}

impl Sink for Folding<'_> {
    #[inline]
    fn ascii(&mut self, in_tag: bool, byte: u8, stays: bool, _at: usize) {
        self.half(in_tag).put(byte, stays);
    }

    #[inline]
    fn han(&mut self, in_tag: bool, bytes: &[u8], numeral: bool, _at: usize) {
        let half = self.half(in_tag);
        if numeral {
            half.numerals.push(half.length);
        }
        half.put_all(bytes);
    }

    fn letters(&mut self, in_tag: bool, letters: &str, _from: std::ops::Range<usize>) {
        let half = self.half(in_tag);
        let mut buffer = [0; 4];
        for letter in letters.chars().filter(|letter| letter::stays(*letter)) {
            if letter::numeral(letter).is_some() {
                half.numerals.push(half.length);
            }
            half.put_all(letter.encode_utf8(&mut buffer).as_bytes());
        }
    }

    fn opens(&mut self, _rest: &[u8], _at: usize) {}

    fn closes(&mut self, _at: usize) {
        // Values of two tags never run into one another.
        self.tags.put(b'\n', true);
    }
}

/// One of the two folded texts while it is written.
struct Half<'f> {
    bytes: &'f mut Vec<u8>,
    numerals: &'f mut Vec<usize>,
    length: usize,
}

impl<'f> Half<'f> {
    /// Makes room for all that `source` can fold to.
    fn new(bytes: &'f mut Vec<u8>, numerals: &'f mut Vec<usize>, source: &[u8]) -> Self {
        bytes.clear();
        // One more than the source: the last byte may be written and not counted.
        bytes.resize(source.len() + 1, 0);
        Self { bytes, numerals, length: 0 }
    }

    /// Writes a byte, and counts it if it stays.
    #[inline]
    fn put(&mut self, byte: u8, stays: bool) {
        if self.length == self.bytes.len() {
            self.bytes.resize(self.length + 64, 0);
        }
        self.bytes[self.length] = byte;
        self.length += usize::from(stays);
    }

    /// Writes several bytes.
    #[inline]
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
        fold_into(b"\xe519900001234", (Writing::Plain, Escapes::Decoded), &mut both);
        assert_eq!(both.text, b"19900001234");
    }

    #[test]
    fn numerals_are_read_as_digits_beside_the_text_and_never_in_place_of_it() {
        for (disguise, number) in [
            ("一九九零零零零一二三四", "19900001234"),
            ("壹玖玖零零零零壹贰叁肆", "19900001234"),
            ("一九九〇〇〇〇一二三四", "19900001234"),
            ("一九九○○○○一二三四", "19900001234"),
            ("幺九九零零零零幺二三四", "19900001234"),
            ("一 九 九-零零零零·一二三四", "19900001234"),
            ("199零零零零1234", "19900001234"),
            ("㊀九九零零零零一二三四", "19900001234"),
        ] {
            let text = folded(&format!("电话:{disguise},谢谢"));
            assert!(text.contains(number), "{disguise}: {text}");
            assert_eq!(fold(disguise), number.as_bytes(), "{disguise}");
        }
        // A name of numerals beside a number is still that name.
        let text = folded("500000 陆一鸣 19900001234 伍二");
        assert!(text.contains("陆一鸣") && text.contains("19900001234") && text.contains("伍二"));
        assert_eq!(folded("一、第三季度五十六户"), "一第三季度五十六户");
        assert_eq!(fold("陆一鸣"), "陆一鸣".as_bytes());
        // A circle between digits parts them; it is a nought only behind a numeral.
        assert_eq!(folded("199○0000○1234"), "19900001234");
    }

    #[test]
    fn digits_of_every_script_and_letters_that_look_alike_are_the_same() {
        for disguise in ["١٩٩٠٠٠٠١٢٣٤", "१९९००००१२३४", "𝟏𝟗𝟗𝟎𝟎𝟎𝟎𝟏𝟐𝟑𝟒", "①⑨⑨⓪⓪⓪⓪①②③④", "❶❾❾⓪⓪⓪⓪❶❷❸❹"]
        {
            assert_eq!(folded(disguise), "19900001234", "{disguise}");
        }
        for x in ["x", "X", "х", "Х", "Χ", "Ⅹ", "ｘ"] {
            assert_eq!(fold(x), b"x", "{x}");
        }
    }

    #[test]
    fn escapes_of_escapes_are_read_to_the_end() {
        for disguise in [
            "199&amp;#48;0001234",
            "199&amp;amp;#x30;0001234",
            "199&#38;#48;0001234",
            "199%25300001234",
            "199%2525300001234",
            "199\\x300001234",
            "199\\u{30}0001234",
            "199&ZeroWidthSpace;0000&shy;1234",
        ] {
            assert_eq!(folded(disguise), "19900001234", "{disguise}");
        }
        assert_eq!(folded("\\ud840\\udc00"), "\u{20000}");
    }

    #[test]
    fn signs_nobody_sees_part_nothing() {
        for sign in [
            '\u{200B}',
            '\u{00AD}',
            '\u{3164}',
            '\u{FE0F}',
            '\u{20E3}',
            '\u{0345}',
            '\u{2800}',
            '\u{E0041}',
            '\u{115F}',
            '\u{180E}',
            '\u{202E}',
            '\u{4DC0}',
        ] {
            assert_eq!(folded(&format!("199{sign}00001234")), "19900001234", "{sign:?}");
        }
    }
}
