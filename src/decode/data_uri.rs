//! Files written into an address: `data:…`.

use data_encoding::Specification;

use crate::decode::{Budget, Decoder, Part, Unopened};

/// Opens addresses that hold a file, percent-encoded or in base64.
pub(super) struct DataUri;

/// How such an address begins.
const SCHEME: &[u8] = b"data:";

impl Decoder for DataUri {
    fn name(&self) -> &'static str {
        "data-uri"
    }

    fn opens(&self, _name: &str, bytes: &[u8]) -> bool {
        addresses(bytes).next().is_some()
    }

    fn open(&self, _name: &str, bytes: &[u8], budget: &mut Budget) -> Result<Vec<Part>, Unopened> {
        let mut parts = Vec::new();
        for address in addresses(bytes) {
            let comma = address.iter().position(|byte| *byte == b',').unwrap_or(0);
            let (head, content) =
                (address[..comma].to_ascii_lowercase(), percent(&address[comma + 1..]));
            let content = if head.ends_with(b";base64") { base64(&content) } else { content };
            budget.take(content.len())?;
            let kinds: [(&[u8], &str); 3] =
                [(b"svg", "data.svg"), (b"html", "data.html"), (b"xml", "data.xml")];
            let holds = |sign: &[u8]| head.windows(sign.len()).any(|window| window == sign);
            let name = kinds.iter().find(|(sign, _)| holds(sign)).map_or("", |(_, name)| name);
            parts.push(Part::new(name, content));
        }
        Ok(parts)
    }

    fn reads_text(&self) -> bool {
        true
    }
}

/// Returns each address, from its type on.
fn addresses(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = find(bytes, at)? + SCHEME.len();
            at = start;
            let quote = bytes.get(start.wrapping_sub(SCHEME.len() + 1)).copied();
            let ends = |byte: &u8| match quote {
                Some(quote @ (b'"' | b'\'')) => *byte == quote,
                _ => byte.is_ascii_whitespace() || b"\"'<>)\\".contains(byte),
            };
            let rest = &bytes[start..];
            let address = &rest[..rest.iter().position(ends).unwrap_or(rest.len())];
            const LONGEST_HEAD: usize = 120;
            let comma = address.iter().take(LONGEST_HEAD).position(|byte| *byte == b',');
            if comma.is_some_and(|comma| comma == 0 || is_type(&address[..comma])) {
                return Some(address);
            }
        }
    })
}

/// Returns whether something is the type of a file and not prose.
fn is_type(head: &[u8]) -> bool {
    head.iter().all(|byte| byte.is_ascii_alphanumeric() || b"/;=+-._ ".contains(byte))
        && (head.contains(&b'/') || head.starts_with(b";"))
}

/// Returns where the scheme stands next, from a place on.
fn find(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from + SCHEME.len() - 1;
    // One of the five letters stands at every fifth place of what holds the word.
    while let Some(byte) = bytes.get(at) {
        let place = SCHEME.iter().rposition(|letter| *letter == byte.to_ascii_lowercase());
        let Some(place) = place else {
            at += SCHEME.len();
            continue;
        };
        // The letter `a` stands twice: both beginnings are looked at.
        let starts = [at - place, at.wrapping_sub(1)];
        let good = |start: &usize| {
            bytes
                .get(*start..*start + SCHEME.len())
                .is_some_and(|word| word.eq_ignore_ascii_case(SCHEME))
        };
        if let Some(start) = starts
            .iter()
            .filter(|start| **start >= from && **start < bytes.len())
            .find(|start| good(start))
        {
            return Some(*start);
        }
        at += 1;
    }
    None
}

/// Returns the bytes of a percent-encoded text.
fn percent(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let hex = text.get(at + 1..at + 3).and_then(|hex| std::str::from_utf8(hex).ok());
        let byte = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match byte.filter(|_| text[at] == b'%') {
            Some(byte) => {
                bytes.push(byte);
                at += 3;
            }
            None => {
                bytes.push(text[at]);
                at += 1;
            }
        }
    }
    bytes
}

/// Returns what base64 stands for, as far as it can be read.
fn base64(text: &[u8]) -> Vec<u8> {
    let mut form = Specification::new();
    form.symbols.push_str("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
    form.translate.from.push_str("-_");
    form.translate.to.push_str("+/");
    form.ignore.push_str(" \t\r\n=");
    form.check_trailing_bits = false;
    let form = form.encoding().expect("the alphabet has sixty-four signs");
    match form.decode(text) {
        Ok(bytes) => bytes,
        // What is broken is read up to the break; the run itself is read by the decoder of runs.
        Err(error) => form.decode(&text[..error.position]).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use data_encoding::BASE64;

    use super::DataUri;
    use crate::decode::{Budget, Decoder as _};

    #[test]
    fn addresses_of_every_writing_open() {
        let svg = "<svg><text>示例</text></svg>";
        let percent: String = svg.bytes().map(|byte| format!("%{byte:02x}")).collect();
        let base64 = BASE64.encode(svg.as_bytes());
        for page in [
            format!("<img src=\"data:image/svg+xml,{percent}\">"),
            format!("<img src='DATA:image/svg+xml;base64,{base64}'>"),
            format!("url(data:image/svg+xml;charset=utf-8;base64,{base64})"),
            format!("<img src=\"data:image/svg+xml;utf8,{svg}\">"),
        ] {
            assert!(DataUri.opens("", page.as_bytes()), "{page}");
            let parts =
                DataUri.open("", page.as_bytes(), &mut Budget::default()).expect("it opens");
            assert_eq!(
                (parts[0].name.as_str(), parts[0].bytes.as_slice()),
                ("data.svg", svg.as_bytes())
            );
        }
        assert!(!DataUri.opens("", b"the data: one, two") && !DataUri.opens("", b"data-a=\"x,y\""));
    }
}
