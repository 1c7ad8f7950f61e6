//! Two records with the same index number, their own or made by the register's scheme.

use std::collections::BTreeMap;

use crate::diag::code::INDEX_COLLISION;
use crate::diag::{Finding, Report, Span};
use crate::project::index_number::Facts;
use crate::records::catalog::Record;
use crate::records::check::Book;
use crate::records::schema::Role;
use crate::records::value::Value;
use crate::text::Phrase;

/// The form of the codes that are index numbers.
const FORM: &str = "index-number";

/// Checks that no index number stands for two records.
pub(super) fn check(book: &Book<'_>, report: &mut Report) {
    let mut seen: BTreeMap<String, (&Record, Span)> = BTreeMap::new();
    for record in book.catalog.records() {
        let Some((number, span)) = number(book, record) else {
            continue;
        };
        let Some((other, first)) = seen.get(&number) else {
            seen.insert(number, (record, span));
            continue;
        };
        // What was published once elsewhere has one number, however many records it was entered as.
        if source(book, record).is_some_and(|address| source(book, other) == Some(address)) {
            continue;
        }
        let message = Phrase::new(
            "索引号和另一条记录的一样",
            "the index number is that of another record, too",
        );
        report.push(
            Finding::new(INDEX_COLLISION, span, message)
                .related(first.clone(), Phrase::new("另一条在这里", "the other one is here"))
                .help(Phrase::new(
                    "给其中一条填一个不同的 `index_no`",
                    "give one of them an `index_no` of its own",
                )),
        );
    }
}

/// Returns where else a record is published.
fn source<'r>(book: &Book<'_>, record: &'r Record) -> Option<&'r str> {
    record.with_role(book.schema, Role::Source)?.values.first()?.words()
}

/// Returns the index number of a record and where it comes from: the field, or the id it is made of.
fn number(book: &Book<'_>, record: &Record) -> Option<(String, Span)> {
    let kind = record.kind_of(book.schema);
    let is_number = |field: usize| kind.fields[field].format.as_deref() == Some(FORM);
    if let Some(cell) = record.cells.iter().find(|cell| is_number(cell.field)) {
        let words = cell.values.first().and_then(Value::words)?;
        return Some((words.to_owned(), record.span(&cell.range)));
    }
    let scheme = book.site.index_number.as_ref()?;
    let roles = [Role::PublishedOn, Role::NoticePeriod, Role::FormedOn, Role::Year];
    let day = roles.into_iter().find_map(|role| record.day(book.schema, role));
    let place = record.with_role(book.schema, Role::Place);
    let facts = Facts {
        kind: &kind.name,
        id: &record.id,
        place: place.and_then(|cell| cell.values.first()).and_then(Value::words).unwrap_or(""),
        day: day.map(|(day, _)| day),
    };
    Some((scheme.number(&facts)?, record.id_span()))
}
