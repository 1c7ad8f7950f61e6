//! Sheets for the village's own board: one a list and village, to be printed, and a list of what
//! hangs where and until when. They stand alone: nothing is loaded from elsewhere.

use std::collections::BTreeMap;

use crate::diag::Finding;
use crate::site::desk::{Desk, Frame, add_value};
use crate::site::format::Format;
use crate::site::page::{Page, Subject};
use crate::site::url::Route;
use crate::site::view;
use crate::site::view::board::{self, Village};

/// What sheets are printed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// 210 × 297 mm.
    A4,
    /// 297 × 420 mm.
    A3,
}

impl Paper {
    /// Every paper with its name.
    pub const ALL: [(Self, &'static str); 2] = [(Self::A4, "A4"), (Self::A3, "A3")];

    /// Returns the paper's name, which is also its name in CSS.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::A4 => "A4",
            Self::A3 => "A3",
        }
    }
}

/// Sheets on one paper.
pub(crate) struct Sheets {
    /// The paper.
    pub(crate) paper: Paper,
}

impl Format for Sheets {
    fn name(&self) -> &'static str {
        "sheets"
    }

    fn plan(&self, desk: &Desk<'_>) -> Vec<Page> {
        let mut pages = vec![Page { route: Route::new("index.html"), subject: Subject::Whole }];
        for (record, village) in all(desk) {
            let route = Route::new(board::sheet_path(&desk.index, record, &village));
            pages.push(Page { route, subject: Subject::Sheet { record, village } });
        }
        pages
    }

    fn render(&self, page: &Page, desk: &Desk<'_>) -> Result<Vec<u8>, Box<Finding>> {
        let frame =
            Frame { route: &page.route, page: view::Page::default(), crumbs: Vec::new(), menu: "" };
        let mut context = desk.context(&frame);
        add_value(&mut context, "paper", &self.paper.name());
        if let Subject::Sheet { record, village } = &page.subject {
            add_value(&mut context, "sheet", &board::sheet(&desk.index, *record, village));
            desk.engine.render("board.html", &context)
        } else {
            let mut villages: BTreeMap<String, Vec<usize>> = BTreeMap::new();
            for (record, village) in all(desk) {
                villages.entry(village).or_default().push(record);
            }
            let boards: Vec<Village> = villages
                .iter()
                .map(|(code, records)| board::village(&desk.index, code, records))
                .collect();
            add_value(&mut context, "boards", &boards);
            desk.engine.render("board-index.html", &context)
        }
    }
}

/// Returns every sheet: a record and a village whose board shows its lists on this day.
fn all(desk: &Desk<'_>) -> Vec<(usize, String)> {
    let records = 0..desk.index.release.records().len();
    records
        .flat_map(|record| {
            let villages = board::villages(&desk.index, record);
            villages.into_iter().map(move |village| (record, village))
        })
        .collect()
}
