//! Runs of base64 in any text, in the standard alphabet and in that of addresses, wrapped or not.

use crate::decode::text::{
    SURE_STRETCH, begun_zlib, has_controls, is_file, parts, runs, sure_stretches,
};
use crate::decode::{Budget, Decoder, Part, Unopened};

/// Opens runs of base64 of which a text or a file comes out.
pub(super) struct Base64;

/// A run with fewer signs cannot hold a value that is long enough to prove anything.
const LEAST: usize = 16;

impl Decoder for Base64 {
    fn name(&self) -> &'static str {
        "base64"
    }

    fn opens(&self, _name: &str, bytes: &[u8]) -> bool {
        joined(bytes).any(|signs| !texts_of(&signs).is_empty())
    }

    fn open(&self, _name: &str, bytes: &[u8], budget: &mut Budget) -> Result<Vec<Part>, Unopened> {
        parts(joined(bytes).flat_map(|signs| texts_of(&signs)), budget)
    }

    fn reads_text(&self) -> bool {
        true
    }

    fn guesses(&self) -> bool {
        true
    }
}

/// The value of each sign; 64 for what is none.
const VALUES: [u8; 256] = values();

const fn values() -> [u8; 256] {
    let mut table = [64; 256];
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut at = 0;
    while at < alphabet.len() {
        table[alphabet[at] as usize] = at as u8;
        at += 1;
    }
    table[b'-' as usize] = 62;
    table[b'_' as usize] = 63;
    table
}

/// Returns the signs of each run as their values; runs that follow one another line by line are one.
fn joined(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    let mut runs = runs(bytes, LEAST, |byte| VALUES[usize::from(byte)] < 64).peekable();
    std::iter::from_fn(move || {
        let mut range = runs.next()?;
        let mut signs = Vec::with_capacity(range.len());
        loop {
            signs.extend(bytes[range.clone()].iter().map(|byte| VALUES[usize::from(*byte)]));
            let Some(next) = runs.peek().filter(|next| wraps(&bytes[range.end..next.start])) else {
                break;
            };
            range = next.clone();
            runs.next();
        }
        // The last line of what is wrapped may be a short one.
        let rest = &bytes[range.end..];
        let space = rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        if wraps(&rest[..space]) {
            let last = rest[space..].iter().map(|byte| VALUES[usize::from(*byte)]);
            signs.extend(last.take_while(|value| *value < 64));
        }
        Some(signs)
    })
}

/// Returns whether what stands between two runs is a new line and nothing else.
fn wraps(between: &[u8]) -> bool {
    between.contains(&b'\n') && between.len() < 64 && between.iter().all(u8::is_ascii_whitespace)
}

/// Returns what comes out of a run: a file, or its stretches of text. The run may begin with signs that
/// belong to what stands before it, so each of four beginnings is tried.
fn texts_of(signs: &[u8]) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    // Words and addresses in small letters: a digit, and a Chinese letter in UTF-8, begins with the
    // value of a capital or of a digit wherever it stands.
    if !signs.iter().any(|value| matches!(value, 0..=25 | 52..=61)) {
        return found;
    }
    for start in 0..4.min(signs.len()) {
        let inner = decoded(&signs[start..]);
        if is_file(&inner) || is_wide(&inner) {
            found.push(inner);
            continue;
        }
        let mut texts = sure_stretches(&inner);
        texts.extend(sure_stretches(&begun_zlib(&inner)));
        if !texts.is_empty() {
            found.push(texts);
        } else if is_gb(&inner) {
            found.push(inner);
        }
    }
    found
}

/// Returns whether some bytes are wide letters, of which every second byte of digits is zero.
fn is_wide(bytes: &[u8]) -> bool {
    let zeros =
        |start: usize| bytes.iter().skip(start).step_by(2).filter(|byte| **byte == 0).count();
    bytes.len() >= SURE_STRETCH && (zeros(0) * 4 >= bytes.len() || zeros(1) * 4 >= bytes.len())
}

/// Returns whether some bytes are the common letters of GB18030, all of them.
fn is_gb(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    let mut letters = 0;
    loop {
        rest = match rest {
            [] => return letters >= 3 && !has_controls(bytes),
            [0xb0..=0xf7, 0xa1..=0xfe, rest @ ..] => {
                letters += 1;
                rest
            }
            [b' '..=b'~' | b'\r' | b'\n', rest @ ..] | [0xa1..=0xa3, 0xa1..=0xfe, rest @ ..] => {
                rest
            }
            _ => return false,
        };
    }
}

/// Returns the bytes that values of six bits stand for.
fn decoded(signs: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(signs.len() * 3 / 4);
    for four in signs.chunks(4) {
        let bits = four.iter().fold(0_u32, |bits, sign| bits << 6 | u32::from(*sign));
        let bits = bits << (6 * (4 - four.len()));
        let three = [(bits >> 16) as u8, (bits >> 8) as u8, bits as u8];
        bytes.extend_from_slice(&three[..four.len().saturating_sub(1)]);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use data_encoding::{BASE64, BASE64_NOPAD, BASE64URL};

    use super::Base64;
    use crate::decode::{Budget, Decoder as _};

    /// Returns what comes out, lossily.
    fn opened(text: &str) -> String {
        let parts = Base64.open("", text.as_bytes(), &mut Budget::default()).expect("it opens");
        parts.iter().map(|part| String::from_utf8_lossy(&part.bytes)).collect()
    }

    #[test]
    fn runs_open_in_both_alphabets_and_behind_other_signs() {
        let value = "示例名字>>>??? 12345";
        for (run, words) in [
            (format!("<p>{}</p>", BASE64.encode(value.as_bytes())), value),
            (format!("x={}&", BASE64URL.encode(value.as_bytes())), value),
            (format!("/a/{}", BASE64_NOPAD.encode(value.as_bytes())), "示例名字"),
        ] {
            assert!(Base64.opens("", run.as_bytes()), "{run}");
            assert!(opened(&run).contains(words), "{run}");
        }
    }

    #[test]
    fn wrapped_lines_are_one_run() {
        let value = "示例名字的一段话,长到要分行";
        let run = BASE64.encode(value.as_bytes());
        let lines: Vec<&str> =
            (0..run.len()).step_by(20).map(|at| &run[at..run.len().min(at + 20)]).collect();
        assert!(opened(&lines.join("\r\n  ")).contains(value));
    }

    #[test]
    fn pages_without_base64_do_not_open() {
        let page = "<p class=\"summary-of-the-list\"><a href=\"../projects/2024/road-works-2.html\">示例</a></p>";
        assert!(!Base64.opens("", page.as_bytes()));
        assert!(!Base64.opens("", b"abcdefghijklmno") && !Base64.opens("", b""));
    }
}
