//! Coverage: which matters of the disclosure catalogues each place published, when, and how late.
//!
//! Worked out once for all pages: a place asks for its own lines and for those of the places above.

use std::collections::BTreeMap;

use crate::project::{Level, Place};
use crate::records::{CatalogueRow, Datum, Kind, PublicRecord, Release, Role};
use crate::site::words;
use crate::text::{Day, Period};

/// How many quarters are told apart.
pub(crate) const QUARTERS: usize = 4;

/// What a place published of one matter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Line {
    /// How many records.
    pub(crate) count: usize,
    /// How many of them came after the time limit of the catalogue.
    pub(crate) late: usize,
    /// The newest record.
    pub(crate) newest: Option<(Day, usize)>,
    /// How many in each of the last quarters, the newest first.
    pub(crate) quarters: [usize; QUARTERS],
}

/// How a place stands with one matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum State {
    /// It published it, in time as far as days tell.
    Done,
    /// It published it, some of it late.
    Late,
    /// A place above published it for all below.
    Above,
    /// Only the board of the village may show it.
    Board,
    /// Nothing is there.
    Missing,
}

/// What every place published of every matter.
pub(crate) struct Coverage {
    /// By matter and code of the place.
    lines: Vec<BTreeMap<String, Line>>,
    /// The quarters told apart, the newest first.
    pub(crate) quarters: Vec<Period>,
}

/// Returns the last quarters up to a day, the newest first.
pub(crate) fn quarters(as_of: Day) -> Vec<Period> {
    let back = i32::try_from(QUARTERS).expect("a handful of quarters");
    (0..back)
        .filter_map(|back| {
            let day = as_of.plus_months(-3 * back);
            Period::parse(&format!("{}-Q{}", day.year(), day.quarter()))
        })
        .collect()
}

impl Coverage {
    /// Works out what every place published; `days` are the days of the records.
    pub(crate) fn new(release: &Release, days: &[Option<Day>]) -> Self {
        let schema = release.schema();
        let rows = schema.catalogue();
        let of_kind = |kind: &Kind| -> Vec<usize> {
            (0..rows.len()).filter(|at| rows[*at].is_served_by(kind)).collect()
        };
        let served: Vec<Vec<usize>> = schema.kinds().iter().map(of_kind).collect();
        let quarters = quarters(release.as_of());
        let mut lines = vec![BTreeMap::new(); rows.len()];
        for (at, record) in release.records().iter().enumerate() {
            let Some(code) = words::place_code(release, record) else {
                continue;
            };
            for row in &served[record.kind()] {
                if !serves(release, record, &rows[*row]) {
                    continue;
                }
                let code = credited(release, code, &rows[*row]);
                let line: &mut Line = lines[*row].entry(code.to_owned()).or_default();
                line.count += 1;
                line.late += usize::from(is_late(release, record, &rows[*row]));
                let Some(day) = days[at] else {
                    continue;
                };
                if line.newest.is_none_or(|(newest, _)| newest < day) {
                    line.newest = Some((day, at));
                }
                if let Some(quarter) = quarters.iter().position(|own| own.contains(day)) {
                    line.quarters[quarter] += 1;
                }
            }
        }
        Self { lines, quarters }
    }

    /// Returns what a place published of a matter.
    pub(crate) fn line(&self, row: usize, code: &str) -> Line {
        self.lines[row].get(code).copied().unwrap_or_default()
    }

    /// Returns how a place stands with a matter, and the place and line that say so.
    pub(crate) fn state<'p>(
        &self,
        release: &'p Release,
        row: usize,
        place: &'p Place,
    ) -> (State, &'p Place, Line) {
        let own = self.line(row, &place.code);
        if own.count > 0 {
            return (if own.late > 0 { State::Late } else { State::Done }, place, own);
        }
        let above = release.places().path(&place.code).into_iter().rev();
        for upper in above.filter(|upper| upper.code != place.code) {
            let line = self.line(row, &upper.code);
            if line.count > 0 {
                return (State::Above, upper, line);
            }
        }
        let board = release.schema().catalogue()[row].board_only;
        (if board { State::Board } else { State::Missing }, place, own)
    }
}

/// Returns the code of the place whose duty a record of a place fulfils: a group has none of its own, and
/// what it publishes is that of the nearest place above that has to publish the matter.
fn credited<'c>(release: &'c Release, code: &'c str, row: &CatalogueRow) -> &'c str {
    let places = release.places();
    if places.find(code).is_none_or(|place| place.level != Level::Group) {
        return code;
    }
    let obliged = |place: &&Place| row.levels.contains(&place.level);
    places.path(code).into_iter().rev().find(obliged).map_or(code, |place| &place.code)
}

/// Returns whether a record serves a matter that its kind serves: where a choice of its kind names the
/// matter, the record's own choice must.
fn serves(release: &Release, record: &PublicRecord, row: &CatalogueRow) -> bool {
    let kind = &release.schema().kinds()[record.kind()];
    kind.fields.iter().enumerate().all(|(at, field)| {
        if !field.choices.iter().any(|choice| row.is_named(&choice.rows)) {
            return true;
        }
        let own = record.fields().iter().find(|own| own.field() == at);
        let values = own.into_iter().flat_map(|own| own.values());
        let mut chosen = values.filter_map(|value| match value.datum() {
            Datum::Choice(choice) => field.choices.get(*choice),
            _ => None,
        });
        chosen.any(|choice| row.is_named(&choice.rows))
    })
}

/// Returns whether a record came after the time limit of a matter; without both days nobody can say.
fn is_late(release: &Release, record: &PublicRecord, row: &CatalogueRow) -> bool {
    let day = |role: Role| match words::datum(release, record, role) {
        Some(Datum::Day(day) | Datum::DateTime(day, _)) => Some(*day),
        _ => None,
    };
    let (formed, published) = (day(Role::FormedOn), day(Role::PublishedOn));
    let due = row.deadline.zip(formed);
    let due = due.and_then(|(term, formed)| release.schema().due(term, formed));
    due.zip(published).is_some_and(|(due, published)| published > due)
}
