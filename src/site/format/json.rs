//! The records of a kind as JSON, for other programs.

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use crate::diag::Finding;
use crate::records::{Datum, FieldDef, KeptBack, Kind, PublicField, PublicTable, PublicValue};
use crate::site::desk::Desk;
use crate::site::format::Format;
use crate::site::format::flat::in_order;
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
        let records = in_order(desk, kind);
        let head = json!({
            "kind": def.name,
            "label": def.label,
            "as_of": desk.index.release.as_of().to_string(),
            "publisher": desk.index.release.site().publisher,
            "schema": format!("{}.schema.json", def.name),
            "count": records.len(),
        });
        Ok(listing(&head, &records, desk))
    }
}

/// Writes a head and records below it.
pub(super) fn listing(head: &Value, records: &[usize], desk: &Desk<'_>) -> Vec<u8> {
    // Written record by record, one a line: the whole as one tree would hold it all twice.
    let mut text = serde_json::to_vec(head).expect("a JSON value is writable");
    text.pop();
    text.extend_from_slice(b",\"records\":[\n");
    for (number, at) in records.iter().enumerate() {
        if number > 0 {
            text.extend_from_slice(b",\n");
        }
        serde_json::to_writer(&mut text, &Record { desk, at: *at })
            .expect("a JSON value is writable");
    }
    text.extend_from_slice(b"\n]}\n");
    text
}

/// Returns the address of a path, or the path where the site's address is not known.
pub(super) fn address(desk: &Desk<'_>, path: &str) -> String {
    if desk.base_url().is_empty() { path.to_owned() } else { url::absolute(desk.base_url(), path) }
}

/// A record, written as it is read.
struct Record<'d> {
    desk: &'d Desk<'d>,
    at: usize,
}

impl Serialize for Record<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (desk, record) = (self.desk, self.desk.index.record(self.at));
        let kind = &desk.index.release.schema().kinds()[record.kind()];
        let url = address(desk, &desk.index.href(self.at));
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", record.id())?;
        map.serialize_entry("url", &url)?;
        map.serialize_entry(
            "fields",
            &Fields { desk, defs: &kind.fields, fields: record.fields() },
        )?;
        map.serialize_entry("tables", &Tables { desk, kind, tables: record.tables() })?;
        map.end()
    }
}

/// The tables of a record.
struct Tables<'d> {
    desk: &'d Desk<'d>,
    kind: &'d Kind,
    tables: &'d [PublicTable],
}

impl Serialize for Tables<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.tables.len()))?;
        for table in self.tables {
            let def = &self.kind.tables[table.table()];
            let rows: Vec<Fields<'_>> = table
                .rows()
                .iter()
                .map(|fields| Fields { desk: self.desk, defs: &def.fields, fields })
                .collect();
            let shown = table.kept_back().is_none();
            let withdrawn = match table.kept_back() {
                Some(KeptBack::Ended(day)) => Some(day.plus_days(1).to_string()),
                _ => None,
            };
            map.serialize_entry(&def.key, &Shown { shown, withdrawn, rows })?;
        }
        map.end()
    }
}

/// A table, and whether its rows are shown.
#[derive(Serialize)]
struct Shown<'d> {
    shown: bool,
    /// The day since which the rows are not shown, when their notice is over.
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawn: Option<String>,
    rows: Vec<Fields<'d>>,
}

/// The fields of a record, or the cells of a row.
struct Fields<'d> {
    desk: &'d Desk<'d>,
    defs: &'d [FieldDef],
    fields: &'d [PublicField],
}

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.fields.len()))?;
        for field in self.fields {
            let def = &self.defs[field.field()];
            map.serialize_entry(&def.key, &values(self.desk, def, field))?;
        }
        map.end()
    }
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
        Datum::Small(_) => json!({ "text": null, "suppressed": true }),
        _ => Value::String(text),
    }
}
