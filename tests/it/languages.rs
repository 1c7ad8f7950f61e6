//! Languages: three trees of the same pages, names that are the same in both Chinese ones, links
//! between all of them, words that are complete, and a gate that knows other characters.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use mingbai::diag::code;
use mingbai::files::Files;
use mingbai::pipeline::{Outcome, Settings, run};
use mingbai::text::{Day, Script};
use toml::{Table, Value};

/// The register in three languages.
const SITE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/sites/three-trees/content");

/// The word lists of the theme.
const WORDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/themes/mingbai/i18n");

/// The address of the site.
const BASE: &str = "https://example.org/trees/";

/// The folders of the trees.
const TREES: [&str; 3] = ["", "zh-hant/", "en/"];

/// Names and codes, as registers write them; most have characters that a conversion would change.
const NAMES: [&str; 14] = [
    "范家县",
    "余里镇",
    "后台岗村",
    "范家县农业农村局(虚构)",
    "余里镇人民政府",
    "范家县钟余干果专业合作社",
    "后台岗村谷子晒面厂项目",
    "2025年范家县衔接资金",
    "范财农〔2025〕8号",
    "范家县余里镇公开路1号",
    "余**",
    "钟**",
    "范**",
    "990101001",
];

/// Reads the register, with some files changed.
fn register(changed: &[(&str, &str)]) -> Files {
    let files = Files::read(Path::new(SITE)).expect("the register can be read");
    let mut files: BTreeMap<String, Vec<u8>> =
        files.iter().map(|(path, bytes)| (path.to_string(), bytes.to_vec())).collect();
    for (path, text) in changed {
        files.insert((*path).to_owned(), text.as_bytes().to_vec());
    }
    Files::of(files)
}

/// Builds a site.
fn build(files: &Files) -> Outcome {
    let settings = Settings {
        as_of: Day::new(2025, 6, 30).expect("a day of the calendar"),
        as_of_asked: true,
        base_url: None,
        keep_going: true,
        key: None,
    };
    run(files, &settings, &|_| {})
}

/// Returns the pages of a site by their routes.
fn pages(outcome: &Outcome) -> BTreeMap<&str, &str> {
    let pages = outcome.artifacts.iter().filter(|artifact| artifact.route().extension() == "html");
    pages
        .map(|artifact| {
            let text = std::str::from_utf8(artifact.bytes()).expect("pages are UTF-8");
            (artifact.route().as_str(), text)
        })
        .collect()
}

/// Returns whether a page is there in the main language only: for lost readers, and for other sites.
fn is_alone(route: &str) -> bool {
    route == "404.html" || route.starts_with("widget/")
}

/// Returns the words of a page between its tags.
fn shown(page: &str) -> String {
    page.split('<').filter_map(|part| part.split_once('>')).map(|(_, words)| words).collect()
}

/// Returns the value of an attribute in a tag, however it is quoted.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let (_, rest) = tag.split_once(&format!(" {name}="))?;
    match rest.strip_prefix('"') {
        Some(rest) => rest.split('"').next(),
        None => rest.split([' ', '>']).next(),
    }
}

/// Returns the other languages a page links in its head: tag and address.
fn links(page: &str) -> BTreeMap<&str, &str> {
    let tags = page.split("<link").skip(1);
    let tags = tags.map(|rest| &rest[..rest.find('>').expect("a tag ends")]);
    tags.filter_map(|tag| Some((attribute(tag, "hreflang")?, attribute(tag, "href")?))).collect()
}

/// Returns the route of an address.
fn route(address: &str) -> String {
    let path = address.strip_prefix(BASE).expect("an address of the site");
    if path.is_empty() || path.ends_with('/') {
        format!("{path}index.html")
    } else {
        path.to_owned()
    }
}

/// Reads a word list.
fn words(tag: &str) -> BTreeMap<String, String> {
    let files = Files::read(Path::new(WORDS)).expect("the word lists can be read");
    let table: Table = files
        .text(&format!("{tag}.toml"))
        .and_then(|text| text.parse().ok())
        .expect("a word list is TOML");
    let words = table.into_iter().filter_map(|(key, value)| match value {
        Value::String(word) => Some((key, word)),
        _ => None,
    });
    words.collect()
}

#[test]
fn each_page_is_there_in_each_language_and_everything_else_once() {
    let outcome = build(&register(&[]));
    let pages = pages(&outcome);
    let main: BTreeSet<&str> = pages
        .keys()
        .copied()
        .filter(|route| !TREES[1..].iter().any(|tree| route.starts_with(tree)))
        .filter(|route| !is_alone(route))
        .collect();
    assert!(main.len() > 15, "only {} pages", main.len());
    for tree in &TREES[1..] {
        let there: BTreeSet<&str> =
            pages.keys().filter_map(|route| route.strip_prefix(tree)).collect();
        assert_eq!(there, main, "{tree}");
        let others = outcome.artifacts.iter().map(|artifact| artifact.route());
        for route in others.filter(|route| route.as_str().starts_with(tree)) {
            assert_eq!(route.extension(), "html", "{route}");
        }
    }
}

#[test]
fn every_page_links_its_twins_and_they_link_back() {
    let outcome = build(&register(&[]));
    let pages = pages(&outcome);
    for (own, page) in pages.iter().filter(|(route, _)| !is_alone(route)) {
        let links = links(page);
        let tags: Vec<&str> = links.keys().copied().collect();
        assert_eq!(tags, ["en", "x-default", "zh-Hans", "zh-Hant"], "{own}");
        assert_eq!(links["x-default"], links["zh-Hans"], "{own}");
        assert!(links.values().any(|address| route(address) == **own), "{own} links itself");
        for (tag, address) in &links {
            let twin = pages.get(route(address).as_str());
            let twin = twin.unwrap_or_else(|| panic!("{own}: no page {address}"));
            assert_eq!(self::links(twin), links, "{own}: {address} links other pages");
            let html = twin.split("<html").nth(1).and_then(|rest| rest.split("<head").next());
            let lang = html.and_then(|tag| attribute(tag, "lang"));
            let speaks = lang == Some(*tag) || *tag == "x-default" && lang == Some("zh-Hans");
            assert!(speaks, "{own}: {address} is in another language");
        }
    }
}

#[test]
fn every_link_of_every_tree_leads_somewhere() {
    let outcome = build(&register(&[]));
    let routes: BTreeSet<&str> =
        outcome.artifacts.iter().map(|artifact| artifact.route().as_str()).collect();
    let mut followed = 0;
    for (own, page) in pages(&outcome).into_iter().filter(|(route, _)| *route != "404.html") {
        let folder = own.rsplit_once('/').map_or("", |(folder, _)| folder);
        for tag in page.split('<') {
            let target = attribute(tag, "href").or_else(|| attribute(tag, "src"));
            let Some(target) = target.filter(|it| !it.contains(':') && !it.starts_with('#')) else {
                continue;
            };
            let mut place: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
            for part in target.split('#').next().unwrap_or("").split('/') {
                match part {
                    ".." => drop(place.pop()),
                    other => place.push(other),
                }
            }
            let place = place.join("/");
            assert!(routes.contains(place.as_str()), "{own}: {target} leads to {place}");
            followed += 1;
        }
    }
    assert!(followed > 1000, "only {followed} links");
}

#[test]
fn names_places_and_codes_are_the_same_in_both_chinese_trees() {
    let outcome = build(&register(&[]));
    let pages = pages(&outcome);
    let mut seen = BTreeSet::new();
    for (own, page) in &pages {
        let Some(main) = own.strip_prefix(TREES[1]).map(|route| pages[route]) else {
            continue;
        };
        let (main, page) = (shown(main), shown(page));
        for name in NAMES {
            let (there, here) = (main.matches(name).count(), page.matches(name).count());
            assert_eq!(here, there, "{own}: {name}");
            seen.extend((here > 0).then_some(name));
        }
    }
    assert_eq!(seen.len(), NAMES.len(), "only {seen:?} stand on pages");
}

#[test]
fn prose_and_labels_are_in_other_characters_and_the_page_says_so() {
    let outcome = build(&register(&[]));
    let pages = pages(&outcome);
    let page = pages["zh-hant/project/2025-01.html"];
    for wanted in ["建曬麪廠一座", "建曬麵廠一座"] {
        if page.contains(wanted) {
            assert!(page.contains("發展"), "發展 is prose");
            assert!(page.contains("本頁文字由程式從簡體轉換") && page.contains("資金"));
            assert!(page.contains(">简体中文</a>"), "what a language calls itself stays");
            return;
        }
    }
    panic!("the prose of the page was not converted");
}

#[test]
fn pages_in_english_say_what_of_them_is_chinese() {
    let outcome = build(&register(&[]));
    let page = pages(&outcome)["en/project/2025-01.html"];
    assert!(page.contains("<bdi lang=\"zh-Hans\">后台岗村谷子晒面厂项目</bdi></h1>"));
    assert!(page.contains("Records are kept in Chinese") && page.contains("Planned sum"));
}

#[test]
fn every_word_is_there_in_every_language() {
    let zh = words("zh");
    assert!(zh.len() > 100);
    let marks = |word: &str| -> BTreeSet<String> {
        let parts = word.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
        parts.map(|(mark, _)| mark.to_owned()).collect()
    };
    for tag in ["zh-Hant", "en"] {
        let other = words(tag);
        assert!(zh.keys().eq(other.keys()), "{tag} has other keys");
    }
    let files = Files::read(Path::new(WORDS)).expect("the word lists can be read");
    for (path, _) in files.iter() {
        let other = words(path.strip_suffix(".toml").expect("a word list"));
        for (key, word) in other {
            let own = zh.get(&key).unwrap_or_else(|| panic!("{path}: nobody asks for {key}"));
            assert_eq!(marks(&word), marks(own), "{path}: {key}");
        }
    }
}

#[test]
fn words_in_traditional_characters_were_written_by_hand_and_completely() {
    let (zh, hant) = (words("zh"), words("zh-Hant"));
    // The script that the word list itself names for what is not in it.
    let script = Script::named("s2tw").expect("a script of the list");
    for (key, word) in &hant {
        assert_eq!(script.write(word), *word, "{key} has a simplified character");
    }
    let other = zh.iter().filter(|(key, word)| hant[*key] != **word).count();
    assert!(other > 90, "only {other} words are other than the simplified ones");
}

#[test]
fn a_language_of_ones_own_is_one_file() {
    let site = register(&[]).text("site.toml").expect("the register has it").to_owned();
    let site = site.replace("[\"zh-Hant\", \"en\"]", "[\"ug\", \"bo\"]");
    let words = "language.tag = \"ug\"\nlanguage.folder = \"ug\"\nlanguage.name = \"ئۇيغۇرچە\"\n\
                 language.words_from = \"zh\"\nlanguage.dir = \"rtl\"\nnav_home = \"باش بەت\"\n";
    let outcome = build(&register(&[("site.toml", &site), ("theme/i18n/ug.toml", words)]));
    let pages = pages(&outcome);
    let page = pages["ug/index.html"];
    assert!(page.contains("dir=\"rtl\"") || page.contains("dir=rtl"), "{page}");
    assert!(page.contains("باش بەت") && page.contains("正在公示"));
    assert!(pages["bo/index.html"].contains("གཙོ་ངོས།"));
    assert!(pages["index.html"].contains("ئۇيغۇرچە"));
}

#[test]
fn a_language_without_words_is_found_and_the_others_are_named() {
    let site = register(&[]).text("site.toml").expect("the register has it").to_owned();
    let site = site.replace("[\"zh-Hant\", \"en\"]", "[\"zh-Hnt\", \"en\", \"en\", \"zh-Hans\"]");
    let outcome = build(&register(&[("site.toml", &site)]));
    let faults: Vec<_> =
        outcome.report.findings().iter().filter(|it| it.code == code::SITE_FAULT).collect();
    assert_eq!(faults.len(), 2, "one has no words, others are named twice");
    let helps: Vec<String> =
        faults.iter().flat_map(|fault| fault.help.iter().map(|help| help.en.clone())).collect();
    assert_eq!(helps.len(), 1, "{helps:?}");
    assert!(helps.iter().any(|help| help.contains("did you mean `zh-Hant`?")));
    assert!(helps.iter().any(|help| help.contains("bo, en, zh-Hant")));
}

#[test]
fn a_withheld_name_is_found_in_other_characters() {
    // Both characters of the given name are others in the traditional writing.
    let list = register(&[]).text("grants/2025-01.toml").expect("a list").to_owned();
    let list = list.replace("余示发", "欧阳示发");
    let plantings: [(&str, &str, &str); 4] = [
        ("template", "theme/templates/404.html", "<p>欧阳示发</p>"),
        (
            "prose",
            "theme/templates/about.html",
            "{% extends \"base.html\" %}{% block main %}<p>由欧阳<b>示发</b>展示</p>{% endblock main %}",
        ),
        ("a word by hand", "theme/i18n/zh-Hant.toml", "to_top = \"歐陽示發\"\n"),
        (
            "a template by hand",
            "theme/templates/places.html",
            "{% extends \"base.html\" %}{% block main %}<p>歐陽示發</p>{% endblock main %}",
        ),
    ];
    let clean = build(&register(&[("grants/2025-01.toml", &list)]));
    assert!(clean.leaks.is_empty() && !clean.artifacts.is_empty());
    for (what, path, text) in plantings {
        let outcome = build(&register(&[("grants/2025-01.toml", &list), (path, text)]));
        assert!(!outcome.leaks.is_empty() && outcome.artifacts.is_empty(), "{what}");
        let in_tree = outcome.leaks.iter().any(|leak| leak.route.starts_with("zh-hant/"));
        assert!(in_tree || what == "template", "{what}: not found in the tree");
    }
}
