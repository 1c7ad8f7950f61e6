//! More money flows out of a record than it has: allocated beyond the fund, planned beyond the
//! allocation, settled beyond the plan, paid beyond the settlement.

use std::collections::BTreeMap;

use crate::diag::code::{OVER_ALLOCATED, OVER_PLANNED, OVER_SETTLED};
use crate::diag::{Code, Finding, Report};
use crate::records::catalog::{Cell, Record};
use crate::records::chain::{Flow, flows};
use crate::records::check::Book;
use crate::records::schema::{Class, Role};
use crate::text::{Money, Phrase};

/// Checks every station of every record.
pub(super) fn check(book: &Book<'_>, report: &mut Report) {
    let flows = flows(book.catalog, book.schema);
    let mut outgoing: BTreeMap<(usize, Role), Vec<&Flow>> = BTreeMap::new();
    for flow in &flows {
        match flow.sources.as_slice() {
            [source] => outgoing.entry((*source, flow.station)).or_default().push(flow),
            sources => several_sources(book, flow, sources, report),
        }
    }
    for ((source, station), flows) in &outgoing {
        from_one_source(book, (*source, *station), flows, &outgoing, report);
    }
    for record in book.catalog.records() {
        within(book, record, report);
    }
}

/// Returns what a record has for a station: the nearest station before it that it states.
fn capacity<'r>(
    book: &Book<'_>,
    record: &'r Record,
    station: Role,
) -> Option<(Money, Role, &'r Cell)> {
    // A contract binds two parties and limits neither the settlement nor the payment by itself.
    let before = Role::STATIONS
        .into_iter()
        .take_while(|role| *role != station)
        .filter(|role| *role != Role::ContractPrice);
    let same = (station == Role::Allocated).then_some(station);
    before
        .chain(same)
        .filter_map(|role| record.money(book.schema, role).map(|(money, cell)| (money, role, cell)))
        .last()
}

/// Checks the sum of what flows from one record to a station.
fn from_one_source(
    book: &Book<'_>,
    (source, station): (usize, Role),
    flows: &[&Flow],
    outgoing: &BTreeMap<(usize, Role), Vec<&Flow>>,
    report: &mut Report,
) {
    let record = &book.catalog.records()[source];
    let (Some(code), Some((mut limit, mut limited_by, cell))) =
        (station.too_much(), capacity(book, record, station))
    else {
        return;
    };
    let mut span = record.span(&cell.range);
    // Payments are limited by the settlements of the same record once there are any.
    if station == Role::Paid
        && let Some(settlements) = outgoing.get(&(source, Role::Settled))
        && let Some(first) = settlements.first()
    {
        limit = Money::shown_like(total(settlements), first.amount);
        limited_by = Role::Settled;
        span = book.catalog.records()[first.target].id_span();
    }
    let sum = total(flows);
    if sum <= limit.fen() {
        return;
    }
    let mut finding = over(code, limited_by, sum, limit, span);
    for flow in flows {
        let target = &book.catalog.records()[flow.target];
        let words =
            Phrase::new(format!("其中{}", flow.amount), format!("of which {}", flow.amount));
        finding = finding.related(target.id_span(), words);
    }
    report.push(finding);
}

/// Checks one sum that has several sources without shares.
fn several_sources(book: &Book<'_>, flow: &Flow, sources: &[usize], report: &mut Report) {
    let limits: Option<Vec<(Money, Role, &Cell)>> = sources
        .iter()
        .map(|source| capacity(book, &book.catalog.records()[*source], flow.station))
        .collect();
    let (Some(code), Some(limits)) = (flow.station.too_much(), limits) else {
        return;
    };
    let limit = limits.iter().map(|(money, ..)| money.fen()).sum();
    if flow.amount.fen() > limit
        && let Some((like, role, _)) = limits.first()
    {
        let target = &book.catalog.records()[flow.target];
        let limit = Money::shown_like(limit, *like);
        let mut finding = over(code, *role, flow.amount.fen(), limit, target.id_span());
        if !flow_is_public(book, flow) {
            finding.message = closed(code);
        }
        report.push(finding);
    }
}

/// Checks the stations that one record states itself.
fn within(book: &Book<'_>, record: &Record, report: &mut Report) {
    for station in [Role::Settled, Role::Paid] {
        let Some((money, cell)) = record.money(book.schema, station) else {
            continue;
        };
        let (Some(code), Some((limit, limited_by, limit_cell))) =
            (station.too_much(), capacity(book, record, station))
        else {
            continue;
        };
        if money > limit {
            let mut finding = over(code, limited_by, money.fen(), limit, record.span(&cell.range));
            if !is_public(book, record, cell) || !is_public(book, record, limit_cell) {
                finding.message = closed(code);
            }
            report.push(finding);
        }
    }
}

/// Returns whether a field of a record is meant for everyone.
fn is_public(book: &Book<'_>, record: &Record, cell: &Cell) -> bool {
    record.kind_of(book.schema).fields[cell.field].class == Some(Class::Public)
}

/// Returns whether the amount of a flow is meant for everyone.
fn flow_is_public(book: &Book<'_>, flow: &Flow) -> bool {
    let kind = book.catalog.records()[flow.target].kind_of(book.schema);
    let (table, field) = flow.said_by[0];
    let fields = table.map_or(&kind.fields, |table| &kind.tables[table].fields);
    fields[field].class == Some(Class::Public)
}

/// Returns what is said of too much money when figures may not be named.
fn closed(code: Code) -> Phrase {
    match code {
        OVER_ALLOCATED => Phrase::new("分配超过了资金规模", "more is allocated than available"),
        OVER_PLANNED => Phrase::new("安排超过了分配", "more is planned than allocated"),
        OVER_SETTLED => Phrase::new("结算超过了计划", "more is settled than planned"),
        _ => Phrase::new("拨付超过了应付", "more is paid than due"),
    }
}

/// Adds up flows, in fen.
fn total(flows: &[&Flow]) -> i64 {
    flows.iter().map(|flow| flow.amount.fen()).sum()
}

/// Makes the finding about too much money.
fn over(code: Code, limited_by: Role, sum: i64, limit: Money, span: crate::diag::Span) -> Finding {
    let sum = Money::shown_like(sum, limit);
    let gap = Money::shown_like(sum.fen() - limit.fen(), limit);
    let (zh, en) = match limited_by {
        Role::Available => ("资金规模", "available"),
        Role::Allocated => ("分配数", "allocated"),
        Role::Planned => ("计划数", "planned"),
        Role::Settled => ("结算数", "settled"),
        _ => ("上一环节", "the step before"),
    };
    let (what_zh, what_en) = match code {
        OVER_ALLOCATED => ("分配", "allocated"),
        OVER_PLANNED => ("安排", "planned"),
        OVER_SETTLED => ("结算", "settled"),
        _ => ("拨付", "paid"),
    };
    let message = Phrase::new(
        format!("{what_zh}{sum},超过{zh}{limit},多出{gap}"),
        format!("{sum} {what_en}, {gap} more than the {limit} {en}"),
    );
    Finding::new(code, span, message).help(Phrase::new(
        "核对各笔金额和来源;确有原因就在 accepted 里写明",
        "check the amounts and where they came from; give a reason in `accepted` if there is one",
    ))
}
