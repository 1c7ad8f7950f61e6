//! The links of a finished site: every one that leads to a page of the site leads to one that is
//! there, and to a place on it that is there; those that lead elsewhere are listed.
//!
//! Pages are read as bytes, tag by tag and in parallel. It knows nothing of templates or records.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::diag::code::BROKEN_LINK;
use crate::diag::{Finding, Report, Span};
use crate::site::artifact::Artifact;
use crate::site::tags::{self, Tag};
use crate::text::Phrase;

/// Links that lead out of the site, each with the number of pages that have it and the first of them.
pub type External = BTreeMap<String, (usize, String)>;

/// What one page has.
struct Seen<'a> {
    route: &'a str,
    /// The places on it.
    ids: BTreeSet<String>,
    /// Where its links lead, each once.
    links: BTreeSet<String>,
}

/// Looks at every link of a site; links that lead nowhere are reported, each once.
#[must_use]
pub fn check(artifacts: &[Artifact], base_url: &str, report: &mut Report) -> External {
    let pages: Vec<Seen<'_>> = artifacts
        .par_iter()
        .filter(|artifact| artifact.route().extension() == "html")
        .map(|artifact| seen(artifact.route().as_str(), artifact.bytes()))
        .collect();
    let routes: BTreeSet<&str> =
        artifacts.iter().map(|artifact| artifact.route().as_str()).collect();
    let ids: BTreeMap<&str, &BTreeSet<String>> =
        pages.iter().map(|page| (page.route, &page.ids)).collect();
    let root = root_path(base_url);
    let broken: Vec<(String, &str)> = pages
        .par_iter()
        .flat_map_iter(|page| {
            let inner = page.links.iter().filter(|link| !is_external(link));
            let (routes, ids, root) = (&routes, &ids, &root);
            inner.filter_map(move |link| {
                let (route, place) = resolve(page.route, link, root);
                let there = routes.contains(route.as_str())
                    && (place.is_empty()
                        || ids.get(route.as_str()).is_none_or(|ids| ids.contains(&place)));
                let target = if place.is_empty() { route } else { format!("{route}#{place}") };
                (!there).then_some((target, page.route))
            })
        })
        .collect();
    let mut by_target: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (target, route) in broken {
        by_target.entry(target).or_default().push(route);
    }
    report.extend(by_target.iter().map(|(target, pages)| finding(target, pages)));
    external(&pages)
}

/// Reads one page.
fn seen<'a>(route: &'a str, bytes: &[u8]) -> Seen<'a> {
    let mut seen = Seen { route, ids: BTreeSet::new(), links: BTreeSet::new() };
    tags::each(bytes, &mut |Tag { name, key, value }| match key {
        b"id" => drop(seen.ids.insert(text(value))),
        b"href" | b"src" if name != b"use" => drop(seen.links.insert(text(value))),
        _ => {}
    });
    seen
}

/// Returns the value of an attribute as it is meant.
fn text(value: &[u8]) -> String {
    let text = String::from_utf8_lossy(value);
    if text.contains('&') {
        text.replace("&#x2F;", "/")
            .replace("&#39;", "'")
            .replace("&quot;", "\"")
            .replace("&amp;", "&")
    } else {
        text.into_owned()
    }
}

/// Returns whether a link leads out of the site.
fn is_external(link: &str) -> bool {
    let scheme = link.split(['/', '?', '#']).next().unwrap_or("");
    scheme.contains(':') || link.starts_with("//")
}

/// Returns the route a link leads to from a page, and the place on it.
fn resolve(from: &str, link: &str, root: &str) -> (String, String) {
    let (link, place) = link.split_once('#').unwrap_or((link, ""));
    let path = decoded(link.split('?').next().unwrap_or(""));
    let place = decoded(place);
    if path.is_empty() {
        return (from.to_owned(), place);
    }
    let mut parts: Vec<&str> = Vec::new();
    let whole = path.strip_prefix(root).filter(|_| path.starts_with('/'));
    let relative = whole.unwrap_or(&path);
    if whole.is_none() {
        parts.extend(from.split('/'));
        parts.pop();
    }
    let mut route = relative.split('/').peekable();
    while let Some(part) = route.next() {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            "" if route.peek().is_none() => parts.push("index.html"),
            part => parts.push(part),
        }
    }
    (parts.join("/"), place)
}

/// Returns the path of the site's root on its host, with a slash at its end.
fn root_path(base_url: &str) -> String {
    let host = base_url.split_once("://").map_or("", |(_, rest)| rest);
    let path = host.split_once('/').map_or("", |(_, path)| path);
    if path.is_empty() { "/".to_owned() } else { format!("/{path}/") }
}

/// Undoes percent-encoding.
fn decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let digit = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
    let bytes = text.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let pair = (digit(bytes.get(at + 1)), digit(bytes.get(at + 2)));
        match (byte, pair) {
            (b'%', (Some(high), Some(low))) => {
                plain.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                at += 3;
            }
            _ => {
                plain.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&plain).into_owned()
}

/// Lists the links that lead out of the site.
fn external(pages: &[Seen<'_>]) -> External {
    let mut all = External::new();
    for page in pages {
        for link in page.links.iter().filter(|link| is_external(link) && !link.starts_with("data:"))
        {
            all.entry(link.clone()).or_insert_with(|| (0, page.route.to_owned())).0 += 1;
        }
    }
    all
}

/// Makes the finding about a link that leads nowhere.
fn finding(target: &str, pages: &[&str]) -> Finding {
    let first = pages.first().copied().unwrap_or_default();
    let (zh_more, en_more) = match pages.len() {
        0 | 1 => (String::new(), String::new()),
        count => (format!(",这样的网页共{count}个"), format!(", as on {count} pages in all")),
    };
    let message = Phrase::new(
        format!("这一页有通到 {target} 的链接,网站里没有这个地方{zh_more}"),
        format!("this page links to {target}, which the site does not have{en_more}"),
    );
    Finding::new(BROKEN_LINK, Span::whole(&Arc::from(first)), message).help(Phrase::new(
        "改正文里的链接;是自己的模板写的,就改模板",
        "mend the link in the prose, or the template of your own that makes it",
    ))
}

#[cfg(test)]
mod tests {
    use super::{check, resolve};
    use crate::diag::Report;
    use crate::site::artifact::Artifact;
    use crate::site::url::Route;

    fn site(pages: &[(&str, &str)]) -> Vec<Artifact> {
        let artifact = |(route, text): &(&str, &str)| {
            Artifact::new(Route::new(*route), text.as_bytes().to_vec())
        };
        pages.iter().map(artifact).collect()
    }

    /// The answers of RFC 3986, section 5.4, as far as a site has such links.
    #[test]
    fn links_lead_where_the_rfc_says() {
        for (link, route, place) in [
            ("g", "b/c/g", ""),
            ("./g", "b/c/g", ""),
            ("g/", "b/c/g/index.html", ""),
            ("/x/g", "g", ""),
            ("g?y", "b/c/g", ""),
            ("g#s", "b/c/g", "s"),
            ("#s", "b/c/d.html", "s"),
            ("..", "b", ""),
            ("../g", "b/g", ""),
            ("../../g", "g", ""),
            ("../../../g", "g", ""),
            ("g.", "b/c/g.", ""),
            ("%E8%B7%AF#%E4%BD%8D", "b/c/路", "位"),
            ("100%", "b/c/100%", ""),
        ] {
            assert_eq!(
                resolve("b/c/d.html", link, "/x/"),
                (route.to_owned(), place.to_owned()),
                "{link}"
            );
        }
    }

    #[test]
    fn links_that_lead_nowhere_are_found_once_each_with_how_often() {
        let artifacts = site(&[
            (
                "a.html",
                "<h1 id=top>x</h1><a href=in/b.html>b</a><a href='in/b.html#here'>b</a><a href=#top>t</a>",
            ),
            (
                "in/b.html",
                "<p id=\"here\"><a href=\"../gone.html\">g</a><a href=../a.html#gone>g</a><img src=../p.svg>",
            ),
            (
                "in/c.html",
                "<a class=x href=\"../gone.html\">g</a><a href=https://e.org/?a=1&amp;b=2>e</a><a href=tel:12317>t</a>",
            ),
            ("p.svg", "<svg/>"),
        ]);
        let mut report = Report::default();
        let external = check(&artifacts, "", &mut report);
        let messages: Vec<&str> =
            report.findings().iter().map(|finding| finding.message.en.as_str()).collect();
        assert_eq!(
            messages,
            [
                "this page links to a.html#gone, which the site does not have",
                "this page links to gone.html, which the site does not have, as on 2 pages in all",
            ]
        );
        let external: Vec<&str> = external.keys().map(String::as_str).collect();
        assert_eq!(external, ["https://e.org/?a=1&b=2", "tel:12317"]);
    }
}
