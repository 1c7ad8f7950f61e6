//! The register's own facts: who publishes, where, for which places.
//!
//! Reads `site.toml` and `places.toml`. Both are public by nature; nothing personal belongs there.

pub mod index_number;
pub mod metadata;
pub(crate) mod shown;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use toml::de::{DeTable, DeValue};

use crate::diag::code::{PLACE_FAULT, SITE_FAULT};
use crate::diag::{Finding, Report, Span};
use crate::files::Files;
use crate::project::index_number::Scheme;
use crate::project::metadata::Metadata;
use crate::syntax::{self, Reader};
use crate::text::{Day, Phrase, nearest};

/// The file with the site's facts.
pub const SITE_FILE: &str = "site.toml";

/// The file with the places.
pub const PLACES_FILE: &str = "places.toml";

/// The settings of a register's own theme.
pub const THEME_SETTINGS: &str = "theme/theme.toml";

/// The folder of a register's own theme files.
pub const THEME_FOLDER: &str = "theme/";

/// The keys of `site.toml` that stand above its tables.
const TOP_KEYS: [&str; 9] = [
    "title",
    "publisher",
    "description",
    "base_url",
    "as_of",
    "place",
    "languages",
    "example",
    "tile_map",
];

/// What the register says of itself.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Site {
    /// The site's name.
    pub title: String,
    /// Who publishes.
    pub publisher: String,
    /// One line about the site.
    pub description: String,
    /// Where the site will be; empty when it is not known.
    pub base_url: String,
    /// The place whose register this is.
    pub place: String,
    /// The day the site speaks for, if the register fixes one.
    pub as_of: Option<Day>,
    /// Whether the register is made up.
    pub example: bool,
    /// Whether the first page shows its places as a map of tiles.
    pub tile_map: bool,
    /// How to reach the publisher.
    pub contact: Contact,
    /// What the law wants in the footer of a government site.
    pub footer: Footer,
    /// The box of metadata on the pages of records.
    #[serde(skip)]
    pub metadata: Metadata,
    /// How index numbers are made.
    #[serde(skip)]
    pub index_number: Option<Scheme>,
    /// What open data say of themselves.
    pub open_data: OpenData,
    /// Whether personal values may be kept as they are; nothing for pages.
    #[serde(skip)]
    pub raw: Raw,
    /// Files of the site that nobody can search and somebody vouches for.
    #[serde(skip)]
    pub unsearchable: Vec<Unsearchable>,
    /// The languages pages are made in beside the main one, as their tags.
    #[serde(skip)]
    pub languages: Vec<String>,
    /// Where in `site.toml` the languages are named.
    #[serde(skip)]
    pub languages_at: Option<Span>,
}

/// A file that may pass the gate unsearched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unsearchable {
    /// Its path in the site.
    pub path: String,
    /// Why it holds nothing about anyone.
    pub reason: String,
    /// Where in `site.toml` that is said.
    pub span: Option<Span>,
}

/// Whether the register may keep personal values as they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Raw {
    /// In the personal fields of records: the repository is private.
    #[default]
    Allowed,
    /// Nowhere: the repository is public, or many have it.
    Absent,
}

/// How to reach the publisher.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Contact {
    /// Telephone numbers for questions and objections.
    pub hotlines: Vec<String>,
    /// Where to go.
    pub address: String,
    /// When someone is there.
    pub hours: String,
    /// The office's mailbox.
    pub email: String,
    /// How to object, in Markdown.
    pub objection: String,
}

/// The marks of a government site.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Footer {
    /// The organising unit.
    pub organizer: String,
    /// The site code.
    pub code: String,
    /// The ICP number.
    pub icp: String,
    /// The public-security number.
    pub police: String,
    /// Who runs the site for the organising unit.
    pub maintainer: String,
    /// Where to report a mistake on the site (找错).
    pub report: String,
}

/// What open data say of themselves.
#[derive(Clone, Debug, Default, Serialize)]
pub struct OpenData {
    /// The licence by its name, such as `CC-BY-4.0`.
    pub license: String,
    /// Where the licence can be read.
    pub license_url: String,
    /// The registered prefix of contracting processes; without it they get no identifiers.
    pub ocid_prefix: String,
    /// The registered prefix of grants.
    pub grant_prefix: String,
}

impl Site {
    /// Reads `site.toml`.
    #[must_use]
    pub fn read(files: &Files, report: &mut Report) -> Self {
        let path: Arc<str> = Arc::from(SITE_FILE);
        let Some(bytes) = files.bytes(SITE_FILE) else {
            let message = Phrase::new("没有 site.toml", "there is no site.toml");
            let help = Phrase::new(
                "用 mingbai new 新建一个台账,或者补上 site.toml",
                "make a register with `mingbai new`, or add a site.toml",
            );
            report.push(Finding::new(SITE_FAULT, Span::whole(&path), message).help(help));
            return Self::default();
        };
        let Some(source) = syntax::utf8(&path, bytes, report) else {
            return Self::default();
        };
        let table = syntax::parse(&path, source, 0, report);
        let mut reader = Reader::new(&path, &table, SITE_FAULT);
        let languages_at = reader.node("languages").map(|node| reader.span(node.span()));
        let site = Self {
            title: reader.required("title", report),
            publisher: reader.required("publisher", report),
            description: reader.text("description", report).unwrap_or_default(),
            base_url: base_url(&mut reader, report),
            place: reader.text("place", report).unwrap_or_default(),
            as_of: as_of(&mut reader, report),
            example: reader.flag("example", false, report),
            tile_map: reader.flag("tile_map", false, report),
            contact: contact(&mut reader, &path, report),
            footer: footer(&mut reader, &path, report),
            metadata: reader
                .table("metadata", report)
                .map(|table| Metadata::read(table, &path, report))
                .unwrap_or_default(),
            index_number: reader
                .table("index_number", report)
                .and_then(|table| Scheme::read(table, &path, report)),
            open_data: open_data(&mut reader, &path, report),
            raw: privacy(&mut reader, &path, report),
            unsearchable: unsearchable(&mut reader, &path, report),
            languages: reader.texts("languages", report),
            languages_at,
        };
        reader.finish(report);
        site
    }
}

/// Reads the site's address.
fn base_url(reader: &mut Reader<'_, '_>, report: &mut Report) -> String {
    web_address(reader, "base_url", report).trim_end_matches('/').to_owned()
}

/// Reads an address of the web; anything else is reported.
fn web_address(reader: &mut Reader<'_, '_>, key: &'static str, report: &mut Report) -> String {
    let url = reader.text(key, report).unwrap_or_default();
    if !url.is_empty() && !url.starts_with("https://") && !url.starts_with("http://") {
        let span = reader.node(key).map(|node| reader.span(node.span()));
        let message = Phrase::new(
            format!("`{key}` 要以 https:// 或 http:// 开头"),
            format!("`{key}` begins with https:// or http://"),
        );
        report.extend(span.map(|span| Finding::new(SITE_FAULT, span, message)));
        return String::new();
    }
    url
}

/// Reports a place of `site.toml` that the register does not have.
pub(crate) fn check_place(site: &Site, places: &Places, report: &mut Report) {
    if site.place.is_empty() || places.find(&site.place).is_some() {
        return;
    }
    let message =
        Phrase::new("places.toml 里没有 `place` 写的地点", "places.toml has no such `place`");
    report.push(Finding::new(SITE_FAULT, Span::whole(&Arc::from(SITE_FILE)), message));
}

/// Reads the fixed as-of day.
fn as_of(reader: &mut Reader<'_, '_>, report: &mut Report) -> Option<Day> {
    let node = reader.node("as_of")?;
    let text = match node.get_ref() {
        DeValue::String(text) => text.to_string(),
        DeValue::Datetime(datetime) => datetime.to_string(),
        _ => String::new(),
    };
    let day = Day::parse(&text);
    if day.is_none() {
        let message = Phrase::new(
            "`as_of` 要填日期,例如 2025-06-30",
            "`as_of` must be a day, such as 2025-06-30",
        );
        report.push(Finding::new(SITE_FAULT, reader.span(node.span()), message));
    }
    day
}

/// Reads `[contact]`.
fn contact(reader: &mut Reader<'_, '_>, path: &Arc<str>, report: &mut Report) -> Contact {
    let Some(table) = reader.table("contact", report) else {
        return Contact::default();
    };
    let mut reader = Reader::new(path, table, SITE_FAULT).below("contact", &TOP_KEYS);
    let contact = Contact {
        hotlines: reader.texts("hotlines", report),
        address: reader.text("address", report).unwrap_or_default(),
        hours: reader.text("hours", report).unwrap_or_default(),
        email: reader.text("email", report).unwrap_or_default(),
        objection: reader.text("objection", report).unwrap_or_default(),
    };
    reader.finish(report);
    contact
}

/// Reads `[opendata]`.
fn open_data(reader: &mut Reader<'_, '_>, path: &Arc<str>, report: &mut Report) -> OpenData {
    let Some(table) = reader.table("opendata", report) else {
        return OpenData::default();
    };
    let mut reader = Reader::new(path, table, SITE_FAULT).below("opendata", &TOP_KEYS);
    let mut text = |key| reader.text(key, report).unwrap_or_default();
    let open_data = OpenData {
        license: text("license"),
        license_url: text("license_url"),
        ocid_prefix: text("ocid_prefix"),
        grant_prefix: text("grant_prefix"),
    };
    reader.finish(report);
    open_data
}

/// Reads `[privacy]`.
fn privacy(reader: &mut Reader<'_, '_>, path: &Arc<str>, report: &mut Report) -> Raw {
    let Some(table) = reader.table("privacy", report) else {
        return Raw::default();
    };
    let mut reader = Reader::new(path, table, SITE_FAULT).below("privacy", &TOP_KEYS);
    let raw = match reader.text("raw", report).as_deref() {
        None | Some("allowed") => Raw::Allowed,
        Some("absent") => Raw::Absent,
        Some(_) => {
            let span = reader.node("raw").map(|node| reader.span(node.span()));
            let message = Phrase::new(
                "`raw` 要填 \"allowed\"(名单里可以有原文)或 \"absent\"(哪里都不许有)",
                "`raw` is \"allowed\" (lists may hold values as they are) or \"absent\" (nothing may)",
            );
            report.extend(span.map(|span| Finding::new(SITE_FAULT, span, message)));
            // Whoever wrote the line wanted less, not more.
            Raw::Absent
        }
    };
    reader.finish(report);
    raw
}

/// Reads `[footer]`.
fn footer(reader: &mut Reader<'_, '_>, path: &Arc<str>, report: &mut Report) -> Footer {
    let Some(table) = reader.table("footer", report) else {
        return Footer::default();
    };
    let mut reader = Reader::new(path, table, SITE_FAULT).below("footer", &TOP_KEYS);
    let footer = Footer {
        organizer: reader.text("organizer", report).unwrap_or_default(),
        code: reader.text("code", report).unwrap_or_default(),
        icp: reader.text("icp", report).unwrap_or_default(),
        police: reader.text("police", report).unwrap_or_default(),
        maintainer: reader.text("maintainer", report).unwrap_or_default(),
        report: web_address(&mut reader, "report", report),
    };
    reader.finish(report);
    footer
}

/// Reads `[[unsearchable]]`.
fn unsearchable(
    reader: &mut Reader<'_, '_>,
    path: &Arc<str>,
    report: &mut Report,
) -> Vec<Unsearchable> {
    let Some(node) = reader.node("unsearchable") else {
        return Vec::new();
    };
    let DeValue::Array(entries) = node.get_ref() else {
        let message = Phrase::new(
            "每个没法检查的文件要写成 [[unsearchable]],两层方括号",
            "each file that cannot be searched is written as [[unsearchable]], with two brackets",
        );
        report.push(Finding::new(SITE_FAULT, reader.span(node.span()), message));
        return Vec::new();
    };
    let tables = entries.iter().filter_map(|entry| match entry.get_ref() {
        DeValue::Table(table) => Some((table, Span::new(path, entry.span()))),
        _ => None,
    });
    tables
        .map(|(table, span)| {
            let mut reader = Reader::new(path, table, SITE_FAULT).standing_at(&span);
            let entry = Unsearchable {
                path: reader.required("path", report),
                reason: reader.required("reason", report),
                span: Some(span),
            };
            reader.finish(report);
            entry
        })
        .collect()
}

/// Reports what may pass unsearched and need not: the file is gone, or it can be searched.
pub(crate) fn check_unsearchable(allowed: &[Unsearchable], needed: &[bool], report: &mut Report) {
    for (entry, _) in allowed.iter().zip(needed).filter(|(_, needed)| !**needed) {
        let path = Arc::from(SITE_FILE);
        let span = entry.span.clone().unwrap_or_else(|| Span::whole(&path));
        let message = Phrase::new(
            "这个文件不需要放在 [[unsearchable]] 里:网站里没有它,或者它可以检查",
            "this file need not be in [[unsearchable]]: the site has none such, or it can be searched",
        );
        let help = Phrase::new("把这一段删掉", "take the entry away");
        report.push(Finding::new(SITE_FAULT, span, message).help(help));
    }
}

/// The levels of places, from the largest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// 国家.
    Country,
    /// 省.
    Province,
    /// 市.
    City,
    /// 县、区.
    County,
    /// 乡镇、街道.
    Township,
    /// 村、社区.
    Village,
    /// 村民小组.
    Group,
}

impl Level {
    /// Every level with its name in `places.toml` and its label.
    pub const ALL: [(Self, &'static str, &'static str); 7] = [
        (Self::Country, "country", "国家"),
        (Self::Province, "province", "省"),
        (Self::City, "city", "市"),
        (Self::County, "county", "县(市、区)"),
        (Self::Township, "township", "乡镇(街道)"),
        (Self::Village, "village", "村(社区)"),
        (Self::Group, "group", "组"),
    ];

    /// Returns the label of the level.
    #[must_use]
    pub fn label(self) -> Phrase {
        let entry = Self::ALL.iter().find(|(level, ..)| *level == self);
        entry.map_or_else(Phrase::default, |(_, name, label)| Phrase::new(*label, *name))
    }
}

/// An administrative division.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The code.
    pub code: String,
    /// The name.
    pub name: String,
    /// The level.
    pub level: Level,
    /// The code of the place above; empty when there is none.
    pub parent: String,
    /// How many households live there.
    pub households: Option<i64>,
    /// How many persons live there.
    pub persons: Option<i64>,
    /// The year in which households and persons were counted.
    pub counted_in: Option<i64>,
    /// The telephone of its office.
    pub phone: String,
}

/// The places of a register, by code.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Places {
    places: BTreeMap<String, Place>,
}

impl Places {
    /// Reads `places.toml`.
    #[must_use]
    pub fn read(files: &Files, report: &mut Report) -> Self {
        let path: Arc<str> = Arc::from(PLACES_FILE);
        let mut places = Self::default();
        let Some(source) =
            files.bytes(PLACES_FILE).and_then(|bytes| syntax::utf8(&path, bytes, report))
        else {
            return places;
        };
        let table = syntax::parse(&path, source, 0, report);
        let mut reader = Reader::new(&path, &table, PLACE_FAULT);
        let mut parents = Vec::new();
        let node = reader.node("place");
        if let Some(node) = node
            && !matches!(node.get_ref(), DeValue::Array(_))
        {
            let message = Phrase::new(
                "每个地点要写成 [[place]],两层方括号",
                "each place is written as [[place]], with two brackets",
            );
            report.push(Finding::new(PLACE_FAULT, reader.span(node.span()), message));
        }
        if let Some(DeValue::Array(array)) = node.map(toml::Spanned::get_ref) {
            for element in array {
                if let DeValue::Table(table) = element.get_ref() {
                    let span = Span::new(&path, element.span());
                    let place = place(table, &path, &span, report);
                    let own = place.code == place.parent;
                    let parent = if own { "?".to_owned() } else { place.parent.clone() };
                    let mut reader = Reader::new(&path, table, PLACE_FAULT);
                    parents.push((parent, value_span(&mut reader, "parent", &span)));
                    let span = value_span(&mut reader, "code", &span);
                    // A place without a code was told of already.
                    let named = !place.code.is_empty();
                    if places.places.insert(place.code.clone(), place).is_some() && named {
                        let message = Phrase::new(
                            "这个地点代码登记了两次",
                            "this code stands for two places",
                        );
                        report.push(Finding::new(PLACE_FAULT, span, message));
                    }
                }
            }
        }
        reader.finish(report);
        for (parent, span) in parents {
            if !parent.is_empty() && places.find(&parent).is_none() {
                let message = Phrase::new(
                    "上级地点没有登记,或者写成了自己",
                    "the place above is not in the file, or is the place itself",
                );
                report.push(Finding::new(PLACE_FAULT, span, message));
            }
        }
        places
    }

    /// Returns the place with this code.
    #[must_use]
    pub fn find(&self, code: &str) -> Option<&Place> {
        self.places.get(code)
    }

    /// Returns every place in the order of the codes.
    pub fn iter(&self) -> impl Iterator<Item = &Place> {
        self.places.values()
    }

    /// Returns the places directly below a place.
    pub fn below<'a>(&'a self, code: &'a str) -> impl Iterator<Item = &'a Place> {
        self.iter().filter(move |place| place.parent == code && place.code != code)
    }

    /// Returns the place and those above it, the largest first.
    #[must_use]
    pub fn path(&self, code: &str) -> Vec<&Place> {
        let mut path = Vec::new();
        let mut next = self.find(code);
        while let Some(place) = next {
            // A file that names a place its own ancestor must not keep us here for ever.
            if path.len() > Level::ALL.len() || path.contains(&place) {
                break;
            }
            path.push(place);
            next = self.find(&place.parent);
        }
        path.reverse();
        path
    }
}

/// Returns where the value of a key stands, or the whole that it is missing in.
fn value_span(reader: &mut Reader<'_, '_>, key: &'static str, whole: &Span) -> Span {
    reader.node(key).map_or_else(|| whole.clone(), |node| reader.span(node.span()))
}

/// Reads one `[[place]]`.
fn place(table: &DeTable<'_>, path: &Arc<str>, span: &Span, report: &mut Report) -> Place {
    let mut reader = Reader::new(path, table, PLACE_FAULT).standing_at(span);
    let code = reader.required("code", report);
    if !code.bytes().all(|byte| byte.is_ascii_digit()) {
        let message = Phrase::new("地点代码只能是数字", "the code of a place has digits only");
        report.push(Finding::new(PLACE_FAULT, value_span(&mut reader, "code", span), message));
    }
    let level_name = reader.required("level", report);
    let level =
        Level::ALL.iter().find(|(_, name, _)| *name == level_name).map(|(level, ..)| *level);
    if level.is_none() {
        let names = Level::ALL.map(|(_, name, _)| name).join(", ");
        let message = Phrase::new(
            format!("`level` 要从这些里选:{names}"),
            format!("`level` must be one of: {names}"),
        );
        let labelled = Level::ALL
            .iter()
            .find(|(.., label)| !level_name.is_empty() && label.contains(&level_name));
        let near = labelled.map(|(_, name, _)| *name);
        let near = near.or_else(|| nearest(&level_name, Level::ALL.map(|(_, name, _)| name)));
        let mut finding =
            Finding::new(PLACE_FAULT, value_span(&mut reader, "level", span), message);
        finding.help.extend(near.map(|near| {
            Phrase::new(format!("是不是 \"{near}\"?"), format!("did you mean \"{near}\"?"))
        }));
        // What is missing was told of already.
        if reader.node("level").is_some() {
            report.push(finding);
        }
    }
    let place = Place {
        code,
        name: reader.required("name", report),
        level: level.unwrap_or(Level::Village),
        parent: reader.text("parent", report).unwrap_or_default(),
        households: whole_number(&mut reader, "households", report),
        persons: whole_number(&mut reader, "persons", report),
        counted_in: whole_number(&mut reader, "counted_in", report),
        phone: reader.text("phone", report).unwrap_or_default(),
    };
    reader.finish(report);
    place
}

/// Reads a whole number.
fn whole_number(
    reader: &mut Reader<'_, '_>,
    key: &'static str,
    report: &mut Report,
) -> Option<i64> {
    let node = reader.node(key)?;
    if let DeValue::Integer(number) = node.get_ref() {
        return number.as_str().parse().ok();
    }
    let message = Phrase::new(
        format!("`{key}` 要填整数,不加引号"),
        format!("`{key}` must be a whole number without quotes"),
    );
    report.push(Finding::new(PLACE_FAULT, reader.span(node.span()), message));
    None
}
