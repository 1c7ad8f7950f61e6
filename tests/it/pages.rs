//! Pages of a register's own: what is on them, when they are there, and where they may not be.

use std::path::Path;

use mingbai::diag::{Report, Sources, form};
use mingbai::files::Files;
use mingbai::pipeline::{self, Outcome, Settings, run};
use mingbai::site::Paper;
use mingbai::text::{Day, Lang};

/// The base register of the rule fixtures.
const BASE: &str = "tests/rules/base";

/// The register of the golden site with lists of few people.
const SMALL: &str = "tests/sites/board-only/content";

/// Words that stand in the page under test and nowhere else.
const MARK: &str = "鹭鸶湾";

/// Settings for a day.
fn settings(day: &str) -> Settings {
    let as_of = Day::parse(day).expect("a day");
    Settings { as_of, as_of_asked: true, base_url: None, keep_going: true, key: None }
}

/// A register with files laid over it, in three languages.
fn register(base: &str, files: &[(&str, &str)]) -> Files {
    let base = Files::read(Path::new(base)).expect("the register can be read");
    let base = base.iter().map(|(path, bytes)| (path.to_string(), bytes.to_vec()));
    let site = "title = \"明白县惠民资金公开(示例)\"\npublisher = \"明白县农业农村局(示例)\"\n\
        base_url = \"https://example.org/mingbai\"\nplace = \"990100\"\nexample = true\n\
        languages = [\"zh-Hant\", \"en\"]\n[contact]\nhotlines = [\"12317\"]\n";
    let own = std::iter::once(("site.toml", site)).chain(files.iter().copied());
    let over = own.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
    Files::of(base.chain(over))
}

/// Builds the base register with files laid over it.
fn build(files: &[(&str, &str)]) -> Outcome {
    run(&register(BASE, files), &settings("2025-06-30"), &|_| {})
}

/// Writes a page.
fn page(front: &str, prose: &str) -> String {
    format!("+++\n{front}\n+++\n\n{prose}\n")
}

/// Returns the text at a route.
fn text<'a>(outcome: &'a Outcome, route: &str) -> &'a str {
    let artifact = outcome.artifacts.iter().find(|artifact| artifact.route().as_str() == route);
    let artifact = artifact.unwrap_or_else(|| panic!("no page {route}"));
    std::str::from_utf8(artifact.bytes()).expect("pages are UTF-8")
}

/// Returns the routes of artifacts that hold a mark, in their names or in their bytes.
fn holding(outcome: &Outcome, mark: &str) -> Vec<String> {
    let artifacts = outcome.artifacts.iter();
    let holding = artifacts.filter(|artifact| {
        artifact.route().as_str().contains(mark)
            || String::from_utf8_lossy(artifact.bytes()).contains(mark)
    });
    holding.map(|artifact| artifact.route().as_str().to_owned()).collect()
}

/// Returns the findings as a person reads them.
fn told(report: &Report, files: &Files, outcome: &Outcome) -> String {
    let sources = Sources::new(files, &outcome.shown);
    form("human").expect("a form of the list").write(report, &sources, Lang::En)
}

/// Returns the codes of the findings and the files they are about.
fn findings(outcome: &Outcome) -> Vec<(&str, &str)> {
    let findings = outcome.report.findings().iter();
    findings.map(|finding| (finding.code.name(), &*finding.primary.span.path)).collect()
}

#[test]
fn a_page_is_found_in_the_menu_the_maps_and_the_search_in_each_language() {
    let front = "title = \"鹭鸶湾办事指南\"\nsummary = \"带什么去。\"\nmenu = true\npublish_on = 2025-05-02";
    let english = page("title = \"Heron Bay guide\"", "Bring your **quokka** card.");
    let outcome = build(&[
        ("pages/help/guide.md", &page(front, "带上户口簿,豪猪证不用带。")),
        ("pages/help/guide.en.md", &english),
    ]);
    assert_eq!(findings(&outcome), []);
    for (route, title, tag, folder) in [
        ("help/guide.html", "鹭鸶湾办事指南", "zh-Hans", ""),
        ("en/help/guide.html", "Heron Bay guide", "en", "en/"),
        ("zh-hant/help/guide.html", "鷺鷥灣辦事指南", "zh-Hant", "zh-hant/"),
    ] {
        let own = text(&outcome, route);
        // Names for machines are those of the language the page is in.
        for said in [
            format!("\"inLanguage\":\"{tag}\""),
            format!("\"@id\":\"https://example.org/mingbai/{route}#page\""),
            format!("\"@id\":\"https://example.org/mingbai/{folder}#website\""),
            format!("\"item\":\"https://example.org/mingbai/{folder}\""),
        ] {
            assert!(own.contains(&said), "{route}: {said}");
        }
        assert!(own.contains(&format!("<h1>{title}</h1>")), "{route}");
        let tag = format!("<meta content=\"{title}\" name=\"ArticleTitle\">");
        assert!(own.contains(&tag), "{route}");
        assert!(own.contains("2025-05-02 00:00"), "{route}: when it was published");
        assert!(
            own.contains("\"@type\":\"WebPage\"")
                && own.contains("\"datePublished\":\"2025-05-02\"")
        );
        for other in ["help/guide.html", "zh-hant/help/guide.html", "en/help/guide.html"] {
            let address = format!("https://example.org/mingbai/{other}");
            assert!(own.contains(&address), "{route} does not lead to {other}");
        }
        let folder = route.strip_suffix("help/guide.html").expect("the page is in the tree");
        for place in ["index.html", "sitemap.html", "fund/2024-01.html"] {
            let page = text(&outcome, &format!("{folder}{place}"));
            assert!(page.contains(title), "{folder}{place} does not lead to it");
        }
    }
    let map = text(&outcome, "sitemap.xml");
    assert_eq!(map.matches("<loc>https://example.org/mingbai/").count() % 3, 0);
    assert_eq!(map.matches("help/guide.html</loc>").count(), 3);
    let texts = outcome.artifacts.iter().filter(|artifact| {
        artifact.route().as_str().starts_with("search/")
            && String::from_utf8_lossy(artifact.bytes()).contains("help/guide.html")
    });
    let found: Vec<String> =
        texts.map(|artifact| String::from_utf8_lossy(artifact.bytes()).into_owned()).collect();
    assert_eq!(found.len(), 1, "one index for all languages");
    assert!(found[0].contains("豪猪证") && found[0].contains("quokka"), "{}", found[0]);
}

#[test]
fn what_is_in_another_language_says_so_and_what_was_written_by_hand_stays() {
    let hand = page("title = \"后里的路\"", "后里的**路**,台灣的台。");
    let outcome = build(&[
        ("pages/a.md", &page("title = \"石里的路\"", "里面的路。")),
        ("pages/a.zh-hant.md", &hand),
        ("pages/b.md", &page("title = \"另一条路\"", "里面的路。")),
    ]);
    let own = text(&outcome, "zh-hant/a.html");
    assert!(
        own.contains("<h1>后里的路</h1>") && own.contains("后里的<strong>路</strong>,台灣的台。")
    );
    assert!(!own.contains("由程式從簡體轉換"), "nothing of it is");
    let converted = text(&outcome, "zh-hant/b.html");
    assert!(converted.contains("裡面的路") && converted.contains("由程式從簡體轉換"));
    let note = "The text of this page is in Chinese only.";
    assert!(text(&outcome, "en/b.html").contains(note));
    assert!(text(&outcome, "en/b.html").contains("lang=\"zh-Hans\">里面的路"));
    assert!(!text(&outcome, "b.html").contains(note));
}

#[test]
fn drafts_and_pages_of_the_future_are_nowhere_until_their_day() {
    let draft = page("title = \"鹭鸶湾\"\nmenu = true\ndraft = true\naliases = [\"zz\"]", MARK);
    let later = page("title = \"鹭鸶湾\"\nmenu = true\npublish_on = 2025-07-01", MARK);
    let link = page("title = \"别的\"", "[那一页](pages/later)和[草稿](pages/draft)。");
    let files = register(
        BASE,
        &[("pages/draft.md", &draft), ("pages/later.md", &later), ("pages/link.md", &link)],
    );
    let outcome = run(&files, &settings("2025-06-30"), &|_| {});
    assert_eq!(findings(&outcome), []);
    assert_eq!(holding(&outcome, MARK), Vec::<String>::new());
    assert!(!text(&outcome, "link.html").contains("later.html"), "a link to it is no link");
    let outcome = run(&files, &settings("2025-07-01"), &|_| {});
    let holding = holding(&outcome, MARK);
    assert!(holding.contains(&"later.html".to_owned()) && holding.len() > 20, "{holding:?}");
    assert!(text(&outcome, "link.html").contains("later.html"));
    assert!(
        !outcome
            .artifacts
            .iter()
            .any(|one| ["draft.html", "zz.html"].contains(&one.route().as_str()))
    );
    for paper in [Paper::A4, Paper::A3] {
        let board = pipeline::board(&files, &settings("2025-07-01"), paper, &|_| {});
        assert_eq!(self::holding(&board, MARK), Vec::<String>::new());
    }
}

#[test]
fn a_record_that_is_not_published_is_not_on_a_page_either() {
    let project = "id = \"heron\"\ntitle = \"鹭鸶湾路灯(示例)\"\nplace = \"990101002\"\ndraft = true\n\
        category = \"construction\"\ncontent = \"安装路灯。\"\nstage = \"planned\"\nplanned = \"777.77万元\"\n";
    let all = "{{ record id=\"project/heron\" }}\n\n{{ fund id=\"project/heron\" }}\n\n\
        {{ table kind=\"project\" }}\n\n{{ chart kind=\"project\" by=\"record\" }}";
    let outcome = build(&[
        ("projects/2024/heron.toml", project),
        ("pages/a.md", &page("title = \"全部\"", all)),
    ]);
    for mark in [MARK, "heron", "777.77"] {
        assert_eq!(holding(&outcome, mark), Vec::<String>::new(), "{mark}");
    }
    let page = text(&outcome, "a.html");
    assert_eq!(page.matches("这条记录没有公开。").count(), 2);
    assert!(page.contains("垭口村白茶加工车间") && page.contains("共1条"));
}

#[test]
fn former_addresses_lead_to_the_page() {
    let front = "title = \"鹭鸶湾\"\naliases = [\"old\", \"older/place\"]";
    let outcome = build(&[("pages/village/a.md", &page(front, "正文。"))]);
    assert_eq!(findings(&outcome), []);
    for (route, target) in
        [("old.html", "village/a.html"), ("older/place.html", "../village/a.html")]
    {
        let moved = text(&outcome, route);
        assert!(moved.contains(&format!("0; url={target}")), "{moved}");
        assert!(moved.contains("https://example.org/mingbai/village/a.html"));
    }
    assert!(!text(&outcome, "sitemap.xml").contains("old"));
}

/// Returns the files that would be where something else is.
fn collisions(outcome: &Outcome) -> Vec<&str> {
    let collisions = findings(outcome).into_iter().filter(|(code, _)| *code == "route-collision");
    collisions.map(|(_, path)| path).collect()
}

#[test]
fn no_page_takes_the_address_of_another() {
    let plain = page("title = \"鹭鸶湾\"", "正文。");
    let old = page("title = \"鹭鸶湾\"\naliases = [\"index\"]", "正文。");
    let same = page("title = \"鹭鸶湾\"\naliases = [\"Old\"]", "正文。");
    for (path, text) in [
        ("pages/about.md", &plain),
        ("pages/ABOUT.md", &plain),
        ("pages/index.md", &plain),
        ("pages/en/index.md", &plain),
        ("pages/fund/2024-01.md", &plain),
        ("pages/fund/index.md", &plain),
        ("pages/places/990101.md", &plain),
        ("pages/a.md", &old),
    ] {
        let outcome = build(&[(path, text)]);
        // Once, and not for each language.
        assert_eq!(collisions(&outcome), [path]);
        assert!(outcome.artifacts.is_empty());
    }
    let outcome = build(&[("pages/a.md", &same), ("pages/old.md", &plain)]);
    assert_eq!(collisions(&outcome).len(), 1, "file systems may take no notice of case");
}

#[test]
fn a_finding_says_what_was_meant() {
    let prose = "{{ recrod id=\"project/2024-01\" }}\n\n{{ record id=\"project/2024-0l\" }}\n\n\
        {{ record id=\"projects/2024-01\" }}\n\n{{ record id=\"project/before\" }}\n\n\
        {{ table kind=\"projct\" place=\"垭口材\" }}\n\n{{ chart kind=\"project\" bye=\"use\" }}\n\n\
        {{ chart kind=\"project\" by=\"plac\" }}\n\n[路](pages/rulse)";
    let project = "id = \"2024-01\"\ntitle = \"垭口村白茶加工车间(示例)\"\nplace = \"990101001\"\n\
        year = \"2024\"\ncategory = \"industry\"\ncontent = \"新建。\"\nstage = \"completed\"\n\
        planned = \"38.50万元\"\naliases = [\"before\"]\n";
    let files = register(
        BASE,
        &[
            ("projects/2024/2024-01.toml", project),
            ("pages/a.md", &page("title = \"示例\"", prose)),
            ("pages/rules.md", &page("titel = \"示例\"\ntitle = \"示例\"", "正文。")),
        ],
    );
    let outcome = run(&files, &settings("2025-06-30"), &|_| {});
    let words = told(&outcome.report, &files, &outcome);
    for meant in [
        "did you mean `record`?",
        "did you mean `project/2024-01`?",
        "it is now `project/2024-01`",
        "did you mean `project`?",
        "did you mean `垭口村`?",
        "did you mean `by`?",
        "did you mean `place`?",
        "did you mean `pages/rules`?",
        "did you mean `title`?",
        "pages/a.md:5:4",
    ] {
        assert!(words.contains(meant), "{meant}: {words}");
    }
    assert_eq!(words.matches("did you mean `project/2024-01`?").count(), 2, "{words}");
}

#[test]
fn figures_of_few_people_are_not_on_a_page_either() {
    let prose = "{{ record id=\"relief/2025-12\" }}\n\n{{ table kind=\"relief\" limit=100 }}\n\n\
        {{ chart kind=\"relief\" by=\"year\" }}\n\n{{ chart kind=\"relief\" by=\"record\" }}";
    let files = register(SMALL, &[("pages/a.md", &page("title = \"救助\"", prose))]);
    let outcome = run(&files, &settings("2025-12-31"), &|_| {});
    let own = text(&outcome, "a.html");
    let main = own.split("<main").nth(1).expect("there is a main part");
    assert!(main.contains('*') && main.contains("没有合计"), "{main}");
    for figure in ["1260", "2户", "3人"] {
        assert!(!main.contains(figure), "a figure of few people is on the page");
    }
}

/// Returns where the words of the register with few people say what is hidden, with files laid over it.
fn telling(files: &[(&str, &str)]) -> Vec<String> {
    let outcome = run(&register(SMALL, files), &settings("2025-12-31"), &|_| {});
    let findings = findings(&outcome).into_iter();
    let telling = findings.filter(|(code, _)| *code == "unsafe-aggregate");
    telling.map(|(_, path)| path.to_owned()).collect()
}

/// Returns how often each of some proses, on a page of its own, says what is hidden.
fn each(files: &[(&str, &str)], proses: impl Iterator<Item = String>) -> Vec<usize> {
    let pages: Vec<(String, String)> = proses
        .enumerate()
        .map(|(at, prose)| (format!("pages/p{at}.md"), page("title = \"救助\"", &prose)))
        .collect();
    let pages_of = pages.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    let told = telling(&files.iter().copied().chain(pages_of).collect::<Vec<_>>());
    pages.iter().map(|(own, _)| told.iter().filter(|path| *path == own).count()).collect()
}

#[test]
fn words_of_a_page_do_not_say_what_the_record_hides() {
    let prose = "{{ record id=\"relief/2025-12\" }}\n\n一共救助2户,发了1260元。";
    let outcome = |prose: &str| {
        let files = register(SMALL, &[("pages/a.md", &page("title = \"救助\"", prose))]);
        run(&files, &settings("2025-12-31"), &|_| {})
    };
    let told = outcome(prose);
    let about = findings(&told);
    assert!(about.contains(&("unsafe-aggregate", "pages/a.md")), "{about:?}");
    assert!(told.artifacts.is_empty());
    let linked = outcome("[救助](relief/2025-12)发了1260元。");
    assert!(findings(&linked).contains(&("unsafe-aggregate", "pages/a.md")));
    let other = outcome("红事不过2户,罚款1260元。");
    assert!(!findings(&other).iter().any(|(_, path)| *path == "pages/a.md"));
}

/// A notice about the relief whose figures are hidden, and another about that notice.
const ABOUT: [(&str, &str); 2] = [
    (
        "notices/rel.toml",
        "id = \"rel\"\ntitle = \"低保初审公示(示例)\"\nplace = \"990100\"\nformed_on = 2025-12-24\n\
         type = \"before\"\nhotline = [\"12317\"]\nperiod = \"2025-12-20/2025-12-30\"\nabout = [\"relief/2025-12\"]\n",
    ),
    (
        "notices/rel-2.toml",
        "id = \"rel-2\"\ntitle = \"关于公示的公示(示例)\"\nplace = \"990100\"\nformed_on = 2025-12-24\n\
         type = \"before\"\nhotline = [\"12317\"]\nperiod = \"2025-12-20/2025-12-30\"\nabout = [\"notice/rel\"]\n",
    ),
];

#[test]
fn whatever_shows_a_record_names_it() {
    let naming = [
        "{{ record id=\"relief/2025-12\" }}",
        "{{ table kind=\"relief\" }}",
        "{{ table kind=\"relief\" place=\"990100\" year=\"2025\" limit=1 }}",
        "{{ chart kind=\"relief\" by=\"year\" }}",
        "{{ chart kind=\"relief\" by=\"record\" }}",
        "{{ record id=\"notice/rel\" }}",
        "{{ record id=\"notice/rel-2\" }}",
        "{{ table kind=\"notice\" }}",
        "见[公示](notice/rel)。",
    ];
    let other = [
        "{{ table kind=\"relief\" year=\"2024\" }}",
        "{{ table kind=\"relief\" place=\"990101001\" }}",
        "{{ table kind=\"fund\" }}",
        "{{ chart kind=\"grant\" by=\"year\" }}",
    ];
    let words = "12月救助2户,发了1260元。";
    let told = each(&ABOUT, naming.iter().chain(&other).map(|shown| format!("{shown}\n\n{words}")));
    let (of_naming, of_other) = told.split_at(naming.len());
    for (shown, told) in naming.iter().zip(of_naming) {
        assert_eq!(*told, 2, "{shown}");
    }
    // What is not chosen is not named.
    for (shown, told) in other.iter().zip(of_other) {
        assert_eq!(*told, 0, "{shown}");
    }
}

#[test]
fn no_way_of_saying_a_hidden_figure_passes() {
    let telling = [
        "It helped 2 households.",
        "It helped two poor households.",
        "Two families were helped.",
        "They got 1,260 yuan.",
        "They got RMB 1,260.",
        "They got CNY1260 in all.",
        "They got ¥1,260.",
        "They got 1.26 thousand yuan.",
        "They got one thousand two hundred and sixty yuan.",
        "It helped **3** persons.",
        "Three people were helped.",
        "Households: 2.",
        "发了一千二百六十元。",
        "发了壹仟贰佰陆拾元整。",
        "发了1260块钱。",
        "发了一千二百六十块。",
        "发了1千2百6十元。",
        "发了0.126万元。",
        "发了0.126万。",
        "人民币1260。",
        "一共两户。",
        "一共2个家庭。",
        "一共三名群众。",
        "| 户数 | 2 |",
        "一共2戶。",
        "發了1260塊。",
        "發了一千二百六十圓,三個人。",
    ];
    let silent = [
        "It helped 12 households with 1,261 yuan.",
        "It took 2 days and 3 hours; each household signs once.",
        "Two hundred households live here.",
        "One of each two households came; any 3 persons may ask.",
        "发了一千二百六十一元,1260个鸡蛋。",
        "每2户一组,第三人不算。",
        "一共十二户、二十三人、12600元。",
        "12月3日,2025年第2季度,电话12317。",
    ];
    let all = telling.iter().chain(&silent);
    let told = each(&[], all.map(|words| format!("{{{{ table kind=\"relief\" }}}}\n\n{words}")));
    let (of_telling, of_silent) = told.split_at(telling.len());
    for (words, told) in telling.iter().zip(of_telling) {
        assert_ne!(*told, 0, "{words}");
    }
    for (words, told) in silent.iter().zip(of_silent) {
        assert_eq!(*told, 0, "{words}");
    }
}

#[test]
fn a_translation_may_say_no_more_than_its_page() {
    let main = page("title = \"救助\"", "{{ table kind=\"relief\" }}");
    let english = page("title = \"Relief\"", "It helped 2 households with 1,260 yuan; 3 persons.");
    let title = page("title = \"Relief for 2 households\"", "Words.");
    let files = |english| [("pages/a.md", main.as_str()), ("pages/a.en.md", english)];
    assert_eq!(telling(&files(&english)), ["pages/a.en.md"; 3]);
    assert_eq!(telling(&files(&title)), ["pages/a.en.md"]);
    // And the other way round.
    let plain = page("title = \"救助\"", "12月救助2户。");
    let named = page("title = \"Relief\"", "{{ table kind=\"relief\" }}");
    assert_eq!(telling(&[("pages/a.md", &plain), ("pages/a.en.md", &named)]), ["pages/a.md"]);
    let other = page("title = \"路\"", "一条路。");
    assert_eq!(telling(&[("pages/a.md", &other), ("pages/a.en.md", &english)]), [""; 0]);
}

#[test]
fn no_sentence_of_a_kind_says_who_is_on_a_list() {
    let kind = "sentence = { zh = \"鹭鸶湾发给{entries.name+amount}。\", en = \"{entries.name+amount}.\" }\n";
    let files = register(SMALL, &[("kinds/grant.toml", kind)]);
    let outcome = run(&files, &settings("2025-12-31"), &|_| {});
    let faults = findings(&outcome).into_iter().filter(|(code, _)| *code == "kind-fault");
    assert_eq!(faults.collect::<Vec<_>>(), [("kind-fault", "kinds/grant.toml")]);
    // Faults do not end this build, and still nothing of the sentence is anywhere.
    assert_eq!(holding(&outcome, MARK), Vec::<String>::new());
    let good = kind.replace("entries.name+amount", "households");
    let files = register(SMALL, &[("kinds/grant.toml", &good)]);
    let shown = holding(&run(&files, &settings("2025-12-31"), &|_| {}), MARK);
    for route in ["atom.xml", "feed.json", "search/pages-0.json", "grant/during.html"] {
        assert!(shown.iter().any(|held| held == route), "{route}: {shown:?}");
    }
}

#[test]
fn raw_markup_does_nothing() {
    let prose = "<script>alert(1)</script>\n\n前<b onclick=\"x()\">中</b>后\n\n\
        [x](javascript:alert(1))\n\n{{ table kind=\"project\" place=\"<b>\" }}";
    let outcome = build(&[("pages/a.md", &page("title = \"<i>示例</i> & \\\"x\\\"\"", prose))]);
    let own = text(&outcome, "a.html");
    let main = own.split("<main").nth(1).and_then(|rest| rest.split("</main").next());
    let main = main.expect("there is a main part");
    for bad in ["<script", "onclick", "javascript:", "<i>", "{{", "<b>", "<b "] {
        assert!(!main.contains(bad), "{bad}");
    }
    assert!(main.contains("前中后") && main.contains("&lt;i&gt;示例"));
}

#[test]
fn a_menu_may_name_a_page_and_is_told_of_one_that_is_not_there() {
    let menu = "menu = [\"home\", \"pages/help\", \"funds\", \"pages/hepl\", \"about\"]\n";
    let outcome = build(&[
        ("theme/theme.toml", menu),
        ("pages/help.md", &page("title = \"鹭鸶湾\"", "正文。")),
    ]);
    assert_eq!(findings(&outcome), [("theme-fault", "theme/theme.toml")]);
    let home = text(&outcome, "index.html");
    let tabs = home.split("class=tabs").nth(1).and_then(|rest| rest.split("</nav>").next());
    let tabs = tabs.expect("there is a menu");
    let at = |href: &str| tabs.find(href).unwrap_or_else(|| panic!("{href} is not in {tabs}"));
    assert!(at("index.html") < at("help.html") && at("help.html") < at("funds/index.html"));
    let own = text(&outcome, "help.html");
    assert!(own.contains("<a aria-current=\"page\" href=\"help.html\">"), "it is the current one");
}

#[test]
fn a_page_may_have_a_template_of_its_own() {
    let template = "{% extends \"page.html\" %}{% block head %}<h1>自己的:{{ article.title }}</h1>{% endblock head %}";
    let outcome = build(&[
        ("theme/templates/pages/help.html", template),
        ("pages/help.md", &page("title = \"鹭鸶湾\"", "正文。")),
        ("pages/other.md", &page("title = \"别的\"", "正文。")),
    ]);
    assert!(text(&outcome, "help.html").contains("<h1>自己的:鹭鸶湾</h1>"));
    assert!(text(&outcome, "other.html").contains("<h1>别的</h1>"));
}

#[test]
fn a_frame_of_ones_own_needs_only_the_blocks_that_are_documented() {
    let frame = "<!DOCTYPE html>\n<html lang=\"zh\"><head><title>{{ page.title }}</title></head>\
                 <body><p id=\"object\">鹭鸶湾</p>{% block meta %}{% endblock meta %}\
                 {% block main %}{% endblock main %}{% block deadline %}{% endblock deadline %}</body></html>\n";
    let outcome = build(&[
        ("theme/templates/base.html", frame),
        ("pages/guide.md", &page("title = \"办事指南\"", "带身份证明。")),
    ]);
    let templates = findings(&outcome).into_iter().filter(|(code, _)| *code == "template");
    assert_eq!(templates.collect::<Vec<_>>(), [], "{:?}", outcome.report);
    assert!(text(&outcome, "guide.html").contains(MARK));
    assert!(text(&outcome, "about.html").contains(MARK));
}
