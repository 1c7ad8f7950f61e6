//! Files compressed with gzip.

use std::io::Read as _;

use flate2::read::MultiGzDecoder;

use crate::decode::{Budget, Decoder, Part, Unopened};

/// Opens gzip.
pub(super) struct Gzip;

impl Decoder for Gzip {
    fn name(&self) -> &'static str {
        "gzip"
    }

    fn opens(&self, _name: &str, bytes: &[u8]) -> bool {
        bytes.starts_with(&[0x1f, 0x8b])
    }

    fn open(&self, name: &str, bytes: &[u8], budget: &mut Budget) -> Result<Vec<Part>, Unopened> {
        let mut inner = Vec::new();
        let limit = budget.bytes as u64 + 1;
        MultiGzDecoder::new(bytes)
            .take(limit)
            .read_to_end(&mut inner)
            .map_err(|_| Unopened::Damaged)?;
        budget.bytes = budget.bytes.checked_sub(inner.len()).ok_or(Unopened::TooLarge)?;
        let name = name.strip_suffix(".gz").unwrap_or(name).to_owned();
        Ok(vec![Part { name, bytes: inner }])
    }
}
