//! The name of a natural person.

use crate::records::schema::FieldDef;
use crate::records::schema::field::{Fault, FieldType, Raw, Reading, quoted, words};
use crate::records::value::Value;

/// The name of a natural person.
pub(super) struct Person;

impl FieldType for Person {
    fn name(&self) -> &'static str {
        "person"
    }

    fn read(&self, raw: Raw<'_>, _reading: &Reading<'_>) -> Result<Value, Fault> {
        words(raw)
    }

    fn example(&self, _field: &FieldDef) -> String {
        quoted("示例")
    }
}
