//! What pages say of all records of a kind together, and of what is published and what is missing:
//! every number here was counted by hand.

use std::collections::BTreeSet;

use mingbai::files::Files;
use mingbai::pipeline::{Outcome, Settings, run};
use mingbai::text::Day;

use crate::opened::holding;

/// Two villages of a township; the register is the township's.
const PLACES: &str = "[[place]]\ncode = \"990199\"\nname = \"示例镇\"\nlevel = \"township\"\npersons = 1000\n\
    [[place]]\ncode = \"990199001\"\nname = \"甲村\"\nlevel = \"village\"\nparent = \"990199\"\npersons = 100\nhouseholds = 20\n\
    [[place]]\ncode = \"990199002\"\nname = \"乙村\"\nlevel = \"village\"\nparent = \"990199\"\n";

/// Builds a register of some records, given as path and content without what every record has.
fn build(records: &[(&str, &str, &str)]) -> Outcome {
    build_on(PLACES, (2025, 6, 30), records)
}

/// Returns settings for a day.
fn settings(year: i16, month: i8, day: i8) -> Settings {
    Settings {
        as_of: Day::new(year, month, day).expect("a day of the calendar"),
        as_of_asked: true,
        base_url: None,
        keep_going: true,
        key: None,
    }
}

/// Builds a register of some places and records on a day.
fn build_on(
    places: &str,
    (year, month, day): (i16, i8, i8),
    records: &[(&str, &str, &str)],
) -> Outcome {
    let site = "title = \"示例\"\npublisher = \"示例镇人民政府\"\nplace = \"990199\"\n\
                languages = [\"zh-Hant\", \"en\"]\n[contact]\nhotlines = [\"12345\"]\n";
    let mut files = vec![
        ("site.toml".to_owned(), site.to_owned()),
        ("places.toml".to_owned(), places.to_owned()),
    ];
    for (path, place, rest) in records {
        let id = path.rsplit('/').next().expect("a path has a name");
        let head = format!(
            "id = \"{id}\"\ntitle = \"示例{id}\"\nplace = \"{place}\"\nformed_on = 2025-03-01\n"
        );
        files.push((format!("{path}.toml"), format!("{head}{rest}")));
    }
    run(&Files::of(files), &settings(year, month, day), &|_| {})
}

/// Returns the text of a page.
fn page<'a>(outcome: &'a Outcome, wanted: &str) -> &'a str {
    let found = outcome.artifacts.iter().find(|artifact| artifact.route().as_str() == wanted);
    let found = found.unwrap_or_else(|| panic!("no page {wanted}"));
    std::str::from_utf8(found.bytes()).expect("pages are UTF-8")
}

/// Returns what follows the first of some words on a page, up to others.
fn between<'a>(page: &'a str, from: &str, to: &str) -> &'a str {
    let start = page.find(from).unwrap_or_else(|| panic!("no {from} in {page}")) + from.len();
    let end = page[start..].find(to).unwrap_or_else(|| panic!("no {to} after {from}"));
    &page[start..start + end]
}

/// Returns the words of a row of a table: those of its cells, one after another.
fn row(page: &str, label: &str) -> Vec<String> {
    let rows = page.split("<tr>").skip(1).map(|row| row.split("</tr>").next().unwrap_or(row));
    let cells = |row: &str| -> Vec<String> {
        let mut cells = Vec::new();
        for part in row.split(['<', '\n']) {
            let Some((tag, text)) = part.split_once('>') else {
                continue;
            };
            if (tag.starts_with("td") || tag.starts_with("th")) && !tag.starts_with('/') {
                cells.push(text.trim().to_owned());
            } else if let Some(last) = cells.last_mut() {
                last.push_str(text.trim());
            }
        }
        cells
    };
    let mut found = rows.map(cells).filter(|row| row.first().is_some_and(|first| first == label));
    found.next().unwrap_or_else(|| panic!("no row {label} in {page}"))
}

/// Seven policies, one or two in each state on 30 June 2025.
fn policies() -> Outcome {
    let policy = |rest: &str| {
        format!(
            "published_on = 2025-03-02\ntype = \"normative\"\nlevel = \"township\"\nissuer = \"示例镇人民政府\"\n{rest}"
        )
    };
    let texts = [
        ("p1", policy("status = \"valid\"\nvalid_from = 2024-01-01\n")),
        ("p2", policy("status = \"valid\"\nvalid_to = 2025-12-31\n")),
        // Whoever wrote it forgot that it is over.
        ("p3", policy("status = \"valid\"\nvalid_to = 2025-06-29\n")),
        ("p4", policy("status = \"revised\"\nreplaced_by = \"policy/p1\"\n")),
        // What comes in its place holds only from a later day.
        ("p5", policy("status = \"valid\"\n")),
        ("p6", policy("status = \"valid\"\nvalid_from = 2025-07-15\nreplaces = [\"policy/p5\"]\n")),
        ("p7", policy("status = \"draft\"\n")),
    ];
    let paths: Vec<String> = texts.iter().map(|(id, _)| format!("policies/{id}")).collect();
    let records: Vec<(&str, &str, &str)> = paths
        .iter()
        .zip(&texts)
        .map(|(path, (_, text))| (path.as_str(), "990199", text.as_str()))
        .collect();
    build(&records)
}

#[test]
fn policies_stand_by_the_day_and_not_by_what_is_said_of_them() {
    let outcome = policies();
    let section = page(&outcome, "policies/index.html");
    assert!(
        section.contains(
            "共7份,现行有效2份,即将到期1份,尚未施行1份,征求意见1份,已失效1份,已废止1份。"
        ),
        "{section}"
    );
    let holds = between(section, "pot-label>现行有效", "</details>");
    assert!(holds.contains("示例p1") && holds.contains("示例p5") && !holds.contains("示例p3"));
    let over = between(section, "pot-label>已失效", "</details>");
    assert!(over.contains("示例p3") && over.contains("2025年6月29日到期"), "{over}");
    let void = between(section, "pot-label>已废止", "</details>");
    assert!(
        void.contains("示例p4") && void.contains("被什么代替") && void.contains("p1.html"),
        "{void}"
    );
    let soon = between(section, "pot-label>即将到期", "</details>");
    assert!(soon.contains("12个月内到期") && soon.contains("还有184天"), "{soon}");
}

#[test]
fn a_draft_a_void_paper_and_one_to_come_replace_nothing() {
    let policy = |rest: &str| {
        format!(
            "published_on = 2025-03-02\ntype = \"normative\"\nlevel = \"township\"\nissuer = \"示例镇人民政府\"\n{rest}"
        )
    };
    let texts = [
        ("p1", policy("status = \"valid\"\n")),
        ("draft", policy("status = \"draft\"\nreplaces = [\"policy/p1\"]\n")),
        ("p2", policy("status = \"valid\"\n")),
        ("void", policy("status = \"void\"\nreplaces = [\"policy/p2\"]\n")),
        ("p3", policy("status = \"valid\"\n")),
        (
            "later",
            policy("status = \"valid\"\nvalid_from = 2025-07-01\nreplaces = [\"policy/p3\"]\n"),
        ),
        // The middle one is itself replaced by what holds: the first does not rise again.
        ("c1", policy("status = \"valid\"\n")),
        ("c2", policy("status = \"revised\"\nreplaces = [\"policy/c1\"]\n")),
        ("c3", policy("status = \"valid\"\nreplaces = [\"policy/c2\"]\n")),
    ];
    let paths: Vec<String> = texts.iter().map(|(id, _)| format!("policies/{id}")).collect();
    let records: Vec<(&str, &str, &str)> = paths
        .iter()
        .zip(&texts)
        .map(|(path, (_, text))| (path.as_str(), "990199", text.as_str()))
        .collect();
    let outcome = build(&records);
    for id in ["p1", "p2", "p3"] {
        let text = page(&outcome, &format!("policy/{id}.html"));
        assert!(text.contains("strip holds"), "{id} is in force: {text}");
        assert!(!text.contains("被什么代替"), "{id} was replaced by nothing: {text}");
    }
    assert!(page(&outcome, "policy/c1.html").contains("strip void"));
    assert!(!page(&outcome, "policy/draft.html").contains("代替了"));
    let section = page(&outcome, "policies/index.html");
    assert!(
        section.contains("共9份,现行有效4份,即将到期0份,尚未施行1份,征求意见1份,已废止3份。"),
        "{section}"
    );
}

#[test]
fn the_page_of_a_policy_says_where_it_stands_and_what_came_instead() {
    let outcome = policies();
    let over = page(&outcome, "policy/p3.html");
    assert!(over.contains("strip over") && over.contains("已失效,2025年6月29日到期"), "{over}");
    let void = page(&outcome, "policy/p4.html");
    assert!(void.contains("strip void") && void.contains("已废止"), "{void}");
    assert!(between(void, "被什么代替", "</div>").contains("p1.html"));
    let still = page(&outcome, "policy/p5.html");
    assert!(still.contains("strip holds"), "what comes later does not replace it yet: {still}");
    let later = page(&outcome, "policy/p6.html");
    assert!(later.contains("尚未施行,2025年7月15日起施行"), "{later}");
    assert!(between(later, "代替了", "</div>").contains("p5.html"));
}

#[test]
fn matters_are_in_time_by_the_day_on_which_they_were_taken_up() {
    let matter = |days: &str, rest: &str| {
        format!(
            "published_on = 2025-03-02\ncase_no = \"x\"\nchannel = \"visit\"\nmatter_class = \"fund\"\nhotline = [\"12345\"]\n{days}{rest}"
        )
    };
    // Sixty days after 12 January are 13 March.
    let taken = "received_on = 2025-01-10\naccepted_on = 2025-01-12\n";
    let closed = |day: &str, outcome: &str| {
        format!("closed_on = {day}\nstage = \"closed\"\noutcome = \"{outcome}\"\n")
    };
    let texts = [
        ("complaints/in-time", matter(taken, &closed("2025-03-13", "true"))),
        ("complaints/late", matter(taken, &closed("2025-03-14", "untrue"))),
        (
            "complaints/overdue",
            matter(
                "received_on = 2025-04-29\naccepted_on = 2025-04-30\n",
                "stage = \"handling\"\n",
            ),
        ),
        (
            "complaints/running",
            matter(
                "received_on = 2025-04-30\naccepted_on = 2025-05-01\n",
                "stage = \"handling\"\n",
            ),
        ),
        (
            "complaints/old",
            matter(
                "received_on = 2022-05-01\naccepted_on = 2022-05-02\n",
                &closed("2022-05-10", "true"),
            ),
        ),
    ];
    let records: Vec<(&str, &str, &str)> =
        texts.iter().map(|(path, text)| (*path, "990199001", text.as_str())).collect();
    let outcome = build(&records);
    for route in ["oversight/index.html", "complaint/index.html"] {
        let text = page(&outcome, route);
        assert!(
            text.contains("共收到5件,办结3件,其中按时2件、超时1件;还在办的1件;超时没办完的1件。"),
            "{route}: {text}"
        );
    }
    let section = page(&outcome, "oversight/index.html");
    let table = between(section, "按收到的季度", "</table>");
    let first = between(table, "2025年第1季度", "</tr>");
    let numbers = |row: &str| -> Vec<String> {
        let cells = row.split("<td ").skip(1).take(5);
        cells
            .filter_map(|cell| Some(cell.split_once('>')?.1.split('<').next()?.to_owned()))
            .collect()
    };
    assert_eq!(numbers(first), ["2", "1", "1", "0", "0"], "{first}");
    assert!(first.contains("按时办结,用了60天") && first.contains("超时办结,用了61天"), "{first}");
    let second = between(table, "2025年第2季度", "</tr>");
    assert_eq!(numbers(second), ["2", "0", "0", "1", "1"], "{second}");
    assert!(between(table, "2024年第4季度", "</tr>").contains("本季度没有收到"));
    assert_eq!(numbers(between(table, "更早", "</tr>")), ["1", "1", "0", "0", "0"]);
    assert_eq!(numbers(between(table, "全部", "</tr>")), ["5", "2", "1", "1", "1"]);
    let ended = between(section, "核查下来是什么结果", "</ul>");
    assert!(between(ended, "属实", "</li>").contains("2件"), "{ended}");
    assert!(between(ended, "不属实", "</li>").contains("1件"), "{ended}");
}

#[test]
fn assets_add_up_without_what_speaks_of_all_of_them() {
    let asset = |class: &str, worth: &str, rest: &str| {
        format!(
            "published_on = 2025-03-02\nyear = \"2024\"\nhotline = [\"12345\"]\nasset_class = \"{class}\"\noriginal_value = \"{worth}\"\n{rest}"
        )
    };
    let texts = [
        (
            "assets/a1",
            asset(
                "operating",
                "10万元",
                "income = \"1万元\"\nrent = \"1万元\"\noperator = \"示例合作社\"\nlease_to = 2025-12-30\n",
            ),
        ),
        (
            "assets/a2",
            asset("operating", "20.5万元", "income = \"0.55万元\"\nlease_to = 2025-12-31\n"),
        ),
        ("assets/a3", asset("public", "5万元", "rent = \"500元\"\n")),
        ("assets/a4", asset("public", "1万元", "lease_to = 2025-06-29\n")),
        ("assets/all", asset("all", "100万元", "")),
    ];
    let records: Vec<(&str, &str, &str)> =
        texts.iter().map(|(path, text)| (*path, "990199001", text.as_str())).collect();
    let outcome = build(&records);
    let section = page(&outcome, "assets/index.html");
    assert!(
        section.contains("一项一项登记的有4项,原值36.5万元,一年收益1.55万元(2项没有写)。"),
        "{section}"
    );
    assert!(!section.contains("136.5"), "the whole is not added to its parts");
    assert_eq!(row(section, "经营性资产")[1..], ["30.5万元", "1.55万元", "2"]);
    assert_eq!(row(section, "公益性资产")[1..], ["6万元", "没有写", "2"]);
    assert!(section.contains("6个月内到期的有1项。"), "{section}");
    let leases = between(section, "租给谁、到什么时候", "</table>");
    let order: Vec<usize> = ["示例a4", "示例a1", "示例a2", "示例a3"]
        .iter()
        .map(|title| leases.find(title).unwrap_or_else(|| panic!("no {title} in {leases}")))
        .collect();
    assert!(order.is_sorted(), "what ends first comes first: {leases}");
    assert!(
        leases.contains("已到期")
            && leases.contains("没有写到期日")
            && leases.contains("还有183天")
    );
    assert!(
        page(&outcome, "asset/a1.html").contains("由示例合作社使用,一年租金1万元,一年收益1万元")
    );
}

#[test]
fn what_is_gone_and_what_an_earlier_year_said_of_the_same_thing_is_not_added() {
    let asset = |year: &str, worth: &str, rest: &str| {
        format!(
            "published_on = 2025-03-02\nyear = \"{year}\"\nhotline = [\"12345\"]\nasset_class = \"public\"\noriginal_value = \"{worth}\"\n{rest}"
        )
    };
    let texts = [
        // One thing of two years, known by its number; the later record has another value.
        ("assets/n1", asset("2023", "10万元", "asset_no = \"T-1\"\nrent = \"1万元\"\n")),
        ("assets/n2", asset("2024", "12万元", "asset_no = \"T-1\"\nincome = \"0元\"\n")),
        // A thing that was there and is gone.
        ("assets/g1", asset("2023", "30万元", "asset_no = \"T-2\"\n")),
        (
            "assets/g2",
            asset(
                "2024",
                "30万元",
                "asset_no = \"T-2\"\nstate = \"disposed\"\nlease_to = 2025-12-01\n",
            ),
        ),
        // A thing of an earlier year only.
        ("assets/o", asset("2022", "5万元", "income = \"300元\"\n")),
    ];
    let records: Vec<(&str, &str, &str)> =
        texts.iter().map(|(path, text)| (*path, "990199001", text.as_str())).collect();
    let outcome = build(&records);
    let section = page(&outcome, "assets/index.html");
    assert!(
        section.contains("一项一项登记的有2项,原值17万元,一年收益300元。已处置的1项不算在内。"),
        "{section}"
    );
    assert_eq!(row(section, "公益性资产")[1..], ["17万元", "300元", "2"]);
    // Nothing that is there is let: the rent is of an earlier year, the lease of what is gone.
    assert!(section.contains("6个月内没有到期的。"), "{section}");
    assert!(!section.contains("2025年12月1日"), "{section}");
}

#[test]
fn days_of_a_matter_are_counted_from_one_that_can_be() {
    let matter = |rest: &str| {
        format!(
            "published_on = 2025-03-02\ncase_no = \"x\"\nchannel = \"visit\"\nmatter_class = \"fund\"\nhotline = [\"12345\"]\nstage = \"closed\"\noutcome = \"true\"\n{rest}"
        )
    };
    let texts = [
        // Taken up after it was settled, as it says: ten days from coming in.
        (
            "complaints/slip",
            matter("received_on = 2025-01-10\naccepted_on = 2025-01-23\nclosed_on = 2025-01-20\n"),
        ),
        // No day of taking up: sixty-one days from coming in.
        ("complaints/none", matter("received_on = 2025-01-10\nclosed_on = 2025-03-12\n")),
        // Neither day can be: nobody can say.
        (
            "complaints/never",
            matter("received_on = 2025-02-10\naccepted_on = 2025-02-11\nclosed_on = 2025-02-01\n"),
        ),
    ];
    let records: Vec<(&str, &str, &str)> =
        texts.iter().map(|(path, text)| (*path, "990199001", text.as_str())).collect();
    let outcome = build(&records);
    let section = page(&outcome, "oversight/index.html");
    assert!(section.contains("共收到3件,办结3件,其中按时1件、超时1件。"), "{section}");
    assert!(section.contains("没有写哪天受理的,从收到那天算起"), "{section}");
    let item = |id: &str| between(section, &format!("示例{id}</a>"), "</li>").to_owned();
    assert!(item("slip").contains("按时办结,用了10天"), "{}", item("slip"));
    assert!(item("none").contains("超时办结,用了61天"), "{}", item("none"));
    assert!(
        item("never").contains("已办结") && !item("never").contains("用了"),
        "{}",
        item("never")
    );
    assert!(!section.contains("用了-"), "{section}");
}

/// A kind of matters for which no time limit is set.
const ASKED: &str = r#"
label = { zh = "来访", en = "Visits" }
purpose = { zh = "谁来问过什么。", en = "What was asked." }
folder = "visits"
section = "oversight"
include = ["base"]
channels = { web = true, board = true }
columns = ["title", "received_on"]
overview = "answers"
basis = [{ zh = "示例办法第1条", en = "Made-up rules, art. 1" }]
deadline = "20 working days"

[fields.received_on]
type = "date"
label = { zh = "收到日期", en = "Came in" }
help = { zh = "哪天。", en = "When." }
class = "public"
role = "received-on"

[fields.closed_on]
type = "date"
label = { zh = "办结日期", en = "Settled on" }
help = { zh = "哪天。", en = "When." }
class = "public"
role = "closed-on"

[fields.outcome]
type = "choice"
label = { zh = "结果", en = "Outcome" }
help = { zh = "怎样。", en = "How." }
class = "public"
role = "outcome"
choices = [{ value = "done", zh = "办好了", en = "done" }, { value = "no", zh = "没办成", en = "no" }]
"#;

#[test]
fn without_a_limit_nothing_is_in_time() {
    let visit = |id: &str, rest: &str| {
        format!(
            "id = \"{id}\"\ntitle = \"示例{id}\"\nplace = \"990199001\"\nformed_on = 2025-03-01\npublished_on = 2025-03-02\n{rest}"
        )
    };
    let site = "title = \"示例\"\npublisher = \"示例\"\n[contact]\nhotlines = [\"12345\"]\n";
    let files = Files::of([
        ("site.toml".to_owned(), site.to_owned()),
        ("places.toml".to_owned(), PLACES.to_owned()),
        ("kinds/visit.toml".to_owned(), ASKED.to_owned()),
        (
            "visits/a.toml".to_owned(),
            visit("a", "received_on = 2025-04-01\nclosed_on = 2025-04-09\noutcome = \"done\"\n"),
        ),
        ("visits/b.toml".to_owned(), visit("b", "received_on = 2025-04-02\n")),
    ]);
    let outcome = run(&files, &settings(2025, 6, 30), &|_| {});
    let section = page(&outcome, "oversight/index.html");
    assert!(section.contains("共收到2件,办结1件;还在办的1件。"), "{section}");
    assert!(section.contains("已办结,用了8天"), "{section}");
    assert!(!section.contains("按时"), "{section}");
}

#[test]
fn permanent_notices_are_not_among_those_to_object_to() {
    let notice = |sort: &str, period: &str| {
        format!(
            "published_on = 2025-06-01\ntype = \"{sort}\"\nperiod = \"{period}\"\nhotline = [\"12345\"]\n"
        )
    };
    let (open, lasting) =
        (notice("other", "2025-06-20/2025-07-01"), notice("long-term", "2025-06-01/"));
    let outcome =
        build(&[("notices/open", "990199001", &open), ("notices/lasting", "990199001", &lasting)]);
    let section = page(&outcome, "notices/index.html");
    let now = between(section, "正在公示</h2>", "</section>");
    assert!(now.contains("示例open") && !now.contains("示例lasting"), "{now}");
    let lasting = between(section, "长期公开</h2>", "</section>");
    assert!(lasting.contains("示例lasting") && !lasting.contains("示例open"), "{lasting}");
    let english = page(&outcome, "en/index.html");
    assert!(english.contains("1 notice is open for objection."), "{english}");
    assert!(page(&outcome, "en/notice/open.html").contains("open, 1 day left"));
    // With none to object to, nobody is asked to.
    let alone = build(&[("notices/lasting", "990199001", &notice("long-term", "2025-06-01/"))]);
    assert!(!page(&alone, "notices/index.html").contains("在截止日之前"));
}

#[test]
fn a_group_publishes_for_its_village_and_nothing_is_missing_before_its_day() {
    // Due by 20 April.
    let account = "published_on = 2025-05-01\nperiod = \"2025-Q1\"\nbook = \"collective\"\nopening = \"1元\"\n\
                   total_income = \"2元\"\ntotal_spending = \"1元\"\nclosing = \"2元\"\n";
    let group = "[[place]]\ncode = \"99019900101\"\nname = \"甲村一组\"\nlevel = \"group\"\nparent = \"990199001\"\n";
    let places = format!("{PLACES}{group}");
    let asset = "published_on = 2025-03-02\nyear = \"2024\"\nhotline = [\"12345\"]\nasset_class = \"public\"\noriginal_value = \"5万元\"\n";
    let records = [("assets/one", "99019900101", asset), ("accounts/q1", "99019900101", account)];
    let outcome = build_on(&places, (2025, 7, 5), &records);
    let village = between(page(&outcome, "places/990199001.html"), "id=published", "</section>");
    assert!(row(village, "资产:项目资产")[1].starts_with("公开1条"), "{village}");
    let all = page(&outcome, "published.html");
    // The village by its group, but neither the other village nor the township.
    let line = between(all, "资产:项目资产", "</tr>");
    assert!(line.contains("3个地方中1个") && !line.contains("甲村"), "{line}");
    // The account serves two matters of the catalogues, the asset one.
    assert_eq!(row(all, "甲村")[2], "3");
    // The newest quarter comes first; the second of the year is due by 20 July.
    let cells = row(all, "村级财务");
    assert_eq!(cells[1..3], ["本季度未结束", "还没到公开的日子"], "{cells:?}");
    assert!(cells[3].starts_with("2个村中1个,其中1个迟了"), "{cells:?}");
    assert!(cells[3].contains("乙村") && !cells[3].contains("甲村"), "{cells:?}");
    assert_eq!(cells[4], "本季度无记录", "{cells:?}");
    let own = row(page(&outcome, "places/990199001.html"), "村级财务");
    assert_eq!(own[1..], ["本季度未结束", "还没到公开的日子", "公开1条,迟了", "本季度无记录"]);
    let late = build_on(&places, (2025, 7, 21), &records);
    assert_eq!(row(page(&late, "published.html"), "村级财务")[2], "本季度无记录");
    assert_eq!(row(page(&late, "places/990199001.html"), "村级财务")[2], "本季度无记录");
}

/// A kind of things that a few households have, whose worth is not listed for few of them.
const HELD: &str = r#"
label = { zh = "户有物", en = "Held" }
purpose = { zh = "几户有的东西。", en = "What households have." }
folder = "helds"
section = "assets"
include = ["base", "period"]
channels = { web = true, board = true }
small_cells = true
sentence = { zh = "给了{households},共{worth}。", en = "{worth} for {households}." }
columns = ["title", "worth"]
overview = "holdings"
basis = [{ zh = "示例办法第1条", en = "Made-up rules, art. 1" }]
deadline = "20 working days"

[fields.sort]
type = "choice"
label = { zh = "类别", en = "Class" }
help = { zh = "哪一类。", en = "Which." }
class = "public"
role = "sort"
choices = [{ value = "one", zh = "甲类", en = "one" }, { value = "two", zh = "乙类", en = "two" }]

[fields.households]
type = "number"
label = { zh = "户数", en = "Households" }
help = { zh = "几户。", en = "How many." }
class = "public"
role = "household-count"
unit = "户"
units = ["户"]

[fields.worth]
type = "money"
label = { zh = "价值", en = "Worth" }
help = { zh = "多少钱。", en = "How much." }
class = "public"
role = "worth"
"#;

/// Builds a register with one thing that everybody may know of and one of some households.
fn held(households: u32) -> Outcome {
    let base = "place = \"990199001\"\nformed_on = 2025-03-01\npublished_on = 2025-03-02\n\
                publisher = \"示例镇\"\nyear = \"2025\"\n";
    let record =
        |id: &str, rest: &str| format!("id = \"{id}\"\ntitle = \"示例{id}\"\n{base}{rest}");
    let site = "title = \"示例\"\npublisher = \"示例\"\nbase_url = \"https://example.org\"\nlanguages = [\"zh-Hant\", \"en\"]\n[contact]\nhotlines = [\"12345\"]\n";
    let few = format!("sort = \"one\"\nhouseholds = {households}\nworth = \"7.31万元\"\n");
    let files = Files::of([
        ("site.toml".to_owned(), site.to_owned()),
        ("places.toml".to_owned(), PLACES.to_owned()),
        ("kinds/held.toml".to_owned(), HELD.to_owned()),
        ("helds/a.toml".to_owned(), record("a", "sort = \"one\"\nworth = \"60万元\"\n")),
        ("helds/b.toml".to_owned(), record("b", "sort = \"two\"\nworth = \"9万元\"\n")),
        ("helds/c.toml".to_owned(), record("c", &few)),
    ]);
    run(&files, &settings(2025, 6, 30), &|_| {})
}

#[test]
fn a_sum_that_would_give_away_a_hidden_figure_is_not_made() {
    // With enough households all is listed, so that the signs below are looked for in the right form.
    let open = held(30);
    let section = page(&open, "assets/index.html");
    assert!(section.contains("76.31万元") && section.contains("67.31万元"), "{section}");
    let hidden = held(2);
    assert!(hidden.leaks.is_empty());
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
        "76.31",
        "763100",
        "763,100",
        "763100.00",
        "16.31",
        "163100",
        "163,100",
    ];
    let listed = holding(&open, &signs);
    for (ending, sign) in [
        (".html", "76.31"),
        (".json", "7310000"),
        (".csv", "73100.00"),
        (".xlsx", "73100.00"),
        (".xml", "7.31"),
    ] {
        let is_there = listed.iter().any(|(route, held)| route.ends_with(ending) && held == sign);
        assert!(is_there, "{ending} {sign}: {listed:?}");
    }
    assert_eq!(holding(&hidden, &signs), BTreeSet::new());
    let section = page(&hidden, "assets/index.html");
    assert_eq!(row(section, "甲类")[1], "若干", "a class with a hidden figure has no sum");
    assert_eq!(row(section, "乙类")[1], "9万元", "another class keeps its own");
    assert_eq!(row(section, "合计")[1], "若干", "and neither has the whole");
}

#[test]
fn counts_of_monitored_households_stand_as_released_and_are_not_added_up() {
    let counted = |period: &str, households: u32, persons: u32| {
        format!(
            "published_on = 2025-03-02\ntype = \"included\"\nperiod = \"{period}\"\nscheme = \"示例\"\nthreshold = \"7000元\"\nstandard = \"示例\"\nprocedure = \"示例\"\nhouseholds = {households}\npersons = {persons}\n"
        )
    };
    let texts =
        [("monitored/m1", counted("2024-Q4", 41, 97)), ("monitored/m2", counted("2025-Q1", 2, 5))];
    let records: Vec<(&str, &str, &str)> =
        texts.iter().map(|(path, text)| (*path, "990199", text.as_str())).collect();
    let outcome = build(&records);
    let section = page(&outcome, "lists/index.html");
    assert_eq!(row(section, "2024年第4季度")[1..3], ["41户", "97人"]);
    assert_eq!(row(section, "2025年第1季度")[1..3], ["*", "*"], "too few to be listed");
    assert!(section.contains("数字太小,为保护个人信息不列出"), "it says why");
    // The sums would be 43 and 102.
    for sign in ["43户", "102人"] {
        assert!(!section.contains(sign), "{sign} follows from nothing that is shown");
    }
}

#[test]
fn every_place_is_told_what_it_has_to_publish_and_what_is_missing() {
    let policy = |published: &str| {
        format!(
            "published_on = {published}\ntype = \"normative\"\nlevel = \"township\"\nissuer = \"示例镇人民政府\"\nstatus = \"valid\"\n"
        )
    };
    let asset = "published_on = 2025-03-02\nyear = \"2024\"\nhotline = [\"12345\"]\nasset_class = \"public\"\noriginal_value = \"5万元\"\n";
    // Formed on 1 March; twenty working days end before 1 May.
    let (first, late) = (policy("2025-03-10"), policy("2025-05-01"));
    let outcome = build(&[
        ("policies/first", "990199", &first),
        ("policies/late", "990199", &late),
        ("assets/one", "990199001", asset),
    ]);
    let town = between(page(&outcome, "places/990199.html"), "id=published", "</section>");
    let norms = row(town, "政策文件:规范性文件");
    assert!(norms[1].starts_with("公开2条,其中迟的1条"), "{norms:?}");
    // One in the second quarter, which comes first, and one in the first.
    assert_eq!(norms[2..], ["1", "1", "无", "无"], "{norms:?}");
    assert_eq!(
        row(town, "政策文件:行政法规、规章")[1],
        "没有公开",
        "another sort of policy is no law"
    );
    let village = between(page(&outcome, "places/990199001.html"), "id=published", "</section>");
    assert!(row(village, "政策文件:规范性文件")[1].starts_with("由示例镇公开"));
    assert!(row(village, "资产:项目资产")[1].starts_with("公开1条"));
    assert_eq!(row(village, "财务:村级财务")[1], "只在村公示栏");
}

#[test]
fn the_page_about_what_is_published_counts_places_and_names_what_has_fallen_silent() {
    let asset = |published: &str| {
        format!(
            "published_on = {published}\nyear = \"2024\"\nhotline = [\"12345\"]\nasset_class = \"public\"\noriginal_value = \"5万元\"\n"
        )
    };
    let old = asset("2024-06-29");
    let outcome = build(&[("assets/one", "990199001", &old)]);
    let all = page(&outcome, "published.html");
    // The village with the asset, the other without, and the township without.
    assert!(between(all, "资产:项目资产", "</tr>").contains("3个地方中1个"), "{all}");
    let missing = between(all, "资产:项目资产", "</tr>");
    assert!(missing.contains("示例镇") && missing.contains("乙村") && !missing.contains("甲村"));
    assert!(
        between(all, "项目资产</a>", "</tr>").contains("停更"),
        "a year and a day without anything new"
    );
    let line = row(all, "甲村");
    let numbers: Vec<usize> =
        line[1..].iter().map(|cell| cell.parse().expect("a number")).collect();
    let [of, done, late, above, board, missing] = numbers[..] else { panic!("{line:?}") };
    assert_eq!((done, late, above), (1, 0, 0));
    assert_eq!(of, done + late + above + board + missing, "every matter is somewhere");
}
