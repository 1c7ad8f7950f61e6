//! The parts of a packed document, read within a budget.

use std::io::{Cursor, Read as _, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::decode::Unopened;

/// One part: its name inside, and its bytes.
pub(super) struct Entry {
    /// The name.
    pub(super) name: String,
    /// The bytes.
    pub(super) bytes: Vec<u8>,
}

impl Entry {
    /// Returns the bytes as text, if they are UTF-8.
    pub(super) fn text(&self) -> Option<&str> {
        let text = std::str::from_utf8(&self.bytes).ok()?;
        Some(text.strip_prefix('\u{feff}').unwrap_or(text))
    }

    /// Returns the ending of the name, in lower case.
    pub(super) fn ending(&self) -> String {
        self.name.rsplit_once('.').map_or_else(String::new, |(_, ending)| ending.to_lowercase())
    }
}

/// Returns the parts of a packed document, in its order.
pub(super) fn unpack(bytes: &[u8], largest: usize) -> Result<Vec<Entry>, Unopened> {
    // An office document with a password is wrapped in a container of the old format.
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(Unopened::Encrypted);
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unopened::Damaged)?;
    let mut left = largest;
    let mut entries = Vec::with_capacity(archive.len());
    for index in 0..archive.len() {
        let file = archive.by_index(index).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(_) => Unopened::Encrypted,
            _ => Unopened::Damaged,
        })?;
        if file.is_dir() {
            continue;
        }
        let name = file.name().map_err(|_| Unopened::Damaged)?.into_owned();
        let mut inner = Vec::new();
        let limit = left as u64 + 1;
        file.take(limit).read_to_end(&mut inner).map_err(|_| Unopened::Damaged)?;
        left = left.checked_sub(inner.len()).ok_or(Unopened::TooLarge)?;
        entries.push(Entry { name, bytes: inner });
    }
    Ok(entries)
}

/// Packs parts into a document: the same parts give the same bytes. `stored` names the part that
/// comes first and is not compressed, if the format wants one.
pub(super) fn pack(mut entries: Vec<Entry>, stored: Option<&str>) -> Option<Vec<u8>> {
    entries.sort_by_key(|entry| (Some(entry.name.as_str()) != stored, entry.name != TYPES));
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let plain = SimpleFileOptions::default()
        .last_modified_time(zip::DateTime::default())
        .unix_permissions(0o644);
    for entry in entries {
        let method = if Some(entry.name.as_str()) == stored {
            CompressionMethod::Stored
        } else {
            CompressionMethod::Deflated
        };
        writer.start_file(entry.name, plain.compression_method(method)).ok()?;
        writer.write_all(&entry.bytes).ok()?;
    }
    Some(writer.finish().ok()?.into_inner())
}

/// The part that readers of office documents look at first.
const TYPES: &str = "[Content_Types].xml";
