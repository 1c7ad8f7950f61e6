//! Roles: what a field does. Through roles the program understands kinds it has never heard of.

use crate::diag::Code;
use crate::diag::code::{OVER_ALLOCATED, OVER_PAID, OVER_PLANNED, OVER_SETTLED};

macro_rules! roles {
    ($($role:ident = $name:literal, $doc:literal;)*) => {
        /// What a field does for the program.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Role {
            $(#[doc = $doc] $role,)*
        }

        impl Role {
            /// Every role with its name in kinds.
            pub(crate) const ALL: &[(Self, &'static str)] = &[$((Self::$role, $name),)*];
        }
    };
}

roles! {
    Title = "title", "The record's name.";
    Place = "place", "Where.";
    Year = "year", "The year or period the record speaks of.";
    FormedOn = "formed-on", "The day the information came into being.";
    PublishedOn = "published-on", "The day it was published.";
    NoticePeriod = "notice-period", "From when to when a notice hangs.";
    About = "about", "The records a notice or correction speaks of.";
    Publisher = "publisher", "Who publishes.";
    Hotline = "hotline", "Where to object.";
    Basis = "basis", "The rule behind the publication.";
    From = "from", "The record the money came from.";
    Available = "available", "Money a fund has.";
    Allocated = "allocated", "Money given to receivers.";
    Planned = "planned", "Money a project may cost.";
    ContractPrice = "contract-price", "Money agreed with a contractor.";
    Settled = "settled", "Money found due after inspection.";
    Paid = "paid", "Money paid out.";
    Amount = "amount", "Money of one row.";
    Quantity = "quantity", "How many units a row has.";
    Standard = "standard", "Money for each unit.";
    Total = "total", "A stated total.";
    HouseholdCount = "household-count", "How many households.";
    PersonCount = "person-count", "How many persons.";
    Stage = "stage", "How far a life cycle has come.";
    Group = "group", "What a row belongs to.";
    ValidFrom = "valid-from", "The first day on which it holds.";
    ValidTo = "valid-to", "The last day on which it holds.";
    Source = "source", "Where else it is published.";
    Supplier = "supplier", "Who was hired.";
    SupplierCode = "supplier-code", "The credit code of who was hired.";
    Method = "method", "How it was chosen who is hired.";
    Category = "category", "What is bought: goods, works or services.";
    Ceiling = "ceiling", "The most that may be offered.";
    Bidders = "bidders", "How many offered.";
    AwardedOn = "awarded-on", "The day on which it was decided who is hired.";
    SignedOn = "signed-on", "The day on which a contract was signed.";
    DueOn = "due-on", "The day by which work is to be done.";
    PaidOn = "paid-on", "The day on which money was paid.";
    Scheme = "scheme", "The scheme under which help is given.";
    Sort = "sort", "Which of several things the record tells.";
    Validity = "validity", "Whether a rule holds, as whoever wrote it says.";
    Replaces = "replaces", "The rules it stands in place of.";
    ReplacedBy = "replaced-by", "The rule that stands in its place.";
    ReceivedOn = "received-on", "The day on which a matter came in.";
    AcceptedOn = "accepted-on", "The day on which a matter was taken up.";
    ClosedOn = "closed-on", "The day on which a matter was settled.";
    Outcome = "outcome", "How a matter ended.";
    Identity = "identity", "The number of a thing that stays the same from year to year.";
    Worth = "worth", "What a thing is worth.";
    Owner = "owner", "Whose it is.";
    User = "user", "Who has the use of it.";
    Rent = "rent", "What its use costs a year.";
    LeaseTo = "lease-to", "The last day on which somebody has the use of it.";
    Income = "income", "What it brings in a year.";
}

impl Role {
    /// The stations money passes, in their order.
    pub const STATIONS: [Self; 6] = [
        Self::Available,
        Self::Allocated,
        Self::Planned,
        Self::ContractPrice,
        Self::Settled,
        Self::Paid,
    ];

    /// Returns the code of money that is too much at a station.
    #[must_use]
    pub const fn too_much(self) -> Option<Code> {
        match self {
            Self::Allocated => Some(OVER_ALLOCATED),
            Self::Planned => Some(OVER_PLANNED),
            Self::Settled => Some(OVER_SETTLED),
            Self::Paid => Some(OVER_PAID),
            _ => None,
        }
    }

    /// Returns the role with this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == name).map(|(role, _)| *role)
    }

    /// Returns the role's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(role, _)| *role == self).map_or("", |(_, name)| name)
    }
}
