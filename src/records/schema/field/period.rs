//! A stretch of time.

use crate::diag::code::WRONG_TYPE;
use crate::records::schema::FieldDef;
use crate::records::schema::field::{Fault, FieldType, Raw, Reading, quoted};
use crate::records::value::Value;
use crate::text::{Period, Phrase};

/// A stretch of time.
pub(super) struct PeriodType;

impl FieldType for PeriodType {
    fn name(&self) -> &'static str {
        "period"
    }

    fn read(&self, raw: Raw<'_>, _reading: &Reading<'_>) -> Result<Value, Fault> {
        let (Raw::Text(text) | Raw::When(text) | Raw::Number(text)) = raw else {
            return Err(raw.instead_of(&Phrase::new(
                "一段时间,例如 \"2025-06-20/2025-06-30\"",
                "a period, such as \"2025-06-20/2025-06-30\"",
            )));
        };
        Period::parse(text).map(Value::Period).ok_or_else(|| {
            Fault::new(
                WRONG_TYPE,
                Phrase::new(
                    "这段时间读不准,或者结束早于开始",
                    "this is no period, or it ends before it begins",
                ),
            )
            .help(Phrase::new(
                "写成 \"2025\"、\"2025-06\"、\"2025-Q2\" 或 \"2025-06-20/2025-06-30\"",
                "write it as \"2025\", \"2025-06\", \"2025-Q2\" or \"2025-06-20/2025-06-30\"",
            ))
        })
    }

    fn example(&self, _field: &FieldDef) -> String {
        quoted("2025")
    }
}
