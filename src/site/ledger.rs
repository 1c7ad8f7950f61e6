//! The ledger: money followed from station to station, for a fund, a project or a whole register.

use serde::Serialize;

use crate::records::Role;
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

/// Returns how much of some records' money reached each station, in fen.
///
/// Money is followed along every flow, and each station counts what left the stations before it,
/// so that an allocation that is allocated further is not counted twice.
pub(crate) fn stations(index: &Index<'_>, sources: &[usize]) -> Vec<(Role, i64)> {
    let mut totals: Vec<(Role, i64)> = Vec::new();
    let mut add =
        |station: Role, fen: i64| match totals.iter_mut().find(|(known, _)| *known == station) {
            Some((_, total)) => *total += fen,
            None => totals.push((station, fen)),
        };
    let mut seen = vec![false; index.release.records().len()];
    let mut counted = vec![false; index.release.flows().len()];
    let mut open: Vec<(usize, Option<Role>)> = Vec::new();
    for source in sources {
        let own = Role::STATIONS.into_iter().filter_map(|role| {
            words::money(index.release, index.record(*source), role).map(|money| (role, money))
        });
        for (role, money) in own {
            add(role, money.fen());
        }
        seen[*source] = true;
        open.push((
            *source,
            words::amount(index.release, index.record(*source)).map(|(role, _)| role),
        ));
    }
    while let Some((at, arrived)) = open.pop() {
        for number in &index.outflows[at] {
            // A flow with several sources is met once from each of them.
            if std::mem::replace(&mut counted[*number], true) {
                continue;
            }
            let flow = &index.release.flows()[*number];
            if arrived != Some(flow.station()) {
                add(flow.station(), flow.amount().fen());
            }
            if !seen[flow.target()] {
                seen[flow.target()] = true;
                let record = index.record(flow.target());
                // Stations that the target states for itself lie further down the same road.
                let later = Role::STATIONS.into_iter().filter(|role| *role > flow.station());
                for role in later {
                    if let Some(money) = words::money(index.release, record, role) {
                        add(role, money.fen());
                    }
                }
                open.push((flow.target(), Some(flow.station())));
            }
        }
    }
    totals.sort_by_key(|(role, _)| *role);
    totals
}

/// Returns the rungs of a ladder; none when there are fewer than two stations.
pub(crate) fn ladder(
    totals: &[(Role, i64)],
    lang: Lang,
    href: &dyn Fn(Role) -> String,
) -> Vec<Rung> {
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
    };
    let mut rungs: Vec<Rung> = totals
        .iter()
        .map(|(role, fen)| rung(label(*role, lang), *fen, percent(*fen, first), href(*role)))
        .collect();
    let at = |wanted: Role| totals.iter().find(|(role, _)| *role == wanted).map(|(_, fen)| *fen);
    // Where no payment is registered at all, nothing can be said about what is still due.
    let Some(paid) = at(Role::Paid) else {
        return rungs;
    };
    // Once work is settled, only the settled sum is still due; the rest of the plan is saved.
    let due = at(Role::Settled).unwrap_or(first);
    let mut rest = |words: Phrase, from: i64, to: i64| {
        let share = complement(from, to, first);
        rungs.push(rung(words.text(lang).to_owned(), from - to, share, String::new()));
    };
    if paid > due {
        rest(Phrase::new("多拨付", "Paid too much"), paid, due);
    } else {
        rest(Phrase::new("尚未拨付", "Not yet paid"), due, paid);
    }
    if due < first {
        rest(Phrase::new("计划结余", "Left of the plan"), first, due);
    }
    rungs
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
