//! The walk from one wrapping to the next.

use crate::decode::quiet::quietly;
use crate::decode::text::{begins_as_markup, is_file, is_text};
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
    walker.part(name, bytes, &mut Vec::new(), false);
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
    /// Shows a part, and opens it with every decoder that can; a guessed one may be nothing at all.
    fn part(&mut self, name: &str, bytes: &[u8], way: &mut Vec<&'static str>, guessed: bool) {
        let opens = |decoder: &&&'static dyn Decoder| decoder.opens(name, bytes);
        let openers: Vec<&'static dyn Decoder> =
            self.decoders.iter().filter(opens).copied().collect();
        let wraps = openers.iter().any(|decoder| !decoder.reads_text());
        (self.see)(&View { way, name, bytes, writing: writing_of(name, bytes), wraps });
        for decoder in openers {
            self.open(decoder, (name, bytes), way);
        }
        let chance = guessed && !is_file(bytes);
        if !wraps && !chance && !is_text(bytes) {
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
                        self.part(&part.name, &part.bytes, way, decoder.guesses());
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

#[cfg(test)]
mod tests {
    use data_encoding::{BASE64, HEXLOWER};

    use super::walk;
    use crate::decode::DECODERS;

    /// Returns how many parts of a text stay closed.
    fn closed(text: &str) -> usize {
        walk(DECODERS, "a.xml", text.as_bytes(), &mut |_| {}).len()
    }

    #[test]
    fn chance_in_addresses_and_digests_is_no_fault() {
        // Letters which, read as base64, are noughts that no letter has.
        assert_eq!(closed("<p>AAAAAAAAAAAAAAAAAAAAAAAA</p>"), 0);
        // Chinese in an old encoding beside a text in the usual one.
        let old = encoding_rs::GB18030.encode("示例村公开示例村公开").0;
        let both = [BASE64.encode(&old), BASE64.encode("示例村公开".as_bytes())].join(" ");
        assert_eq!(closed(&both), 0);
        // Any digest.
        let mut state = 9_u64;
        for _ in 0..20_000 {
            let mut digest = [0; 32];
            for byte in &mut digest {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                *byte = (state >> 56) as u8;
            }
            assert_eq!(closed(&HEXLOWER.encode(&digest)), 0, "{digest:?}");
            assert_eq!(closed(&BASE64.encode(&digest)), 0, "{digest:?}");
        }
    }

    #[test]
    fn a_file_that_nothing_opens_is_a_fault_however_it_is_written() {
        let sound = [&b"RIFF\x20\0\0\0WAVEfmt "[..], &[7; 24]].concat();
        for text in [HEXLOWER.encode(&sound), BASE64.encode(&sound)] {
            assert!(closed(&text) > 0, "{text}");
        }
    }
}
