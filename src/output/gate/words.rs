//! What is said is looked at like what is published: summaries, findings and problem pages are in logs.

use std::sync::Arc;

use crate::diag::{Finding, Report, Sources, Span, form};
use crate::output::gate::look::holds;
use crate::records::Withheld;
use crate::text::normal::{Folded, Writing};
use crate::text::{Lang, Phrase};

/// Returns whether some words hold no withheld value.
#[must_use]
pub fn search_words(words: &str, withheld: &Withheld) -> bool {
    !holds(words.as_bytes(), Writing::Plain, withheld, &mut Folded::default())
}

/// Puts the code and the place alone in the place of every finding that would quote a withheld value.
#[must_use]
pub fn hush(report: &Report, sources: &Sources<'_>, withheld: &Withheld) -> Report {
    let human = form("human").expect("the form for people is always there");
    let mut hushed = Report::default();
    for finding in report.findings() {
        let mut alone = Report::default();
        alone.push(finding.clone());
        let clean = [Lang::Zh, Lang::En]
            .into_iter()
            .all(|lang| search_words(&human.write(&alone, sources, lang), withheld));
        hushed.push(if clean { finding.clone() } else { silent(finding, sources, withheld) });
    }
    hushed
}

/// Returns a finding that says which and where, and nothing else.
fn silent(finding: &Finding, sources: &Sources<'_>, withheld: &Withheld) -> Finding {
    let at = sources.position(&finding.primary.span);
    let message = Phrase::new(
        format!("第{}行第{}列的问题,说出来会带出不公开的内容,这里不说", at.line, at.column),
        format!("at {}:{}; saying more would quote what is not public", at.line, at.column),
    );
    // The whole file as the place: no line of it is painted.
    let path = &finding.primary.span.path;
    let path = if search_words(path, withheld) { Arc::clone(path) } else { Arc::from("***") };
    let mut silent = Finding::new(finding.code, Span::whole(&path), message);
    silent.severity = finding.severity;
    silent
}
