//! The walk from one wrapping to the next.

use crate::decode::quiet::quietly;
use crate::decode::text::{begins_as_markup, is_text};
use crate::decode::{Budget, Closed, Decoder, Unopened, View};
use crate::text::normal::Writing;

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
    /// Shows a part, and opens it with every decoder that can.
    fn part(&mut self, name: &str, bytes: &[u8], way: &mut Vec<&'static str>) {
        let opens = |decoder: &&&'static dyn Decoder| decoder.opens(name, bytes);
        let openers: Vec<&'static dyn Decoder> =
            self.decoders.iter().filter(opens).copied().collect();
        let wraps = openers.iter().any(|decoder| !decoder.reads_text());
        (self.see)(&View { way, name, bytes, writing: writing_of(name, bytes), wraps });
        for decoder in openers {
            self.open(decoder, (name, bytes), way);
        }
        if !wraps && !is_text(bytes) {
            self.close(way, Unopened::Unknown);
        }
    }

    /// Opens a part with one decoder.
    fn open(
        &mut self,
        decoder: &'static dyn Decoder,
        (name, bytes): (&str, &[u8]),
        way: &mut Vec<&'static str>,
    ) {
        way.push(decoder.name());
        if way.len() > self.budget.depth {
            self.close(way, Unopened::TooDeep);
        } else {
            let budget = &mut self.budget;
            let opened = quietly(|| decoder.open(name, bytes, budget));
            match opened.unwrap_or(Err(Unopened::Damaged)) {
                Ok(parts) => {
                    for part in parts {
                        self.part(&part.name, &part.bytes, way);
                    }
                }
                Err(why) => self.close(way, why),
            }
        }
        way.pop();
    }

    /// Notes that something stays closed, once for each way and reason.
    fn close(&mut self, way: &[&'static str], why: Unopened) {
        let closed = Closed { way: way.to_vec(), why };
        if !self.closed.contains(&closed) {
            self.closed.push(closed);
        }
    }
}

/// Returns how a part is written.
fn writing_of(name: &str, bytes: &[u8]) -> Writing {
    match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" | "htm" | "xhtml" | "xml" | "svg" | "rels" => Writing::Markup,
        _ if begins_as_markup(bytes) => Writing::Markup,
        _ => Writing::Plain,
    }
}
