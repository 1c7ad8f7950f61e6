//! Pages for people.

use tera::Context;

use crate::diag::Finding;
use crate::site::desk::{Desk, Frame, add_value, add_view};
use crate::site::format::{Format, calendar};
use crate::site::news;
use crate::site::page::{Page, Subject};
use crate::site::url::{self, Route};
use crate::site::view::list::{ListPage, PER_PAGE, kind_view};
use crate::site::view::{
    self, Link, about, changes, coverage, find, home, linked, meta, overview, place, record,
    section, site_map, written,
};

/// Pages for people.
pub(super) struct Html;

impl Format for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn is_spoken(&self) -> bool {
        true
    }

    fn plan(&self, desk: &Desk<'_>) -> Vec<Page> {
        let index = &desk.index;
        let schema = index.release.schema();
        let page = |path: String, subject: Subject| Page { route: Route::new(path), subject };
        let mut pages = vec![
            page("index.html".to_owned(), Subject::Home),
            page("about.html".to_owned(), Subject::About),
            page(url::PUBLISHED.to_owned(), Subject::Published),
            page("changes.html".to_owned(), Subject::Changes),
            page("sitemap.html".to_owned(), Subject::SiteMap),
        ];
        // A server has one page for addresses that do not exist.
        if desk.tongue.is_main() {
            pages.push(page("404.html".to_owned(), Subject::Missing));
        }
        pages.extend(find_pages(desk));
        pages.extend(
            desk.sections()
                .map(|at| page(url::section(&schema.sections()[at].key), Subject::Section(at))),
        );
        for kind in desk.kinds() {
            let list = url::kind(&schema.kinds()[kind].name);
            for number in 1..=index.by_kind[kind].len().div_ceil(PER_PAGE) {
                pages.push(page(url::page_of(&list, number), Subject::Kind { kind, number }));
            }
            for (facet, values) in desk.facets[kind].iter().enumerate() {
                for (value, listed) in values.values.iter().enumerate() {
                    for number in 1..=listed.records.len().div_ceil(PER_PAGE) {
                        let subject = Subject::Facet { kind, facet, value, number };
                        pages.push(page(url::page_of(&listed.href, number), subject));
                    }
                }
            }
        }
        pages.extend(
            (0..index.release.records().len()).map(|at| page(index.href(at), Subject::Record(at))),
        );
        let own = index.release.pages().iter().enumerate();
        pages.extend(own.map(|(at, own)| page(url::written(own.stem()), Subject::Written(at))));
        if !index.by_place.is_empty() {
            pages.push(page("places/index.html".to_owned(), Subject::Places));
        }
        let places = index.release.places().iter();
        pages.extend(
            places.map(|place| page(url::place(&place.code), Subject::Place(place.code.clone()))),
        );
        pages
    }

    fn render(&self, page: &Page, desk: &Desk<'_>) -> Result<Vec<u8>, Box<Finding>> {
        let Some((template, context)) = context(page, desk) else {
            return Ok(Vec::new());
        };
        let page = desk.engine.render(&template, &context)?;
        let page = std::str::from_utf8(&page).expect("templates give UTF-8");
        Ok(desk.phones.linked(page).into_bytes())
    }
}

/// Returns the template of a page and what it is given.
fn context(page: &Page, desk: &Desk<'_>) -> Option<(String, Context)> {
    let made = match &page.subject {
        Subject::Home => home_page(page, desk),
        Subject::Section(at) => section_page(page, desk, *at),
        Subject::Kind { kind, number } => {
            let list = ListPage {
                kind: *kind,
                facets: &desk.facets[*kind],
                by: None,
                number: *number,
                total: &desk.totals[*kind],
            };
            list_page(page, desk, &list)
        }
        Subject::Facet { kind, facet, value, number } => {
            let facets = &desk.facets[*kind];
            let by = Some(&facets[*facet].values[*value]);
            list_page(
                page,
                desk,
                &ListPage { kind: *kind, facets, by, number: *number, total: &desk.totals[*kind] },
            )
        }
        Subject::Record(at) => record_page(page, desk, *at),
        Subject::Written(at) => written_page(page, desk, *at),
        Subject::Places => places_page(page, desk),
        Subject::Place(code) => place_page(page, desk, code)?,
        Subject::Search | Subject::Year { .. } | Subject::Numbers(_) => find_page(page, desk),
        Subject::Published => published_page(page, desk),
        Subject::About => about_page(page, desk),
        Subject::Changes => changes_page(page, desk),
        Subject::SiteMap => map_page(page, desk),
        Subject::Missing => {
            plain_page(page, desk, ("404.html", ""), word(desk, "missing_title"), |_| {})
        }
        Subject::Moved(_)
        | Subject::MovedPage(_)
        | Subject::Table { .. }
        | Subject::Whole
        | Subject::Sheet { .. }
        | Subject::Part(_)
        | Subject::Terms(_)
        | Subject::Letters
        | Subject::Asset(_)
        | Subject::Attachment(_)
        | Subject::Picture(_) => return None,
    };
    Some(made)
}

/// Returns a word of the frame.
fn word(desk: &Desk<'_>, key: &str) -> String {
    desk.tongue.word(key).to_owned()
}

/// Makes the page about the site.
fn about_page(page: &Page, desk: &Desk<'_>) -> (String, Context) {
    let title = desk.tongue.word("nav_about").to_owned();
    plain_page(page, desk, ("about.html", "about"), title, |context| {
        add_view(context, &about::about(&desk.index));
    })
}

/// Makes the page about what is published and what is not.
fn published_page(page: &Page, desk: &Desk<'_>) -> (String, Context) {
    let title = word(desk, "published_page_title");
    plain_page(page, desk, ("published.html", "about"), title, |context| {
        add_view(context, &coverage::coverage(&desk.index));
    })
}

/// Returns the page to find things and the pages it leads to.
fn find_pages(desk: &Desk<'_>) -> Vec<Page> {
    let finder = &desk.search.finder;
    let page = |path: String, subject| Page { route: Route::new(path), subject };
    let mut pages = vec![page("search.html".to_owned(), Subject::Search)];
    for (year, (_, records)) in finder.years.iter().enumerate() {
        let href = find::year_href(finder, year);
        for number in 1..=records.len().div_ceil(find::PER_PAGE) {
            pages.push(page(url::page_of(&href, number), Subject::Year { year, number }));
        }
    }
    let numbers = 1..=finder.numbers.len().div_ceil(find::PER_PAGE).max(1);
    let href = find::numbers_href();
    pages.extend(numbers.map(|at| page(url::page_of(&href, at), Subject::Numbers(at))));
    pages
}

/// Makes the page to find things, or one of those it leads to.
fn find_page(page: &Page, desk: &Desk<'_>) -> (String, Context) {
    let (index, finder) = (&desk.index, &desk.search.finder);
    match page.subject {
        Subject::Year { year, number } => {
            let view = find::year(index, finder, year, number);
            found_page(page, desk, (find::year_label(index, finder, year), number), &view)
        }
        Subject::Numbers(number) => {
            let view = find::numbers(index, finder, number);
            found_page(page, desk, (find::numbers_label(index), number), &view)
        }
        _ => {
            let title = desk.tongue.word("nav_search").to_owned();
            plain_page(page, desk, ("search.html", "search"), title, |context| {
                add_view(context, &find::search(index, &desk.search));
            })
        }
    }
}

/// Makes a page of records by year or number.
fn found_page(
    page: &Page,
    desk: &Desk<'_>,
    (title, number): (String, usize),
    view: &find::FoundView,
) -> (String, Context) {
    let home = Link::new(desk.tongue.word("nav_search"), "search.html");
    let crumbs = vec![desk.home(), home, Link::new(&*title, "")];
    let title = if number > 1 { format!("{title} ({number})") } else { title };
    let about = view::Page { title, ..view::Page::default() };
    let frame = Frame { route: &page.route, page: about, crumbs, menu: "search" };
    let mut context = desk.context(&frame);
    add_view(&mut context, view);
    ("found.html".to_owned(), context)
}

/// Makes the page of the latest changes.
fn changes_page(page: &Page, desk: &Desk<'_>) -> (String, Context) {
    let title = desk.tongue.word("changes_title").to_owned();
    plain_page(page, desk, ("changes.html", ""), title, |context| {
        add_view(context, &changes::changes(&desk.index));
    })
}

/// Makes the map of the site.
fn map_page(page: &Page, desk: &Desk<'_>) -> (String, Context) {
    let title = desk.tongue.word("sitemap_title").to_owned();
    plain_page(page, desk, ("sitemap.html", ""), title, |context| {
        add_view(context, &site_map::site_map(&desk.index, desk.tongue));
    })
}

/// Makes the first page.
fn home_page(page: &Page, desk: &Desk<'_>) -> (String, Context) {
    let site = desk.index.release.site();
    let about = view::Page {
        title: site.title.clone(),
        description: site.description.clone(),
        feed: desk.feed("atom.xml"),
        feed_json: desk.feed("feed.json"),
        calendar: calendar_of(desk, None),
        linked: linked::of_site(&desk.tree()),
        ..view::Page::default()
    };
    let mut context =
        desk.context(&Frame { route: &page.route, page: about, crumbs: Vec::new(), menu: "home" });
    add_view(&mut context, &home::home(&desk.index));
    ("home.html".to_owned(), context)
}

/// Returns the path of the calendar of the site or of a place; empty when it has none.
fn calendar_of(desk: &Desk<'_>, place: Option<&str>) -> String {
    let index = &desk.index;
    match place {
        None if calendar::any_notice(index) => desk.feed("calendar.ics"),
        Some(code) if calendar::has_notices(index, code) => {
            desk.feed(&calendar::path_of_place(code))
        }
        _ => String::new(),
    }
}

/// Makes the page of a section.
fn section_page(page: &Page, desk: &Desk<'_>, at: usize) -> (String, Context) {
    let section = &desk.index.release.schema().sections()[at];
    let label = section.label.text(desk.index.lang);
    let about = view::Page {
        title: label.to_owned(),
        description: section.intro.text(desk.index.lang).to_owned(),
        meta: meta::of_section(&desk.index, at),
        ..view::Page::default()
    };
    let crumbs = vec![desk.home(), Link::new(label, "")];
    let mut context =
        desk.context(&Frame { route: &page.route, page: about, crumbs, menu: &section.key });
    add_view(&mut context, &section::section(&desk.index, at));
    ("section.html".to_owned(), context)
}

/// Returns a link to the section of a kind.
fn section_link(desk: &Desk<'_>, key: &str) -> Option<Link> {
    let sections = desk.index.release.schema().sections();
    let section = sections.iter().find(|section| section.key == key)?;
    Some(Link::new(section.label.text(desk.index.lang), url::section(key)))
}

/// Makes a page of a list.
fn list_page(page: &Page, desk: &Desk<'_>, list: &ListPage<'_>) -> (String, Context) {
    let kind = &desk.index.release.schema().kinds()[list.kind];
    let label = kind.label.text(desk.index.lang);
    let mut crumbs = vec![desk.home()];
    // A section that is called like its kind would stand there twice.
    crumbs.extend(section_link(desk, &kind.section).filter(|section| section.label != label));
    crumbs.push(Link::new(label, url::kind(&kind.name)));
    crumbs.extend(list.by.map(|value| Link::new(&*value.label, "")));
    let title = list.by.map_or_else(|| label.to_owned(), |value| value.heading(label));
    let about = view::Page {
        title: if list.number > 1 { format!("{title} ({})", list.number) } else { title },
        description: kind.purpose.text(desk.index.lang).to_owned(),
        meta: meta::of_kind(&desk.index, kind),
        linked: match (list.by, list.number) {
            (None, 1) => linked::of_kind(&desk.tree(), list.kind, kind),
            _ => Vec::new(),
        },
        feed: desk.feed(&format!("{}/atom.xml", kind.name)),
        feed_json: desk.feed(&format!("{}/feed.json", kind.name)),
        json: format!("data/{}.json", kind.name),
        csv: format!("data/{}.csv", kind.name),
        ..view::Page::default()
    };
    let mut context =
        desk.context(&Frame { route: &page.route, page: about, crumbs, menu: &kind.section });
    add_view(&mut context, &list.view(&desk.index));
    context.insert_value("cards", list.cards(&desk.index));
    add_value(&mut context, "kind", &kind_view(&desk.index, kind));
    if list.by.is_none() && list.number == 1 {
        add_value(&mut context, "overview", &overview::overview(&desk.index, list.kind));
    }
    ("list.html".to_owned(), context)
}

/// Makes the page of a record.
fn record_page(page: &Page, desk: &Desk<'_>, at: usize) -> (String, Context) {
    let index = &desk.index;
    let kind = &index.release.schema().kinds()[index.record(at).kind()];
    let title = crate::site::words::title(index.release, index.record(at));
    let mut crumbs = vec![desk.home()];
    let list = Link::new(kind.label.text(index.lang), url::kind(&kind.name));
    // A section that is called like its kind stands for it.
    match section_link(desk, &kind.section) {
        Some(section) if section.label == list.label => crumbs.push(section),
        section => crumbs.extend(section.into_iter().chain([list])),
    }
    crumbs.push(Link::new(&*title, ""));
    let about = view::Page {
        title,
        description: crate::site::sentence::sentence(index.release, index.record(at), index.lang),
        article: true,
        meta: meta::of_record(index, at),
        linked: linked::of_record(&desk.tree(), at),
        ..view::Page::default()
    };
    let mut context =
        desk.context(&Frame { route: &page.route, page: about, crumbs, menu: &kind.section });
    add_value(&mut context, "record", &record::record(index, at));
    let own = format!("kinds/{}.html", kind.name);
    (if desk.engine.has(&own) { own } else { "record.html".to_owned() }, context)
}

/// Makes a page of the register's own.
fn written_page(page: &Page, desk: &Desk<'_>, at: usize) -> (String, Context) {
    let index = &desk.index;
    let own = &index.release.pages()[at];
    let text = written::text_in(own, desk.tongue);
    let mut crumbs = vec![desk.home()];
    // The folders above it, where they have a page of their own.
    let above =
        own.stem().match_indices('/').map(|(end, _)| format!("{}/index", &own.stem()[..end]));
    for stem in above.filter(|stem| stem != own.stem()) {
        crumbs.extend(index.release.page(&stem).map(|at| {
            let title = written::text_in(&index.release.pages()[at], desk.tongue).title();
            Link::new(title, url::written(&stem))
        }));
    }
    crumbs.push(Link::new(text.title(), ""));
    let about = view::Page {
        title: text.title().to_owned(),
        description: text.summary().to_owned(),
        article: true,
        meta: meta::of_page(index, own, text),
        linked: linked::of_page(&desk.tree(), own, text),
        ..view::Page::default()
    };
    let menu = format!("{}{}", url::PAGES, own.stem());
    let mut context = desk.context(&Frame { route: &page.route, page: about, crumbs, menu: &menu });
    let table = written::Table { index, tongue: desk.tongue, facets: &desk.facets };
    add_value(&mut context, "article", &written::article(&table, own));
    let template = format!("{menu}.html");
    (if desk.engine.has(&template) { template } else { "page.html".to_owned() }, context)
}

/// Makes the page of all places.
fn places_page(page: &Page, desk: &Desk<'_>) -> (String, Context) {
    plain_page(page, desk, ("places.html", "places"), word(desk, "nav_places"), |context| {
        add_value(context, "tree", &place::tree(&desk.index));
    })
}

/// Makes the page of a place.
fn place_page(page: &Page, desk: &Desk<'_>, code: &str) -> Option<(String, Context)> {
    let places = desk.index.release.places();
    let place = places.find(code)?;
    let all = Link::new(desk.tongue.word("nav_places"), "places/index.html");
    let mut crumbs = vec![desk.home()];
    // A register without records has no page of all places.
    crumbs.extend((!desk.index.by_place.is_empty()).then_some(all));
    crumbs.extend(
        places.path(code).into_iter().map(|above| Link::new(&*above.name, url::place(&above.code))),
    );
    let view = place::place(&desk.index, place);
    let has_news = !desk.index.records_in(code).is_empty();
    let folder = news::place_folder(code);
    let feed =
        |name: &str| if has_news { desk.feed(&format!("{folder}{name}")) } else { String::new() };
    let about = view::Page {
        title: place.name.clone(),
        description: view.sentence.clone(),
        feed: feed("atom.xml"),
        feed_json: feed("feed.json"),
        calendar: calendar_of(desk, Some(code)),
        linked: linked::of_place(&desk.tree(), place),
        ..view::Page::default()
    };
    let mut context =
        desk.context(&Frame { route: &page.route, page: about, crumbs, menu: "places" });
    add_view(&mut context, &view);
    Some(("place.html".to_owned(), context))
}

/// Makes a page that hangs directly below the first one.
fn plain_page(
    page: &Page,
    desk: &Desk<'_>,
    (template, menu): (&str, &str),
    title: String,
    fill: impl FnOnce(&mut Context),
) -> (String, Context) {
    let crumbs = vec![desk.home(), Link::new(&*title, "")];
    let about = view::Page { title, ..view::Page::default() };
    let mut context = desk.context(&Frame { route: &page.route, page: about, crumbs, menu });
    fill(&mut context);
    (template.to_owned(), context)
}
