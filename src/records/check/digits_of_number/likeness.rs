//! How much of a person's numbers the digits of a text say, and how often chance alone would do that.
//!
//! Chance is counted and never drawn: each place of the text that is held against a place of a number
//! is a comparison, and `n` digits are the same in one comparison of ten to the power of `n`. Numbers
//! that begin alike are less random than that; the bound in [`super`] leaves room for it.

/// So many digits at the beginning or the end of a number are taken from it.
const AT_AN_END: usize = 3;

/// So many digits in a row are taken from a number wherever they stand in it.
const IN_A_ROW: usize = 4;

/// What chances are counted in: so many are certain.
pub(super) const CERTAIN: u64 = 10_000;

/// What chance gives to fewer than one row of so many is no chance.
const RARE: u64 = 10_000;

/// Digits of a number in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Hit {
    /// So few that chance could do it.
    Short,
    /// So many that chance hardly does.
    Long,
}

/// A text beside the numbers of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Likeness {
    /// What of the numbers the text says.
    pub(super) hit: Option<Hit>,
    /// How likely chance alone makes a hit, at most, of [`CERTAIN`]; nought where nothing can be hit.
    pub(super) chance: u64,
}

impl Likeness {
    /// Compares folded texts with folded numbers. The running number of the row, with or without
    /// noughts before it, is nobody's.
    pub(super) fn of(texts: &[Vec<u8>], numbers: &[Vec<u8>], running: usize) -> Self {
        let running = running.to_string();
        let is_running = |run: &[u8]| {
            let noughts = run.iter().take_while(|byte| **byte == b'0').count();
            run[noughts..] == *running.as_bytes()
        };
        let mut whole = Self { hit: None, chance: 0 };
        for run in texts.iter().flat_map(|text| runs(text)).filter(|run| !is_running(run)) {
            whole.hit = whole.hit.max(hit(run, numbers));
            whole.chance = whole.chance.saturating_add(chance(run, numbers)).min(CERTAIN);
        }
        whole
    }
}

/// Returns the runs of digits of a folded text, with the `x` that ends some identity numbers.
fn runs(folded: &[u8]) -> impl Iterator<Item = &[u8]> {
    let of_number = |byte: &u8| byte.is_ascii_digit() || *byte == b'x';
    let runs = folded.split(move |byte| !of_number(byte));
    runs.flat_map(|run| run.split_inclusive(|byte| *byte == b'x'))
        .filter(|run| run.len() >= AT_AN_END)
}

/// Returns a run or a number without the check sign; the last digits before it are as good as those
/// with it.
fn plain(number: &[u8]) -> &[u8] {
    number.strip_suffix(b"x").unwrap_or(number)
}

/// Returns what of the numbers a run says.
fn hit(run: &[u8], numbers: &[Vec<u8>]) -> Option<Hit> {
    let digits = plain(run);
    let is_end = |part: &[u8], number: &[u8]| {
        part.len() >= AT_AN_END && (number.starts_with(part) || number.ends_with(part))
    };
    let at_an_end = numbers.iter().any(|number| {
        [run, digits].iter().any(|part| is_end(part, number) || is_end(part, plain(number)))
    });
    let row = numbers.iter().map(|number| common(digits, plain(number))).max().unwrap_or(0);
    let within = row >= IN_A_ROW;
    if at_an_end && is_rare(all_ends(numbers), digits.len())
        || within && is_rare(all_places(digits, numbers, row), row)
    {
        return Some(Hit::Long);
    }
    (at_an_end || within).then_some(Hit::Short)
}

/// Returns how likely chance makes a run a hit, at most, of [`CERTAIN`].
fn chance(run: &[u8], numbers: &[Vec<u8>]) -> u64 {
    let digits = plain(run);
    // Whatever is at an end and long enough is a row within the number, too.
    match digits.len() {
        0 | 1 => 0,
        2 => all_ends(numbers).saturating_mul(CERTAIN / 100),
        3 => all_ends(numbers).saturating_mul(CERTAIN / 1000),
        _ => all_places(digits, numbers, IN_A_ROW),
    }
}

/// Returns whether so many comparisons hardly ever find so many digits the same.
fn is_rare(comparisons: u64, digits: usize) -> bool {
    let all = u32::try_from(digits).ok().and_then(|digits| 10_u64.checked_pow(digits));
    all.is_none_or(|all| comparisons.saturating_mul(RARE) <= all)
}

/// Returns at how many ends of the numbers a run is looked for.
fn all_ends(numbers: &[Vec<u8>]) -> u64 {
    let long = numbers.iter().filter(|number| number.len() >= AT_AN_END);
    long.map(|number| if number.ends_with(b"x") { 3 } else { 2 }).sum()
}

/// Returns in how many ways a row of so many digits of a run can lie on one of the numbers.
fn all_places(digits: &[u8], numbers: &[Vec<u8>], row: usize) -> u64 {
    let places = |text: &[u8]| (text.len() + 1).saturating_sub(row);
    let on = numbers.iter().map(|number| places(digits).saturating_mul(places(plain(number))));
    on.fold(0, |sum, ways| sum.saturating_add(u64::try_from(ways).unwrap_or(u64::MAX)))
}

/// Returns the length of the longest row of signs that both hold.
fn common(left: &[u8], right: &[u8]) -> usize {
    let mut longest = 0;
    let mut before = vec![0; right.len() + 1];
    for sign in left {
        let mut here = vec![0; right.len() + 1];
        for (at, other) in right.iter().enumerate() {
            if sign == other {
                here[at + 1] = before[at] + 1;
                longest = longest.max(here[at + 1]);
            }
        }
        before = here;
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::{CERTAIN, Hit, Likeness, common};

    const ID: &str = "99010119700101001x";
    const PHONE: &str = "19900004321";

    fn check(text: &str, numbers: &[&str]) -> (Option<Hit>, u64) {
        let numbers: Vec<Vec<u8>> =
            numbers.iter().map(|number| number.as_bytes().to_vec()).collect();
        let likeness = Likeness::of(&[text.as_bytes().to_vec()], &numbers, 7);
        (likeness.hit, likeness.chance)
    }

    #[test]
    fn few_digits_are_a_short_hit() {
        assert_eq!(check("321", &[PHONE]), (Some(Hit::Short), 20));
        assert_eq!(check("甲4321乙", &[PHONE]), (Some(Hit::Short), 8));
        assert_eq!(check("01x", &[ID]), (Some(Hit::Short), 300));
        assert_eq!(check("001", &[ID]), (Some(Hit::Short), 30));
        assert_eq!(check("1970", &[ID, PHONE]), (Some(Hit::Short), 14 + 8));
        assert_eq!(check("20254321", &[PHONE]), (Some(Hit::Short), 5 * 8));
        assert_eq!(check("321/199", &[PHONE]), (Some(Hit::Short), 40));
    }

    #[test]
    fn many_digits_are_a_long_hit() {
        for text in ["04321", "乙004321", "0004321", "19900", "199000043"] {
            assert_eq!(check(text, &[PHONE, ID]).0, Some(Hit::Long), "{} signs", text.len());
        }
        assert_eq!(check("1001x", &[ID]).0, Some(Hit::Short));
        assert_eq!(check("01001x", &[ID]).0, Some(Hit::Long));
        // The longer the text, the more of it chance could have made.
        assert_eq!(check("970010", &[ID]).0, Some(Hit::Long));
        assert_eq!(check("55555555970010", &[ID]).0, Some(Hit::Short));
        assert_eq!(check("555555555197001", &[ID]).0, Some(Hit::Short));
        assert_eq!(check("55555555519700101", &[ID]).0, Some(Hit::Long));
    }

    #[test]
    fn what_is_no_hit_may_have_been_one() {
        assert_eq!(check("322", &[PHONE]), (None, 20));
        assert_eq!(check("5566", &[PHONE, ID]), (None, 22));
        assert_eq!(check("32", &[PHONE]), (None, 0));
        assert_eq!(check("321", &[]), (None, 0));
        assert_eq!(check("4321", &["21"]), (None, 0));
        assert_eq!(check("007", &["9907"]), (None, 0));
        assert_eq!(check(&"5".repeat(5000), &[PHONE, ID]), (None, CERTAIN));
    }

    #[test]
    fn the_longest_row_counts() {
        assert_eq!(common(b"12123", b"91231"), 3);
        assert_eq!(common(b"", b"1"), 0);
    }
}
