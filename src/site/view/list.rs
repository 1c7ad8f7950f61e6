//! The list of a kind, whole or by one value of a field, a hundred records a page.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::Value;

use crate::records::{Class, Datum, FieldDef, Kind, PublicValue, TableDef};
use crate::site::index::{Index, is_own};
use crate::site::{url, words};
use crate::text::{Lang, Money, Phrase};

/// How many choices of a field stand on every page of a list.
const FEW_VALUES: usize = 30;

/// How many records stand on one page.
pub(crate) const PER_PAGE: usize = 100;

/// A value of a field by which a kind's records are listed.
#[derive(Clone, Debug)]
pub(crate) struct FacetValue {
    /// What it is called.
    pub(crate) label: String,
    /// The path of its list.
    pub(crate) href: String,
    /// The records, newest first.
    pub(crate) records: Vec<usize>,
    /// What the records come to.
    pub(crate) total: String,
    /// What the field is called.
    pub(crate) field: String,
}

impl FacetValue {
    /// Returns the heading of the list: the kind, the value, and what the value is of.
    pub(crate) fn heading(&self, kind: &str) -> String {
        format!("{kind}:{}({})", self.label, self.field)
    }
}

/// A field by which a kind's records are listed.
#[derive(Clone, Debug)]
pub(crate) struct Facet {
    /// What the field is called.
    pub(crate) label: String,
    /// Its values, in order.
    pub(crate) values: Vec<FacetValue>,
}

/// Returns the facets of a kind; fields with fewer than two values make none.
pub(crate) fn facets(index: &Index<'_>, kind_index: usize) -> Vec<Facet> {
    let kind = &index.release.schema().kinds()[kind_index];
    let mut facets = Vec::new();
    for key in &kind.facets {
        let Some((field_index, def)) = kind.field(key) else {
            continue;
        };
        let mut values: BTreeMap<String, FacetValue> = BTreeMap::new();
        for at in &index.by_kind[kind_index] {
            let fields = index.record(*at).fields().iter();
            for value in
                fields.filter(|field| field.field() == field_index).flat_map(|field| field.values())
            {
                let Some((order, slug, label)) = facet_value(index, def, value) else {
                    continue;
                };
                let entry = values.entry(order).or_insert_with(|| FacetValue {
                    label,
                    href: url::facet(&kind.name, key, &slug),
                    records: Vec::new(),
                    total: String::new(),
                    field: def.label.text(index.lang).to_owned(),
                });
                if entry.records.last() != Some(at) {
                    entry.records.push(*at);
                }
            }
        }
        if values.len() > 1 {
            facets.push(Facet {
                label: def.label.text(index.lang).to_owned(),
                values: values
                    .into_values()
                    .map(|value| FacetValue { total: total(index, &value.records), ..value })
                    .collect(),
            });
        }
    }
    facets
}

/// Returns whether a kind has lists by a field: its records show at least two values of it.
pub(crate) fn is_listed_by(index: &Index<'_>, kind_index: usize, key: &str) -> bool {
    let kind = &index.release.schema().kinds()[kind_index];
    let Some((field_index, def)) = kind.field(key) else {
        return false;
    };
    let values = index.by_kind[kind_index].iter().flat_map(|at| {
        let fields = index.record(*at).fields().iter();
        fields.filter(|field| field.field() == field_index).flat_map(|field| field.values())
    });
    let mut orders =
        values.filter_map(|value| facet_value(index, def, value).map(|(order, ..)| order));
    orders.next().is_some_and(|first| orders.any(|order| order != first))
}

/// Returns the sort key, the path's part and the words of a value that lists are made by.
fn facet_value(
    index: &Index<'_>,
    def: &FieldDef,
    value: &PublicValue,
) -> Option<(String, String, String)> {
    let label = || words::value(index.release, def, value, index.lang);
    match value.datum() {
        Datum::Choice(at) => {
            Some((format!("{at:04}"), url::slug(&def.choices.get(*at)?.value), label()))
        }
        Datum::Place(code) => {
            // The register's own places stand first.
            let elsewhere = u8::from(!is_own(index.release, code));
            Some((format!("{elsewhere}{code}"), code.clone(), label()))
        }
        Datum::Record(to) => {
            let record = index.record(*to);
            let slug = format!("{}-{}", words::kind_name(index.release, record), record.id());
            Some((slug.clone(), slug, label()))
        }
        Datum::Period(period) => {
            let year = period.first().year();
            let words = match index.lang {
                Lang::Zh => format!("{year}年"),
                Lang::En => year.to_string(),
            };
            Some((year.to_string(), year.to_string(), words))
        }
        Datum::Day(day) => {
            let year = day.year();
            Some((year.to_string(), year.to_string(), year.to_string()))
        }
        Datum::Text(_)
        | Datum::Money(_)
        | Datum::Number(..)
        | Datum::Percent(_)
        | Datum::DateTime(..)
        | Datum::Flag(_)
        | Datum::Small(_) => None,
    }
}

/// What a kind says of itself on its lists.
#[derive(Serialize)]
pub(crate) struct KindView {
    name: String,
    label: String,
    purpose: String,
    section_label: String,
    basis: Vec<String>,
    pub(crate) deadline_text: String,
    pub(crate) channels_text: String,
    retention_text: String,
}

/// Makes what a kind says of itself.
pub(crate) fn kind_view(index: &Index<'_>, kind: &Kind) -> KindView {
    let lang = index.lang;
    let say = |zh: String, en: &str| Phrase::new(zh, en).text(lang).to_owned();
    let sections = index.release.schema().sections();
    let section = sections.iter().find(|section| section.key == kind.section);
    let listed = kind.tables.iter().any(TableDef::is_personal);
    let channels = match (listed, kind.web, kind.board) {
        (true, false, true) => say(
            "名单只在村公示栏,网上公开总数".to_owned(),
            "lists on the village board only, totals online",
        ),
        (_, _, true) => say("网站、村公示栏".to_owned(), "website and village board"),
        (_, _, false) => say("网站".to_owned(), "website"),
    };
    let retention = if kind.expires && listed {
        say(
            "名单在公示期满后撤下,总数长期公开".to_owned(),
            "lists are withdrawn when their notice ends, totals stay",
        )
    } else {
        say("长期公开".to_owned(), "kept for good")
    };
    KindView {
        name: kind.name.clone(),
        label: kind.label.text(lang).to_owned(),
        purpose: kind.purpose.text(lang).to_owned(),
        section_label: section
            .map_or_else(String::new, |section| section.label.text(lang).to_owned()),
        basis: kind.basis.iter().map(|basis| basis.text(lang).to_owned()).collect(),
        deadline_text: kind.deadline.map_or_else(String::new, |term| {
            let words = term.words();
            say(format!("形成后{}内", words.zh), &format!("within {}", words.en))
        }),
        channels_text: channels,
        retention_text: retention,
    }
}

/// The view of a list.
#[derive(Serialize)]
pub(crate) struct ListView {
    heading: String,
    columns: Vec<Column>,
    total: Total,
    facets: Vec<FacetView>,
    pager: Option<Pager>,
    empty: bool,
}

/// A column of a list.
#[derive(Serialize)]
pub(crate) struct Column {
    label: String,
    numeric: bool,
    masked: bool,
}

#[derive(Serialize)]
struct Total {
    count: usize,
    amount_text: String,
}

#[derive(Serialize)]
struct FacetView {
    label: String,
    values: Vec<FacetLink>,
}

#[derive(Serialize)]
struct FacetLink {
    label: String,
    href: String,
    count: usize,
    current: bool,
}

/// The links between the pages of a list.
#[derive(Serialize)]
pub(crate) struct Pager {
    number: usize,
    of: usize,
    prev: String,
    next: String,
    pages: Vec<PagerLink>,
}

#[derive(Serialize)]
struct PagerLink {
    number: usize,
    href: String,
    current: bool,
}

/// One page of a list.
pub(crate) struct ListPage<'p> {
    /// The index of the kind.
    pub(crate) kind: usize,
    /// The facets of the kind.
    pub(crate) facets: &'p [Facet],
    /// The heading, for a list by a value.
    pub(crate) by: Option<&'p FacetValue>,
    /// The page's number, from 1.
    pub(crate) number: usize,
    /// What all records of the kind come to.
    pub(crate) total: &'p str,
}

impl ListPage<'_> {
    /// Returns all records of the list.
    fn records<'i>(&'i self, index: &'i Index<'_>) -> &'i [usize] {
        self.by.map_or(&index.by_kind[self.kind], |value| &value.records)
    }

    /// Returns the cards of this page.
    pub(crate) fn cards(&self, index: &Index<'_>) -> Value {
        let records = self.records(index);
        let page = records.chunks(PER_PAGE).nth(self.number - 1).unwrap_or(&[]);
        index.cards_of(page)
    }

    /// Makes the view.
    pub(crate) fn view(&self, index: &Index<'_>) -> ListView {
        let kind = &index.release.schema().kinds()[self.kind];
        let lang = index.lang;
        let records = self.records(index);
        let path = self.by.map_or_else(|| url::kind(&kind.name), |value| value.href.clone());
        let label = kind.label.text(lang);
        // A long row of choices stands where the list begins, and not on each of its pages: a county
        // has a thousand villages, and a thousand pages of notices.
        let begins = self.by.is_none() && self.number == 1;
        let short = |facet: &&Facet| begins || facet.values.len() <= FEW_VALUES;
        let facets = self.facets.iter().filter(short).map(|facet| FacetView {
            label: facet.label.clone(),
            values: facet
                .values
                .iter()
                .map(|value| FacetLink {
                    label: value.label.clone(),
                    href: value.href.clone(),
                    count: value.records.len(),
                    current: value.href == path,
                })
                .collect(),
        });
        ListView {
            heading: self.by.map_or_else(|| label.to_owned(), |value| value.heading(label)),
            columns: columns(index, kind, records),
            total: Total {
                count: records.len(),
                amount_text: self.by.map_or(self.total, |value| &value.total).to_owned(),
            },
            facets: facets.collect(),
            pager: pager(&path, self.number, records.len()),
            empty: records.is_empty(),
        }
    }
}

/// Returns the columns that some records of a kind are listed with.
pub(crate) fn columns(index: &Index<'_>, kind: &Kind, records: &[usize]) -> Vec<Column> {
    let masked = |column: usize| {
        let fields = records.iter().flat_map(|at| index.record(*at).fields());
        let mut values = fields.filter(|field| field.field() == column);
        values.any(|field| field.values().iter().any(PublicValue::is_masked))
    };
    let columns = kind.columns.iter().filter_map(|key| kind.field(key)).map(|(at, def)| {
        // Only what is not public can be masked: a county's lists are long.
        let masked = def.class != Some(Class::Public) && masked(at);
        let label = def.label.text(index.lang).to_owned();
        Column { label, numeric: def.is_numeric(), masked }
    });
    columns.collect()
}

/// Returns the sum of what the records of a list are about, where all of them state the same.
pub(crate) fn total(index: &Index<'_>, records: &[usize]) -> String {
    let mut sum: Option<i64> = None;
    let mut role = None;
    for at in records {
        // A total without what is not listed would be no total.
        if words::hides_amount(index.release, index.record(*at)) {
            return String::new();
        }
        let Some((station, money)) = words::amount(index.release, index.record(*at)) else {
            continue;
        };
        if role.is_some_and(|role| role != station) {
            return String::new();
        }
        role = Some(station);
        sum = Some(sum.unwrap_or(0) + money.fen());
    }
    sum.map_or_else(String::new, |fen| Money::of_fen(fen).short())
}

/// Returns the links between the pages of a list.
pub(crate) fn pager(path: &str, number: usize, records: usize) -> Option<Pager> {
    let of = records.div_ceil(PER_PAGE);
    if of < 2 {
        return None;
    }
    // On long lists only the neighbours and the ends are linked.
    let near = |page: usize| page == 1 || page == of || page.abs_diff(number) <= 2;
    let link = |page: usize| url::page_of(path, page);
    Some(Pager {
        number,
        of,
        prev: if number > 1 { link(number - 1) } else { String::new() },
        next: if number < of { link(number + 1) } else { String::new() },
        pages: (1..=of)
            .filter(|page| near(*page))
            .map(|page| PagerLink { number: page, href: link(page), current: page == number })
            .collect(),
    })
}
