//! Files compressed with Zstandard.

use std::io::Read;

use ruzstd::decoding::StreamingDecoder;

use crate::decode::text::stretches;
use crate::decode::{Budget, Decoder, Part, Unopened};

/// Opens Zstandard: every frame, and what stands in frames that programs skip.
pub(super) struct Zstd;

/// The sign of a frame.
const FRAME: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

impl Decoder for Zstd {
    fn name(&self) -> &'static str {
        "zstd"
    }

    fn opens(&self, _name: &str, bytes: &[u8]) -> bool {
        bytes.starts_with(&FRAME) || is_skippable(bytes)
    }

    fn open(&self, name: &str, bytes: &[u8], budget: &mut Budget) -> Result<Vec<Part>, Unopened> {
        let (mut inner, mut skipped) = (Vec::new(), Vec::new());
        let mut rest = bytes;
        while !rest.is_empty() {
            if is_skippable(rest) {
                let length = rest.get(4..8).and_then(|bytes| bytes.try_into().ok());
                let length = u32::from_le_bytes(length.ok_or(Unopened::Damaged)?) as usize;
                skipped.extend(stretches(rest.get(8..8 + length).ok_or(Unopened::Damaged)?));
                rest = &rest[8 + length..];
                continue;
            }
            let mut frame = StreamingDecoder::new(rest).map_err(|_| Unopened::Damaged)?;
            inner.extend(budget.read(Read::by_ref(&mut frame))?);
            rest = frame.into_inner();
        }
        let mut parts = vec![Part::new(name.strip_suffix(".zst").unwrap_or(name), inner)];
        parts.extend((!skipped.is_empty()).then(|| Part::new("", skipped)));
        Ok(parts)
    }
}

/// Returns whether a frame begins here that programs skip.
fn is_skippable(bytes: &[u8]) -> bool {
    matches!(bytes, [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..])
}

#[cfg(test)]
mod tests {
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    use super::Zstd;
    use crate::decode::{Budget, Decoder as _, Unopened};

    #[test]
    fn every_frame_opens() {
        let packed = compress_to_vec("示例".as_bytes(), CompressionLevel::Fastest);
        let skipped = [b"\x50\x2a\x4d\x18\x04\0\0\0word".as_slice()].concat();
        let both = [skipped.as_slice(), &packed, &packed].concat();
        let parts = Zstd.open("a.txt.zst", &both, &mut Budget::default()).expect("it opens");
        assert_eq!(
            (parts[0].name.as_str(), parts[0].bytes.as_slice()),
            ("a.txt", "示例示例".as_bytes())
        );
        assert_eq!(parts[1].bytes, b"word\n");
        assert_eq!(Zstd.open("", &packed[..5], &mut Budget::default()), Err(Unopened::Damaged));
    }
}
