//! Zip archives, and with them the files of office programs.

use std::io::Cursor;
use std::ops::Range;

use ::zip::ZipArchive;
use ::zip::result::ZipError;

use crate::decode::text::stretches;
use crate::decode::{Budget, Decoder, Part, Unopened};

/// Opens zip: every entry; names, comments and further fields as one text.
///
/// An archive in which one name stands twice, or in which there are entries that its list does not
/// name, shows different things to different programs, and counts as damaged.
pub(super) struct Zip;

/// The sign of an entry.
const ENTRY: &[u8] = b"PK\x03\x04";

impl Decoder for Zip {
    fn name(&self) -> &'static str {
        "zip"
    }

    fn opens(&self, _name: &str, bytes: &[u8]) -> bool {
        bytes.starts_with(ENTRY) || bytes.starts_with(b"PK\x05\x06")
    }

    fn open(&self, _name: &str, bytes: &[u8], budget: &mut Budget) -> Result<Vec<Part>, Unopened> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| why(&error))?;
        // Empty entries take no bytes of the budget, only a place each.
        if archive.len() > budget.parts {
            return Err(Unopened::TooLarge);
        }
        if archive.has_duplicate_names() {
            return Err(Unopened::Damaged);
        }
        let mut parts = Vec::new();
        let mut words = stretches(archive.comment());
        let mut known: Vec<Range<usize>> = Vec::new();
        for index in 0..archive.len() {
            let file = archive.by_index(index).map_err(|error| why(&error))?;
            words.extend_from_slice(file.name_raw());
            words.push(b'\n');
            words.extend(stretches(file.comment_raw()));
            words.extend(stretches(&file.extra_data().unwrap_or_default()));
            known.push(place(&file).ok_or(Unopened::Damaged)?);
            let name = file.name().map_or_else(|_| String::new(), |name| name.to_string());
            if file.is_dir() {
                continue;
            }
            parts.push(Part { name, bytes: budget.read(file)? });
        }
        if strays(bytes, &known) {
            return Err(Unopened::Damaged);
        }
        parts.push(Part::new("", words));
        Ok(parts)
    }
}

/// Returns where an entry stands in the archive.
fn place<R: std::io::Read>(file: &::zip::read::ZipFile<'_, R>) -> Option<Range<usize>> {
    let start = usize::try_from(file.header_start()).ok()?;
    let end = file.data_start()?.checked_add(file.compressed_size())?;
    Some(start..usize::try_from(end).ok()?)
}

/// Returns whether there is an entry where the list of the archive names none.
fn strays(bytes: &[u8], known: &[Range<usize>]) -> bool {
    let mut known = known.to_vec();
    known.sort_by_key(|range| range.start);
    let mut at = 0;
    for range in known.iter().chain([&(bytes.len()..bytes.len())]) {
        let gap = bytes.get(at..range.start).unwrap_or(&[]);
        if gap.windows(ENTRY.len()).any(|window| window == ENTRY) {
            return true;
        }
        at = at.max(range.end);
    }
    false
}

/// Returns why an archive could not be opened.
fn why(error: &ZipError) -> Unopened {
    match error {
        ZipError::InvalidPassword => Unopened::Encrypted,
        ZipError::UnsupportedArchive(words) if *words == ZipError::PASSWORD_REQUIRED => {
            Unopened::Encrypted
        }
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => {
            Unopened::Unknown
        }
        _ => Unopened::Damaged,
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};

    use ::zip::ZipWriter;
    use ::zip::write::SimpleFileOptions;

    use super::Zip;
    use crate::decode::{Budget, Decoder as _, Unopened};

    /// Packs files.
    fn packed(files: &[(&str, &[u8])], comment: &str) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            writer.start_file(*name, SimpleFileOptions::default()).expect("memory takes it");
            writer.write_all(bytes).expect("memory takes it");
        }
        writer.set_comment(comment).expect("a short comment");
        writer.finish().expect("memory takes it").into_inner()
    }

    #[test]
    fn entries_names_and_comments_come_out() {
        let bytes = packed(&[("甲/a.txt", "示例".as_bytes()), ("b", b"x")], "word of mouth");
        assert!(Zip.opens("", &bytes));
        let parts = Zip.open("", &bytes, &mut Budget::default()).expect("it opens");
        let named: Vec<&str> = parts.iter().map(|part| part.name.as_str()).collect();
        assert_eq!(named, ["甲/a.txt", "b", ""]);
        assert_eq!(parts[0].bytes, "示例".as_bytes());
        let words = String::from_utf8(parts[2].bytes.clone()).expect("names are text");
        assert!(words.contains("甲/a.txt") && words.contains("word of mouth"), "{words}");
    }

    #[test]
    fn bombs_are_too_large() {
        let zeros = packed(&[("zeros", &vec![0; 4 << 20])], "");
        let mut small = Budget { bytes: 1 << 20, ..Budget::default() };
        assert_eq!(Zip.open("", &zeros, &mut small), Err(Unopened::TooLarge));
        let names: Vec<String> = (0..2000).map(|number| number.to_string()).collect();
        let files: Vec<(&str, &[u8])> =
            names.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
        let mut few = Budget { parts: 1000, ..Budget::default() };
        assert_eq!(Zip.open("", &packed(&files, ""), &mut few), Err(Unopened::TooLarge));
    }

    #[test]
    fn what_is_encrypted_or_hidden_is_not_passed_over() {
        let mut bytes = packed(&[("a", b"word")], "");
        let list =
            bytes.windows(4).position(|four| four == b"PK\x01\x02").expect("there is a list");
        let hidden = [&bytes[..list], &bytes].concat();
        assert_eq!(Zip.open("", &hidden, &mut Budget::default()), Err(Unopened::Damaged));
        // The flag of encryption, in the entry and in the list.
        bytes[6] |= 1;
        bytes[list + 8] |= 1;
        assert_eq!(Zip.open("", &bytes, &mut Budget::default()), Err(Unopened::Encrypted));
    }
}
