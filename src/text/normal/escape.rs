//! Escapes of HTML, URLs and programs, read to the end: an escape may stand for the beginning of
//! another.

/// How often an escape may stand for the beginning of another.
const ROUNDS: usize = 6;

/// Reads the escape that some bytes begin with: the character it stands for, if it is one that can
/// be told, and how many bytes it takes. `None` when it is no escape.
pub(super) fn read(bytes: &[u8]) -> Option<(Option<char>, usize)> {
    let (letter, taken) = after(*bytes.first()?, &bytes[1..], ROUNDS)?;
    Some((letter, taken + 1))
}

/// Reads what follows the sign of an escape.
fn after(sign: u8, rest: &[u8], rounds: usize) -> Option<(Option<char>, usize)> {
    let (letter, taken) = match sign {
        b'&' => entity(rest),
        b'%' => percent(rest),
        _ => backslash(rest),
    }?;
    // What was decoded may be the sign of another escape: `&amp;#49;`, `%2531`.
    if let Some(sign @ ('&' | '%' | '\\')) = letter
        && rounds > 0
        && let Ok(sign) = u8::try_from(sign)
        && let Some((inner, more)) = after(sign, &rest[taken..], rounds - 1)
    {
        return Some((inner, taken + more));
    }
    Some((letter, taken))
}

/// Reads `#39;`, `#x41;` or the name of an entity.
fn entity(rest: &[u8]) -> Option<(Option<char>, usize)> {
    const LONGEST: usize = 24;
    // Browsers read numbers without their semicolon, too.
    if let [b'#', digits @ ..] = rest {
        let (digits, radix, before) = match digits {
            [b'x' | b'X', digits @ ..] => (digits, 16, 2),
            _ => (digits, 10, 1),
        };
        let length = digits
            .iter()
            .take(LONGEST)
            .take_while(|byte| char::from(**byte).is_digit(radix))
            .count();
        let text = std::str::from_utf8(&digits[..length]).ok().filter(|text| !text.is_empty())?;
        let letter = u32::from_str_radix(text, radix).ok().and_then(char::from_u32)?;
        let closed = usize::from(digits.get(length) == Some(&b';'));
        return Some((Some(letter), before + length + closed));
    }
    let end = rest.iter().take(LONGEST).position(|byte| *byte == b';')?;
    let name = &rest[..end];
    if name.is_empty() || !name.iter().all(u8::is_ascii_alphanumeric) {
        return None;
    }
    let letter = match name.to_ascii_lowercase().as_slice() {
        b"amp" => '&',
        b"lt" => '<',
        b"gt" => '>',
        b"quot" => '"',
        b"apos" => '\'',
        b"percnt" => '%',
        b"bsol" => '\\',
        b"commat" => '@',
        b"period" => '.',
        b"colon" => ':',
        b"lowbar" => '_',
        b"hyphen" | b"dash" | b"ndash" | b"mdash" | b"minus" => '-',
        b"middot" => '·',
        b"nbsp" | b"ensp" | b"emsp" | b"thinsp" | b"tab" => ' ',
        b"newline" => '\n',
        b"shy" | b"zwnj" | b"zwj" | b"lrm" | b"rlm" | b"zerowidthspace" | b"nobreak" => {
            return Some((None, end + 1));
        }
        // Other names stand for signs that no value is made of.
        _ => ' ',
    };
    Some((Some(letter), end + 1))
}

/// Reads the rest of one percent-encoded character, such as `E5%BC%A0`.
fn percent(rest: &[u8]) -> Option<(Option<char>, usize)> {
    let first = byte(rest.get(..2))?;
    let length = match first {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => 1,
    };
    let mut bytes = [first, 0, 0, 0];
    for (index, place) in bytes.iter_mut().enumerate().take(length).skip(1) {
        let at = 3 * index - 1;
        let next = rest.get(at..at + 3).filter(|next| next[0] == b'%');
        let Some(next) = next.and_then(|next| byte(Some(&next[1..]))) else {
            return Some((None, 2));
        };
        *place = next;
    }
    let letter = std::str::from_utf8(&bytes[..length]).ok().and_then(|text| text.chars().next());
    match letter {
        Some(letter) => Some((Some(letter), 3 * length - 1)),
        None => Some((None, 2)),
    }
}

/// Reads what follows a backslash: `u0041`, `u{41}`, `x41`, `n`.
fn backslash(rest: &[u8]) -> Option<(Option<char>, usize)> {
    match rest {
        [b'u', b'{', digits @ ..] => {
            let end = digits.iter().take(7).position(|byte| *byte == b'}')?;
            let letter = hex(digits.get(..end)).and_then(char::from_u32)?;
            Some((Some(letter), end + 3))
        }
        [b'u', ..] => {
            let unit = hex(rest.get(1..5))?;
            if let Some(letter) = char::from_u32(unit) {
                return Some((Some(letter), 5));
            }
            let low = rest.get(5..7).filter(|next| *next == b"\\u").and(hex(rest.get(7..11)));
            let pair = low.filter(|low| (0xDC00..0xE000).contains(low)).and_then(|low| {
                let high = unit.checked_sub(0xD800)?;
                char::from_u32(0x10000 + (high << 10) + (low - 0xDC00))
            });
            Some(pair.map_or((None, 5), |letter| (Some(letter), 11)))
        }
        [b'U', ..] => Some((Some(hex(rest.get(1..9)).and_then(char::from_u32)?), 9)),
        [b'x', ..] => Some((Some(char::from_u32(hex(rest.get(1..3))?)?), 3)),
        // These stand for signs that are dropped.
        [b'n' | b'r', ..] => Some((Some('\n'), 1)),
        [b't' | b'b' | b'f', ..] => Some((Some(' '), 1)),
        [sign @ (b'"' | b'\\' | b'/'), ..] => Some((Some(char::from(*sign)), 1)),
        _ => None,
    }
}

/// Reads a byte in hexadecimal.
fn byte(digits: Option<&[u8]>) -> Option<u8> {
    hex(digits).and_then(|byte| u8::try_from(byte).ok())
}

/// Reads a hexadecimal number.
fn hex(digits: Option<&[u8]>) -> Option<u32> {
    let digits = std::str::from_utf8(digits?).ok()?;
    let good = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    good.then(|| u32::from_str_radix(digits, 16).ok()).flatten()
}
