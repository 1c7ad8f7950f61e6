//! Stacked bars: one bar a row, made of the same parts in the same order and colours.

use super::shape::{SIZE, length, lines, rect, shares, text, unlisted, width};
use super::{Amount, Draw, Drawing, FEW, Table, TableRow, WIDTH};
use crate::text::{Lang, Money, Phrase};

/// One bar.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// What it is called.
    pub(crate) label: String,
    /// How much of each part, in the order of the parts.
    pub(crate) amounts: Vec<Amount>,
}

/// Stacked bars.
#[derive(Debug)]
pub(crate) struct Stacked {
    parts: Vec<String>,
    rows: Vec<Row>,
}

impl Stacked {
    /// Takes bars; `None` unless every bar has all parts, none is below zero and all can be added up.
    pub(crate) fn new(parts: Vec<String>, rows: Vec<Row>) -> Option<Self> {
        let known = || rows.iter().flat_map(|row| &row.amounts).filter_map(|part| part.known());
        let whole = known().try_fold(0_i64, |sum, number| sum.checked_add(number)).is_some();
        let even = rows.iter().all(|row| row.amounts.len() == parts.len());
        let good = !parts.is_empty() && !rows.is_empty() && even && whole;
        (good && known().all(|number| number >= 0)).then_some(Self { parts, rows })
    }

    /// Returns which parts get a colour of their own: the largest over all rows.
    fn own(&self) -> Vec<usize> {
        let of =
            |at: usize| -> i64 { self.rows.iter().filter_map(|row| row.amounts[at].known()).sum() };
        let mut order: Vec<usize> = (0..self.parts.len()).collect();
        order.sort_by_key(|at| std::cmp::Reverse(of(*at)));
        if order.len() > FEW + 1 {
            order.truncate(FEW);
        }
        order
    }

    /// Returns a row with the parts that have no colour of their own as one.
    fn merged(&self, row: &Row, own: &[usize]) -> Vec<Amount> {
        let mut amounts: Vec<Amount> = own.iter().map(|at| row.amounts[*at]).collect();
        if own.len() < self.parts.len() {
            let rest = (0..self.parts.len()).filter(|at| !own.contains(at));
            amounts.push(Amount::sum(rest.map(|at| row.amounts[at])));
        }
        amounts
    }
}

/// Returns what a row comes to.
fn total(row: &Row) -> Amount {
    Amount::sum(row.amounts.iter().copied())
}

impl Draw for Stacked {
    fn draw(&self, lang: Lang) -> Option<Drawing> {
        let own = self.own();
        let most = self.rows.iter().filter_map(|row| total(row).known()).max().unwrap_or(0);
        let mut body = String::new();
        let mut y = 0;
        for row in &self.rows {
            let words = total(row).words(lang);
            let room = (WIDTH - width(&words) - 8).max(WIDTH / 4);
            body.push_str(&text((WIDTH, y + 16), "end fig", &words));
            for line in lines(&row.label, room, 1) {
                body.push_str(&text((0, y + 16), "", &line));
            }
            y += 22;
            body.push_str(&match total(row).known() {
                None => unlisted((0, y), (WIDTH, 22)),
                Some(sum) => {
                    let long = length(sum, most, WIDTH);
                    let amounts: Vec<i64> =
                        self.merged(row, &own).iter().filter_map(|part| part.known()).collect();
                    let mut x = 0;
                    let mut bar = rect((0, y), (WIDTH, 22), "track");
                    for (at, share) in shares(&amounts, long).into_iter().enumerate() {
                        bar.push_str(&rect((x, y), (share, 22), &format!("s{at}")));
                        x += share;
                    }
                    bar
                }
            });
            y += 32;
        }
        let rest = self.parts.len() - own.len();
        let other = Phrase::new(format!("其他{rest}项"), format!("{rest} others"));
        let names = own.iter().map(|at| self.parts[*at].as_str());
        let names = names.chain((rest > 0).then_some(other.text(lang)));
        for (at, name) in names.enumerate() {
            body.push_str(&rect((0, y + 3), (14, 14), &format!("s{at}")));
            for line in lines(name, WIDTH - 22, 2) {
                body.push_str(&text((22, y + SIZE), "", &line));
                y += 20;
            }
            y += 4;
        }
        Some(Drawing { width: WIDTH, height: y, body })
    }

    fn sentence(&self, lang: Lang) -> String {
        let (comma, stop) = if lang == Lang::Zh { (",", "。") } else { (", ", ".") };
        let colon = if lang == Lang::Zh { "" } else { " " };
        let rows =
            self.rows.iter().map(|row| format!("{}{colon}{}", row.label, total(row).words(lang)));
        rows.collect::<Vec<_>>().join(comma) + stop
    }

    fn table(&self, lang: Lang) -> Table {
        let name = Phrase::new("名称", "Name").text(lang).to_owned();
        let rows = self.parts.iter().enumerate().map(|(at, part)| TableRow {
            label: part.clone(),
            href: String::new(),
            cells: self.rows.iter().map(|row| row.amounts[at].words(lang)).collect(),
        });
        let zero = |amount: Amount| match amount.known() {
            Some(fen) => Money::of_fen(fen).short(),
            None => amount.words(lang),
        };
        Table {
            columns: [name]
                .into_iter()
                .chain(self.rows.iter().map(|row| row.label.clone()))
                .collect(),
            rows: rows.collect(),
            total: self.rows.iter().map(|row| zero(total(row))).collect(),
        }
    }
}
