//! The forms of a value that give it away as well as the value itself.

use crate::records::schema::Class;
use crate::text::Day;

/// One further form.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A folded text that proves a leak wherever it stands.
    Anywhere(Vec<u8>),
    /// A day of birth.
    Birth(Day),
}

/// Digits of a mobile number.
const MOBILE: usize = 11;

/// Returns the further forms of a folded value.
pub(super) fn derived(class: Option<Class>, folded: &[u8]) -> Vec<Form> {
    let mut forms = Vec::new();
    if (class == Some(Class::IdNumber) || class.is_none()) && is_id_number(folded) {
        // The number of before 1999; the number without its check digit; and without its region.
        forms.push(Form::Anywhere([&folded[..6], &folded[8..17]].concat()));
        forms.push(Form::Anywhere(folded[..17].to_vec()));
        forms.push(Form::Anywhere(folded[6..].to_vec()));
        let day = std::str::from_utf8(&folded[6..14]).unwrap_or_default();
        let day = format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..]);
        forms.extend(Day::parse(&day).map(Form::Birth));
    }
    // The country's own code in front says nothing: the number is the same without it.
    let digits = folded.iter().all(u8::is_ascii_digit);
    let coded = [b"86".as_slice(), b"0086"].iter().any(|code| {
        folded.strip_prefix(*code).is_some_and(|number| number.len() == MOBILE && number[0] == b'1')
    });
    if digits && coded {
        forms.push(Form::Anywhere(folded[folded.len() - MOBILE..].to_vec()));
    }
    forms
}

/// Returns whether a folded value has the shape of an identity number.
fn is_id_number(folded: &[u8]) -> bool {
    folded.len() == 18
        && folded[..17].iter().all(u8::is_ascii_digit)
        && (folded[17].is_ascii_digit() || folded[17] == b'x')
}

/// Returns the folded forms in which a day is written in full. `1970-01-01` and `19700101` are one.
pub(super) fn of_day(day: Day) -> [Vec<u8>; 3] {
    let (year, month, date) = (day.year(), day.month(), day.day());
    [
        format!("{year:04}{month:02}{date:02}"),
        format!("{year}年{month}月{date}日"),
        format!("{year}年{month:02}月{date:02}日"),
    ]
    .map(String::into_bytes)
}
