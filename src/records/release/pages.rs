//! The pages of a register's own as the audience may see them: their words are written for everyone,
//! and what their short codes show is made of the release like any other page.
//!
//! A draft, and a page whose day is still to come, is not there at all; of a translation that is not
//! out the page in the main language stands in.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::records::catalog::Catalog;
use crate::records::pages::{Insert, Page};
use crate::records::release::Order;
use crate::records::schema::{Grouping, Schema, Selection};
use crate::text::Day;

/// What stands in prose where short codes stood; two of it are no part of any prose that was read.
const PLACE: &str = "{{}}";

/// A page of the register's own.
#[derive(Debug, Serialize)]
pub struct PublicPage {
    stem: String,
    #[serde(skip)]
    path: String,
    order: i64,
    menu: bool,
    aliases: Vec<String>,
    published: Option<Day>,
    text: PublicText,
    translations: BTreeMap<String, PublicText>,
}

/// The words of a page in one language.
#[derive(Debug, Serialize)]
pub struct PublicText {
    title: String,
    summary: String,
    body: String,
    inserts: Vec<(usize, Vec<PublicInsert>)>,
}

/// What a short code shows.
#[derive(Debug, Serialize)]
pub enum PublicInsert {
    /// A record with its sentence, if it is published.
    Card(Option<usize>),
    /// How far the money of a record came, if it is published.
    Ladder(Option<usize>),
    /// So many rows of some records.
    Rows(Selection, usize),
    /// The money of some records, drawn.
    Chart(Selection, Grouping),
}

/// Returns the pages that are out, by their addresses.
pub(super) fn pages(
    order: &Order<'_>,
    (catalog, schema): (&Catalog, &Schema),
    by_key: &BTreeMap<String, usize>,
) -> Vec<PublicPage> {
    let as_of = order.edition.as_of;
    let out = || order.pages.all.iter().filter(|page| page.is_out(as_of));
    let number = |record: usize| by_key.get(&catalog.records()[record].key(schema)).copied();
    let public = |page: &Page| PublicPage {
        stem: page.stem.clone(),
        path: page.path.to_string(),
        order: page.front.order,
        menu: page.front.menu,
        aliases: page.front.aliases.iter().map(|alias| alias.text.clone()).collect(),
        published: page.front.publish_on,
        text: text(page, &number),
        translations: out()
            .filter(|other| other.stem == page.stem)
            .filter_map(|other| Some((other.tongue.clone()?, text(other, &number))))
            .collect(),
    };
    out().filter(|page| page.tongue.is_none()).map(public).collect()
}

/// Returns the words of a page, with marks where something is shown.
fn text(page: &Page, number: &dyn Fn(usize) -> Option<usize>) -> PublicText {
    let mut body = String::with_capacity(page.body.len());
    let mut inserts = Vec::with_capacity(page.placed.len());
    let mut at = 0;
    for placed in &page.placed {
        body.push_str(&page.body[at..placed.range.start]);
        let shown = placed.inserts.iter().map(|insert| match insert {
            Insert::Card(record) => PublicInsert::Card(number(*record)),
            Insert::Ladder(record) => PublicInsert::Ladder(number(*record)),
            Insert::Rows(selection, rows) => PublicInsert::Rows(selection.clone(), *rows),
            Insert::Chart(selection, by) => PublicInsert::Chart(selection.clone(), *by),
        });
        inserts.push((body.len(), shown.collect()));
        body.push_str(PLACE);
        at = placed.range.end;
    }
    body.push_str(&page.body[at..]);
    let summary = page.front.summary.as_ref().map_or("", |line| &line.text).to_owned();
    PublicText { title: page.front.title.text.clone(), summary, body, inserts }
}

impl PublicPage {
    /// Returns the path below `pages/`, without language and ending, which is its address.
    #[must_use]
    pub fn stem(&self) -> &str {
        &self.stem
    }

    /// Returns the file, for messages.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns its place among the pages of the menu.
    #[must_use]
    pub const fn order(&self) -> i64 {
        self.order
    }

    /// Returns whether it wants to be in the menu.
    #[must_use]
    pub const fn is_in_menu(&self) -> bool {
        self.menu
    }

    /// Returns the addresses it had before.
    #[must_use]
    pub fn aliases(&self) -> &[String] {
        &self.aliases
    }

    /// Returns the day it was published on, if it says.
    #[must_use]
    pub const fn published(&self) -> Option<Day> {
        self.published
    }

    /// Returns its words in the main language.
    #[must_use]
    pub const fn text(&self) -> &PublicText {
        &self.text
    }

    /// Returns its words in the language with a tag, if somebody wrote them.
    #[must_use]
    pub fn translation(&self, tag: &str) -> Option<&PublicText> {
        self.translations.get(&tag.to_lowercase())
    }

    /// Returns its words in every other language, with the tags in small letters.
    pub fn translations(&self) -> impl Iterator<Item = (&str, &PublicText)> {
        self.translations.iter().map(|(tag, text)| (tag.as_str(), text))
    }
}

impl PublicText {
    /// Returns the title.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Returns one line about the page; may be empty.
    #[must_use]
    pub fn summary(&self) -> &str {
        &self.summary
    }

    /// Returns the prose, in Markdown.
    #[must_use]
    pub fn body(&self) -> &str {
        &self.body
    }

    /// Returns the prose without the marks where something is shown.
    #[must_use]
    pub fn prose(&self) -> String {
        let mut prose = String::with_capacity(self.body.len());
        let mut at = 0;
        for (mark, _) in &self.inserts {
            prose.push_str(&self.body[at..*mark]);
            at = mark + PLACE.len();
        }
        prose + &self.body[at..]
    }

    /// Returns what is shown in the prose: where each paragraph begins that is no prose, and what
    /// stands there instead.
    #[must_use]
    pub fn inserts(&self) -> &[(usize, Vec<PublicInsert>)] {
        &self.inserts
    }
}
