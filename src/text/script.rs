//! A script: Chinese in other characters than it was written in, by program.
//!
//! A conversion knows words and no people: it makes 餘 of the family name 余. Whoever uses it says
//! what is to stay as it is. It also takes two words for one where they meet, as 单 and 只; phrases
//! that are written by hand come before it.

use std::collections::BTreeMap;
use std::fmt;

use aho_corasick::{AhoCorasick, MatchKind};
use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;

/// The characters Chinese can be written in.
const CONFIGS: [(&str, BuiltinConfig); 3] =
    [("s2t", BuiltinConfig::S2t), ("s2tw", BuiltinConfig::S2tw), ("s2hk", BuiltinConfig::S2hk)];

/// A way to write Chinese in other characters.
pub struct Script {
    name: &'static str,
    converter: OpenCC,
    phrases: Option<Phrases>,
}

/// Phrases that are written by hand.
struct Phrases {
    read: AhoCorasick,
    written: Vec<String>,
}

impl fmt::Debug for Script {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Script({})", self.name)
    }
}

impl Script {
    /// The names of every script, as word lists write them.
    pub fn names() -> impl Iterator<Item = &'static str> {
        CONFIGS.iter().map(|(name, _)| *name)
    }

    /// Returns the script with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let (name, config) = CONFIGS.into_iter().find(|(known, _)| *known == name)?;
        let converter = OpenCC::from_config(config).expect("the tables are part of the program");
        Some(Self { name, converter, phrases: None })
    }

    /// Writes these phrases as it is told, the longest first.
    #[must_use]
    pub fn with(self, phrases: BTreeMap<String, String>) -> Self {
        let (read, written): (Vec<String>, Vec<String>) = phrases.into_iter().unzip();
        let read = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&read);
        let phrases = Phrases { read: read.expect("a page of phrases is small"), written };
        Self { phrases: Some(phrases), ..self }
    }

    /// Returns words in this script.
    #[must_use]
    pub fn write(&self, words: &str) -> String {
        if !is_chinese(words) {
            return words.to_owned();
        }
        let Some(phrases) = &self.phrases else {
            return self.converter.convert(words);
        };
        let (mut made, mut at) = (String::with_capacity(words.len()), 0);
        for found in phrases.read.find_iter(words) {
            made.push_str(&self.converter.convert(&words[at..found.start()]));
            made.push_str(&phrases.written[found.pattern().as_usize()]);
            at = found.end();
        }
        made.push_str(&self.converter.convert(&words[at..]));
        made
    }
}

/// Returns whether a character is a Chinese one.
#[must_use]
pub fn is_han(letter: char) -> bool {
    matches!(letter, '〇' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}')
}

/// Returns whether any character of some words is a Chinese one.
#[must_use]
pub fn is_chinese(words: &str) -> bool {
    !words.is_ascii() && words.chars().any(is_han)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Script, is_chinese};

    #[test]
    fn words_are_written_in_other_characters_and_what_is_written_so_stays() {
        for name in Script::names() {
            let script = Script::named(name).expect("a script of the list");
            let written = script.write("资金项目由县农业农村局公开");
            assert_eq!(written, "資金項目由縣農業農村局公開", "{name}");
            assert_eq!(script.write(&written), written, "{name}");
        }
        assert!(Script::named("t2s").is_none());
    }

    #[test]
    fn phrases_by_hand_come_first() {
        let phrases = [("名单只", "名單只"), ("签", "簽"), ("抽签", "抽籤")];
        let phrases = phrases.map(|(from, to)| (from.to_owned(), to.to_owned()));
        let script = Script::named("s2tw").expect("a script of the list");
        let script = script.with(BTreeMap::from(phrases));
        assert_eq!(script.write("名单只在村里,抽签后签字"), "名單只在村裡,抽籤後簽字");
        assert_eq!(script.write("一只羊"), "一隻羊");
        assert_eq!(script.write("a"), "a");
    }

    #[test]
    fn one_character_is_not_the_other_everywhere() {
        let script = Script::named("s2t").expect("a script of the list");
        assert_eq!(script.write("发展、理发"), "發展、理髮");
    }

    #[test]
    fn what_has_no_chinese_character_is_not_touched() {
        assert!(!is_chinese("a–b, 1.5%…") && is_chinese("1元"));
    }
}
