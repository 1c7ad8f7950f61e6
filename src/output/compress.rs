//! Files compressed beforehand, beside the ones they are made of: `x.html.gz` and `x.html.br`.
//!
//! They are made after the gate, of the very bytes that passed it and of nothing else, so that they
//! hold nothing that was not searched; opening each again only to read the same words would double
//! the search. A server that is told so sends them in place of the file.

use std::collections::BTreeSet;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use rayon::prelude::*;

use crate::site::artifact::Artifact;
use crate::site::url::Route;

/// The endings of files that are words: all others are compressed as they are.
const WORDS: [&str; 9] = ["html", "css", "js", "svg", "json", "csv", "xml", "txt", "md"];

/// Below this size a server has nothing to gain.
const LEAST: usize = 1024;

/// How hard brotli tries: beyond this, each per cent costs ten times the time.
const QUALITY: i32 = 5;

/// The window of brotli, as a power of two.
const WINDOW: i32 = 22;

/// What a compressed file ends in.
pub(super) const ENDINGS: [&str; 2] = [".gz", ".br"];

/// Returns the compressed twins of artifacts that have passed the gate; where a site has a file of
/// such a name already, there is none.
#[must_use]
pub fn twins(artifacts: &[Artifact]) -> Vec<Artifact> {
    let taken: BTreeSet<&str> =
        artifacts.iter().map(|artifact| artifact.route().as_str()).collect();
    let wanted = artifacts.par_iter().filter(|artifact| {
        WORDS.contains(&artifact.route().extension()) && artifact.bytes().len() >= LEAST
    });
    let made = wanted.flat_map_iter(|artifact| {
        ENDINGS.map(|ending| {
            let route = format!("{}{ending}", artifact.route());
            let small =
                if ending == ".gz" { gzip(artifact.bytes()) } else { brotli(artifact.bytes()) };
            Artifact::new(Route::new(route), small)
        })
    });
    made.filter(|twin| !taken.contains(twin.route().as_str())).collect()
}

/// Compresses with gzip; the time in its head is none.
fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut writer = GzEncoder::new(Vec::with_capacity(bytes.len() / 4), Compression::best());
    writer.write_all(bytes).expect("memory takes everything");
    writer.finish().expect("memory takes everything")
}

/// Compresses with brotli.
fn brotli(bytes: &[u8]) -> Vec<u8> {
    let mut small = Vec::with_capacity(bytes.len() / 4);
    let settings = brotli::enc::BrotliEncoderParams {
        quality: QUALITY,
        lgwin: WINDOW,
        size_hint: bytes.len(),
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &*bytes, &mut small, &settings).expect("memory takes everything");
    small
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::twins;
    use crate::site::artifact::Artifact;
    use crate::site::url::Route;

    #[test]
    fn twins_open_to_the_bytes_they_were_made_of() {
        let page: String =
            (0..900).map(|number| format!("第{number}行 {}\n", number * 37 % 101)).collect();
        let one = |route: &str, text: &str| Artifact::new(Route::new(route), text.into());
        let artifacts = [
            one("a.html", &page),
            one("a.css", "p{}"),
            one("a.png", &page),
            one("d/b.csv", &page),
            one("d/b.csv.gz", "an attachment of this name"),
        ];
        let twins = twins(&artifacts);
        let routes: Vec<&str> = twins.iter().map(|twin| twin.route().as_str()).collect();
        assert_eq!(routes, ["a.html.gz", "a.html.br", "d/b.csv.br"]);
        for twin in &twins {
            let mut opened = String::new();
            match twin.route().extension() {
                "gz" => flate2::read::GzDecoder::new(twin.bytes()).read_to_string(&mut opened),
                _ => brotli_decompressor::Decompressor::new(twin.bytes(), 4096)
                    .read_to_string(&mut opened),
            }
            .expect("what was compressed can be opened");
            assert!(opened == page, "{}", twin.route());
            assert!(twin.bytes().len() * 3 < page.len(), "{} bytes", twin.bytes().len());
        }
        // Bytes 4 to 7 are the time.
        assert_eq!(twins[0].bytes()[4..8], [0; 4]);
    }
}
