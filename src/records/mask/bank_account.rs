//! A card number: the last four digits.

/// Returns the masked number, or `None` for what is no card number.
pub(super) fn mask(number: &str) -> Option<String> {
    let digits = number.bytes().all(|byte| byte.is_ascii_digit());
    let good = digits && (16..=19).contains(&number.len());
    good.then(|| format!("************{}", &number[number.len() - 4..]))
}
