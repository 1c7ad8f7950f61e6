//! A day with a time of day, to the minute.

use crate::diag::code::WRONG_TYPE;
use crate::records::schema::FieldDef;
use crate::records::schema::field::{Fault, FieldType, Raw, Reading, quoted};
use crate::records::value::Value;
use crate::text::{Day, Phrase};

/// A day with a time of day, to the minute.
pub(super) struct DateTime;

impl FieldType for DateTime {
    fn name(&self) -> &'static str {
        "date-time"
    }

    fn read(&self, raw: Raw<'_>, _reading: &Reading<'_>) -> Result<Value, Fault> {
        let (Raw::Text(text) | Raw::When(text)) = raw else {
            return Err(raw.instead_of(&Phrase::new(
                "时间,例如 \"2025-06-30 09:30\"",
                "a time, such as \"2025-06-30 09:30\"",
            )));
        };
        minute(text).ok_or_else(|| {
            Fault::new(WRONG_TYPE, Phrase::new("这个时间读不准", "this cannot be read as a time"))
                .help(Phrase::new(
                    "写成 \"2025-06-30 09:30\",二十四小时制",
                    "write it as \"2025-06-30 09:30\"",
                ))
        })
    }

    fn example(&self, _field: &FieldDef) -> String {
        quoted("2025-01-01 09:00")
    }
}

/// Reads `2025-06-30 09:30`, with `T` for the space and seconds allowed as TOML writes them.
fn minute(text: &str) -> Option<Value> {
    let day = Day::parse(text.get(..10)?)?;
    let time = text.get(10..)?.strip_prefix([' ', 'T'])?;
    let (hour, rest) = time.split_once(':')?;
    let minute = rest.get(..2)?;
    let seconds = rest.get(2..)?;
    let below = |digits: &str, limit: u8| {
        digits.len() == 2 && digits.parse::<u8>().is_ok_and(|number| number < limit)
    };
    let good_seconds =
        seconds.is_empty() || seconds.strip_prefix(':').is_some_and(|s| below(s, 60));
    let good = below(hour, 24) && below(minute, 60) && good_seconds;
    good.then(|| Value::DateTime(day, format!("{day} {hour}:{minute}").into()))
}
