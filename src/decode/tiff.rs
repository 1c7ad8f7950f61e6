//! TIFF pictures, and EXIF, which is written in the same way.

use crate::decode::text::stretches;
use crate::decode::{Budget, Decoder, Part, Unopened};

/// Opens TIFF and EXIF: every stretch of text in it, of one byte or two bytes a letter, and the place
/// where a picture was taken.
pub(super) struct Tiff;

impl Decoder for Tiff {
    fn name(&self) -> &'static str {
        "tiff"
    }

    fn opens(&self, name: &str, bytes: &[u8]) -> bool {
        bytes.starts_with(b"II*\0") || bytes.starts_with(b"MM\0*") || name == "exif"
    }

    fn open(&self, name: &str, bytes: &[u8], budget: &mut Budget) -> Result<Vec<Part>, Unopened> {
        // A scanned page is a picture whose words nobody here can read.
        if name != "exif" && bytes.len() > LARGEST {
            return Err(Unopened::Unknown);
        }
        let words = stretches(bytes);
        budget.take(words.len())?;
        Ok(vec![Part::new("", words)])
    }
}

/// A file with more bytes holds a picture, which may be compressed text as well as anything.
const LARGEST: usize = 256 << 10;

#[cfg(test)]
mod tests {
    use super::Tiff;
    use crate::decode::{Budget, Decoder as _, Unopened};

    #[test]
    fn words_of_both_widths_come_out() {
        let wide: Vec<u8> = "示例名字".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let bytes = [b"II*\0\x08\0\0\0camera of someone\0".as_slice(), &wide, b"\0\0"].concat();
        assert!(Tiff.opens("", &bytes) && Tiff.opens("exif", b""));
        let parts = Tiff.open("", &bytes, &mut Budget::default()).expect("it opens");
        let words = String::from_utf8_lossy(&parts[0].bytes).into_owned();
        assert!(words.contains("camera of someone") && words.contains("示例名字"), "{words}");
        let large = [bytes, vec![0; 300 << 10]].concat();
        assert_eq!(Tiff.open("", &large, &mut Budget::default()), Err(Unopened::Unknown));
    }
}
