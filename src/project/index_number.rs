//! Index numbers (索引号): how a register makes them for records that have none of their own.
//!
//! The scheme is data: a pattern with named parts, such as `{organ}/{year}-{serial}`. A number is made
//! of one record alone, so that a new record never changes the number of another; two numbers that
//! fall together are a finding. Knows nothing of records or of how they are checked.

use std::sync::Arc;

use sha2::{Digest as _, Sha256};
use toml::de::{DeTable, DeValue};

use crate::diag::code::SITE_FAULT;
use crate::diag::{Finding, Report, Span};
use crate::project::TOP_KEYS;
use crate::syntax::Reader;
use crate::text::{Day, Phrase};

/// How many digits a serial number has, if the register does not say.
const DIGITS: usize = 5;

/// The fewest and the most digits a serial number may have.
const DIGITS_ALLOWED: std::ops::RangeInclusive<i64> = 4..=9;

/// A part of a scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    /// Signs that stand as they are.
    Sign(String),
    /// The code of the publishing organ, as `site.toml` says it.
    Organ,
    /// The code of the record's place.
    Place,
    /// The name of the record's kind.
    Kind,
    /// The record's id.
    Id,
    /// The year the record is of.
    Year,
    /// Its month, two digits.
    Month,
    /// Its day, two digits.
    Day,
    /// Digits made of the kind and the id.
    Serial,
}

impl Part {
    /// Every named part.
    const NAMED: [(&'static str, Self); 8] = [
        ("organ", Self::Organ),
        ("place", Self::Place),
        ("kind", Self::Kind),
        ("id", Self::Id),
        ("year", Self::Year),
        ("month", Self::Month),
        ("day", Self::Day),
        ("serial", Self::Serial),
    ];
}

/// What a number is made of.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The name of the kind.
    pub kind: &'a str,
    /// The id.
    pub id: &'a str,
    /// The code of the place; empty when there is none.
    pub place: &'a str,
    /// The day the record is of.
    pub day: Option<Day>,
}

/// A scheme of index numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scheme {
    parts: Vec<Part>,
    organ: String,
    digits: usize,
}

impl Scheme {
    /// Reads `[index_number]`; a scheme with a fault is reported and is none.
    pub(super) fn read(table: &DeTable<'_>, path: &Arc<str>, report: &mut Report) -> Option<Self> {
        let mut reader = Reader::new(path, table, SITE_FAULT).below("index_number", &TOP_KEYS);
        let pattern = reader.required("scheme", report);
        let organ = reader.text("organ", report).unwrap_or_default();
        let digits = reader.node("digits").map(|node| match node.get_ref() {
            DeValue::Integer(number) => number.as_str().parse::<i64>().ok(),
            _ => None,
        });
        let made = match digits {
            Some(wanted) => wanted
                .filter(|wanted| DIGITS_ALLOWED.contains(wanted))
                .and_then(|wanted| usize::try_from(wanted).ok())
                .ok_or_else(|| {
                    let words = Phrase::new(
                        "`digits` 要填4到9的整数",
                        "`digits` is a whole number from 4 to 9",
                    );
                    ("digits", words)
                }),
            None => Ok(DIGITS),
        };
        let scheme = made.and_then(|digits| Self::parse(&pattern, &organ, digits));
        let mut place = |key| reader.node(key).map(|node| reader.span(node.span()));
        let spans = ["scheme", "organ", "digits"].map(|key| (key, place(key)));
        reader.finish(report);
        match scheme {
            Ok(scheme) => Some(scheme),
            // A pattern that is missing was told of already.
            Err((key, message)) => {
                let span = |wanted| spans.iter().find(|(key, _)| *key == wanted)?.1.clone();
                if key != "scheme" {
                    let span = span(key).or_else(|| span("scheme"));
                    report.extend(span.map(|span| Finding::new(SITE_FAULT, span, message)));
                    return None;
                }
                report.extend(span("scheme").map(|span: Span| {
                    Finding::new(SITE_FAULT, span, message).help(Phrase::new(
                        "可以写的:{organ} {place} {kind} {id} {year} {month} {day} {serial},中间用字母、数字、- / _",
                        "known parts: {organ} {place} {kind} {id} {year} {month} {day} {serial}; between them letters, digits, - / _",
                    ))
                }));
                None
            }
        }
    }

    /// Reads a pattern.
    ///
    /// # Errors
    ///
    /// Says what is wrong, and under which key.
    pub fn parse(
        pattern: &str,
        organ: &str,
        digits: usize,
    ) -> Result<Self, (&'static str, Phrase)> {
        let fault = |zh: &str, en: &str| ("scheme", Phrase::new(zh, en));
        let mut parts = Vec::new();
        let mut rest = pattern;
        while !rest.is_empty() {
            let (sign, after) = rest.split_once('{').unwrap_or((rest, ""));
            let opened = sign.len() < rest.len();
            if !sign.chars().all(is_sign) {
                return Err(fault(
                    "`scheme` 里有索引号不能用的字",
                    "`scheme` has signs that index numbers do not have",
                ));
            }
            if !sign.is_empty() {
                parts.push(Part::Sign(sign.to_owned()));
            }
            rest = after;
            if opened {
                let named = after.split_once('}').and_then(|(name, after)| {
                    let known = Part::NAMED.into_iter().find(|(known, _)| *known == name);
                    known.map(|(_, part)| (part, after))
                });
                let Some((part, after)) = named else {
                    return Err(fault(
                        "`scheme` 的大括号里有不认识的部分,或者括号没有合上",
                        "`scheme` has an unknown part in braces, or a brace that is not closed",
                    ));
                };
                parts.push(part);
                rest = after;
            }
        }
        if !parts.iter().any(|part| matches!(part, Part::Serial | Part::Id)) {
            return Err(fault(
                "`scheme` 要有 {serial} 或 {id},不然两条记录的号会一样",
                "`scheme` needs {serial} or {id}, or records would share a number",
            ));
        }
        if parts.contains(&Part::Organ) && (organ.is_empty() || !organ.chars().all(is_sign)) {
            let words = Phrase::new(
                "`organ` 要填机构代码,只能用字母、数字和 - / _(`scheme` 里用了 {organ})",
                "`organ` is the code of the organ, of letters, digits and - / _ (`scheme` has {organ})",
            );
            return Err(("organ", words));
        }
        Ok(Self { parts, organ: organ.to_owned(), digits })
    }

    /// Returns the number of a record; none when it lacks what a part is made of, or the number would
    /// have a sign that index numbers do not have.
    #[must_use]
    pub fn number(&self, facts: &Facts<'_>) -> Option<String> {
        let mut number = String::new();
        for part in &self.parts {
            let piece = match part {
                Part::Sign(sign) => sign.clone(),
                Part::Organ => self.organ.clone(),
                Part::Place => facts.place.to_owned(),
                Part::Kind => facts.kind.to_owned(),
                Part::Id => facts.id.to_owned(),
                Part::Year => format!("{:04}", facts.day?.year()),
                Part::Month => format!("{:02}", facts.day?.month()),
                Part::Day => format!("{:02}", facts.day?.day()),
                Part::Serial => self.serial(facts),
            };
            if piece.is_empty() || !piece.chars().all(is_sign) {
                return None;
            }
            number.push_str(&piece);
        }
        Some(number)
    }

    /// Returns the serial number of a record: digits of a digest of its kind and id, which are public
    /// and stay, and not its place in a row, which a record entered late would move.
    fn serial(&self, facts: &Facts<'_>) -> String {
        let digest = Sha256::digest(format!("{}/{}", facts.kind, facts.id));
        let number = digest.iter().take(8).fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
        let limit = (0..self.digits).fold(1_u64, |limit, _| limit * 10);
        format!("{:0width$}", number % limit, width = self.digits)
    }
}

/// Returns whether an index number may have a sign.
fn is_sign(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || "-/_".contains(letter)
}

#[cfg(test)]
mod tests {
    use super::{Facts, Scheme};
    use crate::text::Day;

    fn facts(id: &str) -> Facts<'_> {
        Facts { kind: "wombat", id, place: "990101", day: Day::new(2025, 6, 3) }
    }

    #[test]
    fn parts_stand_where_the_pattern_names_them() {
        for (pattern, wanted) in [
            ("{organ}/{year}-{id}", "9901A/2025-w1"),
            ("{kind}/{year}{month}-{place}-{id}", "wombat/202506-990101-w1"),
            ("{day}_{id}", "03_w1"),
        ] {
            let scheme = Scheme::parse(pattern, "9901A", 5).expect("a good pattern");
            assert_eq!(scheme.number(&facts("w1")).as_deref(), Some(wanted));
        }
    }

    #[test]
    fn serials_are_made_of_kind_and_id_alone() {
        let scheme = Scheme::parse("{year}-{serial}", "", 5).expect("a good pattern");
        // The first eight bytes of `printf wombat/w1 | sha256sum`, modulo 100000.
        let number = scheme.number(&facts("w1")).expect("a number");
        assert_eq!(number, "2025-03777");
        let elsewhere = Facts { place: "990102", day: Day::new(2024, 1, 1), ..facts("w1") };
        let there = scheme.number(&elsewhere).expect("a number");
        assert_eq!(there.strip_prefix("2024-"), number.strip_prefix("2025-"));
        assert_ne!(scheme.number(&facts("w2")), Some(number));
    }

    #[test]
    fn what_is_missing_gives_no_number_and_a_bad_pattern_no_scheme() {
        let scheme = Scheme::parse("{year}-{place}-{id}", "", 5).expect("a good pattern");
        assert_eq!(scheme.number(&Facts { day: None, ..facts("w1") }), None);
        assert_eq!(scheme.number(&Facts { place: "", ..facts("w1") }), None);
        assert_eq!(scheme.number(&facts("路")), None);
        for bad in ["{year}", "", "{organ}-{id}", "{month", "{nonsense}-{id}", "路{id}", "}{id}"] {
            assert!(Scheme::parse(bad, "", 5).is_err(), "{bad}");
        }
    }
}
