//! Ways out through pages of a register's own.

use super::{Register, Vector, edit_site};
use crate::canary::quoted;

/// Every one of them.
pub(super) const VECTORS: &[Vector] = &[
    ("a page's title", |files, secrets| {
        page(files, &format!("title = {}\n", quoted(&format!("找{}", secrets.stranger_phone))), "");
    }),
    ("a page's title: a name", |files, secrets| {
        page(files, &format!("title = {}\n", quoted(&format!("{}的话", secrets.name))), "");
    }),
    ("a page's summary", |files, secrets| {
        page(files, &format!("title = \"示例\"\nsummary = {}\n", quoted(&secrets.stranger_id)), "");
    }),
    ("a page's former address", |files, secrets| {
        page(
            files,
            &format!("title = \"示例\"\naliases = [{}]\n", quoted(&secrets.stranger_id)),
            "",
        );
    }),
    ("the name of a page's file", |files, secrets| {
        let text = "+++\ntitle = \"示例\"\n+++\n正文。\n";
        files.insert(format!("pages/{}.md", secrets.name), text.into());
    }),
    ("a folder of pages", |files, secrets| {
        let text = "+++\ntitle = \"示例\"\n+++\n正文。\n";
        files.insert(format!("pages/{}/guide.md", secrets.stranger_id), text.into());
    }),
    ("a page's key that is not known", |files, secrets| {
        page(
            files,
            &format!("title = \"示例\"\nphone = {}\n", quoted(&secrets.stranger_phone)),
            "",
        );
    }),
    ("a page's comment", |files, secrets| {
        page(files, &format!("title = \"示例\"\n# {}\n", secrets.stranger_id), "");
    }),
    ("a page: an identity number", |files, secrets| prose(files, &secrets.stranger_id)),
    ("a page: a name on a list", |files, secrets| {
        prose(files, &format!("经核实,{}情况属实。", secrets.name));
    }),
    ("a page: a card", |files, secrets| prose(files, &format!("打到{}。", secrets.stranger_card))),
    ("a page: split by HTML", |files, secrets| {
        let (head, tail) = secrets.stranger_id.split_at(6);
        prose(files, &format!("{head}<i></i>{tail}"));
    }),
    ("a page: a comment of HTML", |files, secrets| {
        prose(files, &format!("前\n\n<!-- {} -->\n\n后", secrets.stranger_id));
    }),
    ("a page: a block of HTML", |files, secrets| {
        prose(files, &format!("<div title=\"{}\">块</div>", secrets.stranger_id));
    }),
    ("a page: a link that dials", |files, secrets| {
        prose(files, &format!("[电话](tel:{})", secrets.stranger_phone));
    }),
    ("a page: a block of code", |files, secrets| {
        prose(files, &format!("```\n{}\n```", secrets.stranger_phone));
    }),
    ("a page: the value of a short code", |files, secrets| {
        prose(files, &format!("{{{{ record id={} }}}}", quoted(&secrets.stranger_id)));
    }),
    ("a page: the name of a short code", |files, secrets| {
        prose(files, &format!("{{{{ {} }}}}", secrets.name));
    }),
    ("a page: cut in two by a short code", |files, secrets| {
        let (head, tail) = secrets.stranger_id.split_at(6);
        prose(files, &format!("{head}\n\n{{{{ record id=\"grant/2024-01\" }}}}\n\n{tail}"));
    }),
    ("a draft of a page", |files, secrets| {
        page(files, "title = \"示例\"\ndraft = true\n", &format!("{}\n", secrets.stranger_id));
    }),
    ("a page that is still to come", |files, secrets| {
        let front = "title = \"示例\"\npublish_on = 2026-01-01\n";
        page(files, front, &format!("{}的情况。\n", secrets.name));
    }),
    ("a page's translation", |files, secrets| {
        edit_site(files, "place =", "languages = [\"en\"]\nplace =");
        prose(files, "正文。");
        let text = format!("+++\ntitle = \"Example\"\n+++\nCall {}.\n", secrets.stranger_phone);
        files.insert("pages/guide.en.md".to_owned(), text.into());
    }),
    ("a page in other characters", |files, secrets| {
        edit_site(files, "place =", "languages = [\"zh-Hant\"]\nplace =");
        prose(files, "正文。");
        let text = format!("+++\ntitle = \"示例\"\n+++\n{}\n", secrets.name);
        files.insert("pages/guide.zh-hant.md".to_owned(), text.into());
    }),
    ("what a page shows of a list", |files, _| {
        prose(
            files,
            "{{ record id=\"grant/2024-01\" }}\n\n{{ table kind=\"grant\" }}\n\n{{ chart kind=\"grant\" by=\"record\" }}",
        );
    }),
];

/// Writes a page.
fn page(files: &mut Register, front: &str, prose: &str) {
    let text = format!("+++\n{front}+++\n\n{prose}");
    files.insert("pages/guide.md".to_owned(), text.into());
}

/// Writes the prose of a page.
fn prose(files: &mut Register, prose: &str) {
    page(files, "title = \"示例\"\n", &format!("{prose}\n"));
}
