//! What was bought, as Open Contracting Data (OCDS 1.1): one process a project, from its plan to
//! what was paid, under one identifier over its life.
//!
//! A process begins with the record that plans the money of contracts; a contract without one is a
//! process of its own. The identifiers need a registered prefix: without it, or without the site's
//! address, there is no such file. It holds what stands today; earlier states are not kept.

mod process;
mod release;

use serde::Serialize;

use crate::diag::Finding;
use crate::site::desk::Desk;
use crate::site::format::Format;
use crate::site::format::datapackage::moment;
use crate::site::format::ocds::process::processes;
use crate::site::format::ocds::release::{Process, release};
use crate::site::page::{Page, Subject};
use crate::site::url::{self, Route};

/// Where the processes go.
pub(super) const PATH: &str = "data/ocds.json";

/// The version of the standard.
const VERSION: &str = "1.1";

/// What was bought, as Open Contracting Data.
pub(super) struct Ocds;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Package<'d> {
    uri: String,
    version: &'static str,
    published_date: String,
    publisher: Publisher<'d>,
    #[serde(skip_serializing_if = "str::is_empty")]
    license: &'d str,
    extensions: [&'static str; 0],
    records: Vec<Record>,
}

#[derive(Serialize)]
struct Publisher<'d> {
    name: &'d str,
    uri: &'d str,
}

/// A process: what was released about it, and what that comes to.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Record {
    ocid: String,
    releases: [Process; 1],
    compiled_release: Process,
}

impl Format for Ocds {
    fn name(&self) -> &'static str {
        "ocds"
    }

    fn plan(&self, desk: &Desk<'_>) -> Vec<Page> {
        let prefix = &desk.index.release.site().open_data.ocid_prefix;
        if prefix.is_empty() || desk.base_url().is_empty() || processes(&desk.index).is_empty() {
            return Vec::new();
        }
        vec![Page { route: Route::new(PATH), subject: Subject::Whole }]
    }

    fn render(&self, _page: &Page, desk: &Desk<'_>) -> Result<Vec<u8>, Box<Finding>> {
        let site = desk.index.release.site();
        let records = processes(&desk.index).into_iter().map(|(root, contracts)| {
            let release = |tag| release(desk, root, &contracts, tag);
            let first = release(None);
            let ocid = first.ocid.clone();
            Record { ocid, releases: [first], compiled_release: release(Some("compiled")) }
        });
        let package = Package {
            uri: url::absolute(desk.base_url(), PATH),
            version: VERSION,
            published_date: moment(desk.index.release.as_of()),
            publisher: Publisher { name: &site.publisher, uri: desk.base_url() },
            license: &site.open_data.license_url,
            extensions: [],
            records: records.collect(),
        };
        let mut text = serde_json::to_vec(&package).expect("a JSON value is writable");
        text.push(b'\n');
        Ok(text)
    }
}
