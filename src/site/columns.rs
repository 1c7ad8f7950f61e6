//! Columns of a table: amounts that stand one under another have one unit.

use crate::records::{Datum, PublicField, PublicTable};
use crate::text::Money;

/// Returns how the amounts of each column are shown: one under another, in one unit.
pub(crate) fn units(table: &PublicTable, columns: &[usize]) -> Vec<Option<Money>> {
    let of_column = |column: &usize| {
        let cells = table.rows().iter().flatten().filter(|cell| cell.field() == *column);
        let amounts = cells.flat_map(PublicField::values).filter_map(|value| match value.datum() {
            Datum::Money(money) => Some(*money),
            _ => None,
        });
        Money::one_unit(&amounts.collect::<Vec<_>>())
    };
    columns.iter().map(of_column).collect()
}

/// Returns an amount in words in another unit.
pub(crate) fn written_like(words: &str, like: Money) -> String {
    Money::parse(words, None)
        .map_or_else(|_| words.to_owned(), |sum| Money::shown_like(sum.fen(), like).to_string())
}
