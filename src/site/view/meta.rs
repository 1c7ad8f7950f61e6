//! The tags by which government sites are read by machines: three of the site, four of a column, three
//! of an article, and five more that are advised.
//!
//! The tags of the site stand in the frame of every page. What a tag says is what the page shows.

use serde::Serialize;

use crate::records::{Datum, Kind, PublicField, PublicPage, PublicText, Role};
use crate::site::index::Index;
use crate::site::{news, url, words};

/// A tag.
#[derive(Debug, Serialize)]
pub(crate) struct Meta {
    name: &'static str,
    content: String,
}

/// Returns tags without those that have nothing to say.
fn tags(pairs: impl IntoIterator<Item = (&'static str, String)>) -> Vec<Meta> {
    let said = pairs.into_iter().filter(|(_, content)| !content.is_empty());
    said.map(|(name, content)| Meta { name, content }).collect()
}

/// Returns the words of a column: its own, and those of the section it is in.
fn column(name: &str, description: &str, keywords: String, section: &str) -> Vec<Meta> {
    let description = if description.is_empty() { name } else { description };
    let section = if section.is_empty() { name } else { section };
    tags([
        ("ColumnName", name.to_owned()),
        ("ColumnDescription", description.to_owned()),
        ("ColumnKeywords", keywords),
        ("ColumnType", section.to_owned()),
    ])
}

/// Returns the tags of a section.
pub(crate) fn of_section(index: &Index<'_>, at: usize) -> Vec<Meta> {
    let schema = index.release.schema();
    let section = &schema.sections()[at];
    let label = section.label.text(index.lang);
    let kinds = schema.kinds().iter().enumerate();
    let filled =
        kinds.filter(|(at, kind)| kind.section == section.key && !index.by_kind[*at].is_empty());
    let keywords: Vec<&str> =
        std::iter::once(label).chain(filled.map(|(_, kind)| kind.label.text(index.lang))).collect();
    column(label, section.intro.text(index.lang), keywords.join(","), label)
}

/// Returns what the section of a kind is called.
pub(crate) fn section_label<'a>(index: &Index<'a>, kind: &Kind) -> &'a str {
    let sections = index.release.schema().sections();
    let section = sections.iter().find(|section| section.key == kind.section);
    section.map_or("", |section| section.label.text(index.lang))
}

/// Returns the tags of a kind's lists.
pub(crate) fn of_kind(index: &Index<'_>, kind: &Kind) -> Vec<Meta> {
    let (label, section) = (kind.label.text(index.lang), section_label(index, kind));
    let keywords: Vec<&str> =
        [label, section].into_iter().filter(|word| !word.is_empty()).collect();
    column(label, kind.purpose.text(index.lang), keywords.join(","), section)
}

/// Returns the words by which a record is found: its kind, its section, its place.
pub(crate) fn keywords(index: &Index<'_>, at: usize) -> Vec<String> {
    let record = index.record(at);
    let kind = &index.release.schema().kinds()[record.kind()];
    let place = words::place_code(index.release, record);
    let place = place.map_or("", |code| words::place_name(index.release, code));
    let all = [kind.label.text(index.lang), section_label(index, kind), place];
    all.into_iter().filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Returns the tags of a record's page: those of its column, and its own.
pub(crate) fn of_record(index: &Index<'_>, at: usize) -> Vec<Meta> {
    let release = index.release;
    let record = index.record(at);
    let kind = &release.schema().kinds()[record.kind()];
    let site = release.site();
    let publisher = news::publisher(index, at);
    let author = if publisher.is_empty() { site.publisher.clone() } else { publisher };
    let source = text_of(index, at, "source");
    let mut all = of_kind(index, kind);
    all.extend(tags([
        ("ArticleTitle", words::title(release, record)),
        ("PubDate", published(index, at)),
        ("ContentSource", if source.is_empty() { author.clone() } else { source }),
        ("Keywords", keywords(index, at).join(",")),
        ("Author", author),
        ("Image", picture(index, at)),
        ("Url", url::absolute(&site.base_url, &index.href(at))),
    ]));
    all
}

/// Returns the tags of a page of the register's own.
pub(crate) fn of_page(index: &Index<'_>, page: &PublicPage, text: &PublicText) -> Vec<Meta> {
    let site = index.release.site();
    let mut all = column(text.title(), text.summary(), text.title().to_owned(), "");
    all.extend(tags([
        ("ArticleTitle", text.title().to_owned()),
        ("PubDate", page.published().map_or_else(String::new, |day| format!("{day} 00:00"))),
        ("ContentSource", site.publisher.clone()),
        ("Author", site.publisher.clone()),
        ("Url", url::absolute(&site.base_url, &url::written(page.stem()))),
    ]));
    all
}

/// Returns the words of the field with a key.
fn text_of(index: &Index<'_>, at: usize, key: &str) -> String {
    let record = index.record(at);
    let kind = &index.release.schema().kinds()[record.kind()];
    let found = kind.field(key).and_then(|(field, def)| {
        let public = record.fields().iter().find(|public| public.field() == field)?;
        Some(words::field(index.release, def, public, index.lang))
    });
    found.unwrap_or_default()
}

/// Returns when a record was published, as `yyyy-MM-dd HH:mm`. Of a day without a time, the time is
/// its beginning; a record that says no day of publication has the one it was hung up or formed on.
fn published(index: &Index<'_>, at: usize) -> String {
    let record = index.record(at);
    let minute = match words::datum(index.release, record, Role::PublishedOn) {
        // Seconds may follow, and a letter may part day and time.
        Some(Datum::DateTime(day, text)) => text.get(11..16).map(|time| format!("{day} {time}")),
        _ => None,
    };
    let midnight = || words::dated(index.release, record).map(|day| format!("{day} 00:00"));
    minute.or_else(midnight).unwrap_or_default()
}

/// Returns the address of the first picture among the attachments.
fn picture(index: &Index<'_>, at: usize) -> String {
    let record = index.record(at);
    let kind = &index.release.schema().kinds()[record.kind()];
    let files =
        record.fields().iter().filter(|field| kind.fields[field.field()].type_name() == "file");
    let paths = files.flat_map(PublicField::values).filter_map(|value| match value.datum() {
        Datum::Text(path) => index.release.attachment(path),
        _ => None,
    });
    let mut pictures = paths.filter(|file| file.size().is_some());
    let base = &index.release.site().base_url;
    pictures
        .next()
        .map_or_else(String::new, |file| url::absolute(base, &url::attachment(file.path())))
}
