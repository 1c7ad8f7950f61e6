//! The front matter of a page: its title, where it stands in the menu, and whether it is out.

use std::ops::Range;
use std::sync::Arc;

use toml::de::DeValue;

use crate::diag::code::PAGE_FAULT;
use crate::diag::source::Shown;
use crate::diag::{Finding, Report, Span};
use crate::records::catalog::Stray;
use crate::records::pages::Line;
use crate::records::resolve::own::is_id;
use crate::syntax::{self, Node, Reader, quotable};
use crate::text::{Day, Phrase};

/// Keys that a page may have.
const KEYS: [&str; 7] = ["title", "summary", "order", "menu", "aliases", "draft", "publish_on"];

/// Of these, those that a translation leaves to the page it translates.
const OF_THE_PAGE: [&str; 3] = ["order", "menu", "aliases"];

/// What a file says of its page.
#[derive(Clone, Debug, Default)]
pub(in crate::records) struct Front {
    /// The title.
    pub(in crate::records) title: Line,
    /// One line about the page.
    pub(in crate::records) summary: Option<Line>,
    /// Its place among the pages of the menu, the smallest first.
    pub(in crate::records) order: i64,
    /// Whether it is in the menu.
    pub(in crate::records) menu: bool,
    /// Where it was before.
    pub(in crate::records) aliases: Vec<Line>,
    /// Whether it is not ready to be published.
    pub(in crate::records) draft: bool,
    /// The day on which it is published, if it is to wait.
    pub(in crate::records) publish_on: Option<Day>,
}

/// Reads the front matter of a page, or of a translation; `None` without a title.
pub(super) fn front(
    (path, source): (&Arc<str>, &str),
    translates: bool,
    (shown, strays): (&mut Shown, &mut Vec<Stray>),
    report: &mut Report,
) -> Option<Front> {
    let before = report.findings().len();
    let table = syntax::parse(path, source, 0, report);
    let is_broken = report.findings().len() > before;
    for (key, node) in &table {
        let name = &**key.get_ref();
        if KEYS.contains(&name) {
            shown.allow(&Span::new(path, key.span()));
            shown.allow(&Span::new(path, node.span()));
        } else {
            if quotable(name).is_some() {
                shown.allow(&Span::new(path, key.span()));
            }
            stray(path, node, strays);
        }
    }
    if is_broken {
        return None;
    }
    let mut reader = Reader::new(path, &table, PAGE_FAULT);
    let front = read(&mut reader, translates, report);
    reader.finish(report);
    front
}

/// Keeps the texts of a value that found no place.
fn stray(path: &Arc<str>, node: &Node<'_>, strays: &mut Vec<Stray>) {
    match node.get_ref() {
        DeValue::String(text) => strays.push(Stray {
            path: Arc::clone(path),
            label: Phrase::default(),
            class: None,
            text: text.as_ref().into(),
        }),
        DeValue::Array(array) => array.iter().for_each(|node| stray(path, node, strays)),
        DeValue::Table(table) => table.iter().for_each(|(_, node)| stray(path, node, strays)),
        DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {}
    }
}

/// Reads every key.
fn read(reader: &mut Reader<'_, '_>, translates: bool, report: &mut Report) -> Option<Front> {
    let mut front = Front {
        title: line(reader, "title", report).unwrap_or_default(),
        summary: line(reader, "summary", report).filter(|line| !line.text.trim().is_empty()),
        // Whoever wrote `draft` did not want the page published yet.
        draft: reader.flag("draft", true, report),
        publish_on: day(reader, report),
        ..Front::default()
    };
    if translates {
        for key in OF_THE_PAGE {
            if let Some(node) = reader.node(key) {
                let message = Phrase::new(
                    format!("译文里不写 `{key}`,它写在简体的那一份里"),
                    format!("a translation says no `{key}`; the page it translates does"),
                );
                let help = Phrase::new("删掉这一行", "remove the line");
                let span = reader.span(node.span());
                report.push(Finding::new(PAGE_FAULT, span, message).help(help));
            }
        }
    } else {
        front.order = order(reader, report);
        front.menu = reader.flag("menu", false, report);
        front.aliases = aliases(reader, report);
    }
    if front.title.text.trim().is_empty() {
        let written = reader.node("title").map(|node| reader.span(node.span()));
        let message = Phrase::new("网页没有标题 title", "the page has no title");
        let help = Phrase::new("写一行 title = \"…\"", "write a line title = \"…\"");
        let span = written.unwrap_or_else(|| reader.whole());
        report.push(Finding::new(PAGE_FAULT, span, message).help(help));
        return None;
    }
    Some(front)
}

/// Returns the range of a value in the file.
fn range(node: &Node<'_>) -> Range<u32> {
    let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    place(node.span().start)..place(node.span().end)
}

/// Reads a text.
fn line(reader: &mut Reader<'_, '_>, key: &'static str, report: &mut Report) -> Option<Line> {
    let range = range(reader.node(key)?);
    let text = reader.text(key, report)?;
    Some(Line { text: text.split_whitespace().collect::<Vec<_>>().join(" "), range })
}

/// Reads `publish_on`.
fn day(reader: &mut Reader<'_, '_>, report: &mut Report) -> Option<Day> {
    let node = reader.node("publish_on")?;
    let day = match node.get_ref() {
        DeValue::String(text) => Day::parse(text),
        DeValue::Datetime(day) => Day::parse(&day.to_string()),
        _ => None,
    };
    if day.is_none() {
        let message = Phrase::new(
            "`publish_on` 要填日历上有的日期,例如 2025-06-30",
            "`publish_on` must be a day of the calendar, such as 2025-06-30",
        );
        report.push(Finding::new(PAGE_FAULT, reader.span(node.span()), message));
    }
    day
}

/// Reads `order`.
fn order(reader: &mut Reader<'_, '_>, report: &mut Report) -> i64 {
    let Some(node) = reader.node("order") else {
        return 0;
    };
    let number = match node.get_ref() {
        DeValue::Integer(number) => number.as_str().parse().ok(),
        _ => None,
    };
    number.unwrap_or_else(|| {
        let message = Phrase::new(
            "`order` 要填整数,不加引号,小的排在前面",
            "`order` must be a whole number without quotes; the smallest comes first",
        );
        report.push(Finding::new(PAGE_FAULT, reader.span(node.span()), message));
        0
    })
}

/// Reads `aliases`.
fn aliases(reader: &mut Reader<'_, '_>, report: &mut Report) -> Vec<Line> {
    let Some(node) = reader.node("aliases") else {
        return Vec::new();
    };
    let elements: Vec<&Node<'_>> = match node.get_ref() {
        DeValue::Array(array) => array.iter().collect(),
        _ => vec![node],
    };
    let mut aliases = Vec::new();
    for element in elements {
        match element.get_ref() {
            DeValue::String(name) if name.split('/').all(is_id) => {
                aliases.push(Line { text: name.to_string(), range: range(element) });
            }
            _ => {
                let message = Phrase::new(
                    "`aliases` 里写这一页以前的地址,例如 [\"guide\", \"rules/fees\"]",
                    "`aliases` holds former addresses of the page, such as [\"guide\", \"rules/fees\"]",
                );
                report.push(Finding::new(PAGE_FAULT, reader.span(element.span()), message));
            }
        }
    }
    aliases
}
