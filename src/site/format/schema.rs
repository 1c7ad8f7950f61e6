//! The JSON Schema of every kind that has records, beside its data.

use crate::diag::Finding;
use crate::site::desk::Desk;
use crate::site::format::Format;
use crate::site::page::{Page, Subject};
use crate::site::url::Route;

/// The JSON Schema of a kind.
pub(super) struct Schema;

impl Format for Schema {
    fn name(&self) -> &'static str {
        "schema"
    }

    fn plan(&self, desk: &Desk<'_>) -> Vec<Page> {
        let kinds = desk.index.release.schema().kinds();
        desk.kinds()
            .map(|kind| Page {
                route: Route::new(format!("data/{}.schema.json", kinds[kind].name)),
                subject: Subject::Kind { kind, number: 1 },
            })
            .collect()
    }

    fn render(&self, page: &Page, desk: &Desk<'_>) -> Result<Vec<u8>, Box<Finding>> {
        let Subject::Kind { kind, .. } = page.subject else {
            return Ok(Vec::new());
        };
        let schema = desk.index.release.schema().kinds()[kind].json_schema();
        let mut text = serde_json::to_vec_pretty(&schema).expect("a JSON value is writable");
        text.push(b'\n');
        Ok(text)
    }
}
