//! Quoted-printable, as mails and address cards are written.

use crate::decode::text::{begins_as_markup, is_text};
use crate::decode::{Budget, Decoder, Part, Unopened};

/// Opens quoted-printable.
pub(super) struct Quoted;

/// A text with fewer escapes is none.
const LEAST: usize = 3;

impl Decoder for Quoted {
    fn name(&self) -> &'static str {
        "quoted-printable"
    }

    fn opens(&self, _name: &str, bytes: &[u8]) -> bool {
        // In HTML a sign of equality is followed by the value of an attribute.
        // Pixels may look like anything; it is words that are written so.
        if begins_as_markup(bytes) || !bytes.contains(&b'=') || !is_text(bytes) {
            return false;
        }
        bytes.windows(3).filter(|three| escape(three).is_some()).nth(LEAST - 1).is_some()
    }

    fn open(&self, name: &str, bytes: &[u8], budget: &mut Budget) -> Result<Vec<Part>, Unopened> {
        budget.take(bytes.len())?;
        let mut text = Vec::with_capacity(bytes.len());
        let mut at = 0;
        while at < bytes.len() {
            let rest = &bytes[at..];
            if rest.starts_with(b"=\r\n") {
                at += 3;
            } else if rest.starts_with(b"=\n") {
                at += 2;
            } else if let Some(byte) = escape(rest) {
                text.push(byte);
                at += 3;
            } else {
                text.push(rest[0]);
                at += 1;
            }
        }
        Ok(vec![Part::new(name, text)])
    }

    fn reads_text(&self) -> bool {
        true
    }
}

/// Returns the byte that an escape stands for.
fn escape(bytes: &[u8]) -> Option<u8> {
    let [b'=', high, low, ..] = bytes else {
        return None;
    };
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    Some(digit(*high)? << 4 | digit(*low)?)
}

#[cfg(test)]
mod tests {
    use super::Quoted;
    use crate::decode::{Budget, Decoder as _};

    #[test]
    fn escapes_and_soft_breaks_are_read() {
        let card = b"FN;ENCODING=QUOTED-PRINTABLE:=E7=A4=BA=E4=\r\n=BE=8B 12=\n345";
        assert!(Quoted.opens("", card));
        let parts = Quoted.open("", card, &mut Budget::default()).expect("it opens");
        assert!(String::from_utf8_lossy(&parts[0].bytes).ends_with("示例 12345"));
        assert!(!Quoted.opens("", b"<a href=aa1 b=aa2 c=aa3>") && !Quoted.opens("", b"a=b, c=d"));
    }
}
