//! Small figures that can be worked out from others, although everything near them is hidden.

use std::collections::BTreeMap;

use crate::diag::code::UNSAFE_AGGREGATE;
use crate::diag::{Finding, Report};
use crate::records::check::Book;
use crate::records::disclosure::Spot;
use crate::records::schema::Kind;
use crate::text::Phrase;

/// Reports each field or column with such a figure once for its record.
pub(super) fn check(book: &Book<'_>, report: &mut Report) {
    let mut places: BTreeMap<(usize, Spot), usize> = BTreeMap::new();
    for (record, spot) in book.suppressed.refused() {
        // One finding for a column: which of its rows is meant would say how many it counts.
        let column = match spot {
            Spot::Cell(table, _, column) => Spot::Cell(*table, 0, *column),
            Spot::Field(_) | Spot::Length(_) => *spot,
        };
        *places.entry((*record, column)).or_default() += 1;
    }
    for (index, spot) in places.into_keys() {
        let record = &book.catalog.records()[index];
        let label = label(record.kind_of(book.schema), spot);
        let message = Phrase::new(
            format!("{}:有的数字太小,遮住了也能从别的数字推算出来", label.zh),
            format!("{}: a figure is too small, and can be worked out from others", label.en),
        );
        let help = Phrase::new(
            "并到乡镇一级去报,或者把几类并成一类;别的月份、别的地方的记录里也不要写能倒推出它的数字",
            "report it for the township, or merge categories; records of other months and places must not give it away either",
        );
        report.push(Finding::new(UNSAFE_AGGREGATE, record.id_span(), message).help(help));
    }
}

/// Returns what a field, a column or the length of a list is called.
fn label(kind: &Kind, spot: Spot) -> Phrase {
    match spot {
        Spot::Field(field) => kind.fields[field].label.clone(),
        Spot::Cell(table, _, column) => {
            let (table, column) =
                (&kind.tables[table].label, &kind.tables[table].fields[column].label);
            Phrase::new(
                format!("“{}”的{}", table.zh, column.zh),
                format!("{}, {}", table.en, column.en),
            )
        }
        Spot::Length(table) => {
            let table = &kind.tables[table].label;
            Phrase::new(format!("“{}”的条数", table.zh), format!("number of rows in {}", table.en))
        }
    }
}
