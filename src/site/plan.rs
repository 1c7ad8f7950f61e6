//! The plan of a site: every page it will have, before any is rendered.
//!
//! Two pages never share a route, not even on file systems that take no notice of case; whoever
//! holds a [`Plan`] may rely on it. It knows nothing of HTML.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::code::ROUTE_COLLISION;
use crate::diag::{Finding, Report, Span};
use crate::site::desk::Desk;
use crate::site::format::Format;
use crate::site::page::Page;
use crate::site::url::Route;
use crate::text::Phrase;

/// Every page of a site, each with the index of its format.
pub(crate) struct Plan {
    pages: Vec<(usize, Page)>,
}

impl Plan {
    /// Lets every format plan its pages.
    pub(crate) fn new(desk: &Desk<'_>, formats: &[&dyn Format], report: &mut Report) -> Self {
        let mut pages: Vec<(usize, Page)> = Vec::new();
        let mut taken: BTreeMap<String, String> = BTreeMap::new();
        for (number, format) in formats.iter().enumerate() {
            for page in format.plan(desk) {
                let key = page.route.as_str().to_lowercase();
                match taken.insert(key, page.route.as_str().to_owned()) {
                    None => pages.push((number, page)),
                    Some(other) => report.push(collision(&page.route, &other)),
                }
            }
        }
        pages.sort_by(|(_, left), (_, right)| left.route.cmp(&right.route));
        Self { pages }
    }

    /// Returns every page in the order of the routes, with the index of its format.
    pub(crate) fn pages(&self) -> &[(usize, Page)] {
        &self.pages
    }
}

/// Makes the finding about two pages with one address.
fn collision(route: &Route, other: &str) -> Finding {
    let message = Phrase::new(
        format!("两个页面要用同一个地址:{route} 和 {other}"),
        format!("two pages would have the same address: {route} and {other}"),
    );
    let span = Span::whole(&Arc::from(route.as_str()));
    Finding::new(ROUTE_COLLISION, span, message).help(Phrase::new(
        "给其中一条记录换一个编号,或者给类换一个名字",
        "give one of the records another id, or the kind another name",
    ))
}
