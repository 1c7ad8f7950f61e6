//! Documents: the register's record files, parsed as far as they can be, with every place kept.
//!
//! Parsing never fails: a file with faults gives findings and whatever could be read.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;
use toml::de::DeTable;

use crate::diag::code::{NOT_UTF8, SYNTAX};
use crate::diag::{Finding, Report, Span};
use crate::files::Files;
use crate::project::{PLACES_FILE, SITE_FILE, THEME_FOLDER};
use crate::records::exceptions::EXCEPTIONS_FILE;
use crate::records::schema::load::{HOLIDAYS_FILE, KINDS_FOLDER};
use crate::syntax;
use crate::text::Phrase;

/// The line that opens and closes the front matter of a Markdown record.
const FENCE: &str = "+++";

/// The folder of files that records name.
pub(in crate::records) const ATTACHMENTS_FOLDER: &str = "attachments/";

/// The folder of pages of the register's own.
pub(in crate::records) const PAGES_FOLDER: &str = "pages/";

/// A record file, parsed.
pub(in crate::records) struct Document<'a> {
    /// The path below the register's root.
    pub(in crate::records) path: Arc<str>,
    /// The TOML of the record.
    pub(in crate::records) table: DeTable<'a>,
    /// Where the TOML begins in the file; spans in `table` count from here.
    pub(in crate::records) offset: usize,
    /// Whether the TOML has syntax errors, so that what was read of it may be wrong.
    pub(in crate::records) broken: bool,
    /// The prose below the front matter, with the byte it begins at.
    pub(in crate::records) body: Option<(usize, &'a str)>,
}

/// Parses every record file of a register.
pub(in crate::records) fn parse<'a>(files: &'a Files, report: &mut Report) -> Vec<Document<'a>> {
    let paths: Vec<(&Arc<str>, &'a [u8])> =
        files.iter().filter(|(path, _)| is_record(path)).collect();
    let parsed: Vec<(Option<Document<'a>>, Report)> = paths
        .into_par_iter()
        .map(|(path, bytes)| {
            let mut report = Report::default();
            (document(path, bytes, &mut report), report)
        })
        .collect();
    let mut documents = Vec::with_capacity(parsed.len());
    for (document, findings) in parsed {
        report.absorb(findings);
        documents.extend(document);
    }
    documents
}

/// Takes off what is said of files with syntax errors beside these: sums of half a table, and links to
/// records whose id nobody could read, are wrong only for as long as the file is.
pub(in crate::records) fn leave_consequences_out(documents: &[Document<'_>], report: &mut Report) {
    let broken: BTreeSet<&str> =
        documents.iter().filter(|document| document.broken).map(|one| &*one.path).collect();
    report.retain(|finding| {
        !broken.contains(&*finding.primary.span.path)
            || [SYNTAX, NOT_UTF8].contains(&finding.code)
            || finding.code.is_private()
    });
}

/// Returns whether a path is that of a record.
pub(in crate::records) fn is_record(path: &str) -> bool {
    let elsewhere = [KINDS_FOLDER, THEME_FOLDER, ATTACHMENTS_FOLDER, PAGES_FOLDER];
    let own = [SITE_FILE, PLACES_FILE, HOLIDAYS_FILE, EXCEPTIONS_FILE];
    let name = path.rsplit('/').next().unwrap_or(path);
    (path.ends_with(".toml") || path.ends_with(".md"))
        && !elsewhere.iter().any(|folder| path.starts_with(folder))
        && !own.contains(&path)
        && !name.starts_with("README")
}

/// Parses one file.
fn document<'a>(path: &Arc<str>, bytes: &'a [u8], report: &mut Report) -> Option<Document<'a>> {
    let source = syntax::utf8(path, bytes, report)?;
    // A byte-order mark is not part of the text, but it counts in the file.
    let mark = bytes.len() - source.len();
    let before = report.findings().len();
    if path.ends_with(".toml") {
        let table = syntax::parse(path, source, mark, report);
        let broken = report.findings().len() > before;
        return Some(Document { path: Arc::clone(path), table, offset: mark, broken, body: None });
    }
    let Some((start, end, body)) = split(source) else {
        let message = Phrase::new(
            "Markdown 记录要以 +++ 开头,+++ 之间写各个字段",
            "a Markdown record begins with its fields between two lines of +++",
        );
        report.push(Finding::new(SYNTAX, Span::whole(path), message));
        return None;
    };
    let table = syntax::parse(path, &source[start..end], mark + start, report);
    let prose = &source[body..];
    let body = (!prose.trim().is_empty()).then_some((mark + body, prose));
    let broken = report.findings().len() > before;
    Some(Document { path: Arc::clone(path), table, offset: mark + start, broken, body })
}

/// Returns where the front matter begins and ends, and where the prose begins.
pub(in crate::records) fn split(source: &str) -> Option<(usize, usize, usize)> {
    let first = source.strip_prefix(FENCE)?;
    let start = FENCE.len() + first.find('\n')? + 1;
    let mut at = start;
    for line in source[start..].split_inclusive('\n') {
        if line.trim_end() == FENCE {
            return Some((start, at, at + line.len()));
        }
        at += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{parse, split};
    use crate::diag::Report;
    use crate::files::Files;

    #[test]
    fn front_matter_and_prose_are_parted() {
        assert_eq!(split("+++\na = 1\n+++\n正文\n"), Some((4, 10, 14)));
        assert_eq!(split("+++\r\na = 1\r\n+++\r\n"), Some((5, 12, 17)));
        assert_eq!(split("a = 1\n"), None);
        assert_eq!(split("+++\na = 1\n"), None);
    }

    #[test]
    fn every_syntax_error_of_a_file_is_found_at_once() {
        let files = Files::of([("projects/a.toml", "a = \nb = 1\nc = [1\nd = \"x\n")]);
        let mut report = Report::default();
        assert_eq!(parse(&files, &mut report).len(), 1);
        assert!(report.findings().len() >= 2, "{}", report.findings().len());
    }
}
