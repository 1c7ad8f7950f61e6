//! Where in a file something stands, for who has to take it out.

use crate::records::{Trace, Withheld};
use crate::text::normal::{Escapes, Folded, Writing, fold_into};

/// A place in a text: lines and columns start at 1, columns count letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
    /// The byte.
    pub offset: usize,
}

/// Larger files are not looked through again and again for a place.
const LARGEST: usize = 2 << 20;

/// Returns the place of a byte.
pub(super) fn place_of(bytes: &[u8], offset: usize) -> Place {
    let before = &bytes[..offset.min(bytes.len())];
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let column = String::from_utf8_lossy(&before[start..]).chars().count() + 1;
    Place { line, column, offset }
}

/// Returns where a withheld value stands.
///
/// Folding keeps no places: the shortest beginning of the file that holds the value gives its end, and
/// the shortest piece before that its beginning.
pub(super) fn place_of_trace(
    bytes: &[u8],
    reading: (Writing, Escapes),
    (trace, withheld): (Trace, &Withheld),
    folded: &mut Folded,
) -> Option<Place> {
    if bytes.len() > LARGEST {
        return None;
    }
    let mut holds = |start: usize, end: usize| {
        fold_into(&bytes[start..end], reading, folded);
        withheld.is_in(trace, folded)
    };
    let (mut without, mut with) = (0, bytes.len());
    while with - without > 1 {
        let middle = without.midpoint(with);
        if holds(0, middle) {
            with = middle;
        } else {
            without = middle;
        }
    }
    let end = with;
    let (mut with, mut without) = (0, end);
    while without - with > 1 {
        let middle = with.midpoint(without);
        if holds(middle, end) {
            with = middle;
        } else {
            without = middle;
        }
    }
    Some(place_of(bytes, with))
}
