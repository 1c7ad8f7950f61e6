//! Downloads: for each set of data what it is, its files with their size and digest, and what is
//! not in it; and how another site shows a part of this one.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::records::PublicRecord;
use crate::site::index::Index;
use crate::site::url;
use crate::text::Phrase;

/// The view of the page of downloads.
#[derive(Serialize)]
pub(crate) struct DownloadsView {
    /// Files about the whole register.
    pub(crate) whole: Vec<FileLine>,
    /// The sets of data.
    pub(crate) sets: Vec<DataSet>,
    /// The licence; empty when the register names none.
    pub(crate) license: String,
    /// Where the licence can be read.
    pub(crate) license_url: String,
    /// Parts of the site for other sites.
    pub(crate) widgets: Vec<Widget>,
}

/// The records of a kind with their tables.
#[derive(Serialize)]
pub(crate) struct DataSet {
    /// The name of the kind, which is the set's anchor.
    pub(crate) key: String,
    /// What it is called.
    pub(crate) label: String,
    /// What it is.
    pub(crate) purpose: String,
    /// The list of its records.
    pub(crate) href: String,
    /// How many records it has.
    pub(crate) count: usize,
    /// Its files.
    pub(crate) files: Vec<FileLine>,
    /// What of it is not shown, and how.
    pub(crate) masked: Vec<String>,
}

/// A file.
#[derive(Serialize)]
pub(crate) struct FileLine {
    /// What is in it.
    pub(crate) label: String,
    /// How it is written.
    pub(crate) format: String,
    /// Where it is.
    pub(crate) href: String,
    /// How many lines a table has.
    pub(crate) rows: Option<usize>,
    /// How large it is.
    pub(crate) size_text: String,
    /// Its SHA-256.
    pub(crate) sha256: String,
}

/// A part of the site for other sites.
#[derive(Serialize)]
pub(crate) struct Widget {
    /// What it shows.
    pub(crate) label: String,
    /// Where it is.
    pub(crate) href: String,
    /// Its full address, or the path where the site's address is not known.
    pub(crate) url: String,
}

/// Returns how much of which field is not shown in some records, each said once.
pub(crate) fn masked(index: &Index<'_>, records: &[usize]) -> Vec<String> {
    let legend = index.release.schema().legend();
    let mut lines = BTreeSet::new();
    let mut kept_back = 0;
    let mut small = false;
    for record in records.iter().map(|at| index.record(*at)) {
        for hidden in record.hidden() {
            if let Some(how) = legend.forms.get(hidden.form().name()) {
                let (label, how) = (hidden.label().text(index.lang), how.text(index.lang));
                lines.insert(Phrase::new(format!("{label}:{how}"), format!("{label}: {how}")));
            }
        }
        kept_back += lists_kept_back(record);
        small |= record.is_suppressed();
    }
    let mut lines: Vec<Phrase> = lines.into_iter().collect();
    if kept_back > 0 {
        lines.push(Phrase::new(
            format!("{kept_back}张名单表不在网上"),
            format!("{kept_back} lists are not online"),
        ));
    }
    if small {
        let label = legend.small_label.text(index.lang);
        lines.push(Phrase::new(format!("{label}:写成*"), format!("{label}: shown as *")));
    }
    lines.iter().map(|line| line.text(index.lang).to_owned()).collect()
}

/// Returns how many lists of a record are not shown.
fn lists_kept_back(record: &PublicRecord) -> usize {
    record.tables().iter().filter(|table| table.kept_back().is_some()).count()
}

/// Returns the parts of the site for other sites: the open notices, and the money of each place.
pub(crate) fn widgets(index: &Index<'_>) -> Vec<Widget> {
    let widget = |label: String, href: String| {
        let full = url::absolute(&index.release.site().base_url, &href);
        Widget { label, url: if full.is_empty() { href.clone() } else { full }, href }
    };
    let notices = Phrase::new("正在公示", "Open notices").text(index.lang).to_owned();
    let places = index.places.iter();
    std::iter::once(widget(notices, url::OPEN_WIDGET.to_owned()))
        .chain(places.map(|place| widget(place.name.clone(), url::place_widget(&place.code))))
        .collect()
}
