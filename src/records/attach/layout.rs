//! What of a spreadsheet nobody sees: hidden columns and rows, and how it is laid out.
//!
//! The package that reads cells does not tell hidden rows and columns; they are read here from the
//! XML of the sheet. Whatever cannot be made out counts as hidden.

use std::collections::{BTreeMap, BTreeSet};

use crate::records::attach::unpack::Entry;
use crate::records::attach::xml::{Shape, Tag, tags, unescaped};

/// The layout of one sheet. Rows and columns count from nought.
#[derive(Debug, Default)]
pub(super) struct Layout {
    hidden_rows: BTreeSet<u32>,
    hidden_columns: Vec<(u32, u32)>,
    columns: Vec<(u32, u32, f64)>,
    columns_hidden_by_default: bool,
    /// Merged cells: first row and column, last row and column.
    pub(super) merges: Vec<[u32; 4]>,
    last_row: u32,
    last_column: u32,
}

impl Layout {
    /// Returns whether a row is seen.
    pub(super) fn shows_row(&self, row: u32) -> bool {
        !self.hidden_rows.contains(&row)
    }

    /// Returns whether a column is seen.
    pub(super) fn shows_column(&self, column: u32) -> bool {
        let within = |(first, last): &(u32, u32)| (*first..=*last).contains(&column);
        let hidden = self.hidden_columns.iter().any(within);
        let named = self.columns.iter().any(|(first, last, _)| within(&(*first, *last)));
        !hidden && (named || !self.columns_hidden_by_default)
    }

    /// Returns the width of a column, if the sheet says one.
    pub(super) fn width(&self, column: u32) -> Option<f64> {
        let found = self.columns.iter().find(|(first, last, _)| (*first..=*last).contains(&column));
        found.map(|(_, _, width)| *width)
    }

    /// Returns whether a cell lies under the first cell of a merged range, where nobody sees it.
    pub(super) fn covers(&self, row: u32, column: u32) -> bool {
        self.merges.iter().any(|[top, left, bottom, right]| {
            (*top..=*bottom).contains(&row)
                && (*left..=*right).contains(&column)
                && (row, column) != (*top, *left)
        })
    }

    /// Returns how many cells the sheet spans.
    pub(super) fn cells(&self) -> usize {
        (self.last_row as usize + 1).saturating_mul(self.last_column as usize + 1)
    }

    /// Reads the layout from the XML of a sheet.
    pub(super) fn of(text: &str) -> Self {
        let mut layout = Self::default();
        let mut rows_hidden_by_default = false;
        let (mut row, mut column) = (0, 0);
        for tag in tags(text).filter(|tag| matches!(tag.shape, Shape::Open | Shape::Empty)) {
            match tag.name {
                "sheetFormatPr" => {
                    rows_hidden_by_default = tag.says("zeroHeight");
                    layout.columns_hidden_by_default =
                        number(&tag, "defaultColWidth").is_some_and(|width| width < SEEN);
                }
                "col" => layout.column(&tag),
                "row" => {
                    row = number(&tag, "r").map_or(row + 1, |row| row as u32);
                    column = 0;
                    let height = number(&tag, "ht");
                    let flat = height.is_some_and(|height| height < SEEN);
                    let asked = height.is_some() || tag.attribute("customHeight").is_some();
                    if tag.says("hidden") || flat || rows_hidden_by_default && !asked {
                        layout.hidden_rows.insert(row.saturating_sub(1));
                    }
                }
                "c" => {
                    let place = tag.attribute("r").and_then(place);
                    let (at_row, at_column) = place.unwrap_or((row.saturating_sub(1), column));
                    column = at_column + 1;
                    layout.last_row = layout.last_row.max(at_row);
                    layout.last_column = layout.last_column.max(at_column);
                }
                "mergeCell" => {
                    let range = tag.attribute("ref").and_then(|range| range.split_once(':'));
                    let ends = range.and_then(|(from, to)| Some((place(from)?, place(to)?)));
                    layout.merges.extend(ends.map(|(from, to)| [from.0, from.1, to.0, to.1]));
                }
                _ => {}
            }
        }
        layout
    }

    /// Reads one `col`.
    fn column(&mut self, tag: &Tag<'_>) {
        let end = |name| number(tag, name).map(|end| (end as u32).saturating_sub(1));
        let (Some(first), Some(last)) = (end("min"), end("max")) else {
            return;
        };
        let width = number(tag, "width");
        if tag.says("hidden") || width.is_some_and(|width| width < SEEN) {
            self.hidden_columns.push((first, last));
        } else {
            self.columns.push((first, last, width.unwrap_or(ORDINARY)));
        }
    }
}

/// A column narrower than this, or a row lower, shows nothing: in signs and in points.
const SEEN: f64 = 0.5;

/// The width of a column that says none.
const ORDINARY: f64 = 8.43;

/// Returns a number in an attribute.
fn number(tag: &Tag<'_>, name: &str) -> Option<f64> {
    tag.attribute(name)?.trim().parse().ok()
}

/// Returns the row and column of a name such as `B7`.
fn place(name: &str) -> Option<(u32, u32)> {
    let name = name.replace('$', "");
    let digits = name.find(|sign: char| sign.is_ascii_digit())?;
    let mut column: u32 = 0;
    for letter in name[..digits].bytes() {
        let value = u32::from(letter.to_ascii_uppercase().checked_sub(b'@')?);
        column = column.checked_mul(26)?.checked_add(value)?;
    }
    let row: u32 = name[digits..].parse().ok()?;
    Some((row.checked_sub(1)?, column.checked_sub(1)?))
}

/// Returns the letters of a column, such as `AB`.
pub(super) fn letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        let digit = u8::try_from((left - 1) % 26).expect("a remainder of 26 is a byte");
        letters.insert(0, char::from(b'A' + digit));
        left = (left - 1) / 26;
    }
    letters.into_iter().collect()
}

/// Returns the XML of each sheet of a workbook, by the sheet's name.
pub(super) fn sheets(entries: &[Entry]) -> Option<BTreeMap<String, &str>> {
    let part = |name: &str| {
        let same = |entry: &&Entry| entry.name.eq_ignore_ascii_case(name);
        entries.iter().find(same).and_then(Entry::text)
    };
    let root = relations(part("_rels/.rels")?);
    let book = root.values().find(|(sort, _)| sort.ends_with("/officeDocument"))?.1.clone();
    let book = book.trim_start_matches('/');
    let (folder, file) = book.rsplit_once('/').unwrap_or(("", book));
    let targets = relations(part(&format!("{folder}/_rels/{file}.rels"))?);
    let mut sheets = BTreeMap::new();
    for tag in tags(part(book)?).filter(|tag| tag.name == "sheet") {
        let name = unescaped(tag.attribute("name")?);
        // The sheet has an attribute `sheetId` beside the `id` that names its part.
        let (_, target) = targets.get(tag.attribute("id")?)?;
        let path =
            target.strip_prefix('/').map_or_else(|| format!("{folder}/{target}"), str::to_owned);
        sheets.insert(name, part(&path)?);
    }
    Some(sheets)
}

/// Returns the relations of a part: id to sort and target.
fn relations(text: &str) -> BTreeMap<String, (String, String)> {
    let tags = tags(text).filter(|tag| tag.name == "Relationship");
    tags.filter_map(|tag| {
        let (sort, target) = (tag.attribute("Type")?, tag.attribute("Target")?);
        Some((tag.attribute("Id")?.to_owned(), (sort.to_owned(), unescaped(target))))
    })
    .collect()
}

/// Returns whether a spreadsheet of the other office format hides anything, or has comments.
pub(super) fn hides(text: &str) -> bool {
    let mut open_cover = false;
    for tag in tags(text) {
        if open_cover && !(tag.name == "covered-table-cell" && tag.shape == Shape::Close) {
            return true;
        }
        open_cover = tag.name == "covered-table-cell" && tag.shape == Shape::Open;
        let hidden = match tag.name {
            "table-row" | "table-column" => {
                matches!(tag.attribute("visibility"), Some("collapse" | "filter"))
            }
            "table-properties" | "table-row-group" | "table-column-group" | "table" => {
                tag.attribute("display") == Some("false")
            }
            "table-column-properties" => flat(&tag, "column-width"),
            "table-row-properties" => flat(&tag, "row-height"),
            "annotation" | "tracked-changes" => true,
            _ => false,
        };
        if hidden {
            return true;
        }
    }
    false
}

/// Returns how many cells a spreadsheet of the other format has when repeated ones are written out.
pub(super) fn repeats(text: &str) -> usize {
    let count = |tag: &Tag<'_>, name| number(tag, name).map_or(1, |times| times as usize);
    let (mut cells, mut in_row, mut rows, mut filled) = (0_usize, 0_usize, 1, false);
    for tag in tags(text) {
        match (tag.name, tag.shape) {
            ("table-row", Shape::Open) => {
                (in_row, filled) = (0, false);
                rows = count(&tag, "number-rows-repeated");
            }
            ("table-row", Shape::Close) if filled => {
                cells = cells.saturating_add(in_row.saturating_mul(rows));
            }
            ("table-cell", Shape::Open | Shape::Empty) => {
                let times = count(&tag, "number-columns-repeated");
                let full = tag.shape == Shape::Open || tag.attribute("value-type").is_some();
                filled |= full;
                // Empty cells at the end of a row fill the sheet and are left out by the reader.
                in_row = in_row.saturating_add(if full { times } else { times.min(WIDE) });
            }
            _ => {}
        }
    }
    cells
}

/// Empty cells are counted up to this many a run.
const WIDE: usize = 64;

/// Returns whether a length is too small to show anything.
fn flat(tag: &Tag<'_>, name: &str) -> bool {
    const SMALLEST: f64 = 0.05;
    tag.attribute(name).is_some_and(|length| {
        let digits = length.trim_end_matches(|sign: char| sign.is_ascii_alphabetic());
        digits.parse::<f64>().is_ok_and(|length| length < SMALLEST)
    })
}

#[cfg(test)]
mod tests {
    use super::{Layout, hides, letters, place};

    #[test]
    fn columns_have_letters() {
        for (column, name) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")] {
            assert_eq!(letters(column), name);
            assert_eq!(place(&format!("{name}7")), Some((6, column)));
        }
    }

    #[test]
    fn what_nobody_sees_is_hidden() {
        let layout = Layout::of(
            "<x:sheetFormatPr/><x:cols><x:col min=\"2\" max=\"3\" hidden=\"true\" width=\"9\"/>\
             <x:col min=\"5\" max=\"5\" width=\"0\"/></x:cols><x:row r=\"2\" hidden=\"1\">\
             <x:c r=\"F2\"/></x:row><x:row r=\"3\" ht=\"0\"/><x:row/>",
        );
        let seen: Vec<u32> = (0..6).filter(|column| layout.shows_column(*column)).collect();
        assert_eq!(seen, [0, 3, 5]);
        let seen: Vec<u32> = (0..4).filter(|row| layout.shows_row(*row)).collect();
        assert_eq!(seen, [0, 3]);
        assert_eq!(layout.cells(), 12);
        let layout = Layout::of(
            "<sheetFormatPr zeroHeight=\"1\" defaultColWidth=\"0\"/><col min=\"1\" max=\"1\" width=\"9\"/>\
             <row r=\"1\" ht=\"15\"/><row r=\"2\"/>",
        );
        assert!(layout.shows_row(0) && !layout.shows_row(1));
        assert!(layout.shows_column(0) && !layout.shows_column(1));
    }

    #[test]
    fn the_other_format_is_looked_through_too() {
        assert!(!hides("<table:table-row><table:covered-table-cell/></table:table-row>"));
        assert!(!hides("<table:covered-table-cell></table:covered-table-cell>"));
        for hidden in [
            "<table:table-row table:visibility=\"collapse\">",
            "<table:table-column table:visibility=\"filter\"/>",
            "<style:table-properties table:display=\"false\"/>",
            "<table:covered-table-cell><text:p>x</text:p></table:covered-table-cell>",
            "<style:table-column-properties style:column-width=\"0cm\"/>",
            "<office:annotation>",
        ] {
            assert!(hides(hidden), "{hidden}");
        }
    }
}
