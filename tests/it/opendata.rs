//! Open data: what the site says in one form it says in every other, and as the standards want it.

mod schema;

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::Path;
use std::sync::OnceLock;

use calamine::{Data, Reader as _, Xlsx};
use mingbai::files::Files;
use mingbai::pipeline::{Outcome, Settings, run};
use mingbai::records::{self, FieldDef};
use mingbai::text::{Day, Lang};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use schema::Schema;

/// Schemas of others.
const SCHEMAS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/schemas/360giving");

/// Returns the example register.
fn content() -> Files {
    Files::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content")).expect("the example")
}

/// Returns the example site, built once.
fn site() -> &'static BTreeMap<String, Vec<u8>> {
    static SITE: OnceLock<BTreeMap<String, Vec<u8>>> = OnceLock::new();
    SITE.get_or_init(|| {
        let outcome = build(&content());
        assert!(outcome.leaks.is_empty(), "{:?}", outcome.leaks.first());
        let files = outcome.artifacts.iter();
        files.map(|file| (file.route().as_str().to_owned(), file.bytes().to_vec())).collect()
    })
}

/// Builds a register.
fn build(files: &Files) -> Outcome {
    let settings = Settings {
        as_of: Day::parse("2025-06-30").expect("a day"),
        as_of_asked: false,
        base_url: None,
        keep_going: false,
        key: None,
    };
    run(files, &settings, &|_| {})
}

/// Returns a text of the site.
fn text(path: &str) -> &'static str {
    let bytes = site().get(path).unwrap_or_else(|| panic!("no file {path}"));
    std::str::from_utf8(bytes).expect("UTF-8")
}

/// Returns JSON of the site.
fn json(path: &str) -> Value {
    serde_json::from_str(text(path)).expect("JSON")
}

/// Returns the lines of a table, the heads first, as they were before formulas were guarded against.
fn table(path: &str) -> Vec<Vec<String>> {
    let text = text(path).strip_prefix('\u{feff}').expect("a byte-order mark");
    let bare = text.replace("\r\n", "");
    assert!(!bare.contains('\n') || bare.contains('"'), "{path}: every line ends with CR and LF");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let lines = reader.records().map(|line| line.expect("every line has as many cells"));
    lines
        .map(|line| {
            let plain = |cell: &str| {
                let guarded = cell.strip_prefix('\'').filter(|rest| rest.starts_with(RISKY));
                assert!(guarded.is_some() || !cell.starts_with(RISKY) || is_number(cell), "{path}");
                guarded.unwrap_or(cell).to_owned()
            };
            line.iter().map(plain).collect()
        })
        .collect()
}

/// What a formula begins with.
const RISKY: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Returns whether a cell is a plain number.
fn is_number(cell: &str) -> bool {
    cell.trim_start_matches('-').bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// Returns the cell that a value of the JSON has to stand in.
fn cell(value: &Value, def: &FieldDef, places: &BTreeMap<String, String>) -> String {
    match value {
        Value::Array(many) => {
            many.iter().map(|one| cell(one, def, places)).collect::<Vec<_>>().join("、")
        }
        Value::Bool(flag) => flag.to_string(),
        Value::Object(map) if map.contains_key("suppressed") => "*".to_owned(),
        Value::Object(map) => {
            let fen = map["fen"].as_i64().expect("whole fen");
            let sign = if fen < 0 { "-" } else { "" };
            format!("{sign}{}.{:02}", fen.abs() / 100, fen.abs() % 100)
        }
        Value::String(text) if def.type_name() == "place" => {
            places.get(text).unwrap_or(text).clone()
        }
        Value::String(text) => {
            let choice = def.choices.iter().find(|choice| choice.value == *text);
            choice.map_or_else(|| text.clone(), |choice| choice.label.text(Lang::Zh).to_owned())
        }
        other => panic!("{other} is no value"),
    }
}

/// Returns what is said of the columns of a table: heading, key, part and unit.
fn columns(path: &str) -> Vec<(String, String, String, String)> {
    let package = json("datapackage.json");
    let resources = package["resources"].as_array().expect("resources");
    let own = resources.iter().find(|resource| resource["path"] == path).expect("a description");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let fields = own["schema"]["fields"].as_array().expect("fields").iter();
    let column = |field: &Value| {
        (text(&field["name"]), text(&field["key"]), text(&field["part"]), text(&field["unit"]))
    };
    fields
        .map(|field| {
            // The unit of an amount stands in the heading, and its cell is no text that is compared.
            let (name, key, part, unit) = column(field);
            (name, key, part, if unit == "元" { String::new() } else { unit })
        })
        .collect()
}

/// Compares the lines of a table with the fields they are made of; returns how many cells agreed.
fn agree(
    lines: &[Vec<String>],
    sources: &[(String, &Value)],
    defs: &[FieldDef],
    what: &str,
) -> usize {
    let places: BTreeMap<String, String> = json("api/v1/index.json")["places"]
        .as_array()
        .expect("places")
        .iter()
        .map(|place| {
            let of = |key: &str| place[key].as_str().expect("a text").to_owned();
            (of("code"), of("name"))
        })
        .collect();
    assert_eq!(lines.len() - 1, sources.len(), "{what}");
    let described = columns(what);
    let heads: Vec<&str> = described.iter().map(|(head, ..)| head.as_str()).collect();
    assert_eq!(lines[0], heads, "{what}: the description names the columns");
    let mut agreed = 0;
    for (line, (id, fields)) in lines[1..].iter().zip(sources) {
        assert_eq!(&line[0], id, "{what}");
        for (key, value) in fields.as_object().expect("fields") {
            let def = defs.iter().find(|def| def.key == *key).expect("a field of the kind");
            let part = |part: &str| {
                let mut own = described.iter().zip(line).filter(|((_, of, ..), _)| of == key);
                own.find(|((_, _, own, _), _)| own == part)
            };
            let ((.., unit), found) = part("").unwrap_or_else(|| panic!("{what}: {id} {key}"));
            // The unit of a number is in the heading, or beside it; what was written is both together.
            let beside = part("unit").map_or("", |(_, cell)| cell.as_str());
            let is_number = ["number", "percent"].contains(&def.type_name()) && found != "*";
            let whole = if is_number { format!("{found}{unit}{beside}") } else { found.clone() };
            assert_eq!(whole, cell(value, def, &places), "{what}: {id} {key}");
            if let Some((_, codes)) = part("code") {
                assert_eq!(*codes, cell(value, def, &BTreeMap::new()), "{what}: {id} {key}");
            }
            agreed += 1;
        }
        let filled = described.iter().zip(line).skip(1);
        let filled = filled.filter(|((_, _, part, _), cell)| part.is_empty() && !cell.is_empty());
        assert!(
            filled.count() <= fields.as_object().expect("fields").len(),
            "{what}: {id} has more"
        );
    }
    agreed
}

#[test]
fn tables_hold_what_the_json_holds() {
    let schema = records::schema_of(&content());
    let mut cells = 0;
    for kind in schema.kinds() {
        let path = format!("data/{}.json", kind.name);
        if !site().contains_key(&path) {
            continue;
        }
        let data = json(&path);
        let records = data["records"].as_array().expect("records");
        let id = |record: &Value| record["id"].as_str().expect("an id").to_owned();
        let sources: Vec<(String, &Value)> =
            records.iter().map(|record| (id(record), &record["fields"])).collect();
        let path = format!("data/{}.csv", kind.name);
        cells += agree(&table(&path), &sources, &kind.fields, &path);
        for def in &kind.tables {
            let rows: Vec<(String, &Value)> = records
                .iter()
                .flat_map(|record| {
                    let rows = record["tables"][&def.key]["rows"].as_array();
                    rows.into_iter().flatten().map(|row| (id(record), row))
                })
                .collect();
            let path = format!("data/{}.{}.csv", kind.name, def.key);
            assert_eq!(site().contains_key(&path), !rows.is_empty(), "{path}");
            if !rows.is_empty() {
                cells += agree(&table(&path), &rows, &def.fields, &path);
            }
        }
        let api = json(&format!("api/v1/{}.json", kind.name));
        assert_eq!(api["records"], data["records"], "the interface says the same");
    }
    assert!(cells > 5000, "only {cells} cells were compared");
}

#[test]
fn counts_are_numbers_and_say_their_unit_once() {
    let numbers = |path: &str, head: &str| -> (usize, usize) {
        let lines = table(path);
        let at = lines[0].iter().position(|own| own == head).unwrap_or_else(|| panic!("no {head}"));
        let cells: Vec<&String> = lines[1..].iter().map(|line| &line[at]).collect();
        let filled = cells.iter().filter(|cell| !cell.is_empty() && **cell != "*");
        (filled.clone().filter(|cell| is_number(cell)).count(), filled.count())
    };
    for (path, head) in [
        ("data/grant.csv", "户数(户)"),
        ("data/grant.csv", "人数(人)"),
        ("data/award.entries.csv", "计奖数量"),
    ] {
        let (numbers, filled) = numbers(path, head);
        assert!(numbers == filled && filled > 0, "{path} {head}: {numbers} of {filled}");
    }
    let mut book: Xlsx<_> =
        Xlsx::new(Cursor::new(site()["data/register.xlsx"].clone())).expect("a workbook");
    let range = book.worksheet_range("到户补助").expect("a sheet");
    let at = range.rows().next().and_then(|row| row.iter().position(|cell| cell == "户数(户)"));
    let at = at.expect("a column");
    let own: Vec<Data> = range.rows().skip(1).map(|row| row[at].clone()).collect();
    assert!(own.contains(&Data::Float(42.0)), "{own:?}");
    let range = book.worksheet_range("公开数据-数字").expect("a sheet");
    let floats = range.rows().skip(1).filter(|row| matches!(row[3], Data::Float(_))).count();
    // The rest are days, months, ranges and words, as they were printed.
    assert!(floats > 300 && floats < range.rows().count() - 1, "{floats}");
    let code = table("data/grant.csv")[0].iter().position(|head| head == "地点代码");
    let code = code.expect("a column of codes");
    assert!(table("data/grant.csv")[1..].iter().all(|line| line[code].starts_with("9901")));
}

#[test]
fn the_workbook_holds_what_the_tables_hold() {
    let bytes = site()["data/register.xlsx"].clone();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let first = book.worksheet_range("说明").expect("the first sheet");
    let listed: Vec<(String, String)> = first
        .rows()
        .filter(|row| row.get(2).is_some_and(|cell| cell.to_string().ends_with(".csv")))
        .map(|row| (row[0].to_string(), row[2].to_string()))
        .collect();
    let tables = site().keys().filter(|path| path.ends_with(".csv")).count();
    assert_eq!(listed.len(), tables, "every table has its sheet");
    for (name, path) in listed {
        let range = book.worksheet_range(&name).unwrap_or_else(|_| panic!("no sheet {name}"));
        assert!(book.worksheet_formula(&name).expect("a sheet").is_empty(), "{name}");
        let lines = table(&path);
        for (row, line) in (0..).zip(&lines) {
            for (column, cell) in (0..).zip(line) {
                let place = format!("{name} {row} {column}");
                match range.get_value((row, column)) {
                    None | Some(Data::Empty) => assert_eq!(cell, "", "{place}"),
                    Some(Data::String(text)) => assert_eq!(text, cell, "{place}"),
                    Some(Data::Float(number)) => {
                        assert_eq!(Ok(*number), cell.parse(), "{place}");
                    }
                    Some(other) => panic!("{place} is {other:?}"),
                }
            }
        }
    }
}

#[test]
fn data_keep_the_schemas_beside_them() {
    let mut checked = 0;
    for path in site().keys().filter(|path| path.ends_with(".schema.json")) {
        let root = json(path);
        let data = json(&path.replace(".schema.json", ".json"));
        let faults = Schema { root: &root, other: None }.faults(&data);
        assert_eq!(faults, Vec::<String>::new(), "{path}");
        checked += 1;
    }
    assert!(checked > 30, "only {checked} kinds have data");
}

#[test]
fn the_interface_keeps_its_description() {
    let root = json("api/v1/openapi.json");
    assert_eq!(root["openapi"], "3.1.0");
    let schema = Schema { root: &root, other: None };
    let mut checked = 0;
    for (path, _) in site().iter().filter(|(path, _)| path.starts_with("api/v1/")) {
        let part = match path.trim_start_matches("api/v1/") {
            "openapi.json" => continue,
            "index.json" => "Index",
            "notices/open.json" => "OpenNotices",
            rest if rest.starts_with("places/") => "Place",
            _ => "Kind",
        };
        let faults = schema.faults_by(&format!("/components/schemas/{part}"), &json(path));
        assert_eq!(faults, Vec::<String>::new(), "{path}");
        checked += 1;
    }
    assert!(checked > 50, "only {checked} files");
    let kinds = root["paths"]["/{kind}.json"]["parameters"][0]["schema"]["enum"].clone();
    for kind in kinds.as_array().expect("kinds") {
        text(&format!("api/v1/{}.json", kind.as_str().expect("a name")));
    }
}

#[test]
fn digests_are_those_of_the_files() {
    let package = json("datapackage.json");
    let page = text("data.html");
    for resource in package["resources"].as_array().expect("resources") {
        let path = resource["path"].as_str().expect("a path");
        let bytes = &site()[path];
        let digest = Sha256::digest(bytes);
        let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(resource["hash"], format!("sha256:{digest}"), "{path}");
        assert_eq!(resource["bytes"], bytes.len(), "{path}");
        assert!(page.contains(&digest), "{path} is not on the page with its digest");
        let heads: Vec<&str> = resource["schema"]["fields"]
            .as_array()
            .expect("fields")
            .iter()
            .map(|field| field["name"].as_str().expect("a name"))
            .collect();
        assert_eq!(table(path)[0], heads, "{path}");
    }
    for path in site().keys().filter(|path| path.starts_with("data/") && !path.ends_with(".html")) {
        assert!(
            page.contains(&format!("href={path}")) || page.contains(&format!("\"{path}\"")),
            "{path}"
        );
    }
}

#[test]
fn grants_keep_the_schema_of_their_standard_and_name_nobody() {
    let schemas = Files::read(Path::new(SCHEMAS)).expect("the schemas");
    let read = |name: &str| -> Value {
        serde_json::from_str(schemas.text(name).expect("a schema")).expect("JSON")
    };
    let (package, grant) = (read("360-giving-package-schema.json"), read("360-giving-schema.json"));
    let schema = Schema { root: &package, other: Some(("360-giving-schema.json", &grant)) };
    let data = json("data/360giving.json");
    assert_eq!(schema.faults(&data), Vec::<String>::new());
    let grants = data["grants"].as_array().expect("grants");
    assert!(grants.len() > 20);
    assert!(grants.iter().all(|grant| grant["recipientIndividual"]["name"] == "受助人(不列姓名)"));
    // A reader that lets everything pass would be none.
    let mut broken = data.clone();
    broken["grants"][0]["awardDate"] = Value::from("30.6.2025");
    assert!(!schema.faults(&broken).is_empty());
}

#[test]
fn a_process_keeps_its_identifier_and_follows_the_money() {
    let data = json("data/ocds.json");
    let records = data["records"].as_array().expect("records");
    let process = records
        .iter()
        .map(|record| &record["compiledRelease"])
        .find(|release| release["ocid"] == "ocds-example-project-2022-01")
        .expect("the process of the first project");
    // The amounts as the records of the example say them: 86.00万元, 84.20万元, and three payments.
    assert_eq!(process["planning"]["budget"]["amount"]["amount"], 860_000);
    assert_eq!(process["contracts"][0]["value"]["amount"], 842_000);
    assert_eq!(process["tender"]["procurementMethod"], "open");
    let paid = process["contracts"][0]["implementation"]["transactions"].clone();
    let paid: Vec<&Value> =
        paid.as_array().expect("payments").iter().map(|one| &one["value"]["amount"]).collect();
    assert_eq!(paid, [252_600, 558_805, 25_095]);
    let text = text("data/ocds.json");
    assert!(!text.contains("responsible") && !text.contains("臧"), "nobody is named");
}

#[test]
fn without_a_prefix_there_are_no_processes() {
    let content = content();
    let files = content.iter().map(|(path, bytes)| {
        let site = |text: &str| {
            text.lines()
                .filter(|line| !line.starts_with("ocid_prefix"))
                .collect::<Vec<_>>()
                .join("\n")
        };
        let bytes = if &**path == "site.toml" {
            site(std::str::from_utf8(bytes).expect("UTF-8")).into_bytes()
        } else {
            bytes.to_vec()
        };
        (path.to_string(), bytes)
    });
    let outcome = build(&Files::of(files));
    let routes: Vec<&str> =
        outcome.artifacts.iter().map(|artifact| artifact.route().as_str()).collect();
    assert!(routes.contains(&"data/360giving.json") && !routes.contains(&"data/ocds.json"));
}

#[test]
fn widgets_can_be_framed_and_run_nothing() {
    let widgets = site().keys().filter(|path| path.starts_with("widget/"));
    let mut count = 0;
    for path in widgets {
        let page = text(path);
        assert!(!page.contains("<script") && !page.contains("frame-ancestors"), "{path}");
        assert!(page.contains("Content-Security-Policy") && page.contains("noindex"), "{path}");
        assert!(
            text("data.html").contains(path.as_str()),
            "{path} is not on the page of downloads"
        );
        count += 1;
    }
    assert!(count > 10, "only {count} widgets");
}
