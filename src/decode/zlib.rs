//! Data compressed with deflate in the wrapping of zlib.

use flate2::read::ZlibDecoder;

use crate::decode::text::is_zlib;
use crate::decode::{Budget, Decoder, Part, Unopened};

/// Opens zlib.
pub(super) struct Zlib;

impl Decoder for Zlib {
    fn name(&self) -> &'static str {
        "zlib"
    }

    fn opens(&self, _name: &str, bytes: &[u8]) -> bool {
        // The head has only two bytes, and words begin with some of them: a few bytes are tried.
        let mut first = [0; 16];
        is_zlib(bytes)
            && std::io::Read::read(&mut ZlibDecoder::new(bytes), &mut first)
                .is_ok_and(|read| read > 0)
    }

    fn open(&self, _name: &str, bytes: &[u8], budget: &mut Budget) -> Result<Vec<Part>, Unopened> {
        Ok(vec![Part::new("", budget.read(ZlibDecoder::new(bytes))?)])
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;

    use super::Zlib;
    use crate::decode::{Budget, Decoder as _};

    #[test]
    fn compressed_text_opens_and_prose_does_not() {
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
        packed.write_all("示例".as_bytes()).expect("memory takes it");
        let packed = packed.finish().expect("memory takes it");
        assert!(Zlib.opens("", &packed));
        let parts = Zlib.open("", &packed, &mut Budget::default()).expect("it opens");
        assert_eq!(parts[0].bytes, "示例".as_bytes());
        assert!(!Zlib.opens("", b"x\x01 is no head") && !Zlib.opens("", b"hCopper"));
    }
}
