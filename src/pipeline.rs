//! The program on one screen: files in, findings and artifacts out.

use std::time::{Duration, Instant};

use crate::diag::source::Shown;
use crate::diag::{Report, Severity, Sources, code};
use crate::files::Files;
use crate::output::gate::{self, Leak, Sight};
use crate::project::{Unsearchable, check_unsearchable};
use crate::records::{self, Audience, Edition, Opened, Release, Withheld};
use crate::site::artifact::Artifact;
use crate::site::notice::{State, state};
use crate::site::theme::Theme;
use crate::text::{Day, Lang};
use crate::token::Key;

/// How a site is to be built.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The day the site speaks for, unless the register fixes one.
    pub as_of: Day,
    /// Whether the day was asked for, and so wins over the register's.
    pub as_of_asked: bool,
    /// The site's address, if it is not the register's.
    pub base_url: Option<String>,
    /// Whether to go on in spite of findings of severity error.
    pub keep_going: bool,
    /// The key of marks and fingerprints, if there is one.
    pub key: Option<Key>,
}

/// The phases, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Reading, typing and checking the records.
    Check,
    /// Parting public from private.
    Release,
    /// Planning and rendering pages.
    Render,
    /// Searching every byte.
    Gate,
}

impl Phase {
    /// Every phase with its name.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Check, "check"),
        (Self::Release, "release"),
        (Self::Render, "render"),
        (Self::Gate, "gate"),
    ];
}

/// What a build came to, before anything is written.
#[derive(Debug)]
pub struct Outcome {
    /// The findings.
    pub report: Report,
    /// What of the files may be shown in snippets.
    pub shown: Shown,
    /// The site; empty when findings or leaks stand in its way.
    pub artifacts: Vec<Artifact>,
    /// What stood in artifacts and must not get out.
    pub leaks: Vec<Leak>,
    /// What the gate does not see through, which is a fault of the program.
    pub blind: Option<&'static str>,
    /// What stayed behind, so that what is said can be searched too.
    pub withheld: Withheld,
    /// The numbers of the summary.
    pub facts: Facts,
    /// How long each phase took.
    pub timings: Vec<(Phase, Duration)>,
}

/// The numbers of the summary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The site's name.
    pub title: String,
    /// The day the site speaks for.
    pub as_of: Option<Day>,
    /// How many records there are.
    pub records: usize,
    /// Notices open for objection.
    pub open: usize,
    /// The open notice that ends first: title and days left.
    pub next_to_end: Option<(String, i32)>,
    /// Notices still to begin.
    pub upcoming: usize,
    /// Notices that are over.
    pub ended: usize,
    /// Records published too late.
    pub late: usize,
    /// Values withheld.
    pub withheld: usize,
    /// Of these, too short to be searched for.
    pub unsearchable: usize,
    /// Lists that are not shown.
    pub kept_back: usize,
    /// Files that pass unsearched, since somebody vouches for them.
    pub unsearched: usize,
}

impl Outcome {
    /// Returns words that may be said, or what to say in their place.
    #[must_use]
    pub fn said(&self, words: String, lang: Lang) -> String {
        if gate::search_words(&words, &self.withheld) {
            return words;
        }
        match lang {
            Lang::Zh => "(这里的话会带出不公开的内容,不显示)\n".to_owned(),
            Lang::En => "(what stood here would quote what is not public)\n".to_owned(),
        }
    }
}

/// Checks a register; what the findings say has been searched for what no day shows.
#[must_use]
pub fn check(files: &Files) -> (Report, Shown) {
    let opened = records::open(files);
    let theme = Theme::read(files, Lang::Zh, &mut Report::default());
    let own_words = theme.own_words();
    // So far from now every list has been taken down.
    let edition = Edition {
        audience: Audience::Web,
        as_of: Day::new(2999, 12, 31).expect("a day of the calendar"),
        key: None,
        own_words: &own_words,
    };
    let (_, withheld) = opened.release(&edition);
    let report = gate::hush(opened.report(), &Sources::new(files, opened.shown()), &withheld);
    (report, opened.shown().clone())
}

/// Builds a site in memory.
pub fn run(files: &Files, settings: &Settings, watch: &dyn Fn(Phase)) -> Outcome {
    let mut timings = Vec::new();
    let mut timed = |phase: Phase, started: Instant| timings.push((phase, started.elapsed()));

    watch(Phase::Check);
    let started = Instant::now();
    let mut opened = records::open(files);
    if let Some(base_url) = &settings.base_url {
        opened.set_base_url(base_url);
    }
    let mut report = opened.report().clone();
    let shown = opened.shown().clone();
    let records = opened.len();
    // What could not be parsed at all could not be looked for either.
    let unparsed =
        |finding: &crate::diag::Finding| [code::SYNTAX, code::NOT_UTF8].contains(&finding.code);
    let blind = report.findings().iter().any(unparsed);
    let stopped = report.has_errors() && (blind || !settings.keep_going);
    timed(Phase::Check, started);

    // The door is opened in any case: what findings say must not quote what stays behind.
    watch(Phase::Release);
    let started = Instant::now();
    let own = opened.site().as_of.filter(|_| !settings.as_of_asked);
    let as_of = own.unwrap_or(settings.as_of);
    let unsearchable = opened.site().unsearchable.clone();
    let mut faults = Report::default();
    let theme = Theme::read(files, Lang::Zh, &mut faults);
    let (release, withheld) = release(&opened, as_of, settings, &theme);
    // Nothing confidential is needed from here on.
    drop(opened);
    let mut outcome = Outcome {
        facts: Facts { records, ..Facts::default() },
        shown,
        report: Report::default(),
        artifacts: Vec::new(),
        leaks: Vec::new(),
        blind: None,
        withheld,
        timings: Vec::new(),
    };
    if stopped {
        outcome.report = report;
        return finished(outcome, files, timings);
    }
    outcome.facts = facts(&release, &report);
    outcome.facts.withheld = outcome.withheld.total();
    outcome.facts.unsearchable = outcome.withheld.unsearchable();
    timed(Phase::Release, started);

    watch(Phase::Render);
    let started = Instant::now();
    outcome.artifacts = crate::site::render(&release, &theme, Lang::Zh, &mut faults);
    let broken = faults.has_errors();
    report.absorb(faults);
    timed(Phase::Render, started);

    watch(Phase::Gate);
    let started = Instant::now();
    pass_gate(&mut outcome, &unsearchable, &mut report);
    timed(Phase::Gate, started);
    // A page that could not be made is a hole in the site: nothing of it is written.
    if broken {
        outcome.artifacts.clear();
    }
    outcome.report = report;
    finished(outcome, files, timings)
}

/// Puts the findings in order, says nothing in them that must not be said, and ends a build.
fn finished(mut outcome: Outcome, files: &Files, timings: Vec<(Phase, Duration)>) -> Outcome {
    let sources = Sources::new(files, &outcome.shown);
    outcome.report = gate::hush(&outcome.report, &sources, &outcome.withheld).sorted();
    outcome.timings = timings;
    outcome
}

/// Searches the artifacts; they stay only if nothing was found and the search itself is proven.
fn pass_gate(outcome: &mut Outcome, unsearchable: &[Unsearchable], report: &mut Report) {
    let sight = Sight::whole();
    outcome.blind = gate::prove(&sight).err();
    let leaks = gate::search(&outcome.artifacts, &outcome.withheld, &sight);
    let (leaks, needed) = gate::excuse(leaks, unsearchable);
    check_unsearchable(unsearchable, &needed, report);
    outcome.facts.unsearched = needed.iter().filter(|needed| **needed).count();
    outcome.leaks = leaks;
    if outcome.blind.is_some() || !outcome.leaks.is_empty() {
        outcome.artifacts.clear();
    }
}

/// Opens the door for the public site.
fn release(opened: &Opened, as_of: Day, settings: &Settings, theme: &Theme) -> (Release, Withheld) {
    let own_words = theme.own_words();
    opened.release(&Edition {
        audience: Audience::Web,
        as_of,
        key: settings.key.as_ref(),
        own_words: &own_words,
    })
}

/// Counts what the summary says.
fn facts(release: &Release, report: &Report) -> Facts {
    let as_of = release.as_of();
    let mut facts = Facts {
        title: release.site().title.clone(),
        as_of: Some(as_of),
        records: release.records().len(),
        ..Facts::default()
    };
    for record in release.records() {
        facts.kept_back +=
            record.tables().iter().filter(|table| table.kept_back().is_some()).count();
        let Some(period) = record.notice() else {
            continue;
        };
        match state(period, as_of) {
            State::Open => {
                facts.open += 1;
                let left = period.last().map_or(i32::MAX, |last| as_of.days_until(last));
                if facts.next_to_end.as_ref().is_none_or(|(_, first)| left < *first) {
                    facts.next_to_end = Some((crate::site::title_of(release, record), left));
                }
            }
            State::Upcoming => facts.upcoming += 1,
            State::Permanent | State::Ended => facts.ended += usize::from(period.last().is_some()),
        }
    }
    let late = |finding: &&crate::diag::Finding| {
        finding.code == code::LATE_PUBLICATION && finding.severity == Severity::Warning
    };
    facts.late = report.findings().iter().filter(late).count();
    facts
}
