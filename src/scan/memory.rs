//! What is remembered between searches of the history: the ids of objects in which nothing was
//! found, and by which program.
//!
//! An id is the hash of its object. Only clean objects are kept, so that no id is the hash of a
//! personal value. The file lies in `.mingbai/`, which git ignores, and never gets into a site.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use crate::decode::DECODERS;
use crate::detect::DETECTORS;
use crate::files::read_file;

/// The folder's name, and the file's in it.
const FOLDER: &str = "scan";
const FILE: &str = "clean";

/// Returns what a memory is worth only for: this program with these detectors, decoders and rules.
fn stamp(rules: &str) -> String {
    let detectors = DETECTORS.iter().map(|detector| detector.name()).collect::<Vec<_>>().join(",");
    let decoders = DECODERS.iter().map(|decoder| decoder.name()).collect::<Vec<_>>().join(",");
    format!("mingbai {} {detectors} {decoders} {rules}", env!("CARGO_PKG_VERSION"))
}

/// Returns the ids of objects that were clean; none when anything about the search has changed.
pub(super) fn recall(folder: &Path, rules: &str) -> BTreeSet<String> {
    let bytes = read_file(&folder.join(FOLDER).join(FILE)).unwrap_or_default();
    let text = String::from_utf8(bytes).unwrap_or_default();
    match text.split_once('\n') {
        Some((first, ids)) if first == stamp(rules) => ids.lines().map(str::to_owned).collect(),
        _ => BTreeSet::new(),
    }
}

/// Remembers the ids of clean objects.
#[expect(clippy::disallowed_methods, reason = "the program's own memory is written here")]
pub(super) fn remember(folder: &Path, rules: &str, clean: &BTreeSet<String>) -> Result<()> {
    let folder = folder.join(FOLDER);
    fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    // Not every repository knows that `.mingbai/` is nobody else's.
    let fence = folder.join(".gitignore");
    fs::write(&fence, "*\n").with_context(|| format!("writing {}", fence.display()))?;
    let mut text = stamp(rules);
    for id in clean {
        text.push('\n');
        text.push_str(id);
    }
    text.push('\n');
    // A memory that was cut off would leave out what it should not: the whole takes the old one's
    // place at once.
    let (path, fresh) = (folder.join(FILE), folder.join("clean.new"));
    fs::write(&fresh, text).with_context(|| format!("writing {}", fresh.display()))?;
    fs::rename(&fresh, &path).with_context(|| format!("writing {}", path.display()))
}
