//! The page of a section: its kinds, and for notices and money what matters most today.

use serde::Serialize;
use tera::Value;

use crate::records::{Overview, Role};
use crate::site::chart::{Amount, Figure};
use crate::site::index::Index;
use crate::site::ledger::{self, Account, Rung};
use crate::site::notice::State;
use crate::site::tally::{self, By, Sort};
use crate::site::view::overview::{self, OverviewView};
use crate::site::view::place;
use crate::site::{url, words};
use crate::text::{Money, Phrase};

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
    permanent: Value,
    ended: Value,
    ended_count: usize,
    ladder: Vec<Rung>,
    ladder_sum: String,
    years: Option<Figure>,
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
    overview: Option<OverviewView>,
    /// Whether the overview stands before all records of the section: it says most of what is asked.
    overview_first: bool,
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
            overview: overview::overview(index, at),
            overview_first: kind.overview.is_some_and(|kind| kind != Overview::Series),
        });
    }
    let in_state = |state| if has_notices { index.notices_in(state) } else { Vec::new() };
    let ended = in_state(State::Ended);
    let account = ledger::account(index, &funds);
    let totals = shown(&account);
    SectionView {
        section: Head {
            key: section.key.clone(),
            label: section.label.text(lang).to_owned(),
            intro: section.intro.text(lang).to_owned(),
        },
        kinds: blocks,
        open: if has_notices {
            index.cards_of(&place::open_first(index))
        } else {
            index.cards_of(&[])
        },
        upcoming: index.cards_of(&in_state(State::Upcoming)),
        permanent: index.cards_of(&in_state(State::Permanent)),
        ended: index.cards_of(&ended[..ended.len().min(ENDED)]),
        ended_count: ended.len(),
        ladder: ledger::ladder((&totals, &account), lang, &|_| String::new()),
        ladder_sum: ledger::equation(&totals, &account, lang),
        years: years(index, &funds),
        funds: funds.iter().map(|at| fund_row(index, *at)).collect(),
    }
}

/// Draws what the funds of each year come to; none for a single year.
fn years(index: &Index<'_>, funds: &[usize]) -> Option<Figure> {
    let caption = Phrase::new("历年资金", "Money by year").text(index.lang).to_owned();
    let entries = tally::entries(index, funds, Role::Available);
    let parts = tally::parts(index, &entries, By::Year);
    let several = parts.len() > 1;
    several.then(|| tally::draw(index, ("years", caption), parts, Sort::Line)).flatten()
}

/// Returns how much reached the stations that are shown for money as a whole.
pub(crate) fn shown(account: &Account) -> Vec<(Role, i64)> {
    let mut totals = account.totals();
    totals.retain(|(role, _)| SHOWN.contains(role));
    totals
}

/// Makes the row of one fund.
fn fund_row(index: &Index<'_>, at: usize) -> FundRow {
    let account = ledger::account(index, &[at]);
    let totals = shown(&account);
    let like = words::money(index.release, index.record(at), Role::Available);
    let words_of = |fen: i64| {
        like.map_or_else(
            || Money::of_fen(fen).short(),
            |like| Money::shown_like(fen, like).to_string(),
        )
    };
    let steps = SHOWN.into_iter().map(|role| {
        let fen = totals.iter().find(|(known, _)| *known == role).map(|(_, fen)| *fen);
        let amount_text = if account.unlisted.contains(&role) {
            Amount::Unlisted.words(index.lang)
        } else {
            // That nothing is on record does not say that nothing was paid.
            let none = Phrase::new("没有记录", "none on record");
            fen.map_or_else(|| none.text(index.lang).to_owned(), words_of)
        };
        Step { label: ledger::label(role, index.lang), amount_text }
    });
    FundRow { card: index.cards[at].clone(), steps: steps.collect() }
}
