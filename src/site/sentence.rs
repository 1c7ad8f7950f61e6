//! The plain sentence of a record, made from its data by the pattern of its kind.
//!
//! What a pattern names outside of brackets must be there, or the record has no sentence: half a
//! sentence would say something else.

use crate::records::{
    Datum, FieldDef, Kind, Piece, PublicField, PublicRecord, PublicValue, Release, Role, pieces,
};
use crate::site::notice::{State, state};
use crate::site::words;
use crate::text::{Lang, Money, Phrase, grouped};

/// How many rows of a table a sentence names.
const ROWS: usize = 3;

/// Returns the plain sentence of a record, if all it has to name is there.
#[must_use]
pub(crate) fn sentence(release: &Release, record: &PublicRecord, lang: Lang) -> String {
    let kind = &release.schema().kinds()[record.kind()];
    let pieces = kind.sentence.as_ref().and_then(|pattern| pieces(pattern.text(lang)));
    let speaker = Speaker { release, record, kind, lang };
    let said = pieces.and_then(|pieces| speaker.said(&pieces, false)).unwrap_or_default();
    match lang {
        Lang::Zh => said,
        Lang::En => capital(&said),
    }
}

/// Returns a sentence with a capital where it begins.
fn capital(said: &str) -> String {
    let mut letters = said.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Says what a record's values are.
struct Speaker<'a> {
    release: &'a Release,
    record: &'a PublicRecord,
    kind: &'a Kind,
    lang: Lang,
}

impl Speaker<'_> {
    /// Returns pieces in words, if all they have to name is there.
    fn said(&self, pieces: &[Piece<'_>], counts: bool) -> Option<String> {
        let mut said = String::new();
        for piece in pieces {
            match piece {
                Piece::Words(words) => said.push_str(words),
                Piece::Value(name) => {
                    said.push_str(self.value(name, counts)?.trim_end_matches('。'));
                }
                Piece::Optional { counts, pieces } => {
                    said.push_str(&self.said(pieces, *counts).unwrap_or_default());
                }
            }
        }
        Some(said)
    }

    /// Returns what stands for a name.
    fn value(&self, name: &str, counts: bool) -> Option<String> {
        if let Some((table, columns)) = name.split_once('.') {
            return self.rows(table, columns);
        }
        let (at, def) = self.kind.field(name)?;
        let field = self.record.fields().iter().find(|field| field.field() == at)?;
        // Nobody is told to call about a notice that is over.
        if def.role == Some(Role::Hotline) && self.is_over() {
            return None;
        }
        if counts && field.values().iter().all(|value| is_zero(value.datum())) {
            return None;
        }
        Some(self.spoken(def, field))
    }

    /// Returns whether the record is a notice that ended.
    fn is_over(&self) -> bool {
        let state = self.record.notice().map(|period| state(period, self.release.as_of()));
        state == Some(State::Ended)
    }

    /// Returns the first rows of a table, each with some of its columns.
    fn rows(&self, table: &str, columns: &str) -> Option<String> {
        let (at, def) = self.kind.table(table)?;
        let table = self.record.tables().iter().find(|table| table.table() == at)?;
        let row = |row: &Vec<PublicField>| -> String {
            let cells = columns.split('+').filter_map(|key| {
                let (column, field) = def.field(key)?;
                let cell = row.iter().find(|cell| cell.field() == column)?;
                Some(self.spoken(field, cell))
            });
            cells.collect::<Vec<_>>().join(match self.lang {
                Lang::Zh => "",
                Lang::En => " ",
            })
        };
        let all = table.rows().len();
        let named: Vec<String> = table.rows().iter().take(ROWS).map(row).collect();
        if named.is_empty() {
            return None;
        }
        let phrase = if all > named.len() {
            let more = all - named.len();
            Phrase::new(
                format!("{}等{all}项", named.join("、")),
                format!("{} and {more} more", named.join(", ")),
            )
        } else {
            Phrase::new(named.join("、"), named.join(", "))
        };
        Some(phrase.text(self.lang).to_owned())
    }

    /// Returns the values of a field as a sentence says them.
    fn spoken(&self, def: &FieldDef, field: &PublicField) -> String {
        let said: Vec<String> = field.values().iter().map(|value| self.one(def, value)).collect();
        said.join(match self.lang {
            Lang::Zh => "、",
            Lang::En => ", ",
        })
    }

    /// Returns a value as a sentence says it: a figure that is not listed is some, round sums have no
    /// zeros behind the point, and what is counted is called by its name.
    fn one(&self, def: &FieldDef, value: &PublicValue) -> String {
        let counted = |unit: &str| self.release.schema().counted(unit);
        match (value.datum(), self.lang) {
            (Datum::Small(unit), Lang::Zh) if unit.is_empty() => "若干元".to_owned(),
            (Datum::Small(unit), Lang::Zh) => format!("若干{unit}"),
            (Datum::Small(unit), Lang::En) => counted(unit).map_or_else(
                || "an amount that is not listed".to_owned(),
                |(_, many)| format!("some {many}").trim_end().to_owned(),
            ),
            (Datum::Money(money), Lang::Zh) => round(*money),
            (Datum::Money(money), Lang::En) => yuan(*money),
            (Datum::Number(number, None, unit), Lang::En) => {
                let number = number.to_string();
                let named = counted(unit).map(|(one, many)| if number == "1" { one } else { many });
                named.map_or_else(
                    || words::value(self.release, def, value, self.lang),
                    |name| format!("{number} {name}").trim_end().to_owned(),
                )
            }
            (Datum::Choice(_), Lang::En) => {
                lower(&words::value(self.release, def, value, self.lang))
            }
            _ => words::value(self.release, def, value, self.lang),
        }
    }
}

/// Returns whether a value is the number zero.
fn is_zero(datum: &Datum) -> bool {
    match datum {
        Datum::Money(money) => money.fen() == 0,
        // However many places it was written with: 0.0亩 are none.
        Datum::Number(number, None, _) => number.scaled(0) == Some(0),
        _ => false,
    }
}

/// Returns money as it was written, but for zeros behind the point.
fn round(money: Money) -> String {
    money.to_string().replacen(".00", "", 1)
}

/// Returns money in yuan with marks between thousands, for readers who do not count in 万.
fn yuan(money: Money) -> String {
    let (yuan, fen) = (money.fen() / 100, (money.fen() % 100).abs());
    let grouped = grouped(yuan.unsigned_abs());
    let sign = if money.fen() < 0 { "-" } else { "" };
    match fen {
        0 => format!("{sign}{grouped} yuan"),
        fen => format!("{sign}{grouped}.{fen:02} yuan"),
    }
}

/// Returns a label as it stands inside a sentence.
fn lower(label: &str) -> String {
    let mut letters = label.chars();
    let Some(first) = letters.next() else {
        return String::new();
    };
    // A second capital, as in an abbreviation, keeps the first.
    let kept = letters.clone().next().is_none_or(|second| !second.is_lowercase());
    if kept { label.to_owned() } else { first.to_lowercase().chain(letters).collect() }
}

#[cfg(test)]
mod tests {
    use super::{is_zero, lower, round, yuan};
    use crate::records::Datum;
    use crate::text::{Decimal, Money};

    #[test]
    fn nothing_is_nothing_in_however_many_places() {
        let number =
            |text| Datum::Number(Decimal::parse(text).expect("a number"), None, "亩".to_owned());
        assert!(is_zero(&number("0")) && is_zero(&number("0.0")) && is_zero(&number("0.00")));
        assert!(!is_zero(&number("0.01")) && !is_zero(&number("10")));
    }

    #[test]
    fn sums_are_said_without_zeros_and_in_yuan() {
        let money = |text| Money::parse(text, None).expect("money");
        assert_eq!(round(money("60.00万元")), "60万元");
        assert_eq!(round(money("60.05万元")), "60.05万元");
        assert_eq!(yuan(money("420.00万元")), "4,200,000 yuan");
        assert_eq!(yuan(money("1234.05元")), "1,234.05 yuan");
        assert_eq!(yuan(money("999元")), "999 yuan");
    }

    #[test]
    fn labels_lose_their_capital_and_abbreviations_keep_it() {
        assert_eq!(lower("Central"), "central");
        assert_eq!(lower("GDP"), "GDP");
        assert_eq!(lower("已办结"), "已办结");
    }
}
