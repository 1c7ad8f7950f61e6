//! The program on one screen: files in, findings and artifacts out.

use std::time::{Duration, Instant};

use crate::diag::source::Shown;
use crate::diag::{Report, Severity, Sources, code};
use crate::files::Files;
use crate::output::gate::{self, Leak, Sight};
use crate::project::{Unsearchable, check_unsearchable};
use crate::records::{self, Audience, Edition, Look, Opened, PublicRecord, Release, Withheld};
use crate::site::Paper;
use crate::site::artifact::Artifact;
use crate::site::links::{self, External};
use crate::site::notice::{State, state};
use crate::site::theme::Theme;
use crate::text::{Day, Lang, Phrase};
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
    /// Kinds that are shown with marks, when there is no key to make them with: nothing was rendered.
    pub missing_key: Vec<String>,
    /// What the gate does not see through, which is a fault of the program.
    pub blind: Option<&'static str>,
    /// The numbers of the summary.
    pub facts: Facts,
    /// How long each phase took.
    pub timings: Vec<(Phase, Duration)>,
    /// What stayed behind, so that what is said can be searched too.
    pub withheld: Withheld,
    /// The records, as `kind/id`, whose lists of persons are shown.
    pub lists: Vec<String>,
    /// Links that lead out of the site.
    pub external: External,
}

impl Outcome {
    /// Returns the path of a file as it may be said: without what stayed behind.
    #[must_use]
    pub fn painted(&self, path: &str) -> String {
        self.withheld.paint(path)
    }
}

/// The numbers of the summary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The site's name.
    pub title: String,
    /// The site's address, if it is known.
    pub base_url: String,
    /// The day the site speaks for.
    pub as_of: Option<Day>,
    /// Whether the register says that it is made up.
    pub example: bool,
    /// Records that are drafts.
    pub drafts: usize,
    /// Records whose day of publication is to come.
    pub to_come: usize,
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

/// Builds a site in memory.
pub fn run(files: &Files, settings: &Settings, watch: &dyn Fn(Phase)) -> Outcome {
    build(files, settings, Goal::Site, watch)
}

/// Makes the sheets for village boards in memory.
pub fn board(files: &Files, settings: &Settings, paper: Paper, watch: &dyn Fn(Phase)) -> Outcome {
    build(files, settings, Goal::Board(paper), watch)
}

/// What is to be made of a register.
#[derive(Clone, Copy)]
enum Goal {
    /// The public site.
    Site,
    /// Sheets for the village's own board.
    Board(Paper),
}

impl Goal {
    /// Returns whose eyes it is for.
    const fn audience(self) -> Audience {
        match self {
            Self::Site => Audience::Web,
            Self::Board(_) => Audience::Board,
        }
    }

    /// Makes its files.
    fn render(self, release: &Release, theme: &Theme, faults: &mut Report) -> Vec<Artifact> {
        match self {
            Self::Site => crate::site::render(release, theme, faults),
            Self::Board(paper) => crate::site::render_board((release, theme), paper, faults),
        }
    }
}

/// Makes what is wanted in memory.
fn build(files: &Files, settings: &Settings, goal: Goal, watch: &dyn Fn(Phase)) -> Outcome {
    let mut timings = Vec::new();
    let mut timed = |phase: Phase, started: Instant| timings.push((phase, started.elapsed()));

    watch(Phase::Check);
    let started = Instant::now();
    let mut opened = open(files, settings);
    if let Some(base_url) = &settings.base_url {
        opened.set_base_url(base_url);
    }
    let mut report = opened.report().clone();
    let shown = opened.shown().clone();
    let records = opened.len();
    let stopped = stands_in_the_way(&report, settings);
    let missing_key = missing_key(&opened, goal, settings, stopped);
    timed(Phase::Check, started);

    // The door is opened in any case: what findings say must not quote what stays behind.
    watch(Phase::Release);
    let started = Instant::now();
    let as_of = day_of(&opened, settings);
    let (unsearchable, waiting) = (opened.site().unsearchable.clone(), opened.waiting(as_of));
    let mut faults = Report::default();
    let theme = Theme::read(files, opened.site(), Lang::Zh, &mut faults);
    let (release, withheld) = release(&opened, goal, as_of, (settings, &theme));
    // Nothing confidential is needed from here on.
    drop(opened);
    let mut outcome = Outcome {
        facts: Facts { records, ..Facts::default() },
        shown,
        report: Report::default(),
        artifacts: Vec::new(),
        leaks: Vec::new(),
        missing_key,
        blind: None,
        withheld,
        lists: Vec::new(),
        external: External::new(),
        timings: Vec::new(),
    };
    if stopped || !outcome.missing_key.is_empty() {
        outcome.report = report;
        return finished(outcome, files, timings);
    }
    outcome.facts = facts(&release, &report, waiting);
    outcome.facts.withheld = outcome.withheld.total();
    outcome.facts.unsearchable = outcome.withheld.unsearchable();
    outcome.lists = lists(&release);
    timed(Phase::Release, started);

    watch(Phase::Render);
    let started = Instant::now();
    outcome.artifacts = goal.render(&release, &theme, &mut faults);
    outcome.external = links::check(&outcome.artifacts, &outcome.facts.base_url, &mut faults);
    let broken = faults.has_errors();
    // Addresses and templates, too, may hold what stays behind.
    report.absorb(faults.without(&|words| outcome.withheld.holds(words)));
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

impl Outcome {
    /// Returns what to do when a key is missing; `None` when none is.
    #[must_use]
    pub fn key_needed(&self) -> Option<Phrase> {
        if self.missing_key.is_empty() {
            return None;
        }
        let names: Vec<String> = self.missing_key.iter().map(|name| format!("`{name}`")).collect();
        Some(Phrase::new(
            format!(
                "没有密钥,不能生成:{}的规则用了 token(暗号),暗号要用密钥做。把密钥文件放在台账文件夹外面,用 --key 指明它;或者把规则里的 token 改成 withhold",
                names.join("、")
            ),
            format!(
                "a key is needed: the policy of {} shows marks (token), and marks are made with a key. Keep the key file outside the register and name it with --key, or write withhold instead of token",
                names.join(", ")
            ),
        ))
    }
}

/// Returns the day a site speaks for.
fn day_of(opened: &Opened, settings: &Settings) -> Day {
    let own = opened.site().as_of.filter(|_| !settings.as_of_asked);
    own.unwrap_or(settings.as_of)
}

/// What holding a register against every rule came to.
#[derive(Debug)]
pub struct Examined {
    /// The findings.
    pub report: Report,
    /// What of the files may be shown in snippets.
    pub shown: Shown,
    /// What else there is to say: the day the register speaks for, and what waits for its own.
    pub facts: Facts,
}

/// Holds a register against every rule without building it: its records and its theme.
#[must_use]
pub fn examine(files: &Files, look: &Look<'_>) -> Examined {
    let opened = records::open(files, look);
    let mut report = opened.report().clone();
    drop(Theme::read(files, opened.site(), Lang::Zh, &mut report));
    let as_of = opened.site().as_of.filter(|_| !look.as_of_asked).or(look.as_of);
    let mut facts = Facts { as_of, example: opened.site().example, ..Facts::default() };
    if let Some(as_of) = as_of {
        (facts.drafts, facts.to_come) = opened.waiting(as_of);
    }
    Examined { report: report.sorted(), shown: opened.shown().clone(), facts }
}

/// Returns the findings of a register, and what of its files may be shown in snippets.
#[must_use]
pub fn check(files: &Files, look: &Look<'_>) -> (Report, Shown) {
    let Examined { report, shown, .. } = examine(files, look);
    (report, shown)
}

/// Reads and checks the register.
fn open(files: &Files, settings: &Settings) -> Opened {
    let Settings { as_of, as_of_asked, key, .. } = settings;
    let look = Look { as_of: Some(*as_of), as_of_asked: *as_of_asked, key: key.as_ref() };
    records::open(files, &look)
}

/// Returns the kinds that cannot be shown without a key: to leave the marks out silently would be
/// another site than the one that was asked for.
fn missing_key(opened: &Opened, goal: Goal, settings: &Settings, stopped: bool) -> Vec<String> {
    if stopped || settings.key.is_some() {
        return Vec::new();
    }
    opened.kinds_with_tokens(goal.audience())
}

/// Returns whether findings stand in the way of a site.
fn stands_in_the_way(report: &Report, settings: &Settings) -> bool {
    // What could not be parsed at all could not be looked for either.
    let unparsed =
        |finding: &crate::diag::Finding| [code::SYNTAX, code::NOT_UTF8].contains(&finding.code);
    let blind = report.findings().iter().any(unparsed);
    report.has_errors() && (blind || report.is_private() || !settings.keep_going)
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

/// Opens the door for those it is for.
fn release(
    opened: &Opened,
    goal: Goal,
    as_of: Day,
    (settings, theme): (&Settings, &Theme),
) -> (Release, Withheld) {
    let own_words = theme.own_words();
    // Sheets are made in the main language only.
    let scripts = if matches!(goal, Goal::Site) { theme.scripts() } else { Vec::new() };
    opened.release(&Edition {
        audience: goal.audience(),
        as_of,
        key: settings.key.as_ref(),
        own_words: &own_words,
        scripts: &scripts,
    })
}

/// Returns the records whose lists of persons are shown: those of which old copies would hold
/// people once the lists are withdrawn.
fn lists(release: &Release) -> Vec<String> {
    let kinds = release.schema().kinds();
    let shows = |record: &&PublicRecord| {
        let tables = &kinds[record.kind()].tables;
        record
            .tables()
            .iter()
            .any(|rows| tables[rows.table()].is_personal() && !rows.rows().is_empty())
    };
    let shown = release.records().iter().filter(shows);
    shown.map(|record| format!("{}/{}", kinds[record.kind()].name, record.id())).collect()
}

/// Counts what the summary says.
fn facts(release: &Release, report: &Report, (drafts, to_come): (usize, usize)) -> Facts {
    let as_of = release.as_of();
    let mut facts = Facts {
        title: release.site().title.clone(),
        base_url: release.site().base_url.clone(),
        as_of: Some(as_of),
        example: release.site().example,
        drafts,
        to_come,
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
