//! Small figures: an attacker with all that is published cannot narrow one down.
//!
//! The attacker of these tests reads the data files of built sites, sets up the sums anew and works
//! out exact bounds, by a simplex and, where the sums are a network, by maximal flows, which must say
//! the same. The program's own search is not asked. What the attacker would get without the shielding
//! figures is tried as well, so that a blind attacker fails these tests.

mod attacker;
mod flow;
mod networks;
mod simplex;
mod system;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use attacker::{At, Attacker, Figure};
use mingbai::files::Files;
use mingbai::pipeline::{Outcome, Settings, run};
use mingbai::text::{Day, Money};
use networks::agreed;
use system::Bounds;

/// How many registers are made up.
const REGISTERS: u64 = 16;

/// The policy, read as anyone can.
fn policy(key: &str) -> i64 {
    let text = include_str!("../../src/records/schema/anonymity.toml");
    let table: toml::Table = text.parse().expect("the policy can be read");
    table[key].as_integer().expect("a number of the policy")
}

/// Builds a register.
fn build(content: &Files) -> Outcome {
    let settings = Settings {
        as_of: Day::new(2025, 12, 31).expect("a day of the calendar"),
        as_of_asked: true,
        base_url: None,
        keep_going: true,
        key: None,
    };
    run(content, &settings, &|_| {})
}

/// Reads what the files of a register say, figure by figure: people as they are, money in fen.
fn truth(content: &Files) -> BTreeMap<At, i64> {
    let mut truth = BTreeMap::new();
    let schema = mingbai::records::schema_of(content);
    let number = |value: &toml::Value| match value {
        toml::Value::Integer(number) => Some(*number),
        toml::Value::String(text) => {
            let people = text.trim_end_matches(['户', '人', '次', '笔', '个']).parse().ok();
            people.or_else(|| Money::parse(text, None).ok().map(Money::fen))
        }
        _ => None,
    };
    for (path, bytes) in content.iter() {
        let folder = path.split('/').next().unwrap_or("");
        let Some(kind) = schema.kinds().iter().find(|kind| kind.folder == folder) else {
            continue;
        };
        let text = std::str::from_utf8(bytes).expect("a record is text");
        let Ok(table) = text.parse::<toml::Table>() else {
            continue;
        };
        let Some(id) = table.get("id").and_then(toml::Value::as_str) else {
            continue;
        };
        let record = format!("{}/{id}", kind.name);
        for (key, value) in &table {
            let at = |row, key: &str| At { record: record.clone(), row, key: key.to_owned() };
            if let Some(number) = number(value) {
                truth.insert(at(None, key), number);
            }
            for (row, cells) in value.as_array().into_iter().flatten().enumerate() {
                for (column, value) in cells.as_table().into_iter().flatten() {
                    if let Some(number) = number(value) {
                        truth.insert(at(Some((key.clone(), row)), column), number);
                    }
                }
            }
        }
    }
    truth
}

/// Returns the hidden figures that the attacker narrows down too far, with why; never with a value.
fn narrowed(attacker: &Attacker, truth: &BTreeMap<At, i64>) -> Vec<String> {
    let hidden = attacker.hidden();
    too_narrow(&hidden, &agreed(&attacker.system(), hidden.len()).bounds, truth)
}

/// Returns the hidden figures whose bounds are exact or narrower than the policy allows, with why.
fn too_narrow(hidden: &[At], bounds: &[Bounds], truth: &BTreeMap<At, i64>) -> Vec<String> {
    let mut found = Vec::new();
    for (at, bounds) in hidden.iter().zip(bounds) {
        // Shares are made of the figures beside them and say no more than these.
        let Some(value) = truth.get(at) else {
            continue;
        };
        let Some((least, greatest)) = *bounds else {
            found.push(format!("{at:?}: the attacker's sums contradict one another"));
            continue;
        };
        assert!(least <= *value && greatest.is_none_or(|greatest| greatest >= *value), "{at:?}");
        let is_money = ["amount", "total", "investment"].contains(&at.key.as_str());
        let width = if is_money { value * policy("money_width") / 100 } else { policy("width") };
        match greatest.map(|greatest| greatest - least) {
            Some(0) => found.push(format!("{at:?} is exact")),
            Some(between) if between < width => {
                found.push(format!("{at:?} lies in too small an interval"));
            }
            _ => {}
        }
    }
    found
}

/// Returns what the attacker would know if only the small figures were hidden.
fn without_shields(attacker: &mut Attacker, truth: &BTreeMap<At, i64>) {
    let few = policy("few");
    let hidden = attacker.hidden();
    let small = |at: &&At| truth.get(*at).is_some_and(|value| *value < few);
    let stays: BTreeSet<At> = hidden.iter().filter(small).cloned().collect();
    for at in hidden.iter().filter(|at| !stays.contains(*at)) {
        if let Some(value) = truth.get(at) {
            attacker.figures.insert(at.clone(), Figure::Shown(*value, String::new()));
        }
    }
}

/// Returns the example register.
fn example() -> Files {
    Files::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content")).expect("the register")
}

#[test]
fn no_figure_of_the_example_can_be_narrowed_down() {
    let content = example();
    let outcome = build(&content);
    let attacker = Attacker::of(&content, &outcome);
    let truth = truth(&content);
    assert!(!attacker.hidden().is_empty(), "the example has small figures");
    assert_eq!(narrowed(&attacker, &truth), Vec::<String>::new());
    let mut bare = Attacker::of(&content, &outcome);
    without_shields(&mut bare, &truth);
    assert!(!narrowed(&bare, &truth).is_empty(), "without shields the attacker succeeds");
}

/// A register of villages, types and months, made up from a number.
struct MadeUp {
    state: u64,
}

impl MadeUp {
    /// Returns a number below a limit.
    fn below(&mut self, limit: u64) -> i64 {
        self.state = self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695);
        i64::try_from((self.state >> 33) % limit).expect("a small number")
    }

    /// Makes the files of a register: a township, its villages, three types, some months.
    fn register(&mut self) -> Vec<(String, String)> {
        let villages = 2 + self.below(3);
        let months = 1 + self.below(2);
        let codes: Vec<String> = (1..=villages).map(|at| format!("990101{at:03}")).collect();
        let mut places =
            "[[place]]\ncode = \"990101\"\nname = \"示例镇\"\nlevel = \"township\"\n".to_owned();
        for code in &codes {
            places.push_str(&format!(
                "[[place]]\ncode = \"{code}\"\nname = \"示例村{code}\"\nlevel = \"village\"\n\
                 parent = \"990101\"\n"
            ));
        }
        let site = "title = \"示例\"\npublisher = \"示例局\"\nbase_url = \"https://example.org/x\"\n\
                    place = \"990101\"\nexample = true\n[contact]\nhotlines = [\"12317\"]\n";
        let mut files =
            vec![("site.toml".to_owned(), site.to_owned()), ("places.toml".to_owned(), places)];
        let mut before: Vec<[i64; 2]> = codes.iter().map(|_| [self.below(9), 0]).collect();
        before.iter_mut().for_each(|one| one[1] = one[0] * 2);
        for month in 1..=months {
            let mut sum = [[0_i64; 2]; 3];
            let mut opening = [0_i64; 2];
            let mut changes = [0_i64; 4];
            for (code, before) in codes.iter().zip(&mut before) {
                let types: Vec<[i64; 2]> = (0..3)
                    .map(|_| {
                        let households = self.below(7);
                        [households, households * 2 + self.below(3).min(households)]
                    })
                    .collect();
                let total = |at: usize| types.iter().map(|one| one[at]).sum::<i64>();
                let now = [total(0), total(1)];
                let grown = [0, 1].map(|at| (now[at] - before[at]).max(0) + 1);
                let gone = [0, 1].map(|at| before[at] + grown[at] - now[at]);
                for at in 0..2 {
                    opening[at] += before[at];
                    changes[at] += grown[at];
                    changes[2 + at] += gone[at];
                    types.iter().zip(&mut sum).for_each(|(one, sum)| sum[at] += one[at]);
                }
                let moved = [grown[0], grown[1], gone[0], gone[1]];
                files.push(record(code, month, &types, *before, moved));
                *before = now;
            }
            files.push(record("990101", month, &sum, opening, changes));
        }
        files
    }
}

/// Returns a record of a place and month.
fn record(
    place: &str,
    month: i64,
    types: &[[i64; 2]],
    opening: [i64; 2],
    [more_households, more_persons, less_households, less_persons]: [i64; 4],
) -> (String, String) {
    let total = |at: usize| types.iter().map(|one| one[at]).sum::<i64>();
    let (households, persons) = (total(0), total(1));
    let mut text = format!(
        "id = \"m{place}-{month}\"\ntitle = \"示例\"\nplace = \"{place}\"\nformed_on = 2025-0{month}-28\n\
         published_on = 2025-0{month}-28\ntype = \"stock\"\nperiod = \"2025-0{month}\"\n\
         scheme = \"示例\"\nthreshold = \"8000元\"\nstandard = \"示例\"\nprocedure = \"示例\"\n\
         households = {households}\npersons = {persons}\n\
         opening_households = {}\nopening_persons = {}\n\
         increased_households = {more_households}\nincreased_persons = {more_persons}\n\
         decreased_households = {less_households}\ndecreased_persons = {less_persons}\n\
         closing_households = {households}\nclosing_persons = {persons}\ntypes = [\n",
        opening[0], opening[1]
    );
    for (name, [households, persons]) in ["unstable", "marginal", "sudden"].iter().zip(types) {
        text.push_str(&format!(
            "  {{ type = \"{name}\", households = {households}, persons = {persons} }},\n"
        ));
    }
    text.push_str("]\n");
    (format!("monitored/2025/m{place}-{month}.toml"), text)
}

/// Returns the made-up registers with what the program refuses to publish taken note of.
fn made_up(seed: u64) -> Files {
    Files::of(MadeUp { state: seed * 7919 + 17 }.register())
}

/// Returns the records with a figure that the program says it cannot shield.
fn refused(outcome: &Outcome) -> BTreeSet<String> {
    let findings = outcome.report.findings().iter();
    findings
        .filter(|finding| finding.code.name() == "unsafe-aggregate")
        .map(|finding| {
            let path = &finding.primary.span.path;
            let id = path.rsplit('/').next().and_then(|name| name.strip_suffix(".toml"));
            format!("monitored/{}", id.expect("a record's file"))
        })
        .collect()
}

#[test]
fn no_figure_of_made_up_registers_can_be_narrowed_down() {
    let (few, mut hidden, mut bare, mut safe) = (policy("few"), 0, 0, 0);
    for seed in 0..REGISTERS {
        let content = made_up(seed);
        let outcome = build(&content);
        let attacker = Attacker::of(&content, &outcome);
        let truth = truth(&content);
        for (at, figure) in &attacker.figures {
            if let Figure::Shown(value, unit) = figure {
                let people = ["户", "人"].contains(&unit.as_str());
                assert!(!people || *value == 0 || *value >= few, "{seed}: {at:?} is shown");
            }
        }
        hidden += attacker.hidden().len();
        let refused = refused(&outcome);
        let found = narrowed(&attacker, &truth);
        let unsaid: Vec<&String> = found
            .iter()
            .filter(|found| !refused.iter().any(|record| found.contains(&format!("\"{record}\""))))
            .collect();
        assert_eq!(unsaid, Vec::<&String>::new(), "register {seed}");
        safe += usize::from(refused.is_empty());
        let mut without = Attacker::of(&content, &outcome);
        without_shields(&mut without, &truth);
        bare += usize::from(!narrowed(&without, &truth).is_empty());
    }
    let registers = usize::try_from(REGISTERS).expect("a small number");
    assert!(hidden > 200, "only {hidden} figures were hidden");
    assert!(safe * 2 > registers, "only {safe} registers could be shielded");
    assert!(bare * 2 > registers, "without shields only {bare} registers gave something away");
}

#[test]
fn the_order_of_rows_and_ids_of_files_changes_nothing() {
    for seed in 0..4 {
        let content = made_up(seed);
        let turned = Files::of(content.iter().map(|(path, bytes)| {
            let text = std::str::from_utf8(bytes).expect("a record is text");
            let mut lines: Vec<&str> = text.lines().collect();
            if let Some(first) = lines.iter().position(|line| line.starts_with("types = [")) {
                let last = lines.len() - 1;
                lines[first + 1..last].reverse();
            }
            // Another folder puts the files in another order.
            let path = path.replace("monitored/2025/m", "monitored/x/z");
            (path, lines.join("\n").into_bytes())
        }));
        let hidden = |content: &Files| -> BTreeSet<(String, String, String)> {
            let attacker = Attacker::of(content, &build(content));
            let named = |at: At| {
                let label = attacker.label(&at);
                (at.record, label, at.key)
            };
            attacker.hidden().into_iter().map(named).collect()
        };
        assert_eq!(hidden(&content), hidden(&turned), "register {seed}");
    }
}

#[test]
fn words_that_say_a_hidden_figure_are_found_and_not_quoted() {
    let bundle = include_str!("../rules/unsafe-aggregate/bad-words.toml");
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules/base");
    let base = Files::read(&base).expect("the base can be read");
    let own = bundle.split("#== ").filter_map(|piece| piece.split_once('\n'));
    let own = own.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
    let rest = base.iter().map(|(path, bytes)| (path.to_string(), bytes.to_vec()));
    let files = Files::of(rest.chain(own));
    let outcome = build(&files);
    assert!(outcome.report.is_private() && outcome.artifacts.is_empty(), "nothing is built");
    let opened = mingbai::records::open(&files, &mingbai::records::Look::default());
    let sources = mingbai::diag::Sources::new(&files, opened.shown());
    for form in mingbai::diag::FORMS {
        for lang in [mingbai::text::Lang::Zh, mingbai::text::Lang::En] {
            let said = form.write(opened.report(), &sources, lang);
            assert!(said.contains("unsafe-aggregate"), "{}", form.name());
            for figure in ["1户", "一户、", "**1**", "4人", "4口人", "４人", "= 1\n", "= 4\n"]
            {
                assert!(!said.contains(figure), "{} quotes a figure", form.name());
            }
        }
    }
}
