//! The gate: a withheld value that was planted in a page stops the whole site.
//!
//! Templates see released values only, so a mark can get into a page in two ways: someone typed it
//! where public words belong, or someone wrote it into the theme. Each planting is one of these,
//! in every disguise a page can give it.

use std::collections::BTreeMap;
use std::path::Path;

use mingbai::diag::{Finding, Severity};
use mingbai::files::{Files, read_file};
use mingbai::pipeline::{self, Outcome, Settings};
use mingbai::site::url::encode;
use mingbai::text::Day;
use mingbai::text::normal::fold;
use tempfile::TempDir;

use crate::canary::{Dice, card, id_number, name, phone, quoted};
use crate::program::{self, Run};

/// The folder of the built-in theme.
const THEME: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/themes/mingbai");

/// The small register of the rules' fixtures.
const BASE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/rules/base");

/// Which of the values is a working note.
const REMARK: usize = 4;

/// The day of the builds.
const DAY: &str = "2025-06-30";

/// Values that stay behind, one of each sort.
struct Secrets {
    name: String,
    id_number: String,
    phone: String,
    account: String,
    remark: String,
}

impl Secrets {
    /// Makes them up.
    fn new(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        Self {
            name: name(&mut dice),
            id_number: id_number(&mut dice),
            phone: phone(&mut dice),
            account: card(&mut dice),
            remark: format!("内部核查{}", name(&mut dice)),
        }
    }

    /// Returns each of them.
    fn all(&self) -> [&str; 5] {
        [&self.name, &self.id_number, &self.phone, &self.account, &self.remark]
    }

    /// Returns a list in which they stand where they belong.
    fn list(&self) -> String {
        format!(
            "id = \"2024-01\"\ntitle = \"外出务工交通补助(示例)\"\nplace = \"990101001\"\ncategory = \"travel\"\n\
             scheme = \"外出务工交通补助\"\ntotal = \"500元\"\nhouseholds = \"1户\"\nentries = [\n  {{ name = {}, \
             id_number = {}, phone = {}, account = {}, remark = {}, village = \"990101001\", amount = \"500元\" }},\n]\n",
            quoted(&self.name),
            quoted(&self.id_number),
            quoted(&self.phone),
            quoted(&self.account),
            quoted(&self.remark),
        )
    }

    /// Returns which sort of them stands in some words; never the value.
    fn repeated_in(&self, words: &str) -> Option<&'static str> {
        let folded = fold(words);
        let sorts = ["the name", "the id number", "the phone", "the account", "the remark"];
        let stands = |secret: &str| {
            let wanted = fold(secret);
            folded.windows(wanted.len()).any(|window| window == wanted) || words.contains(secret)
        };
        sorts.into_iter().zip(self.all()).find(|(_, secret)| stands(secret)).map(|(sort, _)| sort)
    }
}

/// Files by their path in a register.
type Register = BTreeMap<String, Vec<u8>>;

/// A way in which a value gets into a page: its name, and what it changes in the register.
type Planting = (&'static str, fn(&mut Register, &str));

/// Every way.
const PLANTINGS: &[Planting] = &[
    ("a template", |files, mark| template(files, &format!("<p>{mark}</p>"))),
    ("an attribute", |files, mark| template(files, &format!("<p title=\"{mark}\">x</p>"))),
    ("an element's name of its own", |files, mark| {
        template(files, &format!("<p data-{mark}>x</p>"));
    }),
    ("a script", |files, mark| template(files, &format!("<script>var a = \"{mark}\";</script>"))),
    ("a template, broken up by markup", |files, mark| {
        template(files, &format!("<p>{}</p>", between(mark, "<b>", "</b>")));
    }),
    ("a template, as entities", |files, mark| {
        let entities: String =
            mark.chars().map(|letter| format!("&#{};", u32::from(letter))).collect();
        template(files, &format!("<p>{entities}</p>"));
    }),
    ("a link of a template, percent-encoded", |files, mark| {
        template(files, &format!("<a href=\"https://example.org/?q={}\">x</a>", percent(mark)));
    }),
    ("a word of the frame", |files, mark| {
        files.insert(
            "theme/i18n/zh.toml".to_owned(),
            format!("missing_text = {}\n", quoted(mark)).into(),
        );
    }),
    ("a script of the theme, escaped", |files, mark| {
        let escaped: String = mark.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
        files.insert("theme/assets/mark.js".to_owned(), format!("var a = \"{escaped}\";\n").into());
    }),
    ("a picture of the theme", |files, mark| {
        let svg = format!("<svg xmlns=\"http://www.w3.org/2000/svg\"><text>{mark}</text></svg>\n");
        files.insert("theme/assets/mark.svg".to_owned(), svg.into());
    }),
    ("a name of a theme file", |files, mark| {
        files.insert(format!("theme/assets/{mark}.css"), b"p { color: red }\n".to_vec());
    }),
    ("a title", |files, mark| record(files, &format!("{mark}的项目"), "", "")),
    ("a title, full-width", |files, mark| record(files, &wide(mark), "", "")),
    ("a title, with signs nobody sees", |files, mark| {
        record(files, &between(mark, "\u{200b}", "\u{2060}"), "", "");
    }),
    ("a title, with spaces", |files, mark| record(files, &between(mark, " ", "-"), "", "")),
    ("an id", |files, mark| {
        let text = format!(
            "id = {}\ntitle = \"示例\"\nplace = \"990101001\"\nyear = \"2024\"\nlevel = \"county\"\navailable = \"1万元\"\n",
            quoted(mark)
        );
        files.insert("funds/2024/2024-09.toml".to_owned(), text.into());
    }),
    ("the id of the list itself", |files, mark| {
        let list = String::from_utf8(files["grants/2024/2024-01.toml"].clone()).expect("UTF-8");
        let list = list.replacen("\"2024-01\"", &quoted(mark), 1);
        files.insert("grants/2024/2024-01.toml".to_owned(), list.into());
    }),
    ("a note", |files, mark| record(files, "示例", &format!("note = {}\n", quoted(mark)), "")),
    ("a reason for a finding", |files, mark| {
        let reason = quoted(&format!("因为{mark}"));
        record(
            files,
            "示例",
            &format!("accepted = [{{ code = \"late-publication\", reason = {reason} }}]\n"),
            "",
        );
    }),
    ("prose", |files, mark| record(files, "示例", "", &format!("经核实,{mark}情况属实。\n"))),
    ("prose, broken up by stars", |files, mark| {
        record(files, "示例", "", &format!("{}\n", between(mark, "**", "**")));
    }),
    ("prose, in a table", |files, mark| {
        record(files, "示例", "", &format!("| 一 | 二 |\n|---|---|\n| {mark} | x |\n"));
    }),
    ("a link of prose, percent-encoded", |files, mark| {
        record(files, "示例", "", &format!("[看](https://example.org/{})\n", percent(mark)));
    }),
    ("the name of a place", |files, mark| {
        let place = format!(
            "[[place]]\ncode = \"990101009\"\nname = {}\nlevel = \"village\"\nparent = \"990101\"\n",
            quoted(mark)
        );
        append(files, "places.toml", &place);
    }),
    ("the site's own words", |files, mark| {
        let text = String::from_utf8(files["site.toml"].clone()).expect("the base is UTF-8");
        let text = text.replacen("place =", &format!("description = {}\nplace =", quoted(mark)), 1);
        files.insert("site.toml".to_owned(), text.into());
    }),
    ("an attachment", |files, mark| {
        files.insert("attachments/a.txt".to_owned(), format!("名单:{mark}\n").into());
        record(files, "示例", "attachments = [\"a.txt\"]\n", "");
    }),
];

/// Writes a page of the theme with something in it.
pub(crate) fn template(files: &mut Register, html: &str) {
    let page =
        read_file(&Path::new(THEME).join("templates/404.html")).expect("the theme has the page");
    let page = String::from_utf8(page).expect("templates are UTF-8");
    let opening = "{% block main %}";
    assert!(page.contains(opening), "the page fills the frame");
    let page = page.replacen(opening, &format!("{opening}{html}"), 1);
    files.insert("theme/templates/404.html".to_owned(), page.into());
}

/// Writes a record whose kind carries prose.
fn record(files: &mut Register, title: &str, fields: &str, prose: &str) {
    let text = format!(
        "+++\nid = \"2024-09\"\ntitle = {}\nplace = \"990101001\"\nyear = \"2024\"\nlevel = \"county\"\n\
         available = \"1万元\"\n{fields}+++\n{prose}",
        quoted(title)
    );
    files.insert("funds/2024/2024-09.md".to_owned(), text.into());
}

/// Adds to a file.
fn append(files: &mut Register, path: &str, text: &str) {
    let file = files.get_mut(path).expect("the base has the file");
    file.extend_from_slice(format!("\n{text}").as_bytes());
}

/// Returns a value with something around its second letter.
fn between(mark: &str, before: &str, after: &str) -> String {
    let mut letters = mark.chars();
    let first = letters.next().expect("a mark has letters");
    let second = letters.next().expect("a mark has more than one letter");
    format!("{first}{before}{second}{after}{}", letters.as_str())
}

/// Returns a value with ASCII signs in their full-width forms.
fn wide(mark: &str) -> String {
    let widened = |letter: char| match letter {
        '!'..='~' => {
            char::from_u32(u32::from(letter) + 0xFEE0).expect("every sign has a wide form")
        }
        other => other,
    };
    mark.chars().map(widened).collect()
}

/// Returns a value with every byte percent-encoded.
fn percent(mark: &str) -> String {
    mark.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// Returns the base register with a list in which the values stand.
fn register(secrets: &Secrets) -> Register {
    let files = Files::read(Path::new(BASE)).expect("the base can be read");
    let mut register: Register =
        files.iter().map(|(path, bytes)| (path.to_string(), bytes.to_vec())).collect();
    register.insert("grants/2024/2024-01.toml".to_owned(), secrets.list().into());
    register
}

/// Builds a site in memory.
fn build(register: &Register) -> Outcome {
    let as_of = Day::parse(DAY).expect("a day");
    let settings =
        Settings { as_of, as_of_asked: true, base_url: None, keep_going: false, key: None };
    pipeline::run(&Files::of(register.clone()), &settings, &|_| {})
}

#[test]
fn without_a_planting_the_site_is_built() {
    let outcome = build(&register(&Secrets::new(1)));
    assert_eq!(outcome.report.findings().len(), 0, "{:?}", outcome.report);
    assert!(outcome.leaks.is_empty() && outcome.artifacts.len() > 20);
}

#[test]
fn every_planting_stops_the_site() {
    let secrets = Secrets::new(2);
    let mut passed = Vec::new();
    let mut by_gate = 0;
    for (planting, plant) in PLANTINGS {
        for (sort, mark) in secrets.all().iter().enumerate() {
            let mut files = register(&secrets);
            plant(&mut files, mark);
            let outcome = build(&files);
            // What looks like personal data in an attachment is found before the gate looks for it.
            let unsafe_file = |finding: &&Finding| finding.code.name() == "unsafe-attachment";
            let errors = outcome.report.findings().iter();
            let errors = errors.filter(|finding| finding.severity == Severity::Error);
            for finding in errors {
                // A slip in content is found with its place; nothing else may be wrong.
                let span = &finding.primary.span;
                assert!(
                    finding.code.is_private() && span.start < span.end || unsafe_file(&finding),
                    "{planting}: {finding:?}"
                );
            }
            let unsafe_attachment = outcome.report.findings().iter().any(|it| unsafe_file(&it));
            let found =
                outcome.report.is_private() || unsafe_attachment || !outcome.leaks.is_empty();
            if !found || !outcome.artifacts.is_empty() {
                passed.push(format!("{planting}, value {sort}"));
            }
            by_gate += usize::from(!outcome.leaks.is_empty());
            // No rule knows working notes: those are the gate's alone.
            assert!(sort != REMARK || !outcome.leaks.is_empty(), "{planting}: only the gate can");
            assert!(
                outcome.leaks.iter().all(|leak| {
                    leak.origin().is_some_and(|origin| origin.record.starts_with("grant/"))
                }),
                "{planting}"
            );
        }
    }
    assert!(passed.is_empty(), "these get out:\n{}", passed.join("\n"));
    // Templates, words, scripts and files of the theme, in which no rule looks, and attachments.
    assert!(by_gate >= 12 * 5, "the gate stopped only {by_gate}");
}

#[test]
fn words_that_only_look_like_a_value_stop_nothing() {
    let secrets = Secrets::new(3);
    let first = |text: &str, count: usize| text.chars().take(count).collect::<String>();
    let mut files = register(&secrets);
    let parts = [first(&secrets.name, 1), first(&secrets.id_number, 6), first(&secrets.phone, 7)];
    record(&mut files, &parts.join("、"), "", &format!("{}。\n", parts.join("和")));
    let outcome = build(&files);
    assert_eq!(outcome.leaks, [], "{:?}", outcome.report);
    assert!(!outcome.artifacts.is_empty());
}

#[test]
fn what_could_not_be_read_is_looked_for_all_the_same() {
    let secrets = Secrets::new(5);
    let wrong = format!("{}{}", &secrets.id_number[..17], "X");
    let wrong = if wrong == secrets.id_number { wrong.replace('X', "0") } else { wrong };
    // A number that was mistyped is still somebody's, and so is one under a mistyped key.
    let ways = [(secrets.id_number.as_str(), wrong.as_str()), ("id_number =", "id_nunber =")];
    for (right, mistyped) in ways {
        let mut files = register(&secrets);
        let list = secrets.list().replacen(right, mistyped, 1);
        files.insert("grants/2024/2024-01.toml".to_owned(), list.into());
        let number = if right == secrets.id_number { &wrong } else { &secrets.id_number };
        // In a title it would be found as an identity number; in a template only the gate looks.
        template(&mut files, &format!("<p>{number}</p>"));
        let as_of = Day::parse(DAY).expect("a day");
        let settings =
            Settings { as_of, as_of_asked: true, base_url: None, keep_going: true, key: None };
        let outcome = pipeline::run(&Files::of(files), &settings, &|_| {});
        assert!(outcome.report.has_errors(), "the slip is found");
        assert!(
            !outcome.leaks.is_empty() && outcome.artifacts.is_empty(),
            "{}",
            if right == "id_number =" { "an unknown key" } else { "a bad number" }
        );
    }
}

/// Builds with the binary; returns what it came to.
fn by_program(project: &Path, lang: &str) -> Run {
    program::run(project, &["build", "--as-of", DAY, "--lang", lang])
}

#[test]
fn the_program_stops_says_where_and_touches_nothing() {
    let secrets = Secrets::new(4);
    let folder = TempDir::new().expect("a folder can be made");
    let content = folder.path().join("content");
    let good = register(&secrets);
    program::lay(&content, &good);
    let first = by_program(folder.path(), "zh");
    assert_eq!(first.code, 0, "{}", first.words);
    assert_eq!(secrets.repeated_in(&first.words), None);
    let public = program::tree(&folder.path().join("public"));
    let mut repeated = Vec::new();
    for (number, (planting, plant)) in PLANTINGS.iter().enumerate() {
        let mut bad = good.clone();
        plant(&mut bad, secrets.all()[number % 5]);
        program::lay(&content, &bad);
        for lang in ["zh", "en"] {
            let run = by_program(folder.path(), lang);
            assert_eq!(run.code, 3, "{planting}: {}", run.words.len());
            assert!(run.words.contains("grant"), "{planting}: the record is named");
            repeated
                .extend(secrets.repeated_in(&run.words).map(|sort| format!("{planting}: {sort}")));
        }
        assert!(
            program::tree(&folder.path().join("public")) == public,
            "{planting}: the old site is touched"
        );
        for path in bad.keys().filter(|path| !good.contains_key(*path)) {
            program::take(&content.join(path));
        }
        program::lay(&content, &good);
    }
    assert!(repeated.is_empty(), "the program repeats the value: {repeated:?}");
    assert_eq!(by_program(folder.path(), "zh").code, 0, "what was planted is gone");
}

#[test]
fn links_are_encoded_as_the_site_does() {
    // The gate decodes whatever the site's own encoding may write.
    assert_eq!(encode("垭"), percent("垭"));
}
