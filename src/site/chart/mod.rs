//! Charts, drawn when the site is built: SVG of whole numbers, coloured by classes, with a caption, one
//! sentence that says the answer, and the same figures as a table.
//!
//! The same input gives the same bytes: no floats, no clock, no order but the given one. A figure that
//! is not listed has no value here at all ([`Amount::Unlisted`]): it gets no bar, and whatever it would
//! be part of gets no total and no share, so that no length, angle or difference says what it is.

mod bars;
mod donut;
mod line;
mod sankey;
mod shape;
mod stacked;
mod tilemap;
mod timeline;

pub(crate) use bars::Bars;
pub(crate) use donut::Donut;
pub(crate) use line::Line;
pub(crate) use sankey::{Link, Node, Sankey};
pub(crate) use stacked::{Row, Stacked};
pub(crate) use tilemap::TileMap;
pub(crate) use timeline::{Event, Timeline};

use serde::Serialize;

use crate::text::{Lang, Money, Phrase, plural};
use shape::{escape, shares};

/// How many parts a chart shows before the rest becomes one part.
const FEW: usize = 5;

/// The width of charts for a telephone, in units; a letter of [`shape::SIZE`] units is read at 360 px.
const WIDTH: i64 = 320;

/// A figure of a chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Amount {
    /// A figure: fen of money, or how many.
    Known(i64),
    /// A figure that is not listed.
    Unlisted,
}

impl Amount {
    /// Returns the sum of figures; not listed if any of them is not, or if it is too large to hold.
    pub(crate) fn sum(amounts: impl IntoIterator<Item = Self>) -> Self {
        let sum = amounts.into_iter().try_fold(0_i64, |sum, amount| match amount {
            Self::Known(number) => sum.checked_add(number),
            Self::Unlisted => None,
        });
        sum.map_or(Self::Unlisted, Self::Known)
    }

    /// Returns the number, if it is listed.
    pub(crate) const fn known(self) -> Option<i64> {
        match self {
            Self::Known(number) => Some(number),
            Self::Unlisted => None,
        }
    }

    /// Returns the amount of money in words.
    pub(crate) fn words(self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Known(fen), _) => Money::of_fen(fen).short(),
            (Self::Unlisted, Lang::Zh) => "若干".to_owned(),
            (Self::Unlisted, Lang::En) => "not listed".to_owned(),
        }
    }
}

/// A part: what it is called, how much it is, and where it opens to its own parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// What it is called.
    pub(crate) label: String,
    /// How much money, in fen.
    pub(crate) amount: Amount,
    /// Where its own parts are; may be empty.
    pub(crate) href: String,
}

/// Parts of which charts are made: at least one, none below zero, and their sum can be held.
#[derive(Clone, Debug)]
pub(crate) struct Parts(Vec<Part>);

impl Parts {
    /// Takes parts; `None` if there is none, one is below zero, or their sum is too large to hold.
    pub(crate) fn new(parts: Vec<Part>) -> Option<Self> {
        let known = || parts.iter().filter_map(|part| part.amount.known());
        let whole = known().try_fold(0_i64, |sum, number| sum.checked_add(number)).is_some();
        let good = !parts.is_empty() && known().all(|number| number >= 0) && whole;
        good.then_some(Self(parts))
    }

    /// Returns the parts.
    fn all(&self) -> &[Part] {
        &self.0
    }

    /// Returns what the parts come to; not listed if one of them is not.
    fn total(&self) -> Amount {
        Amount::sum(self.0.iter().map(|part| part.amount))
    }

    /// Returns the largest parts and one for the rest. What is not listed comes last, whatever it is.
    fn few(&self, lang: Lang) -> Vec<Part> {
        let mut parts = self.0.clone();
        parts.sort_by_key(|part| std::cmp::Reverse(part.amount.known().unwrap_or(-1)));
        if parts.len() > FEW + 1 {
            let rest = parts.split_off(FEW);
            let count = rest.len();
            parts.push(Part {
                label: Phrase::new(format!("其他{count}项"), format!("{count} others"))
                    .text(lang)
                    .to_owned(),
                amount: Amount::sum(rest.into_iter().map(|part| part.amount)),
                href: String::new(),
            });
        }
        parts
    }

    /// Returns the parts as a table, each with its share of the whole.
    fn table(&self, lang: Lang) -> Table {
        let total = self.total();
        let amounts: Vec<i64> = self.0.iter().filter_map(|part| part.amount.known()).collect();
        // A share of a whole with something in it that is not listed would say how much that is.
        let shares = total.known().map(|_| shares(&amounts, 1000)).unwrap_or_default();
        let share = |at: usize| shares.get(at).map_or_else(String::new, |share| percent(*share));
        let rows = self.0.iter().enumerate().map(|(at, part)| TableRow {
            label: part.label.clone(),
            href: part.href.clone(),
            cells: vec![part.amount.words(lang), share(at)],
        });
        let say = |zh: &str, en: &str| Phrase::new(zh, en).text(lang).to_owned();
        let whole = shares.iter().any(|share| *share > 0);
        Table {
            columns: vec![say("名称", "Name"), say("金额", "Amount"), say("占比", "Share")],
            rows: rows.collect(),
            total: vec![total.words(lang), if whole { percent(1000) } else { String::new() }],
        }
    }

    /// Returns what the parts say, in one sentence.
    fn sentence(&self, lang: Lang) -> String {
        let count = self.0.len();
        let largest = self.0.iter().filter(|part| part.amount.known().is_some_and(|n| n > 0));
        // Of equal parts the first is named.
        let largest = largest.rev().max_by_key(|part| part.amount.known());
        let most = largest.map_or_else(Phrase::default, |part| {
            let amount = part.amount.words(lang);
            Phrase::new(
                format!(";最多的是{},{amount}", part.label),
                format!("; the largest is {}, {amount}", part.label),
            )
        });
        let phrase = match self.total() {
            Amount::Known(0) => Phrase::new(
                format!("共{count}项,金额都是0。"),
                format!("{count} parts, all of them zero."),
            ),
            Amount::Known(fen) => {
                let total = Money::of_fen(fen).short();
                Phrase::new(
                    format!("共{total},分{count}项{}。", most.zh),
                    format!("{total} in {}{}.", plural(count, "part"), most.en),
                )
            }
            Amount::Unlisted => Phrase::new(
                format!("共{count}项,其中有不列出的数,所以没有合计{}。", most.zh),
                format!("{count} parts, some not listed, so there is no total{}.", most.en),
            ),
        };
        phrase.text(lang).to_owned()
    }
}

/// Returns thousandths as percent.
fn percent(permille: i64) -> String {
    if permille % 10 == 0 {
        format!("{}%", permille / 10)
    } else {
        format!("{}.{}%", permille / 10, permille % 10)
    }
}

/// What was drawn: the inside of an SVG and its size.
pub(crate) struct Drawing {
    width: i64,
    height: i64,
    body: String,
}

/// A chart that can be drawn, told and tabled.
pub(crate) trait Draw {
    /// Draws the chart; `None` if a picture could not be true, and the table has to do.
    fn draw(&self, lang: Lang) -> Option<Drawing>;
    /// Says in one sentence what the chart shows.
    fn sentence(&self, lang: Lang) -> String;
    /// Returns the figures as a table.
    fn table(&self, lang: Lang) -> Table;
    /// Returns the flows to be listed where the chart is too wide for the screen.
    fn list(&self, _lang: Lang) -> Vec<Listed> {
        Vec::new()
    }
}

/// The figures of a chart.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Table {
    /// What the columns are called; the first is that of the labels.
    pub(crate) columns: Vec<String>,
    /// The rows.
    pub(crate) rows: Vec<TableRow>,
    /// The cells of the last row, as many as a row has; none without a total.
    pub(crate) total: Vec<String>,
}

/// A row of a chart's table.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct TableRow {
    /// What it is called.
    pub(crate) label: String,
    /// Where it opens to its parts; may be empty.
    pub(crate) href: String,
    /// Its figures in words.
    pub(crate) cells: Vec<String>,
}

/// A flow in a list.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Listed {
    /// Where it comes from.
    pub(crate) from: String,
    /// Whether it is the first that comes from there.
    pub(crate) first: bool,
    /// Where it goes.
    pub(crate) to: String,
    /// How much, in words.
    pub(crate) amount_text: String,
    /// The share of the largest flow, from 0 to 100; none when it is not listed.
    pub(crate) width: Option<i64>,
}

/// A chart with all that stands around it, as templates get it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Figure {
    id: String,
    caption: String,
    sentence: String,
    svg_html: String,
    list: Vec<Listed>,
    /// The figures; views may add what they know beside.
    pub(crate) table: Table,
}

/// Makes the figure of a chart; `id` tells it from the other figures of its page.
pub(crate) fn figure(id: &str, caption: impl Into<String>, chart: &dyn Draw, lang: Lang) -> Figure {
    let caption = caption.into();
    let sentence = chart.sentence(lang);
    let svg = chart.draw(lang).map(|drawing| {
        format!(
            "<svg role=\"img\" aria-labelledby=\"{id}-t {id}-d\" viewBox=\"0 0 {} {}\">\
             <title id=\"{id}-t\">{}</title><desc id=\"{id}-d\">{}</desc>{}</svg>",
            drawing.width,
            drawing.height,
            escape(&caption),
            escape(&sentence),
            drawing.body
        )
    });
    Figure {
        id: id.to_owned(),
        caption,
        sentence,
        svg_html: svg.unwrap_or_default(),
        list: chart.list(lang),
        table: chart.table(lang),
    }
}

#[cfg(test)]
mod tests;
