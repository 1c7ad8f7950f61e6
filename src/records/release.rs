//! The door: the only place where confidential records become something that may be published.
//!
//! [`release`] gives two things. [`Release`] holds the values one audience may see on one day; it
//! is the only thing pages can be made of, and nothing else in the crate can make one. [`Withheld`]
//! holds everything that stayed behind, so that the gate can look for it in every byte.
//!
//! // Invariant: a value is in the release only if the policy of its kind says so for the class of
//! its field. A field without a class, a list whose kind keeps it off the web, and a list whose
//! notice period is not running are withheld as a whole.

pub(in crate::records) mod pages;
pub(in crate::records) mod publish;
mod read;
pub(in crate::records) mod row;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;

use crate::project::{Places, Site};
use crate::records::attach::{Attachments, Enclosure};
use crate::records::catalog::{Catalog, Cell, Record, Rows};
use crate::records::chain::flows;
use crate::records::disclosure::{Spot, Suppressed};
use crate::records::edition::Edition;
use crate::records::pages::Pages;
use crate::records::policy::{class_treatment, treatment};
use crate::records::release::pages::PublicPage;
use crate::records::release::row::{Subject, number};
use crate::records::schema::{
    Audience, Class, Equation, FieldDef, Kind, Part, Role, Schema, TableDef, Treatment,
};
use crate::records::sums::work_out;
use crate::records::value::Value;
use crate::records::withheld::{Gathering, Origin, Withheld};
use crate::text::normal::fold;
use crate::text::{Day, Decimal, Money, Period, Phrase};

/// The attachments that go along, by the path that records name them with.
type Enclosed = BTreeMap<String, Arc<Enclosure>>;

/// The public values of a register for one audience on one day.
#[derive(Debug, Serialize)]
pub struct Release {
    site: Site,
    places: Places,
    as_of: Day,
    records: Vec<PublicRecord>,
    flows: Vec<PublicFlow>,
    /// By their addresses.
    pages: Vec<PublicPage>,
    #[serde(skip)]
    attachments: Enclosed,
    #[serde(skip)]
    schema: Arc<Schema>,
    #[serde(skip)]
    by_key: BTreeMap<String, usize>,
}

/// A record as the audience may see it.
#[derive(Debug, Serialize)]
pub struct PublicRecord {
    #[serde(skip)]
    kind: usize,
    id: String,
    fields: Vec<PublicField>,
    tables: Vec<PublicTable>,
    body: Option<String>,
    accepted: Vec<PublicAccepted>,
    sums: Vec<PublicSum>,
    notice: Option<Period>,
    hangs: Option<Period>,
    hidden: Vec<Hidden>,
    files_kept_back: Option<KeptBack>,
    suppressed: bool,
    aliases: Vec<String>,
}

/// The values of one field.
#[derive(Debug, Serialize)]
pub struct PublicField {
    field: usize,
    values: Vec<PublicValue>,
}

/// One value.
#[derive(Debug, Serialize)]
pub struct PublicValue {
    datum: Datum,
    form: Form,
}

/// How much of a value is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Form {
    /// All of it.
    Whole,
    /// What its mask shows.
    Masked,
    /// Less than its mask shows.
    Brief,
    /// The ten years of age a day of birth falls into.
    Band,
    /// A mark made with the key.
    Token,
    /// That the person is not of age, and nothing else.
    Unnamed,
    /// Nothing.
    Withheld,
}

/// What a public value is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Datum {
    /// Words.
    Text(String),
    /// An amount.
    #[serde(serialize_with = "serialize_money")]
    Money(Money),
    /// A number, perhaps a range, with its unit.
    #[serde(serialize_with = "serialize_number")]
    Number(Decimal, Option<Decimal>, String),
    /// A share in percent.
    #[serde(serialize_with = "serialize_percent")]
    Percent(Decimal),
    /// A day.
    Day(Day),
    /// A day with a time.
    DateTime(Day, String),
    /// A stretch of time.
    Period(Period),
    /// The code of a place.
    Place(String),
    /// The index of another record.
    Record(usize),
    /// The index of a choice.
    Choice(usize),
    /// Yes or no.
    Flag(bool),
    /// A figure that is not listed since it is small or shields one that is; with the unit of a number.
    Small(String),
}

fn serialize_money<S: serde::Serializer>(money: &Money, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(money)
}

fn serialize_percent<S: serde::Serializer>(
    share: &Decimal,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_str(share)
}

fn serialize_number<S: serde::Serializer>(
    number: &Decimal,
    to: &Option<Decimal>,
    unit: &String,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let to = to.map_or_else(String::new, |to| format!("-{to}"));
    serializer.collect_str(&format_args!("{number}{to}{unit}"))
}

/// The rows of one table, or why they are not here.
#[derive(Debug, Serialize)]
pub struct PublicTable {
    table: usize,
    columns: Vec<usize>,
    rows: Vec<Vec<PublicField>>,
    count: Option<usize>,
    kept_back: Option<KeptBack>,
    /// The places whose people are on a list that is kept back, as far as places are public.
    places: BTreeSet<String>,
}

/// Why a list is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum KeptBack {
    /// The kind keeps its lists on the village board.
    BoardOnly,
    /// The kind keeps its lists off the village board.
    WebOnly,
    /// The notice about it ended on this day.
    Ended(Day),
    /// The notice about it begins on this day.
    NotYet(Day),
    /// No notice speaks of it, so nothing says for how long it may be shown.
    NoNotice,
}

/// A finding the record accepts.
#[derive(Debug, Serialize)]
pub(crate) struct PublicAccepted {
    code: String,
    reason: String,
}

/// A sum that must hold, with its parts.
#[derive(Debug, Serialize)]
pub struct PublicSum {
    label: Phrase,
    total: String,
    parts: Vec<(Phrase, String)>,
    computed: String,
    difference: Option<String>,
}

/// A field of which the audience is given less than there is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Hidden {
    label: Phrase,
    form: Form,
    #[serde(skip)]
    class: Option<Class>,
    listed: bool,
    until: Option<Day>,
}

/// Money that went from one record to another.
#[derive(Debug, Serialize)]
pub struct PublicFlow {
    sources: Vec<usize>,
    target: usize,
    #[serde(skip)]
    station: Role,
    #[serde(serialize_with = "serialize_money")]
    amount: Money,
}

/// An attachment that goes along.
#[derive(Clone, Copy, Debug)]
pub struct PublicFile<'a> {
    enclosure: &'a Enclosure,
}

/// What is released, and what may go along.
pub(in crate::records) struct Order<'a> {
    /// To whom, and for which day.
    pub(in crate::records) edition: &'a Edition<'a>,
    /// What became of the attachments.
    pub(in crate::records) attachments: &'a Attachments,
    /// Folded values that somebody looked at and that may be published.
    pub(in crate::records) excepted: &'a [String],
    /// The figures that the web does not show.
    pub(in crate::records) suppressed: &'a Suppressed,
    /// The pages of the register's own.
    pub(in crate::records) pages: &'a Pages,
}

/// Opens the door: parts a catalog into what the audience may see and what stays behind.
pub(in crate::records) fn release(
    catalog: &Catalog,
    schema: &Arc<Schema>,
    (site, places): (Site, Places),
    order: &Order<'_>,
) -> (Release, Withheld) {
    let published = publish::published(catalog, schema, order.edition.as_of);
    let windows = notice_windows((catalog, &published), schema, order.edition.audience);
    let lists = kept_back_lists(catalog, schema, &windows, order);
    let mut door = Door {
        catalog,
        schema,
        order,
        withheld: Gathering::written_in(order.edition.scripts),
        shown_names: Vec::new(),
        enclosed: Enclosed::new(),
    };
    let parted: Vec<Option<PublicRecord>> = catalog
        .records()
        .iter()
        .enumerate()
        .map(|(index, record)| {
            if !published[index] {
                door.keep_whole((index, record));
                return None;
            }
            let windows = windows.get(&index).map_or(&[][..], Vec::as_slice);
            Some(door.record((index, record), windows, lists.get(&index).copied()))
        })
        .collect();
    for stray in catalog.strays() {
        let origin = || Origin {
            record: "?".to_owned(),
            path: stray.path.to_string(),
            field: stray.label.clone(),
        };
        door.withheld.withhold(stray.class, &stray.text, origin);
    }
    for name in std::mem::take(&mut door.shown_names) {
        door.withheld.allow_name(&name);
    }
    order.excepted.iter().for_each(|value| door.withheld.except(value.as_bytes()));
    // The register's own facts are public by nature, the telephone of the office among them.
    let contact = [site.contact.email.as_str(), &site.contact.address];
    let hotlines = site.contact.hotlines.iter().map(String::as_str);
    let offices = places.iter().map(|place| place.phone.as_str());
    for value in hotlines.chain(offices).chain(contact).filter(|value| !value.is_empty()) {
        door.withheld.allow(value);
    }
    let (records, flows) = publish::renumber(parted, door.flows());
    let by_key: BTreeMap<String, usize> =
        records.iter().enumerate().map(|(index, record)| (record.key(schema), index)).collect();
    let pages = pages::pages(order, (catalog, schema), &by_key);
    let attachments = std::mem::take(&mut door.enclosed);
    door.withheld.allow_common(&fold(order.edition.own_words), &fold(&schema.words()));
    let withheld = door.withheld.seal();
    let release = Release {
        site,
        places,
        as_of: order.edition.as_of,
        records,
        flows,
        pages,
        attachments,
        schema: Arc::clone(schema),
        by_key,
    };
    (release, withheld)
}

/// Returns the period a record hangs as a notice, if the audience may know it.
fn notice_period(record: &Record, schema: &Schema, audience: Audience) -> Option<Period> {
    let kind = record.kind_of(schema);
    let (period, cell) = record.period(schema, Role::NoticePeriod)?;
    let shown = treatment(kind, audience, &kind.fields[cell.field]) == Treatment::Show;
    shown.then_some(period)
}

/// Returns the notice periods under which each record hangs: its own, and those of notices about it.
fn notice_windows(
    (catalog, published): (&Catalog, &[bool]),
    schema: &Schema,
    audience: Audience,
) -> BTreeMap<usize, Vec<Period>> {
    let mut windows: BTreeMap<usize, Vec<Period>> = BTreeMap::new();
    let records = catalog.records().iter().enumerate();
    // A notice that is not published opens nothing.
    for (index, record) in records.filter(|(index, _)| published[*index]) {
        let Some(period) = notice_period(record, schema, audience) else {
            continue;
        };
        let about = record.with_role(schema, Role::About);
        let subjects = about.into_iter().flat_map(Cell::references);
        for index in std::iter::once(index).chain(subjects.filter_map(|key| catalog.find(key))) {
            let kind = catalog.records()[index].kind_of(schema);
            // A forgotten end must not leave a list there for ever, nor a mere year for a year.
            if !kind.expires || period.names_its_days() {
                windows.entry(index).or_default().push(period);
            }
        }
    }
    windows
}

/// Returns the notice that is open on a day; of several, the one that hangs longest.
fn hanging(windows: &[Period], as_of: Day) -> Option<Period> {
    let open = windows.iter().copied().filter(|window| window.contains(as_of));
    open.max_by_key(|window| (window.last().is_none(), window.last()))
}

/// Returns why a list may not be shown on a day, if it may not.
fn kept_back(kind: &Kind, windows: &[Period], order: &Order<'_>) -> Option<KeptBack> {
    if order.edition.audience == Audience::Web && !kind.web {
        return Some(KeptBack::BoardOnly);
    }
    if order.edition.audience == Audience::Board && !kind.board {
        return Some(KeptBack::WebOnly);
    }
    if !kind.expires || windows.iter().any(|window| window.contains(order.edition.as_of)) {
        return None;
    }
    let next =
        windows.iter().map(|window| window.first()).filter(|day| *day > order.edition.as_of).min();
    let last = windows.iter().filter_map(|window| window.last()).max();
    Some(match (next, last) {
        (Some(day), _) => KeptBack::NotYet(day),
        (None, Some(day)) => KeptBack::Ended(day),
        (None, None) => KeptBack::NoNotice,
    })
}

/// Returns why lists are kept back, by the records that hold them or are notices about them.
fn kept_back_lists(
    catalog: &Catalog,
    schema: &Schema,
    windows: &BTreeMap<usize, Vec<Period>>,
    order: &Order<'_>,
) -> BTreeMap<usize, KeptBack> {
    let mut lists = BTreeMap::new();
    for (index, record) in catalog.records().iter().enumerate() {
        let kind = record.kind_of(schema);
        // Whether or not the rows were entered: an annex may hold them instead.
        if kind.tables.iter().any(TableDef::is_personal) {
            let windows = windows.get(&index).map_or(&[][..], Vec::as_slice);
            lists.extend(kept_back(kind, windows, order).map(|why| (index, why)));
        }
    }
    for (index, record) in catalog.records().iter().enumerate() {
        let about = record.with_role(schema, Role::About).into_iter().flat_map(Cell::references);
        let subjects = about.filter_map(|key| catalog.find(key));
        if let Some(why) = subjects.filter_map(|subject| lists.get(&subject).copied()).next() {
            lists.entry(index).or_insert(why);
        }
    }
    lists
}

/// A record on its way through the door.
struct Parting<'a> {
    index: usize,
    /// The table and the row that are being parted.
    row: Option<(usize, usize)>,
    record: &'a Record,
    kind: &'a Kind,
    hidden: Vec<Hidden>,
    /// Whose the fields at hand are.
    subject: Subject,
    /// How long what is said of persons will be there, in a list that will be withdrawn.
    until: Option<Day>,
    /// Whether the fields at hand are a row's.
    listed: bool,
    /// Why the lists of persons of the record are not shown.
    list_kept_back: Option<KeptBack>,
    /// Why files of the record are not shown, if any is not.
    files_kept_back: Option<KeptBack>,
}

impl Parting<'_> {
    /// Returns the record's key, which is also where its pages are.
    fn key(&self) -> String {
        format!("{}/{}", self.kind.name, self.record.id)
    }

    /// Returns where a value of the record comes from.
    fn origin(&self, field: &Phrase) -> Origin {
        Origin { record: self.key(), path: self.record.path.to_string(), field: field.clone() }
    }
}

/// Parts records one by one.
struct Door<'a> {
    catalog: &'a Catalog,
    schema: &'a Schema,
    order: &'a Order<'a>,
    withheld: Gathering,
    shown_names: Vec<String>,
    enclosed: Enclosed,
}

impl Door<'_> {
    /// Parts one record.
    fn record(
        &mut self,
        (index, record): (usize, &Record),
        windows: &[Period],
        list_kept_back: Option<KeptBack>,
    ) -> PublicRecord {
        let kind = record.kind_of(self.schema);
        let as_of = self.order.edition.as_of;
        let open = windows.iter().filter(|window| kind.expires && window.contains(as_of));
        let mut parting = Parting {
            until: open.filter_map(|window| window.last()).max(),
            list_kept_back,
            ..self.parting((index, record))
        };
        let fields = record
            .cells
            .iter()
            .filter_map(|cell| self.cell(&mut parting, &kind.fields[cell.field], cell))
            .collect();
        let tables = record
            .tables
            .iter()
            .map(|rows| {
                let personal = kind.tables[rows.table].is_personal();
                let kept = personal.then(|| kept_back(kind, windows, self.order)).flatten();
                self.table(&mut parting, rows, kept)
            })
            .collect();
        let body = self.body(&parting);
        let mut hidden = std::mem::take(&mut parting.hidden);
        hidden.sort();
        hidden.dedup();
        PublicRecord {
            kind: record.kind,
            id: record.id.to_string(),
            fields,
            tables,
            body,
            accepted: accepted(record),
            sums: self.sums(index, record),
            notice: notice_period(record, self.schema, self.order.edition.audience),
            hangs: hanging(windows, self.order.edition.as_of),
            hidden,
            files_kept_back: parting.files_kept_back,
            suppressed: self.is_web() && self.order.suppressed.is_touched(index),
            aliases: record
                .aliases
                .iter()
                .map(|alias| record.alias_key(alias, self.schema))
                .collect(),
        }
    }

    /// Begins to part a record.
    fn parting<'p>(&self, (index, record): (usize, &'p Record)) -> Parting<'p>
    where
        Self: 'p,
    {
        Parting {
            index,
            row: None,
            record,
            kind: record.kind_of(self.schema),
            hidden: Vec::new(),
            subject: Subject::of(self.age_of_record(record)),
            until: None,
            listed: false,
            list_kept_back: None,
            files_kept_back: None,
        }
    }

    /// Returns whether what is made is for the web, where small figures are not shown.
    fn is_web(&self) -> bool {
        self.order.edition.audience == Audience::Web
    }

    /// Returns whether a figure is not shown.
    fn is_suppressed(&self, record: usize, spot: Spot) -> bool {
        self.is_web() && self.order.suppressed.hides(record, spot)
    }

    /// Parts the prose of a record.
    fn body(&mut self, parting: &Parting<'_>) -> Option<String> {
        let body = parting.record.body.as_ref()?;
        let class = parting.kind.body.as_ref().and_then(|body| body.class);
        let said = class_treatment(parting.kind, self.order.edition.audience, class);
        if parting.subject.age().allows(class) && said == Treatment::Show {
            return Some(body.to_string());
        }
        let label = Phrase::new("正文", "text");
        self.withheld.withhold(class, body, || parting.origin(&label));
        None
    }

    /// Lets the attachment that a shown value names go along, if nothing is wrong with it.
    fn enclose(&mut self, path: Option<&str>) {
        if let Some((path, Ok(enclosure))) =
            path.and_then(|path| self.order.attachments.get_key_value(path))
        {
            self.enclosed.insert(path.clone(), Arc::clone(enclosure));
        }
    }

    /// Keeps a value behind.
    fn keep(&mut self, parting: &Parting<'_>, field: &FieldDef, value: &Value) {
        match value {
            Value::Text(words) => {
                self.withheld.withhold(field.class, words, || parting.origin(&field.label));
            }
            Value::Date(day) => {
                self.withheld.withhold_unsearchable();
                if field.class == Some(Class::BirthDate) {
                    self.withheld.withhold_birth(*day, &|| parting.origin(&field.label));
                }
            }
            Value::Place(_)
            | Value::Reference(_)
            | Value::Money(_)
            | Value::Number(_)
            | Value::Percent(_)
            | Value::DateTime(..)
            | Value::Period(_)
            | Value::Choice(_)
            | Value::Flag(_) => self.withheld.withhold_unsearchable(),
        }
    }

    /// Parts the rows of one table.
    fn table(
        &mut self,
        parting: &mut Parting<'_>,
        rows: &Rows,
        kept: Option<KeptBack>,
    ) -> PublicTable {
        let table = &parting.kind.tables[rows.table];
        let mut public = PublicTable {
            table: rows.table,
            columns: Vec::new(),
            rows: Vec::new(),
            count: self.length(parting.index, rows, kept),
            kept_back: kept,
            places: BTreeSet::new(),
        };
        let of_record = parting.subject.age();
        parting.listed = true;
        for (number, row) in rows.rows.iter().enumerate() {
            parting.row = Some((rows.table, number));
            if kept.is_some() {
                for cell in &row.cells {
                    let field = &table.fields[cell.field];
                    // What is public in itself, such as the village, is no secret of the list.
                    if field.class != Some(Class::Public) {
                        cell.values.iter().for_each(|value| self.keep(parting, field, value));
                    } else if treatment(parting.kind, self.order.edition.audience, field)
                        == Treatment::Show
                    {
                        let codes = cell.values.iter().filter_map(|value| match value {
                            Value::Place(code) => Some(code.to_string()),
                            _ => None,
                        });
                        public.places.extend(codes);
                    }
                }
                continue;
            }
            let age = self.age_of_row(parting.kind, table, row);
            parting.subject = Subject::of(age.max(of_record));
            let cells = row
                .cells
                .iter()
                .filter_map(|cell| self.cell(parting, &table.fields[cell.field], cell))
                .collect();
            public.rows.push(cells);
        }
        (parting.subject, parting.listed, parting.row) = (Subject::of(of_record), false, None);
        number(&mut public.rows, |column| table.fields[column].class);
        public.columns = (0..table.fields.len())
            .filter(|index| public.rows.iter().flatten().any(|cell| cell.field == *index))
            .collect();
        public
    }

    /// Returns how many rows a table has, if that may be said.
    fn length(&self, record: usize, rows: &Rows, kept: Option<KeptBack>) -> Option<usize> {
        let count = rows.rows.len();
        // A list that is shown counts itself. One that is not must not say how few it hides.
        let few = i64::try_from(count).is_ok_and(|count| count < self.schema.anonymity.few);
        let hidden = self.is_suppressed(record, Spot::Length(rows.table)) || self.is_web() && few;
        (kept.is_none() || count == 0 || !hidden).then_some(count)
    }

    /// Returns the public form of a value that may be shown.
    fn datum(&self, value: &Value) -> Option<Datum> {
        Some(match value {
            Value::Text(words) => Datum::Text(words.to_string()),
            Value::Money(money) => Datum::Money(*money),
            Value::Number(quantity) => {
                Datum::Number(quantity.number, quantity.to, quantity.unit.to_string())
            }
            Value::Percent(share) => Datum::Percent(*share),
            Value::Date(day) => Datum::Day(*day),
            Value::DateTime(day, text) => Datum::DateTime(*day, text.to_string()),
            Value::Period(period) => Datum::Period(*period),
            Value::Place(code) => Datum::Place(code.to_string()),
            Value::Reference(key) => Datum::Record(self.catalog.find(key)?),
            Value::Choice(index) => Datum::Choice(*index),
            Value::Flag(flag) => Datum::Flag(*flag),
        })
    }

    /// Returns the sums of a record whose total and parts are public.
    fn sums(&self, index: usize, record: &Record) -> Vec<PublicSum> {
        let kind = record.kind_of(self.schema);
        let public = |key: &str| {
            kind.field(key).is_some_and(|(_, field)| {
                treatment(kind, self.order.edition.audience, field) == Treatment::Show
            })
        };
        kind.equations
            .iter()
            .filter(|equation| public(&equation.total) && self.parts_are_public(kind, equation))
            .filter(|equation| !self.is_sum_suppressed(index, record, equation))
            .filter_map(|equation| work_out(equation, record, self.schema))
            .map(|sum| PublicSum {
                label: sum.equation.label.clone(),
                total: sum.words(sum.stated),
                parts: sum
                    .parts
                    .iter()
                    .map(|(label, number)| (label.clone(), sum.words(*number)))
                    .collect(),
                computed: sum.words(sum.computed),
                difference: (!sum.holds())
                    .then(|| {
                        sum.stated.checked_add(sum.computed.negated()).map(|gap| sum.words(gap))
                    })
                    .flatten(),
            })
            .collect()
    }

    /// Returns whether a figure of a sum is not shown.
    fn is_sum_suppressed(&self, index: usize, record: &Record, equation: &Equation) -> bool {
        let kind = record.kind_of(self.schema);
        let field = |name: &str| {
            let (field, _) = kind.field(name)?;
            Some(self.is_suppressed(index, Spot::Field(field)))
        };
        let part = |part: &Part| match part {
            Part::Field(name) => field(name),
            Part::Rows(name) => {
                let (table, _) = kind.table(name)?;
                Some(self.is_suppressed(index, Spot::Length(table)))
            }
            Part::Column(name, column) => {
                let (table, def) = kind.table(name)?;
                let (column, _) = def.field(column)?;
                let count = record.rows(table).map_or(0, |rows| rows.rows.len());
                let hidden = |row| self.is_suppressed(index, Spot::Cell(table, row, column));
                Some((0..count).any(hidden))
            }
        };
        field(&equation.total) == Some(true)
            || equation.plus.iter().chain(&equation.minus).any(|one| part(one) == Some(true))
    }

    /// Returns whether every part of a sum may be seen.
    fn parts_are_public(&self, kind: &Kind, equation: &Equation) -> bool {
        let shown = |field: Option<(usize, &FieldDef)>| {
            field.is_some_and(|(_, field)| {
                treatment(kind, self.order.edition.audience, field) == Treatment::Show
            })
        };
        equation.plus.iter().chain(&equation.minus).all(|part| match part {
            Part::Field(name) => shown(kind.field(name)),
            Part::Rows(_) => true,
            Part::Column(table, column) => {
                kind.table(table).is_some_and(|(_, table)| shown(table.field(column)))
            }
        })
    }

    /// Returns whether the audience sees a field as it is, or a column of a table that is no list of
    /// persons.
    fn is_shown(&self, kind: &Kind, table: Option<usize>, field: usize) -> bool {
        let def = match table {
            None => &kind.fields[field],
            Some(table) if kind.tables[table].is_personal() => return false,
            Some(table) => &kind.tables[table].fields[field],
        };
        treatment(kind, self.order.edition.audience, def) == Treatment::Show
    }

    /// Returns whether a flow's amount, or an amount of its column, is not shown.
    fn is_flow_suppressed(&self, target: usize, table: Option<usize>, field: usize) -> bool {
        let Some(table) = table else {
            return self.is_suppressed(target, Spot::Field(field));
        };
        let rows = self.catalog.records()[target].rows(table).map_or(0, |rows| rows.rows.len());
        (0..rows).any(|row| self.is_suppressed(target, Spot::Cell(table, row, field)))
    }

    /// Returns the money chain; only flows of which both amount and source are public.
    fn flows(&self) -> Vec<PublicFlow> {
        flows(self.catalog, self.schema)
            .into_iter()
            .filter(|flow| {
                let kind = self.catalog.records()[flow.target].kind_of(self.schema);
                let in_target = |(table, field): &(Option<usize>, usize)| {
                    self.is_shown(kind, *table, *field)
                        && !self.is_flow_suppressed(flow.target, *table, *field)
                };
                flow.said_by.iter().all(in_target)
            })
            .map(|flow| PublicFlow {
                sources: flow.sources,
                target: flow.target,
                station: flow.station,
                amount: flow.amount,
            })
            .collect()
    }
}

/// Returns the findings a record accepts.
fn accepted(record: &Record) -> Vec<PublicAccepted> {
    record
        .accepted
        .iter()
        .map(|accepted| PublicAccepted {
            code: accepted.code.to_string(),
            reason: accepted.reason.to_string(),
        })
        .collect()
}
