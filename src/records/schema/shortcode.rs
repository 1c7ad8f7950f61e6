//! Short codes: what a page of a register's own may show of its records. Which there are is data, in
//! `shortcodes.toml`; here is what they can ask for.

use serde::{Deserialize, Serialize};

/// A short code: its name, what it shows, and its arguments.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::records) struct Shortcode {
    /// What is written first between the braces.
    pub(in crate::records) name: String,
    /// What it shows.
    pub(in crate::records) shows: Shows,
    /// The arguments that must be there.
    pub(in crate::records) needs: Vec<String>,
    /// The arguments that can be left out.
    pub(in crate::records) may: Vec<String>,
    /// How it is written.
    pub(in crate::records) example: String,
}

/// The file with all of them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::records) struct ShortcodesFile {
    /// The short codes.
    pub(in crate::records) shortcode: Vec<Shortcode>,
}

/// What a short code shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::records) enum Shows {
    /// One record with its sentence.
    Card,
    /// How far the money of one record came.
    Ladder,
    /// Records of a kind as rows.
    Rows,
    /// The money of records of a kind, drawn.
    Chart,
}

/// Records of a kind, perhaps only those of a place and of a year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Selection {
    /// The index of the kind.
    pub kind: usize,
    /// The code of the place; those below it count.
    pub place: Option<String>,
    /// The year.
    pub year: Option<i16>,
}

/// What the parts of a chart are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Grouping {
    /// What the money is for.
    Use,
    /// Places.
    Place,
    /// Years.
    Year,
    /// The records themselves.
    Record,
}

impl Grouping {
    /// All of them with their names.
    pub(in crate::records) const ALL: [(Self, &'static str); 4] = [
        (Self::Use, "use"),
        (Self::Place, "place"),
        (Self::Year, "year"),
        (Self::Record, "record"),
    ];
}
