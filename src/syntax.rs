//! TOML with places: every syntax error at once, and a span on every key and value.
//!
//! Messages name keys and never values; the parser's own words are used only where they cannot
//! quote the source.

mod pen;
mod slip;

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diag::code::{NOT_UTF8, SYNTAX};
use crate::diag::{Code, Finding, Report, Span};
use crate::syntax::pen::Pen;
use crate::text::{Phrase, nearest};

/// A value with its place in the file.
pub(crate) type Node<'a> = Spanned<DeValue<'a>>;

/// Parses TOML that begins at byte `offset` of a file; what could be read is returned.
pub(crate) fn parse<'a>(
    path: &Arc<str>,
    source: &'a str,
    offset: usize,
    report: &mut Report,
) -> DeTable<'a> {
    let (table, errors) = DeTable::parse_recoverable(source);
    if !errors.is_empty() {
        let mut faults: Vec<Fault<'_>> = errors.iter().map(Fault::of).collect();
        faults.sort_by_key(|fault| fault.range.start);
        let place = |range: &Range<usize>| {
            let end = range.end.max(range.start + 1).min(source.len().max(1));
            Span::new(path, range.start + offset..end + offset)
        };
        report_faults(source, &faults, &place, report);
    }
    table.into_inner()
}

/// What the parser says of a place.
struct Fault<'e> {
    range: Range<usize>,
    words: &'e str,
}

impl<'e> Fault<'e> {
    fn of(error: &'e toml::de::Error) -> Self {
        Self { range: error.span().unwrap_or(0..0), words: error.message() }
    }
}

/// Reports what is wrong with each statement, once: one slip of the pen upsets whatever comes behind it.
fn report_faults(
    source: &str,
    faults: &[Fault<'_>],
    place: &dyn Fn(&Range<usize>) -> Span,
    report: &mut Report,
) {
    let statements = slip::statements(source);
    for (pen, range) in statements.iter().filter_map(|statement| statement.slip.as_ref()) {
        let (message, help) = pen.words();
        report.push(Finding::new(SYNTAX, place(range), message).help(help));
    }
    let mut last = None;
    for fault in faults {
        let number = statements.iter().rposition(|one| one.start <= fault.range.start);
        let upset = number.is_some_and(|number| {
            statements[number].slip.is_some() || statements[..number].iter().any(|one| one.runs_on)
        });
        if upset || number.is_some() && number == last {
            continue;
        }
        last = number;
        if let Some((message, help)) = Pen::of_words(fault.words).map(Pen::words) {
            report.push(Finding::new(SYNTAX, place(&fault.range), message).help(help));
            continue;
        }
        let message = Phrase::new(
            "这里的写法不合 TOML 语法",
            harmless(fault.words, &source[fault.range.start.min(source.len())..]).map_or_else(
                || "this is not TOML".to_owned(),
                |why| format!("this is not TOML: {why}"),
            ),
        );
        report.push(Finding::new(SYNTAX, place(&fault.range), message).help(Phrase::new(
            "检查引号、括号、逗号和等号是否成对、齐全,是不是英文半角的;一行只写一个键",
            "check that quotes, brackets, commas and equals signs are complete and plain, one key a line",
        )));
    }
}

/// Returns the parser's own words, if nothing of the file can be in them: they are plain words, and
/// none of them stands where the problem is.
fn harmless<'m>(message: &'m str, rest: &str) -> Option<&'m str> {
    let words = message.lines().next().unwrap_or("");
    let plain = words.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_digit());
    let line = rest.lines().next().unwrap_or("");
    let mut written = line.split(|letter: char| !letter.is_ascii_alphanumeric());
    let quoted = written.any(|word| word.len() > 2 && words.contains(word));
    (plain && !quoted && !words.is_empty()).then_some(words)
}

/// Returns a file's text, or reports that it is not UTF-8.
pub(crate) fn utf8<'a>(path: &Arc<str>, bytes: &'a [u8], report: &mut Report) -> Option<&'a str> {
    let text = std::str::from_utf8(bytes).ok();
    if text.is_none() {
        let message = Phrase::new("文件不是 UTF-8 编码", "the file is not UTF-8");
        let help = Phrase::new("用“另存为”选择 UTF-8 编码重新保存", "save it again as UTF-8");
        report.push(Finding::new(NOT_UTF8, Span::whole(path), message).help(help));
    }
    text.map(|text| text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// Returns a key as it may be quoted in a message: a plain name, not something that slipped out of
/// its quotes and now looks like a key.
pub(crate) fn quotable(key: &str) -> Option<&str> {
    const LONGEST: usize = 40;
    const LONG_NUMBER: usize = 7;
    let plain =
        key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
    let digits =
        key.split(|letter: char| !letter.is_ascii_digit()).map(str::len).max().unwrap_or(0);
    // Digits in front are a day or a number, not the name of a field.
    let named = key.starts_with(|letter: char| letter.is_ascii_alphabetic());
    (plain && named && key.len() <= LONGEST && digits < LONG_NUMBER).then_some(key)
}

/// Reads a table key by key; what is left over was never asked for.
pub(crate) struct Reader<'r, 'a> {
    whole: Span,
    path: &'r Arc<str>,
    table: &'r DeTable<'a>,
    asked: Vec<&'static str>,
    code: Code,
    /// The head of the table, and the keys that belong above it.
    above: Option<(&'static str, &'static [&'static str])>,
}

impl<'r, 'a> Reader<'r, 'a> {
    /// Opens a table for reading; its faults are reported under `code`.
    pub(crate) fn new(path: &'r Arc<str>, table: &'r DeTable<'a>, code: Code) -> Self {
        Self { whole: Span::whole(path), path, table, asked: Vec::new(), code, above: None }
    }

    /// Says under which head the table stands, and which keys belong above all heads: what is added at
    /// the end of a file falls into its last table.
    pub(crate) fn below(mut self, head: &'static str, above: &'static [&'static str]) -> Self {
        self.above = Some((head, above));
        self
    }

    /// Says where in the file the table stands, for what is missing in it.
    pub(crate) fn standing_at(mut self, span: &Span) -> Self {
        self.whole = span.clone();
        self
    }

    /// Returns the place of a range of the file.
    pub(crate) fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.path, range)
    }

    /// Returns the place of the table as a whole.
    pub(crate) fn whole(&self) -> Span {
        self.whole.clone()
    }

    /// Returns the value under a key.
    pub(crate) fn node(&mut self, key: &'static str) -> Option<&'r Node<'a>> {
        self.asked.push(key);
        self.table.iter().find(|(name, _)| name.get_ref() == key).map(|(_, node)| node)
    }

    /// Returns the text under a key; anything else is reported.
    pub(crate) fn text(&mut self, key: &'static str, report: &mut Report) -> Option<String> {
        let node = self.node(key)?;
        if let DeValue::String(text) = node.get_ref() {
            return Some(text.to_string());
        }
        let message = Phrase::new(
            format!("`{key}` 要填引号里的文字"),
            format!("`{key}` must be a text in quotes"),
        );
        report.push(Finding::new(self.code, self.span(node.span()), message));
        None
    }

    /// Returns the text under a key that must be there.
    pub(crate) fn required(&mut self, key: &'static str, report: &mut Report) -> String {
        if let Some(text) = self.text(key, report) {
            if let Some(node) = self.node(key).filter(|_| text.trim().is_empty()) {
                let message = Phrase::new(format!("`{key}` 是空的"), format!("`{key}` is empty"));
                report.push(Finding::new(self.code, self.span(node.span()), message));
            }
            return text;
        }
        if self.node(key).is_none() {
            let message = Phrase::new(format!("缺少 `{key}`"), format!("`{key}` is missing"));
            report.push(Finding::new(self.code, self.whole.clone(), message));
        }
        String::new()
    }

    /// Returns the table under a key; anything else is reported.
    pub(crate) fn table(
        &mut self,
        key: &'static str,
        report: &mut Report,
    ) -> Option<&'r DeTable<'a>> {
        let node = self.node(key)?;
        if let DeValue::Table(table) = node.get_ref() {
            return Some(table);
        }
        let message = Phrase::new(
            format!("`{key}` 要写成一张表 [{key}]"),
            format!("`{key}` must be a table [{key}]"),
        );
        report.push(Finding::new(self.code, self.span(node.span()), message));
        None
    }

    /// Returns the texts of an array under a key.
    pub(crate) fn texts(&mut self, key: &'static str, report: &mut Report) -> Vec<String> {
        let Some(node) = self.node(key) else {
            return Vec::new();
        };
        let mut texts = Vec::new();
        let mut good = false;
        if let DeValue::Array(array) = node.get_ref() {
            good = true;
            for element in array {
                match element.get_ref() {
                    DeValue::String(text) => texts.push(text.to_string()),
                    _ => good = false,
                }
            }
        }
        if !good {
            let message = Phrase::new(
                format!("`{key}` 要填一串引号里的文字"),
                format!("`{key}` must be a list of texts in quotes"),
            );
            report.push(Finding::new(self.code, self.span(node.span()), message));
        }
        texts
    }

    /// Reads whether something is so; a value that says neither is a finding, and means `doubtful`.
    pub(crate) fn flag(&mut self, key: &'static str, doubtful: bool, report: &mut Report) -> bool {
        let Some(node) = self.node(key) else {
            return false;
        };
        if let DeValue::Boolean(flag) = node.get_ref() {
            return *flag;
        }
        let message = Phrase::new(
            format!("`{key}` 要填 true 或 false,不加引号"),
            format!("`{key}` must be true or false, without quotes"),
        );
        report.push(Finding::new(self.code, self.span(node.span()), message));
        doubtful
    }

    /// Reports every key that was not asked for.
    pub(crate) fn finish(self, report: &mut Report) {
        for (key, _) in self.table {
            if self.asked.iter().any(|asked| key.get_ref() == asked) {
                continue;
            }
            let name = key.get_ref();
            let message = quotable(name).map_or_else(
                || Phrase::new("这里有一个没有登记的键", "a key that is not known"),
                |name| {
                    Phrase::new(format!("没有 `{name}` 这一项"), format!("unknown key `{name}`"))
                },
            );
            let mut finding = Finding::new(self.code, self.span(key.span()), message);
            if let Some((head, _)) = self.above.filter(|(_, above)| above.contains(&&**name)) {
                finding = finding.help(Phrase::new(
                    format!("这一行要写到 [{head}] 那一行的前面"),
                    format!("this line belongs above the line [{head}]"),
                ));
            } else if let Some(near) = nearest(name, self.asked.iter().copied()) {
                finding = finding.help(Phrase::new(
                    format!("是不是 `{near}`?"),
                    format!("did you mean `{near}`?"),
                ));
            }
            report.push(finding);
        }
    }
}
