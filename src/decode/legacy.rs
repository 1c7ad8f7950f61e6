//! Texts in the encodings that came before UTF-8: GB18030 and Big5, and UTF-16 that has no mark.

use encoding_rs::{BIG5, Encoding, GB18030, UTF_16BE, UTF_16LE};

use crate::decode::text::{begins_as_file, has_controls};
use crate::decode::{Budget, Decoder, Part, Unopened};

/// Opens texts that are no UTF-8, in every encoding in which they can be read.
pub(super) struct Legacy;

/// What is tried.
const ENCODINGS: [&Encoding; 4] = [GB18030, BIG5, UTF_16LE, UTF_16BE];

impl Decoder for Legacy {
    fn name(&self) -> &'static str {
        "encoding"
    }

    fn opens(&self, _name: &str, bytes: &[u8]) -> bool {
        // A byte of a short text may be any letter; a long one without a control is a text.
        std::str::from_utf8(bytes).is_err()
            && !begins_as_file(bytes)
            && (!has_controls(bytes)
                || words(UTF_16LE, bytes).is_some()
                || words(UTF_16BE, bytes).is_some())
            && (is_mostly_ascii(bytes)
                || ENCODINGS.iter().any(|encoding| words(encoding, bytes).is_some()))
    }

    fn open(&self, name: &str, bytes: &[u8], budget: &mut Budget) -> Result<Vec<Part>, Unopened> {
        let mut parts = Vec::new();
        for text in ENCODINGS.iter().filter_map(|encoding| words(encoding, bytes)) {
            budget.take(text.len())?;
            parts.push(Part::new(name, text));
        }
        // One broken letter in a long text must not hide the others.
        if parts.is_empty() {
            let text = GB18030.decode_without_bom_handling(bytes).0.into_owned();
            budget.take(text.len())?;
            parts.push(Part::new(name, text));
        }
        Ok(parts)
    }
}

/// Returns the text as read in one encoding, if nothing of it is strange.
fn words(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    let wide = encoding == UTF_16LE || encoding == UTF_16BE;
    if wide && bytes.len() % 2 == 1 {
        return None;
    }
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    // Any two bytes are a letter of UTF-16: only Chinese with its signs is believed.
    let common = |letter: char| {
        matches!(letter, ' '..='~' | '\n' | '\r' | '\t' | '\u{3000}'..='\u{3020}' | '\u{4E00}'..='\u{9FFF}'
            | '\u{FF01}'..='\u{FF5E}' | '\u{2010}'..='\u{2027}')
    };
    let private = |letter: char| {
        matches!(letter, '\u{E000}'..='\u{F8FF}')
            || (letter.is_control() && !letter.is_whitespace())
    };
    let good = if wide { text.chars().all(common) } else { !text.contains(private) };
    good.then(|| text.into_owned())
}

/// Returns whether nearly every byte is ASCII, as in a text with a few broken letters.
fn is_mostly_ascii(bytes: &[u8]) -> bool {
    bytes.iter().filter(|byte| !byte.is_ascii()).count() * 10 < bytes.len()
}

#[cfg(test)]
mod tests {
    use encoding_rs::{BIG5, GB18030};

    use super::Legacy;
    use crate::decode::{Budget, Decoder as _};

    #[test]
    fn chinese_of_every_encoding_is_read() {
        let text = "名單:示例,12345。";
        let wide: Vec<u8> = "名单示例".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let simplified = GB18030.encode(text).0.into_owned();
        let traditional = BIG5.encode(text).0.into_owned();
        for (bytes, words) in [(simplified, text), (traditional, text), (wide, "名单示例")] {
            assert!(Legacy.opens("", &bytes), "{words}");
            let parts = Legacy.open("", &bytes, &mut Budget::default()).expect("it opens");
            assert!(parts.iter().any(|part| part.bytes == words.as_bytes()), "{words}");
        }
        assert!(
            !Legacy.opens("", text.as_bytes()) && !Legacy.opens("", b"\x89PNG\r\n\x1a\n\0\0\xff")
        );
        let broken = [b"plain words and one ".as_slice(), b"\xff letter"].concat();
        assert!(Legacy.opens("", &broken));
    }
}
