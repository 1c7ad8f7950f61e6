//! Tests of the masks: each is tried with values of every length up to 64.

use proptest::prelude::*;

use super::{MASKS, Mask, NOTHING, brief, mask};
use crate::records::schema::Class;

/// The longest value that is tried.
const LONGEST: usize = 64;

/// Values are built of these: what belongs into them, and what sneaks in.
const ALPHABETS: [&[char]; 12] = [
    &['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
    &['9', '0', 'X', 'x'],
    &['１', '９', '０', '３'],
    &['张', '明', '安', '示', '例', '欧', '阳', '司', '马'],
    &['欧', '阳'],
    &['买', '提', '·', '•', '・', '例'],
    &['𠮷', '𡈽', '𪚥', '㐀', '㐁', '𰀀'],
    &['张', ' ', '\u{3000}', '明'],
    &['张', '\u{200b}', '\u{200d}', '\u{feff}', '明', '\u{fe0f}'],
    &['e', '\u{301}', 'a', '\u{308}', 'n'],
    &['J', 'o', 'h', 'n', ' ', '.', '-', '\''],
    &['川', 'A', '·', '1', '2', 'B', '白', '茶', '镇', '乡', '街', '道', '3', '号'],
];

/// Returns the length of the longest common subsequence of two texts.
fn common(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row = vec![0; right.len() + 1];
    for letter in left.chars() {
        let mut diagonal = 0;
        for (index, other) in right.iter().enumerate() {
            let above = row[index + 1];
            row[index + 1] = if letter == *other { diagonal + 1 } else { above.max(row[index]) };
            diagonal = above;
        }
    }
    row[right.len()]
}

/// Holds one mask against one value.
#[track_caller]
fn check(mask: &Mask, value: &str) {
    let (name, length) = (mask.name, value.chars().count());
    let masked = mask.apply(value);
    // What is left when the mask's own words are taken off must be all that is shown: the own words
    // are the same for every value, so the length of the rest says nothing.
    let shown = if masked == NOTHING {
        String::new()
    } else {
        let shown = masked.replacen(mask.own, "", 1);
        assert_eq!(shown.len() + mask.own.len(), masked.len(), "{name}: {length} characters");
        shown
    };
    let allowance = (mask.allowance)(length);
    assert!(common(&shown, value) <= allowance, "{name} shows too much of {length} characters");
    assert!(shown.chars().count() <= allowance, "{name} writes too much for {length} characters");
    let already = value.contains(mask.own) || value.contains('*');
    assert!(already || masked != value, "{name} shows a whole value of {length} characters");
    assert_eq!(mask.apply(&masked), masked, "{name} masks its own mask otherwise");
}

#[test]
fn every_mask_keeps_its_allowance_at_every_length() {
    let mut seed = 1_usize;
    for mask in MASKS {
        for length in 0..=LONGEST {
            for alphabet in ALPHABETS {
                for _ in 0..6 {
                    let value: String = (0..length)
                        .map(|_| {
                            seed = seed
                                .wrapping_mul(6_364_136_223_846_793_005)
                                .wrapping_add(1_442_695);
                            alphabet[(seed >> 33) % alphabet.len()]
                        })
                        .collect();
                    check(mask, &value);
                }
            }
        }
    }
}

#[test]
fn stars_tell_no_length() {
    for (name, values) in [
        ("name", ["张明", "张明安示例"]),
        ("brief-name", ["张明", "张明安示例"]),
        ("id-number", ["990101700101001", "990101197001010015"]),
        ("bank-account", ["9900001234560123", "9900001234567890123"]),
        ("plate", ["川A12345", "川AD12345"]),
        ("minor", ["张", "张明安示例"]),
    ] {
        let mask = Mask::named(name).expect("a mask");
        let [short, long] = values.map(|value| mask.apply(value));
        assert_eq!(short, long, "{name}");
        assert_ne!(short, NOTHING, "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]
    #[test]
    fn no_mask_shows_more_than_its_allowance(
        value in prop_oneof![
            "[0-9Xx]{0,64}",
            "(京|川|鲁)[A-Z]·?[0-9A-Z]{0,64}",
            "1[0-9]{10}",
            "99[0-9]{13}([0-9]{2}[0-9Xx])?",
            "[\u{4e00}-\u{9fa5}·\u{20000}-\u{2a6df}]{0,64}",
            "[a-zA-Z \u{3000}\u{200b}·0-9\u{4e00}-\u{4eff}-]{0,64}",
            "\\PC{0,64}",
        ],
        at in 0..MASKS.len(),
    ) {
        check(&MASKS[at], &value);
    }
}

#[test]
fn ordinary_values_are_masked_as_people_expect() {
    let cases = [
        (Class::PersonName, "赵示安", "赵**"),
        (Class::PersonName, "钱例", "钱**"),
        (Class::PersonName, "钱 例", "钱**"),
        (Class::PersonName, "钱\u{3000}例", "钱**"),
        (Class::PersonName, "欧阳示和", "欧阳**"),
        (Class::PersonName, "歐陽示", "歐陽**"),
        (Class::PersonName, "欧阳", "欧**"),
        (Class::PersonName, "买买提·示例", "买**"),
        (Class::PersonName, "欧阳•示例", "欧**"),
        (Class::PersonName, "买买提・示例", "买**"),
        (Class::PersonName, "𠮷例安", "𠮷**"),
        (Class::PersonName, "㐀例", "㐀**"),
        (Class::PersonName, "John Sample", "J**"),
        (Class::PersonName, "张**(12)", "张**"),
        (Class::PersonName, "赵", NOTHING),
        (Class::PersonName, "", NOTHING),
        (Class::PersonName, " ", NOTHING),
        (Class::PersonName, "张3", NOTHING),
        (Class::PersonName, "张\u{200b}明", NOTHING),
        (Class::PersonName, "Ｊｏｈｎ", NOTHING),
        (Class::PersonName, "e\u{301}va", NOTHING),
        (Class::PersonName, "·例安", NOTHING),
        (Class::PersonName, "例安·", NOTHING),
        (Class::PersonName, "张明(1)", NOTHING),
        (Class::IdNumber, "990101197001010015", "99****************"),
        (Class::IdNumber, "990101700101001", "99****************"),
        (Class::IdNumber, "99010119", NOTHING),
        (Class::Phone, "19900001234", "199******34"),
        (Class::Phone, "0999-0000101", NOTHING),
        (Class::BankAccount, "9900001234567890123", "************0123"),
        (Class::BankAccount, "1234", NOTHING),
        (Class::Plate, "川A12345", "川A·*****"),
        (Class::Plate, "川A·12345", "川A·*****"),
        (Class::Plate, "川A1234", NOTHING),
        (Class::Plate, "川Ａ12345", NOTHING),
        (Class::Address, "明白县白茶镇垭口村3组12号", "明白县白茶镇***"),
        (Class::Address, "某处12号", NOTHING),
        (Class::Minor, "赵示安", "未成年人"),
        (Class::Health, "某种病", NOTHING),
        (Class::Email, "a@example.org", NOTHING),
        (Class::Photo, "a.jpg", NOTHING),
    ];
    for (class, value, expected) in cases {
        assert_eq!(mask(class, value), expected, "{class:?}");
    }
    assert_eq!(brief(Class::PersonName, "赵示安"), "赵某");
    assert_eq!(brief(Class::PersonName, "欧阳示和"), "欧阳某");
    assert_eq!(brief(Class::PersonName, "赵"), NOTHING);
    assert_eq!(brief(Class::IdNumber, "990101197001010015"), NOTHING);
}
