//! The plan of a site: every page it will have, before any is rendered.
//!
//! Two pages never share a route, not even on file systems that take no notice of case; whoever
//! holds a [`Plan`] may rely on it. It knows nothing of HTML.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diag::code::ROUTE_COLLISION;
use crate::diag::{Finding, Report, Span};
use crate::site::desk::Desk;
use crate::site::format::Format;
use crate::site::page::{Page, Subject};
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
        let mut taken: BTreeMap<String, (String, Option<usize>)> = BTreeMap::new();
        let mut told: BTreeSet<usize> = BTreeSet::new();
        for (desk, each) in desks.iter().enumerate() {
            let spoken = |format: &dyn Format| each.tongue.is_main() || format.is_spoken();
            for (format, spoken) in formats.iter().map(|it| spoken(*it)).enumerate() {
                let planned = if spoken { formats[format].plan(each) } else { Vec::new() };
                for page in planned {
                    let route = format!("{}{}", each.tongue.folder, page.route);
                    let page = Page { route: Route::new(route), ..page };
                    let key = page.route.as_str().to_lowercase();
                    let own = own_page(&page.subject);
                    let Some((other, other_own)) =
                        taken.insert(key, (page.route.as_str().to_owned(), own))
                    else {
                        pages.push(Planned { desk, format, page });
                        continue;
                    };
                    match own.or(other_own) {
                        // Told of once, and not for each language.
                        Some(at) if !told.insert(at) => {}
                        Some(at) => {
                            let path = each.index.release.pages()[at].path();
                            report.push(page_collision(path, &page.route));
                        }
                        None => report.push(collision(&page.route, &other)),
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

/// Returns the page of the register's own that a page is, or was before.
const fn own_page(subject: &Subject) -> Option<usize> {
    match subject {
        Subject::Written(at) | Subject::MovedPage(at) => Some(*at),
        _ => None,
    }
}

/// Makes the finding about a page of the register's own that would be where another page is.
fn page_collision(path: &str, route: &Route) -> Finding {
    let message = Phrase::new(
        format!("这一页的地址 {route} 已经是网站别的页面的,它的 aliases 也算"),
        format!(
            "the address {route} of this page, or of its aliases, is that of another page of the site"
        ),
    );
    Finding::new(ROUTE_COLLISION, Span::whole(&Arc::from(path)), message).help(Phrase::new(
        "给文件换一个名字,或者放进一个文件夹;是 aliases 里的,就删掉那一个",
        "give the file another name, or put it into a folder; take it out of the aliases if it is one",
    ))
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
