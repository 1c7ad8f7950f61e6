//! Counts by what they tell and by time, each as its record gives it.
//!
//! Nothing is added up here: a sum of what is listed and what is not would say what is not.

use std::collections::BTreeMap;

use serde::Serialize;

use super::said;
use crate::records::{Datum, Kind, Role};
use crate::site::card;
use crate::site::index::Index;
use crate::site::view::Link;
use crate::site::words::{self, SMALL};

/// Counts by what they tell.
#[derive(Serialize)]
pub(crate) struct Series {
    sorts: Vec<SortTable>,
    /// What is said of figures that are not listed; empty when all are.
    small_note: String,
}

#[derive(Serialize)]
struct SortTable {
    label: String,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    link: Link,
    time: String,
    place: String,
    households: String,
    persons: String,
}

/// Makes the counts of a kind; records that count nobody are left out.
pub(super) fn series(index: &Index<'_>, kind: &Kind, records: &[usize]) -> Series {
    let choices = kind.with_role(Role::Sort).map_or(&[][..], |(_, def)| &def.choices);
    let mut sorts: BTreeMap<usize, Vec<Row>> = BTreeMap::new();
    // The records of a kind come newest first, and so do the rows.
    for at in records {
        let row = row(index, *at);
        let Some(Datum::Choice(sort)) = words::datum(index.release, index.record(*at), Role::Sort)
        else {
            continue;
        };
        if !row.households.is_empty() || !row.persons.is_empty() {
            sorts.entry(*sort).or_default().push(row);
        }
    }
    let small = sorts.values().flatten().any(|row| row.households == SMALL || row.persons == SMALL);
    let note = &index.release.schema().legend().small;
    let table = |(sort, rows): (usize, Vec<Row>)| {
        let label = choices.get(sort)?.label.text(index.lang).to_owned();
        Some(SortTable { label, rows })
    };
    Series {
        sorts: sorts.into_iter().filter_map(table).collect(),
        small_note: if small { note.text(index.lang).to_owned() } else { String::new() },
    }
}

/// Makes the row of one record.
fn row(index: &Index<'_>, at: usize) -> Row {
    let record = index.record(at);
    let code = words::place_code(index.release, record);
    let time = said(index, at, Role::Year);
    Row {
        link: Link::new(words::title(index.release, record), index.href(at)),
        time: if time.is_empty() {
            card::date_text(index.release, record, index.days[at], index.lang)
        } else {
            time
        },
        place: code
            .map_or_else(String::new, |code| words::place_name(index.release, code).to_owned()),
        households: said(index, at, Role::HouseholdCount),
        persons: said(index, at, Role::PersonCount),
    }
}
