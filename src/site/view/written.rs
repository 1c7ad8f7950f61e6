//! A page of the register's own: its prose, and between it what its short codes show.
//!
//! What short codes show is made of the release like any other page: a figure that is not listed has no
//! value there, and a record that is not published is not there. The prose is shown as it was written;
//! whether it says in words what the records named in it do not show was checked before the release.

use serde::Serialize;
use tera::Value;

use crate::records::{Grouping, PublicInsert, PublicPage, PublicText, Release, Selection};
use crate::site::chart::Figure;
use crate::site::index::Index;
use crate::site::ledger::Rung;
use crate::site::tally::{self, By, Sort};
use crate::site::tongue::Tongue;
use crate::site::view::list::{self, Column, Facet, FacetValue};
use crate::site::view::{Link, money};
use crate::site::{markdown, url, words};
use crate::text::{Lang, Phrase};

/// The view of a page of the register's own.
#[derive(Serialize)]
pub(crate) struct ArticleView {
    title: String,
    summary: String,
    /// Whether it stands in another language than the pages around it.
    foreign: bool,
    /// Whether somebody wrote it in the language of the pages, and no program turns it into other characters.
    own_words: bool,
    published_text: String,
    blocks: Vec<Block>,
}

/// A part of a page.
#[derive(Default, Serialize)]
struct Block {
    /// What it is: `prose`, `card`, `ladder`, `rows`, `chart`, or `gone` for what is not published.
    sort: &'static str,
    body_html: String,
    card: Option<Value>,
    ladder: Vec<Rung>,
    ladder_sum: String,
    money_note: String,
    rows: Option<Rows>,
    chart: Option<Figure>,
}

/// Records of a kind as rows.
#[derive(Serialize)]
struct Rows {
    heading: String,
    columns: Vec<Column>,
    cards: Value,
    count: usize,
    shown: usize,
    amount_text: String,
    href: String,
}

/// Returns the words of a page in a language, or those of the main one.
pub(crate) fn text_in<'p>(page: &'p PublicPage, tongue: &Tongue) -> &'p PublicText {
    page.translation(&tongue.tag).unwrap_or_else(|| page.text())
}

/// Returns links to all pages in the order of the menu, each with the page it leads to.
pub(crate) fn in_order<'r>(release: &'r Release, tongue: &Tongue) -> Vec<(&'r PublicPage, Link)> {
    let mut pages: Vec<&PublicPage> = release.pages().iter().collect();
    pages.sort_by_key(|page| (page.order(), page.stem()));
    let link =
        |page| Link::new(text_in(page, tongue).title(), url::written(PublicPage::stem(page)));
    pages.into_iter().map(|page| (page, link(page))).collect()
}

/// What pages are made with.
#[derive(Clone, Copy)]
pub(crate) struct Table<'a> {
    /// How the records hang together.
    pub(crate) index: &'a Index<'a>,
    /// The language of the pages.
    pub(crate) tongue: &'a Tongue,
    /// The fields each kind is listed by.
    pub(crate) facets: &'a [Vec<Facet>],
}

/// Makes the view of a page.
pub(crate) fn article(table: &Table<'_>, page: &PublicPage) -> ArticleView {
    let Table { index, tongue, .. } = *table;
    let text = text_in(page, tongue);
    let translated = page.translation(&tongue.tag).is_some();
    let root = url::Route::new(url::written(page.stem())).root();
    let link = |target: &str| index.target(target).map(|path| format!("{root}{path}"));
    let places: Vec<usize> = text.inserts().iter().map(|(at, _)| *at).collect();
    let mut pieces = markdown::to_pieces(text.body(), &places, &link).into_iter();
    let mut blocks: Vec<Block> = pieces.next().into_iter().filter_map(prose).collect();
    let mut charts = 0;
    for (_, inserts) in text.inserts() {
        for insert in inserts {
            charts += usize::from(matches!(insert, PublicInsert::Chart(..)));
            blocks.push(block(table, insert, charts));
        }
        blocks.extend(pieces.next().and_then(prose));
    }
    ArticleView {
        title: text.title().to_owned(),
        summary: text.summary().to_owned(),
        foreign: !translated && !tongue.is_chinese(),
        own_words: translated && tongue.script.is_some(),
        published_text: page.published().map_or_else(String::new, |day| day.words(index.lang)),
        blocks,
    }
}

/// Makes a block of prose, if there is any.
fn prose(html: String) -> Option<Block> {
    let blank = html.trim().is_empty();
    (!blank).then(|| Block { sort: "prose", body_html: html, ..Block::default() })
}

/// Makes what a short code shows; `number` tells charts of a page apart.
fn block(table: &Table<'_>, insert: &PublicInsert, number: usize) -> Block {
    let index = table.index;
    match insert {
        PublicInsert::Card(None) | PublicInsert::Ladder(None) => {
            Block { sort: "gone", ..Block::default() }
        }
        PublicInsert::Card(Some(at)) => {
            Block { sort: "card", card: Some(index.cards[*at].clone()), ..Block::default() }
        }
        PublicInsert::Ladder(Some(at)) => {
            let money = money::money(index, *at);
            Block {
                sort: "ladder",
                card: Some(index.cards[*at].clone()),
                ladder: money.ladder,
                ladder_sum: money.sum,
                money_note: money.note,
                ..Block::default()
            }
        }
        PublicInsert::Rows(selection, limit) => {
            Block { sort: "rows", rows: Some(rows(table, selection, *limit)), ..Block::default() }
        }
        PublicInsert::Chart(selection, by) => {
            Block { sort: "chart", chart: chart(index, selection, *by, number), ..Block::default() }
        }
    }
}

/// Returns the records that are chosen, newest first.
fn chosen(index: &Index<'_>, selection: &Selection) -> Vec<usize> {
    let release = index.release;
    let family = selection.place.as_ref().map(|place| index.family(place));
    let in_place = |at: &usize| {
        let Some(family) = &family else {
            return true;
        };
        let own = words::place_code(release, index.record(*at));
        own.is_some_and(|code| family.iter().any(|place| place == code))
    };
    let in_year = |at: &usize| {
        selection.year.is_none_or(|year| words::year(release, index.record(*at)) == Some(year))
    };
    let all = index.by_kind[selection.kind].iter().copied();
    all.filter(|at| in_place(at) && in_year(at)).collect()
}

/// Returns what a selection is called: the kind, the place, the year.
fn heading(release: &Release, selection: &Selection, lang: Lang) -> String {
    let mut parts = vec![release.schema().kinds()[selection.kind].label.text(lang).to_owned()];
    if let Some(code) = &selection.place {
        parts.push(words::place_name(release, code).to_owned());
    }
    if let Some(year) = selection.year {
        parts.push(Phrase::new(format!("{year}年"), year.to_string()).text(lang).to_owned());
    }
    parts.join(" · ")
}

/// Makes the rows of a selection, the newest, with what all of them come to.
fn rows(table: &Table<'_>, selection: &Selection, limit: usize) -> Rows {
    let index = table.index;
    let kind = &index.release.schema().kinds()[selection.kind];
    let records = chosen(index, selection);
    let shown = &records[..records.len().min(limit)];
    // The list of exactly these records, if there is one; else the list of the whole kind.
    let facets = table.facets[selection.kind].iter().flat_map(|facet| &facet.values);
    let mut lists = facets.filter(|list: &&FacetValue| list.records == records);
    let href = lists.next().map_or_else(|| url::kind(&kind.name), |list| list.href.clone());
    let is_all = index.by_kind[selection.kind].len() == records.len();
    Rows {
        heading: heading(index.release, selection, index.lang),
        columns: list::columns(index, kind, shown),
        cards: index.cards_of(shown),
        count: records.len(),
        shown: shown.len(),
        amount_text: list::total(index, &records),
        href: match (is_all, index.by_kind[selection.kind].is_empty()) {
            (_, true) => String::new(),
            (true, false) => url::kind(&kind.name),
            (false, false) => href,
        },
    }
}

/// Draws the money of a selection; `None` where there is none.
fn chart(
    index: &Index<'_>,
    selection: &Selection,
    grouping: Grouping,
    number: usize,
) -> Option<Figure> {
    let station = index.release.schema().kinds()[selection.kind].money()?;
    let say = |zh: &str, en: &str| Phrase::new(zh, en).text(index.lang).to_owned();
    let (by, sort, words) = match grouping {
        Grouping::Use => (By::Use, Sort::Donut, say("按用途", "by use")),
        Grouping::Place => (By::Place, Sort::Bars, say("按地点", "by place")),
        Grouping::Year => (By::Year, Sort::Line, say("按年份", "by year")),
        Grouping::Record => (By::Record, Sort::Bars, say("一条一条", "one by one")),
    };
    let caption = format!("{} · {words}", heading(index.release, selection, index.lang));
    let id = format!("chart-{number}");
    let records = chosen(index, selection);
    let mut years = records.iter().map(|at| words::year(index.release, index.record(*at)));
    let first = years.next();
    // A line needs two years.
    let is_one = sort == Sort::Line && years.all(|year| Some(year) == first);
    let sort = if is_one { Sort::Bars } else { sort };
    tally::of_records(index, (&id, caption), (&records, station), (by, sort))
}
