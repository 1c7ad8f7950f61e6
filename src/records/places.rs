//! What it means when places are unknown: mostly that their file is not there, or cannot be read.

use std::sync::Arc;

use crate::diag::code::{NOT_UTF8, PLACE_FAULT, SITE_FAULT, SYNTAX, UNKNOWN_PLACE};
use crate::diag::{Finding, Report, Span};
use crate::files::Files;
use crate::project::{PLACES_FILE, SITE_FILE};
use crate::text::Phrase;

/// Says once that there is no `places.toml`, or leaves it to what is said of the file, in place of one
/// finding for each place that a record names.
pub(in crate::records) fn explain_unknown(files: &Files, report: &mut Report) {
    let there = files.contains(PLACES_FILE);
    let broken = |finding: &Finding| {
        [SYNTAX, NOT_UTF8].contains(&finding.code) && *finding.primary.span.path == *PLACES_FILE
    };
    let unreadable = report.findings().iter().any(broken);
    let is_unknown = |finding: &Finding| finding.code == UNKNOWN_PLACE;
    if there && !unreadable || !report.findings().iter().any(is_unknown) {
        return;
    }
    // Of `site.toml`, only the finding about its place is about a file as a whole.
    let of_site = |finding: &Finding| {
        finding.code == SITE_FAULT && finding.primary.span == Span::whole(&Arc::from(SITE_FILE))
    };
    report.retain(|finding| !is_unknown(finding) && !of_site(finding));
    if !there {
        let message = Phrase::new(
            "没有 places.toml,记录里写的地点一个也认不出",
            "there is no places.toml, so no place of any record is known",
        );
        let help = Phrase::new(
            "从备份里找回来,放到 content/places.toml;没有就新建,每个地点写 [[place]]、code、name、level",
            "put it back as content/places.toml, or make one: [[place]], code, name and level for each place",
        );
        let span = Span::whole(&Arc::from(PLACES_FILE));
        report.push(Finding::new(PLACE_FAULT, span, message).help(help));
    }
}
