//! Rows of a list that stand alone on the web even without their names.
//!
//! Looked at is what the web would show: the columns with choices, words, days and places, without
//! the masked name, the serial number and the check code, which only tell rows apart. Rows that say
//! the same in all of them are a class; a class with too few rows points at a household, and so does
//! one in which all rows show the same sensitive thing.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::code::RE_IDENTIFIABLE;
use crate::diag::{Finding, Report};
use crate::project::Places;
use crate::records::catalog::{Cell, Row, Rows};
use crate::records::check::Book;
use crate::records::policy::treatment;
use crate::records::schema::{Audience, Class, FieldDef, Kind, TableDef, Treatment};
use crate::records::value::Value;
use crate::text::Phrase;

/// Checks every list that the web may show.
pub(super) fn check(book: &Book<'_>, report: &mut Report) {
    for record in book.catalog.records() {
        let kind = record.kind_of(book.schema);
        if !kind.web {
            continue;
        }
        for rows in &record.tables {
            let table = &kind.tables[rows.table];
            if !table.is_personal() {
                continue;
            }
            let list = List::of(book, kind, table, rows);
            let alone = list.alone(None);
            if alone > 0 {
                let finding = Finding::new(RE_IDENTIFIABLE, record.id_span(), list.message(alone));
                report.push(finding.help(list.help()));
            }
        }
    }
}

/// A list as the web would show it.
struct List<'a> {
    label: &'a Phrase,
    rows: &'a Rows,
    columns: Vec<(usize, &'a FieldDef)>,
    sensitive: Vec<usize>,
    places: &'a Places,
    k: usize,
    l: usize,
}

impl<'a> List<'a> {
    /// Finds the columns that can single a row out.
    fn of(book: &Book<'a>, kind: &'a Kind, table: &'a TableDef, rows: &'a Rows) -> Self {
        let policy = &book.schema.anonymity;
        let shown = |def: &FieldDef| treatment(kind, Audience::Web, def) == Treatment::Show;
        let among = |names: &[String], name: &str| names.iter().any(|known| known == name);
        let numbered = || table.fields.iter().enumerate().filter(|(_, def)| shown(def));
        let columns = numbered().filter(|(_, def)| {
            def.class == Some(Class::Public)
                && among(&policy.singling, def.type_name())
                && !among(&policy.apart, &def.key)
                && !among(&kind.lists.expected, &def.key)
        });
        let sensitive = numbered().filter(|(_, def)| def.class == Some(Class::Health));
        Self {
            label: &table.label,
            rows,
            columns: columns.collect(),
            sensitive: sensitive.map(|(at, _)| at).collect(),
            places: book.places,
            k: kind.lists.k.unwrap_or(policy.k),
            l: kind.lists.l.unwrap_or(policy.l),
        }
    }

    /// Returns how many rows stand alone when one column is made coarser; none in a list that is
    /// itself shorter than a class, where no column is to blame.
    fn alone(&self, coarser: Option<usize>) -> usize {
        if self.rows.rows.len() < self.k {
            return 0;
        }
        let mut classes: BTreeMap<Vec<String>, Vec<&Row>> = BTreeMap::new();
        for row in &self.rows.rows {
            let said = self.columns.iter().map(|(at, _)| {
                row.cell(*at).map_or_else(String::new, |cell| {
                    if coarser == Some(*at) { self.coarse(cell) } else { said(cell) }
                })
            });
            classes.entry(said.collect()).or_default().push(row);
        }
        let exposed = |class: &&Vec<&Row>| class.len() < self.k || self.is_uniform(class);
        classes.values().filter(exposed).map(Vec::len).sum()
    }

    /// Returns whether the rows of a class show too few different values of something sensitive.
    fn is_uniform(&self, class: &[&Row]) -> bool {
        self.sensitive.iter().any(|at| {
            let values: BTreeSet<String> =
                class.iter().filter_map(|row| row.cell(*at)).map(said).collect();
            !values.is_empty() && values.len() < self.l
        })
    }

    /// Returns a value in less detail: the place above, the year, or nothing.
    fn coarse(&self, cell: &Cell) -> String {
        match cell.values.first() {
            Some(Value::Place(code)) => {
                self.places.find(code).map_or_else(String::new, |place| place.parent.clone())
            }
            Some(value @ (Value::Date(_) | Value::Period(_))) => {
                value.day().map_or_else(String::new, |day| day.year().to_string())
            }
            _ => String::new(),
        }
    }

    /// Returns what is wrong.
    fn message(&self, alone: usize) -> Phrase {
        let (label, k) = (self.label, self.k);
        Phrase::new(
            format!(
                "“{}”里有{alone}行太特别:不看姓名,和它一样的不到{k}行,熟人一看就知道是谁",
                label.zh
            ),
            format!(
                "{}: {alone} rows stand out: without the name, fewer than {k} rows say the same",
                label.en
            ),
        )
    }

    /// Returns what to do: the one column that helps most when it is made coarser.
    fn help(&self) -> Phrase {
        let tried = self.columns.iter().map(|(at, def)| (self.alone(Some(*at)), *def));
        let Some((left, best)) = tried.min_by_key(|(left, _)| *left) else {
            return Phrase::new(
                "敏感的列不要公开;确实要公开的,在 accepted 里写明理由",
                "do not show what is sensitive; if it must be shown, say why in `accepted`",
            );
        };
        let (how_zh, how_en) = match best.type_name() {
            "place" => ("写到上一级地方", "name the place above"),
            "date" | "period" => ("只写到年", "write the year only"),
            _ => ("不写,或者把少见的并成一类", "leave it out, or merge what is rare"),
        };
        Phrase::new(
            format!(
                "最管用的是“{}”这一列{how_zh},这样还剩{left}行;确实要这样公开的,在 accepted 里写明理由",
                best.label.zh
            ),
            format!(
                "what helps most is the column {}: {how_en}, which leaves {left} such rows; if it must be shown, say why in `accepted`",
                best.label.en
            ),
        )
    }
}

/// Returns what a cell says.
fn said(cell: &Cell) -> String {
    let words = cell.values.iter().map(|value| match value {
        Value::Text(words) | Value::Place(words) | Value::Reference(words) => words.to_string(),
        Value::Choice(at) => at.to_string(),
        Value::Date(day) => day.to_string(),
        Value::DateTime(day, time) => format!("{day} {time}"),
        Value::Period(period) => period.to_string(),
        Value::Flag(flag) => flag.to_string(),
        Value::Money(_) | Value::Number(_) | Value::Percent(_) => {
            value.number().map_or_else(String::new, |number| number.to_string())
        }
    });
    words.collect::<Vec<_>>().join(";")
}
