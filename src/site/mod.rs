//! The public room: pages made of a release and a theme, and of nothing else.
//!
//! [`render`] plans every page and then renders them in parallel; each page is a pure function of
//! the release, so the bytes do not depend on the number of threads.

pub mod artifact;
mod card;
pub(crate) mod desk;
pub(crate) mod format;
pub(crate) mod index;
pub(crate) mod ledger;
mod kept;
mod markdown;
mod markup;
pub mod notice;
pub(crate) mod page;
pub(crate) mod plan;
mod qr;
mod template;
pub mod theme;
pub(crate) mod tongue;
mod transcript;
pub mod url;
pub(crate) mod view;
mod words;

pub use format::sheets::Paper;

use rayon::prelude::*;

use crate::diag::Report;
use crate::records::{PublicRecord, Release};
use crate::site::artifact::Artifact;
use crate::site::desk::Desk;
use crate::site::format::sheets::Sheets;
use crate::site::format::{FORMATS, Format};
use crate::site::plan::Plan;
use crate::site::kept::Kept;
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
    let desks = tongues.iter().map(|tongue| Desk::new(release, theme, (tongue, tongues), report));
    // A theme that cannot be used is reported once.
    let Some(desks) = desks.collect::<Option<Vec<_>>>() else {
        return Vec::new();
    };
    let plan = Plan::new(&desks, formats, report);
    let rendered: Vec<_> = plan
        .pages()
        .par_iter()
        .map(|planned| {
            let page = &planned.page;
            let bytes = formats[planned.format].render(page, &desks[planned.desk]);
            bytes.map(|bytes| (planned.desk, Artifact::new(page.route.clone(), bytes)))
        })
        .collect();
    let mut artifacts = Vec::with_capacity(rendered.len());
    for result in rendered {
        match result {
            Ok(artifact) => artifacts.push(artifact),
            Err(finding) => report.push(*finding),
        }
    }
    in_tongues(artifacts, release, tongues)
}

/// Finishes what was rendered beside the main language, and keeps the order.
fn in_tongues(
    artifacts: Vec<(usize, Artifact)>,
    release: &Release,
    tongues: &[Tongue],
) -> Vec<Artifact> {
    let converts = tongues.iter().any(|tongue| tongue.script.is_some());
    let kept = converts.then(|| Kept::of(release));
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
        let made = match (&tongue.script, &kept) {
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
