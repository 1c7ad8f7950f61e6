//! An amount of money: a whole number of fen, with the unit and precision it was written in.

use std::cmp::Ordering;
use std::fmt;

use crate::text::Decimal;

/// The units amounts are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MoneyUnit {
    /// 元.
    Yuan,
    /// 万元, ten thousand yuan.
    WanYuan,
    /// 亿元, a hundred million yuan.
    YiYuan,
}

impl MoneyUnit {
    /// Every unit, the longest name first, so that `万元` is not read as `元`.
    pub const ALL: [Self; 3] = [Self::WanYuan, Self::YiYuan, Self::Yuan];

    /// Returns the unit's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Yuan => "元",
            Self::WanYuan => "万元",
            Self::YiYuan => "亿元",
        }
    }

    /// Returns the unit with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.name() == name)
    }

    /// Returns how many digits lie between this unit and the fen.
    const fn digits(self) -> u8 {
        match self {
            Self::Yuan => 2,
            Self::WanYuan => 6,
            Self::YiYuan => 10,
        }
    }
}

/// Why a text is not an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyFault {
    /// A number alone: nothing says whether it is 元 or 万元.
    NoUnit,
    /// An amount with words around it.
    Remark,
    /// No number that can be read without guessing.
    NotANumber,
    /// More precise than a fen, or larger than can be held.
    OutOfRange,
}

/// An exact amount.
#[derive(Clone, Copy, Debug)]
pub struct Money {
    fen: i64,
    unit: MoneyUnit,
    decimals: u8,
}

impl Money {
    /// Ten trillion yuan. No account here comes near it, and thousands of such amounts still add
    /// up without overflow.
    const LARGEST_FEN: i64 = 1_000_000_000_000_000;

    /// Makes an amount of whole fen, written in 元.
    #[must_use]
    pub const fn of_fen(fen: i64) -> Self {
        Self { fen, unit: MoneyUnit::Yuan, decimals: if fen % 100 == 0 { 0 } else { 2 } }
    }

    /// Reads an amount; a bare number is in the `declared` unit, if there is one.
    ///
    /// # Errors
    ///
    /// Returns what is wrong with the text; nothing is guessed.
    pub fn parse(text: &str, declared: Option<MoneyUnit>) -> Result<Self, MoneyFault> {
        let named = MoneyUnit::ALL
            .into_iter()
            .find_map(|unit| text.strip_suffix(unit.name()).map(|number| (number, unit)));
        let (number, unit) = match (named, declared) {
            (Some(found), _) => found,
            (None, Some(unit)) if Decimal::parse(text).is_some() => (text, unit),
            (None, None) if Decimal::parse(text).is_some() => return Err(MoneyFault::NoUnit),
            (None, _) => return Err(Self::fault_of(text)),
        };
        let Some(number) = Decimal::parse(number) else {
            return Err(Self::fault_of(text));
        };
        let fen = number.scaled(unit.digits()).ok_or(MoneyFault::OutOfRange)?;
        if fen.abs() > Self::LARGEST_FEN {
            return Err(MoneyFault::OutOfRange);
        }
        Ok(Self { fen, unit, decimals: number.scale() })
    }

    /// Returns why a text that is no amount is none: an amount with a remark, or no amount at all.
    fn fault_of(text: &str) -> MoneyFault {
        let number_end = text
            .find(|letter: char| !letter.is_ascii_digit() && letter != '.' && letter != ',')
            .unwrap_or(text.len());
        if number_end > 0 && text.chars().any(|letter| "(（其中约余多含".contains(letter)) {
            MoneyFault::Remark
        } else {
            MoneyFault::NotANumber
        }
    }

    /// Returns the amount in fen.
    #[must_use]
    pub const fn fen(self) -> i64 {
        self.fen
    }

    /// Returns the unit the amount was written in.
    #[must_use]
    pub const fn unit(self) -> MoneyUnit {
        self.unit
    }

    /// Returns the same fen, shown in the unit and at least the precision of `like`.
    ///
    /// The precision grows where the fen need it: showing never rounds.
    #[must_use]
    pub fn shown_like(fen: i64, like: Self) -> Self {
        let digits = like.unit.digits();
        let mut decimals = like.decimals.min(digits);
        while decimals < digits && fen % 10_i64.pow(u32::from(digits - decimals)) != 0 {
            decimals += 1;
        }
        // Nobody writes jiao without fen.
        if like.unit == MoneyUnit::Yuan && decimals == 1 {
            decimals = 2;
        }
        Self { fen, unit: like.unit, decimals }
    }

    /// Returns how amounts are shown that stand one under another: in the unit of most of them, or in
    /// 元 where that would need more digits than anybody reads; `None` where all have one unit.
    #[must_use]
    pub fn one_unit(amounts: &[Self]) -> Option<Self> {
        let first = amounts.first()?;
        if amounts.iter().all(|amount| amount.unit == first.unit) {
            return None;
        }
        let count = |unit| amounts.iter().filter(|amount| amount.unit == unit).count();
        let unit = MoneyUnit::ALL.into_iter().max_by_key(|unit| count(*unit))?;
        // Four digits behind the point are as many as 万元 have down to the yuan.
        let readable = |amount: &Self| match unit {
            MoneyUnit::Yuan => true,
            MoneyUnit::WanYuan => amount.fen % 100 == 0,
            MoneyUnit::YiYuan => amount.fen % 1_000_000 == 0,
        };
        let unit = if amounts.iter().all(readable) { unit } else { MoneyUnit::Yuan };
        Some(Self { fen: 0, unit, decimals: 0 })
    }

    /// Returns the amount in 元 with two decimals and grouped digits, as tables show it.
    #[must_use]
    pub fn exact_yuan(self) -> String {
        let magnitude = self.fen.unsigned_abs();
        let sign = if self.fen < 0 { "-" } else { "" };
        format!("{sign}{}.{:02}", grouped(magnitude / 100), magnitude % 100)
    }

    /// Returns the amount in the largest unit that keeps it short, without trailing zeros.
    #[must_use]
    pub fn short(self) -> String {
        let unit = match self.fen.unsigned_abs() {
            // Six digits behind the point are none that anybody reads.
            fen if fen % 100 != 0 => MoneyUnit::Yuan,
            1_000_000_000_000.. => MoneyUnit::YiYuan,
            1_000_000.. => MoneyUnit::WanYuan,
            _ => MoneyUnit::Yuan,
        };
        Self::shown_like(self.fen, Self { fen: 0, unit, decimals: 0 }).to_string()
    }

    /// Returns the decimal number of the amount in its own unit, without the unit's name.
    #[must_use]
    pub fn number_text(self) -> String {
        let digits = self.unit.digits();
        let mut shift = u32::from(digits - self.decimals.min(digits));
        let mut decimals = usize::from(self.decimals.min(digits));
        // Invariant: an amount never shows fewer digits than it has.
        while shift > 0 && self.fen % 10_i64.pow(shift) != 0 {
            shift -= 1;
            decimals += 1;
        }
        let scaled = self.fen.unsigned_abs() / 10_u64.pow(shift);
        let divisor = 10_u64.pow(u32::try_from(decimals).expect("at most ten digits"));
        let sign = if self.fen < 0 { "-" } else { "" };
        if decimals == 0 {
            format!("{sign}{scaled}")
        } else {
            format!("{sign}{}.{:0decimals$}", scaled / divisor, scaled % divisor)
        }
    }
}

impl fmt::Display for Money {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}{}", self.number_text(), self.unit.name())
    }
}

impl PartialEq for Money {
    fn eq(&self, other: &Self) -> bool {
        self.fen == other.fen
    }
}

impl Eq for Money {}

impl PartialOrd for Money {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Money {
    fn cmp(&self, other: &Self) -> Ordering {
        self.fen.cmp(&other.fen)
    }
}

/// Returns a whole number with a comma between groups of three digits.
#[must_use]
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Money, MoneyFault, MoneyUnit};

    fn fen(text: &str) -> Result<i64, MoneyFault> {
        Money::parse(text, None).map(Money::fen)
    }

    #[test]
    fn amounts_are_whole_fen() {
        assert_eq!(fen("38.50万元"), Ok(38_500_000));
        assert_eq!(fen("1500元"), Ok(150_000));
        assert_eq!(fen("3亿元"), Ok(30_000_000_000));
        assert_eq!(fen("30862.6147万元"), Ok(30_862_614_700));
        assert_eq!(fen("1,234.56元"), Ok(123_456));
        assert_eq!(fen("-5元"), Ok(-500));
    }

    #[test]
    fn a_bare_number_needs_a_declared_unit() {
        assert_eq!(fen("1500"), Err(MoneyFault::NoUnit));
        assert_eq!(
            Money::parse("154.16", Some(MoneyUnit::WanYuan)).map(Money::fen),
            Ok(154_160_000)
        );
    }

    #[test]
    fn doubtful_amounts_are_refused_not_repaired() {
        assert_eq!(fen("10(其中,灾情因素6万元)"), Err(MoneyFault::Remark));
        assert_eq!(fen("10万元(其中灾情6万元)"), Err(MoneyFault::Remark));
        assert_eq!(fen("１００元"), Err(MoneyFault::NotANumber));
        assert_eq!(fen("若干元"), Err(MoneyFault::NotANumber));
        assert_eq!(fen("0.001元"), Err(MoneyFault::OutOfRange));
        assert_eq!(fen("9000000亿元"), Err(MoneyFault::OutOfRange));
        assert_eq!(fen(""), Err(MoneyFault::NotANumber));
    }

    #[test]
    fn amounts_are_shown_as_written_and_never_rounded() {
        for text in ["38.50万元", "1500元", "30862.6147万元", "0.05元", "-2.5万元"] {
            assert_eq!(
                Money::parse(text, None).map(|money| money.to_string()),
                Ok(text.to_owned())
            );
        }
        let wan = Money::parse("1万元", None).expect("an amount");
        assert_eq!(Money::shown_like(1_234_567, wan).to_string(), "1.234567万元");
        let yuan = Money::parse("102元", None).expect("an amount");
        assert_eq!(Money::shown_like(24_650, yuan).to_string(), "246.50元");
        assert_eq!(Money::of_fen(38_500_000).short(), "38.5万元");
        assert_eq!(Money::of_fen(123_456_789).exact_yuan(), "1,234,567.89");
    }

    #[test]
    fn amounts_one_under_another_have_one_unit() {
        let read = |texts: &[&str]| -> Vec<Money> {
            texts.iter().map(|text| Money::parse(text, None).expect("money")).collect()
        };
        let shown = |texts: &[&str]| -> Vec<String> {
            let amounts = read(texts);
            let like = Money::one_unit(&amounts);
            let words = amounts.iter().map(|amount| {
                like.map_or_else(
                    || amount.to_string(),
                    |like| Money::shown_like(amount.fen(), like).to_string(),
                )
            });
            words.collect()
        };
        assert_eq!(
            shown(&["1.16万元", "26170元", "3.777万元"]),
            ["1.16万元", "2.617万元", "3.777万元"]
        );
        assert_eq!(
            shown(&["1.16万元", "26170.50元", "3万元"]),
            ["11600元", "26170.50元", "30000元"]
        );
        assert_eq!(shown(&["60.00万元", "4.5万元"]), ["60.00万元", "4.5万元"]);
        assert!(Money::one_unit(&[]).is_none());
    }
}
