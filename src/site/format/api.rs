//! The programming interface: files at addresses that stay, one a kind and one a place.
//!
//! Nothing is taken away and nothing changes its meaning within `v1`; there may be more. What a
//! file holds is described by [`OpenApi`](super::openapi::OpenApi).

use serde_json::{Map, Value, json};

use crate::diag::Finding;
use crate::project::Place;
use crate::records::{Datum, Role};
use crate::site::chart::Amount;
use crate::site::desk::Desk;
use crate::site::format::Format;
use crate::site::format::flat::in_order;
use crate::site::format::json::{address, listing};
use crate::site::notice::standing;
use crate::site::page::{Page, Subject};
use crate::site::tally;
use crate::site::url::{self, Route};
use crate::site::view::place;
use crate::site::words;
use crate::text::Money;

/// The version, which is part of every address.
pub(super) const VERSION: &str = "v1";

/// The programming interface.
pub(super) struct Api;

/// Returns the path of a file of the interface.
pub(super) fn path(rest: &str) -> String {
    format!("api/{VERSION}/{rest}.json")
}

impl Format for Api {
    fn name(&self) -> &'static str {
        "api"
    }

    fn plan(&self, desk: &Desk<'_>) -> Vec<Page> {
        let kinds = desk.index.release.schema().kinds();
        let page = |rest: &str, subject: Subject| Page { route: Route::new(path(rest)), subject };
        let mut pages = vec![page("index", Subject::Home), page("notices/open", Subject::Whole)];
        pages.extend(
            desk.kinds().map(|kind| page(&kinds[kind].name, Subject::Kind { kind, number: 1 })),
        );
        let places = desk.index.release.places().iter();
        pages.extend(places.map(|place| {
            page(&format!("places/{}", place.code), Subject::Place(place.code.clone()))
        }));
        pages
    }

    fn render(&self, page: &Page, desk: &Desk<'_>) -> Result<Vec<u8>, Box<Finding>> {
        let value = match &page.subject {
            Subject::Home => index(desk),
            Subject::Kind { kind, .. } => return Ok(kind_file(*kind, desk)),
            Subject::Place(code) => {
                let place = desk.index.release.places().find(code);
                place.map_or(Value::Null, |place| place_file(place, desk))
            }
            _ => open_notices(desk),
        };
        let mut text = serde_json::to_vec(&value).expect("a JSON value is writable");
        text.push(b'\n');
        Ok(text)
    }
}

/// Says what there is.
fn index(desk: &Desk<'_>) -> Value {
    let release = desk.index.release;
    let site = release.site();
    let kinds = desk.kinds().map(|at| {
        let kind = &release.schema().kinds()[at];
        json!({
            "name": kind.name,
            "label": kind.label,
            "count": desk.index.by_kind[at].len(),
            "url": address(desk, &path(&kind.name)),
            "schema": address(desk, &format!("data/{}.schema.json", kind.name)),
        })
    });
    let places = release.places().iter().map(|place| place_line(place, desk));
    json!({
        "api": VERSION,
        "title": site.title,
        "publisher": site.publisher,
        "license": site.open_data.license,
        "as_of": release.as_of().to_string(),
        "openapi": address(desk, &path("openapi")),
        "open_notices": address(desk, &path("notices/open")),
        "kinds": kinds.collect::<Vec<_>>(),
        "places": places.collect::<Vec<_>>(),
    })
}

/// Returns a place in a list.
fn place_line(place: &Place, desk: &Desk<'_>) -> Value {
    json!({
        "code": place.code,
        "name": place.name,
        "level": place.level,
        "url": address(desk, &path(&format!("places/{}", place.code))),
    })
}

/// Writes all records of a kind.
fn kind_file(at: usize, desk: &Desk<'_>) -> Vec<u8> {
    let release = desk.index.release;
    let kind = &release.schema().kinds()[at];
    let records = in_order(desk, at);
    let head = json!({
        "api": VERSION,
        "kind": kind.name,
        "label": kind.label,
        "as_of": release.as_of().to_string(),
        "count": records.len(),
    });
    listing(&head, &records, desk)
}

/// Says what is known of a place: its money, what is open there, its own records.
fn place_file(place: &Place, desk: &Desk<'_>) -> Value {
    let index = &desk.index;
    let places = index.release.places();
    let own = index.by_place.get(&place.code).map_or(&[][..], Vec::as_slice);
    let all = index.records_in(&place.code);
    let money = Role::STATIONS.into_iter().filter_map(|role| {
        let parts = tally::entries(index, &all, role);
        // Without the figures that are not listed a sum would be no sum.
        let sum = Amount::sum(parts.iter().map(|part| part.amount)).known();
        (!parts.is_empty()).then(|| {
            json!({
                "station": role.name(),
                "fen": sum,
                "text": sum.map(|fen| Money::of_fen(fen).short()),
                "suppressed": sum.is_none(),
                "records": parts.len(),
            })
        })
    });
    let open = index.open_for(&place.code);
    let parent = places.find(&place.parent).map(|parent| place_line(parent, desk));
    json!({
        "api": VERSION,
        "as_of": index.release.as_of().to_string(),
        "code": place.code,
        "name": place.name,
        "level": place.level,
        "households": place.households,
        "persons": place.persons,
        "page": address(desk, &url::place(&place.code)),
        "parent": parent,
        "children": places.below(&place.code).map(|below| place_line(below, desk)).collect::<Vec<_>>(),
        "money": money.collect::<Vec<_>>(),
        "open_notices": open.iter().map(|at| notice(*at, desk)).collect::<Vec<_>>(),
        "records": own.iter().map(|at| Value::Object(brief(*at, desk))).collect::<Vec<_>>(),
    })
}

/// Returns what a list says of a record.
fn brief(at: usize, desk: &Desk<'_>) -> Map<String, Value> {
    let index = &desk.index;
    let (release, record) = (index.release, index.record(at));
    let kind = words::kind_name(release, record);
    let mut brief = Map::new();
    let mut add = |key: &str, value: Value| brief.insert(key.to_owned(), value);
    add("kind", json!(kind));
    add("id", json!(record.id()));
    add("title", json!(words::title(release, record)));
    add("place", json!(words::place_code(release, record)));
    add("date", json!(index.days[at].map(|day| day.to_string())));
    let money = words::amount(release, record).map(|(_, money)| money);
    add(
        "amount",
        json!(money.map(|money| json!({ "text": money.to_string(), "fen": money.fen() }))),
    );
    add("suppressed", json!(words::hides_amount(release, record)));
    add("page", json!(address(desk, &index.href(at))));
    add("records", json!(address(desk, &path(kind))));
    brief
}

/// Returns what a list says of a notice.
fn notice(at: usize, desk: &Desk<'_>) -> Value {
    let index = &desk.index;
    let (release, record) = (index.release, index.record(at));
    let mut notice = brief(at, desk);
    if let Some(period) = record.notice() {
        let standing = standing(period, release.as_of(), index.lang);
        notice.insert("from".to_owned(), json!(period.first().to_string()));
        notice.insert("to".to_owned(), json!(period.last().map(|day| day.to_string())));
        notice.insert("days_left".to_owned(), json!(standing.days_left));
    }
    let values = |role: Role| {
        words::with_role(release, record, role).map_or(&[][..], |field| field.values())
    };
    let about = values(Role::About).iter().filter_map(|value| match value.datum() {
        Datum::Record(at) => Some(address(desk, &index.href(*at))),
        _ => None,
    });
    notice.insert("about".to_owned(), json!(about.collect::<Vec<_>>()));
    let lines = values(Role::Hotline).iter().filter_map(|value| match value.datum() {
        Datum::Text(line) => Some(line.clone()),
        _ => None,
    });
    notice.insert("hotlines".to_owned(), json!(lines.collect::<Vec<_>>()));
    Value::Object(notice)
}

/// Says which notices are open; what ends first comes first.
fn open_notices(desk: &Desk<'_>) -> Value {
    let open = place::open_first(&desk.index);
    json!({
        "api": VERSION,
        "as_of": desk.index.release.as_of().to_string(),
        "count": open.len(),
        "notices": open.iter().map(|at| notice(*at, desk)).collect::<Vec<_>>(),
    })
}
