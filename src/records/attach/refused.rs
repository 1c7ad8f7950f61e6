//! Files that no treatment takes: what they are and what to do instead.

use crate::records::attach::{Fault, Original};
use crate::text::Phrase;

/// Returns why a file of this ending stays behind.
pub(super) fn fault(original: &Original<'_>, ending: &str) -> Fault {
    let known = original
        .measures
        .refused
        .iter()
        .find(|refused| refused.endings.iter().any(|known| known == ending));
    match known {
        Some(refused) => Fault::unread(
            Phrase::new(
                format!("这个附件是{},不能检查,不会放到网上", refused.label.zh),
                format!(
                    "this attachment is {}; it cannot be searched, so it is not put online",
                    refused.label.en
                ),
            ),
            refused.help.clone(),
        ),
        None => Fault::unread(
            Phrase::new(
                "不认识这种附件,不能检查,不会放到网上",
                "files of this sort cannot be searched, so this attachment is not put online",
            ),
            Phrase::new(
                "另存为 .xlsx、.docx、.pdf、.jpg、.png、.csv 或 .txt,再放进来",
                "save it as .xlsx, .docx, .pdf, .jpg, .png, .csv or .txt",
            ),
        ),
    }
}
