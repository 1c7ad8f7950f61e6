//! Classes and audiences: what a field's content is for privacy, and who is to see it.

/// What a field's content is for privacy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Meant for everyone.
    Public,
    /// A natural person's name.
    PersonName,
    /// A resident identity number.
    IdNumber,
    /// A private telephone number.
    Phone,
    /// A bank or social-security card number.
    BankAccount,
    /// Where a person lives.
    Address,
    /// A day of birth.
    BirthDate,
    /// Illness, disability, cause of hardship.
    Health,
    /// Anything about a person who is not of age.
    Minor,
    /// Prose, which may name anything.
    FreeText,
    /// Working notes of the office.
    Internal,
}

impl Class {
    /// Every class with its name in kinds.
    pub(crate) const ALL: [(Self, &'static str); 11] = [
        (Self::Public, "public"),
        (Self::PersonName, "person-name"),
        (Self::IdNumber, "id-number"),
        (Self::Phone, "phone"),
        (Self::BankAccount, "bank-account"),
        (Self::Address, "address"),
        (Self::BirthDate, "birth-date"),
        (Self::Health, "health"),
        (Self::Minor, "minor"),
        (Self::FreeText, "free-text"),
        (Self::Internal, "internal"),
    ];

    /// Returns the class with this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == name).map(|(class, _)| *class)
    }

    /// Returns whether a table with such a column is a list of persons.
    pub(crate) const fn is_personal(self) -> bool {
        match self {
            Self::PersonName
            | Self::IdNumber
            | Self::Phone
            | Self::BankAccount
            | Self::Address
            | Self::BirthDate
            | Self::Health
            | Self::Minor => true,
            Self::Public | Self::FreeText | Self::Internal => false,
        }
    }
}

/// Who an edition is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    /// The public site.
    Web,
    /// Paper on the village's own notice board.
    Board,
}

impl Audience {
    /// Every audience with its name in kinds.
    pub(crate) const ALL: [(Self, &'static str); 2] = [(Self::Web, "web"), (Self::Board, "board")];
}

/// What an audience is given of a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Treatment {
    /// The value as it is.
    Show,
    /// A form that says no more than its mask allows.
    Mask,
    /// Nothing.
    Withhold,
}

impl Treatment {
    /// Returns the treatment with this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "show" => Some(Self::Show),
            "mask" => Some(Self::Mask),
            "withhold" => Some(Self::Withhold),
            _ => None,
        }
    }
}
