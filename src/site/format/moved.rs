//! Old addresses of records: a small page that leads to where the record is now.

use crate::diag::Finding;
use crate::site::desk::{Desk, Frame, add_value};
use crate::site::format::Format;
use crate::site::page::{Page, Subject};
use crate::site::url::{self, Route};
use crate::site::view::{self, Link};
use crate::site::words;

/// Old addresses of records.
pub(super) struct Moved;

impl Format for Moved {
    fn name(&self) -> &'static str {
        "moved"
    }

    fn is_spoken(&self) -> bool {
        true
    }

    fn plan(&self, desk: &Desk<'_>) -> Vec<Page> {
        let records = desk.index.release.records().iter().enumerate();
        records
            .flat_map(|(at, record)| {
                record.aliases().iter().map(move |alias| Page {
                    route: Route::new(format!("{alias}.html")),
                    subject: Subject::Moved(at),
                })
            })
            .collect()
    }

    fn render(&self, page: &Page, desk: &Desk<'_>) -> Result<Vec<u8>, Box<Finding>> {
        let Subject::Moved(at) = page.subject else {
            return Ok(Vec::new());
        };
        let index = &desk.index;
        let title = words::title(index.release, index.record(at));
        let target = Link::new(&*title, index.href(at));
        let about = view::Page { title, ..view::Page::default() };
        let frame = Frame { route: &page.route, page: about, crumbs: Vec::new(), menu: "" };
        let mut context = desk.context(&frame);
        // Whoever asks which address is the right one is told the new one.
        let path = format!("{}{}", desk.tongue.folder, index.href(at));
        context.insert("canonical", &url::absolute(desk.base_url(), &path));
        add_value(&mut context, "moved_to", &target);
        desk.engine.render("moved.html", &context)
    }
}
