//! Feeds, calendars, the map, linked data and the tags of government sites, read back from whole
//! sites: what a reader, a calendar or a search engine finds is what the records say.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use mingbai::files::Files;
use mingbai::output::emit::{Mark, emit};
use mingbai::pipeline::{Outcome, Settings, run};
use mingbai::project::index_number::{Facts, Scheme};
use mingbai::records::{self, Look};
use mingbai::text::{Day, Lang};
use serde_json::Value;
use tempfile::TempDir;

/// The address the sites are built for.
const BASE_URL: &str = "https://example.org/x";

/// Registers of the golden sites.
const SITES: [&str; 4] = ["board-only", "nonsense-kind", "own-theme", "tables"];

/// The tags of the site, of a column and of an article, from the developer notes of a provincial
/// platform.
const OF_SITE: [&str; 2] = ["SiteName", "SiteDomain"];
const OF_COLUMN: [&str; 4] = ["ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"];
const OF_ARTICLE: [&str; 2] = ["ArticleTitle", "ContentSource"];

/// Reads the register of a golden site, with files laid over it.
fn register(name: &str, more: &[(&str, &str)]) -> Files {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites").join(name);
    let files = Files::read(&folder.join("content")).expect("the register can be read");
    let own = files.iter().map(|(path, bytes)| (path.to_string(), bytes.to_vec()));
    let mut all: BTreeMap<String, Vec<u8>> = own.collect();
    all.extend(more.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())));
    Files::of(all)
}

/// Builds a register for a day.
fn build(files: &Files, day: &str) -> Outcome {
    let settings = Settings {
        as_of: Day::parse(day).expect("a day"),
        as_of_asked: true,
        base_url: Some(BASE_URL.to_owned()),
        keep_going: true,
        key: None,
    };
    run(files, &settings, &|_| {})
}

/// Returns every file of a site as text, by its route.
fn texts(outcome: &Outcome) -> BTreeMap<&str, &str> {
    assert!(outcome.leaks.is_empty(), "the site has leaks");
    let files = outcome.artifacts.iter();
    let texts = files.filter_map(|artifact| {
        Some((artifact.route().as_str(), std::str::from_utf8(artifact.bytes()).ok()?))
    });
    texts.collect()
}

/// Returns whether a route is a whole page of the site: widgets are pieces for other sites.
fn is_page(route: &str) -> bool {
    route.ends_with(".html") && !route.starts_with("widget/")
}

/// Returns what stands between two signs, each time they come.
fn between<'t>(text: &'t str, opening: &str, closing: &str) -> Vec<&'t str> {
    text.split(opening).skip(1).filter_map(|rest| rest.split(closing).next()).collect()
}

/// Returns the content of a tag of a page, if it has the tag once.
fn tag<'t>(page: &'t str, name: &str) -> Option<&'t str> {
    let head = page.split("</head>").next()?;
    let tags = between(head, "<meta ", ">");
    let sign = format!("name={name}");
    let of_name = |tag: &&&str| tag.split_whitespace().any(|part| part.replace('"', "") == sign);
    let found: Vec<&&str> = tags.iter().filter(of_name).collect();
    match found[..] {
        [tag] => between(tag, "content=\"", "\"")
            .first()
            .copied()
            .or_else(|| tag.split_whitespace().find_map(|part| part.strip_prefix("content="))),
        _ => None,
    }
}

/// Reads a calendar back as RFC 5545 says: lines joined, then the properties of each event.
fn events(calendar: &str) -> Vec<BTreeMap<String, String>> {
    assert!(calendar.starts_with("BEGIN:VCALENDAR\r\n") && calendar.ends_with("END:VCALENDAR\r\n"));
    assert_eq!(calendar.matches('\n').count(), calendar.matches("\r\n").count(), "bare ends");
    assert!(calendar.split("\r\n").all(|line| line.len() <= 75), "a line is too long");
    let whole = calendar.replace("\r\n ", "");
    let of_event = |event: &str| {
        let lines = event.lines().filter_map(|line| line.split_once(':'));
        lines.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    };
    between(&whole, "BEGIN:VEVENT\r\n", "END:VEVENT").into_iter().map(of_event).collect()
}

#[test]
fn the_feeds_of_one_folder_tell_the_same() {
    let mut places = 0;
    for site in SITES {
        let outcome = build(&register(site, &[]), "2025-12-31");
        let texts = texts(&outcome);
        let feeds = texts.keys().filter(|route| route.ends_with("feed.json"));
        for route in feeds {
            let json: Value = serde_json::from_str(texts[route]).expect("a feed is JSON");
            let folder = route.strip_suffix("feed.json").expect("a feed");
            places += usize::from(folder.starts_with("places/"));
            let atom = texts[format!("{folder}atom.xml").as_str()];
            assert_eq!(json["version"], "https://jsonfeed.org/version/1.1");
            assert_eq!(json["feed_url"], format!("{BASE_URL}/{route}"));
            let home = json["home_page_url"].as_str().expect("an address");
            assert!(atom.contains(&format!("type=\"text/html\" href=\"{home}\"")), "{route}");
            let items = json["items"].as_array().expect("items");
            let ids: Vec<&str> = items.iter().filter_map(|item| item["id"].as_str()).collect();
            let entries = atom.split("<entry>").skip(1);
            let same: Vec<&str> = entries
                .filter_map(|entry| between(entry, "<id>", "</id>").first().copied())
                .collect();
            assert_eq!(ids, same, "{route}");
            assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), items.len(), "{route}: twice");
            for item in items {
                let words = item["content_text"].as_str().expect("words");
                assert!(!words.is_empty(), "{route}");
                let page = item["url"].as_str().and_then(|url| url.strip_prefix(BASE_URL));
                let page = page.expect("an address of the site").trim_start_matches('/');
                assert!(texts.contains_key(page), "{route}: no page {page}");
            }
        }
    }
    assert!(places >= 6, "only {places} feeds are of places");
}

#[test]
fn the_feed_of_a_place_is_about_it_and_what_is_below() {
    let outcome = build(&register("board-only", &[]), "2025-12-31");
    let texts = texts(&outcome);
    let whole: Value = serde_json::from_str(texts["feed.json"]).expect("JSON");
    let county: Value = serde_json::from_str(texts["places/990100/feed.json"]).expect("JSON");
    assert_eq!(whole["items"], county["items"], "everything is in the county");
    assert!(texts["places/990100.html"].contains("990100/atom.xml"), "the page names its feed");
    // Nothing is published of these themselves.
    assert!(!texts.contains_key("places/990101002/feed.json"));
    assert!(!texts["places/990101002.html"].contains("990101002/"));
}

#[test]
fn calendars_hold_what_runs_and_what_comes() {
    let files = register("board-only", &[]);
    let outcome = build(&files, "2025-12-31");
    let calendar = texts(&outcome)["calendar.ics"].to_owned();
    let found: BTreeMap<String, (String, String)> = events(&calendar)
        .iter()
        .map(|event| {
            let day = |name: &str| event[name].clone();
            (event["UID"].clone(), (day("DTSTART;VALUE=DATE"), day("DTEND;VALUE=DATE")))
        })
        .collect();
    // The days of `notices/*.toml`; the last day belongs to a notice, the day of `DTEND` does not.
    for (uid, from, to) in [
        ("notice/during.period@example.org", "20251225", "20260106"),
        ("notice/during.deadline@example.org", "20260105", "20260106"),
        ("notice/before.period@example.org", "20260112", "20260122"),
        ("notice/before.deadline@example.org", "20260121", "20260122"),
    ] {
        assert_eq!(found.get(uid), Some(&(from.to_owned(), to.to_owned())), "{uid}");
    }
    assert!(!found.keys().any(|uid| uid.contains("/after.")), "what is over is no date");
    for event in events(&calendar) {
        assert_eq!(event["DTSTAMP"], "20251231T000000Z");
        assert_eq!(event["TRANSP"], "TRANSPARENT");
        assert!(event["DESCRIPTION"].contains("12317"), "whom to call");
    }
    assert!(calendar.contains("SUMMARY:公示:务工交通补助第三批公示"));
    // The names of events stay from day to day; long after, the last notice stands alone.
    let uids = |day: &str| -> BTreeSet<String> {
        let outcome = build(&files, day);
        let calendar = texts(&outcome)["places/990100/calendar.ics"].to_owned();
        events(&calendar).iter().map(|event| event["UID"].clone()).collect()
    };
    assert!(uids("2025-12-31").is_superset(&uids("2026-01-06")), "names change");
    assert_eq!(uids("2027-01-01"), BTreeSet::from(["notice/before.period@example.org".to_owned()]));
}

#[test]
fn linked_data_is_json_and_says_where_the_page_stands() {
    let mut sorts: BTreeSet<String> = BTreeSet::new();
    for site in SITES {
        let title = "公示</script><script>alert(1)</script>&";
        let notice = format!(
            "id = \"odd\"\ntitle = '{title}'\nplace = \"990100\"\npublished_on = 2025-12-24\n\
             type = \"other\"\nperiod = \"2025-12-25/2026-01-05\"\nhotline = [\"12317\"]\n"
        );
        let outcome = build(&register(site, &[("notices/odd.toml", &notice)]), "2025-12-31");
        let texts = texts(&outcome);
        for (route, page) in texts.iter().filter(|(route, _)| is_page(route)) {
            let blocks = between(page, "application/ld+json", "</script>");
            for block in &blocks {
                let json = block.split_once('>').expect("the tag ends").1;
                let json: Value = serde_json::from_str(json).expect("a block is JSON");
                assert_eq!(json["@context"], "https://schema.org");
                for node in json["@graph"].as_array().expect("nodes") {
                    let sort = node["@type"].as_str().expect("a type");
                    sorts.insert(sort.to_owned());
                    if sort == "BreadcrumbList" {
                        let last = node["itemListElement"].as_array().and_then(|all| all.last());
                        let last = last.and_then(|item| item["item"].as_str()).expect("an address");
                        let at = last.strip_prefix(BASE_URL).expect("of the site");
                        assert!(page.contains(&format!("{BASE_URL}{at}")), "{route}: {at}");
                    }
                }
            }
            assert!(blocks.len() == 1 || *route == "404.html", "{route}: {}", blocks.len());
        }
        let odd = texts["notice/odd.html"];
        assert!(odd.contains("\\u003c/script\\u003e") && !odd.contains("<script>alert"), "{site}");
    }
    for sort in [
        "WebSite",
        "GovernmentOrganization",
        "Dataset",
        "WebPage",
        "BreadcrumbList",
        "AdministrativeArea",
    ] {
        assert!(sorts.contains(sort), "no {sort} in {sorts:?}");
    }
}

#[test]
fn every_sort_of_page_has_its_tags() {
    let mut articles = 0;
    for site in SITES {
        let outcome = build(&register(site, &[]), "2025-12-31");
        let texts = texts(&outcome);
        let kinds: BTreeSet<&str> = texts
            .keys()
            .filter_map(|route| route.strip_prefix("data/")?.strip_suffix(".schema.json"))
            .collect();
        for (route, page) in texts.iter().filter(|(route, _)| is_page(route)) {
            for name in OF_SITE {
                assert!(tag(page, name).is_some(), "{route}: {name}");
            }
            let Some((folder, file)) =
                route.split_once('/').filter(|(kind, _)| kinds.contains(kind))
            else {
                assert!(tag(page, "ArticleTitle").is_none(), "{route} is no article");
                continue;
            };
            for name in OF_COLUMN {
                assert!(tag(page, name).is_some_and(|words| !words.is_empty()), "{route}: {name}");
            }
            // Articles name the same data file as nobody else does.
            let article = !file.starts_with("index") && !file.starts_with("by-");
            for name in OF_ARTICLE {
                assert_eq!(tag(page, name).is_some(), article, "{route}: {name} {folder}");
            }
            if article && let Some(date) = tag(page, "PubDate") {
                articles += 1;
                let shape: String = date
                    .chars()
                    .map(|sign| if sign.is_ascii_digit() { '9' } else { sign })
                    .collect();
                assert_eq!(shape, "9999-99-99 99:99", "{route}: yyyy-MM-dd HH:mm");
            }
        }
    }
    assert!(articles >= 10, "only {articles} pages say when they were published");
    let outcome = build(&register("board-only", &[]), "2025-12-31");
    let page = texts(&outcome)["notice/during.html"];
    assert_eq!(tag(page, "ArticleTitle"), Some("务工交通补助第三批公示"));
    assert_eq!(tag(page, "PubDate"), Some("2025-12-24 00:00"));
    assert_eq!(tag(page, "ContentSource"), Some("明白县农业农村局(虚构)"));
    assert_eq!(tag(page, "Url"), Some("https://example.org/x/notice/during.html"));
    assert_eq!(tag(page, "SiteIDCode"), None, "there is no code, so there is no tag");
}

#[test]
fn browsers_are_told_of_the_search_page() {
    let outcome = build(&register("board-only", &[]), "2025-12-31");
    let texts = texts(&outcome);
    let description = texts["opensearch.xml"];
    let asked = "template=\"https://example.org/x/search.html?q={searchTerms}\"";
    assert!(description.contains(asked) && texts.contains_key("search.html"), "{description}");
    let name = between(description, "<ShortName>", "</ShortName>");
    assert!(name[0].chars().count() <= 16, "the format allows sixteen letters");
    assert!(texts["notice/during.html"].contains("../opensearch.xml"));
}

/// Returns the site file of a golden site with more at its end.
fn site_file(more: &str) -> String {
    let files = register("board-only", &[]);
    format!("{}\n{more}\n", files.text("site.toml").expect("a site file"))
}

#[test]
fn the_box_of_metadata_is_as_the_register_wants_it() {
    let bare = build(&register("board-only", &[]), "2025-12-31");
    assert!(!texts(&bare)["notice/during.html"].contains("particulars"), "no box unasked");
    let site = site_file(
        "[metadata]\nfields = [\"published-on\", \"index-number\", \"document-number\", \"matter\"]\n\
         labels = { index-number = \"信息索引号\" }\n[index_number]\nscheme = \"{organ}/{year}-{kind}-{id}\"\norgan = \"9901A\"",
    );
    let notice = "id = \"own\"\ntitle = \"公示(示例)\"\nplace = \"990100\"\npublished_on = 2025-12-24\n\
        doc_no = \"明农发[2025]3号\"\nindex_no = \"OWN/1\"\ntype = \"other\"\n\
        period = \"2025-12-25/2026-01-05\"\nhotline = [\"12317\"]\n";
    let more = [("site.toml", &*site), ("notices/own.toml", notice)];
    let outcome = build(&register("board-only", &more), "2025-12-31");
    assert!(outcome.report.findings().is_empty(), "{:?}", outcome.report.findings().first());
    let texts = texts(&outcome);
    let lines = |route: &str| -> Vec<(String, String)> {
        let page = between(texts[route], "particulars", "</section>");
        let page = page.first().expect("a box");
        let labels = between(page, "<dt>", "</dt>").into_iter();
        let words = between(page, "<dd>", "</dd>").into_iter();
        labels.zip(words).map(|(label, words)| (label.to_owned(), words.to_owned())).collect()
    };
    let line = |label: &str, words: &str| (label.to_owned(), words.to_owned());
    // A line without words is not there; a field of the record is called as it always is.
    assert_eq!(
        lines("notice/during.html")[..2],
        [line("发布日期", "2025年12月24日"), line("信息索引号", "9901A/2025-notice-during"),]
    );
    assert_eq!(lines("notice/during.html").len(), 3, "the matter is a field");
    assert_eq!(
        lines("notice/own.html"),
        [
            line("发布日期", "2025年12月24日"),
            line("信息索引号", "OWN/1"),
            line("发文字号", "明农发〔2025〕3号"),
        ]
    );
    assert!(texts["data/notice.json"].contains("明农发[2025]3号"), "the source stays");
}

#[test]
fn numbers_of_a_scheme_that_fall_together_are_found() {
    let scheme = Scheme::parse("{year}-{serial}", "", 4).expect("a scheme");
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    let (one, other) = (0..)
        .find_map(|number| {
            let id = format!("w{number}");
            let facts =
                Facts { kind: "notice", id: &id, place: "990100", day: Day::new(2025, 12, 24) };
            let made = scheme.number(&facts).expect("a number");
            seen.insert(made, id.clone()).map(|first| (first, id))
        })
        .expect("ten thousand numbers are soon used up");
    let site = site_file("[index_number]\nscheme = \"{year}-{serial}\"\ndigits = 4");
    let notice = |id: &str| {
        format!(
            "id = \"{id}\"\ntitle = \"公示(示例)\"\nplace = \"990100\"\npublished_on = 2025-12-24\n\
             type = \"other\"\nperiod = \"2025-12-25/2026-01-05\"\nhotline = [\"12317\"]\n"
        )
    };
    let (first, second) = (notice(&one), notice(&other));
    let files = register(
        "board-only",
        &[("site.toml", &*site), ("notices/a.toml", &*first), ("notices/b.toml", &*second)],
    );
    let opened = records::open(&files, &Look::default());
    let codes: Vec<&str> =
        opened.report().findings().iter().map(|finding| finding.code.name()).collect();
    assert_eq!(codes, ["index-collision"]);
}

#[test]
fn faults_of_schemes_and_boxes_are_found_where_they_stand() {
    for (more, words) in [
        ("[index_number]\nscheme = \"{year}-{nonsense}\"", "scheme"),
        ("[index_number]\nscheme = \"{year}\"", "{serial}"),
        ("[index_number]\nscheme = \"{id}\"\ndigits = 20", "digits"),
        ("[metadata]\nfields = [\"index-nummer\"]", "index-number"),
        ("[metadata]\nfields = [\"title\"]\nlabels = { topic = \"甲\" }", "labels"),
    ] {
        let site = site_file(more);
        let files = register("board-only", &[("site.toml", &*site)]);
        let opened = records::open(&files, &Look::default());
        let [finding] = opened.report().findings() else {
            panic!("{more}: {:?}", opened.report().findings());
        };
        assert_eq!(finding.code.name(), "site-fault");
        let said = format!("{finding:?}");
        assert!(said.contains(words), "{more}: {said}");
        assert!(finding.primary.span.start > 0, "{more}: it has its place");
    }
}

#[test]
fn whom_to_tell_of_holes_is_kept_in_its_folder_and_taken_away_again() {
    let folder = TempDir::new().expect("a folder can be made");
    let root = folder.path().join("site");
    let outcome = build(&register("board-only", &[]), "2025-12-31");
    let text = texts(&outcome)[".well-known/security.txt"];
    assert!(text.contains("\nContact: tel:12317;phone-context=+86\n"), "{text}");
    assert!(text.contains("\nExpires: 2026-06-30T00:00:00Z\n"), "{text}");
    emit(&outcome.artifacts, (&root, Mark::Site), Lang::En).expect("it is written");
    let again = emit(&outcome.artifacts, (&root, Mark::Site), Lang::En).expect("it is written");
    assert_eq!((again.written, again.removed), (0, 0), "nothing changed");
    let silent = "title = \"明白县(虚构)\"\npublisher = \"明白县(虚构)\"\nplace = \"990100\"\n";
    let without = build(&register("board-only", &[("site.toml", silent)]), "2025-12-31");
    assert!(!texts(&without).contains_key(".well-known/security.txt"));
    emit(&without.artifacts, (&root, Mark::Site), Lang::En).expect("it is written");
    assert!(!root.join(".well-known").exists(), "it is gone with its folder");
}

#[test]
fn the_map_names_every_page_for_people_once() {
    for site in SITES {
        let outcome = build(&register(site, &[]), "2025-12-31");
        let texts = texts(&outcome);
        let addresses = between(texts["sitemap.xml"], "<loc>", "</loc>");
        let once: BTreeSet<&str> = addresses.iter().copied().collect();
        assert_eq!(once.len(), addresses.len(), "{site}: an address twice");
        let paths: BTreeSet<&str> = once
            .iter()
            .map(|address| address.strip_prefix(BASE_URL).expect("an address of the site"))
            .collect();
        for path in &paths {
            let path = path.trim_start_matches('/');
            let page = if path.is_empty() || path.ends_with('/') {
                format!("{path}index.html")
            } else {
                path.to_owned()
            };
            assert!(texts.contains_key(page.as_str()), "{site}: no page {page}");
        }
        assert!(paths.contains("/about.html") && !paths.contains("/404.html"), "{site}");
    }
}

#[test]
fn a_fold_of_a_calendar_is_no_hiding_place() {
    // A working note stays behind; whoever writes it into a title is stopped, wherever the line breaks.
    let list = "id = \"hole\"\ntitle = \"名单(示例)\"\nplace = \"990101001\"\nscheme = \"示例\"\n\
        category = \"other\"\nentries = [\n  { name = \"赵例安\", remark = \"990000123456\" },\n]\n";
    let mut folded = 0;
    for before in 15..21 {
        let notice = format!(
            "id = \"hole\"\ntitle = \"{}990000123456\"\nplace = \"990100\"\npublished_on = 2025-12-24\n\
             type = \"before\"\nperiod = \"2025-12-25/2026-01-05\"\nhotline = [\"12317\"]\n",
            "甲".repeat(before)
        );
        let files =
            register("board-only", &[("grants/hole.toml", list), ("notices/hole.toml", &notice)]);
        let outcome = build(&files, "2025-12-31");
        let found = |route: &str| outcome.leaks.iter().any(|leak| leak.route == route);
        assert!(found("calendar.ics") && found("feed.json"), "{before}");
        assert!(outcome.artifacts.is_empty(), "{before}");
        // `SUMMARY:` and the word before the title take fifteen bytes of seventy-five.
        folded += usize::from((64..75).contains(&(15 + 3 * before)));
    }
    assert!(folded >= 3, "the number was never folded");
}
