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

/// Returns those of some records that fulfil a matter in a quarter.
pub(crate) fn of_item<'a>(
    index: &'a Index<'_>,
    item: &'a TimetableItem,
    own: &'a [usize],
    quarter: Period,
) -> impl Iterator<Item = usize> + 'a {
    let kinds = index.release.schema().kinds();
    own.iter().copied().filter(move |at| {
        item.kinds.contains(&kinds[index.record(*at).kind()].name) && speaks_of(index, *at, quarter)
    })
}

/// Returns whether a record is that of a village.
fn in_a_village(index: &Index<'_>, at: usize) -> bool {
    let code = words::place_code(index.release, index.record(at));
    let place = code.and_then(|code| index.release.places().find(code));
    place.is_some_and(|place| place.level == Level::Village)
}

/// Returns what was published in a quarter.
fn cell(index: &Index<'_>, quarter: Period, (item, own): (&TimetableItem, &[usize])) -> Cell {
    let found: Vec<usize> = of_item(index, item, own, quarter).collect();
    let say = |phrase: Phrase| phrase.text(index.lang).to_owned();
    if let Some(first) = found.first() {
        let count = found.len();
        let due = due(item, quarter);
        let late = due
            .is_some_and(|due| found.iter().all(|at| index.days[*at].is_some_and(|day| day > due)));
        let (text, state) = if late {
            let late =
                Phrase::new(format!("公开{count}条,迟了"), format!("{count} published late"));
            (late, "late")
        } else {
            (Phrase::new(format!("已公开{count}条"), format!("{count} published")), "done")
        };
        return Cell { text: say(text), state, href: index.href(*first) };
    }
    let as_of = index.release.as_of();
    let over = quarter.last().is_some_and(|last| last < as_of);
    let (text, state) = if over && due(item, quarter).is_some_and(|due| as_of <= due) {
        (Phrase::new("还没到公开的日子", "not due yet"), "future")
    } else if over {
        (Phrase::new("本季度无记录", "nothing this quarter"), "none")
    } else {
        (Phrase::new("本季度未结束", "not over yet"), "future")
    };
    Cell { text: say(text), state, href: String::new() }
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
