//! The files at hand: the working tree, what is about to be committed, or a folder without git.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result, anyhow};
use rayon::prelude::*;
use walkdir::WalkDir;

use crate::detect::Hit;
use crate::diag::{Finding, Span};
use crate::files::{Files, read_file};
use crate::git::{Listed, Reader, Repository, SUBMODULE, path_of};
use crate::scan::{Knows, LARGEST, Names, Outcome, Seen, is_shown, look, painted, words};
use crate::text::Phrase;

/// Where the bytes of a file come from.
#[derive(Clone, Debug)]
enum Source {
    Disk(PathBuf),
    Object(String),
    /// Another repository: it is told of, not entered.
    Elsewhere,
}

/// A file to be looked at.
#[derive(Clone, Debug)]
struct Item {
    path: Vec<u8>,
    /// What stands before the path where it is shown: a colon for the version in the index.
    mark: &'static str,
    source: Source,
}

/// The files to be looked at.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    items: Vec<Item>,
    ignored: usize,
    repository: Option<Repository>,
}

impl Listing {
    /// Lists a working tree: what is tracked, what is staged and differs, and what is not yet
    /// added. What git ignores is counted, or looked at if that is wished.
    ///
    /// # Errors
    ///
    /// Fails when git does.
    pub fn of_working_tree(repository: &Repository, with_ignored: bool) -> Result<Self> {
        let root = repository.root();
        let unlike: BTreeSet<Vec<u8>> = repository.list(Listed::Unlike)?.into_iter().collect();
        let mut on_disk: BTreeMap<Vec<u8>, Source> = BTreeMap::new();
        let mut items = Vec::new();
        for entry in repository.index()? {
            if entry.mode == SUBMODULE {
                on_disk.insert(entry.path, Source::Elsewhere);
                continue;
            }
            if unlike.contains(&entry.path) {
                let source = Source::Object(entry.id);
                items.push(Item { path: entry.path.clone(), mark: ":", source });
            }
            let place = root.join(path_of(&entry.path));
            if place.symlink_metadata().is_ok() {
                on_disk.insert(entry.path, Source::Disk(place));
            }
        }
        let mut add = |path: Vec<u8>| {
            let source = match path.ends_with(b"/") {
                true => Source::Elsewhere,
                false => Source::Disk(root.join(path_of(&path))),
            };
            on_disk.insert(path, source);
        };
        repository.list(Listed::Untracked)?.into_iter().for_each(&mut add);
        let ignored = repository.list(Listed::Ignored)?;
        let mut count = ignored.len();
        if with_ignored {
            count = 0;
            ignored.into_iter().for_each(&mut add);
        }
        items.extend(on_disk.into_iter().map(|(path, source)| Item { path, mark: "", source }));
        Ok(Self { items, ignored: count, repository: Some(repository.clone()) })
    }

    /// Lists what is about to be committed, as it stands in the index.
    ///
    /// # Errors
    ///
    /// Fails when git does.
    pub fn of_index(repository: &Repository) -> Result<Self> {
        let staged: BTreeSet<Vec<u8>> = repository.list(Listed::Staged)?.into_iter().collect();
        let entries = repository.index()?.into_iter();
        let items = entries.filter(|entry| staged.contains(&entry.path)).map(|entry| {
            let source = match entry.mode == SUBMODULE {
                true => Source::Elsewhere,
                false => Source::Object(entry.id),
            };
            Item { path: entry.path, mark: "", source }
        });
        let items = items.collect();
        Ok(Self { items, ignored: 0, repository: Some(repository.clone()) })
    }

    /// Lists every file in the index, as it stands there.
    ///
    /// # Errors
    ///
    /// Fails when git does.
    pub fn of_whole_index(repository: &Repository) -> Result<Self> {
        let entries = repository.index()?.into_iter().filter(|entry| entry.mode != SUBMODULE);
        let item = |entry: crate::git::Entry| Item {
            path: entry.path,
            mark: "",
            source: Source::Object(entry.id),
        };
        let items = entries.map(item).collect();
        Ok(Self { items, ignored: 0, repository: Some(repository.clone()) })
    }

    /// Lists a folder that is in no repository, hidden files included.
    ///
    /// # Errors
    ///
    /// Fails when a folder cannot be listed.
    pub fn of_folder(root: &Path) -> Result<Self> {
        let ours = |entry: &walkdir::DirEntry| {
            entry.depth() == 0 || entry.file_name() != ".git" && entry.file_name() != ".mingbai"
        };
        let mut items = Vec::new();
        for entry in WalkDir::new(root).sort_by_file_name().into_iter().filter_entry(ours) {
            // The error itself names the file, and the name may be a value.
            let entry = entry.map_err(|_| anyhow!("listing {}", root.display()))?;
            if !entry.file_type().is_dir() {
                let below = entry.path().strip_prefix(root).expect("walkdir stays below its root");
                let parts: Vec<_> = below.iter().map(|part| part.as_encoded_bytes()).collect();
                let source = Source::Disk(entry.path().to_path_buf());
                items.push(Item { path: parts.join(&b'/'), mark: "", source });
            }
        }
        Ok(Self { items, ignored: 0, repository: None })
    }

    /// Reads the files whose path is wanted.
    ///
    /// # Errors
    ///
    /// Fails when a file cannot be read.
    pub fn read(&self, wanted: &dyn Fn(&str) -> bool) -> Result<Files> {
        let mut reader = None;
        let mut files = Vec::new();
        for item in self.items.iter().filter(|item| item.mark.is_empty()) {
            let path = String::from_utf8_lossy(&item.path).into_owned();
            if wanted(&path)
                && let Some(bytes) = self.bytes(item, &mut reader)?
            {
                files.push((path, bytes));
            }
        }
        Ok(Files::of(files))
    }

    /// Looks at every file.
    ///
    /// # Errors
    ///
    /// Fails when a file cannot be read.
    pub fn search(&self, knows: &Knows<'_>, watch: &(dyn Fn() + Sync)) -> Result<Outcome> {
        let names: Vec<(String, Vec<Hit>)> =
            self.items.par_iter().map(|item| painted(&item.path)).collect();
        let mut unique = Names::default();
        let named: Vec<(&Item, Arc<str>, Vec<Hit>)> = self
            .items
            .iter()
            .zip(names)
            .map(|(item, (name, hits))| (item, unique.unique(format!("{}{name}", item.mark)), hits))
            .collect();
        let looked: Result<Vec<Outcome>> = named
            .par_iter()
            .with_min_len(16)
            .map_init(
                || None,
                |reader, (item, shown, hits)| {
                    watch();
                    let mut part = self.item(item, shown, reader, knows)?;
                    if item.mark.is_empty() {
                        let of_name = |hit| words::of_name(shown, hit).help(words::mend_name());
                        part.report.extend(hits.iter().map(of_name));
                    }
                    Ok(part)
                },
            )
            .collect();
        let mut outcome = Outcome { ignored: self.ignored, ..Outcome::default() };
        looked?.into_iter().for_each(|part| outcome.add(part));
        outcome.report = outcome.report.sorted();
        Ok(outcome)
    }

    /// Looks at one file.
    fn item(
        &self,
        item: &Item,
        shown: &Arc<str>,
        reader: &mut Option<Reader>,
        knows: &Knows<'_>,
    ) -> Result<Outcome> {
        let mut outcome = Outcome { looked: 1, ..Outcome::default() };
        if let Source::Elsewhere = item.source {
            let why = Phrase::new("这是另一个仓库", "it is another repository");
            outcome.report.push(words::unsearched(shown, "", &why));
            return Ok(outcome);
        }
        match self.bytes(item, reader)? {
            Some(bytes) => {
                let path = String::from_utf8_lossy(&item.path);
                let (findings, kept) = findings(&path, shown, &bytes, knows);
                outcome.kept = kept;
                outcome.show(shown, &bytes, findings);
            }
            None => outcome.report.push(words::too_large(shown)),
        }
        Ok(outcome)
    }

    /// Reads one file; nothing when it is too large.
    fn bytes(&self, item: &Item, reader: &mut Option<Reader>) -> Result<Option<Vec<u8>>> {
        match &item.source {
            Source::Disk(path) => {
                let named = || format!("reading {}", painted(&item.path).0);
                let data = path.symlink_metadata().with_context(named)?;
                if data.is_symlink() {
                    // What a link holds is the path it points to; that is what git keeps of it.
                    let target = path.read_link().with_context(named)?;
                    return Ok(Some(target.as_os_str().as_encoded_bytes().to_vec()));
                }
                if data.len() > LARGEST {
                    return Ok(None);
                }
                read_file(path).with_context(named).map(Some)
            }
            Source::Object(id) => {
                let repository = self.repository.as_ref().expect("objects come from a repository");
                if reader.is_none() {
                    *reader = Some(repository.reader()?);
                }
                reader.as_mut().expect("it was just started").read(id)
            }
            Source::Elsewhere => Ok(None),
        }
    }
}

/// Looks at the message of a commit that is about to be made; what git takes away is not looked at.
#[must_use]
pub fn message(bytes: &[u8]) -> Outcome {
    const SCISSORS: &str = "# ------------------------ >8 ------------------------";
    let text = String::from_utf8_lossy(bytes);
    // Lines are kept as empty ones, so that the numbers of the others stay right.
    let mut kept = String::new();
    for line in text.lines().take_while(|line| *line != SCISSORS) {
        kept.push_str(if line.starts_with('#') { "" } else { line });
        kept.push('\n');
    }
    let path: Arc<str> = Arc::from("COMMIT_EDITMSG");
    let mut outcome = Outcome { looked: 1, ..Outcome::default() };
    let knows = |_: &str, _: &[u8]| Vec::new();
    let (findings, _) = findings(&path, &path, kept.as_bytes(), &knows);
    outcome.show(&path, kept.as_bytes(), findings);
    outcome
}

/// Returns the findings of one file, and how many values stand where the register keeps them.
fn findings(
    path: &str,
    shown: &Arc<str>,
    bytes: &[u8],
    knows: &Knows<'_>,
) -> (Vec<Finding>, usize) {
    let Seen { mut sights, closed } = look(path, bytes);
    let mut findings = Vec::new();
    let mut kept = 0;
    for known in knows(path, bytes) {
        match known.unwanted {
            Some(message) => {
                let span = Span::new(shown, known.range.clone());
                let certainty = crate::detect::Certainty::Sure;
                findings.push(words::finding(span, certainty, message).help(words::mend_file()));
            }
            None => {
                let before = sights.len();
                sights.retain(|sight| !within(sight, &known.range));
                kept += if known.kept { before - sights.len() } else { 0 };
            }
        }
    }
    let plain = is_shown(bytes);
    let of_sight = |sight| words::of_sight(shown, sight, plain).help(words::mend_file());
    findings.extend(sights.iter().map(of_sight));
    findings.extend(closed.iter().map(|closed| words::of_closed(shown, closed)));
    (findings, kept)
}

/// Returns whether a sight stands in a part of the file itself.
pub(super) fn within(sight: &crate::scan::Sight, range: &std::ops::Range<usize>) -> bool {
    sight.way.is_empty() && range.start <= sight.range.start && sight.range.end <= range.end
}
