//! A stretch of time: a day, a month, a quarter, a year, or an interval of them.

use serde::{Serialize, Serializer};
use std::fmt;

use crate::text::day::month_name;
use crate::text::{Day, Lang};

/// How exactly an end of a period was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Grain {
    Year(i16),
    Quarter(i16, i8),
    Month(i16, i8),
    Day(Day),
}

impl Grain {
    /// Reads `2023`, `2023-Q2`, `2023-06` or `2023-06-30`.
    fn parse(text: &str) -> Option<Self> {
        let year = |text: &str| -> Option<i16> {
            let all_digits = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
            all_digits.then(|| text.parse().ok()).flatten()
        };
        match text.len() {
            4 => year(text).map(Self::Year),
            7 => {
                let (head, tail) = text.split_once('-')?;
                if let Some(quarter) = tail.strip_prefix('Q') {
                    let quarter: i8 = quarter.parse().ok()?;
                    return (1..=4)
                        .contains(&quarter)
                        .then_some(Self::Quarter(year(head)?, quarter));
                }
                let month = Day::parse(&format!("{text}-01"))?;
                Some(Self::Month(month.year(), month.month()))
            }
            10 => Day::parse(text).map(Self::Day),
            _ => None,
        }
    }

    /// Returns the first day.
    fn first(self) -> Day {
        let first = |year, month| Day::new(year, month, 1).expect("every month has a first day");
        match self {
            Self::Year(year) => first(year, 1),
            Self::Quarter(year, quarter) => first(year, quarter * 3 - 2),
            Self::Month(year, month) => first(year, month),
            Self::Day(day) => day,
        }
    }

    /// Returns the last day.
    fn last(self) -> Day {
        match self {
            Self::Year(year) => Day::new(year, 12, 31).expect("every year has a last day"),
            Self::Quarter(..) => self.first().plus_months(2).last_of_month(),
            Self::Month(..) => self.first().last_of_month(),
            Self::Day(day) => day,
        }
    }

    /// Returns the grain in words.
    fn words(self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Year(year), Lang::Zh) => format!("{year}年"),
            (Self::Year(year), Lang::En) => year.to_string(),
            (Self::Quarter(year, quarter), Lang::Zh) => format!("{year}年第{quarter}季度"),
            (Self::Quarter(year, quarter), Lang::En) => format!("quarter {quarter} of {year}"),
            (Self::Month(year, month), Lang::Zh) => format!("{year}年{month}月"),
            (Self::Month(year, month), Lang::En) => format!("{} {year}", month_name(month)),
            (Self::Day(day), lang) => day.words(lang),
        }
    }
}

impl fmt::Display for Grain {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(formatter, "{year:04}"),
            Self::Quarter(year, quarter) => write!(formatter, "{year:04}-Q{quarter}"),
            Self::Month(year, month) => write!(formatter, "{year:04}-{month:02}"),
            Self::Day(day) => day.fmt(formatter),
        }
    }
}

/// A period, with both ends as they were written; the end may be open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    from: Grain,
    to: Option<Grain>,
    interval: bool,
}

impl Period {
    /// Reads `2023`, `2023-06`, `2023-Q2`, `2023-06-30`, `2016/2020`, `2014/` and the like.
    ///
    /// An interval that ends before it begins is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let Some((from, to)) = text.split_once('/') else {
            let grain = Grain::parse(text)?;
            return Some(Self { from: grain, to: Some(grain), interval: false });
        };
        let from = Grain::parse(from)?;
        let to = if to.is_empty() { None } else { Some(Grain::parse(to)?) };
        let ordered = to.is_none_or(|to| from.first() <= to.last());
        ordered.then_some(Self { from, to, interval: true })
    }

    /// Makes a period of one day.
    #[must_use]
    pub const fn of_day(day: Day) -> Self {
        Self { from: Grain::Day(day), to: Some(Grain::Day(day)), interval: false }
    }

    /// Returns the first day.
    #[must_use]
    pub fn first(self) -> Day {
        self.from.first()
    }

    /// Returns the last day, or `None` when the end is open.
    #[must_use]
    pub fn last(self) -> Option<Day> {
        self.to.map(Grain::last)
    }

    /// Returns whether the first and the last day were both written as days: a list of persons hangs
    /// from a day to a day, and neither for good nor for as long as a year.
    #[must_use]
    pub const fn names_its_days(self) -> bool {
        matches!((self.from, self.to), (Grain::Day(_), Some(Grain::Day(_))))
    }

    /// Returns whether a day lies in the period; both ends count.
    #[must_use]
    pub fn contains(self, day: Day) -> bool {
        self.first() <= day && self.last().is_none_or(|last| day <= last)
    }

    /// Returns whether two periods share a day.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.last().is_none_or(|last| other.first() <= last)
            && other.last().is_none_or(|last| self.first() <= last)
    }

    /// Returns the period in words.
    #[must_use]
    pub fn words(self, lang: Lang) -> String {
        if !self.interval {
            return self.from.words(lang);
        }
        match (self.to, lang) {
            (Some(to), Lang::Zh) => format!("{}至{}", self.from.words(lang), to.words(lang)),
            (Some(to), Lang::En) => format!("{} to {}", self.from.words(lang), to.words(lang)),
            (None, Lang::Zh) => format!("{}起", self.from.words(lang)),
            (None, Lang::En) => format!("since {}", self.from.words(lang)),
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.from.fmt(formatter)?;
        if self.interval {
            formatter.write_str("/")?;
            if let Some(to) = self.to {
                to.fmt(formatter)?;
            }
        }
        Ok(())
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::Period;
    use crate::text::{Day, Lang};

    #[test]
    fn every_form_is_read_and_written_back() {
        for text in [
            "2023",
            "2023-06",
            "2023-Q2",
            "2023-06-30",
            "2016/2020",
            "2014/",
            "2023-07-28/2023-08-10",
        ] {
            assert_eq!(Period::parse(text).map(|period| period.to_string()).as_deref(), Some(text));
        }
        for text in ["23", "2023-13", "2023-Q5", "2020/2016", "2023-6", "", "/"] {
            assert_eq!(Period::parse(text), None, "{text}");
        }
    }

    #[test]
    fn both_ends_count() {
        let period = Period::parse("2023-Q1").expect("a quarter");
        let inside = |text| period.contains(Day::parse(text).expect("a day"));
        assert!(inside("2023-01-01") && inside("2023-03-31"));
        assert!(!inside("2022-12-31") && !inside("2023-04-01"));
        assert_eq!(period.words(Lang::Zh), "2023年第1季度");
    }

    #[test]
    fn a_period_names_its_days_or_does_not() {
        let names = |text| Period::parse(text).expect("a period").names_its_days();
        assert!(names("2023-07-28/2023-08-10") && names("2023-07-28"));
        for text in ["2023-07-28/", "2023", "2023-07", "2023-Q3", "2023-07-28/2023-08", "2023/"] {
            assert!(!names(text), "{text}");
        }
    }
}
