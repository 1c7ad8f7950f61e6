//! The JSON Schema of a kind: what editors and other programs need to know of its records.

use serde_json::{Map, Value, json};

use crate::records::schema::{FieldDef, Kind};

impl Kind {
    /// Returns the JSON Schema (2020-12) of a record of this kind.
    #[must_use]
    pub fn json_schema(&self) -> Value {
        let mut properties = Map::new();
        let mut required = vec![json!("id")];
        properties.insert("id".to_owned(), json!({ "type": "string", "title": "编号 / id" }));
        properties.insert("kind".to_owned(), json!({ "const": self.name }));
        properties.insert("money_unit".to_owned(), json!({ "enum": ["元", "万元", "亿元"] }));
        properties.insert("accepted".to_owned(), accepted());
        properties.insert("aliases".to_owned(), aliases());
        properties
            .insert("draft".to_owned(), json!({ "type": "boolean", "title": "草稿 / draft" }));
        for field in &self.fields {
            properties.insert(field.key.clone(), property(field));
            if field.required {
                required.push(json!(field.key));
            }
        }
        for table in &self.tables {
            let mut columns = Map::new();
            let mut must = Vec::new();
            for field in &table.fields {
                columns.insert(field.key.clone(), property(field));
                if field.required {
                    must.push(json!(field.key));
                }
            }
            properties.insert(
                table.key.clone(),
                json!({
                    "title": title(&table.label),
                    "type": "array",
                    "items": {
                        "type": "object",
                        "properties": columns,
                        "required": must,
                        "additionalProperties": false,
                    },
                }),
            );
            if table.required {
                required.push(json!(table.key));
            }
        }
        json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": title(&self.label),
            "description": title(if self.purpose.zh.is_empty() { &self.label } else { &self.purpose }),
            "type": "object",
            "properties": properties,
            "required": required,
            "additionalProperties": false,
        })
    }
}

/// Returns a title in both languages.
fn title(phrase: &crate::text::Phrase) -> String {
    format!("{} / {}", phrase.zh, phrase.en)
}

/// Returns the schema of a field.
fn property(field: &FieldDef) -> Value {
    let one = field.json_schema();
    let mut schema =
        if field.many { json!({ "oneOf": [{ "type": "array", "items": one }, one] }) } else { one };
    if let Value::Object(map) = &mut schema {
        map.insert("title".to_owned(), json!(title(&field.label)));
        map.insert("description".to_owned(), json!(title(&field.help)));
    }
    schema
}

/// Returns the schema of `aliases`.
fn aliases() -> Value {
    json!({ "type": "array", "title": "以前的编号 / ids of before", "items": { "type": "string" } })
}

/// Returns the schema of accepted findings.
fn accepted() -> Value {
    json!({
        "type": "array",
        "items": {
            "type": "object",
            "properties": { "code": { "type": "string" }, "reason": { "type": "string" } },
            "required": ["code", "reason"],
            "additionalProperties": false,
        },
    })
}
