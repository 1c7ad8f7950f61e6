//! PDF files: their text, and everything written beside it.

mod show;

use std::collections::BTreeMap;

use flate2::read::ZlibDecoder;
use lopdf::{Dictionary, Document, Error, LoadOptions, Object, Stream, decode_text_string};

use crate::decode::pdf::show::{Fonts, Shown};
use crate::decode::text::{has_controls, stretches};
use crate::decode::{Budget, Decoder, Part, Unopened};

/// Opens PDF: the text of pages and forms as the fonts spell it, every string of every object, metadata,
/// attached files, and data that only an older state of the file names.
///
/// A page whose letters nothing spells, or which is a picture and no text, cannot be searched: then
/// the file counts as unknown.
pub(super) struct Pdf;

impl Decoder for Pdf {
    fn name(&self) -> &'static str {
        "pdf"
    }

    fn opens(&self, _name: &str, bytes: &[u8]) -> bool {
        // Programs accept a file whose sign stands some way from its beginning.
        const LATEST: usize = 1024;
        bytes.starts_with(b"%PDF-")
            || (has_controls(&bytes[..bytes.len().min(LATEST)])
                && bytes.windows(5).take(LATEST).any(|five| five == b"%PDF-"))
    }

    fn open(&self, _name: &str, bytes: &[u8], budget: &mut Budget) -> Result<Vec<Part>, Unopened> {
        let options = LoadOptions::with_max_decompressed_size(budget.bytes);
        let document =
            Document::load_mem_with_options(bytes, options).map_err(|error| match error {
                Error::InvalidPassword | Error::UnsupportedSecurityHandler(_) => {
                    Unopened::Encrypted
                }
                Error::Decompress(_) => Unopened::TooLarge,
                _ if bytes.windows(8).any(|window| window == b"/Encrypt") => Unopened::Encrypted,
                _ => Unopened::Damaged,
            })?;
        if document.trailer.has(b"Encrypt") || document.was_encrypted() {
            return Err(Unopened::Encrypted);
        }
        let mut strings = Vec::new();
        let mut parts = Vec::new();
        for object in
            document.objects.values().chain([&Object::Dictionary(document.trailer.clone())])
        {
            words(object, &mut strings, 0);
            if let Object::Stream(stream) = object {
                parts.extend(file(stream, budget)?);
            }
        }
        let shown = shown(&document, budget)?;
        strings.extend(left_over(bytes, budget)?);
        budget.take(strings.len() + shown.text.len())?;
        parts.push(Part::new("strings", strings));
        parts.push(Part::new("text", shown.text));
        if shown.unreadable || document.objects.is_empty() {
            parts.push(Part::new("unread", b"\0"));
        }
        Ok(parts)
    }
}

/// Adds every string of an object.
fn words(object: &Object, strings: &mut Vec<u8>, depth: usize) {
    const DEEPEST: usize = 64;
    if depth > DEEPEST {
        return;
    }
    match object {
        Object::String(bytes, _) => {
            match decode_text_string(object) {
                Ok(text) => strings.extend_from_slice(text.as_bytes()),
                Err(_) => strings.extend(stretches(bytes)),
            }
            strings.push(b'\n');
            // Programs write UTF-8 and GBK where the format has neither.
            strings.extend_from_slice(
                encoding_rs::GB18030.decode_without_bom_handling(bytes).0.as_bytes(),
            );
            strings.push(b'\n');
            if let Ok(text) = std::str::from_utf8(bytes) {
                strings.extend_from_slice(text.as_bytes());
                strings.push(b'\n');
            }
        }
        Object::Name(name) => {
            strings.extend_from_slice(String::from_utf8_lossy(name).as_bytes());
            strings.push(b'\n');
        }
        Object::Array(items) => items.iter().for_each(|item| words(item, strings, depth + 1)),
        Object::Dictionary(dictionary) => of_dictionary(dictionary, strings, depth),
        Object::Stream(stream) => of_dictionary(&stream.dict, strings, depth),
        Object::Null
        | Object::Boolean(_)
        | Object::Integer(_)
        | Object::Real(_)
        | Object::Reference(_) => {}
    }
}

/// Adds every key and string of a dictionary.
fn of_dictionary(dictionary: &Dictionary, strings: &mut Vec<u8>, depth: usize) {
    for (key, value) in dictionary {
        strings.extend_from_slice(String::from_utf8_lossy(key).as_bytes());
        strings.push(b'\n');
        words(value, strings, depth + 1);
    }
}

/// Returns what is inside a stream: a file, a text, or the stretches of text in anything else.
fn file(stream: &Stream, budget: &mut Budget) -> Result<Option<Part>, Unopened> {
    let is = |key: &[u8], name: &[u8]| {
        stream.dict.get(key).and_then(Object::as_name).is_ok_and(|value| value == name)
    };
    let filters = stream.filters().unwrap_or_default();
    let last = filters.last().copied().unwrap_or_default();
    if last == b"DCTDecode" && filters.len() == 1 {
        budget.take(stream.content.len())?;
        return Ok(Some(Part::new("picture.jpg", stream.content.clone())));
    }
    // The samples of a picture are not read.
    if is(b"Subtype", b"Image") && !matches!(last, b"JPXDecode") {
        return Ok(None);
    }
    let content = match stream.get_plain_content_with_limit(budget.bytes) {
        Ok(content) => content,
        Err(Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. })) => {
            return Err(Unopened::TooLarge);
        }
        Err(_) => stream.content.clone(),
    };
    budget.take(content.len())?;
    Ok(Some(if is(b"Type", b"EmbeddedFile") {
        Part::new("", content)
    } else if is(b"Type", b"Metadata") || is(b"Subtype", b"XML") {
        Part::new("xmp.xml", content)
    } else {
        Part::new("", stretches(&content))
    }))
}

/// Returns the text of every page and every form.
fn shown(document: &Document, budget: &mut Budget) -> Result<Shown, Unopened> {
    let mut shown = Shown::default();
    let limit = budget.bytes;
    let all = Fonts::of_everything(document, limit);
    let mut pictures = false;
    for page in document.page_iter() {
        let content =
            document.get_page_content_with_limit(page, limit).map_err(|_| Unopened::Damaged)?;
        budget.take(content.len())?;
        let own = document.get_page_fonts(page).unwrap_or_default();
        let words_only =
            document.get_dictionary(page).is_ok_and(|page| draws_forms(page, document));
        shown.read(&content, &all.with(&own, document, limit), words_only);
    }
    for object in document.objects.values() {
        let Object::Stream(stream) = object else {
            continue;
        };
        let kind = |key: &[u8]| stream.dict.get(key).and_then(Object::as_name).unwrap_or_default();
        if kind(b"Subtype") == b"Form"
            || stream.dict.has(b"PatternType")
            || stream.dict.has(b"BBox")
        {
            let content = stream.get_plain_content_with_limit(limit).unwrap_or_default();
            budget.take(content.len())?;
            let own = fonts_of(&stream.dict, document);
            pictures |= !draws_forms(&stream.dict, document);
            shown.read(&content, &all.with(&own, document, limit), true);
        }
    }
    // A letterhead is a picture beside words; where there are none, it may be the page.
    shown.unreadable |= pictures && shown.text.trim().is_empty();
    Ok(shown)
}

/// Returns whether all that a page or a form draws with its own resources are forms, which are read
/// like pages. What cannot be told is a picture.
fn draws_forms(content: &Dictionary, document: &Document) -> bool {
    let inner = |dictionary: &'_ Dictionary, key: &[u8]| {
        dictionary.get_deref(key, document).and_then(Object::as_dict).cloned().ok()
    };
    let drawn = inner(content, b"Resources").and_then(|resources| inner(&resources, b"XObject"));
    drawn.is_some_and(|drawn| {
        drawn.iter().all(|(name, _)| {
            let stream = drawn.get_deref(name, document).and_then(Object::as_stream);
            let subtype = stream.and_then(|stream| stream.dict.get(b"Subtype"));
            subtype.and_then(Object::as_name).is_ok_and(|subtype| subtype == b"Form")
        })
    })
}

/// Returns the fonts that the resources of a form name.
fn fonts_of<'d>(form: &'d Dictionary, document: &'d Document) -> BTreeMap<Vec<u8>, &'d Dictionary> {
    let inner = |dictionary: &'d Dictionary, key: &[u8]| {
        dictionary.get_deref(key, document).and_then(Object::as_dict).ok()
    };
    let fonts = inner(form, b"Resources").and_then(|resources| inner(resources, b"Font"));
    let named = fonts
        .into_iter()
        .flatten()
        .filter_map(|(name, _)| Some((name.clone(), fonts.and_then(|fonts| inner(fonts, name))?)));
    named.collect()
}

/// Returns the stretches of text in every compressed stream of the file as it stands, whether or not
/// its newest state still names it.
fn left_over(bytes: &[u8], budget: &mut Budget) -> Result<Vec<u8>, Unopened> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = bytes[at..].windows(6).position(|window| window == b"stream") {
        at += next + 6;
        let rest = bytes[at..].trim_ascii_start();
        if crate::decode::text::is_zlib(rest) {
            let mut inner = Vec::new();
            let mut source = std::io::Read::take(ZlibDecoder::new(rest), budget.bytes as u64);
            // A stream that breaks off gives what stood before the break.
            let _broken = std::io::Read::read_to_end(&mut source, &mut inner);
            budget.take(inner.len())?;
            found.extend(stretches(&inner));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests;
