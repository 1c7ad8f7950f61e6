//! The theme's own files: style, script, pictures.

use crate::diag::Finding;
use crate::site::desk::Desk;
use crate::site::format::Format;
use crate::site::page::{Page, Subject};
use crate::site::url::Route;

/// The theme's own files.
pub(super) struct Asset;

impl Format for Asset {
    fn name(&self) -> &'static str {
        "asset"
    }

    fn plan(&self, desk: &Desk<'_>) -> Vec<Page> {
        desk.theme
            .assets
            .keys()
            .map(|path| Page { route: Route::new(path), subject: Subject::Asset(path.clone()) })
            .collect()
    }

    fn render(&self, page: &Page, desk: &Desk<'_>) -> Result<Vec<u8>, Box<Finding>> {
        let Subject::Asset(path) = &page.subject else {
            return Ok(Vec::new());
        };
        Ok(desk.theme.assets.get(path).cloned().unwrap_or_default())
    }
}
