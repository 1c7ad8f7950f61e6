//! Values to plant, made of a number, and disguises to put them in: the library of the targets.

use arbitrary::Arbitrary;

/// A way of writing a value that a reader sees through.
#[derive(Arbitrary, Clone, Copy, Debug)]
pub enum Disguise {
    /// As it is.
    Plain,
    /// In full-width signs.
    Wide,
    /// With signs between that nobody sees.
    ZeroWidth,
    /// With spaces between.
    Spaced,
    /// With one hyphen between any two.
    Hyphens,
    /// As entities.
    Entities,
    /// Percent-encoded.
    Percent,
    /// As escapes of JSON.
    Json,
    /// As Chinese numerals.
    Numerals,
    /// Broken up by tags.
    Tags,
}

impl Disguise {
    /// Returns a value in this disguise.
    pub fn dress(self, value: &str) -> String {
        let apart =
            |between: &str| value.chars().map(String::from).collect::<Vec<_>>().join(between);
        let each = |write: &dyn Fn(char) -> String| value.chars().map(write).collect::<String>();
        match self {
            Self::Plain => value.to_owned(),
            Self::Wide => each(&|sign| {
                char::from_u32(u32::from(sign) + 0xFEE0).map_or_else(String::new, String::from)
            }),
            Self::ZeroWidth => apart("\u{200b}"),
            Self::Spaced => apart(" "),
            Self::Hyphens => apart("-"),
            Self::Entities => each(&|sign| format!("&#{};", u32::from(sign))),
            Self::Percent => each(&|sign| format!("%{:02X}", u32::from(sign))),
            Self::Json => each(&|sign| format!("\\u{:04x}", u32::from(sign))),
            Self::Numerals => each(&|sign| {
                let row = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
                sign.to_digit(10).map_or(sign, |digit| row[digit as usize]).to_string()
            }),
            Self::Tags => apart("<b></b>"),
        }
    }

    /// Returns whether a text has to be read as markup for the disguise to be one.
    pub fn is_markup(self) -> bool {
        matches!(self, Self::Tags)
    }
}

/// Returns an identity number of region 99.
pub fn id_number(seed: u32) -> String {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let (year, month, day) = (1940 + seed % 60, 1 + seed / 60 % 12, 1 + seed / 720 % 28);
    let number = format!("990101{year}{month:02}{day:02}{:03}", seed / 20160 % 1000);
    let sum: u32 =
        number.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    format!("{number}{}", char::from(b"10X98765432"[sum as usize % 11]))
}

/// Returns a telephone of nobody.
pub fn phone(seed: u32) -> String {
    format!("1990000{:04}", seed % 10_000)
}
