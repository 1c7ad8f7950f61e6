//! A civil day.

use serde_json::{Value as Json, json};

use crate::diag::code::WRONG_TYPE;
use crate::records::schema::FieldDef;
use crate::records::schema::field::{Fault, FieldType, Raw, Reading};
use crate::records::value::Value;
use crate::text::{Day, Phrase};

/// A civil day.
pub(super) struct Date;

impl FieldType for Date {
    fn name(&self) -> &'static str {
        "date"
    }

    fn read(&self, raw: Raw<'_>, _reading: &Reading<'_>) -> Result<Value, Fault> {
        let (Raw::Text(text) | Raw::When(text)) = raw else {
            return Err(
                raw.instead_of(&Phrase::new("日期,例如 2025-06-30", "a day, such as 2025-06-30"))
            );
        };
        Day::parse(text).map(Value::Date).ok_or_else(|| {
            Fault::new(
                WRONG_TYPE,
                Phrase::new("日历上没有这一天,或者写法不对", "this is no day of the calendar"),
            )
            .help(Phrase::new("写成 2025-06-30", "write it as 2025-06-30"))
        })
    }

    fn json_schema(&self, _field: &FieldDef) -> Json {
        json!({ "type": "string", "format": "date" })
    }

    fn example(&self, _field: &FieldDef) -> String {
        "2025-01-01".to_owned()
    }
}
