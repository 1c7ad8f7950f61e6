//! A source file as the checks read it: its code without comments, literals and tests.
//!
//! It is a lexer of the few things that matter, not a parser: it knows where comments, literals
//! and braces begin and end, and what paths a piece of code names.

use std::path::Path;

use mingbai::files::Files;

use super::ROOT;

/// One Rust file.
pub(super) struct Source {
    /// The path below the folder that was read.
    pub(super) path: String,
    /// The file as it is.
    pub(super) text: String,
    /// The code: comments, what stands inside literals, and test items are blank.
    pub(super) code: String,
    /// The string literals outside of tests, each with its line.
    pub(super) literals: Vec<(usize, String)>,
}

/// A function with its name, its first line and its length in lines.
pub(super) struct Function {
    pub(super) name: String,
    pub(super) line: usize,
    pub(super) length: usize,
}

/// Reads every Rust file below a folder of the repository.
pub(super) fn sources(folder: &str) -> Vec<Source> {
    let files = Files::read(&Path::new(ROOT).join(folder)).expect("the sources can be read");
    let rust = files.iter().filter(|(path, _)| path.ends_with(".rs"));
    let sources: Vec<Source> = rust
        .map(|(path, _)| Source::new(path, files.text(path).expect("sources are UTF-8")))
        .collect();
    assert!(!sources.is_empty(), "{folder} has no sources");
    sources
}

impl Source {
    /// Takes a file apart.
    pub(super) fn new(path: &str, text: &str) -> Self {
        let (code, mut literals) = blank(text);
        let tests = test_items(&code);
        let is_test_file = path.ends_with("/tests.rs") || path.contains("/tests/");
        let mut bytes = code.into_bytes();
        for range in &tests {
            bytes[range.clone()]
                .iter_mut()
                .filter(|byte| **byte != b'\n')
                .for_each(|byte| *byte = b' ');
        }
        if is_test_file {
            bytes.iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
        }
        literals.retain(|(at, _)| !is_test_file && !tests.iter().any(|range| range.contains(at)));
        let code = String::from_utf8(bytes).expect("blanks are ASCII and stand for whole letters");
        let literals = literals.into_iter().map(|(at, words)| (line_of(text, at), words)).collect();
        Self { path: path.to_owned(), text: text.to_owned(), code, literals }
    }

    /// Returns the module of the file: `records/check/sums.rs` is `records`, `check`, `sums`.
    pub(super) fn module(&self) -> Vec<&str> {
        let stem = self.path.strip_suffix(".rs").unwrap_or(&self.path);
        let mut parts: Vec<&str> = stem.split('/').collect();
        if matches!(parts.last(), Some(&("mod" | "lib" | "main"))) {
            parts.pop();
        }
        parts
    }

    /// Returns every path of this crate that the code names, from the root of the crate, each with
    /// its line. Visibilities such as `pub(in crate::records)` name nothing.
    pub(super) fn named_paths(&self) -> Vec<(usize, Vec<String>)> {
        let mut found = Vec::new();
        for root in ["crate", "super", "self"] {
            let sign = format!("{root}::");
            for (at, _) in self.code.match_indices(&sign) {
                let before = &self.code[..at];
                let inside = before.ends_with(|letter: char| is_word(letter) || letter == ':');
                if inside || before.ends_with("pub(in ") {
                    continue;
                }
                let mut prefix: Vec<String> = match root {
                    "crate" => Vec::new(),
                    _ => self.module().into_iter().map(str::to_owned).collect(),
                };
                if root == "super" {
                    prefix.pop();
                }
                let mut paths = Vec::new();
                tree(&mut Cursor { rest: &self.code[at + sign.len()..] }, &prefix, &mut paths);
                let line = line_of(&self.code, at);
                found.extend(paths.into_iter().map(|path| (line, path)));
            }
        }
        found
    }

    /// Returns every function outside of tests.
    pub(super) fn functions(&self) -> Vec<Function> {
        let mut functions = Vec::new();
        for (at, _) in self.code.match_indices("fn ") {
            if self.code[..at].ends_with(is_word) {
                continue;
            }
            let name = word(&self.code[at + 3..]);
            let Some(open) = body(&self.code[at..]).map(|open| at + open) else {
                continue;
            };
            let end = open + closing(&self.code[open..]);
            let (line, last) = (line_of(&self.code, at), line_of(&self.code, end));
            if !name.is_empty() {
                functions.push(Function { name: name.to_owned(), line, length: last - line + 1 });
            }
        }
        functions
    }
}

/// Returns the line of a byte, counted from one.
pub(super) fn line_of(text: &str, at: usize) -> usize {
    text.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count() + 1
}

/// Returns whether a letter may be part of a name.
fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// Returns the name a text begins with.
fn word(text: &str) -> &str {
    &text[..text.find(|letter: char| !is_word(letter)).unwrap_or(text.len())]
}

/// Reads paths.
struct Cursor<'a> {
    rest: &'a str,
}

impl<'a> Cursor<'a> {
    /// Takes a sign, if it comes next.
    fn take(&mut self, sign: &str) -> bool {
        let rest = self.rest.trim_start();
        let taken = rest.strip_prefix(sign);
        self.rest = taken.unwrap_or(rest);
        taken.is_some()
    }

    /// Takes a name, if one comes next.
    fn name(&mut self) -> Option<&'a str> {
        let rest = self.rest.trim_start();
        let name = word(rest);
        self.rest = &rest[name.len()..];
        (!name.is_empty()).then_some(name)
    }
}

/// Reads `a::b`, or `a::{b, c::d}`, below a prefix.
fn tree(cursor: &mut Cursor<'_>, prefix: &[String], paths: &mut Vec<Vec<String>>) {
    if cursor.take("{") {
        loop {
            tree(cursor, prefix, paths);
            if !cursor.take(",") || cursor.take("}") {
                break;
            }
        }
        cursor.take("}");
        return;
    }
    let mut path = prefix.to_vec();
    match cursor.name() {
        None => return,
        Some("self") => {}
        Some("super") => drop(path.pop()),
        Some(name) => path.push(name.to_owned()),
    }
    if cursor.take("::") && !cursor.rest.trim_start().starts_with(['<', '*']) {
        return tree(cursor, &path, paths);
    }
    if cursor.rest.trim_start().starts_with("as ") {
        cursor.take("as");
        cursor.name();
    }
    paths.push(path);
}

/// Returns where the body of a function opens; `None` for one without a body.
fn body(code: &str) -> Option<usize> {
    let mut depth = 0_i32;
    for (at, byte) in code.bytes().enumerate() {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth -= 1,
            b'{' if depth == 0 => return Some(at),
            b';' if depth == 0 => return None,
            _ if depth < 0 => return None,
            _ => {}
        }
    }
    None
}

/// Returns where the brace that opens the code closes.
fn closing(code: &str) -> usize {
    let mut depth = 0_usize;
    for (at, byte) in code.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 1 => return at,
            b'}' => depth -= 1,
            _ => {}
        }
    }
    code.len()
}

/// Returns the ranges of items that are only there for tests.
fn test_items(code: &str) -> Vec<std::ops::Range<usize>> {
    let mut ranges: Vec<std::ops::Range<usize>> = Vec::new();
    for (at, sign) in code.match_indices("#[cfg(test)]") {
        if ranges.last().is_some_and(|last| last.contains(&at)) {
            continue;
        }
        let mut start = at + sign.len();
        // Further attributes may have brackets and braces of their own.
        while let Some(rest) = code[start..].trim_start().strip_prefix("#[") {
            let end = rest.find(']').map_or(code.len(), |end| code.len() - rest.len() + end + 1);
            start = end;
        }
        let end = match body(&code[start..]) {
            Some(open) => start + open + closing(&code[start + open..]) + 1,
            None => start + code[start..].find(';').map_or(code.len() - start, |end| end + 1),
        };
        ranges.push(at..end);
    }
    ranges
}

/// Returns the code with comments and the insides of literals blanked, byte for byte, and the
/// string literals with the byte each begins at.
fn blank(text: &str) -> (String, Vec<(usize, String)>) {
    let mut code = text.as_bytes().to_vec();
    let mut literals = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let (open, end, is_text) = token(text, at);
        for byte in code[at + open..end].iter_mut().filter(|byte| **byte != b'\n') {
            if open > 0 || end > at + 1 {
                *byte = b' ';
            }
        }
        if is_text {
            let close = text[at..end].rfind('"').map_or(end, |close| at + close);
            literals.push((at, text[at + open..close.max(at + open)].to_owned()));
        }
        at = end.max(at + 1);
    }
    (String::from_utf8(code).expect("whole letters are blanked"), literals)
}

/// Returns what stands at a place: how many bytes of it stay, where it ends, whether it is a
/// string literal. Ordinary code is one byte that stays.
fn token(text: &str, at: usize) -> (usize, usize, bool) {
    let rest = &text[at..];
    if rest.starts_with("//") {
        return (0, at + rest.find('\n').unwrap_or(rest.len()), false);
    }
    if rest.starts_with("/*") {
        return (0, at + rest.find("*/").map_or(rest.len(), |end| end + 2), false);
    }
    let in_word = text[..at].ends_with(is_word);
    if !in_word && let Some((open, end)) = raw_string(rest) {
        return (open, at + end, true);
    }
    if rest.starts_with('"') {
        return (1, at + quoted_end(rest, b'"'), true);
    }
    let letter = rest.strip_prefix('\'').and_then(|rest| rest.chars().next());
    let escaped = letter == Some('\\');
    let closed = letter.is_some_and(|letter| rest[1 + letter.len_utf8()..].starts_with('\''));
    if escaped || closed {
        return (1, at + quoted_end(rest, b'\''), false);
    }
    let width = rest.chars().next().map_or(1, char::len_utf8);
    (width, at + width, false)
}

/// Returns where a raw string's text begins and where the literal ends, if one begins here.
fn raw_string(rest: &str) -> Option<(usize, usize)> {
    let after = rest.strip_prefix("br").or_else(|| rest.strip_prefix('r'))?;
    let hashes = after.bytes().take_while(|byte| *byte == b'#').count();
    let inner = after[hashes..].strip_prefix('"')?;
    let close = format!("\"{}", "#".repeat(hashes));
    let open = rest.len() - inner.len();
    Some((open, open + inner.find(&close)? + close.len()))
}

/// Returns where a quoted literal ends, its closing quote included.
fn quoted_end(rest: &str, quote: u8) -> usize {
    let bytes = rest.as_bytes();
    let mut at = 1;
    while at < bytes.len() && bytes[at] != quote {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    (at + 1).min(bytes.len())
}

#[test]
fn the_lexer_sees_code_and_nothing_else() {
    let text = "//! crate::one\nuse crate::{two::{self, A as B}, three::C};\nfn f<'a>(x: &'a str) \
                -> char {\n    g(\"crate::four {\", r#\"a\"b\"#, '{', '\\'');\n    crate::five::h::<u8>()\n}\n\
                #[cfg(test)]\nmod tests {\n    use crate::six;\n}\npub(in crate::seven) struct S;\n";
    let source = Source::new("eight/nine.rs", text);
    assert_eq!(source.code.len(), text.len());
    let mut named: Vec<String> =
        source.named_paths().into_iter().map(|(_, path)| path.join("::")).collect();
    named.sort();
    assert_eq!(named, ["five::h", "three::C", "two", "two::A"]);
    let words: Vec<&str> = source.literals.iter().map(|(_, words)| words.as_str()).collect();
    assert_eq!(words, ["crate::four {", "a\"b"]);
    let functions = source.functions();
    assert_eq!(functions.len(), 1);
    assert_eq!((functions[0].name.as_str(), functions[0].line, functions[0].length), ("f", 3, 4));
}
