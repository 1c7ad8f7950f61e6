//! The detectors: no text makes them panic, and a planted number is found where it stands.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use mingbai::detect::{DETECTORS, find, regions};
use mingbai::text::normal::Writing;

/// What the fuzzer makes.
#[derive(Arbitrary, Debug)]
struct Input<'a> {
    before: &'a str,
    after: &'a str,
    seed: u32,
    disguise: planted::Disguise,
}

fuzz_target!(|input: Input<'_>| {
    for writing in [Writing::Markup, Writing::Plain] {
        let raw = [input.before, input.after].concat();
        for hit in find(DETECTORS, raw.as_bytes(), writing) {
            assert!(hit.range.start <= hit.range.end && hit.range.end <= raw.len());
        }
    }
    let value = if input.seed % 2 == 0 {
        planted::id_number(input.seed)
    } else {
        planted::phone(input.seed)
    };
    let dressed = input.disguise.dress(&value);
    let text = format!("{}。\n{dressed}\n。{}", input.before, input.after);
    let writing = if input.disguise.is_markup() { Writing::Markup } else { Writing::Plain };
    let start = input.before.len();
    let end = text.len() - input.after.len();
    let covers = |hit: &mingbai::detect::Hit| hit.range.start >= start && hit.range.end <= end;
    let found = find(DETECTORS, text.as_bytes(), writing).iter().any(covers);
    let in_a_tag = input.before.contains('<') && input.disguise.is_markup();
    assert!(found || in_a_tag, "a planted value is missed");
    // What the gate shows to the detectors holds it, too.
    let sifted = regions(text.as_bytes()).into_iter().any(|region| {
        find(DETECTORS, &text.as_bytes()[region.clone()], writing).iter().any(|hit| {
            region.start + hit.range.start >= start && region.start + hit.range.end <= end
        })
    });
    assert!(sifted || !found, "the sieve lets a planted value through");
});
