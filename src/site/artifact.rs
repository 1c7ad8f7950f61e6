//! An artifact: one finished file of the site, before anything is written.

use crate::site::url::Route;
use crate::text::normal::Writing;

/// A route with its bytes.
#[derive(Debug)]
pub struct Artifact {
    route: Route,
    bytes: Vec<u8>,
}

impl Artifact {
    /// Joins a route with its bytes.
    #[must_use]
    pub const fn new(route: Route, bytes: Vec<u8>) -> Self {
        Self { route, bytes }
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
