//! Findings for a person at a terminal: the place, the painted line, the words, what to do.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr as _;

use crate::diag::{Finding, Form, Label, Report, Severity, Sources};
use crate::text::{Lang, Phrase, plural};

/// The human form.
pub(crate) struct Human;

impl Form for Human {
    fn name(&self) -> &'static str {
        "human"
    }

    fn write(&self, report: &Report, sources: &Sources<'_>, lang: Lang) -> String {
        let mut text = String::new();
        for finding in report.findings() {
            finding_lines(finding, sources, lang, &mut text);
            text.push('\n');
        }
        text.push_str(&tally(report, lang));
        text
    }
}

/// Writes one finding.
fn finding_lines(finding: &Finding, sources: &Sources<'_>, lang: Lang, text: &mut String) {
    let severity = match (finding.severity, lang) {
        (Severity::Error, Lang::Zh) => "错误",
        (Severity::Warning, Lang::Zh) => "提醒",
        (severity, Lang::En) => severity.name(),
    };
    line(text, &format!("{severity}[{}]: {}", finding.code.name(), finding.message.text(lang)));
    place(&finding.primary, "-->", sources, lang, text);
    for label in &finding.related {
        place(label, ":::", sources, lang, text);
    }
    for help in &finding.help {
        let word = match lang {
            Lang::Zh => "提示:",
            Lang::En => "help: ",
        };
        line(text, &format!("   = {word}{}", help.text(lang)));
    }
}

/// Writes one place with its painted line.
fn place(label: &Label, arrow: &str, sources: &Sources<'_>, lang: Lang, text: &mut String) {
    let position = sources.position(&label.span);
    let words = label.words.text(lang);
    let Some(snippet) = sources.snippet(&label.span) else {
        let colon = if words.is_empty() { "" } else { ": " };
        line(text, &format!("  {arrow} {}{colon}{words}", sources.name(&label.span)));
        return;
    };
    line(
        text,
        &format!("  {arrow} {}:{}:{}", sources.name(&label.span), position.line, position.column),
    );
    let number = snippet.line.to_string();
    let gutter = number.width().max(2);
    let indent = snippet.text[..snippet.range.start].width();
    let length = snippet.text[snippet.range].width().max(1);
    line(text, &format!("{number:>gutter$} | {}", snippet.text));
    let marks = "^".repeat(length);
    line(text, format!("{:gutter$} | {:indent$}{marks} {words}", "", "").trim_end());
}

/// Returns the closing line: how much there is to do.
fn tally(report: &Report, lang: Lang) -> String {
    let (errors, warnings) = (report.count(Severity::Error), report.count(Severity::Warning));
    let phrase = match (errors, warnings) {
        (0, 0) => Phrase::new("没有发现问题。", "No findings."),
        (0, _) => Phrase::new(
            format!("没有错误,有{warnings}处提醒。"),
            format!("No errors, {} to look at.", plural(warnings, "warning")),
        ),
        _ => Phrase::new(
            format!("有{errors}处错误要改,{warnings}处提醒。"),
            format!("{} to mend, {}.", plural(errors, "error"), plural(warnings, "warning")),
        ),
    };
    format!("{}\n", phrase.text(lang))
}

/// Adds a line.
fn line(text: &mut String, words: &str) {
    // Writing to a string cannot fail.
    let _always_ok = writeln!(text, "{words}");
}
