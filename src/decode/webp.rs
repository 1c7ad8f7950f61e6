//! WebP pictures: what is written beside the picture. The picture itself is not read.

use crate::decode::text::stretches;
use crate::decode::{Budget, Decoder, Part, Unopened};

/// Opens WebP: EXIF, XMP, every piece it does not know, and what comes after the end.
pub(super) struct Webp;

/// Pieces that hold the picture and nothing else.
const PICTURE: [&[u8]; 6] = [b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"];

impl Decoder for Webp {
    fn name(&self) -> &'static str {
        "webp"
    }

    fn opens(&self, _name: &str, bytes: &[u8]) -> bool {
        bytes.starts_with(b"RIFF") && bytes.get(8..12).is_some_and(|sign| sign == b"WEBP")
    }

    fn open(&self, _name: &str, bytes: &[u8], budget: &mut Budget) -> Result<Vec<Part>, Unopened> {
        let number = |at: usize| -> Result<usize, Unopened> {
            let four = bytes.get(at..at + 4).and_then(|four| four.try_into().ok());
            Ok(u32::from_le_bytes(four.ok_or(Unopened::Damaged)?) as usize)
        };
        let end = number(4)?.checked_add(8).filter(|end| *end <= bytes.len());
        let end = end.ok_or(Unopened::Damaged)?;
        let mut parts = Vec::new();
        let mut at = 12;
        while at < end {
            let length = number(at + 4)?;
            let kind = &bytes[at..at + 4];
            let content = bytes.get(at + 8..at + 8 + length).ok_or(Unopened::Damaged)?;
            match kind {
                b"EXIF" => {
                    parts.push(Part::new(
                        "exif",
                        content.strip_prefix(b"Exif\0\0").unwrap_or(content),
                    ));
                }
                b"XMP " => parts.push(Part::new("xmp.xml", content)),
                kind if PICTURE.contains(&kind) => {}
                _ => parts.push(Part::new("", stretches(content))),
            }
            at += 8 + length + length % 2;
        }
        if end < bytes.len() {
            budget.take(bytes.len() - end)?;
            parts.push(Part::new("", &bytes[end..]));
        }
        Ok(parts)
    }
}

#[cfg(test)]
mod tests {
    use super::Webp;
    use crate::decode::{Budget, Decoder as _, Unopened};

    #[test]
    fn xmp_strange_pieces_and_what_follows_come_out() {
        let bytes =
            b"RIFF\x2a\0\0\0WEBPVP8 \x02\0\0\0\0\0XMP \x07\0\0\0<x>y</x\0JUNK\x04\0\0\0wordafter"
                .to_vec();
        let parts = Webp.open("", &bytes, &mut Budget::default()).expect("it opens");
        let texts: Vec<&[u8]> = parts.iter().map(|part| part.bytes.as_slice()).collect();
        assert_eq!(texts, [b"<x>y</x".as_slice(), b"word\n", b"after"]);
        assert_eq!(Webp.open("", &bytes[..40], &mut Budget::default()), Err(Unopened::Damaged));
    }
}
