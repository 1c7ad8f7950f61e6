//! The map of the site for search engines, in parts of at most fifty thousand addresses and fifty
//! megabytes each.
//!
//! It lists the pages that people read, each once: not the second page of a list, nor lists by one
//! value, which hold nothing that the list does not. That a page is there in other languages, each
//! page says of itself: the protocol's own schema has no word for it.

use std::fmt::Write as _;

use crate::diag::Finding;
use crate::site::desk::Desk;
use crate::site::format::Format;
use crate::site::format::downloads::Downloads;
use crate::site::format::html::Html;
use crate::site::page::{Page, Subject};
use crate::site::url::{self, Route};
use crate::site::words;

/// What the protocol allows in one file.
const LIMITS: Limits = Limits { addresses: 50_000, bytes: 50_000_000 };

/// What opens and closes a part.
const OPENING: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n";
const CLOSING: &str = "</urlset>\n";

/// How much one file may hold.
#[derive(Clone, Copy)]
struct Limits {
    addresses: usize,
    bytes: usize,
}

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
        let parts = parts(&lines(desk), LIMITS).len();
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
        let lines = lines(desk);
        let parts = parts(&lines, LIMITS);
        let text = match page.subject {
            Subject::Part(number) => parts.get(number - 1).cloned().unwrap_or_default(),
            _ if parts.len() < 2 => parts.concat(),
            _ => parts_index(desk, parts.len()),
        };
        Ok(text.into_bytes())
    }
}

/// Returns the line of every address a search engine should know, with the day it last changed, in
/// every language.
fn lines(desk: &Desk<'_>) -> Vec<String> {
    let pages = [Html.plan(desk), Downloads.plan(desk)].concat();
    let listed = pages.iter().filter(|page| is_listed(desk, &page.subject));
    listed.flat_map(|page| of_page(desk, page)).collect()
}

/// Returns whether a page is on the map.
fn is_listed(desk: &Desk<'_>, subject: &Subject) -> bool {
    match subject {
        Subject::Missing | Subject::Facet { .. } => false,
        Subject::Kind { number, .. } | Subject::Year { number, .. } | Subject::Numbers(number) => {
            *number == 1
        }
        Subject::Place(code) => !desk.index.records_in(code).is_empty(),
        _ => true,
    }
}

/// Writes the lines of a page: one for each language.
fn of_page(desk: &Desk<'_>, page: &Page) -> Vec<String> {
    let index = &desk.index;
    let as_of = index.release.as_of();
    let day = match page.subject {
        Subject::Record(at) => {
            let day = index.days[at].filter(|day| *day <= as_of);
            // A page whose list was withdrawn is another page: search engines are to look again.
            day.max(words::withdrawn_on(index.release, index.record(at)))
        }
        _ => Some(as_of),
    };
    let lastmod = day.map_or_else(String::new, |day| format!("<lastmod>{day}</lastmod>"));
    // Addresses are percent-encoded; only the register's own part of one may hold the sign.
    let address = |folder: &str| {
        url::absolute(desk.base_url(), &format!("{folder}{}", page.route)).replace('&', "&amp;")
    };
    let line = |folder| format!("<url><loc>{}</loc>{lastmod}</url>\n", address(folder));
    desk.tongues.iter().map(|tongue| line(&tongue.folder)).collect()
}

/// Writes lines into as few files as the limits allow, in their order.
fn parts(lines: &[String], limits: Limits) -> Vec<String> {
    let mut parts: Vec<(usize, String)> = Vec::new();
    for line in lines {
        let fits = parts.last().is_some_and(|(held, part)| {
            *held < limits.addresses && part.len() + line.len() + CLOSING.len() <= limits.bytes
        });
        if !fits {
            parts.push((0, OPENING.to_owned()));
        }
        if let Some((held, part)) = parts.last_mut() {
            *held += 1;
            part.push_str(line);
        }
    }
    parts.into_iter().map(|(_, part)| part + CLOSING).collect()
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

#[cfg(test)]
mod tests {
    use super::{CLOSING, Limits, OPENING, parts};

    /// Returns so many lines of ten bytes.
    fn lines(count: usize) -> Vec<String> {
        (0..count).map(|number| format!("<url {number:3}>")).collect()
    }

    #[test]
    fn a_part_holds_no_more_than_it_may() {
        let frame = OPENING.len() + CLOSING.len();
        for (count, limits, wanted) in [
            (0, Limits { addresses: 3, bytes: 1000 }, vec![]),
            (3, Limits { addresses: 3, bytes: 1000 }, vec![3]),
            (4, Limits { addresses: 3, bytes: 1000 }, vec![3, 1]),
            (7, Limits { addresses: 3, bytes: 1000 }, vec![3, 3, 1]),
            (5, Limits { addresses: 100, bytes: frame + 20 }, vec![2, 2, 1]),
        ] {
            let lines = lines(count);
            let made = parts(&lines, limits);
            let held: Vec<usize> = made.iter().map(|part| part.matches("<url ").count()).collect();
            assert_eq!(held, wanted, "{count}");
            assert!(made.iter().all(|part| part.len() <= limits.bytes));
            let all = made.concat().replace(OPENING, "").replace(CLOSING, "");
            assert_eq!(all, lines.concat(), "every address once, in its order");
        }
    }
}
