//! A short code as it is written: a name and arguments between two pairs of braces.
//!
//! `{{ name key="value" key=value }}`; the quotation marks of Chinese keyboards will do as well. It knows
//! no names and no values, only how they are parted.

use std::ops::Range;

use crate::records::pages::prose::OPENING;
use crate::text::Phrase;

/// What closes a short code.
const CLOSING: &str = "}}";

/// Marks around values: what opens and what closes.
const QUOTES: [(char, char); 3] = [('"', '"'), ('“', '”'), ('\'', '\'')];

/// A word with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word<'a> {
    /// The word.
    pub(super) text: &'a str,
    /// Where it stands.
    pub(super) range: Range<usize>,
}

/// A short code, taken apart.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Written<'a> {
    /// Its name.
    pub(super) name: Word<'a>,
    /// Its arguments: name and value.
    pub(super) arguments: Vec<(Word<'a>, Word<'a>)>,
}

/// What is wrong with how a short code is written.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Slip {
    /// Where.
    pub(super) range: Range<usize>,
    /// What.
    pub(super) message: Phrase,
}

/// Makes a slip.
fn slip(range: Range<usize>, zh: &str, en: &str) -> Slip {
    Slip { range, message: Phrase::new(zh, en) }
}

/// Takes a line apart that begins with a short code; `start` is where the line begins.
pub(super) fn written(line: &str, start: usize) -> Result<Written<'_>, Slip> {
    let whole = start..start + line.len();
    let inner = line.strip_prefix(OPENING).unwrap_or(line);
    let Some(end) = closing(inner) else {
        return Err(slip(
            whole,
            "短码没有写完:同一行里要以 }} 结束",
            "the short code does not end: }} closes it in the same line",
        ));
    };
    let rest = start + OPENING.len() + end + CLOSING.len();
    if rest < whole.end {
        return Err(slip(
            rest..whole.end,
            "短码后面还有字:一行只写一个短码,别的字写到另一段",
            "something stands behind the short code: it has its line for itself",
        ));
    }
    let mut reader = Letters { text: &inner[..end], start: start + OPENING.len(), at: 0 };
    let name = reader.word();
    if name.text.is_empty() {
        return Err(slip(whole, "花括号里没有短码的名字", "there is no name between the braces"));
    }
    let mut arguments = Vec::new();
    loop {
        reader.skip();
        if reader.rest().is_empty() {
            return Ok(Written { name, arguments });
        }
        arguments.push(reader.argument()?);
    }
}

/// Returns where the braces close, outside of quotation marks.
fn closing(inner: &str) -> Option<usize> {
    let mut quote: Option<char> = None;
    for (at, letter) in inner.char_indices() {
        match quote {
            Some(end) => quote = Some(end).filter(|end| *end != letter),
            None if inner[at..].starts_with(CLOSING) => return Some(at),
            None => quote = QUOTES.iter().find(|(open, _)| *open == letter).map(|(_, end)| *end),
        }
    }
    // A mark that is never closed is told of where it stands.
    quote.and_then(|_| inner.rfind(CLOSING))
}

/// The inside of a short code while it is read.
struct Letters<'a> {
    text: &'a str,
    start: usize,
    at: usize,
}

impl<'a> Letters<'a> {
    /// Returns what is left.
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Passes over blanks; a comma between arguments is one.
    fn skip(&mut self) {
        let rest = self.rest();
        let left = rest.trim_start_matches(|letter: char| letter.is_whitespace() || letter == ',');
        self.at += rest.len() - left.len();
    }

    /// Takes a number of bytes.
    fn take(&mut self, length: usize) -> Word<'a> {
        let text = &self.rest()[..length];
        let begin = self.start + self.at;
        self.at += length;
        Word { text, range: begin..begin + length }
    }

    /// Takes a bare word.
    fn word(&mut self) -> Word<'a> {
        self.skip();
        let ends = |letter: char| {
            letter.is_whitespace()
                || "=,".contains(letter)
                || QUOTES.iter().any(|(open, end)| *open == letter || *end == letter)
        };
        self.take(self.rest().find(ends).unwrap_or(self.rest().len()))
    }

    /// Takes an argument.
    fn argument(&mut self) -> Result<(Word<'a>, Word<'a>), Slip> {
        let key = self.word();
        self.skip();
        if key.text.is_empty() || !self.rest().starts_with('=') {
            let end = self.start + self.text.trim_end().len();
            let begin = if key.text.is_empty() { self.start + self.at } else { key.range.start };
            return Err(slip(
                begin..end.max(begin + 1),
                "这里要写成 名称=\"值\",例如 year=\"2025\";等号用半角",
                "this is written as name=\"value\", such as year=\"2025\"",
            ));
        }
        self.at += 1;
        self.skip();
        let opening = self.rest().chars().next();
        let Some((open, close)) = QUOTES.into_iter().find(|(open, _)| opening == Some(*open))
        else {
            let value = self.word();
            if value.text.is_empty() {
                return Err(slip(key.range, "等号后面没有写值", "no value behind the sign ="));
            }
            return Ok((key, value));
        };
        let begin = self.start + self.at;
        self.at += open.len_utf8();
        let Some(length) = self.rest().find(close) else {
            return Err(slip(
                begin..self.start + self.text.len(),
                "引号没有成对",
                "the quotation mark is not closed",
            ));
        };
        let value = self.take(length);
        self.at += close.len_utf8();
        Ok((key, value))
    }
}

#[cfg(test)]
mod tests {
    use super::written;

    /// Takes a line apart and puts it together again.
    fn parts(line: &str) -> String {
        match written(line, 0) {
            Ok(code) => {
                let arguments = code.arguments.iter();
                let arguments = arguments.map(|(key, value)| {
                    assert_eq!(&line[value.range.clone()], value.text);
                    format!(" {}={}", key.text, value.text)
                });
                format!("{}{}", code.name.text, arguments.collect::<String>())
            }
            Err(slip) => format!("{:?} {}", slip.range, &line[slip.range.clone()]),
        }
    }

    #[test]
    fn names_and_values_are_told_apart() {
        for (line, wanted) in [
            ("{{ record id=\"a/1\" }}", "record id=a/1"),
            ("{{record id = “a/1”}}", "record id=a/1"),
            ("{{ table kind='a', limit=20}}", "table kind=a limit=20"),
            ("{{ x y=\"甲 }} 乙\" }}", "x y=甲 }} 乙"),
            ("{{ x }}", "x"),
        ] {
            assert_eq!(parts(line), wanted);
        }
    }

    #[test]
    fn slips_of_the_pen_have_their_place() {
        for (line, wanted) in [
            ("{{ x", "0..4 {{ x"),
            ("{{ }}", "0..5 {{ }}"),
            ("{{ x }} y", "7..9  y"),
            ("{{ x y }}", "5..6 y"),
            ("{{ x y= }}", "5..6 y"),
            ("{{ x y=\"a }}", "7..10 \"a "),
            ("{{ x =1 }}", "5..7 =1"),
        ] {
            assert_eq!(parts(line), wanted, "{line}");
        }
    }
}
