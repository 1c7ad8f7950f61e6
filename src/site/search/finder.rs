//! What leads to every record without a script: years and numbers, each with its records.

use std::collections::BTreeMap;

use crate::records::{Datum, FieldDef, PublicField, PublicRecord};
use crate::site::index::Index;
use crate::site::words;

/// The codes that readers know a paper by.
const NUMBERS: [&str; 2] = ["document-number", "index-number"];

/// A record under one of its numbers.
#[derive(Debug)]
pub(crate) struct Numbered {
    /// The number.
    pub(crate) number: String,
    /// The record.
    pub(crate) record: usize,
}

/// Years and numbers.
pub(crate) struct Finder {
    /// The years from the newest, each with its records; those without a day come last.
    pub(crate) years: Vec<(Option<i16>, Vec<usize>)>,
    /// Every record under its numbers; behind them, those without one under their ids.
    pub(crate) numbers: Vec<Numbered>,
}

impl Finder {
    /// Puts all records in order.
    pub(crate) fn new(index: &Index<'_>) -> Self {
        let mut years: BTreeMap<Option<i16>, Vec<usize>> = BTreeMap::new();
        for at in &index.newest {
            years.entry(index.days[*at].map(|day| day.year())).or_default().push(*at);
        }
        let mut numbers: Vec<Numbered> = Vec::new();
        let mut without: Vec<Numbered> = Vec::new();
        for (record, public) in index.release.records().iter().enumerate() {
            let own = numbers_of(index, public);
            if own.is_empty() {
                without.push(Numbered { number: public.id().to_owned(), record });
            }
            numbers.extend(own.into_iter().map(|number| Numbered { number, record }));
        }
        for list in [&mut numbers, &mut without] {
            list.sort_by(|left, right| {
                left.number.cmp(&right.number).then(left.record.cmp(&right.record))
            });
        }
        numbers.append(&mut without);
        Self { years: years.into_iter().rev().collect(), numbers }
    }
}

/// Returns the numbers of a record's papers.
fn numbers_of(index: &Index<'_>, record: &PublicRecord) -> Vec<String> {
    let kind = &index.release.schema().kinds()[record.kind()];
    let mut numbers: Vec<String> = Vec::new();
    let mut add = |def: &FieldDef, field: &PublicField| {
        if !def.format.as_deref().is_some_and(|format| NUMBERS.contains(&format)) {
            return;
        }
        for value in field.values().iter().filter(|value| !value.is_masked()) {
            let number = words::value(index.release, def, value, index.lang);
            if matches!(value.datum(), Datum::Text(_)) && !numbers.contains(&number) {
                numbers.push(number);
            }
        }
    };
    for field in record.fields() {
        add(&kind.fields[field.field()], field);
    }
    for table in record.tables() {
        let def = &kind.tables[table.table()];
        let rows = if def.is_personal() { &[][..] } else { table.rows() };
        for field in rows.iter().flatten() {
            add(&def.fields[field.field()], field);
        }
    }
    numbers
}
