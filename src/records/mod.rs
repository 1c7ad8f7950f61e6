//! The confidential room: everything people wrote, and the one door out of it.
//!
//! [`open`] reads a register and checks it; [`Opened::release`] gives what an audience may see,
//! together with fingerprints of what stays behind. Raw records cannot be named from outside.

mod attachments;
mod catalog;
mod chain;
mod check;
mod disclosure;
mod document;
mod edition;
mod mask;
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
pub use release::{
    Datum, Hidden, KeptBack, PublicField, PublicFlow, PublicRecord, PublicSum, PublicTable,
    PublicValue, Release,
};
pub use schema::{Audience, FieldDef, Kind, Role, Schema, TableDef};
pub use withheld::{Origin, Withheld};

use crate::diag::Report;
use crate::diag::source::Shown;
use crate::files::Files;
use crate::project::{self, Places, Site};
use attachments::Attachments;
use catalog::Catalog;
use check::Book;
use disclosure::Suppressed;
use release::Order;
use resolve::Ground;

/// A register that has been read and checked.
pub struct Opened {
    site: Site,
    places: Places,
    schema: Arc<Schema>,
    catalog: Catalog,
    attachments: Attachments,
    suppressed: Suppressed,
    report: Report,
    shown: Shown,
}

impl std::fmt::Debug for Opened {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Opened({} records)", self.catalog.records().len())
    }
}

/// Reads a register and holds it against every rule.
#[must_use]
pub fn open(files: &Files) -> Opened {
    let mut report = Report::default();
    let site = Site::read(files, &mut report);
    let places = Places::read(files, &mut report);
    project::check_place(&site, &places, &mut report);
    let schema = schema::load::load(files, &mut report);
    let documents = document::parse(files, &mut report);
    let ground = Ground { schema: &schema, places: &places, files };
    let catalog = resolve::resolve(&documents, &ground, &mut report);
    let attachments = attachments::readable(files);
    let suppressed = disclosure::suppress(&catalog, &schema, &places);
    let book = Book {
        schema: &schema,
        catalog: &catalog,
        attachments: &attachments,
        suppressed: &suppressed,
        places: &places,
    };
    check::check(&book, &mut report);
    let report = report.sorted();
    let mut shown = Shown::default();
    // Only findings need snippets, and few files have any.
    let spans = report.findings().iter().flat_map(|finding| {
        std::iter::once(&finding.primary.span)
            .chain(finding.related.iter().map(|label| &label.span))
    });
    let named: BTreeSet<&str> = spans.map(|span| &*span.path).collect();
    for document in documents.iter().filter(|document| named.contains(&*document.path)) {
        shown.absorb(resolve::shown(document, &schema));
    }
    let schema = Arc::new(schema);
    Opened { site, places, schema, catalog, attachments, suppressed, report, shown }
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

    /// Returns whether no record was read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Parts the register into what an audience may see on a day and what stays behind.
    #[must_use]
    pub fn release(&self, edition: &Edition<'_>) -> (Release, Withheld) {
        let facts = (self.site.clone(), self.places.clone());
        let order = Order { edition, attachments: &self.attachments, suppressed: &self.suppressed };
        release::release(&self.catalog, &self.schema, facts, &order)
    }
}
