//! The bounds of every hidden figure by two ways that know nothing of each other, and the example
//! register, whose hidden figures are all part of networks: maximal flows alone say that each is safe.

use std::collections::BTreeMap;

use mingbai::pipeline::Outcome;

use super::attacker::{At, Attacker};
use super::system::{Bounds, Sum, System};
use super::{MadeUp, build, example, flow, policy, simplex, too_narrow, truth};

/// Bounds, and how many of them maximal flows have found as well.
pub(super) struct Agreed {
    /// The bounds.
    pub(super) bounds: Vec<Bounds>,
    /// How many unknowns are part of a network.
    pub(super) by_flow: usize,
}

/// Returns the bounds of the first `wanted` unknowns, exact ones by the simplex; what maximal flows
/// say must be the same of a network and may be wider of anything else.
#[track_caller]
pub(super) fn agreed(system: &System, wanted: usize) -> Agreed {
    let bounds = simplex::bounds(system, wanted);
    let flows = flow::bounds(system, wanted);
    for (number, (bounds, found)) in bounds.iter().zip(&flows).enumerate() {
        if found.is_exact {
            assert_eq!(found.bounds, *bounds, "unknown {number} of a network");
        } else {
            let holds = contains(found.bounds, *bounds);
            assert!(holds, "unknown {number}: {bounds:?} is not within {:?}", found.bounds);
        }
    }
    let by_flow = flows.iter().filter(|found| found.is_exact).count();
    Agreed { bounds, by_flow }
}

/// Returns whether bounds lie within others.
fn contains(wide: Bounds, narrow: Bounds) -> bool {
    let Some((least, greatest)) = narrow else {
        return true;
    };
    wide.is_some_and(|(wide_least, wide_greatest)| {
        let fits = |most| greatest.is_some_and(|greatest| greatest <= most);
        wide_least <= least && wide_greatest.is_none_or(fits)
    })
}

/// Returns the hidden figures that maximal flows narrow down too far.
fn narrowed_by_flow(system: &System, hidden: &[At], truth: &BTreeMap<At, i64>) -> Vec<String> {
    let found = flow::bounds(system, hidden.len());
    let bounds: Vec<Bounds> = found.into_iter().map(|found| found.bounds).collect();
    too_narrow(hidden, &bounds, truth)
}

/// Returns the system of who is shown an unknown as well.
fn shown(system: &System, unknown: usize, value: i64) -> System {
    let mut system = system.clone();
    for (parts, sum) in &mut system.sums {
        let known = parts.iter().filter(|(at, _)| *at == unknown);
        *sum -= known.map(|(_, factor)| factor * value).sum::<i64>();
        parts.retain(|(at, _)| *at != unknown);
    }
    system
}

/// Returns how often a mark stands in the site's files of a sort: of JSON in the data of the kinds,
/// since schemas name the mark and the interface says the same again; of pages in the first language.
fn marks(outcome: &Outcome, sort: &str, mark: &str) -> usize {
    let is_data = |route: &str| route.starts_with("data/") && !route.ends_with(".schema.json");
    let is_of_sort = |route: &str| {
        let again = ["zh-hant/", "en/"].iter().any(|tree| route.starts_with(tree));
        route.rsplit('.').next() == Some(sort) && (sort != "json" || is_data(route)) && !again
    };
    let files = outcome.artifacts.iter().filter(|artifact| is_of_sort(artifact.route().as_str()));
    let texts = files.map(|file| std::str::from_utf8(file.bytes()).expect("the file is text"));
    texts.map(|text| text.matches(mark).count()).sum()
}

#[test]
fn flows_bound_every_hidden_figure_of_the_example() {
    let content = example();
    let outcome = build(&content);
    let truth = truth(&content);
    let mut attacker = Attacker::of(&content, &outcome);
    attacker.guess(&content, &truth);
    let hidden = attacker.hidden();

    // No hidden figure of any page or file is left out, and the records say what each is.
    assert_eq!(marks(&outcome, "html", ">*<"), hidden.len());
    assert_eq!(marks(&outcome, "json", "\"suppressed\":"), hidden.len());
    assert!(!hidden.is_empty() && hidden.iter().all(|at| truth.contains_key(at)));

    // All are part of networks, the simplex agrees, and none is exact or too narrow.
    let system = attacker.system();
    let agreed = agreed(&system, hidden.len());
    assert_eq!(agreed.by_flow, hidden.len(), "flows bound every hidden figure exactly");
    let stands = |at: usize| system.sums.iter().any(|(parts, _)| parts.iter().any(|it| it.0 == at));
    assert!((0..hidden.len()).all(stands), "each hidden figure stands in a sum");
    assert_eq!(narrowed_by_flow(&system, &hidden, &truth), Vec::<String>::new());

    // Whichever of them were shown, another one would be found out.
    for (number, at) in hidden.iter().enumerate() {
        let found = narrowed_by_flow(&shown(&system, number, truth[at]), &hidden, &truth);
        assert!(found.iter().any(|found| found.contains("is exact")), "without {at:?}: {found:?}");
    }
}

#[test]
fn what_is_exact_or_too_narrow_is_told_from_what_is_safe() {
    let at = |key: &str| At { record: "kind/id".to_owned(), row: None, key: key.to_owned() };
    let found = |key: &str, value, bounds| {
        too_narrow(&[at(key)], &[bounds], &BTreeMap::from([(at(key), value)])).pop()
    };
    let says = |found: Option<String>, words: &str| found.is_some_and(|it| it.contains(words));
    let width = policy("width");
    assert!(says(found("households", 2, None), "contradict"));
    assert!(says(found("households", 2, Some((2, Some(2)))), "is exact"));
    assert!(says(found("households", 2, Some((1, Some(width)))), "too small"));
    assert_eq!(found("households", 2, Some((1, Some(1 + width)))), None);
    assert_eq!(found("households", 2, Some((1, None))), None);
    // Of money it is a share that counts, and of very little money still something.
    let share = 10 * policy("money_width");
    assert!(says(found("amount", 1000, Some((1000, Some(999 + share)))), "too small"));
    assert_eq!(found("amount", 1000, Some((1000, Some(1000 + share)))), None);
    assert!(says(found("amount", 2, Some((2, Some(2)))), "is exact"));
}

#[test]
fn flows_and_fractions_say_the_same_of_plain_tables() {
    let mut made_up = MadeUp { state: 11 };
    for _ in 0..60 {
        let all: Vec<Vec<i64>> =
            (0..4).map(|_| (0..3).map(|_| 1 + made_up.below(6)).collect()).collect();
        let cells: Vec<(usize, usize)> = (0..4)
            .flat_map(|row| (0..3).map(move |column| (row, column)))
            .filter(|_| made_up.below(3) > 0)
            .collect();
        let line = |is: &dyn Fn(&(usize, usize)) -> bool| -> Sum {
            let parts = || cells.iter().enumerate().filter(|(_, cell)| is(cell));
            let sum = parts().map(|(_, (row, column))| all[*row][*column]).sum();
            (parts().map(|(at, _)| (at, 1)).collect(), sum)
        };
        let rows = (0..4).map(|row| line(&|cell| cell.0 == row));
        let columns = (0..3).map(|column| line(&|cell| cell.1 == column));
        let sums = rows.chain(columns).collect();
        let system = System { floors: vec![1; cells.len()], sums };
        assert_eq!(agreed(&system, cells.len()).by_flow, cells.len());
    }
}

#[test]
fn flows_and_fractions_say_the_same_of_months() {
    // What was there, came, went and was left, month by month; and what came and went in all.
    let mut made_up = MadeUp { state: 23 };
    for months in [1, 2, 3, 4, 5, 6].repeat(10) {
        let mut sums: Vec<Sum> = Vec::new();
        let (mut came, mut went): (Sum, Sum) = Default::default();
        let mut stock = 20 + made_up.below(9);
        let mut floors = vec![1];
        for _ in 0..months {
            let [comes, goes] = [0, 0].map(|_| 1 + made_up.below(4));
            let left = floors.len() + 2;
            let mut month = (vec![(left - 3, 1), (left - 2, 1), (left - 1, -1)], 0);
            came.0.push((left - 2, 1));
            went.0.push((left - 1, 1));
            came.1 += comes;
            went.1 += goes;
            stock += comes - goes;
            // Some months say what is left, which parts what is before from what comes after.
            if made_up.below(4) > 0 {
                month.0.push((left, -1));
            } else {
                month.1 = stock;
            }
            sums.push(month);
            floors.extend([1; 3]);
        }
        sums.extend([came, went]);
        let unknowns = floors.len();
        let agreed = agreed(&System { floors, sums }, unknowns);
        assert!(agreed.bounds.iter().all(Option::is_some), "what happened is possible");
        assert_eq!(agreed.by_flow, unknowns);
    }
}
