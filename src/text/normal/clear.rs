//! The clear form: disguises off, separators kept, and the place of every sign.
//!
//! Inline tags vanish, so that a value broken up by markup is whole again; a tag that begins a new
//! line or cell leaves a line break, which no value crosses. Behind the running text follow, each
//! behind a line break of its own, what stood inside tags and what runs of numerals read as digits.

use std::ops::Range;

use crate::text::normal::letter::{is_unseen, numeral};
use crate::text::normal::walk::{Sink, walk};
use crate::text::normal::{Escapes, Writing};

/// A run of this many digits and numerals is a number; fewer are names and prose.
const NUMBER: usize = 7;

/// So much of what stands before a number written in numerals is kept with it.
const CONTEXT: usize = 12;

/// Tags that stand inside a line; any other begins a new one.
const INLINE: &[&[u8]] = &[
    b"a", b"abbr", b"acronym", b"b", b"bdi", b"bdo", b"big", b"cite", b"code", b"data", b"del",
    b"dfn", b"em", b"font", b"i", b"img", b"ins", b"kbd", b"label", b"mark", b"q", b"s", b"samp",
    b"small", b"span", b"strike", b"strong", b"sub", b"sup", b"time", b"tspan", b"tt", b"u",
    b"var", b"wbr", b"r", b"t", b"rpr", b"w:r", b"w:t",
];

/// A text with its disguises off and its separators kept, and where each of its bytes stood.
#[derive(Debug, Default)]
pub struct Clear {
    text: String,
    origins: Vec<(u32, u32)>,
    decoded: bool,
}

impl Clear {
    /// Clears a text with its escapes decoded; broken bytes part nothing.
    #[must_use]
    pub fn of(bytes: &[u8], writing: Writing) -> Self {
        Self::read(bytes, (writing, Escapes::Decoded))
    }

    /// Clears a text.
    #[must_use]
    pub fn read(bytes: &[u8], way: (Writing, Escapes)) -> Self {
        let mut sink = Clearing::default();
        sink.text.text.reserve(bytes.len());
        sink.text.origins.reserve(bytes.len());
        let decoded = walk(bytes, way, &mut sink);
        let Clearing { mut text, tags } = sink;
        let numbers = [text.numbers(), tags.numbers()];
        text.add(&tags);
        numbers.iter().flatten().for_each(|number| text.add(number));
        text.decoded = decoded;
        text
    }

    /// Returns the clear text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns whether an escape was decoded, so that the same bytes can be read in two ways.
    #[must_use]
    pub const fn decoded(&self) -> bool {
        self.decoded
    }

    /// Returns the bytes of the original text from which a range of the clear text was made.
    #[must_use]
    pub fn origin(&self, range: Range<usize>) -> Range<usize> {
        let made = self.origins.get(range).unwrap_or(&[]);
        let start = made.iter().map(|(start, _)| *start).min().unwrap_or(0);
        let end = made.iter().map(|(_, end)| *end).max().unwrap_or(0);
        start as usize..end as usize
    }

    /// Returns the letters and digits alone, with the place in the clear text of each byte: the
    /// folded form of the text, for those who have to know where something in it stood.
    #[must_use]
    pub fn folded(&self) -> (Vec<u8>, Vec<usize>) {
        let mut folded = Vec::with_capacity(self.text.len());
        let mut places = Vec::with_capacity(self.text.len());
        for (at, letter) in self.text.char_indices() {
            if letter.is_alphanumeric() || letter == '\n' {
                let end = at + letter.len_utf8();
                folded.extend_from_slice(&self.text.as_bytes()[at..end]);
                places.extend(at..end);
            }
        }
        (folded, places)
    }

    /// Adds a character.
    fn push(&mut self, letter: char, from: &Range<usize>) {
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        self.text.push(letter);
        let origin = (place(from.start), place(from.end));
        self.origins.extend(std::iter::repeat_n(origin, letter.len_utf8()));
    }

    /// Adds another text behind a line break.
    fn add(&mut self, other: &Self) {
        if other.text.is_empty() {
            return;
        }
        let first = other.origins[0];
        self.push('\n', &(first.0 as usize..first.0 as usize));
        self.text.push_str(&other.text);
        self.origins.extend_from_slice(&other.origins);
    }

    /// Returns each run of digits and numerals read as digits, with some of what stands before it.
    fn numbers(&self) -> Vec<Self> {
        let mut numbers = Vec::new();
        let mut context: std::collections::VecDeque<usize> = std::collections::VecDeque::new();
        // The run at hand: where its context and its end are, how long it is, whether it has numerals.
        let mut run: Option<(usize, usize, usize, bool)> = None;
        for (at, letter) in self.text.char_indices() {
            let is_numeral = numeral(letter).is_some();
            if is_numeral || letter.is_ascii_digit() {
                let first = context.front().copied().unwrap_or(at);
                let (first, _, count, has) = run.unwrap_or((first, at, 0, false));
                run = Some((first, at + letter.len_utf8(), count + 1, has || is_numeral));
            } else if letter.is_alphanumeric() {
                numbers.extend(run.take().and_then(|run| self.number(run)));
            }
            if context.len() == CONTEXT {
                context.pop_front();
            }
            context.push_back(at);
        }
        numbers.extend(run.and_then(|run| self.number(run)));
        numbers
    }

    /// Returns a run as digits, if it is a number and has numerals.
    fn number(&self, (first, end, count, has): (usize, usize, usize, bool)) -> Option<Self> {
        if count < NUMBER || !has {
            return None;
        }
        let mut number = Self::default();
        // One sign more: the check sign of an identity number may be a letter.
        let more = self.text[end..].chars().next().map_or(0, char::len_utf8);
        for (at, letter) in self.text[first..end + more].char_indices() {
            let (start, stop) = self.origins[first + at];
            let plain = numeral(letter).map_or(letter, |digit| char::from(b'0' + digit));
            number.push(plain, &(start as usize..stop as usize));
        }
        Some(number)
    }
}

/// Writes the clear form.
#[derive(Default)]
struct Clearing {
    text: Clear,
    tags: Clear,
}

impl Clearing {
    const fn half(&mut self, in_tag: bool) -> &mut Clear {
        if in_tag { &mut self.tags } else { &mut self.text }
    }
}

impl Sink for Clearing {
    fn ascii(&mut self, in_tag: bool, byte: u8, _stays: bool, at: usize) {
        let sign = match byte {
            b'\t' | b'\r' | 0x0C => ' ',
            b'\n' => '\n',
            0..0x20 | 0x7F => return,
            _ => char::from(byte),
        };
        self.half(in_tag).push(sign, &(at..at + 1));
    }

    fn han(&mut self, in_tag: bool, bytes: &[u8], _numeral: bool, at: usize) {
        let from = at..at + bytes.len();
        // Invariant: the walk hands over one whole character.
        for letter in std::str::from_utf8(bytes).unwrap_or("").chars() {
            self.half(in_tag).push(letter, &from);
        }
    }

    fn letters(&mut self, in_tag: bool, letters: &str, from: Range<usize>) {
        for letter in letters.chars().filter(|letter| !is_unseen(*letter)) {
            let sign = match letter {
                '\n' | '\u{2028}' | '\u{2029}' => '\n',
                '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2500}' | '\u{FE58}' | '\u{2043}' => '-',
                '・' | '•' | '‧' | '∙' | '⋅' | '●' => '·',
                letter if letter.is_whitespace() => ' ',
                letter if letter.is_control() => continue,
                letter => letter,
            };
            self.half(in_tag).push(sign, &from);
        }
    }

    fn opens(&mut self, rest: &[u8], at: usize) {
        let name = rest.strip_prefix(b"/").unwrap_or(rest);
        let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b":!?-".contains(byte);
        let length = name.iter().take(16).take_while(|byte| is_name(byte)).count();
        let name = name[..length].to_ascii_lowercase();
        // A comment in the middle of a number hides nothing.
        let inline = name.starts_with(b"!--") || INLINE.contains(&name.as_slice());
        if !inline {
            self.text.push('\n', &(at..at));
        }
    }

    fn closes(&mut self, at: usize) {
        self.tags.push('\n', &(at..at));
    }
}

#[cfg(test)]
mod tests {
    use super::Clear;
    use crate::text::normal::{Escapes, Folded, Writing, fold_into};

    /// Returns what of a text a part of its clear form was made of.
    fn source<'t>(text: &'t str, writing: Writing, part: &str) -> Option<&'t str> {
        let clear = Clear::of(text.as_bytes(), writing);
        let at = clear.text().find(part)?;
        text.get(clear.origin(at..at + part.len()))
    }

    #[test]
    fn every_sign_knows_where_it_stood() {
        for (text, written) in [
            ("电话:１９９００００１２３４。", "１９９００００１２３４"),
            ("电话:199\u{200B}00001234。", "199\u{200B}00001234"),
            ("电话:199&#48;0001234。", "199&#48;0001234"),
            ("电话:199&amp;#x30;0001234。", "199&amp;#x30;0001234"),
            ("电话:%31990000123%34。", "%31990000123%34"),
            ("电话:19900001\\u0032\\u0033\\u0034。", "19900001\\u0032\\u0033\\u0034"),
            ("电话:一九九〇〇〇〇一二三四。", "一九九〇〇〇〇一二三四"),
        ] {
            assert_eq!(source(text, Writing::Plain, "19900001234"), Some(written), "{text}");
        }
        let page = "<p>199<b>0000</b><!-- x -->1234</p>";
        assert_eq!(
            source(page, Writing::Markup, "19900001234"),
            Some("199<b>0000</b><!-- x -->1234")
        );
        assert_eq!(
            source("<i title='19900001234'>", Writing::Markup, "19900001234"),
            Some("19900001234")
        );
    }

    #[test]
    fn cells_and_lines_part_numbers() {
        for page in ["<td>1990000</td><td>1234</td>", "<p>1990000<br>1234", "1990000<li>1234"] {
            assert!(source(page, Writing::Markup, "19900001234").is_none(), "{page}");
        }
        let clear = Clear::of("199-0000 1234".as_bytes(), Writing::Plain);
        assert_eq!(clear.text(), "199-0000 1234");
        assert_eq!(
            Clear::of("０９１５—５２１２８３０".as_bytes(), Writing::Plain).text(),
            "0915-5212830"
        );
    }

    #[test]
    fn the_letters_of_the_clear_form_are_the_folded_form() {
        let mut folded = Folded::default();
        for text in [
            "电话:１９９-0000 1234,x&#49;y%E5%BC%A0\\u0031<b title='甲&lt;乙'>赵·示安</b><td>5</td>",
            "五一九九零零零零一二三四号,陆一鸣○、㍿ªﬁ\u{1D7D9}Ⅻ٣ é\u{301}",
            "<p>a<br/>b<!-- c -->d</p>\u{E000}\u{3164}z 　𠀀𠀁",
        ] {
            for writing in [Writing::Plain, Writing::Markup] {
                for escapes in [Escapes::Decoded, Escapes::Plain] {
                    fold_into(text.as_bytes(), (writing, escapes), &mut folded);
                    let clear = Clear::read(text.as_bytes(), (writing, escapes));
                    let letters: String =
                        clear.text().chars().filter(|letter| letter.is_alphanumeric()).collect();
                    let plain = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace('\n', "");
                    let text_of = plain(&folded.text);
                    // Numbers follow each half in the one form and both halves in the other.
                    assert!(text_of.chars().all(|letter| letters.contains(letter)), "{text}");
                    let running = folded.text.split(|byte| *byte == b'\n').next().unwrap_or(&[]);
                    assert!(letters.starts_with(&*String::from_utf8_lossy(running)), "{text}");
                    assert!(letters.chars().count() >= text_of.chars().count(), "{text}");
                }
            }
        }
    }
}
