//! The register as one workbook: a sheet for every table, and a first one that says what there is.
//!
//! Written as text, so that an amount stands there as it is, to the fen, and so that the same cells
//! give the same bytes. Cells of words are words, whatever they begin with. What would make the
//! workbook larger than programs open with ease is left to the CSV, and the first sheet says so.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::diag::Finding;
use crate::site::desk::Desk;
use crate::site::format::flat::{Cell, Flat, Sheet, Sort, sheets};
use crate::site::format::{Format, csv};
use crate::site::page::{Page, Subject};
use crate::site::url::Route;

/// Where the workbook goes.
pub(super) const PATH: &str = "data/register.xlsx";

/// The sheets are no larger than this together, before they are packed.
const LARGEST: usize = 48 << 20;

/// A sheet has no more lines than this, by the format.
const MOST_LINES: usize = 1_048_575;

/// The name of a sheet is no longer than this, by the format.
const LONGEST_NAME: usize = 31;

/// A cell holds no more letters than this, by the format.
const LONGEST_CELL: usize = 32_767;

/// The first sheet's name.
const FIRST: &str = "说明";

/// The register as one workbook.
pub(super) struct Xlsx;

impl Format for Xlsx {
    fn name(&self) -> &'static str {
        "xlsx"
    }

    fn plan(&self, desk: &Desk<'_>) -> Vec<Page> {
        let page = Page { route: Route::new(PATH), subject: Subject::Whole };
        desk.kinds().next().map(|_| page).into_iter().collect()
    }

    fn render(&self, _page: &Page, desk: &Desk<'_>) -> Result<Vec<u8>, Box<Finding>> {
        let release = desk.index.release;
        let mut book = Book::default();
        let mut lines = vec![
            vec![words(&release.site().title)],
            vec![words("发布单位"), words(&release.site().publisher)],
            vec![words("数据截至"), words(&release.as_of().to_string())],
            vec![words("金额单位"), words("元")],
            vec![words("数字太小,为保护个人信息不列出的"), words(crate::site::words::SMALL)],
            Vec::new(),
            ["工作表", "行数", "同样的内容(CSV)"].map(words).to_vec(),
        ];
        for sheet in in_turn(desk) {
            let flat = sheet.flat(desk);
            let count = Cell::Number(flat.lines.len().to_string());
            let name = book.free_name(&sheet.label(desk));
            let there = book.add(&name, &flat);
            let name = if there { name } else { format!("{name}(太大,请用CSV)") };
            lines.push(vec![words(&name), count, words(&csv::path(sheet, desk))]);
        }
        Ok(book.write(&cells(&[], &lines)))
    }
}

/// Returns the tables: records first, since their rows may not all find room.
fn in_turn(desk: &Desk<'_>) -> Vec<Sheet> {
    let mut all = sheets(desk);
    all.sort_by_key(|sheet| sheet.table.is_some());
    all
}

/// Makes a cell of words.
fn words(words: &str) -> Cell {
    Cell::Text(words.to_owned())
}

/// A workbook being written.
#[derive(Default)]
struct Book {
    /// The sheets but the first: name and XML.
    sheets: Vec<(String, String)>,
    size: usize,
}

impl Book {
    /// Returns a name for a sheet that the format allows and no other sheet has.
    fn free_name(&self, label: &str) -> String {
        let plain = |letter: char| if "[]:*?/\\'".contains(letter) { '-' } else { letter };
        let clean: Vec<char> = label.chars().map(plain).collect();
        let with = |end: &str| {
            let room = LONGEST_NAME - end.chars().count();
            clean.iter().take(room).collect::<String>() + end
        };
        let is_free = |name: &String| {
            name != FIRST
                && !self.sheets.iter().any(|(other, _)| other.to_lowercase() == name.to_lowercase())
        };
        let numbered = (2..).map(|number| with(&format!("({number})")));
        std::iter::once(with("")).chain(numbered).find(is_free).expect("numbers do not end")
    }

    /// Adds a table, if there is room for it.
    fn add(&mut self, name: &str, flat: &Flat<'_>) -> bool {
        if flat.lines.len() > MOST_LINES {
            return false;
        }
        let headings: Vec<Cell> =
            flat.columns.iter().map(|column| words(&column.heading)).collect();
        let xml = cells(&[headings], &flat.lines);
        if self.size + xml.len() > LARGEST {
            return false;
        }
        self.size += xml.len();
        let widths = widths(flat);
        self.sheets.push((name.to_owned(), sheet(&widths, true, &xml)));
        true
    }

    /// Packs the workbook.
    fn write(self, first: &str) -> Vec<u8> {
        let mut all = vec![(FIRST.to_owned(), sheet(&[36, 24, 36], false, first))];
        all.extend(self.sheets);
        let names: Vec<&str> = all.iter().map(|(name, _)| name.as_str()).collect();
        let mut parts = vec![
            ("[Content_Types].xml".to_owned(), content_types(names.len())),
            ("_rels/.rels".to_owned(), RELATIONS.to_owned()),
            ("xl/workbook.xml".to_owned(), workbook(&names)),
            ("xl/_rels/workbook.xml.rels".to_owned(), sheet_relations(names.len())),
            ("xl/styles.xml".to_owned(), STYLES.to_owned()),
        ];
        let numbered = (1..).zip(all);
        parts.extend(
            numbered.map(|(number, (_, xml))| (format!("xl/worksheets/sheet{number}.xml"), xml)),
        );
        pack(&parts)
    }
}

/// Packs parts into an archive in which every part has the same day.
fn pack(parts: &[(String, String)]) -> Vec<u8> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default())
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, xml) in parts {
        archive.start_file(name.as_str(), options).expect("the names are short and differ");
        archive.write_all(xml.as_bytes()).expect("memory does not fail");
    }
    archive.finish().expect("memory does not fail").into_inner()
}

/// What every part of a workbook begins with.
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// The name space of workbooks.
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// What leads to the workbook.
const RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";

/// The looks of cells: plain words, headings, amounts.
const STYLES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font><font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts><fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills><borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs><cellXfs count=\"3\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/><xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/><xf numFmtId=\"4\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/></cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>";

/// Returns what the parts are.
fn content_types(sheets: usize) -> String {
    let mut xml = format!(
        "{HEAD}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/>"
    );
    for number in 1..=sheets {
        xml.push_str(&format!("<Override PartName=\"/xl/worksheets/sheet{number}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"));
    }
    xml + "</Types>"
}

/// Returns the list of sheets.
fn workbook(names: &[&str]) -> String {
    let mut xml = format!(
        "{HEAD}<workbook xmlns=\"{MAIN}\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>"
    );
    for (number, name) in (1..).zip(names) {
        let name = escaped(name);
        xml.push_str(&format!(
            "<sheet name=\"{name}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>"
        ));
    }
    xml + "</sheets></workbook>"
}

/// Returns where the sheets are.
fn sheet_relations(sheets: usize) -> String {
    const TYPE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let mut xml = format!(
        "{HEAD}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    );
    for number in 1..=sheets {
        xml.push_str(&format!("<Relationship Id=\"rId{number}\" Type=\"{TYPE}/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>"));
    }
    let styles = sheets + 1;
    xml + &format!(
        "<Relationship Id=\"rId{styles}\" Type=\"{TYPE}/styles\" Target=\"styles.xml\"/></Relationships>"
    )
}

/// Returns how wide the columns are, in letters.
fn widths(flat: &Flat<'_>) -> Vec<usize> {
    let wide = |text: &str| text.chars().map(|letter| if letter.is_ascii() { 1 } else { 2 }).sum();
    let columns = flat.columns.iter().enumerate();
    columns
        .map(|(at, column)| {
            let least: usize = if column.sort == Sort::Money { 12 } else { 8 };
            // The first lines say enough about the rest.
            let cells = flat.lines.iter().take(50).map(|line| wide(line[at].as_str()));
            cells.chain([wide(&column.heading), least]).max().unwrap_or(least).min(48) + 2
        })
        .collect()
}

/// Returns the XML of a sheet around its cells.
fn sheet(widths: &[usize], has_head: bool, cells: &str) -> String {
    let mut xml = format!("{HEAD}<worksheet xmlns=\"{MAIN}\">");
    if has_head {
        xml.push_str("<sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>");
    }
    xml.push_str("<cols>");
    for (number, width) in (1..).zip(widths) {
        xml.push_str(&format!(
            "<col min=\"{number}\" max=\"{number}\" width=\"{width}\" customWidth=\"1\"/>"
        ));
    }
    xml.push_str("</cols><sheetData>");
    xml.push_str(cells);
    xml.push_str("</sheetData></worksheet>");
    xml
}

/// Returns the XML of the lines of a sheet: headings, then cells.
fn cells(headings: &[Vec<Cell>], lines: &[Vec<Cell>]) -> String {
    let mut xml = String::new();
    for (row, line) in (1..).zip(headings.iter().chain(lines)) {
        // Writing to a string cannot fail.
        let _always_ok = write!(xml, "<row r=\"{row}\">");
        for (column, cell) in line.iter().enumerate() {
            let name = column_name(column);
            let _always_ok = match cell {
                Cell::Text(text) if text.is_empty() => Ok(()),
                Cell::Number(number) => {
                    let style = if number.contains('.') { " s=\"2\"" } else { "" };
                    write!(xml, "<c r=\"{name}{row}\"{style}><v>{number}</v></c>")
                }
                Cell::Text(text) => {
                    let style = if row <= headings.len() { " s=\"1\"" } else { "" };
                    let text = escaped(text);
                    write!(
                        xml,
                        "<c r=\"{name}{row}\"{style} t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>"
                    )
                }
            };
        }
        xml.push_str("</row>");
    }
    xml
}

/// Returns the name of a column: A to Z, AA and so on.
fn column_name(column: usize) -> String {
    let mut name = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        name.push(b'A' + u8::try_from((rest - 1) % 26).expect("less than 26"));
        rest = (rest - 1) / 26;
    }
    name.reverse();
    String::from_utf8(name).expect("letters")
}

/// Returns words as they stand in XML: without what XML cannot hold, and no longer than a cell is.
fn escaped(words: &str) -> String {
    let mut xml = String::with_capacity(words.len());
    for letter in words.chars().take(LONGEST_CELL) {
        match letter {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '"' => xml.push_str("&quot;"),
            // A bare return is read as the end of a line.
            '\r' => xml.push_str("&#13;"),
            '\t' | '\n' => xml.push(letter),
            '\u{fffe}' | '\u{ffff}' => {}
            _ if letter.is_control() => {}
            _ => xml.push(letter),
        }
    }
    xml
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader as _, Xlsx};

    use super::{Book, Cell, cells, column_name, escaped};
    use crate::site::format::flat::{Column, Flat};

    fn flat(lines: Vec<Vec<Cell>>) -> Flat<'static> {
        Flat { columns: vec![Column::of_words("编号"), Column::of_words("金额(元)")], lines }
    }

    #[test]
    fn columns_have_the_names_of_spreadsheets() {
        assert_eq!([0, 25, 26, 701, 702].map(column_name), ["A", "Z", "AA", "ZZ", "AAA"]);
    }

    #[test]
    fn words_are_words_and_amounts_are_exact() {
        let text = |text: &str| Cell::Text(text.to_owned());
        let lines = vec![
            vec![text("=1+1"), Cell::Number("12345678.90".to_owned())],
            vec![text("<a> & \"b\"\u{1}"), text("*")],
        ];
        let make = || {
            let mut book = Book::default();
            assert!(book.add("表", &flat(lines.clone())));
            assert_eq!(book.free_name("表"), "表(2)");
            book.write(&cells(&[], &[vec![text("x")]]))
        };
        let bytes = make();
        assert_eq!(bytes, make(), "the same cells give the same bytes");
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
        let range = book.worksheet_range("表").expect("a sheet");
        let rows: Vec<Vec<Data>> = range.rows().map(<[Data]>::to_vec).collect();
        assert_eq!(rows[1][0], Data::String("=1+1".to_owned()));
        assert_eq!(rows[1][1], Data::Float(12_345_678.9));
        assert_eq!(rows[2][0], Data::String("<a> & \"b\"".to_owned()));
        assert!(book.worksheet_formula("表").expect("a sheet").is_empty());
        assert_eq!(escaped("\u{b}a\tb"), "a\tb");
    }
}
