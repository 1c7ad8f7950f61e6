//! Information published later than its kind allows after it was formed.

use crate::diag::Finding;
use crate::diag::Report;
use crate::diag::code::LATE_PUBLICATION;
use crate::records::check::Book;
use crate::records::check::short_notice::unknown_year;
use crate::records::schema::Role;
use crate::text::{Lang, Phrase};

/// Checks how soon every record was published.
pub(super) fn check(book: &Book<'_>, report: &mut Report) {
    for record in book.catalog.records() {
        let Some(deadline) = record.kind_of(book.schema).deadline else {
            continue;
        };
        let formed = record.day(book.schema, Role::FormedOn);
        let published = record.day(book.schema, Role::PublishedOn);
        let (Some((formed, formed_cell)), Some((published, cell))) = (formed, published) else {
            continue;
        };
        if deadline.is_surely_within(formed, published) {
            continue;
        }
        match deadline.after(formed, &book.schema.calendar) {
            Ok(limit) if published <= limit => {}
            Ok(limit) => {
                let words = deadline.words();
                let message = Phrase::new(
                    format!(
                        "公开晚了:应在形成之日起{}内公开,不晚于{}",
                        words.zh,
                        limit.words(Lang::Zh)
                    ),
                    format!(
                        "published late: due within {}, by {}",
                        words.en,
                        limit.words(Lang::En)
                    ),
                );
                report.push(
                    Finding::new(LATE_PUBLICATION, record.span(&cell.range), message)
                        .related(
                            record.span(&formed_cell.range),
                            Phrase::new("形成日期", "formed on this day"),
                        )
                        .help(Phrase::new(
                            "日期属实就在 accepted 里写明迟延原因",
                            "if the days are right, give the reason for the delay in `accepted`",
                        )),
                );
            }
            Err(year) => report.push(unknown_year(year, record.span(&formed_cell.range))),
        }
    }
}
