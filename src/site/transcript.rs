//! Transcripts: pages as readers of another language need them, made of finished pages.
//!
//! Pages in other Chinese characters are turned into them here, word by word and never a name; pages
//! that are not Chinese get marks on what is, for those who have pages read out. The words of the
//! frame were written by hand, so a conversion finds nothing in them.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::site::kept::{Kept, Part};
use crate::site::markup::{Piece, pieces};
use crate::site::tongue::OF_RECORDS;
use crate::text::Script;
use crate::text::script::{is_chinese, is_han};

/// Returns pages in another script.
pub(crate) fn in_script(pages: &[&str], script: &Script, kept: &Kept) -> Vec<String> {
    // The same words stand on many pages; each is converted once.
    let prose: BTreeSet<&str> = pages.par_iter().map(|page| prose_of(page, kept)).reduce(
        BTreeSet::new,
        |mut left, mut right| {
            left.append(&mut right);
            left
        },
    );
    let prose: Vec<&str> = prose.into_iter().collect();
    let written: Vec<String> = prose.par_iter().map(|words| script.write(words)).collect();
    let written: BTreeMap<&str, String> = prose.into_iter().zip(written).collect();
    pages.par_iter().map(|page| rewritten(page, kept, &written)).collect()
}

/// Calls `found` with every piece of a page, and with its parts where it is to be converted.
fn parted<'p>(page: &'p str, kept: &Kept, found: &mut dyn FnMut(&'p str, Option<Vec<Part<'p>>>)) {
    let mut all = Vec::new();
    pieces(page, &mut |piece| all.push(piece));
    // A drawing may break a name over two lines, each of them words by itself.
    let mut broken = BTreeSet::new();
    let bare: Vec<(usize, &str)> = all
        .iter()
        .enumerate()
        .filter_map(|(at, piece)| match piece {
            Piece::Bare(words) => Some((at, *words)),
            Piece::Markup(_) | Piece::Text(_) => None,
        })
        .collect();
    for pair in bare.windows(2) {
        if let [(one, first), (two, second)] = pair
            && is_chinese(first)
            && kept.is_broken_name(first, second)
        {
            broken.extend([*one, *two]);
        }
    }
    for (at, piece) in all.into_iter().enumerate() {
        match piece {
            Piece::Text(words) | Piece::Bare(words)
                if is_chinese(words) && !broken.contains(&at) =>
            {
                found(words, Some(kept.part(words)));
            }
            Piece::Markup(words) | Piece::Text(words) | Piece::Bare(words) => found(words, None),
        }
    }
}

/// Returns the prose of a page.
fn prose_of<'p>(page: &'p str, kept: &Kept) -> BTreeSet<&'p str> {
    let mut prose = BTreeSet::new();
    parted(page, kept, &mut |_, parts| {
        prose.extend(parts.into_iter().flatten().filter_map(|part| match part {
            Part::Prose(words) => Some(words),
            Part::Name(_) => None,
        }));
    });
    prose
}

/// Returns a page with its prose as it was written anew.
fn rewritten(page: &str, kept: &Kept, written: &BTreeMap<&str, String>) -> String {
    let mut made = String::with_capacity(page.len());
    parted(page, kept, &mut |words, parts| {
        let Some(parts) = parts else {
            made.push_str(words);
            return;
        };
        for part in parts {
            made.push_str(match part {
                Part::Name(words) => words,
                Part::Prose(words) => written.get(words).map_or(words, String::as_str),
            });
        }
    });
    made
}

/// Returns a page that is not Chinese with a mark on what is.
pub(crate) fn marked(page: &str) -> String {
    let mut made = String::with_capacity(page.len() + page.len() / 8);
    pieces(page, &mut |piece| match piece {
        Piece::Text(words) if is_chinese(words) => mark(words, &mut made),
        Piece::Markup(words) | Piece::Text(words) | Piece::Bare(words) => made.push_str(words),
    });
    made
}

/// Marks what is Chinese in words between tags: all of them, or, where they are mixed, each stretch.
fn mark(words: &str, made: &mut String) {
    let own = words.trim();
    let (before, after) = (words.len() - words.trim_start().len(), words.trim_end().len());
    made.push_str(&words[..before]);
    if !is_latin_word(own) {
        wrap(own, made);
    } else {
        let mut rest = own;
        while let Some(start) = rest.find(is_han) {
            made.push_str(&rest[..start]);
            rest = &rest[start..];
            let end = stretch(rest);
            wrap(&rest[..end], made);
            rest = &rest[end..];
        }
        made.push_str(rest);
    }
    made.push_str(&words[after..]);
}

/// Puts words into an element that says their language.
fn wrap(words: &str, made: &mut String) {
    made.push_str("<bdi lang=\"");
    made.push_str(OF_RECORDS);
    made.push_str("\">");
    made.push_str(words);
    made.push_str("</bdi>");
}

/// Returns whether some words have letters of another script in them.
fn is_latin_word(words: &str) -> bool {
    let mut letters = words.chars().filter(|letter| letter.is_alphabetic() && !is_han(*letter));
    letters.nth(1).is_some()
}

/// Returns the length of the Chinese words that a text begins with: up to the last Chinese character
/// before a letter of another script.
fn stretch(text: &str) -> usize {
    let foreign = |letter: char| letter.is_alphabetic() && !is_han(letter) || letter == '&';
    let part = &text[..text.find(foreign).unwrap_or(text.len())];
    part.char_indices()
        .rfind(|(_, letter)| is_han(*letter))
        .map_or(part.len(), |(at, letter)| at + letter.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::marked;

    #[test]
    fn what_is_chinese_on_another_page_says_so() {
        assert_eq!(
            marked(
                "<title>明白</title><p> 垭口村 </p><p>at 1.2 in 垭口村, 38.50万元; stage: Done</p>"
            ),
            "<title>明白</title><p> <bdi lang=\"zh-Hans\">垭口村</bdi> </p>\
             <p>at 1.2 in <bdi lang=\"zh-Hans\">垭口村, 38.50万元</bdi>; stage: Done</p>"
        );
        assert_eq!(
            marked("<p translate=no>简体</p><p>2024–2025</p>"),
            "<p translate=no>简体</p><p>2024–2025</p>"
        );
        assert_eq!(marked("<td>38.50万元</td>"), "<td><bdi lang=\"zh-Hans\">38.50万元</bdi></td>");
    }
}
