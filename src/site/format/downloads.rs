//! The pages about data: everything to download with its size and digest, and how programs read it.

use tera::Context;

use crate::diag::Finding;
use crate::site::desk::{Desk, Frame, add_view};
use crate::site::format::finished::Finished;
use crate::site::format::flat::{Sheet, sheets};
use crate::site::format::{Format, api, csv, datapackage, giving, ocds, xlsx};
use crate::site::page::{Page, Subject};
use crate::site::url::{self, Route};
use crate::site::view::downloads::{DataSet, DownloadsView, FileLine, masked, widgets};
use crate::site::view::record::size;
use crate::site::view::{self, Link};
use crate::text::Phrase;

/// The pages about data.
pub(super) struct Downloads;

impl Format for Downloads {
    fn name(&self) -> &'static str {
        "downloads"
    }

    fn is_spoken(&self) -> bool {
        true
    }

    fn plan(&self, _desk: &Desk<'_>) -> Vec<Page> {
        vec![
            Page { route: Route::new(url::DOWNLOADS), subject: Subject::Whole },
            Page { route: Route::new(url::API), subject: Subject::About },
        ]
    }

    fn render(&self, page: &Page, desk: &Desk<'_>) -> Result<Vec<u8>, Box<Finding>> {
        self.render_last(page, desk, &Finished::default())
    }

    fn is_last(&self) -> bool {
        true
    }

    fn render_last(
        &self,
        page: &Page,
        desk: &Desk<'_>,
        finished: &Finished,
    ) -> Result<Vec<u8>, Box<Finding>> {
        let say = |zh: &str, en: &str| Phrase::new(zh, en).text(desk.index.lang).to_owned();
        let downloads = Link::new(say("数据下载", "Downloads"), url::DOWNLOADS);
        if matches!(page.subject, Subject::About) {
            let title = say("数据接口", "Data for programs");
            let mut context = context(page, desk, title, vec![desk.home(), downloads]);
            let kinds = desk.index.release.schema().kinds();
            let kind = desk.kinds().next().map_or("", |at| kinds[at].name.as_str());
            let place = desk.index.places.first();
            let example = |path: Option<String>| path.unwrap_or_default();
            context.insert("example_kind", &example((!kind.is_empty()).then(|| api::path(kind))));
            let place = place.map(|place| api::path(&format!("places/{}", place.code)));
            context.insert("example_place", &example(place));
            context.insert("openapi", &api::path("openapi"));
            return desk.engine.render("api.html", &context);
        }
        let mut context = context(page, desk, downloads.label, vec![desk.home()]);
        add_view(&mut context, &view(desk, finished));
        desk.engine.render("data.html", &context)
    }
}

/// Makes the context of a page with a title, below other pages.
fn context(page: &Page, desk: &Desk<'_>, title: String, mut crumbs: Vec<Link>) -> Context {
    crumbs.push(Link::new(&*title, ""));
    let about = view::Page { title, ..view::Page::default() };
    desk.context(&Frame { route: &page.route, page: about, crumbs, menu: "downloads" })
}

/// Makes the view of the page of downloads.
fn view(desk: &Desk<'_>, finished: &Finished) -> DownloadsView {
    let index = &desk.index;
    let site = index.release.site();
    let say = |zh: &str, en: &str| Phrase::new(zh, en).text(index.lang).to_owned();
    let mut whole = Vec::new();
    let register = say("全部记录和表,一个工作簿", "All records and tables, one workbook");
    whole.extend(line(finished, register, "XLSX", xlsx::PATH.to_owned(), None));
    if desk.kinds().next().is_some() {
        let label = say("全部表的说明(Data Package)", "All tables described (Data Package)");
        whole.push(plain(label, datapackage::PATH.to_owned()));
    }
    let label = say("招标和合同(OCDS)", "Contracts (OCDS)");
    whole.extend(line(finished, label, "JSON", ocds::PATH.to_owned(), None));
    let label = say("补助(360Giving)", "Grants (360Giving)");
    whole.extend(line(finished, label, "JSON", giving::PATH.to_owned(), None));
    whole.push(plain(say("接口目录", "Index of the interface"), api::path("index")));
    DownloadsView {
        whole,
        sets: desk.kinds().map(|kind| set(kind, desk, finished)).collect(),
        license: site.open_data.license.clone(),
        license_url: site.open_data.license_url.clone(),
        widgets: widgets(index),
    }
}

/// Makes the set of a kind.
fn set(at: usize, desk: &Desk<'_>, finished: &Finished) -> DataSet {
    let index = &desk.index;
    let kind = &index.release.schema().kinds()[at];
    let lang = index.lang;
    let label = kind.label.text(lang).to_owned();
    let own = sheets(desk).into_iter().filter(|sheet| sheet.kind == at);
    let tables = own.filter_map(|sheet| {
        let title = sheet.table.map_or_else(
            || Phrase::new("记录", "Records").text(lang).to_owned(),
            |table| kind.tables[table].label.text(lang).to_owned(),
        );
        line(finished, title, "CSV", csv::path(sheet, desk), Some(rows(sheet, desk)))
    });
    let mut files: Vec<FileLine> = tables.collect();
    let all = Phrase::new("记录和表", "Records and tables").text(lang).to_owned();
    files.extend(line(finished, all, "JSON", format!("data/{}.json", kind.name), None));
    let schema = Phrase::new("字段说明", "Fields").text(lang).to_owned();
    let path = format!("data/{}.schema.json", kind.name);
    files.extend(line(finished, schema, "JSON Schema", path, None));
    DataSet {
        key: kind.name.clone(),
        label,
        purpose: kind.purpose.text(lang).to_owned(),
        href: url::kind(&kind.name),
        count: index.by_kind[at].len(),
        files,
        masked: masked(index, &index.by_kind[at]),
    }
}

/// Returns how many lines a table has.
fn rows(sheet: Sheet, desk: &Desk<'_>) -> usize {
    let records = desk.index.by_kind[sheet.kind].iter().map(|at| desk.index.record(*at));
    let Some(table) = sheet.table else {
        return records.len();
    };
    let tables = records.flat_map(|record| record.tables());
    tables.filter(|rows| rows.table() == table).map(|rows| rows.rows().len()).sum()
}

/// Makes the line of a finished file; nothing when the site has none such.
fn line(
    finished: &Finished,
    label: String,
    format: &str,
    href: String,
    rows: Option<usize>,
) -> Option<FileLine> {
    let facts = finished.file(&href)?;
    Some(FileLine {
        label,
        format: format.to_owned(),
        rows,
        size_text: size(facts.bytes),
        sha256: facts.sha256.clone(),
        href,
    })
}

/// Makes the line of a file that is made last, so that nothing is known of it yet.
fn plain(label: String, href: String) -> FileLine {
    let (size_text, sha256) = (String::new(), String::new());
    FileLine { label, format: "JSON".to_owned(), href, rows: None, size_text, sha256 }
}
