//! What the program remembers of the last build, so that a build without changes costs no more
//! than a look at the files.
//!
//! Kept beside the register and never published. It holds times and sizes folded into one number,
//! and the summary of the last build, which quotes no content.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::Path;

use anyhow::{Context as _, Result};

use crate::files::{Stamp, read_file};
use crate::site::links::External;

/// The file's name.
const FILE: &str = "last-build";

/// The file with the links that lead out of the site.
const LINKS: &str = "links.txt";

/// The state of inputs, outputs and options, as one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State(u64);

impl State {
    /// Folds the state of files and options into one number.
    #[must_use]
    pub fn of(inputs: &[Stamp], outputs: &[Stamp], options: &str) -> Self {
        let mut hasher = DefaultHasher::new();
        options.hash(&mut hasher);
        for stamp in inputs.iter().chain(outputs) {
            (&stamp.path, stamp.size, stamp.changed_ns).hash(&mut hasher);
        }
        Self(hasher.finish())
    }
}

/// Returns what was said after the last build, if nothing has changed since.
#[must_use]
pub fn recall(folder: &Path, state: State) -> Option<String> {
    let text = String::from_utf8(read_file(&folder.join(FILE)).ok()?).ok()?;
    let (first, summary) = text.split_once('\n')?;
    (first == format!("{:016x}", state.0)).then(|| summary.to_owned())
}

/// Remembers what was said after a build.
///
/// # Errors
///
/// Fails when the file cannot be written.
#[expect(clippy::disallowed_methods, reason = "the program's own memory is written here")]
pub fn remember(folder: &Path, state: State, summary: &str) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    let path = folder.join(FILE);
    fs::write(&path, format!("{:016x}\n{summary}", state.0))
        .with_context(|| format!("writing {}", path.display()))
}

/// Lists the links that lead out of the site, for whoever wants to look whether they still work.
///
/// # Errors
///
/// Fails when the file cannot be written.
#[expect(clippy::disallowed_methods, reason = "the program's own memory is written here")]
pub fn list_links(folder: &Path, links: &External) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    let line = |(link, (pages, first)): (&String, &(usize, String))| {
        // A line is a link, whatever stands in it.
        format!("{}\t{pages}\t{first}\n", link.replace(['\t', '\n', '\r'], " "))
    };
    let text: String = links.iter().map(line).collect();
    let path = folder.join(LINKS);
    fs::write(&path, text).with_context(|| format!("writing {}", path.display()))
}

/// Forgets the last build.
#[expect(clippy::disallowed_methods, reason = "the program's own memory is written here")]
pub fn forget(folder: &Path) {
    // There may be nothing to forget.
    let _nothing_there = fs::remove_file(folder.join(FILE));
}
