//! Works out the sums that a kind says must hold. Used to check a record and to show the sum.

use crate::records::catalog::{Cell, Record};
use crate::records::schema::{Class, Equation, Kind, Part, Schema};
use crate::records::value::Value;
use crate::text::{Decimal, Money, Phrase};

/// A sum, worked out.
pub(in crate::records) struct Sum<'s> {
    /// The rule.
    pub(in crate::records) equation: &'s Equation,
    /// The stated total.
    pub(in crate::records) stated: Decimal,
    /// What the parts come to.
    pub(in crate::records) computed: Decimal,
    /// The parts that are there, each with its words and its share, negative when taken off.
    pub(in crate::records) parts: Vec<(Phrase, Decimal)>,
    /// Whether the numbers are fen.
    pub(in crate::records) money: Option<Money>,
    /// The unit of numbers that are no money.
    pub(in crate::records) unit: String,
    /// Whether every figure is meant for everyone, so that a message may name it.
    pub(in crate::records) open: bool,
}

impl Sum<'_> {
    /// Returns whether the total is what its parts come to.
    pub(in crate::records) fn holds(&self) -> bool {
        self.stated.partial_cmp(&self.computed) == Some(std::cmp::Ordering::Equal)
    }

    /// Returns a number of this sum as people read it.
    pub(in crate::records) fn words(&self, number: Decimal) -> String {
        match (self.money, number.scaled(0)) {
            (Some(like), Some(fen)) => Money::shown_like(fen, like).to_string(),
            _ => format!("{number}{}", self.unit),
        }
    }
}

/// Works out one sum; `None` when its total or all of its parts are not there.
pub(in crate::records) fn work_out<'s>(
    equation: &'s Equation,
    record: &Record,
    schema: &Schema,
) -> Option<Sum<'s>> {
    let kind = record.kind_of(schema);
    let value = record.named(schema, &equation.total)?.values.first()?;
    let stated = value.number()?;
    let unit = match value {
        Value::Number(quantity) => quantity.unit.to_string(),
        _ => String::new(),
    };
    let mut sum = Sum {
        equation,
        stated,
        computed: Decimal::whole(0),
        parts: Vec::new(),
        money: value.money(),
        unit,
        open: is_open(equation, kind),
    };
    // A sum of which a part could not be read proves nothing.
    if equation.plus.iter().chain(&equation.minus).any(|part| is_unread(part, record, kind)) {
        return None;
    }
    let added = equation.plus.iter().map(|part| (part, false));
    for (part, taken) in added.chain(equation.minus.iter().map(|part| (part, true))) {
        let Some((label, number)) = part_of(part, record, kind) else {
            continue;
        };
        let number = if taken { number.negated() } else { number };
        sum.computed = sum.computed.checked_add(number)?;
        sum.parts.push((label, number));
    }
    (!sum.parts.is_empty()).then_some(sum)
}

/// Returns whether every field of a sum is meant for everyone.
fn is_open(equation: &Equation, kind: &Kind) -> bool {
    let open = |class: Option<Class>| class == Some(Class::Public);
    let total = kind.field(&equation.total).is_some_and(|(_, field)| open(field.class));
    total
        && equation.plus.iter().chain(&equation.minus).all(|part| match part {
            Part::Field(name) => kind.field(name).is_some_and(|(_, field)| open(field.class)),
            Part::Rows(_) => true,
            Part::Column(table, column) => kind
                .table(table)
                .and_then(|(_, table)| table.field(column))
                .is_some_and(|(_, field)| open(field.class)),
        })
}

/// Returns whether a value of a part could not be read.
fn is_unread(part: &Part, record: &Record, kind: &Kind) -> bool {
    let place = match part {
        Part::Field(name) => kind.field(name).map(|(index, _)| (None, index)),
        Part::Column(table, column) => kind.table(table).and_then(|(index, table)| {
            table.field(column).map(|(column, _)| (Some(index), column))
        }),
        Part::Rows(_) => None,
    };
    place.is_some_and(|place| record.unread.contains(&place))
}

/// Returns the words and the value of a part, if it is there.
fn part_of(part: &Part, record: &Record, kind: &Kind) -> Option<(Phrase, Decimal)> {
    match part {
        Part::Field(name) => {
            let (index, field) = kind.field(name)?;
            Some((field.label.clone(), record.cell(index)?.values.first()?.number()?))
        }
        Part::Rows(name) => {
            let (index, table) = kind.table(name)?;
            let count = record.rows(index)?.rows.len();
            let label = Phrase::new(
                format!("“{}”的条数", table.label.zh),
                format!("number of rows in {}", table.label.en),
            );
            Some((label, Decimal::whole(i64::try_from(count).ok()?)))
        }
        Part::Column(table_name, column) => {
            let (index, table) = kind.table(table_name)?;
            let (field_index, field) = table.field(column)?;
            let mut cells =
                record.rows(index)?.rows.iter().filter_map(|row| row.cell(field_index)).peekable();
            cells.peek()?;
            let total = cells
                .try_fold(Decimal::whole(0), |total, cell| total.checked_add(number_of(cell)?))?;
            let label = Phrase::new(
                format!("“{}”各条{}之和", table.label.zh, field.label.zh),
                format!("sum of {} in {}", field.label.en, table.label.en),
            );
            Some((label, total))
        }
    }
}

/// Returns the number in a cell.
fn number_of(cell: &Cell) -> Option<Decimal> {
    cell.values.first()?.number()
}
