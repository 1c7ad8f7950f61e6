//! The description of every table as a Data Package (version 2): columns, keys, size and digest.
//!
//! A cell with `*` holds a figure that is not listed, which is a missing value.

use serde_json::{Map, Value, json};

use crate::diag::Finding;
use crate::site::desk::Desk;
use crate::site::format::finished::Finished;
use crate::site::format::flat::{Column, Flat, ID, Part, Sheet, Sort, sheets};
use crate::site::format::{Format, csv};
use crate::site::page::{Page, Subject};
use crate::site::url::{self, Route};
use crate::site::words::SMALL;

/// Where the description goes: paths in it start from its own folder.
pub(super) const PATH: &str = "datapackage.json";

/// The profile that the description keeps.
const PROFILE: &str = "https://datapackage.org/profiles/2.0/datapackage.json";

/// The description of every table.
pub(super) struct DataPackage;

impl Format for DataPackage {
    fn name(&self) -> &'static str {
        "datapackage"
    }

    fn plan(&self, desk: &Desk<'_>) -> Vec<Page> {
        // A package without a table is none.
        let page = Page { route: Route::new(PATH), subject: Subject::Whole };
        desk.kinds().next().map(|_| page).into_iter().collect()
    }

    fn render(&self, page: &Page, desk: &Desk<'_>) -> Result<Vec<u8>, Box<Finding>> {
        self.render_last(page, desk, &Finished::default())
    }

    fn is_last(&self) -> bool {
        true
    }

    fn render_last(
        &self,
        _page: &Page,
        desk: &Desk<'_>,
        finished: &Finished,
    ) -> Result<Vec<u8>, Box<Finding>> {
        let release = desk.index.release;
        let site = release.site();
        let resources: Vec<Value> =
            sheets(desk).into_iter().map(|sheet| resource(sheet, desk, finished)).collect();
        let name = if site.place.is_empty() {
            "register".to_owned()
        } else {
            format!("register-{}", site.place)
        };
        let mut package = json!({
            "$schema": PROFILE,
            "name": name,
            "title": site.title,
            "description": site.description,
            "created": moment(release.as_of()),
            "contributors": [{ "title": site.publisher, "roles": ["publisher"] }],
            "resources": resources,
        });
        if let Value::Object(map) = &mut package {
            if !desk.base_url().is_empty() {
                map.insert("id".to_owned(), json!(url::absolute(desk.base_url(), PATH)));
                map.insert("homepage".to_owned(), json!(format!("{}/", desk.base_url())));
            }
            map.extend(licenses(desk).map(|licenses| ("licenses".to_owned(), licenses)));
        }
        let mut text = serde_json::to_vec_pretty(&package).expect("a JSON value is writable");
        text.push(b'\n');
        Ok(text)
    }
}

/// Returns the beginning of a day in China.
pub(super) fn moment(day: crate::text::Day) -> String {
    format!("{day}T00:00:00+08:00")
}

/// Returns under which licence the data are, if the register says so.
fn licenses(desk: &Desk<'_>) -> Option<Value> {
    let open_data = &desk.index.release.site().open_data;
    let mut license = Map::new();
    for (key, value) in [("name", &open_data.license), ("path", &open_data.license_url)] {
        if !value.is_empty() {
            license.insert(key.to_owned(), json!(value));
        }
    }
    (!license.is_empty()).then(|| json!([license]))
}

/// Describes a table.
fn resource(sheet: Sheet, desk: &Desk<'_>, finished: &Finished) -> Value {
    let path = csv::path(sheet, desk);
    let kind = &desk.index.release.schema().kinds()[sheet.kind];
    let mut resource = json!({
        "name": sheet.stem(desk).to_lowercase(),
        "type": "table",
        "title": sheet.label(desk),
        "description": kind.purpose.text(desk.index.lang),
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        // The file begins with a byte-order mark, which is no part of the first heading.
        "encoding": "utf-8-sig",
        "dialect": { "lineTerminator": "\r\n" },
        "schema": schema(sheet, &sheet.flat(desk), desk),
    });
    if let (Value::Object(map), Some(facts)) = (&mut resource, finished.file(&path)) {
        map.insert("bytes".to_owned(), json!(facts.bytes));
        map.insert("hash".to_owned(), json!(format!("sha256:{}", facts.sha256)));
    }
    resource
}

/// Describes the columns of a table.
fn schema(sheet: Sheet, flat: &Flat<'_>, desk: &Desk<'_>) -> Value {
    let fields: Vec<Value> =
        flat.columns.iter().map(|column| field(column, desk.index.lang)).collect();
    let mut schema = json!({ "fields": fields, "missingValues": ["", SMALL] });
    if let Value::Object(map) = &mut schema {
        if sheet.table.is_none() {
            map.insert("primaryKey".to_owned(), json!([ID]));
        } else {
            let whole = Sheet { table: None, ..sheet };
            let reference = json!({ "resource": whole.stem(desk).to_lowercase(), "fields": [ID] });
            let key = json!([{ "fields": [ID], "reference": reference }]);
            map.insert("foreignKeys".to_owned(), key);
        }
    }
    schema
}

/// Describes a column.
fn field(column: &Column<'_>, lang: crate::text::Lang) -> Value {
    let sort = match column.sort {
        Sort::Text => "string",
        Sort::Money | Sort::Number => "number",
        Sort::Day => "date",
        Sort::Flag => "boolean",
    };
    let mut field = json!({ "name": column.heading, "type": sort });
    if let (Value::Object(map), Some(def)) = (&mut field, column.field) {
        map.insert("title".to_owned(), json!(def.label.text(lang)));
        // The key of the same value in the JSON beside the table; of a code and a unit, too.
        map.insert("key".to_owned(), json!(def.key));
        if column.part != Part::Whole {
            map.insert("part".to_owned(), json!(column.part.name()));
        }
        if !column.unit.is_empty() {
            map.insert("unit".to_owned(), json!(column.unit));
        }
        map.insert("description".to_owned(), json!(def.help.text(lang)));
    }
    field
}
