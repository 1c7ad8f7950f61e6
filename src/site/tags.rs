//! The tags of a page, read as bytes: names, attributes and values, and no tree.

/// An attribute of a tag.
pub(crate) struct Tag<'a> {
    /// The tag's name, as written.
    pub(crate) name: &'a [u8],
    /// The attribute's name.
    pub(crate) key: &'a [u8],
    /// The attribute's value as written, without its quotes.
    pub(crate) value: &'a [u8],
}

/// Elements whose text holds no tags.
const RAW: [&[u8]; 2] = [b"script", b"style"];

/// Hands every attribute of every opening tag to `visit`; whatever is no tag is passed over.
pub(crate) fn each<'a>(page: &'a [u8], visit: &mut dyn FnMut(Tag<'a>)) {
    let mut at = 0;
    while let Some(open) = find(page, at, b'<') {
        at = open + 1;
        if page[at..].starts_with(b"!--") {
            at = after(page, at, b"-->");
            continue;
        }
        let name = word(page, at);
        if name.is_empty() {
            continue;
        }
        at = attributes(page, at + name.len(), name, visit);
        if RAW.contains(&name) {
            let end = [&b"</"[..], name].concat();
            at = after(page, at, &end);
        }
    }
}

/// Reads the attributes of a tag; returns where it ends.
fn attributes<'a>(
    page: &'a [u8],
    mut at: usize,
    name: &'a [u8],
    visit: &mut dyn FnMut(Tag<'a>),
) -> usize {
    while let Some(byte) = page.get(at) {
        if *byte == b'>' {
            return at + 1;
        }
        if byte.is_ascii_whitespace() || *byte == b'/' {
            at += 1;
            continue;
        }
        let end = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'=' | b'>');
        let length = page[at..].iter().position(end).unwrap_or(page.len() - at);
        let key = &page[at..at + length];
        at += length;
        if page.get(at) != Some(&b'=') {
            // A sign that is no name must not keep us here for ever.
            at += usize::from(length == 0);
            continue;
        }
        at += 1;
        let value = match page.get(at) {
            Some(quote @ (b'"' | b'\'')) => {
                let close = find(page, at + 1, *quote).unwrap_or(page.len());
                let value = &page[at + 1..close];
                at = (close + 1).min(page.len());
                value
            }
            _ => {
                let end = |byte: &u8| byte.is_ascii_whitespace() || *byte == b'>';
                let length = page[at..].iter().position(end).unwrap_or(page.len() - at);
                let value = &page[at..at + length];
                at += length;
                value
            }
        };
        visit(Tag { name, key, value });
    }
    page.len()
}

/// Returns where a byte is, from a place on.
fn find(page: &[u8], from: usize, byte: u8) -> Option<usize> {
    let rest = page.get(from..)?;
    rest.iter().position(|other| *other == byte).map(|at| from + at)
}

/// Returns where the text after some bytes begins.
fn after(page: &[u8], from: usize, wanted: &[u8]) -> usize {
    let rest = page.get(from..).unwrap_or_default();
    let at = rest.windows(wanted.len()).position(|window| window == wanted);
    at.map_or(page.len(), |at| from + at + wanted.len())
}

/// Returns the name that begins at a place; nothing for closing tags and plain text.
fn word(page: &[u8], at: usize) -> &[u8] {
    let rest = page.get(at..).unwrap_or_default();
    if !rest.first().is_some_and(u8::is_ascii_alphabetic) {
        return &[];
    }
    let length = rest.iter().position(|byte| !byte.is_ascii_alphanumeric() && *byte != b'-');
    &rest[..length.unwrap_or(rest.len())]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::each;

    fn read(page: &str) -> Vec<(String, String, String)> {
        let mut found = Vec::new();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        each(page.as_bytes(), &mut |tag| {
            found.push((text(tag.name), text(tag.key), text(tag.value)));
        });
        found
    }

    fn one(name: &str, key: &str, value: &str) -> (String, String, String) {
        (name.to_owned(), key.to_owned(), value.to_owned())
    }

    #[test]
    fn attributes_are_read_with_any_quotes_and_none() {
        assert_eq!(
            read("<a href=x.html>1</a><p id=\"a b\" hidden class='>'>2 < 3 <br/><img alt src=y>"),
            [
                one("a", "href", "x.html"),
                one("p", "id", "a b"),
                one("p", "class", ">"),
                one("img", "src", "y")
            ]
        );
    }

    #[test]
    fn comments_scripts_and_closing_tags_hold_no_attributes() {
        assert_eq!(
            read("<!-- <a href=x> --><script>if (a<b) '<a href=y>'</script></p id=z><i id=q>"),
            [one("i", "id", "q")]
        );
    }

    proptest! {
        #[test]
        fn any_bytes_can_be_read(page in "[<>/=\"' a-c!-]{0,60}") {
            read(&page);
        }
    }
}
