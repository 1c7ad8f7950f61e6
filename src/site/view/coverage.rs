//! What has to be published and whether it is: the page for the whole register, and the part of a
//! place's page.

use serde::Serialize;

use crate::project::{Level, Place};
use crate::records::{Datum, Role, TimetableItem};
use crate::site::coverage::{State, quarters};
use crate::site::index::Index;
use crate::site::view::Link;
use crate::site::view::timetable::{self, Status};
use crate::site::{url, words};
use crate::text::{Day, Period, Phrase, plural};

/// How a kind stands with the time since its last record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Age {
    Fresh,
    Late,
    Silent,
    Never,
}

/// The view of the page about what is published.
#[derive(Serialize)]
pub(crate) struct CoverageView {
    sentence: String,
    quarters: Vec<String>,
    places: Vec<PlaceLine>,
    matters: Vec<MatterLine>,
    timetable: Vec<TimetableLine>,
    freshness: Vec<KindLine>,
    freshness_note: String,
    /// Kinds of which the register has nothing at all.
    blank: Vec<String>,
}

/// How a place stands with the matters of its level.
#[derive(Serialize)]
struct PlaceLine {
    link: Link,
    level: String,
    done: usize,
    late: usize,
    above: usize,
    board: usize,
    missing: usize,
    of: usize,
    /// How many records in each of the last quarters.
    quarters: Vec<usize>,
}

/// In how many places a matter is published.
#[derive(Serialize)]
struct MatterLine {
    field: String,
    label: String,
    publisher: String,
    due: String,
    /// Of how many places that have to publish it.
    of: usize,
    done: usize,
    late: usize,
    /// The places where it is missing.
    missing: Vec<Link>,
}

/// In how many villages an item of the timetable is published, quarter by quarter.
#[derive(Serialize)]
struct TimetableLine {
    label: String,
    cells: Vec<TimetableCell>,
}

#[derive(Serialize)]
struct TimetableCell {
    text: String,
    missing: Vec<Link>,
}

/// When a kind was last updated.
#[derive(Serialize)]
struct KindLine {
    link: Link,
    count: usize,
    last: String,
    newest: Option<Link>,
    state: Age,
}

/// What a place has to publish, for its own page.
#[derive(Serialize)]
pub(crate) struct PlaceCoverage {
    sentence: String,
    quarters: Vec<String>,
    rows: Vec<PlaceRow>,
}

#[derive(Serialize)]
struct PlaceRow {
    field: String,
    label: String,
    state: &'static str,
    state_text: String,
    newest: Option<Link>,
    day_text: String,
    quarters: Vec<usize>,
}

/// Returns the places that the register answers for: its own and all below, else every place that has
/// published anything.
fn places<'r>(index: &Index<'r>) -> Vec<&'r Place> {
    let all = index.release.places();
    let own = &index.release.site().place;
    let is_own = |place: &&Place| match all.find(own) {
        Some(_) => all.path(&place.code).iter().any(|above| above.code == *own),
        None => index.by_place.contains_key(&place.code),
    };
    all.iter().filter(is_own).collect()
}

/// Returns the matters that a level has to publish.
fn matters(index: &Index<'_>, level: Level) -> Vec<usize> {
    let rows = index.release.schema().catalogue();
    (0..rows.len()).filter(|at| rows[*at].levels.contains(&level)).collect()
}

/// Returns whether the register answers for a place.
fn is_own(index: &Index<'_>, place: &Place) -> bool {
    let own = &index.release.site().place;
    let all = index.release.places();
    all.find(own).is_none() || all.path(&place.code).iter().any(|above| above.code == *own)
}

/// Makes the part of a place's page; none for a place that has nothing to publish.
pub(crate) fn of_place(index: &Index<'_>, place: &Place) -> Option<PlaceCoverage> {
    let rows = matters(index, place.level);
    if rows.is_empty() || !is_own(index, place) {
        return None;
    }
    let lines: Vec<PlaceRow> = rows.iter().map(|row| place_row(index, *row, place)).collect();
    let count = |state: &str| lines.iter().filter(|line| line.state == state).count();
    let (done, late, missing) = (count("done"), count("late"), count("missing"));
    let (all, published) = (lines.len(), done + late);
    let phrase = Phrase::new(
        format!(
            "按目录应公开{all}项:本级公开了{published}项(其中有迟的{late}项),没有公开{missing}项。"
        ),
        format!(
            "{all} matters of the catalogues: {published} published here ({late} with something late), {missing} missing."
        ),
    );
    Some(PlaceCoverage {
        sentence: phrase.text(index.lang).to_owned(),
        quarters: quarter_words(index),
        rows: lines,
    })
}

/// Returns the quarters in words.
fn quarter_words(index: &Index<'_>) -> Vec<String> {
    index.coverage.quarters.iter().map(|quarter| quarter.words(index.lang)).collect()
}

/// Makes the row of one matter on a place's page.
fn place_row(index: &Index<'_>, row: usize, place: &Place) -> PlaceRow {
    let lang = index.lang;
    let (state, whose, line) = index.coverage.state(index.release, row, place);
    let matter = &index.release.schema().catalogue()[row];
    let (key, phrase) = match state {
        State::Done => (
            "done",
            Phrase::new(format!("公开{}条", line.count), format!("{} published", line.count)),
        ),
        State::Late => (
            "late",
            Phrase::new(
                format!("公开{}条,其中迟的{}条", line.count, line.late),
                format!("{} published, {} late", line.count, line.late),
            ),
        ),
        State::Above => (
            "above",
            Phrase::new(format!("由{}公开", whose.name), format!("published by {}", whose.name)),
        ),
        State::Board => ("board", Phrase::new("只在村公示栏", "on the village board only")),
        State::Missing => ("missing", Phrase::new("没有公开", "missing")),
    };
    let newest = line.newest.map(|(_, at)| record_link(index, at));
    PlaceRow {
        field: matter.field.clone(),
        label: matter_label(index, row),
        state: key,
        state_text: phrase.text(lang).to_owned(),
        newest,
        day_text: line.newest.map_or_else(String::new, |(day, _)| day.words(lang)),
        quarters: index.coverage.line(row, &place.code).quarters.to_vec(),
    }
}

/// Returns what a matter is called.
fn matter_label(index: &Index<'_>, row: usize) -> String {
    let matter = &index.release.schema().catalogue()[row];
    format!("{}:{}", matter.level1, matter.level2)
}

/// Returns a link to a record.
fn record_link(index: &Index<'_>, at: usize) -> Link {
    Link::new(words::title(index.release, index.record(at)), index.href(at))
}

/// Makes the view of the page about what is published.
pub(crate) fn coverage(index: &Index<'_>) -> CoverageView {
    let own = places(index);
    let places: Vec<PlaceLine> = own
        .iter()
        .filter(|place| !matters(index, place.level).is_empty())
        .map(|place| place_line(index, place))
        .collect();
    let rows = index.release.schema().catalogue().len();
    let (freshness, blank) = freshness(index);
    let silent = freshness.iter().filter(|line| line.state == Age::Silent).count();
    let missing: usize = places.iter().map(|line| line.missing).sum();
    let of: usize = places.iter().map(|line| line.of).sum();
    let board: usize = places.iter().map(|line| line.board).sum();
    let published = of - missing - board;
    let count = places.len();
    let phrase = Phrase::new(
        format!(
            "{count}个地方按目录一共应公开{of}项次,网上可以查到{published}项次,只在村公示栏的{board}项次,没有公开的{missing}项次;{silent}类内容很久没有更新。"
        ),
        format!(
            "Matters to publish in {}: {of}; {published} online, {board} on village boards only, {missing} missing; not updated for long: {}.",
            plural(count, "place"),
            plural(silent, "kind")
        ),
    );
    let note = index.release.schema().freshness();
    let (late, silent) = (note.late_months, note.silent_months);
    let freshness_note = Phrase::new(
        format!(
            "超过{late}个月没有新内容的要看一看,超过{silent}个月的算停更。依据:{}。",
            note.basis.zh
        ),
        format!(
            "To be looked at after {late} months without anything new, silent after {silent}. Rule: {}.",
            note.basis.en
        ),
    );
    CoverageView {
        sentence: phrase.text(index.lang).to_owned(),
        quarters: quarter_words(index),
        matters: (0..rows).filter_map(|row| matter_line(index, row, &own)).collect(),
        timetable: timetable_lines(index, &own),
        places,
        freshness,
        freshness_note: freshness_note.text(index.lang).to_owned(),
        blank,
    }
}

/// Makes the line of one place.
fn place_line(index: &Index<'_>, place: &Place) -> PlaceLine {
    let rows = matters(index, place.level);
    let states: Vec<State> =
        rows.iter().map(|row| index.coverage.state(index.release, *row, place).0).collect();
    let count = |wanted: State| states.iter().filter(|state| **state == wanted).count();
    let mut quarters = vec![0; index.coverage.quarters.len()];
    for at in index.records_of(place) {
        let quarter = index.days[at]
            .and_then(|day| index.coverage.quarters.iter().position(|own| own.contains(day)));
        if let Some(quarter) = quarter {
            quarters[quarter] += 1;
        }
    }
    PlaceLine {
        link: Link::new(&*place.name, format!("{}#published", url::place(&place.code))),
        level: place.level.label().text(index.lang).to_owned(),
        done: count(State::Done),
        late: count(State::Late),
        above: count(State::Above),
        board: count(State::Board),
        missing: count(State::Missing),
        of: rows.len(),
        quarters,
    }
}

/// Makes the line of one matter; none where no place has to publish it.
fn matter_line(index: &Index<'_>, row: usize, own: &[&Place]) -> Option<MatterLine> {
    let matter = &index.release.schema().catalogue()[row];
    let obliged: Vec<&Place> =
        own.iter().copied().filter(|place| matter.levels.contains(&place.level)).collect();
    if obliged.is_empty() {
        return None;
    }
    let states: Vec<(State, &Place)> = obliged
        .iter()
        .map(|place| (index.coverage.state(index.release, row, place).0, *place))
        .collect();
    let due = matter.deadline.map(|term| {
        let words = term.words();
        Phrase::new(format!("{}内", words.zh), format!("within {}", words.en))
    });
    let of_state = |wanted: State| states.iter().filter(move |(state, _)| *state == wanted);
    Some(MatterLine {
        field: matter.field.clone(),
        label: matter_label(index, row),
        publisher: matter.publisher.clone(),
        due: due.map_or_else(String::new, |due| due.text(index.lang).to_owned()),
        of: obliged.len(),
        late: of_state(State::Late).count(),
        done: states
            .iter()
            .filter(|(state, _)| !matches!(state, State::Missing | State::Board))
            .count(),
        missing: of_state(State::Missing)
            .map(|(_, place)| {
                Link::new(&*place.name, format!("{}#published", url::place(&place.code)))
            })
            .collect(),
    })
}

/// Makes the lines of the timetable: how many villages published an item in each quarter.
fn timetable_lines(index: &Index<'_>, own: &[&Place]) -> Vec<TimetableLine> {
    let villages: Vec<&Place> =
        own.iter().copied().filter(|place| place.level == Level::Village).collect();
    if villages.is_empty() {
        return Vec::new();
    }
    // What a group in a village publishes is its village's.
    let villages: Vec<(&Place, Vec<usize>)> =
        villages.into_iter().map(|place| (place, index.records_of(place))).collect();
    let items = index.release.schema().timetable().iter();
    items
        .filter(|item| item.every == "quarter" && timetable::is_kept(index, item))
        .map(|item| TimetableLine {
            label: item.label.text(index.lang).to_owned(),
            cells: quarters(index.release.as_of())
                .into_iter()
                .map(|quarter| timetable_cell(index, item, quarter, &villages))
                .collect(),
        })
        .collect()
}

/// Makes one cell of the timetable: how many villages, how many of them late, and which of them not.
fn timetable_cell(
    index: &Index<'_>,
    item: &TimetableItem,
    quarter: Period,
    villages: &[(&Place, Vec<usize>)],
) -> TimetableCell {
    let states: Vec<(Status, &Place)> = villages
        .iter()
        .map(|(place, own)| (timetable::status(index, item, own, quarter).0, *place))
        .collect();
    let all = states.len();
    let done = states.iter().filter(|(status, _)| status.is_published()).count();
    let late = states.iter().filter(|(status, _)| *status == Status::Late).count();
    // Where no village published anything, all of them stand alike.
    let nothing = states.first().filter(|_| done == 0).map(|(status, _)| status.words());
    let mut phrase = nothing.unwrap_or_else(|| {
        Phrase::new(format!("{all}个村中{done}个"), format!("{done} of {}", plural(all, "village")))
    });
    if late > 0 {
        phrase.zh.push_str(&format!(",其中{late}个迟了"));
        phrase.en.push_str(&format!(", {late} of them late"));
    }
    let missing = states.iter().filter(|(status, _)| done > 0 && *status == Status::Missing);
    TimetableCell {
        text: phrase.text(index.lang).to_owned(),
        missing: missing
            .map(|(_, place)| Link::new(&*place.name, url::place(&place.code)))
            .collect(),
    }
}

/// Returns when each kind was last updated, the longest silent first, and the kinds without a record.
fn freshness(index: &Index<'_>) -> (Vec<KindLine>, Vec<String>) {
    let schema = index.release.schema();
    let (mut lines, mut blank) = (Vec::new(), Vec::new());
    for (at, kind) in schema.kinds().iter().enumerate() {
        let label = kind.label.text(index.lang);
        let records = &index.by_kind[at];
        if records.is_empty() {
            blank.push(label.to_owned());
            continue;
        }
        let newest = records.iter().filter_map(|at| Some((updated(index, *at)?, *at))).max();
        let line = KindLine {
            link: Link::new(label, url::kind(&kind.name)),
            count: records.len(),
            last: newest.map_or_else(String::new, |(day, _)| day.words(index.lang)),
            newest: newest.map(|(_, at)| record_link(index, at)),
            state: newest.map_or(Age::Never, |(day, _)| age(index, day)),
        };
        lines.push((newest.map(|(day, _)| day), line));
    }
    lines.sort_by_key(|(day, _)| *day);
    (lines.into_iter().map(|(_, line)| line).collect(), blank)
}

/// Returns the day on which a record was published, else its own day if that has come.
fn updated(index: &Index<'_>, at: usize) -> Option<Day> {
    match words::datum(index.release, index.record(at), Role::PublishedOn) {
        Some(Datum::Day(day) | Datum::DateTime(day, _)) => Some(*day),
        _ => index.days[at].filter(|day| *day <= index.release.as_of()),
    }
}

/// Returns how a kind stands whose last record is of a day.
fn age(index: &Index<'_>, day: Day) -> Age {
    let limits = index.release.schema().freshness();
    let as_of = index.release.as_of();
    if day.plus_months(limits.silent_months) < as_of {
        Age::Silent
    } else if day.plus_months(limits.late_months) < as_of {
        Age::Late
    } else {
        Age::Fresh
    }
}
