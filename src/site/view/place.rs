//! The page of a place: its money, its notices, what it published and what it did not.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::Value;

use crate::project::{Level, Place};
use crate::records::Role;
use crate::site::chart::Amount;
use crate::site::index::Index;
use crate::site::ledger;
use crate::site::notice::State;
use crate::site::tally::{self, Entry};
use crate::site::view::coverage::{self, PlaceCoverage};
use crate::site::view::list;
use crate::site::view::timetable::{self, Timetable};
use crate::site::view::years::{self, Years};
use crate::site::{url, words};
use crate::text::{Phrase, plural};

/// How many cards of a kind a place shows before it links to the list.
const SHOWN: usize = 12;

/// A place in a list.
#[derive(Clone, Serialize)]
pub(crate) struct Line {
    name: String,
    href: String,
    level: String,
    records: usize,
    amount: String,
    amount_text: String,
    children: Vec<Self>,
}

/// The view of a place's page.
#[derive(Serialize)]
pub(crate) struct PlaceView {
    place: Head,
    /// What the place is, in one sentence.
    pub(crate) sentence: String,
    money: Vec<Pot>,
    years: Years,
    open: Value,
    groups: Vec<Group>,
    timetable: Option<Timetable>,
    coverage: Option<PlaceCoverage>,
}

#[derive(Serialize)]
struct Head {
    name: String,
    level_label: String,
    /// Whether people live here as neighbours: it may be somebody's own.
    is_village: bool,
    code: String,
    households: Option<i64>,
    persons: Option<i64>,
    counted_in: Option<i64>,
    phone: String,
    parent: Option<Parent>,
    children: Vec<Line>,
}

#[derive(Serialize)]
struct Parent {
    name: String,
    href: String,
}

#[derive(Serialize)]
struct Pot {
    label: String,
    amount_text: String,
    per_household_text: String,
    items: Vec<PotItem>,
}

#[derive(Serialize)]
struct PotItem {
    card: Value,
    amount_text: String,
}

#[derive(Serialize)]
struct Group {
    label: String,
    href: String,
    cards: Value,
}

/// Returns the money that was planned by some records, in words, and by how many of them; none where
/// there is none.
fn planned(index: &Index<'_>, records: &[usize]) -> Option<(String, usize)> {
    let entries = tally::entries(index, records, Role::Planned);
    let sum = Amount::sum(entries.iter().map(|entry| entry.amount));
    (sum != Amount::Known(0)).then(|| (sum.words(index.lang), entries.len()))
}

/// Returns the line of a place in a list.
fn line(index: &Index<'_>, place: &Place) -> Line {
    let records = index.records_in(&place.code);
    let amount = planned(index, &records).map_or_else(String::new, |(amount, _)| amount);
    let children = index
        .release
        .places()
        .below(&place.code)
        .map(|below| line(index, below))
        .filter(|line| line.records > 0)
        .collect();
    Line {
        name: place.name.clone(),
        href: url::place(&place.code),
        level: place.level.label().text(index.lang).to_owned(),
        records: records.len(),
        amount: amount.clone(),
        amount_text: amount,
        children,
    }
}

/// Returns the places that have no place above them, with all below.
pub(crate) fn tree(index: &Index<'_>) -> Vec<Line> {
    let places = index.release.places();
    places
        .iter()
        .filter(|place| places.find(&place.parent).is_none())
        .map(|place| line(index, place))
        .filter(|line| line.records > 0)
        .collect()
}

/// Returns the places that the first page shows: the register's own, or those without one above.
pub(crate) fn roots(index: &Index<'_>) -> Vec<Line> {
    let places = index.release.places();
    let own = places.find(&index.release.site().place);
    own.map_or_else(
        || tree(index),
        |own| {
            let below: Vec<Line> = places
                .below(&own.code)
                .map(|place| line(index, place))
                .filter(|line| line.records > 0)
                .collect();
            if below.is_empty() { vec![line(index, own)] } else { below }
        },
    )
}

/// Makes the view of a place's page.
pub(crate) fn place(index: &Index<'_>, place: &Place) -> PlaceView {
    let own = index.by_place.get(&place.code).map_or(&[][..], Vec::as_slice);
    let all = index.records_in(&place.code);
    let money = pots(index, place, &all);
    let open: Vec<usize> =
        all.iter().copied().filter(|at| index.states[*at] == Some(State::Open)).collect();
    let parent = index
        .release
        .places()
        .find(&place.parent)
        .map(|parent| Parent { name: parent.name.clone(), href: url::place(&parent.code) });
    PlaceView {
        sentence: sentence(index, place, &all),
        place: Head {
            name: place.name.clone(),
            level_label: place.level.label().text(index.lang).to_owned(),
            is_village: place.level == Level::Village,
            code: place.code.clone(),
            households: place.households,
            persons: place.persons,
            counted_in: place.counted_in,
            phone: place.phone.clone(),
            parent,
            children: line(index, place).children,
        },
        money,
        years: years::years(index, place, &all),
        open: index.cards_of(&open),
        groups: groups(index, place, own),
        timetable: (place.level == Level::Village)
            .then(|| timetable::timetable(index, &index.records_of(place)))
            .flatten(),
        coverage: coverage::of_place(index, place),
    }
}

/// Returns the open notices; what ends first, and so may be missed, comes first.
pub(crate) fn open_first(index: &Index<'_>) -> Vec<usize> {
    let mut open = index.notices_in(State::Open);
    open.sort_by_key(|at| index.record(*at).notice().and_then(|period| period.last()));
    open
}

/// Returns the money of a place by station, each sum with its parts.
fn pots(index: &Index<'_>, place: &Place, records: &[usize]) -> Vec<Pot> {
    let pot = |role: Role| {
        let parts = tally::entries(index, records, role);
        if parts.is_empty() {
            return None;
        }
        let total = Amount::sum(parts.iter().map(|part| part.amount));
        let households = place.households.filter(|households| *households > 0);
        let each = households.and_then(|households| years::each_of(total, households));
        let each = each.map(|yuan| {
            Phrase::new(format!("平均每户约{yuan}元"), format!("about {yuan} yuan a household"))
        });
        let words = |part: &Entry| {
            let money = words::money(index.release, index.record(part.record), role);
            money.map_or_else(|| part.amount.words(index.lang), |money| money.to_string())
        };
        Some(Pot {
            label: ledger::label(role, index.lang),
            amount_text: total.words(index.lang),
            per_household_text: each
                .map_or_else(String::new, |each| each.text(index.lang).to_owned()),
            items: parts
                .iter()
                .map(|part| PotItem {
                    card: index.cards[part.record].clone(),
                    amount_text: words(part),
                })
                .collect(),
        })
    };
    Role::STATIONS.into_iter().filter_map(pot).collect()
}

/// Returns the records of a place by kind.
fn groups(index: &Index<'_>, place: &Place, own: &[usize]) -> Vec<Group> {
    let kinds = index.release.schema().kinds();
    let mut by_kind: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in own {
        by_kind.entry(index.record(*at).kind()).or_default().push(*at);
    }
    by_kind
        .into_iter()
        .map(|(kind_index, records)| {
            let kind = &kinds[kind_index];
            // Where the kind has lists by place, the rest is one tap away.
            let by_place = kind
                .facets
                .iter()
                .find(|key| kind.field(key).is_some_and(|(_, def)| def.role == Some(Role::Place)));
            let more = records.len() > SHOWN;
            let by_place = by_place.filter(|key| list::is_listed_by(index, kind_index, key));
            let listed =
                by_place.filter(|_| more).map(|key| url::facet(&kind.name, key, &place.code));
            let shown = if listed.is_some() { &records[..SHOWN] } else { &records[..] };
            Group {
                label: kind.label.text(index.lang).to_owned(),
                href: listed.unwrap_or_default(),
                cards: index.cards_of(shown),
            }
        })
        .collect()
}

/// Returns a place in one sentence.
fn sentence(index: &Index<'_>, place: &Place, records: &[usize]) -> String {
    let count = records.len();
    let phrase = if let Some((amount, projects)) = planned(index, records) {
        Phrase::new(
            format!("{}公开了{count}条记录,安排项目{projects}个、资金{amount}。", place.name),
            format!(
                "{} has published {}: {projects} project{}, {amount} planned.",
                place.name,
                plural(count, "record"),
                if projects == 1 { "" } else { "s" }
            ),
        )
    } else {
        Phrase::new(
            format!("{}公开了{count}条记录。", place.name),
            format!("{} has published {}.", place.name, plural(count, "record")),
        )
    };
    phrase.text(index.lang).to_owned()
}
