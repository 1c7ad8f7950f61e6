//! What findings may quote of the files that are public by nature: their keys and their values, and
//! not what stands in comments, under keys that nobody knows, or in a file that is not TOML.

use std::collections::BTreeSet;
use std::sync::Arc;

use toml::de::{DeTable, DeValue};

use crate::diag::source::Shown;
use crate::diag::{Report, Span};
use crate::files::Files;
use crate::project::{PLACES_FILE, SITE_FILE, THEME_SETTINGS};
use crate::syntax::quotable;

/// Returns what may be quoted of `site.toml`, `places.toml` and the settings of the register's theme.
pub(crate) fn shown(files: &Files, report: &Report) -> Shown {
    let mut shown = Shown::default();
    for name in [SITE_FILE, PLACES_FILE, THEME_SETTINGS] {
        // Behind a byte-order mark the places of findings are not those of the text.
        let Some(text) = files.text(name).filter(|text| !text.starts_with('\u{feff}')) else {
            continue;
        };
        let (table, errors) = DeTable::parse_recoverable(text);
        let faults: BTreeSet<&Span> = report
            .findings()
            .iter()
            .map(|finding| &finding.primary.span)
            .filter(|span| *span.path == *name)
            .collect();
        // What could not be read may not be what it seems to be.
        let place = Place { path: Arc::from(name), is_whole: errors.is_empty(), faults };
        place.table(table.get_ref(), &mut shown);
    }
    shown
}

/// A file.
struct Place<'r> {
    path: Arc<str>,
    /// Whether all of it could be read.
    is_whole: bool,
    /// Where findings stand.
    faults: BTreeSet<&'r Span>,
}

impl Place<'_> {
    /// Allows what a table says.
    fn table(&self, table: &DeTable<'_>, shown: &mut Shown) {
        for (key, node) in table {
            // What slipped out of its quotes may look like a key.
            if quotable(key.get_ref()).is_none() {
                continue;
            }
            self.allow(key.span(), shown);
            // A finding about a key says that nobody asked for its value, which may be anything.
            if self.is_whole && !self.faults.contains(&Span::new(&self.path, key.span())) {
                self.value(node, shown);
            }
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

#[cfg(test)]
mod tests {
    use super::shown;
    use crate::diag::{Report, Sources, Span};
    use crate::files::Files;
    use crate::project::{SITE_FILE, Site};
    use std::sync::Arc;

    /// Returns a line of `site.toml` as it may be shown.
    fn line(text: &str, at: usize) -> String {
        let files = Files::of([(SITE_FILE, text)]);
        let mut report = Report::default();
        let _only_for_its_findings = Site::read(&files, &mut report);
        let shown = shown(&files, &report);
        let span = Span::new(&Arc::from(SITE_FILE), at..at + 1);
        Sources::new(&files, &shown).snippet(&span).expect("a line").text
    }

    #[test]
    fn keys_and_values_are_shown_and_what_nobody_asked_for_is_not() {
        let text = "title = \"路灯\" # 赵示安\nperson = \"赵示安\"\n";
        assert_eq!(line(text, 0), "title = \"路灯\" * ***");
        assert_eq!(line(text, text.find("person").expect("it is there")), "person = \"***\"");
        assert_eq!(line("title = \"路灯\nplace = \"1\"\n", 0), "title = \"**");
    }
}
