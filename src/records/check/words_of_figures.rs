//! Figures that are not shown, said in words: in the title, the texts or the prose of the same record,
//! of a notice about it, or of a page that names either, in any of its languages.
//!
//! A figure that the record shows somewhere else as well, such as what each household gets, is no
//! secret. Which figure it is, is in no message.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::code::UNSAFE_AGGREGATE;
use crate::diag::{Finding, Report, Span};
use crate::records::catalog::{Cell, Record};
use crate::records::check::Book;
use crate::records::disclosure::Spot;
use crate::records::policy::{class_treatment, treatment};
use crate::records::schema::{Audience, Class, FieldDef, Kind, Role, Selection, Treatment};
use crate::records::spoken::{Said, Words};
use crate::records::value::Value;
use crate::text::{Decimal, Phrase};

/// The figures that are not shown.
struct Secrets {
    /// What each record hides itself, by its place in the catalog.
    own: Vec<Vec<Said>>,
    /// What each record is about, with itself and what that is about.
    about: Vec<Vec<usize>>,
    /// The records of each kind whose words could tell something.
    of_kind: Vec<Vec<usize>>,
}

impl Secrets {
    /// Works out what each record hides, and of which others its words may not tell.
    fn of(book: &Book<'_>) -> Self {
        let records = book.catalog.records();
        let own: Vec<Vec<Said>> = (0..records.len()).map(|index| hidden(book, index)).collect();
        let about: Vec<Vec<usize>> = (0..records.len()).map(|index| about(book, index)).collect();
        let mut of_kind = vec![Vec::new(); book.schema.kinds().len()];
        for (index, record) in records.iter().enumerate() {
            if about[index].iter().any(|of| !own[*of].is_empty()) {
                of_kind[record.kind].push(index);
            }
        }
        Self { own, about, of_kind }
    }

    /// Returns what words that name some records may not say.
    fn named(&self, records: impl IntoIterator<Item = usize>) -> Vec<&Said> {
        let all: BTreeSet<usize> =
            records.into_iter().flat_map(|record| self.about[record].iter().copied()).collect();
        all.into_iter().flat_map(|of| &self.own[of]).collect()
    }
}

/// Returns a record, what it is about, what that is about, and so on.
fn about(book: &Book<'_>, index: usize) -> Vec<usize> {
    let mut all = vec![index];
    let mut at = 0;
    while let Some(record) = all.get(at).map(|of| &book.catalog.records()[*of]) {
        let about = record.with_role(book.schema, Role::About);
        for key in about.iter().flat_map(|cell| cell.references()) {
            all.extend(book.catalog.find(key).filter(|other| !all.contains(other)));
        }
        at += 1;
    }
    all
}

/// Holds the words of every record and page against the hidden figures of what they name.
pub(super) fn check(book: &Book<'_>, report: &mut Report) {
    let secrets = Secrets::of(book);
    report.extend(in_pages(book, &secrets).into_iter().map(finding));
    for (index, record) in book.catalog.records().iter().enumerate() {
        let words = Words { schema: book.schema, secrets: secrets.named([index]) };
        if !words.secrets.is_empty() {
            report.extend(spans(book, record, &words).into_iter().map(finding));
        }
    }
}

/// Returns where the prose and the titles of pages say figures that records hide which they name. What
/// a page names in one language, it names in all.
fn in_pages(book: &Book<'_>, secrets: &Secrets) -> Vec<Span> {
    let mut named: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for page in &book.pages.all {
        let records = page.named(book.catalog, &|selection| {
            let all = secrets.of_kind[selection.kind].iter().copied();
            all.filter(|at| selects(book, selection, *at)).collect()
        });
        named.entry(&page.stem).or_default().extend(records);
    }
    let mut spans = Vec::new();
    for page in &book.pages.all {
        let records = named[&*page.stem].iter().copied();
        let words = Words { schema: book.schema, secrets: secrets.named(records) };
        if words.secrets.is_empty() {
            continue;
        }
        for line in std::iter::once(&page.front.title).chain(&page.front.summary) {
            if words.tell(&line.text) {
                spans.push(page.span(&line.range));
            }
        }
        let start = page.start;
        let places = words.find(&page.body).into_iter();
        spans.extend(
            places.map(|inside| Span::new(&page.path, start + inside.start..start + inside.end)),
        );
    }
    spans
}

/// Returns whether a table or chart of a page shows a record of its kind.
fn selects(book: &Book<'_>, selection: &Selection, record: usize) -> bool {
    let record = &book.catalog.records()[record];
    let in_place = selection.place.as_ref().is_none_or(|wanted| {
        let own = record.with_role(book.schema, Role::Place).and_then(|cell| cell.values.first());
        let Some(Value::Place(own)) = own else {
            return false;
        };
        **own == **wanted || book.places.path(own).iter().any(|place| place.code == *wanted)
    });
    in_place && selection.year.is_none_or(|year| record.year(book.schema) == Some(year))
}

/// Returns what is wrong with a text, and what to do.
fn finding(span: Span) -> Finding {
    let message = Phrase::new(
        "这里的文字写出了网上遮住的小数字",
        "these words say a small figure that the web does not show",
    );
    let help = Phrase::new(
        "把这个数字从文字里拿掉,只留表里的;公告里提到它的也一样",
        "take the number out of the words and leave it to the record's own figures, in notices about it, too",
    );
    Finding::new(UNSAFE_AGGREGATE, span, message).help(help)
}

/// Returns the figures that a record hides and does not show elsewhere.
fn hidden(book: &Book<'_>, index: usize) -> Vec<Said> {
    if !book.suppressed.is_touched(index) {
        return Vec::new();
    }
    let record = &book.catalog.records()[index];
    let kind = record.kind_of(book.schema);
    let (mut hidden, mut shown) = (Vec::new(), Vec::new());
    let mut sort = |spot: Spot, field: &FieldDef, cell: &Cell| {
        if book.suppressed.hides(index, spot) {
            hidden.extend(cell.values.iter().filter_map(said));
        } else if treatment(kind, Audience::Web, field) == Treatment::Show {
            shown.extend(cell.values.iter().filter_map(said));
        }
    };
    for cell in &record.cells {
        sort(Spot::Field(cell.field), &kind.fields[cell.field], cell);
    }
    for rows in &record.tables {
        let table = &kind.tables[rows.table];
        if table.is_personal() {
            continue;
        }
        for (number, row) in rows.rows.iter().enumerate() {
            for cell in &row.cells {
                let spot = Spot::Cell(rows.table, number, cell.field);
                sort(spot, &table.fields[cell.field], cell);
            }
        }
    }
    for rows in &record.tables {
        if book.suppressed.hides(index, Spot::Length(rows.table)) {
            let count = i64::try_from(rows.rows.len()).map_or(Decimal::whole(0), Decimal::whole);
            let units = book.schema.anonymity.people.iter();
            hidden.extend(units.map(|unit| Said::Count(count, unit.as_str().into())));
        }
    }
    hidden.retain(|figure: &Said| !shown.iter().any(|other| figure.is_same(other)));
    hidden
}

/// Returns a value as words would say it.
fn said(value: &Value) -> Option<Said> {
    match value {
        Value::Money(money) => Some(Said::Money(money.fen())),
        Value::Percent(share) => Some(Said::Count(*share, "%".into())),
        Value::Number(quantity) if quantity.to.is_none() => {
            Some(Said::Count(quantity.number, quantity.unit.clone()))
        }
        _ => None,
    }
}

/// Returns where the words of a record that the web shows say one of the figures.
fn spans(book: &Book<'_>, record: &Record, words: &Words<'_>) -> Vec<Span> {
    let kind = record.kind_of(book.schema);
    let mut spans = Vec::new();
    for accepted in &record.accepted {
        if words.tell(&accepted.reason) {
            spans.push(record.span(&accepted.range));
        }
    }
    for cell in &record.cells {
        if is_told(kind, &kind.fields[cell.field], cell, words) {
            spans.push(record.span(&cell.range));
        }
    }
    for rows in &record.tables {
        let table = &kind.tables[rows.table];
        if table.is_personal() && !kind.web {
            continue;
        }
        for cell in rows.rows.iter().flat_map(|row| &row.cells) {
            if is_told(kind, &table.fields[cell.field], cell, words) {
                spans.push(record.span(&cell.range));
            }
        }
    }
    let class = kind.body.as_ref().and_then(|body| body.class);
    if let Some(body) = &record.body
        && class_treatment(kind, Audience::Web, class) == Treatment::Show
    {
        // The prose is the end of its file.
        let end = book.files.bytes(&record.path).map_or(0, <[u8]>::len);
        let start = end - body.len().min(end);
        let places = words.find(body).into_iter();
        let places = places.map(|inside| start + inside.start..start + inside.end);
        spans.extend(places.map(|place| Span::new(&record.path, place)));
    }
    spans
}

/// Returns whether the words of a cell that the web shows say one of the figures.
fn is_told(kind: &Kind, field: &FieldDef, cell: &Cell, words: &Words<'_>) -> bool {
    !field.class.is_some_and(Class::is_personal)
        && treatment(kind, Audience::Web, field) == Treatment::Show
        && cell.values.iter().any(|value| match value {
            Value::Text(text) => words.tell(text),
            _ => false,
        })
}
