//! Marks in pages: they need a key, they say who is the same in one list, and they are no plain hash.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use data_encoding::{BASE32_NOPAD, BASE64, BASE64URL_NOPAD, HEXLOWER};
use md5::Md5;
use mingbai::files::Files;
use mingbai::pipeline::{self, Outcome, Phase, Settings};
use mingbai::text::{Day, Lang};
use mingbai::token::{Binding, Key};
use sha1::Sha1;
use sha2::{Digest as _, Sha224, Sha256, Sha384, Sha512};
use sm3::Sm3;
use tempfile::TempDir;

use crate::canary::{PLACES, SITE, with_check_digit};
use crate::program;

/// A kind whose identity numbers and names are shown as marks.
const KIND: &str = "label = { zh = \"花名册\", en = \"Roll\" }\nsection = \"data\"\ninclude = [\"base\", \"period\"]\n\
    channels = { web = true, board = true }\n[policy.web]\nid-number = \"token\"\nphone = \"token\"\n\
    [tables.rows]\nlabel = { zh = \"人\", en = \"People\" }\n\
    [tables.rows.fields.name]\ntype = \"person\"\nlabel = { zh = \"姓名\", en = \"Name\" }\nclass = \"person-name\"\n\
    [tables.rows.fields.id_number]\ntype = \"code\"\nformat = \"id-number\"\nlabel = { zh = \"证件\", en = \"ID\" }\nclass = \"id-number\"\n\
    [tables.rows.fields.phone]\ntype = \"text\"\nlabel = { zh = \"电话\", en = \"Phone\" }\nclass = \"phone\"\n";

/// Returns somebody's identity number.
fn person(number: usize) -> String {
    with_check_digit(&format!("99010119700101{number:03}"))
}

/// Returns a record with a row for each person.
fn record(id: &str, year: &str, people: &[usize]) -> String {
    let rows: String = people
        .iter()
        .map(|number| {
            format!("  {{ name = \"赵例安\", id_number = \"{}\", phone = \"199 0000 1{number:03}\" }},\n", person(*number))
        })
        .collect();
    format!(
        "id = \"{id}\"\ntitle = \"花名册{id}\"\nplace = \"990101001\"\n{year}rows = [\n{rows}]\n"
    )
}

/// Returns a register of two lists.
fn register(year: &str) -> BTreeMap<String, Vec<u8>> {
    BTreeMap::from([
        ("site.toml".to_owned(), SITE.as_bytes().to_vec()),
        ("places.toml".to_owned(), PLACES.as_bytes().to_vec()),
        ("kinds/roll.toml".to_owned(), KIND.as_bytes().to_vec()),
        ("roll/a.toml".to_owned(), record("a", year, &[1, 2, 1]).into_bytes()),
        ("roll/b.toml".to_owned(), record("b", year, &[1]).into_bytes()),
    ])
}

/// Returns a key.
fn key(letter: u8) -> Key {
    Key::parse(&[letter; 32]).expect("long enough")
}

/// Builds a site, and hears which phases were reached.
fn build(files: &BTreeMap<String, Vec<u8>>, key: Option<Key>) -> (Outcome, BTreeSet<&'static str>) {
    let as_of = Day::parse("2026-03-05").expect("a day");
    let settings = Settings { as_of, as_of_asked: true, base_url: None, keep_going: true, key };
    let reached = std::sync::Mutex::new(BTreeSet::new());
    let outcome = pipeline::run(&Files::of(files.clone()), &settings, &|phase: Phase| {
        let name =
            Phase::ALL.iter().find(|(known, _)| *known == phase).map_or("", |(_, name)| name);
        reached.lock().expect("nobody panics").insert(name);
    });
    (outcome, reached.into_inner().expect("nobody panics"))
}

/// Returns the column of a table that a list is downloaded as: the marks in row order.
fn marks(outcome: &Outcome, column: usize) -> Vec<String> {
    let is_table = |route: &str| route == "data/roll.rows.csv";
    let table = outcome.artifacts.iter().find(|artifact| is_table(artifact.route().as_str()));
    let text = String::from_utf8_lossy(table.expect("the table is there").bytes()).into_owned();
    let cell = |line: &str| line.split(',').nth(column).unwrap_or("").to_owned();
    text.lines().skip(1).map(cell).collect()
}

#[test]
fn the_same_person_has_the_same_mark_in_one_list_only() {
    let (outcome, _) = build(&register(""), Some(key(b'k')));
    assert!(outcome.leaks.is_empty() && outcome.missing_key.is_empty());
    for column in [2, 3] {
        let [first, other, again, elsewhere] =
            marks(&outcome, column).try_into().expect("four rows");
        assert_eq!(first, again);
        assert!(first != other && first != elsewhere && other != elsewhere);
        for mark in [&first, &other, &elsewhere] {
            let good = |sign: u8| sign.is_ascii_lowercase() || (b'2'..=b'7').contains(&sign);
            assert!(mark.len() == 16 && mark.bytes().all(good), "{mark}");
        }
        // In the page and in the data as well as in the table.
        for route in ["roll/a.html", "data/roll.json"] {
            let holds = |artifact: &mingbai::site::artifact::Artifact| {
                artifact.route().as_str() == route
                    && String::from_utf8_lossy(artifact.bytes()).contains(&first)
            };
            assert!(outcome.artifacts.iter().any(holds), "{route}");
        }
    }
}

#[test]
fn a_mark_is_bound_to_class_list_year_and_key() {
    let id = person(1).to_lowercase();
    let said = |scope, year| key(b'k').token(Binding { class: "id-number", scope, year }, &id);
    // Without a year of its own, a list belongs to the year of the day.
    let (outcome, _) = build(&register(""), Some(key(b'k')));
    let found = marks(&outcome, 2);
    assert_eq!((&found[0], &found[3]), (&said("roll/a", 2026), &said("roll/b", 2026)));
    let (outcome, _) = build(&register("year = \"2024\"\n"), Some(key(b'k')));
    assert_eq!(marks(&outcome, 2)[0], said("roll/a", 2024));
    let (outcome, _) = build(&register(""), Some(key(b'l')));
    assert_ne!(marks(&outcome, 2)[0], said("roll/a", 2026));
}

#[test]
fn without_a_key_nothing_is_rendered() {
    let (outcome, reached) = build(&register(""), None);
    assert_eq!(outcome.missing_key, ["roll"]);
    assert!(outcome.artifacts.is_empty());
    assert!(!reached.contains("render") && !reached.contains("gate"), "{reached:?}");
    let words = outcome.key_needed().expect("it says what to do");
    for lang in [Lang::Zh, Lang::En] {
        assert!(words.text(lang).contains("--key") && words.text(lang).contains("`roll`"));
    }
    // A kind that nobody uses needs no key.
    let mut unused = register("");
    unused.retain(|path, _| !path.starts_with("roll/"));
    let (outcome, _) = build(&unused, None);
    assert!(outcome.missing_key.is_empty() && !outcome.artifacts.is_empty());
}

#[test]
fn a_build_without_a_key_ends_with_a_problem_of_the_surroundings() {
    let folder = TempDir::new().expect("a folder can be made");
    let files: BTreeMap<String, Vec<u8>> =
        register("").into_iter().map(|(path, bytes)| (format!("content/{path}"), bytes)).collect();
    program::lay(folder.path(), &files);
    for (lang, said) in [("zh", "没有密钥"), ("en", "a key is needed")] {
        let run = program::run(folder.path(), &["--lang", lang, "build", "--keep-going"]);
        assert_eq!(run.code, 2, "{}", run.words);
        assert!(run.words.contains(said) && run.words.contains("--key"), "{}", run.words);
    }
    assert!(!Path::new(&folder.path().join("public/index.html")).exists());
}

/// Returns every digest of a value that somebody might take for a mark, in every writing.
fn digests(value: &str) -> Vec<String> {
    let bytes = value.as_bytes();
    let raw: [Vec<u8>; 7] = [
        Md5::digest(bytes).to_vec(),
        Sha1::digest(bytes).to_vec(),
        Sha224::digest(bytes).to_vec(),
        Sha256::digest(bytes).to_vec(),
        Sha384::digest(bytes).to_vec(),
        Sha512::digest(bytes).to_vec(),
        Sm3::digest(bytes).to_vec(),
    ];
    let written = raw.iter().flat_map(|digest| {
        [
            HEXLOWER.encode(digest),
            BASE32_NOPAD.encode(digest),
            BASE64.encode(digest),
            BASE64URL_NOPAD.encode(digest),
        ]
    });
    // A shortened digest is one all the same: ten bytes are as good as the whole.
    written.map(|text| text[..14].to_lowercase()).collect()
}

#[test]
fn no_hash_without_a_key_is_in_any_output() {
    let (outcome, _) = build(&register(""), Some(key(b'k')));
    let mut searched = 0;
    for number in [1, 2] {
        let id = person(number);
        let phone = format!("199 0000 1{number:03}");
        let older = format!("{}{}", &id[..6], &id[8..17]);
        let forms = [id.to_lowercase(), id, older, phone.replace(' ', ""), phone];
        for digest in forms.iter().flat_map(|form| digests(form)) {
            for artifact in &outcome.artifacts {
                let text = String::from_utf8_lossy(artifact.bytes()).to_lowercase();
                assert!(!text.contains(&digest), "{}", artifact.route().as_str());
                searched += 1;
            }
        }
    }
    assert!(searched > 1000, "{searched}");
}
