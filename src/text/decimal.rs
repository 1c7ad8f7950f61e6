//! An exact decimal number, as written: `7.50` stays different from `7.5` on paper, equal in value.

use std::cmp::Ordering;
use std::fmt;

/// A decimal: `mantissa / 10^scale`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Decimal {
    mantissa: i64,
    scale: u8,
}

impl Decimal {
    /// The largest number of digits after the point that is understood.
    const MAX_SCALE: usize = 9;

    /// Makes a whole number.
    #[must_use]
    pub const fn whole(number: i64) -> Self {
        Self { mantissa: number, scale: 0 }
    }

    /// Reads `-?digits[.digits]`, with `,` allowed between groups of three digits.
    ///
    /// Returns `None` for anything else, also for full-width digits, so that nothing is guessed.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        if fraction.is_empty() && digits.contains('.') || fraction.len() > Self::MAX_SCALE {
            return None;
        }
        let whole = ungrouped(whole)?;
        if whole.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let mut mantissa: i64 = 0;
        for byte in whole.bytes().chain(fraction.bytes()) {
            mantissa = mantissa.checked_mul(10)?.checked_add(i64::from(byte - b'0'))?;
        }
        let scale = u8::try_from(fraction.len()).ok()?;
        Some(Self { mantissa: if negative { -mantissa } else { mantissa }, scale })
    }

    /// Returns the number of digits after the point, as written.
    #[must_use]
    pub const fn scale(self) -> u8 {
        self.scale
    }

    /// Returns `self × 10^power` as a whole number, if it is one and fits.
    #[must_use]
    pub fn scaled(self, power: u8) -> Option<i64> {
        if power >= self.scale {
            return self.mantissa.checked_mul(10_i64.checked_pow(u32::from(power - self.scale))?);
        }
        let divisor = 10_i64.checked_pow(u32::from(self.scale - power))?;
        (self.mantissa % divisor == 0).then_some(self.mantissa / divisor)
    }

    /// Returns the exact sum, if it fits.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        let mantissa = self.scaled(scale)?.checked_add(other.scaled(scale)?)?;
        Some(Self { mantissa, scale })
    }

    /// Returns the exact product, if it fits.
    #[must_use]
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        // More digits than this are no quantity that anybody measured.
        const FINEST: u8 = 14;
        let scale = self.scale.checked_add(other.scale).filter(|scale| *scale <= FINEST)?;
        Some(Self { mantissa: self.mantissa.checked_mul(other.mantissa)?, scale })
    }

    /// Returns the number divided by ten to the power of `digits`.
    #[must_use]
    pub const fn shifted(self, digits: u8) -> Self {
        Self { mantissa: self.mantissa, scale: self.scale + digits }
    }

    /// Returns whether two numbers are less than one apart.
    #[must_use]
    pub fn is_within_one_of(self, other: Self) -> bool {
        let scale = self.scale.max(other.scale);
        let widen = |number: Self| {
            i128::from(number.mantissa) * 10_i128.pow(u32::from(scale - number.scale))
        };
        (widen(self) - widen(other)).abs() < 10_i128.pow(u32::from(scale))
    }

    /// Returns the number without its sign.
    #[must_use]
    pub const fn abs(self) -> Self {
        Self { mantissa: self.mantissa.abs(), scale: self.scale }
    }

    /// Returns the number with its sign turned.
    #[must_use]
    pub const fn negated(self) -> Self {
        Self { mantissa: -self.mantissa, scale: self.scale }
    }
}

/// Returns the digits without their grouping commas, or `None` where a comma stands elsewhere.
fn ungrouped(digits: &str) -> Option<String> {
    let mut groups = digits.split(',');
    let first = groups.next()?;
    let all_digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let mut joined = String::with_capacity(digits.len());
    joined.push_str(first);
    let grouped = digits.contains(',');
    if !all_digits(first) || grouped && !(1..=3).contains(&first.len()) {
        return None;
    }
    for group in groups {
        if group.len() != 3 || !all_digits(group) {
            return None;
        }
        joined.push_str(group);
    }
    Some(joined)
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        let scale = self.scale.max(other.scale);
        let widen = |number: &Self| {
            i128::from(number.mantissa) * 10_i128.pow(u32::from(scale - number.scale))
        };
        Some(widen(self).cmp(&widen(other)))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.mantissa < 0 { "-" } else { "" };
        let magnitude = self.mantissa.unsigned_abs();
        let divisor = 10_u64.pow(u32::from(self.scale));
        write!(formatter, "{sign}{}", magnitude / divisor)?;
        if self.scale > 0 {
            let width = usize::from(self.scale);
            write!(formatter, ".{:0width$}", magnitude % divisor)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    #[test]
    fn numbers_come_out_as_they_were_written() {
        for text in ["0", "7.50", "-3.2", "30862.6147", "0.05"] {
            assert_eq!(
                Decimal::parse(text).map(|number| number.to_string()).as_deref(),
                Some(text)
            );
        }
        assert_eq!(
            Decimal::parse("1,234,567.8").map(|n| n.to_string()).as_deref(),
            Some("1234567.8")
        );
    }

    #[test]
    fn doubtful_numbers_are_refused() {
        for text in
            ["", "-", "1.", ".5", "1,23", "１２", "1 2", "1e5", "12,3456", "99999999999999999999"]
        {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
    }

    #[test]
    fn arithmetic_is_exact() {
        let tenth = Decimal::parse("0.1").expect("a plain number");
        let fifth = Decimal::parse("0.20").expect("a plain number");
        assert_eq!(tenth.checked_add(fifth).map(|sum| sum.to_string()).as_deref(), Some("0.30"));
        assert_eq!(fifth.scaled(1), Some(2));
        assert_eq!(Decimal::parse("0.25").and_then(|number| number.scaled(1)), None);
    }
}
