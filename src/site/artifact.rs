//! An artifact: one finished file of the site, before anything is written.

use std::fmt;

use crate::site::url::Route;
use crate::text::normal::Writing;

/// A route with its bytes.
pub struct Artifact {
    route: Route,
    bytes: Vec<u8>,
    /// What it said before a program wrote it in other characters.
    before: Option<Vec<u8>>,
}

impl fmt::Debug for Artifact {
    // The bytes of a packed file, written as numbers, say nothing and look like anything.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("Artifact");
        shown.field("route", &self.route).field("length", &self.bytes.len()).finish_non_exhaustive()
    }
}

impl Artifact {
    /// Joins a route with its bytes.
    #[must_use]
    pub const fn new(route: Route, bytes: Vec<u8>) -> Self {
        Self { route, bytes, before: None }
    }

    /// Puts other bytes in the place of those a page was made with; these are searched as well.
    pub(crate) fn rewrite(&mut self, bytes: Vec<u8>) {
        self.before = Some(std::mem::replace(&mut self.bytes, bytes));
    }

    /// Returns what a page said before it was written anew.
    #[must_use]
    pub fn before(&self) -> Option<&[u8]> {
        self.before.as_deref()
    }

    /// Returns where the file goes.
    #[must_use]
    pub const fn route(&self) -> &Route {
        &self.route
    }

    /// Returns what is in the file.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Returns how the file is written, which decides how it is searched.
    #[must_use]
    pub fn writing(&self) -> Writing {
        match self.route.extension() {
            "html" | "xml" | "svg" => Writing::Markup,
            _ => Writing::Plain,
        }
    }
}
