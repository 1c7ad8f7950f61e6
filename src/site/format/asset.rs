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
        let routes = desk.theme.assets.routes().values();
        routes
            .map(|route| Page { route: Route::new(route), subject: Subject::Asset(route.clone()) })
            .collect()
    }

    fn render(&self, page: &Page, desk: &Desk<'_>) -> Result<Vec<u8>, Box<Finding>> {
        let Subject::Asset(route) = &page.subject else {
            return Ok(Vec::new());
        };
        Ok(desk.theme.assets.bytes(route).map_or_else(Vec::new, <[u8]>::to_vec))
    }
}
