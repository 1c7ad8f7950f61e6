//! The words of a PDF: those of its pages, and those of the forms that pages draw.
//!
//! A page that shows something and whose words cannot be read is a fault: it may be a scan of a list.

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use crate::records::attach::{Fault, search as find};
use crate::text::Phrase;
use crate::text::normal::Writing;

/// Operators that show words.
const WORDS: &[&str] = &["Tj", "TJ", "'", "\""];

/// Operators that show anything.
const SHOWS: &[&str] = &[
    "Tj", "TJ", "'", "\"", "Do", "EI", "BI", "sh", "S", "s", "f", "F", "f*", "B", "B*", "b", "b*",
];

/// Returns the faults of the words in a document.
pub(super) fn search(document: &Document, largest: usize) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (number, page) in document.get_pages() {
        let place = Phrase::new(format!("第{number}页"), format!("on page {number}"));
        match words(document, number, largest) {
            Some(text) => faults.extend(searched(&text, &place)),
            None if is_blank(document, page, largest) || draws_words(document, page) => {}
            None => faults.push(unread(&place)),
        }
    }
    let place = Phrase::new("里面", "inside");
    let forms = document.objects.values().filter_map(|object| object.as_stream().ok());
    for form in forms.filter(|stream| is_form(stream)) {
        match form_words(document, form, largest) {
            Some(text) => faults.extend(searched(&text, &place)),
            None if !speaks(form) => {}
            None => faults.push(unread(&place)),
        }
    }
    faults
}

/// Returns the words of a page, if all of them can be read and there are any.
fn words(document: &Document, number: u32, largest: usize) -> Option<String> {
    // A font that does not tell its signs gives one of these.
    const BLIND: [&str; 2] = ["\u{fffd}", "?Identity-H Unimplemented?"];
    let text = document.extract_text_with_limit(&[number], largest).ok()?;
    let good =
        text.chars().any(char::is_alphanumeric) && !BLIND.iter().any(|sign| text.contains(sign));
    good.then_some(text)
}

/// Returns the faults of some words.
fn searched(text: &str, place: &Phrase) -> Vec<Fault> {
    let look = |text: &str| find::text(text.as_bytes(), Writing::Plain, &|_| Some(place.clone()));
    let mut faults = look(text);
    // Words that were set sign by sign come with breaks between them.
    faults.extend(look(&text.replace('\n', "")));
    faults
}

/// Returns whether a page shows nothing at all.
fn is_blank(document: &Document, page: ObjectId, largest: usize) -> bool {
    let content = document.get_page_content_with_limit(page, largest).ok();
    content.is_some_and(|content| !has(&content, SHOWS))
}

/// Returns whether a content has one of some operators; what cannot be read has.
fn has(content: &[u8], operators: &[&str]) -> bool {
    Content::decode(content).map_or(true, |content| {
        content.operations.iter().any(|step| operators.contains(&step.operator.as_str()))
    })
}

/// Returns whether a stream is a form, which is drawn like a picture and can hold words.
fn is_form(stream: &Stream) -> bool {
    stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|sort| sort == b"Form")
}

/// Returns whether a form shows words.
fn speaks(form: &Stream) -> bool {
    has(&form.get_plain_content().unwrap_or_else(|_| form.content.clone()), WORDS)
}

/// Returns whether a page draws a form that shows words: then these are its words.
fn draws_words(document: &Document, page: ObjectId) -> bool {
    let Ok((own, inherited)) = document.get_page_resources(page) else {
        return false;
    };
    let inherited = inherited.into_iter().filter_map(|id| document.get_dictionary(id).ok());
    let drawn = own.into_iter().chain(inherited).filter_map(|resources| {
        let objects = document.dereference(resources.get(b"XObject").ok()?).ok()?.1;
        objects.as_dict().ok()
    });
    let mut objects = drawn
        .flat_map(Dictionary::iter)
        .filter_map(|(_, object)| document.dereference(object).ok()?.1.as_stream().ok());
    objects.any(|stream| is_form(stream) && speaks(stream))
}

/// Returns the words of a form: those of a page that shows nothing else.
fn form_words(document: &Document, form: &Stream, largest: usize) -> Option<String> {
    let mut copy = document.clone();
    let content = form.get_plain_content().ok()?;
    let content = copy.add_object(Stream::new(dictionary! {}, content));
    let mut page = dictionary! { "Type" => "Page", "Contents" => content };
    if let Ok(resources) = form.dict.get(b"Resources") {
        page.set("Resources", resources.clone());
    }
    let page = copy.add_object(page);
    let root = copy.catalog().ok()?.get(b"Pages").ok()?.as_reference().ok()?;
    let pages = copy.get_object_mut(root).ok()?.as_dict_mut().ok()?;
    pages.set("Kids", vec![Object::Reference(page)]);
    pages.set("Count", 1);
    words(&copy, 1, largest)
}

/// Returns the fault of words that cannot be read.
fn unread(place: &Phrase) -> Fault {
    Fault::unread(
        Phrase::new(
            format!("附件{}的文字读不出来(扫描件或者特殊字体),不会放到网上", place.zh),
            format!(
                "words of the attachment {} cannot be read (a scan, or a special font); it is not put online",
                place.en
            ),
        ),
        Phrase::new(
            "从原来的文档另存为 PDF 或 .docx;只有纸的,请把能公开的内容写成记录",
            "save the original document as PDF or .docx; if there is only paper, enter what is public as a record",
        ),
    )
}
