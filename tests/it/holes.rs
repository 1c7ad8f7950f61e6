//! Holes that were found and closed; each test shows that one of them stays closed.

use std::path::Path;

use mingbai::diag::Finding;
use mingbai::diag::code::NAMED_PERSON;
use mingbai::files::Files;
use mingbai::pipeline::{Outcome, Settings, run};
use mingbai::text::Day;

/// The base register of the rule fixtures.
const BASE: &str = "tests/rules/base";

/// Builds the base register with some files laid over it.
fn build(overlay: &[(&str, &str)], keep_going: bool) -> Outcome {
    let base = Files::read(Path::new(BASE)).expect("the base register can be read");
    let mut files: Vec<(String, Vec<u8>)> =
        base.iter().map(|(path, bytes)| (path.to_string(), bytes.to_vec())).collect();
    for (path, text) in overlay {
        files.retain(|(known, _)| known != path);
        files.push(((*path).to_owned(), text.as_bytes().to_vec()));
    }
    let as_of = Day::parse("2024-06-30").expect("a day");
    let settings = Settings { as_of, as_of_asked: true, base_url: None, keep_going, key: None };
    run(&Files::of(files), &settings, &|_| {})
}

/// A list with one private telephone.
const LIST: &str = "id = \"hole\"\ntitle = \"名单(示例)\"\nplace = \"990101001\"\nscheme = \"示例\"\n\
    category = \"other\"\nentries = [\n  { name = \"赵例安\", phone = \"19900001234\" },\n]\n";

/// A notice with a text of its own.
fn notice(text: &str) -> String {
    format!(
        "+++\nid = \"hole\"\ntitle = \"公示(示例)\"\nplace = \"990101001\"\ntype = \"before\"\n\
         hotline = [\"12317\"]\n+++\n\n{text}\n"
    )
}

#[test]
fn a_sign_before_a_number_is_no_hiding_place() {
    for text in ["电话 \\19900001234", "率%19900001234", "电话 1990000&#49;234", "199 0000-1234"]
    {
        let files = [("grants/hole.toml", LIST), ("notices/hole.md", &notice(text))];
        let outcome = build(&files, true);
        let named = |finding: &Finding| {
            finding.code == NAMED_PERSON && &*finding.primary.span.path == "notices/hole.md"
        };
        assert!(outcome.report.findings().iter().any(named), "{text}");
        assert!(outcome.artifacts.is_empty(), "{text}");
    }
    // What no rule knows, such as a working note, only the gate can find.
    let list = LIST.replace("phone =", "remark =").replace("19900001234", "990000123456");
    for text in ["号 \\990000123456", "率%990000123456", "号 9900001&#50;3456", "990000 12-3456"]
    {
        let files = [("grants/hole.toml", list.as_str()), ("notices/hole.md", &notice(text))];
        let outcome = build(&files, true);
        assert!(outcome.leaks.iter().any(|leak| leak.route.contains("hole")), "{text}");
        assert!(outcome.artifacts.is_empty(), "{text}");
    }
}

#[test]
fn what_is_left_out_is_still_looked_for() {
    // No detector takes a land line for personal data; only the gate knows that this one is.
    let number = notice("电话 0999-0009876");
    let list = LIST.replace("19900001234", "09990009876");
    let table = list.replace("entries = [\n  {", "entries = {").replace(" },\n]", " }");
    let row = list.replace("{ name = \"赵例安\", phone = \"09990009876\" }", "\"09990009876\"");
    let kindless = list.clone();
    let cases: [(&str, &str, String); 3] = [
        ("a table that is no list", "grants/hole.toml", table),
        ("a row that is no table", "grants/hole.toml", row),
        ("a file of no kind", "nowhere/hole.toml", kindless),
    ];
    for (what, path, text) in cases {
        let outcome = build(&[(path, &text), ("notices/hole.md", &number)], true);
        assert!(!outcome.leaks.is_empty(), "{what}");
        assert!(outcome.artifacts.is_empty(), "{what}");
    }
    // The first record's number is found as that person's; the twin's only by the gate.
    let twin = list.replace("09990009876", "09990009877");
    let number = number.replace("0009876", "0009877");
    let twin = [
        ("grants/hole.toml", list.as_str()),
        ("grants/twin.toml", twin.as_str()),
        ("notices/hole.md", &number),
    ];
    assert!(!build(&twin, true).leaks.is_empty(), "a record that repeats an id");
}

#[test]
fn figures_that_are_withheld_are_in_no_flow_and_no_message() {
    let kind = "[tables.sources.fields.amount]\nclass = \"internal\"\n";
    let project = "id = \"hole\"\ntitle = \"项目(示例)\"\nplace = \"990101001\"\ncategory = \"industry\"\n\
        content = \"示例\"\nstage = \"planned\"\nplanned = \"20万元\"\n\
        sources = [{ from = \"fund/2024-01\", amount = \"12.3457万元\" }]\n";
    let overlay = [("kinds/project.toml", kind), ("projects/hole.toml", project)];
    let outcome = build(&overlay, true);
    assert!(!outcome.artifacts.is_empty(), "the site is built");
    for artifact in &outcome.artifacts {
        let text = String::from_utf8_lossy(artifact.bytes());
        assert!(!text.contains("12.3457"), "{}", artifact.route());
    }
    for finding in outcome.report.findings() {
        assert!(!finding.message.zh.contains("12.3457"), "{}", finding.code.name());
    }
}

#[test]
fn a_notice_period_that_is_withheld_is_nowhere() {
    let kind = "[fields.period]\nclass = \"internal\"\n";
    let text = notice("正文").replace("type =", "period = \"2024-06-17/2024-07-13\"\ntype =");
    let outcome = build(&[("kinds/notice.toml", kind), ("notices/hole.md", &text)], true);
    assert!(!outcome.artifacts.is_empty(), "the site is built");
    for artifact in &outcome.artifacts {
        let text = String::from_utf8_lossy(artifact.bytes());
        assert!(!text.contains("7月13日") && !text.contains("2024-07-13"), "{}", artifact.route());
    }
}

#[test]
fn impossible_amounts_are_findings_and_no_panics() {
    for amount in ["9000000亿元", "900000000亿元", "99999999999999元"] {
        let fund = format!(
            "id = \"hole\"\ntitle = \"资金(示例)\"\nplace = \"990101001\"\nlevel = \"county\"\navailable = \"{amount}\"\n"
        );
        let outcome = build(&[("funds/hole.toml", &fund)], true);
        assert!(outcome.report.has_errors(), "{amount}");
    }
}
