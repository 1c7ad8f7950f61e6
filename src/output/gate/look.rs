//! The look at one artifact.

use std::collections::{BTreeMap, BTreeSet};

use crate::decode::{View, walk};
use crate::detect::{Certainty, find, regions};
use crate::output::gate::digests::{self, Candidate};
use crate::output::gate::place::{Place, place_of, place_of_trace};
use crate::output::gate::{Leak, Sight, What};
use crate::records::{Origin, Trace, Withheld};
use crate::site::artifact::Artifact;
use crate::text::normal::{Escapes, Folded, Writing, fold_into};

/// More than so many leaks of one file say nothing new.
const MOST: usize = 20;

/// What was seen in an artifact.
pub(super) struct Seen {
    /// What must not get out.
    pub(super) leaks: Vec<Leak>,
    /// What may be digests; they are compared for all artifacts together.
    pub(super) digests: Vec<Candidate>,
}

/// Looks at everything in an artifact.
pub(super) fn look(
    artifact: &Artifact,
    withheld: &Withheld,
    sight: &Sight<'_>,
    folded: &mut Folded,
) -> Seen {
    let route = artifact.route().as_str();
    let mut seen = look_into(artifact.bytes(), (route, sight), withheld, folded);
    let Some(before) = artifact.before() else {
        return seen;
    };
    // In other characters a name is another text: what the page said before is searched, too.
    let earlier = look_into(before, (route, sight), withheld, folded);
    for leak in earlier.leaks {
        if !seen.leaks.iter().any(|known| known.what == leak.what) {
            seen.leaks.push(Leak { place: None, ..leak });
        }
    }
    seen.digests.extend(earlier.digests);
    seen
}

/// Looks at everything in some bytes.
fn look_into(
    bytes: &[u8],
    (route, sight): (&str, &Sight<'_>),
    withheld: &Withheld,
    folded: &mut Folded,
) -> Seen {
    let mut seen = Seen { leaks: Vec::new(), digests: Vec::new() };
    let closed = walk(sight.decoders, route, bytes, &mut |view| {
        look_at(view, (route, sight), withheld, (folded, &mut seen));
    });
    for closed in closed {
        let (way, what) = (closed.way, What::Closed(closed.why));
        seen.leaks.push(Leak { route: String::new(), place: None, way, what });
    }
    seen
}

/// Looks at one text.
fn look_at(
    view: &View<'_>,
    (route, sight): (&str, &Sight<'_>),
    withheld: &Withheld,
    (folded, seen): (&mut Folded, &mut Seen),
) {
    if seen.leaks.len() >= MOST {
        return;
    }
    let mut add = |place: Option<Place>, what: What| {
        let way = view.way.to_vec();
        seen.leaks.push(Leak { route: String::new(), place, way, what });
    };
    let is_whole = view.way.is_empty();
    for (trace, reading) in traces((view.bytes, view.writing), route, withheld, folded) {
        let place = is_whole.then(|| {
            place_of_trace(view.bytes, (view.writing, reading), (trace, withheld), folded)
        });
        add(place.flatten(), What::Withheld(withheld.origin(trace).clone()));
    }
    // Compressed bytes look like anything; what they wrap is looked at when it is out.
    let text = if view.wraps { &[][..] } else { view.bytes };
    for (start, detector) in detected(text, view.writing, withheld, (sight, folded)) {
        add(is_whole.then(|| place_of(view.bytes, start)), What::Detected(detector));
    }
    seen.leaks.truncate(MOST);
    seen.digests.extend(digests::candidates(view.bytes, view.way));
}

/// Returns the forms of withheld values in some bytes, however the bytes may be read, each with the
/// reading in which it was found.
fn traces(
    (bytes, writing): (&[u8], Writing),
    route: &str,
    withheld: &Withheld,
    folded: &mut Folded,
) -> BTreeMap<Trace, Escapes> {
    let mut found = BTreeMap::new();
    let mut read = |escapes: Escapes, folded: &mut Folded| {
        let decoded = fold_into(bytes, (writing, escapes), folded);
        withheld.traces(folded, route, &mut |trace| {
            found.entry(trace).or_insert(escapes);
        });
        decoded
    };
    // What looks like an escape may be none.
    if read(Escapes::Decoded, folded) {
        read(Escapes::Plain, folded);
    }
    found
}

/// Returns what detectors are sure of, as far as it is no withheld value, which is told of already, and
/// nobody allowed it: where it stands, and the detector.
fn detected(
    bytes: &[u8],
    writing: Writing,
    withheld: &Withheld,
    (sight, folded): (&Sight<'_>, &mut Folded),
) -> Vec<(usize, &'static str)> {
    let mut found = Vec::new();
    if sight.detectors.is_empty() {
        return found;
    }
    for region in regions(bytes) {
        for hit in find(sight.detectors, &bytes[region.clone()], writing) {
            if hit.certainty != Certainty::Sure {
                continue;
            }
            let value = bytes.get(region.start + hit.range.start..region.start + hit.range.end);
            let value = value.unwrap_or_default();
            let words = String::from_utf8_lossy(value);
            if !withheld.allows(&words) && !holds(value, writing, withheld, folded) {
                found.push((region.start + hit.range.start, hit.detector));
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found.truncate(MOST);
    found
}

/// Returns whether any form of a withheld value stands in some bytes.
pub(super) fn holds(
    bytes: &[u8],
    writing: Writing,
    withheld: &Withheld,
    folded: &mut Folded,
) -> bool {
    let decoded = fold_into(bytes, (writing, Escapes::Decoded), folded);
    if withheld.betrayed_in(folded) || !decoded {
        return withheld.betrayed_in(folded);
    }
    fold_into(bytes, (writing, Escapes::Plain), folded);
    withheld.betrayed_in(folded)
}

/// Returns the leaks in the name of a file.
pub(super) fn in_name(
    route: &str,
    withheld: &Withheld,
    sight: &Sight<'_>,
    folded: &mut Folded,
) -> Vec<Leak> {
    let bytes = route.as_bytes();
    // A page may have the day in its name that is the day of its own record.
    let values = traces((bytes, Writing::Plain), "", withheld, folded);
    let values = values.into_keys().map(|trace| What::Withheld(withheld.origin(trace).clone()));
    // A part of an address is a name of its own: what stands before a stroke says nothing of it.
    let mut shapes = BTreeSet::new();
    for part in route.split('/') {
        let found = detected(part.as_bytes(), Writing::Plain, withheld, (sight, folded));
        shapes.extend(found.into_iter().map(|(_, detector)| What::Detected(detector)));
    }
    let leak = |what| Leak { route: String::new(), place: None, way: Vec::new(), what };
    values.chain(shapes).map(leak).collect()
}

/// Puts the route to a leak, with every address painted that holds a withheld value itself.
pub(super) fn painted(leak: Leak, route: &str, withheld: &Withheld, folded: &mut Folded) -> Leak {
    let route = paint(route, withheld, folded);
    let mut origin = |Origin { record, path, field }: Origin| Origin {
        record: paint(&record, withheld, folded),
        path: paint(&path, withheld, folded),
        field,
    };
    let what = match leak.what {
        What::Withheld(from) => What::Withheld(origin(from)),
        What::Digest(from) => What::Digest(origin(from)),
        other @ (What::Detected(_) | What::Closed(_)) => other,
    };
    Leak { route, what, ..leak }
}

/// Returns the address of something, painted over from the part on that holds a withheld value or
/// what is surely somebody's.
fn paint(words: &str, withheld: &Withheld, folded: &mut Folded) -> String {
    let mut bad = |words: &str| {
        holds(words.as_bytes(), Writing::Plain, withheld, folded)
            || !detected(words.as_bytes(), Writing::Plain, withheld, (&Sight::whole(), folded))
                .is_empty()
    };
    if !bad(words) {
        return words.to_owned();
    }
    let folder = words.rsplit_once('/').map_or("", |(folder, _)| folder);
    let folder = if bad(folder) { "***" } else { folder };
    format!("{folder}/***")
}
