//! Search indexes that keep words as a tree of their beginnings: the words are joined again.

use serde_json::Value;

use crate::decode::json::begins_as_json;
use crate::decode::{Budget, Decoder, Part, Unopened};

/// Opens JSON in which words are cut into the keys of objects inside objects, or into arrays that
/// begin with a piece of a word.
pub(super) struct Trie;

/// Fewer pieces one inside the other are no tree of words.
const LEAST: usize = 3;

impl Decoder for Trie {
    fn name(&self) -> &'static str {
        "index"
    }

    fn opens(&self, _name: &str, bytes: &[u8]) -> bool {
        begins_as_json(bytes) && is_deep(bytes)
    }

    fn open(&self, _name: &str, bytes: &[u8], budget: &mut Budget) -> Result<Vec<Part>, Unopened> {
        let Ok(tree) = serde_json::from_slice::<Value>(bytes) else {
            return Ok(Vec::new());
        };
        let mut words = Vec::new();
        let most = budget.bytes;
        if !join(&tree, &mut String::new(), (&mut words, most)) {
            return Err(Unopened::TooLarge);
        }
        budget.take(words.len())?;
        Ok(vec![Part::new("words", words)])
    }

    fn reads_text(&self) -> bool {
        true
    }
}

/// Returns whether short pieces stand close one inside the other.
fn is_deep(bytes: &[u8]) -> bool {
    const NEAR: usize = 64;
    let (mut last, mut depth) = (0, 1);
    let opens =
        bytes.iter().enumerate().filter(|(_, byte)| matches!(byte, b'{' | b'[' | b'}' | b']'));
    for (at, byte) in opens {
        if matches!(byte, b'}' | b']') {
            depth = 0;
            continue;
        }
        // A piece of a word stands between this and the one around it.
        let between = &bytes[last..at];
        let near = between.len() < NEAR && between.contains(&b'"');
        depth = if near { depth + 1 } else { 1 };
        last = at;
        if depth >= LEAST {
            return true;
        }
    }
    false
}

/// Adds every word below a node, one a line; returns whether there was room for them.
fn join(node: &Value, word: &mut String, (words, most): (&mut Vec<u8>, usize)) -> bool {
    let before = word.len();
    let mut room = true;
    let mut leaf = true;
    match node {
        Value::Object(children) => {
            for (key, child) in children {
                leaf = false;
                word.push_str(key);
                room = room && join(child, word, (&mut *words, most));
                word.truncate(before);
            }
        }
        Value::Array(items) => {
            for item in items {
                match item {
                    // A piece stands before what it begins.
                    Value::String(piece) => {
                        word.truncate(before);
                        word.push_str(piece);
                    }
                    Value::Object(_) | Value::Array(_) => {
                        leaf = false;
                        room = room && join(item, word, (&mut *words, most));
                    }
                    Value::Null | Value::Bool(_) | Value::Number(_) => {}
                }
            }
        }
        Value::String(piece) => word.push_str(piece),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
    if leaf {
        words.extend_from_slice(word.as_bytes());
        words.push(b'\n');
    }
    word.truncate(before);
    room && words.len() <= most
}

#[cfg(test)]
mod tests {
    use super::Trie;
    use crate::decode::{Budget, Decoder as _, Unopened};

    /// Returns what comes out.
    fn words(json: &str) -> String {
        let parts = Trie.open("", json.as_bytes(), &mut Budget::default()).expect("it opens");
        String::from_utf8(parts[0].bytes.clone()).expect("words are text")
    }

    #[test]
    fn words_cut_into_keys_or_arrays_are_joined() {
        let keys = r#"{"1": {"9": {"9": {"00": 1}, "8": {"7": 2}}}, "示": {"例": {"名": 3}}}"#;
        assert!(Trie.opens("", keys.as_bytes()));
        assert_eq!(words(keys), "1987\n19900\n示例名\n");
        let arrays = r#"["示",["例",["名"],["字"]]]"#;
        assert!(Trie.opens("", arrays.as_bytes()));
        assert_eq!(words(arrays), "示例名\n示例字\n");
        let flat = r#"{"records": [{"id": "1", "title": "x"}, {"id": "2", "title": "y"}]}"#;
        assert!(!Trie.opens("", flat.as_bytes()) && !Trie.opens("", b"{{{"));
        let mut small = Budget { bytes: 8, ..Budget::default() };
        assert_eq!(Trie.open("", keys.as_bytes(), &mut small), Err(Unopened::TooLarge));
    }
}
