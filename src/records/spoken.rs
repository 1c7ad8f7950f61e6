//! Figures as words say them: which words of a text say one of some figures.
//!
//! What a unit is called, in which languages, and in front of its number or behind it, is data
//! (`units.toml`); how numbers are said is known by [`crate::text::number`].

use std::ops::Range;

use crate::records::schema::Schema;
use crate::text::normal::{Clear, Escapes, Writing};
use crate::text::number::{Reading, is_number_word, next_number};
use crate::text::{Decimal, MoneyUnit};

/// So many words may stand between a number and its unit in English: 2 very poor rural households.
const BETWEEN: usize = 3;

/// A figure as words say it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::records) enum Said {
    /// In fen.
    Money(i64),
    /// A number and its unit.
    Count(Decimal, Box<str>),
}

impl Said {
    /// Returns whether two figures say the same.
    pub(in crate::records) fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Money(one), Self::Money(other)) => one == other,
            (Self::Count(one, unit), Self::Count(other, with)) => {
                unit == with && is_equal(*one, *other)
            }
            _ => false,
        }
    }
}

/// Returns whether two numbers are equal, however many noughts they end with.
fn is_equal(one: Decimal, other: Decimal) -> bool {
    one.checked_add(other.negated()).is_some_and(|rest| rest.scaled(0) == Some(0))
}

/// What is looked for in words.
pub(in crate::records) struct Words<'a> {
    /// Where the names of units are.
    pub(in crate::records) schema: &'a Schema,
    /// The figures.
    pub(in crate::records) secrets: Vec<&'a Said>,
}

impl Words<'_> {
    /// Returns whether a text says one of the figures.
    pub(in crate::records) fn tell(&self, text: &str) -> bool {
        !self.find(text).is_empty()
    }

    /// Returns where a text says one of the figures.
    pub(in crate::records) fn find(&self, text: &str) -> Vec<Range<usize>> {
        let clear = Clear::read(text.as_bytes(), (Writing::Markup, Escapes::Decoded));
        let words = clear.text();
        let mut found: Vec<Range<usize>> = Vec::new();
        let mut at = 0;
        while let Some(number) = next_number(words, at) {
            let range = number.range();
            at = range.end;
            let before = &words[..number.start];
            let says = |reading: &Reading| {
                let rest = &words[reading.end..];
                !is_idiom(before, &words[number.start..reading.end], rest)
                    && self.secrets.iter().any(|secret| self.says(secret, reading, (before, rest)))
            };
            if number.readings.iter().any(says) {
                let range = clear.origin(range);
                // What stands inside tags is read a second time, behind the text.
                if !found.contains(&range) {
                    found.push(range);
                }
            }
        }
        found
    }

    /// Returns whether a number and the words around it say a figure.
    fn says(&self, secret: &Said, reading: &Reading, (before, rest): (&str, &str)) -> bool {
        match secret {
            Said::Money(fen) => {
                let yuan = MoneyUnit::Yuan.name();
                let Some(whole) = reading.value.scaled(2) else {
                    return false;
                };
                // People say 3万 of money and no unit.
                let is_bare = reading.is_round && !rest.starts_with(char::is_alphanumeric);
                let behind = self.behind(yuan, rest);
                let exact = whole == *fen && (is_bare || behind.is_some());
                let more = behind.is_some_and(|after| whole + small_money(after) == *fen);
                exact || more || whole == *fen && self.is_before(yuan, before, rest)
            }
            Said::Count(number, unit) => {
                is_equal(*number, reading.value)
                    && (self.behind(unit, rest).is_some() || self.is_before(unit, before, rest))
            }
        }
    }

    /// Returns what follows a unit that stands behind a number.
    fn behind<'w>(&self, unit: &str, rest: &'w str) -> Option<&'w str> {
        let names = self.schema.units.get(unit).into_iter().flat_map(|name| name.behind());
        // Signs of emphasis in prose part nothing.
        let rest = rest.trim_start_matches([' ', '*', '_', '`', '~', '-', '\u{a0}']);
        // 4人 is said as 4口人 and 4个人, too.
        let counted = rest.trim_start_matches(['口', '名', '个', '個', '位', '余', '餘', '多']);
        std::iter::once(unit).chain(names).find_map(|name| {
            if name.is_ascii() && name.starts_with(|sign: char| sign.is_ascii_alphabetic()) {
                return english(name, rest);
            }
            // 户次 and 户 are two units.
            let own = [rest, counted].into_iter().find_map(|rest| rest.strip_prefix(name));
            own.filter(|after| !after.starts_with('次'))
        })
    }

    /// Returns whether words in front of a number say its unit, and none behind it says another.
    fn is_before(&self, unit: &str, before: &str, rest: &str) -> bool {
        let Some(names) = self.schema.units.get(unit) else {
            return false;
        };
        let is_gap =
            |sign: char| sign.is_whitespace() || ":：|=是为為共约約()()*_`~".contains(sign);
        let line = before.trim_end_matches(is_gap);
        let named = names.before().any(|name| ends_with(line, name));
        let other = |known: &str| known != unit && self.behind(known, rest).is_some();
        named && !self.schema.units.keys().any(|known| other(known))
    }
}

/// Returns what follows an English word, before which there may be a few others of the same sentence.
fn english<'w>(name: &str, rest: &'w str) -> Option<&'w str> {
    let mut rest = rest;
    for _ in 0..=BETWEEN {
        let end = |text: &str| !text.starts_with(|sign: char| sign.is_ascii_alphanumeric());
        if let Some(start) = rest.get(..name.len())
            && start.eq_ignore_ascii_case(name)
            && end(&rest[name.len()..])
        {
            return Some(&rest[name.len()..]);
        }
        let is_word = |sign: char| sign.is_ascii_alphabetic() || matches!(sign, '-' | '\'');
        let length = rest.find(|sign| !is_word(sign)).unwrap_or(rest.len());
        let word = &rest[..length];
        if word.is_empty() || is_number_word(word) || matches!(word, "and" | "or") {
            return None;
        }
        let behind = &rest[length..];
        rest = behind.trim_start_matches([' ', '*', '_', '`', '~', '\n']);
        if rest.len() == behind.len() {
            return None;
        }
    }
    None
}

/// Returns whether a text ends with a word; capitals do not matter.
fn ends_with(text: &str, name: &str) -> bool {
    let Some(start) = text.len().checked_sub(name.len()) else {
        return false;
    };
    let is_own = |before: &str| {
        let letter = |sign: char| sign.is_ascii_alphanumeric();
        !(name.starts_with(letter) && before.ends_with(letter))
    };
    text.get(start..).is_some_and(|end| end.eq_ignore_ascii_case(name)) && is_own(&text[..start])
}

/// Returns the fen in what follows 元: 5角, 5毛, 50分, or 5 behind 块.
fn small_money(after: &str) -> i64 {
    let (mut fen, mut rest) = (0, after);
    while let Some(number) = next_number(rest, 0).filter(|number| number.start == 0) {
        let Some(reading) = number.readings.last() else {
            break;
        };
        let Some(whole) = reading.value.scaled(0).filter(|whole| (0..100).contains(whole)) else {
            break;
        };
        rest = &rest[reading.end..];
        if let Some(next) = rest.strip_prefix(['角', '毛']) {
            (fen, rest) = (fen + whole * 10, next);
        } else if let Some(next) = rest.strip_prefix('分') {
            (fen, rest) = (fen + whole, next);
        } else {
            let is_short = fen == 0 && whole < 10;
            return if is_short { whole * 10 } else { fen };
        }
    }
    fen
}

/// Returns whether a number only belongs to a turn of phrase: 一户一册, 每一户, 第一人.
fn is_idiom(before: &str, number: &str, rest: &str) -> bool {
    let counted = before.ends_with(['第', '每', '任', '何', '哪']);
    let pair = number == "一" && rest.chars().nth(1) == Some('一');
    let each = ["each", "every", "per", "any"];
    counted || pair || each.iter().any(|word| ends_with(before.trim_end_matches(' '), word))
}
