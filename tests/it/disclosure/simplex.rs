//! Exact bounds: the least and the greatest whole number that each unknown can be, by a simplex with
//! fractions and, where a corner is not whole, by branching. Shares no line with the program.

use std::cmp::Ordering;

use super::system::{Bounds, Sum, System};

/// How often an interval is cut before the bound of the fractions is taken.
const CUTS: usize = 40;

/// A fraction, always reduced, with a positive denominator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Q(i128, i128);

impl Q {
    const ZERO: Self = Self(0, 1);

    fn whole(number: i128) -> Self {
        Self(number, 1)
    }

    fn of(mut top: i128, mut below: i128) -> Self {
        if below == 1 {
            return Self(top, 1);
        }
        let (mut a, mut b) = (top.abs(), below.abs());
        while b != 0 {
            (a, b) = (b, a % b);
        }
        if below < 0 {
            a = -a;
        }
        top /= a;
        below /= a;
        Self(top, below)
    }

    fn minus(self, other: Self) -> Self {
        Self::of(self.0 * other.1 - other.0 * self.1, self.1 * other.1)
    }

    fn times(self, other: Self) -> Self {
        Self::of(self.0 * other.0, self.1 * other.1)
    }

    fn over(self, other: Self) -> Self {
        Self::of(self.0 * other.1, self.1 * other.0)
    }

    fn is_less(self, other: Self) -> bool {
        (self.0 * other.1).cmp(&(other.0 * self.1)) == Ordering::Less
    }
}

/// A tableau with a basis that obeys every sum.
#[derive(Clone)]
struct Tableau {
    rows: Vec<Vec<Q>>,
    basis: Vec<usize>,
    columns: usize,
}

impl Tableau {
    /// Finds a first solution; `None` when there is none.
    fn of(system: &System) -> Option<Self> {
        let columns = system.floors.len();
        let total = columns + system.sums.len();
        let mut rows = Vec::new();
        for (number, (parts, sum)) in system.sums.iter().enumerate() {
            let mut row = vec![Q::ZERO; total + 1];
            let mut right = i128::from(*sum);
            for (at, factor) in parts {
                row[*at] = Q::whole(row[*at].0 + i128::from(*factor));
                right -= i128::from(*factor) * i128::from(system.floors[*at]);
            }
            if right < 0 {
                row.iter_mut().for_each(|cell| cell.0 = -cell.0);
                right = -right;
            }
            row[columns + number] = Q::whole(1);
            row[total] = Q::whole(right);
            rows.push(row);
        }
        let basis = (columns..total).collect();
        let mut tableau = Self { rows, basis, columns: total };
        let mut costs = vec![Q::ZERO; total];
        costs[columns..].fill(Q::whole(-1));
        let best = tableau.climb(&costs).expect("what must vanish has an end");
        if best != Q::ZERO {
            return None;
        }
        tableau.drop_helpers(columns);
        Some(tableau)
    }

    /// Takes the helping columns out, and rows that say nothing new.
    fn drop_helpers(&mut self, columns: usize) {
        let mut row = 0;
        while row < self.rows.len() {
            if self.basis[row] >= columns {
                match (0..columns).find(|at| self.rows[row][*at] != Q::ZERO) {
                    Some(at) => self.turn(row, at),
                    None => {
                        self.rows.remove(row);
                        self.basis.remove(row);
                        continue;
                    }
                }
            }
            row += 1;
        }
        for row in &mut self.rows {
            let right = row[self.columns];
            row.truncate(columns);
            row.push(right);
        }
        self.columns = columns;
    }

    /// Brings a column into the basis.
    fn turn(&mut self, row: usize, column: usize) {
        let by = self.rows[row][column];
        for cell in &mut self.rows[row] {
            *cell = cell.over(by);
        }
        let turned = self.rows[row].clone();
        for (number, other) in self.rows.iter_mut().enumerate() {
            let by = other[column];
            if number == row || by == Q::ZERO {
                continue;
            }
            for (cell, from) in other.iter_mut().zip(&turned) {
                if *from != Q::ZERO {
                    *cell = cell.minus(by.times(*from));
                }
            }
        }
        self.basis[row] = column;
    }

    /// Climbs to the greatest value of a goal; `None` when there is no greatest.
    fn climb(&mut self, goal: &[Q]) -> Option<Q> {
        loop {
            let gain = |column: usize| {
                self.rows.iter().zip(&self.basis).fold(goal[column], |gain, (row, basic)| {
                    gain.minus(goal[*basic].times(row[column]))
                })
            };
            let enters =
                (0..self.columns).find(|at| !self.basis.contains(at) && Q::ZERO.is_less(gain(*at)));
            let Some(enters) = enters else {
                let worth = |(row, basic): (&Vec<Q>, &usize)| goal[*basic].times(row[self.columns]);
                let all = self.rows.iter().zip(&self.basis).map(worth);
                return Some(all.fold(Q::ZERO, |sum, part| sum.minus(Q::of(-part.0, part.1))));
            };
            let mut leaves: Option<(Q, usize, usize)> = None;
            for (number, row) in self.rows.iter().enumerate() {
                if Q::ZERO.is_less(row[enters]) {
                    let room = row[self.columns].over(row[enters]);
                    let better = leaves.is_none_or(|(least, basic, _)| {
                        room.is_less(least) || room == least && self.basis[number] < basic
                    });
                    if better {
                        leaves = Some((room, self.basis[number], number));
                    }
                }
            }
            let (_, _, row) = leaves?;
            self.turn(row, enters);
        }
    }

    /// Returns the value of each column.
    fn values(&self) -> Vec<Q> {
        let mut values = vec![Q::ZERO; self.columns];
        for (row, basic) in self.rows.iter().zip(&self.basis) {
            values[*basic] = row[self.columns];
        }
        values
    }
}

/// Returns the greatest whole value of `sign` times an unknown, going on from a first solution; `None`
/// when there is no end to it or no solution, which the second part tells apart.
fn extreme(
    system: &System,
    first: Option<&Tableau>,
    (target, sign): (usize, i64),
    cuts: &mut usize,
) -> (Option<i64>, bool) {
    let Some(mut tableau) = first.cloned() else {
        return (None, false);
    };
    let mut goal = vec![Q::ZERO; tableau.columns];
    goal[target] = Q::whole(i128::from(sign));
    let Some(best) = tableau.climb(&goal) else {
        return (None, true);
    };
    let floor = i128::from(sign) * i128::from(system.floors[target]);
    let bound = i64::try_from(best.0.div_euclid(best.1) + floor).expect("a small number");
    let broken = tableau.values().iter().position(|value| value.1 != 1);
    let Some(broken) = broken.filter(|_| *cuts > 0) else {
        return (Some(bound), true);
    };
    *cuts -= 1;
    let value = tableau.values()[broken];
    let below =
        i64::try_from(value.0.div_euclid(value.1)).expect("a small number") + system.floors[broken];
    let mut low = system.clone();
    low.floors.push(0);
    low.sums.push((vec![(broken, 1), (low.floors.len() - 1, 1)], below));
    let mut high = system.clone();
    high.floors[broken] = below + 1;
    let found =
        [low, high].map(|part| extreme(&part, Tableau::of(&part).as_ref(), (target, sign), cuts));
    if found.iter().any(|(value, possible)| *possible && value.is_none()) {
        return (None, true);
    }
    let best = found.iter().filter_map(|(value, _)| *value).max();
    (best, best.is_some())
}

/// Returns the unknowns that hang together, group by group.
fn groups(system: &System) -> Vec<Vec<usize>> {
    let mut group: Vec<usize> = (0..system.floors.len()).collect();
    let mut changed = true;
    while changed {
        changed = false;
        for (parts, _) in &system.sums {
            let least = parts.iter().map(|(at, _)| group[*at]).min().unwrap_or(0);
            for (at, _) in parts {
                changed |= group[*at] != least;
                group[*at] = least;
            }
        }
    }
    let of = |least: usize| (0..group.len()).filter(|at| group[*at] == least).collect();
    (0..group.len()).filter(|at| group[*at] == *at).map(of).collect()
}

/// Returns the bounds of the first `wanted` unknowns.
pub(super) fn bounds(system: &System, wanted: usize) -> Vec<Bounds> {
    let mut all = vec![None; wanted];
    for group in groups(system) {
        let at = |unknown: usize| group.binary_search(&unknown).ok();
        let of_group = |(parts, sum): &Sum| {
            let parts: Option<Vec<(usize, i64)>> =
                parts.iter().map(|(unknown, factor)| Some((at(*unknown)?, *factor))).collect();
            Some((parts?, *sum))
        };
        let part = System {
            floors: group.iter().map(|unknown| system.floors[*unknown]).collect(),
            sums: system.sums.iter().filter_map(of_group).collect(),
        };
        let first = Tableau::of(&part);
        for (number, unknown) in group.iter().enumerate().filter(|(_, at)| **at < wanted) {
            let (greatest, possible) = extreme(&part, first.as_ref(), (number, 1), &mut { CUTS });
            let (least, _) = extreme(&part, first.as_ref(), (number, -1), &mut { CUTS });
            all[*unknown] =
                possible.then(|| (-least.expect("every unknown has a floor"), greatest));
        }
    }
    all
}

#[test]
fn bounds_are_exact() {
    // a + b = 7, b + c = 4, each at least 1: b lies between 1 and 3.
    let system = System {
        floors: vec![1, 1, 1],
        sums: vec![(vec![(0, 1), (1, 1)], 7), (vec![(1, 1), (2, 1)], 4)],
    };
    let found = bounds(&system, 3);
    assert_eq!(found, [Some((4, Some(6))), Some((1, Some(3))), Some((1, Some(3)))]);
    // Twice a is 5: no whole number. And a sum of two that is 1 leaves nothing for both.
    let odd = System { floors: vec![0, 0], sums: vec![(vec![(0, 2), (1, 2)], 5)] };
    assert_eq!(bounds(&odd, 1), [None]);
    let free = System { floors: vec![1, 1], sums: vec![(vec![(0, 1), (1, -1)], 2)] };
    assert_eq!(bounds(&free, 1), [Some((3, None))]);
}
