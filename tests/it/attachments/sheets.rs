//! Spreadsheets: what everybody sees is written anew, what nobody sees never gets out.

use std::io::{Cursor, Write as _};

use calamine::{Data, Reader as _, SheetVisible, Xlsx};
use mingbai::text::Day;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, Formula, Note, Workbook, Worksheet,
};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{MARK, attach, bare, parts, published, published_as, refused};
use crate::canary::{Dice, id_number};

/// Makes a workbook of one sheet.
fn book(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(book.add_worksheet());
    book.save_to_buffer().expect("the workbook can be written")
}

/// Writes the same words into a row.
fn row(sheet: &mut Worksheet, row: u32, cells: &[&str]) {
    for (column, cell) in (0..).zip(cells) {
        sheet.write_string(row, column, *cell).expect("the cell can be written");
    }
}

/// Returns the cells of the only visible sheet.
fn cells(bytes: &[u8]) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("it is a workbook");
    let sheets = book.sheets_metadata().to_vec();
    assert!(sheets.iter().all(|sheet| sheet.visible == SheetVisible::Visible));
    let [sheet] = &sheets[..] else {
        panic!("there is one sheet");
    };
    let range = book.worksheet_range(&sheet.name).expect("the sheet can be read");
    range.rows().map(<[Data]>::to_vec).collect()
}

/// Returns a workbook with the mark wherever one can hide.
fn planted() -> Vec<u8> {
    let mut book = Workbook::new();
    let day = ExcelDateTime::from_ymd(2024, 5, 6).expect("a day");
    book.set_properties(
        &DocProperties::new().set_author(MARK).set_title(MARK).set_comment(MARK).set_company(MARK),
    );
    book.define_name(MARK, "=Sheet1!$A$1").expect("a name");
    let money = Format::new().set_num_format("#,##0.00");
    let date = Format::new().set_num_format("yyyy年m月d日");
    let middle = Format::new();
    let sheet = book.add_worksheet();
    sheet.merge_range(0, 0, 0, 5, "资金使用表", &middle).expect("merged");
    row(sheet, 1, &["村名", MARK, "金额", "日期", "比例", "说明"]);
    for at in 2..5_u32 {
        row(sheet, at, &["垭口村", MARK]);
        sheet.write_number_with_format(at, 2, 1234.5 * f64::from(at), &money).expect("written");
        sheet.write_datetime_with_format(at, 3, &day, &date).expect("written");
        let share = Format::new().set_num_format("0.0%");
        sheet.write_number_with_format(at, 4, 0.25, &share).expect("written");
    }
    sheet.write_string(2, 5, "=HYPERLINK(\"x\")").expect("written");
    let formula = Formula::new(format!("=LEN(\"{MARK}\")")).set_result("12");
    sheet.write_formula(3, 5, formula).expect("written");
    row(sheet, 5, &[MARK, MARK]);
    sheet.set_row_hidden(5).expect("hidden");
    row(sheet, 6, &[MARK]);
    sheet.set_row_height(6, 0.0).expect("flat");
    sheet.set_column_hidden(1).expect("hidden");
    sheet.set_column_width(0, 17.5).expect("wide");
    sheet.insert_note(2, 0, &Note::new(MARK).set_author(MARK)).expect("noted");
    sheet.set_header(MARK).set_footer(MARK);
    for very in [false, true] {
        let sheet = book.add_worksheet();
        row(sheet, 0, &[MARK]);
        sheet.set_name(format!("{MARK}{very}")).expect("named");
        let _ = if very { sheet.set_very_hidden(true) } else { sheet.set_hidden(true) };
    }
    book.save_to_buffer().expect("the workbook can be written")
}

#[test]
fn only_what_everybody_sees_is_published() {
    let original = planted();
    assert!(std::panic::catch_unwind(|| bare(&original, MARK)).is_err(), "the mark is planted");
    let outcome = attach("2024/资金.xlsx", &original);
    let bytes = published_as(&outcome, "2024/资金.xlsx");
    bare(bytes, MARK);
    let rows = cells(bytes);
    assert_eq!(rows.len(), 5);
    assert_eq!(rows[0][0], Data::String("资金使用表".to_owned()));
    let heads: Vec<String> = rows[1].iter().map(ToString::to_string).collect();
    assert_eq!(heads, ["村名", "金额", "日期", "比例", "说明"]);
    assert_eq!(rows[2][1], Data::Float(2469.0));
    let Data::DateTime(day) = &rows[2][2] else {
        panic!("a day stays a day");
    };
    assert_eq!(day.to_ymd_hms_milli(), (2024, 5, 6, 0, 0, 0, 0));
    assert_eq!(rows[2][4], Data::String("=HYPERLINK(\"x\")".to_owned()));
    // What was worked out stays, how it was worked out goes.
    assert_eq!(rows[3][4].to_string(), "12");
    let parts = parts(bytes);
    let sheet = String::from_utf8_lossy(&parts["xl/worksheets/sheet1.xml"]).into_owned();
    assert!(!sheet.contains("<f>") && !sheet.contains("hidden"), "{sheet}");
    assert!(sheet.contains("<mergeCell ref=\"A1:E1\"/>"), "{sheet}");
    let styles = String::from_utf8_lossy(&parts["xl/styles.xml"]).into_owned();
    assert!(styles.contains("#,##0.00") && styles.contains("0.0%"), "{styles}");
    assert_eq!(bytes, published_as(&attach("2024/资金.xlsx", &original), "2024/资金.xlsx"));
    let today = String::from_utf8_lossy(&parts["docProps/core.xml"]).into_owned();
    assert!(today.contains("2000-01-01") && Day::parse("2000-01-01").is_some());
}

#[test]
fn numbers_of_persons_are_found_with_their_place_and_not_quoted() {
    let number = id_number(&mut Dice::new(5));
    let bytes = book(|sheet| {
        row(sheet, 0, &["村名", "备注"]);
        row(sheet, 3, &["垭口村", &number]);
    });
    let outcome = attach("a.xlsx", &bytes);
    refused(&outcome, "unsafe-attachment", "第1张表第4行B列有身份证号");
    assert!(!format!("{:?}", outcome.report).contains(&number));
    let name = book(|sheet| {
        row(sheet, 0, &["村名"]);
        sheet.set_name(number.as_str()).expect("named");
    });
    refused(&attach("a.xlsx", &name), "unsafe-attachment", "第1张表的名称里有身份证号");
}

#[test]
fn numbers_of_documents_kept_as_numbers_are_found_by_their_length() {
    // A number of eighteen digits loses its last ones: no check digit can prove it any more.
    for digits in [18, 15] {
        let number: f64 = id_number(&mut Dice::new(6))[..digits - 1].parse().expect("digits");
        let bytes = book(|sheet| {
            row(sheet, 0, &["村名", "备注"]);
            sheet.write_number(1, 1, number * 10.0).expect("written");
        });
        refused(&attach("a.xlsx", &bytes), "unsafe-attachment", "很长的数字");
    }
    let sums = book(|sheet| {
        row(sheet, 0, &["村名", "资金"]);
        sheet.write_number(1, 1, 12_345_678_901.25).expect("written");
    });
    published_as(&attach("a.xlsx", &sums), "a.xlsx");
}

#[test]
fn columns_are_known_by_their_head_however_their_values_are_written() {
    let named = |head: &str, value: &str| {
        book(|sheet| {
            row(sheet, 0, &["到户名单"]);
            row(sheet, 1, &["户主", head]);
            row(sheet, 2, &["张**", value]);
        })
    };
    for head in
        ["身份证号码", "身 份 证", "联系电话", "银行账号", "残疾类别", "患病情况", "家庭住址"]
    {
        let outcome = attach("a.xlsx", &named(head, "甲〇三"));
        refused(&outcome, "unsafe-attachment", "第1张表B列");
    }
    for (head, value) in [("身份证号码", ""), ("患病人数", "3"), ("建设地址", "垭口村二组")]
    {
        published_as(&attach("a.xlsx", &named(head, value)), "a.xlsx");
    }
}

#[test]
fn cells_that_cannot_be_seen_are_faults() {
    let white = Format::new().set_font_color(Color::White);
    let same = Format::new().set_font_color(Color::Yellow).set_background_color(Color::Yellow);
    let none = Format::new().set_num_format(";;;");
    for format in [white, same, none] {
        let bytes = book(|sheet| {
            row(sheet, 0, &["村名"]);
            sheet.write_number_with_format(1, 2, 7, &format).expect("written");
        });
        refused(&attach("a.xlsx", &bytes), "unsafe-attachment", "第1张表第2行C列有看不见");
    }
    let seen = Format::new().set_font_color(Color::White).set_background_color(Color::Navy);
    let bytes = book(|sheet| {
        sheet.write_string_with_format(0, 0, "村名", &seen).expect("written");
    });
    published_as(&attach("a.xlsx", &bytes), "a.xlsx");
}

/// Packs parts into an archive.
pub(super) fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).expect("a part");
        writer.write_all(bytes).expect("memory can be written");
    }
    writer.finish().expect("memory can be written").into_inner()
}

/// Changes one part of a packed file.
fn changed(bytes: &[u8], name: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    let mut parts = parts(bytes);
    let part = parts.get_mut(name).expect("the part is there");
    *part = change(std::str::from_utf8(part).expect("it is text")).into_bytes();
    let parts: Vec<(&str, &[u8])> =
        parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    packed(&parts)
}

#[test]
fn what_lies_under_a_merged_cell_is_not_seen() {
    let bytes = book(|sheet| {
        row(sheet, 0, &["资金使用表", MARK, "下"]);
        row(sheet, 1, &["村名", "资金", "说明"]);
    });
    // Other programs leave the values under a merged cell in the file.
    let bytes = changed(&bytes, "xl/worksheets/sheet1.xml", |sheet| {
        let merge = "</sheetData><mergeCells count=\"1\"><mergeCell ref=\"A1:B1\"/></mergeCells>";
        sheet.replace("</sheetData>", merge)
    });
    let outcome = attach("a.xlsx", &bytes);
    let published = published_as(&outcome, "a.xlsx");
    bare(published, MARK);
    assert_eq!(cells(published)[0][2], Data::String("下".to_owned()));
}

#[test]
fn columns_and_rows_hidden_by_default_are_hidden() {
    let bytes = book(|sheet| {
        row(sheet, 0, &["村名", MARK]);
        row(sheet, 1, &[MARK, MARK]);
        sheet.set_column_width(0, 12).expect("wide");
        sheet.set_row_height(0, 18).expect("high");
    });
    let bytes = changed(&bytes, "xl/worksheets/sheet1.xml", |sheet| {
        let from = "<sheetFormatPr defaultRowHeight=\"15\"";
        assert!(sheet.contains(from), "{sheet}");
        sheet.replace(from, &format!("{from} zeroHeight=\"1\" defaultColWidth=\"0\""))
    });
    let outcome = attach("a.xlsx", &bytes);
    bare(published_as(&outcome, "a.xlsx"), MARK);
    assert_eq!(cells(published_as(&outcome, "a.xlsx")), [[Data::String("村名".to_owned())]]);
}

#[test]
fn a_small_file_does_not_become_a_large_table() {
    let bytes = book(|sheet| {
        row(sheet, 0, &["村名"]);
        sheet.write_string(1_048_575, 16_383, "尾").expect("written");
    });
    refused(&attach("a.xlsx", &bytes), "unchecked-attachment", "太大");
}

/// Returns a spreadsheet of the other open format with these columns and rows.
fn ods(inner: &str, styles: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content \
         xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
         xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\">\
         <office:automatic-styles>{styles}</office:automatic-styles>\
         <office:body><office:spreadsheet><table:table table:name=\"表1\">{inner}</table:table>\
         </office:spreadsheet></office:body></office:document-content>"
    );
    let meta =
        format!("<office:document-meta><dc:creator>{MARK}</dc:creator></office:document-meta>");
    packed(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<manifest:manifest/>"),
        ("meta.xml", meta.as_bytes()),
        ("content.xml", content.as_bytes()),
    ])
}

/// Returns a cell of that format.
fn cell(words: &str) -> String {
    format!(
        "<table:table-cell office:value-type=\"string\"><text:p>{words}</text:p></table:table-cell>"
    )
}

#[test]
fn the_other_open_format_is_read_when_it_hides_nothing() {
    let rows = |attributes: &str, words: &str| {
        format!("<table:table-row {attributes}>{}{}</table:table-row>", cell("村名"), cell(words))
    };
    let outcome = attach("表.ods", &ods(&rows("", "说明"), ""));
    let bytes = published_as(&outcome, "表.xlsx");
    bare(bytes, MARK);
    assert_eq!(cells(bytes)[0][1], Data::String("说明".to_owned()));
    let hidden = ods(&rows("table:visibility=\"collapse\"", "说明"), "");
    refused(&attach("表.ods", &hidden), "unsafe-attachment", "隐藏");
    let hidden = "<style:style><style:table-properties table:display=\"false\"/></style:style>";
    refused(&attach("表.ods", &ods(&rows("", "说明"), hidden)), "unsafe-attachment", "隐藏");
    let number = id_number(&mut Dice::new(7));
    refused(
        &attach("表.ods", &ods(&rows("", &number), "")),
        "unsafe-attachment",
        "第1行B列有身份证号",
    );
    let many = rows("table:number-rows-repeated=\"1048576\"", "说明");
    let outcome = attach("表.ods", &ods(&many, ""));
    refused(&outcome, "unchecked-attachment", "太大");
    assert_eq!(published(&outcome), []);
}
