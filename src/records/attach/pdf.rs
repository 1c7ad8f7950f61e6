//! PDF: every text and every name in it is searched, and a copy is written without properties.
//!
//! What cannot be read as text (scanned pages, fonts that do not tell their signs) stays behind, and
//! so does what is not seen on the page: comments, forms, layers, attached files, scripts.

use lopdf::{Document, Object, Stream};

use crate::decode::Unopened;
use crate::records::attach::{Copy, Fault, Original, Treatment, jpeg, pdf_words, search};
use crate::text::Phrase;
use crate::text::normal::Writing;

/// PDF.
pub(super) struct Pdf;

/// Keys of things that are not on the page.
const UNSEEN: &[&[u8]] = &[
    b"AcroForm",
    b"EmbeddedFiles",
    b"EmbeddedFile",
    b"AF",
    b"JavaScript",
    b"JS",
    b"OCProperties",
    b"RichMedia",
    b"Collection",
];

/// Keys of properties, which are taken out wherever they stand.
const PROPERTIES: &[&[u8]] =
    &[b"Metadata", b"PieceInfo", b"LastModified", b"Thumb", b"OpenAction", b"AA", b"SpiderInfo"];

impl Treatment for Pdf {
    fn label(&self) -> Phrase {
        Phrase::new("PDF", "PDF")
    }

    fn endings(&self) -> &'static [&'static str] {
        &["pdf"]
    }

    fn treat(&self, original: &Original<'_>) -> Result<Copy, Vec<Fault>> {
        let closed = |why| vec![search::unopened(why)];
        let mut document =
            Document::load_mem(original.bytes).map_err(|_| closed(Unopened::Damaged))?;
        if document.is_encrypted() || document.trailer.has(b"Encrypt") {
            return Err(closed(Unopened::Encrypted));
        }
        document.trailer.remove(b"Info");
        document.trailer.remove(b"ID");
        let mut faults = Vec::new();
        for object in document.objects.values_mut() {
            bare(object, &mut faults);
        }
        // What no page leads to, such as earlier versions, is left out.
        document.prune_objects();
        document.renumber_objects();
        let place = Phrase::new("里面", "inside");
        for object in document.objects.values() {
            strings(object, 0, &mut |words| {
                faults.extend(search::text(words.as_bytes(), Writing::Plain, &|_| {
                    Some(place.clone())
                }));
            });
        }
        faults.extend(pdf_words::search(&document, original.measures.limits.unpacked()));
        if !faults.is_empty() {
            return Err(faults);
        }
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).map_err(|_| closed(Unopened::Damaged))?;
        Ok(Copy { ending: None, bytes, picture: None })
    }
}

/// Takes the properties out of an object; tells of what is not seen on the page.
fn bare(object: &mut Object, faults: &mut Vec<Fault>) {
    match object {
        Object::Array(objects) => objects.iter_mut().for_each(|object| bare(object, faults)),
        Object::Dictionary(dictionary) => bare_dictionary(dictionary, faults),
        Object::Stream(stream) => {
            bare_dictionary(&mut stream.dict, faults);
            bare_image(stream, faults);
        }
        Object::Null
        | Object::Boolean(_)
        | Object::Integer(_)
        | Object::Real(_)
        | Object::Name(_)
        | Object::String(..)
        | Object::Reference(_) => {}
    }
}

/// Takes the properties out of a dictionary.
fn bare_dictionary(dictionary: &mut lopdf::Dictionary, faults: &mut Vec<Fault>) {
    for key in PROPERTIES {
        dictionary.remove(key);
    }
    let of_sort = |key: &[u8], names: &[&[u8]]| {
        dictionary.get(key).and_then(Object::as_name).is_ok_and(|name| names.contains(&name))
    };
    // Annotations are on the page only as links.
    let note = of_sort(b"Type", &[b"Annot"]) && !of_sort(b"Subtype", &[b"Link"])
        || of_sort(b"Subtype", &[b"Text", b"FreeText", b"FileAttachment", b"Popup", b"Widget"])
        || of_sort(b"Type", &[b"EmbeddedFile", b"Filespec"])
        || of_sort(b"S", &[b"Launch", b"JavaScript", b"SubmitForm", b"ImportData"]);
    if note || UNSEEN.iter().any(|key| dictionary.has(key)) {
        faults.push(Fault::held(
            Phrase::new(
                "附件 PDF 里有批注、表单、图层、嵌入的文件或者脚本,不会放到网上",
                "the attached PDF has comments, forms, layers, embedded files or scripts; it is not put online",
            ),
            Phrase::new(
                "用“打印为 PDF”另存一份(只留页面上看得见的),再放进来",
                "print it to a new PDF, which keeps only what is seen on its pages",
            ),
        ));
    }
    for (_, object) in dictionary.iter_mut() {
        bare(object, faults);
    }
}

/// Takes out of an image what stands beside its picture.
fn bare_image(stream: &mut Stream, faults: &mut Vec<Fault>) {
    let filters = stream.filters().unwrap_or_default();
    if filters.contains(&b"JPXDecode".as_slice()) {
        // Such images can hold texts of their own, which nothing here can take out.
        faults.push(search::unopened(Unopened::Unknown));
    }
    if filters != [b"DCTDecode".as_slice()] {
        return;
    }
    match jpeg::bare(&stream.content) {
        Some(bytes) => stream.set_content(bytes),
        None => faults.push(search::unopened(Unopened::Damaged)),
    }
}

/// Shows every string in an object.
fn strings(object: &Object, depth: usize, see: &mut dyn FnMut(&str)) {
    const DEEPEST: usize = 64;
    if depth > DEEPEST {
        return;
    }
    match object {
        Object::String(bytes, _) => see(&words(bytes)),
        Object::Array(objects) => objects.iter().for_each(|it| strings(it, depth + 1, see)),
        Object::Dictionary(it) => it.iter().for_each(|(_, it)| strings(it, depth + 1, see)),
        Object::Stream(it) => it.dict.iter().for_each(|(_, it)| strings(it, depth + 1, see)),
        Object::Null
        | Object::Boolean(_)
        | Object::Integer(_)
        | Object::Real(_)
        | Object::Name(_)
        | Object::Reference(_) => {}
    }
}

/// Returns the words of a string outside the page.
fn words(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => {
            let units = rest.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            char::decode_utf16(units).map(|letter| letter.unwrap_or('\u{fffd}')).collect()
        }
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}
