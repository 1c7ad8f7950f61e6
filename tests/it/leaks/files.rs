//! Vectors that are files: pictures, spreadsheets, documents, archives, one inside another.

use super::{Vector, asset, attachment, make};

/// The vectors.
pub(super) const VECTORS: &[Vector] = &[
    // Pictures.
    ("png: a text of its own", |files, secrets| {
        attachment(files, "a.png", make::png_with("tEXt", &labelled("Author", &secrets.name)));
    }),
    ("png: a compressed text", |files, secrets| {
        let text = [&b"Comment\0\0"[..], &make::deflated(secrets.stranger_id.as_bytes())].concat();
        attachment(files, "a.png", make::png_with("zTXt", &text));
    }),
    ("png: an international text", |files, secrets| {
        let text = format!("XML:com.adobe.xmp\0\0\0\0\0<x>{}</x>", secrets.name);
        attachment(files, "a.png", make::png_with("iTXt", text.as_bytes()));
    }),
    ("png: behind the end", |files, secrets| {
        attachment(
            files,
            "a.png",
            [make::png(), secrets.stranger_id.clone().into_bytes()].concat(),
        );
    }),
    ("jpeg: a comment", |files, secrets| {
        attachment(files, "a.jpg", make::jpeg_with(0xFE, secrets.stranger_phone.as_bytes()));
    }),
    ("jpeg: who took it", |files, secrets| {
        attachment(files, "a.jpg", make::jpeg_with(0xE1, &make::exif(&secrets.name)));
    }),
    ("jpeg: words of the press", |files, secrets| {
        let text = format!("Photoshop 3.0\0{}", secrets.name);
        attachment(files, "a.jpg", make::jpeg_with(0xED, text.as_bytes()));
    }),
    ("jpeg: behind the end", |files, secrets| {
        attachment(files, "a.jpg", [make::jpeg(), secrets.name.clone().into_bytes()].concat());
    }),
    ("png of the theme: a text", |files, secrets| {
        asset(files, "mark.png", make::png_with("tEXt", &labelled("Author", &secrets.stranger_id)));
    }),
    ("png of the theme: a compressed text", |files, secrets| {
        let text = [&b"Comment\0\0"[..], &make::deflated(secrets.name.as_bytes())].concat();
        asset(files, "mark.png", make::png_with("zTXt", &text));
    }),
    ("jpeg of the theme: who took it", |files, secrets| {
        asset(files, "mark.jpg", make::jpeg_with(0xE1, &make::exif(&secrets.stranger_phone)));
    }),
    ("jpeg of the theme: behind the end", |files, secrets| {
        asset(files, "mark.jpg", [make::jpeg(), secrets.stranger_id.clone().into_bytes()].concat());
    }),
    // Spreadsheets.
    ("xlsx: a cell", |files, secrets| {
        attachment(files, "a.xlsx", make::xlsx(&secrets.stranger_id, make::Hiding::Nowhere));
    }),
    ("xlsx: a cell with the name of a person on a list", |files, secrets| {
        attachment(files, "a.xlsx", make::xlsx(&secrets.name, make::Hiding::Nowhere));
    }),
    ("xlsx: a number", |files, secrets| {
        attachment(files, "a.xlsx", make::xlsx(&secrets.stranger_phone, make::Hiding::Number));
    }),
    ("xlsx: a hidden sheet", |files, secrets| {
        attachment(files, "a.xlsx", make::xlsx(&secrets.stranger_id, make::Hiding::Sheet));
    }),
    ("xlsx: a very hidden sheet", |files, secrets| {
        attachment(files, "a.xlsx", make::xlsx(&secrets.name, make::Hiding::VeryHiddenSheet));
    }),
    ("xlsx: a hidden column", |files, secrets| {
        attachment(files, "a.xlsx", make::xlsx(&secrets.stranger_id, make::Hiding::Column));
    }),
    ("xlsx: a hidden row", |files, secrets| {
        attachment(files, "a.xlsx", make::xlsx(&secrets.name, make::Hiding::Row));
    }),
    ("xlsx: a comment", |files, secrets| {
        attachment(files, "a.xlsx", make::xlsx(&secrets.stranger_id, make::Hiding::Comment));
    }),
    ("xlsx: a defined name", |files, secrets| {
        attachment(files, "a.xlsx", make::xlsx(&secrets.stranger_id, make::Hiding::Name));
    }),
    ("xlsx: the properties", |files, secrets| {
        attachment(files, "a.xlsx", make::xlsx(&secrets.name, make::Hiding::Properties));
    }),
    ("xlsx: the head of the printed page", |files, secrets| {
        attachment(files, "a.xlsx", make::xlsx(&secrets.name, make::Hiding::Header));
    }),
    // Documents.
    ("docx: its text", |files, secrets| {
        attachment(files, "a.docx", make::docx(&secrets.stranger_id, "", ""));
    }),
    ("docx: its text, split into runs", |files, secrets| {
        let (head, tail) = secrets.stranger_id.split_at(6);
        let split = format!("{head}</w:t></w:r><w:r><w:t>{tail}");
        attachment(files, "a.docx", make::docx(&split, "", ""));
    }),
    ("docx: its author", |files, secrets| {
        attachment(files, "a.docx", make::docx("x", &secrets.name, ""));
    }),
    ("docx: a comment", |files, secrets| {
        attachment(files, "a.docx", make::docx("x", "", &secrets.stranger_phone));
    }),
    ("pdf: its text", |files, secrets| {
        attachment(files, "a.pdf", make::pdf(&secrets.stranger_id, "", &[]));
    }),
    ("pdf: its author", |files, secrets| {
        attachment(files, "a.pdf", make::pdf("x", &secrets.name, &[]));
    }),
    ("pdf: a file inside", |files, secrets| {
        attachment(files, "a.pdf", make::pdf("x", "", secrets.stranger_id.as_bytes()));
    }),
    ("a document of old", |files, secrets| {
        attachment(files, "a.doc", make::ole(&secrets.name));
    }),
    // Archives.
    ("zip: a file", |files, secrets| {
        attachment(files, "a.zip", make::zip(&[("b.txt", secrets.name.as_bytes())], ""));
    }),
    ("zip: the name of a file", |files, secrets| {
        attachment(files, "a.zip", make::zip(&[(&secrets.stranger_phone, b"x")], ""));
    }),
    ("zip of the theme: its comment", |files, secrets| {
        asset(files, "mark.zip", make::zip(&[("b.txt", b"x")], &secrets.stranger_id));
    }),
    ("zip of the theme: a file", |files, secrets| {
        asset(files, "mark.zip", make::zip(&[("b.txt", secrets.stranger_id.as_bytes())], ""));
    }),
    ("zip of the theme: under another name", |files, secrets| {
        asset(files, "mark.bin", make::zip(&[("b.txt", secrets.name.as_bytes())], ""));
    }),
    ("zip of the theme: in another, in another", |files, secrets| {
        let inner = make::zip(&[("c.txt", secrets.stranger_id.as_bytes())], "");
        let middle = make::zip(&[("b.zip", &make::gzip(&inner))], "");
        asset(files, "mark.zip", make::zip(&[("a.zip", &middle)], ""));
    }),
    ("gzip of the theme", |files, secrets| {
        asset(files, "mark.css.gz", make::gzip(secrets.stranger_id.as_bytes()));
    }),
    ("zlib of the theme", |files, secrets| {
        asset(files, "mark.dat", make::deflated(format!("名单 {}", secrets.name).as_bytes()));
    }),
    ("tar of the theme, compressed", |files, secrets| {
        let inner = make::tar(&[("b.txt", secrets.stranger_phone.as_bytes())]);
        asset(files, "mark.tar.gz", make::gzip(&inner));
    }),
    ("pdf of the theme", |files, secrets| {
        asset(files, "mark.pdf", make::pdf(&secrets.stranger_id, "", &[]));
    }),
    ("docx of the theme", |files, secrets| {
        asset(files, "mark.docx", make::docx(&secrets.stranger_id, "", ""));
    }),
    ("xlsx of the theme", |files, secrets| {
        asset(files, "mark.xlsx", make::xlsx(&secrets.name, make::Hiding::Sheet));
    }),
    ("base64 of gzip in a script of the theme", |files, secrets| {
        let inner = data_encoding::BASE64.encode(&make::gzip(secrets.stranger_id.as_bytes()));
        asset(files, "mark.js", format!("var index = \"{inner}\";\n").into());
    }),
    ("a file of the theme that nobody can open", |files, secrets| {
        let veiled: Vec<u8> = secrets.stranger_id.bytes().map(|byte| byte ^ 0x5A).collect();
        asset(files, "mark.bin", [&b"\x00\x01\x02\x03"[..], &veiled].concat());
    }),
];

/// Returns a labelled text as PNG writes it.
fn labelled(label: &str, text: &str) -> Vec<u8> {
    format!("{label}\0{text}").into_bytes()
}
