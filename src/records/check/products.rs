//! Rows whose amount is not quantity × standard.

use crate::diag::code::ROW_PRODUCT;
use crate::diag::{Finding, Report};
use crate::records::catalog::{Record, Row};
use crate::records::check::Book;
use crate::records::check::sums::{off_by_wan, unit_contradiction};
use crate::records::schema::{Class, Kind, Product, TableDef};
use crate::records::value::Value;
use crate::text::{Decimal, Money, Phrase};

/// Checks every row of tables that have a product.
pub(super) fn check(book: &Book<'_>, report: &mut Report) {
    for record in book.catalog.records() {
        let kind = record.kind_of(book.schema);
        for rows in &record.tables {
            let table = &kind.tables[rows.table];
            if let Some(product) = &table.product {
                for row in &rows.rows {
                    report_row(record, row, (kind, table, product), report);
                }
            }
        }
    }
}

/// Checks one row.
fn report_row(
    record: &Record,
    row: &Row,
    (kind, table, product): (&Kind, &TableDef, &Product),
    report: &mut Report,
) {
    // A column, or one value for the whole record.
    let find = |key: &str| {
        let in_row = table.field(key).and_then(|(index, _)| row.value(index));
        in_row.or_else(|| {
            let (index, _) = kind.field(key)?;
            record.cell(index)?.values.first()
        })
    };
    let number = |key: &str| find(key).and_then(Value::number);
    let amount = find(&product.amount).and_then(Value::money);
    let (Some(quantity), Some(standard), Some(amount)) =
        (number(&product.quantity), number(&product.standard), amount)
    else {
        return;
    };
    let (Some(computed), stated) = (quantity.checked_mul(standard), Decimal::whole(amount.fen()))
    else {
        return;
    };
    // Less than a fen apart: somebody rounded, since nobody can be paid a part of a fen.
    if computed.is_within_one_of(stated) {
        return;
    }
    let cell = table.field(&product.amount).and_then(|(index, _)| row.cell(index));
    let span = record.span(cell.map_or(&row.range, |cell| &cell.range));
    if off_by_wan(stated, computed) {
        report.push(unit_contradiction(span));
        return;
    }
    let class = |key: &str| {
        let column = table.field(key).map(|(_, field)| field.class);
        column.or_else(|| kind.field(key).map(|(_, field)| field.class)).flatten()
    };
    let named = [&product.quantity, &product.standard, &product.amount];
    // A figure that is not meant for everyone is in no message.
    let open = named.into_iter().all(|key| class(key) == Some(Class::Public));
    let words = computed.scaled(0).map_or_else(
        || format!("{}元", computed.shifted(2)),
        |fen| Money::shown_like(fen, amount).to_string(),
    );
    let (zh, en) = if open {
        (format!(":应为{words}"), format!(": that makes {words}"))
    } else {
        (String::new(), String::new())
    };
    let message = Phrase::new(
        format!("这一条的金额不等于数量乘标准{zh}"),
        format!("the amount of this row is not quantity times standard{en}"),
    );
    report.push(Finding::new(ROW_PRODUCT, span, message).help(Phrase::new(
        "核对数量、标准和金额;有封顶等原因就在 accepted 里写明",
        "check quantity, standard and amount; give a reason such as a cap in `accepted`",
    )));
}
