//! The tags of an XML text, one after the other, without a tree: enough to find marks and to take
//! things out.

use std::ops::Range;

/// How a tag stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// `<a>`.
    Open,
    /// `</a>`.
    Close,
    /// `<a/>`.
    Empty,
    /// A comment, declaration or instruction.
    Other,
}

/// One tag.
#[derive(Clone, Debug)]
pub(super) struct Tag<'a> {
    /// Where it stands.
    pub(super) range: Range<usize>,
    /// The prefix of its name, or nothing.
    pub(super) prefix: &'a str,
    /// Its name without the prefix.
    pub(super) name: &'a str,
    /// How it stands.
    pub(super) shape: Shape,
    /// What stands in it after the name.
    inner: &'a str,
}

impl<'a> Tag<'a> {
    /// Returns the raw value of an attribute by its name without the prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<&'a str> {
        self.attributes().find(|(found, _, _)| *found == name).map(|(_, value, _)| value)
    }

    /// Returns whether an attribute says yes.
    pub(super) fn says(&self, name: &str) -> bool {
        self.attribute(name).is_some_and(|value| matches!(value, "1" | "true" | "on"))
    }

    /// Returns the attributes: name, value, and where they stand in the tag's inside.
    fn attributes(&self) -> impl Iterator<Item = (&'a str, &'a str, Range<usize>)> {
        let inner = self.inner;
        let mut at = 0;
        std::iter::from_fn(move || {
            let rest = &inner[at..];
            let equals = rest.find('=')?;
            let quote = rest[equals + 1..].find(['"', '\''])? + equals + 1;
            let sign = char::from(rest.as_bytes()[quote]);
            let end = rest[quote + 1..].find(sign)? + quote + 1;
            let name = rest[..equals].trim();
            let name = name.rsplit(':').next().unwrap_or(name);
            let range = at..at + end + 1;
            at += end + 1;
            Some((name, &rest[quote + 1..end], range))
        })
    }
}

/// Returns the tags of a text.
pub(super) fn tags(text: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + text[at..].find('<')?;
            let rest = &text[start..];
            if rest.starts_with("<![CDATA[") {
                at = start + rest.find("]]>").map_or(rest.len(), |end| end + 3);
                continue;
            }
            let length = length(rest);
            at = start + length;
            return Some(tag(&rest[..length], start));
        }
    })
}

/// Returns how long the tag at the beginning of a text is.
fn length(rest: &str) -> usize {
    if rest.starts_with("<!--") {
        return rest.find("-->").map_or(rest.len(), |end| end + 3);
    }
    let mut quote = None;
    for (at, byte) in rest.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    rest.len()
}

/// Takes a tag apart.
fn tag(whole: &str, start: usize) -> Tag<'_> {
    let range = start..start + whole.len();
    let body = whole.trim_start_matches('<').trim_end_matches('>');
    let (shape, body) = match body.as_bytes() {
        [b'!' | b'?', ..] => (Shape::Other, body),
        [b'/', ..] => (Shape::Close, &body[1..]),
        [.., b'/'] => (Shape::Empty, &body[..body.len() - 1]),
        _ => (Shape::Open, body),
    };
    let end = body.find(|sign: char| sign.is_ascii_whitespace()).unwrap_or(body.len());
    let (prefix, name) = body[..end].rsplit_once(':').unwrap_or(("", &body[..end]));
    Tag { range, prefix, name, shape, inner: &body[end..] }
}

/// Returns a text without its comments, without attributes whose name begins with one of `without`,
/// and without the empty elements that `drops` says yes to.
pub(super) fn without(text: &str, without: &[&str], drops: &dyn Fn(&Tag<'_>) -> bool) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut at = 0;
    for tag in tags(text) {
        clean.push_str(&text[at..tag.range.start]);
        at = tag.range.end;
        let whole = &text[tag.range.clone()];
        if whole.starts_with("<!--") || tag.shape == Shape::Empty && drops(&tag) {
            continue;
        }
        let inner = whole.find(tag.inner).filter(|_| !tag.inner.is_empty());
        let Some(inner) = inner.filter(|_| tag.shape != Shape::Other) else {
            clean.push_str(whole);
            continue;
        };
        let mut from = 0;
        for (name, _, range) in tag.attributes() {
            if without.iter().any(|start| name.starts_with(start)) {
                clean.push_str(&whole[from..inner + range.start]);
                from = inner + range.end;
            }
        }
        clean.push_str(&whole[from..]);
    }
    clean.push_str(&text[at..]);
    clean
}

/// Returns a text in which the five named entities and numbers stand for their signs.
pub(super) fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        plain.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = rest.find(';').filter(|end| *end < 12);
        let sign = end.and_then(|end| match &rest[1..end] {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            name => {
                let number = name.strip_prefix('#')?;
                let number = match number.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                    None => number.parse().ok()?,
                };
                char::from_u32(number)
            }
        });
        match (sign, end) {
            (Some(sign), Some(end)) => {
                plain.push(sign);
                rest = &rest[end + 1..];
            }
            _ => {
                plain.push('&');
                rest = &rest[1..];
            }
        }
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::{Shape, tags, unescaped, without};

    #[test]
    fn signs_in_quotes_and_comments_end_no_tag() {
        let text = "<?xml v=\"1\"?><w:a b='x>y' c=\"1\"><!-- <d/> --><e/><![CDATA[<f>]]></w:a>";
        let found: Vec<_> = tags(text).map(|tag| (tag.name, tag.shape)).collect();
        assert_eq!(found[1..2], [("a", Shape::Open)]);
        assert_eq!(found[3..], [("e", Shape::Empty), ("a", Shape::Close)]);
        let opening = tags(text).nth(1).expect("there is one");
        assert_eq!((opening.attribute("b"), opening.says("c")), (Some("x>y"), true));
    }

    #[test]
    fn what_is_taken_out_leaves_the_rest() {
        let text = "<p w:rsidR=\"00\" w:id=\"1\"><!-- x --><gone/><kept a=\"1\"/>t</p>";
        let clean = without(text, &["rsid"], &|tag| tag.name == "gone");
        assert_eq!(clean, "<p w:id=\"1\"><kept a=\"1\"/>t</p>");
    }

    #[test]
    fn escapes_are_read() {
        assert_eq!(unescaped("a&amp;b&#x41;&#66;&c&"), "a&bAB&c&");
    }
}
