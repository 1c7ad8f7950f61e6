//! Runs of hexadecimal digits in any text.

use crate::decode::text::{begun_zlib, is_file, parts, runs, sure_stretches};
use crate::decode::{Budget, Decoder, Part, Unopened};

/// Opens runs of hexadecimal digits of which a text or a file comes out.
pub(super) struct Hex;

/// Eleven letters, the shortest of numbers that must stay behind.
const LEAST: usize = 22;

impl Decoder for Hex {
    fn name(&self) -> &'static str {
        "hex"
    }

    fn opens(&self, _name: &str, bytes: &[u8]) -> bool {
        runs(bytes, LEAST, |byte| byte.is_ascii_hexdigit())
            .any(|range| !readings(&bytes[range]).is_empty())
    }

    fn open(&self, _name: &str, bytes: &[u8], budget: &mut Budget) -> Result<Vec<Part>, Unopened> {
        let found = runs(bytes, LEAST, |byte| byte.is_ascii_hexdigit())
            .flat_map(|range| readings(&bytes[range]));
        parts(found, budget)
    }

    fn reads_text(&self) -> bool {
        true
    }

    fn guesses(&self) -> bool {
        true
    }
}

/// Returns what a run stands for, if it is a text or a file; the run may begin with a digit that
/// belongs to what stands before it.
fn readings(run: &[u8]) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for start in 0..2 {
        let digit = |byte: u8| char::from(byte).to_digit(16).unwrap_or(0) as u8;
        let pairs = run[start..].chunks_exact(2);
        let inner: Vec<u8> = pairs.map(|pair| digit(pair[0]) << 4 | digit(pair[1])).collect();
        if is_file(&inner) {
            found.push(inner);
            continue;
        }
        let mut texts = sure_stretches(&inner);
        texts.extend(sure_stretches(&begun_zlib(&inner)));
        found.extend((!texts.is_empty()).then_some(texts));
    }
    found
}

#[cfg(test)]
mod tests {
    use data_encoding::{HEXLOWER, HEXUPPER};

    use super::Hex;
    use crate::decode::{Budget, Decoder as _};

    #[test]
    fn runs_of_both_cases_open_and_digests_do_not() {
        let value = "示例 12345";
        for run in
            [HEXLOWER.encode(value.as_bytes()), format!("a{}", HEXUPPER.encode(value.as_bytes()))]
        {
            let page = format!("<p>{run}</p>");
            assert!(Hex.opens("", page.as_bytes()));
            let parts = Hex.open("", page.as_bytes(), &mut Budget::default()).expect("it opens");
            assert!(String::from_utf8_lossy(&parts[0].bytes).contains(value));
        }
        assert!(!Hex.opens("", b"d41d8cd98f00b204e9800998ecf8427e"));
        assert!(!Hex.opens("", "示例 20240102".as_bytes()));
    }
}
