//! Two rows of one list that are the same person, or are paid to the same account.
//!
//! Which classes no two rows share, and which columns make two things of two rows of one person, is
//! data. No message holds a value.

use std::collections::BTreeMap;

use crate::diag::code::SAME_PERSON;
use crate::diag::{Finding, Report};
use crate::records::catalog::{Cell, Record, Row};
use crate::records::check::Book;
use crate::records::schema::{FieldDef, TableDef};
use crate::records::value::Value;
use crate::text::Phrase;
use crate::text::normal::fold;

/// Checks every list.
pub(super) fn check(book: &Book<'_>, report: &mut Report) {
    for record in book.catalog.records() {
        let kind = record.kind_of(book.schema);
        let once = kind.lists.once.as_ref().unwrap_or(&book.schema.anonymity.once);
        for rows in &record.tables {
            let table = &kind.tables[rows.table];
            let columns: Vec<(usize, &FieldDef)> = table
                .fields
                .iter()
                .enumerate()
                .filter(|(_, field)| {
                    field.class.is_some_and(|class| once.iter().any(|name| name == class.name()))
                })
                .collect();
            let apart = places(table, &kind.lists.unless);
            rows_of(record, &rows.rows, (&columns, &apart), report);
        }
    }
}

/// Returns the places of the columns with these keys.
fn places(table: &TableDef, keys: &[String]) -> Vec<usize> {
    keys.iter().filter_map(|key| table.field(key)).map(|(index, _)| index).collect()
}

/// Checks the rows of one list: each row is found once, however much it shares with another.
fn rows_of(
    record: &Record,
    rows: &[Row],
    (columns, apart): (&[(usize, &FieldDef)], &[usize]),
    report: &mut Report,
) {
    let mut seen: BTreeMap<(usize, Vec<u8>, String), &Cell> = BTreeMap::new();
    for row in rows {
        let matter: String = apart.iter().map(|column| sign(row.value(*column)) + "\n").collect();
        let mut found = false;
        for (column, field) in columns {
            let Some(cell) = row.cell(*column) else {
                continue;
            };
            let value = fold(&sign(cell.values.first()));
            // What is covered says nothing of who it is.
            if value.is_empty() || value.contains(&b'*') {
                continue;
            }
            let key = (*column, value, matter.clone());
            match seen.get(&key) {
                Some(first) if !found => {
                    found = true;
                    report.push(finding(record, field, (first, cell)));
                }
                Some(_) => {}
                None => drop(seen.insert(key, cell)),
            }
        }
    }
}

/// Returns a sign by which values are compared; it is never shown.
fn sign(value: Option<&Value>) -> String {
    match value {
        Some(Value::Text(words) | Value::Place(words) | Value::Reference(words)) => {
            words.to_string()
        }
        Some(Value::Choice(index)) => index.to_string(),
        Some(Value::Date(day) | Value::DateTime(day, _)) => day.to_string(),
        Some(Value::Period(period)) => period.to_string(),
        Some(Value::Money(money)) => money.fen().to_string(),
        Some(Value::Number(quantity)) => quantity.number.to_string(),
        Some(Value::Percent(share)) => share.to_string(),
        Some(Value::Flag(flag)) => flag.to_string(),
        None => String::new(),
    }
}

/// Makes the finding about a row that is there already.
fn finding(record: &Record, field: &FieldDef, (first, second): (&Cell, &Cell)) -> Finding {
    let label = &field.label;
    let message = Phrase::new(
        format!("这份名单里有两行的“{}”相同", label.zh),
        format!("two rows of this list have the same {}", label.en),
    );
    Finding::new(SAME_PERSON, record.span(&second.range), message)
        .related(record.span(&first.range), Phrase::new("前面这一行已经有了", "it is there already"))
        .help(Phrase::new(
            "同一个人登记了两遍,就删掉一行;抄错了号码,就对照原件改;确实是两件事或者合用一张卡,在 accepted 里写明",
            "take away a row that is there twice, or mend the number; if it is right, say why in `accepted`",
        ))
}
