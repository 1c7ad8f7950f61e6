//! A line of time: what happened on which day, from the first day to the last, with the days between.

use super::shape::{lines, rect, text};
use super::{Draw, Drawing, Table, TableRow, WIDTH};
use crate::text::{Day, Lang, Phrase, plural};

/// Something that happened, or will.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Event {
    /// When.
    pub(crate) day: Day,
    /// What.
    pub(crate) label: String,
}

/// Events in the order of their days; what lies after `as_of` is still to come.
pub(crate) struct Timeline {
    events: Vec<Event>,
    as_of: Day,
}

impl Timeline {
    /// Takes events in any order; `None` for fewer than two.
    pub(crate) fn new(mut events: Vec<Event>, as_of: Day) -> Option<Self> {
        events.sort();
        events.dedup();
        (events.len() > 1).then_some(Self { events, as_of })
    }

    /// Returns how long after the one before it an event is, in words.
    fn after(&self, at: usize, lang: Lang) -> String {
        let Some(before) = at.checked_sub(1).map(|at| self.events[at].day) else {
            return String::new();
        };
        let days = before.days_until(self.events[at].day);
        Phrase::new(format!("过了{days}天"), format!("{} later", plural(days, "day")))
            .text(lang)
            .to_owned()
    }
}

impl Draw for Timeline {
    fn draw(&self, lang: Lang) -> Option<Drawing> {
        let mut body = String::new();
        let mut y = 0;
        let mut marks = Vec::new();
        for (at, event) in self.events.iter().enumerate() {
            let after = self.after(at, lang);
            if !after.is_empty() {
                body.push_str(&text((30, y + 16), "soft", &after));
                y += 24;
            }
            marks.push((y + 11, event.day <= self.as_of));
            body.push_str(&text((30, y + 16), "fig", &event.day.words(lang)));
            y += 21;
            for line in lines(&event.label, WIDTH - 30, 2) {
                body.push_str(&text((30, y + 16), "", &line));
                y += 21;
            }
            y += 4;
        }
        let mut line = String::new();
        if let (Some((first, _)), Some((last, _))) = (marks.first(), marks.last()) {
            line.push_str(&rect((11, *first), (2, last - first), "axis"));
        }
        for (y, past) in marks {
            let class = if past { "dot" } else { "dot todo" };
            line.push_str(&format!("<circle class=\"{class}\" cx=\"12\" cy=\"{y}\" r=\"6\"/>"));
        }
        Some(Drawing { width: WIDTH, height: y, body: line + &body })
    }

    fn sentence(&self, lang: Lang) -> String {
        let (first, last) = (&self.events[0], &self.events[self.events.len() - 1]);
        let days = first.day.days_until(last.day);
        Phrase::new(
            format!(
                "{}{},{}{},前后{days}天。",
                first.day.words(Lang::Zh),
                first.label,
                last.day.words(Lang::Zh),
                last.label
            ),
            format!(
                "{}: {}; {}: {}; {} between.",
                first.label,
                first.day.words(Lang::En),
                last.label,
                last.day.words(Lang::En),
                plural(days, "day")
            ),
        )
        .text(lang)
        .to_owned()
    }

    fn table(&self, lang: Lang) -> Table {
        let say = |zh: &str, en: &str| Phrase::new(zh, en).text(lang).to_owned();
        let rows = self.events.iter().enumerate().map(|(at, event)| TableRow {
            label: event.label.clone(),
            href: String::new(),
            cells: vec![event.day.words(lang), self.after(at, lang)],
        });
        Table {
            columns: vec![say("事项", "What"), say("日期", "Day"), say("和前一步隔多久", "After")],
            rows: rows.collect(),
            total: Vec::new(),
        }
    }
}
