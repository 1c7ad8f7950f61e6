//! Help to people as 360Giving: one grant a list, with its scheme and its total, and no recipient.
//!
//! A list whose total is not shown is not there; nothing is added up here.

use serde::Serialize;

use crate::diag::Finding;
use crate::records::{Datum, Role};
use crate::site::desk::Desk;
use crate::site::format::Format;
use crate::site::format::amount::{CURRENCY, Yuan};
use crate::site::format::json::address;
use crate::site::page::{Page, Subject};
use crate::site::url::Route;
use crate::site::{sentence, words};

/// Where the grants go.
pub(super) const PATH: &str = "data/360giving.json";

/// The version of the standard.
const VERSION: &str = "1.4";

/// A title is shorter than this, by the standard.
const LONGEST_TITLE: usize = 139;

/// What stands in the place of those who were helped.
const RECIPIENTS: &str = "受助人(不列姓名)";

/// Help to people as 360Giving.
pub(super) struct Giving;

#[derive(Serialize)]
struct Package<'d> {
    version: &'static str,
    title: &'d str,
    description: &'d str,
    issued: String,
    publisher: Publisher<'d>,
    #[serde(skip_serializing_if = "str::is_empty")]
    license: &'d str,
    grants: Vec<Grant>,
}

#[derive(Serialize)]
struct Publisher<'d> {
    name: &'d str,
    #[serde(skip_serializing_if = "str::is_empty")]
    website: &'d str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Grant {
    id: String,
    title: String,
    description: String,
    currency: &'static str,
    amount_awarded: Yuan,
    award_date: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    url: String,
    recipient_individual: Named,
    funding_organization: [Named; 1],
    grant_programme: [Titled; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    beneficiary_location: Vec<Location>,
}

#[derive(Serialize)]
struct Named {
    id: String,
    name: String,
}

#[derive(Serialize)]
struct Titled {
    title: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    name: String,
    country_code: &'static str,
    geo_code: String,
}

impl Format for Giving {
    fn name(&self) -> &'static str {
        "360giving"
    }

    fn plan(&self, desk: &Desk<'_>) -> Vec<Page> {
        let page = Page { route: Route::new(PATH), subject: Subject::Whole };
        // A package without a grant is none.
        grants(desk).next().map(|_| page).into_iter().collect()
    }

    fn render(&self, _page: &Page, desk: &Desk<'_>) -> Result<Vec<u8>, Box<Finding>> {
        let release = desk.index.release;
        let site = release.site();
        let package = Package {
            version: VERSION,
            title: &site.title,
            description: &site.description,
            issued: release.as_of().to_string(),
            publisher: Publisher { name: &site.publisher, website: desk.base_url() },
            license: &site.open_data.license_url,
            grants: grants(desk).collect(),
        };
        let mut text = serde_json::to_vec(&package).expect("a JSON value is writable");
        text.push(b'\n');
        Ok(text)
    }
}

/// Returns the grants, in the order of the records.
fn grants<'d>(desk: &'d Desk<'_>) -> impl Iterator<Item = Grant> + 'd {
    (0..desk.index.release.records().len()).filter_map(|at| grant(at, desk))
}

/// Returns the grant of a record; nothing when it helps nobody or does not show how much.
fn grant(at: usize, desk: &Desk<'_>) -> Option<Grant> {
    let index = &desk.index;
    let (release, record) = (index.release, index.record(at));
    let Some(Datum::Text(scheme)) = words::datum(release, record, Role::Scheme) else {
        return None;
    };
    let total = words::money(release, record, Role::Total)?;
    let day = index.days[at].filter(|day| *day <= release.as_of())?;
    let key = format!("{}-{}", words::kind_name(release, record), record.id());
    let prefix = &release.site().open_data.grant_prefix;
    let id = if prefix.is_empty() { key } else { format!("{prefix}-{key}") };
    let title = words::title(release, record);
    let sentence = sentence::sentence(release, record, index.lang);
    let funder = words::publisher(release, record);
    let place = words::place_code(release, record).map(|code| Location {
        name: words::place_name(release, code).to_owned(),
        country_code: "CN",
        geo_code: code.to_owned(),
    });
    Some(Grant {
        title: title.chars().take(LONGEST_TITLE).collect(),
        description: if sentence.is_empty() { title } else { sentence },
        currency: CURRENCY,
        amount_awarded: Yuan(total),
        award_date: day.to_string(),
        url: if desk.base_url().is_empty() {
            String::new()
        } else {
            address(desk, &index.href(at))
        },
        recipient_individual: Named { id: format!("{id}-recipients"), name: RECIPIENTS.to_owned() },
        funding_organization: [Named { id: funder.clone(), name: funder }],
        grant_programme: [Titled { title: scheme.clone() }],
        beneficiary_location: place.into_iter().collect(),
        id,
    })
}
