//! An address: no further than the township.

/// What ends the name of a township.
const TOWNSHIP_ENDS: [char; 2] = ['镇', '乡'];

/// Returns the masked address, or `None` where no township can be told.
pub(super) fn mask(address: &str) -> Option<String> {
    let street = address.find("街道").map(|at| at + "街道".len());
    let township = address.find(TOWNSHIP_ENDS).map(|at| at + '镇'.len_utf8());
    let end = street.into_iter().chain(township).min()?;
    // What is hidden must be something: an address that ends there is no address of a person.
    let plain = address[..end].chars().all(char::is_alphabetic);
    (plain && end < address.len()).then(|| format!("{}***", &address[..end]))
}
