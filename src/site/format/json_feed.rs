//! JSON feeds (jsonfeed.org, version 1.1), with the same records as the Atom feeds beside them.

use serde::Serialize;

use crate::diag::Finding;
use crate::site::desk::Desk;
use crate::site::format::Format;
use crate::site::index::Index;
use crate::site::news::{self, moment};
use crate::site::page::Page;
use crate::site::{url, words};
use crate::text::Lang;

/// The version of the format.
const VERSION: &str = "https://jsonfeed.org/version/1.1";

/// JSON feeds.
pub(super) struct JsonFeed;

#[derive(Serialize)]
struct Feed<'a> {
    version: &'static str,
    title: String,
    home_page_url: String,
    feed_url: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    language: &'static str,
    authors: [Author; 1],
    items: Vec<Item>,
}

#[derive(Serialize)]
struct Author {
    name: String,
}

#[derive(Serialize)]
struct Item {
    id: String,
    url: String,
    title: String,
    content_text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Author>,
    tags: Vec<String>,
}

impl Format for JsonFeed {
    fn name(&self) -> &'static str {
        "json-feed"
    }

    fn plan(&self, desk: &Desk<'_>) -> Vec<Page> {
        news::plan(&desk.index, "feed.json")
    }

    fn render(&self, page: &Page, desk: &Desk<'_>) -> Result<Vec<u8>, Box<Finding>> {
        let index = &desk.index;
        let site = index.release.site();
        let channel = news::channel(index, &page.subject);
        let feed = Feed {
            version: VERSION,
            title: channel.title,
            home_page_url: url::absolute(desk.base_url(), &channel.page),
            feed_url: url::absolute(desk.base_url(), page.route.as_str()),
            description: &site.description,
            language: match index.lang {
                Lang::Zh => "zh-CN",
                Lang::En => "en",
            },
            authors: [Author { name: site.publisher.clone() }],
            items: channel.records.iter().map(|at| item(index, *at, desk.base_url())).collect(),
        };
        let mut text = serde_json::to_vec_pretty(&feed).expect("a feed is plain values");
        text.push(b'\n');
        Ok(text)
    }
}

/// Makes the item of a record.
fn item(index: &Index<'_>, at: usize, base: &str) -> Item {
    let record = index.record(at);
    let address = url::absolute(base, &index.href(at));
    let title = words::title(index.release, record);
    let summary = news::summary(index, at);
    let kind = &index.release.schema().kinds()[record.kind()];
    let place = words::place_code(index.release, record);
    let place = place.map(|code| words::place_name(index.release, code).to_owned());
    let author = news::publisher(index, at);
    let (published, changed) = (index.days[at], news::changed_on(index, at));
    Item {
        id: address.clone(),
        url: address,
        // Readers show an item without words as an empty one.
        content_text: if summary.is_empty() { title.clone() } else { summary },
        title,
        date_published: published.map(moment),
        date_modified: changed.filter(|day| Some(*day) != published).map(moment),
        authors: if author.is_empty() { Vec::new() } else { vec![Author { name: author }] },
        tags: std::iter::once(kind.label.text(index.lang).to_owned()).chain(place).collect(),
    }
}
