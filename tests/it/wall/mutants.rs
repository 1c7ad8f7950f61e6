//! The wall with one stone taken out: every mask, decoder and detector is needed.
//!
//! [`MUTANTS`] names each of them. Whoever adds one adds a line here, and whoever takes one out of its
//! list, or lets it do nothing, makes a test fail: the checks below are the same that hold for the
//! whole wall, run without it.

use std::collections::BTreeSet;

use mingbai::decode::{DECODERS, Decoder, SAMPLES};
use mingbai::detect::{DETECTORS, Detector};
use mingbai::output::gate::{Sight, prove};
use mingbai::records::mask::{MASKS, Mask};

use crate::detect::unfound;
use crate::gate_sight::is_found_in_sample;

/// What is taken out, one at a time.
const MUTANTS: &[(Stone, &[&str])] = &[
    (
        Stone::Mask,
        &["name", "brief-name", "minor", "id-number", "phone", "bank-account", "plate", "address"],
    ),
    (
        Stone::Detector,
        &[
            "id-number",
            "disability-card",
            "phone",
            "bank-card",
            "email",
            "messenger",
            "plate",
            "address",
            "passport",
        ],
    ),
    (
        Stone::Decoder,
        &[
            "gzip",
            "zlib",
            "brotli",
            "zstd",
            "zip",
            "office",
            "tar",
            "pdf",
            "ole",
            "png",
            "jpeg",
            "gif",
            "webp",
            "tiff",
            "utf-16",
            "encoding",
            "data-uri",
            "base64",
            "hex",
            "quoted-printable",
            "json",
            "index",
        ],
    ),
];

/// What the wall is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stone {
    Mask,
    Detector,
    Decoder,
}

/// A value that each mask makes less of.
const VALUES: &[(&str, &str)] = &[
    ("name", "欧阳示和"),
    ("brief-name", "赵示安"),
    ("minor", "钱例安"),
    ("id-number", "990101197001010015"),
    ("phone", "19900001234"),
    ("bank-account", "9900001234567890123"),
    ("plate", "川Z·A1234"),
    ("address", "明白县白茶镇垭口村3组12号"),
];

/// Returns the names of one sort of stone.
fn names(stone: Stone) -> &'static [&'static str] {
    let found = MUTANTS.iter().find(|(sort, _)| *sort == stone);
    found.map(|(_, names)| *names).expect("every sort has its line")
}

/// Returns how many characters two texts have in common, in order.
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

/// Returns whether a mask that gives `shown` for a value keeps its promise.
fn keeps_promise(mask: &Mask, shown: &str, value: &str) -> bool {
    let rest = shown.replacen(mask.own, "", 1);
    shown != value && common(&rest, value) <= (mask.allowance)(value.chars().count())
}

#[test]
fn the_list_names_every_stone_once() {
    let listed = |stone| names(stone).iter().copied().collect::<BTreeSet<_>>();
    let masks: BTreeSet<&str> = MASKS.iter().map(|mask| mask.name).collect();
    let detectors: BTreeSet<&str> = DETECTORS.iter().map(|detector| detector.name()).collect();
    let decoders: BTreeSet<&str> = DECODERS.iter().map(|decoder| decoder.name()).collect();
    assert_eq!(listed(Stone::Mask), masks);
    assert_eq!(listed(Stone::Detector), detectors);
    assert_eq!(listed(Stone::Decoder), decoders);
    let (masks, detectors, decoders) = (MASKS.len(), DETECTORS.len(), DECODERS.len());
    let counts = MUTANTS.iter().map(|(_, names)| names.len()).collect::<Vec<_>>();
    assert_eq!(counts, [masks, detectors, decoders]);
}

#[test]
fn a_mask_that_does_nothing_is_noticed() {
    for name in names(Stone::Mask) {
        let mask = Mask::named(name).expect("the list names masks that are there");
        let (_, value) = VALUES.iter().find(|(mask, _)| mask == name).expect("each has a value");
        assert!(keeps_promise(mask, &mask.apply(value), value), "{name}");
        assert!(!keeps_promise(mask, value, value), "nobody notices {name}");
    }
}

#[test]
fn a_detector_that_is_gone_is_noticed() {
    assert_eq!(unfound(DETECTORS), Vec::<usize>::new());
    for name in names(Stone::Detector) {
        let others: Vec<&'static dyn Detector> =
            DETECTORS.iter().copied().filter(|other| other.name() != *name).collect();
        assert!(!unfound(&others).is_empty(), "nobody notices {name}");
    }
}

#[test]
fn a_decoder_that_is_gone_is_noticed() {
    for name in names(Stone::Decoder) {
        let others: Vec<&'static dyn Decoder> =
            DECODERS.iter().copied().filter(|other| other.name() != *name).collect();
        let blind = Sight { decoders: &others, ..Sight::whole() };
        let sample = SAMPLES.iter().find(|sample| sample.decoder == *name);
        let sample = sample.expect("each has a sample");
        assert!(is_found_in_sample(sample, &Sight::whole()), "{name}");
        assert!(!is_found_in_sample(sample, &blind), "nobody notices {name}");
        // A build notices by itself.
        assert!(prove(&blind).is_err(), "{name} is not proven");
    }
}
