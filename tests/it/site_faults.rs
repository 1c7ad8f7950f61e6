//! Faults that only show when a site is planned or rendered: two pages with one address, and
//! templates with errors.

use std::path::Path;

use mingbai::diag::{Severity, Sources, code, form};
use mingbai::files::Files;
use mingbai::pipeline::{Outcome, Settings, run};
use mingbai::text::{Day, Lang};

/// The base register of the rule fixtures.
const BASE: &str = "tests/rules/base";

/// Builds the base register with one file laid over it; returns it with its findings in short form.
fn build(path: &str, text: &str) -> (Outcome, String) {
    let base = Files::read(Path::new(BASE)).expect("the base register can be read");
    let files = base.iter().map(|(path, bytes)| (path.to_string(), bytes.to_vec()));
    let files = Files::of(files.chain([(path.to_owned(), text.as_bytes().to_vec())]));
    let as_of = Day::parse("2024-06-30").expect("a day");
    let settings =
        Settings { as_of, as_of_asked: true, base_url: None, keep_going: false, key: None };
    let outcome = run(&files, &settings, &|_| {});
    let short = form("short").expect("the short form is there");
    let sources = Sources::new(&files, &outcome.shown);
    let words = [Lang::Zh, Lang::En].map(|lang| short.write(&outcome.report, &sources, lang));
    (outcome, words.concat())
}

#[test]
fn two_pages_never_share_an_address() {
    let project = "id = \"index\"\ntitle = \"项目(示例)\"\nplace = \"990101001\"\n\
        category = \"industry\"\ncontent = \"示例\"\nstage = \"planned\"\nplanned = \"1万元\"\n";
    let (outcome, words) = build("projects/index.toml", project);
    let finding = outcome.report.findings().first().expect("a finding");
    assert_eq!((finding.code, finding.severity), (code::ROUTE_COLLISION, Severity::Error));
    assert!(outcome.artifacts.is_empty(), "nothing is written");
    assert!(words.contains("project/index.html"), "{words}");
    assert!(
        words.contains("两个页面要用同一个地址") && words.contains("the same address"),
        "{words}"
    );
}

#[test]
fn an_error_in_a_template_points_to_its_line_and_column() {
    let template = "{% extends \"base.html\" %}\n{% block main %}\n<h1>{{ nothing.like.it }}</h1>\n{% endblock main %}\n";
    let (outcome, words) = build("theme/templates/home.html", template);
    assert!(outcome.artifacts.is_empty(), "nothing is written");
    assert!(words.contains("theme/templates/home.html:3:"), "{words}");
    assert!(words.contains("error[template]"), "{words}");
    let (_, words) = build("theme/templates/home.html", "一\n二 {% if %}\n");
    assert!(words.contains("theme/templates/home.html:2:"), "{words}");
}
