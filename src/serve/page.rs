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
    let (title, text) = if let Some(what) = outcome.blind {
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
    let text =
        outcome.said(text, lang).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    Some(format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{title}</title></head>\
         <body><h1>{title}</h1><pre>{text}</pre></body></html>\n"
    ))
}
