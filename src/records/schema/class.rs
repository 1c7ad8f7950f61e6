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
    /// A private mail address.
    Email,
    /// A private account at a messenger, such as QQ or `WeChat`.
    Social,
    /// A bank or social-security card number.
    BankAccount,
    /// The number of a disability certificate, a passport or another paper about a person.
    Certificate,
    /// The number of a vehicle.
    Plate,
    /// Where a person lives.
    Address,
    /// A day of birth.
    BirthDate,
    /// Illness, disability, cause of hardship.
    Health,
    /// A picture of a person.
    Photo,
    /// A signature, a seal, or the picture of an identity paper.
    Signature,
    /// Family, people, faith, school, employer: what tells a person apart together with other things.
    Family,
    /// Anything about a person who is not of age.
    Minor,
    /// Prose, which may name anything.
    FreeText,
    /// Working notes of the office.
    Internal,
}

impl Class {
    /// Every class with its name in kinds.
    pub const ALL: [(Self, &'static str); 18] = [
        (Self::Public, "public"),
        (Self::FreeText, "free-text"),
        (Self::PersonName, "person-name"),
        (Self::IdNumber, "id-number"),
        (Self::Phone, "phone"),
        (Self::Email, "email"),
        (Self::Social, "social"),
        (Self::BankAccount, "bank-account"),
        (Self::Certificate, "certificate"),
        (Self::Plate, "plate"),
        (Self::Address, "address"),
        (Self::BirthDate, "birth-date"),
        (Self::Health, "health"),
        (Self::Photo, "photo"),
        (Self::Signature, "signature"),
        (Self::Family, "family"),
        (Self::Minor, "minor"),
        (Self::Internal, "internal"),
    ];

    /// Returns the class with this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == name).map(|(class, _)| *class)
    }

    /// Returns the class's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(class, _)| *class == self).map_or("", |(_, name)| name)
    }

    /// Returns whether a value of the class is one person's alone, so that finding it anywhere proves
    /// something. What many people have in common proves something only where it is rare.
    pub(crate) const fn identifies(self) -> bool {
        match self {
            Self::PersonName
            | Self::IdNumber
            | Self::Phone
            | Self::Email
            | Self::Social
            | Self::BankAccount
            | Self::Certificate
            | Self::Plate
            | Self::Address
            | Self::Minor => true,
            Self::Public
            | Self::BirthDate
            | Self::Health
            | Self::Photo
            | Self::Signature
            | Self::Family
            | Self::FreeText
            | Self::Internal => false,
        }
    }

    /// Returns whether a table with such a column is a list of persons.
    pub(crate) const fn is_personal(self) -> bool {
        match self {
            Self::PersonName
            | Self::IdNumber
            | Self::Phone
            | Self::Email
            | Self::Social
            | Self::BankAccount
            | Self::Certificate
            | Self::Plate
            | Self::Address
            | Self::BirthDate
            | Self::Health
            | Self::Photo
            | Self::Signature
            | Self::Family
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
    /// A form that says less than the mask: `张某`.
    Brief,
    /// The ten years of age a day of birth falls into.
    Band,
    /// A mark that only the key can make: the same value has the same mark in one list.
    Token,
    /// Nothing.
    Withhold,
}

impl Treatment {
    /// Every treatment with its name in kinds.
    pub(crate) const ALL: [(Self, &'static str); 6] = [
        (Self::Show, "show"),
        (Self::Mask, "mask"),
        (Self::Brief, "brief"),
        (Self::Band, "band"),
        (Self::Token, "token"),
        (Self::Withhold, "withhold"),
    ];

    /// Returns the treatment with this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == name).map(|(treatment, _)| *treatment)
    }

    /// Returns whether a class may be treated so. A rule that could only ever give stars is a slip.
    pub(crate) fn fits(self, class: Class) -> bool {
        match self {
            Self::Mask | Self::Withhold => true,
            // What is about a minor is shown to nobody, not even beside an adult's number.
            Self::Show => class != Class::Minor,
            Self::Brief => class == Class::PersonName,
            Self::Band => class == Class::BirthDate,
            Self::Token => class.is_personal(),
        }
    }
}
