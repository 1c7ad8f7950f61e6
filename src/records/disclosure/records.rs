//! Records that speak of the same: other months, other places, the same figure said again.

use std::collections::BTreeMap;

use crate::project::Places;
use crate::records::catalog::{Catalog, Record};
use crate::records::disclosure::Spot;
use crate::records::disclosure::figures::{Entry, Sheet, Unit};
use crate::records::disclosure::relations::Gathered;
use crate::records::schema::{Role, Schema};
use crate::records::value::Value;
use crate::text::{Day, Period};

/// What a record speaks of.
struct Speaker<'a> {
    kind: usize,
    place: &'a str,
    matter: Vec<String>,
    choices: Vec<(usize, usize)>,
    period: Period,
    first: Day,
    last: Option<Day>,
    entries: Vec<usize>,
}

/// Adds the relations between records.
pub(super) fn tie(
    sheet: &Sheet<'_>,
    catalog: &Catalog,
    schema: &Schema,
    places: &Places,
    gathered: &mut Gathered,
) {
    let mut entries: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, entry) in sheet.entries.iter().enumerate() {
        entries.entry(entry.record).or_default().push(at);
    }
    let records = catalog.records();
    let speakers: Vec<Speaker<'_>> = entries
        .into_iter()
        .filter_map(|(index, entries)| speaker(&records[index], schema, entries))
        .collect();
    let mut subjects: BTreeMap<(usize, &[String]), Vec<&Speaker<'_>>> = BTreeMap::new();
    for one in &speakers {
        subjects.entry((one.kind, &one.matter)).or_default().push(one);
    }
    let ties = Ties { sheet, schema, places };
    for same in subjects.values() {
        ties.months(same, gathered);
        ties.levels(same, gathered);
    }
}

/// Returns what a record speaks of, if it says where and when.
fn speaker<'a>(record: &'a Record, schema: &Schema, entries: Vec<usize>) -> Option<Speaker<'a>> {
    let place = record.with_role(schema, Role::Place)?.values.first()?.words()?;
    let (period, _) = record.period(schema, Role::Year)?;
    let words = |key: &String| {
        let value = record.named(schema, key).and_then(|cell| cell.values.first());
        value.map_or_else(String::new, |value| match value {
            Value::Choice(at) => at.to_string(),
            _ => value.words().unwrap_or("").to_owned(),
        })
    };
    let choices = record.cells.iter().filter_map(|cell| match cell.values.first() {
        Some(Value::Choice(at)) => Some((cell.field, *at)),
        _ => None,
    });
    Some(Speaker {
        kind: record.kind,
        place,
        matter: schema.anonymity.same.iter().map(words).collect(),
        choices: choices.collect(),
        period,
        first: period.first(),
        last: period.last(),
        entries,
    })
}

/// Ties records of one matter.
struct Ties<'a> {
    sheet: &'a Sheet<'a>,
    schema: &'a Schema,
    places: &'a Places,
}

impl Ties<'_> {
    /// Ties what one period closes with to what the next opens with, and figures of one day.
    fn months(&self, same: &[&Speaker<'_>], gathered: &mut Gathered) {
        let policy = &self.schema.anonymity;
        let (opening, closing) = (policy.opening.as_str(), policy.closing.as_str());
        for before in same {
            for after in same.iter().filter(|after| after.place == before.place) {
                let Some(last) = before.last else {
                    continue;
                };
                let follows = last.plus_days(1) == after.first;
                let together = before.last == after.last;
                if !follows && !together {
                    continue;
                }
                for left in &before.entries {
                    for right in &after.entries {
                        let (one, other) =
                            (&self.sheet.entries[*left], &self.sheet.entries[*right]);
                        if one.unit != other.unit || one.label != other.label {
                            continue;
                        }
                        let closes = key_of(one, closing, "");
                        let carried = follows && key_of(other, opening, "?") == closes;
                        let repeated = together && key_of(other, closing, "") == closes;
                        if carried || repeated {
                            gathered.same(*left, *right);
                        }
                    }
                }
            }
        }
    }

    /// Ties the figures of a place to those of the places below it.
    fn levels(&self, same: &[&Speaker<'_>], gathered: &mut Gathered) {
        for above in same {
            let alike = |below: &&&Speaker<'_>| {
                below.period.to_string() == above.period.to_string()
                    && below.choices == above.choices
            };
            let alike: Vec<&&Speaker<'_>> = same.iter().filter(alike).collect();
            for whole in &above.entries {
                self.row_of_a_place(*whole, &alike, gathered);
                self.sum_of_places(above.place, *whole, &alike, gathered);
            }
        }
    }

    /// Ties the row that speaks of a place to the record of that place.
    fn row_of_a_place(&self, row: usize, alike: &[&&Speaker<'_>], gathered: &mut Gathered) {
        let entry = &self.sheet.entries[row];
        let Some(place) = entry.place else {
            return;
        };
        for below in alike.iter().filter(|below| below.place == place) {
            for part in &below.entries {
                let other = &self.sheet.entries[*part];
                let head = matches!(other.spot, Spot::Field(_));
                let named = other.key == entry.key || self.sheet.stem(other) == entry.key;
                if head && named && other.unit == entry.unit && other.record != entry.record {
                    gathered.same(row, *part);
                }
            }
        }
    }

    /// Ties a figure of a place to the same figures of all places directly below it.
    fn sum_of_places(
        &self,
        place: &str,
        whole: usize,
        alike: &[&&Speaker<'_>],
        gathered: &mut Gathered,
    ) {
        let entry = &self.sheet.entries[whole];
        let mut parts = Vec::new();
        let (mut places, mut found) = (0, 0);
        for below in self.places.below(place) {
            places += 1;
            let of_place = alike.iter().filter(|speaker| speaker.place == below.code);
            let matching: Vec<usize> = of_place
                .flat_map(|speaker| &speaker.entries)
                .copied()
                .filter(|part| is_same_figure(entry, &self.sheet.entries[*part]))
                .collect();
            // Two records of one place may speak of different people.
            if let [part] = matching[..] {
                parts.push(part);
                found += 1;
            }
        }
        if found > 0 {
            gathered.covers(whole, &parts, found == places);
        }
    }
}

/// Returns whether two records say the same figure, each for its place.
fn is_same_figure(one: &Entry<'_>, other: &Entry<'_>) -> bool {
    one.key == other.key
        && one.label == other.label
        && one.unit == other.unit
        && std::mem::discriminant(&one.spot) == std::mem::discriminant(&other.spot)
}

/// Returns a figure's key with the word for the moment taken off; `otherwise` before it where the key
/// does not have the word.
fn key_of(entry: &Entry<'_>, moment: &str, otherwise: &str) -> String {
    // The plain figure is the closing one; a sum of money is no stock.
    let plain = entry.unit != Unit::Fen;
    match entry.key.strip_prefix(moment) {
        Some(rest) => rest.trim_start_matches('_').to_owned(),
        None if plain => format!("{otherwise}{}", entry.key),
        None => format!("?{}{}", otherwise, entry.key),
    }
}
