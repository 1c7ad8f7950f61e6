//! What findings may quote of the files that are public by nature: their keys and their values, and
//! not what stands in comments.

use std::sync::Arc;

use toml::de::{DeTable, DeValue};

use crate::diag::Span;
use crate::diag::source::Shown;
use crate::files::Files;
use crate::project::{PLACES_FILE, SITE_FILE, THEME_SETTINGS};
use crate::syntax::quotable;

/// Returns what may be quoted of `site.toml`, `places.toml` and the settings of the register's theme.
pub(crate) fn shown(files: &Files) -> Shown {
    let mut shown = Shown::default();
    for name in [SITE_FILE, PLACES_FILE, THEME_SETTINGS] {
        // Behind a byte-order mark the places of findings are not those of the text.
        let Some(text) = files.text(name).filter(|text| !text.starts_with('\u{feff}')) else {
            continue;
        };
        let (table, _) = DeTable::parse_recoverable(text);
        Place { path: Arc::from(name) }.table(table.get_ref(), &mut shown);
    }
    shown
}

/// A file.
struct Place {
    path: Arc<str>,
}

impl Place {
    /// Allows what a table says.
    fn table(&self, table: &DeTable<'_>, shown: &mut Shown) {
        for (key, node) in table {
            // What slipped out of its quotes may look like a key.
            if quotable(key.get_ref()).is_none() {
                continue;
            }
            self.allow(key.span(), shown);
            self.value(node, shown);
        }
    }

    /// Allows a value; of tables, what is known of their keys.
    fn value(&self, node: &toml::Spanned<DeValue<'_>>, shown: &mut Shown) {
        match node.get_ref() {
            DeValue::Table(table) => self.table(table, shown),
            DeValue::Array(array) => array.iter().for_each(|node| self.value(node, shown)),
            _ => self.allow(node.span(), shown),
        }
    }

    /// Allows a range of the text.
    fn allow(&self, range: std::ops::Range<usize>, shown: &mut Shown) {
        shown.allow(&Span::new(&self.path, range));
    }
}
