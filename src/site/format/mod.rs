//! Output formats: one file each, one line in [`FORMATS`].
//!
//! A format plans its pages and renders them one by one. Tests loop over the list, so a new format
//! is searched for withheld values from its first day.

mod amount;
mod api;
mod asset;
mod atom;
mod attachment;
pub(crate) mod calendar;
mod csv;
mod datapackage;
mod downloads;
pub(crate) mod finished;
mod flat;
mod giving;
mod html;
mod json;
mod json_feed;
mod moved;
mod ocds;
mod openapi;
mod opensearch;
mod robots;
mod schema;
mod search;
mod security;
pub(crate) mod sheets;
mod sitemap;
mod widget;
mod xlsx;

use crate::diag::Finding;
use crate::site::desk::Desk;
use crate::site::format::finished::Finished;
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

    /// Returns whether its files speak of the others, so that they are rendered when those are
    /// finished.
    fn is_last(&self) -> bool {
        false
    }

    /// Renders one of the pages that speak of finished files.
    fn render_last(
        &self,
        page: &Page,
        desk: &Desk<'_>,
        _finished: &Finished,
    ) -> Result<Vec<u8>, Box<Finding>> {
        self.render(page, desk)
    }
}

/// Every format.
pub(crate) const FORMATS: &[&dyn Format] = &[
    &html::Html,
    &moved::Moved,
    &json::Json,
    &csv::Csv,
    &xlsx::Xlsx,
    &schema::Schema,
    &datapackage::DataPackage,
    &api::Api,
    &openapi::OpenApi,
    &ocds::Ocds,
    &giving::Giving,
    &downloads::Downloads,
    &widget::Widget,
    &atom::Atom,
    &json_feed::JsonFeed,
    &calendar::Calendar,
    &sitemap::Sitemap,
    &robots::Robots,
    &security::Security,
    &asset::Asset,
    &attachment::Attachment,
    &search::Search,
    &opensearch::OpenSearch,
];
