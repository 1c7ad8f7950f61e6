//! Everything git remembers: every object, whether a branch leads to it or not.
//!
//! Each blob is looked at once, under every path it ever had; so are messages, authors, tags, notes
//! (which are blobs), names of files and names of refs. Objects in which nothing was found are
//! remembered, and left out the next time.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use anyhow::Result;
use rayon::prelude::*;

use crate::detect::{Certainty, Hit};
use crate::diag::{Finding, Severity, Span};
use crate::git::{Object, ObjectKind, Reader, Repository};
use crate::scan::note::{self, Part, Spot};
use crate::scan::reach::Reach;
use crate::scan::tree::within;
use crate::scan::{
    Known, Knows, LARGEST, Names, Outcome, Seen, is_shown, look, memory, painted, words,
};
use crate::text::Phrase;

/// As many letters of an id as people are shown.
const SHORT: usize = 12;

/// How a search is done.
pub struct Search<'a> {
    /// The repository.
    pub repository: &'a Repository,
    /// What is known of the files of registers.
    pub knows: &'a Knows<'a>,
    /// Where to remember what was clean.
    pub memory: &'a Path,
    /// What else the result depends on, as one word.
    pub rules: &'a str,
    /// Called for every object.
    pub watch: &'a (dyn Fn() + Sync),
}

impl std::fmt::Debug for Search<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Search({})", self.repository.root().display())
    }
}

/// What was found in one blob under one path.
struct InBlob {
    blob: String,
    path: Vec<u8>,
    bytes: Vec<u8>,
    findings: Vec<Finding>,
}

/// What commits say of paths.
#[derive(Default)]
struct Paths {
    /// Every path of each new blob.
    of_blob: BTreeMap<String, BTreeSet<Vec<u8>>>,
    /// Every path with personal data in its name, and the commit it was first seen in.
    named: BTreeMap<Vec<u8>, String>,
    /// Every path seen, and whether its name is dirty.
    seen: BTreeMap<Vec<u8>, bool>,
}

/// The name of something in a folder, and the id of its object.
type TreeEntry = (Vec<u8>, String);

/// A person whom commits and tags name, as first seen.
struct Person<'a> {
    places: usize,
    finding: Finding,
    object: &'a Object,
    bytes: &'a [u8],
}

/// When something came to a path, and when it went, each with the commit.
#[derive(Default)]
struct Life {
    came: Vec<(i64, String)>,
    went: Vec<(i64, String)>,
}

/// The work in hand.
struct Work<'a> {
    search: &'a Search<'a>,
    outcome: Outcome,
    dirty: BTreeSet<String>,
}

impl Search<'_> {
    /// Searches the history.
    ///
    /// # Errors
    ///
    /// Fails when git does, or when what was clean cannot be remembered.
    pub fn run(&self) -> Result<Outcome> {
        let clean = memory::recall(self.memory, self.rules);
        let objects = self.repository.objects()?;
        let fresh: Vec<&Object> =
            objects.iter().filter(|object| !clean.contains(&object.id)).collect();
        let mut work = Work { search: self, outcome: Outcome::default(), dirty: BTreeSet::new() };
        let of = |kind| fresh.iter().copied().filter(move |object| object.kind == kind);
        let commits: Vec<&Object> = of(ObjectKind::Commit).collect();
        let mut paths = work.paths(&commits)?;
        let notes: Vec<&Object> = commits.iter().copied().chain(of(ObjectKind::Tag)).collect();
        work.notes(&notes)?;
        let trees: Vec<&Object> = of(ObjectKind::Tree).collect();
        // What was clean at one path may be a slip at another.
        let moved = |object: &Object| paths.of_blob.contains_key(&object.id);
        let blobs: Vec<&Object> = objects
            .iter()
            .filter(|object| object.kind == ObjectKind::Blob)
            .filter(|object| !clean.contains(&object.id) || moved(object))
            .collect();
        work.outcome.looked = notes.len() + trees.len() + blobs.len();
        work.outcome.known = objects.len() - work.outcome.looked;
        work.trees(&trees, &blobs, &mut paths)?;
        let found = work.blobs(&blobs, &paths)?;
        work.tell(found, &commits)?;
        work.refs()?;
        work.gaps()?;
        let now = objects.into_iter().map(|object| object.id);
        let clean: BTreeSet<String> = now.filter(|id| !work.dirty.contains(id)).collect();
        memory::remember(self.memory, self.rules, &clean)?;
        let mut outcome = work.outcome;
        outcome.report = outcome.report.sorted();
        Ok(outcome)
    }
}

/// Returns the beginning of an id.
fn short(id: &str) -> &str {
    id.get(..SHORT).unwrap_or(id)
}

/// Returns a reader that is started when it is first needed.
fn started<'r>(reader: &'r mut Option<Reader>, repository: &Repository) -> Result<&'r mut Reader> {
    if reader.is_none() {
        *reader = Some(repository.reader()?);
    }
    Ok(reader.as_mut().expect("it was just started"))
}

impl Work<'_> {
    /// Reads which paths blobs had, and looks at the paths.
    fn paths(&mut self, commits: &[&Object]) -> Result<Paths> {
        let ids: Vec<&str> = commits.iter().map(|commit| commit.id.as_str()).collect();
        let mut paths = Paths::default();
        let dirty = &mut self.dirty;
        self.search.repository.changes(&ids, &mut |change| {
            let bad = match paths.seen.get(&change.path) {
                Some(bad) => *bad,
                None => {
                    let bad = !painted(&change.path).1.is_empty();
                    paths.seen.insert(change.path.clone(), bad);
                    bad
                }
            };
            if bad {
                dirty.insert(change.commit.clone());
                paths.named.entry(change.path.clone()).or_insert(change.commit);
            }
            paths.of_blob.entry(change.after).or_default().insert(change.path);
        })?;
        let named: Vec<(Arc<str>, Vec<Hit>)> = paths
            .named
            .iter()
            .map(|(path, commit)| {
                let (name, hits) = painted(path);
                (Arc::from(format!("{}:{name}", short(commit))), hits)
            })
            .collect();
        for (path, hits) in named {
            let of_name = |hit| words::of_name(&path, hit).help(words::mend_history());
            self.outcome.report.extend(hits.iter().map(of_name));
        }
        Ok(paths)
    }

    /// Looks at commits and tags.
    fn notes(&mut self, notes: &[&Object]) -> Result<()> {
        let repository = self.search.repository;
        let looked: Vec<(&Object, Vec<u8>, Vec<Spot>)> = notes
            .par_iter()
            .with_min_len(256)
            .map_init(
                || None,
                |reader, object| {
                    (self.search.watch)();
                    let bytes = started(reader, repository)?.read(&object.id)?.unwrap_or_default();
                    let spots = note::spots(&bytes);
                    let kept = if spots.is_empty() { Vec::new() } else { bytes };
                    Ok((*object, kept, spots))
                },
            )
            .collect::<Result<_>>()?;
        if looked.iter().all(|(.., spots)| spots.is_empty()) {
            return Ok(());
        }
        let reach = Reach::of(repository)?;
        // One person makes many commits: the person is told once, with the number of commits.
        let mut persons: BTreeMap<(Vec<u8>, Phrase), Person<'_>> = BTreeMap::new();
        for (object, bytes, spots) in &looked {
            let path: Arc<str> = Arc::from(short(&object.id));
            for spot in spots {
                self.dirty.insert(object.id.clone());
                let finding = of_spot(&path, spot);
                match spot.part {
                    Part::Message => {
                        let refs = reach.refs([object.id.as_str()]);
                        let finding = dated_note(finding, object, bytes)
                            .help(words::reached(&refs))
                            .help(words::mend_history());
                        self.outcome.show(&path, bytes, [finding]);
                    }
                    Part::Person => {
                        let value = bytes.get(spot.range.clone()).unwrap_or_default().to_vec();
                        let key = (value, spot.label.clone());
                        let first = Person { places: 0, finding, object, bytes };
                        persons.entry(key).or_insert(first).places += 1;
                    }
                }
            }
        }
        for Person { places, mut finding, object, bytes } in persons.into_values() {
            finding.message.zh.push_str(&format!("(作者、提交人或打标签的人,共{places}处)"));
            finding
                .message
                .en
                .push_str(&format!(" (author, committer or tagger; {places} in all)"));
            self.outcome.show(short(&object.id), bytes, [finding.help(words::mend_history())]);
        }
        Ok(())
    }

    /// Looks at the names in trees that no commit showed, and finds names for blobs without one.
    fn trees(&mut self, trees: &[&Object], blobs: &[&Object], paths: &mut Paths) -> Result<()> {
        let nameless: BTreeSet<&str> = blobs
            .iter()
            .map(|blob| blob.id.as_str())
            .filter(|id| !paths.of_blob.contains_key(*id))
            .collect();
        let parts = |path: &Vec<u8>| -> Vec<Vec<u8>> {
            path.split(|byte| *byte == b'/').map(<[u8]>::to_vec).collect()
        };
        let told: BTreeSet<Vec<u8>> = paths.named.keys().flat_map(parts).collect();
        let repository = self.search.repository;
        let looked: Vec<(&Object, Vec<TreeEntry>)> = trees
            .par_iter()
            .with_min_len(512)
            .map_init(
                || None,
                |reader, tree| {
                    (self.search.watch)();
                    let bytes = started(reader, repository)?.read(&tree.id)?.unwrap_or_default();
                    let mut entries = entries(&bytes, tree.id.len() / 2);
                    entries.retain(|(name, id)| {
                        nameless.contains(id.as_str()) || !painted(name).1.is_empty()
                    });
                    Ok((*tree, entries))
                },
            )
            .collect::<Result<_>>()?;
        for (tree, entries) in looked {
            for (name, id) in entries {
                let (shown, hits) = painted(&name);
                if !hits.is_empty() {
                    self.dirty.insert(tree.id.clone());
                }
                if !told.contains(&name) {
                    let path: Arc<str> = Arc::from(format!("{}:{shown}", short(&tree.id)));
                    let of_name = |hit| words::of_name(&path, hit).help(words::mend_history());
                    self.outcome.report.extend(hits.iter().map(of_name));
                }
                if nameless.contains(id.as_str()) {
                    paths.of_blob.entry(id).or_default().insert(name);
                }
            }
        }
        if !repository.is_bare() {
            // What is added and not yet committed has its path in the index.
            for entry in repository.index()? {
                if nameless.contains(entry.id.as_str()) {
                    paths.of_blob.entry(entry.id).or_default().insert(entry.path);
                }
            }
        }
        Ok(())
    }

    /// Looks at blobs.
    fn blobs(&mut self, blobs: &[&Object], paths: &Paths) -> Result<Vec<InBlob>> {
        let search = self.search;
        let nowhere = BTreeSet::from([Vec::new()]);
        let looked: Vec<Vec<InBlob>> = blobs
            .par_iter()
            .with_min_len(128)
            .map_init(
                || None,
                |reader, blob| {
                    (search.watch)();
                    let paths = paths.of_blob.get(&blob.id).unwrap_or(&nowhere);
                    if blob.size > LARGEST {
                        return Ok(paths.iter().map(|path| too_large(blob, path)).collect());
                    }
                    let reader = started(reader, search.repository)?;
                    let Some(bytes) = reader.read(&blob.id)? else {
                        return Ok(paths.iter().map(|path| missing(blob, path)).collect());
                    };
                    Ok(in_blob(blob, &bytes, paths, search.knows))
                },
            )
            .collect::<Result<_>>()?;
        Ok(looked.into_iter().flatten().collect())
    }

    /// Tells of what was found in blobs: since when it is there, until when, and from where it is
    /// still reached.
    fn tell(&mut self, found: Vec<InBlob>, commits: &[&Object]) -> Result<()> {
        if found.is_empty() {
            return Ok(());
        }
        let mut lives: BTreeMap<(String, Vec<u8>), Life> = BTreeMap::new();
        for one in &found {
            lives.insert((one.blob.clone(), one.path.clone()), Life::default());
            self.dirty.insert(one.blob.clone());
        }
        self.live(&mut lives, commits)?;
        let reach = Reach::of(self.search.repository)?;
        let mut names = Names::default();
        for one in found {
            let (name, _) = painted(&one.path);
            let life = lives.remove(&(one.blob.clone(), one.path)).unwrap_or_default();
            let id = short(&one.blob);
            let path = match (life.came.first(), name.is_empty()) {
                (Some((_, commit)), _) => format!("{}:{name}", short(commit)),
                (None, false) => format!("{id} {name}"),
                (None, true) => id.to_owned(),
            };
            let path = names.unique(path);
            let refs = reach.refs(life.came.iter().map(|(_, commit)| commit.as_str()));
            let dress = |mut finding: Finding| {
                finding.primary.span.path = Arc::clone(&path);
                if life.came.is_empty() && finding.severity == Severity::Error {
                    // No commit ever held it: it was added and changed again, and never leaves this
                    // copy of the repository.
                    finding.severity = Severity::Warning;
                }
                finding = dated(finding, &life, &name);
                let object = Phrase::new(format!("对象 {id}"), format!("object {id}"));
                finding.help(object).help(words::reached(&refs)).help(words::mend_history())
            };
            self.outcome.show(&path, &one.bytes, one.findings.into_iter().map(dress));
        }
        Ok(())
    }

    /// Reads when blobs came to their paths and when they went.
    fn live(
        &mut self,
        lives: &mut BTreeMap<(String, Vec<u8>), Life>,
        commits: &[&Object],
    ) -> Result<()> {
        let ids: Vec<&str> = commits.iter().map(|commit| commit.id.as_str()).collect();
        let dirty = &mut self.dirty;
        self.search.repository.changes(&ids, &mut |change| {
            let crate::git::Change { commit, before, after, path } = change;
            if let Some(life) = lives.get_mut(&(before, path.clone())) {
                dirty.insert(commit.clone());
                life.went.push((0, commit.clone()));
            }
            if let Some(life) = lives.get_mut(&(after, path)) {
                dirty.insert(commit.clone());
                life.came.push((0, commit));
            }
        })?;
        let mut reader = self.search.repository.reader()?;
        let mut known: BTreeMap<String, i64> = BTreeMap::new();
        for life in lives.values_mut() {
            for (seconds, commit) in life.came.iter_mut().chain(&mut life.went) {
                if !known.contains_key(commit) {
                    let bytes = reader.read(commit)?.unwrap_or_default();
                    known.insert(commit.clone(), note::seconds(&bytes));
                }
                *seconds = known[commit];
            }
            life.came.sort();
            life.came.dedup();
            life.went.sort();
        }
        Ok(())
    }

    /// Looks at the names of branches, tags and other refs.
    fn refs(&mut self) -> Result<()> {
        for (name, ..) in self.search.repository.refs()? {
            let (shown, hits) = painted(name.as_bytes());
            let path: Arc<str> = Arc::from(shown);
            let of_name = |hit| words::of_name(&path, hit).help(words::mend_history());
            self.outcome.report.extend(hits.iter().map(of_name));
        }
        Ok(())
    }

    /// Says what of the history is not here.
    fn gaps(&mut self) -> Result<()> {
        let path: Arc<str> = Arc::from(".git");
        if self.search.repository.is_shallow()? {
            let why = Phrase::new(
                "这是浅克隆,早先的历史不在这里;先运行 git fetch --unshallow",
                "this is a shallow clone without the older history; run `git fetch --unshallow` first",
            );
            self.outcome.report.push(words::unsearched(&path, "", &why));
        }
        if self.search.repository.is_partial()? {
            let why = Phrase::new(
                "这是部分克隆,有些内容不在这里;请在完整的克隆里再查一遍",
                "this is a partial clone, and some objects are not here; search a full clone",
            );
            self.outcome.report.push(words::unsearched(&path, "", &why));
        }
        Ok(())
    }
}

/// Returns the finding of a place in a commit or tag.
fn of_spot(path: &Arc<str>, spot: &Spot) -> Finding {
    let message = words::sentence(&spot.label, spot.certainty);
    words::finding(Span::new(path, spot.range.clone()), spot.certainty, message)
}

/// Adds whose message it is, and of which day.
fn dated_note(mut finding: Finding, object: &Object, bytes: &[u8]) -> Finding {
    let day = note::day(note::seconds(bytes));
    let (zh, en) = match object.kind {
        ObjectKind::Tag => ("标签", "tag"),
        _ => ("提交", "commit"),
    };
    finding.message.zh.push_str(&format!("({zh}说明,{day})"));
    finding.message.en.push_str(&format!(" (message of a {en}, {day})"));
    finding
}

/// Returns the entries of a tree: name and id.
fn entries(bytes: &[u8], id_length: usize) -> Vec<TreeEntry> {
    let mut entries = Vec::new();
    let mut rest = bytes;
    while let Some(nul) = rest.iter().position(|byte| *byte == 0) {
        let (head, tail) = (&rest[..nul], &rest[nul + 1..]);
        let Some(id) = tail.get(..id_length) else {
            break;
        };
        // `MODE NAME`
        let space = head.iter().position(|byte| *byte == b' ').map_or(0, |space| space + 1);
        entries.push((head[space..].to_vec(), data_encoding::HEXLOWER.encode(id)));
        rest = &tail[id_length..];
    }
    entries
}

/// Returns what was found in a blob, for each of its paths.
fn in_blob(
    blob: &Object,
    bytes: &[u8],
    paths: &BTreeSet<Vec<u8>>,
    knows: &Knows<'_>,
) -> Vec<InBlob> {
    let mut found = Vec::new();
    // How a file is read depends on its ending alone; looking once for each is enough.
    let mut looks: BTreeMap<Vec<u8>, Seen> = BTreeMap::new();
    let plain = is_shown(bytes);
    for path in paths {
        let name = String::from_utf8_lossy(path);
        let ending = path.rsplit(|byte| *byte == b'.').next().unwrap_or_default().to_vec();
        let seen = looks.entry(ending).or_insert_with(|| look(&name, bytes));
        let here: Arc<str> = Arc::from("");
        let mut findings: Vec<Finding> = Vec::new();
        let mut allowed = Vec::new();
        for Known { range, unwanted, .. } in knows(&name, bytes) {
            match unwanted {
                Some(message) => {
                    let span = Span::new(&here, range);
                    findings.push(words::finding(span, Certainty::Sure, message));
                }
                None => allowed.push(range),
            }
        }
        let stray = seen.sights.iter().filter(|sight| !allowed.iter().any(|at| within(sight, at)));
        findings.extend(stray.map(|sight| words::of_sight(&here, sight, plain)));
        findings.extend(seen.closed.iter().map(|closed| words::of_closed(&here, closed)));
        if !findings.is_empty() {
            let (blob, path) = (blob.id.clone(), path.clone());
            let bytes = if plain { bytes.to_vec() } else { Vec::new() };
            found.push(InBlob { blob, path, bytes, findings });
        }
    }
    found
}

/// Returns that a blob was too large.
fn too_large(blob: &Object, path: &[u8]) -> InBlob {
    let findings = vec![words::too_large(&Arc::from(""))];
    InBlob { blob: blob.id.clone(), path: path.to_vec(), bytes: Vec::new(), findings }
}

/// Returns that a blob could not be read.
fn missing(blob: &Object, path: &[u8]) -> InBlob {
    let why = Phrase::new("git 读不出它", "git cannot read it");
    let findings = vec![words::unsearched(&Arc::from(""), "", &why)];
    InBlob { blob: blob.id.clone(), path: path.to_vec(), bytes: Vec::new(), findings }
}

/// Adds since when and until when something was at its path.
fn dated(finding: Finding, life: &Life, name: &str) -> Finding {
    let at = |commit: &str| Span::whole(&Arc::from(format!("{}:{name}", short(commit))));
    let mut finding = finding;
    if let Some((seconds, commit)) = life.came.first() {
        let day = note::day(*seconds);
        let words = Phrase::new(format!("{day} 提交进来"), format!("came on {day}"));
        finding = finding.related(at(commit), words);
    }
    if let Some((seconds, commit)) = life.went.last() {
        let day = note::day(*seconds);
        let words = Phrase::new(
            format!("{day} 从这里改掉或删掉,历史里还有"),
            format!("changed or deleted here on {day}, and still in the history"),
        );
        finding = finding.related(at(commit), words);
    }
    finding
}
