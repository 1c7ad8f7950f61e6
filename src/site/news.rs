//! News: what was published last, for the site, for a kind or for a place. Every feed is made of it.
//!
//! What is not published yet is no news, and a withdrawn list is: readers are to fetch what took its
//! place. Knows nothing of how a feed is written.

use std::collections::BTreeSet;

use crate::site::index::Index;
use crate::site::page::{Page, Subject};
use crate::site::url::{self, Route};
use crate::site::{sentence, words};
use crate::text::{Day, Lang, Phrase};

/// How many records the feeds of the site and of a kind hold.
const ENTRIES: usize = 50;

/// How many records the feed of a place holds: a county has a thousand villages.
const PLACE_ENTRIES: usize = 20;

/// What a feed is about, and its newest records.
pub(crate) struct Channel {
    /// What it is called.
    pub(crate) title: String,
    /// The path of the page about the same.
    pub(crate) page: String,
    /// The records, newest first.
    pub(crate) records: Vec<usize>,
}

impl Channel {
    /// Returns the day on which the newest of its records changed; the as-of day when it has none.
    pub(crate) fn changed_on(&self, index: &Index<'_>) -> Day {
        let newest = self.records.iter().filter_map(|at| changed_on(index, *at)).max();
        newest.unwrap_or_else(|| index.release.as_of())
    }
}

/// Plans a file with this name for the site, for each kind and for each place that has records;
/// none when the site's address is not known, since entries would have no names that last.
pub(crate) fn plan(index: &Index<'_>, name: &str) -> Vec<Page> {
    if index.release.site().base_url.is_empty() {
        return Vec::new();
    }
    let filled = (0..index.by_kind.len()).filter(|kind| !index.by_kind[*kind].is_empty());
    let kinds = filled.map(|kind| Subject::Kind { kind, number: 1 });
    let places = places(index).into_iter().map(Subject::Place);
    std::iter::once(Subject::Whole)
        .chain(kinds)
        .chain(places)
        .map(|subject| Page { route: Route::new(folder(index, &subject) + name), subject })
        .collect()
}

/// Returns the folder for the feeds about something.
fn folder(index: &Index<'_>, subject: &Subject) -> String {
    match subject {
        Subject::Kind { kind, .. } => format!("{}/", index.release.schema().kinds()[*kind].name),
        Subject::Place(code) => place_folder(code),
        _ => String::new(),
    }
}

/// Returns the folder for the feeds about a place.
pub(crate) fn place_folder(code: &str) -> String {
    format!("places/{code}/")
}

/// Returns the codes of the places that have records themselves or below them.
fn places(index: &Index<'_>) -> BTreeSet<String> {
    let places = index.release.places();
    let above = |code: &String| places.path(code).into_iter().map(|place| place.code.clone());
    index.by_place.keys().flat_map(above).collect()
}

/// Returns what a feed about something holds.
pub(crate) fn channel(index: &Index<'_>, subject: &Subject) -> Channel {
    let site = &index.release.site().title;
    let newest = |records: &[usize], most: usize| {
        let published =
            |at: &&usize| index.days[**at].is_some_and(|day| day <= index.release.as_of());
        records.iter().filter(published).take(most).copied().collect()
    };
    match subject {
        Subject::Kind { kind, .. } => {
            let def = &index.release.schema().kinds()[*kind];
            Channel {
                title: format!("{} - {site}", def.label.text(index.lang)),
                page: url::kind(&def.name),
                records: newest(&index.by_kind[*kind], ENTRIES),
            }
        }
        Subject::Place(code) => Channel {
            title: format!("{} - {site}", words::place_name(index.release, code)),
            page: url::place(code),
            records: newest(&index.records_in(code), PLACE_ENTRIES),
        },
        _ => Channel {
            title: site.clone(),
            page: "index.html".to_owned(),
            records: newest(&index.newest, ENTRIES),
        },
    }
}

/// Returns the day a record last changed: when it was published, or when its list was withdrawn, so
/// that readers fetch what took the list's place.
pub(crate) fn changed_on(index: &Index<'_>, at: usize) -> Option<Day> {
    let withdrawn = words::withdrawn_on(index.release, index.record(at));
    index.days[at].max(withdrawn)
}

/// Returns the sentence of a record, and whether its list was withdrawn.
pub(crate) fn summary(index: &Index<'_>, at: usize) -> String {
    let (release, lang) = (index.release, index.lang);
    let sentence = sentence::sentence(release, index.record(at), lang);
    let Some(day) = words::withdrawn_on(release, index.record(at)) else {
        return sentence;
    };
    let withdrawn = Phrase::new(
        format!("名单已于{}撤下。", day.words(Lang::Zh)),
        format!(" The list was withdrawn on {}.", day.words(Lang::En)),
    );
    format!("{sentence}{}", withdrawn.text(lang))
}

/// Returns the office that publishes a record, if the record names one.
pub(crate) fn publisher(index: &Index<'_>, at: usize) -> String {
    let record = index.record(at);
    let fields = &index.release.schema().kinds()[record.kind()].fields;
    words::with_role(index.release, record, crate::records::Role::Publisher)
        .map_or_else(String::new, |field| {
            words::field(index.release, &fields[field.field()], field, index.lang)
        })
}

/// Returns the beginning of a day in China, as feeds write it.
pub(crate) fn moment(day: Day) -> String {
    format!("{day}T00:00:00+08:00")
}
