//! A model: figures and the relations between them that everyone can see or guess.
//!
//! It knows nothing of records. The values it holds are confidential; what leaves this folder is
//! only which figures are hidden.

use std::collections::BTreeMap;

/// A figure.
#[derive(Clone, Debug)]
pub(super) struct Figure {
    /// What it is: whole persons, or fen.
    pub(super) value: i64,
    /// The least it can be when it is not shown, as everyone knows.
    pub(super) floor: i64,
    /// How far apart the values must be that a reader cannot rule out.
    pub(super) width: i64,
    /// What is lost when it is hidden to shield another; `None` when it may not be.
    pub(super) cost: Option<i64>,
    /// Whether it is never shown and needs no shield: the difference of an inequality.
    pub(super) slack: bool,
}

/// A sum that holds: the figures, each so many times, come to `sum`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Relation {
    /// The figures with their factors.
    pub(super) parts: Vec<(usize, i64)>,
    /// What they come to.
    pub(super) sum: i64,
}

/// Figures and relations.
#[derive(Debug, Default)]
pub(super) struct Model {
    figures: Vec<Figure>,
    relations: Vec<Relation>,
    relations_of: Vec<Vec<usize>>,
}

impl Model {
    /// Makes a model; the order of the relations does not matter.
    pub(super) fn new(figures: Vec<Figure>, mut relations: Vec<Relation>) -> Self {
        for relation in &mut relations {
            let mut factors: BTreeMap<usize, i64> = BTreeMap::new();
            for (figure, factor) in &relation.parts {
                *factors.entry(*figure).or_default() += factor;
            }
            relation.parts = factors.into_iter().filter(|(_, factor)| *factor != 0).collect();
        }
        relations.retain(|relation| !relation.parts.is_empty());
        relations.sort();
        relations.dedup();
        let mut relations_of = vec![Vec::new(); figures.len()];
        for (number, relation) in relations.iter().enumerate() {
            for (figure, _) in &relation.parts {
                relations_of[*figure].push(number);
            }
        }
        Self { figures, relations, relations_of }
    }

    /// Returns the figures.
    pub(super) fn figures(&self) -> &[Figure] {
        &self.figures
    }

    /// Returns a relation.
    pub(super) fn relation(&self, number: usize) -> &Relation {
        &self.relations[number]
    }

    /// Returns the relations of a figure.
    pub(super) fn relations_of(&self, figure: usize) -> &[usize] {
        &self.relations_of[figure]
    }

    /// Returns what the figures are.
    pub(super) fn values(&self) -> Vec<i64> {
        self.figures.iter().map(|figure| figure.value).collect()
    }

    /// Returns whether other values could stand behind what is shown: every relation holds, what is
    /// shown is as it is, and nothing is less than it can be.
    ///
    /// This is the part to be trusted: a figure is called safe only for values that passed here.
    pub(super) fn is_possible(&self, values: &[i64], hidden: &[bool]) -> bool {
        let changed: Vec<usize> = (0..values.len())
            .filter(|figure| values[*figure] != self.figures[*figure].value)
            .collect();
        changed.iter().all(|at| {
            let figure = &self.figures[*at];
            let free = figure.slack || hidden[*at];
            free && values[*at] >= figure.floor
                && self.relations_of[*at].iter().all(|number| {
                    let relation = &self.relations[*number];
                    let sum = relation.parts.iter().try_fold(0_i64, |sum, (part, factor)| {
                        sum.checked_add(values[*part].checked_mul(*factor)?)
                    });
                    sum == Some(relation.sum)
                })
        })
    }
}
