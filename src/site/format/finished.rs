//! What is known of finished files: how large they are, and their digests.
//!
//! Some files speak of others. They are rendered last, when the bytes of the others are there; no
//! such file speaks of another one of its kind.

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

use crate::site::artifact::Artifact;

/// The folder of the files that others speak of.
const FOLDER: &str = "data/";

/// What is known of the finished files.
#[derive(Debug, Default)]
pub(crate) struct Finished {
    files: BTreeMap<String, Facts>,
}

/// What is known of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Facts {
    /// How many bytes it has.
    pub(crate) bytes: usize,
    /// Its SHA-256, in hexadecimal.
    pub(crate) sha256: String,
}

impl Finished {
    /// Looks at the files that others speak of.
    pub(crate) fn of(artifacts: &[Artifact]) -> Self {
        let files = artifacts
            .par_iter()
            .filter(|artifact| artifact.route().as_str().starts_with(FOLDER))
            .map(|artifact| {
                let bytes = artifact.bytes();
                let sha256 = HEXLOWER.encode(&Sha256::digest(bytes));
                (artifact.route().as_str().to_owned(), Facts { bytes: bytes.len(), sha256 })
            })
            .collect();
        Self { files }
    }

    /// Returns what is known of a file.
    pub(crate) fn file(&self, path: &str) -> Option<&Facts> {
        self.files.get(path)
    }
}

#[cfg(test)]
mod tests {
    use super::Finished;
    use crate::site::artifact::Artifact;
    use crate::site::url::Route;

    #[test]
    fn a_digest_is_that_of_the_standard() {
        let file = Artifact::new(Route::new("data/a.csv"), b"abc".to_vec());
        let finished = Finished::of(&[file]);
        let facts = finished.file("data/a.csv").expect("it is known");
        // The example of FIPS 180-4.
        let digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!((facts.bytes, facts.sha256.as_str()), (3, digest));
    }
}
