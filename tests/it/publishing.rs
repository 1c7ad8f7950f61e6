//! What is published at all, and where: drafts, records whose day is still to come, and old
//! addresses.

use std::path::Path;

use mingbai::files::Files;
use mingbai::pipeline::{self, Outcome, Settings, run};
use mingbai::site::Paper;
use mingbai::text::Day;

/// The base register of the rule fixtures.
const BASE: &str = "tests/rules/base";

/// Words that stand in the records under test and nowhere else.
const MARKS: [&str; 4] = ["鹭鸶湾", "zz-heron", "777.77", "示鹭"];

/// A list of persons and the notice that opens it.
const LIST: &str = "id = \"zz-heron\"\ntitle = \"鹭鸶湾补助名单(示例)\"\nplace = \"990101001\"\n\
    published_on = 2025-03-01\nscheme = \"示例\"\ncategory = \"industry\"\ntotal = \"777.77元\"\n\
    entries = [{ name = \"陈示鹭\", village = \"990101001\", amount = \"777.77元\" }]\n";

/// A fund of its own and an allocation from it.
const FUND: &str = "id = \"zz-heron\"\ntitle = \"鹭鸶湾资金(示例)\"\nplace = \"990100\"\nyear = \"2025\"\n\
    level = \"county\"\navailable = \"777.77万元\"\n";

/// Settings for a day.
fn settings(day: &str) -> Settings {
    Settings {
        as_of: Day::parse(day).expect("a day"),
        as_of_asked: true,
        base_url: None,
        keep_going: true,
        key: None,
    }
}

/// The base register with files laid over it.
fn register(files: &[(&str, &str)]) -> Files {
    let base = Files::read(Path::new(BASE)).expect("the base register can be read");
    let base = base.iter().map(|(path, bytes)| (path.to_string(), bytes.to_vec()));
    let over = files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()));
    Files::of(base.chain(over))
}

/// Returns the routes of artifacts that hold a mark, in their names or in their bytes.
fn marked(outcome: &Outcome) -> Vec<String> {
    let holds = |text: &str| MARKS.iter().any(|mark| text.contains(mark));
    let artifacts = outcome.artifacts.iter();
    let marked = artifacts.filter(|artifact| {
        holds(artifact.route().as_str()) || holds(&String::from_utf8_lossy(artifact.bytes()))
    });
    marked.map(|artifact| artifact.route().as_str().to_owned()).collect()
}

/// Returns the text of the page at a route.
fn page<'a>(outcome: &'a Outcome, route: &str) -> Option<&'a str> {
    let artifact = outcome.artifacts.iter().find(|artifact| artifact.route().as_str() == route)?;
    std::str::from_utf8(artifact.bytes()).ok()
}

#[test]
fn a_draft_is_in_no_output_and_leaves_the_rest_alone() {
    let draft =
        |text: &str| text.replacen('\n', "\ndraft = true\naliases = [\"zz-heron-old\"]\n", 1);
    let with_fund = |fund: &str| {
        let project = "id = \"2024-02\"\ntitle = \"柳湾村路灯(示例)\"\nplace = \"990101002\"\n\
            from = \"fund/zz-heron\"\ncategory = \"construction\"\ncontent = \"安装路灯。\"\n\
            stage = \"planned\"\nplanned = \"8万元\"\n";
        register(&[("funds/2025/x.toml", fund), ("projects/2024/y.toml", project)])
    };
    let (shown, hidden) = (with_fund(FUND), with_fund(&draft(FUND)));
    let day = settings("2025-06-30");
    let outcome = run(&shown, &day, &|_| {});
    assert!(marked(&outcome).len() > 5, "the marks are seen when there is something to see");
    let outcome = run(&hidden, &day, &|_| {});
    assert!(outcome.report.findings().is_empty(), "{:?}", outcome.report.findings());
    assert!(page(&outcome, "project/2024-02.html").is_some_and(|page| page.contains("路灯")));
    assert!(
        page(&outcome, "fund/2024-01.html")
            .is_some_and(|page| page.contains("38.5万元") || page.contains("60万元"))
    );
    assert_eq!(marked(&outcome), Vec::<String>::new());
    for paper in [Paper::A4, Paper::A3] {
        assert_eq!(marked(&pipeline::board(&hidden, &day, paper, &|_| {})), Vec::<String>::new());
    }
}

#[test]
fn a_draft_notice_opens_no_list() {
    let notice = |draft: &str| {
        format!(
            "id = \"n\"\n{draft}title = \"名单公示(示例)\"\nplace = \"990101001\"\nabout = [\"grant/zz-heron\"]\ntype = \"list\"\nhotline = [\"12317\"]\n\
             period = \"2025-06-20/2025-07-10\"\n"
        )
    };
    let shown = |draft: &str| {
        let notice = notice(draft);
        let files = register(&[("grants/2025/x.toml", LIST), ("notices/2025/n.toml", &notice)]);
        let outcome = run(&files, &settings("2025-06-30"), &|_| {});
        let page = page(&outcome, "grant/zz-heron.html").expect("the record has its page");
        page.contains("陈**")
    };
    assert!(shown(""), "the notice opens the list");
    assert!(!shown("draft = true\n"), "a draft opens nothing");
}

#[test]
fn a_record_is_published_on_its_day_and_not_before() {
    let files = register(&[("funds/2025/x.toml", &format!("{FUND}published_on = 2025-06-30\n"))]);
    let outcome = run(&files, &settings("2025-06-29"), &|_| {});
    assert!(!outcome.artifacts.is_empty(), "{:?}", outcome.report.findings());
    assert_eq!(marked(&outcome), Vec::<String>::new());
    let outcome = run(&files, &settings("2025-06-30"), &|_| {});
    assert!(marked(&outcome).iter().any(|route| route == "fund/zz-heron.html"));
}

#[test]
fn old_addresses_lead_to_where_a_record_is_now() {
    let fund = FUND.replacen('\n', "\naliases = [\"before\", \"oldkind/before\"]\n", 1);
    let files = register(&[("funds/2025/x.toml", &fund)]);
    let outcome = run(&files, &settings("2025-06-30"), &|_| {});
    assert!(outcome.report.findings().is_empty(), "{:?}", outcome.report.findings());
    for route in ["fund/before.html", "oldkind/before.html"] {
        let page = page(&outcome, route).unwrap_or_else(|| panic!("no page {route}"));
        assert!(page.contains("0; url=../fund/zz-heron.html"), "{page}");
        assert!(
            page.contains("href=\"../fund/zz-heron.html\"")
                || page.contains("href=../fund/zz-heron.html")
        );
        assert!(
            page.contains("https://example.org/mingbai/fund/zz-heron.html"),
            "the new address is the right one"
        );
        assert!(!page.contains(&format!("https://example.org/mingbai/{route}")));
    }
    let map = page(&outcome, "sitemap.xml").expect("there is a map");
    assert!(map.contains("fund/zz-heron.html") && !map.contains("before"));
}

#[test]
fn an_old_address_that_is_a_page_of_the_site_is_refused() {
    let fund = FUND.replacen('\n', "\naliases = [\"index\"]\n", 1);
    let files = register(&[("funds/2025/x.toml", &fund)]);
    let outcome = run(&files, &settings("2025-06-30"), &|_| {});
    let codes: Vec<&str> =
        outcome.report.findings().iter().map(|finding| finding.code.name()).collect();
    assert_eq!(codes, ["route-collision"]);
    assert!(outcome.artifacts.is_empty());
}
