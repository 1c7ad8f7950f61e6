//! The first page: the year in one sentence, what is open for objection, one's own village.

use serde::Serialize;
use tera::Value;

use crate::project::Level;
use crate::records::{Datum, Role};
use crate::site::chart::Figure;
use crate::site::index::Index;
use crate::site::ledger::{self, Account, Rung};
use crate::site::notice::State;
use crate::site::tally::{self, By, Sort};
use crate::site::view::place::{self, Line};
use crate::site::view::section::shown;
use crate::site::{url, words};
use crate::text::{Money, Phrase};

/// How many open notices the first page shows.
const OPEN: usize = 5;

/// How many of the newest records the first page shows.
const RECENT: usize = 8;

/// The view of the first page.
#[derive(Serialize)]
pub(crate) struct HomeView {
    summary: String,
    open: Value,
    open_count: usize,
    open_href: String,
    recent: Value,
    sections: Vec<Door>,
    places: Vec<Line>,
    ladder: Vec<Rung>,
    ladder_sum: String,
    charts: Vec<Figure>,
    villages: Vec<Village>,
}

#[derive(Serialize)]
struct Door {
    key: String,
    label: String,
    intro: String,
    href: String,
    count: usize,
}

#[derive(Serialize)]
struct Village {
    name: String,
    href: String,
}

/// Makes the view of the first page.
pub(crate) fn home(index: &Index<'_>) -> HomeView {
    let schema = index.release.schema();
    let lang = index.lang;
    let open = place::open_first(index);
    let noticing = schema.kinds().iter().find(|kind| kind.with_role(Role::NoticePeriod).is_some());
    let notices_page = noticing.map_or_else(String::new, |kind| url::section(&kind.section));
    let (year, funds) = newest_funds(index);
    let account = ledger::account(index, &funds);
    let totals = shown(&account);
    let sections = schema.sections().iter().filter_map(|section| {
        let kinds =
            schema.kinds().iter().enumerate().filter(|(_, kind)| kind.section == section.key);
        let count: usize = kinds.map(|(at, _)| index.by_kind[at].len()).sum();
        (count > 0).then(|| Door {
            key: section.key.clone(),
            label: section.label.text(lang).to_owned(),
            intro: section.intro.text(lang).to_owned(),
            href: url::section(&section.key),
            count,
        })
    });
    let funds_page = |role: Role| {
        let kind = schema.kinds().iter().find(|kind| kind.with_role(role).is_some());
        kind.map_or_else(String::new, |kind| url::kind(&kind.name))
    };
    HomeView {
        summary: summary(index, (year, &account), &totals, open.len()),
        open: index.cards_of(&open[..open.len().min(OPEN)]),
        open_count: open.len(),
        open_href: notices_page,
        recent: index.cards_of(&recent(index)),
        sections: sections.collect(),
        places: place::roots(index),
        ladder: ladder(index, &account, &totals, &funds_page),
        ladder_sum: ledger::equation(&totals, &account, lang),
        charts: charts(index, year, &funds, &account),
        villages: index
            .release
            .places()
            .iter()
            .filter(|place| {
                place.level == Level::Village && index.by_place.contains_key(&place.code)
            })
            .map(|place| Village { name: place.name.clone(), href: url::place(&place.code) })
            .collect(),
    }
}

/// Returns the newest records; what is open for objection stands above them already.
fn recent(index: &Index<'_>) -> Vec<usize> {
    let newest = index.newest.iter().copied();
    newest.filter(|at| index.states[*at] != Some(State::Open)).take(RECENT).collect()
}

/// Returns the funds of the newest year that has any, not after the as-of day.
fn newest_funds(index: &Index<'_>) -> (Option<i16>, Vec<usize>) {
    let mut years: Vec<(i16, usize)> = Vec::new();
    for (at, record) in index.release.records().iter().enumerate() {
        if words::money(index.release, record, Role::Available).is_none() {
            continue;
        }
        let year = match words::datum(index.release, record, Role::Year) {
            Some(Datum::Period(period)) => Some(period.first().year()),
            _ => index.days[at].map(|day| day.year()),
        };
        years.extend(
            year.filter(|year| *year <= index.release.as_of().year()).map(|year| (year, at)),
        );
    }
    let newest = years.iter().map(|(year, _)| *year).max();
    let funds = years.iter().filter(|(year, _)| Some(*year) == newest).map(|(_, at)| *at).collect();
    (newest, funds)
}

/// Returns the ladder of the year, with what is too much in it.
fn ladder(
    index: &Index<'_>,
    account: &Account,
    totals: &[(Role, i64)],
    href: &dyn Fn(Role) -> String,
) -> Vec<Rung> {
    let lang = index.lang;
    let mut rungs = ledger::ladder((totals, account), lang, href);
    let reason = Phrase::new(
        "由各笔资金相加得出,原因见每笔资金的页面。",
        "Added up from all funds; see the page of each for the reason.",
    );
    let reason = |_| reason.text(lang).to_owned();
    rungs.extend(ledger::excess((totals, account), lang, &reason));
    rungs
}

/// Draws where the year's money comes from, what it is for and, if the register wants it, where it is.
fn charts(index: &Index<'_>, year: Option<i16>, funds: &[usize], account: &Account) -> Vec<Figure> {
    let Some(year) = year else {
        return Vec::new();
    };
    let say = |zh: &str, en: &str| {
        Phrase::new(format!("{year}年{zh}"), format!("{en} in {year}")).text(index.lang).to_owned()
    };
    let planned = tally::arrived(account, Role::Planned);
    let by = |by: By| {
        let parts = tally::parts(index, &planned, by);
        tally::with_unlisted(index, parts, account, Role::Planned)
    };
    // Of a single part the sentence says all.
    let sources = (funds.len() > 1)
        .then(|| {
            tally::of_records(
                index,
                ("by-fund", say("的钱从哪里来", "Where the money comes from")),
                (funds, Role::Available),
                (By::Record, Sort::Bars),
            )
        })
        .flatten();
    let uses = (By::Use, Sort::Donut, "by-use", say("安排的钱做什么用", "What the money is for"));
    let places =
        (By::Place, Sort::Tiles, "by-place", say("安排的钱在哪里", "Where the money goes"));
    let wanted = [Some(uses), index.release.site().tile_map.then_some(places)];
    let drawn = wanted.into_iter().flatten().filter_map(|(group, sort, id, caption)| {
        tally::draw(index, (id, caption), by(group), sort)
    });
    sources.into_iter().chain(drawn).collect()
}

/// Returns the year in one sentence.
fn summary(
    index: &Index<'_>,
    (year, account): (Option<i16>, &Account),
    totals: &[(Role, i64)],
    open: usize,
) -> String {
    // A sum without what is not listed would be no sum.
    let known = |role: &Role| !account.unlisted.contains(role);
    let amount =
        |role: Role| totals.iter().find(|(own, _)| *own == role && known(own)).map(|(_, fen)| *fen);
    let short = |fen: i64| Money::of_fen(fen).short();
    let (mut zh, mut en) = (String::new(), String::new());
    if let (Some(year), Some(available)) = (year, amount(Role::Available)) {
        zh.push_str(&format!("{year}年共有资金{}", short(available)));
        en.push_str(&format!("{} available in {year}", short(available)));
        if let Some(allocated) = amount(Role::Allocated) {
            zh.push_str(&format!(",已分配{}", short(allocated)));
            en.push_str(&format!(", {} allocated", short(allocated)));
        }
        if let Some(paid) = amount(Role::Paid) {
            let share = ledger::percent(paid, available);
            zh.push_str(&format!(",已拨付{}({share})", short(paid)));
            en.push_str(&format!(", {} paid ({share})", short(paid)));
        }
        zh.push('。');
        en.push_str(". ");
    }
    if open > 0 {
        zh.push_str(&format!("现在有{open}项正在公示,可以提意见。"));
        let many = if open == 1 { " is" } else { "s are" };
        en.push_str(&format!("{open} notice{many} open for objection."));
    } else {
        zh.push_str("现在没有正在公示的事项。");
        en.push_str("No notice is open now.");
    }
    Phrase::new(zh, en).text(index.lang).to_owned()
}
