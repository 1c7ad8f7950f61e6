//! Writes a site: only what changed, and takes away what is gone.
//!
//! The folder must be the program's own: either new, empty, or marked by an earlier build. What
//! is in it and not in the site is removed, since a page left behind may be a list that had to be
//! withdrawn.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use rayon::prelude::*;

use crate::files::{list, read_file};
use crate::site::artifact::Artifact;
use crate::text::Lang;

/// The folder of a site whose name begins with a dot.
const WELL_KNOWN: &str = ".well-known";

/// What a folder of ours holds. A folder is marked by a file, and never changes what it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// The public site.
    Site,
    /// Sheets for village boards: never to be put online or into the repository.
    Board,
}

impl Mark {
    /// Every mark.
    const ALL: [Self; 2] = [Self::Site, Self::Board];

    /// Returns the name of the file that marks a folder.
    #[must_use]
    pub const fn file(self) -> &'static str {
        match self {
            Self::Site => ".mingbai-site",
            Self::Board => ".mingbai-board",
        }
    }
}

/// What the writing came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Files written.
    pub written: usize,
    /// Files that were right already.
    pub unchanged: usize,
    /// Files taken away.
    pub removed: usize,
    /// The paths of files that were there before and are other now, or gone, in their order.
    pub stale: Vec<String>,
}

/// Writes artifacts below `root`, a folder with this mark.
///
/// # Errors
///
/// Fails when the folder belongs to someone else, or cannot be written.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the one door through which sites are written"
)]
pub fn emit(artifacts: &[Artifact], (root, mark): (&Path, Mark), lang: Lang) -> Result<Changes> {
    claim(root, mark, lang)?;
    let before = list(root)?;
    // Listings pass over names with a dot, and one folder of a site must have one (RFC 8615).
    let known: Vec<(String, u64)> = list(&root.join(WELL_KNOWN))?
        .iter()
        .map(|stamp| (format!("{WELL_KNOWN}/{}", stamp.path), stamp.size))
        .collect();
    let known = known.iter().map(|(path, size)| (path.as_str(), *size));
    let sizes: std::collections::BTreeMap<&str, u64> =
        before.iter().map(|stamp| (&*stamp.path, stamp.size)).chain(known).collect();
    let kept: BTreeSet<&str> = artifacts.iter().map(|artifact| artifact.route().as_str()).collect();
    // Gone first, so that a file may take the place of a folder.
    let gone: Vec<&str> = sizes.keys().copied().filter(|path| !kept.contains(path)).collect();
    for path in &gone {
        fs::remove_file(root.join(path)).with_context(|| format!("removing {path}"))?;
    }
    let folders: BTreeSet<&Path> = artifacts
        .iter()
        .filter_map(|artifact| Path::new(artifact.route().as_str()).parent())
        .collect();
    for folder in folders {
        let folder = root.join(folder);
        fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    }
    let written = artifacts
        .par_iter()
        .filter_map(|artifact| {
            let route = artifact.route().as_str();
            match write(artifact, root, sizes.get(route).copied()) {
                Ok(true) => Some(Ok(route)),
                Ok(false) => None,
                Err(error) => Some(Err(error)),
            }
        })
        .collect::<Result<Vec<&str>>>()?;
    remove_empty_folders(&gone, root);
    let rewritten = written.iter().copied().filter(|route| sizes.contains_key(route));
    let mut stale: Vec<String> = rewritten.chain(gone.iter().copied()).map(str::to_owned).collect();
    stale.sort();
    let unchanged = artifacts.len() - written.len();
    Ok(Changes { written: written.len(), unchanged, removed: gone.len(), stale })
}

/// Writes a file that must not be there yet.
///
/// # Errors
///
/// Fails when it is there, or cannot be written.
#[expect(clippy::disallowed_methods, reason = "new files of a register are written here")]
pub fn write_new(path: &Path, bytes: &[u8], lang: Lang) -> Result<()> {
    if path.exists() {
        match lang {
            Lang::Zh => bail!("{} 已经有了,换一个编号", path.display()),
            Lang::En => bail!("{} is there already; choose another id", path.display()),
        }
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    }
    fs::write(path, bytes).with_context(|| format!("writing {}", path.display()))
}

/// Writes a secret to a file that must not be there yet; nobody but its owner may read it.
///
/// # Errors
///
/// Fails when it is there, or cannot be written.
pub fn write_secret(path: &Path, bytes: &[u8], lang: Lang) -> Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = match options.open(path) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => match lang {
            Lang::Zh => bail!("{} 已经有了,密钥不能覆盖:换一个文件名", path.display()),
            Lang::En => bail!("{} is there already; choose another file", path.display()),
        },
        opened => opened.with_context(|| format!("writing {}", path.display()))?,
    };
    file.write_all(bytes).with_context(|| format!("writing {}", path.display()))
}

/// Adds a text to the end of a file of a register, which is made if it is not there.
///
/// # Errors
///
/// Fails when it cannot be written.
pub fn append(path: &Path, text: &str) -> Result<()> {
    let mut options = fs::OpenOptions::new();
    let file = options.append(true).create(true).open(path);
    file.and_then(|mut file| file.write_all(text.as_bytes()))
        .with_context(|| format!("writing {}", path.display()))
}

/// Makes sure that the folder is ours to write, and for this.
#[expect(clippy::disallowed_methods, reason = "the output folder is written here")]
fn claim(root: &Path, mark: Mark, lang: Lang) -> Result<()> {
    let ours = root.join(mark.file());
    let other = Mark::ALL.iter().any(|known| *known != mark && root.join(known.file()).exists());
    if !ours.exists() {
        if other || !list(root)?.is_empty() {
            let root = root.display();
            match lang {
                Lang::Zh => {
                    bail!("{root} 里已有别的文件,不敢动;请清空它,或用 --out 指定一个新文件夹")
                }
                Lang::En => bail!(
                    "{root} holds files that are not ours; empty it or name a new folder with --out"
                ),
            }
        }
        fs::create_dir_all(root).with_context(|| format!("making {}", root.display()))?;
        fs::write(&ours, "mingbai writes this folder and removes what is not part of the site.\n")
            .with_context(|| format!("writing {}", ours.display()))?;
    }
    if mark == Mark::Board {
        // Whoever adds everything to a repository must not add the villagers.
        let ignore = root.join(".gitignore");
        fs::write(&ignore, "*\n").with_context(|| format!("writing {}", ignore.display()))?;
    }
    Ok(())
}

/// Returns the mark of the folder itself or of the nearest folder around it.
#[must_use]
pub fn mark_around(root: &Path) -> Option<Mark> {
    let marked =
        |folder: &Path| Mark::ALL.into_iter().find(|mark| folder.join(mark.file()).exists());
    root.ancestors().find_map(marked)
}

/// Writes one file if it is not there already; returns whether it was written.
#[expect(clippy::disallowed_methods, reason = "the output folder is written here")]
fn write(artifact: &Artifact, root: &Path, size: Option<u64>) -> Result<bool> {
    let path = root.join(artifact.route().as_str());
    let name = || format!("writing {}", path.display());
    match size {
        Some(size) => {
            let same = size == artifact.bytes().len() as u64
                && read_file(&path).with_context(name)? == artifact.bytes();
            if same {
                return Ok(false);
            }
            // A reader never sees half a file: the new one takes the old one's place at once.
            let mut fresh = path.clone().into_os_string();
            fresh.push(".new");
            fs::write(&fresh, artifact.bytes()).with_context(name)?;
            fs::rename(&fresh, &path).with_context(name)?;
        }
        None => fs::write(&path, artifact.bytes()).with_context(name)?,
    }
    Ok(true)
}

/// Takes away the folders of files that are gone, as far as nothing else is in them.
fn remove_empty_folders(gone: &[&str], root: &Path) {
    for path in gone {
        let above = Path::new(path).ancestors().skip(1);
        for folder in above.filter(|folder| !folder.as_os_str().is_empty()) {
            // A folder with something in it stays; that is how the system says so.
            if fs::remove_dir(root.join(folder)).is_err() {
                break;
            }
        }
    }
}
