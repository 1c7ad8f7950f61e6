//! Parts of the site for other sites, to be framed: the open notices, and the money of a place.
//!
//! Small pages of their own without a script; their links lead out of the frame.

use tera::Context;

use crate::diag::Finding;
use crate::site::desk::{Desk, Frame, add_view};
use crate::site::format::Format;
use crate::site::page::{Page, Subject};
use crate::site::url::{self, Route};
use crate::site::view;
use crate::site::view::place::{open_first, place};

/// How many open notices are shown.
const SHOWN: usize = 8;

/// Parts of the site for other sites.
pub(super) struct Widget;

impl Format for Widget {
    fn name(&self) -> &'static str {
        "widget"
    }

    fn plan(&self, desk: &Desk<'_>) -> Vec<Page> {
        let open = Page { route: Route::new(url::OPEN_WIDGET), subject: Subject::Whole };
        let places = desk.index.release.places().iter().map(|place| Page {
            route: Route::new(url::place_widget(&place.code)),
            subject: Subject::Place(place.code.clone()),
        });
        std::iter::once(open).chain(places).collect()
    }

    fn render(&self, page: &Page, desk: &Desk<'_>) -> Result<Vec<u8>, Box<Finding>> {
        let Subject::Place(code) = &page.subject else {
            let open = open_first(&desk.index);
            let mut context = context(page, desk);
            context.insert("count", &open.len());
            let shown = &open[..open.len().min(SHOWN)];
            context.insert_value("open", desk.index.cards_of(shown));
            return desk.engine.render("widget-notices.html", &context);
        };
        let Some(shown) = desk.index.release.places().find(code) else {
            return Ok(Vec::new());
        };
        let mut context = context(page, desk);
        add_view(&mut context, &place(&desk.index, shown));
        context.insert("href", &url::place(code));
        desk.engine.render("widget-place.html", &context)
    }
}

/// Makes the context of a page without menu and way.
fn context(page: &Page, desk: &Desk<'_>) -> Context {
    let about = view::Page::default();
    desk.context(&Frame { route: &page.route, page: about, crumbs: Vec::new(), menu: "" })
}
