//! What a villager reads of the money and of what is open: every number here was worked out by hand.

use mingbai::files::Files;
use mingbai::pipeline::{Outcome, Settings, run};
use mingbai::text::Day;

/// Two villages of a township; the register is the township's.
const PLACES: &str = "[[place]]\ncode = \"990199\"\nname = \"示例镇\"\nlevel = \"township\"\n\
    [[place]]\ncode = \"990199001\"\nname = \"甲村\"\nlevel = \"village\"\nparent = \"990199\"\npersons = 100\nhouseholds = 20\n\
    [[place]]\ncode = \"990199002\"\nname = \"乙村\"\nlevel = \"village\"\nparent = \"990199\"\n";

/// The township, and its first village.
const TOWN: &str = "990199";
const FIRST: &str = "990199001";
const SECOND: &str = "990199002";

/// Builds a register of some records, given as path, place and what is not in every record.
fn build(records: &[(&str, &str, &str)], kinds: &[(&str, &str)]) -> Outcome {
    let site = "title = \"示例\"\npublisher = \"示例镇人民政府\"\nplace = \"990199\"\n\
                [contact]\nhotlines = [\"12345\"]\n";
    let mut files = vec![
        ("site.toml".to_owned(), site.to_owned()),
        ("places.toml".to_owned(), PLACES.to_owned()),
    ];
    files.extend(kinds.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())));
    for (path, place, rest) in records {
        let id = path.rsplit('/').next().expect("a path has a name");
        let head = format!(
            "id = \"{id}\"\ntitle = \"示例{id}\"\nplace = \"{place}\"\nformed_on = 2025-03-01\n\
             published_on = 2025-03-02\nyear = \"2025\"\n"
        );
        let head = if path.starts_with("notices") || path.starts_with("wombats") {
            head.replace("year = \"2025\"\n", "")
        } else {
            head
        };
        files.push((format!("{path}.toml"), format!("{head}{rest}")));
    }
    let settings = Settings {
        as_of: Day::new(2025, 6, 30).expect("a day of the calendar"),
        as_of_asked: true,
        base_url: None,
        keep_going: true,
        key: None,
    };
    run(&Files::of(files), &settings, &|_| {})
}

/// Returns a file of the site.
fn file<'a>(outcome: &'a Outcome, wanted: &str) -> &'a str {
    let found = outcome.artifacts.iter().find(|artifact| artifact.route().as_str() == wanted);
    let found = found.unwrap_or_else(|| panic!("no file {wanted}"));
    std::str::from_utf8(found.bytes()).expect("it is UTF-8")
}

/// Returns the words of a page, without its tags, up to its charts and fields.
fn words(outcome: &Outcome, wanted: &str) -> String {
    let page = file(outcome, wanted);
    let main = page.split("<main").nth(1).expect("a page has a main part");
    let mut text = String::new();
    for part in main.split('<') {
        let (_, words) = part.split_once('>').unwrap_or(("", part));
        text.push_str(words);
        text.push(' ');
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A fund of 100万元, of which 90万元 are allocated and 40万元 planned for one project.
fn money() -> Vec<(&'static str, &'static str, &'static str)> {
    vec![
        ("funds/f1", TOWN, "available = \"100万元\"\nlevel = \"county\"\n"),
        ("allocations/a1", TOWN, "from = \"fund/f1\"\ntotal = \"90万元\"\n"),
        (
            "projects/p1",
            FIRST,
            "from = \"allocation/a1\"\nplanned = \"40万元\"\ncategory = \"industry\"\ncontent = \"示例\"\nstage = \"started\"\n",
        ),
        (
            "payments/y1",
            FIRST,
            "from = \"project/p1\"\namount = \"30万元\"\npaid_on = 2025-05-01\n",
        ),
    ]
}

/// What was paid to households out of the same allocation.
fn households() -> Vec<(&'static str, &'static str, &'static str)> {
    vec![
        // A payment and the list it paid: 20万元, and not 40.
        (
            "payments/y2",
            TOWN,
            "from = \"allocation/a1\"\namount = \"20万元\"\npaid_on = 2025-05-01\n",
        ),
        (
            "grants/g1",
            TOWN,
            "from = [\"allocation/a1\"]\ncategory = \"grain\"\nscheme = \"示例\"\ntotal = \"20万元\"\npaid_on = 2025-05-01\n",
        ),
        // Paid by a list alone, by its day: 6万元.
        (
            "awards/w1",
            TOWN,
            "from = [\"allocation/a1\"]\nscheme = \"示例\"\nhouseholds = \"30户\"\ntotal = \"6万元\"\npaid_on = 2025-05-02\n",
        ),
        // By what sort of record it is: 4万元.
        ("posts/o1", TOWN, "from = [\"allocation/a1\"]\ntype = \"wages\"\ntotal = \"4万元\"\n"),
        // Not paid, not paid yet, and not wages.
        (
            "grants/g2",
            TOWN,
            "from = [\"allocation/a1\"]\ncategory = \"grain\"\nscheme = \"示例\"\ntotal = \"3万元\"\n",
        ),
        (
            "grants/g3",
            TOWN,
            "from = [\"allocation/a1\"]\ncategory = \"grain\"\nscheme = \"示例\"\ntotal = \"2万元\"\npaid_on = 2025-07-01\n",
        ),
        ("posts/o2", TOWN, "from = [\"allocation/a1\"]\ntype = \"proposed\"\ntotal = \"1万元\"\n"),
        // Out of a project whose payments are on record: they say all.
        (
            "awards/w2",
            TOWN,
            "from = [\"project/p1\"]\nscheme = \"示例\"\nhouseholds = \"30户\"\ntotal = \"5万元\"\npaid_on = 2025-05-02\n",
        ),
    ]
}

#[test]
fn money_of_households_counts_once_and_accuses_nobody() {
    let mut records = money();
    records.extend(households());
    let outcome = build(&records, &[]);
    // 30 + 20 + 6 + 4 = 60, of which 6 + 4 by lists alone; 100 - 60 = 40.
    for page in ["fund/f1.html", "funds/index.html", "index.html"] {
        let words = words(&outcome, page);
        for wanted in ["已拨付 60万元", "其中按名单发放10万元", "没有拨付记录 40万元"]
        {
            assert!(words.contains(wanted), "{page}: no {wanted} in {words}");
        }
        assert!(words.contains("资金规模 100万元 = 已拨付 60万元 + 没有拨付记录 40万元"), "{page}");
        assert!(!words.contains("差额") && !words.contains("多拨付"), "{page} accuses: {words}");
    }
    let allocation = words(&outcome, "allocation/a1.html");
    // 20 + 6 + 4, the lists that say that they were paid.
    assert!(allocation.contains("按名单发放的"), "{allocation}");
    assert!(allocation.contains("30万元"), "{allocation}");
}

#[test]
fn a_fund_without_payments_on_record_is_not_said_to_have_paid_nothing() {
    let outcome = build(&money()[..2], &[]);
    let words = words(&outcome, "funds/index.html");
    assert!(words.contains("没有记录"), "{words}");
    assert!(!words.contains("尚未"), "{words}");
}

#[test]
fn what_a_project_says_was_paid_and_the_payments_are_the_same_money() {
    // 30万元 in two payments; the project says of itself that as much was paid, or more, or less.
    for (own, paid) in [("30万元", "30万元"), ("35万元", "35万元"), ("10万元", "30万元")]
    {
        let mut records = money();
        records.retain(|(path, ..)| !path.starts_with("payments/"));
        let project = records.iter().find(|(path, ..)| *path == "projects/p1");
        let project = project.expect("there is a project");
        let said = format!("{}paid = \"{own}\"\n", project.2);
        let payment = "from = \"project/p1\"\namount = \"15万元\"\npaid_on = 2025-05-01\n";
        let mut records: Vec<(&str, &str, &str)> = records
            .iter()
            .map(
                |record| {
                    if record.0 == "projects/p1" { (record.0, record.1, &*said) } else { *record }
                },
            )
            .collect();
        records.push(("payments/y1", FIRST, payment));
        records.push(("payments/y2", FIRST, payment));
        let page = words(&build(&records, &[]), "fund/f1.html");
        let ladder = page.split("已拨付").nth(1).unwrap_or_default();
        assert!(ladder.trim_start().starts_with(paid), "{own}: {}", &page[..page.len().min(900)]);
    }
}

#[test]
fn what_was_really_paid_too_much_is_still_said() {
    let mut records = money();
    records.extend(households());
    records.push((
        "payments/y3",
        FIRST,
        "from = \"project/p1\"\namount = \"18万元\"\npaid_on = 2025-05-03\n",
    ));
    let outcome = build(&records, &[]);
    // The project was planned at 40 and got 30 + 18.
    let words = words(&outcome, "fund/f1.html");
    assert!(words.contains("差额:已拨付比已安排到项目多 8万元"), "{words}");
}

#[test]
fn what_two_funds_pay_for_is_not_held_against_one() {
    let mut records = money();
    records.push(("funds/f2", TOWN, "available = \"50万元\"\nlevel = \"county\"\n"));
    records.push(("allocations/a2", TOWN, "from = \"fund/f2\"\ntotal = \"50万元\"\n"));
    records.push((
        "projects/p2",
        FIRST,
        "planned = \"50万元\"\ncategory = \"industry\"\ncontent = \"示例\"\nstage = \"started\"\npaid = \"35万元\"\n\
         sources = [\n  { from = \"allocation/a1\", level = \"county\", amount = \"20万元\" },\n  \
         { from = \"allocation/a2\", level = \"county\", amount = \"30万元\" },\n]\n",
    ));
    let outcome = build(&records, &[]);
    // 35 paid, of which nobody can say how much is of the 30 of this fund.
    let second = words(&outcome, "fund/f2.html");
    assert!(second.contains("已安排到项目 30万元") && second.contains("已拨付 35万元"), "{second}");
    assert!(second.contains("有35万元付的事还用了别的资金,分不开"), "{second}");
    assert!(!second.contains("差额") && !second.contains("没有拨付记录"), "{second}");
    // All funds together pay for all of it: 150 - 30 - 35 = 85.
    let both = words(&outcome, "funds/index.html");
    assert!(both.contains("已拨付 65万元") && both.contains("没有拨付记录 85万元"), "{both}");
}

/// A list of households of the first village, and the same for people that is never online.
fn lists() -> Vec<(&'static str, &'static str, &'static str)> {
    let award = "scheme = \"示例\"\nhouseholds = \"3户\"\ntotal = \"600元\"\nentries = [\n\
        { name = \"高样俭\", village = \"990199001\", industry = \"养猪\", amount = \"200元\" },\n\
        { name = \"高样勤\", village = \"990199001\", industry = \"养猪\", amount = \"200元\" },\n\
        { name = \"高样和\", village = \"990199001\", industry = \"养猪\", amount = \"200元\" },\n]\n";
    vec![
        ("awards/town", TOWN, award),
        ("awards/second", SECOND, award),
        (
            "notices/n1",
            TOWN,
            "type = \"list\"\nabout = [\"award/town\"]\nperiod = \"2025-06-21/2025-07-09\"\nhotline = [\"12345\"]\n",
        ),
        (
            "notices/n2",
            SECOND,
            "type = \"list\"\nabout = [\"award/second\"]\nperiod = \"2025-06-21/2025-07-04\"\nhotline = [\"12345\"]\n",
        ),
        // Nothing in it is of the first village.
        (
            "notices/n3",
            SECOND,
            "type = \"before\"\nperiod = \"2025-06-21/2025-07-04\"\nhotline = [\"12345\"]\n",
        ),
        // Over since yesterday.
        (
            "notices/n4",
            TOWN,
            "type = \"before\"\nperiod = \"2025-06-01/2025-06-29\"\nhotline = [\"12345\"]\n",
        ),
    ]
}

/// Returns the ids of the open notices that a place's file for programs names, in their order.
fn open_of(outcome: &Outcome, code: &str) -> Vec<String> {
    let text = file(outcome, &format!("api/v1/places/{code}.json"));
    let value: serde_json::Value = serde_json::from_str(text).expect("it is JSON");
    let notices = value["open_notices"].as_array().expect("a list");
    notices.iter().map(|notice| notice["id"].as_str().expect("an id").to_owned()).collect()
}

#[test]
fn a_village_sees_the_open_lists_that_its_people_are_on() {
    let outcome = build(&lists(), &[]);
    // What ends first comes first: 4 July before 9 July.
    assert_eq!(open_of(&outcome, FIRST), ["n2", "n1"]);
    assert_eq!(open_of(&outcome, SECOND), ["n2", "n3", "n1"]);
    assert_eq!(open_of(&outcome, TOWN), ["n2", "n3", "n1"]);
    let page = file(&outcome, "places/990199001.html");
    let open = page.split("正在公示").nth(1).expect("a part about what is open");
    let open = open.split("<h2").next().expect("it ends");
    assert!(open.contains("notice/n1.html") && open.contains("notice/n2.html"), "{open}");
    assert!(!open.contains("notice/n3.html") && !open.contains("notice/n4.html"), "{open}");
}

#[test]
fn a_list_that_is_not_online_does_not_say_where_its_people_live() {
    let kind = "[channels]\nweb = false\nboard = true\n";
    let outcome = build(&lists(), &[("kinds/award.toml", kind)]);
    assert_eq!(open_of(&outcome, FIRST), ["n1"], "only what hangs in the township");
}

/// Returns the cells of the last row of a table, which has its sums.
fn sums(page: &str, caption: &str) -> Vec<String> {
    let table = page.split("<table").find(|table| table.contains(caption));
    let table = table.unwrap_or_else(|| panic!("no table {caption}"));
    let foot = table.split("<tfoot").nth(1).unwrap_or("");
    let foot = foot.split("</tfoot").next().unwrap_or(foot);
    let cells = foot.split(['<']).filter_map(|part| part.split_once('>'));
    let cells = cells.filter(|(tag, _)| tag.starts_with("td") || tag.starts_with("th"));
    cells.map(|(_, words)| words.trim().to_owned()).collect()
}

#[test]
fn prices_and_limits_are_not_added_up() {
    let items = "scheme = \"示例\"\nhouseholds = \"30户\"\ntotal = \"1300元\"\nitems = [\n\
        { industry = \"养猪\", quantity = \"2头\", unit_price = \"400元\", households = 20, amount = \"800元\" },\n\
        { industry = \"养牛\", quantity = \"1头\", unit_price = \"500元\", households = 10, amount = \"500元\" },\n]\n";
    let kind = "label = { zh = \"袋熊\", en = \"Wombat\" }\nfolder = \"wombats\"\nsection = \"data\"\ninclude = [\"base\"]\n\
        [tables.meals]\nlabel = { zh = \"饭食\", en = \"Meals\" }\n\
        [tables.meals.fields.name]\ntype = \"text\"\nlabel = { zh = \"名\", en = \"Name\" }\nclass = \"public\"\n\
        [tables.meals.fields.most]\ntype = \"money\"\nlabel = { zh = \"上限\", en = \"Most\" }\nclass = \"public\"\n";
    let meals =
        "meals = [\n{ name = \"草\", most = \"3元\" },\n{ name = \"根\", most = \"4元\" },\n]\n";
    let summed = kind.replace("type = \"money\"\n", "type = \"money\"\nsum = true\n");
    let wombat = ("wombats/w", TOWN, meals);
    let outcome = build(&[("awards/w", TOWN, items), wombat], &[("kinds/wombat.toml", kind)]);
    let award = sums(file(&outcome, "award/w.html"), "养猪");
    // 800 + 500; nobody paid 900元 for anything.
    assert!(award.iter().any(|cell| cell == "1300元"), "{award:?}");
    assert!(!award.iter().any(|cell| cell.contains("900")), "{award:?}");
    // What a kind says nothing of is not added up; what it says so of is.
    assert_eq!(sums(file(&outcome, "wombat/w.html"), "草"), Vec::<String>::new());
    let outcome = build(&[wombat], &[("kinds/wombat.toml", &summed)]);
    let wombat = sums(file(&outcome, "wombat/w.html"), "草");
    assert!(wombat.iter().any(|cell| cell == "7元"), "{wombat:?}");
}
