//! The records of a kind as JSON, for other programs.

use serde_json::{Map, Value, json};

use crate::diag::Finding;
use crate::records::{Datum, FieldDef, PublicField, PublicValue};
use crate::site::desk::Desk;
use crate::site::format::Format;
use crate::site::page::{Page, Subject};
use crate::site::url::{self, Route};
use crate::site::words;

/// The records of a kind as JSON.
pub(super) struct Json;

impl Format for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn plan(&self, desk: &Desk<'_>) -> Vec<Page> {
        let kinds = desk.index.release.schema().kinds();
        desk.kinds()
            .map(|kind| Page {
                route: Route::new(format!("data/{}.json", kinds[kind].name)),
                subject: Subject::Kind { kind, number: 1 },
            })
            .collect()
    }

    fn render(&self, page: &Page, desk: &Desk<'_>) -> Result<Vec<u8>, Box<Finding>> {
        let Subject::Kind { kind, .. } = page.subject else {
            return Ok(Vec::new());
        };
        let def = &desk.index.release.schema().kinds()[kind];
        let mut records = desk.index.by_kind[kind].clone();
        records.sort_unstable();
        let head = json!({
            "kind": def.name,
            "label": def.label,
            "as_of": desk.index.release.as_of().to_string(),
            "publisher": desk.index.release.site().publisher,
            "schema": format!("{}.schema.json", def.name),
            "count": records.len(),
        });
        // Written record by record, one a line: the whole as one tree would hold it all twice.
        let mut text = serde_json::to_vec(&head).expect("a JSON value is writable");
        text.pop();
        text.extend_from_slice(b",\"records\":[\n");
        for (number, at) in records.iter().enumerate() {
            if number > 0 {
                text.extend_from_slice(b",\n");
            }
            serde_json::to_writer(&mut text, &record(desk, *at)).expect("a JSON value is writable");
        }
        text.extend_from_slice(b"\n]}\n");
        Ok(text)
    }
}

/// Returns one record.
fn record(desk: &Desk<'_>, at: usize) -> Value {
    let release = desk.index.release;
    let record = desk.index.record(at);
    let kind = &release.schema().kinds()[record.kind()];
    let mut fields = Map::new();
    for field in record.fields() {
        let def = &kind.fields[field.field()];
        fields.insert(def.key.clone(), values(desk, def, field));
    }
    let mut tables = Map::new();
    for table in record.tables() {
        let def = &kind.tables[table.table()];
        let rows: Vec<Value> = table
            .rows()
            .iter()
            .map(|row| {
                let cells = row.iter().map(|cell| {
                    let field = &def.fields[cell.field()];
                    (field.key.clone(), values(desk, field, cell))
                });
                Value::Object(cells.collect())
            })
            .collect();
        let shown = table.kept_back().is_none();
        tables.insert(def.key.clone(), json!({ "shown": shown, "rows": rows }));
    }
    let href = desk.index.href(at);
    json!({
        "id": record.id(),
        "url": if desk.base_url().is_empty() { href } else { url::absolute(desk.base_url(), &href) },
        "fields": fields,
        "tables": tables,
    })
}

/// Returns the values of a field.
fn values(desk: &Desk<'_>, def: &FieldDef, field: &PublicField) -> Value {
    match field.values() {
        [one] if !def.many => value(desk, def, one),
        many => Value::Array(many.iter().map(|one| value(desk, def, one)).collect()),
    }
}

/// Returns one value.
fn value(desk: &Desk<'_>, def: &FieldDef, value: &PublicValue) -> Value {
    let text = words::data(desk.index.release, def, value);
    match value.datum() {
        Datum::Money(money) => json!({ "text": text, "fen": money.fen() }),
        Datum::Flag(flag) => json!(flag),
        _ => json!(text),
    }
}
