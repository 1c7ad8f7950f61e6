//! Yes or no.

use serde_json::{Value as Json, json};

use crate::records::schema::FieldDef;
use crate::records::schema::field::{Fault, FieldType, Raw, Reading};
use crate::records::value::Value;
use crate::text::Phrase;

/// Yes or no.
pub(super) struct Flag;

impl FieldType for Flag {
    fn name(&self) -> &'static str {
        "flag"
    }

    fn read(&self, raw: Raw<'_>, _reading: &Reading<'_>) -> Result<Value, Fault> {
        match raw {
            Raw::Flag(flag) => Ok(Value::Flag(flag)),
            Raw::Text(_) | Raw::Number(_) | Raw::When(_) | Raw::List | Raw::Table => {
                Err(raw.instead_of(&Phrase::new("true 或 false", "true or false")))
            }
        }
    }

    fn json_schema(&self, _field: &FieldDef) -> Json {
        json!({ "type": "boolean" })
    }

    fn example(&self, _field: &FieldDef) -> String {
        "false".to_owned()
    }
}
