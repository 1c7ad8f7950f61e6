//! Digits of a person's own numbers in a public column of the same row: a check code made of the
//! last four of an identity number gives away what the mask of the number hides.
//!
//! Only words are looked at, never amounts, counts or days. Many digits are a finding by themselves.
//! Few may be chance, so a column of a list is judged as a whole, before any exception is looked at.
//! Which digits they are is in no message.

mod likeness;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::diag::code::DIGITS_OF_NUMBER;
use crate::diag::{Finding, Span};
use crate::records::catalog::{Cell, Record, Row, Rows};
use crate::records::check::Book;
use crate::records::exceptions::Suspect;
use crate::records::policy::treatment;
use crate::records::schema::{Audience, Class, FieldDef, Kind, TableDef, Treatment};
use crate::records::value::Value;
use crate::text::Phrase;
use crate::text::normal::fold;
use likeness::{CERTAIN, Hit, Likeness};

/// What so many other rows say is nobody's own, if they are not too few of a long list.
const OTHERS: usize = 2;

/// Fewer others than one in so many rows of a list may say the same by chance: three digits do in one row
/// of a thousand.
const ROWS_AN_OTHER: usize = 200;

/// Short hits in one of so many cells of a column are no chance; in a column of so few, one is none.
const CELLS_A_HIT: usize = 5;

/// So many short hits, and so many times as many as chance gives, are no chance in a long column.
const FAR_ABOVE: u64 = 4;

/// Classes of values that are numbers of a person.
const NUMBERS: [Class; 4] = [Class::IdNumber, Class::Phone, Class::BankAccount, Class::Certificate];

/// A cell of a column, beside the numbers of its own row.
struct Own<'a> {
    cell: &'a Cell,
    numbers: &'a [Vec<u8>],
    likeness: Likeness,
}

/// Returns every cell of the lists of persons that says digits of its own row's numbers.
pub(super) fn suspects(book: &Book<'_>) -> Vec<Suspect> {
    let records = book.catalog.records().par_iter();
    records.flat_map_iter(|record| in_record(record, record.kind_of(book.schema))).collect()
}

/// Returns those of one record.
fn in_record(record: &Record, kind: &Kind) -> Vec<Suspect> {
    let mut suspects = Vec::new();
    for rows in &record.tables {
        let table = &kind.tables[rows.table];
        if !table.is_personal() {
            continue;
        }
        let numbers: Vec<Vec<Vec<u8>>> =
            rows.rows.iter().map(|row| numbers(kind, table, row)).collect();
        let columns = table.fields.iter().enumerate();
        let is_public = |field: &FieldDef| field.class == Some(Class::Public);
        for (index, field) in columns.filter(|(_, field)| is_public(field) && is_shown(kind, field))
        {
            for own in judged(column(rows, index, &numbers), rows.rows.len()) {
                let span = record.span(&own.cell.range);
                let finding = finding(field, span.clone());
                suspects.push(Suspect::new(DIGITS_OF_NUMBER.name(), span, own.mark(), finding));
            }
        }
    }
    suspects
}

/// Returns what is wrong with a column, and what to do.
fn finding(field: &FieldDef, span: Span) -> Finding {
    let label = &field.label;
    let message = Phrase::new(
        format!("公开的“{}”里有这个人自己的证件号、卡号或电话里的数字", label.zh),
        format!("the public column {} has digits of this person's own ID, card or phone", label.en),
    );
    let help = Phrase::new(
        "另编一个,不要从证件号、卡号、电话里取;序号按行数写;碰巧一样的,用 mingbai except 文件:行:列 登记理由和期限",
        "make one up, and take nothing from ID, card or phone; let serial numbers count the rows; \
         if it is chance, give the reason with `mingbai except FILE:LINE:COLUMN`",
    );
    Finding::new(DIGITS_OF_NUMBER, span, message).help(help)
}

impl Own<'_> {
    /// Returns what an exception is about: this text beside these numbers, so that it covers neither
    /// the same text of somebody else nor another number of the same person.
    fn mark(&self) -> String {
        let mut mark = Vec::new();
        for part in texts(self.cell).map(fold).chain(self.numbers.iter().cloned()) {
            mark.extend(part);
            mark.push(b'\n');
        }
        String::from_utf8_lossy(&mark).into_owned()
    }
}

/// Returns the cells of a column beside the numbers of their rows.
fn column<'a>(rows: &'a Rows, field: usize, numbers: &'a [Vec<Vec<u8>>]) -> Vec<Own<'a>> {
    let cells = rows.rows.iter().zip(numbers).enumerate().filter_map(|(at, (row, numbers))| {
        let cell = row.cell(field)?;
        let folded: Vec<Vec<u8>> = texts(cell).map(fold).collect();
        let likeness = Likeness::of(&folded, numbers, at + 1);
        Some(Own { cell, numbers, likeness })
    });
    cells.collect()
}

/// Returns the cells of a column that are findings.
///
/// Long hits always are. Short ones are when they are too many for chance: one cell in
/// [`CELLS_A_HIT`] of those that could be hit, or `k ≥ 4 + 4λ` where chance gives λ. By Chernoff's bound
/// chance does that with at most `e^-λ (eλ/k)^k = (e/4)^4 (e³/256)^λ (λ/(1+λ))^(4+4λ)`, which is below
/// 1/10000 for every λ.
fn judged(mut column: Vec<Own<'_>>, rows: usize) -> Vec<Own<'_>> {
    drop_common(&mut column, rows);
    column.retain(|own| own.likeness.chance > 0);
    let hits = column.iter().filter(|own| own.likeness.hit.is_some()).count();
    let chance: u64 = column.iter().map(|own| own.likeness.chance).sum();
    let far_above = u64::try_from(hits).unwrap_or(u64::MAX).saturating_mul(CERTAIN)
        >= FAR_ABOVE * (CERTAIN + chance);
    let is_taken = far_above || hits * CELLS_A_HIT >= column.len();
    column.retain(|own| match own.likeness.hit {
        Some(Hit::Long) => true,
        Some(Hit::Short) => is_taken,
        None => false,
    });
    column
}

/// Drops what other rows say as well without having it from their numbers: a year or a batch may stand
/// in somebody's number by chance. In a long list a few rows say the same by chance, too, and that
/// makes nothing common.
fn drop_common(column: &mut Vec<Own<'_>>, rows: usize) {
    let mut said: BTreeMap<Vec<&str>, usize> = BTreeMap::new();
    for own in column.iter().filter(|own| own.likeness.hit.is_none()) {
        *said.entry(texts(own.cell).collect()).or_default() += 1;
    }
    column.retain(|own| {
        let all = said.get(&texts(own.cell).collect::<Vec<_>>()).copied().unwrap_or(0);
        let others = all - usize::from(own.likeness.hit.is_none());
        others < OTHERS || others * ROWS_AN_OTHER < rows
    });
}

/// Returns whether some audience is given the values of a field as they are.
fn is_shown(kind: &Kind, field: &FieldDef) -> bool {
    Audience::ALL.iter().any(|(to, _)| treatment(kind, *to, field) == Treatment::Show)
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
    numbers.sort();
    numbers.dedup();
    numbers
}

/// Returns the words of a cell.
fn texts(cell: &Cell) -> impl Iterator<Item = &str> {
    cell.values.iter().filter_map(|value| match value {
        Value::Text(text) => Some(&**text),
        _ => None,
    })
}
