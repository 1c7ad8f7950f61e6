//! Opens what wraps a text: archives, compressed files, documents, encodings. One decoder a file,
//! one line in [`DECODERS`].
//!
//! [`walk()`] shows every text that a reader or a machine could get out of some bytes, however deep it
//! is wrapped, together with the way that led there. What cannot be opened is told of and never
//! passed over: whoever asks decides whether that is a fault. Depth, size and number have a budget,
//! so that a small file cannot become a large one. No input makes a decoder stop the program: a
//! parser that gives up in an unforeseen way gives [`Unopened::Damaged`], and says nothing.

mod base64;
mod brotli;
mod data_uri;
mod gif;
mod gzip;
mod hex;
mod jpeg;
mod json;
mod legacy;
mod office;
mod ole;
mod pdf;
mod png;
mod quiet;
mod quoted;
mod samples;
mod tar;
mod text;
mod tiff;
mod trie;
mod walk;
mod webp;
mod wide;
mod zip;
mod zlib;
mod zstd;

use std::io::Read;

pub use samples::{SAMPLES, Sample};
pub use text::runs;
pub use walk::walk;

use crate::text::normal::Writing;

/// A text or file found inside another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it is called inside, such as the name of a file in an archive; may be empty.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl Part {
    /// Joins a name with what is under it.
    fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { name: name.into(), bytes: bytes.into() }
    }
}

/// Why something could not be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unopened {
    /// Nobody knows how to read it.
    Unknown,
    /// It needs a password.
    Encrypted,
    /// It is damaged.
    Damaged,
    /// It is wrapped too deep.
    TooDeep,
    /// It would become too large.
    TooLarge,
}

/// How much may still be unwrapped.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    /// How many wrappings deep.
    pub depth: usize,
    /// How many bytes in all.
    pub bytes: usize,
    /// How many parts in all.
    pub parts: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self { depth: 8, bytes: 256 << 20, parts: 20_000 }
    }
}

impl Budget {
    /// Takes one part with its bytes off.
    ///
    /// # Errors
    ///
    /// Says that it would become too large.
    fn take(&mut self, bytes: usize) -> Result<(), Unopened> {
        self.bytes = self.bytes.checked_sub(bytes).ok_or(Unopened::TooLarge)?;
        self.parts = self.parts.checked_sub(1).ok_or(Unopened::TooLarge)?;
        Ok(())
    }

    /// Reads to the end, as far as the budget goes, and takes what was read off.
    ///
    /// # Errors
    ///
    /// Says that it would become too large, or that it is damaged.
    fn read(&mut self, source: impl Read) -> Result<Vec<u8>, Unopened> {
        let mut inner = Vec::new();
        source
            .take(self.bytes as u64 + 1)
            .read_to_end(&mut inner)
            .map_err(|_| Unopened::Damaged)?;
        self.take(inner.len())?;
        Ok(inner)
    }
}

/// Opens one sort of wrapping.
pub trait Decoder: Sync {
    /// Returns the name, as findings write it in the way to a value.
    fn name(&self) -> &'static str;

    /// Returns whether it can open this. Asked of every file: a look at the first bytes, or one quick
    /// pass over a text.
    fn opens(&self, name: &str, bytes: &[u8]) -> bool;

    /// Returns what is inside, as far as the budget goes.
    ///
    /// # Errors
    ///
    /// Says why it could not be opened.
    fn open(&self, name: &str, bytes: &[u8], budget: &mut Budget) -> Result<Vec<Part>, Unopened>;

    /// Returns whether what it opens is a text all the same, and may be read as it is.
    fn reads_text(&self) -> bool {
        false
    }

    /// Returns whether it opens what nobody says is wrapped, such as a run of letters in an address. What
    /// comes out of that and is no file may be chance, and is no fault when nothing opens it.
    fn guesses(&self) -> bool {
        false
    }
}

/// Every decoder: documents, tests and the mutation list are made from this list.
pub const DECODERS: &[&dyn Decoder] = &[
    &gzip::Gzip,
    &zlib::Zlib,
    &brotli::Brotli,
    &zstd::Zstd,
    &zip::Zip,
    &office::Office,
    &tar::Tar,
    &pdf::Pdf,
    &ole::Ole,
    &png::Png,
    &jpeg::Jpeg,
    &gif::Gif,
    &webp::Webp,
    &tiff::Tiff,
    &wide::Wide,
    &legacy::Legacy,
    &data_uri::DataUri,
    &base64::Base64,
    &hex::Hex,
    &quoted::Quoted,
    &json::Json,
    &trie::Trie,
];

/// One text, and how it was reached.
#[derive(Debug)]
pub struct View<'a> {
    /// The names of the decoders that led here, the outermost first; empty for the bytes themselves.
    pub way: &'a [&'static str],
    /// The name of the innermost part; the file's own name at the top.
    pub name: &'a str,
    /// The bytes to be searched.
    pub bytes: &'a [u8],
    /// How they are written.
    pub writing: Writing,
    /// Whether they wrap what is shown on its own, so that the bytes themselves are no text.
    pub wraps: bool,
}

/// Something that could not be opened, and how it was reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closed {
    /// The names of the decoders that led there.
    pub way: Vec<&'static str>,
    /// Why it could not be opened.
    pub why: Unopened,
}
