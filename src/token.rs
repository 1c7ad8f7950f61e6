//! Keyed marks: the same value gets the same mark, and nobody without the key can try values.
//!
//! A mark is an HMAC-SHA-256, bound to what the value is, where the mark is used and in which year, so
//! that marks of two publications cannot be laid side by side. An unkeyed hash of an identity number
//! is no mark: trying every number of a county takes seconds. The key lies outside the register.

use std::fmt;

use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use crate::text::Phrase;

/// A key with fewer bytes than this is refused.
pub const SHORTEST_KEY: usize = 32;

/// How many bytes of a mark are kept: eighty bits.
const KEPT: usize = 10;

/// A secret key. It is never written anywhere.
#[derive(Clone)]
pub struct Key(Box<[u8]>);

impl fmt::Debug for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Key(…)")
    }
}

/// What a mark is bound to.
#[derive(Clone, Copy, Debug)]
pub struct Binding<'a> {
    /// What the value is, such as `id-number`.
    pub class: &'a str,
    /// Where the mark is used, such as the record it stands in.
    pub scope: &'a str,
    /// The year it is used in.
    pub year: i16,
}

impl Key {
    /// Reads a key from the bytes of its file; white space around it does not count.
    ///
    /// # Errors
    ///
    /// Says what is wrong with a key that is too short.
    pub fn parse(bytes: &[u8]) -> Result<Self, Phrase> {
        let bytes = bytes.trim_ascii();
        if bytes.len() < SHORTEST_KEY {
            return Err(Phrase::new(
                format!("密钥太短,至少要{SHORTEST_KEY}个字节"),
                format!("the key is too short: it needs at least {SHORTEST_KEY} bytes"),
            ));
        }
        Ok(Self(bytes.into()))
    }

    /// Returns the mark of a value: sixteen letters and digits.
    #[must_use]
    pub fn token(&self, binding: Binding<'_>, value: &str) -> String {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes keys of any length");
        let year = binding.year.to_string();
        for part in ["mingbai token 1", binding.class, binding.scope, &year, value] {
            // Each part with its length: no two bindings run into one another.
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part.as_bytes());
        }
        BASE32_NOPAD.encode(&mac.finalize().into_bytes()[..KEPT]).to_lowercase()
    }
}

#[cfg(test)]
mod tests {
    use super::{Binding, Key};

    #[test]
    fn marks_differ_with_everything_they_are_bound_to() {
        let key = Key::parse(&[b'k'; 32]).expect("long enough");
        let binding = Binding { class: "id-number", scope: "grant/1", year: 2025 };
        let mark = key.token(binding, "x");
        assert_eq!(mark.len(), 16);
        assert_eq!(mark, key.token(binding, "x"));
        for other in [
            key.token(Binding { class: "phone", ..binding }, "x"),
            key.token(Binding { scope: "grant/2", ..binding }, "x"),
            key.token(Binding { year: 2024, ..binding }, "x"),
            key.token(binding, "y"),
            Key::parse(&[b'l'; 32]).expect("long enough").token(binding, "x"),
        ] {
            assert_ne!(mark, other);
        }
    }

    #[test]
    fn short_keys_are_refused_and_keys_are_never_shown() {
        assert!(Key::parse(&[b'k'; 31]).is_err());
        assert!(Key::parse(b"   \n").is_err());
        let key = Key::parse(&[b'k'; 40]).expect("long enough");
        assert_eq!(format!("{key:?}"), "Key(…)");
    }
}
