// expect: E0451
// in: src/site
//! Nobody but the door makes what may be published.

use crate::records::{Datum, Form, PublicRecord, PublicTable, PublicValue, Release, Withheld};
use crate::text::Day;

/// A release with another day.
pub(crate) fn release(other: Release, as_of: Day) -> Release {
    Release { as_of, ..other } //~ E0451
}

/// A record with another body.
pub(crate) fn record(other: PublicRecord, text: String) -> PublicRecord {
    PublicRecord { body: Some(text), ..other } //~ E0451
}

/// A list that is shown although it is kept back.
pub(crate) fn table(other: PublicTable) -> PublicTable {
    PublicTable { kept_back: None, ..other } //~ E0451
}

/// A value out of any text.
pub(crate) fn value(text: String) -> PublicValue {
    PublicValue { datum: Datum::Text(text), form: Form::Whole } //~ E0451
}

/// Fingerprints that find nothing.
pub(crate) fn withheld(other: Withheld) -> Withheld {
    Withheld { total: 0, ..other } //~ E0451
}
