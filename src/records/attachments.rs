//! Attachments: files that records name, and which of them can be looked through.
//!
//! A file goes onto the site only if the gate can read every word of it. Plain text and tables in
//! plain text can be read; everything else stays behind until it can be searched too.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::files::Files;
use crate::records::document::ATTACHMENTS_FOLDER;

/// The endings of files that can be read word by word.
const READABLE: [&str; 5] = ["txt", "csv", "md", "json", "tsv"];

/// The readable attachments of a register, by their path below `attachments/`.
pub(in crate::records) type Attachments = BTreeMap<String, Arc<[u8]>>;

/// Returns the attachments that can be read.
pub(in crate::records) fn readable(files: &Files) -> Attachments {
    files
        .iter()
        .filter_map(|(path, bytes)| {
            let name = path.strip_prefix(ATTACHMENTS_FOLDER)?;
            can_be_read(name, bytes).then(|| (name.to_owned(), Arc::from(bytes)))
        })
        .collect()
}

/// Returns whether every word of a file can be read.
fn can_be_read(name: &str, bytes: &[u8]) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    READABLE.contains(&ending) && std::str::from_utf8(bytes).is_ok()
}
