//! The texts of pages: what of a record, a place or a page of the register's own can be found.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::project::Place;
use crate::records::{Class, Datum, FieldDef, PublicField, PublicPage, PublicTable, TableDef};
use crate::site::index::Index;
use crate::site::search::fold::Folding;
use crate::site::search::{LINE, PART, Text};
use crate::site::{card, columns, markdown, sentence, url, words};
use crate::text::Lang;

/// Returns the texts of all places and pages, and of all records from the newest.
pub(super) fn texts(index: &Index<'_>, folding: &Folding) -> Vec<Text> {
    let places: Vec<&Place> = index.release.places().iter().collect();
    let mut texts: Vec<Text> =
        places.par_iter().map(|place| of_place(index, place, folding)).collect();
    texts.par_extend(index.release.pages().par_iter().map(|page| of_page(page, folding)));
    texts.par_extend(index.newest.par_iter().map(|at| of_record(index, *at, folding)));
    texts
}

/// Returns the text of a place.
fn of_place(index: &Index<'_>, place: &Place, folding: &Folding) -> Text {
    let above: Vec<&str> =
        index.release.places().path(&place.code).iter().map(|place| place.name.as_str()).collect();
    let above = above.split_last().map_or_else(String::new, |(_, above)| above.join(" › "));
    let values = [place.name.as_str(), &place.code, &place.phone];
    Text {
        href: url::place(&place.code),
        title: place.name.clone(),
        kind: place.level.label().text(index.lang).to_owned(),
        folded: folded(values.into_iter().map(str::to_owned), folding),
        place: above,
        date: String::new(),
        amount: String::new(),
        line: String::new(),
    }
}

/// Returns the text of a page of the register's own, with the words of its translations: there is one
/// index for all languages.
fn of_page(page: &PublicPage, folding: &Folding) -> Text {
    let all = || std::iter::once(page.text()).chain(page.translations().map(|(_, text)| text));
    let heads = all().flat_map(|text| [text.title().to_owned(), text.summary().to_owned()]);
    let lines = all().flat_map(|text| {
        let words = markdown::to_text(&text.prose());
        words.lines().map(str::to_owned).collect::<Vec<_>>()
    });
    Text {
        href: url::written(page.stem()),
        title: page.text().title().to_owned(),
        kind: String::new(),
        place: String::new(),
        date: page.published().map_or_else(String::new, |day| day.words(Lang::Zh)),
        amount: String::new(),
        line: page.text().summary().to_owned(),
        folded: folded(heads.chain(lines), folding),
    }
}

/// Returns the text of a record.
fn of_record(index: &Index<'_>, at: usize, folding: &Folding) -> Text {
    let release = index.release;
    let record = index.record(at);
    let kind = &release.schema().kinds()[record.kind()];
    let place = words::place_code(release, record)
        .map_or_else(String::new, |code| words::place_name(release, code).to_owned());
    let title = words::title(release, record);
    let line = sentence::sentence(release, record, index.lang);
    let label = kind.label.text(index.lang).to_owned();
    let standing = card::standing(release, record, index.lang);
    let mut values = vec![
        title.clone(),
        place.clone(),
        label.clone(),
        format!("{}/{}", kind.name, record.id()),
        line.clone(),
    ];
    let fields = record.fields().iter();
    values.extend(fields.flat_map(|field| of_field(index, &kind.fields[field.field()], field)));
    for table in record.tables() {
        let def = &kind.tables[table.table()];
        if !(def.is_personal() && kind.expires) {
            values.extend(of_rows(index, table, def));
        }
    }
    values.extend(record.body().into_iter().flat_map(|body| {
        let text = markdown::to_text(body);
        text.lines().map(str::to_owned).collect::<Vec<_>>()
    }));
    Text {
        href: index.href(at),
        title,
        kind: standing
            .map_or_else(|| label.clone(), |standing| format!("{label} · {}", standing.text)),
        place,
        date: card::date_text(release, record, index.days[at], index.lang),
        amount: words::amount(release, record)
            .map_or_else(String::new, |(_, money)| money.to_string()),
        line,
        folded: folded(values.into_iter(), folding),
    }
}

/// Returns the values of a table's rows; where they are of persons, those of public columns.
fn of_rows(index: &Index<'_>, table: &PublicTable, def: &TableDef) -> Vec<String> {
    let personal = def.is_personal();
    let open =
        |field: &&PublicField| !personal || def.fields[field.field()].class == Some(Class::Public);
    // Amounts are found as the page shows them, in the unit of their column.
    let all: Vec<usize> = (0..def.fields.len()).collect();
    let units = columns::units(table, &all);
    let rows = table.rows().iter().flatten().filter(open);
    rows.flat_map(|field| {
        let like = units[field.field()];
        let texts = of_field(index, &def.fields[field.field()], field);
        texts.into_iter().map(move |text| match like {
            Some(like) => columns::written_like(&text, like),
            None => text,
        })
    })
    .collect()
}

/// Returns the values of a field, as far as a reader sees them whole.
fn of_field(index: &Index<'_>, def: &FieldDef, field: &PublicField) -> Vec<String> {
    // A file is named on the page by what it is, not by its path.
    if def.type_name() == "file" {
        return Vec::new();
    }
    let whole = field.values().iter().filter(|value| {
        !value.is_masked() && !matches!(value.datum(), Datum::Small(_) | Datum::Flag(_))
    });
    let texts = whole.map(|value| words::value(index.release, def, value, index.lang));
    texts.flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>()).collect()
}

/// Folds values and joins them; what comes twice stands once.
fn folded(values: impl Iterator<Item = String>, folding: &Folding) -> String {
    let mut seen = BTreeSet::new();
    let mut text = String::new();
    for value in values {
        let value = folding.fold(&value);
        if value.is_empty() || seen.contains(&value) {
            continue;
        }
        if !text.is_empty() {
            text.extend([LINE, PART]);
        }
        text.push_str(&value);
        seen.insert(value);
    }
    text
}
