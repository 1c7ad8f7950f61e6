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

/// An address with the day it last changed, and the links to it in every language.
struct Address {
    address: String,
    day: String,
    links: String,
}

/// Returns every address a search engine should know, in every language.
fn addresses(desk: &Desk<'_>) -> Vec<Address> {
    let pages = pages(desk);
    let tongues = desk.tongues;
    let mut all = Vec::with_capacity(pages.len() * tongues.len());
    for (path, day) in pages {
        let own = tongues.iter().map(|tongue| {
            url::absolute(desk.base_url(), &format!("{}{path}", tongue.folder))
                .replace('&', "&amp;")
        });
        let own: Vec<String> = own.collect();
        let links = tongues.iter().zip(&own).filter(|_| own.len() > 1).map(|(tongue, address)| {
            let tag = &tongue.tag;
            format!("<xhtml:link rel=\"alternate\" hreflang=\"{tag}\" href=\"{address}\"/>")
        });
        let links: String = links.collect();
        all.extend(own.iter().map(|address| Address {
            address: address.clone(),
            day: day.clone(),
            links: links.clone(),
        }));
    }
    all
}

/// Returns the path of every page a search engine should know, with the day it last changed.
fn pages(desk: &Desk<'_>) -> Vec<(String, String)> {
    let index = &desk.index;
    let schema = index.release.schema();
    let dated = |path: &str| (path.to_owned(), index.release.as_of().to_string());
    let mut all = vec![dated("index.html"), dated("about.html")];
    all.extend([url::DOWNLOADS, url::API].map(dated));
    all.extend(desk.sections().map(|at| dated(&url::section(&schema.sections()[at].key))));
    all.extend(desk.kinds().map(|at| dated(&url::kind(&schema.kinds()[at].name))));
    all.extend(index.by_place.keys().map(|code| dated(&url::place(code))));
    all.extend((0..index.release.records().len()).map(|at| {
        let day = index.days[at].filter(|day| *day <= index.release.as_of());
        // A page whose list was withdrawn is another page: search engines are to look again.
        let day = day.max(words::withdrawn_on(index.release, index.record(at)));
        (index.href(at), day.map_or_else(String::new, |day| day.to_string()))
    }));
    all
}

/// Writes addresses.
fn urls(addresses: &[Address]) -> String {
    let mut text = String::with_capacity(addresses.len() * 120 + 200);
    let linked = addresses.iter().any(|address| !address.links.is_empty());
    let links = if linked { " xmlns:xhtml=\"http://www.w3.org/1999/xhtml\"" } else { "" };
    text.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    // Writing to a string cannot fail; addresses are percent-encoded and their signs escaped.
    let _always_ok =
        writeln!(text, "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"{links}>");
    for Address { address, day, links } in addresses {
        let lastmod =
            if day.is_empty() { String::new() } else { format!("<lastmod>{day}</lastmod>") };
        let _always_ok = writeln!(text, "<url><loc>{address}</loc>{lastmod}{links}</url>");
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
