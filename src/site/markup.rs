//! The words of a page of HTML, between its tags and in those attributes that people see.
//!
//! It reads what the templates wrote and gives all of it back, piece by piece. What is no language,
//! such as scripts, and what says of itself that it is not to be translated, is left as it is.

/// A piece of a page; all pieces together are the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'p> {
    /// Nothing for people, or nothing to be touched.
    Markup(&'p str),
    /// Words between tags.
    Text(&'p str),
    /// Words where no tag may stand: in an attribute, or in the title of the page.
    Bare(&'p str),
}

/// Attributes whose values people see or hear.
const SEEN: [&str; 6] = ["alt", "aria-label", "data-label", "label", "placeholder", "title"];

/// Elements that hold words and no elements.
const BARE: [&str; 3] = ["option", "textarea", "title"];

/// The element of drawings, which takes no tags of pages.
const DRAWING: &str = "svg";

/// Elements that hold no words.
const WORDLESS: [&str; 2] = ["script", "style"];

/// Calls `found` with every piece of a page, in order.
pub(crate) fn pieces<'p>(page: &'p str, found: &mut dyn FnMut(Piece<'p>)) {
    let mut rest = page;
    // The element whose inside is left as it is, and how many of its name are open.
    let mut quiet: Option<(&str, usize)> = None;
    let (mut bare, mut drawn) = (false, false);
    while !rest.is_empty() {
        let Some(at) = rest.find('<') else {
            text(rest, (quiet.is_some(), bare || drawn), found);
            return;
        };
        text(&rest[..at], (quiet.is_some(), bare || drawn), found);
        let (tag, after) = rest[at..].split_at(tag_end(&rest[at..]));
        rest = after;
        let (name, closes) = name_of(tag);
        bare = !closes && BARE.contains(&name);
        if name == DRAWING {
            drawn = !closes;
        }
        match &mut quiet {
            Some((open, depth)) => {
                found(Piece::Markup(tag));
                if *open == name {
                    *depth = if closes { *depth - 1 } else { *depth + 1 };
                }
                if *depth == 0 {
                    quiet = None;
                }
                continue;
            }
            None if closes || name.is_empty() => found(Piece::Markup(tag)),
            None => {
                let untouched = attributes(tag, name, found);
                quiet = untouched.then_some((name, 1));
            }
        }
        if !closes && WORDLESS.contains(&name) {
            let end = rest.find("</").unwrap_or(rest.len());
            found(Piece::Markup(&rest[..end]));
            rest = &rest[end..];
        }
    }
}

/// Gives words between tags.
fn text<'p>(words: &'p str, (quiet, bare): (bool, bool), found: &mut dyn FnMut(Piece<'p>)) {
    match (words.is_empty(), quiet, bare) {
        (true, ..) => {}
        (_, true, _) => found(Piece::Markup(words)),
        (_, _, true) => found(Piece::Bare(words)),
        _ => found(Piece::Text(words)),
    }
}

/// Returns where the tag or comment that a text begins with ends.
fn tag_end(text: &str) -> usize {
    if text.starts_with("<!--") {
        return text.find("-->").map_or(text.len(), |at| at + 3);
    }
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    text.len()
}

/// Returns the name of a tag, or nothing for a comment, and whether it closes an element.
fn name_of(tag: &str) -> (&str, bool) {
    let inner = tag.trim_start_matches('<');
    let closes = inner.starts_with('/');
    let inner = inner.trim_start_matches('/');
    let end = inner.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-');
    (&inner[..end.unwrap_or(inner.len())], closes)
}

/// Gives an opening tag, with the values that people see by themselves; returns whether the inside of
/// the element is not to be touched.
fn attributes<'p>(tag: &'p str, name: &str, found: &mut dyn FnMut(Piece<'p>)) -> bool {
    let bytes = tag.as_bytes();
    let (mut given, mut at, mut untouched) = (0, name.len() + 1, false);
    while at < bytes.len() {
        let key_end =
            end_of(bytes, at, |byte| byte.is_ascii_whitespace() || b"=>/".contains(&byte));
        let key = &tag[at..key_end];
        if key.is_empty() {
            at += 1;
            continue;
        }
        if bytes.get(key_end) != Some(&b'=') {
            at = key_end;
            continue;
        }
        let (start, end) = match bytes.get(key_end + 1) {
            Some(quote @ (b'"' | b'\'')) => {
                (key_end + 2, end_of(bytes, key_end + 2, |byte| byte == *quote))
            }
            _ => (
                key_end + 1,
                end_of(bytes, key_end + 1, |byte| byte.is_ascii_whitespace() || byte == b'>'),
            ),
        };
        untouched |= key == "translate" && &tag[start..end] == "no";
        if SEEN.contains(&key) || (name == "meta" && key == "content") {
            found(Piece::Markup(&tag[given..start]));
            found(Piece::Bare(&tag[start..end]));
            given = end;
        }
        at = end + 1;
    }
    found(Piece::Markup(&tag[given..]));
    untouched
}

/// Returns where the first byte stands that ends something, from a place on.
fn end_of(bytes: &[u8], from: usize, ends: impl Fn(u8) -> bool) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    rest.iter().position(|byte| ends(*byte)).map_or(bytes.len(), |at| from + at)
}

#[cfg(test)]
mod tests {
    use super::{Piece, pieces};

    /// Returns the words of a page that are not markup.
    fn words(page: &str) -> Vec<&str> {
        let (mut words, mut whole) = (Vec::new(), String::new());
        pieces(page, &mut |piece| match piece {
            Piece::Markup(part) => whole.push_str(part),
            Piece::Text(part) | Piece::Bare(part) => {
                whole.push_str(part);
                words.push(part);
            }
        });
        assert_eq!(whole, page, "all pieces together are the page");
        words
    }

    #[test]
    fn words_stand_between_tags_and_in_attributes_that_people_see() {
        assert_eq!(
            words("<!DOCTYPE html><a href=\"甲\" title='乙>' aria-label=丙>丁<b>戊</b></a>己"),
            ["乙>", "丙", "丁", "戊", "己"]
        );
        assert_eq!(
            words("<meta name=description content=\"甲 乙\"><p hidden>丙</p>"),
            ["甲 乙", "丙"]
        );
    }

    #[test]
    fn what_is_no_language_or_is_not_to_be_translated_is_left_alone() {
        assert_eq!(words("<script>甲<b></script><style>乙</style><!-- 丙 -->丁"), ["丁"]);
        assert_eq!(words("<a translate=no>甲<a>乙</a>丙</a>丁"), ["丁"]);
    }

    #[test]
    fn titles_and_drawings_take_no_tags() {
        let mut bare = Vec::new();
        pieces("<title>甲</title><p>乙</p><svg><text>丙</text></svg>丁", &mut |piece| {
            if let Piece::Bare(words) = piece {
                bare.push(words);
            }
        });
        assert_eq!(bare, ["甲", "丙"]);
    }

    #[test]
    fn broken_markup_loses_nothing() {
        for page in
            ["<", "<a", "<a title", "<a title=", "<a title=\"", "<!--", "甲<", "<p><", "</>甲"]
        {
            drop(words(page));
        }
    }
}
