//! A ring of shares with its whole in the middle and a line for each part below.

use super::shape::{SIZE, lines, rect, shares, text, width};
use super::{Draw, Drawing, Parts, Table, WIDTH, percent};
use crate::text::Lang;

/// The length given to the ring; shares are whole parts of it.
const ROUND: i64 = 10_000;

/// The ring from its top, clockwise. A circle would do, but checkers allow only paths a length.
const CIRCLE: &str = "M160 22a68 68 0 0 1 0 136a68 68 0 0 1 0-136";

/// A ring; nothing is drawn when a part is not listed, since the rest would say how much it is.
pub(crate) struct Donut {
    /// What is drawn.
    pub(crate) parts: Parts,
}

impl Draw for Donut {
    fn draw(&self, lang: Lang) -> Option<Drawing> {
        let total = self.parts.total();
        if total.known().is_none_or(|total| total == 0) {
            return None;
        }
        let parts = self.parts.few(lang);
        let amounts: Vec<i64> = parts.iter().filter_map(|part| part.amount.known()).collect();
        let (arcs, permille) = (shares(&amounts, ROUND), shares(&amounts, 1000));
        let (mut body, mut start) = (String::new(), 0);
        for (at, arc) in arcs.iter().enumerate() {
            body.push_str(&format!(
                "<path class=\"ring s{at}\" d=\"{CIRCLE}\" pathLength=\"{ROUND}\" \
                 stroke-dasharray=\"{arc} {}\" stroke-dashoffset=\"-{start}\"/>",
                ROUND - arc
            ));
            start += arc;
        }
        let whole = total.words(lang);
        // A whole too long for the hole stands below the ring.
        let (place, mut y) = if width(&whole) <= 96 { (95, 180) } else { (188, 200) };
        body.push_str(&text((160, place), "middle fig", &whole));
        for (at, part) in parts.iter().enumerate() {
            let words = format!("{} {}", percent(permille[at]), part.amount.words(lang));
            let room = (WIDTH - width(&words) - 30).max(WIDTH / 4);
            body.push_str(&rect((0, y + 3), (14, 14), &format!("s{at}")));
            body.push_str(&text((WIDTH, y + SIZE), "end fig", &words));
            for line in lines(&part.label, room, 2) {
                body.push_str(&text((22, y + SIZE), "", &line));
                y += 20;
            }
            y += 6;
        }
        Some(Drawing { width: WIDTH, height: y, body })
    }

    fn sentence(&self, lang: Lang) -> String {
        self.parts.sentence(lang)
    }

    fn table(&self, lang: Lang) -> Table {
        self.parts.table(lang)
    }
}
