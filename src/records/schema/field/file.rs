//! A file below `attachments/`.

use crate::diag::code::MISSING_ATTACHMENT;
use crate::records::schema::FieldDef;
use crate::records::schema::field::{Fault, FieldType, Raw, Reading, quoted};
use crate::records::value::Value;
use crate::text::Phrase;

/// A file below `attachments/`.
pub(super) struct File;

impl FieldType for File {
    fn name(&self) -> &'static str {
        "file"
    }

    fn read(&self, raw: Raw<'_>, reading: &Reading<'_>) -> Result<Value, Fault> {
        let text = raw.text()?;
        if reading.files.contains(&format!("attachments/{text}")) {
            return Ok(Value::Text(text.into()));
        }
        let message = Phrase::new("attachments/ 里没有这个文件", "attachments/ has no such file");
        let help = Phrase::new(
            "把文件放进 attachments/,这里写它在里面的路径",
            "put the file into attachments/ and write its path below it",
        );
        Err(Fault::new(MISSING_ATTACHMENT, message).help(help))
    }

    fn example(&self, _field: &FieldDef) -> String {
        quoted("")
    }
}
