//! A number with a unit, or a range of numbers.

use serde_json::{Value as Json, json};

use crate::diag::code::{BARE_NUMBER, UNKNOWN_UNIT, WRONG_TYPE};
use crate::records::schema::FieldDef;
use crate::records::schema::field::{Fault, FieldType, Raw, Reading, quoted, with_blanks};
use crate::records::value::{Quantity, Value};
use crate::text::{Decimal, Phrase, nearest};

/// A number with a unit, or a range of numbers.
pub(super) struct Number;

impl FieldType for Number {
    fn name(&self) -> &'static str {
        "number"
    }

    fn read(&self, raw: Raw<'_>, reading: &Reading<'_>) -> Result<Value, Fault> {
        let (Raw::Text(text) | Raw::Number(text)) = raw else {
            return Err(
                raw.instead_of(&Phrase::new("数量,例如 \"30户\"", "a quantity, such as \"30户\""))
            );
        };
        read(text, reading.field).map_err(|fault| {
            with_blanks(text, |text| read(text, reading.field).is_ok()).unwrap_or(fault)
        })
    }

    fn json_schema(&self, _field: &FieldDef) -> Json {
        json!({ "type": ["string", "number"] })
    }

    fn example(&self, field: &FieldDef) -> String {
        let unit = field.unit.as_deref().or(field.units.first().map(String::as_str)).unwrap_or("");
        quoted(&format!("……{unit}"))
    }

    fn is_numeric(&self) -> bool {
        true
    }
}

/// Reads a number and its unit.
fn read(text: &str, field: &FieldDef) -> Result<Value, Fault> {
    let split = text
        .find(|letter: char| !letter.is_ascii_digit() && !".,-".contains(letter))
        .unwrap_or(text.len());
    let (digits, unit) = text.split_at(split);
    let Some((number, to)) = ends(digits) else {
        return Err(Fault::new(
            WRONG_TYPE,
            Phrase::new(
                "这不是一个能读准的数量",
                "this cannot be read as a quantity without guessing",
            ),
        )
        .help(Phrase::new(
            "用半角数字加单位,例如 \"7.59千米\"",
            "write ASCII digits and a unit, such as \"7.59千米\"",
        )));
    };
    let unit = checked_unit(unit, field)?;
    Ok(Value::Number(Quantity { number, to, unit: unit.into() }))
}

/// Returns both ends of `3-23`, or the one end of `7.59`.
fn ends(digits: &str) -> Option<(Decimal, Option<Decimal>)> {
    if let Some(number) = Decimal::parse(digits) {
        return Some((number, None));
    }
    let (from, to) = digits.split_once('-')?;
    let (from, to) = (Decimal::parse(from)?, Decimal::parse(to)?);
    (from <= to).then_some((from, Some(to)))
}

/// Returns the unit, once it is known to be one the field allows.
fn checked_unit<'a>(unit: &'a str, field: &'a FieldDef) -> Result<&'a str, Fault> {
    if unit.is_empty() {
        if let Some(declared) = &field.unit {
            return Ok(declared);
        }
        if field.units.is_empty() {
            return Ok("");
        }
        let units = field.units.join("、");
        return Err(Fault::new(
            BARE_NUMBER,
            Phrase::new("数量没有写单位", "the quantity has no unit"),
        )
        .help(Phrase::new(format!("写上单位:{units}"), format!("write the unit: {units}"))));
    }
    let known = || field.units.iter().map(String::as_str).chain(field.unit.as_deref());
    if known().next().is_none() || known().any(|known| known == unit) {
        return Ok(unit);
    }
    let units = known().collect::<Vec<_>>().join("、");
    let guess = nearest(unit, known());
    let help = guess.map_or_else(
        || Phrase::new(format!("可用的单位:{units}"), format!("units that fit: {units}")),
        |unit| Phrase::new(format!("是不是“{unit}”?"), format!("did you mean `{unit}`?")),
    );
    let message = Phrase::new("这个单位不适用于这一项", "this unit does not fit the field");
    Err(Fault::new(UNKNOWN_UNIT, message).help(help))
}
