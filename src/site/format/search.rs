//! The index that the search page asks, as JSON on many small shelves.

use crate::diag::Finding;
use crate::site::desk::Desk;
use crate::site::format::Format;
use crate::site::page::{Page, Subject};
use crate::site::url::Route;

/// The index of the search page.
pub(super) struct Search;

impl Format for Search {
    fn name(&self) -> &'static str {
        "search"
    }

    fn plan(&self, desk: &Desk<'_>) -> Vec<Page> {
        let page = |route: String, subject| Page { route: Route::new(route), subject };
        let mut pages = vec![page("search/letters.json".to_owned(), Subject::Letters)];
        pages.extend(
            (0..desk.search.term_shelves())
                .map(|at| page(format!("search/terms-{at}.json"), Subject::Terms(at))),
        );
        pages.extend(
            (0..desk.search.text_shelves())
                .map(|at| page(format!("search/pages-{at}.json"), Subject::Part(at))),
        );
        pages
    }

    fn render(&self, page: &Page, desk: &Desk<'_>) -> Result<Vec<u8>, Box<Finding>> {
        Ok(match page.subject {
            Subject::Letters => desk.search.letters(),
            Subject::Terms(at) => desk.search.terms(at),
            Subject::Part(at) => desk.search.texts(at),
            _ => Vec::new(),
        })
    }
}
