//! Views: what templates are given. Ready words, links and numbers, made from the release alone.
//!
//! The shape of a view is an interface: themes are written against it. A change to it needs a
//! line in the changelog.

pub(crate) mod about;
pub(crate) mod board;
pub(crate) mod changes;
pub(crate) mod coverage;
pub(crate) mod downloads;
pub(crate) mod find;
pub(crate) mod home;
pub(crate) mod legend;
pub(crate) mod linked;
pub(crate) mod list;
pub(crate) mod meta;
pub(crate) mod money;
pub(crate) mod overview;
pub(crate) mod particulars;
pub(crate) mod place;
pub(crate) mod record;
pub(crate) mod section;
pub(crate) mod site_map;
pub(crate) mod stages;
pub(crate) mod timetable;
pub(crate) mod written;
pub(crate) mod years;

use serde::Serialize;

use crate::site::view::meta::Meta;

/// The frame of a page: what every template gets beside its own view.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Page {
    /// The page's title, without the site's name.
    pub(crate) title: String,
    /// One line for search engines.
    pub(crate) description: String,
    /// Whether it is an article rather than a column, for who reads tags.
    pub(crate) article: bool,
    /// The tags of its column and of its own.
    pub(crate) meta: Vec<Meta>,
    /// The feed about what is on the page.
    pub(crate) feed: String,
    /// The same feed as JSON.
    pub(crate) feed_json: String,
    /// The calendar of its notices.
    pub(crate) calendar: String,
    /// The same as JSON.
    pub(crate) json: String,
    /// The same as CSV.
    pub(crate) csv: String,
    /// What it is about, as linked data.
    #[serde(skip)]
    pub(crate) linked: Vec<serde_json::Value>,
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
