//! Views: what templates are given. Ready words, links and numbers, made from the release alone.
//!
//! The shape of a view is an interface: themes are written against it. A change to it needs a
//! line in the changelog.

pub(crate) mod about;
pub(crate) mod board;
pub(crate) mod downloads;
pub(crate) mod find;
pub(crate) mod home;
pub(crate) mod legend;
pub(crate) mod list;
pub(crate) mod money;
pub(crate) mod place;
pub(crate) mod record;
pub(crate) mod section;
pub(crate) mod timetable;
pub(crate) mod years;

use serde::Serialize;

/// The frame of a page: what every template gets beside its own view.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Page {
    /// The page's title, without the site's name.
    pub(crate) title: String,
    /// One line for search engines.
    pub(crate) description: String,
    /// The feed about what is on the page.
    pub(crate) feed: String,
    /// The same as JSON.
    pub(crate) json: String,
    /// The same as CSV.
    pub(crate) csv: String,
}

/// A link.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Link {
    /// The words.
    pub(crate) label: String,
    /// The path below the site's root; empty for the page itself.
    pub(crate) href: String,
}

impl Link {
    /// Makes a link.
    pub(crate) fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), href: href.into() }
    }
}
