//! A map of tiles: one for each place with its name and amount, darker where there is more. It is no
//! map of where places lie.

use super::shape::{length, lines, rect, text, unlisted, width};
use super::{Draw, Drawing, Parts, Table, WIDTH};
use crate::text::Lang;

/// How many tiles stand side by side.
const ACROSS: usize = 2;

/// A tile, and the space after it.
const TILE: (i64, i64) = (156, 62);
const GAP: i64 = 8;

/// How many steps of shade there are.
const STEPS: i64 = 4;

/// Tiles in the order of the parts.
pub(crate) struct TileMap {
    /// What is drawn.
    pub(crate) parts: Parts,
}

impl Draw for TileMap {
    fn draw(&self, lang: Lang) -> Option<Drawing> {
        let parts = self.parts.all();
        let most = parts.iter().filter_map(|part| part.amount.known()).max().unwrap_or(0);
        let place = |at: usize, size: i64| i64::try_from(at).unwrap_or(0) * (size + GAP);
        let mut body = String::new();
        for (at, part) in parts.iter().enumerate() {
            let (x, y) = (place(at % ACROSS, TILE.0), place(at / ACROSS, TILE.1));
            body.push_str(&match part.amount.known() {
                None => unlisted((x, y), TILE),
                Some(number) => {
                    rect((x, y), TILE, &format!("tile t{}", length(number, most, STEPS)))
                }
            });
            let words = part.amount.words(lang);
            for (line, down) in lines(&part.label, TILE.0 - 16, 1).iter().zip([26]) {
                body.push_str(&text((x + 8, y + down), "halo", line));
            }
            let words = if width(&words) <= TILE.0 - 16 { words } else { "…".to_owned() };
            body.push_str(&text((x + 8, y + 48), "fig halo", &words));
        }
        let rows = parts.len().div_ceil(ACROSS);
        Some(Drawing { width: WIDTH, height: place(rows, TILE.1), body })
    }

    fn sentence(&self, lang: Lang) -> String {
        self.parts.sentence(lang)
    }

    fn table(&self, lang: Lang) -> Table {
        self.parts.table(lang)
    }
}
