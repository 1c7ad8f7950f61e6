//! The normaliser: whatever stands around a value and however it is dressed, both forms hold it, and
//! every place of the clear form is a place of the original.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use mingbai::text::normal::{Clear, Escapes, Folded, Writing, fold, fold_into};

/// What the fuzzer makes.
#[derive(Arbitrary, Debug)]
struct Input<'a> {
    before: &'a [u8],
    after: &'a [u8],
    seed: u32,
    disguise: planted::Disguise,
    markup: bool,
}

fuzz_target!(|input: Input<'_>| {
    let value = if input.seed % 2 == 0 {
        planted::id_number(input.seed)
    } else {
        planted::phone(input.seed)
    };
    let dressed = input.disguise.dress(&value);
    let text =
        [input.before, "。\n".as_bytes(), dressed.as_bytes(), "\n。".as_bytes(), input.after]
            .concat();
    let writing =
        if input.markup || input.disguise.is_markup() { Writing::Markup } else { Writing::Plain };
    let wanted = fold(&value);
    let mut folded = Folded::default();
    let mut found = false;
    for escapes in [Escapes::Decoded, Escapes::Plain] {
        for writing in [writing, Writing::Plain] {
            fold_into(&text, (writing, escapes), &mut folded);
            for half in [&folded.text, &folded.tags] {
                found |= half.windows(wanted.len()).any(|window| window == wanted);
            }
        }
    }
    // An opening sign in front turns what breaks the value up into what stands inside a tag.
    let in_a_tag = input.before.contains(&b'<') && input.disguise.is_markup();
    assert!(found || in_a_tag, "a planted value is missed");
    for writing in [Writing::Markup, Writing::Plain] {
        let clear = Clear::of(&text, writing);
        for (at, sign) in clear.text().char_indices() {
            let origin = clear.origin(at..at + sign.len_utf8());
            assert!(origin.start <= origin.end && origin.end <= text.len());
        }
    }
});
