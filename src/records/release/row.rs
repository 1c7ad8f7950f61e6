//! What a row says of its person: how old they are decides before the policy does, and rows that look
//! alike are told apart.

use std::collections::BTreeMap;

use crate::records::age::{Age, age_of, band};
use crate::records::attach::FILE;
use crate::records::catalog::{Cell, Record, Row};
use crate::records::disclosure::Spot;
use crate::records::mask::{NOTHING, brief, mask, unnamed};
use crate::records::policy::{class_treatment, treatment};
use crate::records::release::{Datum, Door, Form, Hidden, Parting, PublicField, PublicValue};
use crate::records::schema::{Audience, Class, FieldDef, Kind, Role, Schema, TableDef, Treatment};
use crate::records::value::Value;
use crate::text::normal::fold;
use crate::token::Binding;

impl Age {
    /// Returns whether something of a class may be shown as the policy says, in spite of the age.
    pub(super) fn allows(self, class: Option<Class>) -> bool {
        self == Self::Full || class == Some(Class::Public)
    }
}

/// The person whose fields are at hand.
pub(super) struct Subject {
    age: Age,
    named: bool,
}

impl Subject {
    /// Somebody of an age.
    pub(super) const fn of(age: Age) -> Self {
        Self { age, named: false }
    }

    /// Returns how old they are.
    pub(super) const fn age(&self) -> Age {
        self.age
    }

    /// Returns how much of a field is shown. It never gives more than the policy says; of who is not
    /// of age it gives less, whatever the policy says.
    pub(super) fn form(&mut self, class: Option<Class>, said: Treatment) -> Form {
        let form = match said {
            // No kind can ask for this, see `Treatment::fits`; if one did, nothing would be shown.
            Treatment::Show if class == Some(Class::Minor) => Form::Withheld,
            Treatment::Show => Form::Whole,
            Treatment::Mask if class == Some(Class::Minor) => Form::Unnamed,
            Treatment::Mask => Form::Masked,
            Treatment::Brief => Form::Brief,
            Treatment::Band => Form::Band,
            Treatment::Token => Form::Token,
            Treatment::Withhold => Form::Withheld,
        };
        if self.age.allows(class) || form == Form::Withheld {
            return form;
        }
        match (self.age, class) {
            // A mark says nothing of the person, and less of their age.
            (Age::Minor, _) if form == Form::Token => form,
            // The first name of a row is the minor's; another would be a parent's or guardian's.
            (Age::Minor, Some(Class::PersonName | Class::Minor))
                if !self.named && class == Some(Class::PersonName) || form == Form::Unnamed =>
            {
                self.named = true;
                Form::Unnamed
            }
            _ => Form::Withheld,
        }
    }
}

impl Subject {
    /// Returns the form a legend names: where only the age withholds a field, it says so.
    pub(super) fn reason(&self, form: Form, said: Treatment) -> Form {
        let by_age = self.age != Age::Full && form == Form::Withheld && said != Treatment::Withhold;
        if by_age { Form::Unnamed } else { form }
    }
}

impl Door<'_> {
    /// Returns the age of the person a record itself is about.
    pub(super) fn age_of_record(&self, record: &Record) -> Age {
        let kind = record.kind_of(self.schema);
        // Where a kind about minors has lists, the heads of its records are about the lists.
        let lists = kind.tables.iter().any(TableDef::is_personal);
        let unknown = if kind.minors && !lists { Age::Minor } else { Age::Full };
        let basis = (&self.schema.ages, self.order.edition.as_of);
        age_of(&record.cells, &kind.fields, &record.doubtful, basis, unknown)
    }

    /// Returns the age of the person a row is about.
    pub(super) fn age_of_row(&self, kind: &Kind, table: &TableDef, row: &Row) -> Age {
        // A table that is no list is about nobody, whatever the kind is about.
        let unknown = if kind.minors && table.is_personal() { Age::Minor } else { Age::Full };
        let basis = (&self.schema.ages, self.order.edition.as_of);
        age_of(&row.cells, &table.fields, &row.doubtful, basis, unknown)
    }

    /// Parts the values of one field.
    pub(super) fn cell(
        &mut self,
        parting: &mut Parting<'_>,
        field: &FieldDef,
        cell: &Cell,
    ) -> Option<PublicField> {
        if let Some(why) = parting.list_kept_back
            && field.type_name() == FILE
            && !field.keeps
        {
            // In practice the annex is the list: it comes and goes with it.
            parting.files_kept_back = Some(why);
            return None;
        }
        let said = treatment(parting.kind, self.order.edition.audience, field);
        let form = parting.subject.form(field.class, said);
        let spot = match parting.row {
            None => Spot::Field(cell.field),
            Some((table, row)) => Spot::Cell(table, row, cell.field),
        };
        if form == Form::Whole && self.is_suppressed(parting.index, spot) {
            return Some(self.small(cell));
        }
        let mut values = Vec::with_capacity(cell.values.len());
        for value in &cell.values {
            if form == Form::Whole {
                self.allow_shown(parting, field, value);
                let group = field.role == Some(Role::Group);
                if group || field.class.is_some_and(Class::is_personal) {
                    self.shown_names.extend(value.words().map(str::to_owned));
                }
                self.enclose(value.words().filter(|_| field.type_name() == FILE));
                // A reference to nothing is a finding; the values beside it stay.
                let datum = self.datum(value);
                values.extend(datum.map(|datum| PublicValue { datum, form }));
                continue;
            }
            let shown = self.shape(parting, (field.class, form), value);
            if shown.as_deref() != value.words() || shown.is_none() {
                self.keep(parting, field, value);
            }
            let datum = shown.map(Datum::Text);
            values.extend(datum.map(|datum| PublicValue { datum, form }));
        }
        if form != Form::Whole {
            parting.hidden.push(Hidden {
                label: field.label.clone(),
                form: parting.subject.reason(form, said),
                class: field.class,
                listed: parting.listed,
                until: parting.until.filter(|_| parting.listed),
            });
        }
        (!values.is_empty()).then_some(PublicField { field: cell.field, values })
    }

    /// Keeps a figure behind that is small, or that shields one.
    fn small(&mut self, cell: &Cell) -> PublicField {
        let values = cell.values.iter().map(|value| {
            self.withheld.withhold_unsearchable();
            let unit = match value {
                Value::Number(quantity) => quantity.unit.to_string(),
                _ => String::new(),
            };
            PublicValue { datum: Datum::Small(unit), form: Form::Whole }
        });
        PublicField { field: cell.field, values: values.collect() }
    }

    /// Notes a value that is shown: what looks like personal data in it was declared as public, and a
    /// day that stands on the page betrays nobody's birth.
    fn allow_shown(&mut self, parting: &Parting<'_>, field: &FieldDef, value: &Value) {
        let declared = field.class.is_some_and(Class::is_personal);
        if let Some(words) = value.words().filter(|_| declared) {
            self.withheld.allow(words);
        }
        if let Value::Date(day) | Value::DateTime(day, _) = value {
            self.withheld.show_day(parting.key(), *day);
        }
    }

    /// Returns what is shown of a value in a form that is not the whole; `None` for nothing.
    fn shape(
        &self,
        parting: &Parting<'_>,
        (class, form): (Option<Class>, Form),
        value: &Value,
    ) -> Option<String> {
        let class = class?;
        let words = value.words().unwrap_or("");
        match form {
            // Invariant: a whole value never comes here; if it did, nothing of it would be shown.
            Form::Whole | Form::Withheld => None,
            Form::Masked => Some(mask(class, words)),
            Form::Brief => Some(brief(class, words)),
            Form::Band => {
                let band = band(&self.schema.ages, value, self.order.edition.as_of);
                Some(band.unwrap_or_else(|| NOTHING.to_owned()))
            }
            Form::Unnamed => Some(unnamed().to_owned()),
            Form::Token => self.token(parting, class, words),
        }
    }

    /// Returns the mark of a value: the same for the same value in one record, however it is written.
    /// `None` without a key or without words: a hash that anybody can make is no mark.
    fn token(&self, parting: &Parting<'_>, class: Class, words: &str) -> Option<String> {
        let key = self.order.edition.key?;
        let folded = String::from_utf8(fold(words)).ok().filter(|folded| !folded.is_empty())?;
        let day = |role| parting.record.day(self.schema, role).map(|(day, _)| day);
        let day = day(Role::Year).or_else(|| day(Role::FormedOn));
        let year = day.unwrap_or(self.order.edition.as_of).year();
        let scope = parting.record.key(self.schema);
        Some(key.token(Binding { class: class.name(), scope: &scope, year }, &folded))
    }
}

/// Returns the kinds that cannot be released without a key: with records, and with a field that is
/// shown as a mark.
pub(in crate::records) fn kinds_with_tokens(
    schema: &Schema,
    kinds: impl Iterator<Item = usize>,
    audience: Audience,
) -> Vec<String> {
    let mut names: Vec<String> = kinds
        .map(|kind| &schema.kinds[kind])
        .filter(|kind| {
            let columns = kind.tables.iter().flat_map(|table| &table.fields);
            kind.fields
                .iter()
                .chain(columns)
                .any(|field| class_treatment(kind, audience, field.class) == Treatment::Token)
        })
        .map(|kind| kind.name.clone())
        .collect();
    names.sort();
    names.dedup();
    names
}

/// Numbers the names of a list that look alike, in the order of the rows: `张**(1)`, `张**(2)`.
///
/// The number says which row is meant and nothing of the person: two rows of one person have two
/// numbers, too, since the same number would say that the names are the same.
pub(super) fn number(rows: &mut [Vec<PublicField>], class: impl Fn(usize) -> Option<Class>) {
    let mut seen: BTreeMap<(usize, String), (usize, usize)> = BTreeMap::new();
    for pass in [Pass::Count, Pass::Number] {
        for field in rows.iter_mut().flatten() {
            let column = field.field;
            if !matches!(class(column), Some(Class::PersonName | Class::Minor)) {
                continue;
            }
            for value in &mut field.values {
                let numbered = matches!(value.form, Form::Masked | Form::Brief | Form::Unnamed);
                let Datum::Text(text) = &mut value.datum else {
                    continue;
                };
                if !numbered || text == NOTHING {
                    continue;
                }
                let (count, next) = seen.entry((column, text.clone())).or_default();
                match pass {
                    Pass::Count => *count += 1,
                    Pass::Number if *count > 1 => {
                        *next += 1;
                        text.push_str(&format!("({next})"));
                    }
                    Pass::Number => {}
                }
            }
        }
    }
}

/// A way through the rows.
#[derive(Clone, Copy)]
enum Pass {
    Count,
    Number,
}

#[cfg(test)]
mod tests {
    use super::{Subject, number};
    use crate::records::age::Age;
    use crate::records::mask::mask;
    use crate::records::release::{Datum, Form, PublicField, PublicValue};
    use crate::records::schema::{Class, Treatment};

    fn names(masked: &[&str]) -> Vec<Vec<PublicField>> {
        let row = |name: &&str| {
            let datum = Datum::Text((*name).to_owned());
            vec![PublicField { field: 0, values: vec![PublicValue { datum, form: Form::Masked }] }]
        };
        masked.iter().map(row).collect()
    }

    fn texts(rows: &[Vec<PublicField>]) -> Vec<String> {
        let text = |row: &Vec<PublicField>| match &row[0].values[0].datum {
            Datum::Text(text) => text.clone(),
            _ => String::new(),
        };
        rows.iter().map(text).collect()
    }

    #[test]
    fn names_that_look_alike_are_numbered_in_row_order() {
        let mut rows = names(&["张**", "李**", "张**", "***", "***", "张**"]);
        number(&mut rows, |_| Some(Class::PersonName));
        let numbered = texts(&rows);
        assert_eq!(numbered, ["张**(1)", "李**", "张**(2)", "***", "***", "张**(3)"]);
        // Masked and numbered once more, the list is the same.
        let again: Vec<String> =
            numbered.iter().map(|name| mask(Class::PersonName, name)).collect();
        let mut rows = names(&again.iter().map(String::as_str).collect::<Vec<_>>());
        number(&mut rows, |_| Some(Class::PersonName));
        assert_eq!(texts(&rows), numbered);
    }

    #[test]
    fn what_is_no_name_is_not_numbered() {
        let mut rows = names(&["张**", "张**"]);
        number(&mut rows, |_| Some(Class::Address));
        assert_eq!(texts(&rows), ["张**", "张**"]);
    }

    #[test]
    fn no_policy_shows_more_of_a_minor() {
        for (class, _) in Class::ALL {
            for (treatment, _) in Treatment::ALL {
                let full = Subject::of(Age::Full).form(Some(class), treatment);
                let minor = Subject::of(Age::Minor).form(Some(class), treatment);
                let child = Subject::of(Age::Child).form(Some(class), treatment);
                if class == Class::Public {
                    assert_eq!((minor, child), (full, full), "{class:?}");
                    continue;
                }
                assert_eq!(child, Form::Withheld, "{class:?} {treatment:?}");
                let bare = matches!(minor, Form::Withheld | Form::Unnamed | Form::Token);
                assert!(bare, "{class:?} {treatment:?}");
                let name = class == Class::PersonName;
                let hidden = treatment == Treatment::Withhold;
                let token = treatment == Treatment::Token;
                assert_eq!(
                    minor == Form::Unnamed,
                    name && !hidden && !token
                        || class == Class::Minor && treatment == Treatment::Mask
                );
            }
        }
        let mut minor = Subject::of(Age::Minor);
        let mut next = || minor.form(Some(Class::PersonName), Treatment::Show);
        assert_eq!([next(), next()], [Form::Unnamed, Form::Withheld], "a guardian's name");
        assert_eq!(Subject::of(Age::Full).form(None, Treatment::Withhold), Form::Withheld);
    }
}
