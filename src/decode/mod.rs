//! Opens what wraps a text: archives, compressed files, documents, encodings. One decoder a file,
//! one line in [`DECODERS`].
//!
//! [`walk`] shows every text that a reader or a machine could get out of some bytes, however deep it
//! is wrapped, together with the way that led there. What cannot be opened is told of and never
//! passed over: whoever asks decides whether that is a fault. Depth and size have a budget, so that a
//! small file cannot become a large one.

mod gzip;

use crate::text::normal::Writing;

/// A text or file found inside another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it is called inside, such as the name of a file in an archive; may be empty.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
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
}

impl Default for Budget {
    fn default() -> Self {
        Self { depth: 8, bytes: 256 << 20 }
    }
}

/// Opens one sort of wrapping.
pub trait Decoder: Sync {
    /// Returns the name, as findings write it in the way to a value.
    fn name(&self) -> &'static str;

    /// Returns whether it can open this.
    fn opens(&self, name: &str, bytes: &[u8]) -> bool;

    /// Returns what is inside, as far as the budget goes.
    ///
    /// # Errors
    ///
    /// Says why it could not be opened.
    fn open(&self, name: &str, bytes: &[u8], budget: &mut Budget) -> Result<Vec<Part>, Unopened>;
}

/// Every decoder: documents, tests and the mutation list are made from this list.
pub const DECODERS: &[&dyn Decoder] = &[&gzip::Gzip];

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
}

/// Something that could not be opened, and how it was reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closed {
    /// The names of the decoders that led there.
    pub way: Vec<&'static str>,
    /// Why it could not be opened.
    pub why: Unopened,
}

/// Shows every text in some bytes to `see`; returns what could not be opened.
pub fn walk(
    decoders: &[&'static dyn Decoder],
    name: &str,
    bytes: &[u8],
    see: &mut dyn FnMut(&View<'_>),
) -> Vec<Closed> {
    let mut walker = Walker { decoders, see, budget: Budget::default(), closed: Vec::new() };
    walker.part(name, bytes, &mut Vec::new());
    walker.closed
}

/// Walks from one part to the next.
struct Walker<'a> {
    decoders: &'a [&'static dyn Decoder],
    see: &'a mut dyn FnMut(&View<'_>),
    budget: Budget,
    closed: Vec<Closed>,
}

impl Walker<'_> {
    /// Shows a part, and opens it if it wraps something.
    fn part(&mut self, name: &str, bytes: &[u8], way: &mut Vec<&'static str>) {
        let writing = writing_of(name);
        (self.see)(&View { way, name, bytes, writing });
        for decoder in self.decoders {
            if !decoder.opens(name, bytes) {
                continue;
            }
            way.push(decoder.name());
            if way.len() > self.budget.depth {
                self.closed.push(Closed { way: way.clone(), why: Unopened::TooDeep });
            } else {
                match decoder.open(name, bytes, &mut self.budget) {
                    Ok(parts) => {
                        for part in parts {
                            self.part(&part.name, &part.bytes, way);
                        }
                    }
                    Err(why) => self.closed.push(Closed { way: way.clone(), why }),
                }
            }
            way.pop();
        }
    }
}

/// Returns how a file of this name is written.
fn writing_of(name: &str) -> Writing {
    match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" | "htm" | "xhtml" | "xml" | "svg" | "rels" => Writing::Markup,
        _ => Writing::Plain,
    }
}
