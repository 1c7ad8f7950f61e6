//! Findings as SARIF 2.1.0, which code hosts show beside the changed lines.

use serde_json::{Value, json};

use crate::diag::{CODES, Finding, Form, Label, Report, Sources};
use crate::text::Lang;

/// The SARIF form.
pub(crate) struct Sarif;

impl Form for Sarif {
    fn name(&self) -> &'static str {
        "sarif"
    }

    fn write(&self, report: &Report, sources: &Sources<'_>, lang: Lang) -> String {
        let rules: Vec<Value> = CODES
            .iter()
            .map(|(code, severity)| {
                json!({ "id": code.name(), "defaultConfiguration": { "level": severity.name() } })
            })
            .collect();
        let results: Vec<Value> =
            report.findings().iter().map(|finding| result(finding, sources, lang)).collect();
        let document = json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": {
                    "name": "mingbai",
                    "version": env!("CARGO_PKG_VERSION"),
                    "rules": rules,
                } },
                "columnKind": "unicodeCodePoints",
                "results": results,
            }],
        });
        let mut text = serde_json::to_string_pretty(&document).expect("a JSON value is writable");
        text.push('\n');
        text
    }
}

/// Returns one result.
fn result(finding: &Finding, sources: &Sources<'_>, lang: Lang) -> Value {
    let mut words = finding.message.text(lang).to_owned();
    for help in &finding.help {
        words.push('\n');
        words.push_str(help.text(lang));
    }
    json!({
        "ruleId": finding.code.name(),
        "level": finding.severity.name(),
        "message": { "text": words },
        "locations": [location(&finding.primary, sources)],
        "relatedLocations":
            finding.related.iter().map(|label| location(label, sources)).collect::<Vec<_>>(),
    })
}

/// Returns one location.
fn location(label: &Label, sources: &Sources<'_>) -> Value {
    let from = sources.position(&label.span);
    let to = sources.end_position(&label.span);
    json!({
        "physicalLocation": {
            "artifactLocation": { "uri": sources.name(&label.span) },
            "region": {
                "startLine": from.line,
                "startColumn": from.column,
                "endLine": to.line,
                "endColumn": to.column,
            },
        },
    })
}
