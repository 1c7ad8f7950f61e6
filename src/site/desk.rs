//! The desk: everything a format needs to plan and render its pages. Read only, shared by all
//! threads.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;
use tera::{Context, Value};

use crate::diag::code::THEME_FAULT;
use crate::diag::{Finding, Report, Severity};
use crate::records::Release;
use crate::site::index::Index;
use crate::site::phones::Phones;
use crate::site::search::Search;
use crate::site::template::Engine;
use crate::site::theme::Theme;
use crate::site::tongue::Tongue;
use crate::site::url::Route;
use crate::site::view::list::{Facet, facets, total};
use crate::site::view::{Link, Page, linked, written};
use crate::site::{markdown, url};
use crate::text::{Lang, Phrase, nearest};

/// What formats work with.
pub(crate) struct Desk<'r> {
    /// How the records hang together.
    pub(crate) index: Index<'r>,
    /// The templates.
    pub(crate) engine: Engine,
    /// The theme.
    pub(crate) theme: &'r Theme,
    /// The language of the pages.
    pub(crate) tongue: &'r Tongue,
    /// Every language of the site, the main one first.
    pub(crate) tongues: &'r [Tongue],
    /// The fields each kind is listed by.
    pub(crate) facets: Vec<Vec<Facet>>,
    /// What all records of each kind come to.
    pub(crate) totals: Vec<String>,
    /// What pages are found by.
    pub(crate) search: Arc<Search>,
    /// The telephone numbers that pages call.
    pub(crate) phones: Arc<Phones>,
    nav: Vec<NavLink>,
    /// The menu as templates get it, for each entry that may be the current one.
    menus: BTreeMap<String, Value>,
}

/// An entry of the menu.
#[derive(Clone, Serialize)]
struct NavLink {
    key: String,
    label: String,
    href: String,
    current: bool,
}

/// A page in another language.
#[derive(Serialize)]
struct Twin<'a> {
    tag: &'a str,
    name: &'a str,
    dir: &'a str,
    /// Its path below the start of the site.
    href: String,
    /// Its address, where the site's is known.
    url: String,
    current: bool,
}

/// What templates know of the site.
#[derive(Serialize)]
struct SiteView<'a> {
    title: &'a str,
    description: &'a str,
    publisher: &'a str,
    base_url: &'a str,
    example: bool,
    as_of: String,
    as_of_text: String,
    hotlines: &'a [String],
    address: &'a str,
    hours: &'a str,
    email: &'a str,
    objection_html: String,
    organizer: &'a str,
    code: &'a str,
    icp: &'a str,
    police: &'a str,
    police_href: String,
    maintainer: &'a str,
    report: &'a str,
    generator: String,
    logo: &'a str,
}

/// Where a page stands in the site.
pub(crate) struct Frame<'a> {
    /// The page's route.
    pub(crate) route: &'a Route,
    /// The page's title and downloads.
    pub(crate) page: Page,
    /// The way from the first page to this one.
    pub(crate) crumbs: Vec<Link>,
    /// The entry of the menu it belongs to.
    pub(crate) menu: &'a str,
}

impl<'r> Desk<'r> {
    /// Lays out a desk for each language, the main one first; `None` when the theme cannot be used,
    /// which is reported once.
    pub(crate) fn all(
        release: &'r Release,
        theme: &'r Theme,
        tongues: &'r [Tongue],
        report: &mut Report,
    ) -> Option<Vec<Self>> {
        report.extend(lost_in_menu(release, theme));
        let mut desks: Vec<Self> = Vec::with_capacity(tongues.len());
        for tongue in tongues {
            // There is one index to ask for all of them.
            let search = desks.first().map(|main| Arc::clone(&main.search));
            let phones = desks.first().map(|main| Arc::clone(&main.phones));
            let shared = (search, phones);
            desks.push(Self::new((release, theme), (tongue, tongues), shared, report)?);
        }
        Some(desks)
    }

    /// Lays out the desk for a language.
    fn new(
        (release, theme): (&'r Release, &'r Theme),
        (tongue, tongues): (&'r Tongue, &'r [Tongue]),
        (search, phones): (Option<Arc<Search>>, Option<Arc<Phones>>),
        report: &mut Report,
    ) -> Option<Self> {
        let lang = tongue.lang;
        let mut globals = Context::new();
        globals.insert("t", &tongue.words);
        globals.insert("site", &site_view((release, theme), lang));
        globals.insert("lang", &tongue.tag);
        globals.insert("dir", tongue.direction.name());
        let engine = Engine::new(theme, &globals, report)?;
        let index = Index::new(release, lang);
        let facets = (0..release.schema().kinds().len())
            .into_par_iter()
            .map(|kind| facets(&index, kind))
            .collect();
        let totals = index.by_kind.par_iter().map(|records| total(&index, records)).collect();
        let search = search.unwrap_or_else(|| Arc::new(Search::new(&index)));
        let phones = phones.unwrap_or_else(|| Arc::new(Phones::of(release)));
        let nav = nav(&index, theme, tongue);
        let menus = menus(&nav);
        Some(Self {
            index,
            engine,
            theme,
            tongue,
            tongues,
            facets,
            totals,
            search,
            phones,
            nav,
            menus,
        })
    }

    /// Returns the sections that have records.
    pub(crate) fn sections(&self) -> impl Iterator<Item = usize> {
        let sections = self.index.release.schema().sections();
        (0..sections.len()).filter(|at| self.nav.iter().any(|link| link.key == sections[*at].key))
    }

    /// Returns the kinds that have records.
    pub(crate) fn kinds(&self) -> impl Iterator<Item = usize> {
        (0..self.facets.len()).filter(|at| !self.index.by_kind[*at].is_empty())
    }

    /// Returns the site's address.
    pub(crate) fn base_url(&self) -> &str {
        &self.index.release.site().base_url
    }

    /// Returns a link to the first page.
    pub(crate) fn home(&self) -> Link {
        self.nav.first().map_or_else(Link::default, |first| Link::new(&*first.label, &*first.href))
    }

    /// Returns the path of the feed, where the site can have one.
    pub(crate) fn feed(&self, path: &str) -> String {
        if self.base_url().is_empty() { String::new() } else { path.to_owned() }
    }

    /// Returns the pages of the language, as names for machines need them.
    pub(crate) fn tree(&self) -> linked::Tree<'_> {
        let (tag, folder) = (self.tongue.tag.as_str(), self.tongue.folder.as_str());
        linked::Tree { index: &self.index, tag, folder }
    }

    /// Returns a route as it is in the tree of the main language.
    fn in_tree<'p>(&self, route: &'p str) -> &'p str {
        route.strip_prefix(self.tongue.folder.as_str()).unwrap_or(route)
    }

    /// Returns the same page in every language of the site, the main one first; nothing where there
    /// is only one. The page for addresses that do not exist has none: it leads to the first pages.
    fn twins(&self, route: &str) -> Vec<Twin<'_>> {
        if self.tongues.len() < 2 {
            return Vec::new();
        }
        let missing = route == "404.html";
        let own = if missing { "index.html" } else { self.in_tree(route) };
        let twin = |tongue: &'r Tongue| {
            let path = format!("{}{own}", tongue.folder);
            let url = if missing { String::new() } else { url::absolute(self.base_url(), &path) };
            let (tag, name) = (tongue.tag.as_str(), tongue.name.as_str());
            let dir = tongue.direction.name();
            Twin { tag, name, dir, href: path, url, current: tongue.tag == self.tongue.tag }
        };
        self.tongues.iter().map(twin).collect()
    }

    /// Makes the context of a page.
    pub(crate) fn context(&self, frame: &Frame<'_>) -> Context {
        let mut context = Context::new();
        let route = frame.route.as_str();
        // The page for addresses that do not exist is shown at any depth.
        let (root, top) = if route == "404.html" {
            (absolute_root(self.base_url()), absolute_root(self.base_url()))
        } else {
            (Route::new(self.in_tree(route)).root(), frame.route.root())
        };
        let menu = self.menus.get(frame.menu).or_else(|| self.menus.get(""));
        context.insert_value("nav", menu.cloned().unwrap_or_else(Value::none));
        context.insert("root", &root);
        context.insert("top", &top);
        context.insert("twins", &self.twins(route));
        context.insert("route", route);
        context.insert("canonical", &url::absolute(self.base_url(), route));
        context.insert("crumbs", &frame.crumbs);
        context.insert("page", &frame.page);
        let linked = linked::block(&self.tree(), &frame.crumbs, route, &frame.page.linked);
        context.insert("linked_html", &linked);
        context
    }
}

/// Returns the path of the site's root on its host.
fn absolute_root(base_url: &str) -> String {
    let path = base_url
        .split_once("://")
        .and_then(|(_, rest)| rest.split_once('/'))
        .map_or("", |(_, path)| path);
    if path.is_empty() { "/".to_owned() } else { format!("/{path}/") }
}

/// Adds the fields of a view to a context.
pub(crate) fn add_view<T: Serialize>(context: &mut Context, view: &T) {
    let more = Context::from_serialize(view).expect("views are structs of plain values");
    context.extend(more);
}

/// Adds one value to a context under a name.
pub(crate) fn add_value<T: Serialize>(context: &mut Context, name: &'static str, value: &T) {
    context.insert_value(name, Value::from_serializable(value));
}

/// Makes what templates know of the site.
fn site_view<'a>((release, theme): (&'a Release, &'a Theme), lang: Lang) -> SiteView<'a> {
    let site = release.site();
    SiteView {
        title: &site.title,
        description: &site.description,
        publisher: &site.publisher,
        base_url: &site.base_url,
        example: site.example,
        as_of: release.as_of().to_string(),
        as_of_text: release.as_of().words(lang),
        hotlines: &site.contact.hotlines,
        address: &site.contact.address,
        hours: &site.contact.hours,
        email: &site.contact.email,
        objection_html: markdown::to_html(&site.contact.objection, &|_| None),
        organizer: &site.footer.organizer,
        code: &site.footer.code,
        icp: &site.footer.icp,
        police: &site.footer.police,
        police_href: police_href(&site.footer.police),
        maintainer: &site.footer.maintainer,
        report: &site.footer.report,
        generator: format!("mingbai {}", env!("CARGO_PKG_VERSION")),
        logo: &theme.logo,
    }
}

/// Returns where the record of a public-security number can be looked up.
fn police_href(number: &str) -> String {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    if digits.is_empty() {
        return String::new();
    }
    format!("https://beian.mps.gov.cn/#/query/webSearch?code={digits}")
}

/// Returns the menu as templates get it, once for each entry that may be the current one.
fn menus(nav: &[NavLink]) -> BTreeMap<String, Value> {
    let keys = nav.iter().map(|link| link.key.as_str()).chain([""]);
    keys.map(|key| {
        let links: Vec<NavLink> =
            nav.iter().map(|link| NavLink { current: link.key == key, ..link.clone() }).collect();
        (key.to_owned(), Value::from_serializable(&links))
    })
    .collect()
}

/// Returns findings about pages of the register's own that the menu names and that are not there, or not
/// yet.
fn lost_in_menu(release: &Release, theme: &Theme) -> Vec<Finding> {
    let lost = theme.menu.iter().filter(|name| {
        name.strip_prefix(url::PAGES).is_some_and(|stem| release.page(stem).is_none())
    });
    let finding = |name: &String| {
        let span = theme.menu_at.clone()?;
        let message = Phrase::new(
            "`menu` 里的一页没有公开,菜单里没有它",
            "`menu` names a page that is not published; the menu goes without it",
        );
        let names: Vec<String> =
            release.pages().iter().map(|page| format!("{}{}", url::PAGES, page.stem())).collect();
        let near = nearest(name, names.iter().map(String::as_str)).map_or_else(
            || Phrase::new("写成 \"pages/名称\",不写 .md", "write \"pages/NAME\", without .md"),
            |near| Phrase::new(format!("是不是 `{near}`?"), format!("did you mean `{near}`?")),
        );
        let mut finding = Finding::new(THEME_FAULT, span, message).help(near);
        finding.severity = Severity::Warning;
        Some(finding)
    };
    lost.filter_map(finding).collect()
}

/// Makes the menu: the first page, the sections that have records, the places, pages of the register's
/// own, finding, about.
fn nav(index: &Index<'_>, theme: &Theme, tongue: &Tongue) -> Vec<NavLink> {
    let lang = index.lang;
    let say = |key: &str| tongue.word(key).to_owned();
    let schema = index.release.schema();
    let entry = |key: &str, label: String, href: String| NavLink {
        key: key.to_owned(),
        label,
        href,
        current: false,
    };
    let mut links = vec![entry("home", say("nav_home"), "index.html".to_owned())];
    for section in schema.sections() {
        let kinds = schema.kinds().iter().enumerate();
        let filled = kinds
            .filter(|(_, kind)| kind.section == section.key)
            .any(|(at, _)| !index.by_kind[at].is_empty());
        if filled {
            links.push(entry(
                &section.key,
                section.label.text(lang).to_owned(),
                url::section(&section.key),
            ));
        }
    }
    if !index.by_place.is_empty() {
        links.push(entry("places", say("nav_places"), "places/index.html".to_owned()));
    }
    for (page, link) in written::in_order(index.release, tongue) {
        let key = format!("{}{}", url::PAGES, page.stem());
        if page.is_in_menu() || theme.menu.contains(&key) {
            links.push(entry(&key, link.label, link.href));
        }
    }
    links.push(entry("downloads", say("nav_downloads"), url::DOWNLOADS.to_owned()));
    links.push(entry("search", say("nav_search"), "search.html".to_owned()));
    links.push(entry("about", say("nav_about"), "about.html".to_owned()));
    let place = |key: &str| theme.menu.iter().position(|name| name == key);
    let last = theme.menu.len();
    links.sort_by_key(|link| place(&link.key).unwrap_or_else(|| last.saturating_sub(1)));
    links
}
