//! Field types: how a value is written, read and described. One file a type, one line in
//! [`TYPES`].

mod choice;
mod code;
mod date;
mod date_time;
mod file;
mod flag;
mod long_text;
mod money;
mod number;
mod percent;
mod period;
mod person;
mod phone;
mod place;
mod reference;
mod text;
mod url;

use std::fmt;

use serde_json::{Value as Json, json};

use crate::diag::Code;
use crate::diag::code::WRONG_TYPE;
use crate::files::Files;
use crate::project::Places;
use crate::records::schema::FieldDef;
use crate::records::value::Value;
use crate::text::{MoneyUnit, Phrase};

/// Every field type: help, JSON Schema and tests are made from this list.
pub(in crate::records) const TYPES: &[&dyn FieldType] = &[
    &text::Text,
    &long_text::LongText,
    &money::MoneyType,
    &number::Number,
    &percent::Percent,
    &date::Date,
    &date_time::DateTime,
    &period::PeriodType,
    &place::Place,
    &reference::Reference,
    &choice::Choice,
    &url::Url,
    &phone::Phone,
    &file::File,
    &person::Person,
    &code::CodeType,
    &flag::Flag,
];

/// Returns the type with this name.
pub(in crate::records) fn named(name: &str) -> Option<&'static dyn FieldType> {
    TYPES.iter().copied().find(|field_type| field_type.name() == name)
}

/// A type of field.
pub(in crate::records) trait FieldType: Sync {
    /// Returns the name used in kinds.
    fn name(&self) -> &'static str;

    /// Reads a value, or says what is wrong with it without repeating it.
    fn read(&self, raw: Raw<'_>, reading: &Reading<'_>) -> Result<Value, Fault>;

    /// Returns the JSON Schema of a value.
    fn json_schema(&self, _field: &FieldDef) -> Json {
        json!({ "type": "string" })
    }

    /// Returns a value to start from, as TOML.
    fn example(&self, field: &FieldDef) -> String;

    /// Returns whether values are compared as numbers.
    fn is_numeric(&self) -> bool {
        false
    }
}

impl fmt::Debug for dyn FieldType {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// Returns the fault of a value that would be good if nobody had put blanks into it.
fn with_blanks(text: &str, reads: impl Fn(&str) -> bool) -> Option<Fault> {
    let without: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    let blanks = without.len() < text.len() && reads(&without);
    blanks.then(|| {
        Fault::new(WRONG_TYPE, Phrase::new("里面有空格", "there are blanks in it")).help(
            Phrase::new(
                "去掉空格,数字和单位连着写",
                "take the blanks out: number and unit together",
            ),
        )
    })
}

/// A TOML value that is not yet typed.
#[derive(Clone, Copy)]
pub(in crate::records) enum Raw<'a> {
    /// A string.
    Text(&'a str),
    /// An integer or float, as written.
    Number(&'a str),
    /// A boolean.
    Flag(bool),
    /// A date or time, as written.
    When(&'a str),
    /// An array.
    List,
    /// A table.
    Table,
}

impl<'a> Raw<'a> {
    /// Returns the text of a string, or the fault that it is none.
    fn text(self) -> Result<&'a str, Fault> {
        match self {
            Raw::Text(text) => Ok(text),
            Raw::Number(_) | Raw::Flag(_) | Raw::When(_) | Raw::List | Raw::Table => {
                Err(self.instead_of(&Phrase::new("引号里的文字", "a text in quotes")))
            }
        }
    }

    /// Returns the fault that something else was expected.
    fn instead_of(self, expected: &Phrase) -> Fault {
        let found = match self {
            Raw::Text(_) => Phrase::new("文字", "a text"),
            Raw::Number(_) => Phrase::new("数字", "a number"),
            Raw::Flag(_) => Phrase::new(" true 或 false", "yes or no"),
            Raw::When(_) => Phrase::new("日期或时间", "a date or time"),
            Raw::List => Phrase::new("一串值", "a list"),
            Raw::Table => Phrase::new("一张表", "a table"),
        };
        Fault::new(
            WRONG_TYPE,
            Phrase::new(
                format!("这里要填 {},现在是{}", expected.zh, found.zh),
                format!("expected {}, found {}", expected.en, found.en),
            ),
        )
    }
}

/// What is known when a value is read.
pub(in crate::records) struct Reading<'a> {
    /// The field.
    pub(in crate::records) field: &'a FieldDef,
    /// The unit that the record declares for bare amounts.
    pub(in crate::records) money_unit: Option<MoneyUnit>,
    /// The places of the register.
    pub(in crate::records) places: &'a Places,
    /// The files of the register.
    pub(in crate::records) files: &'a Files,
}

/// What is wrong with a value. Never holds the value.
pub(in crate::records) struct Fault {
    /// The code of the finding.
    pub(in crate::records) code: Code,
    /// What is wrong.
    pub(in crate::records) message: Phrase,
    /// What to do.
    pub(in crate::records) help: Option<Phrase>,
}

impl Fault {
    /// Makes a fault.
    fn new(code: Code, message: Phrase) -> Self {
        Self { code, message, help: None }
    }

    /// Adds an order that mends it.
    fn help(mut self, words: Phrase) -> Self {
        self.help = Some(words);
        self
    }
}

/// Reads a value of a field, whatever its type.
pub(in crate::records) fn read(raw: Raw<'_>, reading: &Reading<'_>) -> Result<Value, Fault> {
    match raw {
        // What a new record stands with until someone fills it in.
        Raw::Text(text) if text.starts_with("……") => Err(empty()),
        _ => reading.field.field_type.read(raw, reading),
    }
}

/// Returns the fault that nothing is said.
fn empty() -> Fault {
    let message = Phrase::new("这里还没有填", "this is not filled in");
    let help = Phrase::new(
        "填上内容;不是必填又用不着的,删掉这一行",
        "fill it in; if it is not required and not needed, remove the line",
    );
    Fault::new(WRONG_TYPE, message).help(help)
}

/// Reads a text that must say something.
fn words(raw: Raw<'_>) -> Result<Value, Fault> {
    let text = raw.text()?;
    if text.trim().is_empty() {
        return Err(empty());
    }
    Ok(Value::Text(text.into()))
}

/// Returns a text as a TOML string.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// Returns whether codes may have a format with this name.
pub(in crate::records) fn is_code_format(name: &str) -> bool {
    code::is_format(name)
}
