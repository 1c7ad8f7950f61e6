//! The rows of the disclosure catalogues: what has to be published, by whom and how soon, as data.

use crate::project::Level;
use crate::records::schema::{Kind, Term};

/// A matter that has to be published.
#[derive(Debug, Clone)]
pub struct CatalogueRow {
    /// Its name in the data.
    pub id: String,
    /// The field it belongs to.
    pub field: String,
    /// The matter it is a part of.
    pub level1: String,
    /// The matter.
    pub level2: String,
    /// How soon it is to be published.
    pub deadline: Option<Term>,
    /// Who publishes it.
    pub publisher: String,
    /// The levels of places that have to publish it.
    pub levels: Vec<Level>,
    /// Whether only the board of a village may show it.
    pub board_only: bool,
}

impl CatalogueRow {
    /// Returns whether a kind serves this matter.
    #[must_use]
    pub fn is_served_by(&self, kind: &Kind) -> bool {
        kind.catalogue.contains(&self.level2)
    }

    /// Returns whether a choice speaks of this matter.
    #[must_use]
    pub fn is_named(&self, names: &[String]) -> bool {
        names.iter().any(|name| *name == self.level1 || *name == self.level2)
    }
}

/// A row as written.
#[derive(serde::Deserialize)]
pub(super) struct RowFile {
    id: String,
    generation: String,
    field: String,
    level1: String,
    level2: String,
    deadline: String,
    publisher: String,
    channels: Vec<String>,
    levels: Vec<String>,
}

/// The catalogues as written.
#[derive(serde::Deserialize)]
pub(super) struct CatalogueFile {
    row: Vec<RowFile>,
}

/// What the channel of every board is called in the catalogues.
const BOARD: &str = "公示栏";

impl CatalogueFile {
    /// Returns the rows of the newest generation: those before it say the same in other words.
    pub(super) fn rows(self) -> Vec<CatalogueRow> {
        let newest = self.row.iter().map(|row| row.generation.clone()).max();
        let rows = self.row.into_iter().filter(|row| Some(&row.generation) == newest.as_ref());
        rows.map(|row| CatalogueRow {
            deadline: Term::parse(&row.deadline),
            levels: row
                .levels
                .iter()
                .filter_map(|name| {
                    Level::ALL.iter().find(|(_, known, _)| known == name).map(|(level, ..)| *level)
                })
                .collect(),
            board_only: row.channels.iter().all(|channel| channel.contains(BOARD)),
            id: row.id,
            field: row.field,
            level1: row.level1,
            level2: row.level2,
            publisher: row.publisher,
        })
        .collect()
    }
}
