//! The pattern of a plain sentence, which kinds make of words and of the names of their fields.
//!
//! `{key}` is the value of a field; `{table.key+key}` are the first rows of a table, each with the
//! columns named. What stands in `[…]` is left out when something in it is missing, what stands in
//! `[+…]` also when a figure in it is zero. Brackets do not stand in brackets.
//!
//! A sentence goes where no list goes: into feeds, open data, tags and the search. So it names nothing
//! of a list of persons, and nothing that is about one person.

use crate::records::schema::{Class, Kind};

/// A part of a pattern.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece<'p> {
    /// Words as they are.
    Words(&'p str),
    /// What stands for a value.
    Value(&'p str),
    /// What is left out when a value in it is missing, or, if so marked, zero.
    Optional {
        /// Whether zero counts as missing.
        counts: bool,
        /// What is in it.
        pieces: Vec<Self>,
    },
}

/// Takes a pattern apart; `None` if a bracket is not closed.
#[must_use]
pub fn pieces(mut pattern: &str) -> Option<Vec<Piece<'_>>> {
    let mut pieces = Vec::new();
    while let Some(at) = pattern.find(['{', '[']) {
        if at > 0 {
            pieces.push(Piece::Words(&pattern[..at]));
        }
        let (open, rest) = pattern[at..].split_at(1);
        let (inside, after) = rest.split_once(if open == "{" { '}' } else { ']' })?;
        pieces.push(match (open, inside.strip_prefix('+')) {
            ("{", _) => Piece::Value(inside),
            (_, Some(inside)) => Piece::Optional { counts: true, pieces: self::pieces(inside)? },
            (_, None) => Piece::Optional { counts: false, pieces: self::pieces(inside)? },
        });
        pattern = after;
    }
    if !pattern.is_empty() {
        pieces.push(Piece::Words(pattern));
    }
    Some(pieces)
}

/// Returns the names of a pattern that a kind does not have.
pub(super) fn unknown<'p>(kind: &Kind, pieces: &[Piece<'p>]) -> Vec<&'p str> {
    let is_known = |name: &str| match name.split_once('.') {
        None => kind.field(name).is_some(),
        Some((table, columns)) => kind.table(table).is_some_and(|(_, table)| {
            columns.split('+').all(|column| table.field(column).is_some())
        }),
    };
    names(pieces).into_iter().filter(|name| !is_known(name)).collect()
}

/// Returns the names of a pattern that may not stand in a sentence: a list of persons, columns that
/// are not for everyone, and fields about one person or of the office alone.
pub(super) fn private<'p>(kind: &Kind, pieces: &[Piece<'p>]) -> Vec<&'p str> {
    let is_private = |name: &str| match name.split_once('.') {
        // Prose of the record itself stands on its page like in its sentence, and is searched like it.
        None => kind.field(name).is_some_and(|(_, field)| {
            !matches!(field.class, Some(Class::Public | Class::FreeText))
        }),
        Some((table, columns)) => kind.table(table).is_some_and(|(_, table)| {
            let columns = columns.split('+').filter_map(|column| table.field(column));
            let mut classes = columns.map(|(_, column)| column.class);
            table.is_personal() || classes.any(|class| class != Some(Class::Public))
        }),
    };
    names(pieces).into_iter().filter(|name| is_private(name)).collect()
}

/// Returns every name in a pattern.
fn names<'p>(pieces: &[Piece<'p>]) -> Vec<&'p str> {
    let of = |piece: &Piece<'p>| match piece {
        Piece::Words(_) => Vec::new(),
        Piece::Value(name) => vec![*name],
        Piece::Optional { pieces, .. } => names(pieces),
    };
    pieces.iter().flat_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::{Piece, pieces};

    #[test]
    fn a_pattern_is_words_values_and_what_may_be_left_out() {
        assert_eq!(
            pieces("在{place}[+,共{total}]。"),
            Some(vec![
                Piece::Words("在"),
                Piece::Value("place"),
                Piece::Optional {
                    counts: true,
                    pieces: vec![Piece::Words(",共"), Piece::Value("total")],
                },
                Piece::Words("。"),
            ])
        );
        assert_eq!(pieces("[{a]"), None);
        assert_eq!(pieces("{a"), None);
    }
}
