//! Documents and slides of the open formats: taken apart, searched, and put together without what
//! nobody sees.
//!
//! Properties, thumbnails, own data of programs and marks of editing sessions are left out; images
//! are written anew. Comments, tracked changes, hidden text, notes, cropped pictures and embedded
//! files are faults: whoever wrote the document has to decide what becomes of them.

use crate::decode::Unopened;
use crate::records::attach::columns::{self, Table};
use crate::records::attach::styles;
use crate::records::attach::unpack::{Entry, pack, unpack};
use crate::records::attach::xml::{self, Shape, Tag, tags, unescaped};
use crate::records::attach::{Copy, Fault, Original, Treatment, image, search};
use crate::text::Phrase;
use crate::text::normal::Writing;

/// Documents and slides.
pub(super) struct Package;

/// Parts that are left out, by the beginning of their names.
const LEFT_OUT: &[&str] = &[
    "docProps/",
    "customXml/",
    "word/people.xml",
    "ppt/revisionInfo.xml",
    "ppt/changesInfos/",
    "word/printerSettings/",
    "ppt/printerSettings/",
    "word/_rels/settings.xml.rels",
    "meta.xml",
    "settings.xml",
    "manifest.rdf",
    "layout-cache",
    "Thumbnails/",
    "Configurations2/",
];

/// Parts that nobody sees on the page, by the beginning of their names.
const UNSEEN: &[&str] = &[
    "word/comments",
    "ppt/comments",
    "ppt/commentAuthors",
    "ppt/authors",
    "ppt/notesSlides/",
    "ppt/threadedComments",
];

/// Elements that nobody sees, or that tell what stood there before.
const UNSEEN_TAGS: &[&str] = &[
    "ins",
    "del",
    "delText",
    "annotation",
    "tracked-changes",
    "cellIns",
    "cellDel",
    "hidden-text",
    "hidden-paragraph",
];

/// Endings of parts that are text.
const TEXTS: &[&str] = &["xml", "rels", "vml", ""];

impl Treatment for Package {
    fn label(&self) -> Phrase {
        Phrase::new("文档", "document")
    }

    fn endings(&self) -> &'static [&'static str] {
        &["docx", "pptx", "odt", "odp"]
    }

    fn treat(&self, original: &Original<'_>) -> Result<Copy, Vec<Fault>> {
        let closed = |why| vec![search::unopened(why)];
        let limits = &original.measures.limits;
        let entries = unpack(original.bytes, limits.unpacked()).map_err(closed)?;
        let mut faults = Vec::new();
        let mut kept = Vec::with_capacity(entries.len());
        if styles::hide(&entries) {
            faults.push(unseen());
        }
        for entry in entries {
            if UNSEEN.iter().any(|start| entry.name.starts_with(start)) {
                faults.push(unseen());
            } else if !is_left_out(&entry.name) {
                match part(&entry, original) {
                    Ok(bytes) => kept.push(Entry { bytes, ..entry }),
                    Err(found) => faults.extend(found),
                }
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let bytes = pack(kept, Some("mimetype")).ok_or_else(|| closed(Unopened::Damaged))?;
        Ok(Copy { ending: None, bytes, picture: None })
    }
}

/// Returns whether a part, or the target of a relation, is left out.
fn is_left_out(name: &str) -> bool {
    let name = name.trim_start_matches("../").trim_start_matches('/');
    LEFT_OUT.iter().any(|start| name.starts_with(start) || start.ends_with(&format!("/{name}")))
}

/// Writes one part anew, or says what is wrong with it.
fn part(entry: &Entry, original: &Original<'_>) -> Result<Vec<u8>, Vec<Fault>> {
    let ending = entry.ending();
    if entry.name == "mimetype" {
        return Ok(entry.bytes.clone());
    }
    if matches!(ending.as_str(), "png" | "jpg" | "jpeg") {
        return image::inside(&entry.bytes, &original.measures.limits)
            .ok_or_else(|| vec![strange()]);
    }
    if !TEXTS.contains(&ending.as_str()) {
        return Err(vec![strange()]);
    }
    let text = entry.text().ok_or_else(|| vec![search::unopened(Unopened::Unknown)])?;
    let mut faults = Vec::new();
    // A style hides nothing until something is written in it.
    let counts = |tag: &Tag<'_>| !(styles::is_hiding(tag) && styles::is_sheet(entry));
    if tags(text).any(|tag| is_unseen(&tag) && counts(&tag)) || has_notes(text) {
        faults.push(unseen());
    }
    if tags(text).any(|tag| leads_away(&tag)) {
        faults.push(link());
    }
    let (words, tables) = words(text);
    let place = Phrase::new("正文里", "in its text");
    faults.extend(search::text(words.as_bytes(), Writing::Plain, &|_| Some(place.clone())));
    faults.extend(search::text(text.as_bytes(), Writing::Markup, &|_| Some(place.clone())));
    for (number, rows) in (1..).zip(&tables) {
        let place = |column: usize| {
            let column = column + 1;
            Phrase::new(
                format!("第{number}个表格第{column}列"),
                format!("(table {number}, column {column})"),
            )
        };
        let table = Table { rows, place: &place };
        faults.extend(columns::check(&table, &original.measures.columns));
    }
    if faults.is_empty() { Ok(clean(text).into_bytes()) } else { Err(faults) }
}

/// Returns the XML of a part without what points to parts that are left out.
fn clean(text: &str) -> String {
    xml::without(text, &["rsid"], &|tag| {
        let points = |name| tag.attribute(name).is_some_and(is_left_out);
        match tag.name {
            "Relationship" => points("Target"),
            "Override" => points("PartName"),
            "file-entry" => points("full-path"),
            "attachedTemplate" | "docVar" | "rsid" | "rsidRoot" | "printerSettings" | "docId" => {
                true
            }
            _ => false,
        }
    })
}

/// Returns whether an element is there and is not seen.
fn is_unseen(tag: &Tag<'_>) -> bool {
    if !matches!(tag.shape, Shape::Open | Shape::Empty) {
        return false;
    }
    let off = |value: Option<&str>| matches!(value, Some("0" | "false" | "none" | "off"));
    let signed = || tag.attribute("author").is_some() || tag.attribute("date").is_some();
    match tag.name {
        "vanish" | "specVanish" => styles::is_hiding(tag),
        // A slide that is not shown; a shape that is not shown; a section or text that is not shown.
        "sld" => off(tag.attribute("show")),
        "cNvPr" | "docPr" => tag.says("hidden"),
        "section" | "text-properties" | "drawing-page-properties" => {
            off(tag.attribute("display")) || tag.attribute("visibility") == Some("hidden")
        }
        // What is cut off a picture is still in the file.
        "srcRect" => ["l", "t", "r", "b"]
            .iter()
            .any(|side| tag.attribute(side).is_some_and(|cut| cut.trim_start_matches('-') != "0")),
        "graphic-properties" => tag.attribute("clip").is_some_and(is_cut),
        // A table or a picture may be called so; a change has somebody who made it.
        "ins" | "del" => signed(),
        // Every drawn shape moves its pen.
        "moveFrom" | "moveTo" => tag.prefix == "w" || signed(),
        name => UNSEEN_TAGS.contains(&name) || name.ends_with("PrChange"),
    }
}

/// Returns whether slides have notes with words in them.
fn has_notes(text: &str) -> bool {
    let (mut at, mut within) = (0, false);
    for tag in tags(text) {
        if within && !text[at..tag.range.start].trim().is_empty() {
            return true;
        }
        at = tag.range.end;
        if tag.name == "notes" {
            within = tag.shape == Shape::Open;
        }
    }
    false
}

/// Returns whether a rectangle cuts anything off.
fn is_cut(clip: &str) -> bool {
    clip.bytes().any(|byte| (b'1'..=b'9').contains(&byte))
}

/// Returns whether an element points to a place that is no page of the web.
fn leads_away(tag: &Tag<'_>) -> bool {
    const WEB: &[&str] = &["http://", "https://", "mailto:", "#"];
    tag.name == "Relationship"
        && tag.attribute("TargetMode").is_some_and(|mode| mode.eq_ignore_ascii_case("external"))
        && !tag.attribute("Type").is_some_and(|sort| sort.ends_with("/attachedTemplate"))
        && !tag.attribute("Target").is_some_and(|to| WEB.iter().any(|start| to.starts_with(start)))
}

/// The rows of a table.
type Rows = Vec<Vec<String>>;

/// Returns the words of a part, one paragraph a line, and its tables.
fn words(text: &str) -> (String, Vec<Rows>) {
    let (mut words, mut tables) = (String::new(), Vec::new());
    let mut at = 0;
    for tag in tags(text) {
        let between = unescaped(&text[at..tag.range.start]);
        at = tag.range.end;
        words.push_str(&between);
        let cell = tables.last_mut().and_then(|rows: &mut Rows| rows.last_mut()?.last_mut());
        if let Some(cell) = cell {
            cell.push_str(&between);
        }
        match (tag.name, tag.shape) {
            ("tbl" | "table", Shape::Open) => tables.push(Rows::new()),
            // What follows a table belongs to none of its cells.
            ("tbl" | "table", Shape::Close) => tables.push(Rows::new()),
            ("tr" | "table-row", Shape::Open) => {
                if let Some(rows) = tables.last_mut() {
                    rows.push(Vec::new());
                }
            }
            ("tc" | "table-cell", Shape::Open) => {
                if let Some(row) = tables.last_mut().and_then(|rows| rows.last_mut()) {
                    row.push(String::new());
                }
            }
            ("p" | "h", Shape::Close) | ("br" | "tab" | "cr" | "line-break" | "s", _) => {
                words.push('\n');
            }
            _ => {}
        }
    }
    tables.retain(|rows| !rows.is_empty());
    (words, tables)
}

/// Returns the fault of a document that holds what nobody sees.
fn unseen() -> Fault {
    Fault::held(
        Phrase::new(
            "附件里有批注、修订痕迹、备注页、隐藏或者裁剪掉的内容,不会放到网上",
            "the attachment has comments, tracked changes, notes, hidden or cropped content; it is not put online",
        ),
        Phrase::new(
            "在原文件里接受全部修订,删除批注、备注和隐藏内容,压缩图片时选“删除裁剪区域”,另存一份再放进来",
            "accept all changes, delete comments, notes and hidden content, delete cropped areas of pictures, and attach a new copy",
        ),
    )
}

/// Returns the fault of a document that points to files of somebody's computer.
fn link() -> Fault {
    Fault::held(
        Phrase::new(
            "附件里有指向电脑里文件的链接,不会放到网上",
            "the attachment has links to files of a computer; it is not put online",
        ),
        Phrase::new(
            "在原文件里取消这些链接,另存一份再放进来",
            "remove the links and attach a new copy",
        ),
    )
}

/// Returns the fault of a document in which something is embedded that cannot be searched.
fn strange() -> Fault {
    Fault::unread(
        Phrase::new(
            "附件里嵌入了不能检查的内容(别的文件、字体或者特殊图片),不会放到网上",
            "something is embedded in the attachment that cannot be searched (files, fonts, unusual images); it is not put online",
        ),
        Phrase::new(
            "删掉嵌入的内容,图片换成 .jpg 或 .png,或者另存为 PDF",
            "delete what is embedded, use .jpg or .png images, or save it as PDF",
        ),
    )
}
