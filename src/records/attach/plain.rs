//! Plain text and tables in plain text: published as they are, when nothing personal stands in them.

use crate::records::attach::columns::{self, Table};
use crate::records::attach::{Copy, Fault, Original, Treatment, lines};
use crate::text::Phrase;

/// Plain text.
pub(super) struct Plain;

impl Treatment for Plain {
    fn label(&self) -> Phrase {
        Phrase::new("文本", "text")
    }

    fn endings(&self) -> &'static [&'static str] {
        &["txt", "csv", "md", "json", "tsv"]
    }

    fn treat(&self, original: &Original<'_>) -> Result<Copy, Vec<Fault>> {
        let Ok(text) = std::str::from_utf8(original.bytes) else {
            return Err(vec![Fault::unread(
                Phrase::new(
                    "这个附件不是 UTF-8 编码,不能检查,不会放到网上",
                    "this attachment is not in UTF-8; it cannot be searched, so it is not put online",
                ),
                Phrase::new(
                    "用记事本打开,另存为,编码选 UTF-8",
                    "open it in a text editor and save it in UTF-8",
                ),
            )]);
        };
        let faults = match original.ending().as_str() {
            "csv" => table(text, b',', original),
            "tsv" => table(text, b'\t', original),
            "txt" | "md" => {
                lines::tables(text).iter().flat_map(|rows| columns_of(rows, original)).collect()
            }
            _ => Vec::new(),
        };
        // The words themselves are searched in the second look, like those of every copy.
        if faults.is_empty() {
            Ok(Copy { ending: None, bytes: original.bytes.to_vec(), picture: None })
        } else {
            Err(faults)
        }
    }
}

/// Returns the faults of a table's columns.
fn table(text: &str, delimiter: u8, original: &Original<'_>) -> Vec<Fault> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let rows: Vec<Vec<String>> = reader
        .records()
        .filter_map(Result::ok)
        .map(|record| record.iter().map(str::to_owned).collect())
        .collect();
    columns_of(&rows, original)
}

/// Returns the faults of the columns of some rows.
fn columns_of(rows: &[Vec<String>], original: &Original<'_>) -> Vec<Fault> {
    let place = |column: usize| {
        let number = column + 1;
        Phrase::new(format!("第{number}列"), format!("(column {number})"))
    };
    columns::check(&Table { rows, place: &place }, &original.measures.columns)
}
