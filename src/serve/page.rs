//! The page that stands in place of the site while something is in its way.

use crate::diag::{Sources, form};
use crate::files::Files;
use crate::pipeline::Outcome;
use crate::text::Lang;

/// Returns the page, if the site cannot be shown.
pub(super) fn problem(files: &Files, outcome: &Outcome, lang: Lang) -> Option<String> {
    if !outcome.artifacts.is_empty() {
        return None;
    }
    let (title, text) = if let Some(words) = outcome.key_needed() {
        let title = match lang {
            Lang::Zh => "缺密钥,网站停在这里",
            Lang::En => "A key is missing; the site stops here",
        };
        (title, words.text(lang).to_owned())
    } else if let Some(what) = outcome.blind {
        let title = match lang {
            Lang::Zh => "程序出错,请报告这个问题",
            Lang::En => "A fault of the program; please report it",
        };
        (title, what.to_owned())
    } else if outcome.leaks.is_empty() {
        let human = form("human").expect("the form for people is always there");
        let title = match lang {
            Lang::Zh => "先改好这些问题,页面会自动刷新",
            Lang::En => "Mend these first; the page reloads by itself",
        };
        (title, human.write(&outcome.report, &Sources::new(files, &outcome.shown), lang))
    } else {
        let title = match lang {
            Lang::Zh => "有不该公开的内容,网站停在这里",
            Lang::En => "Something private would get out; the site stops here",
        };
        let lines: Vec<String> =
            outcome.leaks.iter().map(|leak| leak.words().text(lang).to_owned()).collect();
        (title, lines.join("\n"))
    };
    // Findings have been searched one by one, and the words of leaks are painted.
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    Some(format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{title}</title></head>\
         <body><h1>{title}</h1><pre>{text}</pre></body></html>\n"
    ))
}

#[cfg(test)]
mod tests {
    use super::problem;
    use crate::files::Files;
    use crate::pipeline::{self, Settings};
    use crate::text::{Day, Lang};

    #[test]
    fn a_missing_key_is_said_in_place_of_the_site() {
        let kind = "label = { zh = \"袋熊\", en = \"Wombat\" }\nsection = \"data\"\n[policy.web]\n\
                    phone = \"token\"\n[fields.call]\ntype = \"text\"\nclass = \"phone\"\n\
                    label = { zh = \"电话\", en = \"Phone\" }\n";
        let files = Files::of([
            ("site.toml", "title = \"示例\"\npublisher = \"示例\"\n"),
            ("kinds/wombat.toml", kind),
            ("wombat/a.toml", "id = \"a\"\ncall = \"19900001234\"\n"),
        ]);
        let as_of = Day::parse("2026-03-05").expect("a day");
        let settings =
            Settings { as_of, as_of_asked: true, base_url: None, keep_going: true, key: None };
        let outcome = pipeline::run(&files, &settings, &|_| {});
        for lang in [Lang::Zh, Lang::En] {
            let page = problem(&files, &outcome, lang).expect("there is no site");
            assert!(page.contains("--key") && page.contains("`wombat`"));
            assert!(!page.contains("19900001234"));
        }
    }
}
