//! What a text looks like from its bytes: whether it is one, and the stretches of text in what is none.

use std::io::Read as _;

use flate2::read::ZlibDecoder;

use crate::decode::{Budget, Part, Unopened};

/// Returns whether some bytes are a text in UTF-8: nothing in it but letters and white space.
pub(super) fn is_text(bytes: &[u8]) -> bool {
    !has_controls(bytes) && std::str::from_utf8(bytes).is_ok()
}

/// Returns whether some bytes hold signs that no text has.
pub(super) fn has_controls(bytes: &[u8]) -> bool {
    // Blocks are looked through without a branch: most of what is asked about is a long text.
    bytes.chunks(64).any(|block| block.iter().fold(false, |any, byte| any | is_control(*byte)))
}

/// Returns whether a byte stands in no text.
const fn is_control(byte: u8) -> bool {
    byte < b' ' && !(byte >= b'\t' && byte <= b'\r') && byte != 0x1b
}

/// Returns whether a text begins as HTML or XML does.
pub(super) fn begins_as_markup(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    matches!(bytes, [b'<', b'!' | b'?' | b'a'..=b'z' | b'A'..=b'Z', ..])
}

/// What comes out of signs that may be ordinary letters is chance when it has fewer bytes.
pub(super) const SURE_STRETCH: usize = 8;

/// Returns the stretches of UTF-8 in some bytes that are too long to be chance, each in its line.
pub(super) fn sure_stretches(bytes: &[u8]) -> Vec<u8> {
    let mut found = Vec::new();
    for chunk in bytes.utf8_chunks() {
        let stretches =
            chunk.valid().split(|letter: char| letter.is_control() && !letter.is_whitespace());
        for stretch in stretches.filter(|stretch| stretch.len() >= SURE_STRETCH) {
            found.extend_from_slice(stretch.as_bytes());
            found.push(b'\n');
        }
    }
    found
}

/// Returns what runs of signs stand for: each file as a part of its own, all texts as one.
pub(super) fn parts(
    found: impl Iterator<Item = Vec<u8>>,
    budget: &mut Budget,
) -> Result<Vec<Part>, Unopened> {
    let (mut parts, mut texts) = (Vec::new(), Vec::new());
    for inner in found {
        budget.bytes = budget.bytes.checked_sub(inner.len()).ok_or(Unopened::TooLarge)?;
        // What is no UTF-8 is read on its own: among other texts nobody could tell how it is written.
        if is_file(&inner) || !is_text(&inner) {
            budget.take(0)?;
            parts.push(Part::new("", inner));
        } else {
            texts.extend(inner);
            texts.push(b'\n');
        }
    }
    parts.extend((!texts.is_empty()).then(|| Part::new("", texts)));
    Ok(parts)
}

/// Stretches of text shorter than this are chance.
const STRETCH: usize = 4;

/// Returns the stretches of text in some bytes, each in its line: what is written in UTF-8 and what
/// is written in UTF-16.
pub(super) fn stretches(bytes: &[u8]) -> Vec<u8> {
    let mut found = Vec::new();
    for chunk in bytes.utf8_chunks() {
        let parts = chunk.valid().split(|letter: char| letter.is_control() && letter != '\t');
        for part in parts.filter(|part| part.len() >= STRETCH) {
            found.extend_from_slice(part.as_bytes());
            found.push(b'\n');
        }
    }
    for start in [0, 1] {
        let units = |order: fn([u8; 2]) -> u16| {
            bytes
                .get(start..)
                .unwrap_or(&[])
                .chunks_exact(2)
                .map(move |pair| order([pair[0], pair[1]]))
        };
        wide_stretches(units(u16::from_le_bytes), &mut found);
        wide_stretches(units(u16::from_be_bytes), &mut found);
    }
    found
}

/// Adds the stretches of text among units of UTF-16.
fn wide_stretches(units: impl Iterator<Item = u16>, found: &mut Vec<u8>) {
    let mut stretch = String::new();
    let mut flush = |stretch: &mut String| {
        // Two letters of one byte look like one of two bytes; those have been read already.
        let narrow = stretch.encode_utf16().all(|unit| unit.to_be_bytes().iter().all(is_sign));
        if !narrow && stretch.chars().count() >= STRETCH {
            found.extend_from_slice(stretch.as_bytes());
            found.push(b'\n');
        }
        stretch.clear();
    };
    for letter in char::decode_utf16(units) {
        match letter {
            Ok(letter) if is_common(letter) => stretch.push(letter),
            _ => flush(&mut stretch),
        }
    }
    flush(&mut stretch);
}

/// Returns whether a byte is a sign of ASCII that is seen.
const fn is_sign(byte: &u8) -> bool {
    byte.is_ascii_graphic() || *byte == b' '
}

/// Returns whether a letter is one that texts of these registers are made of.
fn is_common(letter: char) -> bool {
    matches!(letter, ' '..='~' | '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{3020}' | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF01}'..='\u{FF5E}' | '\u{20000}'..='\u{323AF}' | '·')
}

/// Returns whether what runs of signs stand for is a file. A digest may begin as zlib does by chance: that
/// counts if all of it can be inflated.
pub(super) fn is_file(bytes: &[u8]) -> bool {
    SIGNS.iter().any(|sign| bytes.starts_with(sign))
        || is_zlib(bytes)
            && std::io::copy(&mut ZlibDecoder::new(bytes).take(MOST), &mut std::io::sink()).is_ok()
}

/// Returns what can be inflated of some bytes that begin as zlib does and go on as something else.
pub(super) fn begun_zlib(bytes: &[u8]) -> Vec<u8> {
    let mut begun = Vec::new();
    if is_zlib(bytes) {
        // Whatever came out before the fault counts; the fault itself says nothing.
        let _broken_off = ZlibDecoder::new(bytes).take(MOST).read_to_end(&mut begun);
    }
    begun
}

/// So many inflated bytes prove that something is compressed.
const MOST: u64 = 1 << 20;

/// How files begin that wrap others.
const SIGNS: [&[u8]; 13] = [
    b"\x1f\x8b\x08",
    b"\x28\xb5\x2f\xfd",
    b"PK\x03\x04",
    b"%PDF-",
    b"\x89PNG\r\n",
    b"\xff\xd8\xff",
    b"GIF8",
    b"RIFF",
    b"II*\0",
    b"MM\0*",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"\xff\xfe",
    b"\xfe\xff",
];

/// Returns whether some bytes begin with the sign of a file that wraps others.
pub(super) fn begins_as_file(bytes: &[u8]) -> bool {
    SIGNS.iter().any(|sign| bytes.starts_with(sign)) || is_zlib(bytes)
}

/// Returns whether some bytes begin as zlib does.
pub(super) fn is_zlib(bytes: &[u8]) -> bool {
    match bytes {
        [
            method @ (0x08 | 0x18 | 0x28 | 0x38 | 0x48 | 0x58 | 0x68 | 0x78),
            flags,
            _,
            _,
            _,
            _,
            ..,
        ] => flags & 0x20 == 0 && (u16::from(*method) * 256 + u16::from(*flags)) % 31 == 0,
        _ => false,
    }
}

/// Finds the runs of signs of one set that are at least `least` long.
pub fn runs<'b>(
    bytes: &'b [u8],
    least: usize,
    is_in: impl Fn(u8) -> bool + 'b,
) -> impl Iterator<Item = std::ops::Range<usize>> + 'b {
    let mut at = 0;
    std::iter::from_fn(move || {
        // A run of that length covers one of the places that lie so far apart.
        while at + least <= bytes.len() {
            let probe = at + least - 1;
            if !is_in(bytes[probe]) {
                at = probe + 1;
                continue;
            }
            let mut start = probe;
            while start > at && is_in(bytes[start - 1]) {
                start -= 1;
            }
            let mut end = probe + 1;
            while end < bytes.len() && is_in(bytes[end]) {
                end += 1;
            }
            at = end;
            if end - start >= least {
                return Some(start..end);
            }
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::{has_controls, is_text, runs, stretches};

    #[test]
    fn texts_are_told_from_other_files() {
        assert!(is_text("示例\r\n\tx".as_bytes()) && is_text(b""));
        assert!(!is_text(b"\0asm\x01\0\0\0") && !is_text(b"\xff\xfe"));
        assert!(has_controls(
            b"0123456789012345678901234567890123456789012345678901234567890123456789\x01"
        ));
    }

    #[test]
    fn runs_are_whole() {
        let digits = |text: &str| {
            let found = runs(text.as_bytes(), 4, |byte| byte.is_ascii_digit());
            found.map(|range| text[range].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(digits("123 1234 x12345678y123456"), ["1234", "12345678", "123456"]);
        assert_eq!(digits("1234"), ["1234"]);
        assert!(digits("123x123x").is_empty() && digits("").is_empty());
    }

    #[test]
    fn stretches_of_both_widths_are_found() {
        let wide: Vec<u8> = "甲乙丙丁".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let bytes = [b"\0\x01abcd\0".as_slice(), &wide, b"\0\0"].concat();
        let found = String::from_utf8(stretches(&bytes)).expect("stretches are text");
        assert!(found.contains("abcd") && found.contains("甲乙丙丁"), "{found}");
    }
}
