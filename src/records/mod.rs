//! The confidential room: everything people wrote, and the one door out of it.
//!
//! [`open`] reads a register and checks it; [`Opened::release`] gives what an audience may see,
//! together with fingerprints of what stays behind. Raw records cannot be named from outside.

mod age;
mod attach;
mod catalog;
mod chain;
mod check;
mod disclosure;
mod document;
mod edition;
mod exceptions;
mod fingerprints;
pub mod mask;
mod pages;
mod paint;
mod people;
mod personal;
mod places;
mod policy;
mod release;
mod resolve;
pub mod schema;
mod sums;
mod value;
mod withheld;

use std::collections::BTreeSet;
use std::sync::Arc;

pub use edition::Edition;
pub use exceptions::{EXCEPTIONS_FILE, Exceptions, Suspect};
pub use personal::{Allowance, Keeper};
pub use release::{
    Datum, Form, Hidden, KeptBack, PublicField, PublicFile, PublicFlow, PublicRecord, PublicSum,
    PublicTable, PublicValue, Release,
    pages::{PublicInsert, PublicPage, PublicText},
};
pub use schema::{
    Audience, CatalogueRow, Class, FieldDef, Grouping, Kind, Meaning, Overview, Piece, Question,
    Role, Schema, Selection, TableDef, Term, TimetableItem, pieces,
};
pub use withheld::{Origin, Trace, Withheld};

use crate::diag::Report;
use crate::diag::source::Shown;
use crate::files::Files;
use crate::project::{self, Places, Site};
use crate::text::Day;
use crate::token::Key;
use attach::Attachments;
use catalog::Catalog;
use check::Book;
use disclosure::Suppressed;
use document::PAGES_FOLDER;
use pages::Pages;
use release::Order;
use resolve::Ground;

/// Names with at least this many characters do not stand in a sentence by chance.
const LONG_NAME: usize = 3;

/// A register that has been read and checked.
pub struct Opened {
    site: Site,
    places: Places,
    schema: Arc<Schema>,
    catalog: Catalog,
    pages: Pages,
    attachments: Attachments,
    suppressed: Suppressed,
    report: Report,
    shown: Shown,
    suspects: Vec<Suspect>,
    excepted: Vec<String>,
}

impl std::fmt::Debug for Opened {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Opened({} records)", self.catalog.records().len())
    }
}

/// How a register is looked at: what else than its files decides which findings there are.
#[derive(Clone, Copy, Debug, Default)]
pub struct Look<'a> {
    /// The day that exceptions are held against; without one, none runs out.
    pub as_of: Option<Day>,
    /// Whether the day was asked for, and so wins over the register's.
    pub as_of_asked: bool,
    /// The key of exceptions, if there is one.
    pub key: Option<&'a Key>,
}

/// Reads a register and holds it against every rule.
#[must_use]
pub fn open(files: &Files, look: &Look<'_>) -> Opened {
    let mut report = Report::default();
    let site = Site::read(files, &mut report);
    let places = Places::read(files, &mut report);
    project::check_place(&site, &places, &mut report);
    let schema = schema::load::load(files, &mut report);
    let every_field = schema.kinds().iter().flat_map(|kind| &kind.fields);
    let keys: Vec<&str> = every_field.map(|field| field.key.as_str()).collect();
    project::metadata::check_metadata(&site.metadata, &keys, &mut report);
    let documents = document::parse(files, &mut report);
    let ground = Ground { schema: &schema, places: &places, files };
    let mut catalog = resolve::resolve(&documents, &ground, &mut report);
    places::explain_unknown(files, &mut report);
    let as_of = site.as_of.filter(|_| !look.as_of_asked).or(look.as_of);
    let ground = pages::Ground {
        schema: &schema,
        places: &places,
        catalog: &catalog,
        languages: &site.languages,
        as_of,
    };
    let mut pages = pages::read(files, &ground, &mut report);
    catalog.add_strays(std::mem::take(&mut pages.strays));
    let attachments = attach::treat(files, &catalog, &schema);
    let suppressed = disclosure::suppress(&catalog, &schema, &places);
    let book = Book {
        schema: &schema,
        catalog: &catalog,
        pages: &pages,
        files,
        attachments: &attachments,
        suppressed: &suppressed,
        places: &places,
        site: &site,
    };
    check::check(&book, &mut report);
    document::leave_consequences_out(&documents, &mut report);
    let suspects = check::suspects(&book);
    let excepted = exceptions::settle(&suspects, files, (as_of, look.key), &mut report);
    let report = report.sorted();
    let mut shown = project::shown::shown(files, &report);
    let paths = paths(&report);
    for document in documents.iter().filter(|document| paths.contains(&document.path)) {
        shown.absorb(resolve::shown(document, &schema));
    }
    shown.absorb(std::mem::take(&mut pages.shown));
    suspects.iter().for_each(|suspect| shown.forbid(&suspect.span));
    forbid_private(&report, &catalog, &mut shown);
    let mut report = report;
    if !paths.is_empty() {
        rename_files((&catalog, &schema), &paths, &suspects, &mut shown);
        // A name of two characters stands in many a sentence of the program's own, by chance.
        let long = fingerprints::of((&catalog, &schema), &|_| true, LONG_NAME);
        report = report.without(&|words| long.holds(words));
    }
    Opened {
        site,
        places,
        schema: Arc::new(schema),
        catalog,
        pages,
        attachments,
        suppressed,
        report,
        shown,
        suspects,
        excepted,
    }
}

/// Returns the files that findings speak of: only these need snippets, and few have any.
fn paths(report: &Report) -> BTreeSet<Arc<str>> {
    let spans = report.findings().iter().flat_map(|finding| {
        std::iter::once(&finding.primary.span)
            .chain(finding.related.iter().map(|label| &label.span))
    });
    spans.map(|span| Arc::clone(&span.path)).collect()
}

/// Gives other names to files whose own names give somebody away.
fn rename_files(
    (catalog, schema): (&Catalog, &Schema),
    paths: &BTreeSet<Arc<str>>,
    suspects: &[Suspect],
    shown: &mut Shown,
) {
    let everyone = fingerprints::of((catalog, schema), &|_| true, 0);
    for path in paths {
        let name = paint::covered(&everyone.paint(path));
        if name != **path {
            shown.rename(path, name);
        }
    }
    // The address of a page is the name of its file: what looks personal there is not said.
    let of_names = suspects.iter().filter(|suspect| suspect.span.start == suspect.span.end);
    for path in of_names.map(|suspect| &suspect.span.path) {
        if path.starts_with(PAGES_FOLDER) {
            shown.rename(path, format!("{PAGES_FOLDER}***"));
        }
    }
}

/// Forbids to quote what a finding says to give something away; the id of a record, where findings
/// about the whole of it stand, gives nothing away.
fn forbid_private(report: &Report, catalog: &Catalog, shown: &mut Shown) {
    let private = report.findings().iter().filter(|finding| finding.code.is_private());
    for span in private.map(|finding| &finding.primary.span) {
        let is_id = |record: &catalog::Record| record.id_span() == *span;
        if !catalog.records().iter().any(is_id) {
            shown.forbid(span);
        }
    }
}

/// Returns the kinds of a register: the built-in ones and its own.
#[must_use]
pub fn schema_of(files: &Files) -> Schema {
    schema::load::load(files, &mut Report::default())
}

impl Opened {
    /// Returns the findings.
    #[must_use]
    pub const fn report(&self) -> &Report {
        &self.report
    }

    /// Returns what may be shown of the files in snippets.
    #[must_use]
    pub const fn shown(&self) -> &Shown {
        &self.shown
    }

    /// Returns everything that looks personal where everyone would read it, excepted or not.
    #[must_use]
    pub fn suspects(&self) -> &[Suspect] {
        &self.suspects
    }

    /// Returns the folded values that somebody looked at and that may be published.
    pub(in crate::records) fn excepted(&self) -> &[String] {
        &self.excepted
    }

    /// Returns what the register says of itself.
    #[must_use]
    pub const fn site(&self) -> &Site {
        &self.site
    }

    /// Sets the site's address, when it is not the register's own.
    pub fn set_base_url(&mut self, base_url: &str) {
        base_url.trim_end_matches('/').clone_into(&mut self.site.base_url);
    }

    /// Returns the kinds.
    #[must_use]
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// Returns how many records were read.
    #[must_use]
    pub fn len(&self) -> usize {
        self.catalog.records().len()
    }

    /// Returns whether there is a record named as `kind/id`.
    #[must_use]
    pub fn has(&self, record: &str) -> bool {
        self.catalog.find(record).is_some()
    }

    /// Returns how many records are drafts, and how many others will be published after a day.
    #[must_use]
    pub fn waiting(&self, as_of: Day) -> (usize, usize) {
        let records = self.catalog.records();
        let drafts = records.iter().filter(|record| record.draft).count();
        let published = release::publish::published(&self.catalog, &self.schema, as_of);
        (drafts, published.iter().filter(|published| !**published).count() - drafts)
    }

    /// Returns whether no record was read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the kinds that an audience is given marks of, and that need a key for it; a register
    /// without records of such a kind needs none.
    #[must_use]
    pub fn kinds_with_tokens(&self, audience: Audience) -> Vec<String> {
        let kinds = self.catalog.records().iter().map(|record| record.kind);
        release::row::kinds_with_tokens(&self.schema, kinds, audience)
    }

    /// Returns fingerprints of every person on the lists of one record, named as `kind/id`, and of
    /// nothing else: to look whether anything of them is left somewhere.
    #[must_use]
    pub fn fingerprints_of(&self, record: &str) -> Withheld {
        fingerprints::of((&self.catalog, &self.schema), &|key| key == record, 0)
    }

    /// Parts the register into what an audience may see on a day and what stays behind.
    #[must_use]
    pub fn release(&self, edition: &Edition<'_>) -> (Release, Withheld) {
        let facts = (self.site.clone(), self.places.clone());
        let order = Order {
            edition,
            attachments: &self.attachments,
            excepted: self.excepted(),
            suppressed: &self.suppressed,
            pages: &self.pages,
        };
        release::release(&self.catalog, &self.schema, facts, &order)
    }
}
