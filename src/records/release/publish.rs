//! Which records are published at all: no drafts, and none whose day of publication is still to come.
//!
//! What is not published is as if it were not there: it has no page, no address, no place in lists
//! and sums of money, opens no notice period, and links to it are no links. What is private in it is
//! looked for in every byte like what is private elsewhere.

use crate::records::catalog::{Catalog, Record};
use crate::records::policy::treatment;
use crate::records::release::{Datum, Door, PublicField, PublicFlow, PublicRecord};
use crate::records::schema::{FieldDef, Role, Schema, Treatment};
use crate::text::Day;

/// Returns of each record whether it is published on a day.
pub(in crate::records) fn published(catalog: &Catalog, schema: &Schema, as_of: Day) -> Vec<bool> {
    let is_out = |record: &Record| {
        let day = record.day(schema, Role::PublishedOn).map(|(day, _)| day);
        !record.draft && day.is_none_or(|day| day <= as_of)
    };
    catalog.records().iter().map(is_out).collect()
}

impl Door<'_> {
    /// Keeps a whole record behind.
    pub(super) fn keep_whole(&mut self, (index, record): (usize, &Record)) {
        let schema = self.schema;
        let kind = record.kind_of(schema);
        let parting = self.parting((index, record));
        let own = record.cells.iter().map(|cell| (&kind.fields[cell.field], cell));
        let listed = record.tables.iter().flat_map(|rows| {
            let fields = &kind.tables[rows.table].fields;
            rows.rows.iter().flat_map(|row| &row.cells).map(move |cell| (&fields[cell.field], cell))
        });
        let audience = self.order.edition.audience;
        // What a page would show may stand elsewhere by right, such as the name of the village or the
        // telephone to call.
        let is_private = |field: &FieldDef| treatment(kind, audience, field) != Treatment::Show;
        for (field, cell) in own.chain(listed).filter(|(field, _)| is_private(field)) {
            cell.values.iter().for_each(|value| self.keep(&parting, field, value));
        }
        // Prose that a page would show is public on its day, and is only not there yet.
        self.body(&parting);
    }
}

/// Numbers the published records anew; what leads to others leads nowhere.
pub(super) fn renumber(
    parted: Vec<Option<PublicRecord>>,
    flows: Vec<PublicFlow>,
) -> (Vec<PublicRecord>, Vec<PublicFlow>) {
    if parted.iter().all(Option::is_some) {
        return (parted.into_iter().flatten().collect(), flows);
    }
    let mut numbers = Vec::with_capacity(parted.len());
    let mut next = 0;
    for record in &parted {
        numbers.push(record.is_some().then_some(next));
        next += usize::from(record.is_some());
    }
    let mut records: Vec<PublicRecord> = parted.into_iter().flatten().collect();
    for record in &mut records {
        tie(&mut record.fields, &numbers);
        for row in record.tables.iter_mut().flat_map(|table| &mut table.rows) {
            tie(row, &numbers);
        }
    }
    let flows = flows.into_iter().filter_map(|flow| {
        let target = numbers[flow.target]?;
        let sources: Vec<usize> = flow.sources.iter().filter_map(|at| numbers[*at]).collect();
        // Of what comes from several sources at once, nobody knows how much came from each.
        (sources.len() == flow.sources.len()).then_some(PublicFlow { sources, target, ..flow })
    });
    (records, flows.collect())
}

/// Lets the values that name records name them by their new numbers.
fn tie(fields: &mut Vec<PublicField>, numbers: &[Option<usize>]) {
    fields.retain_mut(|field| {
        let was_empty = field.values.is_empty();
        field.values.retain_mut(|value| match &mut value.datum {
            Datum::Record(index) => match numbers[*index] {
                Some(number) => {
                    *index = number;
                    true
                }
                None => false,
            },
            Datum::Text(_)
            | Datum::Money(_)
            | Datum::Number(..)
            | Datum::Percent(_)
            | Datum::Day(_)
            | Datum::DateTime(..)
            | Datum::Period(_)
            | Datum::Place(_)
            | Datum::Choice(_)
            | Datum::Flag(_)
            | Datum::Small(_) => true,
        });
        was_empty || !field.values.is_empty()
    });
}
