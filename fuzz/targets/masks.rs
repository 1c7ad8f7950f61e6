//! The masks: no value makes one panic, none shows more than its allowance, and none shows a planted
//! number whole.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mingbai::records::mask::{MASKS, NOTHING};

/// Returns the length of the longest row of characters that both texts have in order.
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

fuzz_target!(|input: (&str, u32)| {
    let (text, seed) = input;
    let value: String = text.chars().take(64).collect();
    let planted = [planted::id_number(seed), planted::phone(seed), format!("{value}{seed}")];
    for mask in MASKS {
        for value in planted.iter().chain([&value]) {
            let shown = mask.apply(value);
            if shown == NOTHING || shown == mask.own {
                continue;
            }
            // What the mask writes itself says nothing of the value.
            let shown = shown.replacen(mask.own, "", 1);
            let most = (mask.allowance)(value.chars().count());
            assert!(common(&shown, value) <= most, "{} shows too much", mask.name);
        }
        for number in &planted[..2] {
            assert!(!mask.apply(number).contains(number.as_str()), "{} hides nothing", mask.name);
        }
    }
});
