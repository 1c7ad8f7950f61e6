//! What search engines may read: everything, since everything here is public.

use crate::diag::Finding;
use crate::site::desk::Desk;
use crate::site::format::Format;
use crate::site::page::{Page, Subject};
use crate::site::url::{self, Route};

/// The file for search engines.
pub(super) struct Robots;

impl Format for Robots {
    fn name(&self) -> &'static str {
        "robots"
    }

    fn plan(&self, _desk: &Desk<'_>) -> Vec<Page> {
        vec![Page { route: Route::new("robots.txt"), subject: Subject::Whole }]
    }

    fn render(&self, _page: &Page, desk: &Desk<'_>) -> Result<Vec<u8>, Box<Finding>> {
        let mut text = String::from("User-agent: *\nAllow: /\n");
        if !desk.base_url().is_empty() {
            text.push_str(&format!("Sitemap: {}\n", url::absolute(desk.base_url(), "sitemap.xml")));
        }
        Ok(text.into_bytes())
    }
}
