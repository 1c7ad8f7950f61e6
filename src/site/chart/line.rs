//! A line over time: a point for each year, from a base of zero; where a figure is not listed, a gap.

use super::shape::{length, rect, text, unlisted, width};
use super::{Draw, Drawing, Part, Parts, Table, WIDTH};
use crate::text::{Lang, Phrase};

/// Where zero lies, and how high the largest figure stands above it.
const BASE: i64 = 136;
const RISE: i64 = 96;

/// The space at both sides.
const SIDE: i64 = 24;

/// A line through parts in their order.
pub(crate) struct Line {
    /// What is drawn, in the order of time.
    pub(crate) parts: Parts,
}

/// Words along a line, none over another: those first in `order` have their place first.
fn spread(points: &[(i64, String)], order: &[usize]) -> Vec<(usize, i64)> {
    let mut placed: Vec<(usize, i64, i64)> = Vec::new();
    for at in order {
        let (x, words) = &points[*at];
        let wide = width(words);
        let left = (x - wide / 2).clamp(0, (WIDTH - wide).max(0));
        let free = placed.iter().all(|(_, from, to)| left >= to + 6 || left + wide + 6 <= *from);
        if free && wide <= WIDTH && placed.iter().all(|(known, ..)| known != at) {
            placed.push((*at, left, left + wide));
        }
    }
    placed.sort_unstable();
    placed.into_iter().map(|(at, left, _)| (at, left)).collect()
}

impl Line {
    /// Returns where the points lie.
    fn points(&self) -> Vec<(i64, Option<i64>)> {
        let parts = self.parts.all();
        let most = parts.iter().filter_map(|part| part.amount.known()).max().unwrap_or(0);
        let gaps = i64::try_from(parts.len().saturating_sub(1)).unwrap_or(i64::MAX);
        let place = |at: usize| {
            let step = i64::try_from(at).unwrap_or(0) * (WIDTH - 2 * SIDE);
            if gaps == 0 { WIDTH / 2 } else { SIDE + step / gaps }
        };
        let height = |part: &Part| part.amount.known().map(|n| BASE - length(n, most, RISE));
        parts.iter().enumerate().map(|(at, part)| (place(at), height(part))).collect()
    }
}

impl Draw for Line {
    fn draw(&self, lang: Lang) -> Option<Drawing> {
        let parts = self.parts.all();
        let points = self.points();
        let mut body = rect((0, BASE), (WIDTH, 1), "axis");
        for pair in points.windows(2) {
            if let [(x1, Some(y1)), (x2, Some(y2))] = pair {
                body.push_str(&format!("<path class=\"stroke\" d=\"M{x1},{y1}L{x2},{y2}\"/>"));
            }
        }
        for (x, y) in &points {
            body.push_str(&match y {
                Some(y) => format!("<circle class=\"dot\" cx=\"{x}\" cy=\"{y}\" r=\"4\"/>"),
                None => unlisted((x - 10, BASE - RISE), (20, RISE)),
            });
        }
        let last = parts.len() - 1;
        let largest = (0..parts.len()).max_by_key(|at| parts[*at].amount.known());
        let order: Vec<usize> = [last].into_iter().chain(largest).chain(0..parts.len()).collect();
        let words = |word: &dyn Fn(&Part) -> String| -> Vec<(i64, String)> {
            points.iter().zip(parts).map(|((x, _), part)| (*x, word(part))).collect()
        };
        let values = words(&|part| part.amount.words(lang));
        for (at, left) in spread(&values, &order) {
            let y = points[at].1.unwrap_or(BASE - RISE);
            body.push_str(&text((left, y - 10), "fig halo", &values[at].1));
        }
        let names = words(&|part| part.label.clone());
        for (at, left) in spread(&names, &order) {
            body.push_str(&text((left, BASE + 22), "", &names[at].1));
        }
        Some(Drawing { width: WIDTH, height: BASE + 32, body })
    }

    fn sentence(&self, lang: Lang) -> String {
        let parts = self.parts.all();
        let (first, last) = (&parts[0], &parts[parts.len() - 1]);
        let (from, to) = (first.amount.words(lang), last.amount.words(lang));
        let phrase = if parts.len() == 1 {
            Phrase::new(format!("{}{from}。", first.label), format!("{}: {from}.", first.label))
        } else {
            Phrase::new(
                format!("{}{from},{}{to}。", first.label, last.label),
                format!("{from} in {}, {to} in {}.", first.label, last.label),
            )
        };
        phrase.text(lang).to_owned()
    }

    fn table(&self, lang: Lang) -> Table {
        let mut table = self.parts.table(lang);
        table.columns[0] = Phrase::new("年份", "Year").text(lang).to_owned();
        table
    }
}
