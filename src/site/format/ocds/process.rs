//! Which contracts belong together, and which other records belong to them.

use std::collections::BTreeMap;

use crate::records::{Datum, PublicValue, Role};
use crate::site::index::Index;
use crate::site::words;

/// Returns the contracts of each process, by the record that the process begins with.
pub(super) fn processes(index: &Index<'_>) -> BTreeMap<usize, Vec<usize>> {
    let mut processes: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..index.release.records().len() {
        if is_contract(index, at) {
            processes.entry(root(index, at)).or_default().push(at);
        }
    }
    processes
}

/// Returns whether a record says who was hired for how much.
fn is_contract(index: &Index<'_>, at: usize) -> bool {
    let has = |role| words::with_role(index.release, index.record(at), role).is_some();
    has(Role::ContractPrice) && has(Role::Supplier)
}

/// Returns the record that a contract's process begins with: the one that plans its money.
fn root(index: &Index<'_>, contract: usize) -> usize {
    let from = words::with_role(index.release, index.record(contract), Role::From);
    let sources = from.map_or(&[][..], |field| field.values()).iter();
    let planned = |value: &PublicValue| match value.datum() {
        Datum::Record(at) => {
            let record = index.record(*at);
            words::with_role(index.release, record, Role::Planned).is_some().then_some(*at)
        }
        _ => None,
    };
    sources.filter_map(planned).next().unwrap_or(contract)
}

/// Returns the payments under a contract, first to last: records of money paid that name it.
pub(super) fn payments(index: &Index<'_>, contract: usize) -> Vec<usize> {
    let sources = [contract].into_iter();
    let mut found = with_money(index, Role::Paid, sources.flat_map(|at| named_by(index, at)));
    found.sort_by_key(|at| (index.days[*at], *at));
    found
}

/// Returns the records that settle what was planned, or the contract itself.
pub(super) fn settlements(index: &Index<'_>, root: usize, contract: usize) -> Vec<usize> {
    let naming = [root, contract].into_iter().flat_map(|at| named_by(index, at));
    with_money(index, Role::Settled, naming)
}

/// Returns the records that name a record, in a flow of money or otherwise.
fn named_by<'i>(index: &'i Index<'_>, at: usize) -> impl Iterator<Item = usize> + 'i {
    let flows = index.outflows[at].iter().map(|flow| index.release.flows()[*flow].target());
    index.naming[at].iter().copied().chain(flows)
}

/// Returns the records that state money of a station and nothing later or earlier, each once.
fn with_money(
    index: &Index<'_>,
    station: Role,
    records: impl Iterator<Item = usize>,
) -> Vec<usize> {
    let own = |at: &usize| {
        let (release, record) = (index.release, index.record(*at));
        words::money(release, record, station).is_some()
            && words::with_role(release, record, Role::Supplier).is_none()
            && words::with_role(release, record, Role::From).is_some()
            && words::with_role(release, record, Role::Planned).is_none()
    };
    let mut found: Vec<usize> = records.filter(own).collect();
    found.sort_unstable();
    found.dedup();
    found
}
