//! The records of a kind, and the rows of its tables, as CSV that opens well in a spreadsheet.
//!
//! UTF-8 with a byte-order mark, CRLF, amounts as plain numbers in 元, and no cell that a
//! spreadsheet would take for a formula.

use std::collections::BTreeSet;

use csv::{QuoteStyle, Terminator, WriterBuilder};

use crate::diag::Finding;
use crate::records::{Datum, FieldDef, PublicField, Release};
use crate::site::desk::Desk;
use crate::site::format::Format;
use crate::site::page::{Page, Subject};
use crate::site::url::Route;
use crate::site::words;
use crate::text::{Lang, Money};

/// The records of a kind as CSV.
pub(super) struct Csv;

impl Format for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn plan(&self, desk: &Desk<'_>) -> Vec<Page> {
        let kinds = desk.index.release.schema().kinds();
        let mut pages = Vec::new();
        for kind in desk.kinds() {
            let name = &kinds[kind].name;
            let route = Route::new(format!("data/{name}.csv"));
            pages.push(Page { route, subject: Subject::Kind { kind, number: 1 } });
            for (table, def) in kinds[kind].tables.iter().enumerate() {
                if has_rows(desk, kind, table) {
                    let route = Route::new(format!("data/{name}.{}.csv", def.key));
                    pages.push(Page { route, subject: Subject::Table { kind, table } });
                }
            }
        }
        pages
    }

    fn render(&self, page: &Page, desk: &Desk<'_>) -> Result<Vec<u8>, Box<Finding>> {
        let rows = match page.subject {
            Subject::Kind { kind, .. } => records(desk, kind),
            Subject::Table { kind, table } => entries(desk, kind, table),
            _ => Vec::new(),
        };
        Ok(write(rows))
    }
}

/// Returns whether any record of a kind shows rows of a table.
fn has_rows(desk: &Desk<'_>, kind: usize, table: usize) -> bool {
    desk.index.by_kind[kind].iter().any(|at| {
        let tables = desk.index.record(*at).tables();
        tables.iter().any(|rows| rows.table() == table && !rows.rows().is_empty())
    })
}

/// Returns the records of a kind, in the order of their ids.
fn in_order(desk: &Desk<'_>, kind: usize) -> Vec<usize> {
    let mut records = desk.index.by_kind[kind].clone();
    records.sort_unstable();
    records
}

/// Returns the header and one row for each record.
fn records(desk: &Desk<'_>, kind: usize) -> Vec<Vec<String>> {
    let def = &desk.index.release.schema().kinds()[kind];
    let records = in_order(desk, kind);
    let shown = records.iter().flat_map(|at| desk.index.record(*at).fields());
    let columns: BTreeSet<usize> = shown.map(PublicField::field).collect();
    let mut header = vec!["编号".to_owned()];
    header.extend(columns.iter().map(|column| heading(&def.fields[*column])));
    let mut rows = vec![header];
    for at in records {
        let record = desk.index.record(at);
        let mut row = vec![record.id().to_owned()];
        row.extend(columns.iter().map(|column| {
            let cell = record.fields().iter().find(|cell| cell.field() == *column);
            cell.map_or_else(String::new, |cell| {
                text(desk.index.release, &def.fields[*column], cell)
            })
        }));
        rows.push(row);
    }
    rows
}

/// Returns the header and one row for each row of a table.
fn entries(desk: &Desk<'_>, kind: usize, table: usize) -> Vec<Vec<String>> {
    let def = &desk.index.release.schema().kinds()[kind];
    let fields = &def.tables[table].fields;
    let records = in_order(desk, kind);
    let shown = || {
        records.iter().flat_map(|at| {
            let record = desk.index.record(*at);
            let tables = record.tables().iter().filter(move |rows| rows.table() == table);
            tables.flat_map(move |rows| rows.rows().iter().map(move |row| (record.id(), row)))
        })
    };
    let columns: BTreeSet<usize> =
        shown().flat_map(|(_, row)| row).map(PublicField::field).collect();
    let mut header = vec!["编号".to_owned()];
    header.extend(columns.iter().map(|column| heading(&fields[*column])));
    let mut rows = vec![header];
    for (id, row) in shown() {
        let mut cells = vec![id.to_owned()];
        cells.extend(columns.iter().map(|column| {
            let cell = row.iter().find(|cell| cell.field() == *column);
            cell.map_or_else(String::new, |cell| text(desk.index.release, &fields[*column], cell))
        }));
        rows.push(cells);
    }
    rows
}

/// Returns the heading of a column; amounts say that they are in 元.
fn heading(def: &FieldDef) -> String {
    let label = def.label.text(Lang::Zh);
    if def.type_name() == "money" { format!("{label}(元)") } else { label.to_owned() }
}

/// Returns the values of a cell.
fn text(release: &Release, def: &FieldDef, field: &PublicField) -> String {
    let values: Vec<String> = field
        .values()
        .iter()
        .map(|value| match value.datum() {
            Datum::Money(money) => yuan(*money),
            Datum::Place(_) | Datum::Choice(_) => words::value(release, def, value, Lang::Zh),
            _ => words::data(release, def, value),
        })
        .collect();
    values.join("、")
}

/// Returns an amount as a plain number in 元.
fn yuan(money: Money) -> String {
    money.exact_yuan().replace(',', "")
}

/// Writes rows.
fn write(rows: Vec<Vec<String>>) -> Vec<u8> {
    const MARK: &[u8] = b"\xef\xbb\xbf";
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .quote_style(QuoteStyle::Necessary)
        .from_writer(MARK.to_vec());
    for row in rows {
        let row: Vec<String> = row.into_iter().map(guarded).collect();
        writer
            .write_record(&row)
            .expect("every row has the header's length, and memory does not fail");
    }
    writer.into_inner().expect("memory does not fail")
}

/// Returns a cell that no spreadsheet takes for a formula; numbers stay numbers.
fn guarded(cell: String) -> String {
    let risky = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let number = crate::text::Decimal::parse(&cell).is_some();
    if risky && !number { format!("'{cell}") } else { cell }
}

#[cfg(test)]
mod tests {
    use super::{guarded, write};

    #[test]
    fn cells_are_no_formulas() {
        assert_eq!(guarded("=1+1".to_owned()), "'=1+1");
        assert_eq!(guarded("-5.00".to_owned()), "-5.00");
        assert_eq!(guarded("-cmd".to_owned()), "'-cmd");
    }

    #[test]
    fn files_open_well_in_a_spreadsheet() {
        let bytes = write(vec![vec!["编号".to_owned(), "a,b".to_owned()]]);
        assert_eq!(bytes, "\u{feff}编号,\"a,b\"\r\n".as_bytes());
    }
}
