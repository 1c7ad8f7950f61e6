//! A reference to another record: `kind/id`.

use serde_json::{Value as Json, json};

use crate::diag::code::{UNKNOWN_REFERENCE, WRONG_TYPE};
use crate::records::schema::FieldDef;
use crate::records::schema::field::{Fault, FieldType, Raw, Reading, quoted};
use crate::records::value::Value;
use crate::text::Phrase;

/// A reference to another record.
pub(super) struct Reference;

impl FieldType for Reference {
    fn name(&self) -> &'static str {
        "reference"
    }

    fn read(&self, raw: Raw<'_>, reading: &Reading<'_>) -> Result<Value, Fault> {
        let text = raw.text()?;
        let Some((kind, _)) = text.split_once('/') else {
            return Err(Fault::new(
                WRONG_TYPE,
                Phrase::new("引用要写成“类/编号”", "a reference is written as kind/id"),
            )
            .help(Phrase::new("例如 \"类名/2025-01\"", "such as \"kind/2025-01\"")));
        };
        let allowed = &reading.field.to;
        if !allowed.is_empty() && !allowed.iter().any(|name| name == kind) {
            let kinds = allowed.join("、");
            return Err(Fault::new(
                UNKNOWN_REFERENCE,
                Phrase::new(
                    "这里不能引用这一类记录",
                    "this field cannot name a record of that kind",
                ),
            )
            .help(Phrase::new(
                format!("可以引用的类:{kinds}"),
                format!("kinds that fit: {kinds}"),
            )));
        }
        // Whether the record exists is known only when all records have been read.
        Ok(Value::Reference(text.into()))
    }

    fn json_schema(&self, field: &FieldDef) -> Json {
        let kinds = if field.to.is_empty() { "[a-z0-9-]+".to_owned() } else { field.to.join("|") };
        json!({ "type": "string", "pattern": format!("^({kinds})/[^/]+$") })
    }

    fn example(&self, field: &FieldDef) -> String {
        quoted(&format!("{}/……", field.to.first().map_or("kind", String::as_str)))
    }
}
