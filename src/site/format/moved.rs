//! Old addresses of records and pages: a small page that leads to where it is now.

use crate::diag::Finding;
use crate::site::desk::{Desk, Frame, add_value};
use crate::site::format::Format;
use crate::site::page::{Page, Subject};
use crate::site::url::{self, Route};
use crate::site::view::{self, Link, written};
use crate::site::words;

/// Old addresses of records and pages.
pub(super) struct Moved;

impl Format for Moved {
    fn name(&self) -> &'static str {
        "moved"
    }

    fn is_spoken(&self) -> bool {
        true
    }

    fn plan(&self, desk: &Desk<'_>) -> Vec<Page> {
        let old = |alias: &String, subject: Subject| Page {
            route: Route::new(url::written(alias)),
            subject,
        };
        let release = desk.index.release;
        let of_records = release.records().iter().enumerate().flat_map(|(at, record)| {
            record.aliases().iter().map(move |alias| old(alias, Subject::Moved(at)))
        });
        let of_pages = release.pages().iter().enumerate().flat_map(|(at, page)| {
            page.aliases().iter().map(move |alias| old(alias, Subject::MovedPage(at)))
        });
        of_records.chain(of_pages).collect()
    }

    fn render(&self, page: &Page, desk: &Desk<'_>) -> Result<Vec<u8>, Box<Finding>> {
        let index = &desk.index;
        let (title, href) = match page.subject {
            Subject::Moved(at) => (words::title(index.release, index.record(at)), index.href(at)),
            Subject::MovedPage(at) => {
                let moved = &index.release.pages()[at];
                let title = written::text_in(moved, desk.tongue).title().to_owned();
                (title, url::written(moved.stem()))
            }
            _ => return Ok(Vec::new()),
        };
        let target = Link::new(&*title, &*href);
        let about = view::Page { title, ..view::Page::default() };
        let frame = Frame { route: &page.route, page: about, crumbs: Vec::new(), menu: "" };
        let mut context = desk.context(&frame);
        // Whoever asks which address is the right one is told the new one.
        let path = format!("{}{}", desk.tongue.folder, href);
        context.insert("canonical", &url::absolute(desk.base_url(), &path));
        add_value(&mut context, "moved_to", &target);
        desk.engine.render("moved.html", &context)
    }
}
