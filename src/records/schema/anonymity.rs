//! The policy of small figures and of rows that stand alone; the numbers are in `anonymity.toml`.

use serde::Deserialize;

/// When figures are too small to be shown, and when a row of a list stands alone.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::records) struct Anonymity {
    /// Counts of people from 1 to one less than this are small.
    pub(in crate::records) few: i64,
    /// How far apart the values must be that a reader cannot rule out for a hidden count.
    pub(in crate::records) width: i64,
    /// The same for amounts, in percent.
    pub(in crate::records) money_width: i64,
    /// Units that count people.
    pub(in crate::records) people: Vec<String>,
    /// Units that count what people have.
    pub(in crate::records) things: Vec<String>,
    /// Of two units, the first is never less than the second.
    pub(in crate::records) at_least: Vec<String>,
    /// Endings of keys that speak of the same people.
    pub(in crate::records) endings: Vec<String>,
    /// What keys of opening figures begin with.
    pub(in crate::records) opening: String,
    /// What keys of closing figures begin with.
    pub(in crate::records) closing: String,
    /// Fields that say that two records speak of the same thing.
    pub(in crate::records) same: Vec<String>,
    /// How many rows must look the same without their names.
    pub(in crate::records) k: usize,
    /// How many different values of what is sensitive they must show.
    pub(in crate::records) l: usize,
    /// Types of columns that can single a row out.
    pub(in crate::records) singling: Vec<String>,
    /// Columns that only tell rows apart.
    pub(in crate::records) apart: Vec<String>,
    /// Classes whose values no two rows of a list share.
    pub(in crate::records) once: Vec<String>,
}

/// What a kind says of its own lists.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::records) struct ListPolicy {
    /// How many rows must look the same, if not as many as everywhere.
    pub(in crate::records) k: Option<usize>,
    /// How many different sensitive values they must show, if not as many as everywhere.
    pub(in crate::records) l: Option<usize>,
    /// Columns that the law wants shown for each person, and which so are no reason to warn.
    #[serde(default)]
    pub(in crate::records) expected: Vec<String>,
    /// Classes whose values no two rows share, if not those of everywhere.
    pub(in crate::records) once: Option<Vec<String>>,
    /// Columns that make two things of two rows of the same person.
    #[serde(default)]
    pub(in crate::records) unless: Vec<String>,
}
