//! Every text that a reader or a machine gets out of the files of a site: pages, data, feeds, tables for
//! spreadsheets and what the search is made of, each opened by the decoders.

use std::collections::BTreeSet;

use mingbai::decode::{DECODERS, walk};
use mingbai::pipeline::Outcome;
use mingbai::text::normal::{Clear, Escapes};

/// Returns which files hold which of some signs; a sign of digits is not part of a longer number.
pub(crate) fn holding(outcome: &Outcome, signs: &[&str]) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    for artifact in &outcome.artifacts {
        let route = artifact.route().as_str();
        walk(DECODERS, route, artifact.bytes(), &mut |view| {
            let clear = Clear::read(view.bytes, (view.writing, Escapes::Decoded));
            for text in [&String::from_utf8_lossy(view.bytes), clear.text()] {
                for sign in signs.iter().filter(|sign| stands_in(text, sign)) {
                    found.insert((route.to_owned(), (*sign).to_owned()));
                }
            }
        });
    }
    found
}

/// Returns whether a text has a sign that is not the inside of a longer word or number, as in a digest.
fn stands_in(text: &str, sign: &str) -> bool {
    let is_inside = |letter: Option<char>| letter.is_some_and(|one| one.is_ascii_alphanumeric());
    text.match_indices(sign).any(|(at, _)| {
        !is_inside(text[..at].chars().next_back())
            && !is_inside(text[at + sign.len()..].chars().next())
    })
}
