//! Findings that a record accepts with a reason are taken off; acceptances of nothing are found.

use crate::diag::code::ACCEPTED_UNUSED;
use crate::diag::{Finding, Report};
use crate::records::check::Book;
use crate::text::Phrase;

/// Codes that say a figure is not as it should be; only these can be accepted.
const ACCEPTABLE: &[&str] = &[
    "unchecked-attachment",
    "date-order",
    "short-notice",
    "late-publication",
    "list-total",
    "parts-total",
    "subtotal",
    "row-product",
    "unit-contradiction",
    "over-allocated",
    "over-planned",
    "over-settled",
    "over-paid",
    "re-identifiable",
    "index-collision",
    "same-person",
];

/// Takes accepted findings off the report.
pub(super) fn settle(book: &Book<'_>, report: &mut Report) {
    let accepting: Vec<_> =
        book.catalog.records().iter().filter(|record| !record.accepted.is_empty()).collect();
    for record in accepting {
        for accepted in &record.accepted {
            let before = report.findings().len();
            if ACCEPTABLE.contains(&&*accepted.code) {
                report.retain(|finding| {
                    finding.code.name() != &*accepted.code
                        || finding.primary.span.path != record.path
                });
            }
            if report.findings().len() == before {
                let message = Phrase::new(
                    "这里接受的问题并不存在,或者不能用理由代替改正",
                    "the finding accepted here does not occur, or cannot be accepted",
                );
                let help = Phrase::new("删掉这一条", "remove this entry");
                report.push(
                    Finding::new(ACCEPTED_UNUSED, record.span(&accepted.range), message).help(help),
                );
            }
        }
    }
}
