//! The one table of finding codes; each has its page in `docs/rules/` and its fixtures in
//! `tests/rules/`.

use crate::diag::Severity;

/// A kind of finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(&'static str);

impl Code {
    /// Returns the code's name, as written in `accepted` and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.0
    }

    /// Returns the code with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        CODES.iter().map(|(code, _)| *code).find(|code| code.0 == name)
    }

    /// Returns whether findings of this code say that something private would get out.
    #[must_use]
    pub fn is_private(self) -> bool {
        let private =
            [PERSONAL_DATA, NAMED_PERSON, DIGITS_OF_NUMBER, UNSAFE_AGGREGATE, RAW_PERSONAL_DATA];
        private.contains(&self)
    }

    /// Returns how grave findings of this code are.
    #[must_use]
    pub fn severity(self) -> Severity {
        let entry = CODES.iter().find(|(code, _)| *code == self);
        entry.map_or(Severity::Error, |(_, severity)| *severity)
    }
}

macro_rules! codes {
    ($($name:ident = $text:literal $severity:ident;)*) => {
        $(
            #[doc = concat!("`", $text, "`; see `docs/rules/", $text, ".md`.")]
            pub const $name: Code = Code($text);
        )*
        /// Every code with its severity, in the order of the phases.
        pub const CODES: &[(Code, Severity)] = &[$(($name, Severity::$severity),)*];
    };
}

codes! {
    NOT_UTF8 = "not-utf8" Error;
    SYNTAX = "syntax" Error;
    SITE_FAULT = "site-fault" Error;
    PLACE_FAULT = "place-fault" Error;
    KIND_FAULT = "kind-fault" Error;
    UNCLASSED_FIELD = "unclassed-field" Error;
    UNKNOWN_KIND = "unknown-kind" Error;
    MISSING_ID = "missing-id" Error;
    BAD_ID = "bad-id" Error;
    DUPLICATE_ID = "duplicate-id" Error;
    UNKNOWN_FIELD = "unknown-field" Error;
    UNEXPECTED_BODY = "unexpected-body" Error;
    MISSING_FIELD = "missing-field" Error;
    WRONG_TYPE = "wrong-type" Error;
    BARE_NUMBER = "bare-number" Error;
    REMARK_IN_AMOUNT = "remark-in-amount" Error;
    UNKNOWN_UNIT = "unknown-unit" Error;
    UNKNOWN_CHOICE = "unknown-choice" Error;
    BAD_CODE = "bad-code" Error;
    UNKNOWN_PLACE = "unknown-place" Error;
    UNKNOWN_REFERENCE = "unknown-reference" Error;
    PAGE_FAULT = "page-fault" Error;
    SHORT_CODE = "short-code" Error;
    MISSING_ATTACHMENT = "missing-attachment" Error;
    UNSAFE_ATTACHMENT = "unsafe-attachment" Error;
    PERSONAL_DATA = "personal-data" Error;
    NAMED_PERSON = "named-person" Error;
    DIGITS_OF_NUMBER = "digits-of-number" Error;
    EXCEPTION_FAULT = "exception-fault" Error;
    EXCEPTION_UNUSED = "exception-unused" Warning;
    UNCHECKED_ATTACHMENT = "unchecked-attachment" Warning;
    DATE_ORDER = "date-order" Error;
    SHORT_NOTICE = "short-notice" Error;
    ENDLESS_NOTICE = "endless-notice" Error;
    LATE_PUBLICATION = "late-publication" Warning;
    HOLIDAYS_UNKNOWN = "holidays-unknown" Warning;
    LIST_TOTAL = "list-total" Error;
    PARTS_TOTAL = "parts-total" Error;
    SUBTOTAL = "subtotal" Error;
    ROW_PRODUCT = "row-product" Error;
    UNIT_CONTRADICTION = "unit-contradiction" Error;
    OVER_ALLOCATED = "over-allocated" Error;
    OVER_PLANNED = "over-planned" Error;
    OVER_SETTLED = "over-settled" Error;
    OVER_PAID = "over-paid" Error;
    UNSAFE_AGGREGATE = "unsafe-aggregate" Error;
    RE_IDENTIFIABLE = "re-identifiable" Warning;
    INDEX_COLLISION = "index-collision" Error;
    SAME_PERSON = "same-person" Warning;
    UNREAD_FILE = "unread-file" Warning;
    LEFT_OVER = "left-over" Warning;
    ACCEPTED_UNUSED = "accepted-unused" Warning;
    BROKEN_LINK = "broken-link" Warning;
    ROUTE_COLLISION = "route-collision" Error;
    TEMPLATE = "template" Error;
    THEME_FAULT = "theme-fault" Error;
    LOW_CONTRAST = "low-contrast" Warning;
    RAW_PERSONAL_DATA = "raw-personal-data" Error;
    NOT_SEARCHED = "not-searched" Warning;
}

#[cfg(test)]
mod tests {
    use super::{CODES, Code};

    #[test]
    fn every_code_is_named_once() {
        for (index, (code, _)) in CODES.iter().enumerate() {
            assert_eq!(Code::named(code.name()), Some(*code));
            assert!(CODES[..index].iter().all(|(other, _)| other != code));
        }
    }
}
