//! The strings of JSON that are written with escapes: what they say may be wrapped in turn, as JSON
//! that is a string in JSON.

use crate::decode::{Budget, Decoder, Part, Unopened};

/// Opens strings with escapes, whether or not the rest is JSON.
pub(super) struct Json;

impl Decoder for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn opens(&self, _name: &str, bytes: &[u8]) -> bool {
        begins_as_json(bytes) && bytes.contains(&b'\\')
    }

    fn open(&self, _name: &str, bytes: &[u8], budget: &mut Budget) -> Result<Vec<Part>, Unopened> {
        let mut texts = Vec::new();
        let mut rest = bytes;
        while let Some(open) = rest.iter().position(|byte| *byte == b'"') {
            let inner = &rest[open + 1..];
            let (close, escaped) = closing(inner);
            if escaped {
                let mut text = Vec::new();
                unescape(&inner[..close], &mut text);
                // What is JSON again is a part of its own: it has strings of its own.
                if begins_as_json(&text) {
                    budget.take(text.len())?;
                    texts.push(Part::new("", text));
                } else {
                    let longer = texts.first_mut().filter(|part: &&mut Part| part.name == TEXTS);
                    match longer {
                        Some(part) => {
                            part.bytes.extend_from_slice(&[b"\n", text.as_slice()].concat());
                        }
                        None => texts.insert(0, Part::new(TEXTS, text)),
                    }
                }
            }
            rest = inner.get(close + 1..).unwrap_or(&[]);
        }
        if let Some(part) = texts.first() {
            budget.take(part.bytes.len())?;
        }
        Ok(texts)
    }

    fn reads_text(&self) -> bool {
        true
    }
}

/// The name of the part that holds all strings which are no JSON.
const TEXTS: &str = "strings";

/// Returns whether a text begins as JSON does.
pub(super) fn begins_as_json(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    matches!(bytes, [b'{' | b'[' | b'"', ..])
}

/// Returns where a string ends, and whether it holds an escape.
fn closing(text: &[u8]) -> (usize, bool) {
    let (mut at, mut escaped) = (0, false);
    while at < text.len() && text[at] != b'"' {
        escaped |= text[at] == b'\\';
        at += if text[at] == b'\\' { 2 } else { 1 };
    }
    (at.min(text.len()), escaped)
}

/// Reads the escapes of a string.
fn unescape(text: &[u8], out: &mut Vec<u8>) {
    let quoted = [b"\"", text, b"\""].concat();
    if let Ok(text) = serde_json::from_slice::<String>(&quoted) {
        out.extend_from_slice(text.as_bytes());
        return;
    }
    // Half an escape, or a sign that JSON does not allow: as far as one can.
    let mut at = 0;
    while at < text.len() {
        let escape = (text[at] == b'\\').then(|| text.get(at + 1)).flatten();
        at += if escape.is_some() { 2 } else { 1 };
        out.push(match escape {
            Some(b'n' | b'r' | b't') => b'\n',
            Some(other) => *other,
            None => text[at - 1],
        });
    }
}

#[cfg(test)]
mod tests {
    use super::Json;
    use crate::decode::{Budget, Decoder as _};

    #[test]
    fn strings_in_strings_open_one_layer_at_a_time() {
        let inner = serde_json::json!({ "a": "示\"例" }).to_string();
        let outer = serde_json::json!({ "b": inner, "c": "one\ntwo", "d": "plain" }).to_string();
        assert!(Json.opens("", outer.as_bytes()));
        let parts = Json.open("", outer.as_bytes(), &mut Budget::default()).expect("it opens");
        let texts: Vec<&[u8]> = parts.iter().map(|part| part.bytes.as_slice()).collect();
        assert_eq!(texts, [b"one\ntwo".as_slice(), inner.as_bytes()]);
        let parts = Json.open("", inner.as_bytes(), &mut Budget::default()).expect("it opens");
        assert_eq!(parts[0].bytes, "示\"例".as_bytes());
        assert!(!Json.opens("", b"{\"a\":\"b\"}") && !Json.opens("", b"a \\ b"));
    }

    #[test]
    fn broken_json_is_read_as_far_as_it_goes() {
        for text in ["{\"a\\", "{\"\\u12\" \"x\\ty\"", "[\"\\"] {
            assert!(Json.open("", text.as_bytes(), &mut Budget::default()).is_ok(), "{text}");
        }
    }
}
