//! The text behind a finding, painted over before anyone sees it.
//!
//! A snippet in a public log is a publication. So a line is shown only where someone said that it
//! may be: keys, and values of fields whose class is public. Everything else is painted with `*`,
//! one for each character. Long runs of digits are painted even
//! in public values, since that is what an identity or card number typed into a title looks like.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::diag::Span;
use crate::files::Files;

/// Runs of this many digits are painted wherever they stand.
const LONG_NUMBER: usize = 7;

/// The ranges of each file that may be shown.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    ranges: BTreeMap<Arc<str>, Vec<Range<u32>>>,
    forbidden: BTreeMap<Arc<str>, Vec<Range<u32>>>,
    /// The names of files that give somebody away, and what is said in their place.
    names: BTreeMap<Arc<str>, String>,
}

impl Shown {
    /// Allows a place to be shown.
    pub fn allow(&mut self, span: &Span) {
        self.ranges.entry(Arc::clone(&span.path)).or_default().push(span.start..span.end);
    }

    /// Forbids a place to be shown, whoever allows it.
    pub fn forbid(&mut self, span: &Span) {
        self.forbidden.entry(Arc::clone(&span.path)).or_default().push(span.start..span.end);
    }

    /// Says what a file is called in findings, when its own name gives somebody away.
    pub fn rename(&mut self, path: &Arc<str>, name: String) {
        self.names.insert(Arc::clone(path), name);
    }

    /// Adds what another set allows and forbids.
    pub fn absorb(&mut self, other: Self) {
        self.names.extend(other.names);
        for (path, ranges) in other.ranges {
            self.ranges.entry(path).or_default().extend(ranges);
        }
        for (path, ranges) in other.forbidden {
            self.forbidden.entry(path).or_default().extend(ranges);
        }
    }

    /// Returns whether the byte at `at` may be shown.
    fn allows(&self, path: &str, at: usize) -> bool {
        let holds = |places: &BTreeMap<Arc<str>, Vec<Range<u32>>>| {
            let inside =
                |range: &Range<u32>| (range.start as usize..range.end as usize).contains(&at);
            places.get(path).is_some_and(|ranges| ranges.iter().any(inside))
        };
        holds(&self.ranges) && !holds(&self.forbidden)
    }
}

/// The files findings speak of, with what may be shown of them.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'a> {
    files: &'a Files,
    shown: &'a Shown,
}

/// Where a finding is, for people: lines and columns start at 1, columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// A line as it may be shown.
#[derive(Clone, Debug)]
pub struct Snippet {
    /// The line's number.
    pub line: usize,
    /// The painted text.
    pub text: String,
    /// The bytes of `text` that the finding is about.
    pub range: Range<usize>,
}

impl<'a> Sources<'a> {
    /// Joins files with what may be shown of them.
    #[must_use]
    pub const fn new(files: &'a Files, shown: &'a Shown) -> Self {
        Self { files, shown }
    }

    /// Returns the name of a place's file as it may be shown.
    #[must_use]
    pub fn name<'s>(&'s self, span: &'s Span) -> &'s str {
        self.shown.names.get(&span.path).map_or(&*span.path, String::as_str)
    }

    /// Returns the position of a place's first byte.
    #[must_use]
    pub fn position(&self, span: &Span) -> Position {
        self.position_at(&span.path, span.start as usize)
    }

    /// Returns the position behind a place's last byte.
    #[must_use]
    pub fn end_position(&self, span: &Span) -> Position {
        self.position_at(&span.path, span.end as usize)
    }

    fn position_at(&self, path: &str, at: usize) -> Position {
        let text = self.files.text(path).unwrap_or("");
        let before = &text[..floor(text, at)];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        Position { line, column }
    }

    /// Returns the painted line of a place, or `None` when the place is a whole file.
    #[must_use]
    pub fn snippet(&self, span: &Span) -> Option<Snippet> {
        let text = self.files.text(&span.path)?;
        if span.start == span.end {
            return None;
        }
        let start = floor(text, span.start as usize);
        let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |newline| start + newline);
        let line = text[line_start..line_end].trim_end_matches('\r');
        let end = floor(text, span.end as usize).min(line_start + line.len()).max(start);
        let (start, end) = (start - line_start, end - line_start);
        let (text_of_line, range) = self.painted(&span.path, line_start, (line, start..end));
        let number = text[..line_start + start].matches('\n').count() + 1;
        Some(Snippet { line: number, text: text_of_line, range })
    }

    /// Paints a line of a file; returns it with the place of a range of it.
    fn painted(
        &self,
        path: &str,
        line_start: usize,
        (line, range): (&str, Range<usize>),
    ) -> (String, Range<usize>) {
        let mut painted = String::with_capacity(line.len());
        let mut digits = 0;
        let mut place = None;
        let mut end = None;
        for (at, letter) in line.char_indices() {
            if at >= range.start {
                place.get_or_insert(painted.len());
            }
            if at >= range.end {
                end.get_or_insert(painted.len());
            }
            digits = if letter.is_numeric() { digits + 1 } else { 0 };
            let sign = letter.is_ascii_whitespace() || "=[]{}\",'".contains(letter);
            if sign || self.shown.allows(path, line_start + at) && digits < LONG_NUMBER {
                painted.push(letter);
            } else {
                painted.push('*');
            }
            if digits == LONG_NUMBER {
                let kept = painted.len() - LONG_NUMBER;
                if painted[kept..].is_ascii() {
                    painted.replace_range(kept.., &"*".repeat(LONG_NUMBER));
                }
            }
        }
        let place = place.unwrap_or(painted.len());
        let end = end.unwrap_or(painted.len());
        (painted, place..end)
    }
}

/// Returns the last character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::{Shown, Sources};
    use crate::diag::Span;
    use crate::files::Files;
    use std::sync::Arc;

    #[test]
    fn only_what_is_public_is_shown() {
        let files = Files::of([("a.toml", "title = \"路灯 19900001234\"\nname = \"赵示安\"\n")]);
        let path = Arc::from("a.toml");
        let mut shown = Shown::default();
        shown.allow(&Span::new(&path, 0..5));
        shown.allow(&Span::new(&path, 8..28));
        let sources = Sources::new(&files, &shown);
        let title = sources.snippet(&Span::new(&path, 8..28)).expect("a line");
        assert_eq!(title.text, "title = \"路灯 ***********\"");
        let name = sources.snippet(&Span::new(&path, 29..33)).expect("a line");
        assert_eq!(name.text, "**** = \"***\"");
        assert_eq!((name.line, name.range), (2, 0..4));
        // Behind what is painted, the place is still that of the same characters.
        let value = sources.snippet(&Span::new(&path, 36..47)).expect("a line");
        assert_eq!(&value.text[value.range], "\"***\"");
        let digits = sources.snippet(&Span::new(&path, 16..27)).expect("a line");
        assert_eq!(&digits.text[digits.range], "***********");
        shown.forbid(&Span::new(&path, 9..15));
        let sources = Sources::new(&files, &shown);
        let title = sources.snippet(&Span::new(&path, 8..28)).expect("a line");
        assert_eq!(title.text, "title = \"** ***********\"");
    }
}
