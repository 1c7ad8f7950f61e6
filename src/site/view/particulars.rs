//! The box of metadata on a record's page, as government sites have it: lines and labels as the
//! register wants them, and no line without words.

use serde::Serialize;

use crate::project::index_number::Facts;
use crate::project::metadata::LINES;
use crate::records::{Datum, PublicRecord, Role};
use crate::site::index::Index;
use crate::site::view::meta;
use crate::site::{news, words};
use crate::text::{Day, Lang, Phrase};

/// The form of the codes that are index numbers.
const INDEX_NUMBER: &str = "index-number";

/// A line of the box.
#[derive(Serialize)]
pub(crate) struct Particular {
    key: String,
    label: String,
    text: String,
}

/// Returns the lines of the box of a record; none when the register wants no box.
pub(crate) fn particulars(index: &Index<'_>, at: usize) -> Vec<Particular> {
    let metadata = &index.release.site().metadata;
    metadata
        .fields
        .iter()
        .filter_map(|key| {
            let (label, text) = line(index, at, key)?;
            let label = metadata.labels.get(key).cloned().unwrap_or(label);
            (!text.is_empty()).then(|| Particular { key: key.clone(), label, text })
        })
        .collect()
}

/// Returns what a line is called and what it says.
fn line(index: &Index<'_>, at: usize, key: &str) -> Option<(String, String)> {
    let (release, lang) = (index.release, index.lang);
    let record = index.record(at);
    let kind = &release.schema().kinds()[record.kind()];
    let Some((_, zh, en)) = LINES.iter().find(|(name, ..)| *name == key) else {
        let (field, def) = kind.field(key)?;
        let public = record.fields().iter().find(|public| public.field() == field)?;
        let text = words::field(release, def, public, lang);
        return Some((def.label.text(lang).to_owned(), text));
    };
    let label = match lang {
        Lang::Zh => *zh,
        Lang::En => *en,
    };
    let of_role = |role: Role| {
        words::with_role(release, record, role)
            .map(|public| words::field(release, &kind.fields[public.field()], public, lang))
            .unwrap_or_default()
    };
    let say = |zh: &str, en: &str| Phrase::new(zh, en).text(lang).to_owned();
    let site = release.site();
    let text = match key {
        "index-number" => index_number(index, at).unwrap_or_default(),
        "topic" => meta::section_label(index, kind).to_owned(),
        "publisher" => or(news::publisher(index, at), &site.publisher),
        "formed-on" => of_role(Role::FormedOn),
        "published-on" => of_role(Role::PublishedOn),
        "document-number" => of_form(index, record, words::DOCUMENT_NUMBER).unwrap_or_default(),
        "title" => words::title(release, record),
        "form" => say("主动公开", "published on the office's own initiative"),
        "unit" => or(site.footer.organizer.clone(), &site.publisher),
        "validity" => validity(index, record),
        _ => meta::keywords(index, at).join(";"),
    };
    Some((label.to_owned(), text))
}

/// Returns words, or others when there are none.
fn or(words: String, others: &str) -> String {
    if words.is_empty() { others.to_owned() } else { words }
}

/// Returns the first code of a form that a record has.
fn of_form(index: &Index<'_>, record: &PublicRecord, form: &str) -> Option<String> {
    let kind = &index.release.schema().kinds()[record.kind()];
    let mut fields = record.fields().iter();
    let field = fields.find(|field| kind.fields[field.field()].format.as_deref() == Some(form))?;
    Some(words::field(index.release, &kind.fields[field.field()], field, index.lang))
}

/// Returns the index number of a record: its own, or the one that the register's scheme makes.
pub(crate) fn index_number(index: &Index<'_>, at: usize) -> Option<String> {
    let record = index.record(at);
    if let Some(own) = of_form(index, record, INDEX_NUMBER) {
        return Some(own);
    }
    index.release.site().index_number.as_ref()?.number(&Facts {
        kind: words::kind_name(index.release, record),
        id: record.id(),
        place: words::place_code(index.release, record).unwrap_or(""),
        day: index.days[at],
    })
}

/// Returns whether a rule holds on the as-of day, with its days; nothing for what says no such day.
fn validity(index: &Index<'_>, record: &PublicRecord) -> String {
    let day = |role: Role| match words::datum(index.release, record, role) {
        Some(Datum::Day(day) | Datum::DateTime(day, _)) => Some(*day),
        _ => None,
    };
    let (from, to) = (day(Role::ValidFrom), day(Role::ValidTo));
    let as_of = index.release.as_of();
    let words = |day: Day, lang| day.words(lang);
    let phrase = match (from, to) {
        (None, None) => return String::new(),
        (Some(from), _) if as_of < from => Phrase::new(
            format!("尚未施行({}起)", words(from, Lang::Zh)),
            format!("not in force before {}", words(from, Lang::En)),
        ),
        (_, Some(to)) if to < as_of => Phrase::new(
            format!("已失效({}止)", words(to, Lang::Zh)),
            format!("no longer in force since {}", words(to, Lang::En)),
        ),
        (_, Some(to)) => Phrase::new(
            format!("有效(至{})", words(to, Lang::Zh)),
            format!("in force until {}", words(to, Lang::En)),
        ),
        (Some(_), None) => Phrase::new("有效", "in force"),
    };
    phrase.text(index.lang).to_owned()
}
