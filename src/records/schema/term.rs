//! A term: a stretch of days that a rule demands or allows, and the calendar it is counted in.
//!
//! Which days are working days is data: weekends, less the make-up days, plus the statutory
//! holidays of a table that is amended each year. A year outside the table is not guessed.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::text::{Day, Phrase};

/// A stretch of days, as a rule states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    count: i32,
    unit: TermUnit,
}

/// What a term is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TermUnit {
    Days,
    WorkingDays,
    Months,
}

impl Term {
    /// Reads `10 days`, `20 working days` or `1 month`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (count, unit) = text.split_once(' ')?;
        let unit = match unit {
            "day" | "days" => TermUnit::Days,
            "working day" | "working days" => TermUnit::WorkingDays,
            "month" | "months" => TermUnit::Months,
            _ => return None,
        };
        let count = count.parse().ok().filter(|count| *count > 0)?;
        Some(Self { count, unit })
    }

    /// Returns the term in words.
    #[must_use]
    pub fn words(self) -> Phrase {
        let count = self.count;
        match self.unit {
            TermUnit::Days => Phrase::new(format!("{count}天"), format!("{count} days")),
            TermUnit::WorkingDays => {
                Phrase::new(format!("{count}个工作日"), format!("{count} working days"))
            }
            TermUnit::Months => Phrase::new(format!("{count}个月"), format!("{count} months")),
        }
    }

    /// Returns the last day of a term that begins the day after `start`.
    ///
    /// # Errors
    ///
    /// Returns the year that the calendar does not know.
    pub(crate) fn after(self, start: Day, calendar: &Calendar) -> Result<Day, i16> {
        match self.unit {
            TermUnit::Days => Ok(start.plus_days(self.count)),
            TermUnit::Months => Ok(start.plus_months(self.count)),
            TermUnit::WorkingDays => {
                let mut day = start;
                let mut left = self.count;
                while left > 0 {
                    day = day.plus_days(1);
                    left -= i32::from(calendar.is_working(day)?);
                }
                Ok(day)
            }
        }
    }

    /// Returns whether a day lies within the term after `start` in any calendar: working days are
    /// never fewer days than plain ones.
    pub(crate) fn is_surely_within(self, start: Day, day: Day) -> bool {
        match self.unit {
            TermUnit::Days | TermUnit::WorkingDays => day <= start.plus_days(self.count),
            TermUnit::Months => day <= start.plus_months(self.count),
        }
    }

    /// Returns whether `from` to `to`, both counted, is at least this term.
    ///
    /// # Errors
    ///
    /// Returns the year that the calendar does not know.
    pub(crate) fn fits(self, from: Day, to: Day, calendar: &Calendar) -> Result<bool, i16> {
        match self.unit {
            TermUnit::Days => Ok(from.days_until(to) + 1 >= self.count),
            TermUnit::Months => Ok(to >= from.plus_months(self.count).plus_days(-1)),
            TermUnit::WorkingDays => {
                let mut day = from;
                let mut counted = 0;
                while day <= to && counted < self.count {
                    counted += i32::from(calendar.is_working(day)?);
                    day = day.plus_days(1);
                }
                Ok(counted >= self.count)
            }
        }
    }
}

/// Which days are working days.
#[derive(Clone, Debug, Default)]
pub(crate) struct Calendar {
    years: BTreeMap<i16, YearTable>,
}

/// One year of the table.
#[derive(Clone, Debug, Default)]
struct YearTable {
    holidays: BTreeSet<Day>,
    workdays: BTreeSet<Day>,
}

/// The table as written.
#[derive(Deserialize)]
struct CalendarFile {
    year: Vec<YearFile>,
}

#[derive(Deserialize)]
struct YearFile {
    year: i16,
    holidays: Vec<HolidayFile>,
    #[serde(default)]
    workdays: Vec<toml::value::Datetime>,
}

#[derive(Deserialize)]
struct HolidayFile {
    from: toml::value::Datetime,
    to: toml::value::Datetime,
}

impl Calendar {
    /// Reads a table and adds its years; a year that is there already is replaced.
    ///
    /// # Errors
    ///
    /// Returns the reader's words about a table it cannot read.
    pub(crate) fn add(&mut self, text: &str) -> Result<(), String> {
        let file: CalendarFile =
            toml::from_str(text).map_err(|error| error.message().to_owned())?;
        for year in file.year {
            let mut table = YearTable::default();
            for holiday in &year.holidays {
                let (Some(mut day), Some(to)) = (day_of(&holiday.from), day_of(&holiday.to)) else {
                    return Err(format!("{}: from/to", year.year));
                };
                while day <= to {
                    table.holidays.insert(day);
                    day = day.plus_days(1);
                }
            }
            table.workdays.extend(year.workdays.iter().filter_map(day_of));
            self.years.insert(year.year, table);
        }
        Ok(())
    }

    /// Returns whether a day is a working day.
    ///
    /// # Errors
    ///
    /// Returns the year when the table does not have it.
    pub(crate) fn is_working(&self, day: Day) -> Result<bool, i16> {
        let year = self.years.get(&day.year()).ok_or_else(|| day.year())?;
        Ok(year.workdays.contains(&day) || !day.is_weekend() && !year.holidays.contains(&day))
    }
}

/// Returns the day of a TOML date.
fn day_of(datetime: &toml::value::Datetime) -> Option<Day> {
    let date = datetime.date?;
    Day::new(
        i16::try_from(date.year).ok()?,
        i8::try_from(date.month).ok()?,
        i8::try_from(date.day).ok()?,
    )
}

#[cfg(test)]
mod tests {
    use super::{Calendar, Term};
    use crate::text::Day;

    fn calendar() -> Calendar {
        let mut calendar = Calendar::default();
        let table = "[[year]]\nyear = 2023\nholidays = [{ name = \"国庆节\", from = 2023-09-29, to = 2023-10-06 }]\nworkdays = [2023-10-07]\n";
        calendar.add(table).expect("a table");
        calendar
    }

    fn day(text: &str) -> Day {
        Day::parse(text).expect("a day")
    }

    #[test]
    fn both_end_days_of_a_notice_count() {
        let ten = Term::parse("10 days").expect("a term");
        assert_eq!(ten.fits(day("2023-07-01"), day("2023-07-10"), &calendar()), Ok(true));
        assert_eq!(ten.fits(day("2023-07-01"), day("2023-07-09"), &calendar()), Ok(false));
    }

    #[test]
    fn working_days_skip_holidays_and_count_make_up_days() {
        let three = Term::parse("3 working days").expect("a term");
        // 28 September, then the holidays, then the make-up Saturday, then Monday.
        assert_eq!(three.fits(day("2023-09-28"), day("2023-10-07"), &calendar()), Ok(false));
        assert_eq!(three.fits(day("2023-09-28"), day("2023-10-09"), &calendar()), Ok(true));
        assert_eq!(three.after(day("2023-09-27"), &calendar()), Ok(day("2023-10-09")));
    }

    #[test]
    fn a_year_outside_the_table_is_not_guessed() {
        let one = Term::parse("1 working day").expect("a term");
        assert_eq!(one.after(day("2031-05-05"), &calendar()), Err(2031));
    }
}
