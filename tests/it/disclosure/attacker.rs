//! An attacker who has only what is published: the data files of a site, the kinds' rules, the list
//! of places and common sense. Shares no line with the program's own search.

use std::collections::{BTreeMap, BTreeSet};

use mingbai::files::Files;
use mingbai::pipeline::Outcome;
use mingbai::records::schema::Part;
use mingbai::records::{Kind, schema_of};
use mingbai::text::{Day, Period};
use serde_json::Value as Json;

use super::system::System;

/// Where a figure stands: record, table and row if it is in one, key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct At {
    /// `kind/id`.
    pub(super) record: String,
    /// The table and the row.
    pub(super) row: Option<(String, usize)>,
    /// The key of the field or column.
    pub(super) key: String,
}

/// A figure as published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Figure {
    /// Shown, with its unit.
    Shown(i64, String),
    /// Not listed.
    Hidden,
}

/// A published record.
struct Published {
    key: String,
    kind: usize,
    place: String,
    matter: String,
    period: Option<(Day, Day)>,
    accepts: bool,
}

/// What is published of a register.
pub(super) struct Attacker {
    /// Every figure.
    pub(super) figures: BTreeMap<At, Figure>,
    labels: BTreeMap<(String, String, usize), String>,
    places_of_rows: BTreeMap<(String, String, usize), String>,
    records: Vec<Published>,
    parents: BTreeMap<String, String>,
    guesses: Vec<(At, At)>,
    kinds: Vec<(String, Vec<Rule>)>,
}

/// A sum of a kind.
struct Rule {
    total: String,
    parts: Vec<(Part, i64)>,
}

impl Attacker {
    /// Reads what a build has published.
    pub(super) fn of(content: &Files, outcome: &Outcome) -> Self {
        let schema = schema_of(content);
        let mut attacker = Self {
            figures: BTreeMap::new(),
            labels: BTreeMap::new(),
            places_of_rows: BTreeMap::new(),
            records: Vec::new(),
            parents: parents(content),
            guesses: Vec::new(),
            kinds: schema.kinds().iter().map(|kind| (kind.name.clone(), rules(kind))).collect(),
        };
        for artifact in &outcome.artifacts {
            let path = artifact.route().as_str();
            let name = path.strip_prefix("data/").and_then(|name| name.strip_suffix(".json"));
            let Some(kind) =
                name.and_then(|name| schema.kinds().iter().position(|kind| kind.name == name))
            else {
                continue;
            };
            let json: Json = serde_json::from_slice(artifact.bytes()).expect("the data is JSON");
            for record in json["records"].as_array().expect("records are a list") {
                attacker.read(kind, &schema.kinds()[kind], record, outcome);
            }
        }
        attacker
    }

    /// Reads one record.
    fn read(&mut self, number: usize, kind: &Kind, record: &Json, outcome: &Outcome) {
        let key = format!("{}/{}", kind.name, record["id"].as_str().expect("an id"));
        let text = |name: &str| record["fields"][name].as_str().unwrap_or("").to_owned();
        let period = [text("period"), text("year")].iter().find_map(|text| {
            let period = Period::parse(text)?;
            Some((period.first(), period.last()?))
        });
        let page = outcome
            .artifacts
            .iter()
            .find(|artifact| artifact.route().as_str() == format!("{key}.html"))
            .map_or("", |artifact| std::str::from_utf8(artifact.bytes()).expect("a page is text"));
        self.records.push(Published {
            kind: number,
            place: text("place"),
            matter: format!("{}|{}|{}", text("scheme"), text("category"), text("type")),
            period,
            accepts: page.contains("原公示如此") || page.contains("原文如此"),
            key: key.clone(),
        });
        for (name, value) in record["fields"].as_object().expect("fields are a map") {
            if let Some(figure) = figure(value) {
                self.figures
                    .insert(At { record: key.clone(), row: None, key: name.clone() }, figure);
            }
        }
        for (table, content) in record["tables"].as_object().expect("tables are a map") {
            let rows = content["rows"].as_array().expect("rows are a list");
            for (at, row) in rows.iter().enumerate() {
                let mut label = String::new();
                for (name, value) in row.as_object().expect("a row is a map") {
                    let row = Some((table.clone(), at));
                    let def = kind.table(table).and_then(|(_, table)| table.field(name));
                    let (_, def) = def.expect("a column of the kind");
                    if def.is_numeric() {
                        if let Some(figure) = figure(value) {
                            let key = At { record: key.clone(), row, key: name.clone() };
                            self.figures.insert(key, figure);
                        }
                    } else if def.required {
                        label.push_str(value.as_str().unwrap_or(""));
                        label.push(';');
                        if def.type_name() == "place" {
                            let place = value.as_str().unwrap_or("").to_owned();
                            self.places_of_rows.insert((key.clone(), table.clone(), at), place);
                        }
                    }
                }
                self.labels.insert((key.clone(), table.clone(), at), label);
            }
        }
        // A list that is kept back may still say how long it is.
        if let Some(count) = page.split("名单共").nth(1).and_then(|rest| rest.split('条').next())
            && let Ok(count) = count.parse()
        {
            let at = At { record: key, row: None, key: "#".to_owned() };
            self.figures.insert(at, Figure::Shown(count, "户".to_owned()));
        }
    }

    /// Returns what the row of a figure is called.
    pub(super) fn label(&self, at: &At) -> String {
        let row = at.row.as_ref().map(|(table, row)| (at.record.clone(), table.clone(), *row));
        row.and_then(|row| self.labels.get(&row)).cloned().unwrap_or_default()
    }

    /// Returns the figures that are not listed.
    pub(super) fn hidden(&self) -> Vec<At> {
        let hidden = self.figures.iter().filter(|(_, figure)| **figure == Figure::Hidden);
        hidden.map(|(at, _)| at.clone()).collect()
    }

    /// Returns what is known of the hidden figures, in their order; with the differences of
    /// inequalities behind them.
    pub(super) fn system(&self) -> System {
        let hidden = self.hidden();
        let numbers: BTreeMap<&At, usize> =
            hidden.iter().enumerate().map(|(number, at)| (at, number)).collect();
        // Zero is always shown: whatever is hidden is at least one.
        let mut system = System { floors: vec![1; hidden.len()], sums: Vec::new() };
        let mut add = |parts: Vec<(At, i64)>, rest: bool| {
            let mut unknown: BTreeMap<usize, i64> = BTreeMap::new();
            let mut right = 0;
            for (at, factor) in parts {
                match self.figures.get(&at) {
                    Some(Figure::Shown(value, _)) => right -= value * factor,
                    Some(Figure::Hidden) => *unknown.entry(numbers[&at]).or_default() += factor,
                    None => {}
                }
            }
            unknown.retain(|_, factor| *factor != 0);
            if unknown.is_empty() {
                return;
            }
            let mut parts: Vec<(usize, i64)> = unknown.into_iter().collect();
            if rest {
                parts.push((system.floors.len(), -1));
                system.floors.push(0);
            }
            system.sums.push((parts, right));
        };
        for record in self.records.iter().filter(|record| !record.accepts) {
            self.sums_of(record, &mut add);
        }
        self.common_sense(&mut add);
        self.months(&mut add);
        self.levels(&mut add);
        for (one, other) in &self.guesses {
            add(vec![(one.clone(), 1), (other.clone(), -1)], false);
        }
        system
    }

    /// Guesses that figures of one row and unit are the same, such as planned and finished, and always
    /// guesses right.
    pub(super) fn guess(&mut self, content: &Files, truth: &BTreeMap<At, i64>) {
        let schema = schema_of(content);
        let unit = |at: &At| {
            let (kind, _) = at.record.split_once('/')?;
            let kind = schema.kinds().iter().find(|one| one.name == kind)?;
            let (table, _) = at.row.as_ref()?;
            kind.table(table)?.1.field(&at.key)?.1.unit.as_deref()
        };
        let figures: Vec<&At> = self.figures.keys().collect();
        for (number, one) in figures.iter().enumerate() {
            let Some(unit_of_one) = unit(one) else {
                continue;
            };
            let beside = figures[number + 1..]
                .iter()
                .take_while(|other| other.record == one.record && other.row == one.row);
            for other in beside.filter(|other| unit(other) == Some(unit_of_one)) {
                if truth.contains_key(*one) && truth.get(*one) == truth.get(*other) {
                    self.guesses.push(((*one).clone(), (*other).clone()));
                }
            }
        }
    }

    /// Adds the sums of a record's kind.
    fn sums_of(&self, record: &Published, add: &mut dyn FnMut(Vec<(At, i64)>, bool)) {
        let field = |key: &str| At { record: record.key.clone(), row: None, key: key.to_owned() };
        for rule in &self.kinds[record.kind].1 {
            if !self.figures.contains_key(&field(&rule.total)) {
                continue;
            }
            let mut parts = vec![(field(&rule.total), -1)];
            let mut any = false;
            for (part, sign) in &rule.parts {
                let found: Vec<At> = match part {
                    Part::Field(key) => vec![field(key)],
                    Part::Rows(_) => vec![field("#")],
                    Part::Column(table, key) => self
                        .figures
                        .keys()
                        .filter(|at| {
                            at.record == record.key
                                && at.key == *key
                                && at.row.as_ref().is_some_and(|(name, _)| name == table)
                        })
                        .cloned()
                        .collect(),
                };
                let found: Vec<At> =
                    found.into_iter().filter(|at| self.figures.contains_key(at)).collect();
                any |= !found.is_empty();
                parts.extend(found.into_iter().map(|at| (at, *sign)));
            }
            if any {
                add(parts, false);
            }
        }
    }

    /// Adds that a household has a person.
    fn common_sense(&self, add: &mut dyn FnMut(Vec<(At, i64)>, bool)) {
        for at in self.figures.keys().filter(|at| at.key.ends_with("households")) {
            let key = at.key.replace("households", "persons");
            let persons = At { key, ..at.clone() };
            if self.figures.contains_key(&persons) {
                add(vec![(persons, 1), (at.clone(), -1)], true);
            }
        }
    }

    /// Adds that a period opens with what the one before closed with.
    fn months(&self, add: &mut dyn FnMut(Vec<(At, i64)>, bool)) {
        for (before, after) in self.pairs(|before, after| {
            before.place == after.place
                && before
                    .period
                    .zip(after.period)
                    .is_some_and(|(before, after)| before.1.plus_days(1) == after.0)
        }) {
            for at in self.figures.keys().filter(|at| at.record == before.key) {
                let Some(rest) = at.key.strip_prefix("closing") else {
                    continue;
                };
                for to in self.figures.keys().filter(|to| to.record == after.key) {
                    let same = to.key == format!("opening{rest}") && self.alike(at, to);
                    if same {
                        add(vec![(at.clone(), 1), (to.clone(), -1)], false);
                    }
                }
            }
        }
    }

    /// Adds that a place has what the places below it have, and that a row about a place says what its
    /// own record says.
    fn levels(&self, add: &mut dyn FnMut(Vec<(At, i64)>, bool)) {
        for above in &self.records {
            let children: BTreeSet<&str> = self
                .parents
                .iter()
                .filter(|(_, parent)| **parent == above.place)
                .map(|(code, _)| code.as_str())
                .collect();
            let below: Vec<&Published> = self
                .pairs(|one, other| one.period == other.period && one.period.is_some())
                .filter(|(one, _)| one.key == above.key)
                .map(|(_, other)| other)
                .collect();
            let of_children: Vec<&&Published> =
                below.iter().filter(|one| children.contains(one.place.as_str())).collect();
            let there: BTreeSet<&str> = of_children.iter().map(|one| one.place.as_str()).collect();
            let complete = !there.is_empty() && there.len() == of_children.len();
            for at in self.figures.keys().filter(|at| at.record == above.key && at.key != "#") {
                if complete {
                    let mut parts = vec![(at.clone(), 1)];
                    for child in &of_children {
                        let same = |to: &&At| {
                            to.record == child.key && to.key == at.key && self.alike(at, to)
                        };
                        parts.extend(self.figures.keys().filter(same).map(|to| (to.clone(), -1)));
                    }
                    if parts.len() == of_children.len() + 1 {
                        add(parts, there != children);
                    }
                }
                let Some((table, row)) = &at.row else {
                    continue;
                };
                let Some(place) =
                    self.places_of_rows.get(&(at.record.clone(), table.clone(), *row))
                else {
                    continue;
                };
                for child in below.iter().filter(|child| child.place == *place) {
                    let to = At { record: child.key.clone(), row: None, key: at.key.clone() };
                    if self.figures.contains_key(&to) {
                        add(vec![(at.clone(), 1), (to, -1)], false);
                    }
                }
            }
        }
    }

    /// Returns pairs of records of one kind and matter.
    fn pairs(
        &self,
        fits: impl Fn(&Published, &Published) -> bool,
    ) -> impl Iterator<Item = (&Published, &Published)> {
        let all =
            self.records.iter().flat_map(|one| self.records.iter().map(move |two| (one, two)));
        all.filter(move |(one, two)| {
            one.key != two.key && one.kind == two.kind && one.matter == two.matter && fits(one, two)
        })
    }

    /// Returns whether two figures stand in rows that are called the same.
    fn alike(&self, one: &At, other: &At) -> bool {
        let label = |at: &At| {
            at.row.as_ref().map(|(table, row)| {
                (table.clone(), self.labels.get(&(at.record.clone(), table.clone(), *row)))
            })
        };
        label(one) == label(other)
    }
}

/// Returns a published value as a figure, if it is one that can be added up.
fn figure(value: &Json) -> Option<Figure> {
    if value["suppressed"] == Json::Bool(true) {
        assert!(value["text"].is_null() && value.as_object().is_some_and(|it| it.len() == 2));
        return Some(Figure::Hidden);
    }
    if let Some(fen) = value["fen"].as_i64() {
        return Some(Figure::Shown(fen, "分".to_owned()));
    }
    let text = value.as_str()?;
    let unit = text.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let number = text.strip_suffix(unit)?.parse().ok()?;
    Some(Figure::Shown(number, unit.to_owned()))
}

/// Returns the sums of a kind.
fn rules(kind: &Kind) -> Vec<Rule> {
    let rule = |equation: &mingbai::records::schema::Equation| Rule {
        total: equation.total.clone(),
        parts: equation
            .plus
            .iter()
            .map(|part| (part.clone(), 1))
            .chain(equation.minus.iter().map(|part| (part.clone(), -1)))
            .collect(),
    };
    kind.equations.iter().map(rule).collect()
}

/// Returns the place above each place.
fn parents(content: &Files) -> BTreeMap<String, String> {
    let text = content.text("places.toml").expect("the register has places");
    let table: toml::Table = text.parse().expect("the places can be read");
    let places = table["place"].as_array().expect("places are a list");
    let code = |place: &toml::Value, key: &str| {
        place.get(key).and_then(toml::Value::as_str).unwrap_or("").to_owned()
    };
    places.iter().map(|place| (code(place, "code"), code(place, "parent"))).collect()
}
