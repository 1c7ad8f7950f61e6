//! Files that records name, as they were written anew; the gate reads every word of them.

use crate::diag::Finding;
use crate::site::desk::Desk;
use crate::site::format::Format;
use crate::site::page::{Page, Subject};
use crate::site::url::{self, Route};

/// Files that records name.
pub(super) struct Attachment;

impl Format for Attachment {
    fn name(&self) -> &'static str {
        "attachment"
    }

    fn plan(&self, desk: &Desk<'_>) -> Vec<Page> {
        let attachments = desk.index.release.attachments();
        attachments
            .map(|(path, file)| Page {
                route: Route::new(url::attachment(file.path())),
                subject: Subject::Attachment(path.to_owned()),
            })
            .collect()
    }

    fn render(&self, page: &Page, desk: &Desk<'_>) -> Result<Vec<u8>, Box<Finding>> {
        let Subject::Attachment(wanted) = &page.subject else {
            return Ok(Vec::new());
        };
        let file = desk.index.release.attachment(wanted);
        Ok(file.map_or_else(Vec::new, |file| file.bytes().to_vec()))
    }
}
