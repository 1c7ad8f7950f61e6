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
        let escapes = (0..bytes.len()).filter(|at| escape_at(bytes, *at).is_some());
        escapes.take(LEAST).count() == LEAST
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
            } else if let Some(byte) = escape_at(bytes, at) {
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

/// Returns the byte that an escape at some place stands for. In calendars, the sign of equality in
/// `;VALUE=DATE` begins none.
fn escape_at(bytes: &[u8], at: usize) -> Option<u8> {
    let rest = &bytes[at..];
    let parameter = rest.starts_with(b"=DATE") && bytes[..at].ends_with(b";VALUE");
    if parameter { None } else { escape(rest) }
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
        let days = b"DTSTART;VALUE=DATE:1\r\nDTEND;VALUE=DATE:2\r\nDUE;VALUE=DATE:3\r\n".repeat(2);
        assert!(!Quoted.opens("", &days), "days of a calendar are no escapes");
        let beside = [&days[..], b"=31=39=39"].concat();
        let parts = Quoted.open("", &beside, &mut Budget::default()).expect("it opens");
        assert!(Quoted.opens("", &beside) && parts[0].bytes.ends_with(b"DATE:3\r\n199"));
        assert!(!Quoted.opens("", b"<a href=aa1 b=aa2 c=aa3>") && !Quoted.opens("", b"a=b, c=d"));
    }
}
