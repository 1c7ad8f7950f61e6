//! Keys of a record that are no fields: what it was called before, and whether it is a draft; and
//! fields that a record must have because of a choice it makes.

use std::collections::BTreeMap;

use toml::de::DeValue;

use crate::diag::code::{BAD_ID, DUPLICATE_ID, MISSING_FIELD, WRONG_TYPE};
use crate::diag::{Finding, Report, Span};
use crate::records::catalog::{Alias, Catalog, Record};
use crate::records::resolve::{Typist, get};
use crate::records::schema::{Kind, Schema};
use crate::records::value::Value;
use crate::syntax::Node;
use crate::text::Phrase;

/// The key of the names that a record had before.
pub(super) const ALIASES: &str = "aliases";

/// The key that says that a record is not ready.
pub(super) const DRAFT: &str = "draft";

/// Returns whether a text may be an id.
pub(in crate::records) fn is_id(id: &str) -> bool {
    let sign = |letter: char| letter.is_alphanumeric() || "-_.".contains(letter);
    !id.is_empty() && id.chars().count() <= 80 && id.chars().all(sign) && !id.starts_with('.')
}

/// Returns whether a value is an id but for its quotes, and certainly not the name or the number of a
/// person that slipped in here: plain letters, and few digits.
pub(super) fn is_plain_id(value: &DeValue<'_>) -> bool {
    const FEW_DIGITS: usize = 7;
    let text = match value {
        DeValue::String(text) => text,
        DeValue::Integer(number) => number.as_str(),
        _ => return false,
    };
    let id = text.trim_matches(['“', '”', '‘', '’', '"', '\'']);
    let digits = id.bytes().filter(u8::is_ascii_digit).count();
    is_id(id) && id.is_ascii() && digits < FEW_DIGITS
}

/// Returns whether a text may be a name that a record had: an id, or a kind and an id.
fn is_alias(name: &str) -> bool {
    match name.split_once('/') {
        Some((kind, id)) => is_id(kind) && is_id(id),
        None => is_id(name),
    }
}

impl<'d> Typist<'_, 'd> {
    /// Returns the names that the record had before.
    pub(super) fn aliases(&mut self) -> Vec<Alias> {
        let Some(node) = get(&self.document.table, ALIASES) else {
            return Vec::new();
        };
        let elements: Vec<&Node<'d>> = match node.get_ref() {
            DeValue::Array(array) => array.iter().collect(),
            _ => vec![node],
        };
        let mut aliases = Vec::new();
        for element in elements {
            match element.get_ref() {
                DeValue::String(name) if is_alias(name) => {
                    aliases.push(Alias {
                        name: name.as_ref().into(),
                        range: self.range(element.span()),
                    });
                }
                _ => {
                    self.stray(&Phrase::default(), None, element);
                    let message = Phrase::new(
                        "aliases 里写以前的编号,例如 [\"2023-07\"];换过类的写 [\"类名/编号\"]",
                        "aliases holds ids of before, such as [\"2023-07\"], or [\"kind/id\"] for another kind",
                    );
                    self.report(BAD_ID, element.span(), message);
                }
            }
        }
        aliases
    }

    /// Returns whether the record is a draft.
    pub(super) fn is_draft(&mut self) -> bool {
        let Some(node) = get(&self.document.table, DRAFT) else {
            return false;
        };
        if let DeValue::Boolean(flag) = node.get_ref() {
            return *flag;
        }
        let message = Phrase::new("`draft` 要填 true 或 false", "`draft` must be true or false");
        self.report(WRONG_TYPE, node.span(), message);
        // Whoever wrote the line did not want it published yet.
        true
    }

    /// Reports fields that the file lacks, though a choice that was made demands them.
    pub(super) fn demanded(&mut self, kind: &Kind, record: &Record) {
        let chosen = record.cells.iter().flat_map(|cell| {
            let choices = &kind.fields[cell.field].choices;
            let made = cell.values.iter().filter_map(|value| match value {
                Value::Choice(index) => choices.get(*index),
                _ => None,
            });
            made.map(move |choice| (choice, cell))
        });
        for (choice, cell) in chosen {
            for (index, field) in choice.demands.iter().filter_map(|key| kind.field(key)) {
                // What is there and cannot be read is another finding's business; an empty list is
                // as good as none.
                let unread = self.unread.contains(&(None, index));
                if record.cell(index).is_some() || unread || field.required {
                    continue;
                }
                let (label, chosen) = (&field.label, &choice.label);
                let message = Phrase::new(
                    format!("“{}”还要写“{}” `{}`", chosen.zh, label.zh, field.key),
                    format!("{} needs {} `{}`, too", chosen.en, label.en, field.key),
                );
                self.report.push(
                    Finding::new(MISSING_FIELD, record.span(&cell.range), message)
                        .help(field.help.clone()),
                );
            }
        }
    }
}

/// Reports names of before that another record has, or had, too.
pub(super) fn check_aliases(catalog: &Catalog, schema: &Schema, report: &mut Report) {
    let mut taken: BTreeMap<String, Span> = BTreeMap::new();
    for record in catalog.records().iter().filter(|record| !record.aliases.is_empty()) {
        for alias in &record.aliases {
            let key = record.alias_key(alias, schema);
            let span = record.span(&alias.range);
            let other = catalog.find(&key).map(|index| catalog.records()[index].id_span());
            let Some(other) = other.or_else(|| taken.get(&key).cloned()) else {
                taken.insert(key, span);
                continue;
            };
            let message = Phrase::new(
                "这个以前的编号,别的地方也在用",
                "this id of before is another record's, too",
            );
            report.push(
                Finding::new(DUPLICATE_ID, span, message)
                    .related(other, Phrase::new("也用在这里", "also used here"))
                    .help(Phrase::new(
                        "从 aliases 里删掉一个:旧网址只能通到一条记录",
                        "take one of them away: an old address leads to one record",
                    )),
            );
        }
    }
}
