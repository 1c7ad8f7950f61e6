//! Small figures: which counts and amounts of which records are not shown, because they speak of so
//! few people that anyone can tell who they are — and which others are not shown with them, so that
//! no sum, page or month gives the small ones away.
//!
//! [`suppress`] reads the figures of kinds whose lists stay off the web, hides the small ones and
//! shields them until an attacker who knows every published relation cannot narrow any of them down
//! to less than the policy allows. A figure for which that cannot be done is named as refused.
//! Nothing here says what a figure is.

mod attack;
mod choose;
mod figures;
mod model;
mod records;
mod relations;

use std::collections::{BTreeMap, BTreeSet};

use crate::project::Places;
use crate::records::catalog::Catalog;
use crate::records::schema::Schema;
use figures::Sheet;
use model::{Figure, Model};

/// Where a figure stands in its record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::records) enum Spot {
    /// In a field.
    Field(usize),
    /// In a table, a row and a column.
    Cell(usize, usize, usize),
    /// The number of rows of a list that is not shown.
    Length(usize),
}

/// The figures that are not shown.
#[derive(Debug, Default)]
pub(in crate::records) struct Suppressed {
    hidden: BTreeMap<usize, BTreeSet<Spot>>,
    refused: Vec<(usize, Spot)>,
}

impl Suppressed {
    /// Returns whether a figure of a record is not shown.
    pub(in crate::records) fn hides(&self, record: usize, spot: Spot) -> bool {
        self.hidden.get(&record).is_some_and(|spots| spots.contains(&spot))
    }

    /// Returns every record that hides a figure.
    pub(in crate::records) fn is_touched(&self, record: usize) -> bool {
        self.hidden.contains_key(&record)
    }

    /// Returns the figures that can be worked out although everything near them is hidden.
    pub(in crate::records) fn refused(&self) -> &[(usize, Spot)] {
        &self.refused
    }
}

/// Works out which figures are not shown on the web.
pub(in crate::records) fn suppress(
    catalog: &Catalog,
    schema: &Schema,
    places: &Places,
) -> Suppressed {
    let sheet = Sheet::of(catalog, schema, places);
    let small = sheet.small();
    if small.is_empty() {
        return Suppressed::default();
    }
    let policy = &schema.anonymity;
    let figures = sheet.entries.iter().map(|entry| entry.figure(policy)).collect();
    let (figures, relations) = relations::of(&sheet, catalog, schema, places, figures);
    let model = Model::new(figures, relations);
    let choice = choose::shield(&model, &small);
    let mut suppressed = Suppressed::default();
    for (entry, _) in sheet.entries.iter().zip(&choice.hidden).filter(|(_, hidden)| **hidden) {
        suppressed.hidden.entry(entry.record).or_default().insert(entry.spot);
    }
    suppressed.refused = choice
        .unsafe_figures
        .iter()
        .filter_map(|figure| sheet.entries.get(*figure))
        .map(|entry| (entry.record, entry.spot))
        .collect();
    suppressed.refused.sort_unstable();
    figures::add_shares(&mut suppressed.hidden, catalog, schema);
    suppressed
}

impl figures::Entry<'_> {
    /// Returns the entry as a figure of a model.
    fn figure(&self, policy: &crate::records::schema::Anonymity) -> Figure {
        // Zero is always shown, so whatever is not shown is at least one.
        let width = match self.unit {
            figures::Unit::Fen => percent(self.value, policy.money_width).max(2),
            figures::Unit::People(_) | figures::Unit::Things(_) => policy.width,
        };
        let cost = (self.value > 0).then_some(self.cost);
        Figure { value: self.value, floor: 1, width, cost, slack: false }
    }
}

/// Returns so many hundredths of a sum, rounded up: what is allowed is never narrower than it says.
fn percent(fen: i64, hundredths: i64) -> i64 {
    let product = i128::from(fen) * i128::from(hundredths);
    // More than the largest number is as good as the largest: no sum is larger.
    i64::try_from((product + 99) / 100).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    #[test]
    fn hundredths_of_fen_are_rounded_up() {
        assert_eq!(super::percent(199, 20), 40);
        assert_eq!(super::percent(99, 20), 20);
        assert_eq!(super::percent(100, 20), 20);
        assert_eq!(super::percent(1_000_000, 20), 200_000);
        assert_eq!(super::percent(i64::MAX, 200), i64::MAX);
    }
}
