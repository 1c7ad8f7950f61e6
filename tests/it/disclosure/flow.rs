//! Bounds of the cells of one table with known margins, by maximal flows: what the issue asks for
//! where the figures are a network. Shares no line with the simplex, which must say the same.

use std::collections::VecDeque;

/// A table: the hidden cells, and what the hidden cells of each row and column come to.
#[derive(Clone, Debug)]
pub(super) struct Table {
    /// The hidden cells, each with its row and column.
    pub(super) cells: Vec<(usize, usize)>,
    /// What is left for the hidden cells of each row.
    pub(super) rows: Vec<i64>,
    /// The same for each column.
    pub(super) columns: Vec<i64>,
    /// The least a hidden cell can be.
    pub(super) floor: i64,
}

/// A network with room left on each arc; arcs stand in pairs, there and back.
struct Network {
    arcs: Vec<(usize, i64)>,
    of: Vec<Vec<usize>>,
}

impl Network {
    fn new(nodes: usize) -> Self {
        Self { arcs: Vec::new(), of: vec![Vec::new(); nodes] }
    }

    fn arc(&mut self, from: usize, to: usize, room: i64) -> usize {
        let number = self.arcs.len();
        self.arcs.extend([(to, room), (from, 0)]);
        self.of[from].push(number);
        self.of[to].push(number + 1);
        number
    }

    /// Sends as much as there is room for along shortest ways.
    fn send(&mut self, from: usize, to: usize) -> i64 {
        let mut sent = 0;
        loop {
            let mut came: Vec<Option<usize>> = vec![None; self.of.len()];
            let mut open = VecDeque::from([from]);
            while let Some(node) = open.pop_front() {
                for arc in &self.of[node] {
                    let (next, room) = self.arcs[*arc];
                    if room > 0 && next != from && came[next].is_none() {
                        came[next] = Some(*arc);
                        open.push_back(next);
                    }
                }
            }
            let mut way = Vec::new();
            let mut node = to;
            while let Some(arc) = came[node] {
                way.push(arc);
                node = self.arcs[arc ^ 1].0;
            }
            let Some(room) = way.iter().map(|arc| self.arcs[*arc].1).min() else {
                return sent;
            };
            for arc in way {
                self.arcs[arc].1 -= room;
                self.arcs[arc ^ 1].1 += room;
            }
            sent += room;
        }
    }
}

/// Returns the least and the greatest value of one hidden cell; `None` when nothing fits.
pub(super) fn bounds(table: &Table, target: usize) -> Option<(i64, i64)> {
    let (rows, columns) = (table.rows.len(), table.columns.len());
    let (source, sink) = (rows + columns, rows + columns + 1);
    let mut network = Network::new(rows + columns + 2);
    let mut left = (table.rows.clone(), table.columns.clone());
    let mut arcs = Vec::new();
    let total: i64 = table.rows.iter().sum();
    for (row, column) in &table.cells {
        arcs.push(network.arc(*row, rows + column, total));
        left.0[*row] -= table.floor;
        left.1[*column] -= table.floor;
    }
    if left.0.iter().chain(&left.1).any(|rest| *rest < 0) {
        return None;
    }
    let need: i64 = left.0.iter().sum();
    for (row, rest) in left.0.iter().enumerate() {
        network.arc(source, row, *rest);
    }
    for (column, rest) in left.1.iter().enumerate() {
        network.arc(rows + column, sink, *rest);
    }
    if need != left.1.iter().sum::<i64>() || network.send(source, sink) != need {
        return None;
    }
    // The cell is taken out of the network: what can go round it the other way is what it can gain
    // or lose.
    let (row, column) = table.cells[target];
    let arc = arcs[target];
    let now = network.arcs[arc ^ 1].1;
    network.arcs[arc].1 = 0;
    network.arcs[arc ^ 1].1 = 0;
    let mut around = Network { arcs: network.arcs.clone(), of: network.of.clone() };
    let more = around.send(rows + column, row);
    let less = network.send(row, rows + column).min(now);
    Some((table.floor + now - less, table.floor + now + more))
}

#[test]
fn flows_find_the_bounds_of_a_table() {
    // Two by two with margins 5, 5 and 4, 6: one number decides all.
    let cells = vec![(0, 0), (0, 1), (1, 0), (1, 1)];
    let table = Table { cells, rows: vec![5, 5], columns: vec![4, 6], floor: 1 };
    assert_eq!(bounds(&table, 0), Some((1, 3)));
    assert_eq!(bounds(&table, 3), Some((2, 4)));
    let lone = Table { cells: vec![(0, 0)], rows: vec![2], columns: vec![2], floor: 1 };
    assert_eq!(bounds(&lone, 0), Some((2, 2)));
}
