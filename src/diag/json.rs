//! Findings as JSON, for other programs. `version` changes when the shape does.

use serde_json::{Value, json};

use crate::diag::{Form, Label, Report, Severity, Sources};
use crate::text::Lang;

/// The JSON form.
pub(crate) struct Json;

impl Form for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn write(&self, report: &Report, sources: &Sources<'_>, _lang: Lang) -> String {
        let findings: Vec<Value> = report
            .findings()
            .iter()
            .map(|finding| {
                json!({
                    "code": finding.code.name(),
                    "severity": finding.severity.name(),
                    "message": finding.message,
                    "place": place(&finding.primary, sources),
                    "related": finding.related.iter().map(|label| place(label, sources)).collect::<Vec<_>>(),
                    "help": finding.help,
                })
            })
            .collect();
        let document = json!({
            "version": 1,
            "errors": report.count(Severity::Error),
            "warnings": report.count(Severity::Warning),
            "findings": findings,
        });
        let mut text = serde_json::to_string_pretty(&document).expect("a JSON value is writable");
        text.push('\n');
        text
    }
}

/// Returns a place for programs.
fn place(label: &Label, sources: &Sources<'_>) -> Value {
    let from = sources.position(&label.span);
    let to = sources.end_position(&label.span);
    json!({
        "path": sources.name(&label.span),
        "line": from.line,
        "column": from.column,
        "end_line": to.line,
        "end_column": to.column,
        "label": label.words,
    })
}
