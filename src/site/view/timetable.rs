//! The timetable of a village: what it published in each of the last quarters, and what it did not.

use serde::Serialize;

use crate::project::Level;
use crate::records::{Datum, Role, TimetableItem};
use crate::site::coverage::quarters;
use crate::site::index::Index;
use crate::site::words;
use crate::text::{Day, Period, Phrase};

/// The timetable of a village.
#[derive(Serialize)]
pub(crate) struct Timetable {
    quarters: Vec<String>,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    label: String,
    cells: Vec<Cell>,
}

#[derive(Serialize)]
struct Cell {
    text: String,
    state: &'static str,
    href: String,
}

/// Makes the timetable of a village; none when no matter of the timetable is kept here.
pub(crate) fn timetable(index: &Index<'_>, own: &[usize]) -> Option<Timetable> {
    let schema = index.release.schema();
    let quarters = quarters(index.release.as_of());
    let rows: Vec<Row> = schema
        .timetable()
        .iter()
        .filter(|item| item.every == "quarter")
        .filter(|item| is_kept(index, item))
        .map(|item| Row {
            label: item.label.text(index.lang).to_owned(),
            cells: quarters.iter().map(|quarter| cell(index, *quarter, (item, own))).collect(),
        })
        .collect();
    (!rows.is_empty()).then(|| Timetable {
        quarters: quarters.iter().map(|quarter| quarter.words(index.lang)).collect(),
        rows,
    })
}

/// Returns whether any village of the register keeps a matter. One that none keeps says nothing about
/// one of them: its township or county publishes it for all.
pub(crate) fn is_kept(index: &Index<'_>, item: &TimetableItem) -> bool {
    index.release.schema().kinds().iter().enumerate().any(|(kind, def)| {
        item.kinds.contains(&def.name)
            && index.by_kind[kind].iter().any(|at| in_a_village(index, *at))
    })
}

/// How a village stands with a matter in a quarter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    /// Something is there, in time as far as days tell.
    Done,
    /// Something is there, and all of it came late.
    Late,
    /// Nothing is there, and the quarter is not over.
    Running,
    /// Nothing is there, and the day by which it is due has not passed.
    NotDue,
    /// Nothing is there.
    Missing,
}

impl Status {
    /// Returns whether something is there.
    pub(crate) const fn is_published(self) -> bool {
        matches!(self, Self::Done | Self::Late)
    }

    /// Returns what is said where nothing is there.
    pub(crate) fn words(self) -> Phrase {
        match self {
            Self::Running => Phrase::new("本季度未结束", "not over yet"),
            Self::NotDue => Phrase::new("还没到公开的日子", "not due yet"),
            _ => Phrase::new("本季度无记录", "nothing this quarter"),
        }
    }
}

/// Returns how a village stands with a matter in a quarter, and those of its records that fulfil it.
pub(crate) fn status(
    index: &Index<'_>,
    item: &TimetableItem,
    own: &[usize],
    quarter: Period,
) -> (Status, Vec<usize>) {
    let kinds = index.release.schema().kinds();
    let is_kind = |at: usize| item.kinds.contains(&kinds[index.record(at).kind()].name);
    let fulfils = |at: &usize| is_kind(*at) && speaks_of(index, *at, quarter);
    let found: Vec<usize> = own.iter().copied().filter(fulfils).collect();
    let (as_of, due) = (index.release.as_of(), due(item, quarter));
    let is_late = |due: Day| found.iter().all(|at| index.days[*at].is_some_and(|day| day > due));
    let status = if !found.is_empty() {
        if due.is_some_and(is_late) { Status::Late } else { Status::Done }
    } else if quarter.last().is_none_or(|last| as_of <= last) {
        Status::Running
    } else if due.is_some_and(|due| as_of <= due) {
        Status::NotDue
    } else {
        Status::Missing
    };
    (status, found)
}

/// Returns whether a record is that of a village or of a group in it.
fn in_a_village(index: &Index<'_>, at: usize) -> bool {
    let code = words::place_code(index.release, index.record(at));
    code.is_some_and(|code| {
        index.release.places().path(code).iter().any(|place| place.level == Level::Village)
    })
}

/// Returns what was published in a quarter.
fn cell(index: &Index<'_>, quarter: Period, (item, own): (&TimetableItem, &[usize])) -> Cell {
    let (status, found) = status(index, item, own, quarter);
    let count = found.len();
    let (phrase, state) = match status {
        Status::Done => {
            (Phrase::new(format!("已公开{count}条"), format!("{count} published")), "done")
        }
        Status::Late => {
            (Phrase::new(format!("公开{count}条,迟了"), format!("{count} published late")), "late")
        }
        Status::Running | Status::NotDue => (status.words(), "future"),
        Status::Missing => (status.words(), "none"),
    };
    Cell {
        text: phrase.text(index.lang).to_owned(),
        state,
        href: found.first().map_or_else(String::new, |first| index.href(*first)),
    }
}

/// Returns the day by which a matter of a quarter is due, in the month after it.
fn due(item: &TimetableItem, quarter: Period) -> Option<Day> {
    let next = quarter.last()?.plus_days(1);
    Day::new(next.year(), next.month(), item.due_day?)
}

/// Returns whether a record speaks of a quarter, or was published in it.
fn speaks_of(index: &Index<'_>, at: usize, quarter: Period) -> bool {
    match words::datum(index.release, index.record(at), Role::Year) {
        Some(Datum::Period(period))
            if period.last().is_some_and(|last| period.first().days_until(last) < 100) =>
        {
            period.overlaps(quarter)
        }
        _ => index.days[at].is_some_and(|day| quarter.contains(day)),
    }
}
