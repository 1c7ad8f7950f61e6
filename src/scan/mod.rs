//! Looking for personal data where the register is kept: the working tree, what is about to be
//! committed, and everything git remembers.
//!
//! A value is never kept and never said. What is kept is a place: a file, or an object of git, the
//! way through archives and encodings, line and column. Places whose names hold a value are painted.

pub mod history;
mod look;
mod mailbox;
mod memory;
mod note;
mod reach;
pub mod tree;
mod words;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

pub use look::{Seen, Sight, look, painted};

use crate::diag::{Finding, Report};
use crate::files::Files;
use crate::text::Phrase;

/// Files and objects larger than this are not read, and that is said.
pub const LARGEST: u64 = 256 << 20;

/// Texts up to this size are kept for the line a finding shows.
const LARGEST_SHOWN: usize = 4 << 20;

/// A part of a file that somebody knows something about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Where it is.
    pub range: Range<usize>,
    /// What it is called, if it stands in the way; otherwise personal data may stand here.
    pub unwanted: Option<Phrase>,
    /// Whether it is a field of persons, whose values the register keeps as they are.
    pub kept: bool,
}

/// Says what is known of the parts of a file by its path below the root and its bytes.
pub type Knows<'a> = dyn Fn(&str, &[u8]) -> Vec<Known> + Sync + 'a;

/// What a search came to.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The findings.
    pub report: Report,
    /// The files and objects that findings speak of.
    pub files: Vec<(String, Vec<u8>)>,
    /// How many files or objects were looked at.
    pub looked: usize,
    /// How many were left out because an earlier search found nothing in them.
    pub known: usize,
    /// How many files git ignores and nobody looked at.
    pub ignored: usize,
    /// How many personal values stand in fields that may hold them, and were not counted.
    pub kept: usize,
}

impl Outcome {
    /// Adds what was found in one file or object.
    fn add(&mut self, part: Self) {
        self.report.absorb(part.report);
        self.files.extend(part.files);
        self.looked += part.looked;
        self.known += part.known;
        self.kept += part.kept;
    }

    /// Adds findings about a text that may be shown, painted over.
    fn show(&mut self, path: &str, bytes: &[u8], findings: impl IntoIterator<Item = Finding>) {
        let before = self.report.findings().len();
        self.report.extend(findings);
        if self.report.findings().len() > before && is_shown(bytes) {
            self.files.push((path.to_owned(), bytes.to_vec()));
        }
    }

    /// Returns whether anything is proved to be personal data.
    #[must_use]
    pub fn is_sure(&self) -> bool {
        self.report.has_errors()
    }

    /// Returns the texts behind the findings.
    #[must_use]
    pub fn sources(&self) -> Files {
        Files::of(self.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())))
    }
}

/// Names that were painted, each made unlike all others: two that are covered may look the same.
#[derive(Default)]
struct Names(BTreeMap<String, usize>);

impl Names {
    /// Returns a name that was not returned before.
    fn unique(&mut self, name: String) -> Arc<str> {
        let count = self.0.entry(name.clone()).or_insert(0);
        *count += 1;
        match *count {
            1 => name.into(),
            count => format!("{name}#{count}").into(),
        }
    }
}

/// Returns whether lines of a text can be shown under a finding.
fn is_shown(bytes: &[u8]) -> bool {
    bytes.len() <= LARGEST_SHOWN && std::str::from_utf8(bytes).is_ok()
}
