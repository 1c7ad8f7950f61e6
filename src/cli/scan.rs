//! `mingbai scan`: personal data in the repository itself: its files, what is about to be committed,
//! and its history.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context as _, Result, bail};

use crate::cli::args::{Flag, Invocation};
use crate::cli::key::{self, KEY};
use crate::cli::{Command, Exit, term, today};
use crate::detect::{self, DETECTORS};
use crate::diag::source::Shown;
use crate::diag::{FORMS, Form, Sources, form};
use crate::files::{Files, read_file};
use crate::git::{self, Around, Repository};
use crate::project::SITE_FILE;
use crate::records::{EXCEPTIONS_FILE, Exceptions, Keeper};
use crate::scan::history::Search;
use crate::scan::tree::{self, Listing};
use crate::scan::{Known, Outcome};
use crate::text::normal::Writing;
use crate::text::{Lang, Phrase, plural};
use crate::token::Key;

/// The command.
pub(crate) struct Scan;

impl Command for Scan {
    fn name(&self) -> &'static str {
        "scan"
    }

    fn operands(&self) -> &'static str {
        "[DIR]"
    }

    fn about(&self) -> Phrase {
        Phrase::new(
            "在仓库的文件和历史里找不该有的个人信息",
            "looks for personal data in the files and the history of a repository",
        )
    }

    fn flags(&self) -> &'static [Flag] {
        const FLAGS: &[Flag] = &[
            Flag {
                name: "history",
                value: "",
                zh: "查 git 记得的一切:每个版本、文件名、说明、作者、标签",
                en: "everything git remembers: versions, names, messages, authors, tags",
            },
            Flag {
                name: "staged",
                value: "",
                zh: "只查马上要提交的(git add 过的)",
                en: "only what is about to be committed",
            },
            Flag {
                name: "message",
                value: "FILE",
                zh: "只查一份提交说明",
                en: "only the message of a commit",
            },
            Flag {
                name: "ignored",
                value: "",
                zh: "git 忽略的文件也查",
                en: "also the files that git ignores",
            },
            KEY,
            Flag {
                name: "quiet",
                value: "",
                zh: "没有发现就不出声",
                en: "says nothing when nothing is found",
            },
            Flag {
                name: "format",
                value: "human|json|sarif|short",
                zh: "结果的写法,不写就是 human",
                en: "the form of the result, human if not said",
            },
        ];
        FLAGS
    }

    fn run(&self, invocation: &Invocation) -> Result<Exit> {
        let form = form_of(invocation)?;
        let lang = invocation.lang;
        let folder = Path::new(invocation.operands.first().map_or(".", String::as_str));
        if !folder.is_dir() {
            match lang {
                Lang::Zh => bail!("没有 {} 这个文件夹", folder.display()),
                Lang::En => bail!("there is no folder {}", folder.display()),
            }
        }
        let asked = ["history", "staged", "message"].map(|name| invocation.has(name));
        if asked.iter().filter(|asked| **asked).count() > 1 {
            match lang {
                Lang::Zh => bail!("--history、--staged、--message 一次只能用一个"),
                Lang::En => bail!("--history, --staged and --message exclude one another"),
            }
        }
        let outcome = match asked {
            [true, ..] => history(folder, invocation)?,
            [_, true, _] => staged(&repository(folder, lang)?, invocation)?,
            [.., true] => message(invocation.value("message").unwrap_or(""))?,
            _ => files(folder, invocation)?,
        };
        term::progress("");
        if invocation.has("quiet") && outcome.report.findings().is_empty() {
            return Ok(Exit::Good);
        }
        let sources = outcome.sources();
        let shown = Shown::default();
        term::say(&form.write(&outcome.report, &Sources::new(&sources, &shown), lang));
        term::note(summary(&outcome).text(lang));
        Ok(if outcome.is_sure() { Exit::Leak } else { Exit::Good })
    }
}

/// Returns the form that was asked for.
fn form_of(invocation: &Invocation) -> Result<&'static dyn Form> {
    let name = invocation.value("format").unwrap_or("human");
    if let Some(form) = form(name) {
        return Ok(form);
    }
    let names = FORMS.iter().map(|form| form.name()).collect::<Vec<_>>().join(", ");
    match invocation.lang {
        Lang::Zh => bail!("--format 只能是这些:{names}"),
        Lang::En => bail!("--format is one of: {names}"),
    }
}

/// Returns the repository around a folder, which has to be there.
pub(crate) fn repository(folder: &Path, lang: Lang) -> Result<Repository> {
    let words = match git::around(folder, lang)? {
        Around::Repository(repository) => return Ok(repository),
        Around::Nothing => Phrase::new(
            format!("{} 不在 git 仓库里", folder.display()),
            format!("{} is in no git repository", folder.display()),
        ),
        Around::NoGit => {
            Phrase::new("没有装 git,先装上它", "git is not installed; install it first")
        }
    };
    bail!("{}", words.text(lang))
}

/// Searches the working tree, or the folder when there is no repository.
fn files(folder: &Path, invocation: &Invocation) -> Result<Outcome> {
    let lang = invocation.lang;
    let listing = match git::around(folder, lang)? {
        Around::Repository(repository) if repository.is_bare() => match lang {
            Lang::Zh => bail!("这个仓库没有文件,只有历史;请加 --history"),
            Lang::En => bail!("this repository has no files, only a history; add --history"),
        },
        Around::Repository(repository) => {
            Listing::of_working_tree(&repository, invocation.has("ignored"))?
        }
        Around::Nothing => Listing::of_folder(folder)?,
        Around::NoGit => {
            let words = Phrase::new(
                "没有装 git:只查了文件夹里的文件,分不出哪些不会提交",
                "git is not installed: every file of the folder is searched, as none is known to be ignored",
            );
            term::note(words.text(lang));
            Listing::of_folder(folder)?
        }
    };
    let registers = Registers::of(&listing.read(&tells)?, folder, invocation)?;
    listing.search(&|path, bytes| registers.known(path, bytes), &progress(lang))
}

/// Searches what is about to be committed.
fn staged(repository: &Repository, invocation: &Invocation) -> Result<Outcome> {
    // What the register says of itself is read as it will be committed, too.
    let files = Listing::of_whole_index(repository)?.read(&tells)?;
    let registers = Registers::of(&files, repository.root(), invocation)?;
    let listing = Listing::of_index(repository)?;
    listing.search(&|path, bytes| registers.known(path, bytes), &|| {})
}

/// Searches the message of a commit.
fn message(path: &str) -> Result<Outcome> {
    let path = Path::new(path);
    let bytes = read_file(path).with_context(|| format!("reading {}", path.display()))?;
    Ok(tree::message(&bytes))
}

/// Searches the history.
fn history(folder: &Path, invocation: &Invocation) -> Result<Outcome> {
    let lang = invocation.lang;
    let repository = repository(folder, lang)?;
    let files = match repository.is_bare() {
        true => Files::default(),
        false => Listing::of_working_tree(&repository, false)?.read(&tells)?,
    };
    let registers = Registers::of(&files, folder, invocation)?;
    let mut hasher = DefaultHasher::new();
    files.iter().for_each(|file| file.hash(&mut hasher));
    registers.key.as_ref().map(key::trace).hash(&mut hasher);
    let search = Search {
        repository: &repository,
        knows: &|path, bytes| registers.known(path, bytes),
        memory: &repository.root().join(".mingbai"),
        rules: &format!("{:016x}", hasher.finish()),
        watch: &progress(lang),
    };
    search.run()
}

/// Returns what counts on a terminal.
fn progress(lang: Lang) -> impl Fn() + Sync {
    const EACH: usize = 2000;
    let count = AtomicUsize::new(0);
    move || {
        let count = count.fetch_add(1, Ordering::Relaxed);
        if count.is_multiple_of(EACH) {
            term::progress(&match lang {
                Lang::Zh => format!("已查 {count} 个……"),
                Lang::En => format!("{count} searched …"),
            });
        }
    }
}

/// Returns whether a file says what a register may keep.
fn tells(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    [SITE_FILE, EXCEPTIONS_FILE].contains(&name)
        || format!("/{path}").contains("/kinds/") && name.ends_with(".toml")
}

/// The registers of a repository, by the folder they lie in.
struct Registers {
    keepers: BTreeMap<String, (Keeper, Exceptions)>,
    key: Option<Key>,
}

impl Registers {
    /// Reads what the registers say of themselves.
    fn of(files: &Files, root: &Path, invocation: &Invocation) -> Result<Self> {
        let key = key::read_outside(invocation, &[root])?;
        let (as_of, _) = today::as_of(invocation)?;
        let mut keepers = BTreeMap::new();
        for (path, _) in files.iter() {
            let Some(root) = path.strip_suffix(SITE_FILE) else {
                continue;
            };
            if root.is_empty() || root.ends_with('/') {
                let own = files.iter().filter_map(|(path, bytes)| {
                    Some((path.strip_prefix(root)?.to_owned(), bytes.to_vec()))
                });
                let own = Files::of(own);
                let exceptions = Exceptions::of(&own, as_of);
                keepers.insert(root.to_owned(), (Keeper::of(&own), exceptions));
            }
        }
        Ok(Self { keepers, key })
    }

    /// Returns what the register that a file belongs to says of its values.
    fn known(&self, path: &str, bytes: &[u8]) -> Vec<Known> {
        // The innermost register is the file's own.
        let own =
            self.keepers.iter().rev().find_map(|(root, keeper)| {
                path.strip_prefix(root.as_str()).map(|path| (path, keeper))
            });
        let Some((path, (keeper, exceptions))) = own else {
            return Vec::new();
        };
        let allowances = keeper.allowances(path, bytes).into_iter();
        let mut known: Vec<Known> = allowances
            .map(|one| Known { range: one.range, unwanted: one.unwanted, kept: one.kept })
            .collect();
        if let Some(key) = self.key.as_ref().filter(|_| exceptions.are_about(path)) {
            for hit in detect::find(DETECTORS, bytes, Writing::Plain) {
                let value = String::from_utf8_lossy(&bytes[hit.range.clone()]);
                if exceptions.cover(key, (hit.detector, path), &value) {
                    known.push(Known { range: hit.range, unwanted: None, kept: false });
                }
            }
        }
        known
    }
}

/// Returns what was looked at.
fn summary(outcome: &Outcome) -> Phrase {
    let Outcome { looked, known, ignored, kept, .. } = outcome;
    let mut words = Phrase::new(
        format!("查了{looked}个文件或对象"),
        format!("searched {}", plural(*looked, "item")),
    );
    if *known > 0 {
        words.zh.push_str(&format!(",另有{known}个上次查过,没有问题"));
        words.en.push_str(&format!("; {known} more were clean the last time"));
    }
    if *ignored > 0 {
        words.zh.push_str(&format!(",git 忽略的{ignored}个没有查(加 --ignored 就查)"));
        words.en.push_str(&format!(
            "; {} that git ignores not searched (--ignored searches them)",
            plural(*ignored, "file")
        ));
    }
    if *kept > 0 {
        words.zh.push_str(&format!(
            ";名单等不公开的栏里有{kept}处个人信息原文,按 [privacy] raw = \"allowed\" 不算在内,所以这个仓库不能公开(改成 \"absent\" 就算)"
        ));
        words.en.push_str(&format!(
            "; {} in fields that are never public {} not counted, as [privacy] raw = \"allowed\" says; so keep this repository private (\"absent\" counts them)",
            plural(*kept, "personal value"),
            if *kept == 1 { "is" } else { "are" }
        ));
    }
    words.zh.push('。');
    words.en.push('.');
    words
}
