//! Runs of signs in a text that may be digests.

use std::collections::{BTreeMap, BTreeSet};

use data_encoding::{BASE64_NOPAD, BASE64URL_NOPAD, HEXLOWER_PERMISSIVE};

use crate::decode::runs;
use crate::output::gate::{Leak, What};
use crate::records::{Trace, Withheld};

/// What may be a digest, and how it was reached.
pub(super) struct Candidate {
    digest: Vec<u8>,
    way: Vec<&'static str>,
}

impl Candidate {
    /// Returns the leak, if the digest is one of a withheld value.
    pub(super) fn leak(&self, known: &BTreeMap<&[u8], Trace>, withheld: &Withheld) -> Option<Leak> {
        let what = What::Digest(withheld.origin(*known.get(self.digest.as_slice())?).clone());
        Some(Leak { route: String::new(), place: None, way: self.way.clone(), what })
    }
}

/// The shortest digest, as base64.
const LEAST: usize = 22;

/// Returns what may be a digest in some bytes.
pub(super) fn candidates(bytes: &[u8], way: &[&'static str]) -> Vec<Candidate> {
    let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || b"+/-_".contains(&byte);
    let mut found = Vec::new();
    for range in runs(bytes, LEAST, is_sign) {
        let run = &bytes[range];
        let pieces = run.split(|byte| !byte.is_ascii_alphanumeric());
        let hex = pieces.filter(|piece| matches!(piece.len(), 32 | 40 | 64));
        found.extend(hex.filter_map(|piece| HEXLOWER_PERMISSIVE.decode(piece).ok()));
        // In an address a slash may stand before it.
        let last = run.rsplit(|byte| *byte == b'/').next().unwrap_or(run);
        for run in [run, last].into_iter().take(if last.len() == run.len() { 1 } else { 2 }) {
            // A word that happens to be as long has letters of one case.
            let mixed =
                run.iter().any(u8::is_ascii_uppercase) && run.iter().any(u8::is_ascii_lowercase);
            if matches!(run.len(), 22 | 27 | 43) && mixed {
                let decoded = lenient(run);
                found.extend(decoded);
            }
        }
    }
    found.into_iter().map(|digest| Candidate { digest, way: way.to_vec() }).collect()
}

/// Returns the bytes of base64 in either alphabet.
fn lenient(run: &[u8]) -> Option<Vec<u8>> {
    BASE64_NOPAD.decode(run).or_else(|_| BASE64URL_NOPAD.decode(run)).ok()
}

/// Returns which of the candidates are digests of withheld values.
pub(super) fn known<'c>(
    candidates: impl Iterator<Item = &'c Candidate>,
    withheld: &Withheld,
) -> BTreeMap<&'c [u8], Trace> {
    let asked: BTreeSet<&[u8]> = candidates.map(|candidate| candidate.digest.as_slice()).collect();
    withheld.digested(&asked)
}
