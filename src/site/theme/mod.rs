//! The theme: templates, assets and the words of the page frame.
//!
//! The built-in theme is embedded; a register replaces any file of it by one with the same path in
//! its own `theme/` folder. Word lists and `theme.toml` are merged key by key.

mod assets;
mod palette;
mod settings;

use std::collections::BTreeMap;
use std::sync::Arc;

pub(crate) use assets::Assets;
use include_dir::{Dir, include_dir};
use toml::Table;

use crate::diag::code::TEMPLATE;
use crate::diag::{Finding, Report, Span};
use crate::files::Files;
use crate::project::{Site, THEME_FOLDER};
use crate::site::theme::assets::ASSETS;
use crate::site::theme::settings::Settings;
use crate::site::tongue::{self, Owner, Tongue, WordList};
use crate::text::{Lang, Phrase, Script};

/// The built-in theme.
static BUILT_IN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/mingbai");

/// The folder of templates inside a theme.
const TEMPLATES: &str = "templates/";

/// The style sheets that are given the colours of `theme.toml`.
const STYLES: [&str; 2] = ["style.css", "widget.css"];

/// A theme, read.
#[derive(Debug)]
pub struct Theme {
    /// The templates by name.
    pub(crate) templates: BTreeMap<String, Template>,
    /// The assets.
    pub(crate) assets: Assets,
    /// The languages of the site; the main one is the first.
    pub(crate) tongues: Vec<Tongue>,
    /// The order of the menu.
    pub(crate) menu: Vec<String>,
    /// Where the order of the menu is said.
    pub(crate) menu_at: Option<Span>,
    /// The route of the logo; empty when there is none.
    pub(crate) logo: String,
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
        let mut parts = Parts::default();
        let mut built_in = Vec::new();
        gather(&BUILT_IN, &mut built_in);
        for (path, bytes) in built_in {
            let origin = Arc::from(format!("themes/mingbai/{path}"));
            parts.add((path, &origin), bytes, report);
        }
        parts.own = true;
        for (origin, bytes) in files.iter() {
            if let Some(path) = origin.strip_prefix(THEME_FOLDER) {
                parts.add((path, origin), bytes, report);
            }
        }
        let tongues = tongue::of_site(&parts.lists, site, lang, report);
        parts.into_theme(tongues, report)
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

/// A theme while its files come in.
#[derive(Default)]
struct Parts {
    templates: BTreeMap<String, Template>,
    assets: BTreeMap<String, Vec<u8>>,
    /// The word lists by the stems of their files.
    lists: BTreeMap<String, WordList>,
    settings: Settings,
    /// Whether the files at hand are a register's.
    own: bool,
}

impl Parts {
    /// Adds one file.
    fn add(&mut self, (path, origin): (&str, &Arc<str>), bytes: &[u8], report: &mut Report) {
        if let Some(asset) = path.strip_prefix(ASSETS) {
            self.assets.insert(asset.to_owned(), bytes.to_vec());
            return;
        }
        if path == settings::FILE {
            self.settings.absorb((origin, bytes), self.own, report);
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
                    let owner = if self.own { Owner::Register } else { Owner::Theme };
                    self.lists.entry(stem.to_owned()).or_default().add(origin, table, owner);
                }
                Err(_) => report.push(fault(
                    origin,
                    Phrase::new("词表不合 TOML 语法", "the word list is not TOML"),
                )),
            }
        }
    }

    /// Puts the parts together.
    fn into_theme(mut self, tongues: Vec<Tongue>, report: &mut Report) -> Theme {
        self.settings.palette.follow();
        self.settings.check_contrast(report);
        let logo = self.settings.logo(|name| self.assets.contains_key(name), report);
        for name in STYLES {
            if let Some(style) = self.assets.get_mut(name) {
                // In front: what a style sheet says of a colour itself wins, as for paper.
                style.splice(0..0, self.settings.css().into_bytes());
            }
        }
        let assets = Assets::new(self.assets);
        let logo = logo.and_then(|name| assets.route(&name).map(str::to_owned));
        Theme {
            templates: self.templates,
            assets,
            tongues,
            menu: self.settings.menu,
            menu_at: self.settings.menu_at,
            logo: logo.unwrap_or_default(),
        }
    }
}

/// Returns the stem of a word list's file.
fn word_list(path: &str) -> Option<&str> {
    path.strip_prefix("i18n/")?.strip_suffix(".toml")
}

/// Words of the page frame that are said by the program itself.
const FIXED_WORDS: &str = "首页 各村 查找 按文号、索引号找 没有写明年份 数据下载 说明与异议 没有这个页面 资金规模 已分配 已安排到项目 合同价 已结算 已拨付 合计 金额";

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

#[cfg(test)]
mod tests {
    use super::{BUILT_IN, Theme, gather};
    use crate::diag::Report;
    use crate::files::Files;
    use crate::project::Site;
    use crate::site::theme::palette::Scheme;
    use crate::site::theme::settings::Settings;
    use crate::text::Lang;

    /// Returns a file of the built-in theme.
    fn file(path: &str) -> &'static str {
        BUILT_IN.get_file(path).and_then(|file| file.contents_utf8()).expect("the file is there")
    }

    /// Returns the settings of the built-in theme.
    fn settings() -> Settings {
        let mut settings = Settings::default();
        let mut report = Report::default();
        let path = std::sync::Arc::from("theme.toml");
        settings.absorb((&path, file("theme.toml").as_bytes()), false, &mut report);
        assert!(report.findings().is_empty());
        settings
    }

    #[test]
    fn everything_that_is_read_can_be_read_in_both_schemes() {
        let palette = settings().palette;
        assert_eq!(palette.faint(), Vec::new());
        let light: Vec<&str> = palette.names(Scheme::Light).collect();
        assert_eq!(light, palette.names(Scheme::Dark).collect::<Vec<_>>());
        // A line between rows is no sign of anything: all else stands in a rule.
        for name in light.iter().filter(|name| **name != "line") {
            let named = |names: &[String]| names.iter().any(|named| named == name);
            let ruled = palette.rules.iter().any(|rule| named(&rule.text) || named(&rule.on));
            assert!(ruled, "{name} is in no rule of contrast");
        }
        for rule in &palette.rules {
            for name in rule.text.iter().chain(&rule.on) {
                assert!(light.contains(&name.as_str()), "no colour {name}");
            }
        }
    }

    #[test]
    fn the_style_sheet_paints_with_the_colours_of_the_theme_and_no_others() {
        let palette = settings().palette;
        let style = file("assets/style.css");
        let (screen, paper) = style.split_once("@media print").expect("there are rules for paper");
        let used = |text: &str| -> Vec<String> {
            let names = text.split("var(--").skip(1);
            names.map(|rest| rest.split([')', ',']).next().unwrap_or("").to_owned()).collect()
        };
        let own = ["font", "gap", "target"];
        for name in used(screen).into_iter().chain(used(paper)) {
            let known = palette.names(Scheme::Light).any(|colour| colour == name);
            assert!(known || own.contains(&name.as_str()), "--{name} is set nowhere");
        }
        for name in palette.names(Scheme::Light) {
            assert!(used(screen).iter().any(|used| used == name), "{name} paints nothing");
        }
        assert!(!screen.contains(": #"), "a colour that no theme can change");
    }

    /// The numbers of the rules for elderly readers (互联网应用适老化通用设计规范): letters of at
    /// least 18 points, lines of at least 1.3 and paragraphs of 1.3 times the gap of lines, and
    /// 60 px to touch, 44 px for everyone else.
    #[test]
    fn large_type_keeps_the_numbers_of_the_rule() {
        let style = file("assets/style.css");
        let number = |before: &str, after: &str| -> f64 {
            let (_, rest) = style.split_once(before).unwrap_or_else(|| panic!("no {before}"));
            let text = rest.split(after).next().unwrap_or("");
            text.parse().unwrap_or_else(|_| panic!("{before}{text}"))
        };
        let elder = ":root.elder-mode, :root:has(#elder:checked) { font-size: ";
        let (base, large) = (number("  font-size: ", "%"), number(elder, "%"));
        // A browser's letters are 16 px, which are 12 points.
        assert!(base * 16.0 / 100.0 >= 18.0, "letters of {base} %");
        assert!(large * 12.0 / 100.0 >= 18.0, "large letters of {large} %");
        let line = number("color: var(--ink); line-height: ", ";");
        assert!(line >= 1.3, "lines of {line}");
        let gap = number("150%; --gap: ", "rem");
        assert!(gap >= 1.3 * (line - 1.0), "paragraphs {gap} apart");
        assert!(number("--gap: .75rem; --target: ", "px") >= 44.0);
        assert!(number(".9rem; --target: ", "px") >= 60.0);
        assert_eq!(
            style.matches("44px").count(),
            1,
            "what is to be touched grows with the letters"
        );
    }

    #[test]
    fn the_scripts_are_small_and_load_nothing() {
        use std::io::Write as _;
        let mut small = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        let mut files = Vec::new();
        gather(&BUILT_IN, &mut files);
        for (path, bytes) in files.into_iter().filter(|(path, _)| path.ends_with(".js")) {
            small.write_all(bytes).expect("memory takes everything");
            let text = std::str::from_utf8(bytes).expect("scripts are UTF-8");
            for loading in [
                "fetch(",
                "XMLHttpRequest",
                "import ",
                "import(",
                "eval(",
                "innerHTML",
                "http:",
                "https:",
            ] {
                // What is searched is the site's own index, by a path and never by an address.
                let index = loading == "fetch(" && path.ends_with("/search.js");
                assert!(index || !text.contains(loading), "{path}: {loading}");
            }
        }
        let size = small.finish().expect("memory takes everything").len();
        assert!(size < 6 * 1024, "{size} bytes");
    }

    #[test]
    fn words_are_the_same_in_both_languages() {
        let read = |lang| {
            let mut report = Report::default();
            let theme = Theme::read(&Files::default(), &Site::default(), lang, &mut report);
            assert!(report.findings().is_empty());
            theme.tongues[0].words.keys().cloned().collect::<Vec<_>>()
        };
        assert_eq!(read(Lang::Zh), read(Lang::En));
    }
}
