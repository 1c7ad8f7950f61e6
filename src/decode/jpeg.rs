//! JPEG pictures: what is written beside the picture. The picture itself is not read.

use crate::decode::text::stretches;
use crate::decode::{Budget, Decoder, Part, Unopened};

/// Opens JPEG: comments, EXIF, XMP, IPTC, every other piece of a program, and what comes after the
/// end.
pub(super) struct Jpeg;

impl Decoder for Jpeg {
    fn name(&self) -> &'static str {
        "jpeg"
    }

    fn opens(&self, _name: &str, bytes: &[u8]) -> bool {
        bytes.starts_with(b"\xff\xd8\xff")
    }

    fn open(&self, _name: &str, bytes: &[u8], budget: &mut Budget) -> Result<Vec<Part>, Unopened> {
        let mut parts = Vec::new();
        let mut at = 2;
        loop {
            // Fill bytes, and the picture's own data, in which FF is followed by 00 or a restart.
            while bytes.get(at) != Some(&0xff)
                || matches!(bytes.get(at + 1), Some(0x00 | 0xd0..=0xd7 | 0xff))
            {
                at += 1;
                if at + 1 >= bytes.len() {
                    return Err(Unopened::Damaged);
                }
            }
            let marker = *bytes.get(at + 1).ok_or(Unopened::Damaged)?;
            at += 2;
            if marker == 0xd9 {
                break;
            }
            let length = bytes.get(at..at + 2).ok_or(Unopened::Damaged)?;
            let length = usize::from(u16::from_be_bytes([length[0], length[1]]));
            let segment = bytes.get(at + 2..at + length.max(2)).ok_or(Unopened::Damaged)?;
            at += length.max(2);
            if matches!(marker, 0xe0..=0xef | 0xfe) {
                parts.push(note(segment));
            }
        }
        if at < bytes.len() {
            budget.take(bytes.len() - at)?;
            parts.push(Part::new("", &bytes[at..]));
        }
        Ok(parts)
    }
}

/// Returns what a program wrote.
fn note(segment: &[u8]) -> Part {
    match segment.strip_prefix(b"Exif\0\0") {
        Some(exif) => Part::new("exif", exif),
        None => match segment.strip_prefix(b"http://ns.adobe.com/xap/1.0/\0") {
            Some(xmp) => Part::new("xmp.xml", xmp),
            None => Part::new("", stretches(segment)),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::Jpeg;
    use crate::decode::{Budget, Decoder as _, Unopened};

    #[test]
    fn comments_xmp_and_what_follows_come_out() {
        let segment = |marker: u8, content: &[u8]| {
            let length = u16::try_from(content.len() + 2).expect("a short piece");
            [&[0xff, marker], length.to_be_bytes().as_slice(), content].concat()
        };
        let bytes = [
            b"\xff\xd8".to_vec(),
            segment(0xfe, "示例名".as_bytes()),
            segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0<x>xmp</x>"),
            segment(0xed, b"Photoshop 3.0\08BIM\x04\x04\0\0\0\x0biptcword"),
            segment(0xda, b"\0\0"),
            b"\x12\xff\x00\x34\xff\xd0\x56\xff\xd9trailing".to_vec(),
        ]
        .concat();
        let parts = Jpeg.open("", &bytes, &mut Budget::default()).expect("it opens");
        let all = parts.iter().map(|part| String::from_utf8_lossy(&part.bytes)).collect::<String>();
        for words in ["示例名", "<x>xmp</x>", "iptcword", "trailing"] {
            assert!(all.contains(words), "{words}");
        }
        let cut = &bytes[..bytes.len() - 9];
        assert_eq!(Jpeg.open("", cut, &mut Budget::default()), Err(Unopened::Damaged));
    }
}
