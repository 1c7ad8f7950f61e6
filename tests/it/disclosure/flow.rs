//! Bounds of unknowns by maximal flows: exact ones where the sums are a network, wider ones where
//! they are more than that. Shares no line with the simplex, which must say the same.
//!
//! Sums are a network when each can be given a sign so that every unknown stands in at most two of
//! them, once added and once taken away. Then sums are nodes and unknowns are what flows from one to
//! another; what stands in one sum only comes from outside or goes there. An unknown can grow by as
//! much as can flow back to where it begins, and shrink by as much as can flow beside it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::system::{Bounds, Sum, System};

/// What flows say of an unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    /// The bounds.
    pub(super) bounds: Bounds,
    /// Whether every sum was reckoned with; if not, the bounds may be too wide, never too narrow.
    pub(super) is_exact: bool,
}

/// Returns what flows say of the first `wanted` unknowns.
pub(super) fn bounds(system: &System, wanted: usize) -> Vec<Found> {
    let mut all = vec![Found::default(); wanted];
    for part in parts(system) {
        let graph = Graph::of(&part, wanted);
        let is_exact = graph.sums.len() == part.sums.len();
        let flow = Flow::of(&graph, &system.floors);
        for unknown in part.unknowns.range(..wanted) {
            let around = flow.as_ref().map(|flow| flow.around(*unknown));
            let floor = system.floors[*unknown];
            let bounds =
                around.map(|(least, greatest)| (floor + least, greatest.map(|most| floor + most)));
            all[*unknown] = Found { bounds, is_exact };
        }
    }
    all
}

/// Unknowns that hang together, and the sums they stand in.
struct Part<'a> {
    unknowns: BTreeSet<usize>,
    sums: Vec<&'a Sum>,
}

/// Takes a system apart.
fn parts(system: &System) -> Vec<Part<'_>> {
    let alone = |unknown| Part { unknowns: BTreeSet::from([unknown]), sums: Vec::new() };
    let mut parts: Vec<Part<'_>> = (0..system.floors.len()).map(alone).collect();
    for sum in &system.sums {
        let is_near = |part: &Part<'_>| sum.0.iter().any(|(at, _)| part.unknowns.contains(at));
        let (near, apart): (Vec<_>, Vec<_>) = parts.into_iter().partition(is_near);
        let mut whole = Part { unknowns: BTreeSet::new(), sums: vec![sum] };
        for part in near {
            whole.unknowns.extend(part.unknowns);
            whole.sums.extend(part.sums);
        }
        parts = apart;
        parts.push(whole);
    }
    parts
}

/// Sums that are a network.
struct Graph<'a> {
    /// The sums, each of which is a node; the outside is one node more.
    sums: Vec<&'a Sum>,
    /// The sign of each sum.
    signs: Vec<i64>,
    /// From which node to which each unknown flows.
    ends: BTreeMap<usize, (usize, usize)>,
}

impl<'a> Graph<'a> {
    /// Takes one sum after another of a part, leaving out what would not be a network; plain sums
    /// come before those with a rest.
    fn of(part: &Part<'a>, wanted: usize) -> Self {
        let mut sums: Vec<&Sum> = Vec::new();
        let has_rest = |sum: &&Sum| sum.0.iter().any(|(unknown, _)| *unknown >= wanted);
        let (rests, plain): (Vec<&Sum>, Vec<&Sum>) =
            part.sums.iter().partition(|sum| has_rest(sum));
        for sum in plain.into_iter().chain(rests) {
            sums.push(sum);
            if signs(&sums).is_none() {
                sums.pop();
            }
        }
        let signs = signs(&sums).expect("only what is a network was kept");
        let outside = sums.len();
        let mut ends: BTreeMap<usize, (usize, usize)> =
            part.unknowns.iter().map(|unknown| (*unknown, (outside, outside))).collect();
        for (node, (sum, sign)) in sums.iter().zip(&signs).enumerate() {
            for (unknown, factor) in &sum.0 {
                let ends = ends.get_mut(unknown).expect("a part has every unknown of its sums");
                if factor * sign > 0 {
                    ends.0 = node;
                } else {
                    ends.1 = node;
                }
            }
        }
        Self { sums, signs, ends }
    }
}

/// Returns signs for sums that make them a network, if they are one.
fn signs(sums: &[&Sum]) -> Option<Vec<i64>> {
    let mut places: BTreeMap<usize, Vec<(usize, i64)>> = BTreeMap::new();
    for (number, (unknowns, _)) in sums.iter().enumerate() {
        for (unknown, factor) in unknowns {
            places.entry(*unknown).or_default().push((number, *factor));
        }
    }
    if places.values().any(|at| at.len() > 2 || at.iter().any(|(_, factor)| factor.abs() != 1)) {
        return None;
    }
    let mut signs = vec![0; sums.len()];
    for first in 0..sums.len() {
        if signs[first] != 0 {
            continue;
        }
        signs[first] = 1;
        let mut open = vec![first];
        while let Some(sum) = open.pop() {
            let pairs = sums[sum].0.iter().filter_map(|(unknown, _)| places[unknown].get(..2));
            for pair in pairs {
                let other = if pair[0].0 == sum { pair[1].0 } else { pair[0].0 };
                let sign = -signs[sum] * pair[0].1 * pair[1].1;
                if signs[other] == 0 {
                    signs[other] = sign;
                    open.push(other);
                } else if signs[other] != sign {
                    return None;
                }
            }
        }
    }
    Some(signs)
}

/// One half of an arc: where it goes and how much more can go there; no number where there is no end.
#[derive(Clone)]
struct Half {
    to: usize,
    room: Option<i64>,
}

/// A flow that obeys every sum of a network; halves of arcs stand in pairs, there and back.
#[derive(Clone)]
struct Flow {
    halves: Vec<Half>,
    of: Vec<Vec<usize>>,
    unknowns: BTreeMap<usize, usize>,
}

impl Flow {
    /// Finds a first flow, with each unknown's floor taken off; `None` when there is none.
    fn of(graph: &Graph<'_>, floors: &[i64]) -> Option<Self> {
        let outside = graph.sums.len();
        let (source, sink) = (outside + 1, outside + 2);
        let mut flow =
            Self { halves: Vec::new(), of: vec![Vec::new(); sink + 1], unknowns: BTreeMap::new() };
        let sums = graph.sums.iter().zip(&graph.signs);
        let mut supply: Vec<i64> = sums.map(|((_, sum), sign)| sum * sign).collect();
        supply.push(-supply.iter().sum::<i64>());
        for (unknown, (from, to)) in &graph.ends {
            supply[*from] -= floors[*unknown];
            supply[*to] += floors[*unknown];
            let arc = flow.arc(*from, *to, None);
            flow.unknowns.insert(*unknown, arc);
        }
        let mut need = 0;
        for (node, supply) in supply.into_iter().enumerate() {
            if supply > 0 {
                need += supply;
                flow.arc(source, node, Some(supply));
            } else {
                flow.arc(node, sink, Some(-supply));
            }
        }
        (flow.send(source, sink) == Some(need)).then_some(flow)
    }

    /// Adds an arc.
    fn arc(&mut self, from: usize, to: usize, room: Option<i64>) -> usize {
        let number = self.halves.len();
        self.halves.extend([Half { to, room }, Half { to: from, room: Some(0) }]);
        self.of[from].push(number);
        self.of[to].push(number + 1);
        number
    }

    /// Sends as much as there is room for along shortest ways; `None` when there is no end to it.
    fn send(&mut self, from: usize, to: usize) -> Option<i64> {
        let mut sent = 0;
        while let Some(way) = self.way(from, to) {
            let room = way.iter().filter_map(|half| self.halves[*half].room).min()?;
            for half in way {
                let [there, back] = [half, half ^ 1];
                self.halves[there].room = self.halves[there].room.map(|left| left - room);
                self.halves[back].room = self.halves[back].room.map(|left| left + room);
            }
            sent += room;
        }
        Some(sent)
    }

    /// Returns the halves of a shortest way with room on it, the last one first.
    fn way(&self, from: usize, to: usize) -> Option<Vec<usize>> {
        let mut came: Vec<Option<usize>> = vec![None; self.of.len()];
        let mut open = VecDeque::from([from]);
        while let Some(node) = open.pop_front() {
            for number in &self.of[node] {
                let Half { to: next, room } = self.halves[*number];
                if room != Some(0) && next != from && came[next].is_none() {
                    came[next] = Some(*number);
                    open.push_back(next);
                }
            }
        }
        let mut way = Vec::new();
        let mut node = to;
        while let Some(number) = came[node] {
            way.push(number);
            node = self.halves[number ^ 1].to;
        }
        (!way.is_empty()).then_some(way)
    }

    /// Returns the least and the greatest that can flow of an unknown, over its floor. Its arc is
    /// taken away: what can go round the one way or the other is what it can lose or gain.
    fn around(&self, unknown: usize) -> (i64, Option<i64>) {
        let there = self.unknowns[&unknown];
        let back = there ^ 1;
        let (from, to) = (self.halves[back].to, self.halves[there].to);
        // What stands in no sum runs from the outside to the outside, as it likes.
        if from == to {
            return (0, None);
        }
        let now = self.halves[back].room.expect("what flows has an end");
        let mut without = self.clone();
        without.halves[there].room = Some(0);
        without.halves[back].room = Some(0);
        let more = without.clone().send(to, from);
        let less = without.send(from, to).map_or(now, |less| less.min(now));
        (now - less, more.map(|more| now + more))
    }
}

#[test]
fn flows_find_the_bounds_of_a_table() {
    // Two by two with margins 5, 5 and 4, 6: one number decides all.
    let sums = vec![
        (vec![(0, 1), (1, 1)], 5),
        (vec![(2, 1), (3, 1)], 5),
        (vec![(0, 1), (2, 1)], 4),
        (vec![(1, 1), (3, 1)], 6),
    ];
    let found = bounds(&System { floors: vec![1; 4], sums }, 4);
    let pairs = [(1, 3), (2, 4), (1, 3), (2, 4)];
    let exact = |(least, most)| Found { bounds: Some((least, Some(most))), is_exact: true };
    assert_eq!(found, pairs.map(exact));
}

#[test]
fn flows_find_what_is_open_and_what_contradicts_itself() {
    let of = |floors: &[i64], sums: &[Sum]| {
        let system = System { floors: floors.to_vec(), sums: sums.to_vec() };
        bounds(&system, 1).remove(0)
    };
    let exact = |bounds| Found { bounds, is_exact: true };
    assert_eq!(of(&[1], &[]), exact(Some((1, None))));
    assert_eq!(of(&[1], &[(vec![(0, -1)], -2)]), exact(Some((2, Some(2)))));
    assert_eq!(of(&[1, 1], &[(vec![(0, 1), (1, -1)], 2)]), exact(Some((3, None))));
    assert_eq!(of(&[1, 1], &[(vec![(0, 1), (1, 1)], 1)]), exact(None));
    // The same twice is no news; the same with another result is a contradiction.
    let twice = [(vec![(0, 1), (1, 1)], 7), (vec![(0, 1), (1, 1)], 7)];
    assert_eq!(of(&[1, 1], &twice), exact(Some((1, Some(6)))));
    let other = [(vec![(0, 1), (1, 1)], 7), (vec![(0, 1), (1, 1)], 8)];
    assert_eq!(of(&[1, 1], &other), exact(None));
}

#[test]
fn what_is_no_network_is_said_to_be_none() {
    // Three that are pairwise known have no signs, three sums of one are too many, twice is no flow.
    let round =
        vec![(vec![(0, 1), (1, 1)], 4), (vec![(1, 1), (2, 1)], 4), (vec![(0, 1), (2, 1)], 4)];
    let often = vec![
        (vec![(0, 1), (1, 1)], 4),
        (vec![(0, 1), (2, 1)], 4),
        (vec![(0, 1), (1, 1), (2, 1)], 6),
    ];
    let twice = vec![(vec![(0, 2), (1, 1), (2, 1)], 6)];
    for sums in [round, often, twice] {
        let found = bounds(&System { floors: vec![1; 3], sums }, 3);
        assert!(found.iter().all(|found| !found.is_exact));
    }
}
