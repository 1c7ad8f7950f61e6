//! The catalog: typed records with unique ids, their references and places known to exist.
//!
//! Everything here is confidential. The types have no `Display` and no `Serialize`; their `Debug`
//! says kind and id only.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use crate::diag::Span;
use crate::records::schema::{Class, Kind, Role, Schema};
use crate::records::value::Value;
use crate::text::{Day, Money, Period, Phrase};

/// The records of a register, by kind and id.
pub(in crate::records) struct Catalog {
    records: Vec<Record>,
    strays: Vec<Stray>,
    by_key: BTreeMap<String, usize>,
}

impl Catalog {
    /// Orders records by kind and id; each record that repeats an id is returned with its twin.
    pub(in crate::records) fn new(
        mut records: Vec<Record>,
        mut strays: Vec<Stray>,
        schema: &Schema,
    ) -> (Self, Vec<(Span, Span)>) {
        records.sort_by(|left, right| left.order().cmp(&right.order()));
        let mut kept: Vec<Record> = Vec::with_capacity(records.len());
        let mut twins = Vec::new();
        let mut by_key: BTreeMap<String, usize> = BTreeMap::new();
        for record in records {
            let key = record.key(schema);
            match by_key.get(&key) {
                Some(first) => {
                    twins.push((kept[*first].id_span(), record.id_span()));
                    strays.extend(record.into_strays(schema));
                }
                None => {
                    by_key.insert(key, kept.len());
                    kept.push(record);
                }
            }
        }
        (Self { records: kept, strays, by_key }, twins)
    }

    /// Adds texts that found no place in something else than a record.
    pub(in crate::records) fn add_strays(&mut self, strays: Vec<Stray>) {
        self.strays.extend(strays);
    }

    /// Returns every record.
    pub(in crate::records) fn records(&self) -> &[Record] {
        &self.records
    }

    /// Returns every text that found no place in a record.
    pub(in crate::records) fn strays(&self) -> &[Stray] {
        &self.strays
    }

    /// Returns the index of the record with this `kind/id`.
    pub(in crate::records) fn find(&self, key: &str) -> Option<usize> {
        self.by_key.get(key).copied()
    }

    /// Returns every `kind/id`.
    pub(in crate::records) fn keys(&self) -> impl Iterator<Item = &str> {
        self.by_key.keys().map(String::as_str)
    }
}

/// A text that found no place in a record: unreadable, undeclared, or in a file of no kind.
///
/// It is never shown, and the gate looks for it like for any other withheld value.
pub(in crate::records) struct Stray {
    /// The file.
    pub(in crate::records) path: Arc<str>,
    /// What the field is called, if it is one.
    pub(in crate::records) label: Phrase,
    /// What the field is for privacy, if it is one.
    pub(in crate::records) class: Option<Class>,
    /// The text.
    pub(in crate::records) text: Box<str>,
}

/// One record.
pub(in crate::records) struct Record {
    /// The index of its kind.
    pub(in crate::records) kind: usize,
    /// The id, unique in its kind.
    pub(in crate::records) id: Box<str>,
    /// The file.
    pub(in crate::records) path: Arc<str>,
    /// Where the id stands.
    pub(in crate::records) id_range: Range<u32>,
    /// The fields that were read.
    pub(in crate::records) cells: Vec<Cell>,
    /// The tables that were read.
    pub(in crate::records) tables: Vec<Rows>,
    /// Fields, and columns of tables, of which a value could not be read.
    pub(in crate::records) unread: Vec<(Option<usize>, usize)>,
    /// What its own fields may say of an age and nobody could read.
    pub(in crate::records) doubtful: Vec<Doubtful>,
    /// The prose.
    pub(in crate::records) body: Option<Box<str>>,
    /// The findings that the record accepts, with the reason.
    pub(in crate::records) accepted: Vec<Accepted>,
    /// The names it had before.
    pub(in crate::records) aliases: Vec<Alias>,
    /// Whether it is not ready to be published.
    pub(in crate::records) draft: bool,
}

/// A name that a record had before: an id, or a kind and an id.
pub(in crate::records) struct Alias {
    /// The name.
    pub(in crate::records) name: Box<str>,
    /// Where it stands.
    pub(in crate::records) range: Range<u32>,
}

/// The values of one field.
pub(in crate::records) struct Cell {
    /// The index of the field in its kind or table.
    pub(in crate::records) field: usize,
    /// Where the value stands.
    pub(in crate::records) range: Range<u32>,
    /// Where each value of a list stands; empty for a single value.
    pub(in crate::records) each: Vec<Range<u32>>,
    /// The values; more than one only where the field holds many.
    pub(in crate::records) values: Vec<Value>,
}

/// The rows of one table.
pub(in crate::records) struct Rows {
    /// The index of the table in its kind.
    pub(in crate::records) table: usize,
    /// The rows.
    pub(in crate::records) rows: Vec<Row>,
}

/// One row.
pub(in crate::records) struct Row {
    /// Where the row stands.
    pub(in crate::records) range: Range<u32>,
    /// The cells that were read.
    pub(in crate::records) cells: Vec<Cell>,
    /// What it may say of an age and nobody could read.
    pub(in crate::records) doubtful: Vec<Doubtful>,
}

/// A text that may say how old a person is, though it is no value: an identity number with a wrong
/// check digit, or whatever stands under a key that no one declared.
pub(in crate::records) struct Doubtful {
    /// What the field is for privacy, if it is one.
    pub(in crate::records) class: Option<Class>,
    /// The text.
    pub(in crate::records) text: Box<str>,
}

/// A finding that a record accepts.
pub(in crate::records) struct Accepted {
    /// The code.
    pub(in crate::records) code: Box<str>,
    /// Why.
    pub(in crate::records) reason: Box<str>,
    /// Where it is accepted.
    pub(in crate::records) range: Range<u32>,
}

impl fmt::Debug for Record {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Record(kind {}, {})", self.kind, self.id)
    }
}

impl Record {
    /// Returns `kind/id`.
    pub(in crate::records) fn key(&self, schema: &Schema) -> String {
        format!("{}/{}", self.kind_of(schema).name, self.id)
    }

    /// Returns `kind/id` of a name that the record had before.
    pub(in crate::records) fn alias_key(&self, alias: &Alias, schema: &Schema) -> String {
        if alias.name.contains('/') {
            return alias.name.to_string();
        }
        format!("{}/{}", self.kind_of(schema).name, alias.name)
    }

    /// Returns the record's kind.
    pub(in crate::records) fn kind_of<'s>(&self, schema: &'s Schema) -> &'s Kind {
        &schema.kinds[self.kind]
    }

    /// Returns what a record that is left out would have withheld.
    fn into_strays(self, schema: &Schema) -> Vec<Stray> {
        let kind = self.kind_of(schema);
        let own = self.cells.iter().map(|cell| (&kind.fields[cell.field], cell));
        let listed = self.tables.iter().flat_map(|rows| {
            let fields = &kind.tables[rows.table].fields;
            rows.rows.iter().flat_map(|row| &row.cells).map(move |cell| (&fields[cell.field], cell))
        });
        let mut strays = Vec::new();
        for (field, cell) in
            own.chain(listed).filter(|(field, _)| field.class != Some(Class::Public))
        {
            for text in cell.values.iter().filter_map(Value::words) {
                strays.push(Stray {
                    path: Arc::clone(&self.path),
                    label: field.label.clone(),
                    class: field.class,
                    text: text.into(),
                });
            }
        }
        strays
    }

    fn order(&self) -> (usize, &str, &str) {
        (self.kind, &self.id, &self.path)
    }

    /// Returns the place of a range of the record's file.
    pub(in crate::records) fn span(&self, range: &Range<u32>) -> Span {
        Span { path: Arc::clone(&self.path), start: range.start, end: range.end }
    }

    /// Returns the place of the id.
    pub(in crate::records) fn id_span(&self) -> Span {
        self.span(&self.id_range)
    }

    /// Returns the cell of a field.
    pub(in crate::records) fn cell(&self, field: usize) -> Option<&Cell> {
        self.cells.iter().find(|cell| cell.field == field)
    }

    /// Returns the cell of the field with this key.
    pub(in crate::records) fn named(&self, schema: &Schema, key: &str) -> Option<&Cell> {
        self.kind_of(schema).field(key).and_then(|(field, _)| self.cell(field))
    }

    /// Returns the first cell whose field has this role.
    pub(in crate::records) fn with_role(&self, schema: &Schema, role: Role) -> Option<&Cell> {
        let fields = self.kind_of(schema).fields.iter().enumerate();
        fields.filter(|(_, field)| field.role == Some(role)).find_map(|(field, _)| self.cell(field))
    }

    /// Returns the amount under a role.
    pub(in crate::records) fn money(&self, schema: &Schema, role: Role) -> Option<(Money, &Cell)> {
        let cell = self.with_role(schema, role)?;
        cell.values.first()?.money().map(|money| (money, cell))
    }

    /// Returns the day under a role.
    pub(in crate::records) fn day(&self, schema: &Schema, role: Role) -> Option<(Day, &Cell)> {
        let cell = self.with_role(schema, role)?;
        cell.values.first()?.day().map(|day| (day, cell))
    }

    /// Returns the year that the record speaks of, else that of its day, as pages put it in order.
    pub(in crate::records) fn year(&self, schema: &Schema) -> Option<i16> {
        let roles = [Role::Year, Role::PublishedOn, Role::NoticePeriod, Role::FormedOn];
        roles.into_iter().find_map(|role| match self.with_role(schema, role)?.values.first()? {
            Value::Period(period) => Some(period.first().year()),
            value if role != Role::Year => value.day().map(Day::year),
            _ => None,
        })
    }

    /// Returns the period under a role.
    pub(in crate::records) fn period(
        &self,
        schema: &Schema,
        role: Role,
    ) -> Option<(Period, &Cell)> {
        let cell = self.with_role(schema, role)?;
        match cell.values.first()? {
            Value::Period(period) => Some((*period, cell)),
            Value::Date(day) => Some((Period::of_day(*day), cell)),
            _ => None,
        }
    }

    /// Returns the rows of a table.
    pub(in crate::records) fn rows(&self, table: usize) -> Option<&Rows> {
        self.tables.iter().find(|rows| rows.table == table)
    }
}

impl Row {
    /// Returns the cell of a column.
    pub(in crate::records) fn cell(&self, field: usize) -> Option<&Cell> {
        self.cells.iter().find(|cell| cell.field == field)
    }

    /// Returns the one value of a column.
    pub(in crate::records) fn value(&self, field: usize) -> Option<&Value> {
        self.cell(field).and_then(|cell| cell.values.first())
    }
}

impl Cell {
    /// Returns the `kind/id` of every reference in the cell.
    pub(in crate::records) fn references(&self) -> impl Iterator<Item = &str> {
        self.values.iter().filter_map(|value| match value {
            Value::Reference(key) => Some(&**key),
            _ => None,
        })
    }
}
