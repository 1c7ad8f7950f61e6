//! Output formats: one file each, one line in [`FORMATS`].
//!
//! A format plans its pages and renders them one by one. Tests loop over the list, so a new format
//! is searched for withheld values from its first day.

mod asset;
mod atom;
mod attachment;
mod csv;
mod html;
mod json;
mod robots;
mod schema;
pub(crate) mod sheets;
mod sitemap;

use crate::diag::Finding;
use crate::site::desk::Desk;
use crate::site::page::Page;

/// An output format.
pub(crate) trait Format: Sync {
    /// Returns the format's name.
    fn name(&self) -> &'static str;

    /// Returns whether its pages are there in each language of the site; other files are there once.
    fn is_spoken(&self) -> bool {
        false
    }

    /// Returns the pages the format adds to a site.
    fn plan(&self, desk: &Desk<'_>) -> Vec<Page>;

    /// Renders one of its pages.
    fn render(&self, page: &Page, desk: &Desk<'_>) -> Result<Vec<u8>, Box<Finding>>;
}

/// Every format.
pub(crate) const FORMATS: &[&dyn Format] = &[
    &html::Html,
    &json::Json,
    &csv::Csv,
    &schema::Schema,
    &atom::Atom,
    &sitemap::Sitemap,
    &robots::Robots,
    &asset::Asset,
    &attachment::Attachment,
];
