//! A card: a record as it stands in a list.

use serde::Serialize;

use crate::records::{Datum, Kind, PublicField, PublicRecord, Release, Role};
use crate::site::notice::{self, Standing};
use crate::site::{sentence, url, words};
use crate::text::{Day, Lang, Money};

/// A record in a list.
#[derive(Debug, Serialize)]
pub(crate) struct Card {
    href: String,
    id: String,
    kind: String,
    kind_label: String,
    title: String,
    place: String,
    date: String,
    date_text: String,
    amount: String,
    stage: String,
    sentence: String,
    notice: Option<Standing>,
    cells: Vec<String>,
}

/// Makes the card of a record that is put in order by `day`.
///
/// `units` say how the amounts of each column of the kind's list are shown.
pub(crate) fn card(
    release: &Release,
    record: &PublicRecord,
    (day, units): (Option<Day>, &[Option<Money>]),
    lang: Lang,
) -> Card {
    let kind = &release.schema().kinds()[record.kind()];
    let words_of = |key: &str| {
        let found = kind.field(key).and_then(|(field_index, def)| {
            let field = record.fields().iter().find(|field| field.field() == field_index)?;
            Some(words::field(release, def, field, lang))
        });
        found.unwrap_or_default()
    };
    let stage = match words::datum(release, record, Role::Stage) {
        Some(Datum::Choice(_)) => {
            kind.with_role(Role::Stage).map_or_else(String::new, |(_, def)| words_of(&def.key))
        }
        _ => String::new(),
    };
    let place = words::place_code(release, record);
    Card {
        href: url::record(&kind.name, record.id()),
        id: record.id().to_owned(),
        kind: kind.name.clone(),
        kind_label: kind.label.text(lang).to_owned(),
        title: words::title(release, record),
        place: place.map_or_else(String::new, |code| words::place_name(release, code).to_owned()),
        date: day.map_or_else(String::new, |day| day.to_string()),
        date_text: date_text(release, record, day, lang),
        amount: words::amount(release, record)
            .map_or_else(String::new, |(_, money)| money.to_string()),
        stage,
        sentence: sentence::sentence(release, record, lang),
        notice: standing(release, record, lang),
        cells: kind
            .columns
            .iter()
            .zip(units)
            .map(|(key, like)| {
                let money = like.zip(column_money(release, record, key));
                money.map_or_else(
                    || words_of(key),
                    |(like, money)| Money::shown_like(money.fen(), like).to_string(),
                )
            })
            .collect(),
    }
}

/// Returns how the amounts of each column of a kind's list are shown: in one unit.
pub(crate) fn units(
    release: &Release,
    kind: &Kind,
    records: &[&PublicRecord],
) -> Vec<Option<Money>> {
    let of_column = |key: &String| {
        let amounts = records.iter().filter_map(|record| column_money(release, record, key));
        Money::one_unit(&amounts.collect::<Vec<_>>())
    };
    kind.columns.iter().map(of_column).collect()
}

/// Returns the amount of a record in a column.
fn column_money(release: &Release, record: &PublicRecord, key: &str) -> Option<Money> {
    let (at, _) = release.schema().kinds()[record.kind()].field(key)?;
    let field = record.fields().iter().find(|field| field.field() == at)?;
    match field.values() {
        [value] => match value.datum() {
            Datum::Money(money) => Some(*money),
            _ => None,
        },
        _ => None,
    }
}

/// Returns where a notice stands, with the telephones it names; `None` for records that are none.
pub(crate) fn standing(release: &Release, record: &PublicRecord, lang: Lang) -> Option<Standing> {
    let mut standing = notice::standing(record.notice()?, release.as_of(), lang);
    let named = words::with_role(release, record, Role::Hotline);
    let named = named.into_iter().flat_map(PublicField::values);
    standing.phones = named
        .filter_map(|value| match value.datum() {
            Datum::Text(words) => Some(words.clone()),
            _ => None,
        })
        .collect();
    Some(standing)
}

/// Returns the day or year of a record in words.
pub(crate) fn date_text(
    release: &Release,
    record: &PublicRecord,
    day: Option<Day>,
    lang: Lang,
) -> String {
    let dated = [Role::PublishedOn, Role::FormedOn]
        .into_iter()
        .any(|role| words::datum(release, record, role).is_some());
    if let (false, Some(Datum::Period(period))) = (dated, words::datum(release, record, Role::Year))
    {
        return period.words(lang);
    }
    day.map_or_else(String::new, |day| day.words(lang))
}
