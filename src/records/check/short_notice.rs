//! A notice that hangs for less than the kinds it speaks of demand. Both end days count, and days on
//! which it was not published yet do not.

use crate::diag::code::{HOLIDAYS_UNKNOWN, SHORT_NOTICE};
use crate::diag::{Finding, Report, Span};
use crate::records::catalog::Record;
use crate::records::check::Book;
use crate::records::check::endless_notice::subjects;
use crate::records::schema::{Kind, Role, Term};
use crate::text::{Day, Lang, Phrase};

/// Checks the length of every notice.
pub(super) fn check(book: &Book<'_>, report: &mut Report) {
    for record in book.catalog.records() {
        let Some((period, cell)) = record.period(book.schema, Role::NoticePeriod) else {
            continue;
        };
        // Whether a notice may hang without naming its days is for another rule.
        let Some(last) = period.last().filter(|_| period.names_its_days()) else {
            continue;
        };
        let published = record.day(book.schema, Role::PublishedOn);
        let late = published.filter(|(day, _)| *day > period.first());
        let first = late.map_or(period.first(), |(day, _)| day);
        for (kind, term) in demands(record, book) {
            match term.fits(first, last, &book.schema.calendar) {
                Ok(true) => {}
                Ok(false) => {
                    let mut finding = short(kind, term, late.is_some(), record.span(&cell.range));
                    if let Some((day, cell)) = late {
                        finding =
                            finding.related(record.span(&cell.range), counted_from(day, last));
                    }
                    report.push(finding);
                }
                Err(year) => report.push(unknown_year(year, record.span(&cell.range))),
            }
        }
    }
}

/// Says which days of a notice count that was published after it began.
fn counted_from(day: Day, last: Day) -> Phrase {
    if day > last {
        return Phrase::new(
            "公示期结束以后才发布,等于没有公示",
            "published after its end, so there was no notice",
        );
    }
    Phrase::new(
        format!("{}才发布,公示期从这天算起", day.words(Lang::Zh)),
        format!("published on {}; the days count from here", day.words(Lang::En)),
    )
}

/// Returns the shortest terms demanded by the kinds a notice speaks of, each kind once.
fn demands<'a>(record: &Record, book: &Book<'a>) -> Vec<(&'a Kind, Term)> {
    let own = record.kind_of(book.schema);
    let mut demands: Vec<(&Kind, Term)> = Vec::new();
    for kind in std::iter::once(own).chain(subjects(record, book)) {
        if let Some(term) = kind.notice_min
            && !demands.iter().any(|(known, _)| std::ptr::eq(*known, kind))
        {
            demands.push((kind, term));
        }
    }
    demands
}

/// Makes the finding about a notice that is too short.
fn short(kind: &Kind, term: Term, late: bool, span: Span) -> Finding {
    let words = term.words();
    let (zh, en) =
        if late { (",发布以前的日子不算", ", from its publication on") } else { ("", "") };
    let message = Phrase::new(
        format!("公示期太短:“{}”至少公示{},首尾两天都算{zh}", kind.label.zh, words.zh),
        format!(
            "the notice is too short: {} demands at least {}, both end days counted{en}",
            kind.label.en, words.en
        ),
    );
    Finding::new(SHORT_NOTICE, span, message).help(Phrase::new(
        "把最后一天往后延;不要把开始日期或发布日期改早",
        "let the notice end later; date neither its beginning nor its publication back",
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
