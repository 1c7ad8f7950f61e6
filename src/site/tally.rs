//! Tallies: the money of some records, by what it is for, by place, by year or record by record, as the
//! parts of a chart.
//!
//! Pages and short codes ask the same way: [`of_records`] takes any set of records. What is not listed
//! stays so: it makes its group, and with it the whole, something that is not listed.

use std::collections::{BTreeMap, BTreeSet};

use crate::records::{Datum, PublicRecord, Role};
use crate::site::chart::{Amount, Bars, Donut, Draw, Figure, Line, Part, Parts, TileMap, figure};
use crate::site::index::Index;
use crate::site::ledger::Account;
use crate::site::{url, words};
use crate::text::Phrase;

/// What the parts of a tally are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    /// The records themselves.
    Record,
    /// What the money is for: the first choice by which a kind is listed, but not its stage.
    Use,
    /// Places.
    Place,
    /// Years, in their order.
    Year,
}

/// How a tally is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    /// Bars.
    Bars,
    /// A ring; bars where a part is not listed.
    Donut,
    /// A line through years.
    Line,
    /// A map of tiles.
    Tiles,
}

/// The money of one record.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    /// The record.
    pub(crate) record: usize,
    /// How much.
    pub(crate) amount: Amount,
}

/// Returns the money that records state at a station.
pub(crate) fn entries(index: &Index<'_>, records: &[usize], station: Role) -> Vec<Entry> {
    let entry = |record: &usize| {
        let amount = match words::datum(index.release, index.record(*record), station)? {
            Datum::Money(money) => Amount::Known(money.fen()),
            Datum::Small(_) => Amount::Unlisted,
            _ => return None,
        };
        Some(Entry { record: *record, amount })
    };
    records.iter().filter_map(entry).collect()
}

/// Returns the money that arrived at a station.
pub(crate) fn arrived(account: &Account, station: Role) -> Vec<Entry> {
    let arrivals = account.at(station);
    arrivals.map(|at| Entry { record: at.record, amount: Amount::Known(at.fen) }).collect()
}

/// Returns the order, the name and the page of the group that a record belongs to.
pub(crate) fn group(index: &Index<'_>, record: usize, by: By) -> (String, String, String) {
    let public = index.record(record);
    let say = |zh: &str, en: &str| Phrase::new(zh, en).text(index.lang).to_owned();
    let none = |zh: &str, en: &str| ("~".to_owned(), say(zh, en), String::new());
    match by {
        By::Record => {
            (format!("{record:08}"), words::title(index.release, public), index.href(record))
        }
        By::Place => words::place_code(index.release, public).map_or_else(
            || none("没有写明地点", "no place named"),
            |code| {
                let name = words::place_name(index.release, code).to_owned();
                (code.to_owned(), name, url::place(code))
            },
        ),
        By::Year => words::year(index.release, public).map_or_else(
            || none("没有写明年份", "no year named"),
            |year| {
                (format!("{year:06}"), say(&format!("{year}年"), &year.to_string()), String::new())
            },
        ),
        By::Use => use_of(index, public).unwrap_or_else(|| none("没有写明用途", "no use named")),
    }
}

/// Returns what a record's money is for.
fn use_of(index: &Index<'_>, record: &PublicRecord) -> Option<(String, String, String)> {
    let kind = &index.release.schema().kinds()[record.kind()];
    let (at, def) = kind.use_field()?;
    let field = record.fields().iter().find(|field| field.field() == at)?;
    let Datum::Choice(choice) = field.values().first()?.datum() else {
        return None;
    };
    let choice_def = def.choices.get(*choice)?;
    let label = choice_def.label.text(index.lang).to_owned();
    let href = url::facet(&kind.name, &def.key, &url::slug(&choice_def.value));
    // The same words of several kinds are one use.
    Some((format!("{choice:04} {label}"), label, href))
}

/// Returns entries as parts, one a group, in the order of the groups.
pub(crate) fn parts(index: &Index<'_>, entries: &[Entry], by: By) -> Vec<Part> {
    let mut groups: BTreeMap<String, Part> = BTreeMap::new();
    let mut of_kind: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    for entry in entries {
        let (order, label, href) = group(index, entry.record, by);
        of_kind.entry(index.record(entry.record).kind()).or_default().insert(order.clone());
        let part = groups.entry(order).or_insert(Part { label, amount: Amount::Known(0), href });
        part.amount = Amount::sum([part.amount, entry.amount]);
    }
    // A kind has lists by a field only where its records have two values of it at least.
    let alone = by == By::Use && of_kind.values().any(|orders| orders.len() < 2);
    let mut parts: Vec<Part> = groups.into_values().collect();
    if alone {
        parts.iter_mut().for_each(|part| part.href = String::new());
    }
    parts
}

/// Adds a part for what is not listed at a station, if there is any.
pub(crate) fn with_unlisted(
    index: &Index<'_>,
    mut parts: Vec<Part>,
    account: &Account,
    station: Role,
) -> Vec<Part> {
    if account.unlisted.contains(&station) {
        let label = Phrase::new("不列出的", "not listed").text(index.lang).to_owned();
        parts.push(Part { label, amount: Amount::Unlisted, href: String::new() });
    }
    parts
}

/// Draws parts; `None` where there is nothing to draw.
pub(crate) fn draw(
    index: &Index<'_>,
    (id, caption): (&str, String),
    parts: Vec<Part>,
    sort: Sort,
) -> Option<Figure> {
    let unlisted = parts.iter().any(|part| part.amount == Amount::Unlisted);
    let parts = Parts::new(parts)?;
    let chart: Box<dyn Draw> = match sort {
        Sort::Donut if !unlisted => Box::new(Donut { parts }),
        Sort::Bars | Sort::Donut => Box::new(Bars { parts }),
        Sort::Line => Box::new(Line { parts }),
        Sort::Tiles => Box::new(TileMap { parts }),
    };
    Some(figure(id, caption, chart.as_ref(), index.lang))
}

/// Draws what some records state at a station; `None` where they state nothing.
pub(crate) fn of_records(
    index: &Index<'_>,
    (id, caption): (&str, String),
    (records, station): (&[usize], Role),
    (by, sort): (By, Sort),
) -> Option<Figure> {
    draw(index, (id, caption), parts(index, &entries(index, records, station), by), sort)
}
