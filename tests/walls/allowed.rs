// expect:
// in: src/site
//! The control: what the public room is there for compiles, so that the other probes fail for
//! their own reasons.

use crate::records::{Datum, Opened, PublicRecord, Release, Withheld};

/// Serializes what is released.
pub(crate) fn json(release: &Release) -> String {
    serde_json::to_string(release).unwrap_or_default()
}

/// Puts it before a template.
pub(crate) fn context(context: &mut tera::Context, record: &PublicRecord) {
    context.insert("record", record);
    context.insert("datum", &Datum::Text(record.id().to_owned()));
}

/// Says how much stays behind, and no more.
pub(crate) fn words(opened: &Opened, withheld: &Withheld) -> String {
    format!("{opened:?} {withheld:?} {}", withheld.total())
}
