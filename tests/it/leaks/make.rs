//! Makes files of every format, with something in them that should not be there.

use std::io::{Cursor, Write as _};

use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use lopdf::{Dictionary, Document, Object, Stream, dictionary};
use rust_xlsxwriter::{DocProperties, Note, Workbook, Worksheet};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Where a spreadsheet hides something.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Hiding {
    /// In a cell that everyone sees.
    Nowhere,
    /// In a cell that everyone sees, as a number.
    Number,
    /// In a hidden sheet.
    Sheet,
    /// In a sheet that no menu shows.
    VeryHiddenSheet,
    /// In a hidden column.
    Column,
    /// In a hidden row.
    Row,
    /// In a comment.
    Comment,
    /// In a name of its own.
    Name,
    /// In the properties.
    Properties,
    /// In the head of the printed page.
    Header,
}

/// Returns a spreadsheet that hides something.
pub(super) fn xlsx(secret: &str, hiding: Hiding) -> Vec<u8> {
    const GOOD: &str = "what is written into a small sheet fits";
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, word) in ["村", "金额"].iter().enumerate() {
        sheet.write(0, u16::try_from(column).expect(GOOD), *word).expect(GOOD);
    }
    sheet.write(1, 0, "垭口村").expect(GOOD);
    sheet.write(1, 1, 500).expect(GOOD);
    hide(sheet, secret, hiding);
    if matches!(hiding, Hiding::Sheet | Hiding::VeryHiddenSheet) {
        let other = book.add_worksheet();
        other.write(0, 0, secret).expect(GOOD);
        if hiding == Hiding::Sheet {
            other.set_hidden(true);
        } else {
            other.set_very_hidden(true);
        }
    }
    if hiding == Hiding::Name {
        book.define_name("mark", &format!("=\"{secret}\"")).expect(GOOD);
    }
    if hiding == Hiding::Properties {
        book.set_properties(&DocProperties::new().set_author(secret));
    }
    book.save_to_buffer().expect(GOOD)
}

/// Hides something in a sheet.
fn hide(sheet: &mut Worksheet, secret: &str, hiding: Hiding) {
    const GOOD: &str = "what is written into a small sheet fits";
    match hiding {
        Hiding::Nowhere => {
            sheet.write(2, 0, secret).expect(GOOD);
        }
        Hiding::Number => {
            let number: f64 = secret.parse().expect("a telephone is a number");
            sheet.write(2, 0, number).expect(GOOD);
        }
        Hiding::Column => {
            sheet.write(1, 2, secret).expect(GOOD);
            sheet.set_column_hidden(2).expect(GOOD);
        }
        Hiding::Row => {
            sheet.write(2, 0, secret).expect(GOOD);
            sheet.set_row_hidden(2).expect(GOOD);
        }
        Hiding::Comment => {
            sheet.insert_note(1, 0, &Note::new(secret)).expect(GOOD);
        }
        Hiding::Header => {
            sheet.set_header(format!("&C{secret}"));
        }
        Hiding::Sheet | Hiding::VeryHiddenSheet | Hiding::Name | Hiding::Properties => {}
    }
}

/// Returns a document of the office with a text, an author and a comment.
pub(super) fn docx(text: &str, author: &str, comment: &str) -> Vec<u8> {
    const WORDS: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    let types = "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
                 <Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"rels\" \
                 ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override \
                 PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.\
                 wordprocessingml.document.main+xml\"/></Types>";
    let links = "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
                 <Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" \
                 Target=\"word/document.xml\"/></Relationships>";
    let document = format!(
        "<?xml version=\"1.0\"?><w:document {WORDS}><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"
    );
    let properties = format!(
        "<?xml version=\"1.0\"?><cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/\
         core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:creator>{author}</dc:creator></cp:coreProperties>"
    );
    let comments = format!(
        "<?xml version=\"1.0\"?><w:comments {WORDS}><w:comment w:id=\"0\"><w:p><w:r><w:t>{comment}</w:t></w:r></w:p>\
         </w:comment></w:comments>"
    );
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", links.as_bytes()),
        ("word/document.xml", document.as_bytes()),
    ];
    if !author.is_empty() {
        parts.push(("docProps/core.xml", properties.as_bytes()));
    }
    if !comment.is_empty() {
        parts.push(("word/comments.xml", comments.as_bytes()));
    }
    zip(&parts, "")
}

/// Returns a PDF of one page with a text, an author and a file inside.
pub(super) fn pdf(text: &str, author: &str, inside: &[u8]) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let font = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica",
        "Encoding" => "WinAnsiEncoding",
    });
    let content = format!("BT /F1 12 Tf 50 700 Td ({text}) Tj ET");
    let mut stream = Stream::new(Dictionary::new(), content.into_bytes());
    // A short stream may stay as it is; either is right.
    let _either_is_right = stream.compress();
    let content = document.add_object(stream);
    let pages = document.new_object_id();
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => content,
        "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
        "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } },
    });
    document.objects.insert(
        pages,
        Object::Dictionary(dictionary! {
            "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1,
        }),
    );
    let mut catalog = dictionary! { "Type" => "Catalog", "Pages" => pages };
    if !inside.is_empty() {
        let mut stream = Stream::new(dictionary! { "Type" => "EmbeddedFile" }, inside.repeat(20));
        stream.compress().expect("a stream can be compressed");
        let file = document.add_object(stream);
        let spec = document.add_object(dictionary! {
            "Type" => "Filespec", "F" => Object::string_literal("a.txt"),
            "EF" => dictionary! { "F" => file },
        });
        catalog.set(
            "Names",
            dictionary! {
                "EmbeddedFiles" => dictionary! {
                    "Names" => vec![Object::string_literal("a.txt"), spec.into()],
                },
            },
        );
    }
    let catalog = document.add_object(catalog);
    document.trailer.set("Root", catalog);
    if !author.is_empty() {
        let units: Vec<u8> = std::iter::once(0xFEFF)
            .chain(author.encode_utf16())
            .flat_map(u16::to_be_bytes)
            .collect();
        let written = Object::String(units, lopdf::StringFormat::Hexadecimal);
        let facts = document.add_object(dictionary! { "Author" => written });
        document.trailer.set("Info", facts);
    }
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("memory does not fail");
    bytes
}

/// Returns the beginning of a document of the old office, with a text in it.
pub(super) fn ole(text: &str) -> Vec<u8> {
    let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    bytes.resize(512, 0);
    bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    bytes.resize(4096, 0);
    bytes
}

/// Returns a picture.
fn picture() -> DynamicImage {
    DynamicImage::ImageRgb8(RgbImage::from_fn(8, 8, |x, y| {
        let shade = |at: u32| u8::try_from(at * 30).expect("the picture is small");
        Rgb([shade(x), shade(y), 128])
    }))
}

/// Returns a picture as some format writes it.
fn written(format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture().write_to(&mut bytes, format).expect("a small picture can be written");
    bytes.into_inner()
}

/// Returns a PNG.
pub(super) fn png() -> Vec<u8> {
    written(ImageFormat::Png)
}

/// Returns a PNG with a chunk of its own behind the head.
pub(super) fn png_with(name: &str, content: &[u8]) -> Vec<u8> {
    // The signature and the head of a PNG have 33 bytes.
    const HEAD: usize = 33;
    let named = [name.as_bytes(), content].concat();
    let mut sum = flate2::Crc::new();
    sum.update(&named);
    let length = u32::try_from(content.len()).expect("the chunk is small");
    let chunk = [&length.to_be_bytes(), &*named, &sum.sum().to_be_bytes()].concat();
    let png = png();
    [&png[..HEAD], &chunk, &png[HEAD..]].concat()
}

/// Returns a JPEG.
pub(super) fn jpeg() -> Vec<u8> {
    written(ImageFormat::Jpeg)
}

/// Returns a JPEG with a segment of its own behind the first sign.
pub(super) fn jpeg_with(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).expect("the segment is small");
    let segment = [&[0xFF, marker], &length.to_be_bytes()[..], content].concat();
    let jpeg = jpeg();
    [&jpeg[..2], &segment, &jpeg[2..]].concat()
}

/// Returns what a camera writes: one entry, the artist.
pub(super) fn exif(artist: &str) -> Vec<u8> {
    const ARTIST: u16 = 0x013B;
    const ASCII: u16 = 2;
    // Eight bytes of head, two of the count, twelve of the entry, four of the end.
    const BEHIND: u32 = 26;
    let text = [artist.as_bytes(), b"\0"].concat();
    let length = u32::try_from(text.len()).expect("the text is short");
    let mut bytes = b"Exif\0\0II\x2A\x00\x08\x00\x00\x00\x01\x00".to_vec();
    bytes.extend(ARTIST.to_le_bytes());
    bytes.extend(ASCII.to_le_bytes());
    bytes.extend(length.to_le_bytes());
    bytes.extend(BEHIND.to_le_bytes());
    bytes.extend([0; 4]);
    bytes.extend(text);
    bytes
}

/// Returns bytes as gzip compresses them.
pub(super) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("memory does not fail");
    encoder.finish().expect("memory does not fail")
}

/// Returns bytes as zlib compresses them.
pub(super) fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("memory does not fail");
    encoder.finish().expect("memory does not fail")
}

/// Returns an archive of some files, with a comment.
pub(super) fn zip(files: &[(&str, &[u8])], comment: &str) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default()).expect("the name is new");
        writer.write_all(bytes).expect("memory does not fail");
    }
    if !comment.is_empty() {
        writer.set_comment(comment).expect("the comment is short");
    }
    writer.finish().expect("memory does not fail").into_inner()
}

/// Returns an archive of old.
pub(super) fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        builder.append_data(&mut header, name, *bytes).expect("memory does not fail");
    }
    builder.into_inner().expect("memory does not fail")
}
