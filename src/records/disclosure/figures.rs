//! The sheet of figures: every count and amount that kinds with small figures would show, in an
//! order that depends on what the records say and not on how they are written.

use std::collections::{BTreeMap, BTreeSet};

use crate::project::Places;
use crate::records::catalog::{Catalog, Cell, Record, Row};
use crate::records::disclosure::Spot;
use crate::records::policy::treatment;
use crate::records::schema::{
    Anonymity, Audience, FieldDef, Kind, Role, Schema, TableDef, Treatment,
};
use crate::records::value::Value;

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit<'a> {
    /// People.
    People(&'a str),
    /// What people have.
    Things(&'a str),
    /// Money.
    Fen,
}

/// A figure and where it stands.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    /// The record.
    pub(super) record: usize,
    /// Where in the record.
    pub(super) spot: Spot,
    /// The key of the field or column; of the table, for the length of a list.
    pub(super) key: &'a str,
    /// What the row says beside its figures; empty for fields.
    pub(super) label: String,
    /// The row in full, to put rows in order whose labels are the same.
    row: String,
    /// The place that the row speaks of.
    pub(super) place: Option<&'a str>,
    /// What it counts.
    pub(super) unit: Unit<'a>,
    /// How many.
    pub(super) value: i64,
    /// What is lost when it is hidden.
    pub(super) cost: i64,
}

/// The record, and the table and row in it; none for the fields.
type RowOf = (usize, Option<(usize, usize)>);

/// All figures, in order.
pub(super) struct Sheet<'a> {
    /// The figures.
    pub(super) entries: Vec<Entry<'a>>,
    /// Where each stands in `entries`.
    pub(super) at: BTreeMap<(usize, Spot), usize>,
    /// The rows: figures that stand together, fields of a record as one row.
    pub(super) rows: Vec<Vec<usize>>,
    policy: &'a Anonymity,
}

impl<'a> Sheet<'a> {
    /// Reads the figures of a catalog.
    pub(super) fn of(catalog: &'a Catalog, schema: &'a Schema, places: &Places) -> Self {
        let policy = &schema.anonymity;
        let mut entries = Vec::new();
        for (index, record) in catalog.records().iter().enumerate() {
            let kind = record.kind_of(schema);
            if kind.small_cells {
                let level = level_cost(record, schema, places);
                let reader = Reader { index, record, kind, policy, level };
                reader.read(&mut entries);
            }
        }
        entries.sort_by(|left: &Entry<'_>, right| left.order().cmp(&right.order()));
        let at = entries
            .iter()
            .enumerate()
            .map(|(number, entry)| ((entry.record, entry.spot), number))
            .collect();
        let mut rows: BTreeMap<RowOf, Vec<usize>> = BTreeMap::new();
        for (number, entry) in entries.iter().enumerate() {
            let row = match entry.spot {
                Spot::Field(_) | Spot::Length(_) => None,
                Spot::Cell(table, row, _) => Some((table, row)),
            };
            rows.entry((entry.record, row)).or_default().push(number);
        }
        Self { entries, at, rows: rows.into_values().collect(), policy }
    }

    /// Returns the figures that are small, with those of the same people beside them.
    pub(super) fn small(&self) -> Vec<usize> {
        let mut small = BTreeSet::new();
        for row in &self.rows {
            let stems: BTreeMap<usize, &str> =
                row.iter().map(|at| (*at, self.stem(&self.entries[*at]))).collect();
            let of_people = |at: &&usize| matches!(self.entries[**at].unit, Unit::People(_));
            let counted: BTreeSet<&str> =
                row.iter().filter(of_people).map(|at| stems[at]).collect();
            let few: BTreeSet<&str> = row
                .iter()
                .filter(of_people)
                .filter(|at| self.is_few(self.entries[**at].value))
                .map(|at| stems[at])
                .collect();
            for at in row {
                // What is counted with nobody of its own belongs to everybody in the row.
                let own = if counted.contains(stems[at]) {
                    few.contains(stems[at])
                } else if counted.contains("") {
                    few.contains("")
                } else {
                    !few.is_empty()
                };
                if own && self.entries[*at].value > 0 {
                    small.insert(*at);
                }
            }
        }
        small.into_iter().collect()
    }

    /// Returns whether a count is small.
    fn is_few(&self, count: i64) -> bool {
        count > 0 && count < self.policy.few
    }

    /// Returns whether two figures of a row with the same value may well be the same thing: in a table
    /// any, such as planned and finished; of a record's fields only the plain count and another, since
    /// what came and what went are often the same by chance.
    pub(super) fn may_be_same(&self, one: &Entry<'_>, other: &Entry<'_>) -> bool {
        let opens = |entry: &Entry<'_>| entry.key.starts_with(&self.policy.opening);
        let plain = |entry: &Entry<'_>| self.stem(entry).is_empty();
        let in_table = matches!(one.spot, Spot::Cell(..));
        !opens(one) && !opens(other) && (in_table || plain(one) || plain(other))
    }

    /// Returns what a figure's key is without its ending.
    pub(super) fn stem<'e>(&self, entry: &Entry<'e>) -> &'e str {
        // The length of a list counts the people of the list.
        if matches!(entry.spot, Spot::Length(_)) {
            return "";
        }
        let ending =
            self.policy.endings.iter().find_map(|ending| entry.key.strip_suffix(&**ending));
        ending.map_or(entry.key, |stem| stem.trim_end_matches('_'))
    }
}

impl Entry<'_> {
    /// Returns what entries are put in order by.
    fn order(&self) -> (usize, &str, &str, &str, i64, Spot) {
        (self.record, &self.label, &self.row, self.key, self.value, self.spot)
    }
}

/// Returns what it costs to hide a figure of a record: the higher the place, the more.
fn level_cost(record: &Record, schema: &Schema, places: &Places) -> i64 {
    /// More than any level below can come to.
    const LEVEL: i64 = 100_000_000;
    let place = record.with_role(schema, Role::Place).and_then(|cell| cell.values.first());
    let depth = place.and_then(Value::words).map_or(0, |code| places.path(code).len());
    let above = 8_i64.saturating_sub(i64::try_from(depth).unwrap_or(8)).max(0);
    above * LEVEL
}

/// Reads the figures of one record.
struct Reader<'a> {
    index: usize,
    record: &'a Record,
    kind: &'a Kind,
    policy: &'a Anonymity,
    level: i64,
}

impl<'a> Reader<'a> {
    /// Adds the figures of the record.
    fn read(&self, entries: &mut Vec<Entry<'a>>) {
        let fields: Vec<(&'a FieldDef, &'a Cell)> =
            self.record.cells.iter().map(|cell| (&self.kind.fields[cell.field], cell)).collect();
        for (def, cell) in fields {
            let spot = Spot::Field(cell.field);
            entries.extend(self.entry(def, cell, spot, (String::new(), String::new(), None)));
        }
        for rows in &self.record.tables {
            let table = &self.kind.tables[rows.table];
            if table.is_personal() {
                entries.extend(self.length(table, rows.table, rows.rows.len()));
                continue;
            }
            for (number, row) in rows.rows.iter().enumerate() {
                let label = format!("{}|{}", table.key, label(row, table, false));
                let whole = label.clone() + &self::label(row, table, true);
                let place = place_of(row);
                for cell in &row.cells {
                    let spot = Spot::Cell(rows.table, number, cell.field);
                    let named = (label.clone(), whole.clone(), place);
                    entries.extend(self.entry(&table.fields[cell.field], cell, spot, named));
                }
            }
        }
    }

    /// Returns a value as an entry, if it is a figure that everyone would see.
    fn entry(
        &self,
        def: &'a FieldDef,
        cell: &'a Cell,
        spot: Spot,
        (label, row, place): (String, String, Option<&'a str>),
    ) -> Option<Entry<'a>> {
        let shown = treatment(self.kind, Audience::Web, def) == Treatment::Show;
        let [value] = &cell.values[..] else {
            return None;
        };
        if !shown || !def.aggregate || def.role == Some(Role::Standard) {
            return None;
        }
        let unit = self.unit(value)?;
        let value = value.number()?.scaled(0).filter(|value| *value >= 0)?;
        // Totals say more than the parts of a table, and large parts more than small ones.
        const TOTAL: i64 = 50_000_000;
        let head = if matches!(spot, Spot::Cell(..)) { 0 } else { TOTAL };
        let size = if unit == Unit::Fen { value / 100_000 } else { value };
        let cost = self.level + head + size.min(TOTAL - 2) + 1;
        let key = def.key.as_str();
        Some(Entry { record: self.index, spot, key, label, row, place, unit, value, cost })
    }

    /// Returns the length of a list that is not shown as an entry.
    fn length(&self, table: &'a TableDef, at: usize, count: usize) -> Option<Entry<'a>> {
        let value = i64::try_from(count).ok()?;
        let unit = Unit::People(self.policy.at_least.get(1).map_or("", String::as_str));
        (!self.kind.web && value > 0).then(|| Entry {
            record: self.index,
            spot: Spot::Length(at),
            key: &table.key,
            label: String::new(),
            row: String::new(),
            place: None,
            unit,
            value,
            cost: 1,
        })
    }

    /// Returns what a value counts, if it counts anything that is added up.
    fn unit(&self, value: &'a Value) -> Option<Unit<'a>> {
        match value {
            Value::Money(_) => Some(Unit::Fen),
            Value::Number(quantity) if quantity.to.is_none() => {
                let unit = &*quantity.unit;
                let among = |units: &[String]| units.iter().any(|known| known == unit);
                if among(&self.policy.people) {
                    return Some(Unit::People(unit));
                }
                among(&self.policy.things).then_some(Unit::Things(unit))
            }
            _ => None,
        }
    }
}

/// Returns what names a row, the columns that every row must have; or, with `whole`, all that it says.
fn label(row: &Row, table: &TableDef, whole: bool) -> String {
    let mut cells: Vec<&Cell> = row.cells.iter().collect();
    cells.sort_by_key(|cell| cell.field);
    let mut words = String::new();
    for cell in cells {
        let def = &table.fields[cell.field];
        for value in &cell.values {
            let figure = value.number().is_some();
            if !whole && (figure || !def.required) {
                continue;
            }
            words.push_str(&def.key);
            words.push('=');
            match value {
                Value::Text(said) | Value::Place(said) | Value::Reference(said) => {
                    words.push_str(said);
                }
                Value::Choice(at) => words.push_str(&at.to_string()),
                Value::Date(day) | Value::DateTime(day, _) => words.push_str(&day.to_string()),
                Value::Period(period) => words.push_str(&period.to_string()),
                Value::Flag(flag) => words.push_str(&flag.to_string()),
                Value::Money(_) | Value::Number(_) | Value::Percent(_) => {
                    let number = value.number().map_or_else(String::new, |it| it.to_string());
                    words.push_str(&number);
                }
            }
            words.push(';');
        }
    }
    words
}

/// Returns the place a row speaks of.
fn place_of(row: &Row) -> Option<&str> {
    row.cells.iter().flat_map(|cell| &cell.values).find_map(|value| match value {
        Value::Place(code) => Some(&**code),
        _ => None,
    })
}

/// Hides the shares in percent, and ranges, that stand beside hidden figures: they could be turned
/// back into them.
pub(super) fn add_shares(
    hidden: &mut BTreeMap<usize, BTreeSet<Spot>>,
    catalog: &Catalog,
    schema: &Schema,
) {
    let is_share = |cell: &Cell| {
        cell.values.iter().any(|value| match value {
            Value::Percent(_) => true,
            Value::Number(quantity) => quantity.to.is_some(),
            _ => false,
        })
    };
    for (index, spots) in hidden.iter_mut() {
        let record = &catalog.records()[*index];
        let kind = record.kind_of(schema);
        let mut more = Vec::new();
        if spots.iter().any(|spot| matches!(spot, Spot::Field(_))) {
            let shares = record.cells.iter().filter(|cell| {
                let def = &kind.fields[cell.field];
                is_share(cell) && def.aggregate && def.role != Some(Role::Standard)
            });
            more.extend(shares.map(|cell| Spot::Field(cell.field)));
        }
        for rows in record.tables.iter().filter(|rows| !kind.tables[rows.table].is_personal()) {
            for (number, row) in rows.rows.iter().enumerate() {
                let touched = |spot: &Spot| matches!(spot, Spot::Cell(table, at, _) if (*table, *at) == (rows.table, number));
                if spots.iter().any(touched) {
                    let shares = row.cells.iter().filter(|cell| is_share(cell));
                    more.extend(shares.map(|cell| Spot::Cell(rows.table, number, cell.field)));
                }
            }
        }
        spots.extend(more);
    }
}
