//! Finds the register that a command is about: where its files are and where its site goes.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::cli::args::Invocation;
use crate::project::SITE_FILE;
use crate::text::{Lang, Phrase};

/// The folder of the register inside a project.
pub(crate) const CONTENT: &str = "content";

/// The folder of the built site inside a project.
pub(crate) const PUBLIC: &str = "public";

/// Where a register is.
#[derive(Debug)]
pub(crate) struct Ground {
    /// The folder with `site.toml`.
    pub(crate) content: PathBuf,
    /// The folder of the built site.
    pub(crate) public: PathBuf,
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
    // A site inside the register would be read as content by the next build.
    let inside =
        std::path::absolute(&ground.public)?.starts_with(std::path::absolute(&ground.content)?);
    if inside {
        bail!(
            "{}",
            match invocation.lang {
                Lang::Zh => "网站不能建在台账文件夹里面,请用 --out 指定别的地方",
                Lang::En =>
                    "the site cannot lie inside the register; choose another place with --out",
            }
        );
    }
    Ok(ground)
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
    let public = project.join(PUBLIC);
    Ok(Ground { content, public, memory: project.join(".mingbai") })
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
