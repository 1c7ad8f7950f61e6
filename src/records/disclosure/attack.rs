//! The attacker: looks for other values that could stand behind what is shown.
//!
//! A hidden figure is safe when two sets of values agree with everything that is shown and differ in
//! it by the width that the policy asks for. The search is a bounded one for chains of changes, each
//! of which puts right the relation that the one before has broken; what it finds is proved by
//! [`Model::is_possible`], what it does not find counts as unsafe.

use std::collections::BTreeMap;

use crate::records::disclosure::model::Model;

/// How many changes one search tries.
const BUDGET: usize = 4_000;

/// Among how many broken relations the most pressing one is chosen.
const WIDE: usize = 32;

/// Into how many steps a width is cut at most.
const STEPS: i64 = 8;

/// A chain of changes and what it costs to hide the figures of it that are shown.
pub(super) struct Chain {
    /// The figures with their changes.
    pub(super) changes: BTreeMap<usize, i64>,
    /// The cost.
    pub(super) cost: i64,
}

/// Returns whether a hidden figure is safe.
pub(super) fn is_safe(model: &Model, hidden: &[bool], target: usize) -> bool {
    let width = model.figures()[target].width;
    let more = reach(model, hidden, target, width);
    more >= width || more + reach(model, hidden, target, more - width) >= width
}

/// Returns how far a figure can be moved, at most by `wanted`, which is negative for downwards.
fn reach(model: &Model, hidden: &[bool], target: usize, wanted: i64) -> i64 {
    let mut values = model.values();
    let (sign, wanted) = (wanted.signum(), wanted.abs());
    let (mut moved, mut step) = (0, wanted);
    let free = |figure: usize| (hidden[figure] || model.figures()[figure].slack).then_some(0);
    while step > 0 && moved < wanted && step.saturating_mul(STEPS) >= wanted {
        let change = sign * step.min(wanted - moved);
        let Some(chain) = cheapest(model, &values, (target, change), &free) else {
            step /= 2;
            continue;
        };
        let mut next = values.clone();
        for (figure, change) in &chain.changes {
            next[*figure] += change;
        }
        if !model.is_possible(&next, hidden) {
            break;
        }
        values = next;
        moved += change.abs();
    }
    moved
}

/// Returns the cheapest chain that changes a figure by so much. `cost` says what it costs that a
/// figure takes part, or that it may not.
pub(super) fn cheapest(
    model: &Model,
    values: &[i64],
    (target, change): (usize, i64),
    cost: &dyn Fn(usize) -> Option<i64>,
) -> Option<Chain> {
    let mut search = Search {
        model,
        values,
        cost,
        changes: BTreeMap::new(),
        broken: BTreeMap::new(),
        spent: 0,
        budget: BUDGET,
        best: None,
    };
    if values[target] + change < model.figures()[target].floor {
        return None;
    }
    search.make(target, change, 0);
    search.go_on();
    search.best
}

/// A search under way.
struct Search<'a> {
    model: &'a Model,
    values: &'a [i64],
    cost: &'a dyn Fn(usize) -> Option<i64>,
    changes: BTreeMap<usize, i64>,
    broken: BTreeMap<usize, i64>,
    spent: i64,
    budget: usize,
    best: Option<Chain>,
}

impl Search<'_> {
    /// Makes a change, which breaks or mends the relations of the figure.
    fn make(&mut self, figure: usize, change: i64, cost: i64) {
        self.changes.insert(figure, change);
        self.spent += cost;
        self.shift(figure, change);
    }

    /// Takes a change back.
    fn unmake(&mut self, figure: usize, change: i64, cost: i64) {
        self.changes.remove(&figure);
        self.spent -= cost;
        self.shift(figure, -change);
    }

    /// Notes by how much the relations of a figure are off.
    fn shift(&mut self, figure: usize, change: i64) {
        for number in self.model.relations_of(figure) {
            let parts = &self.model.relation(*number).parts;
            let at = parts.binary_search_by_key(&figure, |(part, _)| *part);
            let factor = parts[at.expect("a figure is part of its relations")].1;
            let off = self.broken.entry(*number).or_default();
            *off = off.saturating_add(change.saturating_mul(factor));
            if *off == 0 {
                self.broken.remove(number);
            }
        }
    }

    /// Returns whether nothing better can come of this.
    fn is_hopeless(&self) -> bool {
        self.budget == 0 || self.best.as_ref().is_some_and(|best| best.cost <= self.spent)
    }

    /// Mends the broken relation with the fewest ways in each of them, the cheapest first, and goes
    /// on from there.
    fn go_on(&mut self) {
        if self.is_hopeless() {
            return;
        }
        self.budget -= 1;
        if self.broken.is_empty() {
            self.best = Some(Chain { changes: self.changes.clone(), cost: self.spent });
            return;
        }
        let mut ways: Option<Vec<(i64, usize, i64)>> = None;
        for (number, off) in self.broken.iter().take(WIDE) {
            let these = self.ways(*number, *off);
            if ways.as_ref().is_none_or(|fewest| these.len() < fewest.len()) {
                ways = Some(these);
            }
            // What has no way, or only one, cannot be chosen better.
            if ways.as_ref().is_some_and(|fewest| fewest.len() <= 1) {
                break;
            }
        }
        for (cost, figure, change) in ways.into_iter().flatten() {
            if self.is_hopeless() {
                return;
            }
            self.make(figure, change, cost);
            self.go_on();
            self.unmake(figure, change, cost);
        }
    }

    /// Returns the changes of one figure that mend a relation, the cheapest first.
    fn ways(&self, number: usize, off: i64) -> Vec<(i64, usize, i64)> {
        let mut ways = Vec::new();
        for (figure, factor) in &self.model.relation(number).parts {
            let Some(cost) = (self.cost)(*figure).filter(|_| !self.changes.contains_key(figure))
            else {
                continue;
            };
            if off % factor != 0 {
                continue;
            }
            let change = -(off / factor);
            if self.values[*figure] + change >= self.model.figures()[*figure].floor {
                ways.push((cost, *figure, change));
            }
        }
        ways.sort_unstable();
        ways
    }
}
