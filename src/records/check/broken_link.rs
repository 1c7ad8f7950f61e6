//! Links in prose that lead to records or pages there are none of.

use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::diag::code::BROKEN_LINK;
use crate::diag::{Finding, Report, Span};
use crate::records::check::Book;
use crate::text::{Phrase, nearest};

/// What opens an address that leads out of the register, or to a place on the page itself.
const ELSEWHERE: [&str; 5] = ["https://", "http://", "tel:", "mailto:", "#"];

/// Checks every link in the prose of every record and page.
pub(super) fn check(book: &Book<'_>, report: &mut Report) {
    for record in book.catalog.records() {
        let Some(body) = record.body.as_deref().filter(|body| body.contains('[')) else {
            continue;
        };
        // The prose is the end of its file.
        let end = book.files.bytes(&record.path).map_or(0, <[u8]>::len);
        let start = end.saturating_sub(body.len());
        let events = Parser::new_ext(body, Options::ENABLE_TABLES).into_offset_iter();
        for (event, range) in events {
            let Event::Start(Tag::Link { dest_url, .. }) = event else {
                continue;
            };
            let span = Span::new(&record.path, start + range.start..start + range.end);
            hold(&dest_url, span, book, report);
        }
    }
    for page in &book.pages.all {
        for (target, span) in page.links() {
            hold(&target, span, book, report);
        }
    }
}

/// Reports a link, if it leads nowhere.
fn hold(target: &str, span: Span, book: &Book<'_>, report: &mut Report) {
    let outside = ELSEWHERE.iter().any(|opening| target.starts_with(opening));
    if !outside && book.catalog.find(target).is_none() && !book.pages.has(target) {
        report.push(finding(target, span, book));
    }
}

/// Makes the finding about a link to nothing.
fn finding(target: &str, span: Span, book: &Book<'_>) -> Finding {
    let message = Phrase::new(
        "这个链接通不到任何记录,网页上只显示文字",
        "this link leads to no record; pages show its words only",
    );
    let pages = book.pages.addresses();
    let near = nearest(target, book.catalog.keys().chain(pages.iter().map(String::as_str)));
    let help = near.map_or_else(
        || {
            Phrase::new(
                "写成“类名/编号”,例如 [这个项目](project/2025-01);自己的网页写 pages/名称;或者写完整的网址",
                "write `kind/id`, as in [this project](project/2025-01), pages/NAME for a page of your own, or a whole address",
            )
        },
        |near| Phrase::new(format!("是不是 `{near}`?"), format!("did you mean `{near}`?")),
    );
    Finding::new(BROKEN_LINK, span, message).help(help)
}
