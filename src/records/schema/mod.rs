//! The schema: every kind of record with its fields, tables and rules, as data.
//!
//! Built-in kinds are TOML files beside this one; a register adds kinds or changes them in
//! `content/kinds/`. Rust knows field types, classes and roles, never a kind.

pub(in crate::records) mod anonymity;
mod catalogue;
pub(crate) mod class;
pub(in crate::records) mod field;
mod json;
mod kind_file;
pub(in crate::records) mod load;
mod overview;
mod pattern;
mod policy;
pub(crate) mod role;
pub(in crate::records) mod shortcode;
pub(crate) mod term;

use std::collections::BTreeMap;

pub(in crate::records) use anonymity::{Anonymity, ListPolicy};
pub use catalogue::CatalogueRow;
pub(crate) use class::Treatment;
pub use class::{Audience, Class};
pub(in crate::records) use field::FieldType;
pub use overview::{Meaning, Overview, Question};
pub use pattern::{Piece, pieces};
pub use role::Role;
pub use shortcode::{Grouping, Selection};
pub(in crate::records) use shortcode::{Shortcode, Shows};
pub use term::Term;

use term::Calendar;

use crate::text::{Day, Phrase};

/// Everything the program knows about kinds.
#[derive(Debug, Default)]
pub struct Schema {
    pub(in crate::records) kinds: Vec<Kind>,
    pub(in crate::records) sections: Vec<Section>,
    pub(in crate::records) timetable: Vec<TimetableItem>,
    pub(in crate::records) legend: Legend,
    pub(in crate::records) ages: Ages,
    pub(in crate::records) calendar: Calendar,
    pub(in crate::records) anonymity: Anonymity,
    pub(in crate::records) shortcodes: Vec<Shortcode>,
    pub(in crate::records) catalogue: Vec<CatalogueRow>,
    pub(in crate::records) freshness: Freshness,
    pub(in crate::records) units: BTreeMap<String, UnitName>,
}

impl Schema {
    /// Returns every kind, in the order of their names.
    #[must_use]
    pub fn kinds(&self) -> &[Kind] {
        &self.kinds
    }

    /// Returns the sections of a site, in their order.
    #[must_use]
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// Returns what pages say of what they do not show.
    #[must_use]
    pub const fn legend(&self) -> &Legend {
        &self.legend
    }

    /// Returns what has to be published, by the newest catalogues.
    #[must_use]
    pub fn catalogue(&self) -> &[CatalogueRow] {
        &self.catalogue
    }

    /// Returns after how long without anything new a kind has fallen silent.
    #[must_use]
    pub const fn freshness(&self) -> &Freshness {
        &self.freshness
    }

    /// Returns what is counted by a unit, one of it and many, in words of other languages.
    #[must_use]
    pub fn counted(&self, unit: &str) -> Option<(&str, &str)> {
        self.units.get(unit).map(|name| (name.one.as_str(), name.many.as_str()))
    }

    /// Returns the last day of a term that begins the day after `start`; `None` where the calendar
    /// does not know the year, which is not guessed.
    #[must_use]
    pub fn due(&self, term: Term, start: Day) -> Option<Day> {
        term.after(start, &self.calendar).ok()
    }

    /// Returns what has to be published how often.
    #[must_use]
    pub fn timetable(&self) -> &[TimetableItem] {
        &self.timetable
    }

    /// Returns every word that kinds put on pages and into schemas.
    pub(in crate::records) fn words(&self) -> String {
        let mut words = String::new();
        let mut add = |phrase: &Phrase| {
            words.push_str(&phrase.zh);
            words.push('\n');
        };
        for section in &self.sections {
            add(&section.label);
            add(&section.intro);
        }
        for item in &self.timetable {
            add(&item.label);
        }
        self.legend.words().for_each(&mut add);
        for kind in &self.kinds {
            add(&kind.label);
            add(&kind.purpose);
            kind.basis.iter().chain(&kind.sentence).for_each(&mut add);
            kind.equations.iter().for_each(|equation| add(&equation.label));
            kind.tables.iter().for_each(|table| add(&table.label));
            let columns = kind.tables.iter().flat_map(|table| &table.fields);
            for field in kind.fields.iter().chain(columns) {
                add(&field.label);
                add(&field.help);
                field.choices.iter().for_each(|choice| add(&choice.label));
            }
        }
        words
    }

    /// Returns the kind that a person means by a word: its name, its folder, what it is called, or a
    /// part of that which belongs to no other kind.
    #[must_use]
    pub fn meant(&self, word: &str) -> Option<&Kind> {
        const SHORTEST: usize = 2;
        let kinds = || self.kinds.iter();
        let exactly = |kind: &&Kind| {
            let label = &kind.label;
            [&kind.name, &kind.folder, &label.zh].contains(&&word.to_owned())
                || label.en.eq_ignore_ascii_case(word)
        };
        if let Some(kind) = kinds().find(exactly) {
            return Some(kind);
        }
        if word.chars().count() < SHORTEST {
            return None;
        }
        let mut partly = kinds().filter(|kind| kind.label.zh.contains(word));
        partly.next().filter(|_| partly.next().is_none())
    }

    /// Returns the index of the kind with this name or folder.
    pub(in crate::records) fn find(&self, name: &str) -> Option<usize> {
        let by_name = self.kinds.binary_search_by(|kind| kind.name.as_str().cmp(name)).ok();
        by_name.or_else(|| self.kinds.iter().position(|kind| kind.folder == name))
    }
}

/// A kind of record.
#[derive(Debug)]
pub struct Kind {
    /// The name, which is the file's name and part of every address.
    pub name: String,
    /// What it is called.
    pub label: Phrase,
    /// What it is for.
    pub purpose: Phrase,
    /// The folder its records lie in.
    pub folder: String,
    /// The section of the site it belongs to.
    pub section: String,
    /// The families of systems it serves.
    pub families: Vec<String>,
    /// The rows of the disclosure catalogues it serves.
    pub catalogue: Vec<String>,
    /// The rules behind it.
    pub basis: Vec<Phrase>,
    /// How soon it must be published after it was formed.
    pub deadline: Option<Term>,
    /// How long a notice about it must hang at least.
    pub notice_min: Option<Term>,
    /// Whether its lists may be on the web.
    pub web: bool,
    /// Whether it may hang on the board.
    pub board: bool,
    /// Whether its lists are withdrawn when the notice about them ends.
    pub expires: bool,
    /// Whether it is about people whose need is nobody's business: the stricter preset.
    pub sensitive: bool,
    /// Whether its lists are about people who are not of age, unless a row says otherwise.
    pub minors: bool,
    /// The fields shown in lists.
    pub columns: Vec<String>,
    /// The fields that get index pages.
    pub facets: Vec<String>,
    /// A plain sentence with `{field}` in it.
    pub sentence: Option<Phrase>,
    /// Whether its titles are prose, and no names that are never put into other characters.
    pub prose_titles: bool,
    /// What is said of all records of the kind together.
    pub overview: Option<Overview>,
    /// How soon a matter is to be settled after it was taken up.
    pub answer_within: Option<Term>,
    /// How long before its end something is said to end soon.
    pub soon: Option<Term>,
    /// Fields whose days must not go backwards.
    pub date_order: Vec<String>,
    /// Sums that must hold.
    pub equations: Vec<Equation>,
    /// The fields, in order.
    pub fields: Vec<FieldDef>,
    /// The tables of rows, in order.
    pub tables: Vec<TableDef>,
    /// The prose a record may carry.
    pub body: Option<BodyDef>,
    /// Whether small figures about people are not shown on the web.
    pub small_cells: bool,
    pub(in crate::records) lists: ListPolicy,
    pub(in crate::records) policy: BTreeMap<(Audience, Class), Treatment>,
}

impl Kind {
    /// Returns the field with this key.
    #[must_use]
    pub fn field(&self, key: &str) -> Option<(usize, &FieldDef)> {
        self.fields.iter().enumerate().find(|(_, field)| field.key == key)
    }

    /// Returns the first field with this role.
    #[must_use]
    pub fn with_role(&self, role: Role) -> Option<(usize, &FieldDef)> {
        self.fields.iter().enumerate().find(|(_, field)| field.role == Some(role))
    }

    /// Returns the role of the money that records of the kind are about: the first station, else a total.
    #[must_use]
    pub fn money(&self) -> Option<Role> {
        let mut roles = Role::STATIONS.into_iter().chain([Role::Total, Role::Amount]);
        roles.find(|role| self.with_role(*role).is_some())
    }

    /// Returns the field that says what the money of a record is for: the first choice by which the kind
    /// is listed, but not its stage.
    #[must_use]
    pub fn use_field(&self) -> Option<(usize, &FieldDef)> {
        let listed = self.facets.iter().filter_map(|key| self.field(key));
        let mut choices = listed.filter(|(_, def)| !def.choices.is_empty());
        choices.find(|(_, def)| def.role != Some(Role::Stage))
    }

    /// Returns the table with this key.
    #[must_use]
    pub fn table(&self, key: &str) -> Option<(usize, &TableDef)> {
        self.tables.iter().enumerate().find(|(_, table)| table.key == key)
    }
}

/// A field of a record, or a column of a table.
#[derive(Debug, Clone)]
pub struct FieldDef {
    /// The key in the file.
    pub key: String,
    pub(in crate::records) field_type: &'static dyn FieldType,
    /// What it is called.
    pub label: Phrase,
    /// What to write here.
    pub help: Phrase,
    /// What it is for privacy; without it the value is withheld.
    pub class: Option<Class>,
    /// What it does.
    pub role: Option<Role>,
    /// Whether the law demands it.
    pub required: bool,
    /// Whether it holds several values.
    pub many: bool,
    /// The unit of a bare number.
    pub unit: Option<String>,
    /// The units a number may have; any when empty.
    pub units: Vec<String>,
    /// The values a choice may have, in order.
    pub choices: Vec<Choice>,
    /// The kinds a reference may name; any when empty.
    pub to: Vec<String>,
    /// The shape of a code.
    pub format: Option<String>,
    /// Whether the files it names stay when the list of the record is kept back.
    pub keeps: bool,
    /// Whether its values say something of the people that a record or row counts.
    pub aggregate: bool,
    /// Which question of a reader it answers.
    pub ask: Question,
}

impl FieldDef {
    /// Returns the name of the type of its values.
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        self.field_type.name()
    }

    /// Returns whether its values are compared as numbers, so that they stand right-aligned.
    #[must_use]
    pub fn is_numeric(&self) -> bool {
        self.field_type.is_numeric()
    }

    /// Returns the JSON Schema of one of its values.
    #[must_use]
    pub fn json_schema(&self) -> serde_json::Value {
        self.field_type.json_schema(self)
    }

    /// Returns a value to start from, as TOML.
    #[must_use]
    pub fn example(&self) -> String {
        let example = self.field_type.example(self);
        if self.many { format!("[{example}]") } else { example }
    }
}

/// One value of a choice.
#[derive(Debug, Clone)]
pub struct Choice {
    /// The value in the file.
    pub value: String,
    /// What it is called.
    pub label: Phrase,
    /// What open standards call it.
    pub code: Option<String>,
    /// What it means to an overview.
    pub means: Option<Meaning>,
    /// The matters of the catalogues that a record with this choice serves, of those its field names.
    pub rows: Vec<String>,
    /// The fields that a record must have when this is chosen.
    pub demands: Vec<String>,
    /// Whether a notice of this type may hang without an end.
    pub endless: bool,
}

/// A table of rows inside a record.
#[derive(Debug)]
pub struct TableDef {
    /// The key in the file.
    pub key: String,
    /// What it is called.
    pub label: Phrase,
    /// Whether a record must have it.
    pub required: bool,
    /// The columns, in order.
    pub fields: Vec<FieldDef>,
    /// A row's quantity × standard = amount.
    pub product: Option<Product>,
    /// Where the subtotals of groups are stated.
    pub subtotals: Option<Subtotals>,
}

impl TableDef {
    /// Returns the column with this key.
    #[must_use]
    pub fn field(&self, key: &str) -> Option<(usize, &FieldDef)> {
        self.fields.iter().enumerate().find(|(_, field)| field.key == key)
    }

    /// Returns the first column with this role.
    #[must_use]
    pub fn with_role(&self, role: Role) -> Option<(usize, &FieldDef)> {
        self.fields.iter().enumerate().find(|(_, field)| field.role == Some(role))
    }

    /// Returns whether the table is a list of persons or households.
    #[must_use]
    pub fn is_personal(&self) -> bool {
        self.fields.iter().any(|field| field.class.is_some_and(Class::is_personal))
    }
}

/// Columns of which two make the third.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Product {
    /// How many.
    pub quantity: String,
    /// How much for each.
    pub standard: String,
    /// How much in all.
    pub amount: String,
}

/// A table that states the sums of another table's groups.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subtotals {
    /// The table with the sums.
    pub table: String,
    /// The column both tables have in common.
    pub key: String,
    /// The column that is summed, and the column of the sums.
    pub column: String,
}

/// A sum that must hold.
#[derive(Debug, Clone)]
pub struct Equation {
    /// The field with the total.
    pub total: String,
    /// What is added up.
    pub plus: Vec<Part>,
    /// What is taken off.
    pub minus: Vec<Part>,
    /// What the sum says.
    pub label: Phrase,
}

/// One part of a sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A field.
    Field(String),
    /// The sum of a column.
    Column(String, String),
    /// The number of rows.
    Rows(String),
}

/// The prose a record may carry.
#[derive(Debug)]
pub struct BodyDef {
    /// What it is called.
    pub label: Phrase,
    /// What it is for privacy.
    pub class: Option<Class>,
}

/// A section of the site.
#[derive(Debug, Clone, serde::Deserialize)]
pub struct Section {
    /// The name, part of its address.
    pub key: String,
    /// What it is called.
    pub label: Phrase,
    /// What a visitor finds there.
    pub intro: Phrase,
}

/// What pages say of what they do not show.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Legend {
    /// What is done with a field: by the name of the form.
    pub forms: BTreeMap<String, Phrase>,
    /// By which rule: by the name of the class, or of the form, else `other`.
    pub rules: BTreeMap<String, Phrase>,
    /// For how long: `until` a day, `kept` with the record, or `never`.
    pub terms: BTreeMap<String, Phrase>,
    /// Whom to ask.
    pub ask: Phrase,
    /// What the numbers of names that look alike mean.
    pub numbered: Phrase,
    /// Of a list that was withdrawn when the notice about it ended.
    pub withdrawn: Phrase,
    /// What figures are called that are too small, or shield those that are.
    pub small_label: Phrase,
    /// Of such figures.
    pub small: Phrase,
}

impl Legend {
    /// Returns every word of the legend: pages about nobody in particular are full of them.
    fn words(&self) -> impl Iterator<Item = &Phrase> {
        let named = self.forms.values().chain(self.rules.values()).chain(self.terms.values());
        named.chain([&self.ask, &self.numbered])
    }
}

/// After how long without anything new a kind has fallen silent.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Freshness {
    /// How many months after its last record something is to be looked at.
    pub late_months: i32,
    /// How many months after its last record it counts as silent.
    pub silent_months: i32,
    /// Where the numbers come from.
    pub basis: Phrase,
}

/// What is counted by a unit.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::records) struct UnitName {
    one: String,
    many: String,
}

/// The ages the wall goes by.
#[derive(Debug, Clone, Copy, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::records) struct Ages {
    /// From how many years a person is of age.
    pub(in crate::records) of_age: i32,
    /// Below how many years everything about a person is sensitive.
    pub(in crate::records) child: i32,
    /// How many years of age are one group.
    pub(in crate::records) band: i32,
    /// From how many years on all are one group.
    pub(in crate::records) oldest: i32,
}

/// What a village has to publish how often.
#[derive(Debug, Clone, serde::Deserialize)]
pub struct TimetableItem {
    /// The name.
    pub id: String,
    /// What it is called.
    pub label: Phrase,
    /// `month`, `quarter`, `year` or `at-once`.
    pub every: String,
    /// The kinds that fulfil it.
    pub kinds: Vec<String>,
    /// The day of the month after the period by which it is due; any day of the period without it.
    #[serde(default)]
    pub due_day: Option<i8>,
}
