//! Today, in China. The only clock of the program, asked only when nobody named a day.

use std::time::SystemTime;

use anyhow::{Context as _, Result, bail};
use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};

use crate::cli::args::{Flag, Invocation};
use crate::pipeline::Facts;
use crate::text::{Day, Lang};

/// The flag by which a day is named.
pub(crate) const AS_OF: Flag = Flag {
    name: "as-of",
    value: "YYYY-MM-DD",
    zh: "截至日;不写就用 site.toml 的 as_of,再没有就用今天",
    en: "the day to speak for; else as_of of site.toml, else today",
};

/// Returns the day that was asked for, or today; and whether it was asked for.
pub(crate) fn as_of(invocation: &Invocation) -> Result<(Day, bool)> {
    let Some(text) = invocation.value(AS_OF.name) else {
        return Ok((today()?, false));
    };
    match (Day::parse(text), invocation.lang) {
        (Some(day), _) => Ok((day, true)),
        (None, Lang::Zh) => bail!("--as-of 要写成 2025-06-30 这样的日期"),
        (None, Lang::En) => bail!("--as-of needs a day such as 2025-06-30"),
    }
}

/// Returns today's date in China.
#[expect(clippy::disallowed_methods, reason = "the one clock, asked only when nobody named a day")]
pub(crate) fn today() -> Result<Day> {
    let now = Timestamp::try_from(SystemTime::now()).context("reading the clock")?;
    let china = TimeZone::fixed(Offset::constant(8));
    let date = now.to_zoned(china).date();
    Day::new(date.year(), date.month(), date.day()).context("reading the clock")
}

/// Warns that a register stands still: its own as-of day is not today, so that whatever ends is not
/// taken down. A made-up register may speak for the day it was made for.
pub(crate) fn stands_still(facts: &Facts, today: Option<Day>, lang: Lang) -> String {
    let (Some(as_of), Some(today)) = (facts.as_of, today) else {
        return String::new();
    };
    if facts.example || as_of == today {
        return String::new();
    }
    let (as_of_words, today_words) = (as_of.words(lang), today.words(lang));
    match lang {
        Lang::Zh => format!(
            "  注意 site.toml 的 as_of 把截至日定死在{as_of_words},今天是{today_words}:网站停在那一天,到期的名单不会撤下。删掉 as_of 那一行,每天生成一次\n"
        ),
        Lang::En => format!(
            "  note     as_of in site.toml is {as_of_words} and today is {today_words}: the site stands still, and lists whose notice is over stay. Remove the line and build every day\n"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::stands_still;
    use crate::pipeline::Facts;
    use crate::text::{Day, Lang};

    #[test]
    fn a_register_that_stands_still_is_told_of_unless_it_is_made_up_or_was_asked_for() {
        let day = |text| Day::parse(text);
        let facts = |text, example| Facts { as_of: day(text), example, ..Facts::default() };
        let said = |facts: &Facts, today| {
            [Lang::Zh, Lang::En].map(|lang| !stands_still(facts, today, lang).is_empty())
        };
        let today = day("2025-07-01");
        assert_eq!(said(&facts("2025-06-30", false), today), [true; 2]);
        assert_eq!(said(&facts("2026-06-30", false), today), [true; 2]);
        assert_eq!(said(&facts("2025-07-01", false), today), [false; 2]);
        assert_eq!(said(&facts("2025-06-30", true), today), [false; 2]);
        assert_eq!(said(&facts("2025-06-30", false), None), [false; 2]);
    }
}
