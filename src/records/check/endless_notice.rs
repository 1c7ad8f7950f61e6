//! A notice of which nobody knows when it ends, though what it speaks of is taken down then, or has to
//! hang for so many days.
//!
//! The door keeps such lists closed in any case; this rule says so to whoever wrote the notice.

use crate::diag::code::{ENDLESS_NOTICE, MISSING_FIELD};
use crate::diag::{Finding, Report};
use crate::records::catalog::{Cell, Record};
use crate::records::check::Book;
use crate::records::schema::{Kind, Role};
use crate::records::value::Value;
use crate::text::{Period, Phrase};

/// Checks that every notice says from which day to which day it hangs.
pub(super) fn check(book: &Book<'_>, report: &mut Report) {
    for record in book.catalog.records() {
        let own = record.kind_of(book.schema);
        let Some((index, field)) = own.with_role(Role::NoticePeriod) else {
            continue;
        };
        let Some((period, cell)) = record.period(book.schema, Role::NoticePeriod) else {
            let unread = record.unread.contains(&(None, index));
            let about = record.with_role(book.schema, Role::About).filter(|_| !unread);
            // A choice that demands the period has said so already.
            if let Some(about) = about.filter(|_| !is_demanded(record, own, &field.key)) {
                let kind = subjects(record, book).find(|kind| depends(kind));
                report.extend(kind.map(|kind| without(kind, record, about, &field.help)));
            }
            continue;
        };
        if period.names_its_days() {
            continue;
        }
        let for_good = period.last().is_none() && may_be_endless(record, own);
        let kind = std::iter::once(own)
            .chain(subjects(record, book))
            .find(|kind| kind.expires || kind.notice_min.is_some() && !for_good);
        report.extend(kind.map(|kind| endless(kind, period, record, cell)));
    }
}

/// Returns the kinds of the records that a notice speaks of.
pub(super) fn subjects<'a>(record: &Record, book: &Book<'a>) -> impl Iterator<Item = &'a Kind> {
    let about = record.with_role(book.schema, Role::About);
    about
        .into_iter()
        .flat_map(Cell::references)
        .filter_map(|key| book.catalog.find(key))
        .map(|index| book.catalog.records()[index].kind_of(book.schema))
}

/// Returns whether it matters for a kind from when to when it is on notice.
const fn depends(kind: &Kind) -> bool {
    kind.expires || kind.notice_min.is_some()
}

/// Returns whether a choice of the record says that it may hang for good.
fn may_be_endless(record: &Record, kind: &Kind) -> bool {
    choices(record, kind).any(|choice| choice.endless)
}

/// Returns whether a choice of the record demands a field.
fn is_demanded(record: &Record, kind: &Kind, key: &str) -> bool {
    choices(record, kind).any(|choice| choice.demands.iter().any(|demanded| demanded == key))
}

/// Returns every choice that a record makes.
fn choices<'k>(
    record: &Record,
    kind: &'k Kind,
) -> impl Iterator<Item = &'k crate::records::schema::Choice> {
    record.cells.iter().flat_map(|cell| {
        cell.values.iter().filter_map(|value| match value {
            Value::Choice(index) => kind.fields[cell.field].choices.get(*index),
            _ => None,
        })
    })
}

/// Makes the finding about a notice without a period.
fn without(kind: &Kind, record: &Record, about: &Cell, help: &Phrase) -> Finding {
    let message = Phrase::new(
        format!("公示的是“{}”,要写公示期 `period`", kind.label.zh),
        format!("a notice of {} needs a `period`", kind.label.en),
    );
    Finding::new(MISSING_FIELD, record.span(&about.range), message).help(help.clone())
}

/// Makes the finding about a period that names no last day.
fn endless(kind: &Kind, period: Period, record: &Record, cell: &Cell) -> Finding {
    let message = match period.last() {
        None => Phrase::new("公示期没有写最后一天", "the notice period has no last day"),
        Some(_) => Phrase::new(
            "公示期要写从哪一天到哪一天,不能只写年、季度或月",
            "a notice hangs from a day to a day; a year, quarter or month is not enough",
        ),
    };
    let words = if kind.expires {
        Phrase::new(
            format!("“{}”的名单到期要撤下;没有写明哪天到期,名单就不公开", kind.label.zh),
            format!(
                "the list of {} is taken down when the notice ends; until it says when, the list is not shown",
                kind.label.en
            ),
        )
    } else {
        Phrase::new(
            format!("“{}”要公示满规定的天数", kind.label.zh),
            format!("{} has to be on notice for a number of days", kind.label.en),
        )
    };
    Finding::new(ENDLESS_NOTICE, record.span(&cell.range), message).label(words).help(Phrase::new(
        "写起止两天,中间用斜杠,例如 period = \"2025-06-02/2025-06-11\"",
        "write the first and the last day with a slash, as in period = \"2025-06-02/2025-06-11\"",
    ))
}
