//! Flows of money from left to right, as wide as they are large. Too wide for a telephone: there the
//! same flows are a list.

use super::shape::{length, lines, rect, shares, text, width};
use super::{Amount, Draw, Drawing, Listed, Table, TableRow};
use crate::text::{Lang, Phrase, plural};

/// The size of the picture, and how much of its height is flows.
const WIDE: i64 = 720;
const FLOWS: i64 = 240;

/// How wide a station is, and the space above it in which its name stands.
const STATION: i64 = 14;
const ABOVE: i64 = 26;

/// A station of a flow.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    /// What it is called.
    pub(crate) label: String,
    /// In which column it stands, from 0.
    pub(crate) column: usize,
}

/// A flow between two stations of columns side by side.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Link {
    /// The station it leaves.
    pub(crate) from: usize,
    /// The station it reaches.
    pub(crate) to: usize,
    /// How much, in fen.
    pub(crate) amount: Amount,
}

/// Stations and flows.
pub(crate) struct Sankey {
    nodes: Vec<Node>,
    links: Vec<Link>,
}

/// Where a station is drawn.
#[derive(Clone, Copy, Default)]
struct Place {
    x: i64,
    y: i64,
    height: i64,
    /// How much of its sides is taken by flows already.
    arrived: i64,
    left: i64,
}

impl Sankey {
    /// Takes flows; `None` if there is none, one is below zero, skips a column or names no station, or
    /// their sum is too large to hold.
    pub(crate) fn new(nodes: Vec<Node>, links: Vec<Link>) -> Option<Self> {
        let known = || links.iter().filter_map(|link| link.amount.known());
        let whole = known().try_fold(0_i64, |sum, number| sum.checked_add(number)).is_some();
        let joined = links.iter().all(|link| {
            let ends = nodes.get(link.from).zip(nodes.get(link.to));
            ends.is_some_and(|(from, to)| from.column + 1 == to.column)
        });
        let good = !links.is_empty() && whole && joined && known().all(|number| number >= 0);
        good.then_some(Self { nodes, links })
    }

    /// Returns how many columns there are.
    fn columns(&self) -> usize {
        self.nodes.iter().map(|node| node.column + 1).max().unwrap_or(0)
    }

    /// Returns how thick each flow is. Every column of flows has the same scale, and what runs between
    /// two columns adds up exactly.
    fn thickness(&self) -> Vec<i64> {
        let mut thickness = vec![0; self.links.len()];
        let of = |column: usize| {
            (0..self.links.len())
                .filter(move |at| self.nodes[self.links[*at].from].column == column)
        };
        let amount = |at: &usize| self.links[*at].amount.known().unwrap_or(0);
        let sums: Vec<i64> =
            (0..self.columns()).map(|column| of(column).map(|at| amount(&at)).sum()).collect();
        let most = sums.iter().copied().max().unwrap_or(0);
        for (column, sum) in sums.iter().enumerate() {
            let links: Vec<usize> = of(column).collect();
            let amounts: Vec<i64> = links.iter().map(amount).collect();
            for (at, share) in links.iter().zip(shares(&amounts, length(*sum, most, FLOWS))) {
                // What is something is seen.
                thickness[*at] = share.max(1);
            }
        }
        thickness
    }

    /// Returns where the stations are drawn, and how high the picture is.
    fn places(&self, thickness: &[i64]) -> (Vec<Place>, i64) {
        let last = i64::try_from(self.columns().saturating_sub(1)).unwrap_or(1).max(1);
        let mut bottom = vec![0; self.columns()];
        let mut places = Vec::new();
        for (at, node) in self.nodes.iter().enumerate() {
            let side = |end: &dyn Fn(&Link) -> usize| -> i64 {
                let own = self.links.iter().zip(thickness).filter(|(link, _)| end(link) == at);
                own.map(|(_, thick)| *thick).sum()
            };
            let height = side(&|link| link.from).max(side(&|link| link.to)).max(1);
            let column = i64::try_from(node.column).unwrap_or(0);
            let y = bottom[node.column] + ABOVE;
            places.push(Place {
                x: column * (WIDE - STATION) / last,
                y,
                height,
                ..Place::default()
            });
            bottom[node.column] = y + height + 4;
        }
        (places, bottom.into_iter().max().unwrap_or(0))
    }

    /// Returns what reaches a station, or leaves the first.
    fn amount(&self, at: usize) -> Amount {
        let first = self.nodes[at].column == 0;
        let own = self.links.iter().filter(|link| at == if first { link.from } else { link.to });
        Amount::sum(own.map(|link| link.amount))
    }

    /// Returns the name and the figure of each station.
    fn names(&self, places: &[Place], lang: Lang) -> String {
        let last = self.columns() - 1;
        let room = WIDE / i64::try_from(self.columns()).unwrap_or(3) - 16;
        let named = self.nodes.iter().enumerate().zip(places).map(|((at, node), place)| {
            let amount = self.amount(at).words(lang);
            let name = lines(&node.label, (room - width(&amount) - 6).max(60), 1);
            let words = format!("{} {amount}", name.join(""));
            let (x, class) = match node.column {
                0 => (0, "halo"),
                column if column == last => (WIDE, "halo end"),
                _ => (place.x + STATION / 2, "halo middle"),
            };
            text((x, place.y - 7), class, &words)
        });
        named.collect()
    }
}

impl Draw for Sankey {
    fn draw(&self, lang: Lang) -> Option<Drawing> {
        // The width of a flow that is not listed is what the others leave.
        if self.links.iter().any(|link| link.amount == Amount::Unlisted) {
            return None;
        }
        // One flow is said by its name and figure; a picture of it would be a bar across the page.
        if self.nodes.len() == self.columns() {
            return None;
        }
        let thickness = self.thickness();
        let (mut places, height) = self.places(&thickness);
        let mut body = String::new();
        for (link, thick) in self.links.iter().zip(&thickness) {
            let (from, to) = (places[link.from], places[link.to]);
            let (x1, x2) = (from.x + STATION, to.x);
            let (y1, y2) = (from.y + from.left, to.y + to.arrived);
            let (middle, thick) = ((x1 + x2) / 2, *thick);
            let class = format!("flow f{}", link.to % 6);
            body.push_str(&format!(
                "<path class=\"{class}\" d=\"M{x1},{y1}C{middle},{y1} {middle},{y2} {x2},{y2}V{}\
                 C{middle},{} {middle},{} {x1},{}Z\"/>",
                y2 + thick,
                y2 + thick,
                y1 + thick,
                y1 + thick
            ));
            places[link.from].left += thick;
            places[link.to].arrived += thick;
        }
        for place in &places {
            body.push_str(&rect((place.x, place.y), (STATION, place.height), "station"));
        }
        body.push_str(&self.names(&places, lang));
        Some(Drawing { width: WIDE, height, body })
    }

    fn sentence(&self, lang: Lang) -> String {
        let first = self.links.iter().filter(|link| self.nodes[link.from].column == 0);
        let (count, total) = (first.clone().count(), Amount::sum(first.clone().map(|l| l.amount)));
        let total = total.words(lang);
        // Of equal flows the first is named.
        let largest = first.rev().max_by_key(|link| link.amount.known());
        let most = largest.filter(|link| link.amount.known().is_some_and(|fen| fen > 0));
        let most = most.map_or_else(Phrase::default, |link| {
            let (label, amount) = (&self.nodes[link.to].label, link.amount.words(lang));
            Phrase::new(
                format!(",最多的是{label},{amount}"),
                format!("; the largest is {label}, {amount}"),
            )
        });
        Phrase::new(
            format!("{total}分成{count}份{}。", most.zh),
            format!("{total} in {}{}.", plural(count, "part"), most.en),
        )
        .text(lang)
        .to_owned()
    }

    fn table(&self, lang: Lang) -> Table {
        let say = |zh: &str, en: &str| Phrase::new(zh, en).text(lang).to_owned();
        let rows = self.links.iter().map(|link| TableRow {
            label: self.nodes[link.from].label.clone(),
            href: String::new(),
            cells: vec![self.nodes[link.to].label.clone(), link.amount.words(lang)],
        });
        Table {
            columns: vec![say("从", "From"), say("到", "To"), say("金额", "Amount")],
            rows: rows.collect(),
            total: Vec::new(),
        }
    }

    fn list(&self, lang: Lang) -> Vec<Listed> {
        let most = self.links.iter().filter_map(|link| link.amount.known()).max().unwrap_or(0);
        let first = |at: usize| at == 0 || self.links[at - 1].from != self.links[at].from;
        let listed = self.links.iter().enumerate().map(|(at, link)| Listed {
            first: first(at),
            from: self.nodes[link.from].label.clone(),
            to: self.nodes[link.to].label.clone(),
            amount_text: link.amount.words(lang),
            width: link.amount.known().map(|number| length(number, most, 100)),
        });
        listed.collect()
    }
}
