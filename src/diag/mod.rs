//! What we tell people about their content: findings, gathered and never stopping the work.
//!
//! A finding says what is wrong at which place of which file, in the writer's words and in two
//! languages, and what to do. It never holds a value of the content: snippets are painted over in
//! [`source`] wherever the kind does not say that a field is public. Each form of output is one
//! file with one entry in [`FORMS`].

pub mod code;
mod human;
mod json;
pub mod pages;
mod sarif;
mod short;
pub mod source;

use std::sync::Arc;

pub use code::{CODES, Code};
pub use source::Sources;

use crate::text::{Lang, Phrase};

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The content cannot be published like this.
    Error,
    /// Worth doing, or worth a reason in the record.
    Warning,
}

impl Severity {
    /// Returns the severity's name, which is also its name in SARIF.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// A place in a file: bytes `start..end` of `path`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The path below the register's root.
    pub path: Arc<str>,
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// Makes a span.
    #[must_use]
    pub fn new(path: &Arc<str>, range: std::ops::Range<usize>) -> Self {
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { path: Arc::clone(path), start: place(range.start), end: place(range.end) }
    }

    /// Makes a span that names the whole file.
    #[must_use]
    pub fn whole(path: &Arc<str>) -> Self {
        Self::new(path, 0..0)
    }
}

/// A place with words about it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is at this place.
    pub words: Phrase,
}

/// A problem in the content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which problem.
    pub code: Code,
    /// How grave.
    pub severity: Severity,
    /// What is wrong.
    pub message: Phrase,
    /// Where.
    pub primary: Label,
    /// Other places that belong to it.
    pub related: Vec<Label>,
    /// What to do.
    pub help: Vec<Phrase>,
}

impl Finding {
    /// Makes a finding with the severity its code has.
    #[must_use]
    pub fn new(code: Code, span: Span, message: Phrase) -> Self {
        let primary = Label { span, words: Phrase::default() };
        let severity = code.severity();
        Self { code, severity, message, primary, related: Vec::new(), help: Vec::new() }
    }

    /// Says what is at the place.
    #[must_use]
    pub fn label(mut self, words: Phrase) -> Self {
        self.primary.words = words;
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn related(mut self, span: Span, words: Phrase) -> Self {
        self.related.push(Label { span, words });
        self
    }

    /// Adds an order that mends the problem.
    #[must_use]
    pub fn help(mut self, words: Phrase) -> Self {
        self.help.push(words);
        self
    }

    /// Returns the key by which findings are put in order.
    fn place(&self) -> (&Span, Code, &Phrase) {
        (&self.primary.span, self.code, &self.message)
    }
}

/// The findings of a run.
#[derive(Clone, Debug, Default)]
pub struct Report {
    findings: Vec<Finding>,
}

impl Report {
    /// Adds a finding.
    pub fn push(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// Adds findings.
    pub fn extend(&mut self, findings: impl IntoIterator<Item = Finding>) {
        self.findings.extend(findings);
    }

    /// Adds the findings of another report.
    pub fn absorb(&mut self, other: Self) {
        self.findings.extend(other.findings);
    }

    /// Returns the findings by file and place, each once.
    #[must_use]
    pub fn sorted(mut self) -> Self {
        self.findings.sort_by(|left, right| left.place().cmp(&right.place()));
        self.findings.dedup();
        self
    }

    /// Returns the findings.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Puts other words in the place of those that `secret` says hold something nobody may see.
    #[must_use]
    pub fn without(mut self, secret: &dyn Fn(&str) -> bool) -> Self {
        let paint = |words: &mut Phrase| {
            if secret(&words.zh) || secret(&words.en) {
                *words = Phrase::new(
                    "(这句话里有不能公开的内容,没有显示)",
                    "(these words hold something private and are not shown)",
                );
            }
        };
        for finding in &mut self.findings {
            paint(&mut finding.message);
            paint(&mut finding.primary.words);
            finding.related.iter_mut().for_each(|label| paint(&mut label.words));
            finding.help.iter_mut().for_each(paint);
        }
        self
    }

    /// Keeps only the findings that `keep` says yes to.
    pub fn retain(&mut self, keep: impl FnMut(&Finding) -> bool) {
        self.findings.retain(keep);
    }

    /// Returns how many findings have this severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    /// Returns whether something private would get out: such an error stops whatever goes on in spite
    /// of others.
    #[must_use]
    pub fn is_private(&self) -> bool {
        let private =
            |finding: &Finding| finding.severity == Severity::Error && finding.code.is_private();
        self.findings.iter().any(private)
    }

    /// Returns whether any finding is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }
}

/// A form in which findings are written.
pub trait Form: Sync {
    /// Returns the name used on the command line.
    fn name(&self) -> &'static str;

    /// Writes the findings of a report.
    fn write(&self, report: &Report, sources: &Sources<'_>, lang: Lang) -> String;
}

/// Every form: help, completions and tests are made from this list.
pub const FORMS: &[&dyn Form] = &[&human::Human, &json::Json, &sarif::Sarif, &short::Short];

/// Returns the form with this name.
#[must_use]
pub fn form(name: &str) -> Option<&'static dyn Form> {
    FORMS.iter().copied().find(|form| form.name() == name)
}
