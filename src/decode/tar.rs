//! Archives of tar.

use crate::decode::text::stretches;
use crate::decode::{Budget, Decoder, Part, Unopened};

/// Opens tar: every file, and the names, owners and links of all entries as one text.
pub(super) struct Tar;

impl Decoder for Tar {
    fn name(&self) -> &'static str {
        "tar"
    }

    fn opens(&self, name: &str, bytes: &[u8]) -> bool {
        // Archives of the oldest sort have no sign, only a sum.
        let old = name.ends_with(".tar") && bytes.len() >= 512;
        bytes.get(257..262).is_some_and(|sign| sign == b"ustar") || old
    }

    fn open(&self, _name: &str, bytes: &[u8], budget: &mut Budget) -> Result<Vec<Part>, Unopened> {
        let mut archive = ::tar::Archive::new(bytes);
        let (mut parts, mut words) = (Vec::new(), Vec::new());
        for entry in archive.entries().map_err(|_| Unopened::Damaged)? {
            let mut entry = entry.map_err(|_| Unopened::Damaged)?;
            words.extend_from_slice(&entry.path_bytes());
            words.push(b'\n');
            if let Some(link) = entry.link_name_bytes() {
                words.extend_from_slice(&link);
                words.push(b'\n');
            }
            words.extend(stretches(entry.header().as_bytes()));
            if let Ok(Some(extensions)) = entry.pax_extensions() {
                for extension in extensions.flatten() {
                    words.extend_from_slice(extension.value_bytes());
                    words.push(b'\n');
                }
            }
            let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            let is_file = entry.header().entry_type().is_file();
            let inner = budget.read(&mut entry)?;
            if is_file || !inner.is_empty() {
                parts.push(Part { name, bytes: inner });
            }
        }
        parts.push(Part::new("", words));
        Ok(parts)
    }
}

#[cfg(test)]
mod tests {
    use super::Tar;
    use crate::decode::{Budget, Decoder as _, Unopened};

    #[test]
    fn files_names_and_owners_come_out() {
        let mut builder = ::tar::Builder::new(Vec::new());
        let mut header = ::tar::Header::new_gnu();
        header.set_size(6);
        header.set_username("someone").expect("a short name");
        let long = format!("{}/a.txt", "d".repeat(150));
        builder.append_data(&mut header, &long, "示例".as_bytes()).expect("memory takes it");
        let bytes = builder.into_inner().expect("memory takes it");
        assert!(Tar.opens("", &bytes) && !Tar.opens("", b"ustar"));
        let parts = Tar.open("", &bytes, &mut Budget::default()).expect("it opens");
        assert_eq!(
            (parts[0].name.as_str(), parts[0].bytes.as_slice()),
            (long.as_str(), "示例".as_bytes())
        );
        let words = String::from_utf8_lossy(&parts[1].bytes).into_owned();
        assert!(words.contains(&long) && words.contains("someone"), "{words}");
        assert_eq!(Tar.open("", &bytes[..1100], &mut Budget::default()), Err(Unopened::Damaged));
    }
}
