//! Spreadsheets: read, and written anew from the cells that everybody sees.
//!
//! Hidden sheets, rows and columns, comments, names, properties, headers, formulas, pictures and
//! whatever else a workbook drags along are never looked at, so they cannot get out. A cell that is
//! on a visible sheet and still cannot be seen is a fault: somebody wanted it hidden.

use std::io::Cursor;
use std::ops::Range;

use calamine::{Data, Ods, Reader as _, SheetType, SheetVisible, Style, StyleRange, Xlsx};

use crate::decode::Unopened;
use crate::records::attach::columns::{self, Table};
use crate::records::attach::layout::{self, Layout};
use crate::records::attach::unpack::{Entry, unpack};
use crate::records::attach::workbook::{self, Cell, Grid};
use crate::records::attach::{Copy, Fault, Original, Treatment, search};
use crate::text::Phrase;
use crate::text::normal::Writing;

/// Spreadsheets.
pub(super) struct Sheet;

impl Treatment for Sheet {
    fn label(&self) -> Phrase {
        Phrase::new("表格", "spreadsheet")
    }

    fn endings(&self) -> &'static [&'static str] {
        &["xlsx", "ods"]
    }

    fn treat(&self, original: &Original<'_>) -> Result<Copy, Vec<Fault>> {
        let closed = |why| vec![search::unopened(why)];
        let limits = &original.measures.limits;
        let entries = unpack(original.bytes, limits.unpacked()).map_err(closed)?;
        let (grids, mut faults) = match original.ending().as_str() {
            "ods" => ods(original, &entries)?,
            _ => xlsx(original, &entries)?,
        };
        for (number, grid) in grids.iter().enumerate() {
            faults.extend(searched(grid, number + 1, original));
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let bytes = workbook::write(&grids).ok_or_else(|| closed(Unopened::Damaged))?;
        Ok(Copy { ending: Some("xlsx"), bytes, picture: None })
    }
}

/// The tables of a workbook, and what is wrong with it.
type Read = Result<(Vec<Grid>, Vec<Fault>), Vec<Fault>>;

/// Reads the visible cells of an Excel workbook.
fn xlsx(original: &Original<'_>, entries: &[Entry]) -> Read {
    let damaged = || vec![search::unopened(Unopened::Damaged)];
    let texts = layout::sheets(entries).ok_or_else(damaged)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(original.bytes)).map_err(|_| damaged())?;
    let (mut grids, mut faults) = (Vec::new(), Vec::new());
    for sheet in book.sheets_metadata().to_vec() {
        if sheet.visible != SheetVisible::Visible || sheet.typ != SheetType::WorkSheet {
            continue;
        }
        let layout = Layout::of(texts.get(&sheet.name).ok_or_else(damaged)?);
        if layout.cells() > original.measures.limits.most_cells {
            return Err(vec![search::unopened(Unopened::TooLarge)]);
        }
        let range = book.worksheet_range(&sheet.name).map_err(|_| damaged())?;
        let styles = book.worksheet_style(&sheet.name).map_err(|_| damaged())?;
        let grid = Grid::new(sheet.name, &range, &layout, &|row, column| {
            styles
                .get((row, column))
                .and_then(|style| style.number_format.as_ref())
                .map_or_else(String::new, |format| format.format_code.clone())
        });
        faults.extend(unseen(&grid, &styles, grids.len() + 1));
        grids.push(grid);
    }
    Ok((grids, faults))
}

/// Reads the cells of a spreadsheet of the other open format that hides nothing.
fn ods(original: &Original<'_>, entries: &[Entry]) -> Read {
    let damaged = || vec![search::unopened(Unopened::Damaged)];
    let part = |name: &str| entries.iter().find(|entry| entry.name == name).and_then(Entry::text);
    let content = part("content.xml").ok_or_else(damaged)?;
    if layout::hides(content) || part("styles.xml").is_some_and(layout::hides) {
        return Err(vec![Fault::held(
            Phrase::new(
                "附件表格里有隐藏的工作表、行、列或者批注,不会放到网上",
                "the attachment has hidden sheets, rows or columns, or comments; it is not put online",
            ),
            Phrase::new(
                "在原表里取消隐藏,把不公开的内容和批注删掉,另存为 .xlsx 再放进来",
                "unhide everything, delete what is not public and all comments, and save it as .xlsx",
            ),
        )]);
    }
    if layout::repeats(content) > original.measures.limits.most_cells {
        return Err(vec![search::unopened(Unopened::TooLarge)]);
    }
    let mut book: Ods<_> = Ods::new(Cursor::new(original.bytes)).map_err(|_| damaged())?;
    let mut grids = Vec::new();
    for sheet in book.sheets_metadata().to_vec() {
        if sheet.visible != SheetVisible::Visible {
            continue;
        }
        let range = book.worksheet_range(&sheet.name).map_err(|_| damaged())?;
        grids.push(Grid::new(sheet.name, &range, &Layout::default(), &|_, _| String::new()));
    }
    Ok((grids, Vec::new()))
}

/// Returns the faults of cells that hold something and are made so that nobody sees it.
fn unseen(grid: &Grid, styles: &StyleRange, number: usize) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (row, column, cell) in grid.cells() {
        let style = styles.get((row, column));
        if cell.is_empty() || !style.is_some_and(hides) {
            continue;
        }
        let place = place(number, row, column);
        faults.push(Fault::held(
            Phrase::new(
                format!("附件{}有看不见的内容(白字或者隐藏的格式),不会放到网上", place.zh),
                format!(
                    "the attachment holds content that cannot be seen {}; it is not put online",
                    place.en
                ),
            ),
            Phrase::new(
                "在原表里删掉这一格,另存一份再放进来",
                "delete the cell in the original and attach a new copy",
            ),
        ));
    }
    faults
}

/// Returns whether a style makes a cell invisible.
fn hides(style: &Style) -> bool {
    let format = style.number_format.as_ref().map_or("", |format| format.format_code.trim());
    let fill =
        style.fill.as_ref().filter(|fill| fill.is_visible()).and_then(|fill| fill.get_color());
    let ink = style.font.as_ref().and_then(|font| font.color);
    let same = match (ink, fill) {
        (Some(ink), Some(fill)) => {
            (ink.red, ink.green, ink.blue) == (fill.red, fill.green, fill.blue)
        }
        (Some(ink), None) => ink.is_white(),
        (None, _) => false,
    };
    // A format whose first part is empty shows nothing of a number.
    format.starts_with(';') || same
}

/// Returns the place of a cell.
fn place(number: usize, row: u32, column: u32) -> Phrase {
    let (row, letters) = (row + 1, layout::letters(column));
    Phrase::new(
        format!("第{number}张表第{row}行{letters}列"),
        format!("in table {number}, row {row}, column {letters}"),
    )
}

/// Returns the faults of what stands in a table.
fn searched(grid: &Grid, number: usize, original: &Original<'_>) -> Vec<Fault> {
    let name =
        Phrase::new(format!("第{number}张表的名称里"), format!("in the name of table {number}"));
    let mut faults = search::text(grid.name.as_bytes(), Writing::Plain, &|_| Some(name.clone()));
    let rows: Vec<Vec<String>> =
        grid.rows().map(|row| row.iter().map(Cell::words).collect()).collect();
    let heads = heads(&rows);
    for (at, (row, column, cell)) in grid.cells().enumerate() {
        let words = cell.words();
        if words.is_empty() {
            continue;
        }
        let place = place(number, row, column);
        if cell.is_long_number() {
            faults.push(long_number(&place));
        }
        faults.extend(search::text(words.as_bytes(), Writing::Plain, &|_| Some(place.clone())));
        // A word beside a number can prove what it is; in a table it stands above.
        if let Some(head) = heads.get(at % grid.width().max(1)).filter(|head| **head != words) {
            let both = format!("{head}:{words}");
            let from = both.len() - words.len();
            let spot = |range: &Range<usize>| (range.end > from).then(|| place.clone());
            faults.extend(search::text(both.as_bytes(), Writing::Plain, &spot));
        }
    }
    let column = |at: usize| {
        let letters = layout::letters(grid.source_column(at));
        Phrase::new(
            format!("第{number}张表{letters}列"),
            format!("(table {number}, column {letters})"),
        )
    };
    faults
        .extend(columns::check(&Table { rows: &rows, place: &column }, &original.measures.columns));
    faults
}

/// Returns the first words of each column.
fn heads(rows: &[Vec<String>]) -> Vec<String> {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let first = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        // A title over the whole table stands in its first column alone.
        let full = rows.iter().find(|row| row.iter().filter(|cell| !cell.is_empty()).count() > 1);
        let head = full.and_then(|row| row.get(column)).filter(|cell| !cell.is_empty());
        head.or_else(|| cells.into_iter().find(|cell| !cell.is_empty()))
            .cloned()
            .unwrap_or_default()
    };
    (0..width).map(first).collect()
}

/// Returns the fault of a number that is longer than any amount.
fn long_number(place: &Phrase) -> Fault {
    Fault::held(
        Phrase::new(
            format!("附件{}有很长的数字,像证件号或者账号,不会放到网上", place.zh),
            format!(
                "the attachment holds a number {} that is as long as those of documents and accounts; it is not put online",
                place.en
            ),
        ),
        Phrase::new(
            "在原表里删掉这一栏,另存一份再放进来",
            "delete the column in the original and attach a new copy",
        ),
    )
}

/// Returns what a cell of the reader holds.
pub(super) fn cell(data: &Data, format: &str) -> Cell {
    match data {
        Data::Empty => Cell::Empty,
        Data::String(words) => Cell::Text(words.clone()),
        Data::Int(number) => Cell::Number(*number as f64, format.to_owned()),
        Data::Float(number) => Cell::Number(*number, format.to_owned()),
        Data::Bool(flag) => Cell::Flag(*flag),
        Data::DateTime(time) if time.is_duration() => Cell::Duration(time.as_f64()),
        Data::DateTime(time) => Cell::Time(*time),
        Data::DateTimeIso(words) | Data::DurationIso(words) => Cell::Text(words.clone()),
        Data::Error(error) => Cell::Text(error.to_string()),
    }
}
