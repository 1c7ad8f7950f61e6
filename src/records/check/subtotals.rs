//! Subtotals of a table's groups that are not the sum of the group's rows.

use std::collections::BTreeMap;

use crate::diag::code::SUBTOTAL;
use crate::diag::{Finding, Report};
use crate::records::catalog::{Record, Rows};
use crate::records::check::Book;
use crate::records::schema::{Class, Subtotals, TableDef};
use crate::text::{Decimal, Money, Phrase};

/// Checks every stated subtotal.
pub(super) fn check(book: &Book<'_>, report: &mut Report) {
    for record in book.catalog.records() {
        let kind = record.kind_of(book.schema);
        for (index, table) in kind.tables.iter().enumerate() {
            let Some(rule) = &table.subtotals else {
                continue;
            };
            let stated = kind
                .table(&rule.table)
                .and_then(|(index, stated)| Some((stated, record.rows(index)?)));
            let column = table.field(&rule.column).map(|(column, _)| (Some(index), column));
            // A group of which an amount could not be read proves nothing.
            if column.is_some_and(|column| record.unread.contains(&column)) {
                continue;
            }
            if let (Some(rows), Some((stated_table, stated_rows))) = (record.rows(index), stated) {
                compare(record, rule, (table, rows), (stated_table, stated_rows), report);
            }
        }
    }
}

/// Compares the sums of groups with the stated ones.
fn compare(
    record: &Record,
    rule: &Subtotals,
    (table, rows): (&TableDef, &Rows),
    (stated_table, stated_rows): (&TableDef, &Rows),
    report: &mut Report,
) {
    let columns =
        |table: &TableDef| Some((table.field(&rule.key)?.0, table.field(&rule.column)?.0));
    let (Some((key, column)), Some((stated_key, stated_column))) =
        (columns(table), columns(stated_table))
    else {
        return;
    };
    let mut sums: BTreeMap<&str, Decimal> = BTreeMap::new();
    for row in &rows.rows {
        let group = row.value(key).and_then(|value| value.words());
        let number = row.value(column).and_then(|value| value.number());
        if let (Some(group), Some(number)) = (group, number) {
            let sum = sums.entry(group).or_insert_with(|| Decimal::whole(0));
            let Some(more) = sum.checked_add(number) else {
                return;
            };
            *sum = more;
        }
    }
    for row in &stated_rows.rows {
        let group = row.value(stated_key).and_then(|value| value.words());
        let value = row.value(stated_column);
        let (Some(group), Some(value)) = (group, value) else {
            continue;
        };
        let Some(stated) = value.number() else {
            continue;
        };
        let computed = sums.get(group).copied().unwrap_or_else(|| Decimal::whole(0));
        if stated.partial_cmp(&computed) == Some(std::cmp::Ordering::Equal) {
            continue;
        }
        let words = |number: Decimal| match (value.money(), number.scaled(0)) {
            (Some(like), Some(fen)) => Money::shown_like(fen, like).to_string(),
            _ => number.to_string(),
        };
        let (stated, computed) = (words(stated), words(computed));
        let open = |table: &TableDef, at: usize| table.fields[at].class == Some(Class::Public);
        let message = if open(table, column) && open(stated_table, stated_column) {
            Phrase::new(
                format!("小计对不上:写的是{stated},这一组相加是{computed}"),
                format!(
                    "the subtotal does not add up: stated {stated}, the group comes to {computed}"
                ),
            )
        } else {
            Phrase::new("小计和这一组相加对不上", "the subtotal is not the sum of its group")
        };
        report.push(Finding::new(SUBTOTAL, record.span(&row.range), message).help(Phrase::new(
            "核对这一组的各条;原件如此就在 accepted 里写明原因",
            "check the rows of the group; if the original says so, give the reason in `accepted`",
        )));
    }
}
