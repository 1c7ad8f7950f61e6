//! Files compressed with gzip.

use flate2::read::MultiGzDecoder;

use crate::decode::text::stretches;
use crate::decode::{Budget, Decoder, Part, Unopened};

/// Opens gzip: what is inside, and the name and comment of its head.
pub(super) struct Gzip;

impl Decoder for Gzip {
    fn name(&self) -> &'static str {
        "gzip"
    }

    fn opens(&self, _name: &str, bytes: &[u8]) -> bool {
        bytes.starts_with(&[0x1f, 0x8b])
    }

    fn open(&self, name: &str, bytes: &[u8], budget: &mut Budget) -> Result<Vec<Part>, Unopened> {
        let mut decoder = MultiGzDecoder::new(bytes);
        let inner = budget.read(&mut decoder)?;
        let mut parts = vec![Part::new(name.strip_suffix(".gz").unwrap_or(name), inner)];
        if let Some(head) = decoder.header() {
            let words = [head.filename(), head.comment(), head.extra()];
            let words = words.into_iter().flatten().flat_map(stretches).collect::<Vec<u8>>();
            parts.extend((!words.is_empty()).then(|| Part::new("", words)));
        }
        Ok(parts)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::{Compression, GzBuilder};

    use super::Gzip;
    use crate::decode::{Budget, Decoder as _, Unopened};

    #[test]
    fn content_name_and_comment_come_out() {
        let mut packed = GzBuilder::new()
            .filename("list.txt")
            .comment("word")
            .write(Vec::new(), Compression::fast());
        packed.write_all("示例".as_bytes()).expect("memory takes it");
        let packed = packed.finish().expect("memory takes it");
        let parts = Gzip.open("a.txt.gz", &packed, &mut Budget::default()).expect("it opens");
        assert_eq!(
            (parts[0].name.as_str(), parts[0].bytes.as_slice()),
            ("a.txt", "示例".as_bytes())
        );
        assert_eq!(parts[1].bytes, b"list.txt\nword\n");
        let broken = &packed[..packed.len() - 9];
        assert_eq!(Gzip.open("", broken, &mut Budget::default()), Err(Unopened::Damaged));
    }
}
