//! About: who publishes what, by when, where; how to object.

use serde::Serialize;

use crate::site::index::Index;
use crate::site::url;
use crate::site::view::list::kind_view;
use crate::text::Phrase;

/// The view of the page about the site.
#[derive(Serialize)]
pub(crate) struct AboutView {
    catalogue: Vec<SectionLines>,
    withheld_note: String,
}

#[derive(Serialize)]
struct SectionLines {
    section_label: String,
    kinds: Vec<KindLine>,
}

#[derive(Serialize)]
struct KindLine {
    label: String,
    href: String,
    count: usize,
    deadline_text: String,
    channels_text: String,
    basis: Vec<String>,
}

/// Makes the view of the page about the site.
pub(crate) fn about(index: &Index<'_>) -> AboutView {
    let schema = index.release.schema();
    let lang = index.lang;
    let kinds =
        || schema.kinds().iter().enumerate().filter(|(at, _)| !index.by_kind[*at].is_empty());
    let catalogue = schema.sections().iter().map(|section| SectionLines {
        section_label: section.label.text(lang).to_owned(),
        kinds: kinds()
            .filter(|(_, kind)| kind.section == section.key)
            .map(|(at, kind)| {
                let view = kind_view(index, kind);
                KindLine {
                    label: kind.label.text(lang).to_owned(),
                    href: url::kind(&kind.name),
                    count: index.by_kind[at].len(),
                    deadline_text: view.deadline_text,
                    channels_text: view.channels_text,
                    basis: kind.basis.iter().map(|basis| basis.text(lang).to_owned()).collect(),
                }
            })
            .collect(),
    });
    let note = Phrase::new(
        "姓名只显示姓,未成年人一律不点名,身份证号、电话、银行账号、住址和健康情况一律不上网;只许在村公示栏张贴的名单不上网;公示期满,名单自动撤下,总数长期公开。网站由程序生成,每次生成都逐字检查,有一处不该公开的内容就不生成。",
        "Of names only the family name is shown, and nobody under age is named; identity, telephone and account numbers, addresses and health never are. Lists that may hang on the village board only are not online, and lists are withdrawn when their notice ends, while totals stay. Every byte is searched before the site is written.",
    );
    AboutView {
        catalogue: catalogue.filter(|lines| !lines.kinds.is_empty()).collect(),
        withheld_note: note.text(lang).to_owned(),
    }
}
