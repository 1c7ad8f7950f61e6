//! What a page of a PDF shows: the letters of its drawing commands, as its fonts spell them.

use std::collections::BTreeMap;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Encoding, Object};

/// How one font spells its letters.
struct Spelling<'d> {
    /// By its encoding, by its map to Unicode, or by both.
    readings: Vec<Encoding<'d>>,
    /// Whether the readings can be trusted.
    sure: bool,
}

/// The fonts that a content may name.
pub(super) struct Fonts<'d>(BTreeMap<Vec<u8>, std::rc::Rc<Spelling<'d>>>);

impl<'d> Fonts<'d> {
    /// Returns every font of a file by the names that any resources give it.
    pub(super) fn of_everything(document: &'d Document, limit: usize) -> Self {
        let mut fonts = BTreeMap::new();
        for object in document.objects.values() {
            let dictionary = match object {
                Object::Dictionary(dictionary) => dictionary,
                Object::Stream(stream) => &stream.dict,
                _ => continue,
            };
            let Ok(named) = dictionary.get_deref(b"Font", document).and_then(Object::as_dict)
            else {
                continue;
            };
            for (name, _) in named {
                if let Ok(font) = named.get_deref(name, document).and_then(Object::as_dict) {
                    fonts.insert(name.clone(), std::rc::Rc::new(spelling(font, document, limit)));
                }
            }
        }
        Self(fonts)
    }

    /// Returns the fonts with those of one content before all others.
    pub(super) fn with(
        &self,
        own: &BTreeMap<Vec<u8>, &'d Dictionary>,
        document: &'d Document,
        limit: usize,
    ) -> Self {
        let mut fonts = self.0.clone();
        for (name, font) in own {
            fonts.insert(name.clone(), std::rc::Rc::new(spelling(font, document, limit)));
        }
        Self(fonts)
    }
}

/// Returns how a font spells.
fn spelling<'d>(font: &'d Dictionary, document: &'d Document, limit: usize) -> Spelling<'d> {
    let mut readings = Vec::new();
    if font.has(b"Encoding") {
        readings.extend(font.get_font_encoding_with_limit(document, limit).ok());
    }
    let map = font.get_deref(b"ToUnicode", document).and_then(Object::as_stream).is_ok();
    let name =
        |key: &[u8]| font.get_deref(key, document).and_then(Object::as_name).unwrap_or_default();
    let encoding = name(b"Encoding");
    let spelled = matches!(encoding, b"UniGB-UCS2-H" | b"UniGB-UTF16-H");
    let plain = matches!(encoding, b"WinAnsiEncoding" | b"MacRomanEncoding" | b"StandardEncoding");
    let sure = match name(b"Subtype") {
        b"Type0" => map || spelled,
        b"Type3" => map,
        // Letters renamed by numbers say nothing; a base font of fourteen has the usual ones.
        _ => map || plain || !has_strange_names(font, document),
    };
    if readings.is_empty() {
        readings.extend(font.get_font_encoding_with_limit(document, limit).ok());
    }
    Spelling { readings, sure }
}

/// Returns whether a font renames its letters to names that stand for no letter.
fn has_strange_names(font: &Dictionary, document: &Document) -> bool {
    let differences = font
        .get_deref(b"Encoding", document)
        .and_then(Object::as_dict)
        .and_then(|encoding| encoding.get_deref(b"Differences", document))
        .and_then(Object::as_array);
    let numbered = |name: &[u8]| {
        let digits = name.iter().filter(|byte| byte.is_ascii_digit()).count();
        digits > 0 && digits + 3 >= name.len() && !name.starts_with(b"uni")
    };
    differences.is_ok_and(|names| names.iter().filter_map(|name| name.as_name().ok()).any(numbered))
}

/// The text that was shown.
#[derive(Default)]
pub(super) struct Shown {
    /// The text.
    pub(super) text: String,
    /// Whether some of it could not be read.
    pub(super) unreadable: bool,
}

impl Shown {
    /// Reads the commands of a content.
    ///
    /// What shows a picture and no word is a scan, unless `words_only` says that there is no picture.
    pub(super) fn read(&mut self, content: &[u8], fonts: &Fonts<'_>, words_only: bool) {
        let Ok(content) = Content::decode(content) else {
            self.unreadable = true;
            return;
        };
        let mut spelling = None;
        // Readings stand apart, so that each of them is one text.
        let mut texts = [String::new(), String::new()];
        let (mut shows, mut draws) = (false, false);
        for operation in &content.operations {
            match operation.operator.as_str() {
                "Tf" => {
                    let name = operation.operands.first().and_then(|name| name.as_name().ok());
                    spelling = name.and_then(|name| fonts.0.get(name));
                }
                "Tj" | "TJ" | "'" | "\"" => {
                    shows = true;
                    self.unreadable |= !show(operation, spelling.map(|font| &**font), &mut texts);
                }
                "Td" | "TD" | "T*" | "Tm" | "ET" => {
                    texts.iter_mut().for_each(|text| text.push('\n'));
                }
                "Do" => draws |= !words_only,
                "BI" => draws = true,
                _ => {}
            }
        }
        self.unreadable |= draws && !shows;
        for text in texts {
            self.text.push_str(&text);
            self.text.push('\n');
        }
    }
}

/// Adds what one command shows; returns whether it could be read.
fn show(operation: &Operation, spelling: Option<&Spelling<'_>>, texts: &mut [String; 2]) -> bool {
    let Some(spelling) = spelling.filter(|spelling| !spelling.readings.is_empty()) else {
        return false;
    };
    let mut good = spelling.sure;
    let mut pieces = Vec::new();
    for operand in &operation.operands {
        match operand {
            Object::String(bytes, _) => pieces.push(bytes),
            Object::Array(items) => {
                pieces.extend(items.iter().filter_map(|item| match item {
                    Object::String(bytes, _) => Some(bytes),
                    _ => None,
                }));
            }
            _ => {}
        }
    }
    for (at, text) in texts.iter_mut().enumerate() {
        let reading = spelling.readings.get(at).or(spelling.readings.first());
        for piece in &pieces {
            match reading.map(|reading| reading.bytes_to_string(piece)) {
                Some(Ok(words)) => {
                    good &= !words.contains(char::REPLACEMENT_CHARACTER);
                    text.push_str(&words);
                }
                _ => good = false,
            }
        }
    }
    good
}
