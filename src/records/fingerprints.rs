//! Fingerprints of the people of a register, whatever any policy says of them: to paint over what
//! is said about files, and to look for what is left of a list that was withdrawn.

use crate::records::catalog::{Catalog, Cell};
use crate::records::schema::{Class, FieldDef, Schema};
use crate::records::value::Value;
use crate::records::withheld::{Gathering, Origin, Withheld};
use crate::text::Phrase;

/// Returns fingerprints of all that is not public in itself in the records that are wanted, which
/// are named as `kind/id`; values of fewer letters than `shortest` are left out.
pub(in crate::records) fn of(
    (catalog, schema): (&Catalog, &Schema),
    wanted: &dyn Fn(&str) -> bool,
    shortest: usize,
) -> Withheld {
    let mut gathering = Gathering::default();
    let long = |words: &str| words.chars().count() >= shortest;
    for record in catalog.records() {
        let key = record.key(schema);
        if !wanted(&key) {
            continue;
        }
        let kind = record.kind_of(schema);
        let mut add = |field: &FieldDef, cell: &Cell| {
            // Prose is meant for everyone; what is public in itself is no secret.
            if matches!(field.class, Some(Class::Public | Class::FreeText)) {
                return;
            }
            for value in &cell.values {
                if let Value::Text(words) = value
                    && long(words)
                {
                    gathering.withhold(field.class, words, || Origin {
                        record: key.clone(),
                        path: record.path.to_string(),
                        field: field.label.clone(),
                    });
                }
            }
        };
        for cell in &record.cells {
            add(&kind.fields[cell.field], cell);
        }
        for rows in &record.tables {
            let fields = &kind.tables[rows.table].fields;
            for cell in rows.rows.iter().flat_map(|row| &row.cells) {
                add(&fields[cell.field], cell);
            }
        }
    }
    for stray in catalog
        .strays()
        .iter()
        .filter(|stray| wanted("?") && long(&stray.text) && !is_name_of_a_record(&stray.text))
    {
        let origin = || Origin {
            record: "?".to_owned(),
            path: stray.path.to_string(),
            field: Phrase::clone(&stray.label),
        };
        gathering.withhold(stray.class, &stray.text, origin);
    }
    gathering.seal()
}

/// Returns whether a text that found no place looks like the id of a record or the name of a kind,
/// which is said of every file.
fn is_name_of_a_record(text: &str) -> bool {
    const LONG_NUMBER: usize = 7;
    let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_/".contains(&byte));
    let digits = text.split(|letter: char| !letter.is_ascii_digit()).map(str::len).max();
    plain && digits.unwrap_or(0) < LONG_NUMBER
}
