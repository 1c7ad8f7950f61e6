//! The box of metadata on a record's page: which lines it has, in which order, and what they are called.
//!
//! A village's own site has none: without `[metadata]` there is no box.

use std::collections::BTreeMap;
use std::sync::Arc;

use toml::de::{DeTable, DeValue};

use crate::diag::code::SITE_FAULT;
use crate::diag::{Finding, Report, Span};
use crate::project::{SITE_FILE, TOP_KEYS};
use crate::syntax::Reader;
use crate::text::{Phrase, nearest};

/// The lines that are not simply a field of the record, each with what it is called if the register
/// does not say.
pub const LINES: [(&str, &str, &str); 11] = [
    ("index-number", "索引号", "Index number"),
    ("topic", "主题分类", "Topic"),
    ("publisher", "发布机构", "Publisher"),
    ("formed-on", "成文日期", "Formed on"),
    ("published-on", "发布日期", "Published on"),
    ("document-number", "发文字号", "Document number"),
    ("title", "标题", "Title"),
    ("form", "公开形式", "Form"),
    ("unit", "公开责任部门", "Responsible office"),
    ("validity", "有效性", "Validity"),
    ("keywords", "主题词", "Keywords"),
];

/// The box of metadata.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The lines, in order: names of [`LINES`], or keys of fields.
    pub fields: Vec<String>,
    /// What lines are called, where that is not what they are called anyway.
    pub labels: BTreeMap<String, String>,
    /// Where the lines are said.
    span: Option<Span>,
}

impl Metadata {
    /// Reads `[metadata]`.
    pub(super) fn read(table: &DeTable<'_>, path: &Arc<str>, report: &mut Report) -> Self {
        let mut reader = Reader::new(path, table, SITE_FAULT).below("metadata", &TOP_KEYS);
        let fields = reader.texts("fields", report);
        let span = reader.node("fields").map(|node| reader.span(node.span()));
        let mut labels = BTreeMap::new();
        if let Some(node) = reader.node("labels") {
            let table = match node.get_ref() {
                DeValue::Table(table) => Some(table),
                _ => None,
            };
            let words = |value: &DeValue<'_>| match value {
                DeValue::String(words) => Some(words.to_string()),
                _ => None,
            };
            let lines = table.into_iter().flatten();
            let all = table.map_or(1, |table| table.iter().count());
            labels.extend(lines.filter_map(|(name, value)| {
                let name = name.get_ref().to_string();
                let label = words(value.get_ref()).filter(|_| fields.contains(&name))?;
                Some((name, label))
            }));
            if labels.len() < all {
                let message = Phrase::new(
                    "`labels` 里每一项要是 `fields` 里有的,填引号里的文字",
                    "each entry of `labels` is one of `fields`, with a text in quotes",
                );
                report.push(Finding::new(SITE_FAULT, reader.span(node.span()), message));
            }
        }
        reader.finish(report);
        Self { fields, labels, span }
    }
}

/// Reports lines that no record can have: `keys` are those of every field of every kind.
pub(crate) fn check_metadata(metadata: &Metadata, keys: &[&str], report: &mut Report) {
    let known = || LINES.iter().map(|(name, ..)| *name).chain(keys.iter().copied());
    for field in &metadata.fields {
        if known().any(|name| name == field) {
            continue;
        }
        let path = Arc::from(SITE_FILE);
        let span = metadata.span.clone().unwrap_or_else(|| Span::whole(&path));
        let message = Phrase::new(
            "`fields` 里有一项,既不是固定的项目,也不是哪一类的字段",
            "`fields` names something that is neither a fixed line nor a field of any kind",
        );
        let names: Vec<&str> = LINES.iter().map(|(name, ..)| *name).collect();
        let help = nearest(field, known()).map_or_else(
            || {
                Phrase::new(
                    format!("固定的项目:{}", names.join("、")),
                    format!("the fixed lines: {}", names.join(", ")),
                )
            },
            |near| Phrase::new(format!("是不是 `{near}`?"), format!("did you mean `{near}`?")),
        );
        report.push(Finding::new(SITE_FAULT, span, message).help(help));
    }
}
