//! An identity number: the province only. The usual "first six, last four" can be undone by trying
//! some three thousand birth dates, so it is no mask.

/// Returns the masked number, or `None` for what is no number of 15 or 18 signs.
pub(super) fn mask(number: &str) -> Option<String> {
    let signs = number.len();
    let masked = number.get(2..)?.bytes().all(|byte| byte == b'*');
    let digits = number
        .bytes()
        .enumerate()
        .all(|(index, byte)| byte.is_ascii_digit() || index == 17 && matches!(byte, b'X' | b'x'));
    let province = number.bytes().take(2).all(|byte| byte.is_ascii_digit());
    let good = (signs == 15 || signs == 18) && province && (digits || masked);
    good.then(|| format!("{}{}", &number[..2], "*".repeat(signs - 2)))
}
