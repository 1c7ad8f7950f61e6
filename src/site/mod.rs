//! The public room: pages made of a release and a theme, and of nothing else.
//!
//! [`render`] plans every page and then renders them in parallel; each page is a pure function of
//! the release, so the bytes do not depend on the number of threads.

pub mod artifact;
mod card;
pub(crate) mod chart;
mod columns;
pub(crate) mod coverage;
pub(crate) mod desk;
pub(crate) mod format;
pub(crate) mod index;
mod kept;
pub(crate) mod ledger;
pub mod links;
mod markdown;
mod markup;
pub(crate) mod news;
pub mod notice;
pub(crate) mod page;
pub(crate) mod phones;
pub(crate) mod plan;
mod qr;
pub(crate) mod search;
mod sentence;
mod tags;
pub(crate) mod tally;
mod template;
pub mod theme;
pub(crate) mod tongue;
mod transcript;
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
use crate::site::kept::Kept;
use crate::site::plan::{Plan, Planned};
use crate::site::theme::Theme;
use crate::site::tongue::Tongue;

/// Renders a release with a theme, in each language of the theme; faults of the theme are reported.
#[must_use]
pub fn render(release: &Release, theme: &Theme, report: &mut Report) -> Vec<Artifact> {
    render_as(FORMATS, (release, theme), &theme.tongues, report)
}

/// Renders the sheets for the village's own board from a release for it; faults of the theme are
/// reported.
#[must_use]
pub fn render_board(
    (release, theme): (&Release, &Theme),
    paper: Paper,
    report: &mut Report,
) -> Vec<Artifact> {
    render_as(&[&Sheets { paper }], (release, theme), &theme.tongues[..1], report)
}

/// Renders a release in some formats and languages, of which the main one is the first.
fn render_as(
    formats: &[&dyn Format],
    (release, theme): (&Release, &Theme),
    tongues: &[Tongue],
    report: &mut Report,
) -> Vec<Artifact> {
    let Some(desks) = Desk::all(release, theme, tongues, report) else {
        return Vec::new();
    };
    let plan = Plan::new(&desks, formats, report);
    let made = |last: bool, finished: &Finished| -> Vec<Result<(usize, Artifact), Box<Finding>>> {
        let planned = plan.pages().par_iter();
        planned
            .filter(|planned| formats[planned.format].is_last() == last)
            .map(|Planned { desk, format, page }| {
                let format = formats[*format];
                let bytes = if last {
                    format.render_last(page, &desks[*desk], finished)
                } else {
                    format.render(page, &desks[*desk])
                };
                bytes.map(|bytes| (*desk, Artifact::new(page.route.clone(), bytes)))
            })
            .collect()
    };
    let converts = tongues.iter().any(|tongue| tongue.script.is_some());
    let kept = converts.then(|| Kept::of(release));
    let first = sorted_out(made(false, &Finished::default()), report);
    let mut artifacts = in_tongues(first, tongues, kept.as_ref());
    let finished = Finished::of(&artifacts);
    let last = sorted_out(made(true, &finished), report);
    artifacts.extend(in_tongues(last, tongues, kept.as_ref()));
    artifacts.sort_by(|left, right| left.route().cmp(right.route()));
    artifacts
}

/// Returns the files that could be made; why the others could not is reported.
fn sorted_out<T>(rendered: Vec<Result<T, Box<Finding>>>, report: &mut Report) -> Vec<T> {
    let mut made = Vec::with_capacity(rendered.len());
    for result in rendered {
        match result {
            Ok(one) => made.push(one),
            Err(finding) => report.push(*finding),
        }
    }
    made
}

/// Finishes what was rendered in other languages than the main one.
fn in_tongues(
    artifacts: Vec<(usize, Artifact)>,
    tongues: &[Tongue],
    kept: Option<&Kept>,
) -> Vec<Artifact> {
    let mut finished: Vec<Artifact> = Vec::with_capacity(artifacts.len());
    let mut places: Vec<Vec<usize>> = vec![Vec::new(); tongues.len()];
    for (at, (tongue, artifact)) in artifacts.into_iter().enumerate() {
        places[tongue].push(at);
        finished.push(artifact);
    }
    for (tongue, places) in tongues.iter().zip(&places).filter(|(tongue, _)| !tongue.is_main()) {
        let pages: Vec<&str> = places
            .iter()
            .map(|at| std::str::from_utf8(finished[*at].bytes()).expect("templates give UTF-8"))
            .collect();
        let made = match (&tongue.script, kept) {
            (Some(script), Some(kept)) => transcript::in_script(&pages, script, kept),
            _ if tongue.is_chinese() => continue,
            _ => pages.par_iter().map(|page| transcript::marked(page)).collect(),
        };
        for (at, page) in places.iter().zip(made) {
            finished[*at].rewrite(page.into_bytes());
        }
    }
    finished
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
