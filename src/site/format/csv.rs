//! The records of a kind, and the rows of its tables, as CSV that opens well in a spreadsheet.
//!
//! UTF-8 with a byte-order mark, CRLF, amounts as plain numbers in 元, and no cell that a
//! spreadsheet would take for a formula.

use csv::{QuoteStyle, Terminator, WriterBuilder};

use crate::diag::Finding;
use crate::site::desk::Desk;
use crate::site::format::Format;
use crate::site::format::flat::{Flat, Sheet, sheets};
use crate::site::page::{Page, Subject};
use crate::site::url::Route;

/// The records of a kind as CSV.
pub(super) struct Csv;

impl Format for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn plan(&self, desk: &Desk<'_>) -> Vec<Page> {
        let page = |sheet: Sheet| {
            let subject = match sheet.table {
                None => Subject::Kind { kind: sheet.kind, number: 1 },
                Some(table) => Subject::Table { kind: sheet.kind, table },
            };
            Page { route: Route::new(path(sheet, desk)), subject }
        };
        sheets(desk).into_iter().map(page).collect()
    }

    fn render(&self, page: &Page, desk: &Desk<'_>) -> Result<Vec<u8>, Box<Finding>> {
        let sheet = match page.subject {
            Subject::Kind { kind, .. } => Sheet { kind, table: None },
            Subject::Table { kind, table } => Sheet { kind, table: Some(table) },
            _ => return Ok(Vec::new()),
        };
        Ok(write(&sheet.flat(desk)))
    }
}

/// Returns the path of a table's file.
pub(super) fn path(sheet: Sheet, desk: &Desk<'_>) -> String {
    format!("data/{}.csv", sheet.stem(desk))
}

/// Writes a table.
fn write(flat: &Flat<'_>) -> Vec<u8> {
    const MARK: &[u8] = b"\xef\xbb\xbf";
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .quote_style(QuoteStyle::Necessary)
        .from_writer(MARK.to_vec());
    let mut add = |cells: Vec<String>| {
        writer
            .write_record(&cells)
            .expect("every line has the header's length, and memory does not fail");
    };
    add(flat.columns.iter().map(|column| guarded(&column.heading)).collect());
    for line in &flat.lines {
        add(line.iter().map(|cell| guarded(cell.as_str())).collect());
    }
    writer.into_inner().expect("memory does not fail")
}

/// What a spreadsheet may take for the beginning of a formula, in either width.
const RISKY: [char; 11] =
    ['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// Returns a cell that no spreadsheet takes for a formula; numbers stay numbers.
fn guarded(cell: &str) -> String {
    let number = crate::text::Decimal::parse(cell).is_some();
    if cell.starts_with(RISKY) && !number { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{guarded, write};
    use crate::site::format::flat::{Cell, Column, Flat};

    #[test]
    fn cells_are_no_formulas() {
        for first in super::RISKY {
            let cell = format!("{first}cmd|' /C calc'!A0");
            assert_eq!(guarded(&cell), format!("'{cell}"));
        }
        assert_eq!(guarded("=1+1"), "'=1+1");
        assert_eq!(guarded("-5.00"), "-5.00");
        assert_eq!(guarded("张-李"), "张-李");
    }

    #[test]
    fn files_open_well_in_a_spreadsheet() {
        let flat = Flat {
            columns: vec![Column::of_words("编号"), Column::of_words("a,b")],
            lines: vec![vec![Cell::Text("x".to_owned()), Cell::Number("-1.50".to_owned())]],
        };
        assert_eq!(write(&flat), "\u{feff}编号,\"a,b\"\r\nx,-1.50\r\n".as_bytes());
    }
}
