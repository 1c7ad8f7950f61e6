//! Several lines of plain text.

use crate::records::schema::FieldDef;
use crate::records::schema::field::{Fault, FieldType, Raw, Reading, quoted, words};
use crate::records::value::Value;

/// Several lines of plain text.
pub(super) struct LongText;

impl FieldType for LongText {
    fn name(&self) -> &'static str {
        "long-text"
    }

    fn read(&self, raw: Raw<'_>, _reading: &Reading<'_>) -> Result<Value, Fault> {
        words(raw)
    }

    fn example(&self, _field: &FieldDef) -> String {
        quoted("……")
    }
}
