//! Attachments: files that records name, on their way to the site.
//!
//! No file is copied blindly. Images are decoded and written anew, spreadsheets are written anew from
//! the cells that everybody sees, documents are taken apart, searched and put together without what
//! nobody sees. One treatment a file, one line in [`TREATMENTS`]; a file that no treatment takes, or
//! whose treatment finds a fault, stays behind. Faults say what and where, and never quote.
//!
//! What stands in the pixels of an image is not read here: nobody promises that.

mod columns;
mod image;
mod jpeg;
mod layout;
mod limits;
mod lines;
mod package;
mod pdf;
mod pdf_words;
mod plain;
mod refused;
mod search;
mod sheet;
mod styles;
mod unpack;
mod workbook;
mod xml;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::decode::{DECODERS, Decoder};
use crate::diag::Code;
use crate::diag::code::{UNCHECKED_ATTACHMENT, UNSAFE_ATTACHMENT};
use crate::files::Files;
use crate::records::catalog::{Catalog, Cell};
use crate::records::document::ATTACHMENTS_FOLDER;
use crate::records::schema::{FieldDef, Schema};
use crate::text::Phrase;
use limits::Measures;

/// The type of fields that name files.
pub(in crate::records) const FILE: &str = "file";

/// What became of every attachment that a record names, by its path below `attachments/`.
pub(in crate::records) type Attachments = BTreeMap<String, Result<Arc<Enclosure>, Vec<Fault>>>;

/// A file that may be published.
#[derive(Debug)]
pub(in crate::records) struct Enclosure {
    /// Its path below `attachments/`, which may end otherwise than that of the original.
    pub(in crate::records) path: String,
    /// What it is, as people call it.
    pub(in crate::records) label: Phrase,
    /// The bytes, written anew.
    pub(in crate::records) bytes: Box<[u8]>,
    /// How it is shown, if it is an image.
    pub(in crate::records) picture: Option<Picture>,
}

/// How an image is shown on a page.
#[derive(Debug)]
pub(in crate::records) struct Picture {
    /// Width and height in pixels.
    pub(in crate::records) size: (u32, u32),
    /// A smaller image in its place, if it is larger than a page needs.
    pub(in crate::records) preview: Option<Box<[u8]>>,
}

/// Why a file stays behind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::records) struct Fault {
    /// `unsafe-attachment` or `unchecked-attachment`.
    pub(in crate::records) code: Code,
    /// What is wrong, and where in the file.
    pub(in crate::records) message: Phrase,
    /// What to do.
    pub(in crate::records) help: Phrase,
}

impl Fault {
    /// Something is in the file that must not get out.
    fn held(message: Phrase, help: Phrase) -> Self {
        Self { code: UNSAFE_ATTACHMENT, message, help }
    }

    /// The file cannot be looked through.
    fn unread(message: Phrase, help: Phrase) -> Self {
        Self { code: UNCHECKED_ATTACHMENT, message, help }
    }
}

/// A file that is to be treated.
#[derive(Clone, Copy)]
struct Original<'a> {
    /// The path below `attachments/`.
    path: &'a str,
    /// The bytes.
    bytes: &'a [u8],
    /// The data.
    measures: &'a Measures,
    /// What opens wrapped texts.
    decoders: &'a [&'static dyn Decoder],
}

impl Original<'_> {
    /// Returns the ending of the path, in lower case.
    fn ending(&self) -> String {
        let name = self.path.rsplit('/').next().unwrap_or(self.path);
        name.rsplit_once('.').map_or_else(String::new, |(_, ending)| ending.to_lowercase())
    }
}

/// What a treatment made.
struct Copy {
    /// The ending of the new name, if it has to be another.
    ending: Option<&'static str>,
    /// The new bytes.
    bytes: Vec<u8>,
    /// How it is shown, if it is an image.
    picture: Option<Picture>,
}

/// Makes one sort of file fit to be published.
trait Treatment: Sync {
    /// Returns what the files are, as people call them.
    fn label(&self) -> Phrase;

    /// Returns the endings of the names of such files.
    fn endings(&self) -> &'static [&'static str];

    /// Writes a file anew, or says why it stays behind.
    fn treat(&self, original: &Original<'_>) -> Result<Copy, Vec<Fault>>;
}

/// Every treatment.
const TREATMENTS: &[&dyn Treatment] =
    &[&plain::Plain, &image::Image, &sheet::Sheet, &package::Package, &pdf::Pdf];

/// Treats every attachment that a record names, each once.
pub(in crate::records) fn treat(files: &Files, catalog: &Catalog, schema: &Schema) -> Attachments {
    let measures = Measures::read();
    let named: BTreeSet<&str> = named(catalog, schema)
        .flat_map(|(_, cell)| &cell.values)
        .filter_map(|v| v.words())
        .collect();
    let treated = named.into_par_iter().filter_map(|path| {
        let bytes = files.bytes(&format!("{ATTACHMENTS_FOLDER}{path}"))?;
        let original = Original { path, bytes, measures: &measures, decoders: DECODERS };
        Some((path.to_owned(), treat_one(&original)))
    });
    treated.collect::<Vec<_>>().into_iter().collect()
}

/// Returns every cell that names attachments, with its definition.
fn named<'a>(
    catalog: &'a Catalog,
    schema: &'a Schema,
) -> impl Iterator<Item = (&'a FieldDef, &'a Cell)> {
    let cells = catalog.records().iter().flat_map(move |record| {
        let kind = record.kind_of(schema);
        let rows = record.tables.iter().flat_map(move |table| {
            let fields = &kind.tables[table.table].fields;
            table
                .rows
                .iter()
                .flat_map(|row| &row.cells)
                .map(move |cell| (&fields[cell.field], cell))
        });
        record.cells.iter().map(|cell| (&kind.fields[cell.field], cell)).chain(rows)
    });
    cells.filter(|(field, _)| field.type_name() == FILE)
}

/// Treats one attachment.
fn treat_one(original: &Original<'_>) -> Result<Arc<Enclosure>, Vec<Fault>> {
    let limits = &original.measures.limits;
    if original.bytes.len() > limits.largest() {
        let mib = limits.largest() >> 20;
        return Err(vec![Fault::unread(
            Phrase::new(
                format!("这个附件大于{mib}MB,不检查,不会放到网上"),
                format!(
                    "this attachment is larger than {mib} MB: it is not searched and not put online"
                ),
            ),
            Phrase::new("分成几个文件,或者缩小图片后再放", "split it, or make its images smaller"),
        )]);
    }
    let mut faults = search::name(original);
    let ending = original.ending();
    let treatment =
        TREATMENTS.iter().find(|treatment| treatment.endings().contains(&ending.as_str()));
    let made = match treatment {
        Some(treatment) => treatment.treat(original).map(|copy| (copy, treatment.label())),
        None => Err(vec![refused::fault(original, &ending)]),
    };
    let enclosure = match made {
        Ok((copy, label)) => {
            let path = renamed(original.path, copy.ending);
            // The second look is at what would be published, through every decoder there is.
            let second = Original { path: &path, bytes: &copy.bytes, ..*original };
            faults.extend(search::through(&second));
            let bytes = copy.bytes.into_boxed_slice();
            Some(Enclosure { path, label, bytes, picture: copy.picture })
        }
        Err(found) => {
            faults.extend(found);
            None
        }
    };
    match enclosure {
        Some(enclosure) if faults.is_empty() => Ok(Arc::new(enclosure)),
        _ => Err(few(faults, limits.most_findings)),
    }
}

/// Returns the first faults, each once, the gravest first.
fn few(mut faults: Vec<Fault>, most: usize) -> Vec<Fault> {
    let mut seen = BTreeSet::new();
    faults.retain(|fault| seen.insert(fault.clone()));
    faults.sort_by_key(|fault| fault.code != UNSAFE_ATTACHMENT);
    faults.truncate(most);
    faults
}

/// Returns a path with another ending.
fn renamed(path: &str, ending: Option<&str>) -> String {
    match (ending, path.rsplit_once('.')) {
        (Some(ending), Some((stem, old))) if !old.eq_ignore_ascii_case(ending) => {
            format!("{stem}.{ending}")
        }
        _ => path.to_owned(),
    }
}
