//! The description of the programming interface, as `OpenAPI` 3.1.

use serde_json::{Value, json};

use crate::diag::Finding;
use crate::project::Level;
use crate::records::Role;
use crate::site::desk::Desk;
use crate::site::format::{Format, api};
use crate::site::page::{Page, Subject};
use crate::site::url::Route;

/// The description of the programming interface.
pub(super) struct OpenApi;

impl Format for OpenApi {
    fn name(&self) -> &'static str {
        "openapi"
    }

    fn plan(&self, _desk: &Desk<'_>) -> Vec<Page> {
        vec![Page { route: Route::new(api::path("openapi")), subject: Subject::Whole }]
    }

    fn render(&self, _page: &Page, desk: &Desk<'_>) -> Result<Vec<u8>, Box<Finding>> {
        let site = desk.index.release.site();
        let server = if desk.base_url().is_empty() {
            ".".to_owned()
        } else {
            format!("{}/api/{}", desk.base_url(), api::VERSION)
        };
        let mut info = json!({
            "title": site.title,
            "description": "公开数据的接口:都是静态文件,只读,不用登记,没有次数限制。\nThe open data of this site: static files, read only, no key, no limit.",
            "version": "1.0.0",
        });
        if let (Value::Object(info), false) = (&mut info, site.open_data.license.is_empty()) {
            let mut license = json!({ "name": site.open_data.license });
            if !site.open_data.license_url.is_empty() {
                license["url"] = json!(site.open_data.license_url);
            }
            info.insert("license".to_owned(), license);
        }
        let description = json!({
            "openapi": "3.1.0",
            "info": info,
            "servers": [{ "url": server }],
            "paths": paths(desk),
            "components": { "schemas": schemas() },
        });
        let mut text = serde_json::to_vec_pretty(&description).expect("a JSON value is writable");
        text.push(b'\n');
        Ok(text)
    }
}

/// Returns the addresses.
fn paths(desk: &Desk<'_>) -> Value {
    let kinds = desk.index.release.schema().kinds();
    let names: Vec<&str> = desk.kinds().map(|at| kinds[at].name.as_str()).collect();
    let codes = desk.index.release.places().iter().map(|place| place.code.as_str());
    let parameter = |name: &str, says: &str, schema: Value| json!([{ "name": name, "in": "path", "required": true, "description": says, "schema": schema }]);
    let mut paths = json!({
        "/index.json": get("index", "有哪些类、哪些地点 / What there is", "Index"),
        "/notices/open.json": get("openNotices", "正在公示的事项 / Notices that are open", "OpenNotices"),
    });
    if !names.is_empty() {
        let mut kind = get("kind", "一类的全部记录 / All records of a kind", "Kind");
        kind["parameters"] = parameter("kind", "类 / the kind", json!({ "enum": names }));
        paths["/{kind}.json"] = kind;
    }
    let codes: Vec<&str> = codes.collect();
    if !codes.is_empty() {
        let mut place = get("place", "一个地点的钱、公示和记录 / A place", "Place");
        place["parameters"] = parameter("code", "区划代码 / its code", json!({ "enum": codes }));
        paths["/places/{code}.json"] = place;
    }
    paths
}

/// Describes an address that is read.
fn get(id: &str, summary: &str, schema: &str) -> Value {
    json!({ "get": {
        "operationId": id,
        "summary": summary,
        "responses": { "200": {
            "description": "OK",
            "content": { "application/json": { "schema": to(schema) } },
        } },
    } })
}

/// Refers to a schema.
fn to(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// Describes an object all of whose members are always there.
fn object(properties: Value) -> Value {
    let required: Vec<String> =
        properties.as_object().into_iter().flatten().map(|(key, _)| key.clone()).collect();
    let mut schema =
        json!({ "type": "object", "required": required, "additionalProperties": false });
    schema["properties"] = properties;
    schema
}

/// Describes a list.
fn list(items: Value) -> Value {
    let mut schema = json!({ "type": "array" });
    schema["items"] = items;
    schema
}

/// Returns what the files hold.
fn schemas() -> Value {
    let version = json!({ "const": api::VERSION });
    let (text, count) = (json!({ "type": "string" }), json!({ "type": "integer", "minimum": 0 }));
    let day = json!({ "type": "string", "format": "date" });
    let phrase = object(json!({ "zh": text, "en": text }));
    let (maybe_text, maybe_count) =
        (json!({ "type": ["string", "null"] }), json!({ "type": ["integer", "null"] }));
    let mut all = values();
    let brief = json!({
        "kind": text, "id": text, "title": text, "place": maybe_text, "date": maybe_text,
        "amount": { "oneOf": [to("Money"), { "type": "null" }] },
        "suppressed": { "type": "boolean", "description": "金额太小,为保护个人信息不列出 / the amount is not listed" },
        "page": text, "records": text,
    });
    let mut notice = brief.clone();
    notice["from"] = day.clone();
    notice["to"] = maybe_text.clone();
    notice["days_left"] = count.clone();
    notice["about"] = list(text.clone());
    notice["hotlines"] = list(text.clone());
    let levels = Level::ALL.map(|(_, name, _)| name);
    let stations = Role::STATIONS.map(Role::name);
    all["Brief"] = object(brief);
    all["Notice"] = object(notice);
    all["PlaceLine"] =
        object(json!({ "code": text, "name": text, "level": { "enum": levels }, "url": text }));
    all["Index"] = object(json!({
        "api": version, "title": text, "publisher": text, "license": text, "as_of": day,
        "openapi": text, "open_notices": text,
        "kinds": list(object(json!({
            "name": text, "label": phrase, "count": count, "url": text, "schema": text,
        }))),
        "places": list(to("PlaceLine")),
    }));
    all["Kind"] = object(json!({
        "api": version, "kind": text, "label": phrase, "as_of": day, "count": count,
        "records": list(to("Record")),
    }));
    all["OpenNotices"] = object(json!({
        "api": version, "as_of": day, "count": count, "notices": list(to("Notice")),
    }));
    all["Place"] = object(json!({
        "api": version, "as_of": day, "code": text, "name": text, "level": { "enum": levels },
        "households": maybe_count, "persons": maybe_count, "page": text,
        "parent": { "oneOf": [to("PlaceLine"), { "type": "null" }] },
        "children": list(to("PlaceLine")),
        "money": list(object(json!({
            "station": { "enum": stations }, "fen": { "type": ["integer", "null"] }, "text": maybe_text,
            "suppressed": { "type": "boolean", "description": "其中有不列出的数,因此没有合计 / a part is not listed, so there is no sum" },
            "records": count,
        }))),
        "open_notices": list(to("Notice")),
        "records": list(to("Brief")),
    }));
    all
}

/// Returns what records and their values are.
fn values() -> Value {
    let fields = json!({ "type": "object", "additionalProperties": to("Field") });
    json!({
        "Money": object(json!({ "text": { "type": "string" }, "fen": { "type": "integer" } })),
        "Suppressed": object(json!({ "text": { "type": "null" }, "suppressed": { "const": true } })),
        "Value": {
            "description": "文字、日期、代码都是字符串;金额带整数的分;数字太小不列出的是 suppressed / words, days and codes are strings; amounts come with whole fen; figures that are not listed are suppressed",
            "oneOf": [
                { "type": "string" }, { "type": "boolean" }, to("Money"), to("Suppressed"),
            ],
        },
        "Field": { "oneOf": [to("Value"), list(to("Value"))] },
        "Table": {
            "type": "object",
            "properties": {
                "shown": { "type": "boolean" },
                "withdrawn": { "type": "string", "format": "date", "description": "名单从这一天起撤下 / the day since which the list is gone" },
                "rows": list(fields.clone()),
            },
            "required": ["shown", "rows"],
            "additionalProperties": false,
        },
        "Record": object(json!({
            "id": { "type": "string" }, "url": { "type": "string" }, "fields": fields,
            "tables": { "type": "object", "additionalProperties": to("Table") },
        })),
    })
}
