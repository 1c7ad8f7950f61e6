//! Files that records name, as they were written anew, and smaller images to be shown in place of large
//! ones; the gate reads every word of them.

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
            .flat_map(|(path, file)| {
                let whole = Page {
                    route: Route::new(url::attachment(file.path())),
                    subject: Subject::Attachment(path.to_owned()),
                };
                let picture = file.preview().map(|_| Page {
                    route: Route::new(url::picture(file.path())),
                    subject: Subject::Picture(path.to_owned()),
                });
                std::iter::once(whole).chain(picture)
            })
            .collect()
    }

    fn render(&self, page: &Page, desk: &Desk<'_>) -> Result<Vec<u8>, Box<Finding>> {
        let file = |wanted: &str| desk.index.release.attachment(wanted);
        let bytes = match &page.subject {
            Subject::Attachment(wanted) => file(wanted).map(|file| file.bytes()),
            Subject::Picture(wanted) => file(wanted).and_then(|file| file.preview()),
            _ => None,
        };
        Ok(bytes.unwrap_or_default().to_vec())
    }
}
