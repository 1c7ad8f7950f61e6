//! The money chain: which record's money came from which, and how much.
//!
//! Built from the roles `from` and the money stations; used to check the chain and to draw it.

use crate::records::catalog::{Catalog, Cell, Record};
use crate::records::schema::{Role, Schema};
use crate::text::Money;

/// Money that went from one record to another.
pub(in crate::records) struct Flow {
    /// The records it came from; several when one sum has several sources without shares.
    pub(in crate::records) sources: Vec<usize>,
    /// The record it went to.
    pub(in crate::records) target: usize,
    /// What it is at the target.
    pub(in crate::records) station: Role,
    /// How much.
    pub(in crate::records) amount: Money,
    /// The fields that say so: the amount's and the source's, each with its table if it is a column.
    pub(in crate::records) said_by: [(Option<usize>, usize); 2],
}

/// Returns every flow of a catalog, in the order of the targets.
pub(in crate::records) fn flows(catalog: &Catalog, schema: &Schema) -> Vec<Flow> {
    let mut flows = Vec::new();
    for (target, record) in catalog.records().iter().enumerate() {
        let Some((station, whole, said)) = first_station(record, schema) else {
            continue;
        };
        let shares = shares(record, catalog, schema);
        if !shares.is_empty() {
            flows.extend(shares.into_iter().map(|share| Flow {
                sources: vec![share.source],
                target,
                station,
                amount: share.amount,
                said_by: share.said_by,
            }));
            continue;
        }
        let Some(cell) = record.with_role(schema, Role::From) else {
            continue;
        };
        let sources = found(cell, catalog);
        if !sources.is_empty() {
            let said_by = [(None, said.field), (None, cell.field)];
            flows.push(Flow { sources, target, station, amount: whole, said_by });
        }
    }
    flows
}

/// Returns the first money station that a record states.
pub(in crate::records) fn first_station<'r>(
    record: &'r Record,
    schema: &Schema,
) -> Option<(Role, Money, &'r Cell)> {
    Role::STATIONS
        .into_iter()
        .find_map(|role| record.money(schema, role).map(|(money, cell)| (role, money, cell)))
}

/// A source with its share.
struct Share {
    source: usize,
    amount: Money,
    said_by: [(Option<usize>, usize); 2],
}

/// Returns the shares of a record that names each source with an amount.
fn shares(record: &Record, catalog: &Catalog, schema: &Schema) -> Vec<Share> {
    let kind = record.kind_of(schema);
    let mut shares = Vec::new();
    for rows in &record.tables {
        let table = &kind.tables[rows.table];
        let (Some((from, _)), Some((amount, _))) =
            (table.with_role(Role::From), table.with_role(Role::Amount))
        else {
            continue;
        };
        for row in &rows.rows {
            let source = row.cell(from).and_then(|cell| found(cell, catalog).first().copied());
            let money = row.value(amount).and_then(|value| value.money());
            if let (Some(source), Some(money)) = (source, money) {
                let said_by = [(Some(rows.table), amount), (Some(rows.table), from)];
                shares.push(Share { source, amount: money, said_by });
            }
        }
    }
    shares
}

/// Returns the records that a cell names and that exist.
fn found(cell: &Cell, catalog: &Catalog) -> Vec<usize> {
    cell.references().filter_map(|key| catalog.find(key)).collect()
}
