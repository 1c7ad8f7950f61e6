//! Commits and tags: who made them, and what they say.
//!
//! Both are a few header lines, an empty line and a message. Lines that git fills in by itself
//! (ids, signatures) hold nobody's data; lines with a person are looked at for what a name or an
//! address gives away; everything else is read like any text.

use std::ops::Range;

use crate::detect::{self, Certainty, DETECTORS};
use crate::scan::mailbox;
use crate::text::normal::Writing;
use crate::text::{Day, Phrase};

/// Which part of a commit or tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// The name or address of a person.
    Person,
    /// The message, or another text somebody wrote.
    Message,
}

/// A place of a commit or tag.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    /// In which part.
    pub(super) part: Part,
    /// What it is.
    pub(super) label: Phrase,
    /// How sure that is.
    pub(super) certainty: Certainty,
    /// Where it stands.
    pub(super) range: Range<usize>,
}

/// Headers that git fills in by itself.
const BY_GIT: [&str; 9] = [
    "tree",
    "parent",
    "object",
    "type",
    "encoding",
    "gpgsig",
    "gpgsig-sha256",
    "change-id",
    "HG:rename-source",
];

/// Headers that name a person.
const PERSONS: [&str; 3] = ["author", "committer", "tagger"];

/// What signatures in messages of tags begin with.
const SIGNATURE: &[u8] = b"-----BEGIN ";

/// Returns every place of a commit or tag that looks like personal data.
pub(super) fn spots(bytes: &[u8]) -> Vec<Spot> {
    let mut spots = Vec::new();
    let mut at = 0;
    let mut by_git = false;
    while at < bytes.len() && bytes[at] != b'\n' {
        let length = bytes[at..].iter().position(|byte| *byte == b'\n');
        let end = length.map_or(bytes.len(), |length| at + length);
        let line = &bytes[at..end];
        let name = line.split(|byte| *byte == b' ').next().unwrap_or_default();
        let named = |names: &[&str]| names.iter().any(|known| known.as_bytes() == name);
        // A line that begins with a space carries the header before it on.
        by_git = if line.starts_with(b" ") { by_git } else { named(&BY_GIT) };
        if named(&PERSONS) {
            person(bytes, at + name.len()..end, &mut spots);
        } else if !by_git {
            text(bytes, at..end, &mut spots);
        }
        at = end + 1;
    }
    let message = bytes.get(at..).unwrap_or_default();
    let signed = message.windows(SIGNATURE.len()).position(|window| window == SIGNATURE);
    let end = signed.map_or(bytes.len(), |length| at + length);
    text(bytes, at.min(end)..end, &mut spots);
    spots
}

/// Looks at a text.
fn text(bytes: &[u8], range: Range<usize>, spots: &mut Vec<Spot>) {
    for hit in detect::find(DETECTORS, &bytes[range.clone()], Writing::Plain) {
        let range = range.start + hit.range.start..range.start + hit.range.end;
        let label = label(hit.detector);
        spots.push(Spot { part: Part::Message, label, certainty: hit.certainty, range });
    }
}

/// Looks at `NAME <ADDRESS> SECONDS ZONE`.
fn person(bytes: &[u8], range: Range<usize>, spots: &mut Vec<Spot>) {
    let line = &bytes[range.clone()];
    let close = line.iter().rposition(|byte| *byte == b'>').unwrap_or(line.len());
    let open = line[..close].iter().position(|byte| *byte == b'<').unwrap_or(close);
    let address = String::from_utf8_lossy(line.get(open + 1..close).unwrap_or_default());
    // Every commit has an address; whether it is a private one is told by its provider. What stands
    // before the `@` may be a number of its own.
    let local = address.split('@').next().unwrap_or("").len();
    let stretches = [0..open, (open + 1).min(close)..(open + 1 + local).min(close)];
    for stretch in stretches {
        let start = range.start + stretch.start;
        for hit in detect::find(DETECTORS, &line[stretch], Writing::Plain) {
            let range = start + hit.range.start..start + hit.range.end;
            let label = label(hit.detector);
            spots.push(Spot { part: Part::Person, label, certainty: hit.certainty, range });
        }
    }
    if mailbox::is_private(&address) {
        let range = range.start + open + 1..range.start + close;
        let label = Phrase::new("私人邮箱", "private mailbox");
        spots.push(Spot { part: Part::Person, label, certainty: Certainty::Likely, range });
    }
}

/// Returns what a detector finds.
pub(super) fn label(detector: &str) -> Phrase {
    detect::named(detector)
        .map_or_else(|| Phrase::new("个人信息", "personal data"), |detector| detector.label())
}

/// Returns when a commit or tag was made, in seconds since 1970.
pub(super) fn seconds(bytes: &[u8]) -> i64 {
    let head = bytes.split(|byte| *byte == b'\n').take_while(|line| !line.is_empty());
    let mut made = 0;
    for line in head {
        if line.starts_with(b"committer ") || line.starts_with(b"tagger ") {
            let line = String::from_utf8_lossy(line);
            made = line.rsplit(' ').nth(1).and_then(|text| text.parse().ok()).unwrap_or(0);
        }
    }
    made
}

/// Returns the day of a moment in China, as people write it.
pub(super) fn day(seconds: i64) -> String {
    const AHEAD: i64 = 8 * 3600;
    const DAY: i64 = 24 * 3600;
    let first = Day::parse("1970-01-01").expect("the first day is a day");
    let days = (seconds + AHEAD).div_euclid(DAY);
    let day = i32::try_from(days).map_or(first, |days| first.plus_days(days));
    format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day())
}

#[cfg(test)]
mod tests {
    use super::{Part, day, seconds, spots};
    use crate::detect::Certainty;

    const NUMBER: &str = "990199197001010015";

    fn commit(person: &str, message: &str) -> String {
        format!(
            "tree 99\nparent {NUMBER}\nauthor {person} 1735700000 +0800\n\
             committer office <office@example.org> 1735700000 +0800\n\
             gpgsig -----BEGIN PGP SIGNATURE-----\n {NUMBER}\n -----END PGP SIGNATURE-----\n\n{message}\n"
        )
    }

    #[test]
    fn persons_and_messages_are_told_apart_and_git_itself_is_passed_over() {
        let text = commit(&format!("n{NUMBER} <a@example.org>"), &format!("list of {NUMBER}"));
        let found = spots(text.as_bytes());
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].part, found[1].part), (Part::Person, Part::Message));
        assert!(found.iter().all(|spot| &text[spot.range.clone()] == NUMBER));
        let text = commit(&format!("n <{NUMBER}@example.org>"), "");
        assert_eq!(spots(text.as_bytes()).len(), 1);
    }

    #[test]
    fn private_mailboxes_are_likely() {
        let text = commit("n <someone@qq.com>", "");
        let found = spots(text.as_bytes());
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].certainty, Certainty::Likely);
        assert_eq!(&text[found[0].range.clone()], "someone@qq.com");
    }

    #[test]
    fn moments_become_days() {
        assert_eq!(seconds(commit("n <a@example.org>", "").as_bytes()), 1_735_700_000);
        assert_eq!(day(0), "1970-01-01");
        assert_eq!(day(1_735_700_000), "2025-01-01");
    }
}
