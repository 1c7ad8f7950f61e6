//! The page to find things, and the pages of years and numbers it leads to: plain lists of links, so
//! that everything is found without a script.

use serde::Serialize;
use tera::Value;

use crate::site::index::Index;
use crate::site::search::{Finder, PER_SHELF, Search};
use crate::site::view::list::{self, Pager};
use crate::site::{url, words};
use crate::text::Phrase;

/// How many records stand on one page.
pub(crate) const PER_PAGE: usize = 100;

/// How many places the page names itself.
const PLACES: usize = 60;

/// The view of the page.
#[derive(Serialize)]
pub(crate) struct SearchView {
    /// How many pages can be found.
    pages: usize,
    /// How many shelves of terms there are.
    shelves: usize,
    /// How many texts stand on a shelf.
    per_shelf: usize,
    /// The mark of the index.
    version: String,
    places: Vec<Door>,
    places_href: String,
    years: Vec<Door>,
    kinds: Vec<Door>,
    numbers: Door,
}

/// A link with how much is behind it.
#[derive(Serialize)]
struct Door {
    label: String,
    href: String,
    count: usize,
}

/// Makes the view.
pub(crate) fn search(index: &Index<'_>, search: &Search) -> SearchView {
    let kinds = index.release.schema().kinds().iter().zip(&index.by_kind);
    let of_places = index.places.iter().filter_map(|place| {
        let count = index.by_place.get(&place.code)?.len();
        Some(Door { label: place.name.clone(), href: url::place(&place.code), count })
    });
    SearchView {
        pages: search.len(),
        shelves: search.term_shelves(),
        per_shelf: PER_SHELF,
        version: search.version(),
        places: of_places.take(PLACES).collect(),
        places_href: if index.by_place.is_empty() { "" } else { "places/index.html" }.to_owned(),
        years: (0..search.finder.years.len())
            .map(|at| Door {
                label: year_label(index, &search.finder, at),
                href: year_href(&search.finder, at),
                count: search.finder.years[at].1.len(),
            })
            .collect(),
        kinds: kinds
            .filter(|(_, records)| !records.is_empty())
            .map(|(kind, records)| Door {
                label: kind.label.text(index.lang).to_owned(),
                href: url::kind(&kind.name),
                count: records.len(),
            })
            .collect(),
        numbers: Door {
            label: numbers_label(index),
            href: numbers_href(),
            count: search.finder.numbers.len(),
        },
    }
}

/// Returns what a year is called.
pub(crate) fn year_label(index: &Index<'_>, finder: &Finder, at: usize) -> String {
    let phrase = match finder.years[at].0 {
        Some(year) => Phrase::new(format!("{year}年"), year.to_string()),
        None => Phrase::new("没有写明年份", "No year given"),
    };
    phrase.text(index.lang).to_owned()
}

/// Returns the path of a year's list.
pub(crate) fn year_href(finder: &Finder, at: usize) -> String {
    let year = finder.years[at].0.map_or_else(|| "none".to_owned(), |year| year.to_string());
    format!("find/year-{year}.html")
}

/// Returns what the list of numbers is called.
pub(crate) fn numbers_label(index: &Index<'_>) -> String {
    Phrase::new("按文号、索引号找", "By document or index number").text(index.lang).to_owned()
}

/// Returns the path of the list of numbers.
pub(crate) fn numbers_href() -> String {
    "find/numbers.html".to_owned()
}

/// The view of one page of a list.
#[derive(Serialize)]
pub(crate) struct FoundView {
    heading: String,
    count: usize,
    lines: Vec<Line>,
    pager: Option<Pager>,
}

/// A record in a list, under its title or a number.
#[derive(Serialize)]
struct Line {
    number: String,
    card: Value,
}

/// Makes a page of a year's list.
pub(crate) fn year(index: &Index<'_>, finder: &Finder, at: usize, number: usize) -> FoundView {
    let records = &finder.years[at].1;
    let line = |at: &usize| Line { number: String::new(), card: index.cards[*at].clone() };
    FoundView {
        heading: year_label(index, finder, at),
        count: records.len(),
        lines: page(records, number).iter().map(line).collect(),
        pager: list::pager(&year_href(finder, at), number, records.len()),
    }
}

/// Makes a page of the list of numbers.
pub(crate) fn numbers(index: &Index<'_>, finder: &Finder, number: usize) -> FoundView {
    let lines = page(&finder.numbers, number).iter().map(|entry| {
        let title = words::title(index.release, index.record(entry.record));
        // A record without a title is called by its id.
        let number = if title == entry.number { String::new() } else { entry.number.clone() };
        Line { number, card: index.cards[entry.record].clone() }
    });
    FoundView {
        heading: numbers_label(index),
        count: finder.numbers.len(),
        lines: lines.collect(),
        pager: list::pager(&numbers_href(), number, finder.numbers.len()),
    }
}

/// Returns what stands on one page of a list.
fn page<T>(list: &[T], number: usize) -> &[T] {
    list.chunks(PER_PAGE).nth(number - 1).unwrap_or(&[])
}
