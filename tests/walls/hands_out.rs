// expect: private_interfaces
// in: src/records
//! A raw value cannot be handed out under a public name.

use crate::records::Opened;
use crate::records::catalog::Record;
use crate::records::value::Value;

/// Hands out the first record.
pub fn first(opened: &Opened) -> Option<&Record> { //~ private_interfaces
    opened.catalog.records().first()
}

/// Hands out the first value.
pub fn value(opened: &Opened) -> Option<&Value> { //~ private_interfaces
    opened.catalog.records().first()?.cells.first()?.values.first()
}
