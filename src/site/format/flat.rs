//! Records as flat tables: one line a record, or one line a row of its tables; one column a field.
//!
//! Everything that is one table to a spreadsheet is made of these, so that they all say the same.
//! It knows what a column holds only from what is shown: a masked day is words.

use std::collections::BTreeSet;

use crate::records::{Datum, FieldDef, PublicField, PublicValue, Release};
use crate::site::desk::Desk;
use crate::site::words;
use crate::text::{Decimal, Lang, Money};

/// The heading of the first column, which says whose the line is.
pub(super) const ID: &str = "编号";

/// One table: the records of a kind, or the rows of one of its tables.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sheet {
    /// The kind.
    pub(super) kind: usize,
    /// The table; `None` for the records themselves.
    pub(super) table: Option<usize>,
}

/// What all cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// Words.
    Text,
    /// Amounts in 元.
    Money,
    /// Numbers, all in the unit that the heading names.
    Number,
    /// Days.
    Day,
    /// Yes or no.
    Flag,
}

/// What of its field a column holds: some values are told apart for those who reckon with them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The value.
    Whole,
    /// The code of a place, beside its name.
    Code,
    /// The unit of a number, beside the number, where a column has several.
    Unit,
}

impl Part {
    /// Returns what the description of a table calls it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Whole => "value",
            Self::Code => "code",
            Self::Unit => "unit",
        }
    }
}

/// A column.
#[derive(Debug)]
pub(super) struct Column<'d> {
    /// What stands above it; no two columns of a table have the same.
    pub(super) heading: String,
    /// The field; `None` for the ids.
    pub(super) field: Option<&'d FieldDef>,
    /// What its cells are.
    pub(super) sort: Sort,
    /// What of the field it holds.
    pub(super) part: Part,
    /// The unit of its numbers; empty where they have none.
    pub(super) unit: String,
}

impl Column<'_> {
    /// Makes a column of words that are of no field.
    pub(super) fn of_words(heading: &str) -> Self {
        Column {
            heading: heading.to_owned(),
            field: None,
            sort: Sort::Text,
            part: Part::Whole,
            unit: String::new(),
        }
    }
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    /// Words.
    Text(String),
    /// A number, exactly as it is written.
    Number(String),
}

impl Cell {
    /// Returns what stands in the cell.
    pub(super) fn as_str(&self) -> &str {
        match self {
            Self::Text(text) | Self::Number(text) => text,
        }
    }
}

/// A flat table.
#[derive(Debug)]
pub(super) struct Flat<'d> {
    /// The columns.
    pub(super) columns: Vec<Column<'d>>,
    /// The lines; each has a cell for every column.
    pub(super) lines: Vec<Vec<Cell>>,
}

impl Sheet {
    /// Returns the name of the table's files, without what says how they are written.
    pub(super) fn stem(self, desk: &Desk<'_>) -> String {
        let kind = &desk.index.release.schema().kinds()[self.kind];
        self.table.map_or_else(
            || kind.name.clone(),
            |table| format!("{}.{}", kind.name, kind.tables[table].key),
        )
    }

    /// Returns what the table is called.
    pub(super) fn label(self, desk: &Desk<'_>) -> String {
        let kind = &desk.index.release.schema().kinds()[self.kind];
        let label = kind.label.text(desk.index.lang);
        self.table.map_or_else(
            || label.to_owned(),
            |table| format!("{label}-{}", kind.tables[table].label.text(desk.index.lang)),
        )
    }

    /// Returns the fields that the columns are of.
    fn fields<'d>(self, desk: &'d Desk<'_>) -> &'d [FieldDef] {
        let kind = &desk.index.release.schema().kinds()[self.kind];
        self.table.map_or(&kind.fields, |table| &kind.tables[table].fields)
    }

    /// Returns each line before it is written: whose it is, and what is in it.
    fn sources<'d>(self, desk: &'d Desk<'_>) -> Vec<(&'d str, &'d [PublicField])> {
        let records = in_order(desk, self.kind).into_iter().map(|at| desk.index.record(at));
        let Some(table) = self.table else {
            return records.map(|record| (record.id(), record.fields())).collect();
        };
        let rows = records.flat_map(|record| {
            let tables = record.tables().iter().filter(move |rows| rows.table() == table);
            tables.flat_map(move |rows| {
                rows.rows().iter().map(move |row| (record.id(), row.as_slice()))
            })
        });
        rows.collect()
    }

    /// Makes the table.
    pub(super) fn flat<'d>(self, desk: &'d Desk<'_>) -> Flat<'d> {
        let release = desk.index.release;
        let (fields, sources) = (self.fields(desk), self.sources(desk));
        let shown: BTreeSet<usize> =
            sources.iter().flat_map(|(_, cells)| *cells).map(PublicField::field).collect();
        let mut columns = vec![Column::of_words(ID)];
        let mut places: Vec<(usize, Part)> = Vec::new();
        for at in &shown {
            let cells: Vec<&PublicField> =
                sources.iter().filter_map(|(_, cells)| cell_of(cells, *at)).collect();
            for column in columns_of(&fields[*at], &cells, &columns) {
                places.push((*at, column.part));
                columns.push(column);
            }
        }
        let sorts: Vec<Sort> = columns.iter().skip(1).map(|column| column.sort).collect();
        let lines = sources
            .iter()
            .map(|(id, cells)| {
                let own = places.iter().zip(&sorts).map(|((at, part), sort)| {
                    cell_of(cells, *at).map_or_else(
                        || Cell::Text(String::new()),
                        |field| cell(release, &fields[*at], field, (*part, *sort)),
                    )
                });
                std::iter::once(Cell::Text((*id).to_owned())).chain(own).collect()
            })
            .collect();
        Flat { columns, lines }
    }
}

/// Returns every table of the site that has lines, those of a kind one after another.
pub(super) fn sheets(desk: &Desk<'_>) -> Vec<Sheet> {
    let kinds = desk.index.release.schema().kinds();
    let mut all = Vec::new();
    for kind in desk.kinds() {
        all.push(Sheet { kind, table: None });
        let tables = (0..kinds[kind].tables.len()).filter(|table| has_rows(desk, kind, *table));
        all.extend(tables.map(|table| Sheet { kind, table: Some(table) }));
    }
    all
}

/// Returns the records of a kind, in the order of their ids.
pub(super) fn in_order(desk: &Desk<'_>, kind: usize) -> Vec<usize> {
    let mut records = desk.index.by_kind[kind].clone();
    records.sort_unstable();
    records
}

/// Returns whether any record of a kind shows rows of a table.
fn has_rows(desk: &Desk<'_>, kind: usize, table: usize) -> bool {
    desk.index.by_kind[kind].iter().any(|at| {
        let tables = desk.index.record(*at).tables();
        tables.iter().any(|rows| rows.table() == table && !rows.rows().is_empty())
    })
}

/// Returns the cell of a field.
fn cell_of(cells: &[PublicField], field: usize) -> Option<&PublicField> {
    cells.iter().find(|cell| cell.field() == field)
}

/// Makes the columns of a field, of what its cells show: mostly one.
fn columns_of<'d>(
    def: &'d FieldDef,
    cells: &[&PublicField],
    before: &[Column<'_>],
) -> Vec<Column<'d>> {
    let values = || cells.iter().flat_map(|field| field.values());
    let sort = if def.many { Sort::Text } else { sort(values()) };
    let units: BTreeSet<&str> = values().filter_map(|value| unit(value.datum())).collect();
    let one = units.iter().next().filter(|_| sort == Sort::Number && units.len() == 1);
    let label = def.label.text(Lang::Zh);
    let column = |heading: String, part: Part, sort: Sort, unit: &str| {
        let is_taken = before.iter().any(|column| column.heading == heading);
        let heading = if is_taken { format!("{heading}({})", def.key) } else { heading };
        Column { heading, field: Some(def), sort, part, unit: unit.to_owned() }
    };
    let whole = match one {
        _ if def.type_name() == "money" => column(format!("{label}(元)"), Part::Whole, sort, "元"),
        Some(unit) if !unit.is_empty() => {
            column(format!("{label}({unit})"), Part::Whole, sort, unit)
        }
        _ => column(label.to_owned(), Part::Whole, sort, ""),
    };
    let mut columns = vec![whole];
    if sort == Sort::Number && units.len() > 1 {
        columns.push(column(format!("{label}的单位"), Part::Unit, Sort::Text, ""));
    }
    if values().any(|value| matches!(value.datum(), Datum::Place(_))) {
        columns.push(column(format!("{label}代码"), Part::Code, Sort::Text, ""));
    }
    columns
}

/// Returns the unit of a number.
fn unit(datum: &Datum) -> Option<&str> {
    match datum {
        Datum::Number(_, None, unit) => Some(unit),
        Datum::Percent(_) => Some("%"),
        _ => None,
    }
}

/// Returns what all the values of a column are; figures that are not listed are of any sort.
fn sort<'a>(values: impl Iterator<Item = &'a PublicValue>) -> Sort {
    let mut sorts = values.filter_map(|value| match value.datum() {
        Datum::Money(_) => Some(Sort::Money),
        Datum::Day(_) => Some(Sort::Day),
        Datum::Flag(_) => Some(Sort::Flag),
        // A range is no number to reckon with.
        Datum::Number(_, None, _) | Datum::Percent(_) => Some(Sort::Number),
        Datum::Small(_) => None,
        Datum::Text(_)
        | Datum::Number(..)
        | Datum::DateTime(..)
        | Datum::Period(_)
        | Datum::Place(_)
        | Datum::Record(_)
        | Datum::Choice(_) => Some(Sort::Text),
    });
    let first = sorts.next().unwrap_or(Sort::Text);
    if sorts.all(|sort| sort == first) { first } else { Sort::Text }
}

/// Returns the cell of a field's values.
fn cell(
    release: &Release,
    def: &FieldDef,
    field: &PublicField,
    (part, sort): (Part, Sort),
) -> Cell {
    let values = field.values().iter();
    let joined = |texts: Vec<String>| Cell::Text(texts.join("、"));
    match part {
        Part::Code => joined(values.map(|value| words::data(release, def, value)).collect()),
        Part::Unit => {
            joined(values.filter_map(|value| unit(value.datum())).map(str::to_owned).collect())
        }
        Part::Whole => {
            if let [value] = field.values() {
                match value.datum() {
                    Datum::Money(money) => return Cell::Number(yuan(*money)),
                    Datum::Number(number, None, _) if sort == Sort::Number => {
                        return Cell::Number(number.to_string());
                    }
                    Datum::Text(words) if def.numbers && Decimal::parse(words).is_some() => {
                        return Cell::Number(words.replace(',', ""));
                    }
                    Datum::Percent(share) if sort == Sort::Number => {
                        return Cell::Number(share.to_string());
                    }
                    _ => {}
                }
            }
            joined(values.map(|value| text(release, def, value)).collect())
        }
    }
}

/// Returns a value as it stands in a cell.
fn text(release: &Release, def: &FieldDef, value: &PublicValue) -> String {
    match value.datum() {
        Datum::Money(money) => yuan(*money),
        Datum::Place(_) | Datum::Choice(_) => words::value(release, def, value, Lang::Zh),
        _ => words::data(release, def, value),
    }
}

/// Returns an amount as a plain number in 元.
pub(super) fn yuan(money: Money) -> String {
    money.exact_yuan().replace(',', "")
}
