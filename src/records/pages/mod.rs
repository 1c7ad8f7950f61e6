//! Pages of a register's own: prose in Markdown below `pages/`, with short codes that show records.
//!
//! A page is read whole or not at all; what is wrong with it is reported with its place. Its short codes
//! name records that exist. What of it is published, and on which day, is decided at the door.

mod call;
mod front;
mod prose;
mod written;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use crate::diag::code::PAGE_FAULT;
use crate::diag::source::Shown;
use crate::diag::{Finding, Report, Severity, Span};
use crate::files::Files;
use crate::project::Places;
use crate::records::catalog::{Catalog, Stray};
use crate::records::document::{PAGES_FOLDER, split};
use crate::records::resolve::own::is_id;
use crate::records::schema::{Grouping, Schema, Selection};
use crate::syntax;
use crate::text::{Day, Phrase, nearest};
use front::Front;

/// The tag of the language that a page is written in when its name says none.
const MAIN: &str = "zh-hans";

/// One page in one language.
pub(in crate::records) struct Page {
    /// The file.
    pub(in crate::records) path: Arc<str>,
    /// Where it will be: the path below `pages/`, without language and ending.
    pub(in crate::records) stem: String,
    /// The tag of the language in small letters; none for the main one.
    pub(in crate::records) tongue: Option<String>,
    /// What the file says of the page.
    pub(in crate::records) front: Front,
    /// Where the prose begins in the file.
    pub(in crate::records) start: usize,
    /// The prose.
    pub(in crate::records) body: Box<str>,
    /// The short codes in it.
    pub(in crate::records) placed: Vec<Placed>,
}

/// A text of the front matter with its place.
#[derive(Clone, Debug, Default)]
pub(in crate::records) struct Line {
    /// The text.
    pub(in crate::records) text: String,
    /// Where it stands in the file.
    pub(in crate::records) range: Range<u32>,
}

/// A paragraph of short codes.
pub(in crate::records) struct Placed {
    /// Where it stands in the prose.
    pub(in crate::records) range: Range<usize>,
    /// What is shown there.
    pub(in crate::records) inserts: Vec<Insert>,
}

/// What a short code shows; records by their places in the catalog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::records) enum Insert {
    /// A record with its sentence.
    Card(usize),
    /// How far the money of a record came.
    Ladder(usize),
    /// So many rows of some records.
    Rows(Selection, usize),
    /// The money of some records, drawn.
    Chart(Selection, Grouping),
}

/// The pages of a register.
#[derive(Default)]
pub(in crate::records) struct Pages {
    /// The pages, by address and language, the main one first.
    pub(in crate::records) all: Vec<Page>,
    /// What of them may be shown in snippets.
    pub(in crate::records) shown: Shown,
    /// Texts that found no place in a page.
    pub(in crate::records) strays: Vec<Stray>,
}

/// What pages are read against.
#[derive(Clone, Copy)]
pub(in crate::records) struct Ground<'a> {
    /// The kinds.
    pub(in crate::records) schema: &'a Schema,
    /// The places.
    pub(in crate::records) places: &'a Places,
    /// The records.
    pub(in crate::records) catalog: &'a Catalog,
    /// The tags of the languages beside the main one.
    pub(in crate::records) languages: &'a [String],
    /// The day that is asked about, if any is.
    pub(in crate::records) as_of: Option<Day>,
}

impl Page {
    /// Returns the place of a range of the file.
    pub(in crate::records) fn span(&self, range: &Range<u32>) -> Span {
        Span { path: Arc::clone(&self.path), start: range.start, end: range.end }
    }

    /// Returns the records that the page names, by short codes or by links; `chosen` says which records
    /// a table or chart shows, as far as they matter to whoever asks.
    pub(in crate::records) fn named(
        &self,
        catalog: &Catalog,
        chosen: &dyn Fn(&Selection) -> Vec<usize>,
    ) -> BTreeSet<usize> {
        let inserts = self.placed.iter().flat_map(|placed| &placed.inserts);
        let shown = inserts.flat_map(|insert| match insert {
            Insert::Card(record) | Insert::Ladder(record) => vec![*record],
            // However many rows there is room for: the words beside them may speak of any.
            Insert::Rows(selection, _) | Insert::Chart(selection, _) => chosen(selection),
        });
        let links = prose::links(&self.body).into_iter();
        shown.chain(links.filter_map(|(target, _)| catalog.find(&target))).collect()
    }

    /// Returns every link of the prose with its place in the file.
    pub(in crate::records) fn links(&self) -> Vec<(String, Span)> {
        let place = |range: Range<usize>| {
            Span::new(&self.path, self.start + range.start..self.start + range.end)
        };
        let links = prose::links(&self.body).into_iter();
        links.map(|(target, range)| (target, place(range))).collect()
    }

    /// Returns whether the page is there on a day.
    pub(in crate::records) fn is_out(&self, as_of: Day) -> bool {
        !self.front.draft && self.front.publish_on.is_none_or(|day| day <= as_of)
    }
}

impl Pages {
    /// Returns whether there is a page with this address, as links write it.
    pub(in crate::records) fn has(&self, target: &str) -> bool {
        target
            .strip_prefix(PAGES_FOLDER)
            .is_some_and(|stem| self.all.iter().any(|page| page.stem == stem))
    }

    /// Returns the addresses of all pages, as links write them.
    pub(in crate::records) fn addresses(&self) -> Vec<String> {
        let main = self.all.iter().filter(|page| page.tongue.is_none());
        main.map(|page| format!("{PAGES_FOLDER}{}", page.stem)).collect()
    }
}

/// Reads every page of a register.
pub(in crate::records) fn read(files: &Files, ground: &Ground<'_>, report: &mut Report) -> Pages {
    let mut pages = Pages::default();
    for (path, bytes) in files.iter() {
        let Some(name) = path.strip_prefix(PAGES_FOLDER) else {
            continue;
        };
        if name.rsplit('/').next().unwrap_or(name).starts_with("README") {
            continue;
        }
        let Some((stem, tongue)) = address(path, name, ground, report) else {
            continue;
        };
        if tongue.is_some() && !files.contains(&format!("{PAGES_FOLDER}{stem}.md")) {
            report.push(orphan(path, &stem));
        }
        let address = (stem, tongue);
        pages.all.extend(page(
            (path, bytes),
            address,
            ground,
            (&mut pages.shown, &mut pages.strays),
            report,
        ));
    }
    pages.all.sort_by(|left, right| (&left.stem, &left.tongue).cmp(&(&right.stem, &right.tongue)));
    pages
}

/// Returns where a file's page will be, and in which language it is written.
fn address(
    path: &Arc<str>,
    name: &str,
    ground: &Ground<'_>,
    report: &mut Report,
) -> Option<(String, Option<String>)> {
    let Some(name) = name.strip_suffix(".md") else {
        let message = Phrase::new(
            "pages/ 里只放网页的正文,文件名以 .md 结尾;这个文件没有用到",
            "pages/ holds prose only, in files that end with .md; this file is not used",
        );
        let help = Phrase::new(
            "附件放到 attachments/,记录放到各类的文件夹",
            "attachments belong into attachments/, records into the folders of their kinds",
        );
        let mut finding = Finding::new(PAGE_FAULT, Span::whole(path), message).help(help);
        finding.severity = Severity::Warning;
        report.push(finding);
        return None;
    };
    let (stem, tongue) = match name.rsplit_once('.') {
        Some((stem, tag)) if is_tag(tag) => (stem, Some(tag.to_lowercase())),
        _ => (name, None),
    };
    if !stem.split('/').all(is_id) {
        let message = Phrase::new(
            "文件名就是网址,只能有文字、数字、连字符、下划线和点",
            "the name of the file is the address: letters, digits, hyphens, underscores and dots only",
        );
        let help =
            Phrase::new("给文件或者文件夹换一个名字", "give the file or the folder another name");
        report.push(Finding::new(PAGE_FAULT, Span::whole(path), message).help(help));
        return None;
    }
    if let Some(tag) = &tongue
        && !ground.languages.iter().any(|known| known.to_lowercase() == *tag)
    {
        report.push(unknown_tongue(path, tag, ground));
        return None;
    }
    Some((stem.to_owned(), tongue))
}

/// Returns whether a part of a file's name looks like the tag of a language.
fn is_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or("");
    let letters = |part: &str, least: usize, most: usize| {
        (least..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic())
    };
    letters(first, 2, 3) && parts.all(|part| letters(part, 2, 8))
}

/// Makes the finding about a language that the register has no pages in.
fn unknown_tongue(path: &Arc<str>, tag: &str, ground: &Ground<'_>) -> Finding {
    if tag == MAIN {
        let message = Phrase::new(
            "简体是主语言,文件名里不写语言",
            "Simplified Chinese is the main language, which no file's name says",
        );
        let help = Phrase::new("把文件名里的语言去掉", "take the language out of the file's name");
        return Finding::new(PAGE_FAULT, Span::whole(path), message).help(help);
    }
    let message = Phrase::new(
        "文件名里点后面的一段看着像语言,site.toml 的 `languages` 里没有它",
        "what stands behind the dot looks like a language, which `languages` of site.toml does not name",
    );
    let known = ground.languages.iter().map(String::as_str);
    let help = nearest(tag, known.clone()).map_or_else(
        || {
            let all = known.collect::<Vec<_>>().join(", ");
            Phrase::new(
                format!("现在有:{all};加一种语言,或者文件名里不用点"),
                format!("there are: {all}; add the language, or use no dot in the name"),
            )
        },
        |near| Phrase::new(format!("是不是 `{near}`?"), format!("did you mean `{near}`?")),
    );
    Finding::new(PAGE_FAULT, Span::whole(path), message).help(help)
}

/// Makes the finding about a translation of nothing.
fn orphan(path: &Arc<str>, stem: &str) -> Finding {
    let message = Phrase::new(
        "只有译文,没有简体的那一份,网站上不会有这一页",
        "this is a translation of a page that is not there, and will be on no site",
    );
    let help = Phrase::new(
        format!("先写 {PAGES_FOLDER}{stem}.md"),
        format!("write {PAGES_FOLDER}{stem}.md first"),
    );
    Finding::new(PAGE_FAULT, Span::whole(path), message).help(help)
}

/// Reads one page.
fn page(
    (path, bytes): (&Arc<str>, &[u8]),
    (stem, tongue): (String, Option<String>),
    ground: &Ground<'_>,
    (shown, strays): (&mut Shown, &mut Vec<Stray>),
    report: &mut Report,
) -> Option<Page> {
    let source = syntax::utf8(path, bytes, report)?;
    let mark = bytes.len() - source.len();
    let Some((start, end, body)) = split(source) else {
        let message = Phrase::new(
            "网页的文件要以 +++ 开头,两行 +++ 之间写 title",
            "the file of a page begins with its title between two lines of +++",
        );
        report.push(Finding::new(PAGE_FAULT, Span::whole(path), message));
        return None;
    };
    // Blanks in front, so that places in the table are places in the file.
    let padded = " ".repeat(mark + start) + &source[start..end];
    let front = front::front((path, &padded), tongue.is_some(), (&mut *shown, strays), report)?;
    let (start, body) = (mark + body, &source[body..]);
    let scan = prose::scan(body);
    let mut reader = call::Caller { path, start, ground, front: &front, report };
    let placed = reader.placed(body, scan);
    for range in placed.iter().map(|placed| &placed.range) {
        shown.allow(&Span::new(path, start + range.start..start + range.end));
    }
    Some(Page { path: Arc::clone(path), stem, tongue, front, start, body: body.into(), placed })
}

#[cfg(test)]
mod tests {
    use super::is_tag;

    #[test]
    fn tags_of_languages_are_told_from_parts_of_names() {
        for tag in ["en", "zh-Hant", "bo", "zh-hant-hk"] {
            assert!(is_tag(tag), "{tag}");
        }
        for name in ["2", "v1", "指南", "draft", "", "e", "en-", "old-2"] {
            assert!(!is_tag(name), "{name}");
        }
    }
}
