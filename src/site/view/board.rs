//! A sheet for a village's own board: a record's lists with all that a reader has to know to check
//! them and to object, and the list of what hangs where.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::project::Level;
use crate::records::{Datum, PublicField, PublicRecord, PublicTable, Role, TableDef};
use crate::site::index::Index;
use crate::site::view::legend::{self, LegendLine};
use crate::site::view::record::totals;
use crate::site::{qr, sentence, url, words};
use crate::text::Phrase;

/// A sheet.
#[derive(Serialize)]
pub(crate) struct Sheet {
    title: String,
    kind_label: String,
    village: String,
    publisher: String,
    sentence: String,
    basis: Vec<String>,
    from_text: String,
    to_text: String,
    phones: Vec<String>,
    place_phone: String,
    tables: Vec<ListView>,
    checks: Vec<Check>,
    /// Whether only the village's own rows are here.
    part: bool,
    legend: Vec<LegendLine>,
    address: String,
    qr_svg: String,
    id: String,
}

/// A list on a sheet.
#[derive(Serialize)]
struct ListView {
    label: String,
    columns: Vec<Column>,
    rows: Vec<Vec<String>>,
    totals: Vec<String>,
    count: usize,
    whole: usize,
    /// Whether its own first column numbers the rows.
    numbered: bool,
}

/// A column of a list.
#[derive(Serialize)]
struct Column {
    label: String,
    numeric: bool,
}

/// A sum with what its parts come to.
#[derive(Serialize)]
struct Check {
    label: String,
    total_text: String,
    computed_text: String,
    ok: bool,
    difference_text: String,
}

/// What hangs on one board.
#[derive(Serialize)]
pub(crate) struct Village {
    name: String,
    code: String,
    sheets: Vec<Hanging>,
}

/// A sheet in the list of what hangs.
#[derive(Serialize)]
struct Hanging {
    title: String,
    kind_label: String,
    href: String,
    from_text: String,
    to_text: String,
    rows: usize,
}

/// Returns the path of a sheet: one folder a village, so that what hangs together prints together.
pub(crate) fn sheet_path(index: &Index<'_>, at: usize, village: &str) -> String {
    let village = if village.is_empty() { "0" } else { village };
    format!("{village}/{}", index.href(at))
}

/// Returns the villages on whose boards a record's lists hang on this day, by their codes.
pub(crate) fn villages(index: &Index<'_>, at: usize) -> BTreeSet<String> {
    let record = index.record(at);
    lists(index, record)
        .flat_map(|(table, def)| {
            table.rows().iter().map(move |row| village_of(index, record, (def, row)))
        })
        .collect()
}

/// Returns the lists of persons that a record shows.
fn lists<'i>(
    index: &Index<'i>,
    record: &'i PublicRecord,
) -> impl Iterator<Item = (&'i PublicTable, &'i TableDef)> {
    let kind = &index.release.schema().kinds()[record.kind()];
    let tables = record.tables().iter().map(|table| (table, &kind.tables[table.table()]));
    tables.filter(|(table, def)| def.is_personal() && table.kept_back().is_none())
}

/// Returns the village of a row: its own place, else the record's, up to the village it lies in.
fn village_of(
    index: &Index<'_>,
    record: &PublicRecord,
    (def, row): (&TableDef, &[PublicField]),
) -> String {
    let own = row.iter().filter(|cell| def.fields[cell.field()].type_name() == "place");
    let own = own.flat_map(PublicField::values).find_map(|value| match value.datum() {
        Datum::Place(code) => Some(code.as_str()),
        _ => None,
    });
    let Some(code) = own.or_else(|| words::place_code(index.release, record)) else {
        return String::new();
    };
    let path = index.release.places().path(code);
    let village = path.into_iter().find(|place| place.level == Level::Village);
    village.map_or_else(|| code.to_owned(), |place| place.code.clone())
}

/// Makes a sheet: the rows of one village.
pub(crate) fn sheet(index: &Index<'_>, at: usize, village: &str) -> Sheet {
    let (release, lang) = (index.release, index.lang);
    let record = index.record(at);
    let kind = &release.schema().kinds()[record.kind()];
    let site = release.site();
    let (from_text, to_text) = hangs(index, record);
    let address = url::absolute(&site.base_url, &index.href(at));
    let scan = Phrase::new("手机扫码看网上的公示", "scan to see the public page");
    let own_publisher = words::with_role(release, record, Role::Publisher)
        .map(|field| words::field(release, &kind.fields[field.field()], field, lang));
    let basis = words::with_role(release, record, Role::Basis).map_or_else(
        || kind.basis.iter().map(|basis| basis.text(lang).to_owned()).collect(),
        |field| {
            let def = &kind.fields[field.field()];
            field.values().iter().map(|value| words::value(release, def, value, lang)).collect()
        },
    );
    Sheet {
        title: words::title(release, record),
        kind_label: kind.label.text(lang).to_owned(),
        village: name_of(index, village),
        publisher: own_publisher.unwrap_or_else(|| site.publisher.clone()),
        sentence: sentence::sentence(release, record, lang),
        basis,
        from_text,
        to_text,
        phones: site.contact.hotlines.clone(),
        place_phone: release
            .places()
            .find(village)
            .map_or_else(String::new, |place| place.phone.clone()),
        tables: lists(index, record)
            .map(|list| list_view(index, record, list, village))
            .filter(|list| list.count > 0)
            .collect(),
        checks: checks(index, record),
        part: villages(index, at).len() > 1,
        legend: legend(index, record),
        qr_svg: if address.is_empty() {
            String::new()
        } else {
            qr::svg(&address, scan.text(lang)).unwrap_or_default()
        },
        address,
        id: format!("{}/{}", kind.name, record.id()),
    }
}

/// Returns the rows of a list that are one village's.
fn list_view(
    index: &Index<'_>,
    record: &PublicRecord,
    (table, def): (&PublicTable, &TableDef),
    village: &str,
) -> ListView {
    let (release, lang) = (index.release, index.lang);
    let rows: Vec<&Vec<PublicField>> = table
        .rows()
        .iter()
        .filter(|row| village_of(index, record, (def, row)) == village)
        .collect();
    // What no row of this village says needs no column on its paper.
    let columns: Vec<usize> = table
        .columns()
        .iter()
        .copied()
        .filter(|column| rows.iter().copied().flatten().any(|cell| cell.field() == *column))
        .collect();
    let cell = |row: &[PublicField], column: usize| {
        row.iter()
            .find(|cell| cell.field() == column)
            .map_or_else(String::new, |cell| words::field(release, &def.fields[column], cell, lang))
    };
    let cells: Vec<Vec<String>> =
        rows.iter().map(|row| columns.iter().map(|column| cell(row, *column)).collect()).collect();
    ListView {
        label: def.label.text(lang).to_owned(),
        columns: columns
            .iter()
            .map(|column| Column {
                label: def.fields[*column].label.text(lang).to_owned(),
                numeric: def.fields[*column].is_numeric(),
            })
            .collect(),
        totals: totals(&columns, &rows, &def.fields),
        count: rows.len(),
        whole: table.count().unwrap_or(rows.len()),
        numbered: numbered(&cells),
        rows: cells,
    }
}

/// Returns whether the first cells count the rows, as the numbers of the original list do.
fn numbered(rows: &[Vec<String>]) -> bool {
    let numbers = rows.iter().map(|row| row.first().and_then(|cell| cell.parse::<u32>().ok()));
    numbers.collect::<Option<Vec<_>>>().is_some_and(|all| all.is_sorted_by(|a, b| a < b))
}

/// Returns the first and the last day on which a record's lists hang; no last day for those that
/// hang for good.
fn hangs(index: &Index<'_>, record: &PublicRecord) -> (String, String) {
    record.hangs().map_or_else(Default::default, |period| {
        let last = period.last().map_or_else(String::new, |day| day.words(index.lang));
        (period.first().words(index.lang), last)
    })
}

/// Returns the sums of a record with what their parts come to.
fn checks(index: &Index<'_>, record: &PublicRecord) -> Vec<Check> {
    let check = |sum: &crate::records::PublicSum| Check {
        label: sum.label().text(index.lang).to_owned(),
        total_text: sum.total().to_owned(),
        computed_text: sum.computed().to_owned(),
        ok: sum.difference().is_none(),
        difference_text: sum.difference().unwrap_or("").to_owned(),
    };
    record.sums().iter().map(check).collect()
}

/// Returns what is hidden on the board too.
fn legend(index: &Index<'_>, record: &PublicRecord) -> Vec<LegendLine> {
    legend::legend(index.release, record, index.lang)
}

/// Returns the name of a village; words for what belongs to none.
fn name_of(index: &Index<'_>, code: &str) -> String {
    if code.is_empty() {
        return Phrase::new("没有写明是哪个村", "no village named").text(index.lang).to_owned();
    }
    words::place_name(index.release, code).to_owned()
}

/// Makes the list of what hangs on one board.
pub(crate) fn village(index: &Index<'_>, code: &str, records: &[usize]) -> Village {
    let release = index.release;
    let hanging = |at: &usize| {
        let record = index.record(*at);
        let kind = &release.schema().kinds()[record.kind()];
        let (from_text, to_text) = hangs(index, record);
        let rows = lists(index, record).map(|(table, def)| {
            let own = |row: &&Vec<PublicField>| village_of(index, record, (def, row)) == code;
            table.rows().iter().filter(own).count()
        });
        Hanging {
            title: words::title(release, record),
            kind_label: kind.label.text(index.lang).to_owned(),
            href: url::encode(&sheet_path(index, *at, code)),
            from_text,
            to_text,
            rows: rows.sum(),
        }
    };
    Village {
        name: name_of(index, code),
        code: code.to_owned(),
        sheets: records.iter().map(hanging).collect(),
    }
}
