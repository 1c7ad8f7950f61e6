//! The slips of the pen that are known, and what is said of each.

use crate::text::{Day, Phrase};

/// A slip of the pen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pen {
    /// A Chinese quotation mark.
    Quote,
    /// A Chinese comma.
    Comma,
    /// A Chinese bracket.
    Bracket,
    /// A colon, or a full-width sign, where an equals sign belongs.
    Sign,
    /// A text that begins and does not end on its line.
    NoQuote,
    /// A quotation mark inside a text.
    InnerQuote,
    /// No comma between two things.
    NoComma,
    /// A row that does not end.
    NoBrace,
    /// A list that does not end.
    NoBracket,
    /// No sign between a key and its value.
    NoEquals,
    /// A text without quotes.
    BareText,
    /// A number with its unit without quotes.
    BareUnit,
    /// A number of something, or a month, without quotes.
    BareCode,
    /// A day that is written in another way.
    DateForm,
    /// A day that no month has.
    NoSuchDay,
    /// A number with commas in it.
    Grouped,
    /// A key that is there twice.
    Twice,
    /// A backslash that begins nothing.
    Backslash,
}

impl Pen {
    /// Returns the slip that a sign is wherever it stands outside of a text.
    pub(super) fn of_sign(sign: char) -> Option<Self> {
        match sign {
            '“' | '”' | '‘' | '’' | '＂' | '＇' | '「' | '」' => Some(Self::Quote),
            '，' | '、' | '；' => Some(Self::Comma),
            '【' | '】' | '［' | '］' | '｛' | '｝' | '〔' | '〕' => Some(Self::Bracket),
            '＝' | '：' => Some(Self::Sign),
            _ => None,
        }
    }

    /// Returns the slip of a value without quotes, if it is none of TOML's.
    pub(super) fn of_bare(word: &str) -> Option<Self> {
        let numeric =
            word.starts_with(|letter: char| letter.is_ascii_digit() || "+-.".contains(letter));
        if !numeric {
            let known = ["true", "false", "inf", "nan"].contains(&word);
            return (!known).then_some(Self::BareText);
        }
        let day = word.split(['T', 't']).next().unwrap_or(word);
        let parts: Vec<&str> =
            day.trim_end_matches('日').split(['-', '/', '.', '年', '月']).collect();
        let digits =
            parts.iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
        match parts.as_slice() {
            [year, _, _] if digits && year.len() == 4 => {
                let plain = day.len() == 10 && day.matches('-').count() == 2;
                match (plain, Day::parse(day)) {
                    (false, _) => Some(Self::DateForm),
                    (true, None) => Some(Self::NoSuchDay),
                    (true, Some(_)) => None,
                }
            }
            [year, _] if digits && year.len() == 4 && !day.contains('.') => Some(Self::BareCode),
            // A number of a card or a paper that ends with a letter.
            _ if word.ends_with(|letter: char| letter.is_ascii_alphabetic() && letter != 'Z')
                && word.bytes().rev().skip(1).all(|byte| byte.is_ascii_digit()) =>
            {
                Some(Self::BareCode)
            }
            _ if !word.is_ascii() || word.ends_with('%') => Some(Self::BareUnit),
            _ => None,
        }
    }

    /// Returns the slip that the parser names in its own words.
    pub(super) fn of_words(words: &str) -> Option<Self> {
        if words.starts_with("duplicate key") {
            return Some(Self::Twice);
        }
        let escape = words.contains("escape") || words.contains("unicode");
        escape.then_some(Self::Backslash)
    }

    /// Returns what is wrong, and what to do.
    pub(super) fn words(self) -> (Phrase, Phrase) {
        let entry = WORDS.iter().find(|(pen, ..)| *pen == self);
        let (_, [zh, en], [help_zh, help_en]) =
            entry.expect("a test has looked for the words of each");
        (Phrase::new(*zh, *en), Phrase::new(*help_zh, *help_en))
    }
}

/// What is wrong, and what to do, in both languages.
type Words = (Pen, [&'static str; 2], [&'static str; 2]);

/// Of each slip.
const WORDS: &[Words] = &[
    (
        Pen::Quote,
        ["引号是中文的", "a Chinese quotation mark"],
        [
            "换成英文半角的引号,例如 id = \"2025-01\"",
            "use the plain quotation mark, as in id = \"2025-01\"",
        ],
    ),
    (
        Pen::Comma,
        ["这里的标点是中文的", "a Chinese comma"],
        ["逗号要用英文半角的 ,", "use the plain comma ,"],
    ),
    (
        Pen::Bracket,
        ["括号是中文的", "a Chinese bracket"],
        ["换成英文半角的 [ ] 或 { }", "use the plain [ ] or { }"],
    ),
    (
        Pen::Sign,
        ["键和值之间不是英文半角的等号", "no plain equals sign between key and value"],
        ["写成 title = \"路灯安装\" 这样", "write it as in title = \"Street lamps\""],
    ),
    (
        Pen::NoQuote,
        ["这一行的引号不成对", "a quotation mark on this line has no other"],
        [
            "文字两头各写一个英文半角引号;一句话写在一行里",
            "put a plain quotation mark on both sides of the text, on one line",
        ],
    ),
    (
        Pen::InnerQuote,
        ["文字里面又用了英文引号", "a plain quotation mark inside a text"],
        ["里面的引号换成中文的“”", "use “” inside the text"],
    ),
    (
        Pen::NoComma,
        ["这后面少了一个逗号", "no comma behind this"],
        [
            "在这后面加一个英文半角逗号 ,(名单里每一行末尾都要有)",
            "put a plain comma here; each row of a list ends with one",
        ],
    ),
    (
        Pen::NoBrace,
        ["这一行少了右花括号 }", "this row has no }"],
        ["在这一行末尾补上 },名单的每一行写成 { … },", "end the row with }, as in { … },"],
    ),
    (
        Pen::NoBracket,
        ["少了右方括号 ]", "a list has no ]"],
        ["在最后一条下面补一行 ]", "put a line with ] below the last row"],
    ),
    (
        Pen::NoEquals,
        ["键后面少了等号", "no equals sign behind the key"],
        ["写成 title = \"路灯安装\" 这样", "write it as in title = \"Street lamps\""],
    ),
    (
        Pen::BareText,
        ["文字没有加引号", "a text without quotes"],
        [
            "文字两头加英文半角引号,例如 title = \"路灯安装\"",
            "put plain quotation marks around it, as in title = \"Street lamps\"",
        ],
    ),
    (
        Pen::BareUnit,
        ["带单位的数没有加引号", "a number with its unit without quotes"],
        [
            "两头加英文半角引号,例如 planned = \"38.50万元\"",
            "put plain quotation marks around it, as in planned = \"38.50万元\"",
        ],
    ),
    (
        Pen::BareCode,
        ["编号或年月没有加引号", "a code or month without quotes"],
        [
            "两头加英文半角引号,例如 id = \"2025-01\"",
            "put plain quotation marks around it, as in id = \"2025-01\"",
        ],
    ),
    (
        Pen::DateForm,
        ["日期的写法不对", "a day in another form"],
        [
            "写成 2025-03-01:年四位,月、日各两位,中间用短横线",
            "write 2025-03-01: four digits for the year, two for month and day, with hyphens",
        ],
    ),
    (
        Pen::NoSuchDay,
        ["没有这一天", "there is no such day"],
        [
            "4、6、9、11月没有31日,2月没有30日(平年没有29日);对照原件改",
            "look at the original: not every month has 31 days",
        ],
    ),
    (
        Pen::Grouped,
        ["数字里有逗号", "a number with commas"],
        ["去掉数字里的逗号,例如 1204", "take the commas out, as in 1204"],
    ),
    (
        Pen::Twice,
        ["这个键前面已经写过了", "this key is there already"],
        ["一个键只能写一次,删掉一个", "a key stands once; take one away"],
    ),
    (
        Pen::Backslash,
        ["引号里的反斜杠 \\ 用不了", "a backslash that means nothing"],
        ["换成 / ,或者写两个 \\\\", "use / or write it twice"],
    ),
];

#[cfg(test)]
mod tests {
    use super::{Pen, WORDS};

    #[test]
    fn every_slip_has_words_once() {
        // One after the other, so that a new one cannot be forgotten here.
        let mut all = vec![Pen::Quote];
        while let Some(next) = after(*all.last().expect("there is a first")) {
            all.push(next);
        }
        let named: Vec<Pen> = WORDS.iter().map(|(pen, ..)| *pen).collect();
        assert_eq!(named, all);
    }

    fn after(pen: Pen) -> Option<Pen> {
        Some(match pen {
            Pen::Quote => Pen::Comma,
            Pen::Comma => Pen::Bracket,
            Pen::Bracket => Pen::Sign,
            Pen::Sign => Pen::NoQuote,
            Pen::NoQuote => Pen::InnerQuote,
            Pen::InnerQuote => Pen::NoComma,
            Pen::NoComma => Pen::NoBrace,
            Pen::NoBrace => Pen::NoBracket,
            Pen::NoBracket => Pen::NoEquals,
            Pen::NoEquals => Pen::BareText,
            Pen::BareText => Pen::BareUnit,
            Pen::BareUnit => Pen::BareCode,
            Pen::BareCode => Pen::DateForm,
            Pen::DateForm => Pen::NoSuchDay,
            Pen::NoSuchDay => Pen::Grouped,
            Pen::Grouped => Pen::Twice,
            Pen::Twice => Pen::Backslash,
            Pen::Backslash => return None,
        })
    }
}
