//! Today, in China. The only clock of the program, asked only when nobody named a day.

use std::time::SystemTime;

use anyhow::{Context as _, Result, bail};
use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};

use crate::cli::args::{Flag, Invocation};
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
