//! Linked data (JSON-LD in the words of schema.org): what a page is about, for machines.
//!
//! A block of data, never a script: browsers run nothing of it, and the policy of the page has nothing
//! to forbid. It says what the page says and nothing more; names are addresses, so there is none
//! without the site's own.

use serde_json::{Value, json};

use crate::project::{Level, Place};
use crate::records::{Kind, PublicPage, PublicText};
use crate::site::index::Index;
use crate::site::view::{Link, meta, particulars};
use crate::site::{news, sentence, url, words};
use crate::text::{Lang, Phrase, plural};

/// Returns the block of a page, ready to stand in HTML: its trail, and what it is about.
pub(crate) fn block(index: &Index<'_>, crumbs: &[Link], route: &str, about: &[Value]) -> String {
    let base = &index.release.site().base_url;
    let mut graph = about.to_vec();
    if crumbs.len() > 1 {
        graph.push(trail(base, crumbs, route));
    }
    if base.is_empty() || graph.is_empty() {
        return String::new();
    }
    escaped(&json!({ "@context": "https://schema.org", "@graph": graph }).to_string())
}

/// Returns JSON in which nothing can end the element it stands in.
fn escaped(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for letter in json.chars() {
        // These stand inside texts only, where JSON allows the escape.
        match letter {
            '<' => escaped.push_str("\\u003c"),
            '>' => escaped.push_str("\\u003e"),
            '&' => escaped.push_str("\\u0026"),
            '\u{2028}' => escaped.push_str("\\u2028"),
            '\u{2029}' => escaped.push_str("\\u2029"),
            _ => escaped.push(letter),
        }
    }
    escaped
}

/// Returns a node without what has nothing to say.
fn node(mut value: Value) -> Value {
    if let Some(object) = value.as_object_mut() {
        object.retain(|_, value| {
            !value.is_null()
                && value.as_str() != Some("")
                && value.as_array().is_none_or(|all| !all.is_empty())
        });
    }
    value
}

/// Returns the trail from the first page to this one.
fn trail(base: &str, crumbs: &[Link], route: &str) -> Value {
    let items: Vec<Value> = crumbs
        .iter()
        .enumerate()
        .map(|(at, crumb)| {
            let path = if crumb.href.is_empty() { route } else { &crumb.href };
            let item = url::absolute(base, path);
            json!({ "@type": "ListItem", "position": at + 1, "name": crumb.label, "item": item })
        })
        .collect();
    json!({ "@type": "BreadcrumbList", "itemListElement": items })
}

/// Returns the name of the publisher among all nodes.
fn publisher(index: &Index<'_>) -> Value {
    json!({ "@id": format!("{}/#publisher", index.release.site().base_url) })
}

/// Returns the name of the site among all nodes.
fn website(index: &Index<'_>) -> Value {
    json!({ "@id": format!("{}/#website", index.release.site().base_url) })
}

/// Returns the language of the pages.
fn language(index: &Index<'_>) -> &'static str {
    match index.lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    }
}

/// Returns the site and who publishes it.
pub(crate) fn of_site(index: &Index<'_>) -> Vec<Value> {
    let site = index.release.site();
    let place = index.release.places().find(&site.place);
    // A village governs itself; it is no authority.
    let own = place.is_some_and(|place| matches!(place.level, Level::Village | Level::Group));
    let sort = if own { "Organization" } else { "GovernmentOrganization" };
    let home = url::absolute(&site.base_url, "index.html");
    vec![
        node(json!({
            "@type": "WebSite",
            "@id": website(index)["@id"],
            "url": home,
            "name": site.title,
            "description": site.description,
            "inLanguage": language(index),
            "dateModified": index.release.as_of().to_string(),
            "publisher": publisher(index),
        })),
        node(json!({
            "@type": sort,
            "@id": publisher(index)["@id"],
            "name": site.publisher,
            "url": home,
            "telephone": site.contact.hotlines,
            "email": site.contact.email,
            "address": site.contact.address,
            "areaServed": place.map(|place| area(index, place)),
        })),
    ]
}

/// Returns an administrative division.
fn area(index: &Index<'_>, place: &Place) -> Value {
    let parent = index.release.places().find(&place.parent);
    node(json!({
        "@type": "AdministrativeArea",
        "@id": format!("{}#place", url::absolute(&index.release.site().base_url, &url::place(&place.code))),
        "name": place.name,
        "identifier": place.code,
        "containedInPlace": parent.map(|parent| json!({
            "@type": "AdministrativeArea",
            "name": parent.name,
            "identifier": parent.code,
        })),
    }))
}

/// Returns the place a page is about.
pub(crate) fn of_place(index: &Index<'_>, place: &Place) -> Vec<Value> {
    vec![area(index, place)]
}

/// Returns the data of a kind, with where to get them.
pub(crate) fn of_kind(index: &Index<'_>, at: usize, kind: &Kind) -> Vec<Value> {
    let base = &index.release.site().base_url;
    let label = kind.label.text(index.lang);
    let file = |ending: &str, sort: &str| {
        let address = url::absolute(base, &format!("data/{}.{ending}", kind.name));
        json!({ "@type": "DataDownload", "contentUrl": address, "encodingFormat": sort })
    };
    let data = &index.release.site().open_data;
    let license = if data.license_url.is_empty() { &data.license } else { &data.license_url };
    let days = || index.by_kind[at].iter().filter_map(|at| index.days[*at]);
    let coverage = days().min().zip(days().max());
    vec![node(json!({
        "@type": "Dataset",
        "@id": format!("{}#data", url::absolute(base, &url::kind(&kind.name))),
        "url": url::absolute(base, &url::kind(&kind.name)),
        "name": format!("{label} - {}", index.release.site().title),
        "description": described(index, at, kind),
        "inLanguage": language(index),
        "keywords": [label, meta::section_label(index, kind)],
        "license": license,
        "isAccessibleForFree": true,
        "dateModified": index.release.as_of().to_string(),
        "temporalCoverage": coverage.map(|(first, last)| format!("{first}/{last}")),
        "creator": publisher(index),
        "publisher": publisher(index),
        "distribution": [file("csv", "text/csv"), file("json", "application/json")],
    }))]
}

/// Returns the data of a kind in a few sentences: search engines pass over fewer than fifty letters.
fn described(index: &Index<'_>, at: usize, kind: &Kind) -> String {
    let site = index.release.site();
    let count = index.by_kind[at].len();
    let phrase = Phrase::new(
        format!(
            "{}由{}公开的“{}”,共{count}条记录,可以下载表格(CSV)和数据(JSON)自由核对;不该公开的个人信息已经隐去,和网页上一样。数据截至{}。",
            kind.purpose.zh,
            site.publisher,
            kind.label.zh,
            index.release.as_of().words(Lang::Zh)
        ),
        format!(
            "{} Published by {}: {}, {}, to download as CSV and JSON. Personal data are left out as on the pages. As of {}.",
            kind.purpose.en,
            site.publisher,
            kind.label.en,
            plural(count, "record"),
            index.release.as_of().words(Lang::En)
        ),
    );
    phrase.text(index.lang).to_owned()
}

/// Returns what the page of a record is about.
pub(crate) fn of_record(index: &Index<'_>, at: usize) -> Vec<Value> {
    let release = index.release;
    let record = index.record(at);
    let address = url::absolute(&release.site().base_url, &index.href(at));
    let office = news::publisher(index, at);
    let office = if office.is_empty() {
        publisher(index)
    } else {
        json!({ "@type": "Organization", "name": office })
    };
    let place = words::place_code(release, record).and_then(|code| release.places().find(code));
    let dated = words::dated(release, record);
    let withdrawn = words::withdrawn_on(release, record);
    vec![node(json!({
        "@type": "WebPage",
        "@id": format!("{address}#page"),
        "url": address,
        "name": words::title(release, record),
        "description": sentence::sentence(release, record, index.lang),
        "inLanguage": language(index),
        "identifier": particulars::index_number(index, at),
        "keywords": meta::keywords(index, at),
        "datePublished": dated.map(|day| day.to_string()),
        "dateModified": dated.max(withdrawn).map(|day| day.to_string()),
        "expires": record.notice().and_then(|period| period.last()).map(|day| day.to_string()),
        "publisher": office,
        "contentLocation": place.map(|place| area(index, place)),
        "isPartOf": website(index),
    }))]
}

/// Returns what a page of the register's own is about.
pub(crate) fn of_page(index: &Index<'_>, page: &PublicPage, text: &PublicText) -> Vec<Value> {
    let address = url::absolute(&index.release.site().base_url, &url::written(page.stem()));
    let day = page.published().map(|day| day.to_string());
    vec![node(json!({
        "@type": "WebPage",
        "@id": format!("{address}#page"),
        "url": address,
        "name": text.title(),
        "description": text.summary(),
        "inLanguage": language(index),
        "datePublished": day,
        "dateModified": day,
        "publisher": publisher(index),
        "isPartOf": website(index),
    }))]
}

#[cfg(test)]
mod tests {
    use super::{escaped, node};
    use serde_json::json;

    #[test]
    fn nothing_in_a_block_ends_its_element() {
        let json = json!({ "name": "</script><!-- & \u{2028} \"甲\"" });
        let block = escaped(&json.to_string());
        assert!(!block.contains(['<', '>', '&', '\u{2028}']), "{block}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&block).expect("JSON"), json);
    }

    #[test]
    fn what_says_nothing_is_left_out() {
        let bare = node(json!({ "a": "", "b": null, "c": [], "d": "x", "e": [1], "f": false }));
        assert_eq!(bare, json!({ "d": "x", "e": [1], "f": false }));
    }
}
