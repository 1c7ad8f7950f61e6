//! Charts and ladders of a register with a figure that is not listed: nothing in any file says what it
//! is, neither as it is nor as a sum, a rest or a share it could be worked out from.

use std::collections::BTreeSet;

use mingbai::files::Files;
use mingbai::pipeline::{Outcome, Settings, run};
use mingbai::text::Day;

use crate::opened::holding;

/// A kind the program does not know, with money of so few people that it is not listed.
const KIND: &str = r#"
label = { zh = "户用补助", en = "Help" }
purpose = { zh = "给了几户。", en = "For how many households." }
folder = "helps"
section = "lists"
include = ["base", "period"]
channels = { web = true, board = true }
small_cells = true
sentence = { zh = "给了{households},共{amount}。", en = "{amount} for {households}." }
columns = ["title", "amount"]
basis = [{ zh = "示例办法第1条", en = "Made-up rules, art. 1" }]
deadline = "20 working days"

[fields.from]
type = "reference"
label = { zh = "资金来自", en = "Money from" }
help = { zh = "哪笔资金。", en = "The fund." }
class = "public"
role = "from"
to = ["fund"]

[fields.households]
type = "number"
label = { zh = "户数", en = "Households" }
help = { zh = "几户。", en = "How many." }
class = "public"
role = "household-count"
unit = "户"
units = ["户"]

[fields.amount]
type = "money"
label = { zh = "金额", en = "Amount" }
help = { zh = "多少钱。", en = "How much." }
class = "public"
role = "planned"
"#;

/// Builds a register: a fund, a project that is shown and help for some households.
fn build(households: u32) -> Outcome {
    let base = "place = \"990199001\"\nformed_on = 2025-03-01\npublished_on = 2025-03-02\n\
                publisher = \"示例村\"\nyear = \"2025\"\n";
    let record =
        |id: &str, rest: &str| format!("id = \"{id}\"\ntitle = \"示例{id}\"\n{base}{rest}");
    let places = "[[place]]\ncode = \"990199001\"\nname = \"示例村\"\nlevel = \"village\"\n\
                  households = 10\npersons = 40\ncounted_in = 2024\n";
    let project = "from = \"fund/a\"\ncategory = \"construction\"\ncontent = \"修路\"\n\
                   stage = \"started\"\nplanned = \"60万元\"\nstarted_on = 2025-04-01\n\
                   tendered_on = 2025-03-15\nhotline = [\"12345\"]\n";
    let help = format!("from = \"fund/a\"\nhouseholds = {households}\namount = \"7.31万元\"\n");
    let site = "title = \"示例\"\npublisher = \"示例\"\nbase_url = \"https://example.org\"\nlanguages = [\"zh-Hant\", \"en\"]\ntile_map = true\n[contact]\nhotlines = [\"12345\"]\n";
    let files = Files::of([
        ("site.toml".to_owned(), site.to_owned()),
        ("places.toml".to_owned(), places.to_owned()),
        ("kinds/help.toml".to_owned(), KIND.to_owned()),
        ("funds/a.toml".to_owned(), record("a", "available = \"100万元\"\nlevel = \"county\"\n")),
        ("projects/b.toml".to_owned(), record("b", project)),
        ("helps/c.toml".to_owned(), record("c", &help)),
    ]);
    let settings = Settings {
        as_of: Day::new(2025, 6, 30).expect("a day of the calendar"),
        as_of_asked: true,
        base_url: None,
        keep_going: true,
        key: None,
    };
    run(&files, &settings, &|_| {})
}

/// Returns the text of a page.
fn page<'a>(outcome: &'a Outcome, wanted: &str) -> &'a str {
    let found = outcome.artifacts.iter().find(|artifact| artifact.route().as_str() == wanted);
    let found = found.unwrap_or_else(|| panic!("no page {wanted}"));
    std::str::from_utf8(found.bytes()).expect("pages are UTF-8")
}

/// What the pages with charts are.
const PAGES: [&str; 4] = ["index.html", "funds/index.html", "fund/a.html", "places/990199001.html"];

#[test]
fn a_figure_that_is_listed_is_drawn_and_adds_up() {
    let outcome = build(9);
    let fund = page(&outcome, "fund/a.html");
    assert!(fund.contains("7.31万元") && fund.contains("67.31万元"), "the sum is there");
    assert!(fund.contains("没有安排到项目 32.69万元"), "the rest is there");
    let home = page(&outcome, "index.html");
    assert!(home.contains("class=\"ring s0\""), "uses are a ring");
    assert!(home.contains("class=\"tile t4\""), "places are tiles, since the site wants them");
    let place = page(&outcome, "places/990199001.html");
    assert!(place.contains("平均每人约16828元"), "16,827.50 for each of 40: {place}");
    assert!(place.contains("2024年没有登记"), "a year without money is said to be one");
}

#[test]
fn a_figure_that_is_not_listed_is_on_no_page_and_in_no_rest() {
    let outcome = build(2);
    assert!(outcome.leaks.is_empty());
    // The figure, what it comes to with the project, and what either leaves of the fund.
    let signs = [
        "7.31",
        "73100",
        "73,100",
        "73100.00",
        "73,100.00",
        "7310000",
        "67.31",
        "673100",
        "673,100",
        "673100.00",
        "32.69",
        "326900",
        "326,900",
        "92.69",
        "926900",
        "926,900",
        "7.3%",
        "67.3%",
        "32.6%",
    ];
    // With enough households all is listed, so the signs are looked for in the form that data has.
    let open = holding(&build(9), &signs);
    for (ending, sign) in [
        (".html", "7.31"),
        (".json", "7310000"),
        (".csv", "73100.00"),
        (".xlsx", "73100.00"),
        (".xml", "7.31"),
    ] {
        let is_there = open.iter().any(|(route, held)| route.ends_with(ending) && held == sign);
        assert!(is_there, "{ending} {sign}: {open:?}");
    }
    assert!(open.iter().any(|(route, _)| route.starts_with("search/")), "{open:?}");
    assert_eq!(holding(&outcome, &signs), BTreeSet::new());
    for route in PAGES {
        assert!(
            page(&outcome, route).contains("若干"),
            "{route} says that something is not listed"
        );
    }
    let home = page(&outcome, "index.html");
    assert!(!home.contains("class=\"ring"), "no ring has a part of unknown size");
    assert!(home.contains("class=\"unlisted\""), "it is drawn as unknown");
    // Flows with one of unknown width are a list and no picture.
    let fund = page(&outcome, "fund/a.html");
    assert!(fund.contains("flow-list only") && !fund.contains("class=\"station\""));
}

#[test]
fn a_part_that_is_not_listed_leaves_no_sum_in_the_interface_and_among_the_flows() {
    let pots = |outcome: &Outcome| {
        let place: serde_json::Value =
            serde_json::from_str(page(outcome, "api/v1/places/990199001.json")).expect("JSON");
        place["money"].clone()
    };
    // 60万元 and 7.31万元 are 6,731,000 fen a hundred times over.
    let open = build(9);
    assert_eq!(
        pots(&open)[1],
        serde_json::json!({
            "station": "planned", "fen": 67_310_000, "text": "67.31万元", "suppressed": false,
            "records": 2,
        })
    );
    let hidden = build(2);
    assert_eq!(
        pots(&hidden)[1],
        serde_json::json!({
            "station": "planned", "fen": null, "text": null, "suppressed": true, "records": 2,
        })
    );
    let flows = |outcome: &Outcome| {
        let fund = page(outcome, "fund/a.html");
        let start = fund.find("安排到哪些项目").expect("flows");
        let end = fund[start..].find("</section>").unwrap_or(fund.len() - start);
        fund[start..start + end].to_owned()
    };
    assert!(flows(&open).contains("合计") && flows(&open).contains("67.31万元"));
    assert!(!flows(&hidden).contains("合计"), "more went on than is listed: {}", flows(&hidden));
    let place = page(&hidden, "places/990199001.html");
    assert!(place.contains("安排项目2个、资金若干。"), "{place}");
}

#[test]
fn what_happened_and_what_it_cost_stand_on_the_page_of_a_project() {
    let outcome = build(2);
    let project = page(&outcome, "project/b.html");
    assert!(project.contains("过了17天"), "from tender to work");
    assert!(project.contains("还没有登记"), "what is not on record is said to be");
}
