//! PNG pictures: what is written beside the picture. The picture itself is not read.

use flate2::read::ZlibDecoder;

use crate::decode::text::stretches;
use crate::decode::{Budget, Decoder, Part, Unopened};

/// Opens PNG: texts, times, EXIF, colour profiles' names, and what comes after the end.
pub(super) struct Png;

/// The sign of the file.
const SIGN: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Pieces that hold the picture and nothing else.
const PICTURE: [&[u8; 4]; 4] = [b"IHDR", b"PLTE", b"IDAT", b"tRNS"];

impl Decoder for Png {
    fn name(&self) -> &'static str {
        "png"
    }

    fn opens(&self, _name: &str, bytes: &[u8]) -> bool {
        bytes.starts_with(SIGN)
    }

    fn open(&self, _name: &str, bytes: &[u8], budget: &mut Budget) -> Result<Vec<Part>, Unopened> {
        let mut parts = Vec::new();
        let mut rest = &bytes[SIGN.len()..];
        loop {
            let (length, kind) = match rest {
                [a, b, c, d, w, x, y, z, ..] => {
                    (u32::from_be_bytes([*a, *b, *c, *d]), [*w, *x, *y, *z])
                }
                _ => return Err(Unopened::Damaged),
            };
            let end = (length as usize).checked_add(12).ok_or(Unopened::Damaged)?;
            let chunk = rest.get(8..end - 4).ok_or(Unopened::Damaged)?;
            rest = rest.get(end..).ok_or(Unopened::Damaged)?;
            if &kind == b"IEND" {
                break;
            }
            if !PICTURE.contains(&&kind) {
                piece(&kind, chunk, budget, &mut parts)?;
            }
        }
        if !rest.is_empty() {
            budget.take(rest.len())?;
            parts.push(Part::new("", rest));
        }
        Ok(parts)
    }
}

/// Reads one piece.
fn piece(
    kind: &[u8; 4],
    chunk: &[u8],
    budget: &mut Budget,
    parts: &mut Vec<Part>,
) -> Result<(), Unopened> {
    match kind {
        b"tIME" => {
            if let [high, low, month, day, hour, minute, second] = chunk {
                let year = u16::from_be_bytes([*high, *low]);
                let words = format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}");
                parts.push(Part::new("", words));
            }
        }
        b"eXIf" => parts.push(Part::new("exif", chunk)),
        _ => {
            // Texts are Latin-1 or UTF-8, and often UTF-8 where they should not be.
            parts.push(Part::new("", stretches(chunk)));
            // Whatever is compressed stands after a keyword and a few short fields.
            let starts = (1..chunk.len()).filter(|at| chunk[at - 1] == 0).take(8);
            let heads = starts.filter(|at| crate::decode::text::is_zlib(&chunk[*at..]));
            if let Some(at) = heads.take(1).next() {
                let inner = budget.read(ZlibDecoder::new(&chunk[at..]))?;
                let is_profile = kind == b"iCCP";
                parts.push(Part::new("", if is_profile { stretches(&inner) } else { inner }));
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;

    use super::{Png, SIGN};
    use crate::decode::{Budget, Decoder as _, Unopened};

    /// Returns one piece.
    fn chunk(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
        let length = u32::try_from(content.len()).expect("a short piece");
        [&length.to_be_bytes(), kind.as_slice(), content, &[0; 4]].concat()
    }

    #[test]
    fn texts_plain_and_compressed_and_what_follows_come_out() {
        let mut packed = ZlibEncoder::new(b"Comment\0\0".to_vec(), Compression::fast());
        packed.write_all(b"squeezed").expect("memory takes it");
        let packed = packed.finish().expect("memory takes it");
        let bytes = [
            SIGN.to_vec(),
            chunk(b"IHDR", &[0; 13]),
            chunk(b"tEXt", b"Author\0someone"),
            chunk(b"iTXt", "Title\0\0\0zh\0\0示例名".as_bytes()),
            chunk(b"zTXt", &packed),
            chunk(b"tIME", &[7, 233, 1, 2, 3, 4, 5]),
            chunk(b"IEND", b""),
            b"trailing".to_vec(),
        ]
        .concat();
        let parts = Png.open("", &bytes, &mut Budget::default()).expect("it opens");
        let all = parts.iter().map(|part| String::from_utf8_lossy(&part.bytes)).collect::<String>();
        for words in ["someone", "示例名", "squeezed", "2025-01-02 03:04:05", "trailing"] {
            assert!(all.contains(words), "{words}");
        }
        assert_eq!(Png.open("", &bytes[..60], &mut Budget::default()), Err(Unopened::Damaged));
    }
}
