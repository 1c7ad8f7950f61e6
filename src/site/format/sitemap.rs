//! The map of the site for search engines, in parts of at most fifty thousand addresses.

use std::fmt::Write as _;

use crate::diag::Finding;
use crate::site::desk::Desk;
use crate::site::format::Format;
use crate::site::page::{Page, Subject};
use crate::site::url::{self, Route};
use crate::site::words;

/// How many addresses the protocol allows in one file.
const PER_FILE: usize = 50_000;

/// The map of the site.
pub(super) struct Sitemap;

impl Format for Sitemap {
    fn name(&self) -> &'static str {
        "sitemap"
    }

    fn plan(&self, desk: &Desk<'_>) -> Vec<Page> {
        if desk.base_url().is_empty() {
            return Vec::new();
        }
        let parts = addresses(desk).len().div_ceil(PER_FILE);
        let whole = Page { route: Route::new("sitemap.xml"), subject: Subject::Whole };
        if parts < 2 {
            return vec![whole];
        }
        let part = |number| Page {
            route: Route::new(format!("sitemap-{number}.xml")),
            subject: Subject::Part(number),
        };
        std::iter::once(whole).chain((1..=parts).map(part)).collect()
    }

    fn render(&self, page: &Page, desk: &Desk<'_>) -> Result<Vec<u8>, Box<Finding>> {
        let all = addresses(desk);
        let parts = all.len().div_ceil(PER_FILE);
        let text = match page.subject {
            Subject::Part(number) => urls(all.chunks(PER_FILE).nth(number - 1).unwrap_or(&[])),
            _ if parts < 2 => urls(&all),
            _ => parts_index(desk, parts),
        };
        Ok(text.into_bytes())
    }
}

/// Returns every address a search engine should know, with the day it last changed.
fn addresses(desk: &Desk<'_>) -> Vec<(String, String)> {
    let index = &desk.index;
    let schema = index.release.schema();
    let base = desk.base_url();
    let dated = |path: &str| (url::absolute(base, path), index.release.as_of().to_string());
    let mut all = vec![dated("index.html"), dated("about.html")];
    all.extend([url::DOWNLOADS, url::API].map(dated));
    all.extend(desk.sections().map(|at| dated(&url::section(&schema.sections()[at].key))));
    all.extend(desk.kinds().map(|at| dated(&url::kind(&schema.kinds()[at].name))));
    all.extend(index.by_place.keys().map(|code| dated(&url::place(code))));
    all.extend((0..index.release.records().len()).map(|at| {
        let day = index.days[at].filter(|day| *day <= index.release.as_of());
        // A page whose list was withdrawn is another page: search engines are to look again.
        let day = day.max(words::withdrawn_on(index.release, index.record(at)));
        (url::absolute(base, &index.href(at)), day.map_or_else(String::new, |day| day.to_string()))
    }));
    all
}

/// Writes addresses.
fn urls(addresses: &[(String, String)]) -> String {
    let mut text = String::with_capacity(addresses.len() * 120 + 200);
    text.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for (address, day) in addresses {
        let lastmod =
            if day.is_empty() { String::new() } else { format!("<lastmod>{day}</lastmod>") };
        // Writing to a string cannot fail; addresses are percent-encoded and need no escapes.
        let _always_ok =
            writeln!(text, "<url><loc>{}</loc>{lastmod}</url>", address.replace('&', "&amp;"));
    }
    text.push_str("</urlset>\n");
    text
}

/// Writes the list of parts.
fn parts_index(desk: &Desk<'_>, parts: usize) -> String {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for number in 1..=parts {
        let address = url::absolute(desk.base_url(), &format!("sitemap-{number}.xml"));
        let _always_ok =
            writeln!(text, "<sitemap><loc>{}</loc></sitemap>", address.replace('&', "&amp;"));
    }
    text.push_str("</sitemapindex>\n");
    text
}
