//! Compound files of old office programs: `.doc`, `.xls`, `.ppt`, `.msg`.

use crate::decode::text::stretches;
use crate::decode::{Budget, Decoder, Part, Unopened};

/// Knows compound files. Their texts can be cut into pieces, compressed and reordered, so that finding
/// nothing in them proves nothing: the stretches of text are searched, and the file stays closed.
pub(super) struct Ole;

impl Decoder for Ole {
    fn name(&self) -> &'static str {
        "ole"
    }

    fn opens(&self, _name: &str, bytes: &[u8]) -> bool {
        bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    }

    fn open(&self, _name: &str, bytes: &[u8], budget: &mut Budget) -> Result<Vec<Part>, Unopened> {
        // The name of the stream by which an encrypted file of the newer programs is known.
        let sign: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        if bytes.windows(sign.len()).any(|window| window == sign) {
            return Err(Unopened::Encrypted);
        }
        let words = stretches(bytes);
        budget.take(words.len())?;
        Ok(vec![Part::new("", words), Part::new(UNSURE, b"\0")])
    }
}

/// The name of a part that stands for what could not be read.
const UNSURE: &str = "unread";

#[cfg(test)]
mod tests {
    use super::Ole;
    use crate::decode::{Budget, Closed, Decoder as _, Unopened, walk};

    #[test]
    fn words_come_out_and_the_file_stays_closed() {
        let wide =
            |words: &str| words.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let sign = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice();
        let bytes = [sign, &wide("示例名字"), b"\0\0plain words\0"].concat();
        let mut seen = String::new();
        let closed = walk(&[&Ole], "a.xls", &bytes, &mut |view| {
            seen.push_str(&String::from_utf8_lossy(view.bytes));
        });
        assert!(seen.contains("示例名字") && seen.contains("plain words"));
        assert_eq!(closed, [Closed { way: vec!["ole"], why: Unopened::Unknown }]);
        let locked = [sign, &wide("EncryptedPackage")].concat();
        assert_eq!(Ole.open("", &locked, &mut Budget::default()), Err(Unopened::Encrypted));
    }
}
