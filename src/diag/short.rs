//! Findings one a line, for editors and for grep: `file:line:column: severity[code]: message`.

use std::fmt::Write as _;

use crate::diag::{Form, Report, Sources};
use crate::text::Lang;

/// The short form.
pub(crate) struct Short;

impl Form for Short {
    fn name(&self) -> &'static str {
        "short"
    }

    fn write(&self, report: &Report, sources: &Sources<'_>, lang: Lang) -> String {
        let mut text = String::new();
        for finding in report.findings() {
            let at = sources.position(&finding.primary.span);
            // Writing to a string cannot fail.
            let _always_ok = writeln!(
                text,
                "{}:{}:{}: {}[{}]: {}",
                sources.name(&finding.primary.span),
                at.line,
                at.column,
                finding.severity.name(),
                finding.code.name(),
                finding.message.text(lang)
            );
        }
        text
    }
}
