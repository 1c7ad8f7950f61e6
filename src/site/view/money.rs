//! The money of one record: how far it came, what it was planned, agreed, settled and paid at, where it
//! flows, and on which days.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::diag::Code;
use crate::records::{Datum, Role};
use crate::site::chart::{Amount, Event, Figure, Link, Node, Sankey, Timeline, figure};
use crate::site::index::Index;
use crate::site::ledger::{self, Account, Rung};
use crate::site::tally::{self, By, Entry};
use crate::site::view::section::SHOWN;
use crate::site::words;
use crate::text::{Money, Phrase};

/// How many stations stand in a column of a chart before the rest becomes one.
const FEW: usize = 5;

/// The money of one record.
#[derive(Default)]
pub(crate) struct RecordMoney {
    /// How much reached each station, and what is too much.
    pub(crate) ladder: Vec<Rung>,
    /// The ladder as a sum.
    pub(crate) sum: String,
    /// What is said where no money went on.
    pub(crate) note: String,
    /// Planned, agreed, settled and paid.
    pub(crate) steps: Vec<StepRow>,
    /// Where it flows.
    pub(crate) sankey: Option<Figure>,
}

/// One line of planned, agreed, settled and paid.
#[derive(Serialize)]
pub(crate) struct StepRow {
    label: String,
    amount_text: String,
    difference_text: String,
    /// Whether it is more than the one before.
    more: bool,
}

/// Makes the money of a record.
pub(crate) fn money(index: &Index<'_>, at: usize) -> RecordMoney {
    let lang = index.lang;
    let record = index.record(at);
    let own = words::amount(index.release, record);
    let stated = |role: &&Role| words::money(index.release, record, **role).is_some();
    let several = Role::STATIONS.iter().filter(stated).count() > 1;
    let lists = [!index.unlisted[at].is_empty(), !index.payouts[at].is_empty()];
    let flows = !index.outflows[at].is_empty() || lists.contains(&true);
    if !flows && !several {
        return RecordMoney {
            note: own.map_or_else(String::new, |(role, _)| nothing(index, role)),
            steps: steps(index, own, &ledger::account(index, &[at])),
            ..RecordMoney::default()
        };
    }
    let account = ledger::account(index, &[at]);
    let mut totals = account.totals();
    // Contracts and settlements are the business of one project, not of a whole fund.
    if totals.first().is_some_and(|(role, _)| *role < Role::Planned) {
        totals.retain(|(role, _)| SHOWN.contains(role));
    }
    let reason = |station: Role| {
        let code = station.too_much().map(Code::name);
        let accepted = record.accepted().find(|(name, _)| Some(*name) == code);
        accepted.map_or_else(
            || {
                let none = Phrase::new(
                    "原因没有说明,可以向发布单位询问。",
                    "No reason is given; ask whoever published it.",
                );
                none.text(lang).to_owned()
            },
            |(_, reason)| reason.to_owned(),
        )
    };
    let mut ladder = ledger::ladder((&totals, &account), lang, &|_| String::new());
    ladder.extend(ledger::excess((&totals, &account), lang, &reason));
    RecordMoney {
        ladder,
        sum: ledger::equation(&totals, &account, lang),
        note: String::new(),
        steps: steps(index, own, &account),
        sankey: sankey(index, at, own, &account),
    }
}

/// Returns what is said where no money went on from a station.
fn nothing(index: &Index<'_>, role: Role) -> String {
    let phrase = match role {
        Role::Available => {
            Phrase::new("这笔资金还没有登记分配。", "No allocation of this fund is on record yet.")
        }
        Role::Allocated => Phrase::new(
            "这次分配还没有登记安排到哪些项目。",
            "No project of this allocation is on record yet.",
        ),
        _ => Phrase::default(),
    };
    phrase.text(index.lang).to_owned()
}

/// Returns planned, agreed, settled and paid with the differences, for what is planned.
fn steps(index: &Index<'_>, own: Option<(Role, Money)>, account: &Account) -> Vec<StepRow> {
    let lang = index.lang;
    if own.is_none_or(|(role, _)| role != Role::Planned) {
        return Vec::new();
    }
    let totals = account.totals();
    let mut before: Option<i64> = None;
    let row = |station: Role| {
        let fen = totals.iter().find(|(role, _)| *role == station).map(|(_, fen)| *fen);
        let amount = match fen {
            _ if account.unlisted.contains(&station) => Some(Amount::Unlisted),
            fen => fen.map(Amount::Known),
        };
        let known = amount.and_then(Amount::known);
        let difference = known.zip(before).map(|(now, before)| now - before);
        before = known.or(before);
        let words = difference.map(|fen| {
            let gap = Money::of_fen(fen.saturating_abs()).short();
            match fen {
                0 => Phrase::new("一样", "the same"),
                1.. => Phrase::new(format!("多{gap}"), format!("{gap} more")),
                _ => Phrase::new(format!("少{gap}"), format!("{gap} less")),
            }
        });
        let none = Phrase::new("还没有登记", "not on record yet");
        StepRow {
            label: ledger::label(station, lang),
            amount_text: amount
                .map_or_else(|| none.text(lang).to_owned(), |amount| amount.words(lang)),
            difference_text: words.map_or_else(String::new, |words| words.text(lang).to_owned()),
            more: difference.is_some_and(|fen| fen > 0),
        }
    };
    [Role::Planned, Role::ContractPrice, Role::Settled, Role::Paid].into_iter().map(row).collect()
}

/// A column of a flow: for each entry the station it passes, and what the stations are called.
fn column(index: &Index<'_>, entries: &[Entry], by: By) -> (Vec<usize>, Vec<String>) {
    let groups: Vec<(String, String, String)> =
        entries.iter().map(|entry| tally::group(index, entry.record, by)).collect();
    let mut sums: BTreeMap<&str, (i64, &str)> = BTreeMap::new();
    for (entry, (order, label, _)) in entries.iter().zip(&groups) {
        let sum = &mut sums.entry(order).or_insert((0, label)).0;
        *sum = sum.saturating_add(entry.amount.known().unwrap_or(0));
    }
    let mut order: Vec<&str> = sums.keys().copied().collect();
    order.sort_by_key(|key| std::cmp::Reverse(sums[key].0));
    let kept = if order.len() > FEW + 1 { FEW } else { order.len() };
    let mut labels: Vec<String> = order[..kept].iter().map(|key| sums[key].1.to_owned()).collect();
    if order.len() > kept {
        let rest = order.len() - kept;
        let other = Phrase::new(format!("其他{rest}项"), format!("{rest} others"));
        labels.push(other.text(index.lang).to_owned());
    }
    let place = |key: &str| order[..kept].iter().position(|own| *own == key).unwrap_or(kept);
    (groups.iter().map(|(key, ..)| place(key)).collect(), labels)
}

/// Draws where the money of a fund or an allocation flows: to places, and there to what it is for.
fn sankey(
    index: &Index<'_>,
    at: usize,
    own: Option<(Role, Money)>,
    account: &Account,
) -> Option<Figure> {
    let (_, whole) = own.filter(|(role, _)| *role < Role::Planned)?;
    let mut entries = tally::arrived(account, Role::Planned);
    entries.retain(|entry| entry.record != at);
    if entries.is_empty() {
        return None;
    }
    let say = |zh: &str, en: &str| Phrase::new(zh, en).text(index.lang).to_owned();
    let (places, place_names) = column(index, &entries, By::Place);
    let (uses, use_names) = column(index, &entries, By::Use);
    let title = words::title(index.release, index.record(at));
    let mut nodes = vec![Node { label: title, column: 0 }];
    let first_use = 1 + place_names.len();
    nodes.extend(place_names.into_iter().map(|label| Node { label, column: 1 }));
    nodes.extend(use_names.into_iter().map(|label| Node { label, column: 2 }));
    let mut sums: BTreeMap<(usize, usize), Amount> = BTreeMap::new();
    let mut add = |from: usize, to: usize, amount: Amount| {
        let sum = sums.entry((from, to)).or_insert(Amount::Known(0));
        *sum = Amount::sum([*sum, amount]);
    };
    for ((entry, place), used) in entries.iter().zip(&places).zip(&uses) {
        add(0, 1 + place, entry.amount);
        add(1 + place, first_use + used, entry.amount);
    }
    let planned = Amount::sum(entries.iter().map(|entry| entry.amount)).known();
    let rest = planned.map_or(0, |planned| whole.fen().saturating_sub(planned));
    if account.unlisted.contains(&Role::Planned) {
        nodes.push(Node { label: say("不列出的", "not listed"), column: 1 });
        add(0, nodes.len() - 1, Amount::Unlisted);
    } else if rest > 0 {
        nodes.push(Node { label: say("没有安排到项目", "not planned yet"), column: 1 });
        add(0, nodes.len() - 1, Amount::Known(rest));
    }
    let links = sums.into_iter().map(|((from, to), amount)| Link { from, to, amount });
    let chart = Sankey::new(nodes, links.collect())?;
    let caption = say("钱流到哪里、做什么用", "Where the money flows, and what for");
    Some(figure("flow", caption, &chart, index.lang))
}

/// Draws what happened on which day, for records that are planned or say how far they are.
pub(crate) fn timeline(index: &Index<'_>, at: usize) -> Option<Figure> {
    let (release, lang) = (index.release, index.lang);
    let record = index.record(at);
    let kind = &release.schema().kinds()[record.kind()];
    words::money(release, record, Role::Planned)?;
    let mut events = Vec::new();
    for key in &kind.date_order {
        let Some((field, def)) = kind.field(key) else {
            continue;
        };
        let own = record.fields().iter().find(|own| own.field() == field);
        if let Some(Datum::Day(day)) =
            own.and_then(|own| own.values().first()).map(|value| value.datum())
        {
            events.push(Event { day: *day, label: def.label.text(lang).to_owned() });
        }
    }
    for notice in &index.notices_of[at] {
        let public = index.record(*notice);
        let label = &release.schema().kinds()[public.kind()].label;
        if let Some(period) = public.notice() {
            let title = words::title(release, public);
            let words =
                Phrase::new(format!("{}:{title}", label.zh), format!("{}: {title}", label.en));
            events.push(Event { day: period.first(), label: words.text(lang).to_owned() });
        }
    }
    for number in &index.outflows[at] {
        let flow = &release.flows()[*number];
        let target = index.record(flow.target());
        let label = release.schema().kinds()[target.kind()].label.text(lang);
        if let Some(Datum::Day(day)) = words::datum(release, target, Role::FormedOn) {
            let label = format!("{label} {}", flow.amount());
            events.push(Event { day: *day, label });
        }
    }
    let chart = Timeline::new(events, release.as_of())?;
    let caption = Phrase::new("哪一天办了什么", "What happened when").text(lang).to_owned();
    Some(figure("timeline", caption, &chart, lang))
}
