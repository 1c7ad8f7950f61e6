//! Overviews: what a page says of all records of a kind together. Which one a kind has is said by the
//! kind; what is in it is found by the roles of its fields.

pub(crate) mod answers;
pub(crate) mod holdings;
pub(crate) mod series;
pub(crate) mod validity;

use serde::Serialize;

use crate::records::{Datum, Overview, Role};
use crate::site::index::Index;
use crate::site::words;
use crate::text::Day;

/// What is said of all records of a kind together.
#[derive(Serialize)]
pub(crate) struct OverviewView {
    label: String,
    validity: Option<validity::Validity>,
    answers: Option<answers::Answers>,
    holdings: Option<holdings::Holdings>,
    series: Option<series::Series>,
}

/// Makes the overview of a kind, if it has one.
pub(crate) fn overview(index: &Index<'_>, kind_index: usize) -> Option<OverviewView> {
    let kind = &index.release.schema().kinds()[kind_index];
    let records = &index.by_kind[kind_index];
    let mut view = OverviewView {
        label: kind.label.text(index.lang).to_owned(),
        validity: None,
        answers: None,
        holdings: None,
        series: None,
    };
    match kind.overview? {
        Overview::Validity => view.validity = Some(validity::validity(index, kind, records)),
        Overview::Answers => view.answers = Some(answers::answers(index, kind, records)),
        Overview::Holdings => view.holdings = Some(holdings::holdings(index, kind, records)),
        Overview::Series => view.series = Some(series::series(index, kind, records)),
    }
    Some(view)
}

/// Returns the day under a role of a record.
fn day(index: &Index<'_>, at: usize, role: Role) -> Option<Day> {
    match words::datum(index.release, index.record(at), role) {
        Some(Datum::Day(day) | Datum::DateTime(day, _)) => Some(*day),
        _ => None,
    }
}

/// Returns the value under a role of a record in words.
fn said(index: &Index<'_>, at: usize, role: Role) -> String {
    let record = index.record(at);
    let kind = &index.release.schema().kinds()[record.kind()];
    words::with_role(index.release, record, role).map_or_else(String::new, |field| {
        words::field(index.release, &kind.fields[field.field()], field, index.lang)
    })
}
