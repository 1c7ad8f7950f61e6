//! Files: a snapshot of a tree, path to bytes, held in memory.
//!
//! Everything the program knows of a register it knows from here. A snapshot is the same whether
//! it was read from a disk or made by a test; nothing below this module touches a file system.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use anyhow::{Context as _, Result, bail};
use rayon::prelude::*;
use walkdir::WalkDir;

/// A snapshot of a tree. Paths are relative, with `/` between their parts.
#[derive(Clone, Debug, Default)]
pub struct Files {
    files: BTreeMap<Arc<str>, Arc<[u8]>>,
}

impl Files {
    /// Makes a snapshot of files given by hand.
    pub fn of<P: AsRef<str>, B: Into<Vec<u8>>>(files: impl IntoIterator<Item = (P, B)>) -> Self {
        let files = files
            .into_iter()
            .map(|(path, bytes)| (Arc::from(path.as_ref()), Arc::from(bytes.into())))
            .collect();
        Self { files }
    }

    /// Reads every file below `root`, hidden ones left out.
    ///
    /// # Errors
    ///
    /// Fails when a folder or file cannot be read.
    pub fn read(root: &Path) -> Result<Self> {
        Self::read_listed(root, list(root)?)
    }

    /// Reads the files that were listed below `root`.
    ///
    /// # Errors
    ///
    /// Fails when a file cannot be read.
    pub fn read_listed(root: &Path, listed: Vec<Stamp>) -> Result<Self> {
        let files = listed
            .into_par_iter()
            .map(|stamp| {
                let path = root.join(&*stamp.path);
                let bytes =
                    read_file(&path).with_context(|| format!("reading {}", path.display()))?;
                Ok((stamp.path, Arc::from(bytes)))
            })
            .collect::<Result<Vec<_>>>()?;
        Ok(Self { files: files.into_iter().collect() })
    }

    /// Returns the bytes of a file.
    #[must_use]
    pub fn bytes(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(|bytes| &**bytes)
    }

    /// Returns a file as text, if it is there and is UTF-8.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<&str> {
        self.bytes(path).and_then(|bytes| std::str::from_utf8(bytes).ok())
    }

    /// Returns whether a file is there.
    #[must_use]
    pub fn contains(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// Returns every file in the order of the paths.
    pub fn iter(&self) -> impl Iterator<Item = (&Arc<str>, &[u8])> {
        self.files.iter().map(|(path, bytes)| (path, &**bytes))
    }

    /// Returns how many files there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Returns whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

/// What the file system says of a file without reading it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stamp {
    /// The path below the root.
    pub path: Arc<str>,
    /// The size in bytes.
    pub size: u64,
    /// The time of the last change, in nanoseconds since 1970.
    pub changed_ns: u128,
}

/// Lists the files below `root` in the order of their paths; none if the folder does not exist.
///
/// # Errors
///
/// Fails when a folder cannot be listed, a path is not UTF-8, or an entry is a symbolic link.
pub fn list(root: &Path) -> Result<Vec<Stamp>> {
    let mut stamps = Vec::new();
    if !root.exists() {
        return Ok(stamps);
    }
    let visible = |entry: &walkdir::DirEntry| {
        entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.')
    };
    for entry in WalkDir::new(root).into_iter().filter_entry(visible) {
        let entry = entry.with_context(|| format!("listing {}", root.display()))?;
        // A link would be read, or written, as what it points to: somewhere else.
        if entry.file_type().is_symlink() {
            bail!(
                "{}: 符号链接不读也不写 / a symbolic link is neither read nor written",
                entry.path().display()
            );
        }
        if !entry.file_type().is_file() {
            continue;
        }
        let metadata =
            entry.metadata().with_context(|| format!("reading {}", entry.path().display()))?;
        let below = entry.path().strip_prefix(root).expect("walkdir stays below its root");
        let parts: Option<Vec<&str>> = below.iter().map(|part| part.to_str()).collect();
        let parts =
            parts.with_context(|| format!("the name of {} is not UTF-8", below.display()))?;
        let changed_ns = metadata
            .modified()
            .ok()
            .and_then(|time| time.duration_since(UNIX_EPOCH).ok())
            .map_or(0, |age| age.as_nanos());
        let path = Arc::from(parts.join("/"));
        stamps.push(Stamp { path, size: metadata.len(), changed_ns });
    }
    stamps.sort();
    Ok(stamps)
}

/// Reads one file.
///
/// # Errors
///
/// Fails when it cannot be read.
#[expect(clippy::disallowed_methods, reason = "this is the one door through which files are read")]
pub fn read_file(path: &Path) -> std::io::Result<Vec<u8>> {
    std::fs::read(path)
}
