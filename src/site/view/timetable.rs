//! The timetable of a village: what it published in each of the last quarters, and what it did not.

use serde::Serialize;

use crate::project::Level;
use crate::records::{Datum, Role};
use crate::site::index::Index;
use crate::site::words;
use crate::text::{Day, Period, Phrase};

/// How many quarters are shown.
const QUARTERS: i32 = 4;

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
        .filter_map(|item| {
            let of_item =
                |at: &usize| item.kinds.contains(&schema.kinds()[index.record(*at).kind()].name);
            // A matter that no village of this register keeps says nothing about one of them:
            // its township or county publishes it for all.
            let kept = schema.kinds().iter().enumerate().any(|(kind, def)| {
                item.kinds.contains(&def.name)
                    && index.by_kind[kind].iter().any(|at| in_a_village(index, *at))
            });
            kept.then(|| Row {
                label: item.label.text(index.lang).to_owned(),
                cells: quarters
                    .iter()
                    .map(|quarter| cell(index, *quarter, own.iter().copied().filter(of_item)))
                    .collect(),
            })
        })
        .collect();
    (!rows.is_empty()).then(|| Timetable {
        quarters: quarters.iter().map(|quarter| quarter.words(index.lang)).collect(),
        rows,
    })
}

/// Returns whether a record is that of a village.
fn in_a_village(index: &Index<'_>, at: usize) -> bool {
    let code = words::place_code(index.release, index.record(at));
    let place = code.and_then(|code| index.release.places().find(code));
    place.is_some_and(|place| place.level == Level::Village)
}

/// Returns the quarters up to the one of a day.
fn quarters(as_of: Day) -> Vec<Period> {
    (0..QUARTERS)
        .rev()
        .filter_map(|back| {
            let day = as_of.plus_months(-3 * back);
            Period::parse(&format!("{}-Q{}", day.year(), day.quarter()))
        })
        .collect()
}

/// Returns what was published in a quarter.
fn cell(index: &Index<'_>, quarter: Period, records: impl Iterator<Item = usize>) -> Cell {
    let found: Vec<usize> = records.filter(|at| speaks_of(index, *at, quarter)).collect();
    let say = |phrase: Phrase| phrase.text(index.lang).to_owned();
    if let Some(first) = found.first() {
        let count = found.len();
        let text = say(Phrase::new(format!("已公开{count}条"), format!("{count} published")));
        return Cell { text, state: "done", href: index.href(*first) };
    }
    let over = quarter.last().is_some_and(|last| last < index.release.as_of());
    let (text, state) = if over {
        (Phrase::new("本季度无记录", "nothing this quarter"), "none")
    } else {
        (Phrase::new("本季度未结束", "not over yet"), "future")
    };
    Cell { text: say(text), state, href: String::new() }
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
