//! Changes: the records that were published last, and the lists that were withdrawn, by day.

use std::cmp::Reverse;

use serde::Serialize;
use tera::Value;

use crate::site::index::Index;
use crate::site::words;
use crate::text::Day;

/// How many changes are shown.
const SHOWN: usize = 100;

/// The view of the page of changes.
#[derive(Serialize)]
pub(crate) struct ChangesView {
    days: Vec<OfDay>,
}

#[derive(Serialize)]
struct OfDay {
    date: String,
    text: String,
    changes: Vec<Change>,
}

#[derive(Serialize)]
struct Change {
    card: Value,
    /// Whether it is the list that went, rather than the record that came.
    withdrawn: bool,
}

/// Makes the view of the page of changes.
pub(crate) fn changes(index: &Index<'_>) -> ChangesView {
    let mut all: Vec<(Day, usize, bool)> = Vec::new();
    for at in 0..index.release.records().len() {
        let record = index.record(at);
        // A record that speaks of a year only says nothing of when it came.
        all.extend(words::dated(index.release, record).map(|day| (day, at, false)));
        all.extend(words::withdrawn_on(index.release, record).map(|day| (day, at, true)));
    }
    all.retain(|(day, ..)| *day <= index.release.as_of());
    all.sort_by_key(|(day, at, withdrawn)| (Reverse(*day), *at, *withdrawn));
    all.truncate(SHOWN);
    let days = all.chunk_by(|(left, ..), (right, ..)| left == right);
    let days = days.filter_map(|of_day| {
        let (day, ..) = of_day.first()?;
        let changes = of_day.iter().map(|(_, at, withdrawn)| Change {
            card: index.cards[*at].clone(),
            withdrawn: *withdrawn,
        });
        Some(OfDay {
            date: day.to_string(),
            text: day.words(index.lang),
            changes: changes.collect(),
        })
    });
    ChangesView { days: days.collect() }
}
