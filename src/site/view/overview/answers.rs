//! What came of the matters that people raised: how many came in, how many were settled in time, how
//! they ended, quarter by quarter.
//!
//! Every matter has a page of its own, so nothing here says more than those pages do together.

use std::collections::BTreeMap;

use serde::Serialize;

use super::day;
use crate::records::{Datum, Kind, Role};
use crate::site::index::Index;
use crate::site::view::Link;
use crate::site::view::list;
use crate::site::{url, words};
use crate::text::{Day, Period, Phrase, plural};

/// How many quarters are shown.
const QUARTERS: i32 = 8;

/// How a matter stands with its time limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Pace {
    /// Settled within the limit.
    InTime,
    /// Settled after it.
    Late,
    /// Settled, and nobody can say whether in time: there is no limit, or no day to count from.
    Settled,
    /// Not settled, and the limit has not passed.
    Running,
    /// Not settled, and the limit has passed.
    Overdue,
}

/// What came of matters.
#[derive(Serialize)]
pub(crate) struct Answers {
    sentence: String,
    /// Whether there is a time limit.
    limited: bool,
    limit: String,
    quarters: Vec<Line>,
    /// What came in before the quarters shown.
    earlier: Option<Line>,
    total: Line,
    outcomes: Vec<Outcome>,
}

/// The matters of a stretch of time.
#[derive(Serialize)]
struct Line {
    label: String,
    came: usize,
    in_time: usize,
    late: usize,
    /// Settled without a word on whether in time.
    settled: usize,
    running: usize,
    overdue: usize,
    /// What is said of a quarter in which nothing came in.
    none: String,
    items: Vec<Item>,
}

#[derive(Serialize)]
struct Item {
    link: Link,
    text: String,
}

#[derive(Serialize)]
struct Outcome {
    label: String,
    count: usize,
    href: String,
}

/// Returns the day from which the time of a matter is counted: that on which it was taken up, else that
/// on which it came in. A day after the matter was settled is a slip of the pen and counts for nothing.
fn taken(index: &Index<'_>, at: usize) -> Option<Day> {
    let closed = day(index, at, Role::ClosedOn);
    let days = [Role::AcceptedOn, Role::ReceivedOn];
    let mut days = days.into_iter().filter_map(|role| day(index, at, role));
    days.find(|day| closed.is_none_or(|closed| *day <= closed))
}

/// Returns how a matter stands with its time limit.
pub(crate) fn pace(index: &Index<'_>, kind: &Kind, at: usize) -> Pace {
    let closed = day(index, at, Role::ClosedOn);
    let due = kind.answer_within.zip(taken(index, at));
    let due = due.and_then(|(term, taken)| index.release.schema().due(term, taken));
    let as_of = index.release.as_of();
    match (closed, due) {
        (Some(closed), Some(due)) if closed > due => Pace::Late,
        (Some(_), Some(_)) => Pace::InTime,
        (Some(_), None) => Pace::Settled,
        (None, Some(due)) if due < as_of => Pace::Overdue,
        (None, _) => Pace::Running,
    }
}

/// Makes the overview of the matters of a kind.
pub(super) fn answers(index: &Index<'_>, kind: &Kind, records: &[usize]) -> Answers {
    let mut dated: Vec<(Day, usize)> =
        records.iter().filter_map(|at| Some((day(index, *at, Role::ReceivedOn)?, *at))).collect();
    dated.sort_by(|left, right| right.cmp(left));
    let as_of = index.release.as_of();
    let quarters: Vec<Period> = (0..QUARTERS)
        .filter_map(|back| {
            let day = as_of.plus_months(-3 * back);
            Period::parse(&format!("{}-Q{}", day.year(), day.quarter()))
        })
        .collect();
    let of = |quarter: &Period| -> Vec<usize> {
        dated.iter().filter(|(day, _)| quarter.contains(*day)).map(|(_, at)| *at).collect()
    };
    let first = quarters.last().map(|quarter| quarter.first());
    let earlier: Vec<usize> = dated
        .iter()
        .filter(|(day, _)| first.is_some_and(|first| *day < first))
        .map(|(_, at)| *at)
        .collect();
    let say = |zh: &str, en: &str| Phrase::new(zh, en).text(index.lang).to_owned();
    let all: Vec<usize> = dated.iter().map(|(_, at)| *at).collect();
    let limit = kind.answer_within.map(|term| {
        let words = term.words();
        Phrase::new(
            format!("从受理那天算起(没有写哪天受理的,从收到那天算起),{}内办结算按时。", words.zh),
            format!(
                "In time is within {} of being taken up, or of coming in where no day of taking up is named.",
                words.en
            ),
        )
    });
    let total = line(index, kind, say("全部", "All"), &all);
    Answers {
        sentence: sentence(index, &total, kind.answer_within.is_some()),
        limited: kind.answer_within.is_some(),
        limit: limit.map_or_else(String::new, |limit| limit.text(index.lang).to_owned()),
        quarters: quarters
            .iter()
            .map(|quarter| line(index, kind, quarter.words(index.lang), &of(quarter)))
            .collect(),
        earlier: (!earlier.is_empty()).then(|| line(index, kind, say("更早", "Before"), &earlier)),
        // The parts are the lines above it.
        total: Line { items: Vec::new(), ..total },
        outcomes: outcomes(index, kind, &all),
    }
}

/// Makes the line of some matters.
fn line(index: &Index<'_>, kind: &Kind, label: String, records: &[usize]) -> Line {
    let paces: Vec<Pace> = records.iter().map(|at| pace(index, kind, *at)).collect();
    let count = |wanted: Pace| paces.iter().filter(|pace| **pace == wanted).count();
    let none = Phrase::new("本季度没有收到", "none came in");
    Line {
        label,
        came: records.len(),
        in_time: count(Pace::InTime),
        late: count(Pace::Late),
        settled: count(Pace::Settled),
        running: count(Pace::Running),
        overdue: count(Pace::Overdue),
        none: if records.is_empty() { none.text(index.lang).to_owned() } else { String::new() },
        items: records.iter().zip(&paces).map(|(at, pace)| item(index, *at, *pace)).collect(),
    }
}

/// Makes the line of one matter.
fn item(index: &Index<'_>, at: usize, pace: Pace) -> Item {
    let days = taken(index, at).zip(day(index, at, Role::ClosedOn));
    let took = days.map_or_else(Phrase::default, |(from, to)| {
        let days = from.days_until(to);
        Phrase::new(format!(",用了{days}天"), format!(", {}", plural(days, "day")))
    });
    let word = match pace {
        Pace::InTime => Phrase::new("按时办结", "settled in time"),
        Pace::Late => Phrase::new("超时办结", "settled late"),
        Pace::Settled => Phrase::new("已办结", "settled"),
        Pace::Running => Phrase::new("还在办", "in hand"),
        Pace::Overdue => Phrase::new("超时没办完", "overdue"),
    };
    let text = Phrase::new(word.zh + &took.zh, word.en + &took.en);
    Item {
        link: Link::new(words::title(index.release, index.record(at)), index.href(at)),
        text: text.text(index.lang).to_owned(),
    }
}

/// Returns all matters in one sentence.
fn sentence(index: &Index<'_>, total: &Line, limited: bool) -> String {
    let settled = total.in_time + total.late + total.settled;
    let Line { came, in_time, late, running, overdue, .. } = total;
    let mut phrase = Phrase::new(
        format!("共收到{came}件,办结{settled}件"),
        format!("{came} came in, {settled} settled"),
    );
    // Where no limit is set, nothing is in time.
    if limited {
        phrase.zh.push_str(&format!(",其中按时{in_time}件"));
        phrase.en.push_str(&format!(", {in_time} of them in time"));
    }
    if *late > 0 {
        phrase.zh.push_str(&format!("、超时{late}件"));
        phrase.en.push_str(&format!(" and {late} late"));
    }
    if *running > 0 {
        phrase.zh.push_str(&format!(";还在办的{running}件"));
        phrase.en.push_str(&format!("; {running} in hand"));
    }
    if *overdue > 0 {
        phrase.zh.push_str(&format!(";超时没办完的{overdue}件"));
        phrase.en.push_str(&format!("; {overdue} overdue"));
    }
    phrase.zh.push('。');
    phrase.en.push('.');
    phrase.text(index.lang).to_owned()
}

/// Returns how matters ended, in the order of the choices.
fn outcomes(index: &Index<'_>, kind: &Kind, records: &[usize]) -> Vec<Outcome> {
    let Some((_, def)) = kind.with_role(Role::Outcome) else {
        return Vec::new();
    };
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for at in records {
        if let Some(Datum::Choice(choice)) =
            words::datum(index.release, index.record(*at), Role::Outcome)
        {
            *counts.entry(*choice).or_insert(0) += 1;
        }
    }
    let own = records.first().map(|at| index.record(*at).kind());
    let listed = kind.facets.contains(&def.key)
        && own.is_some_and(|own| list::is_listed_by(index, own, &def.key));
    let outcome = |(at, count): (usize, usize)| {
        let choice = def.choices.get(at)?;
        let href = url::facet(&kind.name, &def.key, &url::slug(&choice.value));
        Some(Outcome {
            label: choice.label.text(index.lang).to_owned(),
            count,
            href: if listed { href } else { String::new() },
        })
    };
    counts.into_iter().filter_map(outcome).collect()
}
