//! Public values as words: what a page, a table cell or a CSV field says.

use crate::records::{
    Datum, FieldDef, KeptBack, Meaning, PublicField, PublicRecord, PublicTable, PublicValue,
    Release, Role,
};
use crate::text::{Day, Lang, Money, document_number};

/// What stands where a figure is not listed.
pub(crate) const SMALL: &str = "*";

/// The form of the codes that are document numbers.
pub(crate) const DOCUMENT_NUMBER: &str = "document-number";

/// Returns a value in words.
#[must_use]
pub(crate) fn value(
    release: &Release,
    field: &FieldDef,
    value: &PublicValue,
    lang: Lang,
) -> String {
    match value.datum() {
        Datum::Text(words) if field.format.as_deref() == Some(DOCUMENT_NUMBER) => {
            document_number::shown(words)
        }
        Datum::Text(words) => words.clone(),
        Datum::Money(money) => money.to_string(),
        Datum::Number(number, to, unit) => {
            to.map_or_else(|| format!("{number}{unit}"), |to| format!("{number}-{to}{unit}"))
        }
        Datum::Percent(share) => format!("{share}%"),
        Datum::Day(day) => day.words(lang),
        Datum::DateTime(_, text) => text.clone(),
        Datum::Period(period) => period.words(lang),
        Datum::Place(code) => place_name(release, code).to_owned(),
        Datum::Record(index) => title(release, &release.records()[*index]),
        Datum::Choice(index) => field
            .choices
            .get(*index)
            .map_or_else(String::new, |choice| choice.label.text(lang).to_owned()),
        Datum::Flag(flag) => match (flag, lang) {
            (true, Lang::Zh) => "是".to_owned(),
            (false, Lang::Zh) => "否".to_owned(),
            (true, Lang::En) => "yes".to_owned(),
            (false, Lang::En) => "no".to_owned(),
        },
        Datum::Small(_) => SMALL.to_owned(),
    }
}

/// Returns a value as data: what it was in the file, in one fixed form.
#[must_use]
pub(crate) fn data(release: &Release, field: &FieldDef, value: &PublicValue) -> String {
    match value.datum() {
        Datum::Day(day) => day.to_string(),
        Datum::Period(period) => period.to_string(),
        Datum::Place(code) => code.clone(),
        Datum::Record(index) => {
            let record = &release.records()[*index];
            format!("{}/{}", kind_name(release, record), record.id())
        }
        Datum::Choice(index) => {
            field.choices.get(*index).map_or_else(String::new, |choice| choice.value.clone())
        }
        Datum::Flag(flag) => flag.to_string(),
        Datum::Text(words) => words.clone(),
        Datum::Money(_)
        | Datum::Number(..)
        | Datum::Percent(_)
        | Datum::DateTime(..)
        | Datum::Small(_) => self::value(release, field, value, Lang::Zh),
    }
}

/// Returns the values of a field in words, one after another.
#[must_use]
pub(crate) fn field(release: &Release, def: &FieldDef, field: &PublicField, lang: Lang) -> String {
    let separator = match lang {
        Lang::Zh => "、",
        Lang::En => ", ",
    };
    let words: Vec<String> =
        field.values().iter().map(|one| value(release, def, one, lang)).collect();
    words.join(separator)
}

/// Returns the name of a place, or its code.
#[must_use]
pub(crate) fn place_name<'a>(release: &'a Release, code: &'a str) -> &'a str {
    release.places().find(code).map_or(code, |place| place.name.as_str())
}

/// Returns the name of a record's kind.
#[must_use]
pub(crate) fn kind_name<'a>(release: &'a Release, record: &PublicRecord) -> &'a str {
    &release.schema().kinds()[record.kind()].name
}

/// Returns the field of a record that has a role.
#[must_use]
pub(crate) fn with_role<'a>(
    release: &Release,
    record: &'a PublicRecord,
    role: Role,
) -> Option<&'a PublicField> {
    let fields = &release.schema().kinds()[record.kind()].fields;
    record.fields().iter().find(|field| fields[field.field()].role == Some(role))
}

/// Returns the first value under a role.
#[must_use]
pub(crate) fn datum<'a>(
    release: &Release,
    record: &'a PublicRecord,
    role: Role,
) -> Option<&'a Datum> {
    with_role(release, record, role)?.values().first().map(PublicValue::datum)
}

/// Returns a record's title, or its id where it has none.
#[must_use]
pub(crate) fn title(release: &Release, record: &PublicRecord) -> String {
    match datum(release, record, Role::Title) {
        Some(Datum::Text(words)) => words.clone(),
        _ => record.id().to_owned(),
    }
}

/// Returns who publishes a record: whom it names, else whose register it is.
#[must_use]
pub(crate) fn publisher(release: &Release, record: &PublicRecord) -> String {
    match datum(release, record, Role::Publisher) {
        Some(Datum::Text(words)) => words.clone(),
        _ => release.site().publisher.clone(),
    }
}

/// Returns the code of a record's place.
#[must_use]
pub(crate) fn place_code<'a>(release: &Release, record: &'a PublicRecord) -> Option<&'a str> {
    match datum(release, record, Role::Place) {
        Some(Datum::Place(code)) => Some(code),
        _ => None,
    }
}

/// Returns the amount under a role.
#[must_use]
pub(crate) fn money(release: &Release, record: &PublicRecord, role: Role) -> Option<Money> {
    match datum(release, record, role) {
        Some(Datum::Money(money)) => Some(*money),
        _ => None,
    }
}

/// Returns the amount a record is about: its first money station, else its total.
#[must_use]
pub(crate) fn amount(release: &Release, record: &PublicRecord) -> Option<(Role, Money)> {
    Role::STATIONS
        .into_iter()
        .chain([Role::Total, Role::Amount])
        .find_map(|role| money(release, record, role).map(|money| (role, money)))
}

/// Returns whether a record has an amount that is not listed.
#[must_use]
pub(crate) fn hides_amount(release: &Release, record: &PublicRecord) -> bool {
    let mut roles = Role::STATIONS.into_iter().chain([Role::Total, Role::Amount]);
    roles.any(|role| matches!(datum(release, record, role), Some(Datum::Small(_))))
}

/// Returns the station at which a record has an amount that is not listed, in a field or in its rows.
#[must_use]
pub(crate) fn unlisted_station(release: &Release, record: &PublicRecord) -> Option<Role> {
    let small = |role: &Role| matches!(datum(release, record, *role), Some(Datum::Small(_)));
    if let Some(station) = Role::STATIONS.into_iter().find(small) {
        return Some(station);
    }
    let values = record.tables().iter().flat_map(PublicTable::rows).flatten();
    let mut values = values.flat_map(PublicField::values);
    let hides = values.any(|value| matches!(value.datum(), Datum::Small(_)));
    let stated = |role: &Role| money(release, record, *role).is_some();
    Role::STATIONS.into_iter().find(stated).filter(|_| hides)
}

/// Returns the total of a record that says it was paid out, to people or to organisations of a list.
///
/// A record says so by the day on which it was paid, or by a choice that means it; a record that states
/// a station says where its money is by itself.
#[must_use]
pub(crate) fn payout<'a>(release: &Release, record: &'a PublicRecord) -> Option<&'a Datum> {
    let total = datum(release, record, Role::Total)?;
    if Role::STATIONS.into_iter().any(|role| datum(release, record, role).is_some()) {
        return None;
    }
    let on = first_day(release, record, Role::PaidOn);
    let fields = &release.schema().kinds()[record.kind()].fields;
    let means = |field: &PublicField| {
        field.values().iter().any(|value| match value.datum() {
            Datum::Choice(at) => {
                let choice = fields[field.field()].choices.get(*at);
                choice.is_some_and(|choice| choice.means == Some(Meaning::Paid))
            }
            _ => false,
        })
    };
    let paid = on.is_some_and(|day| day <= release.as_of()) || record.fields().iter().any(means);
    paid.then_some(total)
}

/// Returns the year a record speaks of, else that of its day.
#[must_use]
pub(crate) fn year(release: &Release, record: &PublicRecord) -> Option<i16> {
    match datum(release, record, Role::Year) {
        Some(Datum::Period(period)) => Some(period.first().year()),
        _ => day(release, record).map(Day::year),
    }
}

/// Returns the day a record is put in order by: its own, or the first of the time it speaks of.
#[must_use]
pub(crate) fn day(release: &Release, record: &PublicRecord) -> Option<Day> {
    dated(release, record).or_else(|| first_day(release, record, Role::Year))
}

/// Returns the day of a record itself: published, hung up or formed.
#[must_use]
pub(crate) fn dated(release: &Release, record: &PublicRecord) -> Option<Day> {
    let roles = [Role::PublishedOn, Role::NoticePeriod, Role::FormedOn];
    roles.into_iter().find_map(|role| first_day(release, record, role))
}

/// Returns the day, or the first of the days, under a role.
fn first_day(release: &Release, record: &PublicRecord, role: Role) -> Option<Day> {
    match datum(release, record, role)? {
        Datum::Day(day) | Datum::DateTime(day, _) => Some(*day),
        Datum::Period(period) => Some(period.first()),
        _ => None,
    }
}

/// Returns the day on which a record's lists were withdrawn, because the notice about them ended.
#[must_use]
pub(crate) fn withdrawn_on(release: &Release, record: &PublicRecord) -> Option<Day> {
    let ended = record.tables().iter().find_map(|table| match table.kept_back() {
        Some(KeptBack::Ended(day)) if table.count() != Some(0) => Some(day),
        _ => None,
    });
    // The last day of a notice belongs to it.
    let day = ended?.plus_days(1);
    (day <= release.as_of()).then_some(day)
}
