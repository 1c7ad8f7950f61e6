//! The map of the site for people: every page of the register's own, every section with its kinds, and
//! every place.

use serde::Serialize;

use crate::site::index::Index;
use crate::site::tongue::Tongue;
use crate::site::url;
use crate::site::view::Link;
use crate::site::view::place::{self, Line};
use crate::site::view::written;

/// The view of the map.
#[derive(Serialize)]
pub(crate) struct SiteMapView {
    pages: Vec<Link>,
    sections: Vec<SectionLine>,
    tree: Vec<Line>,
}

#[derive(Serialize)]
struct SectionLine {
    label: String,
    href: String,
    kinds: Vec<KindLine>,
}

#[derive(Serialize)]
struct KindLine {
    label: String,
    href: String,
    count: usize,
}

/// Makes the view of the map.
pub(crate) fn site_map(index: &Index<'_>, tongue: &Tongue) -> SiteMapView {
    let schema = index.release.schema();
    let sections = schema.sections().iter().map(|section| {
        let kinds = schema.kinds().iter().enumerate();
        let filled = kinds
            .filter(|(at, kind)| kind.section == section.key && !index.by_kind[*at].is_empty());
        SectionLine {
            label: section.label.text(index.lang).to_owned(),
            href: url::section(&section.key),
            kinds: filled
                .map(|(at, kind)| KindLine {
                    label: kind.label.text(index.lang).to_owned(),
                    href: url::kind(&kind.name),
                    count: index.by_kind[at].len(),
                })
                .collect(),
        }
    });
    SiteMapView {
        pages: written::in_order(index.release, tongue).into_iter().map(|(_, link)| link).collect(),
        sections: sections.filter(|section| !section.kinds.is_empty()).collect(),
        tree: place::tree(index),
    }
}
