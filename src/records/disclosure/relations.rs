//! The relations that everyone can see or guess: the sums of kinds, subtotals, products, figures that
//! are repeated, and what records of other months and places say of the same.
//!
//! A relation too many only means that more is hidden; one too few could give a figure away. So a sum
//! counts as known even where it does not hold: with the difference that the record has.

use crate::project::Places;
use crate::records::catalog::{Catalog, Record, Rows};
use crate::records::disclosure::Spot;
use crate::records::disclosure::figures::{Entry, Sheet, Unit};
use crate::records::disclosure::model::{Figure, Relation};
use crate::records::disclosure::records;
use crate::records::schema::{Kind, Part, Product, Schema, Subtotals, TableDef};

/// Relations being gathered, with the figures they bring along.
pub(super) struct Gathered {
    figures: Vec<Figure>,
    relations: Vec<Relation>,
}

impl Gathered {
    /// Adds that some figures, each so many times, come to what they come to.
    pub(super) fn known(&mut self, parts: Vec<(usize, i64)>) {
        let sum = parts.iter().try_fold(0_i64, |sum, (part, factor)| {
            sum.checked_add(self.figures[*part].value.checked_mul(*factor)?)
        });
        if let Some(sum) = sum {
            self.relations.push(Relation { parts, sum });
        }
    }

    /// Adds that two figures are the same, if they are.
    pub(super) fn same(&mut self, left: usize, right: usize) {
        if left != right && self.figures[left].value == self.figures[right].value {
            self.known(vec![(left, 1), (right, -1)]);
        }
    }

    /// Adds that a figure is the sum of others, or not less than them; nothing if it is less.
    pub(super) fn covers(&mut self, whole: usize, parts: &[usize], complete: bool) {
        let sum: i64 = parts.iter().map(|part| self.figures[*part].value).sum();
        let rest = self.figures[whole].value - sum;
        let mut terms = vec![(whole, 1)];
        terms.extend(parts.iter().map(|part| (*part, -1)));
        if rest == 0 && complete {
            self.known(terms);
        } else if rest >= 0 && !complete {
            let figure = Figure { value: rest, floor: 0, width: 0, cost: None, slack: true };
            terms.push((self.figures.len(), -1));
            self.figures.push(figure);
            self.known(terms);
        }
    }
}

/// Gathers every relation between the figures of a sheet.
pub(super) fn of(
    sheet: &Sheet<'_>,
    catalog: &Catalog,
    schema: &Schema,
    places: &Places,
    figures: Vec<Figure>,
) -> (Vec<Figure>, Vec<Relation>) {
    let mut gathered = Gathered { figures, relations: Vec::new() };
    for (index, record) in catalog.records().iter().enumerate() {
        let kind = record.kind_of(schema);
        if kind.small_cells {
            Reader { sheet, index, record, kind }.read(&mut gathered);
        }
    }
    for row in &sheet.rows {
        within_row(sheet, row, schema, &mut gathered);
    }
    records::tie(sheet, catalog, schema, places, &mut gathered);
    (gathered.figures, gathered.relations)
}

/// Adds what holds between the figures of one row: the same number twice is the same thing, and
/// households have persons.
fn within_row(sheet: &Sheet<'_>, row: &[usize], schema: &Schema, gathered: &mut Gathered) {
    let counts_people = |at: &usize| matches!(sheet.entries[*at].unit, Unit::People(_));
    let people: Vec<usize> = row.iter().copied().filter(counts_people).collect();
    let [more, less] = &schema.anonymity.at_least[..] else {
        return;
    };
    let is = |entry: &Entry<'_>, unit: &str| entry.unit == Unit::People(unit);
    for (number, left) in people.iter().enumerate() {
        for right in &people[number + 1..] {
            let (one, other) = (&sheet.entries[*left], &sheet.entries[*right]);
            if one.unit == other.unit {
                if sheet.may_be_same(one, other) {
                    gathered.same(*left, *right);
                }
            } else if sheet.stem(one) == sheet.stem(other) {
                if is(one, more) && is(other, less) {
                    gathered.covers(*left, &[*right], false);
                } else if is(other, more) && is(one, less) {
                    gathered.covers(*right, &[*left], false);
                }
            }
        }
    }
}

/// Reads the relations within one record.
struct Reader<'a> {
    sheet: &'a Sheet<'a>,
    index: usize,
    record: &'a Record,
    kind: &'a Kind,
}

impl Reader<'_> {
    /// Adds the relations.
    fn read(&self, gathered: &mut Gathered) {
        for equation in &self.kind.equations {
            let Some(mut terms) = self.part(&Part::Field(equation.total.clone())) else {
                continue;
            };
            // What a list on the web adds up to is there for everyone to add up.
            let parts = || equation.plus.iter().chain(&equation.minus);
            let listed = parts().any(|part| self.is_on_the_web(part));
            let added = equation.plus.iter().map(|part| (part, -1));
            let parts = added.chain(equation.minus.iter().map(|part| (part, 1)));
            let found: Option<Vec<Vec<(usize, i64)>>> = parts
                .map(|(part, sign)| {
                    let terms = self.part(part)?;
                    Some(terms.into_iter().map(|(at, factor)| (at, factor * sign)).collect())
                })
                .collect();
            let found: Vec<(usize, i64)> = found.into_iter().flatten().flatten().collect();
            // A sum whose parts are hidden lists, or not there, says nothing.
            if !terms.is_empty() && (listed || !found.is_empty()) {
                terms.extend(found);
                gathered.known(terms);
            }
        }
        for (index, table) in self.kind.tables.iter().enumerate() {
            let Some(rows) = self.record.rows(index).filter(|_| !table.is_personal()) else {
                continue;
            };
            if let Some(product) = &table.product {
                self.products(table, rows, product, gathered);
            }
            if let Some(subtotals) = &table.subtotals {
                self.subtotals(table, rows, subtotals, gathered);
            }
        }
    }

    /// Returns whether a part is a list of persons that the web may show.
    fn is_on_the_web(&self, part: &Part) -> bool {
        let (Part::Rows(name) | Part::Column(name, _)) = part else {
            return false;
        };
        let listed = self.kind.table(name).filter(|(_, table)| table.is_personal());
        let rows = listed.and_then(|(at, _)| self.record.rows(at));
        self.kind.web && rows.is_some_and(|rows| !rows.rows.is_empty())
    }

    /// Returns the figures of a part; `None` when some of it is never shown and so unknown.
    fn part(&self, part: &Part) -> Option<Vec<(usize, i64)>> {
        match part {
            Part::Field(name) => {
                let (field, _) = self.kind.field(name)?;
                if self.record.cell(field).is_none() {
                    return Some(Vec::new());
                }
                Some(vec![(self.find(Spot::Field(field))?, 1)])
            }
            Part::Rows(name) => {
                let (table, def) = self.kind.table(name)?;
                let Some(rows) = self.record.rows(table) else {
                    return Some(Vec::new());
                };
                if rows.rows.is_empty() || !def.is_personal() || self.kind.web {
                    return Some(Vec::new());
                }
                Some(vec![(self.find(Spot::Length(table))?, 1)])
            }
            Part::Column(name, column) => {
                let (table, def) = self.kind.table(name)?;
                let Some(rows) = self.record.rows(table).filter(|rows| !rows.rows.is_empty())
                else {
                    return Some(Vec::new());
                };
                if def.is_personal() && !self.kind.web {
                    return None;
                }
                let (field, _) = def.field(column)?;
                if def.is_personal() {
                    return Some(Vec::new());
                }
                let cells =
                    rows.rows.iter().enumerate().filter(|(_, row)| row.cell(field).is_some());
                cells.map(|(row, _)| Some((self.find(Spot::Cell(table, row, field))?, 1))).collect()
            }
        }
    }

    /// Returns the figure at a spot.
    fn find(&self, spot: Spot) -> Option<usize> {
        self.sheet.at.get(&(self.index, spot)).copied()
    }

    /// Adds that an amount is a quantity times what each gets, where that is said.
    fn products(&self, table: &TableDef, rows: &Rows, rule: &Product, gathered: &mut Gathered) {
        let column = |key: &str| table.field(key).map(|(field, _)| field);
        let (Some(quantity), Some(amount)) = (column(&rule.quantity), column(&rule.amount)) else {
            return;
        };
        for (number, row) in rows.rows.iter().enumerate() {
            let in_row = column(&rule.standard).and_then(|field| row.value(field));
            let in_head = || {
                let (field, _) = self.kind.field(&rule.standard)?;
                self.record.cell(field)?.values.first()
            };
            let each = in_row.or_else(in_head).and_then(|value| value.money());
            let spot = |field: usize| self.find(Spot::Cell(rows.table, number, field));
            if let (Some(each), Some(count), Some(sum)) = (each, spot(quantity), spot(amount)) {
                gathered.known(vec![(sum, 1), (count, -each.fen())]);
            }
        }
    }

    /// Adds that the rows of a group come to what another table says.
    fn subtotals(&self, table: &TableDef, rows: &Rows, rule: &Subtotals, gathered: &mut Gathered) {
        let columns =
            |table: &TableDef| Some((table.field(&rule.key)?.0, table.field(&rule.column)?.0));
        let Some((stated_at, stated)) = self.kind.table(&rule.table) else {
            return;
        };
        let (Some((key, column)), Some((stated_key, stated_column)), Some(sums)) =
            (columns(table), columns(stated), self.record.rows(stated_at))
        else {
            return;
        };
        for (number, sum) in sums.rows.iter().enumerate() {
            let group = sum.value(stated_key).and_then(|value| value.words());
            let Some(whole) = self.find(Spot::Cell(stated_at, number, stated_column)) else {
                continue;
            };
            let of_group = rows.rows.iter().enumerate().filter(|(_, row)| {
                group.is_some() && row.value(key).and_then(|value| value.words()) == group
            });
            let parts =
                of_group.filter_map(|(at, _)| self.find(Spot::Cell(rows.table, at, column)));
            let mut terms = vec![(whole, 1)];
            terms.extend(parts.map(|part| (part, -1)));
            gathered.known(terms);
        }
    }
}
