//! The index: how the records of a release hang together, worked out once for all pages.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use tera::Value;

use crate::project::{Level, Place};
use crate::records::{Datum, PublicField, PublicRecord, PublicTable, Release, Role};
use crate::site::chart::Amount;
use crate::site::coverage::Coverage;
use crate::site::notice::{self, State};
use crate::site::{card, words};
use crate::text::{Day, Lang, Money};

/// How records hang together. Everything is in a fixed order.
pub(crate) struct Index<'r> {
    /// What the pages are made of.
    pub(crate) release: &'r Release,
    /// The language of the pages.
    pub(crate) lang: Lang,
    /// The records of each kind, newest first.
    pub(crate) by_kind: Vec<Vec<usize>>,
    /// All records, newest first.
    pub(crate) newest: Vec<usize>,
    /// The records of each place itself, newest first.
    pub(crate) by_place: BTreeMap<String, Vec<usize>>,
    /// The notices about each record.
    pub(crate) notices_of: Vec<Vec<usize>>,
    /// The records that name each record, other than in a notice or a flow of money.
    pub(crate) naming: Vec<Vec<usize>>,
    /// The flows into each record.
    pub(crate) inflows: Vec<Vec<usize>>,
    /// The flows out of each record.
    pub(crate) outflows: Vec<Vec<usize>>,
    /// The stations at which money of each record went on in an amount that is not listed.
    pub(crate) unlisted: Vec<BTreeSet<Role>>,
    /// The lists of people or organisations that were paid out of each record.
    pub(crate) payouts: Vec<Vec<usize>>,
    /// Where each notice stands; `None` for records that are none.
    pub(crate) states: Vec<Option<State>>,
    /// The open notices of each place itself, and those with shown rows of the place.
    open_at: BTreeMap<String, OpenAt>,
    /// The day each record is put in order by.
    pub(crate) days: Vec<Option<Day>>,
    /// What each place published of what has to be.
    pub(crate) coverage: Coverage,
    /// What was planned for each place and all below it, by year.
    pub(crate) planned: BTreeMap<String, BTreeMap<i16, Amount>>,
    /// Every place, the register's own and those below it first.
    pub(crate) places: Vec<&'r Place>,
    /// The card of each record.
    pub(crate) cards: Vec<Value>,
}

/// The open notices that have to do with a place.
#[derive(Default)]
struct OpenAt {
    /// Those of the place itself.
    own: BTreeSet<usize>,
    /// Those that show rows of the place, or speak of records that do.
    rows: BTreeSet<usize>,
}

impl<'r> Index<'r> {
    /// Works out the index of a release.
    pub(crate) fn new(release: &'r Release, lang: Lang) -> Self {
        let records = release.records();
        let days: Vec<Option<Day>> =
            records.par_iter().map(|record| words::day(release, record)).collect();
        let newest_first = |list: &mut Vec<usize>| {
            list.sort_by(|left, right| days[*right].cmp(&days[*left]).then(left.cmp(right)));
        };
        let mut newest: Vec<usize> = (0..records.len()).collect();
        newest_first(&mut newest);
        let mut by_kind = vec![Vec::new(); release.schema().kinds().len()];
        let mut by_place: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for index in &newest {
            let record = &records[*index];
            by_kind[record.kind()].push(*index);
            if let Some(code) = words::place_code(release, record) {
                by_place.entry(code.to_owned()).or_default().push(*index);
            }
        }
        let mut index = Self {
            release,
            lang,
            by_kind,
            newest,
            by_place,
            notices_of: vec![Vec::new(); records.len()],
            naming: vec![Vec::new(); records.len()],
            inflows: vec![Vec::new(); records.len()],
            outflows: vec![Vec::new(); records.len()],
            unlisted: vec![BTreeSet::new(); records.len()],
            payouts: vec![Vec::new(); records.len()],
            states: records
                .iter()
                .map(|record| record.notice().map(|period| notice::state(period, release.as_of())))
                .collect(),
            open_at: BTreeMap::new(),
            coverage: Coverage::new(release, &days),
            planned: planned(release),
            days,
            places: own_first(release),
            cards: Vec::new(),
        };
        index.tie();
        index.open_at = index.open_places();
        let units: Vec<Vec<Option<Money>>> = release
            .schema()
            .kinds()
            .par_iter()
            .zip(&index.by_kind)
            .map(|(kind, own)| {
                let own: Vec<&PublicRecord> = own.iter().map(|at| &records[*at]).collect();
                card::units(release, kind, &own)
            })
            .collect();
        index.cards = records
            .par_iter()
            .enumerate()
            .map(|(at, record)| {
                Value::from_serializable(&card::card(
                    release,
                    record,
                    (index.days[at], &units[record.kind()]),
                    lang,
                ))
            })
            .collect();
        index
    }

    /// Ties records that name one another.
    fn tie(&mut self) {
        for (number, flow) in self.release.flows().iter().enumerate() {
            self.inflows[flow.target()].push(number);
            for source in flow.sources() {
                self.outflows[*source].push(number);
            }
        }
        for (from, record) in self.release.records().iter().enumerate() {
            let unlisted = words::unlisted_station(self.release, record);
            let payout = words::payout(self.release, record);
            for (role, to) in references(self.release, record) {
                if let (Some(Role::From), Some(station)) = (role, unlisted) {
                    self.unlisted[to].insert(station);
                }
                match (role, payout) {
                    (Some(Role::From), Some(Datum::Small(_))) => {
                        self.unlisted[to].insert(Role::Paid);
                    }
                    (Some(Role::From), Some(_)) if self.payouts[to].last() != Some(&from) => {
                        self.payouts[to].push(from);
                    }
                    _ => {}
                }
                let list = match role {
                    Some(Role::About) if record.notice().is_some() => &mut self.notices_of[to],
                    Some(Role::From) => continue,
                    _ => &mut self.naming[to],
                };
                // Records come one after another: a second mention is always the last of the list.
                if list.last() != Some(&from) {
                    list.push(from);
                }
            }
        }
        let days = &self.days;
        for list in self.notices_of.iter_mut().chain(&mut self.naming) {
            list.sort_by(|left, right| days[*right].cmp(&days[*left]).then(left.cmp(right)));
        }
    }

    /// Returns a record.
    pub(crate) fn record(&self, index: usize) -> &'r PublicRecord {
        &self.release.records()[index]
    }

    /// Returns the records of a place and of every place below it, newest first.
    pub(crate) fn records_in(&self, code: &str) -> Vec<usize> {
        let family = self.family(code);
        let own = family.iter().filter_map(|code| self.by_place.get(code));
        let mut list: Vec<usize> = own.flatten().copied().collect();
        list.sort_by(|left, right| self.days[*right].cmp(&self.days[*left]).then(left.cmp(right)));
        list
    }

    /// Returns the open notices of each place, and those with rows of it.
    fn open_places(&self) -> BTreeMap<String, OpenAt> {
        let mut places: BTreeMap<String, OpenAt> = BTreeMap::new();
        for at in self.notices_in(State::Open) {
            let record = self.record(at);
            if let Some(code) = words::place_code(self.release, record) {
                places.entry(code.to_owned()).or_default().own.insert(at);
            }
            let about = references(self.release, record);
            let about = about.into_iter().filter(|(role, _)| *role == Some(Role::About));
            for spoken in about.map(|(_, to)| self.record(to)).chain([record]) {
                // Of a list that is not shown, it is not said here where its people live.
                let rows = spoken.tables().iter().flat_map(PublicTable::rows).flatten();
                for value in rows.flat_map(PublicField::values) {
                    if let Datum::Place(code) = value.datum() {
                        places.entry(code.clone()).or_default().rows.insert(at);
                    }
                }
            }
        }
        places
    }

    /// Returns the open notices that concern a place: its own, those of places above and below, and those
    /// with rows of it; what ends first comes first.
    pub(crate) fn open_for(&self, code: &str) -> Vec<usize> {
        let mut found: BTreeSet<usize> = BTreeSet::new();
        for above in self.release.places().path(code) {
            found.extend(self.open_at.get(&above.code).into_iter().flat_map(|open| &open.own));
        }
        for below in self.family(code) {
            if let Some(open) = self.open_at.get(&below) {
                found.extend(open.own.iter().chain(&open.rows));
            }
        }
        let mut open: Vec<usize> = found.into_iter().collect();
        open.sort_by_key(|at| self.record(*at).notice().and_then(|period| period.last()));
        open
    }

    /// Returns the records by which it is told what a place published: its own and those of the groups
    /// in it, which have nobody else to publish for them; newest first.
    pub(crate) fn records_of(&self, place: &Place) -> Vec<usize> {
        let below = self.release.places().below(&place.code);
        let groups = below.filter(|below| below.level == Level::Group);
        let codes = std::iter::once(place).chain(groups).map(|place| &place.code);
        let own = codes.filter_map(|code| self.by_place.get(code));
        let mut list: Vec<usize> = own.flatten().copied().collect();
        list.sort_by(|left, right| self.days[*right].cmp(&self.days[*left]).then(left.cmp(right)));
        list
    }

    /// Returns the codes of a place and of every place below it.
    pub(crate) fn family(&self, code: &str) -> Vec<String> {
        let mut codes = vec![code.to_owned()];
        let mut at = 0;
        while at < codes.len() {
            let current = codes[at].clone();
            for place in self.release.places().below(&current) {
                if !codes.contains(&place.code) {
                    codes.push(place.code.clone());
                }
            }
            at += 1;
        }
        codes
    }

    /// Returns the path of a record's page.
    pub(crate) fn href(&self, index: usize) -> String {
        let record = self.record(index);
        crate::site::url::record(words::kind_name(self.release, record), record.id())
    }

    /// Returns where a link of prose leads: to a record, or to a page of the register's own.
    pub(crate) fn target(&self, link: &str) -> Option<String> {
        if let Some(record) = self.release.find(link) {
            return Some(self.href(record));
        }
        let stem = link.strip_prefix(crate::site::url::PAGES)?;
        self.release.page(stem).map(|_| crate::site::url::written(stem))
    }

    /// Returns the cards of records.
    pub(crate) fn cards_of(&self, list: &[usize]) -> Value {
        Value::from(list.iter().map(|index| self.cards[*index].clone()).collect::<Vec<_>>())
    }

    /// Returns the notices in a state, in the order of `newest`.
    pub(crate) fn notices_in(&self, state: State) -> Vec<usize> {
        self.newest.iter().copied().filter(|index| self.states[*index] == Some(state)).collect()
    }
}

/// Returns every place, the register's own and those below it first: a register may speak of others,
/// but its readers live here.
fn own_first(release: &Release) -> Vec<&Place> {
    let mut all: Vec<&Place> = release.places().iter().collect();
    all.sort_by_cached_key(|place| !is_own(release, &place.code));
    all
}

/// Returns whether a place is the register's own, or below it.
pub(crate) fn is_own(release: &Release, code: &str) -> bool {
    let own = &release.site().place;
    release.places().path(code).iter().any(|above| above.code == *own)
}

/// Returns what was planned for each place and all below it, by year.
fn planned(release: &Release) -> BTreeMap<String, BTreeMap<i16, Amount>> {
    let mut sums: BTreeMap<String, BTreeMap<i16, Amount>> = BTreeMap::new();
    for record in release.records() {
        let amount = match words::datum(release, record, Role::Planned) {
            Some(Datum::Money(money)) => Amount::Known(money.fen()),
            Some(Datum::Small(_)) => Amount::Unlisted,
            _ => continue,
        };
        let year = words::year(release, record);
        let (Some(code), Some(year)) = (words::place_code(release, record), year) else {
            continue;
        };
        for place in release.places().path(code) {
            let of_place = sums.entry(place.code.clone()).or_default();
            let sum = of_place.entry(year).or_insert(Amount::Known(0));
            *sum = Amount::sum([*sum, amount]);
        }
    }
    sums
}

/// Returns every record that a record names, with the role of the field.
fn references(release: &Release, record: &PublicRecord) -> Vec<(Option<Role>, usize)> {
    let kind = &release.schema().kinds()[record.kind()];
    let mut found = Vec::new();
    let mut add = |role: Option<Role>, field: &PublicField| {
        for value in field.values() {
            if let Datum::Record(index) = value.datum() {
                found.push((role, *index));
            }
        }
    };
    for field in record.fields() {
        add(kind.fields[field.field()].role, field);
    }
    for table in record.tables() {
        for field in table.rows().iter().flatten() {
            add(kind.tables[table.table()].fields[field.field()].role, field);
        }
    }
    found
}
