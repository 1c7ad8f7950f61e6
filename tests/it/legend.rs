//! The legend: each page says of whatever it hides what is done, by which rule, how long, whom to ask.

use std::collections::BTreeMap;

use mingbai::files::Files;
use mingbai::pipeline::{self, Outcome, Settings};
use mingbai::records::{Form, schema_of};
use mingbai::text::Day;
use mingbai::token::Key;

use crate::canary::{PLACES, SITE, with_check_digit};

/// A kind that treats each of its columns in another way.
const KIND: &str = "label = { zh = \"花名册\", en = \"Roll\" }\nsection = \"data\"\ninclude = [\"base\"]\n\
    retention = \"notice-period\"\nchannels = { web = true, board = true }\ncolumns = [\"title\", \"head\"]\n\
    [policy.web]\nid-number = \"token\"\naddress = \"mask\"\n\
    [fields.head]\ntype = \"person\"\nlabel = { zh = \"负责人\", en = \"Head\" }\nclass = \"person-name\"\n\
    [tables.rows]\nlabel = { zh = \"人\", en = \"People\" }\n\
    [tables.rows.fields.name]\ntype = \"person\"\nlabel = { zh = \"姓名\", en = \"Name\" }\nclass = \"person-name\"\n\
    [tables.rows.fields.id_number]\ntype = \"code\"\nformat = \"id-number\"\nlabel = { zh = \"证件\", en = \"ID\" }\nclass = \"id-number\"\n\
    [tables.rows.fields.born]\ntype = \"date\"\nlabel = { zh = \"生日\", en = \"Born\" }\nclass = \"birth-date\"\n\
    [tables.rows.fields.home]\ntype = \"text\"\nlabel = { zh = \"家\", en = \"Home\" }\nclass = \"address\"\n\
    [tables.rows.fields.ill]\ntype = \"text\"\nlabel = { zh = \"病\", en = \"Illness\" }\nclass = \"health\"\n";

/// A notice about the list.
const NOTICE: &str = "id = \"n\"\ntitle = \"公示(示例)\"\nplace = \"990101001\"\ntype = \"before\"\n\
    period = \"2026-03-01/2026-03-10\"\nabout = [\"roll/r\"]\nhotline = [\"12317\"]\n";

/// Builds the register; `sensitive` is a line of its kind.
fn build(sensitive: &str) -> Outcome {
    let old = with_check_digit("99010119620101001");
    let young = with_check_digit("99010120100101001");
    let record = format!(
        "id = \"r\"\ntitle = \"花名册(示例)\"\nplace = \"990101001\"\nhead = \"钱例安\"\nrows = [\n  \
         {{ name = \"赵示安\", id_number = \"{old}\", born = 1962-01-01, home = \"明白县青溪镇垭口村3组\", ill = \"某种示例病\" }},\n  \
         {{ name = \"赵示和\", born = 1940-01-01 }},\n  {{ name = \"孙示\", id_number = \"{young}\" }},\n]\n"
    );
    let files = Files::of(BTreeMap::from([
        ("site.toml".to_owned(), SITE.as_bytes().to_vec()),
        ("places.toml".to_owned(), PLACES.as_bytes().to_vec()),
        ("kinds/roll.toml".to_owned(), format!("{sensitive}{KIND}").into_bytes()),
        ("roll/r.toml".to_owned(), record.into_bytes()),
        ("notices/n.toml".to_owned(), NOTICE.as_bytes().to_vec()),
    ]));
    let key = Key::parse(&[b'k'; 32]).ok();
    let as_of = Day::parse("2026-03-05").expect("a day");
    let settings = Settings { as_of, as_of_asked: true, base_url: None, keep_going: true, key };
    let outcome = pipeline::run(&files, &settings, &|_| {});
    assert!(outcome.leaks.is_empty() && !outcome.artifacts.is_empty());
    outcome
}

/// Returns an artifact as text.
fn text(outcome: &Outcome, route: &str) -> String {
    let found = outcome.artifacts.iter().find(|artifact| artifact.route().as_str() == route);
    String::from_utf8_lossy(found.expect("the page is there").bytes()).into_owned()
}

/// Returns what the legend says of a field: every line about it.
fn said<'p>(page: &'p str, label: &str) -> Vec<&'p str> {
    let start = page.find("id=legend").expect("the page has a legend");
    let legend = &page[start..];
    let lines = legend.split("<dt>").skip(1).filter_map(|line| line.split("</dd>").next());
    lines.filter(|line| line.contains(&format!(">{label}<"))).collect()
}

#[test]
fn each_hidden_field_has_its_form_rule_and_term() {
    let page = text(&build(""), "roll/r.html");
    let schema = schema_of(&Files::default());
    let legend = schema.legend();
    let until = "显示到2026年3月10日";
    for (label, form, rule, term) in [
        ("负责人", Form::Masked, "other", "随这条记录"),
        ("姓名", Form::Masked, "other", until),
        ("姓名", Form::Unnamed, "unnamed", until),
        ("证件", Form::Token, "id-number", until),
        ("生日", Form::Band, "birth-date", until),
        ("家", Form::Masked, "address", until),
        ("病", Form::Withheld, "health", "一直如此"),
    ] {
        let lines = said(&page, label);
        let good = |line: &&&str| {
            line.contains(&legend.forms[form.name()].zh)
                && line.contains(&legend.rules[rule].zh)
                && line.contains(term)
        };
        assert_eq!(lines.iter().filter(good).count(), 1, "{label} {form:?}: {lines:?}");
    }
    assert!(page.contains("拨打<a class=\"nobr\" href=\"tel:12317\">12317</a>"), "whom to ask");
    assert_eq!(said(&page, "姓名").iter().filter(|line| line.contains("按行编号")).count(), 2);
    let heads: Vec<&str> =
        page.split("<th ").filter(|head| head.contains("href=#legend")).collect();
    assert_eq!(heads.len(), 4, "every masked column leads to the legend");
}

#[test]
fn forms_are_in_pages_tables_and_data() {
    let outcome = build("");
    for route in ["roll/r.html", "data/roll.rows.csv", "data/roll.json"] {
        let text = text(&outcome, route);
        for shown in ["赵**(1)", "赵**(2)", "60-69岁", "80岁及以上", "明白县青溪镇***", "未成年人"]
        {
            assert!(text.contains(shown), "{route} lacks {shown}");
        }
        assert!(!text.contains("1962-01-01") && !text.contains("未成年人("), "{route}");
        assert!(!text.contains("孙"), "{route} names a minor");
    }
    let list = text(&outcome, "roll/index.html");
    assert!(list.contains("钱**") && list.contains("about.html#legend"), "masked in a list, too");
    assert!(text(&outcome, "about.html").contains("id=legend"), "the link leads somewhere");
}

#[test]
fn a_sensitive_kind_shows_less() {
    let outcome = build("sensitive = true\n");
    let page = text(&outcome, "roll/r.html");
    assert!(page.contains("赵某(1)") && page.contains("赵某(2)") && page.contains("钱某"));
    assert!(!page.contains("60-69岁") && !page.contains("赵**"));
    let brief = &schema_of(&Files::default()).legend().forms["brief"].zh.clone();
    assert!(said(&page, "姓名").iter().any(|line| line.contains(brief.as_str())));
}
