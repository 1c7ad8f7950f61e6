//! A tongue: a language pages are made in, with the words of the page frame.
//!
//! It is one file, `i18n/TAG.toml`: a head (`language.tag` and so on) and words. What it does not say
//! is said in the language it leans on, Chinese or English, as are the labels of kinds. A register's
//! own words win over built-in ones in every tongue that leans on the same language.

use std::collections::BTreeMap;
use std::sync::Arc;

use toml::{Table, Value};

use crate::diag::code::{SITE_FAULT, TEMPLATE};
use crate::diag::{Finding, Report, Span};
use crate::project::{SITE_FILE, Site};
use crate::syntax::quotable;
use crate::text::{Lang, Phrase, Script, nearest};

/// The key of the head.
const HEAD: &str = "language";

/// The tag of the language that records are written in.
pub(crate) const OF_RECORDS: &str = "zh-Hans";

/// The words of one file of `i18n/`, the theme's own and the register's on top of them.
#[derive(Debug, Default)]
pub(crate) struct WordList {
    head: Table,
    path: Option<Arc<str>>,
    built_in: BTreeMap<String, String>,
    own: BTreeMap<String, String>,
}

/// Whose a word list is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    /// The theme's.
    Theme,
    /// The register's.
    Register,
}

impl WordList {
    /// Adds the words of a file.
    pub(crate) fn add(&mut self, path: &Arc<str>, table: Table, owner: Owner) {
        let words = match owner {
            Owner::Theme => &mut self.built_in,
            Owner::Register => &mut self.own,
        };
        for (key, value) in table {
            match value {
                Value::String(word) => {
                    words.insert(key, word);
                }
                Value::Table(head) if key == HEAD => self.head.extend(head),
                _ => {}
            }
        }
        self.path.get_or_insert_with(|| Arc::clone(path));
    }

    /// Returns the tag of the language, or nothing where the file has no head.
    pub(crate) fn tag(&self) -> &str {
        self.said("tag")
    }

    /// Returns the phrases that a conversion writes as the head says.
    fn phrases(&self) -> BTreeMap<String, String> {
        let phrases = self.head.get("phrases").and_then(Value::as_table).into_iter().flatten();
        phrases.filter_map(|(from, to)| Some((from.clone(), to.as_str()?.to_owned()))).collect()
    }

    /// Returns what the head says under a key.
    fn said(&self, key: &str) -> &str {
        self.head.get(key).and_then(Value::as_str).unwrap_or_default()
    }
}

/// Which way a language is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    /// From left to right.
    LeftToRight,
    /// From right to left.
    RightToLeft,
}

impl Direction {
    /// Both with their names in HTML.
    const ALL: [(Self, &'static str); 2] = [(Self::LeftToRight, "ltr"), (Self::RightToLeft, "rtl")];

    /// Returns the name in HTML.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }
}

/// A language pages are made in.
#[derive(Debug)]
pub(crate) struct Tongue {
    /// Its tag, as in `<html lang>`.
    pub(crate) tag: String,
    /// The folder of its pages with a stroke behind it; nothing for the main language.
    pub(crate) folder: String,
    /// What it calls itself.
    pub(crate) name: String,
    /// The language it leans on.
    pub(crate) lang: Lang,
    /// What pages are turned into after they were made, if it is another script.
    pub(crate) script: Option<Arc<Script>>,
    /// Which way it is written.
    pub(crate) direction: Direction,
    /// The words of the page frame.
    pub(crate) words: BTreeMap<String, String>,
}

impl Tongue {
    /// Makes a tongue of its word list and of the one of the language it leans on.
    pub(crate) fn new(
        list: &WordList,
        lists: &BTreeMap<String, WordList>,
        report: &mut Report,
    ) -> Self {
        let mut doubt = |key: &str, zh: &str, en: &str| {
            let path = list.path.clone().unwrap_or_else(|| Arc::from("i18n"));
            let message = Phrase::new(
                format!("词表里的 `{HEAD}.{key}` {zh}"),
                format!("`{HEAD}.{key}` of the word list {en}"),
            );
            report.push(Finding::new(TEMPLATE, Span::whole(&path), message));
        };
        let (folder, name) = (list.said("folder"), list.said("name"));
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if folder.is_empty() || !folder.bytes().all(plain) {
            doubt(
                "folder",
                "要填小写字母、数字和连字符",
                "is made of small letters, digits and hyphens",
            );
        }
        if name.is_empty() {
            doubt("name", "没有填", "is missing");
        }
        let lang = match list.said("words_from") {
            "zh" => Lang::Zh,
            "en" => Lang::En,
            _ => {
                doubt("words_from", "要填 zh 或 en", "is zh or en");
                Lang::Zh
            }
        };
        let convert = list.said("convert");
        let script = Script::named(convert);
        if script.is_none() && !convert.is_empty() {
            let names: Vec<&str> = Script::names().collect();
            let names = names.join(", ");
            doubt("convert", &format!("只能是这些:{names}"), &format!("is one of: {names}"));
        }
        let said = list.said("dir");
        let direction = Direction::ALL.into_iter().find(|(_, name)| *name == said);
        if direction.is_none() && !said.is_empty() {
            doubt("dir", "要填 ltr 或 rtl", "is ltr or rtl");
        }
        Self {
            tag: list.tag().to_owned(),
            folder: format!("{folder}/"),
            name: name.to_owned(),
            lang,
            script: script.map(|script| Arc::new(script.with(list.phrases()))),
            direction: direction.map_or(Direction::LeftToRight, |(direction, _)| direction),
            words: words(list, lists.get(lang.name())),
        }
    }

    /// Makes the tongue of the main tree.
    pub(crate) fn main(
        lang: Lang,
        lists: &BTreeMap<String, WordList>,
        report: &mut Report,
    ) -> Self {
        let empty = WordList::default();
        let list = lists.get(lang.name()).unwrap_or(&empty);
        Self { folder: String::new(), ..Self::new(list, lists, report) }
    }

    /// Returns whether its pages are at the root of the site.
    pub(crate) const fn is_main(&self) -> bool {
        self.folder.is_empty()
    }

    /// Returns whether it is Chinese, in whatever characters.
    pub(crate) fn is_chinese(&self) -> bool {
        self.tag == "zh" || self.tag.starts_with("zh-")
    }

    /// Returns a word of the page frame.
    pub(crate) fn word(&self, key: &str) -> &str {
        self.words.get(key).map_or("", String::as_str)
    }
}

/// Returns the main language and those that the register names; what it names and nobody wrote
/// words for is reported.
pub(crate) fn of_site(
    lists: &BTreeMap<String, WordList>,
    site: &Site,
    lang: Lang,
    report: &mut Report,
) -> Vec<Tongue> {
    let mut tongues = vec![Tongue::main(lang, lists, report)];
    let span = || site.languages_at.clone().unwrap_or_else(|| Span::whole(&SITE_FILE.into()));
    for wanted in &site.languages {
        let list = lists.values().find(|list| list.tag() == wanted);
        let twice = tongues.iter().any(|tongue| tongue.tag == *wanted);
        match list {
            Some(list) if !twice => tongues.push(Tongue::new(list, lists, report)),
            Some(_) => report.push(Finding::new(SITE_FAULT, span(), twice_named())),
            None => {
                let tags = lists.values().map(WordList::tag);
                let tags = tags.filter(|tag| !tag.is_empty() && *tag != tongues[0].tag);
                report.push(no_such(wanted, &tags.collect::<Vec<_>>(), span()));
            }
        }
    }
    tongues
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
    let name = quotable(wanted).map_or_else(String::new, |wanted| format!(" `{wanted}` "));
    let message = Phrase::new(
        format!("`languages` 里的语言{name}没有词表"),
        format!("`languages` names a language{} that has no word list", name.trim_end()),
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

/// Joins the words of a list with those of the language it leans on.
fn words(list: &WordList, base: Option<&WordList>) -> BTreeMap<String, String> {
    let mut words = BTreeMap::new();
    words.extend(base.map(|base| base.built_in.clone()).unwrap_or_default());
    words.extend(list.built_in.clone());
    words.extend(base.map(|base| base.own.clone()).unwrap_or_default());
    words.extend(list.own.clone());
    words
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use super::{Owner, Tongue, WordList};
    use crate::diag::Report;
    use crate::text::Lang;

    /// Makes word lists of files.
    fn lists(files: &[(&str, &str, Owner)]) -> BTreeMap<String, WordList> {
        let mut lists: BTreeMap<String, WordList> = BTreeMap::new();
        for (stem, text, owner) in files {
            let list = lists.entry((*stem).to_owned()).or_default();
            list.add(&Arc::from(*stem), text.parse().expect("the file is TOML"), *owner);
        }
        lists
    }

    const ZH: &str = "language = { tag = \"zh-Hans\", folder = \"zh\", name = \"x\", words_from = \"zh\" }\na = \"甲\"\nb = \"乙\"\nc = \"丙\"";

    #[test]
    fn what_a_word_list_does_not_say_is_said_in_the_language_it_leans_on() {
        let own = "language.tag = \"bo\"\nlanguage.folder = \"bo\"\nlanguage.name = \"བོད་ཡིག\"\nlanguage.words_from = \"zh\"\na = \"ཀ\"\nc = \"ག\"";
        let lists = lists(&[
            ("zh", ZH, Owner::Theme),
            ("bo", own, Owner::Theme),
            ("zh", "c = \"自己的\"", Owner::Register),
        ]);
        let mut report = Report::default();
        let tongue = Tongue::new(&lists["bo"], &lists, &mut report);
        assert_eq!(["a", "b", "c"].map(|key| tongue.word(key)), ["ཀ", "乙", "自己的"]);
        assert!(!report.has_errors() && !tongue.is_main() && !tongue.is_chinese());
        let main = Tongue::main(Lang::Zh, &lists, &mut report);
        assert!(main.is_main() && main.is_chinese() && main.word("c") == "自己的");
    }

    #[test]
    fn a_head_that_says_nothing_of_use_is_reported() {
        let bad = "language.tag = \"xx\"\nlanguage.folder = \"../x\"\nlanguage.convert = \"t2s\"\nlanguage.dir = \"up\"";
        let lists = lists(&[("zh", ZH, Owner::Theme), ("xx", bad, Owner::Register)]);
        let mut report = Report::default();
        drop(Tongue::new(&lists["xx"], &lists, &mut report));
        assert_eq!(report.findings().len(), 5);
    }
}
