//! The description by which browsers ask the site's own search page (`OpenSearch` 1.1).

use crate::diag::Finding;
use crate::site::desk::Desk;
use crate::site::format::Format;
use crate::site::page::{Page, Subject};
use crate::site::url::{self, Route};

/// The most letters the format allows in a short name, and in a description.
const SHORT: usize = 16;
const LONG: usize = 1024;

/// The description for browsers.
pub(super) struct OpenSearch;

impl Format for OpenSearch {
    fn name(&self) -> &'static str {
        "opensearch"
    }

    fn plan(&self, desk: &Desk<'_>) -> Vec<Page> {
        // A browser keeps the address of the search page, which has to be a whole one.
        if desk.base_url().is_empty() {
            return Vec::new();
        }
        vec![Page { route: Route::new("opensearch.xml"), subject: Subject::Whole }]
    }

    fn render(&self, page: &Page, desk: &Desk<'_>) -> Result<Vec<u8>, Box<Finding>> {
        let site = desk.index.release.site();
        let search = url::absolute(desk.base_url(), "search.html");
        let own = url::absolute(desk.base_url(), page.route.as_str());
        let description = if site.description.is_empty() { &site.title } else { &site.description };
        let text = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n\
             <ShortName>{}</ShortName>\n<Description>{}</Description>\n\
             <InputEncoding>UTF-8</InputEncoding>\n\
             <Url type=\"text/html\" method=\"get\" template=\"{}?q={{searchTerms}}\"/>\n\
             <Url type=\"application/opensearchdescription+xml\" rel=\"self\" template=\"{}\"/>\n\
             </OpenSearchDescription>\n",
            escaped(&site.title, SHORT),
            escaped(description, LONG),
            escaped(&search, usize::MAX),
            escaped(&own, usize::MAX),
        );
        Ok(text.into_bytes())
    }
}

/// Returns the first letters of a text as they stand in XML.
fn escaped(text: &str, most: usize) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars().take(most) {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            _ => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::{SHORT, escaped};

    #[test]
    fn names_are_short_and_end_no_element() {
        assert_eq!(escaped("甲<乙>&\"丙\"", SHORT), "甲&lt;乙&gt;&amp;&quot;丙&quot;");
        assert_eq!(escaped(&"明".repeat(40), SHORT), "明".repeat(16));
    }
}
