//! The address of a page.

use serde_json::{Value as Json, json};

use crate::diag::code::WRONG_TYPE;
use crate::records::schema::FieldDef;
use crate::records::schema::field::{Fault, FieldType, Raw, Reading, quoted};
use crate::records::value::Value;
use crate::text::Phrase;

/// The address of a page.
pub(super) struct Url;

impl FieldType for Url {
    fn name(&self) -> &'static str {
        "url"
    }

    fn read(&self, raw: Raw<'_>, _reading: &Reading<'_>) -> Result<Value, Fault> {
        let text = raw.text()?;
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        let good = rest.is_some_and(|rest| {
            !rest.is_empty()
                && !rest.contains(|letter: char| letter.is_whitespace() || "<>\"".contains(letter))
        });
        if good {
            return Ok(Value::Text(text.into()));
        }
        let message = Phrase::new("这不是一个网址", "this is not the address of a page");
        let help = Phrase::new(
            "网址以 https:// 或 http:// 开头",
            "an address begins with https:// or http://",
        );
        Err(Fault::new(WRONG_TYPE, message).help(help))
    }

    fn json_schema(&self, _field: &FieldDef) -> Json {
        json!({ "type": "string", "format": "uri" })
    }

    fn example(&self, _field: &FieldDef) -> String {
        quoted("https://")
    }
}
