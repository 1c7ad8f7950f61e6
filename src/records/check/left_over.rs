//! What a new register begins with and nobody changed: the samples must not go out as if they were true.
//!
//! What the samples are is said by the samples themselves.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diag::code::LEFT_OVER;
use crate::diag::{Finding, Report, Span};
use crate::files::Files;
use crate::project::{PLACES_FILE, Places, SITE_FILE, Site};
use crate::records::check::Book;
use crate::records::schema::Role;
use crate::records::value::Value;
use crate::text::Phrase;

/// The files that a new register begins with.
const SAMPLES: [(&str, &str); 2] = [
    (SITE_FILE, include_str!("../../cli/starter/content/site.toml")),
    (PLACES_FILE, include_str!("../../cli/starter/content/places.toml")),
];

/// Looks for samples in a register that does not say that it is made up.
pub(super) fn check(book: &Book<'_>, report: &mut Report) {
    if book.site.example {
        return;
    }
    let files = Files::of(SAMPLES);
    let mut unheard = Report::default();
    let site = Site::read(&files, &mut unheard);
    let places = Places::read(&files, &mut unheard);
    let phones: BTreeSet<&str> =
        places.iter().map(|place| place.phone.as_str()).filter(|phone| !phone.is_empty()).collect();
    let mut found = |path: &Arc<str>, what: &str, words: Phrase| {
        let text = book.files.text(path).unwrap_or("");
        let span = text
            .find(what)
            .map_or_else(|| Span::whole(path), |at| Span::new(path, at..at + what.len()));
        report.push(finding(span, words));
    };
    let path: Arc<str> = Arc::from(SITE_FILE);
    let own = &book.site;
    for (own, sample) in [
        (&own.title, &site.title),
        (&own.publisher, &site.publisher),
        (&own.contact.address, &site.contact.address),
    ] {
        if own == sample {
            found(
                &path,
                sample,
                Phrase::new("这里还是样例里的文字", "these are the words of the sample"),
            );
        }
    }
    for phone in own.contact.hotlines.iter().filter(|phone| phones.contains(phone.as_str())) {
        found(
            &path,
            phone,
            Phrase::new("这里还是样例里的假电话", "this is the telephone of the sample"),
        );
    }
    let path: Arc<str> = Arc::from(PLACES_FILE);
    for place in book.places.iter() {
        if places.find(&place.code).is_some_and(|sample| sample.name == place.name) {
            found(
                &path,
                &place.code,
                Phrase::new("这里还是样例里的假地点", "this place is the sample's"),
            );
        } else if phones.contains(place.phone.as_str()) {
            found(
                &path,
                &place.phone,
                Phrase::new("这里还是样例里的假电话", "this is the telephone of the sample"),
            );
        }
    }
    for record in book.catalog.records() {
        let Some(cell) = record.with_role(book.schema, Role::Hotline) else {
            continue;
        };
        let words = |value: &Value| value.words().is_some_and(|words| phones.contains(words));
        if cell.values.iter().any(words) {
            let words =
                Phrase::new("这里还是样例里的假电话", "this is the telephone of the sample");
            report.push(finding(record.span(&cell.range), words));
        }
    }
}

/// Makes the finding about a sample.
fn finding(span: Span, words: Phrase) -> Finding {
    Finding::new(LEFT_OVER, span, words).help(Phrase::new(
        "换成自己的;整个台账还是样例,就在 site.toml 里写回 example = true",
        "put your own in its place; if the whole register is a sample, say example = true in site.toml",
    ))
}
