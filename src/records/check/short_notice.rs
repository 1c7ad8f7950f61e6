//! A notice that hangs for less than the kinds it speaks of demand. Both end days count.

use crate::diag::code::{HOLIDAYS_UNKNOWN, SHORT_NOTICE};
use crate::diag::{Finding, Report, Span};
use crate::records::catalog::Record;
use crate::records::check::Book;
use crate::records::schema::{Kind, Role, Term};
use crate::text::Phrase;

/// Checks the length of every notice.
pub(super) fn check(book: &Book<'_>, report: &mut Report) {
    for record in book.catalog.records() {
        let Some((period, cell)) = record.period(book.schema, Role::NoticePeriod) else {
            continue;
        };
        // A notice without an end hangs for good.
        let Some(last) = period.last() else {
            continue;
        };
        for (kind, term) in demands(record, book) {
            match term.fits(period.first(), last, &book.schema.calendar) {
                Ok(true) => {}
                Ok(false) => report.push(short(kind, term, record.span(&cell.range))),
                Err(year) => report.push(unknown_year(year, record.span(&cell.range))),
            }
        }
    }
}

/// Returns the shortest terms demanded by the kinds a notice speaks of, each kind once.
fn demands<'a>(record: &Record, book: &Book<'a>) -> Vec<(&'a Kind, Term)> {
    let own = record.kind_of(book.schema);
    let about = record.with_role(book.schema, Role::About);
    let subjects = about
        .into_iter()
        .flat_map(|cell| cell.references())
        .filter_map(|key| book.catalog.find(key))
        .map(|index| book.catalog.records()[index].kind_of(book.schema));
    let mut demands: Vec<(&Kind, Term)> = Vec::new();
    for kind in std::iter::once(own).chain(subjects) {
        if let Some(term) = kind.notice_min
            && !demands.iter().any(|(known, _)| std::ptr::eq(*known, kind))
        {
            demands.push((kind, term));
        }
    }
    demands
}

/// Makes the finding about a notice that is too short.
fn short(kind: &Kind, term: Term, span: Span) -> Finding {
    let words = term.words();
    let message = Phrase::new(
        format!("公示期太短:“{}”至少公示{},首尾两天都算", kind.label.zh, words.zh),
        format!(
            "the notice is too short: {} demands at least {}, both end days counted",
            kind.label.en, words.en
        ),
    );
    Finding::new(SHORT_NOTICE, span, message).help(Phrase::new(
        "延长公示期,不要改早开始日期",
        "let the notice end later; do not date it back",
    ))
}

/// Makes the finding about a year without a table of holidays.
pub(super) fn unknown_year(year: i16, span: Span) -> Finding {
    let message = Phrase::new(
        format!("节假日表里没有{year}年,数不出工作日"),
        format!("the table of holidays has no {year}, so working days cannot be counted"),
    );
    Finding::new(HOLIDAYS_UNKNOWN, span, message).help(Phrase::new(
        format!("在 holidays.toml 里补上{year}年的放假安排"),
        format!("add the holidays of {year} to holidays.toml"),
    ))
}
