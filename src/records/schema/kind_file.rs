//! A kind as it stands in its file, before its parts are checked against one another.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::records::schema::{Choice, ListPolicy, Meaning, Product, Subtotals};
use crate::text::Phrase;

/// A kind's file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KindFile {
    pub(super) label: Phrase,
    #[serde(default)]
    pub(super) purpose: Phrase,
    pub(super) folder: Option<String>,
    #[serde(default = "other_section")]
    pub(super) section: String,
    #[serde(default)]
    pub(super) families: Vec<String>,
    #[serde(default)]
    pub(super) catalogue: Vec<String>,
    #[serde(default)]
    pub(super) basis: Vec<Phrase>,
    pub(super) deadline: Option<String>,
    pub(super) notice_min: Option<String>,
    #[serde(default)]
    pub(super) channels: ChannelsFile,
    #[serde(default = "permanent")]
    pub(super) retention: String,
    #[serde(default)]
    pub(super) sensitive: bool,
    #[serde(default)]
    pub(super) minors: bool,
    #[serde(default)]
    pub(super) columns: Vec<String>,
    #[serde(default)]
    pub(super) facets: Vec<String>,
    pub(super) sentence: Option<Phrase>,
    pub(super) overview: Option<String>,
    #[serde(default)]
    pub(super) prose_titles: bool,
    pub(super) answer_within: Option<String>,
    pub(super) soon: Option<String>,
    #[serde(default)]
    pub(super) date_order: Vec<String>,
    #[serde(default)]
    pub(super) equations: Vec<EquationFile>,
    #[serde(default)]
    pub(super) fields: toml::Table,
    #[serde(default)]
    pub(super) tables: toml::Table,
    pub(super) body: Option<BodyFile>,
    pub(super) small_cells: Option<bool>,
    #[serde(default)]
    pub(super) anonymity: ListPolicy,
    #[serde(default)]
    pub(super) policy: BTreeMap<String, BTreeMap<String, String>>,
}

/// Returns the section of kinds that name none.
fn other_section() -> String {
    "data".to_owned()
}

/// Returns whether a figure speaks of the people counted beside it when a kind does not say.
const fn counted() -> bool {
    true
}

/// Returns how long records are kept when a kind does not say.
fn permanent() -> String {
    "permanent".to_owned()
}

/// Where records may be shown.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ChannelsFile {
    #[serde(default)]
    pub(super) web: bool,
    #[serde(default)]
    pub(super) board: bool,
}

impl Default for ChannelsFile {
    /// A kind that says nothing of channels shows its heads on the web and no lists.
    fn default() -> Self {
        Self { web: false, board: true }
    }
}

/// A sum as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EquationFile {
    pub(super) total: String,
    pub(super) plus: Vec<String>,
    #[serde(default)]
    pub(super) minus: Vec<String>,
    pub(super) label: Option<Phrase>,
}

/// A field as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FieldFile {
    #[serde(rename = "type")]
    pub(super) field_type: String,
    pub(super) label: Phrase,
    #[serde(default)]
    pub(super) help: Phrase,
    pub(super) class: Option<String>,
    pub(super) role: Option<String>,
    #[serde(default)]
    pub(super) required: bool,
    #[serde(default)]
    pub(super) many: bool,
    pub(super) unit: Option<String>,
    #[serde(default)]
    pub(super) units: Vec<String>,
    #[serde(default)]
    pub(super) choices: Vec<ChoiceFile>,
    #[serde(default)]
    pub(super) to: Vec<String>,
    pub(super) format: Option<String>,
    #[serde(default)]
    pub(super) keeps: bool,
    #[serde(default = "counted")]
    pub(super) aggregate: bool,
    pub(super) ask: Option<String>,
}

/// A choice as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ChoiceFile {
    value: String,
    zh: String,
    en: String,
    code: Option<String>,
    means: Option<String>,
    #[serde(default)]
    rows: Vec<String>,
    #[serde(default)]
    demands: Vec<String>,
    #[serde(default)]
    endless: bool,
}

impl ChoiceFile {
    /// Returns what the choice says it means, if no such meaning is known.
    pub(super) fn unknown_meaning(&self) -> Option<&str> {
        self.means.as_deref().filter(|name| Meaning::named(name).is_none())
    }

    /// Returns the choice.
    pub(super) fn choice(self) -> Choice {
        Choice {
            value: self.value,
            label: Phrase::new(self.zh, self.en),
            code: self.code,
            means: self.means.as_deref().and_then(Meaning::named),
            rows: self.rows,
            demands: self.demands,
            endless: self.endless,
        }
    }
}

/// A table as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TableFile {
    pub(super) label: Phrase,
    #[serde(default)]
    pub(super) required: bool,
    #[serde(default)]
    pub(super) fields: toml::Table,
    pub(super) product: Option<Product>,
    pub(super) subtotals: Option<Subtotals>,
}

/// The prose of a record as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BodyFile {
    pub(super) label: Phrase,
    pub(super) class: Option<String>,
}
