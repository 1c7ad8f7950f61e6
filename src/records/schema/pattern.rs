//! The pattern of a plain sentence, which kinds make of words and of the names of their fields.
//!
//! `{key}` is the value of a field; `{table.key+key}` are the first rows of a table, each with the
//! columns named. What stands in `[…]` is left out when something in it is missing, what stands in
//! `[+…]` also when a figure in it is zero. Brackets do not stand in brackets.

use crate::records::schema::Kind;

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
    let of = |piece: &Piece<'p>| match piece {
        Piece::Words(_) => Vec::new(),
        Piece::Value(name) if is_known(name) => Vec::new(),
        Piece::Value(name) => vec![*name],
        Piece::Optional { pieces, .. } => unknown(kind, pieces),
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
