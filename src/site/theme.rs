//! The theme: templates, assets and the words of the page frame.
//!
//! The built-in theme is embedded; a register replaces any file of it by one with the same path in
//! its own `theme/` folder. Word lists are merged key by key.

use std::collections::BTreeMap;
use std::sync::Arc;

use include_dir::{Dir, include_dir};
use toml::Table;

use crate::diag::code::{SITE_FAULT, TEMPLATE};
use crate::diag::{Finding, Report, Span};
use crate::files::Files;
use crate::project::{SITE_FILE, Site, THEME_FOLDER};
use crate::site::tongue::{Owner, Tongue, WordList};
use crate::text::{Lang, Phrase, Script, nearest};

/// The built-in theme.
static BUILT_IN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/mingbai");

/// The folder of templates inside a theme.
const TEMPLATES: &str = "templates/";

/// The folder of assets inside a theme; also their folder in the site.
const ASSETS: &str = "assets/";

/// A theme, read.
#[derive(Debug)]
pub struct Theme {
    /// The templates by name.
    pub(crate) templates: BTreeMap<String, Template>,
    /// The assets by path.
    pub(crate) assets: BTreeMap<String, Vec<u8>>,
    /// The languages of the site; the main one is the first.
    pub(crate) tongues: Vec<Tongue>,
    /// The order of the menu.
    pub(crate) menu: Vec<String>,
}

/// A theme's files while they are gathered.
#[derive(Default)]
struct Gathered {
    templates: BTreeMap<String, Template>,
    assets: BTreeMap<String, Vec<u8>>,
    /// The word lists by the stems of their files.
    lists: BTreeMap<String, WordList>,
    menu: Vec<String>,
}

/// A template and the file it came from.
#[derive(Debug)]
pub(crate) struct Template {
    /// The file, for messages.
    pub(crate) path: Arc<str>,
    /// The source.
    pub(crate) source: String,
}

impl Theme {
    /// Reads the built-in theme and the register's own files on top of it, with the languages that
    /// the register names beside `lang`.
    #[must_use]
    pub fn read(files: &Files, site: &Site, lang: Lang, report: &mut Report) -> Self {
        let mut gathered = Gathered::default();
        let mut built_in = Vec::new();
        gather(&BUILT_IN, &mut built_in);
        for (path, bytes) in built_in {
            let origin = Arc::from(format!("themes/mingbai/{path}"));
            gathered.add((path, &origin), bytes, Owner::Theme, report);
        }
        for (origin, bytes) in files.iter() {
            if let Some(path) = origin.strip_prefix(THEME_FOLDER) {
                gathered.add((path, origin), bytes, Owner::Register, report);
            }
        }
        let tongues = gathered.tongues(site, lang, report);
        let Gathered { templates, assets, menu, .. } = gathered;
        Self { templates, assets, tongues, menu }
    }

    /// Returns the words that stand on pages whatever the register says.
    #[must_use]
    pub fn own_words(&self) -> String {
        let words = self.tongues.iter().flat_map(|tongue| tongue.words.values());
        words.map(String::as_str).chain([FIXED_WORDS]).collect::<Vec<_>>().join("\n")
    }

    /// Returns the scripts that pages are turned into by program.
    #[must_use]
    pub fn scripts(&self) -> Vec<Arc<Script>> {
        self.tongues.iter().filter_map(|tongue| tongue.script.clone()).collect()
    }
}

impl Gathered {
    /// Adds one file.
    fn add(
        &mut self,
        (path, origin): (&str, &Arc<str>),
        bytes: &[u8],
        owner: Owner,
        report: &mut Report,
    ) {
        if let Some(asset) = path.strip_prefix(ASSETS) {
            self.assets.insert(format!("{ASSETS}{asset}"), bytes.to_vec());
            return;
        }
        let Ok(text) = std::str::from_utf8(bytes) else {
            report.push(fault(origin, Phrase::new("模板不是 UTF-8 编码", "the file is not UTF-8")));
            return;
        };
        if let Some(name) = path.strip_prefix(TEMPLATES) {
            let template = Template { path: Arc::clone(origin), source: text.to_owned() };
            self.templates.insert(name.to_owned(), template);
        } else if let Some(stem) = word_list(path) {
            match text.parse::<Table>() {
                Ok(table) => {
                    self.lists.entry(stem.to_owned()).or_default().add(origin, table, owner);
                }
                Err(_) => report.push(fault(
                    origin,
                    Phrase::new("词表不合 TOML 语法", "the word list is not TOML"),
                )),
            }
        } else if path == "theme.toml" {
            let Ok(table) = text.parse::<Table>() else {
                let message = Phrase::new("theme.toml 不合 TOML 语法", "theme.toml is not TOML");
                report.push(fault(origin, message));
                return;
            };
            if let Some(menu) = table.get("menu").and_then(toml::Value::as_array) {
                self.menu =
                    menu.iter().filter_map(toml::Value::as_str).map(str::to_owned).collect();
            }
        }
    }

    /// Returns the main language and those that the register names; what it names and nobody wrote
    /// words for is reported.
    fn tongues(&self, site: &Site, lang: Lang, report: &mut Report) -> Vec<Tongue> {
        let mut tongues = vec![Tongue::main(lang, &self.lists, report)];
        let span = || site.languages_at.clone().unwrap_or_else(|| Span::whole(&SITE_FILE.into()));
        for wanted in &site.languages {
            let list = self.lists.values().find(|list| list.tag() == wanted);
            let twice = tongues.iter().any(|tongue| tongue.tag == *wanted);
            match list {
                Some(list) if !twice => tongues.push(Tongue::new(list, &self.lists, report)),
                Some(_) => report.push(Finding::new(SITE_FAULT, span(), twice_named())),
                None => {
                    let tags = self.lists.values().map(WordList::tag);
                    let tags = tags.filter(|tag| !tag.is_empty() && *tag != tongues[0].tag);
                    report.push(no_such(wanted, &tags.collect::<Vec<_>>(), span()));
                }
            }
        }
        tongues
    }
}

/// Returns the stem of a word list's file.
fn word_list(path: &str) -> Option<&str> {
    path.strip_prefix("i18n/")?.strip_suffix(".toml")
}

/// Says that a language is named twice, or is the main one.
fn twice_named() -> Phrase {
    Phrase::new(
        "`languages` 里有一种语言写了两次,或者就是主语言(zh-Hans 不用写)",
        "`languages` names a language twice, or the main one (zh-Hans goes without saying)",
    )
}

/// Makes the finding about a language that has no word list.
fn no_such(wanted: &str, tags: &[&str], span: Span) -> Finding {
    let message = Phrase::new(
        "`languages` 里有一种语言没有词表",
        "`languages` names a language that has no word list",
    );
    let (all, near) = (tags.join(", "), nearest(wanted, tags.iter().copied()));
    let (zh, en) = near.map_or_else(Default::default, |near| {
        (format!("是不是 `{near}`?"), format!("did you mean `{near}`? "))
    });
    Finding::new(SITE_FAULT, span, message).help(Phrase::new(
        format!("{zh}现有的是:{all};别的语言写一个 theme/i18n/标签.toml"),
        format!("{en}there are: {all}; for another, write theme/i18n/TAG.toml"),
    ))
}

/// Words of the page frame that are said by the program itself.
const FIXED_WORDS: &str = "首页 各村 查找 按文号、索引号找 没有写明年份 说明与异议 没有这个页面 资金规模 已分配 已安排到项目 合同价 已结算 已拨付 合计 金额";

/// Lists the files of an embedded folder with their paths.
fn gather(dir: &'static Dir<'static>, files: &mut Vec<(&'static str, &'static [u8])>) {
    for file in dir.files() {
        if let Some(path) = file.path().to_str() {
            files.push((path, file.contents()));
        }
    }
    for inner in dir.dirs() {
        gather(inner, files);
    }
}

/// Makes a finding about a file of the theme.
fn fault(path: &Arc<str>, message: Phrase) -> Finding {
    Finding::new(TEMPLATE, Span::whole(path), message)
}
