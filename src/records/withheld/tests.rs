//! Tests of what is found of withheld values.

use std::collections::BTreeSet;

use data_encoding::HEXLOWER;

use super::forms::{Form, derived};
use super::{Gathering, Origin, Withheld};
use crate::records::schema::Class;
use crate::text::normal::{Escapes, Folded, Writing, fold_into};
use crate::text::{Day, Phrase};

/// An identity number of nobody: its check digit is right.
const NUMBER: &str = "990101199001010017";

/// Returns where a made-up value comes from.
fn origin() -> Origin {
    Origin { record: "grant/1".into(), path: "grants/1.toml".into(), field: Phrase::same("x") }
}

/// Returns how many forms stand in a text of a page.
fn found(withheld: &Withheld, text: &str, route: &str) -> usize {
    let mut folded = Folded::default();
    fold_into(text.as_bytes(), (Writing::Plain, Escapes::Decoded), &mut folded);
    let mut count = 0;
    withheld.traces(&folded, route, &mut |_| count += 1);
    count
}

/// Returns what holds one value.
fn holding(class: Class, value: &str) -> Withheld {
    let mut gathering = Gathering::default();
    gathering.withhold(Some(class), value, origin);
    gathering.seal()
}

#[test]
fn an_identity_number_is_found_in_each_of_its_forms() {
    let withheld = holding(Class::IdNumber, NUMBER);
    for form in [NUMBER, "990101900101001", "99010119900101001", "199001010017"] {
        assert!(found(&withheld, &format!("编号 {form} 。"), "a.html") > 0, "{}", form.len());
    }
    assert_eq!(found(&withheld, "99010119900101 990101", "a.html"), 0);
}

#[test]
fn a_day_of_birth_counts_on_the_pages_of_its_record_unless_they_show_it() {
    let withheld = holding(Class::IdNumber, NUMBER);
    for day in ["1990-01-01", "19900101", "1990年1月1日", "1990年01月01日"] {
        assert_eq!(found(&withheld, day, "grant/1.html"), 1, "{day}");
        assert_eq!(found(&withheld, day, "grant/10.html"), 0, "{day}");
    }
    let mut gathering = Gathering::default();
    let day = Day::parse("1990-01-01").expect("a day");
    gathering.withhold_birth(day, &origin);
    gathering.show_day("grant/1".into(), day);
    assert_eq!(found(&gathering.seal(), "1990-01-01", "grant/1.html"), 0);
}

#[test]
fn a_phone_is_found_with_and_without_the_code_of_the_country() {
    for value in ["19900001234", "+86 199 0000 1234", "0086-19900001234"] {
        let withheld = holding(Class::Phone, value);
        for text in ["199-0000-1234", "8619900001234"] {
            assert!(found(&withheld, text, "a.html") > 0, "{text}");
        }
    }
    assert_eq!(derived(Some(Class::Phone), b"8629900001234"), Vec::<Form>::new());
}

#[test]
fn digests_of_every_sort_and_spelling_are_known_and_others_are_not() {
    let withheld = holding(Class::IdNumber, "99010119900101001X");
    let digest = |text: &str| -> [Vec<u8>; 4] {
        use sha2::Digest as _;
        [
            md5::Md5::digest(text).to_vec(),
            sha1::Sha1::digest(text).to_vec(),
            sha2::Sha256::digest(text).to_vec(),
            sm3::Sm3::digest(text).to_vec(),
        ]
    };
    for spelling in ["99010119900101001X", "99010119900101001x", "99010119900101001X\n"] {
        for digest in digest(spelling) {
            let asked = BTreeSet::from([digest.as_slice()]);
            let known = withheld.digested(&asked);
            assert_eq!(known.len(), 1, "{}", digest.len());
            assert!(known.values().all(|trace| withheld.origin(*trace) == &origin()));
        }
    }
    let empty = HEXLOWER.decode(b"d41d8cd98f00b204e9800998ecf8427e").expect("a digest");
    assert!(withheld.digested(&BTreeSet::from([empty.as_slice()])).is_empty());
}

#[test]
fn what_is_allowed_is_allowed_whole_or_in_part_and_nothing_is_shown() {
    let mut withheld = holding(Class::Phone, "19900001234");
    withheld.allow("199 0000 0000");
    assert!(withheld.allows("19900000000") && withheld.allows("9900000"));
    assert!(!withheld.allows("19900001234") && !withheld.allows(""));
    assert_eq!(format!("{withheld:?}"), "Withheld(1 values)");
}
