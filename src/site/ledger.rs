//! The ledger: money followed from station to station, for a fund, a project or a whole register.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::records::{Datum, Role};
use crate::site::index::Index;
use crate::site::words;
use crate::text::{Lang, Money, Phrase};

/// One rung: how much reached a station.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Rung {
    /// What the station is called.
    pub(crate) label: String,
    /// How much.
    pub(crate) amount_text: String,
    /// The share of the first rung.
    pub(crate) percent_text: String,
    /// The share as a whole number from 0 to 100.
    pub(crate) width: i64,
    /// Where the parts are shown; empty when they stand on the same page.
    pub(crate) href: String,
    /// What the number leaves open.
    pub(crate) note: String,
    /// Whether it is a difference that should not be there.
    pub(crate) bad: bool,
}

/// Returns what a station is called.
pub(crate) fn label(station: Role, lang: Lang) -> String {
    let phrase = match station {
        Role::Available => Phrase::new("资金规模", "Available"),
        Role::Allocated => Phrase::new("已分配", "Allocated"),
        Role::Planned => Phrase::new("已安排到项目", "Planned"),
        Role::ContractPrice => Phrase::new("合同价", "Contract price"),
        Role::Settled => Phrase::new("已结算", "Settled"),
        Role::Paid => Phrase::new("已拨付", "Paid"),
        Role::Total => Phrase::new("合计", "Total"),
        _ => Phrase::new("金额", "Amount"),
    };
    phrase.text(lang).to_owned()
}

/// Money that reached a station, and the record that says so.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Arrival {
    /// The station.
    pub(crate) station: Role,
    /// How much, in fen.
    pub(crate) fen: i64,
    /// The record that the money reached.
    pub(crate) record: usize,
    /// The station it came from; its own for what a record states of itself.
    pub(crate) left: Role,
    /// Whether a list of those who were paid says so, and no payment.
    pub(crate) listed: bool,
    /// The record that the money left; the record itself for what it states.
    via: usize,
    /// Whether money of other sources may be in it, since what it left has several.
    shared: bool,
}

impl Arrival {
    /// Makes an arrival of which nothing else is said yet.
    const fn new(station: Role, fen: i64) -> Self {
        Self { station, fen, record: 0, left: station, listed: false, via: 0, shared: false }
    }
}

/// Where the money of some records arrived.
#[derive(Debug, Default)]
pub(crate) struct Account {
    /// Every arrival, in the order it was met.
    pub(crate) arrivals: Vec<Arrival>,
    /// The stations at which more arrived, in amounts that are not listed.
    pub(crate) unlisted: BTreeSet<Role>,
}

impl Account {
    /// Returns how much reached each station, in their order.
    pub(crate) fn totals(&self) -> Vec<(Role, i64)> {
        let mut totals: BTreeMap<Role, i64> = BTreeMap::new();
        for arrival in &self.arrivals {
            *totals.entry(arrival.station).or_default() += arrival.fen;
        }
        totals.into_iter().collect()
    }

    /// Returns how much of what was paid only lists of those who were paid speak of.
    pub(crate) fn listed(&self) -> i64 {
        let listed = self.arrivals.iter().filter(|arrival| arrival.listed);
        listed.map(|arrival| arrival.fen).sum()
    }

    /// Returns how much of what reached a station had to pass the station before it.
    ///
    /// What went straight on from an earlier station, and what only lists speak of, is not measured by a
    /// station that it never passed.
    fn passed(&self, before: Role, station: Role) -> i64 {
        let at = self.at(station).filter(|arrival| !arrival.listed && !arrival.shared);
        at.filter(|arrival| arrival.left >= before.min(Role::Planned))
            .map(|arrival| arrival.fen)
            .sum()
    }

    /// Returns what arrived at a station.
    pub(crate) fn at(&self, station: Role) -> impl Iterator<Item = Arrival> {
        self.arrivals.iter().copied().filter(move |arrival| arrival.station == station)
    }
}

/// Follows the money of some records.
///
/// Money is followed along every flow, and each station counts what left the stations before it,
/// so that an allocation that is allocated further is not counted twice.
pub(crate) fn account(index: &Index<'_>, sources: &[usize]) -> Account {
    let mut account = Account::default();
    let mut seen = vec![false; index.release.records().len()];
    let mut counted = vec![false; index.release.flows().len()];
    let mut open: Vec<(usize, Option<Role>)> = Vec::new();
    for source in sources {
        account.state(index, *source, |_| true);
        seen[*source] = true;
        open.push((
            *source,
            words::amount(index.release, index.record(*source)).map(|(role, _)| role),
        ));
    }
    while let Some((at, arrived)) = open.pop() {
        account.unlisted.extend(&index.unlisted[at]);
        account.lists(index, at, &mut seen);
        for number in &index.outflows[at] {
            // A flow with several sources is met once from each of them.
            if std::mem::replace(&mut counted[*number], true) {
                continue;
            }
            let flow = &index.release.flows()[*number];
            let (station, record) = (flow.station(), flow.target());
            if arrived != Some(station) {
                let (fen, left) = (flow.amount().fen(), arrived.unwrap_or(Role::Available));

                account.arrivals.push(Arrival {
                    record,
                    left,
                    via: at,
                    ..Arrival::new(station, fen)
                });
            }
            if !seen[record] {
                seen[record] = true;
                // Stations that the target states for itself lie further down the same road.
                account.state(index, record, |role| role > station);
                open.push((record, Some(station)));
            }
        }
    }
    account.mark_shared(index, sources, &seen);
    account.count_once();
    account
}

impl Account {
    /// Adds the stations that a record states for itself.
    fn state(&mut self, index: &Index<'_>, record: usize, counts: impl Fn(Role) -> bool) {
        for station in Role::STATIONS.into_iter().filter(|role| counts(*role)) {
            match words::datum(index.release, index.record(record), station) {
                Some(Datum::Money(money)) => {
                    let fen = money.fen();
                    self.arrivals.push(Arrival {
                        record,
                        via: record,
                        ..Arrival::new(station, fen)
                    });
                }
                Some(Datum::Small(_)) => drop(self.unlisted.insert(station)),
                _ => {}
            }
        }
    }
}

impl Account {
    /// Takes off what records state of themselves as far as records that their money reached say it too: a
    /// project that says what was paid for it, and the payments out of it, are the same money.
    fn count_once(&mut self) {
        let from: BTreeMap<usize, usize> = self
            .arrivals
            .iter()
            .filter(|arrival| arrival.via != arrival.record)
            .map(|arrival| (arrival.record, arrival.via))
            .collect();
        let above = |record: usize| -> Vec<usize> {
            let mut path = Vec::new();
            let mut at = record;
            // Money that goes in a circle is found elsewhere; here it must not go on for ever.
            while let Some(next) = from.get(&at).filter(|next| !path.contains(*next)) {
                path.push(*next);
                at = *next;
            }
            path
        };
        let paths: Vec<Vec<usize>> =
            self.arrivals.iter().map(|arrival| above(arrival.record)).collect();
        let mut deepest: Vec<usize> = (0..self.arrivals.len()).collect();
        deepest.sort_by_key(|at| std::cmp::Reverse(paths[*at].len()));
        let mut below: BTreeMap<(usize, Role), i64> = BTreeMap::new();
        let mut repeated: BTreeSet<usize> = BTreeSet::new();
        for at in deepest {
            let arrival = &mut self.arrivals[at];
            if arrival.via == arrival.record {
                let told = below.get(&(arrival.record, arrival.station)).copied().unwrap_or(0);
                let told = told.clamp(0, arrival.fen.max(0));
                arrival.fen -= told;
                if told > 0 && arrival.fen == 0 {
                    repeated.insert(at);
                }
            }
            let (fen, station) = (arrival.fen, arrival.station);
            for record in &paths[at] {
                *below.entry((*record, station)).or_default() += fen;
            }
        }
        let mut at = 0..;
        self.arrivals.retain(|_| at.next().is_none_or(|at| !repeated.contains(&at)));
    }

    /// Marks what arrived from records that have money of sources that are not followed here.
    fn mark_shared(&mut self, index: &Index<'_>, sources: &[usize], seen: &[bool]) {
        let flows = index.release.flows();
        let mut shared: BTreeSet<usize> = BTreeSet::new();
        let reached: BTreeSet<usize> = self.arrivals.iter().map(|arrival| arrival.record).collect();
        let other = |at: &usize| {
            let from = index.inflows[*at].iter().flat_map(|number| flows[*number].sources());
            from.into_iter().any(|source| !seen[*source])
        };
        let mut open: Vec<usize> =
            reached.iter().copied().filter(|at| !sources.contains(at) && other(at)).collect();
        while let Some(at) = open.pop() {
            if shared.insert(at) {
                open.extend(index.outflows[at].iter().map(|number| flows[*number].target()));
            }
        }
        for arrival in &mut self.arrivals {
            arrival.shared = shared.contains(&arrival.via);
        }
    }

    /// Returns how much of what was paid may be money of other sources.
    fn shared(&self) -> i64 {
        let paid = self.at(Role::Paid).filter(|arrival| arrival.shared);
        paid.map(|arrival| arrival.fen).sum()
    }

    /// Adds what was paid out of a record by lists of those who got it.
    ///
    /// The same money may stand in the books twice, as a payment and as a list: a list whose total is that
    /// of a payment out of the same record is that payment. The payments of a project are one account; where
    /// it has any, they say all.
    fn lists(&mut self, index: &Index<'_>, at: usize, seen: &mut [bool]) {
        let record = index.record(at);
        let flows = index.outflows[at].iter().map(|number| &index.release.flows()[*number]);
        let flows = flows.filter(|flow| flow.station() == Role::Paid);
        let mut paid: Vec<i64> = flows.map(|flow| flow.amount().fen()).collect();
        let stated = |role: Role| words::datum(index.release, record, role).is_some();
        if stated(Role::Paid) || (stated(Role::Planned) && !paid.is_empty()) {
            return;
        }
        for list in &index.payouts[at] {
            let Some(Datum::Money(money)) = words::payout(index.release, index.record(*list))
            else {
                continue;
            };
            if std::mem::replace(&mut seen[*list], true) {
                continue;
            }
            let fen = money.fen();
            if let Some(same) = paid.iter().position(|paid| *paid == fen) {
                paid.swap_remove(same);
                continue;
            }
            let left =
                words::amount(index.release, record).map_or(Role::Available, |(role, _)| role);
            let arrival = Arrival { record: *list, left, via: at, ..Arrival::new(Role::Paid, fen) };
            self.arrivals.push(Arrival { listed: true, ..arrival });
        }
    }
}

/// Returns the rungs of a ladder; none when there are fewer than two stations.
///
/// A station at which something is not listed has neither a bar nor a figure, and nothing is worked
/// out from it.
pub(crate) fn ladder(
    (totals, account): (&[(Role, i64)], &Account),
    lang: Lang,
    href: &dyn Fn(Role) -> String,
) -> Vec<Rung> {
    let unlisted = &account.unlisted;
    let Some((_, first)) = totals.first().copied().filter(|(_, fen)| *fen > 0) else {
        return Vec::new();
    };
    if totals.len() < 2 {
        return Vec::new();
    }
    let rung = |label: String, fen: i64, percent_text: String, href: String| Rung {
        label,
        amount_text: Money::of_fen(fen).short(),
        percent_text,
        width: (fen.clamp(0, first) * 100) / first,
        href,
        note: String::new(),
        bad: false,
    };
    let reached = totals.iter().map(|(role, fen)| {
        if unlisted.contains(role) {
            return veiled(*role, lang, href(*role));
        }
        rung(label(*role, lang), *fen, percent(*fen, first), href(*role))
    });
    let mut rungs: Vec<Rung> = reached.collect();
    let (listed, shared) = (account.listed(), account.shared());
    let paid = totals.iter().position(|(role, _)| *role == Role::Paid);
    if let Some(at) = paid.filter(|_| !unlisted.contains(&Role::Paid)) {
        rungs[at].note = paid_note(listed, shared, lang);
    }
    let at = |wanted: Role| totals.iter().find(|(role, _)| *role == wanted).map(|(_, fen)| *fen);
    // Where no payment is registered at all, nothing can be said about what is still due.
    let Some(paid) = at(Role::Paid).filter(|_| unlisted.is_empty()) else {
        return rungs;
    };
    // Once work is settled, only the settled sum is still due; the rest of the plan is saved.
    let due = at(Role::Settled).unwrap_or(first);
    // What only lists speak of may stand in the books twice, and what others paid for too is not to be
    // told apart: neither accuses anybody, and of the latter no rest is known.
    if shared > 0 || paid > due && paid - listed <= due {
        return rungs;
    }
    let mut rest = |words: Phrase, from: i64, to: i64| {
        let share = complement(from, to, first);
        rungs.push(rung(words.text(lang).to_owned(), from - to, share, String::new()));
    };
    if paid > due {
        rest(Phrase::new("多拨付", "Paid too much"), paid, due);
    } else {
        rest(unpaid(), due, paid);
    }
    if due < first {
        rest(Phrase::new("计划结余", "Left of the plan"), first, due);
    }
    rungs
}

/// Returns what is said of money paid that is not wholly from payments out of these sources.
fn paid_note(listed: i64, shared: i64, lang: Lang) -> String {
    let mut notes: Vec<Phrase> = Vec::new();
    if listed > 0 {
        let sum = Money::of_fen(listed).short();
        let en = format!("{sum} of it by lists of those who were paid");
        notes.push(Phrase::new(format!("其中按名单发放{sum}"), en));
    }
    if shared > 0 {
        let sum = Money::of_fen(shared).short();
        let en = format!("{sum} was paid for what other funds pay for, too");
        notes.push(Phrase::new(format!("有{sum}付的事还用了别的资金,分不开"), en));
    }
    let separator = if lang == Lang::Zh { ";" } else { "; " };
    let notes: Vec<&str> = notes.iter().map(|note| note.text(lang)).collect();
    notes.join(separator)
}

/// Returns what money is called of which no record says that it was paid: it may have been.
fn unpaid() -> Phrase {
    Phrase::new("没有拨付记录", "No payment on record")
}

/// Returns the rung of a station at which something is not listed.
fn veiled(station: Role, lang: Lang, href: String) -> Rung {
    let say = |zh: &str, en: &str| Phrase::new(zh, en).text(lang).to_owned();
    Rung {
        label: label(station, lang),
        amount_text: say("若干", "not listed"),
        percent_text: String::new(),
        width: 0,
        href,
        note: say("其中有不列出的数,不加总", "some of it is not listed, so there is no sum"),
        bad: false,
    }
}

/// Returns a rung for each station that more money reached than there was before it, with the reason.
pub(crate) fn excess(
    (totals, account): (&[(Role, i64)], &Account),
    lang: Lang,
    reason: &dyn Fn(Role) -> String,
) -> Vec<Rung> {
    // A contract binds two parties and limits neither what is settled nor what is paid.
    let limits = totals.iter().filter(|(role, _)| *role != Role::ContractPrice);
    let limits: Vec<(Role, i64)> = limits.copied().collect();
    let over = limits.windows(2).filter_map(|pair| {
        let [(before, limit), (station, _)] = pair else {
            return None;
        };
        let known = !account.unlisted.contains(before) && !account.unlisted.contains(station);
        let sum = account.passed(*before, *station);
        let more = sum.checked_sub(*limit).filter(|more| known && *more > 0)?;
        let (own, other) = (label(*station, lang), label(*before, lang));
        let words =
            Phrase::new(format!("差额:{own}比{other}多"), format!("{own} more than {other}"));
        Some(Rung {
            label: words.text(lang).to_owned(),
            amount_text: Money::of_fen(more).short(),
            percent_text: String::new(),
            width: 0,
            href: String::new(),
            note: reason(*station),
            bad: true,
        })
    });
    over.collect()
}

/// Returns the ladder as a sum that can be checked on the page: the first station is what was paid and
/// what was not; empty where that cannot be said.
pub(crate) fn equation(totals: &[(Role, i64)], account: &Account, lang: Lang) -> String {
    let at = |wanted: Role| totals.iter().find(|(role, _)| *role == wanted).map(|(_, fen)| *fen);
    let Some(((station, first), paid)) = totals.first().copied().zip(at(Role::Paid)) else {
        return String::new();
    };
    let due = at(Role::Settled).unwrap_or(first);
    if account.shared() > 0
        || station == Role::Paid
        || !account.unlisted.is_empty()
        || paid > due
        || due > first
    {
        return String::new();
    }
    let short = |fen: i64| Money::of_fen(fen).short();
    let mut parts = vec![(Phrase::new("已拨付", "paid"), paid)];
    parts.push((unpaid(), due - paid));
    if due < first {
        parts.push((Phrase::new("计划结余", "left of the plan"), first - due));
    }
    let parts = parts.iter().map(|(words, fen)| format!("{} {}", words.text(lang), short(*fen)));
    let parts: Vec<String> = parts.collect();
    format!("{} {} = {}", label(station, lang), short(first), parts.join(" + "))
}

/// Returns the share that is left between two stations, so that all shares shown add up.
fn complement(from: i64, to: i64, whole: i64) -> String {
    let permille = |fen: i64| i128::from(fen) * 1000 / i128::from(whole);
    words_of(permille(from) - permille(to))
}

/// Returns a share in percent with one decimal, rounded down so that parts never exceed the whole.
pub(crate) fn percent(part: i64, whole: i64) -> String {
    if whole == 0 {
        return String::new();
    }
    words_of(i128::from(part) * 1000 / i128::from(whole))
}

/// Returns a share given in thousandths.
fn words_of(permille: i128) -> String {
    if permille % 10 == 0 {
        format!("{}%", permille / 10)
    } else {
        format!("{}.{}%", permille / 10, (permille % 10).abs())
    }
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn shares_never_round_up_to_the_whole() {
        assert_eq!(percent(1, 3), "33.3%");
        assert_eq!(percent(9999, 10000), "99.9%");
        assert_eq!(percent(5, 5), "100%");
        assert_eq!(percent(1, 0), "");
    }
}
