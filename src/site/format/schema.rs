//! The JSON Schema of every kind's data, beside them: what the published file holds.
//!
//! It describes what is published, not what is written: a masked number is words, a figure that is
//! not listed is marked, and nothing is required, since anything may be withheld.

use serde_json::{Map, Value, json};

use crate::diag::Finding;
use crate::records::{FieldDef, Kind};
use crate::site::desk::Desk;
use crate::site::format::Format;
use crate::site::page::{Page, Subject};
use crate::site::url::Route;
use crate::text::Phrase;

/// The JSON Schema of a kind's data.
pub(super) struct Schema;

impl Format for Schema {
    fn name(&self) -> &'static str {
        "schema"
    }

    fn plan(&self, desk: &Desk<'_>) -> Vec<Page> {
        let kinds = desk.index.release.schema().kinds();
        desk.kinds()
            .map(|kind| Page {
                route: Route::new(format!("data/{}.schema.json", kinds[kind].name)),
                subject: Subject::Kind { kind, number: 1 },
            })
            .collect()
    }

    fn render(&self, page: &Page, desk: &Desk<'_>) -> Result<Vec<u8>, Box<Finding>> {
        let Subject::Kind { kind, .. } = page.subject else {
            return Ok(Vec::new());
        };
        let schema = schema(&desk.index.release.schema().kinds()[kind]);
        let mut text = serde_json::to_vec_pretty(&schema).expect("a JSON value is writable");
        text.push(b'\n');
        Ok(text)
    }
}

/// Returns the schema of the data of a kind.
fn schema(kind: &Kind) -> Value {
    let text = json!({ "type": "string" });
    let tables: Map<String, Value> = kind
        .tables
        .iter()
        .map(|table| (table.key.clone(), rows(&table.label, &table.fields)))
        .collect();
    let record = object(
        json!({
            "id": { "type": "string", "title": "编号 / id" },
            "url": { "type": "string", "title": "网页 / page" },
            "fields": object(fields(&kind.fields), &[]),
            "tables": object(Value::Object(tables), &[]),
        }),
        &["id", "url", "fields", "tables"],
    );
    let mut schema = object(
        json!({
            "kind": { "const": kind.name },
            "label": object(json!({ "zh": text, "en": text }), &["zh", "en"]),
            "as_of": { "type": "string", "format": "date" },
            "publisher": text,
            "schema": text,
            "count": { "type": "integer", "minimum": 0 },
            "records": { "type": "array", "items": record },
        }),
        &["kind", "label", "as_of", "publisher", "schema", "count", "records"],
    );
    let purpose = if kind.purpose.zh.is_empty() { &kind.label } else { &kind.purpose };
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!(both(&kind.label));
    schema["description"] = json!(both(purpose));
    schema["$defs"] = json!({ "suppressed": object(
        json!({ "text": { "type": "null" }, "suppressed": { "const": true } }),
        &["text", "suppressed"],
    ) });
    schema
}

/// Describes an object that has nothing else in it.
fn object(properties: Value, required: &[&str]) -> Value {
    let mut schema =
        json!({ "type": "object", "required": required, "additionalProperties": false });
    schema["properties"] = properties;
    schema
}

/// Describes the rows of a table.
fn rows(label: &Phrase, columns: &[FieldDef]) -> Value {
    let mut table = object(
        json!({
            "shown": { "type": "boolean" },
            "withdrawn": { "type": "string", "format": "date" },
            "rows": { "type": "array", "items": object(fields(columns), &[]) },
        }),
        &["shown", "rows"],
    );
    table["title"] = json!(both(label));
    table
}

/// Describes fields.
fn fields(defs: &[FieldDef]) -> Value {
    defs.iter().map(|def| (def.key.clone(), field(def))).collect::<Map<_, _>>().into()
}

/// Describes a field.
fn field(def: &FieldDef) -> Value {
    let one = match def.type_name() {
        "money" => object(
            json!({ "text": { "type": "string" }, "fen": { "type": "integer" } }),
            &["text", "fen"],
        ),
        "flag" => json!({ "type": "boolean" }),
        // A masked value of any type is words.
        _ => json!({ "type": "string" }),
    };
    let words = json!({ "type": "string" });
    let mut sorts = vec![one.clone()];
    if one != words {
        sorts.push(words);
    }
    sorts.push(json!({ "$ref": "#/$defs/suppressed" }));
    let one = json!({ "oneOf": sorts });
    let mut field = if def.many { json!({ "type": "array", "items": one }) } else { one };
    field["title"] = json!(both(&def.label));
    field["description"] = json!(both(&def.help));
    field
}

/// Returns a phrase in both languages.
fn both(phrase: &Phrase) -> String {
    format!("{} / {}", phrase.zh, phrase.en)
}
