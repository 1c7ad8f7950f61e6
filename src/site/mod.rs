//! The public room: pages made of a release and a theme, and of nothing else.
//!
//! [`render`] plans every page and then renders them in parallel; each page is a pure function of
//! the release, so the bytes do not depend on the number of threads.

pub mod artifact;
mod card;
pub(crate) mod chart;
pub(crate) mod desk;
pub(crate) mod format;
pub(crate) mod index;
pub(crate) mod ledger;
pub mod links;
mod markdown;
pub mod notice;
pub(crate) mod page;
pub(crate) mod plan;
mod qr;
pub(crate) mod search;
mod tags;
pub(crate) mod tally;
mod template;
pub mod theme;
pub mod url;
pub(crate) mod view;
mod words;

pub use format::sheets::Paper;

use rayon::prelude::*;

use crate::diag::{Finding, Report};
use crate::records::{PublicRecord, Release};
use crate::site::artifact::Artifact;
use crate::site::desk::Desk;
use crate::site::format::finished::Finished;
use crate::site::format::sheets::Sheets;
use crate::site::format::{FORMATS, Format};
use crate::site::plan::Plan;
use crate::site::theme::Theme;
use crate::text::Lang;

/// Renders a release with a theme; faults of the theme are reported.
#[must_use]
pub fn render(release: &Release, theme: &Theme, lang: Lang, report: &mut Report) -> Vec<Artifact> {
    render_as(FORMATS, (release, theme), lang, report)
}

/// Renders the sheets for the village's own board from a release for it; faults of the theme are
/// reported.
#[must_use]
pub fn render_board(
    (release, theme): (&Release, &Theme),
    paper: Paper,
    lang: Lang,
    report: &mut Report,
) -> Vec<Artifact> {
    render_as(&[&Sheets { paper }], (release, theme), lang, report)
}

/// Renders a release in some formats.
fn render_as(
    formats: &[&dyn Format],
    (release, theme): (&Release, &Theme),
    lang: Lang,
    report: &mut Report,
) -> Vec<Artifact> {
    let Some(desk) = Desk::new(release, theme, lang, report) else {
        return Vec::new();
    };
    let plan = Plan::new(&desk, formats, report);
    let first = |format: usize| !formats[format].is_last();
    let rendered: Vec<_> = plan
        .pages()
        .par_iter()
        .filter(|(format, _)| first(*format))
        .map(|(format, page)| {
            formats[*format]
                .render(page, &desk)
                .map(|bytes| Artifact::new(page.route.clone(), bytes))
        })
        .collect();
    let mut artifacts = sorted_out(rendered, report);
    let finished = Finished::of(&artifacts);
    let rendered: Vec<_> = plan
        .pages()
        .par_iter()
        .filter(|(format, _)| !first(*format))
        .map(|(format, page)| {
            formats[*format]
                .render_last(page, &desk, &finished)
                .map(|bytes| Artifact::new(page.route.clone(), bytes))
        })
        .collect();
    artifacts.extend(sorted_out(rendered, report));
    artifacts.sort_by(|left, right| left.route().cmp(right.route()));
    artifacts
}

/// Returns the files that could be made; why the others could not is reported.
fn sorted_out(rendered: Vec<Result<Artifact, Box<Finding>>>, report: &mut Report) -> Vec<Artifact> {
    let mut artifacts = Vec::with_capacity(rendered.len());
    for result in rendered {
        match result {
            Ok(artifact) => artifacts.push(artifact),
            Err(finding) => report.push(*finding),
        }
    }
    artifacts
}

/// Returns the names of every format, for help and tests.
#[must_use]
pub fn format_names() -> Vec<&'static str> {
    FORMATS.iter().map(|format| format.name()).collect()
}

/// Returns the title of a record.
#[must_use]
pub fn title_of(release: &Release, record: &PublicRecord) -> String {
    words::title(release, record)
}
