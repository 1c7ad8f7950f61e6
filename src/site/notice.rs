//! Where a notice stands on a day: still to come, open, ended, or hanging for good.

use serde::Serialize;

use crate::text::{Day, Lang, Period, Phrase, plural};

/// Where a notice stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Open for objections.
    Open,
    /// Not hanging yet.
    Upcoming,
    /// Hanging without an end.
    Permanent,
    /// Over.
    Ended,
}

/// A notice's standing in words.
#[derive(Clone, Debug, Serialize)]
pub struct Standing {
    /// Where it stands.
    pub state: State,
    /// In words.
    pub text: String,
    /// The first day.
    pub from_text: String,
    /// The last day; empty when there is none.
    pub to_text: String,
    /// How many days are left after today.
    pub days_left: i32,
    /// Where to object, if the notice says so.
    pub phones: Vec<String>,
}

/// Returns where a notice stands.
#[must_use]
pub fn state(period: Period, as_of: Day) -> State {
    match period.last() {
        _ if as_of < period.first() => State::Upcoming,
        None => State::Permanent,
        Some(last) if as_of <= last => State::Open,
        Some(_) => State::Ended,
    }
}

/// Returns where a notice stands, in words.
#[must_use]
pub fn standing(period: Period, as_of: Day, lang: Lang) -> Standing {
    let state = state(period, as_of);
    let days_left = period.last().map_or(0, |last| as_of.days_until(last).max(0));
    let first = |lang| period.first().short_words(lang);
    let last = |lang| period.last().map_or_else(String::new, |last: Day| last.short_words(lang));
    let phrase = match state {
        State::Upcoming => Phrase::new(
            format!("尚未开始,{}起公示", first(Lang::Zh)),
            format!("begins on {}", first(Lang::En)),
        ),
        State::Permanent => Phrase::new("长期公开", "published for good"),
        State::Open if days_left == 0 => {
            Phrase::new("公示中,今天是最后一天", "open, today is the last day")
        }
        State::Open => Phrase::new(
            format!("公示中,还剩{days_left}天(至{})", last(Lang::Zh)),
            format!("open, {} left (until {})", plural(days_left, "day"), last(Lang::En)),
        ),
        State::Ended => Phrase::new(
            format!(
                "公示已结束({})",
                period.last().map_or_else(String::new, |last| last.words(Lang::Zh))
            ),
            format!(
                "ended on {}",
                period.last().map_or_else(String::new, |last| last.words(Lang::En))
            ),
        ),
    };
    Standing {
        state,
        text: phrase.text(lang).to_owned(),
        from_text: period.first().words(lang),
        to_text: period.last().map_or_else(String::new, |last| last.words(lang)),
        days_left,
        phones: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::{State, standing, state};
    use crate::text::{Day, Lang, Period};

    #[test]
    fn both_end_days_belong_to_a_notice() {
        let period = Period::parse("2025-06-01/2025-06-10").expect("a period");
        let on = |text| state(period, Day::parse(text).expect("a day"));
        assert_eq!(on("2025-05-31"), State::Upcoming);
        assert_eq!(on("2025-06-01"), State::Open);
        assert_eq!(on("2025-06-10"), State::Open);
        assert_eq!(on("2025-06-11"), State::Ended);
        let today = Day::parse("2025-06-07").expect("a day");
        assert_eq!(standing(period, today, Lang::Zh).text, "公示中,还剩3天(至6月10日)");
        let eve = Day::parse("2025-06-09").expect("a day");
        assert!(standing(period, eve, Lang::En).text.starts_with("open, 1 day left"));
        assert!(standing(period, today, Lang::En).text.starts_with("open, 3 days left"));
    }
}
