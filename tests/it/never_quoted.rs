//! What the program says quotes nobody: panics, errors of libraries, names of files.

use std::path::Path;
use std::process::Command;

use mingbai::cli::panic;
use mingbai::diag::source::Shown;
use mingbai::diag::{FORMS, Report, Sources};
use mingbai::files::Files;
use mingbai::pipeline::{self, Settings};
use mingbai::records::{self, Look};
use mingbai::text::{Day, Lang};
use rayon::prelude::*;
use tempfile::TempDir;

use crate::program::{lay, run};

/// What nobody must see.
const MARKS: [&str; 5] =
    ["㐀㐁㐂", "99010119900307731X", "19900001234", "9901000000000000018", "1990-03-07"];

/// The test that runs itself once more, in a process of its own, and the sign by which it knows
/// that it is there.
const CHILD: (&str, &str) = ("never_quoted::a_panic_says_where_and_nothing_else", "PANIC_NOW");

/// Returns the marks that stand in some words.
fn marks_in(words: &str) -> Vec<usize> {
    (0..MARKS.len()).filter(|at| words.contains(MARKS[*at])).collect()
}

/// Panics in every way that has words, with marks in them.
fn panic_in_every_way() {
    panic::install();
    let [name, id, phone, card, day] = MARKS;
    let broken: Result<(), String> = Err(name.to_owned());
    let sorts: [&(dyn Fn() + Sync); 7] = [
        &|| std::panic::panic_any(id.to_owned()),
        &|| panic!("{phone}"),
        &|| broken.clone().expect("{card}"),
        &|| assert_eq!(card, day, "{name}"),
        &|| drop(name[..1].to_owned()),
        &|| assert_eq!(day.parse::<u32>().expect(name), 0),
        &|| drop([id].par_iter().map(|id| panic!("{id}")).collect::<Vec<()>>()),
    ];
    for sort in sorts {
        assert!(panic::contained(sort).is_none(), "it panics");
    }
    let thread = std::thread::spawn(move || panic!("{name} in a thread"));
    assert!(thread.join().is_err(), "it panics");
}

#[test]
fn a_panic_says_where_and_nothing_else() {
    let (name, sign) = CHILD;
    if std::env::var_os(sign).is_some() {
        return panic_in_every_way();
    }
    for trace in ["0", "1", "full"] {
        let output = Command::new(std::env::current_exe().expect("the test knows itself"))
            .args(["--exact", name, "--nocapture", "--test-threads=1"])
            .env(sign, "1")
            .env("RUST_BACKTRACE", trace)
            .output()
            .expect("the test can be run");
        let words = [&*output.stdout, &*output.stderr].concat();
        let words = String::from_utf8_lossy(&words);
        assert!(output.status.success(), "{words}");
        assert!(words.contains("1 passed"), "the test was run: {words}");
        assert_eq!(marks_in(&words), Vec::<usize>::new(), "a panic quotes");
        let told = words.matches("this is a bug of the program").count();
        assert_eq!(told, 8, "each panic says that it is one");
        assert!(words.contains("tests/it/never_quoted.rs:"), "each says where");
        assert!(!words.contains("stack backtrace"), "a trace of calls is shown");
    }
}

/// Writes findings in each form and language.
fn written(files: &Files, report: &Report, shown: &Shown) -> String {
    let sources = Sources::new(files, shown);
    let forms = FORMS
        .iter()
        .flat_map(|form| [Lang::Zh, Lang::En].map(|lang| form.write(report, &sources, lang)));
    forms.collect()
}

/// Returns what `check` may say of a register.
fn findings(files: &Files) -> String {
    let opened = records::open(files, &Look::default());
    written(files, opened.report(), opened.shown())
}

/// Returns everything that may be said of a register: its findings, and those of building it as far
/// as it goes.
fn all_that_is_said(files: &Files) -> String {
    let as_of = Day::parse("2024-03-10").expect("a day");
    let settings =
        Settings { as_of, as_of_asked: true, base_url: None, keep_going: true, key: None };
    let outcome = pipeline::run(files, &settings, &|_| {});
    findings(files) + &written(files, &outcome.report, &outcome.shown)
}

/// Returns the small register with files laid over it.
fn register(over: &[(&str, String)]) -> Files {
    let brought = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmd/build.in/content");
    let base = Files::read(&brought).expect("the register can be read");
    let base = base.iter().map(|(path, bytes)| (path.to_string(), bytes.to_vec()));
    let over = over.iter().map(|(path, text)| ((*path).to_owned(), text.clone().into_bytes()));
    Files::of(base.chain(over))
}

/// Every way of breaking TOML, with `@` where a mark stands.
const BROKEN: [&str; 27] = [
    "@ = 1\n@ = 2\n",
    "\"@\" = 1\n\"@\" = 2\n",
    "[\"@\"]\na = 1\n[\"@\"]\na = 2\n",
    "a = 1\n[a.\"@\"]\nb = 1\n",
    "a = @\n",
    "a = \"@\n",
    "a = '@\n",
    "a = \"\"\"@\n",
    "a = \"\\@\"\n",
    "a = \"\\u{@}\"\n",
    "a = 0x@\n",
    "a = 0@\n",
    "a = @.@.@\n",
    "a = @e@\n",
    "a = @T25:61:61\n",
    "a = 1990-13-@\n",
    "a = +@+\n",
    "a = [@, @\n",
    "a = { @ = 1, @ }\n",
    "a = { \"@\" = 1, \"@\" = 2 }\n",
    "@\n",
    "= @\n",
    "[@\n",
    "[[@]\n",
    "a.@.b = 1\na.@ = 2\n",
    "a = true@\n",
    "a = inf@ # \u{7}@\n",
];

#[test]
fn errors_of_the_toml_reader_quote_nothing() {
    const PLACES: [&str; 9] = [
        "grants/2024/2024-01.toml",
        "site.toml",
        "places.toml",
        "kinds/wombat.toml",
        "kinds/grant.toml",
        "kinds/holidays.toml",
        "holidays.toml",
        "theme/theme.toml",
        "theme/i18n/zh.toml",
    ];
    let places = PLACES.par_iter().flat_map_iter(|place| BROKEN.map(|broken| (*place, broken)));
    places.for_each(|(place, broken)| {
        for (at, mark) in MARKS.iter().enumerate() {
            // Each place has each mark in some of the ways, and records have all in every way.
            if place != PLACES[0] && at != broken.len() % MARKS.len() {
                continue;
            }
            let files = register(&[(place, broken.replace('@', mark))]);
            let said = if place.starts_with("theme/") {
                all_that_is_said(&files)
            } else {
                findings(&files)
            };
            assert_eq!(marks_in(&said), Vec::<usize>::new(), "{place}: {broken} with mark {at}");
        }
    });
}

/// Kind files that are TOML and no kinds, with `@` where a mark stands.
const NO_KINDS: [&str; 16] = [
    "label = @\n",
    "label = \"@\"\n",
    "label = { zh = @, en = \"a\" }\n",
    "\"@\" = 1\n",
    "label = { zh = \"a\", en = \"a\", \"@\" = 1 }\n",
    "label = { zh = \"a\", en = \"a\" }\nretention = \"@\"\n",
    "label = { zh = \"a\", en = \"a\" }\nsection = \"@\"\n",
    "label = { zh = \"a\", en = \"a\" }\ndeadline = \"@\"\n",
    "label = { zh = \"a\", en = \"a\" }\ncolumns = [\"@\"]\nfacets = [\"@\"]\n",
    "label = { zh = \"a\", en = \"a\" }\n[fields.\"@\"]\ntype = \"text\"\n",
    "label = { zh = \"a\", en = \"a\" }\n[fields.a]\ntype = \"@\"\nlabel = { zh = \"a\", en = \"a\" }\n",
    "label = { zh = \"a\", en = \"a\" }\n[fields.a]\ntype = \"text\"\nclass = \"@\"\nrole = \"@\"\nformat = \"@\"\nlabel = { zh = \"a\", en = \"a\" }\n",
    "label = { zh = \"a\", en = \"a\" }\n[tables.\"@\"]\nx = \"\\\"@\"\n",
    "label = { zh = \"a\", en = \"a\" }\n[policy.\"@\"]\n\"@\" = \"@\"\n[policy.web]\n\"@\" = \"show\"\nphone = \"@\"\n",
    "label = { zh = \"a\", en = \"a\" }\n[[equations]]\ntotal = \"@\"\nplus = [\"@\", \"@.@\"]\n",
    "label = { zh = \"a\", en = \"a\" }\nbasis = \"\\\"`@`\\\"\"\nsentence = { zh = \"{@}\", en = \"{@}\" }\ninclude = [\"@\"]\n",
];

#[test]
fn faults_of_kinds_quote_nothing() {
    for file in NO_KINDS {
        let mut found = 0;
        for (at, mark) in MARKS.iter().enumerate() {
            let said = findings(&register(&[("kinds/wombat.toml", file.replace('@', mark))]));
            found += usize::from(said.contains("kinds/wombat.toml"));
            assert_eq!(marks_in(&said), Vec::<usize>::new(), "{file} with mark {at}");
        }
        assert!(found > 0 || !file.contains("\n["), "{file}: nothing is found");
    }
}

#[test]
fn a_file_named_after_somebody_is_not_named() {
    let person = "㐀㐁㐂";
    let rows = format!(
        "entries = [\n  {{ name = \"{person}\", id_number = \"99010119900307731X\", village = \"990101001\", amount = \"许多\" }},\n]\n"
    );
    let head = "title = \"补助(示例)\"\nplace = \"990101001\"\ncategory = \"travel\"\nscheme = \"补助\"\ntotal = \"1元\"\nhouseholds = \"1户\"\n";
    let text = format!("id = \"2024-09\"\n{head}{rows}");
    let path = format!("grants/2024/{person}.toml");
    let files = register(&[(&path, text)]);
    let said = all_that_is_said(&files);
    assert!(!said.contains(person), "the file is named");
    assert!(said.contains("grants/2024/***"), "the folder helps the writer");
    // The same from the program itself, in each form, from `build` too.
    let folder = TempDir::new().expect("a folder can be made");
    let written = files.iter().map(|(path, bytes)| (format!("content/{path}"), bytes.to_vec()));
    lay(folder.path(), &written.collect::<std::collections::BTreeMap<_, _>>());
    let mut ways: Vec<Vec<&str>> =
        FORMS.iter().map(|form| vec!["check", "--format", form.name()]).collect();
    ways.extend([vec!["build"], vec!["build", "--keep-going"], vec!["board"]]);
    for way in ways {
        for lang in ["zh", "en"] {
            let said = run(folder.path(), &[way.as_slice(), &["--lang", lang]].concat()).words;
            assert!(!said.contains(person), "{way:?} names the file");
        }
    }
}

#[test]
fn template_errors_quote_nobody() {
    for template in [
        "{{ record.㐀㐁㐂 }}",
        "{{ \"㐀㐁㐂\" | nothing }}",
        "{% include \"㐀㐁㐂\" %}",
        "{{ \"19900001234\" + 1 }}",
        "{% if \"19900001234\" %}",
    ] {
        let person = "entries = [\n  { name = \"㐀㐁㐂\", phone = \"19900001234\", village = \"990101001\", amount = \"1元\" },\n]\n";
        let record = format!(
            "id = \"2024-09\"\ntitle = \"补助(示例)\"\nplace = \"990101001\"\ncategory = \"travel\"\nscheme = \"补助\"\ntotal = \"1元\"\nhouseholds = \"1户\"\n{person}"
        );
        let files = register(&[
            ("grants/2024/2024-09.toml", record),
            ("theme/templates/home.html", template.to_owned()),
        ]);
        let said = all_that_is_said(&files);
        assert!(said.contains("error[template]"), "{template}: nothing is found");
        assert_eq!(marks_in(&said), Vec::<usize>::new(), "{template}");
    }
}
