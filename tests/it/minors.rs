//! People who are not of age: whatever a kind and its policy say, no edition names them.
//!
//! The kind of these tests shows everything to everyone. Each mark is made of characters that no page
//! uses, so that a single one of them proves a leak: a minor's first character is looked for, too.

use std::collections::BTreeMap;

use mingbai::files::Files;
use mingbai::pipeline::{self, Outcome, Settings};
use mingbai::records::schema::Class;
use mingbai::records::{self, Audience, Edition, Look};
use mingbai::text::Day;

use crate::canary::{PLACES, SITE, with_check_digit};

/// Columns with their types and classes.
const COLUMNS: [(&str, &str, &str); 14] = [
    ("name", "person", "person-name"),
    ("guardian", "person", "person-name"),
    ("id_number", "code\"\nformat = \"id-number", "id-number"),
    ("born", "date", "birth-date"),
    ("pupil", "text", "certificate"),
    ("guardian_phone", "text", "phone"),
    ("mail", "text", "email"),
    ("school", "text", "family"),
    ("photo", "text", "photo"),
    ("home", "text", "address"),
    ("ill", "text", "health"),
    ("remark", "long-text", "free-text"),
    ("nickname", "text", "minor"),
    ("item", "text", "public"),
];

/// The columns that are marks, in the order of a case's characters.
const MARKED: [&str; 10] = [
    "name",
    "guardian",
    "guardian_phone",
    "mail",
    "school",
    "photo",
    "home",
    "ill",
    "remark",
    "nickname",
];

/// Returns the kind: a policy that shows every class to everyone.
fn kind(minors: bool) -> String {
    // What is of class minor can be shown to nobody; a kind that tries has a fault.
    let said = |class| if class == Class::Minor { "mask" } else { "show" };
    let rule = |(class, name): &(Class, &str)| format!("{name} = \"{}\"\n", said(*class));
    let show: String = Class::ALL.iter().map(rule).collect();
    let columns: String = COLUMNS
        .iter()
        .map(|(key, kind, class)| {
            format!(
                "[tables.rows.fields.{key}]\ntype = \"{kind}\"\nlabel = {{ zh = \"{key}\", en = \"{key}\" }}\nclass = \"{class}\"\n"
            )
        })
        .collect();
    format!(
        "label = {{ zh = \"花名册\", en = \"Roll\" }}\nsection = \"data\"\ninclude = [\"base\"]\nminors = {minors}\n\
         channels = {{ web = true, board = true }}\n[policy.web]\n{show}[policy.board]\n{show}\
         [tables.rows]\nlabel = {{ zh = \"人\", en = \"People\" }}\n{columns}"
    )
}

/// One row: what it says of an age.
struct Case {
    what: &'static str,
    says: String,
}

/// Returns the mark of a column in a row: four characters of CJK extension B, no two marks alike
/// and none another form of a second.
fn mark(row: usize, column: usize) -> String {
    let first = 0x20000 + u32::try_from((row * MARKED.len() + column) * 4).expect("few rows");
    (first..first + 4).filter_map(char::from_u32).collect()
}

/// Returns an identity number of somebody born on a day.
fn id(born: &str) -> String {
    with_check_digit(&format!("990101{born}001"))
}

/// Returns an identity number whose check digit is wrong.
fn wrong(born: &str) -> String {
    let number = id(born);
    let digit = if number.ends_with('1') { '2' } else { '1' };
    format!("{}{digit}", &number[..17])
}

/// Returns the register with a row for each case.
fn register(cases: &[Case], minors: bool) -> Files {
    let rows: String = cases
        .iter()
        .enumerate()
        .map(|(row, case)| {
            // A class about minors would say how old somebody is, so only some rows have it.
            let columns = MARKED.iter().enumerate().filter(|(_, key)| **key != "nickname");
            let marks: Vec<String> =
                columns.map(|(column, key)| format!("{key} = \"{}\"", mark(row, column))).collect();
            let says =
                if case.says.is_empty() { String::new() } else { format!(", {}", case.says) };
            format!("  {{ item = \"第{row}项\", {}{says} }},\n", marks.join(", "))
        })
        .collect();
    let record =
        format!("id = \"r\"\ntitle = \"花名册(示例)\"\nplace = \"990101001\"\nrows = [\n{rows}]\n");
    Files::of(BTreeMap::from([
        ("site.toml".to_owned(), SITE.as_bytes().to_vec()),
        ("places.toml".to_owned(), PLACES.as_bytes().to_vec()),
        ("kinds/roll.toml".to_owned(), kind(minors).into_bytes()),
        ("roll/r.toml".to_owned(), record.into_bytes()),
    ]))
}

/// Returns everything each audience gets: the whole site, and both releases.
fn editions(files: &Files, day: &str) -> [(&'static str, String); 3] {
    let as_of = Day::parse(day).expect("a day");
    let settings =
        Settings { as_of, as_of_asked: true, base_url: None, keep_going: true, key: None };
    let outcome: Outcome = pipeline::run(files, &settings, &|_| {});
    assert!(outcome.leaks.is_empty(), "the gate caught {:?}", outcome.leaks.first());
    assert!(!outcome.artifacts.is_empty(), "there is a site");
    let site = outcome
        .artifacts
        .iter()
        // Written in other characters, a letter that is shown may become one of another mark.
        .map(|artifact| artifact.before().unwrap_or_else(|| artifact.bytes()))
        .map(|bytes| String::from_utf8_lossy(bytes).into_owned())
        .collect();
    let release = |audience| {
        let opened = records::open(files, &Look::default());
        let edition = Edition { audience, as_of, key: None, own_words: "", scripts: &[] };
        let (release, _) = opened.release(&edition);
        serde_json::to_string(&release).expect("a release can be written")
    };
    [("site", site), ("web", release(Audience::Web)), ("board", release(Audience::Board))]
}

/// Returns how many of a row's marks an edition shows, whole or by a single character.
fn shown(edition: &str, row: usize) -> usize {
    let marks = (0..MARKED.len()).map(|column| mark(row, column));
    marks.filter(|mark| mark.chars().any(|letter| edition.contains(letter))).count()
}

/// Fails when any edition shows anything of a young row, or hides anything of another.
#[track_caller]
fn check(cases: &[Case], young: &[bool], minors: bool, day: &str) {
    for (name, edition) in editions(&register(cases, minors), day) {
        for (row, case) in cases.iter().enumerate() {
            let count = shown(&edition, row);
            if young[row] {
                assert_eq!(count, 0, "{name}: {} is shown", case.what);
            } else {
                assert_eq!(count, MARKED.len() - 1, "{name}: {} is hidden", case.what);
            }
            assert!(edition.contains(&format!("第{row}项")), "{name}: what is public stays");
        }
    }
}

#[test]
fn no_edition_names_who_is_not_of_age() {
    let case = |what, says: String| Case { what, says };
    let cases = [
        case("an adult by number", format!("id_number = \"{}\"", id("20080304"))),
        case("a minor by number", format!("id_number = \"{}\"", id("20080305"))),
        case("a child by number", format!("id_number = \"{}\"", id("20200305"))),
        case("an adult by day", "born = 2008-03-04".to_owned()),
        case("a minor by day", "born = 2008-03-05".to_owned()),
        case("a child by day", "born = \"2019-12-31\"".to_owned()),
        case("a child of tomorrow", "born = 2026-03-06".to_owned()),
        case(
            "an adult's number and a minor's day",
            format!("id_number = \"{}\", born = 2010-01-01", id("19700101")),
        ),
        case("a number with a wrong check digit", format!("id_number = \"{}\"", wrong("20100101"))),
        case(
            "an adult's with a wrong check digit",
            format!("id_number = \"{}\"", wrong("19700101")),
        ),
        case("a number nobody can read", "id_number = \"x\"".to_owned()),
        case("a day nobody can read", "born = \"2010年\"".to_owned()),
        case("a key that is no column", format!("id_numbers = \"{}\"", id("20100101"))),
        case("a pupil's number", format!("pupil = \"G{}\"", id("20100101"))),
        case("a disability certificate", format!("pupil = \"{}41\"", id("20100101"))),
        case("no number and no day", String::new()),
    ];
    let young = [
        false, true, true, false, true, true, true, true, true, false, true, true, true, true,
        true, false,
    ];
    check(&cases, &young, false, "2026-03-05");
}

#[test]
fn old_numbers_of_fifteen_digits_tell_an_age_too() {
    let case = |what, number: &str| Case { what, says: format!("id_number = \"{number}\"") };
    let cases = [
        case("a minor", "990101850305001"),
        case("a child", "990101900305001"),
        case("an adult", "990101800305001"),
    ];
    check(&cases, &[true, true, false], false, "1999-06-01");
}

#[test]
fn in_a_kind_about_minors_a_row_is_a_minor_s_until_it_says_otherwise() {
    let case = |what, says: String| Case { what, says };
    let cases = [
        case("no number and no day", String::new()),
        case("an adult by number", format!("id_number = \"{}\"", id("19900101"))),
        case("a minor by day", "born = 2010-01-01".to_owned()),
    ];
    check(&cases, &[true, false, true], true, "2026-03-05");
}

#[test]
fn a_class_about_minors_makes_a_row_a_minor_s() {
    let case = |what, says: String| Case { what, says };
    let nickname = |row: usize| format!("nickname = \"{}\"", mark(row, MARKED.len() - 1));
    let files = register(&[case("a nickname and no number", nickname(0))], false);
    for (name, edition) in editions(&files, "2026-03-05") {
        assert_eq!(shown(&edition, 0), 0, "{name}");
    }
}

#[test]
fn what_is_of_class_minor_is_shown_beside_no_adult_s_number() {
    let nickname = mark(0, MARKED.len() - 1);
    let says = format!("id_number = \"{}\", nickname = \"{nickname}\"", id("19700101"));
    let files = register(&[Case { what: "a parent", says }], false);
    for (name, edition) in editions(&files, "2026-03-05") {
        // Everything of the parent, and nothing of the child.
        assert_eq!(shown(&edition, 0), MARKED.len() - 1, "{name}");
        assert!(!nickname.chars().any(|letter| edition.contains(letter)), "{name}");
    }
    let kind = kind(false).replace("minor = \"mask\"", "minor = \"show\"");
    let opened = records::open(&Files::of([("kinds/roll.toml", kind.as_str())]), &Look::default());
    let mut faults = opened.report().findings().iter().map(|finding| finding.message.en.as_str());
    assert!(faults.any(|words| words.contains("`minor` cannot be `show`")));
}

#[test]
fn the_name_becomes_a_word_for_a_minor_and_nothing_for_a_child() {
    let case = |what, says: String| Case { what, says };
    let cases = [
        case("a minor", "born = 2010-01-01".to_owned()),
        case("another", "born = 2010-01-02".to_owned()),
        case("a child", "born = 2019-01-01".to_owned()),
    ];
    let [(_, site), _, (_, board)] = editions(&register(&cases, false), "2026-03-05");
    assert!(site.contains("r,未成年人(1),") && site.contains("r,未成年人(2),"), "in the table");
    assert!(!site.contains("未成年人(3)") && !board.contains("未成年人(3)"));
    assert!(board.contains("未成年人(1)") && board.contains("未成年人(2)"));
    assert!(site.contains("未成年人保护法第72条"), "the legend says why");
}
