//! Styles that hide what is written in them.
//!
//! Every document brings stock styles that hide text and are used nowhere. Only a style counts that
//! a part of the document names, that holds without being named, or that such a style is based on.

use std::collections::{BTreeMap, BTreeSet};

use crate::records::attach::unpack::Entry;
use crate::records::attach::xml::{Shape, Tag, tags, unescaped};

/// The style that stands for what holds everywhere; no style has an empty name.
const EVERYWHERE: &str = "";

/// One style.
#[derive(Default)]
struct Style {
    /// The styles it is based on.
    bases: Vec<String>,
    /// Whether it hides.
    hides: bool,
}

/// Returns whether a part holds the styles of a text document.
pub(super) fn is_sheet(entry: &Entry) -> bool {
    entry.name.starts_with("word/") && entry.name.rsplit('/').next() == Some("styles.xml")
}

/// Returns whether an element hides text.
pub(super) fn is_hiding(tag: &Tag<'_>) -> bool {
    let off = || matches!(tag.attribute("val"), Some("0" | "false" | "none" | "off"));
    matches!(tag.shape, Shape::Open | Shape::Empty)
        && matches!(tag.name, "vanish" | "specVanish")
        && !off()
}

/// Returns whether a style that is used hides text.
pub(super) fn hide(entries: &[Entry]) -> bool {
    let (mut styles, mut used) = (BTreeMap::new(), BTreeSet::from([EVERYWHERE.to_owned()]));
    for entry in entries {
        let Some(text) = entry.text() else {
            continue;
        };
        if is_sheet(entry) {
            read(text, &mut styles, &mut used);
            continue;
        }
        let names = tags(text)
            .filter(|tag| tag.name.ends_with("Style"))
            .filter_map(|tag| tag.attribute("val").map(unescaped));
        used.extend(names);
    }
    let mut open: Vec<String> = used.iter().cloned().collect();
    while let Some(name) = open.pop() {
        let Some(style) = styles.get(&name) else {
            continue;
        };
        if style.hides {
            return true;
        }
        open.extend(style.bases.iter().filter(|base| used.insert((*base).clone())).cloned());
    }
    false
}

/// Reads the styles of a part, and which of them hold without being named.
fn read(text: &str, styles: &mut BTreeMap<String, Style>, used: &mut BTreeSet<String>) {
    let mut name = EVERYWHERE.to_owned();
    for tag in tags(text) {
        match (tag.name, tag.shape) {
            ("style", Shape::Open) => {
                name = tag.attribute("styleId").map(unescaped).unwrap_or_default();
                if tag.says("default") {
                    used.insert(name.clone());
                }
            }
            ("style", Shape::Close) => EVERYWHERE.clone_into(&mut name),
            ("basedOn", _) => {
                let base = tag.attribute("val").map(unescaped);
                styles.entry(name.clone()).or_default().bases.extend(base);
            }
            _ if is_hiding(&tag) => styles.entry(name.clone()).or_default().hides = true,
            _ => {}
        }
    }
}
