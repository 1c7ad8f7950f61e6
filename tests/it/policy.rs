//! The default policy: what docs/privacy.md tells people is what `policy.toml` says, cell by cell.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use mingbai::files::Files;
use mingbai::records::schema::Class;
use toml::Table;

/// Returns a file of the repository as text.
fn text(folder: &str, name: &str) -> String {
    let files = Files::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder));
    files.expect("the folder can be read").text(name).expect("the file is there").to_owned()
}

/// Returns the four columns of the policy: for each class what is said, in the order of the document.
fn said() -> BTreeMap<String, Vec<String>> {
    let policy: Table =
        text("src/records/schema", "policy.toml").parse().expect("the policy is TOML");
    let sensitive = policy["sensitive"].as_table().expect("the stricter preset");
    let columns = [&policy["web"], &policy["board"], &sensitive["web"], &sensitive["board"]];
    let of = |class: Class| {
        let cell = |column: &&toml::Value| {
            let said = column.get(class.name()).and_then(toml::Value::as_str);
            said.unwrap_or_else(|| panic!("{} is missing", class.name())).to_owned()
        };
        (class.name().to_owned(), columns.iter().map(cell).collect())
    };
    Class::ALL.into_iter().map(|(class, _)| of(class)).collect()
}

#[test]
fn every_class_has_a_rule_in_each_of_the_four_tables() {
    assert_eq!(said().len(), Class::ALL.len());
}

#[test]
fn the_document_says_what_the_policy_says() {
    let document = text("docs", "privacy.md");
    let mut told: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in
        document.lines().filter(|line| line.starts_with("| `") && !line.starts_with("| `class`"))
    {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [class, _, rules @ ..] = cells.as_slice() else {
            continue;
        };
        if rules.len() == 4 {
            let word = |cell: &&str| cell.split('`').nth(1).unwrap_or("").to_owned();
            told.insert(class.trim_matches('`').to_owned(), rules.iter().map(word).collect());
        }
    }
    assert_eq!(told, said());
}

#[test]
fn kinds_whose_lists_never_reach_the_web_are_sensitive() {
    let schema = mingbai::records::schema_of(&Files::default());
    let mut sensitive = BTreeSet::new();
    for kind in schema.kinds() {
        let listed = kind.tables.iter().any(mingbai::records::TableDef::is_personal);
        assert!(!listed || kind.web || kind.sensitive, "{} is not sensitive", kind.name);
        if kind.sensitive {
            sensitive.insert(kind.name.as_str());
        }
    }
    assert!(sensitive.len() >= 10, "{sensitive:?}");
}
