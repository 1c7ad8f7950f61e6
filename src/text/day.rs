//! A civil day, without clock or time zone.

use std::fmt;

use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::{Serialize, Serializer};

use crate::text::Lang;

/// One day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

impl Day {
    /// Makes a day, if the calendar has it.
    #[must_use]
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        Date::new(year, month, day).ok().map(Self)
    }

    /// Reads `2025-06-30`, and nothing else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let digit = |(at, byte): (usize, &u8)| matches!(at, 4 | 7) || byte.is_ascii_digit();
        if bytes.len() != 10
            || bytes[4] != b'-'
            || bytes[7] != b'-'
            || !bytes.iter().enumerate().all(digit)
        {
            return None;
        }
        Self::new(text[..4].parse().ok()?, text[5..7].parse().ok()?, text[8..].parse().ok()?)
    }

    /// Returns the year.
    #[must_use]
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// Returns the month, 1 to 12.
    #[must_use]
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// Returns the day of the month.
    #[must_use]
    pub fn day(self) -> i8 {
        self.0.day()
    }

    /// Returns the quarter, 1 to 4.
    #[must_use]
    pub fn quarter(self) -> i8 {
        (self.0.month() - 1) / 3 + 1
    }

    /// Returns whether the day is a Saturday or a Sunday.
    #[must_use]
    pub fn is_weekend(self) -> bool {
        matches!(self.0.weekday(), jiff::civil::Weekday::Saturday | jiff::civil::Weekday::Sunday)
    }

    /// Returns the day `days` later; the calendar's last day when there is none.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Self {
        Self(self.0.saturating_add(days.days()))
    }

    /// Returns the day `months` later, at most the last day of that month.
    #[must_use]
    pub fn plus_months(self, months: i32) -> Self {
        Self(self.0.saturating_add(months.months()))
    }

    /// Returns how many days lie between two days: 0 for the same day.
    #[must_use]
    pub fn days_until(self, other: Self) -> i32 {
        self.0.until(other.0).map_or(0, |span| span.get_days())
    }

    /// Returns the last day of this day's month.
    #[must_use]
    pub fn last_of_month(self) -> Self {
        Self(self.0.last_of_month())
    }

    /// Returns the day in words: `2025年6月30日` or `30 June 2025`.
    #[must_use]
    pub fn words(self, lang: Lang) -> String {
        match lang {
            Lang::Zh => format!("{}年{}月{}日", self.year(), self.month(), self.day()),
            Lang::En => format!("{} {} {}", self.day(), month_name(self.month()), self.year()),
        }
    }

    /// Returns the day in words without its year: `6月30日` or `30 June`.
    #[must_use]
    pub fn short_words(self, lang: Lang) -> String {
        match lang {
            Lang::Zh => format!("{}月{}日", self.month(), self.day()),
            Lang::En => format!("{} {}", self.day(), month_name(self.month())),
        }
    }
}

/// Returns the English name of a month.
pub(crate) fn month_name(month: i8) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    usize::try_from(month - 1).ok().and_then(|index| NAMES.get(index)).copied().unwrap_or("")
}

impl fmt::Display for Day {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::Day;
    use crate::text::Lang;

    #[test]
    fn only_real_days_are_read() {
        assert_eq!(
            Day::parse("2024-02-29").map(|day| day.to_string()).as_deref(),
            Some("2024-02-29")
        );
        for text in [
            "2023-02-29",
            "2023-2-09",
            "2023/02/09",
            "20230209",
            "2023-02-9x",
            "+023-02-09",
            "２０２３-02-09",
        ] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
    }

    #[test]
    fn days_are_counted_across_months() {
        let from = Day::parse("2023-01-30").expect("a day");
        let to = Day::parse("2023-02-02").expect("a day");
        assert_eq!(from.days_until(to), 3);
        assert_eq!(from.plus_days(3), to);
        assert_eq!(from.plus_months(1).to_string(), "2023-02-28");
        assert_eq!(to.words(Lang::En), "2 February 2023");
    }
}
