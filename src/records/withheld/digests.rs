//! Digests of withheld values. A digest of an identity number can be turned back into the number in
//! seconds by trying all of them, so one that stands in a page is the number.

use std::collections::{BTreeMap, BTreeSet};

use md5::Md5;
use rayon::prelude::*;
use sha1::Sha1;
use sha2::{Digest as _, Sha256};
use sm3::Sm3;

use crate::text::normal::fold;

/// Returns which of some digests are of written values, and of which.
///
/// The digests of the values are made only now and kept by nobody: most sites have none to compare.
pub(super) fn known<'d>(
    written: &[(Box<str>, usize)],
    asked: &BTreeSet<&'d [u8]>,
) -> BTreeMap<&'d [u8], usize> {
    if asked.is_empty() {
        return BTreeMap::new();
    }
    let mut found: Vec<(&'d [u8], usize)> = written
        .par_iter()
        .flat_map_iter(|(value, mark)| {
            spellings(value)
                .into_iter()
                .flat_map(|spelling| of(&spelling))
                .filter_map(|digest| asked.get(digest.as_slice()).map(|asked| (*asked, *mark)))
        })
        .collect();
    found.sort_unstable();
    found.dedup_by_key(|(digest, _)| *digest);
    found.into_iter().collect()
}

/// Returns the spellings of a value that somebody may have hashed.
fn spellings(value: &str) -> BTreeSet<Vec<u8>> {
    let folded = fold(value);
    let upper = folded.to_ascii_uppercase();
    let plain = [value.as_bytes().to_vec(), value.trim().as_bytes().to_vec(), folded, upper];
    let ended = |spelling: &Vec<u8>| [spelling.as_slice(), b"\n"].concat();
    plain.iter().map(ended).chain(plain.clone()).collect()
}

/// Returns the digests of some bytes.
fn of(bytes: &[u8]) -> [Vec<u8>; 4] {
    [
        Md5::digest(bytes).to_vec(),
        Sha1::digest(bytes).to_vec(),
        Sha256::digest(bytes).to_vec(),
        Sm3::digest(bytes).to_vec(),
    ]
}
