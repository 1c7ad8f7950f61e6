//! A telephone number: an office line or hotline, or in lists a private number that is withheld.

use crate::diag::code::BAD_CODE;
use crate::records::schema::FieldDef;
use crate::records::schema::field::{Fault, FieldType, Raw, Reading, quoted};
use crate::records::value::Value;
use crate::text::Phrase;

/// A telephone number.
pub(super) struct Phone;

impl FieldType for Phone {
    fn name(&self) -> &'static str {
        "phone"
    }

    fn read(&self, raw: Raw<'_>, _reading: &Reading<'_>) -> Result<Value, Fault> {
        let text = raw.text()?;
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        let shape = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        if shape && (3..=13).contains(&digits) && text.as_bytes()[0].is_ascii_digit() {
            return Ok(Value::Text(text.into()));
        }
        let message =
            Phrase::new("电话号码的写法不对", "this is not written like a telephone number");
        let help = Phrase::new(
            "只写数字和连字符,例如 \"0999-0000101\" 或 \"12317\"",
            "write digits and hyphens only, such as \"0999-0000101\" or \"12317\"",
        );
        Err(Fault::new(BAD_CODE, message).help(help))
    }

    fn example(&self, _field: &FieldDef) -> String {
        quoted("……")
    }
}
