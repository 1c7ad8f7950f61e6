//! The age of the person a row is about, on the day an edition speaks for.
//!
//! It fails closed: of several birth days the youngest counts, a day to come is a child's, and a
//! number from which no day can be read is a minor's. On the birthday itself a person still counts
//! as younger, since that is the stricter of the two ways in which years of life are counted.

use crate::records::catalog::{Cell, Doubtful};
use crate::records::schema::{Ages, Class, FieldDef};
use crate::records::value::Value;
use crate::text::Day;
use crate::text::normal::fold;

/// How much the law protects a person for being young.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::records) enum Age {
    /// Of age, or nothing says otherwise.
    Full,
    /// Not of age.
    Minor,
    /// So young that everything about the person is sensitive.
    Child,
}

/// Returns the age of somebody born on a day.
fn age_on(ages: &Ages, born: Day, as_of: Day) -> Age {
    let under = |years: i32| as_of <= born.plus_months(years * 12);
    if under(ages.child) {
        Age::Child
    } else if under(ages.of_age) {
        Age::Minor
    } else {
        Age::Full
    }
}

/// Returns the age of the person some cells are about; `unknown` when they say nothing of it.
pub(in crate::records) fn age_of(
    cells: &[Cell],
    fields: &[FieldDef],
    doubtful: &[Doubtful],
    (ages, as_of): (&Ages, Day),
    unknown: Age,
) -> Age {
    let read = cells.iter().flat_map(|cell| {
        let class = fields[cell.field].class;
        cell.values.iter().filter_map(move |value| evidence(class, value.day(), value.words()))
    });
    let doubtful = doubtful.iter().filter_map(|doubtful| match doubtful.class {
        // A text of no known field counts only when a day of birth stands in it.
        None => born(&doubtful.text).map(Some),
        class => evidence(class, None, Some(&doubtful.text)),
    });
    let found: Vec<Option<Day>> = read.chain(doubtful).collect();
    let known = found.iter().flatten().map(|born| age_on(ages, *born, as_of)).max();
    // A class about minors says something, too, as long as nothing says otherwise.
    let about_minors = cells.iter().any(|cell| fields[cell.field].class == Some(Class::Minor));
    known.unwrap_or_else(|| {
        let guessed = if found.is_empty() && !about_minors { Age::Full } else { Age::Minor };
        guessed.max(unknown)
    })
}

/// Returns what a value says of a birth: `None` for nothing, `Some(None)` for a day that cannot be read.
fn evidence(class: Option<Class>, day: Option<Day>, words: Option<&str>) -> Option<Option<Day>> {
    let words = words.unwrap_or("");
    match class? {
        Class::BirthDate if day.is_some() => Some(day),
        Class::BirthDate => (!is_hidden(words)).then(|| Day::parse(words).or_else(|| eight(words))),
        Class::IdNumber => (!is_hidden(words)).then(|| born(words)),
        // The number of a disability certificate begins with the identity number; others do not.
        Class::Certificate => born(words).map(Some),
        _ => None,
    }
}

/// Returns whether there is nothing to read: an empty cell, or a number already masked.
fn is_hidden(words: &str) -> bool {
    words.trim().is_empty() || words.contains('*')
}

/// Returns the day of birth in an identity number of 18 or 15 signs, whatever its check digit; of a
/// number with a sign too few or too many, the one that stands where it should.
fn born(number: &str) -> Option<Day> {
    let folded = String::from_utf8(fold(number)).ok()?;
    // A pupil's number is a letter and the identity number.
    let digits = folded.trim_start_matches(char::is_alphabetic);
    let old = || eight(&format!("19{}", digits.get(6..12)?));
    let new = || eight(digits.get(6..14)?);
    match digits.len() {
        15 => old().or_else(new),
        14 | 16.. => new(),
        _ => None,
    }
}

/// Reads a day of eight digits.
fn eight(text: &str) -> Option<Day> {
    let digits = String::from_utf8(fold(text)).ok()?;
    if digits.len() != 8 || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let day = Day::parse(&format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..]))?;
    // Nobody was born before; such digits are something else.
    (1800..2200).contains(&day.year()).then_some(day)
}

/// Returns the years of age a day of birth falls into, in words; `None` for who is not of age.
pub(in crate::records) fn band(ages: &Ages, value: &Value, as_of: Day) -> Option<String> {
    let born = value.day().or_else(|| value.words().and_then(Day::parse))?;
    if age_on(ages, born, as_of) != Age::Full {
        return None;
    }
    let years = i32::from(as_of.year() - born.year())
        - i32::from((as_of.month(), as_of.day()) < (born.month(), born.day()));
    if years >= ages.oldest {
        return Some(format!("{}岁及以上", ages.oldest));
    }
    let from = years / ages.band * ages.band;
    Some(format!("{from}-{}岁", from + ages.band - 1))
}

#[cfg(test)]
mod tests {
    use super::{Age, age_on, band, born};
    use crate::records::schema::Ages;
    use crate::records::value::Value;
    use crate::text::Day;

    const AGES: Ages = Ages { of_age: 18, child: 14, band: 10, oldest: 80 };

    fn day(text: &str) -> Day {
        Day::parse(text).expect("a day")
    }

    #[test]
    fn the_birthday_itself_counts_as_younger() {
        for (born, as_of, age) in [
            ("2008-03-05", "2026-03-04", Age::Minor),
            ("2008-03-05", "2026-03-05", Age::Minor),
            ("2008-03-05", "2026-03-06", Age::Full),
            ("2012-03-05", "2026-03-05", Age::Child),
            ("2012-03-05", "2026-03-06", Age::Minor),
            // Nobody can read a birthday of a year without it in their own favour.
            ("2008-02-29", "2026-02-28", Age::Minor),
            ("2008-02-29", "2026-03-01", Age::Full),
            ("2012-02-29", "2026-02-28", Age::Child),
            ("2012-02-29", "2026-03-01", Age::Minor),
            ("2004-02-29", "2022-02-28", Age::Minor),
            ("2030-01-01", "2026-01-01", Age::Child),
            ("1900-01-01", "2026-01-01", Age::Full),
        ] {
            assert_eq!(age_on(&AGES, day(born), day(as_of)), age, "{born} on {as_of}");
        }
    }

    #[test]
    fn a_day_of_birth_is_read_from_numbers_old_new_and_wrong() {
        for (number, expected) in [
            ("990101201503050010", Some("2015-03-05")),
            // The check digit is wrong, the separators are odd, the digits are wide.
            ("990101201503050019", Some("2015-03-05")),
            ("990101 2015-0305 001X", Some("2015-03-05")),
            ("９９０１０１２０１５０３０５００１Ｘ", Some("2015-03-05")),
            ("990101850305001", Some("1985-03-05")),
            ("99010120150305001", Some("2015-03-05")),
            ("9901012015030500111", Some("2015-03-05")),
            ("99010120150305001X4", Some("2015-03-05")),
            ("99010120150305001X41", Some("2015-03-05")),
            ("990101201513050010", None),
            ("990101001503050010", None),
            ("G99010120150305001X", Some("2015-03-05")),
            ("9901", None),
            ("", None),
        ] {
            assert_eq!(born(number), expected.map(day), "{number}");
        }
    }

    #[test]
    fn bands_are_ten_years_wide_and_the_oldest_are_one() {
        for (born, expected) in [
            ("1966-03-05", Some("60-69岁")),
            ("1966-03-06", Some("50-59岁")),
            ("1956-03-06", Some("60-69岁")),
            ("1946-03-05", Some("80岁及以上")),
            ("1901-01-01", Some("80岁及以上")),
            ("2008-03-04", Some("10-19岁")),
            ("2008-03-05", None),
            ("2027-01-01", None),
        ] {
            let found = band(&AGES, &Value::Date(day(born)), day("2026-03-05"));
            assert_eq!(found.as_deref(), expected, "{born}");
        }
        assert_eq!(band(&AGES, &Value::Text("1966年".into()), day("2026-03-05")), None);
    }
}
