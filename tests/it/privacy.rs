//! The most important tests of the repository: nothing withheld ever gets out.
//!
//! The canary property: in registers where each withheld value is a mark of its own, no mark
//! stands in any artifact of any format, in any route, in any finding of any form, in any `Debug`
//! or in any answer of the server. It loops over the kinds, the formats and the forms, so a new
//! one is covered on arrival. A failure names the place of the mark and never the mark.

use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::sync::mpsc;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use mingbai::diag::{FORMS, Sources};
use mingbai::files::Files;
use mingbai::pipeline::{self, Outcome, Settings};
use mingbai::records::{self, Audience, Edition, Look, PublicRecord};
use mingbai::serve::{Listening, Service};
use mingbai::text::normal::{Escapes, Folded, Writing as Written, fold, fold_into};
use mingbai::text::{Day, Lang};
use tempfile::TempDir;

use crate::canary::{Canary, Maker, Mark, Writing};
use crate::program;

/// Days before, in, between and after the windows in which lists hang.
const DAYS: [&str; 5] = ["2025-02-28", "2025-03-05", "2025-04-01", "2025-05-20", "2026-01-01"];

/// Fewer lists than this prove nothing.
const LISTS: usize = 1000;

/// Finds marks in whatever a reader or a machine could take them from.
struct Sieve<'a> {
    marks: &'a [Mark],
    /// For each pattern, its mark.
    owners: Vec<usize>,
    raw: AhoCorasick,
    folded: AhoCorasick,
}

impl<'a> Sieve<'a> {
    /// Learns the marks.
    fn new(marks: &'a [Mark]) -> Self {
        let patterns = || {
            marks
                .iter()
                .enumerate()
                .flat_map(|(owner, mark)| mark.forms.iter().map(move |form| (owner, form)))
        };
        let owners = patterns().map(|(owner, _)| owner).collect();
        let raw: Vec<&str> = patterns().map(|(_, form)| form.as_str()).collect();
        let folded: Vec<Vec<u8>> = raw.iter().map(|form| fold(form)).collect();
        let finder = |patterns: Vec<&[u8]>| {
            let builder =
                AhoCorasick::builder().kind(Some(AhoCorasickKind::ContiguousNFA)).build(patterns);
            builder.expect("the marks fit into one automaton")
        };
        Self {
            marks,
            owners,
            folded: finder(folded.iter().map(Vec::as_slice).collect()),
            raw: finder(raw.iter().map(|form| form.as_bytes()).collect()),
        }
    }

    /// Returns the place of a mark that stands in some bytes, however it is written.
    fn find(&self, bytes: &[u8]) -> Option<&str> {
        let mut folded = Folded::default();
        let mut found = self.raw.find(bytes);
        let ways = [Written::Markup, Written::Plain]
            .into_iter()
            .flat_map(|writing| [(writing, Escapes::Decoded), (writing, Escapes::Plain)]);
        for way in ways {
            fold_into(bytes, way, &mut folded);
            found = found
                .or_else(|| self.folded.find(&folded.text))
                .or_else(|| self.folded.find(&folded.tags));
        }
        found.map(|found| self.marks[self.owners[found.pattern().as_usize()]].place.as_str())
    }

    /// Fails when a mark stands in some words.
    #[track_caller]
    fn clean(&self, what: &str, bytes: &[u8]) {
        assert_eq!(self.find(bytes), None, "{what} holds a mark");
    }
}

/// Returns the settings of a day.
fn settings(day: &str) -> Settings {
    let as_of = Day::parse(day).expect("a day of the list");
    Settings { as_of, as_of_asked: true, base_url: None, keep_going: true, key: None }
}

/// Builds a site in memory.
fn build(files: &Files, day: &str) -> Outcome {
    pipeline::run(files, &settings(day), &|_| {})
}

/// Fails when a mark stands in anything that came of a build.
fn nothing_gets_out(sieve: &Sieve<'_>, files: &Files, outcome: &Outcome) {
    for artifact in &outcome.artifacts {
        let route = artifact.route().as_str();
        sieve.clean(route, artifact.bytes());
        sieve.clean("a route", route.as_bytes());
    }
    let sources = Sources::new(files, &outcome.shown);
    for form in FORMS {
        for lang in [Lang::Zh, Lang::En] {
            let words = form.write(&outcome.report, &sources, lang);
            sieve.clean(&format!("the form {}", form.name()), words.as_bytes());
        }
    }
    sieve.clean(
        "Debug of the report",
        format!("{:?} {:?}", outcome.report, outcome.shown).as_bytes(),
    );
    sieve
        .clean("Debug of the facts", format!("{:?} {:?}", outcome.facts, outcome.leaks).as_bytes());
}

/// Returns the extension of a route.
fn extension(route: &str) -> &str {
    route.rsplit_once('.').map_or("", |(_, extension)| extension)
}

#[test]
fn marks_are_found_in_every_disguise() {
    let marks = [
        Mark { place: "name".to_owned(), forms: vec!["㐀㐁㐂".to_owned()] },
        Mark { place: "phone".to_owned(), forms: vec!["19900001234".to_owned()] },
    ];
    let sieve = Sieve::new(&marks);
    for text in [
        "前㐀㐁㐂后",
        "㐀<b>㐁</b>㐂",
        "㐀 㐁·㐂",
        "%E3%90%80%E3%90%81%E3%90%82",
        "<p title='㐀㐁㐂'>",
    ] {
        assert_eq!(sieve.find(text.as_bytes()), Some("name"), "{text}");
    }
    for text in
        ["199 0000 1234", "１９９００００１２３４", "199&#48;0001234", "\"199\\u00300001234\""]
    {
        assert_eq!(sieve.find(text.as_bytes()), Some("phone"), "{text}");
    }
    assert_eq!(sieve.find("㐀㐁 1990000".as_bytes()), None);
}

#[test]
fn nothing_withheld_is_in_any_site() {
    let maker = Maker::new();
    let (mut lists, mut seed) = (0, 0);
    let mut extensions = BTreeSet::new();
    let mut kept_back = BTreeSet::new();
    while lists < LISTS {
        let canary = maker.make(seed, 6, Writing::Sound);
        let sieve = Sieve::new(&canary.marks);
        let files = Files::of(canary.files.clone());
        let day = DAYS[usize::try_from(seed).expect("a small number") % DAYS.len()];
        let outcome = build(&files, day);
        // The door has to be right by itself: what the gate catches is a leak already.
        assert_eq!(
            outcome.leaks.len(),
            0,
            "seed {seed}: the gate caught {:?}",
            outcome.leaks.first()
        );
        assert!(!outcome.artifacts.is_empty(), "seed {seed}: there is no site");
        // Every mark was read and withheld, so that the test is about what it says.
        let withheld = outcome.facts.withheld;
        assert!(
            withheld >= canary.marks.len(),
            "seed {seed}: {withheld} of {}",
            canary.marks.len()
        );
        nothing_gets_out(&sieve, &files, &outcome);
        extensions.extend(
            outcome
                .artifacts
                .iter()
                .map(|artifact| extension(artifact.route().as_str()).to_owned()),
        );
        kept_back.insert(outcome.facts.kept_back);
        lists += canary.lists;
        seed += 1;
    }
    for wanted in ["html", "json", "csv", "xml", "txt"] {
        assert!(extensions.contains(wanted), "no {wanted} was searched");
    }
    assert!(kept_back.len() > 1, "lists hang on some days and not on others");
}

#[test]
fn nothing_withheld_is_in_any_board_edition() {
    let maker = Maker::of("board");
    let mut shown = 0;
    for seed in 0..25 {
        let canary = maker.make(2000 + seed, 4, Writing::Sound);
        let sieve = Sieve::new(&canary.marks);
        let opened = records::open(&Files::of(canary.files.clone()), &Look::default());
        let day = DAYS[usize::try_from(seed).expect("a small number") % DAYS.len()];
        let as_of = settings(day).as_of;
        let (release, withheld) = opened.release(&Edition {
            audience: Audience::Board,
            as_of,
            key: None,
            own_words: "",
            scripts: &[],
        });
        assert!(withheld.total() >= canary.marks.len(), "seed {seed}: not all was withheld");
        let written = serde_json::to_string(&release).expect("a release can be written");
        sieve.clean("the board edition", written.as_bytes());
        let tables = release.records().iter().flat_map(PublicRecord::tables);
        shown += tables.map(|table| table.rows().len()).sum::<usize>();
    }
    assert!(shown > 500, "only {shown} rows were shown");
}

#[test]
fn nothing_withheld_is_in_any_finding() {
    let maker = Maker::new();
    let mut codes = BTreeSet::new();
    for seed in 0..12 {
        let canary = maker.make(1000 + seed, 3, Writing::Broken);
        let sieve = Sieve::new(&canary.marks);
        let files = Files::of(canary.files.clone());
        let outcome = build(&files, DAYS[1]);
        assert_eq!(
            outcome.leaks.len(),
            0,
            "seed {seed}: the gate caught {:?}",
            outcome.leaks.first()
        );
        nothing_gets_out(&sieve, &files, &outcome);
        codes.extend(outcome.report.findings().iter().map(|finding| finding.code.name()));
    }
    for wanted in ["syntax", "wrong-type", "bad-code", "unknown-field"] {
        assert!(codes.contains(wanted), "no {wanted} among {codes:?}");
    }
}

#[test]
fn files_that_cannot_be_read_say_nothing_of_what_is_in_them() {
    let maker = Maker::new();
    let Canary { files, marks, .. } = maker.make(7, 1, Writing::Sound);
    let sieve = Sieve::new(&marks);
    let mut ruined = files.clone();
    for (number, (path, bytes)) in
        files.iter().filter(|(path, _)| path.contains("/2025/")).enumerate()
    {
        let text = String::from_utf8(bytes.clone()).expect("registers are UTF-8");
        let (path, bytes) = match number % 6 {
            0 => (path.clone(), [bytes.as_slice(), b"\xff"].concat()),
            1 => (format!("wombats/{number}.toml"), bytes.clone()),
            2 => (path.clone(), text.replacen("id = ", "di = ", 1).into_bytes()),
            3 => (path.clone(), text.replace('"', "'''").into_bytes()),
            4 => (
                path.replace(".toml", ".md"),
                format!("+++\nid = \"m{number}\"\n+++\n{text}").into_bytes(),
            ),
            _ => (path.replace(".toml", ".md"), text.into_bytes()),
        };
        ruined.remove(&path);
        ruined.insert(path, bytes);
    }
    let files = Files::of(ruined);
    let outcome = build(&files, DAYS[1]);
    assert!(outcome.report.findings().len() > 40, "the files are ruined");
    nothing_gets_out(&sieve, &files, &outcome);
}

#[test]
fn nothing_withheld_is_in_any_debug() {
    for writing in [Writing::Sound, Writing::Broken] {
        let canary = Maker::new().make(5, 1, writing);
        let sieve = Sieve::new(&canary.marks);
        let files = Files::of(canary.files.clone());
        let opened = records::open(&files, &Look::default());
        sieve.clean("Opened", format!("{opened:#?}").as_bytes());
        for audience in [Audience::Web, Audience::Board] {
            let (release, withheld) = opened.release(&Edition {
                audience,
                as_of: settings(DAYS[1]).as_of,
                key: None,
                own_words: "",
                scripts: &[],
            });
            sieve.clean("Withheld", format!("{withheld:#?}").as_bytes());
            if audience == Audience::Web {
                sieve.clean("Release", format!("{release:?}").as_bytes());
            }
        }
        sieve.clean("Outcome", format!("{:?}", build(&files, DAYS[1])).as_bytes());
    }
}

/// Serves a register in the background; returns the address, such as `127.0.0.1:4000`.
fn serve(content: &Path) -> String {
    let listening = Listening::on(0).expect("a port is free");
    let address = listening.url().trim_start_matches("http://").trim_end_matches('/').to_owned();
    let service =
        Service { content: content.to_owned(), settings: settings(DAYS[1]), lang: Lang::Zh };
    let (ready, wait) = mpsc::channel();
    // The server ends with the process; nobody hears what it says later.
    std::thread::spawn(move || {
        listening.serve(service, move |_| {
            let _nobody_waits_twice = ready.send(());
        })
    });
    wait.recv().expect("the server gets ready");
    address
}

/// Asks a server for an address under a name; returns the status and all of the answer.
fn ask(address: &str, host: &str, path: &str) -> (u16, Vec<u8>) {
    let mut stream = TcpStream::connect(address).expect("the server listens");
    let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).expect("the server takes a request");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("the server answers");
    let head = String::from_utf8_lossy(&answer[..answer.len().min(40)]).into_owned();
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
    (status.unwrap_or_else(|| panic!("{path}: {head}")), answer)
}

#[test]
fn the_server_gives_the_site_and_nothing_else() {
    let canary = Maker::new().make(11, 1, Writing::Sound);
    let sieve = Sieve::new(&canary.marks);
    let folder = TempDir::new().expect("a folder can be made");
    program::lay(folder.path(), &canary.files);
    let address = serve(folder.path());
    let outcome = build(&Files::of(canary.files.clone()), DAYS[1]);
    let mut paths: Vec<(String, u16)> = outcome
        .artifacts
        .iter()
        .map(|artifact| {
            (format!("/{}", mingbai::site::url::encode(artifact.route().as_str())), 200)
        })
        .collect();
    paths.extend(
        ["/", "/__mingbai/version", "/__mingbai/reload.js"].map(|path| (path.to_owned(), 200)),
    );
    paths.extend(
        ["/wombat.html", "/site.toml", "/relief/2025/r0.toml"].map(|path| (path.to_owned(), 404)),
    );
    paths.extend(
        [
            "/../site.toml",
            "/%2e%2e/site.toml",
            "/a/..%2f..%2fsite.toml",
            "/a%00",
            "/%zz",
            "/a\\..\\b",
        ]
        .map(|path| (path.to_owned(), 400)),
    );
    for (path, status) in paths {
        let (found, answer) = ask(&address, &address, &path);
        assert_eq!(found, status, "{path}");
        sieve.clean(&path, &answer);
    }
    for host in ["example.org", "127.0.0.1", "localhost:1", "127.0.0.1.example.org", ""] {
        for path in ["/", "/__mingbai/version", "/__mingbai/reload.js"] {
            assert_eq!(ask(&address, host, path).0, 403, "{path} under the name {host}");
        }
    }
}

#[test]
fn the_server_shows_findings_without_values() {
    let mut canary = Maker::new().make(13, 2, Writing::Broken);
    let sieve = Sieve::new(&canary.marks);
    // Without the site's own facts nothing can be built, whatever is kept going.
    canary.files.insert("theme/templates/base.html".to_owned(), b"{% if %}".to_vec());
    let folder = TempDir::new().expect("a folder can be made");
    program::lay(folder.path(), &canary.files);
    let address = serve(folder.path());
    for path in ["/", "/index.html", "/relief/index.html", "/wombat"] {
        let (status, answer) = ask(&address, &address, path);
        assert_eq!(status, 500, "{path}");
        assert!(answer.len() > 1000, "{path}: findings are shown");
        sieve.clean(path, &answer);
    }
}
