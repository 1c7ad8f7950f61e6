//! The gate: searches every artifact for every withheld value before anything is written.
//!
//! It reads what a reader or a machine would read: the folded text, the folded insides of tags,
//! and the file's own name. It knows nothing of kinds or policies; it asks [`Withheld`].

use rayon::prelude::*;

use crate::records::{Origin, Withheld};
use crate::site::artifact::Artifact;
use crate::text::normal::{Escapes, Folded, Writing, fold_into};

/// A withheld value that stood in an artifact. Names both ends and never the value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Leak {
    /// The artifact.
    pub route: String,
    /// Where the value comes from.
    pub origin: Origin,
}

/// Searches artifacts; the leaks come in the order of the routes.
#[must_use]
pub fn search(artifacts: &[Artifact], withheld: &Withheld) -> Vec<Leak> {
    let mut leaks: Vec<Leak> = artifacts
        .par_iter()
        .map_init(Folded::default, |folded, artifact| leak_in(artifact, withheld, folded))
        .flatten()
        .collect();
    leaks.sort();
    leaks
}

/// Returns the first leak of one artifact.
fn leak_in(artifact: &Artifact, withheld: &Withheld, folded: &mut Folded) -> Option<Leak> {
    let route = artifact.route().as_str();
    let inside = find(artifact.bytes(), artifact.writing(), withheld, folded);
    let named = || find(route.as_bytes(), Writing::Plain, withheld, &mut Folded::default());
    let origin = inside.or_else(named)?.clone();
    let mut painted = |words: &str| paint(words, withheld, folded);
    let route = painted(route);
    let origin = Origin {
        record: painted(&origin.record),
        path: painted(&origin.path),
        field: origin.field,
    };
    Some(Leak { route, origin })
}

/// Returns where a withheld value in some bytes comes from, however the bytes may be read.
fn find<'w>(
    bytes: &[u8],
    writing: Writing,
    withheld: &'w Withheld,
    folded: &mut Folded,
) -> Option<&'w Origin> {
    let decoded = fold_into(bytes, (writing, Escapes::Decoded), folded);
    let found = withheld.find_in(folded);
    if found.is_some() || !decoded {
        return found;
    }
    fold_into(bytes, (writing, Escapes::Plain), folded);
    withheld.find_in(folded)
}

/// Returns the address of something, painted over from the part on that holds a withheld value: what
/// is said about a leak is in a log and must not be a leak itself.
fn paint(words: &str, withheld: &Withheld, folded: &mut Folded) -> String {
    if find(words.as_bytes(), Writing::Plain, withheld, folded).is_none() {
        return words.to_owned();
    }
    let folder = words.rsplit_once('/').map_or("", |(folder, _)| folder);
    let clean = find(folder.as_bytes(), Writing::Plain, withheld, folded).is_none();
    let folder = if clean { folder } else { "***" };
    format!("{folder}/***")
}
