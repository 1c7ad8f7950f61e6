//! A mobile number: three signs in front and two at the end.

/// What stands for the rest.
pub(super) const STARS: &str = "******";

/// Returns the masked number, or `None` for what is no mobile number.
pub(super) fn mask(number: &str) -> Option<String> {
    let bytes = number.as_bytes();
    if bytes.len() != 11 || bytes[0] != b'1' {
        return None;
    }
    let open = bytes[..3].iter().chain(&bytes[9..]).all(u8::is_ascii_digit);
    let hidden = &bytes[3..9];
    let good = hidden.iter().all(u8::is_ascii_digit) || hidden.iter().all(|byte| *byte == b'*');
    (open && good).then(|| format!("{}{STARS}{}", &number[..3], &number[9..]))
}
