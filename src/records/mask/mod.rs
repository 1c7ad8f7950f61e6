//! Masks: forms of a private value that say no more than their allowance.
//!
//! A mask fails closed. Whatever does not look exactly like a value of its class becomes
//! [`NOTHING`], whatever its length. One mask, one file, one line in [`MASKS`]; all are pure
//! functions of the text alone.

mod address;
mod bank_account;
mod brief_name;
mod id_number;
mod minor;
mod name;
mod phone;
mod plate;

use crate::records::schema::Class;

/// What is shown of a value that must not be shown at all.
pub const NOTHING: &str = "***";

/// One mask, with what it promises.
#[derive(Debug)]
pub struct Mask {
    /// What the mask is called.
    pub name: &'static str,
    /// What it masks.
    pub class: Class,
    form: fn(&str) -> Option<String>,
    /// What the mask writes itself, the same for every value: it says nothing of its length.
    pub own: &'static str,
    /// How many characters of a value of so many characters it may show.
    pub allowance: fn(usize) -> usize,
}

/// Every mask.
pub const MASKS: &[Mask] = &[
    // A compound surname, or the first character of any other.
    Mask {
        name: "name",
        class: Class::PersonName,
        form: name::mask,
        own: "**",
        allowance: surname,
    },
    Mask {
        name: "brief-name",
        class: Class::PersonName,
        form: brief_name::mask,
        own: "某",
        allowance: surname,
    },
    Mask {
        name: "minor",
        class: Class::Minor,
        form: minor::mask,
        own: minor::WORDS,
        allowance: |_| 0,
    },
    Mask {
        name: "id-number",
        class: Class::IdNumber,
        form: id_number::mask,
        own: id_number::STARS,
        allowance: |_| 2,
    },
    Mask {
        name: "phone",
        class: Class::Phone,
        form: phone::mask,
        own: phone::STARS,
        allowance: |_| 5,
    },
    Mask {
        name: "bank-account",
        class: Class::BankAccount,
        form: bank_account::mask,
        own: bank_account::STARS,
        allowance: |_| 4,
    },
    // A province and an office, never a sign of the number itself.
    Mask {
        name: "plate",
        class: Class::Plate,
        form: plate::mask,
        own: plate::STARS,
        allowance: |_| 2,
    },
    // A township's name; something is always hidden.
    Mask {
        name: "address",
        class: Class::Address,
        form: address::mask,
        own: NOTHING,
        allowance: |length| length.saturating_sub(1),
    },
];

/// Returns how many characters of a name its masks may show.
fn surname(length: usize) -> usize {
    match length {
        0 | 1 => 0,
        2 => 1,
        _ => 2,
    }
}

impl Mask {
    /// Returns the masked form of a value.
    #[must_use]
    pub fn apply(&self, value: &str) -> String {
        (self.form)(value).unwrap_or_else(|| NOTHING.to_owned())
    }

    /// Returns the mask with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        MASKS.iter().find(|mask| mask.name == name)
    }
}

/// Returns the masked form of a value: by the first mask of its class, or nothing of it.
pub(in crate::records) fn mask(class: Class, value: &str) -> String {
    let mask = MASKS.iter().find(|mask| mask.class == class);
    mask.map_or_else(|| NOTHING.to_owned(), |mask| mask.apply(value))
}

/// Returns the shortest form of a value: of a name the family name, of anything else nothing.
pub(in crate::records) fn brief(class: Class, value: &str) -> String {
    match class {
        Class::PersonName => brief_name::mask(value).unwrap_or_else(|| NOTHING.to_owned()),
        _ => NOTHING.to_owned(),
    }
}

/// Returns what stands for the name of a person who is not of age, whatever the name.
pub(in crate::records) const fn unnamed() -> &'static str {
    minor::WORDS
}

#[cfg(test)]
mod tests;
