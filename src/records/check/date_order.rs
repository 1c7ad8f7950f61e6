//! Days of a record that go backwards: accepted before started, and the like.

use crate::diag::code::DATE_ORDER;
use crate::diag::{Finding, Report};
use crate::records::catalog::Cell;
use crate::records::check::Book;
use crate::records::value::Value;
use crate::text::{Day, Phrase};

/// Checks the order of days in every record.
pub(super) fn check(book: &Book<'_>, report: &mut Report) {
    for record in book.catalog.records() {
        let kind = record.kind_of(book.schema);
        let mut earlier: Option<(Day, &Cell, &Phrase)> = None;
        for key in &kind.date_order {
            let Some((index, field)) = kind.field(key) else {
                continue;
            };
            let Some(cell) = record.cell(index) else {
                continue;
            };
            let Some((first, last)) = cell.values.first().and_then(ends) else {
                continue;
            };
            if let Some((before, before_cell, before_label)) = earlier
                && last < before
            {
                let message = Phrase::new(
                    format!("“{}”早于“{}”", field.label.zh, before_label.zh),
                    format!("{} is before {}", field.label.en, before_label.en),
                );
                report.push(
                    Finding::new(DATE_ORDER, record.span(&cell.range), message)
                        .related(
                            record.span(&before_cell.range),
                            Phrase::new("在它之前的一步", "the step before it"),
                        )
                        .help(Phrase::new("核对两个日期", "check both days")),
                );
            }
            earlier = Some((first, cell, &field.label));
        }
    }
}

/// Returns the first and the last day a value may mean.
fn ends(value: &Value) -> Option<(Day, Day)> {
    match value {
        Value::Date(day) | Value::DateTime(day, _) => Some((*day, *day)),
        Value::Period(period) => Some((period.first(), period.last()?)),
        _ => None,
    }
}
