// expect: E0277 E0599 E0616 E0624
// in: src/site
//! What stays behind cannot be taken apart, written out or put before a template, and what is
//! released cannot be changed.

use crate::records::{Opened, PublicRecord, Release, Withheld};

/// Takes the pieces one by one.
pub(crate) fn pieces(opened: &Opened, release: &Release, withheld: &Withheld, record: &PublicRecord) {
    let _patterns = &withheld.finder; //~ E0616
    let _origins = &withheld.marks; //~ E0616
    let _raw = &opened.catalog; //~ E0616
    let _records = &release.records; //~ E0616
    let _fields = &record.fields; //~ E0616
    let _key = record.key(release.schema()); //~ E0624
}

/// Writes them out.
pub(crate) fn words(opened: &Opened, withheld: &Withheld) -> Vec<String> {
    vec![
        format!("{opened}"), //~ E0277
        format!("{withheld}"), //~ E0277
        opened.to_string(), //~ E0599
        serde_json::to_string(opened).unwrap_or_default(), //~ E0277
        serde_json::to_string(withheld).unwrap_or_default(), //~ E0277
    ]
}

/// Puts them before a template.
pub(crate) fn contexts(context: &mut tera::Context, opened: &Opened, withheld: &Withheld) {
    context.insert("opened", opened); //~ E0277
    context.insert("withheld", withheld); //~ E0277
}
