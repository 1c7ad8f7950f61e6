//! What attachments may be at most and which words make a column personal: data, read once a build.

use serde::Deserialize;

use crate::text::Phrase;

/// How large things may be, and how they are written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Limits {
    largest_mib: usize,
    unpacked_mib: usize,
    /// The most cells of a spreadsheet.
    pub(super) most_cells: usize,
    most_megapixels: u64,
    /// The longest side of a published image.
    pub(super) longest_side: u32,
    /// The longest side of an image as it is shown on a page.
    pub(super) shown_side: u32,
    /// The quality of published JPEG images.
    pub(super) jpeg_quality: u8,
    /// The most findings that are told of one file.
    pub(super) most_findings: usize,
}

impl Limits {
    /// Returns the largest size of a file in bytes.
    pub(super) const fn largest(&self) -> usize {
        self.largest_mib << 20
    }

    /// Returns the largest size of what is unpacked, in bytes.
    pub(super) const fn unpacked(&self) -> usize {
        self.unpacked_mib << 20
    }

    /// Returns the most pixels of an image.
    pub(super) const fn most_pixels(&self) -> u64 {
        self.most_megapixels * 1_000_000
    }
}

/// The words of columns.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ColumnWords {
    /// How many rows may hold a head.
    pub(super) header_rows: usize,
    /// A cell with more signs is no head.
    pub(super) longest_header: usize,
    /// The only cell of a row with so many signs is a title.
    pub(super) shortest_title: usize,
    /// What counts as nothing.
    pub(super) blanks: Vec<String>,
    /// Words that make a head one of counts.
    pub(super) except: Vec<String>,
    /// Heads beside which names are those of persons in office.
    pub(super) office: Vec<String>,
    /// What a masked name holds.
    pub(super) masks: Vec<String>,
    /// The sorts of columns.
    pub(super) column: Vec<ColumnSort>,
}

/// One sort of column.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ColumnSort {
    /// What it holds.
    pub(super) label: Phrase,
    /// Words of its head.
    pub(super) words: Vec<String>,
    /// Whether it holds names, which may stand there masked or beside an office.
    #[serde(default)]
    pub(super) names: bool,
    /// Whether it holds telephone numbers, of which those of offices may stand there.
    #[serde(default)]
    pub(super) phones: bool,
    /// Whether it says something of somebody only in a list of persons.
    #[serde(default)]
    pub(super) persons: bool,
}

/// A sort of file that is refused.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Refused {
    /// The endings of its names.
    pub(super) endings: Vec<String>,
    /// What it is.
    pub(super) label: Phrase,
    /// What to do instead.
    pub(super) help: Phrase,
}

/// The file of refused sorts.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RefusedFile {
    refused: Vec<Refused>,
}

/// All data about attachments.
#[derive(Debug)]
pub(super) struct Measures {
    /// How large things may be.
    pub(super) limits: Limits,
    /// The words of columns.
    pub(super) columns: ColumnWords,
    /// What is refused.
    pub(super) refused: Vec<Refused>,
}

impl Measures {
    /// Reads the built-in data.
    pub(super) fn read() -> Self {
        let refused: RefusedFile =
            toml::from_str(include_str!("refused.toml")).expect("the built-in data is right");
        Self {
            limits: toml::from_str(include_str!("limits.toml"))
                .expect("the built-in data is right"),
            columns: toml::from_str(include_str!("columns.toml"))
                .expect("the built-in data is right"),
            refused: refused.refused,
        }
    }
}
