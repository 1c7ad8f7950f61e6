//! Ways in which something private gets out, one by one: each is laid into a small register, and each
//! time the value is masked or the build is refused.
//!
//! What became of each vector stands in `tests/privacy/vectors.txt`; `UPDATE=1` writes it anew, and
//! whoever keeps it has read it. `LEAKED` is never kept: the test fails whatever the file says. The
//! same register with everything in it that only looks like personal data is built without a word.

mod files;
mod make;
mod pages;
mod text;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use mingbai::decode::{DECODERS, walk};
use mingbai::diag::{Report, Severity, Sources};
use mingbai::files::{Files, read_file};
use mingbai::pipeline::{self, Outcome, Settings};
use mingbai::text::Day;
use mingbai::text::normal::{Escapes, Folded, Writing, fold, fold_into};

use crate::canary::{Dice, card, id_number, name, phone, quoted};

/// What became of each vector.
const EXPECTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/privacy/vectors.txt");

/// What only looks like personal data.
const LOOK_ALIKES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/privacy/look-alikes.txt");

/// The small register of the rules' fixtures.
const BASE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/rules/base");

/// The day of the builds.
const DAY: &str = "2025-06-30";

/// Values that some vectors bring along themselves.
const BROUGHT: [&str; 5] =
    ["1990000123@qq.com", "lizi_example99", "川Z·A1234", "E99000012", "垭口村3组12号"];

/// Files by their path in a register.
pub(crate) type Register = BTreeMap<String, Vec<u8>>;

/// A way in which a value gets out: its name, and what it changes in the register.
pub(crate) type Vector = (&'static str, fn(&mut Register, &Secrets));

/// Values that must stay behind.
pub(crate) struct Secrets {
    /// The name of a person on a list.
    pub(crate) name: String,
    /// Her identity number.
    pub(crate) id: String,
    /// Her telephone.
    pub(crate) phone: String,
    /// Her card.
    pub(crate) card: String,
    /// The identity number of somebody on no list.
    pub(crate) stranger_id: String,
    /// The telephone of somebody on no list.
    pub(crate) stranger_phone: String,
    /// The card of somebody on no list.
    pub(crate) stranger_card: String,
}

impl Secrets {
    /// Makes them up.
    fn new(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        Self {
            name: name(&mut dice),
            id: id_number(&mut dice),
            phone: phone(&mut dice),
            card: card(&mut dice),
            stranger_id: id_number(&mut dice),
            stranger_phone: phone(&mut dice),
            stranger_card: card(&mut dice),
        }
    }

    /// Returns each of them.
    fn all(&self) -> Vec<&str> {
        let own = [
            self.name.as_str(),
            &self.id,
            &self.phone,
            &self.card,
            &self.stranger_id,
            &self.stranger_phone,
            &self.stranger_card,
        ];
        own.into_iter().chain(BROUGHT).collect()
    }

    /// Returns whether one of them stands in some words, in whatever disguise.
    fn stand_in(&self, bytes: &[u8]) -> bool {
        let mut folded = Folded::default();
        for writing in [Writing::Markup, Writing::Plain] {
            for escapes in [Escapes::Decoded, Escapes::Plain] {
                fold_into(bytes, (writing, escapes), &mut folded);
                for secret in self.all() {
                    let wanted = fold(secret);
                    let stands = |text: &[u8]| text.windows(wanted.len()).any(|at| at == wanted);
                    if stands(&folded.text) || stands(&folded.tags) {
                        return true;
                    }
                }
            }
        }
        false
    }
}

/// Returns the register that is laid under every vector: a list, hanging, with one person on it.
pub(crate) fn register(secrets: &Secrets) -> Register {
    let files = Files::read(Path::new(BASE)).expect("the base can be read");
    let mut register: Register =
        files.iter().map(|(path, bytes)| (path.to_string(), bytes.to_vec())).collect();
    let list = format!(
        "id = \"2024-01\"\ntitle = \"外出务工交通补助(示例)\"\nplace = \"990101001\"\ncategory = \"travel\"\n\
         scheme = \"外出务工交通补助\"\ntotal = \"500元\"\nhouseholds = \"1户\"\nentries = [\n  {{ name = {}, \
         id_number = {}, phone = {}, account = {}, village = \"990101001\", amount = \"500元\" }},\n]\n",
        quoted(&secrets.name),
        quoted(&secrets.id),
        quoted(&secrets.phone),
        quoted(&secrets.card),
    );
    register.insert("grants/2024/2024-01.toml".to_owned(), list.into());
    let notice = "id = \"2024-01\"\ntitle = \"外出务工交通补助公示(示例)\"\nplace = \"990101001\"\n\
                  type = \"before\"\nhotline = [\"12317\"]\nperiod = \"2025-06-25/2025-07-10\"\n\
                  about = [\"grant/2024-01\"]\n";
    register.insert("notices/2024/2024-01.toml".to_owned(), notice.into());
    register
}

/// Writes a record whose kind carries prose.
pub(crate) fn record(files: &mut Register, title: &str, fields: &str, prose: &str) {
    let text = format!(
        "+++\nid = \"2024-09\"\ntitle = {}\nplace = \"990101001\"\nyear = \"2024\"\nlevel = \"county\"\n\
         available = \"1万元\"\n{fields}+++\n{prose}",
        quoted(title)
    );
    files.insert("funds/2024/2024-09.md".to_owned(), text.into());
}

/// Changes something in the register's own facts.
pub(crate) fn edit_site(files: &mut Register, from: &str, to: &str) {
    let bytes = files.get_mut("site.toml").expect("the base says who publishes");
    let text = String::from_utf8(bytes.clone()).expect("the file is UTF-8");
    assert!(text.contains(from), "there is something to change");
    *bytes = text.replacen(from, to, 1).into_bytes();
}

/// Writes an attachment and a record that names it.
pub(crate) fn attachment(files: &mut Register, path: &str, bytes: Vec<u8>) {
    files.insert(format!("attachments/{path}"), bytes);
    record(files, "示例", &format!("attachments = [{}]\n", quoted(path)), "");
}

/// Writes a file of the theme.
pub(crate) fn asset(files: &mut Register, path: &str, bytes: Vec<u8>) {
    files.insert(format!("theme/assets/{path}"), bytes);
}

/// Builds a site in memory.
fn build(register: &Register) -> (Files, Outcome) {
    let as_of = Day::parse(DAY).expect("a day");
    let settings =
        Settings { as_of, as_of_asked: true, base_url: None, keep_going: false, key: None };
    let files = Files::of(register.clone());
    let outcome = pipeline::run(&files, &settings, &|_| {});
    (files, outcome)
}

/// Returns the places of the errors of a report, each as `code path:line:column`.
fn errors(report: &Report, files: &Files, outcome: &Outcome) -> String {
    let sources = Sources::new(files, &outcome.shown);
    let errors = report.findings().iter().filter(|finding| finding.severity == Severity::Error);
    let places: BTreeSet<String> = errors
        .map(|finding| {
            let at = sources.position(&finding.primary.span);
            let path = sources.name(&finding.primary.span);
            format!("{} {path}:{}:{}", finding.code.name(), at.line, at.column)
        })
        .collect();
    places.into_iter().collect::<Vec<_>>().join(", ")
}

/// Returns what became of a vector.
fn became(outcome: &Outcome, files: &Files, secrets: &Secrets) -> String {
    if outcome.report.has_errors() {
        assert!(outcome.artifacts.is_empty(), "errors stop the site");
        return format!("refused: {}", errors(&outcome.report, files, outcome));
    }
    if !outcome.leaks.is_empty() {
        assert!(outcome.artifacts.is_empty(), "a leak stops the site");
        return "refused: the gate".to_owned();
    }
    assert!(outcome.artifacts.len() > 20, "a site is built");
    let mut leaking = Vec::new();
    for artifact in &outcome.artifacts {
        let route = artifact.route().as_str();
        let mut stands = secrets.stand_in(route.as_bytes());
        walk(DECODERS, route, artifact.bytes(), &mut |view| {
            stands |= secrets.stand_in(view.bytes) || secrets.stand_in(view.name.as_bytes());
        });
        if stands {
            leaking.push(route.rsplit('.').next().unwrap_or("").to_owned());
        }
    }
    if leaking.is_empty() {
        let warned: BTreeSet<&str> =
            outcome.report.findings().iter().map(|finding| finding.code.name()).collect();
        let warned = warned.into_iter().collect::<Vec<_>>().join(", ");
        return format!("kept out {warned}").trim_end().to_owned();
    }
    format!("LEAKED in {} files", leaking.len())
}

/// Returns every vector.
fn vectors() -> Vec<Vector> {
    [text::VECTORS, files::VECTORS, pages::VECTORS].concat()
}

#[test]
fn there_are_many_vectors_and_each_has_a_name_of_its_own() {
    let vectors = vectors();
    let names: BTreeSet<&str> = vectors.iter().map(|(name, _)| *name).collect();
    assert_eq!(names.len(), vectors.len());
    assert!(vectors.len() >= 60, "{} vectors", vectors.len());
}

#[test]
fn without_a_vector_the_site_is_built_and_shows_the_masked_name() {
    let secrets = Secrets::new(71);
    let (files, outcome) = build(&register(&secrets));
    assert_eq!(became(&outcome, &files, &secrets), "kept out");
    let masked = format!("{}**", secrets.name.chars().next().expect("a name has a first sign"));
    let shown = outcome
        .artifacts
        .iter()
        .filter(|artifact| String::from_utf8_lossy(artifact.bytes()).contains(&masked))
        .count();
    assert!(shown >= 3, "the page, the table and the data: {shown}");
}

#[test]
fn every_vector_is_masked_or_refused() {
    let secrets = Secrets::new(72);
    let mut report = String::new();
    for (name, plant) in vectors() {
        let mut planted = register(&secrets);
        plant(&mut planted, &secrets);
        let (files, outcome) = build(&planted);
        report.push_str(&format!("{name}: {}\n", became(&outcome, &files, &secrets)));
    }
    assert!(!secrets.stand_in(report.as_bytes()), "the report of this test holds a value");
    let leaked: Vec<&str> = report.lines().filter(|line| line.contains("LEAKED")).collect();
    assert!(leaked.is_empty(), "these get out:\n{}", leaked.join("\n"));
    settle(&report);
}

/// Compares what became of the vectors with what is expected, or writes it anew.
#[expect(
    clippy::disallowed_methods,
    reason = "expectations are sources, and a person writes them anew by a switch"
)]
fn settle(report: &str) {
    if std::env::var("UPDATE").is_ok_and(|value| value == "1") {
        std::fs::write(EXPECTED, report).expect("the expectations can be written");
    }
    let bytes = read_file(Path::new(EXPECTED)).expect("the expectations can be read");
    let expected = String::from_utf8(bytes).expect("the expectations are UTF-8");
    let (was, is): (BTreeSet<&str>, BTreeSet<&str>) =
        (expected.lines().collect(), report.lines().collect());
    let gone: Vec<&&str> = was.difference(&is).collect();
    let new: Vec<&&str> = is.difference(&was).collect();
    assert!(
        gone.is_empty() && new.is_empty(),
        "was {gone:#?}\nis {new:#?}\nUPDATE=1 writes it anew"
    );
}

#[test]
fn what_only_looks_like_personal_data_survives() {
    let bytes = read_file(Path::new(LOOK_ALIKES)).expect("the look-alikes can be read");
    let text = String::from_utf8(bytes).expect("the look-alikes are UTF-8");
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect();
    assert!(lines.len() >= 40, "{} look-alikes", lines.len());
    let secrets = Secrets::new(73);
    let mut planted = register(&secrets);
    let prose: String = lines.iter().map(|line| format!("{line}\n\n")).collect();
    record(
        &mut planted,
        "看着像而不是(示例)",
        &format!("note = {}\n", quoted(&lines.join("\n\n"))),
        &prose,
    );
    planted.insert("attachments/a.txt".to_owned(), text.clone().into());
    let (files, outcome) = build(&planted);
    assert_eq!(became(&outcome, &files, &secrets), "kept out");
    let page = outcome
        .artifacts
        .iter()
        .find(|artifact| artifact.route().as_str() == "fund/2024-09.html")
        .expect("the record has its page");
    let page = String::from_utf8_lossy(page.bytes());
    // A telephone number is a link in the middle of its line.
    let page: String = page.split('<').filter_map(|part| Some(part.split_once('>')?.1)).collect();
    let page = page.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">");
    let plain = |text: &str| text.chars().filter(|sign| sign.is_alphanumeric()).collect::<String>();
    let page = plain(&page.replace("&quot;", "\"").replace("&#39;", "'"));
    let missing: Vec<usize> =
        (0..lines.len()).filter(|at| !page.contains(&plain(lines[*at]))).collect();
    assert!(missing.is_empty(), "these lines are gone from the page: {missing:?}");
}
