//! Kinds are data: Rust names none of them, and each is complete in both languages.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use mingbai::diag::code::{KIND_FAULT, UNCLASSED_FIELD};
use mingbai::diag::{CODES, Report};
use mingbai::files::Files;
use mingbai::records::{self, FieldDef, Kind, Look, Schema};
use mingbai::text::Phrase;

use super::source::sources;
use super::{ROOT, none};

/// The folder of the built-in data.
const DATA: &str = "src/records/schema";

/// String literals that are the name of a kind and mean something else. May only shrink.
const OTHER_MEANING: &[(&str, &str, &str)] = &[
    ("diag/mod.rs", "warning", "how grave a finding is, by its name in SARIF"),
    ("diag/human.rs", "warning", "the same, as people read it"),
    ("records/schema/load.rs", "policy", "a key in the file of a kind"),
    ("site/format/asset.rs", "asset", "the name of the format for files of a theme"),
    ("site/template.rs", "asset", "what templates call to name a file of the theme"),
    ("site/format/ocds/release.rs", "award", "the name of a stage in Open Contracting Data"),
    ("site/format/ocds/release.rs", "contract", "the same, of the next stage"),
];

/// Reads a folder of the repository.
fn folder(path: &str) -> Files {
    Files::read(&Path::new(ROOT).join(path)).expect("the folder can be read")
}

/// Returns the names of the built-in kinds.
fn names() -> BTreeSet<String> {
    let files = folder(&format!("{DATA}/kinds"));
    files.iter().filter_map(|(path, _)| Some(path.strip_suffix(".toml")?.to_owned())).collect()
}

/// Returns the built-in kinds.
fn built_in() -> Schema {
    records::schema_of(&Files::default())
}

/// Returns the rows of `docs/systems.csv` as id and kind.
fn systems() -> Vec<(String, String)> {
    let files = folder("docs");
    let text = files.text("systems.csv").expect("the list of systems is there");
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let rows = reader.records().map(|row| row.expect("the list of systems is CSV"));
    rows.map(|row| (row[0].to_owned(), row[2].to_owned())).collect()
}

/// Returns whether a phrase says something in both languages.
fn is_whole(phrase: &Phrase) -> bool {
    !phrase.zh.trim().is_empty() && !phrase.en.trim().is_empty()
}

/// Returns what is missing of the words of some fields.
fn wordless(fields: &[FieldDef]) -> Vec<String> {
    let mut faults = Vec::new();
    for field in fields {
        if !is_whole(&field.label) {
            faults.push(format!("{}: label", field.key));
        }
        if !is_whole(&field.help) {
            faults.push(format!("{}: help", field.key));
        }
        let choices = field.choices.iter().filter(|choice| !is_whole(&choice.label));
        faults.extend(choices.map(|choice| format!("{}: choice {}", field.key, choice.value)));
    }
    faults
}

#[test]
fn no_source_names_a_kind() {
    let names = names();
    let mut faults = Vec::new();
    let mut used = BTreeSet::new();
    for source in sources("src") {
        for (line, words) in source.literals.iter().filter(|(_, words)| names.contains(words)) {
            let meant = OTHER_MEANING
                .iter()
                .position(|(path, name, _)| *path == source.path && name == words);
            match meant {
                Some(index) => drop(used.insert(index)),
                None => faults.push(format!("src/{}:{line} names {words}", source.path)),
            }
        }
    }
    let idle = (0..OTHER_MEANING.len()).filter(|index| !used.contains(index));
    faults.extend(idle.map(|index| format!("exception {index} is not needed any more")));
    none(&faults);
}

#[test]
fn every_kind_loads_without_fault() {
    let opened = records::open(&Files::default(), &Look::default());
    let report: &Report = opened.report();
    let of_kinds = |code| code == KIND_FAULT || code == UNCLASSED_FIELD;
    let faults: Vec<String> = report
        .findings()
        .iter()
        .filter(|finding| of_kinds(finding.code))
        .map(|finding| format!("{}: {}", finding.primary.span.path, finding.message.en))
        .collect();
    none(&faults);
    let loaded: BTreeSet<String> =
        built_in().kinds().iter().map(|kind| kind.name.clone()).collect();
    assert_eq!(loaded, names());
}

#[test]
fn kinds_speak_both_languages() {
    let mut faults = Vec::new();
    for kind in built_in().kinds() {
        let mut lacking = wordless(&kind.fields);
        let mut demand = |name: &str, good: bool| {
            if !good {
                lacking.push(name.to_owned());
            }
        };
        demand("label", is_whole(&kind.label));
        demand("purpose", is_whole(&kind.purpose));
        demand("basis", !kind.basis.is_empty() && kind.basis.iter().all(is_whole));
        demand("sentence", kind.sentence.as_ref().is_none_or(is_whole));
        demand("body", kind.body.as_ref().is_none_or(|body| is_whole(&body.label)));
        demand("equations", kind.equations.iter().all(|equation| is_whole(&equation.label)));
        for table in &kind.tables {
            if !is_whole(&table.label) {
                lacking.push(format!("{}: label", table.key));
            }
            lacking.extend(
                wordless(&table.fields).into_iter().map(|words| format!("{}.{words}", table.key)),
            );
        }
        faults.extend(lacking.into_iter().map(|words| format!("{}: {words}", kind.name)));
    }
    none(&faults);
}

#[test]
fn rows_of_the_catalogues_exist() {
    let files = folder(DATA);
    let catalogues: toml::Table = files
        .text("catalogues.toml")
        .and_then(|text| text.parse().ok())
        .expect("the catalogues are TOML");
    let rows = catalogues["row"].as_array().expect("the catalogues have rows");
    let titles: BTreeSet<&str> = rows.iter().filter_map(|row| row["level2"].as_str()).collect();
    let mut faults = Vec::new();
    for kind in built_in().kinds() {
        let unknown = kind.catalogue.iter().filter(|title| !titles.contains(title.as_str()));
        faults
            .extend(unknown.map(|title| format!("{} serves {title}, which is no row", kind.name)));
    }
    none(&faults);
}

#[test]
fn every_family_of_systems_is_served_by_the_kinds_that_say_so() {
    let schema = built_in();
    let kinds: BTreeMap<&str, &Kind> =
        schema.kinds().iter().map(|kind| (kind.name.as_str(), kind)).collect();
    let mut families = BTreeSet::new();
    let mut faults = Vec::new();
    for (id, kind) in systems() {
        let family =
            id.strip_prefix('S').and_then(|id| id.split('-').next()).unwrap_or("").to_owned();
        let Some(kind) = kinds.get(kind.as_str()) else {
            faults.push(format!("{id}: there is no kind {kind}"));
            continue;
        };
        if !kind.families.contains(&family) {
            faults.push(format!("{id}: {} does not say that it serves family {family}", kind.name));
        }
        families.insert(family);
    }
    assert_eq!(families.len(), 20, "families of docs/systems.csv");
    let served: BTreeSet<String> = kinds.values().flat_map(|kind| kind.families.clone()).collect();
    faults.extend(
        families.difference(&served).map(|family| format!("no kind serves family {family}")),
    );
    none(&faults);
}

#[test]
fn every_code_has_its_page() {
    let pages = folder("docs/rules");
    let missing = CODES.iter().filter(|(code, _)| !pages.contains(&format!("{}.md", code.name())));
    none(&missing.map(|(code, _)| code.name().to_owned()).collect::<Vec<_>>());
}
