//! Tests of the PDF decoder, on files made here.

use lopdf::content::{Content, Operation};
use lopdf::{Document, Object, Stream, dictionary};

use super::Pdf;
use crate::decode::{Budget, Decoder as _, Unopened, walk};

/// Returns a file of one page with some fonts and commands.
fn file(font: lopdf::Dictionary, operations: Vec<Operation>) -> Document {
    let mut document = Document::with_version("1.5");
    let pages = document.new_object_id();
    let font = document.add_object(font);
    let picture = document.add_object(Stream::new(
        dictionary! { "Type" => "XObject", "Subtype" => "Image", "Width" => 1, "Height" => 1,
        "ColorSpace" => "DeviceGray", "BitsPerComponent" => 8 },
        vec![0],
    ));
    let content = Content { operations }.encode().expect("commands are written");
    let mut stream = Stream::new(dictionary! {}, content);
    stream.compress().expect("memory takes it");
    let content = document.add_object(stream);
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => content,
        "Resources" => dictionary! {
            "Font" => dictionary! { "F1" => font }, "XObject" => dictionary! { "I1" => picture },
        },
    });
    let list = dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 };
    document.objects.insert(pages, Object::Dictionary(list));
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    document
}

/// Returns a command.
fn operation(operator: &str, operands: Vec<Object>) -> Operation {
    Operation::new(operator, operands)
}

/// Returns a font of the usual letters.
fn plain() -> lopdf::Dictionary {
    dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding" }
}

/// Returns the commands that show a text in pieces.
fn shows(pieces: &[&[u8]]) -> Vec<Operation> {
    let pieces =
        pieces.iter().map(|piece| Object::string_literal(piece.to_vec())).collect::<Vec<_>>();
    vec![
        operation("BT", vec![]),
        operation("Tf", vec!["F1".into(), 12.into()]),
        operation("TJ", vec![Object::Array(pieces)]),
        operation("ET", vec![]),
    ]
}

/// Writes a file.
fn written(mut document: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("memory takes it");
    bytes
}

/// Returns all that is seen, and why anything is closed.
fn seen(bytes: &[u8]) -> (String, Vec<Unopened>) {
    let mut seen = String::new();
    let closed = walk(&[&Pdf], "a.pdf", bytes, &mut |view| {
        if !view.way.is_empty() {
            seen.push_str(&String::from_utf8_lossy(view.bytes));
        }
    });
    (seen, closed.into_iter().map(|closed| closed.why).collect())
}

#[test]
fn text_metadata_and_attached_files_come_out() {
    let mut document = file(plain(), shows(&[b"199", b"0000", b"1234"]));
    let info = document.add_object(dictionary! { "Author" => lopdf::text_string("示例名") });
    document.trailer.set("Info", info);
    let mut attached =
        Stream::new(dictionary! { "Type" => "EmbeddedFile" }, b"attached words".repeat(9));
    attached.compress().expect("memory takes it");
    document.add_object(attached);
    document.add_object(
        dictionary! { "Type" => "Annot", "Contents" => Object::string_literal("noted") },
    );
    let (seen, closed) = seen(&written(document));
    for words in ["19900001234", "示例名", "attached words", "noted"] {
        assert!(seen.contains(words), "{words}");
    }
    assert_eq!(closed, []);
}

#[test]
fn letters_that_nothing_spells_and_scans_are_told_of() {
    let identity = dictionary! { "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "X", "Encoding" => "Identity-H" };
    assert_eq!(seen(&written(file(identity, shows(&[b"\0\x01\0\x02"])))).1, [Unopened::Unknown]);
    let scan = vec![operation("Do", vec!["I1".into()])];
    assert_eq!(seen(&written(file(plain(), scan))).1, [Unopened::Unknown]);
    let spelled = dictionary! { "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "X", "Encoding" => "UniGB-UCS2-H" };
    let wide: Vec<u8> = "示例名".encode_utf16().flat_map(u16::to_be_bytes).collect();
    let (seen, closed) = seen(&written(file(spelled, shows(&[&wide]))));
    assert!(seen.contains("示例名") && closed.is_empty(), "{closed:?}");
}

#[test]
fn references_in_a_circle_and_bombs_end() {
    let mut document = file(plain(), shows(&[b"x"]));
    let first = document.new_object_id();
    document.objects.insert(first, Object::Reference(first));
    let font = dictionary! { "Type" => "Font", "Encoding" => first, "ToUnicode" => first };
    document.add_object(dictionary! { "Font" => dictionary! { "F1" => first, "F2" => font } });
    let pages =
        document.catalog().and_then(|root| root.get(b"Pages")).and_then(Object::as_reference);
    let pages = pages.expect("there are pages");
    if let Ok(Object::Dictionary(list)) = document.get_object_mut(pages) {
        list.set("Parent", pages);
        list.set("Kids", vec![pages.into(), first.into()]);
    }
    let _ends = seen(&written(document));

    let mut zeros = Stream::new(dictionary! {}, vec![0; 8 << 20]);
    zeros.compress().expect("memory takes it");
    let mut document = file(plain(), shows(&[b"x"]));
    document.add_object(zeros);
    let mut small = Budget { bytes: 1 << 20, ..Budget::default() };
    assert_eq!(Pdf.open("", &written(document), &mut small), Err(Unopened::TooLarge));
}

#[test]
fn damaged_and_encrypted_files_are_told_apart() {
    let bytes = written(file(plain(), shows(&[b"x"])));
    assert_eq!(Pdf.open("", b"%PDF-1.5 nothing", &mut Budget::default()), Err(Unopened::Damaged));
    let text = String::from_utf8_lossy(&bytes).into_owned();
    assert!(text.contains("/Root"), "the trailer is plain");
    let at = bytes.windows(5).rposition(|window| window == b"/Root").expect("there is a trailer");
    let locked =
        [&bytes[..at], b"/Encrypt<</Filter/Standard/V 1/R 2/O(x)/U(y)/P 1>>", &bytes[at..]]
            .concat();
    assert_eq!(Pdf.open("", &locked, &mut Budget::default()), Err(Unopened::Encrypted));
}
