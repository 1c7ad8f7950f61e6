//! Texts in UTF-16 and UTF-32.

use crate::decode::{Budget, Decoder, Part, Unopened};

/// Opens texts of two or four bytes a letter, with or without the mark that says so.
pub(super) struct Wide;

/// How wide the letters are, and which byte comes first.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Form {
    /// UTF-16, the low byte first.
    Two,
    /// UTF-16, the high byte first.
    TwoTurned,
    /// UTF-32, the low byte first.
    Four,
    /// UTF-32, the high byte first.
    FourTurned,
}

impl Decoder for Wide {
    fn name(&self) -> &'static str {
        "utf-16"
    }

    fn opens(&self, _name: &str, bytes: &[u8]) -> bool {
        !forms_of(bytes).is_empty()
    }

    fn open(&self, name: &str, bytes: &[u8], budget: &mut Budget) -> Result<Vec<Part>, Unopened> {
        let mut parts = Vec::new();
        for form in forms_of(bytes) {
            let text = read(form, bytes);
            budget.take(text.len())?;
            parts.push(Part::new(name, text.trim_start_matches('\u{feff}')));
        }
        Ok(parts)
    }
}

/// Returns the forms that a text may have, if it is wide.
fn forms_of(bytes: &[u8]) -> Vec<Form> {
    match bytes {
        // The mark of the low byte first may be followed by a letter that is zero.
        [0xff, 0xfe, 0, 0, ..] => return vec![Form::Four, Form::Two],
        [0, 0, 0xfe, 0xff, ..] => return vec![Form::FourTurned],
        [0xff, 0xfe, ..] => return vec![Form::Two],
        [0xfe, 0xff, ..] => return vec![Form::TwoTurned],
        _ => {}
    }
    // ASCII letters and digits among others give themselves away by the zero beside them.
    const LOOKED_AT: usize = 1024;
    let head = &bytes[..bytes.len().min(LOOKED_AT)];
    if !head.contains(&0) {
        return Vec::new();
    }
    let plausible = |form: &Form| {
        let width = if matches!(form, Form::Two | Form::TwoTurned) { 2 } else { 4 };
        let whole = head.len() - head.len() % width;
        let text = read(*form, &head[..whole]);
        let bad = |letter: char| {
            letter == char::REPLACEMENT_CHARACTER
                || (letter.is_control() && !letter.is_whitespace())
        };
        let ascii = text.contains(|letter: char| letter.is_ascii());
        whole >= 8 && ascii && !text.trim_end_matches(char::REPLACEMENT_CHARACTER).contains(bad)
    };
    let forms = [Form::Two, Form::TwoTurned, Form::Four, Form::FourTurned];
    forms.into_iter().filter(plausible).collect()
}

/// Returns the text.
fn read(form: Form, bytes: &[u8]) -> String {
    match form {
        Form::Two | Form::TwoTurned => {
            let order = if form == Form::Two { u16::from_le_bytes } else { u16::from_be_bytes };
            let units = bytes.chunks_exact(2).map(|two| order([two[0], two[1]]));
            let letters = char::decode_utf16(units);
            letters.map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
        }
        Form::Four | Form::FourTurned => {
            let order = if form == Form::Four { u32::from_le_bytes } else { u32::from_be_bytes };
            let units =
                bytes.chunks_exact(4).map(|four| order([four[0], four[1], four[2], four[3]]));
            units.map(|unit| char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Wide;
    use crate::decode::{Budget, Decoder as _};

    #[test]
    fn every_form_is_read_with_and_without_its_mark() {
        let text = "示例 12345\n";
        for marked in [format!("\u{feff}{text}"), text.to_owned()] {
            let two = |order: fn(u16) -> [u8; 2]| {
                marked.encode_utf16().flat_map(order).collect::<Vec<u8>>()
            };
            let four =
                |order: fn(u32) -> [u8; 4]| marked.chars().map(u32::from).flat_map(order).collect();
            for bytes in [
                two(u16::to_le_bytes),
                two(u16::to_be_bytes),
                four(u32::to_le_bytes),
                four(u32::to_be_bytes),
            ] {
                assert!(Wide.opens("", &bytes), "{}", bytes.len());
                let parts = Wide.open("", &bytes, &mut Budget::default()).expect("it opens");
                assert!(parts.iter().any(|part| part.bytes == text.as_bytes()), "{}", parts.len());
            }
        }
        assert!(
            !Wide.opens("", text.as_bytes())
                && !Wide.opens("", b"\0\x01\x02\x03\x04\x05\x06\x07\x08")
        );
    }
}
