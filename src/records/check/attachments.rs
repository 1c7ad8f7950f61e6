//! Attachments that cannot be searched word by word, and so are not put online.

use crate::diag::code::UNCHECKED_ATTACHMENT;
use crate::diag::{Finding, Report};
use crate::records::check::Book;
use crate::text::Phrase;

/// Checks every attachment that a record names.
pub(super) fn check(book: &Book<'_>, report: &mut Report) {
    for record in book.catalog.records() {
        let kind = record.kind_of(book.schema);
        for cell in &record.cells {
            if kind.fields[cell.field].type_name() != FILE {
                continue;
            }
            for (number, value) in cell.values.iter().enumerate() {
                let Some(path) = value.words() else {
                    continue;
                };
                if book.attachments.contains_key(path) {
                    continue;
                }
                let range = cell.each.get(number).unwrap_or(&cell.range);
                let message = Phrase::new(
                    "这个附件不能逐字检查,不会放到网上",
                    "this attachment cannot be searched word by word, so it is not put online",
                );
                report.push(
                    Finding::new(UNCHECKED_ATTACHMENT, record.span(range), message).help(Phrase::new(
                        "另存为 .csv 或 .txt(UTF-8),或者在备注里写明原件到哪里查看",
                        "save it as .csv or .txt in UTF-8, or say in the note where the original can be seen",
                    )),
                );
            }
        }
    }
}

/// The type of fields that name files.
const FILE: &str = "file";
