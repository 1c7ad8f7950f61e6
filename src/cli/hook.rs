//! `mingbai hook`: lets git ask `mingbai scan` before every commit.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use crate::cli::args::{Flag, Invocation};
use crate::cli::{Command, Exit, scan, term};
use crate::files::read_file;
use crate::text::{Lang, Phrase};

/// The command.
pub(crate) struct Hook;

/// The hooks, and how each asks.
const HOOKS: [(&str, &str); 3] = [
    ("pre-commit", "scan --quiet --staged"),
    ("pre-merge-commit", "scan --quiet --staged"),
    ("commit-msg", "scan --quiet --message \"$1\""),
];

/// The line by which a hook is known to be ours.
const MARK: &str =
    "# mingbai-hook: `mingbai hook install` writes this file, `mingbai hook remove` takes it away.";

impl Command for Hook {
    fn name(&self) -> &'static str {
        "hook"
    }

    fn operands(&self) -> &'static str {
        "install|remove [DIR]"
    }

    fn about(&self) -> Phrase {
        Phrase::new(
            "让 git 每次提交前先查,有个人信息就不让提交",
            "lets git refuse commits with personal data",
        )
    }

    fn flags(&self) -> &'static [Flag] {
        &[]
    }

    fn run(&self, invocation: &Invocation) -> Result<Exit> {
        let lang = invocation.lang;
        let folder = Path::new(invocation.operands.get(1).map_or(".", String::as_str));
        match invocation.operands.first().map(String::as_str) {
            Some("install") => install(&scan::repository(folder, lang)?.hooks()?, lang),
            Some("remove") => remove(&scan::repository(folder, lang)?.hooks()?, lang),
            _ => match lang {
                Lang::Zh => bail!("写明做什么:mingbai hook install 或 mingbai hook remove"),
                Lang::En => {
                    bail!("say what to do: `mingbai hook install` or `mingbai hook remove`")
                }
            },
        }
    }
}

/// Writes the hooks, unless one that is not ours stands in the way.
fn install(folder: &Path, lang: Lang) -> Result<Exit> {
    // All or nothing: half a set of hooks looks like protection and is none.
    let foreign: Vec<&str> = HOOKS
        .iter()
        .filter(|(name, _)| is_there(&folder.join(name)) && !is_ours(&folder.join(name)))
        .map(|(name, _)| *name)
        .collect();
    if !foreign.is_empty() {
        bail!("{}", in_the_way(&foreign).text(lang));
    }
    for (name, asks) in HOOKS {
        write(&folder.join(name), &script(asks))?;
    }
    term::say(match lang {
        Lang::Zh => {
            "装好了:每次 git commit 之前都会查一遍,标题、正文、附件等处有个人信息就不提交。\n名单栏里的原文不拦;仓库要给别人看,就在 site.toml 里写 [privacy] raw = \"absent\",那里也不许有。\n撤掉: mingbai hook remove\n"
        }
        Lang::En => {
            "Installed: every `git commit` is searched first and refused if titles, prose, attachments and the like hold personal data.\nValues in the fields of lists pass; say [privacy] raw = \"absent\" in site.toml if others see the repository.\nTake it away: mingbai hook remove\n"
        }
    });
    Ok(Exit::Good)
}

/// Takes our hooks away.
#[expect(clippy::disallowed_methods, reason = "hooks are written and removed here")]
fn remove(folder: &Path, lang: Lang) -> Result<Exit> {
    let ours: Vec<PathBuf> =
        HOOKS.iter().map(|(name, _)| folder.join(name)).filter(|path| is_ours(path)).collect();
    for path in &ours {
        fs::remove_file(path).with_context(|| format!("removing {}", path.display()))?;
    }
    term::say(match (ours.is_empty(), lang) {
        (false, Lang::Zh) => "撤掉了。\n",
        (false, Lang::En) => "Taken away.\n",
        (true, Lang::Zh) => "没有装过,什么都没动。\n",
        (true, Lang::En) => "Nothing was installed; nothing was touched.\n",
    });
    Ok(Exit::Good)
}

/// Returns whether there is a file, or a link that leads nowhere.
fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// Returns whether a hook is ours.
fn is_ours(path: &Path) -> bool {
    let bytes = read_file(path).unwrap_or_default();
    String::from_utf8_lossy(&bytes).lines().nth(1) == Some(MARK)
}

/// Returns what to say when hooks of somebody else are there.
fn in_the_way(names: &[&str]) -> Phrase {
    let asks = HOOKS.iter().filter(|(name, _)| names.contains(name));
    let lines = asks.map(|(name, asks)| format!("  {name}: mingbai {asks} || exit 1"));
    let lines = lines.collect::<Vec<_>>().join("\n");
    Phrase::new(
        format!("这里已有别人的钩子,没有动它,一个也没装。请在里面各加一行:\n{lines}"),
        format!(
            "hooks of somebody else are there; they are untouched and none was installed. Add a line to each:\n{lines}"
        ),
    )
}

/// Returns the script of a hook. Without the program it refuses: no check is no permission.
fn script(asks: &str) -> String {
    let own = std::env::current_exe().map(|path| path.display().to_string()).unwrap_or_default();
    // In a quoted word of `sh` only the quote itself means anything.
    let own = own.replace('\'', r"'\''");
    format!(
        "#!/bin/sh\n{MARK}\nprogram='{own}'\n\
         if command -v mingbai >/dev/null 2>&1; then\n  program=mingbai\n\
         elif [ ! -x \"$program\" ]; then\n  \
         echo '找不到 mingbai,没有查,所以不提交。装上它,或者运行它的 hook remove。' >&2\n  \
         echo 'mingbai is not here, so nothing was checked and nothing is committed. Install it, or remove this hook.' >&2\n  \
         exit 1\nfi\n\"$program\" {asks}\ncode=$?\n\
         if [ \"$code\" != 0 ]; then\n  \
         echo '这次没有提交。改好以后先 git add,再提交。' >&2\n  \
         echo 'Nothing was committed. Mend it, git add, and commit again.' >&2\nfi\n\
         exit \"$code\"\n"
    )
}

/// Writes a hook and makes it a program.
#[expect(clippy::disallowed_methods, reason = "hooks are written and removed here")]
fn write(path: &Path, text: &str) -> Result<()> {
    let doing = || format!("writing {}", path.display());
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(doing)?;
    }
    fs::write(path, text).with_context(doing)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).with_context(doing)?;
    }
    Ok(())
}
