//! Reviewed exceptions: what looks personal, was looked at by somebody, and may be published.
//!
//! The file holds a keyed mark of the value and never the value, so that it can lie in the register
//! and be read by anyone; without the key, no exception can be checked and none counts.

use std::sync::Arc;

use toml::de::DeValue;

use crate::diag::code::{DIGITS_OF_NUMBER, EXCEPTION_FAULT, EXCEPTION_UNUSED, PERSONAL_DATA};
use crate::diag::{Finding, Report, Severity, Span};
use crate::files::Files;
use crate::syntax::{self, Reader};
use crate::text::normal::fold;
use crate::text::{Day, Lang, Phrase};
use crate::token::{Binding, Key};

/// The file of the exceptions.
pub const EXCEPTIONS_FILE: &str = "exceptions.toml";

/// Something that looks personal, before exceptions are settled. It never shows what it is.
pub struct Suspect {
    /// The detector that found it, or what exceptions call the register's own people.
    pub detector: &'static str,
    /// Where it stands.
    pub span: Span,
    value: String,
    finding: Finding,
}

impl std::fmt::Debug for Suspect {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Suspect({} in {})", self.detector, self.span.path)
    }
}

impl Suspect {
    /// Makes a suspect of a folded value.
    pub(in crate::records) const fn new(
        detector: &'static str,
        span: Span,
        value: String,
        finding: Finding,
    ) -> Self {
        Self { detector, span, value, finding }
    }

    /// Returns the keyed mark by which an exception names the value.
    #[must_use]
    pub fn fingerprint(&self, key: &Key) -> String {
        key.token(Binding { class: self.detector, scope: SCOPE, year: 0 }, &self.value)
    }

    /// Makes a warning of what looks personal where an office says how it can be reached: a telephone
    /// there is meant for everyone, and whoever wrote it should still look at it once.
    pub(in crate::records) fn soften(&mut self) {
        if self.finding.code == PERSONAL_DATA {
            self.finding.severity = Severity::Warning;
            self.finding.message = Phrase::new(
                "这里写的联系方式像是个人的;确实对外公布的,就不用改",
                "this way to be reached looks like a person's own; if it is meant for everyone, leave it",
            );
        }
    }

    /// Returns the key by which suspects are put in order; equal for what is the same.
    pub(in crate::records) fn order(&self) -> (&Span, &'static str) {
        (&self.span, self.detector)
    }
}

/// The exceptions of a register, for whoever looks at its files and not at its records.
pub struct Exceptions(Vec<Exception>);

impl std::fmt::Debug for Exceptions {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Exceptions({})", self.0.len())
    }
}

impl Exceptions {
    /// Reads the exceptions that hold on a day.
    #[must_use]
    pub fn of(files: &Files, as_of: Day) -> Self {
        // What is wrong with them is told by `check`; one that is wrong covers nothing.
        Self(read(files, Some(as_of), &mut Report::default()))
    }

    /// Returns whether any exception is about a file.
    #[must_use]
    pub fn are_about(&self, path: &str) -> bool {
        self.0.iter().any(|exception| exception.file == path)
    }

    /// Returns whether what a detector found in a file is excepted.
    #[must_use]
    pub fn cover(&self, key: &Key, (detector, path): (&str, &str), value: &str) -> bool {
        let folded = String::from_utf8_lossy(&fold(value)).into_owned();
        let mark = key.token(Binding { class: detector, scope: SCOPE, year: 0 }, &folded);
        self.0.iter().any(|exception| {
            exception.detector == detector
                && exception.file == path
                && exception.fingerprint == mark
        })
    }
}

/// What the marks of exceptions are bound to.
const SCOPE: &str = "exception";

/// One exception.
struct Exception {
    detector: String,
    file: String,
    fingerprint: String,
    span: Span,
}

/// Takes excepted suspects off, reports the others, and reports exceptions that do not hold; returns
/// the folded values that are excepted.
pub(in crate::records) fn settle(
    suspects: &[Suspect],
    files: &Files,
    (as_of, key): (Option<Day>, Option<&Key>),
    report: &mut Report,
) -> Vec<String> {
    let exceptions = read(files, as_of, report);
    let mut used = vec![false; exceptions.len()];
    let mut excepted = Vec::new();
    for suspect in suspects {
        let about = |exception: &Exception| {
            exception.detector == suspect.detector && exception.file == *suspect.span.path
        };
        let mut finding = suspect.finding.clone();
        if let Some(key) = key.filter(|_| exceptions.iter().any(about)) {
            let mark = suspect.fingerprint(key);
            let holds = |exception: &Exception| about(exception) && exception.fingerprint == mark;
            if let Some(index) = exceptions.iter().position(holds) {
                used[index] = true;
                // What a text shares with a number is no value; the gate goes on looking for both.
                if suspect.finding.code != DIGITS_OF_NUMBER {
                    excepted.push(suspect.value.clone());
                }
                continue;
            }
        } else if exceptions.iter().any(about) {
            finding = finding.help(Phrase::new(
                "登记过例外的,加上 --key 密钥文件 才能核对",
                "an exception can be checked only with --key FILE",
            ));
            for (index, _) in exceptions.iter().enumerate().filter(|(_, other)| about(other)) {
                used[index] = true;
            }
        }
        report.push(finding);
    }
    for (exception, _) in exceptions.iter().zip(used).filter(|(_, used)| !used) {
        let message = Phrase::new(
            "这条例外对应的内容已经没有了",
            "what this exception is about is not there",
        );
        let help = Phrase::new("删掉这一条", "remove this entry");
        report.push(Finding::new(EXCEPTION_UNUSED, exception.span.clone(), message).help(help));
    }
    excepted.sort();
    excepted.dedup();
    excepted
}

/// Reads the exceptions that hold on a day.
fn read(files: &Files, as_of: Option<Day>, report: &mut Report) -> Vec<Exception> {
    let path: Arc<str> = Arc::from(EXCEPTIONS_FILE);
    let source = files.bytes(EXCEPTIONS_FILE).and_then(|bytes| syntax::utf8(&path, bytes, report));
    let Some(source) = source else {
        return Vec::new();
    };
    let mark = files.bytes(EXCEPTIONS_FILE).map_or(0, <[u8]>::len) - source.len();
    let table = syntax::parse(&path, source, mark, report);
    let mut reader = Reader::new(&path, &table, EXCEPTION_FAULT);
    let mut exceptions = Vec::new();
    if let Some(node) = reader.node("exception") {
        let DeValue::Array(array) = node.get_ref() else {
            let message = Phrase::new(
                "每条例外要写成 [[exception]],两层方括号",
                "each exception is written as [[exception]], with two brackets",
            );
            report.push(Finding::new(EXCEPTION_FAULT, reader.span(node.span()), message));
            return exceptions;
        };
        for element in array {
            let span = reader.span(element.span());
            if let DeValue::Table(table) = element.get_ref() {
                let reader = Reader::new(&path, table, EXCEPTION_FAULT).standing_at(&span);
                exceptions.extend(exception(reader, span, as_of, report));
            }
        }
    }
    reader.finish(report);
    exceptions
}

/// Reads one exception; `None` when it does not hold.
fn exception(
    mut reader: Reader<'_, '_>,
    span: Span,
    as_of: Option<Day>,
    report: &mut Report,
) -> Option<Exception> {
    let before = report.findings().len();
    let detector = reader.required("detector", report);
    let file = reader.required("file", report);
    let fingerprint = reader.required("fingerprint", report);
    let reason = reader.required("reason", report);
    let until = match reader.node("until").map(toml::Spanned::get_ref) {
        Some(DeValue::String(text)) => Day::parse(text),
        Some(DeValue::Datetime(day)) => Day::parse(&day.to_string()),
        _ => None,
    };
    reader.finish(report);
    if report.findings().len() > before {
        return None;
    }
    let fault = match until {
        _ if reason.trim().is_empty() => {
            Phrase::new("`reason` 要写明为什么可以公开", "`reason` says why it may be published")
        }
        None => Phrase::new(
            "`until` 要填日期,例如 2026-12-31:到那天为止",
            "`until` must be a day, such as 2026-12-31, the last on which it holds",
        ),
        Some(until) if as_of.is_some_and(|as_of| until < as_of) => Phrase::new(
            format!("这条例外到{}为止,已经过期了", until.words(Lang::Zh)),
            format!("this exception ran out on {}", until.words(Lang::En)),
        ),
        Some(_) => return Some(Exception { detector, file, fingerprint, span }),
    };
    let help = Phrase::new(
        "再看一遍:还可以公开的改期限,不能公开的删掉内容和这一条",
        "look again: give it another day if it may still be published, or remove text and entry",
    );
    report.push(Finding::new(EXCEPTION_FAULT, span, fault).help(help));
    None
}
