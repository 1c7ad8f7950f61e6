//! The page of a section: its kinds, and for notices and money what matters most today.

use serde::Serialize;
use tera::Value;

use crate::records::Role;
use crate::site::index::Index;
use crate::site::ledger::{self, Rung};
use crate::site::notice::State;
use crate::site::{url, words};
use crate::text::Money;

/// How many cards of a kind a section shows.
const LATEST: usize = 6;

/// How many ended notices a section shows.
const ENDED: usize = 50;

/// The view of a section.
#[derive(Serialize)]
pub(crate) struct SectionView {
    section: Head,
    kinds: Vec<KindBlock>,
    open: Value,
    upcoming: Value,
    ended: Value,
    ended_count: usize,
    ladder: Vec<Rung>,
    funds: Vec<FundRow>,
}

#[derive(Serialize)]
struct Head {
    key: String,
    label: String,
    intro: String,
}

#[derive(Serialize)]
struct KindBlock {
    label: String,
    purpose: String,
    href: String,
    count: usize,
    latest: Value,
}

#[derive(Serialize)]
struct FundRow {
    card: Value,
    steps: Vec<Step>,
}

#[derive(Serialize)]
struct Step {
    label: String,
    amount_text: String,
}

/// The stations shown for money as a whole.
pub(crate) const SHOWN: [Role; 4] = [Role::Available, Role::Allocated, Role::Planned, Role::Paid];

/// Makes the view of a section.
pub(crate) fn section(index: &Index<'_>, section_index: usize) -> SectionView {
    let schema = index.release.schema();
    let section = &schema.sections()[section_index];
    let lang = index.lang;
    let kinds = schema.kinds().iter().enumerate().filter(|(_, kind)| kind.section == section.key);
    let mut blocks = Vec::new();
    let mut funds = Vec::new();
    let mut has_notices = false;
    for (at, kind) in kinds {
        let records = &index.by_kind[at];
        if records.is_empty() {
            continue;
        }
        has_notices |= kind.with_role(Role::NoticePeriod).is_some();
        if kind.with_role(Role::Available).is_some() {
            funds.extend(records.iter().copied());
        }
        blocks.push(KindBlock {
            label: kind.label.text(lang).to_owned(),
            purpose: kind.purpose.text(lang).to_owned(),
            href: url::kind(&kind.name),
            count: records.len(),
            latest: index.cards_of(&records[..records.len().min(LATEST)]),
        });
    }
    let in_state = |state| if has_notices { index.notices_in(state) } else { Vec::new() };
    let mut open = in_state(State::Open);
    open.extend(in_state(State::Permanent));
    let ended = in_state(State::Ended);
    let totals: Vec<(Role, i64)> = whole(index, &funds);
    SectionView {
        section: Head {
            key: section.key.clone(),
            label: section.label.text(lang).to_owned(),
            intro: section.intro.text(lang).to_owned(),
        },
        kinds: blocks,
        open: index.cards_of(&open),
        upcoming: index.cards_of(&in_state(State::Upcoming)),
        ended: index.cards_of(&ended[..ended.len().min(ENDED)]),
        ended_count: ended.len(),
        ladder: ledger::ladder(&totals, lang, &|_| String::new()),
        funds: funds.iter().map(|at| fund_row(index, *at)).collect(),
    }
}

/// Returns the stations of some funds together.
pub(crate) fn whole(index: &Index<'_>, funds: &[usize]) -> Vec<(Role, i64)> {
    let mut totals = ledger::stations(index, funds);
    totals.retain(|(role, _)| SHOWN.contains(role));
    totals
}

/// Makes the row of one fund.
fn fund_row(index: &Index<'_>, at: usize) -> FundRow {
    let totals = whole(index, &[at]);
    let like = words::money(index.release, index.record(at), Role::Available);
    let words_of = |fen: i64| {
        if fen == 0 {
            return "0".to_owned();
        }
        like.map_or_else(
            || Money::of_fen(fen).short(),
            |like| Money::shown_like(fen, like).to_string(),
        )
    };
    let steps = SHOWN.into_iter().map(|role| {
        let fen = totals.iter().find(|(known, _)| *known == role).map_or(0, |(_, fen)| *fen);
        Step { label: ledger::label(role, index.lang), amount_text: words_of(fen) }
    });
    FundRow { card: index.cards[at].clone(), steps: steps.collect() }
}
