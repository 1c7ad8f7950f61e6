//! Where in a register personal values may stand, for whoever looks through the repository.
//!
//! The values of personal and internal fields are what a register keeps; anywhere else they are a
//! slip. Where the register says that it keeps none (`[privacy] raw = "absent"`), a personal field
//! may hold what is covered with `*` and nothing else. Numbers of offices, in fields that are public
//! telephone numbers and in `site.toml` and `places.toml`, are nobody's personal data.

use std::ops::Range;
use std::sync::Arc;

use toml::de::{DeArray, DeTable, DeValue};

use crate::diag::Report;
use crate::files::Files;
use crate::project::{PLACES_FILE, Raw, SITE_FILE, Site};
use crate::records::document::{self, Document};
use crate::records::resolve::kind_of;
use crate::records::schema::{self, Class, FieldDef, Schema};
use crate::syntax::{self, Node};
use crate::text::Phrase;

/// A value of a record, and what the register says of personal data in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// The bytes of the value.
    pub range: Range<usize>,
    /// What the value is called, if it must not be there; otherwise personal data may be in it.
    pub unwanted: Option<Phrase>,
    /// Whether it is a field of persons or of the office's own, whose values are kept as they are.
    pub kept: bool,
}

/// What a register says of personal data in its files.
#[derive(Debug)]
pub struct Keeper {
    schema: Schema,
    raw: Raw,
}

/// The keys of `site.toml` and `places.toml` under which an office says how to reach it.
const OF_OFFICES: [&str; 3] = ["hotlines", "email", "phone"];

impl Keeper {
    /// Reads what a register says of itself and its kinds.
    #[must_use]
    pub fn of(files: &Files) -> Self {
        let mut unheard = Report::default();
        let raw = Site::read(files, &mut unheard).raw;
        Self { schema: schema::load::load(files, &mut unheard), raw }
    }

    /// Returns what is said of the values in a file, by its path below the register's root.
    #[must_use]
    pub fn allowances(&self, path: &str, bytes: &[u8]) -> Vec<Allowance> {
        let mut allowances = Vec::new();
        if path == SITE_FILE || path == PLACES_FILE {
            let path: Arc<str> = Arc::from(path);
            let mut unheard = Report::default();
            if let Some(source) = syntax::utf8(&path, bytes, &mut unheard) {
                let mark = bytes.len() - source.len();
                let table = syntax::parse(&path, source, 0, &mut unheard);
                of_offices(&table, mark, &mut allowances);
            }
            return allowances;
        }
        let files = Files::of([(path, bytes)]);
        for document in document::parse(&files, &mut Report::default()) {
            self.of_document(&document, &mut allowances);
        }
        allowances
    }

    /// Adds what is said of the values of a record.
    fn of_document(&self, document: &Document<'_>, allowances: &mut Vec<Allowance>) {
        // What could not be read may not be where it seems to be.
        if document.broken {
            return;
        }
        let kind = kind_of(document, &self.schema, &mut Report::default());
        let Some(kind) = kind.map(|index| &self.schema.kinds[index]) else {
            return;
        };
        for (key, node) in &document.table {
            let name = key.get_ref();
            if let Some((_, field)) = kind.field(name) {
                self.of_value(field, node, document.offset, allowances);
            } else if let (Some((_, table)), DeValue::Array(rows)) =
                (kind.table(name), node.get_ref())
            {
                for row in rows {
                    let DeValue::Table(cells) = row.get_ref() else {
                        continue;
                    };
                    for (key, node) in cells {
                        if let Some((_, field)) = table.field(key.get_ref()) {
                            self.of_value(field, node, document.offset, allowances);
                        }
                    }
                }
            }
        }
    }

    /// Adds what is said of the value of a field.
    fn of_value(
        &self,
        field: &FieldDef,
        node: &Node<'_>,
        offset: usize,
        allowances: &mut Vec<Allowance>,
    ) {
        let Some(class) = field.class else {
            return;
        };
        let range = node.span().start + offset..node.span().end + offset;
        let is_office = class == Class::Public && field.type_name() == "phone";
        if is_office
            || self.raw == Raw::Allowed && (class.is_personal() || class == Class::Internal)
        {
            allowances.push(Allowance { range, unwanted: None, kept: !is_office });
        } else if self.raw == Raw::Absent && class.is_personal() && is_raw(node.get_ref()) {
            let label = &field.label;
            let message = Phrase::new(
                format!("这个仓库不许有个人信息原文,这里写了“{}”", label.zh),
                format!("this repository keeps no personal values as they are: {}", label.en),
            );
            allowances.push(Allowance { range, unwanted: Some(message), kept: false });
        }
    }
}

/// Returns whether a value says something that is not covered.
fn is_raw(value: &DeValue<'_>) -> bool {
    match value {
        DeValue::String(text) => !text.trim().is_empty() && !text.contains('*'),
        DeValue::Array(array) => any_raw(array),
        DeValue::Boolean(_) => false,
        _ => true,
    }
}

/// Returns whether any value of a list says something that is not covered.
fn any_raw(array: &DeArray<'_>) -> bool {
    array.iter().any(|node| is_raw(node.get_ref()))
}

/// Adds the values under which offices can be reached.
fn of_offices(table: &DeTable<'_>, offset: usize, allowances: &mut Vec<Allowance>) {
    for (key, node) in table {
        match node.get_ref() {
            _ if OF_OFFICES.contains(&&**key.get_ref()) => {
                let range = node.span().start + offset..node.span().end + offset;
                allowances.push(Allowance { range, unwanted: None, kept: false });
            }
            DeValue::Table(inner) => of_offices(inner, offset, allowances),
            DeValue::Array(array) => {
                for element in array {
                    if let DeValue::Table(inner) = element.get_ref() {
                        of_offices(inner, offset, allowances);
                    }
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Keeper;
    use crate::files::Files;

    const SITE: &str = "title = \"示例\"\npublisher = \"示例\"\n";
    const LIST: &str =
        "title = \"赵示安\"\nentries = [{ name = \"赵示安\", phone = \"199******01\" }]\n";

    fn keeper(extra: &str) -> Keeper {
        Keeper::of(&Files::of([("site.toml", format!("{SITE}{extra}"))]))
    }

    #[test]
    fn personal_fields_may_hold_values_and_titles_may_not() {
        let allowances = keeper("").allowances("awards/a.toml", LIST.as_bytes());
        let texts: Vec<&str> = allowances.iter().map(|one| &LIST[one.range.clone()]).collect();
        assert_eq!(texts, ["\"赵示安\"", "\"199******01\""]);
        assert!(allowances[0].range.start > LIST.find("name").expect("it is there"));
        assert!(allowances.iter().all(|one| one.unwanted.is_none()));
    }

    #[test]
    fn where_none_are_kept_only_covered_values_stand() {
        let absent = keeper("[privacy]\nraw = \"absent\"\n");
        let allowances = absent.allowances("awards/a.toml", LIST.as_bytes());
        assert_eq!(allowances.len(), 1);
        assert_eq!(&LIST[allowances[0].range.clone()], "\"赵示安\"");
        assert!(allowances[0].unwanted.is_some());
    }

    #[test]
    fn offices_may_be_called() {
        let site = "title = \"19900001234\"\n[contact]\nhotlines = [\"19900001234\"]\n";
        let allowances = keeper("").allowances("site.toml", site.as_bytes());
        assert_eq!(allowances.len(), 1);
        assert_eq!(&site[allowances[0].range.clone()], "[\"19900001234\"]");
    }
}
