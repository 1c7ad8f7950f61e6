//! What leads to every record without a script: years and numbers, each with its records.

use std::collections::BTreeMap;

use crate::records::{Datum, PublicRecord, PublicValue};
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
    /// Every record under its numbers, or under its id where it has none.
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
        for (record, public) in index.release.records().iter().enumerate() {
            let mut own = numbers_of(index, public);
            if own.is_empty() {
                own.push(public.id().to_owned());
            }
            numbers.extend(own.into_iter().map(|number| Numbered { number, record }));
        }
        numbers.sort_by(|left, right| {
            left.number.cmp(&right.number).then(left.record.cmp(&right.record))
        });
        Self { years: years.into_iter().rev().collect(), numbers }
    }
}

/// Returns the numbers of a record's papers.
fn numbers_of(index: &Index<'_>, record: &PublicRecord) -> Vec<String> {
    let kind = &index.release.schema().kinds()[record.kind()];
    let fields = record.fields().iter().filter(|field| {
        let format = kind.fields[field.field()].format.as_deref();
        format.is_some_and(|format| NUMBERS.contains(&format))
    });
    let values = fields.flat_map(|field| {
        let def = &kind.fields[field.field()];
        let whole = field.values().iter().filter(|value: &&PublicValue| !value.is_masked());
        let text = whole.filter(|value| matches!(value.datum(), Datum::Text(_)));
        text.map(move |value| words::value(index.release, def, value, index.lang))
    });
    values.collect()
}
