//! One of the values that the kind lists.

use serde_json::{Value as Json, json};

use crate::diag::code::UNKNOWN_CHOICE;
use crate::records::schema::FieldDef;
use crate::records::schema::field::{Fault, FieldType, Raw, Reading, quoted};
use crate::records::value::Value;
use crate::text::{Phrase, nearest};

/// One of the values that the kind lists.
pub(super) struct Choice;

impl FieldType for Choice {
    fn name(&self) -> &'static str {
        "choice"
    }

    fn read(&self, raw: Raw<'_>, reading: &Reading<'_>) -> Result<Value, Fault> {
        let text = raw.text()?;
        let choices = &reading.field.choices;
        if let Some(index) = choices.iter().position(|choice| choice.value == text) {
            return Ok(Value::Choice(index));
        }
        let by_label =
            choices.iter().find(|choice| choice.label.zh == text || choice.label.en == text);
        let near = by_label
            .map(|choice| choice.value.as_str())
            .or_else(|| nearest(text, choices.iter().map(|choice| choice.value.as_str())));
        let help = near.map_or_else(
            || {
                let all: Vec<String> = choices
                    .iter()
                    .map(|choice| format!("\"{}\"({})", choice.value, choice.label.zh))
                    .collect();
                let all = all.join("、");
                Phrase::new(format!("从这些里选:{all}"), format!("choose one of: {all}"))
            },
            |value| {
                Phrase::new(format!("是不是 \"{value}\"?"), format!("did you mean \"{value}\"?"))
            },
        );
        let message = Phrase::new("没有这个选项", "there is no such choice");
        Err(Fault::new(UNKNOWN_CHOICE, message).help(help))
    }

    fn json_schema(&self, field: &FieldDef) -> Json {
        let values: Vec<&str> = field.choices.iter().map(|choice| choice.value.as_str()).collect();
        json!({ "enum": values })
    }

    fn example(&self, _field: &FieldDef) -> String {
        // A choice made beforehand is one that nobody made.
        quoted("……")
    }
}
