//! GIF pictures: what is written beside the picture. The picture itself is not read.

use crate::decode::text::stretches;
use crate::decode::{Budget, Decoder, Part, Unopened};

/// Opens GIF: comments, texts, extensions of programs, and what comes after the end.
pub(super) struct Gif;

impl Decoder for Gif {
    fn name(&self) -> &'static str {
        "gif"
    }

    fn opens(&self, _name: &str, bytes: &[u8]) -> bool {
        bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a")
    }

    fn open(&self, _name: &str, bytes: &[u8], budget: &mut Budget) -> Result<Vec<Part>, Unopened> {
        let byte = |at: usize| bytes.get(at).copied().ok_or(Unopened::Damaged);
        let mut parts = Vec::new();
        let mut at = 13 + colours(byte(10)?);
        loop {
            match byte(at)? {
                0x21 => {
                    let (content, end) = blocks(bytes, at + 2)?;
                    // XMP breaks the rule of blocks: the bytes as they stand are read as well.
                    let raw = stretches(bytes.get(at..end).unwrap_or(&[]));
                    parts.push(Part::new("", [stretches(&content), raw].concat()));
                    at = end;
                }
                0x2c => {
                    let data = at + 10 + colours(byte(at + 9)?) + 1;
                    at = blocks(bytes, data)?.1;
                }
                0x3b => break,
                _ => return Err(Unopened::Damaged),
            }
        }
        let rest = bytes.get(at + 1..).unwrap_or(&[]);
        if !rest.is_empty() {
            budget.take(rest.len())?;
            parts.push(Part::new("", rest));
        }
        Ok(parts)
    }
}

/// Returns how many bytes the table of colours takes.
fn colours(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// Returns what stands in blocks, and where they end.
fn blocks(bytes: &[u8], mut at: usize) -> Result<(Vec<u8>, usize), Unopened> {
    let mut content = Vec::new();
    loop {
        let length = usize::from(*bytes.get(at).ok_or(Unopened::Damaged)?);
        at += 1;
        if length == 0 {
            return Ok((content, at));
        }
        content.extend_from_slice(bytes.get(at..at + length).ok_or(Unopened::Damaged)?);
        at += length;
    }
}

#[cfg(test)]
mod tests {
    use super::Gif;
    use crate::decode::{Budget, Decoder as _, Unopened};

    #[test]
    fn comments_across_blocks_and_what_follows_come_out() {
        let bytes = [
            b"GIF89a\x01\0\x01\0\x80\0\0".as_slice(),
            &[0; 6],
            b"\x21\xfe\x05some-\x05words\0",
            b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0\x3btrailing",
        ]
        .concat();
        let parts = Gif.open("", &bytes, &mut Budget::default()).expect("it opens");
        assert!(parts[0].bytes.starts_with(b"some-words\n"));
        assert_eq!(parts[1].bytes, b"trailing");
        assert_eq!(Gif.open("", &bytes[..30], &mut Budget::default()), Err(Unopened::Damaged));
    }
}
