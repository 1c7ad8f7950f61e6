//! People of the register: what of them stays behind, as something that can be found in a text.
//!
//! A register may have a hundred thousand people. So their values are kept in order, and a place of a
//! text is looked up only if its first bytes begin some value, which one bit says. This takes as long
//! as the text is, whatever the number of people.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diag::Span;
use crate::records::catalog::{Catalog, Cell, Record};
use crate::records::policy::treatment;
use crate::records::schema::{Audience, Class, FieldDef, Kind, Schema, Treatment};
use crate::records::withheld::is_searchable;
use crate::text::Phrase;
use crate::text::normal::fold;

/// As many bytes of a value decide whether a place is looked up: two Chinese characters.
const HEAD: usize = 6;

/// Values with more characters are prose, which the gate looks for.
const LONGEST: usize = 60;

/// One bit in so many for each head.
const BITS: usize = 1 << 20;

/// Where a value of a person stands.
pub(in crate::records) struct Whereabouts {
    /// The place of the value.
    pub(in crate::records) span: Span,
    /// What its field is called.
    pub(in crate::records) label: Phrase,
}

/// Values of people, folded.
pub(in crate::records) struct People {
    values: BTreeMap<Vec<u8>, Whereabouts>,
    lengths: Vec<usize>,
    heads: Vec<u64>,
}

impl People {
    /// Gathers whatever of people the web is not to see.
    pub(in crate::records) fn of(catalog: &Catalog, schema: &Schema) -> Self {
        let mut gathering = Gathering { values: BTreeMap::new(), shown: Vec::new() };
        for record in catalog.records() {
            gathering.record(record, schema);
        }
        let Gathering { mut values, shown } = gathering;
        for name in shown {
            values.remove(&name);
        }
        let common = fold(&schema.words());
        // Two characters are a name and part of many words; of the program's own, they prove nothing.
        let is_common = |value: &[u8]| {
            value.len() == HEAD && common.windows(HEAD).any(|window| window == value)
        };
        values.retain(|value, _| value.len() > HEAD || !is_common(value));
        let mut lengths: Vec<usize> = values.keys().map(Vec::len).collect();
        lengths.sort_unstable();
        lengths.dedup();
        let mut heads = vec![0; BITS / 64];
        for value in values.keys() {
            let bit = bit_of(value);
            heads[bit / 64] |= 1 << (bit % 64);
        }
        Self { values, lengths, heads }
    }

    /// Calls `found` with each place of a folded text where a value stands; of two that begin at the
    /// same place, with the longer.
    pub(in crate::records) fn find<'p>(
        &'p self,
        text: &[u8],
        mut found: impl FnMut(Range<usize>, &'p Whereabouts),
    ) {
        if self.values.is_empty() {
            return;
        }
        for at in 0..(text.len() + 1).saturating_sub(HEAD) {
            let bit = bit_of(&text[at..]);
            if (self.heads[bit / 64] >> (bit % 64)) & 1 == 0 {
                continue;
            }
            let longest = self.lengths.iter().rev().find_map(|length| {
                let part = text.get(at..at + length)?;
                Some((at..at + length, self.values.get(part)?))
            });
            if let Some((range, whereabouts)) = longest {
                found(range, whereabouts);
            }
        }
    }
}

/// Returns the bit of the head that some bytes begin with.
fn bit_of(bytes: &[u8]) -> usize {
    let head = bytes[..HEAD].iter().fold(0_u64, |head, byte| head << 8 | u64::from(*byte));
    // The middle of the product mixes all of them; the constant is that of Fibonacci hashing.
    let mixed = head.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40;
    usize::try_from(mixed).unwrap_or(0) % BITS
}

/// Values being gathered.
struct Gathering {
    values: BTreeMap<Vec<u8>, Whereabouts>,
    shown: Vec<Vec<u8>>,
}

impl Gathering {
    /// Adds what of a record stays behind.
    fn record(&mut self, record: &Record, schema: &Schema) {
        let kind = record.kind_of(schema);
        for cell in &record.cells {
            self.cell((record, kind), &kind.fields[cell.field], cell, false);
        }
        for rows in &record.tables {
            let table = &kind.tables[rows.table];
            // What a list shows while its notice runs is no longer for everyone when it ends.
            let kept = table.is_personal() && !kind.web;
            for cell in rows.rows.iter().flat_map(|row| &row.cells) {
                self.cell((record, kind), &table.fields[cell.field], cell, kept);
            }
        }
    }

    /// Adds the values of a cell.
    fn cell(
        &mut self,
        (record, kind): (&Record, &Kind),
        field: &FieldDef,
        cell: &Cell,
        kept: bool,
    ) {
        let Some(class) = field.class.filter(|class| class.identifies()) else {
            return;
        };
        let shown = treatment(kind, Audience::Web, field) == Treatment::Show && !kept;
        for (number, value) in cell.values.iter().enumerate() {
            let Some(words) = value.words().filter(|words| words.chars().count() <= LONGEST) else {
                continue;
            };
            let folded = fold(words);
            if folded.len() < HEAD || !is_searchable(Some(class), &folded) {
                continue;
            }
            if shown {
                let named = matches!(class, Class::PersonName | Class::Minor);
                self.shown.extend(named.then_some(folded));
                continue;
            }
            let range = cell.each.get(number).unwrap_or(&cell.range);
            self.values.entry(folded).or_insert_with(|| Whereabouts {
                span: record.span(range),
                label: field.label.clone(),
            });
        }
    }
}
