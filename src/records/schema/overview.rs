//! Overviews: what a page says of all records of a kind together, by the roles of its fields.
//!
//! A kind names its overview; the program knows overviews and never a kind.

use crate::records::schema::Role;

/// What is said of all records of a kind together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overview {
    /// Which rules hold on the as-of day, which end soon, which are over and what came instead.
    Validity,
    /// How many matters came in, how many were settled in time, and how they ended.
    Answers,
    /// What is owned: how much it is worth, who has the use of it, until when.
    Holdings,
    /// Counts by what they tell and by time, each as released and never added up.
    Series,
}

impl Overview {
    /// Every overview with its name in kinds and the roles it cannot do without.
    pub(crate) const ALL: [(Self, &'static str, &'static [Role]); 4] = [
        (Self::Validity, "validity", &[Role::ValidTo, Role::Validity]),
        (Self::Answers, "answers", &[Role::ReceivedOn, Role::ClosedOn, Role::Outcome]),
        (Self::Holdings, "holdings", &[Role::Worth, Role::Sort]),
        (Self::Series, "series", &[Role::Year, Role::Sort]),
    ];

    /// Returns the overview with this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known, _)| *known == name).map(|(overview, ..)| *overview)
    }
}

/// What a choice means to an overview.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// The rule holds.
    Holds,
    /// The rule ended by itself.
    Over,
    /// The rule was taken back, or another stands in its place.
    Void,
    /// It is no rule yet.
    Draft,
    /// The figure is one of all the others together.
    Whole,
    /// The total of the record has been paid out.
    Paid,
    /// The thing is there no longer.
    Gone,
}

impl Meaning {
    /// Every meaning with its name in kinds.
    pub(crate) const ALL: [(Self, &'static str); 7] = [
        (Self::Holds, "holds"),
        (Self::Over, "over"),
        (Self::Void, "void"),
        (Self::Draft, "draft"),
        (Self::Whole, "whole"),
        (Self::Paid, "paid"),
        (Self::Gone, "gone"),
    ];

    /// Returns the meaning with this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == name).map(|(meaning, _)| *meaning)
    }
}

/// What a reader asks of a record, in the order of asking. The fields of a page stand by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Question {
    /// What it is.
    What,
    /// How much, how many.
    HowMuch,
    /// Who has to do with it.
    Who,
    /// When, and until when.
    When,
    /// How it goes on, how one gets it.
    How,
    /// Where the money comes from, what belongs to it.
    Ties,
    /// Whom to ask.
    Whom,
    /// Numbers and other marks for those who keep files.
    Marks,
}

impl Question {
    /// Every question with its name in kinds.
    pub(crate) const ALL: [(Self, &'static str); 8] = [
        (Self::What, "what"),
        (Self::HowMuch, "how-much"),
        (Self::Who, "who"),
        (Self::When, "when"),
        (Self::How, "how"),
        (Self::Ties, "ties"),
        (Self::Whom, "whom"),
        (Self::Marks, "marks"),
    ];

    /// Returns the question with this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == name).map(|(question, _)| *question)
    }

    /// Returns the question's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(question, _)| *question == self).map_or("", |(_, name)| name)
    }

    /// Returns what a field of a type answers when its kind does not say.
    pub(crate) fn of_type(type_name: &str) -> Self {
        match type_name {
            "money" | "number" | "percent" => Self::HowMuch,
            "date" | "date-time" | "period" => Self::When,
            "person" => Self::Who,
            "long-text" => Self::How,
            "reference" => Self::Ties,
            "phone" => Self::Whom,
            "code" | "url" | "file" => Self::Marks,
            _ => Self::What,
        }
    }
}
