//! Documents, slides and PDF: searched through, and put together without what nobody sees.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, RgbImage};
use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use super::sheets::packed;
use super::{MARK, attach, bare, parts, published_as, refused};
use crate::canary::{Dice, id_number};

/// What stands around the text of a document.
const TYPES: &str = "<?xml version=\"1.0\"?><Types><Default Extension=\"xml\" ContentType=\"application/xml\"/>\
                     <Override PartName=\"/word/document.xml\" ContentType=\"d\"/>\
                     <Override PartName=\"/docProps/core.xml\" ContentType=\"c\"/></Types>";
const RELS: &str = "<Relationships><Relationship Id=\"r1\" Type=\"t/officeDocument\" Target=\"word/document.xml\"/>\
                    <Relationship Id=\"r2\" Type=\"t/core-properties\" Target=\"docProps/core.xml\"/></Relationships>";

/// Returns a document with this body, some more parts, and the mark in its properties.
fn docx(body: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let document = format!(
        "<?xml version=\"1.0\"?><!-- {MARK} --><w:document><w:body><w:p w:rsidR=\"{MARK}\" w:rsidRDefault=\"{MARK}\">\
         <w:r><w:t>方案(示例)</w:t></w:r></w:p>{body}</w:body></w:document>"
    );
    let settings = format!(
        "<w:settings><w:rsids><w:rsidRoot w:val=\"{MARK}\"/><w:rsid w:val=\"{MARK}\"/></w:rsids>\
         <w:attachedTemplate r:id=\"{MARK}\"/></w:settings>"
    );
    let settings_rels = format!(
        "<Relationships><Relationship Id=\"r1\" Type=\"t/attachedTemplate\" TargetMode=\"External\" \
         Target=\"file:///C:/office/{MARK}/a.dotx\"/></Relationships>"
    );
    let core = format!("<cp:coreProperties><dc:creator>{MARK}</dc:creator></cp:coreProperties>");
    let mut all: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", RELS.as_bytes()),
        ("docProps/core.xml", core.as_bytes()),
        ("docProps/thumbnail.jpeg", MARK.as_bytes()),
        ("customXml/item1.xml", MARK.as_bytes()),
        ("word/document.xml", document.as_bytes()),
        ("word/settings.xml", settings.as_bytes()),
        ("word/_rels/settings.xml.rels", settings_rels.as_bytes()),
    ];
    all.extend(more);
    packed(&all)
}

/// Returns a paragraph of runs.
fn runs(runs: &[&str]) -> String {
    let runs: String = runs.iter().map(|run| format!("<w:r><w:t>{run}</w:t></w:r>")).collect();
    format!("<w:p>{runs}</w:p>")
}

#[test]
fn documents_lose_everything_but_their_pages() {
    let original = docx(&runs(&["第一", "条"]), &[]);
    assert!(std::panic::catch_unwind(|| bare(&original, MARK)).is_err(), "the mark is planted");
    let outcome = attach("2024/方案.docx", &original);
    let bytes = published_as(&outcome, "2024/方案.docx");
    bare(bytes, MARK);
    let parts = parts(bytes);
    let names: Vec<&str> = parts.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        ["[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/settings.xml"]
    );
    for part in ["[Content_Types].xml", "_rels/.rels"] {
        let text = String::from_utf8_lossy(&parts[part]).into_owned();
        assert!(text.contains("word/document.xml") && !text.contains("docProps"), "{text}");
    }
    let document = String::from_utf8_lossy(&parts["word/document.xml"]).into_owned();
    assert!(document.contains("<w:p><w:r><w:t>方案(示例)</w:t></w:r></w:p>"), "{document}");
    assert_eq!(bytes, published_as(&attach("2024/方案.docx", &original), "2024/方案.docx"));
}

#[test]
fn numbers_of_persons_are_found_however_they_are_cut_into_runs() {
    let number = id_number(&mut Dice::new(8));
    let escaped: String = number.chars().map(|sign| format!("&#{};", u32::from(sign))).collect();
    for body in
        [runs(&[&number]), runs(&[&number[..6], &number[6..14], &number[14..]]), runs(&[&escaped])]
    {
        let outcome = attach("a.docx", &docx(&body, &[]));
        refused(&outcome, "unsafe-attachment", "身份证号");
        assert!(!format!("{:?}", outcome.report).contains(&number));
    }
    let header = format!("<w:hdr>{}</w:hdr>", runs(&[&number]));
    let outcome = attach("a.docx", &docx("", &[("word/header1.xml", header.as_bytes())]));
    refused(&outcome, "unsafe-attachment", "身份证号");
    let slide = format!("<p:sld><a:t>{number}</a:t></p:sld>");
    let slides = packed(&[("ppt/slides/slide1.xml", slide.as_bytes())]);
    refused(&attach("a.pptx", &slides), "unsafe-attachment", "身份证号");
}

#[test]
fn tables_in_documents_are_known_by_their_heads() {
    let row = |cells: &[&str]| {
        let cells: String =
            cells.iter().map(|cell| format!("<w:tc>{}</w:tc>", runs(&[cell]))).collect();
        format!("<w:tr>{cells}</w:tr>")
    };
    let table = |head: &str, value: &str| {
        format!(
            "<w:tbl>{}{}</w:tbl>{}",
            row(&["农户", head]),
            row(&["张**", value]),
            runs(&["说明"])
        )
    };
    let outcome = attach("a.docx", &docx(&table("联系电话", "一三九"), &[]));
    refused(&outcome, "unsafe-attachment", "第1个表格第2列是电话一栏");
    let outcome = attach("a.docx", &docx(&table("救助原因", "甲"), &[]));
    refused(&outcome, "unsafe-attachment", "第1个表格第2列");
    published_as(&attach("a.docx", &docx(&table("联系电话", ""), &[])), "a.docx");
    published_as(&attach("a.docx", &docx(&table("金额", "500元"), &[])), "a.docx");
}

#[test]
fn what_nobody_sees_is_a_fault() {
    for body in [
        "<w:ins w:author=\"甲\"><w:r><w:t>新</w:t></w:r></w:ins>",
        "<w:del w:author=\"甲\"><w:r><w:delText>旧</w:delText></w:r></w:del>",
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>",
        "<w:pPr><w:pPrChange w:author=\"甲\"/></w:pPr>",
        "<a:srcRect l=\"20000\"/>",
        "<wp:docPr hidden=\"1\"/>",
    ] {
        refused(&attach("a.docx", &docx(body, &[])), "unsafe-attachment", "修订");
    }
    for body in ["<w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr></w:r>", "<a:srcRect/>"] {
        published_as(&attach("a.docx", &docx(body, &[])), "a.docx");
    }
    let outcome = attach("a.docx", &docx("", &[("word/comments.xml", b"<w:comments/>")]));
    refused(&outcome, "unsafe-attachment", "批注");
    for (name, part) in [
        ("ppt/slides/slide1.xml", "<p:sld show=\"0\"></p:sld>"),
        ("ppt/notesSlides/notesSlide1.xml", "<p:notes></p:notes>"),
    ] {
        refused(
            &attach("a.pptx", &packed(&[(name, part.as_bytes())])),
            "unsafe-attachment",
            "备注",
        );
    }
    let rels = "<Relationships><Relationship Id=\"r1\" Type=\"t/image\" TargetMode=\"External\" \
                Target=\"file:///C:/office/a.png\"/></Relationships>";
    let outcome = attach("a.docx", &docx("", &[("word/_rels/document.xml.rels", rels.as_bytes())]));
    refused(&outcome, "unsafe-attachment", "电脑里文件");
}

#[test]
fn shapes_and_stock_styles_hide_nothing() {
    let shape = "<a:path><a:moveTo><a:pt x=\"0\" y=\"0\"/></a:moveTo></a:path>";
    published_as(&attach("a.docx", &docx(shape, &[])), "a.docx");
    for moved in ["<w:moveTo w:id=\"1\"/>", "<x:moveFrom x:author=\"甲\"/>"] {
        refused(&attach("a.docx", &docx(moved, &[])), "unsafe-attachment", "修订");
    }
    let hidden = "<w:rPr><w:vanish/></w:rPr>";
    let styled = |head: &str, style: &str, body: &str| {
        let styles = format!(
            "<w:styles>{head}<w:style w:styleId=\"z\" {style}>{hidden}</w:style>\
             <w:style w:styleId=\"y\"><w:basedOn w:val=\"z\"/></w:style></w:styles>"
        );
        attach("a.docx", &docx(body, &[("word/styles.xml", styles.as_bytes())]))
    };
    let run = |style: &str| format!("<w:r><w:rPr><w:rStyle w:val=\"{style}\"/></w:rPr></w:r>");
    published_as(&styled("", "", &run("x")), "a.docx");
    let everywhere = format!("<w:docDefaults>{hidden}</w:docDefaults>");
    for outcome in [
        styled("", "", &run("z")),
        styled("", "", &run("y")),
        styled("", "w:default=\"1\"", ""),
        styled(&everywhere, "", ""),
    ] {
        refused(&outcome, "unsafe-attachment", "隐藏");
    }
}

#[test]
fn pictures_in_documents_are_written_anew_and_other_embedded_files_stay_out() {
    let image = DynamicImage::ImageRgb8(RgbImage::new(20, 10));
    let mut jpeg = Cursor::new(Vec::new());
    image.write_to(&mut jpeg, ImageFormat::Jpeg).expect("the picture can be written");
    let planted = [jpeg.get_ref().as_slice(), MARK.as_bytes()].concat();
    let outcome = attach("a.docx", &docx("", &[("word/media/image1.jpeg", &planted)]));
    bare(published_as(&outcome, "a.docx"), MARK);
    for (name, part) in [
        ("word/embeddings/book.xlsx", b"PK".as_slice()),
        ("word/vbaProject.bin", b"x"),
        ("word/media/image1.emf", b"x"),
        ("word/media/image1.png", b"no picture"),
    ] {
        refused(&attach("a.docx", &docx("", &[(name, part)])), "unchecked-attachment", "嵌入");
    }
}

#[test]
fn documents_of_the_other_open_format_lose_their_properties_too() {
    let odt = |body: &str| {
        let content = format!(
            "<office:document-content><text:p>方案</text:p>{body}</office:document-content>"
        );
        let meta =
            format!("<office:document-meta><dc:creator>{MARK}</dc:creator></office:document-meta>");
        let manifest = "<manifest:manifest><manifest:file-entry manifest:full-path=\"meta.xml\"/>\
                        <manifest:file-entry manifest:full-path=\"content.xml\"/></manifest:manifest>";
        packed(&[
            ("mimetype", b"application/vnd.oasis.opendocument.text"),
            ("content.xml", content.as_bytes()),
            ("meta.xml", meta.as_bytes()),
            ("Thumbnails/thumbnail.png", MARK.as_bytes()),
            ("META-INF/manifest.xml", manifest.as_bytes()),
        ])
    };
    let outcome = attach("a.odt", &odt(""));
    let bytes = published_as(&outcome, "a.odt");
    bare(bytes, MARK);
    // A reader tells the format by the first part, which is not compressed.
    assert_eq!(&bytes[30..46], b"mimetypeapplicat");
    assert!(!String::from_utf8_lossy(&parts(bytes)["META-INF/manifest.xml"]).contains("meta.xml"));
    for body in
        ["<office:annotation/>", "<text:tracked-changes/>", "<text:section text:display=\"none\"/>"]
    {
        refused(&attach("a.odt", &odt(body)), "unsafe-attachment", "批注");
    }
}

/// What a PDF of one page is made of.
struct Page<'a> {
    words: &'a str,
    more: Dictionary,
}

/// Returns a PDF of one page, with the mark in its properties and in an earlier version of it.
fn pdf(page: &Page<'_>, catalog: &Dictionary) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let pages = document.new_object_id();
    let font = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Courier", "Encoding" => "WinAnsiEncoding",
    });
    let resources = document.add_object(dictionary! { "Font" => dictionary! { "F1" => font } });
    let content = format!("BT /F1 12 Tf 50 700 Td ({}) Tj ET", page.words);
    let content = document.add_object(Stream::new(dictionary! {}, content.into_bytes()));
    let xmp = Stream::new(dictionary! { "Type" => "Metadata" }, MARK.as_bytes().to_vec());
    let xmp = document.add_object(xmp);
    let mut leaf = dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => content, "Resources" => resources,
        "Metadata" => xmp, "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
    };
    leaf.extend(&page.more);
    let leaf = document.add_object(leaf);
    let tree = dictionary! { "Type" => "Pages", "Kids" => vec![leaf.into()], "Count" => 1 };
    document.objects.insert(pages, Object::Dictionary(tree));
    let mut root = dictionary! { "Type" => "Catalog", "Pages" => pages, "Metadata" => xmp };
    root.extend(catalog);
    let root = document.add_object(root);
    let info = document.add_object(dictionary! { "Author" => Object::string_literal(MARK) });
    document.add_object(Object::string_literal(MARK));
    document.trailer.set("Root", root);
    document.trailer.set("Info", info);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("memory can be written");
    bytes
}

/// Returns a PDF with these words.
fn saying(words: &str) -> Vec<u8> {
    pdf(&Page { words, more: dictionary! {} }, &dictionary! {})
}

/// Returns a PDF whose page draws a form with these words, or with a picture if there are none.
fn drawing(words: &str) -> Vec<u8> {
    let original = saying("Plan");
    let mut document = Document::load_mem(&original).expect("it is a PDF");
    let (_, page) = document.get_pages().pop_first().expect("there is a page");
    let font = dictionary! { "F1" => dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Courier", "Encoding" => "WinAnsiEncoding",
    } };
    let drawn = if words.is_empty() {
        let mut jpeg = Cursor::new(Vec::new());
        let image = DynamicImage::ImageRgb8(RgbImage::new(8, 8));
        image.write_to(&mut jpeg, ImageFormat::Jpeg).expect("the picture can be written");
        let of = dictionary! { "Subtype" => "Image", "Filter" => "DCTDecode", "Width" => 8, "Height" => 8 };
        Stream::new(of, jpeg.into_inner())
    } else {
        let content = format!("BT /F1 12 Tf 50 700 Td ({words}) Tj ET");
        let of = dictionary! { "Subtype" => "Form", "Resources" => dictionary! { "Font" => font } };
        Stream::new(of, content.into_bytes())
    };
    let drawn = document.add_object(drawn);
    let content = document.add_object(Stream::new(dictionary! {}, b"q /X1 Do Q".to_vec()));
    let leaf = document.get_object_mut(page).and_then(Object::as_dict_mut).expect("a page");
    leaf.set("Contents", content);
    leaf.set("Resources", dictionary! { "XObject" => dictionary! { "X1" => drawn } });
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("memory can be written");
    bytes
}

#[test]
fn pictures_in_pdf_lose_what_cameras_write() {
    let mut jpeg = Cursor::new(Vec::new());
    let image = DynamicImage::ImageRgb8(RgbImage::new(8, 8));
    image.write_to(&mut jpeg, ImageFormat::Jpeg).expect("the picture can be written");
    let plain = jpeg.into_inner();
    let length = u16::try_from(MARK.len() + 2).expect("the mark is short").to_be_bytes();
    let told: Vec<u8> = [0xe1, 0xed, 0xfe]
        .iter()
        .flat_map(|sort| [&[0xff, *sort], &length[..], MARK.as_bytes()].concat())
        .collect();
    let planted = [&plain[..2], &told, &plain[2..], MARK.as_bytes()].concat();
    let of = dictionary! { "Subtype" => "Image", "Filter" => "DCTDecode" };
    let mut document = Document::load_mem(&saying("Plan")).expect("it is a PDF");
    let (_, page) = document.get_pages().pop_first().expect("there is a page");
    let image = document.add_object(Stream::new(of, planted));
    let leaf = document.get_object_mut(page).and_then(Object::as_dict_mut).expect("a page");
    leaf.set("Photo", image);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("memory can be written");
    let outcome = attach("a.pdf", &bytes);
    let published = published_as(&outcome, "a.pdf");
    bare(published, MARK);
    let start = plain.windows(2).position(|pair| pair == [0xff, 0xdb]).expect("a JPEG has tables");
    let picture = &plain[start..];
    assert!(published.windows(picture.len()).any(|window| window == picture), "the picture stays");
}

#[test]
fn pdf_loses_its_properties_and_keeps_its_words() {
    let original = saying("Plan 2024");
    assert!(std::panic::catch_unwind(|| bare(&original, MARK)).is_err(), "the mark is planted");
    let outcome = attach("a.pdf", &original);
    let bytes = published_as(&outcome, "a.pdf");
    bare(bytes, MARK);
    let document = Document::load_mem(bytes).expect("it is a PDF");
    assert!(document.extract_text(&[1]).expect("it has words").contains("Plan 2024"));
    assert_eq!(bytes, published_as(&attach("a.pdf", &original), "a.pdf"));
}

#[test]
fn numbers_of_persons_in_pdf_are_found() {
    let number = id_number(&mut Dice::new(9));
    let outcome = attach("a.pdf", &saying(&format!("No. {number}")));
    refused(&outcome, "unsafe-attachment", "第1页有身份证号");
    assert!(!format!("{:?}", outcome.report).contains(&number));
    // Set in two pieces, with a space of the font between them.
    let pieces = format!("{}) Tj ({}", &number[..9], &number[9..]);
    refused(&attach("a.pdf", &saying(&pieces)), "unsafe-attachment", "身份证号");
    let more = dictionary! { "Alt" => Object::string_literal(number.as_str()) };
    let bytes = pdf(&Page { words: "Plan", more }, &dictionary! {});
    refused(&attach("a.pdf", &bytes), "unsafe-attachment", "身份证号");
}

#[test]
fn what_is_not_on_the_page_or_cannot_be_read_stays_behind() {
    let note = dictionary! {
        "Type" => "Annot", "Subtype" => "Text", "Contents" => Object::string_literal("x"),
    };
    let more = dictionary! { "Annots" => vec![note.into()] };
    let bytes = pdf(&Page { words: "Plan", more }, &dictionary! {});
    refused(&attach("a.pdf", &bytes), "unsafe-attachment", "批注");
    for key in ["AcroForm", "OCProperties", "AF"] {
        let bytes = pdf(
            &Page { words: "Plan", more: dictionary! {} },
            &dictionary! { key => dictionary! {} },
        );
        refused(&attach("a.pdf", &bytes), "unsafe-attachment", "表单");
    }
    // A form that holds other words is read as well.
    let number = id_number(&mut Dice::new(10));
    for (words, good) in [("Annex 7", true), (number.as_str(), false)] {
        let outcome = attach("a.pdf", &drawing(words));
        match good {
            true => drop(published_as(&outcome, "a.pdf").to_vec()),
            false => refused(&outcome, "unsafe-attachment", "里面有身份证号"),
        }
    }
    // A page without words is a scan: nobody knows what is on it.
    refused(&attach("a.pdf", &drawing("")), "unchecked-attachment", "第1页的文字读不出来");
    refused(&attach("a.pdf", &saying("")), "unchecked-attachment", "第1页的文字读不出来");
}
