//! A value as someone wrote it: the innermost secret of the confidential room.
//!
//! Nothing outside `records` can name this type. It has no `Display` and no `Serialize`, and its
//! `Debug` says only what sort of value it is, so that no message, page or log can be made of it
//! by accident.

use std::fmt;

use crate::text::{Day, Decimal, Money, Period};

/// A typed value.
pub(in crate::records) enum Value {
    /// Words: text, names, codes, addresses, numbers of telephones and cards.
    Text(Box<str>),
    /// An amount.
    Money(Money),
    /// A number with a unit, or a range of numbers.
    Number(Quantity),
    /// A share in percent.
    Percent(Decimal),
    /// A day.
    Date(Day),
    /// A day with a time, as written: `2023-05-06 09:30`.
    DateTime(Day, Box<str>),
    /// A stretch of time.
    Period(Period),
    /// The code of a place of the register.
    Place(Box<str>),
    /// Another record: kind and id, as written.
    Reference(Box<str>),
    /// One of the field's choices.
    Choice(usize),
    /// Yes or no.
    Flag(bool),
}

/// A number with a unit.
pub(in crate::records) struct Quantity {
    /// The number, or the lower end of a range.
    pub(in crate::records) number: Decimal,
    /// The upper end of a range.
    pub(in crate::records) to: Option<Decimal>,
    /// The unit; empty when the number has none.
    pub(in crate::records) unit: Box<str>,
}

impl fmt::Debug for Value {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Text(_) => "Text",
            Self::Money(_) => "Money",
            Self::Number(_) => "Number",
            Self::Percent(_) => "Percent",
            Self::Date(_) => "Date",
            Self::DateTime(..) => "DateTime",
            Self::Period(_) => "Period",
            Self::Place(_) => "Place",
            Self::Reference(_) => "Reference",
            Self::Choice(_) => "Choice",
            Self::Flag(_) => "Flag",
        })
    }
}

impl Value {
    /// Returns the amount, if the value is one.
    pub(in crate::records) const fn money(&self) -> Option<Money> {
        match self {
            Self::Money(money) => Some(*money),
            _ => None,
        }
    }

    /// Returns the day the value names, if it names one.
    pub(in crate::records) fn day(&self) -> Option<Day> {
        match self {
            Self::Date(day) | Self::DateTime(day, _) => Some(*day),
            Self::Period(period) => Some(period.first()),
            _ => None,
        }
    }

    /// Returns the words, if the value is words.
    pub(in crate::records) fn words(&self) -> Option<&str> {
        match self {
            Self::Text(words) | Self::Place(words) | Self::Reference(words) => Some(words),
            _ => None,
        }
    }

    /// Returns the value as a number that can be added up: fen for money.
    pub(in crate::records) fn number(&self) -> Option<Decimal> {
        match self {
            Self::Money(money) => Some(Decimal::whole(money.fen())),
            Self::Number(quantity) if quantity.to.is_none() => Some(quantity.number),
            Self::Percent(share) => Some(*share),
            _ => None,
        }
    }
}
