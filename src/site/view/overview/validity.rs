//! Which rules hold on the as-of day, which end soon, which are over, and what came instead.
//!
//! The day decides: what ended is over, whatever whoever wrote it says of it.

use serde::Serialize;

use super::{day, said};
use crate::records::{Datum, Kind, Meaning, PublicField, Role};
use crate::site::index::Index;
use crate::site::view::Link;
use crate::site::words;
use crate::text::{Lang, Phrase, plural};

/// How many rules a group names; the rest is in the list of the kind.
const NAMED: usize = 100;

/// Where a rule stands on the as-of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum State {
    /// It ends soon.
    Soon,
    /// It holds.
    Holds,
    /// It does not hold yet.
    Later,
    /// It is no rule yet.
    Draft,
    /// It ended.
    Over,
    /// It was taken back, or another stands in its place.
    Void,
}

impl State {
    /// Every state, in the order in which a reader asks for it.
    const ALL: [Self; 6] =
        [Self::Holds, Self::Soon, Self::Later, Self::Draft, Self::Over, Self::Void];

    /// Returns what the state is called.
    fn label(self) -> Phrase {
        match self {
            Self::Holds => Phrase::new("现行有效", "in force"),
            Self::Soon => Phrase::new("即将到期", "ending soon"),
            Self::Later => Phrase::new("尚未施行", "not in force yet"),
            Self::Draft => Phrase::new("征求意见", "drafts for comment"),
            Self::Over => Phrase::new("已失效", "expired"),
            Self::Void => Phrase::new("已废止", "repealed"),
        }
    }
}

/// The rules of a kind by where they stand.
#[derive(Serialize)]
pub(crate) struct Validity {
    sentence: String,
    groups: Vec<Group>,
}

#[derive(Serialize)]
struct Group {
    state: State,
    label: String,
    note: String,
    count: usize,
    rows: Vec<Row>,
    more: usize,
}

#[derive(Serialize)]
struct Row {
    title: String,
    href: String,
    number: String,
    publisher: String,
    from_text: String,
    to_text: String,
    left_text: String,
    instead: Vec<Link>,
}

/// Where one rule stands, for its own page.
#[derive(Serialize)]
pub(crate) struct StandingView {
    state: State,
    text: String,
    /// What came in its place.
    instead: Vec<Link>,
    /// What it came in place of.
    before: Vec<Link>,
}

/// Returns the records under a role.
fn named(index: &Index<'_>, at: usize, role: Role) -> Vec<usize> {
    let field = words::with_role(index.release, index.record(at), role);
    let values = field.into_iter().flat_map(PublicField::values);
    let records = values.filter_map(|value| match value.datum() {
        Datum::Record(to) => Some(*to),
        _ => None,
    });
    records.collect()
}

/// Returns what came in place of a rule by the as-of day: what it names itself, and what names it.
fn instead(index: &Index<'_>, at: usize) -> Vec<usize> {
    effective(index, at, &mut vec![at])
}

/// Returns what came in place of a rule and counts; `seen` are the rules already asked, for two may
/// name each other.
fn effective(index: &Index<'_>, at: usize, seen: &mut Vec<usize>) -> Vec<usize> {
    let mut list = named(index, at, Role::ReplacedBy);
    let naming = index.naming[at].iter().copied();
    list.extend(naming.filter(|other| named(index, *other, Role::Replaces).contains(&at)));
    list.sort_unstable();
    list.dedup();
    list.retain(|other| {
        if seen.contains(other) {
            return false;
        }
        seen.push(*other);
        replaces(index, *other, seen)
    });
    list
}

/// Returns whether a rule replaces what it names: a draft does not, nor what has not begun to hold, nor
/// what was taken back, unless it was in turn replaced by what does.
fn replaces(index: &Index<'_>, at: usize, seen: &mut Vec<usize>) -> bool {
    let kind = &index.release.schema().kinds()[index.record(at).kind()];
    let as_of = index.release.as_of();
    match meaning(index, kind, at) {
        Some(Meaning::Draft) => false,
        _ if day(index, at, Role::ValidFrom).is_some_and(|from| as_of < from) => false,
        Some(Meaning::Void) => !effective(index, at, seen).is_empty(),
        _ => true,
    }
}

/// Returns links to records.
fn links(index: &Index<'_>, records: &[usize]) -> Vec<Link> {
    let link =
        |at: &usize| Link::new(words::title(index.release, index.record(*at)), index.href(*at));
    records.iter().map(link).collect()
}

/// Returns what whoever wrote a rule says of whether it holds.
fn meaning(index: &Index<'_>, kind: &Kind, at: usize) -> Option<Meaning> {
    let Some(Datum::Choice(choice)) = words::datum(index.release, index.record(at), Role::Validity)
    else {
        return None;
    };
    kind.with_role(Role::Validity)?.1.choices.get(*choice)?.means
}

/// Returns where a rule stands on the as-of day.
pub(crate) fn state(index: &Index<'_>, kind: &Kind, at: usize) -> State {
    let as_of = index.release.as_of();
    let means = meaning(index, kind, at);
    let (from, to) = (day(index, at, Role::ValidFrom), day(index, at, Role::ValidTo));
    let replaced = !instead(index, at).is_empty();
    let soon = kind.soon.and_then(|term| index.release.schema().due(term, as_of));
    match (means, from, to) {
        (Some(Meaning::Draft), ..) => State::Draft,
        _ if replaced => State::Void,
        (Some(Meaning::Void), ..) => State::Void,
        (_, _, Some(to)) if to < as_of => State::Over,
        (Some(Meaning::Over), ..) => State::Over,
        (_, Some(from), _) if as_of < from => State::Later,
        (_, _, Some(to)) if soon.is_some_and(|soon| to <= soon) => State::Soon,
        _ => State::Holds,
    }
}

/// Returns where one rule stands, for its own page; none for what is no rule.
pub(crate) fn standing(index: &Index<'_>, at: usize) -> Option<StandingView> {
    let kind = &index.release.schema().kinds()[index.record(at).kind()];
    kind.with_role(Role::Validity)?;
    let state = state(index, kind, at);
    let left = left(index, at, state);
    let label = state.label();
    let text = Phrase::new(
        if left.zh.is_empty() { label.zh } else { format!("{},{}", label.zh, left.zh) },
        if left.en.is_empty() { label.en } else { format!("{}, {}", label.en, left.en) },
    );
    Some(StandingView {
        state,
        text: text.text(index.lang).to_owned(),
        instead: links(index, &instead(index, at)),
        // What is no rule took no other's place, whatever it says it will.
        before: match state {
            State::Draft => Vec::new(),
            _ => links(index, &named(index, at, Role::Replaces)),
        },
    })
}

/// Returns how many days are left, or since when a rule is over.
fn left(index: &Index<'_>, at: usize, state: State) -> Phrase {
    let as_of = index.release.as_of();
    let (from, to) = (day(index, at, Role::ValidFrom), day(index, at, Role::ValidTo));
    match (state, from, to) {
        (State::Soon, _, Some(to)) if to == as_of => {
            Phrase::new("今天是最后一天", "today is the last day")
        }
        (State::Holds, _, Some(to)) => Phrase::new(
            format!("{}到期", to.words(Lang::Zh)),
            format!("until {}", to.words(Lang::En)),
        ),
        (State::Soon, _, Some(to)) => {
            let days = as_of.days_until(to);
            Phrase::new(
                format!("还有{days}天({}到期)", to.words(Lang::Zh)),
                format!("{} left (until {})", plural(days, "day"), to.words(Lang::En)),
            )
        }
        (State::Later, Some(from), _) => Phrase::new(
            format!("{}起施行", from.words(Lang::Zh)),
            format!("from {}", from.words(Lang::En)),
        ),
        (State::Over | State::Void, _, Some(to)) if to < as_of => Phrase::new(
            format!("{}到期", to.words(Lang::Zh)),
            format!("ended on {}", to.words(Lang::En)),
        ),
        _ => Phrase::default(),
    }
}

/// Makes the overview of the rules of a kind.
pub(super) fn validity(index: &Index<'_>, kind: &Kind, records: &[usize]) -> Validity {
    let lang = index.lang;
    let states: Vec<(State, usize)> =
        records.iter().map(|at| (state(index, kind, *at), *at)).collect();
    let mut told =
        Phrase::new(format!("共{}份", records.len()), format!("{} in all", records.len()));
    let mut groups = Vec::new();
    for wanted in State::ALL {
        let mut own: Vec<usize> =
            states.iter().filter(|(state, _)| *state == wanted).map(|(_, at)| *at).collect();
        // That nothing of the kind there is worth saying of what holds or ends soon only.
        if own.is_empty() && !matches!(wanted, State::Holds | State::Soon) {
            continue;
        }
        if wanted == State::Soon {
            own.sort_by_key(|at| day(index, *at, Role::ValidTo));
        }
        let label = wanted.label();
        told.zh.push_str(&format!(",{}{}份", label.zh, own.len()));
        told.en.push_str(&format!(", {} {}", own.len(), label.en));
        let soon = kind.soon.filter(|_| wanted == State::Soon).map(|term| {
            let words = term.words();
            Phrase::new(format!("{}内到期", words.zh), format!("within {}", words.en))
        });
        groups.push(Group {
            state: wanted,
            label: label.text(lang).to_owned(),
            note: soon.map_or_else(String::new, |note| note.text(lang).to_owned()),
            count: own.len(),
            more: own.len().saturating_sub(NAMED),
            rows: own.iter().take(NAMED).map(|at| row(index, *at, wanted)).collect(),
        });
    }
    told.zh.push('。');
    told.en.push('.');
    Validity { sentence: told.text(lang).to_owned(), groups }
}

/// Makes the row of one rule.
fn row(index: &Index<'_>, at: usize, state: State) -> Row {
    let record = index.record(at);
    let fields = &index.release.schema().kinds()[record.kind()].fields;
    let number = record
        .fields()
        .iter()
        .find(|field| fields[field.field()].format.as_deref() == Some(words::DOCUMENT_NUMBER));
    Row {
        title: words::title(index.release, record),
        href: index.href(at),
        number: number.map_or_else(String::new, |field| {
            words::field(index.release, &fields[field.field()], field, index.lang)
        }),
        publisher: words::publisher(index.release, record),
        from_text: said(index, at, Role::ValidFrom),
        to_text: said(index, at, Role::ValidTo),
        left_text: left(index, at, state).text(index.lang).to_owned(),
        instead: links(index, &instead(index, at)),
    }
}
