//! Bars: a line for each part with its name and figure, and below it a bar as long as the part is large.

use super::shape::{length, lines, rect, text, unlisted, width};
use super::{Draw, Drawing, Parts, Table, WIDTH};
use crate::text::Lang;

/// How high a line of words is.
const LINE: i64 = 20;

/// How high a bar is.
const BAR: i64 = 12;

/// Bars, the longest first.
pub(crate) struct Bars {
    /// What is drawn.
    pub(crate) parts: Parts,
}

impl Draw for Bars {
    fn draw(&self, lang: Lang) -> Option<Drawing> {
        let parts = self.parts.few(lang);
        let most = parts.iter().filter_map(|part| part.amount.known()).max().unwrap_or(0);
        let mut body = String::new();
        let mut y = 0;
        for part in &parts {
            let words = part.amount.words(lang);
            let room = (WIDTH - width(&words) - 8).max(WIDTH / 4);
            body.push_str(&text((WIDTH, y + 16), "end fig", &words));
            for line in lines(&part.label, room, 2) {
                body.push_str(&text((0, y + 16), "", &line));
                y += LINE;
            }
            y += 2;
            let whole = ((0, y), (WIDTH, BAR));
            body.push_str(&match part.amount.known() {
                None => unlisted(whole.0, whole.1),
                Some(number) => {
                    let own = length(number, most, WIDTH);
                    rect(whole.0, whole.1, "track") + &rect((0, y), (own, BAR), "fill")
                }
            });
            y += BAR + 10;
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
