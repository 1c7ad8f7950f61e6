//! Personal data where everyone would read it: in titles, prose, ids, reasons and names of files.
//!
//! Two things are looked for: whatever a detector takes for personal data, and the values of the
//! register's own people. Each is a suspect with its place; the value itself is in no message.
//! Exceptions are settled by whoever asked.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use crate::decode::{DECODERS, walk};
use crate::detect::{self, Certainty, DETECTORS};
use crate::diag::code::{NAMED_PERSON, PERSONAL_DATA};
use crate::diag::{Finding, Severity, Span};
use crate::files::Files;
use crate::project::{PLACES_FILE, SITE_FILE};
use crate::records::catalog::{Cell, Record};
use crate::records::check::Book;
use crate::records::document::ATTACHMENTS_FOLDER;
use crate::records::exceptions::Suspect;
use crate::records::pages::{Line, Page};
use crate::records::people::{People, Whereabouts};
use crate::records::policy::{class_treatment, treatment};
use crate::records::schema::{Audience, FieldDef, Kind, Treatment};
use crate::records::value::Value;
use crate::text::Phrase;
use crate::text::normal::{Clear, Escapes, Folded, Writing, fold, fold_into};

/// What an exception calls the register's own people.
pub(in crate::records) const PERSON: &str = "named-person";

/// A text that everyone would read, and where it stands.
struct Piece<'a> {
    text: &'a str,
    range: Range<u32>,
    writing: Writing,
}

/// Something that was found in a text: its place there, what it is, and what it says folded.
struct Found<'p> {
    range: Range<usize>,
    what: What<'p>,
    value: String,
}

/// A place in a clear text, and what stands there.
type Place<'p> = (Range<usize>, What<'p>);

/// What was found.
enum What<'p> {
    /// A detector's hit.
    Data(&'static str, Certainty),
    /// A value of a person.
    Person(&'p Whereabouts),
}

/// Returns everything that looks personal, in the order of files and places.
pub(in crate::records) fn suspects(book: &Book<'_>) -> Vec<Suspect> {
    let people = People::of(book.catalog, book.schema);
    let mut suspects: Vec<Suspect> = book
        .catalog
        .records()
        .par_iter()
        .flat_map_iter(|record| {
            let pieces = pieces(record, record.kind_of(book.schema), book.files);
            search(&record.path, &pieces, book.files, &people)
        })
        .collect();
    let of_pages = book.pages.all.par_iter().flat_map_iter(|page| {
        search(&page.path, &page_pieces(page, book.files), book.files, &people)
    });
    suspects.par_extend(of_pages);
    for path in [SITE_FILE, PLACES_FILE] {
        let path = Arc::from(path);
        let pieces = own_pieces(book.files, &path);
        for mut suspect in search(&path, &pieces, book.files, &people) {
            if is_contact(line_of(book.files, &suspect.span)) {
                suspect.soften();
            }
            suspects.push(suspect);
        }
    }
    let attached = book.attachments.iter().filter_map(|(path, treated)| {
        treated.as_ref().ok().map(|enclosure| (path, &*enclosure.bytes))
    });
    for (path, bytes) in attached {
        suspects.extend(in_attachment(path, bytes, &people));
    }
    suspects.sort_by(|left, right| left.order().cmp(&right.order()));
    suspects
}

/// Returns the texts of a record that the web would show.
fn pieces<'a>(record: &'a Record, kind: &Kind, files: &Files) -> Vec<Piece<'a>> {
    let mut pieces =
        vec![Piece { text: &record.id, range: record.id_range.clone(), writing: Writing::Plain }];
    for alias in &record.aliases {
        let range = alias.range.clone();
        pieces.push(Piece { text: &alias.name, range, writing: Writing::Plain });
    }
    for accepted in &record.accepted {
        let range = accepted.range.clone();
        pieces.push(Piece { text: &accepted.reason, range, writing: Writing::Plain });
    }
    for cell in &record.cells {
        shown(kind, &kind.fields[cell.field], cell, &mut pieces);
    }
    for rows in &record.tables {
        let table = &kind.tables[rows.table];
        if table.is_personal() && !kind.web {
            continue;
        }
        for cell in rows.rows.iter().flat_map(|row| &row.cells) {
            shown(kind, &table.fields[cell.field], cell, &mut pieces);
        }
    }
    let class = kind.body.as_ref().and_then(|body| body.class);
    if let Some(body) = &record.body
        && class_treatment(kind, Audience::Web, class) == Treatment::Show
    {
        // The prose is the end of its file.
        let end = files.bytes(&record.path).map_or(0, <[u8]>::len);
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let range = place(end - body.len().min(end))..place(end);
        pieces.push(Piece { text: body, range: range.clone(), writing: Writing::Plain });
        if body.contains('<') {
            pieces.push(Piece { text: body, range, writing: Writing::Markup });
        }
    }
    pieces
}

/// Returns the texts of a page of the register's own; its address is one of them.
fn page_pieces<'a>(page: &'a Page, files: &Files) -> Vec<Piece<'a>> {
    let front = &page.front;
    let lines = std::iter::once(&front.title).chain(&front.summary).chain(&front.aliases);
    let line = |line: &'a Line| Piece {
        text: &line.text,
        range: line.range.clone(),
        writing: Writing::Plain,
    };
    let mut pieces: Vec<Piece<'a>> = lines.map(line).collect();
    pieces.push(Piece { text: &page.stem, range: 0..0, writing: Writing::Plain });
    let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let end = files.bytes(&page.path).map_or(0, <[u8]>::len);
    let range = place(page.start)..place(end);
    pieces.push(Piece { text: &page.body, range: range.clone(), writing: Writing::Plain });
    if page.body.contains('<') {
        pieces.push(Piece { text: &page.body, range, writing: Writing::Markup });
    }
    pieces
}

/// Adds the texts of a cell that the web would show.
fn shown<'a>(kind: &Kind, field: &FieldDef, cell: &'a Cell, pieces: &mut Vec<Piece<'a>>) {
    // What a kind shows of people on purpose, such as those who act in office, is no slip.
    let personal = field.class.is_some_and(crate::records::schema::Class::is_personal);
    if personal || treatment(kind, Audience::Web, field) != Treatment::Show {
        return;
    }
    for (number, value) in cell.values.iter().enumerate() {
        if let Value::Text(text) = value {
            let range = cell.each.get(number).unwrap_or(&cell.range).clone();
            pieces.push(Piece { text, range, writing: Writing::Plain });
        }
    }
}

/// Returns the lines of a file of the register's own facts; comments are not published.
fn own_pieces<'a>(files: &'a Files, path: &str) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    let mut at = 0;
    for line in files.text(path).unwrap_or("").split_inclusive('\n') {
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        if !line.trim_start().starts_with('#') {
            let range = place(at)..place(at + line.len());
            pieces.push(Piece { text: line, range, writing: Writing::Plain });
        }
        at += line.len();
    }
    pieces
}

/// Returns the line in which a place begins.
fn line_of<'a>(files: &'a Files, span: &Span) -> &'a str {
    let text = files.text(&span.path).unwrap_or("");
    let (before, after) = text.split_at_checked(span.start as usize).unwrap_or((text, ""));
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let end = after.find('\n').map_or(text.len(), |at| before.len() + at);
    &text[start..end]
}

/// Returns whether a line says how an office can be reached, which is meant for everyone.
fn is_contact(line: &str) -> bool {
    let key = line.split('=').next().unwrap_or("").trim();
    ["hotlines", "phone", "address"].contains(&key)
}

/// Searches the texts of one file.
fn search(path: &Arc<str>, pieces: &[Piece<'_>], files: &Files, people: &People) -> Vec<Suspect> {
    let mut suspects: Vec<Suspect> = Vec::new();
    for writing in [Writing::Plain, Writing::Markup] {
        let pieces: Vec<&Piece<'_>> =
            pieces.iter().filter(|piece| piece.writing == writing).collect();
        // One look at all texts costs less than one at each; a line break is crossed by nothing.
        let mut whole = String::new();
        let mut starts = Vec::with_capacity(pieces.len());
        for piece in &pieces {
            starts.push(whole.len());
            whole.push_str(piece.text);
            whole.push('\n');
        }
        if whole.is_empty() {
            continue;
        }
        for found in look(&whole, writing, people) {
            let number = starts.partition_point(|start| *start <= found.range.start) - 1;
            let (piece, start) = (pieces[number], starts[number]);
            let inside = found.range.start - start..found.range.end - start;
            let span = place(path, piece, &inside, files);
            let suspect = suspect(found, span);
            if !suspects.iter().any(|other| other.order() == suspect.order()) {
                suspects.push(suspect);
            }
        }
    }
    suspects
}

/// Searches one text for people of the register, and the stretches of it that could hold more.
fn look<'p>(text: &str, writing: Writing, people: &'p People) -> Vec<Found<'p>> {
    let mut found = Vec::new();
    if holds_people(text, writing, people) {
        read((text, 0), writing, &|clear| people_in(clear, people), &mut found);
    }
    for region in detect::regions(text.as_bytes()) {
        read((&text[region.clone()], region.start), writing, &data_in, &mut found);
    }
    found
}

/// Returns where people of the register stand in a text.
fn people_in<'p>(clear: &Clear, people: &'p People) -> Vec<Place<'p>> {
    let mut hits = Vec::new();
    let (folded, places) = clear.folded();
    people.find(&folded, |range, whereabouts| {
        let range = places[range.start]..places[range.end - 1] + 1;
        hits.push((range, What::Person(whereabouts)));
    });
    hits
}

/// Returns where a text holds what detectors know, the surer of two hits at one place first.
fn data_in<'p>(clear: &Clear) -> Vec<Place<'p>> {
    let mut all = Vec::new();
    for detector in DETECTORS {
        let mut hits = Vec::new();
        detector.find(clear.text(), &mut |range, certainty| hits.push((range, certainty)));
        hits.sort_by_key(|(range, certainty)| (range.start, Reverse(*certainty)));
        let named = |(range, certainty)| (range, What::Data(detector.name(), certainty));
        all.extend(hits.into_iter().map(named));
    }
    all
}

/// Reads a part of a text that begins at `start`, however its escapes are read.
fn read<'p>(
    (part, start): (&str, usize),
    writing: Writing,
    search: &dyn Fn(&Clear) -> Vec<Place<'p>>,
    found: &mut Vec<Found<'p>>,
) {
    for escapes in [Escapes::Decoded, Escapes::Plain] {
        let clear = Clear::read(part.as_bytes(), (writing, escapes));
        for (range, what) in search(&clear) {
            let origin = clear.origin(range.clone());
            let value = String::from_utf8_lossy(&fold(&clear.text()[range])).into_owned();
            let next = Found { range: start + origin.start..start + origin.end, what, value };
            if !found.iter().any(|other| other.tells(&next)) {
                found.push(next);
            }
        }
        if !clear.decoded() {
            break;
        }
    }
}

impl Found<'_> {
    /// Returns whether another find says nothing more. A person's number is found as that person's.
    fn tells(&self, other: &Found<'_>) -> bool {
        let (one, two) = (&self.range, &other.range);
        match (&self.what, &other.what) {
            (What::Person(_), _) => one.start <= two.start && two.end <= one.end,
            (What::Data(name, _), What::Data(other, _)) => one == two && name == other,
            (What::Data(..), What::Person(_)) => false,
        }
    }
}

/// Searches what an attachment publishes for the register's own people, however it is wrapped; what
/// detectors know is found where attachments are treated.
fn in_attachment(path: &str, bytes: &[u8], people: &People) -> Vec<Suspect> {
    let path: Arc<str> = Arc::from(format!("{ATTACHMENTS_FOLDER}{path}"));
    let mut suspects = Vec::new();
    let mut seen = BTreeSet::new();
    let _told_of_by_its_treatment = walk(DECODERS, &path, bytes, &mut |view| {
        let text = String::from_utf8_lossy(view.bytes);
        for found in look(&text, view.writing, people) {
            if matches!(found.what, What::Data(..)) || !seen.insert(found.value.clone()) {
                continue;
            }
            // What is wrapped has no place that an editor could go to.
            let plain = view.way.is_empty() && text.len() == view.bytes.len();
            let span =
                if plain { Span::new(&path, found.range.clone()) } else { Span::whole(&path) };
            suspects.push(suspect(found, span));
        }
    });
    suspects
}

/// Returns whether anything of the register's own people stands in a text, by the quickest look.
fn holds_people(text: &str, writing: Writing, people: &People) -> bool {
    let mut folded = Folded::default();
    let mut holds = false;
    for escapes in [Escapes::Decoded, Escapes::Plain] {
        let decoded = fold_into(text.as_bytes(), (writing, escapes), &mut folded);
        for half in [&folded.text, &folded.tags] {
            people.find(half, |_, _| holds = true);
        }
        if holds || !decoded {
            break;
        }
    }
    holds
}

/// Returns where in its file a part of a text stands; the whole value when that cannot be told.
fn place(path: &Arc<str>, piece: &Piece<'_>, inside: &Range<usize>, files: &Files) -> Span {
    let whole = piece.range.start as usize..piece.range.end as usize;
    let source = files.bytes(path).and_then(|bytes| bytes.get(whole.clone())).unwrap_or(&[]);
    let written = piece.text.as_bytes();
    // A string of TOML may hold escapes: then it is not written as it reads.
    let first = (written.len() <= source.len())
        .then(|| (0..=source.len() - written.len()).find(|at| source[*at..].starts_with(written)));
    match first.flatten() {
        Some(at) => {
            let start = whole.start + at;
            Span::new(path, start + inside.start..start + inside.end)
        }
        None => Span::new(path, whole),
    }
}

/// Makes a suspect.
fn suspect(found: Found<'_>, span: Span) -> Suspect {
    let reviewed = Phrase::new(
        "删掉它;确实可以公开的,用 mingbai except 文件:行:列 登记理由和期限",
        "remove it; if it may be published, give the reason with `mingbai except FILE:LINE:COLUMN`",
    );
    let (detector, finding) = match found.what {
        What::Data(name, certainty) => {
            let label = detect::named(name).map(|detector| detector.label()).unwrap_or_default();
            let message = match certainty {
                Certainty::Sure => Phrase::new(
                    format!("公开的内容里有{}", label.zh),
                    format!("a public text holds this: {}", label.en),
                ),
                Certainty::Likely => Phrase::new(
                    format!("公开的内容里好像有{}", label.zh),
                    format!("a public text seems to hold this: {}", label.en),
                ),
            };
            let mut finding = Finding::new(PERSONAL_DATA, span.clone(), message);
            if certainty == Certainty::Likely {
                finding.severity = Severity::Warning;
            }
            (name, finding)
        }
        What::Person(whereabouts) => {
            let label = &whereabouts.label;
            let message = Phrase::new(
                format!("公开的内容里有名单上不公开的“{}”", label.zh),
                format!("a public text holds what is withheld of somebody in a list: {}", label.en),
            );
            let related = Span::whole(&whereabouts.span.path);
            let words = Phrase::new("登记在这份记录里", "entered in this record");
            (PERSON, Finding::new(NAMED_PERSON, span.clone(), message).related(related, words))
        }
    };
    Suspect::new(detector, span, found.value, finding.help(reviewed))
}
