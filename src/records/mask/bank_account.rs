//! A card number: the last four digits, and as many stars whatever the length.

/// What stands for the rest.
pub(super) const STARS: &str = "************";

/// Returns the masked number, or `None` for what is no card number.
pub(super) fn mask(number: &str) -> Option<String> {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let good = digits(number) && (16..=19).contains(&number.len());
    let masked = || number.strip_prefix(STARS).is_some_and(|last| last.len() == 4 && digits(last));
    (good || masked()).then(|| format!("{STARS}{}", &number[number.len() - 4..]))
}
