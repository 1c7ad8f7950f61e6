// expect: E0277
// in: src/records
//! Even inside the confidential room a raw value has no words.

use crate::records::catalog::{Catalog, Cell, Record, Row, Rows};
use crate::records::value::{Quantity, Value};

fn shown(_value: &impl std::fmt::Display) {}
fn written(_value: &impl serde::Serialize) {}
fn printed(_value: &impl std::fmt::Debug) {}

/// Makes words of raw values.
pub(in crate::records) fn value(value: &Value, quantity: &Quantity, cell: &Cell) {
    shown(value); //~ E0277
    shown(quantity); //~ E0277
    shown(cell); //~ E0277
    written(value); //~ E0277
    written(quantity); //~ E0277
    written(cell); //~ E0277
    printed(quantity); //~ E0277
    printed(cell); //~ E0277
}

/// Makes words of raw records.
pub(in crate::records) fn record(catalog: &Catalog, record: &Record, rows: &Rows, row: &Row) {
    shown(record); //~ E0277
    written(catalog); //~ E0277
    written(record); //~ E0277
    written(rows); //~ E0277
    written(row); //~ E0277
    printed(catalog); //~ E0277
    printed(rows); //~ E0277
    printed(row); //~ E0277
}

/// Makes a page's context of a raw value.
pub(in crate::records) fn context(context: &mut tera::Context, value: &Value, record: &Record) {
    context.insert("value", value); //~ E0277
    context.insert("record", record); //~ E0277
}
