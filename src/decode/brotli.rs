//! Files compressed with Brotli, which has no sign of its own: the name says it, or the text that
//! comes out.

use std::io::Read as _;

use brotli_decompressor::Decompressor;

use crate::decode::text::{begins_as_file, has_controls, is_text};
use crate::decode::{Budget, Decoder, Part, Unopened};

/// Opens Brotli.
pub(super) struct Brotli;

/// How much is unpacked at once.
const BLOCK: usize = 4096;

impl Decoder for Brotli {
    fn name(&self) -> &'static str {
        "brotli"
    }

    fn opens(&self, name: &str, bytes: &[u8]) -> bool {
        if name.ends_with(".br") {
            return true;
        }
        // No text, no file with a sign of its own: then a few bytes are tried.
        if bytes.is_empty() || begins_as_file(bytes) || is_text(bytes) {
            return false;
        }
        let mut first = [0; 256];
        let mut filled = 0;
        let mut source = Decompressor::new(bytes, BLOCK);
        while filled < first.len() {
            match source.read(&mut first[filled..]) {
                Ok(0) => break,
                Ok(read) => filled += read,
                Err(_) => return false,
            }
        }
        let first = &first[..filled];
        // The last letter may be cut off.
        let whole =
            std::str::from_utf8(first).err().is_none_or(|error| error.error_len().is_none());
        filled >= 4 && whole && !has_controls(first)
    }

    fn open(&self, name: &str, bytes: &[u8], budget: &mut Budget) -> Result<Vec<Part>, Unopened> {
        let inner = budget.read(Decompressor::new(bytes, BLOCK))?;
        Ok(vec![Part::new(name.strip_suffix(".br").unwrap_or(name), inner)])
    }
}

#[cfg(test)]
mod tests {
    use super::Brotli;
    use crate::decode::{Budget, Decoder as _, Unopened};

    /// Wraps a text of up to 64 KB as a stream that stores it as it is.
    fn stored(text: &[u8]) -> Vec<u8> {
        let length = u32::try_from(text.len() - 1).expect("a short text");
        // Window bits, not the last block, four nibbles of length, uncompressed; then the last.
        let head = length << 4 | 1 << 20;
        let mut bytes = head.to_le_bytes()[..3].to_vec();
        bytes.extend_from_slice(text);
        bytes.push(3);
        bytes
    }

    #[test]
    fn a_stream_opens_by_its_name_or_by_what_it_holds() {
        let packed = stored("示例的名单".as_bytes());
        assert!(Brotli.opens("x", &packed) && Brotli.opens("list.txt.br", &packed));
        let parts = Brotli.open("list.txt.br", &packed, &mut Budget::default()).expect("it opens");
        assert_eq!(
            (parts[0].name.as_str(), parts[0].bytes.as_slice()),
            ("list.txt", "示例的名单".as_bytes())
        );
        assert!(!Brotli.opens("x", "示例".as_bytes()) && !Brotli.opens("x", b"\x89PNG\r\n\x1a\n"));
        assert_eq!(
            Brotli.open("x.br", &packed[..6], &mut Budget::default()),
            Err(Unopened::Damaged)
        );
    }
}
