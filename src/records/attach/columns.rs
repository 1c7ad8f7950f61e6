//! Columns of tables whose head says that they hold personal data, however their values are disguised.

use crate::records::attach::Fault;
use crate::records::attach::limits::{ColumnSort, ColumnWords};
use crate::text::Phrase;
use crate::text::normal::fold;

/// A table: its rows of cells, and where a row and a column of it stand in the file.
pub(super) struct Table<'a> {
    /// The words of each cell.
    pub(super) rows: &'a [Vec<String>],
    /// Says which column of the file a column is.
    pub(super) place: &'a dyn Fn(usize) -> Phrase,
}

/// Returns the faults of a table's columns.
pub(super) fn check(table: &Table<'_>, words: &ColumnWords) -> Vec<Fault> {
    let in_office = heads(table, words).any(|(_, _, head)| holds(&head, &words.office));
    let mut faults = Vec::new();
    for (row, column, head) in heads(table, words) {
        if holds(&head, &words.except) {
            continue;
        }
        let sort = words.column.iter().find(|sort| holds(&head, &sort.words));
        let Some(sort) = sort.filter(|sort| !(sort.names && in_office)) else {
            continue;
        };
        let below = table.rows.iter().skip(row + 1).filter_map(|cells| cells.get(column));
        if below.filter(|cell| counts(cell, sort, words)).count() > 0 {
            let place = (table.place)(column);
            faults.push(Fault::held(
                Phrase::new(
                    format!("附件{}是{}一栏,而且有内容,不会放到网上", place.zh, sort.label.zh),
                    format!(
                        "the attachment has a filled column of {} {}; it is not put online",
                        sort.label.en, place.en
                    ),
                ),
                Phrase::new(
                    "在原表里删掉这一栏(不是隐藏),另存一份再放进来;名单请写成记录,由程序打码",
                    "delete the column (hiding is not enough) and attach a new copy; enter lists as records, which are masked",
                ),
            ));
        }
    }
    faults
}

/// Returns the cells that may be heads: row, column and folded words.
fn heads<'a>(
    table: &'a Table<'_>,
    words: &'a ColumnWords,
) -> impl Iterator<Item = (usize, usize, String)> + 'a {
    let rows = table.rows.iter().take(words.header_rows).enumerate();
    rows.flat_map(move |(row, cells)| {
        cells
            .iter()
            .enumerate()
            .filter(|(_, cell)| (1..=words.longest_header).contains(&cell.chars().count()))
            .map(move |(column, cell)| (row, column, folded(cell)))
    })
}

/// Returns the folded words of a cell.
fn folded(cell: &str) -> String {
    String::from_utf8_lossy(&fold(cell)).into_owned()
}

/// Returns whether a folded head holds one of some words.
fn holds(head: &str, words: &[String]) -> bool {
    words.iter().any(|word| head.contains(&folded(word)))
}

/// Returns whether a cell below such a head holds something that must not get out.
fn counts(cell: &str, sort: &ColumnSort, words: &ColumnWords) -> bool {
    let plain = folded(cell);
    let blank = plain.is_empty() || words.blanks.iter().any(|blank| folded(blank) == plain);
    let masked = sort.names && words.masks.iter().any(|mask| cell.contains(mask.as_str()));
    !blank && !masked
}
