//! The decoders: no bytes make them panic or grow beyond their budget, and a planted number is found
//! through whatever it is wrapped in.
#![no_main]

use std::io::{Cursor, Write as _};

use arbitrary::Arbitrary;
use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};
use libfuzzer_sys::fuzz_target;
use mingbai::decode::{DECODERS, walk};
use mingbai::text::normal::{Escapes, Folded, Writing, fold, fold_into};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A way of wrapping bytes.
#[derive(Arbitrary, Clone, Copy, Debug)]
enum Wrapping {
    Gzip,
    Zlib,
    Zip,
    Base64,
    Hex,
}

impl Wrapping {
    /// Wraps bytes.
    fn wrap(self, bytes: &[u8]) -> Vec<u8> {
        const MEMORY: &str = "memory does not fail";
        match self {
            Self::Gzip => {
                let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
                encoder.write_all(bytes).expect(MEMORY);
                encoder.finish().expect(MEMORY)
            }
            Self::Zlib => {
                let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
                encoder.write_all(bytes).expect(MEMORY);
                encoder.finish().expect(MEMORY)
            }
            Self::Zip => {
                let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
                writer.start_file("a", SimpleFileOptions::default()).expect(MEMORY);
                writer.write_all(bytes).expect(MEMORY);
                writer.finish().expect(MEMORY).into_inner()
            }
            Self::Base64 => data_encoding::BASE64.encode(bytes).into_bytes(),
            Self::Hex => data_encoding::HEXLOWER.encode(bytes).into_bytes(),
        }
    }
}

/// What the fuzzer makes.
#[derive(Arbitrary, Debug)]
struct Input<'a> {
    raw: &'a [u8],
    name: &'a str,
    before: &'a str,
    after: &'a str,
    seed: u32,
    wrappings: [Option<Wrapping>; 4],
}

fuzz_target!(|input: Input<'_>| {
    for name in ["", input.name, "a.pdf", "a.docx", "a.png", "a.jpg", "a.json", "a.br", "a.tar"] {
        walk(DECODERS, name, input.raw, &mut |_| {});
    }
    let value = planted::id_number(input.seed);
    let mut bytes = format!("{}\n{value}\n{}", input.before, input.after).into_bytes();
    for wrapping in input.wrappings.iter().flatten() {
        bytes = wrapping.wrap(&bytes);
    }
    let wanted = fold(&value);
    let mut found = false;
    let mut folded = Folded::default();
    let closed = walk(DECODERS, "a", &bytes, &mut |view| {
        for writing in [Writing::Markup, Writing::Plain] {
            for escapes in [Escapes::Decoded, Escapes::Plain] {
                fold_into(view.bytes, (writing, escapes), &mut folded);
                found |= folded.text.windows(wanted.len()).any(|window| window == wanted);
                found |= folded.tags.windows(wanted.len()).any(|window| window == wanted);
            }
        }
    });
    assert!(found || !closed.is_empty(), "a planted value is missed");
});
