//! Telephone numbers on finished pages: each is a link that calls, and none is broken over two lines.
//!
//! Whoever reads a notice on a telephone wants to touch the number, in whatever sentence it stands.
//! Which digits are a telephone is said by the register: the numbers of its contact, its places and
//! its public records; in prose it is also what has the form of a line with an area code.

use std::collections::BTreeSet;

use crate::records::{Class, Datum, PublicField, PublicValue, Release};
use crate::site::markup::{Piece, pieces};

/// Elements in which a link may not stand, or would do something else.
const NO_LINKS: [&str; 6] = ["a", "button", "code", "label", "summary", "th"];

/// The numbers of a register that people may call.
pub(crate) struct Phones {
    numbers: BTreeSet<String>,
}

impl Phones {
    /// Gathers the numbers of a release.
    pub(crate) fn of(release: &Release) -> Self {
        let mut numbers: BTreeSet<String> =
            release.site().contact.hotlines.iter().cloned().collect();
        numbers.extend(release.places().iter().map(|place| place.phone.clone()));
        for record in release.records() {
            let fields = &release.schema().kinds()[record.kind()].fields;
            let own = record.fields().iter().filter(|field| {
                let def = &fields[field.field()];
                def.type_name() == "phone" && def.class.is_none_or(|class| class == Class::Public)
            });
            numbers.extend(own.flat_map(PublicField::values).filter_map(text));
        }
        numbers.retain(|number| is_number(number));
        Self { numbers }
    }

    /// Returns a page with a link on every number that stands in its words.
    pub(crate) fn linked(&self, page: &str) -> String {
        let mut made = String::with_capacity(page.len() + page.len() / 32);
        let mut inside: Option<&str> = None;
        pieces(page, &mut |piece| match piece {
            Piece::Text(words) if inside.is_none() => self.link(words, &mut made),
            Piece::Markup(tag) => {
                match inside {
                    None => inside = NO_LINKS.into_iter().find(|name| opens(tag, name)),
                    Some(name) if closes(tag, name) => inside = None,
                    Some(_) => {}
                }
                made.push_str(tag);
            }
            Piece::Text(words) | Piece::Bare(words) => made.push_str(words),
        });
        made
    }

    /// Writes words with a link on every number.
    fn link(&self, words: &str, made: &mut String) {
        let (mut rest, mut before) = (words, None);
        while let Some(start) = rest.find(|letter: char| letter.is_ascii_digit()) {
            let (plain, from) = rest.split_at(start);
            let end = from.find(|letter: char| !letter.is_ascii_digit() && letter != '-');
            let run = from[..end.unwrap_or(from.len())].trim_end_matches('-');
            let (number, after) = from.split_at(run.len());
            made.push_str(plain);
            let stands_alone = !plain.chars().next_back().or(before).is_some_and(glues)
                && !after.starts_with(|letter: char| glues(letter) || COUNTS.contains(&letter));
            if stands_alone && (self.numbers.contains(number) || is_line(number)) {
                made.push_str("<a class=\"nobr\" href=\"tel:");
                made.push_str(number);
                made.push_str("\">");
                made.push_str(number);
                made.push_str("</a>");
            } else {
                made.push_str(number);
            }
            before = number.chars().next_back();
            rest = after;
        }
        made.push_str(rest);
    }
}

/// What stands behind digits that count or cost something.
const COUNTS: [char; 8] = ['元', '万', '亿', '户', '人', '条', '年', '%'];

/// Returns whether a letter makes digits beside it a part of something longer.
fn glues(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || ['.', '-', '/', '_', '*', '@'].contains(&letter)
}

/// Returns the text of a value that is one.
fn text(value: &PublicValue) -> Option<String> {
    match value.datum() {
        Datum::Text(words) => Some(words.clone()),
        _ => None,
    }
}

/// Returns whether words are digits and strokes, enough of them to be called.
fn is_number(words: &str) -> bool {
    let digits = words.bytes().filter(u8::is_ascii_digit).count();
    digits >= 5 && words.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
}

/// Returns whether digits have the form of a line with an area code.
fn is_line(digits: &str) -> bool {
    let parts = digits.split_once('-');
    parts.is_some_and(|(area, line)| {
        area.starts_with('0')
            && (3..=4).contains(&area.len())
            && (7..=8).contains(&line.len())
            && !line.contains('-')
    })
}

/// Returns whether a piece of markup begins an element of this name.
fn opens(tag: &str, name: &str) -> bool {
    let rest = tag.strip_prefix('<').and_then(|tag| tag.strip_prefix(name));
    rest.is_some_and(|rest| !rest.starts_with(|letter: char| letter.is_ascii_alphanumeric()))
}

/// Returns whether a piece of markup ends an element of this name.
fn closes(tag: &str, name: &str) -> bool {
    tag.strip_prefix("</").is_some_and(|rest| rest.trim_end_matches('>').trim() == name)
}

#[cfg(test)]
mod tests {
    use super::Phones;

    fn phones() -> Phones {
        Phones { numbers: ["12317".to_owned(), "0999-0000100".to_owned()].into() }
    }

    #[test]
    fn numbers_in_any_sentence_are_called() {
        let made = phones().linked("<p>请打12317、0999-0000120。</p>");
        assert_eq!(
            made,
            "<p>请打<a class=\"nobr\" href=\"tel:12317\">12317</a>、\
             <a class=\"nobr\" href=\"tel:0999-0000120\">0999-0000120</a>。</p>"
        );
    }

    #[test]
    fn what_is_no_telephone_or_is_a_link_already_is_left_alone() {
        for page in [
            "<p>12317元、12317.5、1-12317、2025-06-30、0999-00001、a12317</p>",
            "<a href=\"tel:12317\">12317</a>",
            "<title>12317</title><button>12317</button><svg><text>12317</text></svg>",
            "<a title=\"12317\">x</a>",
        ] {
            assert_eq!(phones().linked(page), page);
        }
    }
}
