//! The rules a catalog is held against. One file a rule, one line in [`RULES`].
//!
//! A rule knows roles and types, never a kind; numbers of the law come from kinds. A record may
//! accept a finding with a reason, which is shown on its page.

mod accepted;
mod attachments;
mod broken_link;
mod chain;
mod date_order;
mod digits_of_number;
mod endless_notice;
mod index_collision;
mod late_publication;
mod left_over;
mod personal;
mod products;
mod re_identifiable;
mod same_person;
mod short_notice;
mod subtotals;
mod sums;
mod unread_files;
mod unsafe_aggregate;
mod words_of_figures;

use rayon::prelude::*;

use crate::diag::Report;
use crate::files::Files;
use crate::project::{Places, Site};
use crate::records::attach::Attachments;
use crate::records::catalog::Catalog;
use crate::records::disclosure::Suppressed;
use crate::records::exceptions::Suspect;
use crate::records::pages::Pages;
use crate::records::schema::Schema;

/// What a rule looks at.
pub(in crate::records) struct Book<'a> {
    /// The kinds.
    pub(in crate::records) schema: &'a Schema,
    /// The records.
    pub(in crate::records) catalog: &'a Catalog,
    /// The pages of the register's own.
    pub(in crate::records) pages: &'a Pages,
    /// The files, for the places of words in values.
    pub(in crate::records) files: &'a Files,
    /// What became of the attachments.
    pub(in crate::records) attachments: &'a Attachments,
    /// The figures that the web does not show.
    pub(in crate::records) suppressed: &'a Suppressed,
    /// The places of the register.
    pub(in crate::records) places: &'a Places,
    /// What the register says of itself.
    pub(in crate::records) site: &'a Site,
}

/// A rule.
type Rule = fn(&Book<'_>, &mut Report);

/// Every rule.
const RULES: &[Rule] = &[
    attachments::check,
    broken_link::check,
    date_order::check,
    short_notice::check,
    endless_notice::check,
    late_publication::check,
    sums::check,
    subtotals::check,
    products::check,
    chain::check,
    unsafe_aggregate::check,
    words_of_figures::check,
    re_identifiable::check,
    index_collision::check,
    same_person::check,
    unread_files::check,
    left_over::check,
];

/// Holds a catalog against every rule.
pub(in crate::records) fn check(book: &Book<'_>, report: &mut Report) {
    let found: Vec<Report> = RULES
        .par_iter()
        .map(|rule| {
            let mut report = Report::default();
            rule(book, &mut report);
            report
        })
        .collect();
    for findings in found {
        report.absorb(findings);
    }
    accepted::settle(book, report);
}

/// Returns everything that looks personal, in the order of files and places; exceptions are settled by
/// whoever asked.
pub(in crate::records) fn suspects(book: &Book<'_>) -> Vec<Suspect> {
    let mut suspects = personal::suspects(book);
    suspects.extend(digits_of_number::suspects(book));
    suspects.sort_by(|left, right| left.order().cmp(&right.order()));
    suspects
}
