//! Routes and links: where a page is, and how another page points to it.
//!
//! Pages are flat files and links are relative, so a site works below any address and from a
//! memory stick alike.

use std::fmt;

/// The path of a file below the site's root.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Route(String);

impl Route {
    /// Makes a route of a path.
    pub fn new(path: impl Into<String>) -> Self {
        Self(path.into())
    }

    /// Returns the path.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the file's extension.
    #[must_use]
    pub fn extension(&self) -> &str {
        self.0.rsplit_once('.').map_or("", |(_, extension)| extension)
    }

    /// Returns what leads from this page back to the site's root: one `../` for each folder.
    #[must_use]
    pub fn root(&self) -> String {
        "../".repeat(self.0.matches('/').count())
    }
}

impl fmt::Display for Route {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Returns the path of a record's page.
#[must_use]
pub fn record(kind: &str, id: &str) -> String {
    format!("{kind}/{id}.html")
}

/// What links in prose and entries of the menu write before the address of a page of the register's own.
pub const PAGES: &str = "pages/";

/// Returns the path of a page of the register's own.
#[must_use]
pub fn written(stem: &str) -> String {
    format!("{stem}.html")
}

/// Returns the path of a page of a list; the first page is the list itself.
#[must_use]
pub fn page_of(list: &str, number: usize) -> String {
    match (number, list.strip_suffix(".html")) {
        (1, _) | (_, None) => list.to_owned(),
        (_, Some(stem)) => format!("{stem}-{number}.html"),
    }
}

/// Returns the path of a kind's list.
#[must_use]
pub fn kind(kind: &str) -> String {
    format!("{kind}/index.html")
}

/// Returns the path of a kind's list by one value of a field.
#[must_use]
pub fn facet(kind: &str, field: &str, slug: &str) -> String {
    format!("{kind}/by-{field}/{slug}.html")
}

/// Returns the path of a section's page.
#[must_use]
pub fn section(key: &str) -> String {
    format!("{key}/index.html")
}

/// Returns the path of a place's page.
#[must_use]
pub fn place(code: &str) -> String {
    format!("places/{code}.html")
}

/// The path of the page of downloads.
pub const DOWNLOADS: &str = "data.html";

/// The path of the page about what is published and what is not.
pub const PUBLISHED: &str = "published.html";

/// The path of the page about the programming interface.
pub const API: &str = "api.html";

/// The path of the open notices, for other sites.
pub const OPEN_WIDGET: &str = "widget/open-notices.html";

/// Returns the path of a place's money, for other sites.
#[must_use]
pub fn place_widget(code: &str) -> String {
    format!("widget/place-{code}.html")
}

/// Returns the path of an attachment.
#[must_use]
pub fn attachment(path: &str) -> String {
    format!("attachments/{path}")
}

/// Returns the path of the image that is shown in place of a larger attachment.
#[must_use]
pub fn picture(path: &str) -> String {
    format!("pictures/{path}")
}

/// Returns a path as it stands in an address: everything but plain letters percent-encoded.
#[must_use]
pub fn encode(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// Returns the full address of a path, or nothing when the site's address is not known.
#[must_use]
pub fn absolute(base: &str, path: &str) -> String {
    if base.is_empty() {
        return String::new();
    }
    let path = path.strip_suffix("index.html").unwrap_or(path);
    format!("{base}/{}", encode(path))
}

/// How many letters of the digest stand in the name of an asset.
pub const DIGITS: usize = 10;

/// Returns a text as a part of a path: letters and digits kept, everything else a hyphen.
#[must_use]
pub fn slug(text: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || "-_.".contains(letter);
    text.chars().map(|letter| if plain(letter) { letter } else { '-' }).collect()
}

#[cfg(test)]
mod tests {
    use super::{Route, absolute, encode, page_of};

    #[test]
    fn links_lead_back_to_the_root() {
        assert_eq!(Route::new("index.html").root(), "");
        assert_eq!(Route::new("a/by-b/c.html").root(), "../../");
    }

    #[test]
    fn addresses_are_encoded_and_index_pages_are_folders() {
        assert_eq!(encode("路/a b.html"), "%E8%B7%AF/a%20b.html");
        assert_eq!(absolute("https://example.org/x", "a/index.html"), "https://example.org/x/a/");
        assert_eq!(absolute("", "a.html"), "");
        assert_eq!(page_of("a/index.html", 2), "a/index-2.html");
    }
}
