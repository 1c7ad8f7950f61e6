//! Columns of tables whose head says that they hold personal data, however their values are disguised.

use crate::detect;
use crate::records::attach::Fault;
use crate::records::attach::limits::{ColumnSort, ColumnWords};
use crate::text::Phrase;
use crate::text::normal::{Writing, fold};

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
    let of = |head: &str| {
        let sorts = || words.column.iter().find(|sort| holds(head, &sort.words));
        if holds(head, &words.except) { None } else { sorts() }
    };
    let of_persons = heads(table, words).any(|(_, _, head)| of(&head).is_some_and(|it| it.names));
    let mut faults = Vec::new();
    for (row, column, head) in heads(table, words) {
        let passes = |sort: &ColumnSort| sort.names && in_office || sort.persons && !of_persons;
        let Some(sort) = of(&head).filter(|sort| !passes(sort)) else {
            continue;
        };
        let only_mobile = sort.phones && (in_office || !of_persons);
        let below = table.rows.iter().skip(row + 1).filter_map(|cells| cells.get(column));
        let mut filled = below.filter(|cell| counts(cell, sort, words));
        if filled.any(|cell| !only_mobile || is_mobile(cell)) {
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
    let wide = table.rows.iter().any(|cells| filled(cells) > 1);
    rows.filter(move |(_, cells)| !(wide && is_title(cells, words))).flat_map(
        move |(row, cells)| {
            cells
                .iter()
                .enumerate()
                .filter(|(_, cell)| (1..=words.longest_header).contains(&cell.chars().count()))
                .map(move |(column, cell)| (row, column, folded(cell)))
        },
    )
}

/// Returns how many cells hold something.
fn filled(cells: &[String]) -> usize {
    cells.iter().filter(|cell| !cell.trim().is_empty()).count()
}

/// Returns whether a row is the title over a whole table: one cell, the first, and no short word.
fn is_title(cells: &[String], words: &ColumnWords) -> bool {
    let long = |cell: &String| cell.trim().chars().count() >= words.shortest_title;
    filled(cells) == 1 && cells.first().is_some_and(long)
}

/// Returns the folded words of a cell.
fn folded(cell: &str) -> String {
    String::from_utf8_lossy(&fold(cell)).into_owned()
}

/// Returns whether a folded head holds one of some words.
fn holds(head: &str, words: &[String]) -> bool {
    words.iter().any(|word| head.contains(&folded(word)))
}

/// Returns whether a cell holds the telephone number of somebody.
fn is_mobile(cell: &str) -> bool {
    let phone = detect::named("phone").expect("the detector is in the list");
    !detect::find(&[phone], cell.as_bytes(), Writing::Plain).is_empty()
}

/// Returns whether a cell below such a head holds something that must not get out.
fn counts(cell: &str, sort: &ColumnSort, words: &ColumnWords) -> bool {
    let plain = folded(cell);
    let blank = plain.is_empty() || words.blanks.iter().any(|blank| folded(blank) == plain);
    let masked = sort.names && words.masks.iter().any(|mask| cell.contains(mask.as_str()));
    !blank && !masked
}
