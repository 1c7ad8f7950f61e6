//! The key file: read for marks and exceptions, and made by `mingbai key`.
//!
//! Whoever has the key can try values against marks. So it never lies where the register goes, nobody
//! but its owner may read it, and it is never overwritten.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use data_encoding::HEXLOWER;

use crate::cli::args::{Flag, Invocation};
use crate::cli::place::{CONTENT, Ground};
use crate::cli::{Command, Exit, term};
use crate::files::read_file;
use crate::output::emit::write_secret;
use crate::project::SITE_FILE;
use crate::text::{Lang, Phrase};
use crate::token::{Binding, Key, SHORTEST_KEY};

/// The flag by which the key file is named.
pub(crate) const KEY: Flag = Flag {
    name: "key",
    value: "FILE",
    zh: "密钥文件,放在台账和它的 git 仓库外面;不写就看环境变量 MINGBAI_KEY",
    en: "the key file, outside the register and its git repository; MINGBAI_KEY if not said",
};

/// The variable of the environment that names the key file where no flag does: hooks of git can be
/// given no flag.
const VARIABLE: &str = "MINGBAI_KEY";

/// The command.
pub(crate) struct KeyCommand;

impl Command for KeyCommand {
    fn name(&self) -> &'static str {
        "key"
    }

    fn operands(&self) -> &'static str {
        "FILE"
    }

    fn about(&self) -> Phrase {
        Phrase::new("生成一个新的密钥文件", "makes a new key file")
    }

    fn flags(&self) -> &'static [Flag] {
        &[]
    }

    fn run(&self, invocation: &Invocation) -> Result<Exit> {
        let lang = invocation.lang;
        let [file] = invocation.operands.as_slice() else {
            match lang {
                Lang::Zh => bail!("写明密钥放在哪个文件,例如 mingbai key ~/mingbai.key"),
                Lang::En => bail!("name the file, such as `mingbai key ~/mingbai.key`"),
            }
        };
        let path = place_of(file)?;
        if register_around(&path).is_some() {
            bail!("{}", lies_inside(&path).text(lang));
        }
        let mut secret = [0; SHORTEST_KEY];
        getrandom::fill(&mut secret).context("asking for random numbers")?;
        write_secret(&path, format!("{}\n", HEXLOWER.encode(&secret)).as_bytes(), lang)?;
        let shown = path.display();
        term::say(&match lang {
            Lang::Zh => format!(
                "密钥写好了:{shown}\n另存一份到安全的地方,不要发给别人,不要放进台账;丢了,登记过的例外要重新登记。\n"
            ),
            Lang::En => format!(
                "The key is in {shown}\nKeep a copy in a safe place, give it to nobody, and never put it into a register; exceptions made with a lost key must be made again.\n"
            ),
        });
        Ok(Exit::Good)
    }
}

/// Returns the key that was named, if one was.
pub(crate) fn read(invocation: &Invocation, ground: &Ground) -> Result<Option<Key>> {
    let project = ground.memory.parent().unwrap_or(&ground.content);
    let project = if project.as_os_str().is_empty() { Path::new(".") } else { project };
    read_outside(invocation, &[project, &ground.content])
}

/// Returns the key that was named, if one was; it must lie outside some folders and outside of the
/// repositories around them.
pub(crate) fn read_outside(invocation: &Invocation, around: &[&Path]) -> Result<Option<Key>> {
    let Some(file) = named(invocation) else {
        return Ok(None);
    };
    let lang = invocation.lang;
    let named = place_of(&file)?;
    // A link is where it points to, and where it lies.
    let Ok(real) = named.canonicalize() else {
        bail!("{}", missing(&named).text(lang));
    };
    let inside = around.iter().filter_map(|folder| folder.canonicalize().ok()).any(|folder| {
        let repository = repository_around(&folder);
        [&named, &real].iter().any(|path| {
            path.starts_with(&folder)
                || repository.as_ref().is_some_and(|root| path.starts_with(root))
        })
    });
    if inside {
        bail!("{}", lies_inside(&named).text(lang));
    }
    if is_open_to_others(&real)? {
        bail!("{}", open_to_others(&named).text(lang));
    }
    let bytes = read_file(&real).with_context(|| format!("reading {}", named.display()))?;
    match Key::parse(&bytes) {
        Ok(key) => Ok(Some(key)),
        Err(fault) => bail!("{}", too_short(&named, &fault).text(lang)),
    }
}

/// Returns the name of the key file, by the flag or else by the environment.
#[expect(clippy::disallowed_methods, reason = "the command line is where the environment is read")]
fn named(invocation: &Invocation) -> Option<String> {
    let flag = invocation.value(KEY.name).map(str::to_owned);
    flag.or_else(|| std::env::var(VARIABLE).ok().filter(|file| !file.is_empty()))
}

/// Returns a trace of a key, by which a change of the key is noticed and nothing else.
pub(crate) fn trace(key: &Key) -> String {
    key.token(Binding { class: "memory", scope: "build", year: 0 }, "trace")
}

/// Returns where a file lies, with its folder as it really is: `..` leads out of a folder.
fn place_of(file: &str) -> Result<PathBuf> {
    let path = std::path::absolute(file)?;
    let folder = path.parent().and_then(|folder| folder.canonicalize().ok());
    Ok(match (folder, path.file_name()) {
        (Some(folder), Some(name)) => folder.join(name),
        _ => path,
    })
}

/// Returns the root of the git repository that a folder lies in.
fn repository_around(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().find(|folder| folder.join(".git").exists()).map(Path::to_path_buf)
}

/// Returns the register or repository that a new file would lie in.
fn register_around(path: &Path) -> Option<PathBuf> {
    let folder = path.parent()?;
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
    let is_register = |folder: &&Path| {
        folder.join(SITE_FILE).is_file() || folder.join(CONTENT).join(SITE_FILE).is_file()
    };
    let register = folder.ancestors().find(is_register).map(Path::to_path_buf);
    register.or_else(|| repository_around(&folder))
}

/// Returns whether anyone but the owner may read a file.
#[cfg(unix)]
fn is_open_to_others(path: &Path) -> Result<bool> {
    use std::os::unix::fs::PermissionsExt as _;
    let data = path.metadata().with_context(|| format!("reading {}", path.display()))?;
    Ok(data.permissions().mode() & 0o077 != 0)
}

/// Other systems keep rights in other ways, which are not looked at.
#[cfg(not(unix))]
fn is_open_to_others(_path: &Path) -> Result<bool> {
    Ok(false)
}

fn missing(path: &Path) -> Phrase {
    let path = path.display();
    Phrase::new(
        format!("没有密钥文件 {path};用 mingbai key 文件名 生成一个,放在台账外面"),
        format!(
            "there is no key file {path}; make one outside the register with `mingbai key FILE`"
        ),
    )
}

fn lies_inside(path: &Path) -> Phrase {
    let path = path.display();
    Phrase::new(
        format!("密钥不能放在台账或它的 git 仓库里面:把 {path} 移到别处,例如自己的主文件夹"),
        format!(
            "a key must not lie in a register or a git repository: move {path} elsewhere, such as your home folder"
        ),
    )
}

fn open_to_others(path: &Path) -> Phrase {
    let path = path.display();
    Phrase::new(
        format!("别人也能读这个密钥文件:先运行 chmod 600 {path}"),
        format!("others may read the key file: run `chmod 600 {path}` first"),
    )
}

fn too_short(path: &Path, fault: &Phrase) -> Phrase {
    let path = path.display();
    Phrase::new(
        format!("{path}:{};用 mingbai key 文件名 生成一个", fault.zh),
        format!("{path}: {}; make one with `mingbai key FILE`", fault.en),
    )
}
