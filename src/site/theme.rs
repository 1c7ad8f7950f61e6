//! The theme: templates, assets and the words of the page frame.
//!
//! The built-in theme is embedded; a register replaces any file of it by one with the same path in
//! its own `theme/` folder. Word lists are merged key by key.

use std::collections::BTreeMap;
use std::sync::Arc;

use include_dir::{Dir, include_dir};
use toml::Table;

use crate::diag::code::TEMPLATE;
use crate::diag::{Finding, Report, Span};
use crate::files::Files;
use crate::project::THEME_FOLDER;
use crate::text::{Lang, Phrase};

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
    /// The words of the page frame.
    pub(crate) words: BTreeMap<String, String>,
    /// The order of the menu.
    pub(crate) menu: Vec<String>,
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
    /// Reads the built-in theme and the register's own files on top of it.
    #[must_use]
    pub fn read(files: &Files, lang: Lang, report: &mut Report) -> Self {
        let mut theme = Self {
            templates: BTreeMap::new(),
            assets: BTreeMap::new(),
            words: BTreeMap::new(),
            menu: Vec::new(),
        };
        let mut built_in = Vec::new();
        gather(&BUILT_IN, &mut built_in);
        for (path, bytes) in built_in {
            let origin = Arc::from(format!("themes/mingbai/{path}"));
            theme.add((path, &origin), bytes, lang, report);
        }
        for (origin, bytes) in files.iter() {
            if let Some(path) = origin.strip_prefix(THEME_FOLDER) {
                theme.add((path, origin), bytes, lang, report);
            }
        }
        theme
    }

    /// Adds one file.
    fn add(
        &mut self,
        (path, origin): (&str, &Arc<str>),
        bytes: &[u8],
        lang: Lang,
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
        } else if path == format!("i18n/{}.toml", lang.name()) {
            match text.parse::<Table>() {
                Ok(table) => {
                    let words = table
                        .into_iter()
                        .filter_map(|(key, value)| Some((key, value.as_str()?.to_owned())));
                    self.words.extend(words);
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
}

impl Theme {
    /// Returns the words that stand on pages whatever the register says.
    #[must_use]
    pub fn own_words(&self) -> String {
        let words = self.words.values().map(String::as_str);
        words.chain([FIXED_WORDS]).collect::<Vec<_>>().join("\n")
    }
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
