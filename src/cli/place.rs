//! Finds the register that a command is about: where its files are and where its site goes.

use std::path::{Component, Path, PathBuf};

use anyhow::{Result, bail};

use crate::cli::args::Invocation;
use crate::output::emit::{Mark, mark_around};
use crate::project::SITE_FILE;
use crate::text::{Lang, Phrase};

/// The folder of the register inside a project.
pub(crate) const CONTENT: &str = "content";

/// The folder of the built site inside a project.
pub(crate) const PUBLIC: &str = "public";

/// The folder of the sheets for village boards inside a project.
pub(crate) const BOARD: &str = "board";

/// Where a register is.
#[derive(Debug)]
pub(crate) struct Ground {
    /// The folder with `site.toml`.
    pub(crate) content: PathBuf,
    /// The folder of the built site.
    pub(crate) public: PathBuf,
    /// The folder of the sheets for village boards; never published.
    pub(crate) board: PathBuf,
    /// The folder for what the program remembers between builds.
    pub(crate) memory: PathBuf,
}

/// Finds the register named by the first operand, or the one in the current folder.
pub(crate) fn find(invocation: &Invocation) -> Result<Ground> {
    find_in(invocation.operands.first().map_or(".", String::as_str), invocation.lang)
}

/// Finds the register and the folder that its site may be written to.
pub(crate) fn find_for_build(invocation: &Invocation) -> Result<Ground> {
    let mut ground = find(invocation)?;
    if let Some(out) = invocation.value("out") {
        ground.public = PathBuf::from(out);
    }
    let out = resolved(&ground.public)?;
    // A site inside the register would be read as content by the next build.
    if out.starts_with(resolved(&ground.content)?) {
        bail!(
            "{}",
            match invocation.lang {
                Lang::Zh => "网站不能建在台账文件夹里面,请用 --out 指定别的地方",
                Lang::En =>
                    "the site cannot lie inside the register; choose another place with --out",
            }
        );
    }
    // What is uploaded must never hold the sheets of the boards, nor lie among them.
    let board = resolved(&ground.board)?;
    let around = ground.board.exists() && board.starts_with(&out);
    if around || out.starts_with(&board) || mark_around(&out) == Some(Mark::Board) {
        bail!(
            "{}",
            match invocation.lang {
                Lang::Zh =>
                    "这个文件夹是放公示栏张贴件的,里面有全名,不能拿来放网站;请用 --out 指定别的地方",
                Lang::En =>
                    "this folder is for the sheets of the notice boards, which hold whole names; choose another place with --out",
            }
        );
    }
    Ok(ground)
}

/// Finds the register and the folder that the sheets of its boards may be written to.
pub(crate) fn find_for_board(invocation: &Invocation) -> Result<Ground> {
    let mut ground = find(invocation)?;
    if let Some(out) = invocation.value("out") {
        ground.board = PathBuf::from(out);
    }
    let out = resolved(&ground.board)?;
    let touches = |other: &Path| -> Result<bool> {
        let other = resolved(other)?;
        Ok(out.starts_with(&other) || other.starts_with(&out))
    };
    if touches(&ground.content)? {
        bail!(
            "{}",
            match invocation.lang {
                Lang::Zh => "张贴件不能放在台账文件夹里,也不能把它包在里面;请用 --out 指定别的地方",
                Lang::En =>
                    "the sheets can lie neither inside the register nor around it; choose another place with --out",
            }
        );
    }
    if touches(&ground.public)? || mark_around(&out) == Some(Mark::Site) {
        bail!(
            "{}",
            match invocation.lang {
                Lang::Zh =>
                    "张贴件里有全名,不能放进网站的文件夹,也不能把网站包在里面;请用 --out 指定别的地方",
                Lang::En =>
                    "the sheets hold whole names and can lie neither inside the site nor around it; choose another place with --out",
            }
        );
    }
    Ok(ground)
}

/// Returns a path with every symbolic link in it followed, as far as it is there.
fn resolved(path: &Path) -> Result<PathBuf> {
    let path = std::path::absolute(path)?;
    // What is not there yet cannot be a link; what is above it can.
    for there in path.ancestors() {
        if let Ok(real) = there.canonicalize() {
            let rest = path.strip_prefix(there).expect("an ancestor begins the path");
            let mut whole = real;
            for part in rest.components() {
                match part {
                    Component::ParentDir => {
                        let _at_the_top = whole.pop();
                    }
                    Component::CurDir => {}
                    other => whole.push(other),
                }
            }
            return Ok(whole);
        }
    }
    Ok(path)
}

/// Finds the register in a folder.
pub(crate) fn find_in(named: &str, lang: Lang) -> Result<Ground> {
    let named = Path::new(named);
    let inner = named.join(CONTENT);
    let (project, content) = if inner.join(SITE_FILE).is_file() {
        (named.to_path_buf(), inner)
    } else if named.join(SITE_FILE).is_file() {
        // A register in a folder called `content` has its project around it, also from inside.
        let whole = std::path::absolute(named)?;
        let inside = whole.file_name().is_some_and(|name| name == CONTENT);
        let project = if inside { named.join("..") } else { named.to_path_buf() };
        (project, named.to_path_buf())
    } else {
        bail!("{}", nothing_here(named).text(lang));
    };
    let (public, board) = (project.join(PUBLIC), project.join(BOARD));
    Ok(Ground { content, public, board, memory: project.join(".mingbai") })
}

/// Returns what to say when there is no register.
fn nothing_here(path: &Path) -> Phrase {
    let path = path.display();
    Phrase::new(
        format!("{path} 里没有台账(找不到 {CONTENT}/{SITE_FILE});用 mingbai new 文件夹名 新建一个"),
        format!(
            "no register in {path} (no {CONTENT}/{SITE_FILE}); make one with `mingbai new DIR`"
        ),
    )
}
