//! The life cycle of a record: which steps were taken, where it stands, and what shows it.
//!
//! A step that lies behind is said to be done only where the record, a notice about it or its money
//! shows it; otherwise it is said that nothing is on record. Not every road passes every step.

use serde::Serialize;

use crate::records::{Choice, Datum, Kind, PublicFlow, Role};
use crate::site::index::Index;
use crate::site::words;
use crate::text::Day;

/// What stands for the notices about a record among what shows a step.
const ABOUT: &str = "#about";

/// A step of a life cycle.
#[derive(Serialize)]
pub(crate) struct Stage {
    label: String,
    state: &'static str,
    date_text: String,
}

/// What shows that a step was taken.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    /// A day.
    On(Day),
    /// Something without a day.
    Somehow,
    /// Nothing, though the kind says what would.
    Nothing,
    /// The kind does not say what would show it.
    Unasked,
}

/// Returns the life cycle, if the kind has one and the record says where it stands.
pub(crate) fn stages(index: &Index<'_>, at: usize) -> Vec<Stage> {
    let record = index.record(at);
    let kind = &index.release.schema().kinds()[record.kind()];
    let (Some((_, def)), Some(Datum::Choice(current))) =
        (kind.with_role(Role::Stage), words::datum(index.release, record, Role::Stage))
    else {
        return Vec::new();
    };
    let last = def.choices.len().saturating_sub(1);
    // From the last step to the first: a notice shows a step only if it hung before the steps behind it.
    let mut before: Option<Day> = None;
    let mut steps: Vec<Stage> = Vec::with_capacity(def.choices.len());
    for (number, choice) in def.choices.iter().enumerate().rev() {
        let shown = shown(index, (at, kind), choice, before);
        if let Shown::On(day) = shown {
            before = Some(before.map_or(day, |known| known.min(day)));
        }
        let state = match number.cmp(current) {
            std::cmp::Ordering::Greater => "todo",
            // Behind the last step there is none to be on the way to.
            std::cmp::Ordering::Equal if number < last => "current",
            std::cmp::Ordering::Less if shown == Shown::Nothing => "unknown",
            _ => "done",
        };
        let date_text = match shown {
            Shown::On(day) if state != "todo" => day.words(index.lang),
            _ => String::new(),
        };
        steps.push(Stage { label: choice.label.text(index.lang).to_owned(), state, date_text });
    }
    steps.reverse();
    steps
}

/// Returns what shows that a step was taken.
fn shown(
    index: &Index<'_>,
    (at, kind): (usize, &Kind),
    choice: &Choice,
    before: Option<Day>,
) -> Shown {
    if choice.by.is_empty() {
        return Shown::Unasked;
    }
    let found = choice.by.iter().map(|name| evidence(index, (at, kind), name, before));
    let mut best = Shown::Nothing;
    for one in found {
        match one {
            Shown::On(_) => return one,
            Shown::Somehow => best = one,
            Shown::Nothing | Shown::Unasked => {}
        }
    }
    best
}

/// Returns what one field, the notices or a station of money show.
fn evidence(
    index: &Index<'_>,
    (at, kind): (usize, &Kind),
    name: &str,
    before: Option<Day>,
) -> Shown {
    if name == ABOUT {
        let notices = index.notices_of[at].iter();
        let days = notices.filter_map(|notice| index.record(*notice).notice());
        let first = days.map(|period| period.first()).min();
        let first = first.filter(|day| before.is_none_or(|before| *day <= before));
        return first.map_or(Shown::Nothing, Shown::On);
    }
    if let Some(station) = name.strip_prefix('#') {
        let flows = index.outflows[at].iter().map(|number| &index.release.flows()[*number]);
        let flows = flows.filter(|flow| flow.station().name() == station);
        let targets: Vec<usize> = flows.map(PublicFlow::target).collect();
        let days = targets.iter().filter_map(|to| day_of(index, *to));
        return match days.min() {
            Some(day) => Shown::On(day),
            None if targets.is_empty() => Shown::Nothing,
            None => Shown::Somehow,
        };
    }
    let record = index.record(at);
    let field = kind
        .field(name)
        .and_then(|(place, _)| record.fields().iter().find(|field| field.field() == place));
    match field.and_then(|field| field.values().first()).map(|value| value.datum()) {
        Some(Datum::Day(day)) => Shown::On(*day),
        Some(_) => Shown::Somehow,
        None => Shown::Nothing,
    }
}

/// Returns the day on which a contract was signed, or a settlement made.
fn day_of(index: &Index<'_>, at: usize) -> Option<Day> {
    let record = index.record(at);
    [Role::AwardedOn, Role::SignedOn, Role::FormedOn].into_iter().find_map(
        |role| match words::datum(index.release, record, role) {
            Some(Datum::Day(day)) => Some(*day),
            _ => None,
        },
    )
}
