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

/// A page with who makes it.
pub(crate) struct Planned {
    /// The desk, one a language.
    pub(crate) desk: usize,
    /// The format.
    pub(crate) format: usize,
    /// The page.
    pub(crate) page: Page,
}

/// Every page of a site.
pub(crate) struct Plan {
    pages: Vec<Planned>,
}

impl Plan {
    /// Lets every format plan its pages, for each language if it is for people.
    pub(crate) fn new(desks: &[Desk<'_>], formats: &[&dyn Format], report: &mut Report) -> Self {
        let mut pages: Vec<Planned> = Vec::new();
        let mut taken: BTreeMap<String, String> = BTreeMap::new();
        for (desk, each) in desks.iter().enumerate() {
            let spoken = |format: &dyn Format| each.tongue.is_main() || format.is_spoken();
            for (format, spoken) in formats.iter().map(|it| spoken(*it)).enumerate() {
                let planned = if spoken { formats[format].plan(each) } else { Vec::new() };
                for page in planned {
                    let route = format!("{}{}", each.tongue.folder, page.route);
                    let page = Page { route: Route::new(route), ..page };
                    let key = page.route.as_str().to_lowercase();
                    match taken.insert(key, page.route.as_str().to_owned()) {
                        None => pages.push(Planned { desk, format, page }),
                        Some(other) => report.push(collision(&page.route, &other)),
                    }
                }
            }
        }
        pages.sort_by(|left, right| left.page.route.cmp(&right.page.route));
        Self { pages }
    }

    /// Returns every page in the order of the routes.
    pub(crate) fn pages(&self) -> &[Planned] {
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
