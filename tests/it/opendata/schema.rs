//! A small reader of JSON Schema, for the words that the schemas here use. A word it does not know
//! ends the test: what is not understood must not pass.

use mingbai::text::Day;
use serde_json::{Map, Value};

/// Words that say nothing about what is valid.
const NOTES: [&str; 10] = [
    "$schema",
    "$id",
    "$defs",
    "title",
    "description",
    "codelist",
    "openCodelist",
    "rollUp",
    "minimum",
    "uniqueItems",
];

/// A day, as the schemas write its pattern.
const DAY: &str = "^[0-9]{4}-(0[1-9]|1[012])-(0[1-9]|[12][0-9]|3[01])$";

/// A version, as the schemas write its pattern.
const VERSION: &str = r"^(\d+\.)(\d+)$";

/// A schema with those it refers to by name.
pub(super) struct Schema<'s> {
    /// The schema itself.
    pub(super) root: &'s Value,
    /// Another schema, by the end of its address.
    pub(super) other: Option<(&'static str, &'s Value)>,
}

impl<'s> Schema<'s> {
    /// Returns what is wrong with a value, each fault with its place.
    pub(super) fn faults(&self, value: &Value) -> Vec<String> {
        self.part(self.root, value, "$")
    }

    /// Returns what is wrong with a value by the part of the schema under a pointer.
    pub(super) fn faults_by(&self, pointer: &str, value: &Value) -> Vec<String> {
        self.part(self.root.pointer(pointer).expect("the part is there"), value, "$")
    }

    fn referred(&self, address: &str) -> (Self, &'s Value) {
        if let Some(pointer) = address.strip_prefix('#') {
            let part = self.root.pointer(pointer).expect("the schema refers to a part of it");
            return (Schema { root: self.root, other: self.other }, part);
        }
        let (name, other) = self.other.expect("the schema refers to another");
        assert!(address.ends_with(name), "{address} is not known");
        (Schema { root: other, other: None }, other)
    }

    fn part(&self, schema: &Value, value: &Value, at: &str) -> Vec<String> {
        let schema = schema.as_object().expect("a schema is an object");
        let mut faults = Vec::new();
        for (word, wanted) in schema {
            let mut demand = |good: bool| {
                if !good {
                    faults.push(format!("{at}: {word}"));
                }
            };
            match word.as_str() {
                "type" => demand(is_of(wanted, value)),
                "const" => demand(value == wanted),
                "enum" => demand(wanted.as_array().expect("a list").contains(value)),
                "pattern" => demand(value.as_str().is_none_or(|text| fits(wanted, text))),
                "format" => demand(value.as_str().is_none_or(|text| is_written(wanted, text))),
                "minItems" => demand(value.as_array().is_none_or(|list| !list.is_empty())),
                "oneOf" => {
                    let parts = wanted.as_array().expect("a list").iter();
                    let good = parts.filter(|part| self.part(part, value, at).is_empty()).count();
                    demand(good == 1);
                }
                "required" => {
                    let names = wanted.as_array().expect("a list").iter().filter_map(Value::as_str);
                    let missing =
                        names.filter(|name| value.is_object() && value.get(name).is_none());
                    faults.extend(missing.map(|name| format!("{at}: {name} is missing")));
                }
                "$ref" => {
                    let (schema, part) = self.referred(wanted.as_str().expect("an address"));
                    faults.extend(schema.part(part, value, at));
                }
                "properties" => faults.extend(self.members(schema, value, at)),
                "additionalProperties" if !schema.contains_key("properties") => {
                    faults.extend(self.members(schema, value, at));
                }
                "items" => {
                    for (number, item) in value.as_array().into_iter().flatten().enumerate() {
                        faults.extend(self.part(wanted, item, &format!("{at}[{number}]")));
                    }
                }
                "additionalProperties" => {}
                other => assert!(NOTES.contains(&other), "{other} is not understood"),
            }
        }
        faults
    }

    fn members(&self, schema: &Map<String, Value>, value: &Value, at: &str) -> Vec<String> {
        let known = schema.get("properties");
        let more = schema.get("additionalProperties");
        let mut faults = Vec::new();
        for (key, member) in value.as_object().into_iter().flatten() {
            let place = format!("{at}.{key}");
            match (known.and_then(|known| known.get(key)), more) {
                (Some(part), _) => faults.extend(self.part(part, member, &place)),
                (None, Some(Value::Bool(false))) => faults.push(format!("{place} is not known")),
                (None, Some(part)) if part.is_object() => {
                    faults.extend(self.part(part, member, &place));
                }
                (None, _) => {}
            }
        }
        faults
    }
}

/// Returns whether a value is of a type, or of one of several.
fn is_of(wanted: &Value, value: &Value) -> bool {
    if let Some(several) = wanted.as_array() {
        return several.iter().any(|one| is_of(one, value));
    }
    match wanted.as_str().expect("the name of a type") {
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("{other} is no type"),
    }
}

/// Returns whether a text fits a pattern.
fn fits(pattern: &Value, text: &str) -> bool {
    match pattern.as_str().expect("a pattern is a text") {
        DAY => Day::parse(text).is_some(),
        VERSION => {
            text.split('.').count() == 2 && text.split('.').all(|part| part.parse::<u32>().is_ok())
        }
        other => panic!("{other} is not understood"),
    }
}

/// Returns whether a text is written as its format wants.
fn is_written(format: &Value, text: &str) -> bool {
    match format.as_str().expect("a format is a text") {
        "date" => Day::parse(text).is_some(),
        "date-time" => text.split_once('T').is_some_and(|(day, _)| Day::parse(day).is_some()),
        "uri" => text.contains("://"),
        _ => true,
    }
}
