//! The gate: searches every artifact for every withheld value before anything is written.
//!
//! It reads what a reader or a machine would read: the folded text, the folded insides of tags, the
//! file's own name, and all of that again for whatever can be unwrapped from the file, however deep. It
//! looks for withheld values in all their forms, for digests of them, and for numbers that are
//! somebody's even if no record of the register holds them. A file that it cannot search does not
//! pass. It knows nothing of kinds or policies; it asks [`Withheld`].

mod digests;
mod look;
mod place;
mod prove;
mod words;

use std::collections::BTreeMap;

pub use place::Place;
pub use prove::prove;
use rayon::prelude::*;
pub use words::{hush, search_words};

use crate::decode::{DECODERS, Decoder, Unopened};
use crate::detect::{DETECTORS, Detector, named};
use crate::project::Unsearchable;
use crate::records::{Origin, Withheld};
use crate::site::artifact::Artifact;
use crate::text::Phrase;
use crate::text::normal::Folded;

/// What the gate sees with.
#[derive(Clone, Copy)]
pub struct Sight<'s> {
    /// What it opens files with.
    pub decoders: &'s [&'static dyn Decoder],
    /// What it knows personal data by that nobody declared.
    pub detectors: &'s [&'static dyn Detector],
}

impl Sight<'static> {
    /// Returns all there is to see with.
    #[must_use]
    pub const fn whole() -> Self {
        Self { decoders: DECODERS, detectors: DETECTORS }
    }
}

/// What is wrong with an artifact.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// It holds a withheld value, which comes from there.
    Withheld(Origin),
    /// It holds a digest of a withheld value, which comes from there.
    Digest(Origin),
    /// It holds something that this detector is sure of.
    Detected(&'static str),
    /// It cannot be searched.
    Closed(Unopened),
}

/// Something in an artifact that must not get out. Names both ends and never the value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Leak {
    /// The artifact.
    pub route: String,
    /// Where in it, if it is a text and the value stands in it as it is.
    pub place: Option<Place>,
    /// What it had to be unwrapped from, the outermost first.
    pub way: Vec<&'static str>,
    /// What it is.
    pub what: What,
}

impl Leak {
    /// Returns where a withheld value comes from.
    #[must_use]
    pub const fn origin(&self) -> Option<&Origin> {
        match &self.what {
            What::Withheld(origin) | What::Digest(origin) => Some(origin),
            What::Detected(_) | What::Closed(_) => None,
        }
    }

    /// Returns what is said about it.
    #[must_use]
    pub fn words(&self) -> Phrase {
        let (zh_place, en_place) = self.place.map_or_else(Default::default, |place| {
            let Place { line, column, offset } = place;
            (format!("第{line}行第{column}列"), format!(" at {line}:{column} (byte {offset})"))
        });
        let way: Vec<&str> = self.way.iter().rev().copied().collect();
        let (zh_way, en_way) = if way.is_empty() {
            Default::default()
        } else {
            let way = way.join(" ← ");
            (format!("(藏在 {way} 里)"), format!(", in {way}"))
        };
        let (zh, en) = self.what.words();
        let route = &self.route;
        Phrase::new(
            format!("{route} {zh_place}{zh_way}{zh}"),
            format!("{route}{en_place}{en_way} {en}"),
        )
    }
}

impl What {
    /// Returns what is said about it, in both languages.
    fn words(&self) -> (String, String) {
        match self {
            Self::Withheld(Origin { record, path, field }) => (
                format!("里有 {record} 的“{}”(见 {path})", field.zh),
                format!("holds {} of {record} (see {path})", field.en),
            ),
            Self::Digest(Origin { record, path, field }) => (
                format!("里有 {record} 的“{}”的摘要值,可以反推出原值(见 {path})", field.zh),
                format!(
                    "holds a digest of {} of {record}, from which it can be worked out (see {path})",
                    field.en
                ),
            ),
            Self::Detected(name) => {
                let label = named(name).map_or_else(|| Phrase::same(name), Detector::label);
                (
                    format!("里有{}", label.zh),
                    format!("holds something that is surely personal: {}", label.en),
                )
            }
            Self::Closed(why) => {
                let why = why_words(*why);
                (format!("没法检查:{}", why.zh), format!("cannot be searched: {}", why.en))
            }
        }
    }
}

/// Returns why a file could not be opened.
fn why_words(why: Unopened) -> Phrase {
    match why {
        Unopened::Unknown => {
            Phrase::new("不认识这种文件,或者里面的字读不出来", "nobody knows how to read it")
        }
        Unopened::Encrypted => Phrase::new("文件加了密码", "it needs a password"),
        Unopened::Damaged => Phrase::new("文件坏了", "it is damaged"),
        Unopened::TooDeep => Phrase::new("一层套一层,套得太深", "it is wrapped too deep"),
        Unopened::TooLarge => Phrase::new("展开以后太大", "it becomes too large when opened"),
    }
}

/// Searches artifacts; the leaks come in the order of the routes and places.
#[must_use]
pub fn search(artifacts: &[Artifact], withheld: &Withheld, sight: &Sight<'_>) -> Vec<Leak> {
    let seen: Vec<(look::Seen, Vec<&Artifact>)> = twins(artifacts)
        .into_par_iter()
        .map_init(Folded::default, |folded, group| {
            let first = group[0];
            (look::look(first, withheld, sight, folded), group)
        })
        .collect();
    let digests = digests::known(seen.iter().flat_map(|(seen, _)| &seen.digests), withheld);
    let mut leaks: Vec<Leak> = Vec::new();
    let folded = &mut Folded::default();
    for (seen, group) in &seen {
        let mut inside = seen.leaks.clone();
        inside
            .extend(seen.digests.iter().filter_map(|candidate| candidate.leak(&digests, withheld)));
        for artifact in group {
            let route = artifact.route().as_str();
            let named = look::in_name(route, withheld, sight, folded);
            // What is said about a leak is in a log and must not be a leak itself.
            let painted =
                |leak: Leak, folded: &mut Folded| look::painted(leak, route, withheld, folded);
            leaks.extend(inside.iter().cloned().chain(named).map(|leak| painted(leak, folded)));
        }
    }
    leaks.sort();
    leaks.dedup();
    leaks
}

/// Puts artifacts with the same bytes and the same ending together: they are searched once.
fn twins(artifacts: &[Artifact]) -> Vec<Vec<&Artifact>> {
    const SAMPLE: usize = 64;
    let mut alike: BTreeMap<_, Vec<Vec<&Artifact>>> = BTreeMap::new();
    for artifact in artifacts {
        let bytes = artifact.bytes();
        // Pages of one site begin alike; they differ in length, in the middle, or nowhere.
        let middle = bytes.len() / 2;
        let sample = &bytes[middle.saturating_sub(SAMPLE)..bytes.len().min(middle + SAMPLE)];
        let groups = alike.entry((bytes.len(), artifact.route().extension(), sample)).or_default();
        match groups.iter_mut().find(|group| alike_in(group[0], artifact)) {
            Some(group) => group.push(artifact),
            None => groups.push(vec![artifact]),
        }
    }
    alike.into_values().flatten().collect()
}

/// Returns whether two artifacts say the same, and said it before.
fn alike_in(left: &Artifact, right: &Artifact) -> bool {
    left.bytes() == right.bytes() && left.before() == right.before()
}

/// Takes off what somebody allowed to pass unsearched; returns the leaks that stay, and which of the
/// allowances were needed.
#[must_use]
pub fn excuse(leaks: Vec<Leak>, allowed: &[Unsearchable]) -> (Vec<Leak>, Vec<bool>) {
    let mut needed = vec![false; allowed.len()];
    let stays = leaks.into_iter().filter(|leak| {
        let closed = matches!(leak.what, What::Closed(_));
        let at = allowed.iter().position(|allowed| closed && allowed.path == leak.route);
        at.inspect(|at| needed[*at] = true).is_none()
    });
    (stays.collect(), needed)
}
