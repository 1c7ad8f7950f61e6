//! A phrase: one thing said in every language the program speaks.

use serde::{Deserialize, Serialize};

/// The languages messages are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lang {
    /// Chinese, the default.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// Returns the language named by a tag such as `zh`, `zh-CN`, `en` or `en_GB.UTF-8`.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        match tag.get(..2)? {
            "zh" => Some(Self::Zh),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// Returns the short name used for files, such as `zh`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }
}

/// The same words in Chinese and in English.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Phrase {
    /// The Chinese words.
    pub zh: String,
    /// The English words.
    pub en: String,
}

impl Phrase {
    /// Makes a phrase of its two versions.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// Makes a phrase that reads the same in both languages, such as a name.
    #[must_use]
    pub fn same(words: &str) -> Self {
        Self::new(words, words)
    }

    /// Returns the words in one language.
    #[must_use]
    pub fn text(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}
