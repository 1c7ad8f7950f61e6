//! Atom feeds: what was published last, for the site, for each kind and for each place.

use serde::Serialize;

use crate::diag::Finding;
use crate::site::desk::{Desk, Frame, add_value};
use crate::site::format::Format;
use crate::site::news::{self, moment};
use crate::site::page::Page;
use crate::site::{url, view, words};

/// Atom feeds.
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
        news::plan(&desk.index, "atom.xml")
    }

    fn render(&self, page: &Page, desk: &Desk<'_>) -> Result<Vec<u8>, Box<Finding>> {
        let channel = news::channel(&desk.index, &page.subject);
        let self_url = url::absolute(desk.base_url(), page.route.as_str());
        let feed = Feed {
            id: self_url.clone(),
            updated: moment(channel.changed_on(&desk.index)),
            self_url,
            site_url: url::absolute(desk.base_url(), &channel.page),
            title: channel.title,
        };
        let entries: Vec<Entry> = channel.records.iter().map(|at| entry(desk, *at)).collect();
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
    let address = url::absolute(desk.base_url(), &index.href(at));
    Entry {
        title: words::title(index.release, index.record(at)),
        id: address.clone(),
        url: address,
        updated: news::changed_on(index, at).map_or_else(String::new, moment),
        summary: news::summary(index, at),
        author: news::publisher(index, at),
    }
}
