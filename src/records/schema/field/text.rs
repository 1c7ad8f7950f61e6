//! A line of text.

use crate::records::schema::FieldDef;
use crate::records::schema::field::{Fault, FieldType, Raw, Reading, quoted, words};
use crate::records::value::Value;

/// A line of text.
pub(super) struct Text;

impl FieldType for Text {
    fn name(&self) -> &'static str {
        "text"
    }

    fn read(&self, raw: Raw<'_>, _reading: &Reading<'_>) -> Result<Value, Fault> {
        words(raw)
    }

    fn example(&self, _field: &FieldDef) -> String {
        quoted("……")
    }
}
