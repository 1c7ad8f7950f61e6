//! Attachments that stay behind, each with its reasons.

use crate::diag::{Finding, Report};
use crate::records::attach::FILE;
use crate::records::catalog::{Cell, Record};
use crate::records::check::Book;
use crate::records::schema::FieldDef;

/// Checks every attachment that a record names.
pub(super) fn check(book: &Book<'_>, report: &mut Report) {
    for record in book.catalog.records() {
        let kind = record.kind_of(book.schema);
        for cell in &record.cells {
            cell_of(record, &kind.fields[cell.field], cell, (book, report));
        }
        for table in &record.tables {
            let fields = &kind.tables[table.table].fields;
            for cell in table.rows.iter().flat_map(|row| &row.cells) {
                cell_of(record, &fields[cell.field], cell, (book, report));
            }
        }
    }
}

/// Checks the attachments that one cell names.
fn cell_of(
    record: &Record,
    field: &FieldDef,
    cell: &Cell,
    (book, report): (&Book<'_>, &mut Report),
) {
    if field.type_name() != FILE {
        return;
    }
    for (number, value) in cell.values.iter().enumerate() {
        let Some(Err(faults)) = value.words().and_then(|path| book.attachments.get(path)) else {
            continue;
        };
        let range = cell.each.get(number).unwrap_or(&cell.range);
        for fault in faults {
            let finding = Finding::new(fault.code, record.span(range), fault.message.clone());
            report.push(finding.help(fault.help.clone()));
        }
    }
}
