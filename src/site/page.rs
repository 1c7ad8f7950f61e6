//! A page before it is rendered: where it goes and what it is about.

use crate::site::url::Route;

/// A page to be rendered.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    /// Where it goes.
    pub(crate) route: Route,
    /// What it is about.
    pub(crate) subject: Subject,
}

/// What a page is about.
#[derive(Clone, Debug)]
pub(crate) enum Subject {
    /// The first page.
    Home,
    /// A section.
    Section(usize),
    /// A page of a kind's list.
    Kind {
        /// The kind.
        kind: usize,
        /// The page's number.
        number: usize,
    },
    /// A page of a kind's list by one value.
    Facet {
        /// The kind.
        kind: usize,
        /// The facet.
        facet: usize,
        /// The value.
        value: usize,
        /// The page's number.
        number: usize,
    },
    /// A table of all records of a kind.
    Table {
        /// The kind.
        kind: usize,
        /// The table.
        table: usize,
    },
    /// One record.
    Record(usize),
    /// A page of the register's own.
    Written(usize),
    /// An old address of a record.
    Moved(usize),
    /// An old address of a page of the register's own.
    MovedPage(usize),
    /// All places.
    Places,
    /// One place.
    Place(String),
    /// What was published last.
    Changes,
    /// The map of the site for people.
    SiteMap,
    /// The page to find things.
    Search,
    /// A page of a year's records.
    Year {
        /// The year, by its place among all years.
        year: usize,
        /// The page's number.
        number: usize,
    },
    /// A page of the records by their numbers.
    Numbers(usize),
    /// A shelf of the terms that pages are found by.
    Terms(usize),
    /// The Traditional characters that pages are found by.
    Letters,
    /// What is published and what is not.
    Published,
    /// About the site.
    About,
    /// The page for addresses that do not exist.
    Missing,
    /// The whole site.
    Whole,
    /// A part of something too large for one file.
    Part(usize),
    /// A sheet for a board: a record's lists, or one village's rows of them.
    Sheet {
        /// The record.
        record: usize,
        /// The code of the village; empty when nothing says which.
        village: String,
    },
    /// A file of the theme.
    Asset(String),
    /// A file that records name.
    Attachment(String),
    /// The image that is shown in place of a larger attachment, by the path its record names.
    Picture(String),
}
