//! Feeds: what was published last, for the site and for each kind.

use serde::Serialize;

use crate::diag::Finding;
use crate::site::desk::{Desk, Frame, add_value};
use crate::site::format::Format;
use crate::site::page::{Page, Subject};
use crate::site::url::{self, Route};
use crate::site::{view, words};
use crate::text::{Day, Lang, Phrase};

/// How many records a feed holds.
const ENTRIES: usize = 20;

/// Feeds.
pub(super) struct Atom;

#[derive(Serialize)]
struct Feed {
    title: String,
    id: String,
    updated: String,
    self_url: String,
    site_url: String,
}

#[derive(Serialize)]
struct Entry {
    title: String,
    url: String,
    id: String,
    updated: String,
    summary: String,
    author: String,
}

impl Format for Atom {
    fn name(&self) -> &'static str {
        "atom"
    }

    fn plan(&self, desk: &Desk<'_>) -> Vec<Page> {
        // Without the site's address an entry has no name of its own that lasts.
        if desk.base_url().is_empty() {
            return Vec::new();
        }
        let kinds = desk.index.release.schema().kinds();
        let whole = Page { route: Route::new("atom.xml"), subject: Subject::Whole };
        let each = desk.kinds().map(|kind| Page {
            route: Route::new(format!("{}/atom.xml", kinds[kind].name)),
            subject: Subject::Kind { kind, number: 1 },
        });
        std::iter::once(whole).chain(each).collect()
    }

    fn render(&self, page: &Page, desk: &Desk<'_>) -> Result<Vec<u8>, Box<Finding>> {
        let index = &desk.index;
        let site = index.release.site();
        let (records, title, site_path) = match page.subject {
            Subject::Kind { kind, .. } => {
                let def = &index.release.schema().kinds()[kind];
                let title = format!("{} - {}", def.label.text(index.lang), site.title);
                (&index.by_kind[kind], title, url::kind(&def.name))
            }
            _ => (&index.newest, site.title.clone(), "index.html".to_owned()),
        };
        // What is not published yet is no news.
        let published =
            |at: &&usize| index.days[**at].is_some_and(|day| day <= index.release.as_of());
        let latest: Vec<usize> = records.iter().filter(published).take(ENTRIES).copied().collect();
        let newest = latest.iter().filter_map(|at| changed_on(desk, *at)).max();
        let newest = newest.unwrap_or_else(|| index.release.as_of());
        let self_url = url::absolute(desk.base_url(), page.route.as_str());
        let feed = Feed {
            title,
            id: self_url.clone(),
            updated: moment(newest),
            self_url,
            site_url: url::absolute(desk.base_url(), &site_path),
        };
        let entries: Vec<Entry> = latest.iter().map(|at| entry(desk, *at)).collect();
        let frame =
            Frame { route: &page.route, page: view::Page::default(), crumbs: Vec::new(), menu: "" };
        let mut context = desk.context(&frame);
        add_value(&mut context, "feed", &feed);
        add_value(&mut context, "entries", &entries);
        desk.engine.render("atom.xml", &context)
    }
}

/// Makes the entry of a record.
fn entry(desk: &Desk<'_>, at: usize) -> Entry {
    let index = &desk.index;
    let record = index.record(at);
    let address = url::absolute(desk.base_url(), &index.href(at));
    let publisher = words::with_role(index.release, record, crate::records::Role::Publisher);
    let kind = &index.release.schema().kinds()[record.kind()];
    Entry {
        title: words::title(index.release, record),
        id: address.clone(),
        url: address,
        updated: changed_on(desk, at).map_or_else(String::new, moment),
        summary: summary(desk, at),
        author: publisher.map_or_else(String::new, |field| {
            words::field(index.release, &kind.fields[field.field()], field, index.lang)
        }),
    }
}

/// Returns the day an entry last changed: when it was published, or when its list was withdrawn, so
/// that readers fetch what took the list's place.
fn changed_on(desk: &Desk<'_>, at: usize) -> Option<Day> {
    let withdrawn = words::withdrawn_on(desk.index.release, desk.index.record(at));
    desk.index.days[at].max(withdrawn)
}

/// Returns the sentence of a record, and whether its list was withdrawn.
fn summary(desk: &Desk<'_>, at: usize) -> String {
    let (release, lang) = (desk.index.release, desk.index.lang);
    let sentence = words::sentence(release, desk.index.record(at), lang);
    let Some(day) = words::withdrawn_on(release, desk.index.record(at)) else {
        return sentence;
    };
    let withdrawn = Phrase::new(
        format!("名单已于{}撤下。", day.words(Lang::Zh)),
        format!(" The list was withdrawn on {}.", day.words(Lang::En)),
    );
    format!("{sentence}{}", withdrawn.text(lang))
}

/// Returns the beginning of a day in China, as feeds write it.
fn moment(day: Day) -> String {
    format!("{day}T00:00:00+08:00")
}
