//! A share in percent.

use crate::diag::code::{BARE_NUMBER, WRONG_TYPE};
use crate::records::schema::FieldDef;
use crate::records::schema::field::{Fault, FieldType, Raw, Reading, quoted};
use crate::records::value::Value;
use crate::text::{Decimal, Phrase};

/// A share in percent.
pub(super) struct Percent;

impl FieldType for Percent {
    fn name(&self) -> &'static str {
        "percent"
    }

    fn read(&self, raw: Raw<'_>, _reading: &Reading<'_>) -> Result<Value, Fault> {
        let help = || Phrase::new("写成 \"60%\"", "write it as \"60%\"");
        if let Raw::Number(_) = raw {
            let message = Phrase::new("比例没有写百分号", "the share has no percent sign");
            return Err(Fault::new(BARE_NUMBER, message).help(help()));
        }
        raw.text()?.strip_suffix('%').and_then(Decimal::parse).map(Value::Percent).ok_or_else(
            || {
                let message = Phrase::new(
                    "这不是一个能读准的比例",
                    "this cannot be read as a share without guessing",
                );
                Fault::new(WRONG_TYPE, message).help(help())
            },
        )
    }

    fn example(&self, _field: &FieldDef) -> String {
        quoted("……%")
    }

    fn is_numeric(&self) -> bool {
        true
    }
}
