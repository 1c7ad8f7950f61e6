//! A workbook that is written anew: cells, their formats, merged cells and widths, and nothing else.

use calamine::{Data, ExcelDateTime as Read, Range};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use crate::records::attach::layout::Layout;
use crate::records::attach::sheet::cell;

/// One cell.
#[derive(Clone, Debug)]
pub(super) enum Cell {
    /// Nothing.
    Empty,
    /// Words, even if they look like a formula.
    Text(String),
    /// A number with the format it had.
    Number(f64, String),
    /// Yes or no.
    Flag(bool),
    /// A day or a time.
    Time(Read),
    /// A length of time in days.
    Duration(f64),
}

/// A number of this size is no amount: it has as many digits as documents and accounts.
const LONG: f64 = 1e14;

impl Cell {
    /// Returns whether nothing is in it.
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(words) => words.trim().is_empty(),
            Self::Number(..) | Self::Flag(_) | Self::Time(_) | Self::Duration(_) => false,
        }
    }

    /// Returns the words a reader could take from it; a number by its digits.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(words) => words.clone(),
            Self::Number(number, _) => number.to_string(),
            Self::Flag(flag) => flag.to_string(),
            Self::Time(time) => {
                let (year, month, day, ..) = time.to_ymd_hms_milli();
                format!("{year:04}-{month:02}-{day:02}")
            }
            Self::Duration(days) => days.to_string(),
        }
    }

    /// Returns whether it is a number as long as those of documents and accounts.
    pub(super) fn is_long_number(&self) -> bool {
        matches!(self, Self::Number(number, _) if number.abs() >= LONG)
    }
}

/// The visible part of a sheet.
#[derive(Debug)]
pub(super) struct Grid {
    /// The sheet's name.
    pub(super) name: String,
    rows: Vec<u32>,
    columns: Vec<u32>,
    cells: Vec<Vec<Cell>>,
    merges: Vec<[usize; 4]>,
    widths: Vec<Option<f64>>,
}

impl Grid {
    /// Takes the cells that are seen out of a sheet.
    pub(super) fn new(
        name: String,
        range: &Range<Data>,
        layout: &Layout,
        format: &dyn Fn(u32, u32) -> String,
    ) -> Self {
        let (rows, columns): (Vec<u32>, Vec<u32>) = match (range.start(), range.end()) {
            (Some((top, left)), Some((bottom, right))) => (
                (top..=bottom).filter(|row| layout.shows_row(*row)).collect(),
                (left..=right).filter(|column| layout.shows_column(*column)).collect(),
            ),
            _ => (Vec::new(), Vec::new()),
        };
        let take = |row: u32, column: u32| match range.get_value((row, column)) {
            Some(data) if !layout.covers(row, column) => cell(data, &format(row, column)),
            _ => Cell::Empty,
        };
        let cells = rows
            .iter()
            .map(|row| columns.iter().map(|column| take(*row, *column)).collect())
            .collect();
        let merges = layout
            .merges
            .iter()
            .filter_map(|[top, left, bottom, right]| {
                let first = |seen: &[u32], from: u32, to: u32| {
                    // The value stands in the first cell; if that is hidden, it is not there.
                    let start = seen.binary_search(&from).ok()?;
                    let end = seen.partition_point(|at| *at <= to);
                    Some((start, end - 1))
                };
                let (top, bottom) = first(&rows, *top, *bottom)?;
                let (left, right) = first(&columns, *left, *right)?;
                ((top, left) != (bottom, right)).then_some([top, left, bottom, right])
            })
            .collect();
        let widths = columns.iter().map(|column| layout.width(*column)).collect();
        Self { name, rows, columns, cells, merges, widths }
    }

    /// Returns the rows.
    pub(super) fn rows(&self) -> impl Iterator<Item = &[Cell]> {
        self.cells.iter().map(Vec::as_slice)
    }

    /// Returns how many columns there are.
    pub(super) const fn width(&self) -> usize {
        self.columns.len()
    }

    /// Returns which column of the original a column is.
    pub(super) fn source_column(&self, column: usize) -> u32 {
        self.columns.get(column).copied().unwrap_or(0)
    }

    /// Returns every cell with its row and column in the original.
    pub(super) fn cells(&self) -> impl Iterator<Item = (u32, u32, &Cell)> {
        self.rows.iter().zip(&self.cells).flat_map(|(row, cells)| {
            self.columns.iter().zip(cells).map(|(column, cell)| (*row, *column, cell))
        })
    }
}

/// Writes tables as a workbook; the same tables give the same bytes.
pub(super) fn write(grids: &[Grid]) -> Option<Vec<u8>> {
    let mut book = Workbook::new();
    // Whoever opens the file sees neither an author nor when it was built.
    let day = ExcelDateTime::from_ymd(2000, 1, 1).ok()?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&day));
    for grid in grids {
        let sheet = book.add_worksheet();
        write_sheet(sheet, grid).ok()?;
    }
    book.save_to_buffer().ok()
}

/// Writes one table.
fn write_sheet(sheet: &mut Worksheet, grid: &Grid) -> Result<(), XlsxError> {
    sheet.set_name(&grid.name)?;
    for (column, width) in (0..).zip(&grid.widths) {
        if let Some(width) = width {
            sheet.set_column_width(column, *width)?;
        }
    }
    let middle = Format::new().set_align(rust_xlsxwriter::FormatAlign::Center);
    let near = |at: usize| u16::try_from(at).unwrap_or(u16::MAX);
    let far = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    for [top, left, bottom, right] in &grid.merges {
        sheet.merge_range(far(*top), near(*left), far(*bottom), near(*right), "", &middle)?;
    }
    for (row, cells) in (0..).zip(&grid.cells) {
        for (column, cell) in (0..).zip(cells) {
            write_cell(sheet, (row, column), cell)?;
        }
    }
    Ok(())
}

/// Writes one cell.
fn write_cell(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => {}
        // Text is written as text: what begins with `=` is no formula.
        Cell::Text(words) => {
            sheet.write_string(row, column, words)?;
        }
        Cell::Flag(flag) => {
            sheet.write_boolean(row, column, *flag)?;
        }
        Cell::Number(number, format) => {
            let format = Format::new().set_num_format(plain_format(format, *number));
            sheet.write_number_with_format(row, column, *number, &format)?;
        }
        Cell::Duration(days) => {
            let format = Format::new().set_num_format("[h]:mm:ss");
            sheet.write_number_with_format(row, column, *days, &format)?;
        }
        Cell::Time(time) => {
            let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
            let whole = (hour, minute, second) == (0, 0, 0);
            let format = if whole { "yyyy-mm-dd" } else { "yyyy-mm-dd hh:mm" };
            let format = Format::new().set_num_format(format);
            let time = ExcelDateTime::from_ymd(year, month, day)?.and_hms(
                u16::from(hour),
                minute,
                f64::from(second),
            )?;
            sheet.write_datetime_with_format(row, column, &time, &format)?;
        }
    }
    Ok(())
}

/// Returns the format of a number: the one it had if it is made of digits and signs alone, since any
/// other may hold words.
fn plain_format(format: &str, number: f64) -> &str {
    const SIGNS: &str = "0#,.%?()-_ ";
    if !format.is_empty() && format.chars().all(|sign| SIGNS.contains(sign)) {
        return format;
    }
    if format.contains('%') {
        "0.00%"
    } else if format.contains("#,##0.00") {
        "#,##0.00"
    } else if format.contains("0.00") {
        "0.00"
    } else if number.fract() == 0.0 && number.abs() >= 1e11 {
        "0"
    } else {
        "General"
    }
}
