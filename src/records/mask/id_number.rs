//! An identity number: the province only. The usual "first six, last four" can be undone by trying
//! some three thousand birth dates, so it is no mask. The stars do not tell old from new numbers.

/// What stands for the rest.
pub(super) const STARS: &str = "****************";

/// Returns the masked number, or `None` for what is no number of 15 or 18 signs.
pub(super) fn mask(number: &str) -> Option<String> {
    let province =
        number.get(..2).filter(|signs| signs.bytes().all(|sign| sign.is_ascii_digit()))?;
    let rest = number.get(2..)?;
    let last = |sign: u8| sign.is_ascii_digit() || matches!(sign, b'X' | b'x');
    let good = match rest.as_bytes() {
        digits if digits.len() == 13 => digits.iter().all(u8::is_ascii_digit),
        [digits @ .., end] if digits.len() == 15 => {
            digits.iter().all(u8::is_ascii_digit) && last(*end)
        }
        _ => false,
    };
    let masked = matches!(rest.len(), 13 | 16) && rest.bytes().all(|sign| sign == b'*');
    (good || masked).then(|| format!("{province}{STARS}"))
}
