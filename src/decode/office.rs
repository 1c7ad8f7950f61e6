//! The XML of office programs, cell by cell and paragraph by paragraph.
//!
//! What stands in one cell is one text however many runs of letters it is cut into; what stands in
//! two cells is two. The archive around it is opened as any other.

use crate::decode::{Budget, Decoder, Part, Unopened};

/// Reads the cells and paragraphs of office XML.
pub(super) struct Office;

/// The elements after which a new text begins.
const ENDS: [&[u8]; 14] = [
    b"/si",
    b"/c",
    b"/is",
    b"/comment",
    b"/w:p",
    b"/w:tc",
    b"/a:p",
    b"/text:p",
    b"/text:h",
    b"/table:table-cell",
    b"/m:oMath",
    b"/dc:creator",
    b"/definedName",
    b"/lpwstr",
];

/// The signs of such XML.
const SIGNS: [&str; 8] = [
    "schemas.openxmlformats.org",
    "purl.oclc.org/ooxml",
    "urn:oasis:names:tc:opendocument",
    "<w:p",
    "<si>",
    "<sheetData",
    "<a:p",
    "<text:p",
];

impl Decoder for Office {
    fn name(&self) -> &'static str {
        "office"
    }

    fn opens(&self, name: &str, bytes: &[u8]) -> bool {
        let head = || String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]);
        name.ends_with(".xml") && SIGNS.iter().any(|sign| head().contains(sign))
    }

    fn open(&self, name: &str, bytes: &[u8], budget: &mut Budget) -> Result<Vec<Part>, Unopened> {
        let cells = cells(bytes);
        budget.take(cells.len())?;
        Ok(vec![Part::new(format!("{name}.txt"), cells)])
    }

    fn reads_text(&self) -> bool {
        true
    }
}

/// Returns the texts of some XML, one a line.
fn cells(xml: &[u8]) -> Vec<u8> {
    let (mut texts, mut cell, mut comments) = (Vec::new(), Vec::new(), Vec::new());
    let mut at = 0;
    while let Some(open) = xml[at..].iter().position(|byte| *byte == b'<').map(|open| at + open) {
        cell.extend_from_slice(&xml[at..open]);
        // Comments and literal text may hold signs that look like the end of a tag.
        let special: Option<(&[u8], &[u8])> = if xml[open..].starts_with(b"<!--") {
            Some((b"<!--", b"-->"))
        } else if xml[open..].starts_with(b"<![CDATA[") {
            Some((b"<![CDATA[", b"]]>"))
        } else {
            None
        };
        if let Some((begin, end)) = special {
            let inner = &xml[open + begin.len()..];
            let length = inner.windows(3).position(|three| three == end).unwrap_or(inner.len());
            if begin.ends_with(b"[") {
                cell.extend_from_slice(&inner[..length]);
            } else {
                comments.extend_from_slice(&inner[..length]);
                comments.push(b'\n');
            }
            at = (open + begin.len() + length + end.len()).min(xml.len());
            continue;
        }
        let Some(close) = xml[open..].iter().position(|byte| *byte == b'>').map(|end| open + end)
        else {
            break;
        };
        let tag = &xml[open + 1..close];
        let name = tag.split(|byte| byte.is_ascii_whitespace()).next().unwrap_or(tag);
        let breaks = matches!(name, b"w:tab/" | b"w:br/" | b"text:tab/" | b"text:line-break/");
        if ENDS.contains(&name) || breaks {
            end_cell(&mut cell, &mut texts);
        }
        at = close + 1;
    }
    end_cell(&mut cell, &mut texts);
    texts.extend(comments);
    texts
}

/// Adds a text to the others.
fn end_cell(cell: &mut Vec<u8>, texts: &mut Vec<u8>) {
    let text = cell.trim_ascii();
    if !text.is_empty() {
        texts.extend_from_slice(text);
        texts.push(b'\n');
        if let Some(number) = std::str::from_utf8(text).ok().and_then(whole_number) {
            texts.extend_from_slice(number.as_bytes());
            texts.push(b'\n');
        }
    }
    cell.clear();
}

/// Returns the digits of a number that a program writes as `1.9900001234E10`.
fn whole_number(text: &str) -> Option<String> {
    let (number, power) = text.split_once(['E', 'e'])?;
    let power: usize = power.strip_prefix('+').unwrap_or(power).parse().ok()?;
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let good = whole.bytes().chain(part.bytes()).all(|byte| byte.is_ascii_digit());
    (good && power >= part.len() && power < 30)
        .then(|| format!("{whole}{part}{}", "0".repeat(power - part.len())))
}

#[cfg(test)]
mod tests {
    use super::{Office, cells, whole_number};
    use crate::decode::Decoder as _;

    #[test]
    fn runs_of_one_cell_join_and_cells_do_not() {
        let xml = b"<sst><si><r><t>199</t></r><r><t>0000</t></r></si><si><t>1234</t></si></sst>";
        assert_eq!(cells(xml), b"1990000\n1234\n");
        let sheet = b"<sheetData><row><c r=\"A1\"><v>1.9900001234E10</v></c><c><v>5</v></c></row></sheetData>";
        assert_eq!(cells(sheet), b"1.9900001234E10\n19900001234\n5\n");
        assert_eq!(whole_number("1.25E1"), None);
        assert!(Office.opens("xl/a.xml", sheet) && !Office.opens("feed.xml", b"<feed></feed>"));
    }
}
