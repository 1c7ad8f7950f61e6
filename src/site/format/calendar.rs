//! Calendars (RFC 5545): running and coming notices, and the day until which one may object, for the
//! site and for each place with notices.
//!
//! Events last whole days, so that no time zone can move them; an event ends before its `DTEND`. The
//! stamp is the as-of day: the same register gives the same bytes. Where nothing runs, the notice
//! that ended last stands, so that no calendar is empty and its address lasts.

use std::collections::BTreeSet;

use crate::diag::Finding;
use crate::records::Role;
use crate::site::desk::Desk;
use crate::site::format::Format;
use crate::site::index::Index;
use crate::site::notice::State;
use crate::site::page::{Page, Subject};
use crate::site::url::{self, Route};
use crate::site::{news, sentence, words};
use crate::text::{Day, Phrase};

/// How many bytes a line may have, without its end.
const LINE: usize = 75;

/// Calendars.
pub(super) struct Calendar;

impl Format for Calendar {
    fn name(&self) -> &'static str {
        "calendar"
    }

    fn plan(&self, desk: &Desk<'_>) -> Vec<Page> {
        if desk.base_url().is_empty() || !any_notice(&desk.index) {
            return Vec::new();
        }
        let whole = Page { route: Route::new("calendar.ics"), subject: Subject::Whole };
        let places = places(&desk.index).into_iter().map(|code| Page {
            route: Route::new(path_of_place(&code)),
            subject: Subject::Place(code),
        });
        std::iter::once(whole).chain(places).collect()
    }

    fn render(&self, page: &Page, desk: &Desk<'_>) -> Result<Vec<u8>, Box<Finding>> {
        let index = &desk.index;
        let site = &index.release.site().title;
        let (records, name) = match &page.subject {
            Subject::Place(code) => {
                let place = words::place_name(index.release, code);
                (index.records_in(code), format!("{place} - {site}"))
            }
            _ => (index.newest.clone(), site.clone()),
        };
        let mut lines = Lines::default();
        lines.add("BEGIN", "VCALENDAR");
        lines.add("VERSION", "2.0");
        lines.add("PRODID", &format!("-//mingbai//mingbai {}//ZH", env!("CARGO_PKG_VERSION")));
        lines.add("CALSCALE", "GREGORIAN");
        lines.add("METHOD", "PUBLISH");
        lines.text("NAME", &name);
        lines.text("X-WR-CALNAME", &name);
        lines.add("REFRESH-INTERVAL;VALUE=DURATION", "P1D");
        lines.add("X-PUBLISHED-TTL", "P1D");
        for at in listed(index, &records) {
            notice(&mut lines, desk, at);
        }
        lines.add("END", "VCALENDAR");
        Ok(lines.text.into_bytes())
    }
}

/// Returns the path of the calendar of a place.
pub(crate) fn path_of_place(code: &str) -> String {
    format!("{}calendar.ics", news::place_folder(code))
}

/// Returns whether a record is a notice with a last day.
fn ends(index: &Index<'_>, at: usize) -> bool {
    index.record(at).notice().is_some_and(|period| period.last().is_some())
}

/// Returns whether there is anything for a calendar.
pub(crate) fn any_notice(index: &Index<'_>) -> bool {
    index.newest.iter().any(|at| ends(index, *at))
}

/// Returns whether a place has notices itself or below it.
pub(crate) fn has_notices(index: &Index<'_>, code: &str) -> bool {
    index.records_in(code).into_iter().any(|at| ends(index, at))
}

/// Returns the codes of the places that have notices themselves or below them.
fn places(index: &Index<'_>) -> BTreeSet<String> {
    let places = index.release.places();
    let noticed = index.by_place.iter().filter(|(_, own)| own.iter().any(|at| ends(index, *at)));
    noticed.flat_map(|(code, _)| places.path(code)).map(|place| place.code.clone()).collect()
}

/// Returns the notices that a calendar holds, in the order of their first days.
fn listed(index: &Index<'_>, records: &[usize]) -> Vec<usize> {
    let first = |at: &usize| index.record(*at).notice().map(|period| (period.first(), *at));
    let last = |at: &usize| index.record(*at).notice().and_then(|period| period.last());
    let ending = || records.iter().copied().filter(|at| ends(index, *at));
    let mut listed: Vec<usize> = ending()
        .filter(|at| matches!(index.states[*at], Some(State::Open | State::Upcoming)))
        .collect();
    if listed.is_empty() {
        listed.extend(ending().max_by_key(|at| (last(at), *at)));
    }
    listed.sort_by_key(first);
    listed
}

/// Writes the events of a notice: its whole time, and its last day as the end for objections.
fn notice(lines: &mut Lines, desk: &Desk<'_>, at: usize) {
    let index = &desk.index;
    let record = index.record(at);
    let Some((period, last)) = record.notice().and_then(|period| Some((period, period.last()?)))
    else {
        return;
    };
    let title = words::title(index.release, record);
    let say = |zh: String, en: String| Phrase::new(zh, en).text(index.lang).to_owned();
    let hangs = say(format!("公示:{title}"), format!("Notice: {title}"));
    event(
        lines,
        desk,
        at,
        &Event { name: "period", summary: &hangs, days: (period.first(), last) },
    );
    if index.states[at] != Some(State::Ended) {
        let ends = say(format!("提意见截止:{title}"), format!("Last day to object: {title}"));
        event(lines, desk, at, &Event { name: "deadline", summary: &ends, days: (last, last) });
    }
}

/// An event about a record.
struct Event<'a> {
    name: &'a str,
    summary: &'a str,
    /// The first and the last day; both belong to it.
    days: (Day, Day),
}

/// Writes an event.
fn event(lines: &mut Lines, desk: &Desk<'_>, at: usize, event: &Event<'_>) {
    let index = &desk.index;
    let record = index.record(at);
    let (first, last) = event.days;
    let path = index.href(at);
    let id = path.strip_suffix(".html").unwrap_or(&path);
    lines.add("BEGIN", "VEVENT");
    lines.add("UID", &format!("{}.{}@{}", url::encode(id), event.name, host(desk.base_url())));
    lines.add("DTSTAMP", &format!("{}T000000Z", plain(index.release.as_of())));
    lines.add("DTSTART;VALUE=DATE", &plain(first));
    lines.add("DTEND;VALUE=DATE", &plain(last.plus_days(1)));
    lines.text("SUMMARY", event.summary);
    lines.text("DESCRIPTION", &description(index, at));
    if let Some(code) = words::place_code(index.release, record) {
        lines.text("LOCATION", words::place_name(index.release, code));
    }
    lines.add("URL", &url::absolute(desk.base_url(), &path));
    // Nobody is busy because a notice hangs.
    lines.add("TRANSP", "TRANSPARENT");
    lines.add("END", "VEVENT");
}

/// Returns what a notice is about, and whom to call.
fn description(index: &Index<'_>, at: usize) -> String {
    let record = index.record(at);
    let fields = &index.release.schema().kinds()[record.kind()].fields;
    let own = words::with_role(index.release, record, Role::Hotline)
        .map(|field| words::field(index.release, &fields[field.field()], field, index.lang));
    let calls = own.unwrap_or_else(|| index.release.site().contact.hotlines.join("、"));
    let sentence = sentence::sentence(index.release, record, index.lang);
    let whom = Phrase::new(format!("提意见的电话:{calls}"), format!("To object, call {calls}"));
    let whom = if calls.is_empty() { "" } else { whom.text(index.lang) };
    let parts: Vec<&str> = [&*sentence, whom].into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("\n")
}

/// Returns a day as calendars write it.
fn plain(day: Day) -> String {
    day.to_string().replace('-', "")
}

/// Returns the host of an address, which makes the names of events the site's own.
fn host(base: &str) -> &str {
    let rest = base.split_once("://").map_or(base, |(_, rest)| rest);
    rest.split('/').next().unwrap_or(rest)
}

/// Lines as calendars have them: folded, each with its end.
#[derive(Default)]
struct Lines {
    text: String,
}

impl Lines {
    /// Adds a line whose value needs no escapes.
    fn add(&mut self, name: &str, value: &str) {
        self.fold(&format!("{name}:{value}"));
    }

    /// Adds a line with words in it; a line without words is left out.
    fn text(&mut self, name: &str, words: &str) {
        if !words.is_empty() {
            self.add(name, &escaped(words));
        }
    }

    /// Writes a line in pieces of at most 75 bytes, none of which begins within a character.
    fn fold(&mut self, line: &str) {
        let mut length = 0;
        for letter in line.chars() {
            if length + letter.len_utf8() > LINE {
                self.text.push_str("\r\n ");
                // The space counts.
                length = 1;
            }
            self.text.push(letter);
            length += letter.len_utf8();
        }
        self.text.push_str("\r\n");
    }
}

/// Returns words with the signs escaped that mean something in a calendar.
fn escaped(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '\\' | ';' | ',' => {
                escaped.push('\\');
                escaped.push(letter);
            }
            '\n' => escaped.push_str("\\n"),
            // No other sign of control may stand in a value.
            _ if letter.is_control() => {}
            _ => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::{LINE, Lines, escaped, host};

    #[test]
    fn lines_are_folded_between_characters_and_come_back_whole() {
        for words in
            ["垭口村".repeat(40), "a".repeat(75), "a".repeat(76), format!("a{}", "🌾".repeat(50))]
        {
            let mut lines = Lines::default();
            lines.add("SUMMARY", &words);
            let pieces: Vec<&str> =
                lines.text.strip_suffix("\r\n").expect("an end").split("\r\n").collect();
            assert!(pieces.iter().all(|piece| piece.len() <= LINE), "{pieces:?}");
            assert!(pieces[1..].iter().all(|piece| piece.starts_with(' ')));
            assert_eq!(lines.text.replace("\r\n ", ""), format!("SUMMARY:{words}\r\n"));
        }
    }

    #[test]
    fn signs_with_a_meaning_are_escaped() {
        assert_eq!(escaped("甲,乙;丙\\丁\r\n戊\u{7}"), "甲\\,乙\\;丙\\\\丁\\n戊");
        assert_eq!(host("https://example.org:8080/x"), "example.org:8080");
    }
}
