//! What is owned: how much it is worth, who has the use of it and for how much, and until when.
//!
//! Records that speak of all others together are shown beside them and never added to them. Where a
//! figure is not listed, whatever it would be a part of has no sum.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{day, said};
use crate::records::{Datum, Kind, Meaning, PublicField, Role};
use crate::site::chart::Amount;
use crate::site::index::Index;
use crate::site::view::{Link, list};
use crate::site::{url, words};
use crate::text::{Day, Phrase, plural};

/// What is owned.
#[derive(Serialize)]
pub(crate) struct Holdings {
    sentence: String,
    sorts: Vec<SortLine>,
    total: SortLine,
    leases: Vec<Lease>,
    leases_note: String,
    wholes: Vec<Whole>,
}

#[derive(Serialize)]
struct SortLine {
    label: String,
    href: String,
    count: usize,
    worth_text: String,
    income_text: String,
}

#[derive(Serialize)]
struct Lease {
    link: Link,
    place: String,
    user: String,
    rent_text: String,
    to_text: String,
    state: &'static str,
    state_text: String,
}

#[derive(Serialize)]
struct Whole {
    link: Link,
    worth_text: String,
}

/// Returns money under a role of some records; what states none adds none.
fn sum(index: &Index<'_>, records: &[usize], role: Role) -> Amount {
    let amounts = records.iter().filter_map(|at| {
        match words::datum(index.release, index.record(*at), role)? {
            Datum::Money(money) => Some(Amount::Known(money.fen())),
            Datum::Small(_) => Some(Amount::Unlisted),
            _ => None,
        }
    });
    Amount::sum(amounts)
}

/// Returns money under a role of some records in words, and how many of them do not state it: what
/// nobody stated is unknown and not nothing.
fn told(index: &Index<'_>, records: &[usize], role: Role) -> String {
    let states = |at: &&usize| words::datum(index.release, index.record(**at), role).is_some();
    let silent = records.len() - records.iter().filter(states).count();
    if silent > 0 && silent == records.len() {
        return Phrase::new("没有写", "not stated").text(index.lang).to_owned();
    }
    let sum = sum(index, records, role).words(index.lang);
    if silent == 0 {
        return sum;
    }
    let phrase =
        Phrase::new(format!("{sum}({silent}项没有写)"), format!("{sum} ({silent} not stated)"));
    phrase.text(index.lang).to_owned()
}

/// Returns whether a record says that the thing is there no longer.
fn is_gone(index: &Index<'_>, kind: &Kind, at: usize) -> bool {
    let means = |field: &PublicField| {
        let choices = &kind.fields[field.field()].choices;
        field.values().iter().any(|value| match value.datum() {
            Datum::Choice(choice) => {
                choices.get(*choice).is_some_and(|choice| choice.means == Some(Meaning::Gone))
            }
            _ => false,
        })
    };
    index.record(at).fields().iter().any(means)
}

/// Returns the records without those that a later year of the same thing took the place of. Things are
/// the same that have the same number, or else the same title, in the same place.
fn newest(index: &Index<'_>, records: &[usize]) -> Vec<usize> {
    let name = |at: usize| {
        let number = said(index, at, Role::Identity);
        let title = words::title(index.release, index.record(at));
        let place = words::place_code(index.release, index.record(at)).unwrap_or_default();
        let numbered = !number.is_empty();
        (place.to_owned(), numbered, if numbered { number } else { title })
    };
    let year = |at: usize| words::year(index.release, index.record(at));
    let mut latest = BTreeMap::new();
    for at in records {
        let known = latest.entry(name(*at)).or_insert(None);
        *known = (*known).max(year(*at));
    }
    // Several of one year are several things of one name.
    records.iter().copied().filter(|at| latest.get(&name(*at)) == Some(&year(*at))).collect()
}

/// Returns which sort of thing a record is about.
fn sort(index: &Index<'_>, at: usize) -> Option<usize> {
    match words::datum(index.release, index.record(at), Role::Sort) {
        Some(Datum::Choice(choice)) => Some(*choice),
        _ => None,
    }
}

/// Makes the overview of what is owned.
pub(super) fn holdings(index: &Index<'_>, kind: &Kind, records: &[usize]) -> Holdings {
    let lang = index.lang;
    let say = |zh: &str, en: &str| Phrase::new(zh, en).text(lang).to_owned();
    let choices = kind.with_role(Role::Sort).map_or(&[][..], |(_, def)| &def.choices);
    let is_whole = |at: &usize| {
        sort(index, *at)
            .and_then(|choice| choices.get(choice))
            .is_some_and(|choice| choice.means == Some(Meaning::Whole))
    };
    let (wholes, parts): (Vec<usize>, Vec<usize>) = records.iter().copied().partition(is_whole);
    let (gone, single): (Vec<usize>, Vec<usize>) =
        newest(index, &parts).into_iter().partition(|at| is_gone(index, kind, *at));
    let line = |label: String, href: String, records: &[usize]| SortLine {
        label,
        href,
        count: records.len(),
        worth_text: told(index, records, Role::Worth),
        income_text: told(index, records, Role::Income),
    };
    let own = records.first().map(|at| index.record(*at).kind());
    let sorts = choices.iter().enumerate().filter_map(|(choice, named)| {
        let of: Vec<usize> =
            single.iter().copied().filter(|at| sort(index, *at) == Some(choice)).collect();
        let (_, def) = kind.with_role(Role::Sort)?;
        let listed = kind.facets.contains(&def.key)
            && own.is_some_and(|own| list::is_listed_by(index, own, &def.key));
        let href = url::facet(&kind.name, &def.key, &url::slug(&named.value));
        let href = if listed { href } else { String::new() };
        (!of.is_empty()).then(|| line(named.label.text(lang).to_owned(), href, &of))
    });
    let leases = leases(index, kind, &single);
    let ending = leases.iter().filter(|lease| lease.state == "soon").count();
    let note = kind.soon.map(|term| {
        let words = term.words();
        match ending {
            0 => Phrase::new(
                format!("{}内没有到期的。", words.zh),
                format!("None ends within {}.", words.en),
            ),
            count => Phrase::new(
                format!("{}内到期的有{count}项。", words.zh),
                format!("Within {}, {count} of them end.", words.en),
            ),
        }
    });
    Holdings {
        sentence: sentence(index, &single, gone.len()),
        sorts: sorts.collect(),
        total: line(say("合计", "All"), String::new(), &single),
        leases,
        leases_note: note.map_or_else(String::new, |note| note.text(lang).to_owned()),
        wholes: wholes
            .iter()
            .map(|at| Whole {
                link: link(index, *at),
                worth_text: told(index, &[*at], Role::Worth),
            })
            .collect(),
    }
}

/// Returns a link to a record.
fn link(index: &Index<'_>, at: usize) -> Link {
    Link::new(words::title(index.release, index.record(at)), index.href(at))
}

/// Returns what is owned in one sentence, and how much is there no longer.
fn sentence(index: &Index<'_>, single: &[usize], gone: usize) -> String {
    let (worth, income) = (told(index, single, Role::Worth), told(index, single, Role::Income));
    let count = single.len();
    let mut phrase = Phrase::new(
        format!("一项一项登记的有{count}项,原值{worth},一年收益{income}。"),
        format!("On record one by one: {count}; cost: {worth}; income a year: {income}."),
    );
    if gone > 0 {
        phrase.zh.push_str(&format!("已处置的{gone}项不算在内。"));
        phrase.en.push_str(&format!(" Disposed of and not counted: {gone}."));
    }
    phrase.text(index.lang).to_owned()
}

/// Returns what is in somebody's use, what ends first first; what has no end comes last.
fn leases(index: &Index<'_>, kind: &Kind, single: &[usize]) -> Vec<Lease> {
    let as_of = index.release.as_of();
    let soon = kind.soon.and_then(|term| index.release.schema().due(term, as_of));
    let let_out = |at: &usize| {
        [Role::LeaseTo, Role::Rent]
            .iter()
            .any(|role| words::datum(index.release, index.record(*at), *role).is_some())
    };
    let mut list: Vec<(Option<Day>, usize)> = single
        .iter()
        .copied()
        .filter(let_out)
        .map(|at| (day(index, at, Role::LeaseTo), at))
        .collect();
    list.sort_by_key(|(to, at)| (to.is_none(), *to, *at));
    list.into_iter().map(|(to, at)| lease(index, (to, soon), at)).collect()
}

/// Makes the line of what is in somebody's use.
fn lease(index: &Index<'_>, (to, soon): (Option<Day>, Option<Day>), at: usize) -> Lease {
    let as_of = index.release.as_of();
    let (state, phrase) = match to {
        None => ("open", Phrase::new("没有写到期日", "no last day named")),
        Some(to) if to < as_of => ("over", Phrase::new("已到期", "over")),
        Some(to) => {
            let days = as_of.days_until(to);
            let left =
                Phrase::new(format!("还有{days}天"), format!("{} left", plural(days, "day")));
            (if soon.is_some_and(|soon| to <= soon) { "soon" } else { "running" }, left)
        }
    };
    let code = words::place_code(index.release, index.record(at));
    Lease {
        link: link(index, at),
        place: code
            .map_or_else(String::new, |code| words::place_name(index.release, code).to_owned()),
        user: said(index, at, Role::User),
        rent_text: said(index, at, Role::Rent),
        to_text: said(index, at, Role::LeaseTo),
        state,
        state_text: phrase.text(index.lang).to_owned(),
    }
}
