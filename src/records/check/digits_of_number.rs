//! Digits of a person's own numbers in a public column of the same row: a check code made of the
//! last four of an identity number gives away what the mask of the number hides.
//!
//! Only words are looked at, never amounts, counts or days. Which digits they are is in no message.

use crate::diag::code::DIGITS_OF_NUMBER;
use crate::diag::{Finding, Report, Span};
use crate::records::catalog::{Cell, Row, Rows};
use crate::records::check::Book;
use crate::records::policy::treatment;
use crate::records::schema::{Audience, Class, FieldDef, Kind, TableDef, Treatment};
use crate::records::value::Value;
use crate::text::Phrase;
use crate::text::normal::fold;

/// So many digits at the beginning or the end of a number are taken from it.
const AT_AN_END: usize = 3;

/// So many digits in a row are taken from a number wherever they stand in it.
const IN_A_ROW: usize = 4;

/// What so many other rows say is nobody's own.
const OTHERS: usize = 2;

/// Classes of values that are numbers of a person.
const NUMBERS: [Class; 4] = [Class::IdNumber, Class::Phone, Class::BankAccount, Class::Certificate];

/// Checks the rows of every list of persons.
pub(super) fn check(book: &Book<'_>, report: &mut Report) {
    for record in book.catalog.records() {
        let kind = record.kind_of(book.schema);
        for rows in &record.tables {
            let table = &kind.tables[rows.table];
            if !table.is_personal() {
                continue;
            }
            let hits: Vec<&Cell> = rows
                .rows
                .iter()
                .enumerate()
                .flat_map(|(at, row)| taken(kind, table, row, at + 1))
                .collect();
            for cell in hits.iter().filter(|cell| !is_common(cell, &hits, rows)) {
                report.push(finding(&table.fields[cell.field], record.span(&cell.range)));
            }
        }
    }
}

/// Returns what is wrong with a column, and what to do.
fn finding(field: &FieldDef, span: Span) -> Finding {
    let label = &field.label;
    let message = Phrase::new(
        format!("公开的“{}”里有这个人自己的证件号、卡号或电话里的数字", label.zh),
        format!("the public column {} has digits of this person's own ID, card or phone", label.en),
    );
    let help = Phrase::new(
        "另编一个,不要从证件号、卡号、电话里取;序号按行数写",
        "make one up, and take nothing from ID, card or phone; let serial numbers count the rows",
    );
    Finding::new(DIGITS_OF_NUMBER, span, message).help(help)
}

/// Returns whether other rows say the same without having it from their numbers: a year or a batch
/// may stand in somebody's number by chance.
fn is_common(cell: &Cell, hits: &[&Cell], rows: &Rows) -> bool {
    let said: Vec<&str> = texts(cell).collect();
    let others = rows.rows.iter().filter_map(|row| row.cell(cell.field)).filter(|other| {
        texts(other).eq(said.iter().copied()) && !hits.iter().any(|hit| std::ptr::eq(*hit, *other))
    });
    others.count() >= OTHERS
}

/// Returns the public cells of a row with digits of the row's own numbers.
fn taken<'a>(kind: &Kind, table: &TableDef, row: &'a Row, running: usize) -> Vec<&'a Cell> {
    let shown = |field: &FieldDef| {
        Audience::ALL.iter().any(|(to, _)| treatment(kind, *to, field) == Treatment::Show)
    };
    let is_public = |cell: &&Cell| {
        let field = &table.fields[cell.field];
        field.class == Some(Class::Public)
            && shown(field)
            && texts(cell).any(|text| runs(&fold(text)).next().is_some())
    };
    let mut cells: Vec<&Cell> = row.cells.iter().filter(is_public).collect();
    if !cells.is_empty() {
        let numbers = numbers(kind, table, row);
        cells.retain(|cell| texts(cell).any(|text| is_of(&fold(text), &numbers, running)));
    }
    cells
}

/// Returns the folded numbers of a row that some audience is not given in full, those that nobody
/// could read as well.
fn numbers(kind: &Kind, table: &TableDef, row: &Row) -> Vec<Vec<u8>> {
    let is_number = |class: Option<Class>| class.is_some_and(|class| NUMBERS.contains(&class));
    let kept = |field: &FieldDef| {
        Audience::ALL.iter().any(|(to, _)| treatment(kind, *to, field) != Treatment::Show)
    };
    let read = row.cells.iter().filter(|cell| {
        let field = &table.fields[cell.field];
        is_number(field.class) && kept(field)
    });
    let unread = row.doubtful.iter().filter(|doubtful| is_number(doubtful.class));
    let mut numbers: Vec<Vec<u8>> = read.flat_map(texts).map(fold).collect();
    numbers.extend(unread.map(|doubtful| fold(&doubtful.text)));
    numbers
}

/// Returns the words of a cell.
fn texts(cell: &Cell) -> impl Iterator<Item = &str> {
    cell.values.iter().filter_map(|value| match value {
        Value::Text(text) => Some(&**text),
        _ => None,
    })
}

/// Returns the runs of digits of a folded text, with the `x` that ends some identity numbers.
fn runs(folded: &[u8]) -> impl Iterator<Item = &[u8]> {
    let of_number = |byte: &u8| byte.is_ascii_digit() || *byte == b'x';
    let runs = folded.split(move |byte| !of_number(byte));
    runs.flat_map(|run| run.split_inclusive(|byte| *byte == b'x'))
        .filter(|run| run.len() >= AT_AN_END)
}

/// Returns whether a folded text has digits of one of the numbers. The running number of the row, with
/// or without noughts before it, is nobody's.
fn is_of(folded: &[u8], numbers: &[Vec<u8>], running: usize) -> bool {
    let running = running.to_string();
    let is_running = |run: &[u8]| {
        let noughts = run.iter().take_while(|byte| **byte == b'0').count();
        run[noughts..] == *running.as_bytes()
    };
    runs(folded).filter(|run| !is_running(run)).any(|run| {
        let digits = run.strip_suffix(b"x").unwrap_or(run);
        numbers.iter().any(|number| {
            // The last digits before the check sign are as good as those with it.
            let plain = number.strip_suffix(b"x").unwrap_or(number);
            let at_an_end = |part: &[u8]| {
                part.len() >= AT_AN_END
                    && [number, plain]
                        .iter()
                        .any(|all| all.starts_with(part) || all.ends_with(part))
            };
            let within = |part: &[u8]| plain.windows(part.len()).any(|window| window == part);
            at_an_end(run) || at_an_end(digits) || digits.windows(IN_A_ROW).any(within)
        })
    })
}
