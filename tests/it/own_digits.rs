//! Digits of a person's own number in a public column: a column that has them is found however it is
//! mixed and written, and chance in a long list stops no build.
#![expect(clippy::disallowed_methods, reason = "a register is written and its exceptions are read")]

use std::fs;
use std::path::Path;

use mingbai::diag::code::DIGITS_OF_NUMBER;
use mingbai::files::Files;
use mingbai::records::{self, Look};
use tempfile::TempDir;

use crate::canary::{Dice, id_number};
use crate::program::{self, run};

/// The register that the lists are laid over.
const BASE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/rules/base");

/// Where a list lies.
const LIST: &str = "grants/2024/2024-01.toml";

/// So many lists of each sort are tried.
const SEEDS: u64 = 12;

/// Somebody of a list.
struct Person {
    id_number: String,
    phone: String,
    account: String,
}

impl Person {
    /// Makes somebody up.
    fn new(dice: &mut Dice) -> Self {
        let id_number = id_number(dice);
        let phone = format!("1990000{:04}", dice.below(10_000));
        let account = format!("9901{:08}", dice.below(100_000_000));
        Self { id_number, phone, account }
    }
}

/// Returns the last signs of a number.
fn last(number: &str, signs: usize) -> &str {
    &number[number.len() - signs..]
}

/// Returns a list with a row for each person and the check codes that are made for them.
fn list(seed: u64, rows: usize, code: &dyn Fn(usize, &Person, &mut Dice) -> String) -> String {
    let mut dice = Dice::new(seed);
    let mut text = format!(
        "id = \"2024-01\"\ntitle = \"补助(示例)\"\nplace = \"990101001\"\ncategory = \"travel\"\n\
         scheme = \"补助\"\ntotal = \"{}元\"\nhouseholds = \"{rows}户\"\nentries = [\n",
        rows * 500
    );
    for row in 0..rows {
        let person = Person::new(&mut dice);
        let code = code(row, &person, &mut dice);
        let Person { id_number, phone, account } = person;
        text.push_str(&format!(
            "  {{ serial = \"{}\", name = \"赵示安\", id_number = \"{id_number}\", phone = \"{phone}\", \
             account = \"{account}\", village = \"990101001\", amount = \"500元\", \
             check_code = \"{code}\" }},\n",
            row + 1
        ));
    }
    text + "]\n"
}

/// Returns how many rows of a list are findings, with no other finding among them.
fn found(list: String) -> usize {
    let base = Files::read(Path::new(BASE)).expect("the base register can be read");
    let mut files: Vec<(String, Vec<u8>)> =
        base.iter().map(|(path, bytes)| (path.to_string(), bytes.to_vec())).collect();
    files.push((LIST.to_owned(), list.into_bytes()));
    let opened = records::open(&Files::of(files), &Look::default());
    let all = opened.report().findings();
    // The dice give two people of a long list the same number now and then.
    let beside = ["re-identifiable", "same-person"];
    let other = all
        .iter()
        .find(|finding| finding.code != DIGITS_OF_NUMBER && !beside.contains(&finding.code.name()));
    assert!(other.is_none(), "{:?}", other.map(|finding| finding.code));
    all.iter().filter(|finding| finding.code == DIGITS_OF_NUMBER).count()
}

#[test]
fn chance_in_a_long_list_is_no_finding() {
    for seed in 0..SEEDS {
        let three = list(seed, 500, &|_, _, dice| format!("{:03}", dice.below(1000)));
        assert_eq!(found(three), 0, "three digits, seed {seed}");
        let four = list(seed, 500, &|_, _, dice| format!("地{:04}", dice.below(10_000)));
        assert_eq!(found(four), 0, "four digits, seed {seed}");
        let in_turn = list(seed, 500, &|row, _, _| format!("{}", 101 + row * 7 % 500));
        assert_eq!(found(in_turn), 0, "numbers in turn, seed {seed}");
        // Years in which people were born, but not the one that all telephones of the tests begin with.
        let years = list(seed, 500, &|_, _, dice| format!("{}年建", 1940 + dice.below(50)));
        assert_eq!(found(years), 0, "years, seed {seed}");
        // Longer codes agree in six digits in one of some thousand rows; that is a finding of its own.
        let batch = list(seed, 500, &|_, _, dice| format!("2024{:04}", dice.below(10_000)));
        assert!(found(batch) <= 1, "a year and four digits, seed {seed}");
    }
}

/// A way of taking a check code from a person's numbers.
type Taking = (&'static str, fn(&Person) -> String);

/// Ways of taking one.
const TAKEN: [Taking; 6] = [
    ("last four of the ID", |person| last(&person.id_number, 4).to_owned()),
    ("the same behind words", |person| format!("尾号{}", last(&person.id_number, 4))),
    ("last three of the phone", |person| last(&person.phone, 3).to_owned()),
    ("last four of the account behind a year", |person| {
        format!("2024{}", last(&person.account, 4))
    }),
    ("month and day of birth", |person| person.id_number[10..14].to_owned()),
    ("the last four, in full-width signs", |person| {
        let wide = |sign: char| char::from_u32(u32::from(sign) + 0xFEE0).expect("a wide sign");
        last(&person.id_number, 4).chars().map(wide).collect()
    }),
];

#[test]
fn a_column_of_digits_of_numbers_is_always_found() {
    for (what, taken) in TAKEN {
        // In every row, in a third of them and in one of ten; the others are made up.
        for (rows, every) in [(1, 1), (2, 1), (5, 5), (6, 3), (9, 3), (20, 3), (500, 3), (500, 10)]
        {
            let list = list(7, rows, &|row, person, dice| {
                let made_up = format!("{:04}", dice.below(10_000));
                if row % every == 0 { taken(person) } else { made_up }
            });
            let (least, count) = (rows.div_ceil(every), found(list));
            assert!(count >= least, "{what}: {count} of {least} in {rows} rows");
        }
    }
}

#[test]
fn codes_that_others_have_by_chance_hide_nothing() {
    // Each of a thousand codes stands in the list more than once.
    let list = list(3, 1500, &|row, person, dice| {
        let made_up = format!("{:03}", dice.below(1000));
        if row % 3 == 0 { last(&person.phone, 3).to_owned() } else { made_up }
    });
    assert!(found(list) >= 500);
}

#[test]
fn a_few_codes_in_a_long_list_are_judged_among_themselves() {
    // Only namesakes have a check code; the others have none, or one that all of them have.
    for filler in ["甲", "第2024批"] {
        let list = list(5, 500, &|row, person, _| {
            if row % 100 == 0 { last(&person.phone, 4).to_owned() } else { filler.to_owned() }
        });
        assert_eq!(found(list), 5);
    }
}

#[test]
fn many_digits_of_one_person_are_found_in_a_long_list() {
    for (what, taken) in [
        ("last five", 13..18),
        ("last six", 12..18),
        ("region and year", 0..10),
        ("day of birth", 6..14),
    ] {
        let list = list(11, 500, &|row, person, dice| {
            let made_up = format!("{:05}", dice.below(100_000));
            if row == 250 { person.id_number[taken.clone()].to_owned() } else { made_up }
        });
        assert!(found(list) >= 1, "{what}");
    }
}

#[test]
fn chance_in_a_short_list_can_be_excepted_and_only_as_it_was_reviewed() {
    let folder = TempDir::new().expect("a folder can be made");
    let base = Files::read(Path::new(BASE)).expect("the base register can be read");
    let content = folder.path().join("demo/content");
    for (path, bytes) in base.iter() {
        program::lay(&content, [(&path.to_string(), &bytes.to_vec())]);
    }
    let write = |text: &str| {
        program::lay(&content, [(&LIST.to_owned(), &text.as_bytes().to_vec())]);
    };
    let text = list(2, 3, &|row, person, _| match row {
        1 => last(&person.phone, 3).to_owned(),
        _ => "甲".to_owned(),
    });
    write(&text);
    let demo = folder.path().join("demo");
    let check = |key: &[&str]| run(&demo, &[&["check", "--format", "short"][..], key].concat());
    let finding = check(&[]);
    assert_eq!(finding.code, 3);
    let sign = format!("{LIST}:");
    let line = finding.words.lines().find(|line| line.starts_with(&sign)).expect("a finding");
    let place = line.split(": ").next().expect("a place");
    let key = ["--key", "../secret.key"];
    assert_eq!(run(&demo, &["key", "../secret.key"]).code, 0);
    let reviewed = ["except", place, "--reason", "碰巧", "--until", "2099-12-31"];
    assert_eq!(run(&demo, &[&reviewed[..], &key].concat()).code, 0);
    let entry = fs::read_to_string(content.join("exceptions.toml")).expect("the entry is there");
    assert!(entry.contains(DIGITS_OF_NUMBER.name()));
    let code = text.lines().nth(9).and_then(|row| row.rsplit('"').nth(1)).expect("a code");
    let mark = entry.lines().find(|line| line.starts_with("fingerprint")).expect("a mark");
    assert!(!mark.contains(&format!("\"{code}\"")) && code.len() == 3);
    assert_eq!(check(&key).code, 0, "it was reviewed");
    assert_eq!(check(&[]).code, 3, "without the key it is taken on trust by nobody");
    // The same code of somebody else is another likeness.
    let other = list(2, 3, &|_, _, _| "甲".to_owned());
    let phone = |row: usize| {
        let line = other.lines().nth(8 + row).expect("a row");
        line.split("phone = \"").nth(1).and_then(|rest| rest.get(..11)).expect("a phone").to_owned()
    };
    let moved = text.replace(&phone(2), &format!("19900009{code}"));
    let moved =
        moved.replacen("check_code = \"甲\" },\n]", &format!("check_code = \"{code}\" }},\n]"), 1);
    assert_ne!(moved, text);
    write(&moved);
    let run = check(&key);
    assert_eq!((run.code, run.words.matches("digits-of-number").count()), (3, 1));
}
