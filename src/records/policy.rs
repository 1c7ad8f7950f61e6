//! The policy: what an audience is given of a value. Unsaid means withheld.

use crate::records::schema::{Audience, Class, FieldDef, Kind, Treatment};

/// Returns what an audience is given of a field.
pub(in crate::records) fn treatment(
    kind: &Kind,
    audience: Audience,
    field: &FieldDef,
) -> Treatment {
    class_treatment(kind, audience, field.class)
}

/// Returns what an audience is given of a class; no class means nothing.
pub(in crate::records) fn class_treatment(
    kind: &Kind,
    audience: Audience,
    class: Option<Class>,
) -> Treatment {
    let said = class.and_then(|class| kind.policy.get(&(audience, class)).copied());
    said.unwrap_or(Treatment::Withhold)
}
