//! The sieve before the detectors: which stretches of a text could hold anything that they are sure of.
//!
//! Detectors read slowly and are right; most of a page is prose and markup that none of them could
//! mean. One quick pass keeps what has many digits in a row, in whatever script and however broken
//! up, an at sign, a letter with a number behind it, or a word that such values stand beside.

use std::ops::Range;

/// So many digits in a row are looked at.
const LEAST: usize = 11;

/// So many bytes around are looked at too, for the words beside a value.
const AROUND: usize = 160;

/// A row of digits.
#[derive(Clone, Copy, Default)]
struct Row {
    start: usize,
    digits: usize,
}

/// Returns the stretches, in their order; none touches another.
pub(crate) fn regions(bytes: &[u8]) -> Vec<Range<usize>> {
    let mut sieve =
        Sieve { bytes, row: Row::default(), outside: None, behind_han: false, kept: Vec::new() };
    let mut at = 0;
    while at < bytes.len() {
        at += sieve.step(at);
    }
    sieve.end_row(bytes.len());
    sieve.kept
}

/// Returns whether a folded text has a row of digits that is long enough.
pub(super) fn has_long_row(folded: &[u8]) -> bool {
    folded.split(|byte| !byte.is_ascii_digit()).any(|row| row.len() >= LEAST)
}

/// Goes through a text once.
struct Sieve<'b> {
    bytes: &'b [u8],
    row: Row,
    /// The row that goes on behind a tag.
    outside: Option<Row>,
    /// Whether a Chinese character stands before, with nothing between but gaps.
    behind_han: bool,
    kept: Vec<Range<usize>>,
}

impl Sieve<'_> {
    /// Looks at one letter; returns how many bytes it has.
    fn step(&mut self, at: usize) -> usize {
        let byte = self.bytes[at];
        let class = CLASS[usize::from(byte)];
        if class == GAP {
            return self.gap(at);
        }
        let behind_han = std::mem::take(&mut self.behind_han);
        match class {
            BREAK => {
                self.end_row(at);
                if behind_han && self.is_numbered(at) || self.is_sign_of_account(at) {
                    self.keep(at..at + 1);
                }
            }
            DIGIT => self.digit(at),
            AT => self.keep(at..at + 1),
            UPPER => {
                self.end_row(at);
                let next = self.bytes.get(at + 1..at + 5).unwrap_or(&[]);
                let numbered = next.len() == 4
                    && next.iter().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
                    && next.iter().any(u8::is_ascii_digit);
                let plate = behind_han && self.is_numbered(at);
                if numbered || plate || self.is_sign_of_account(at) {
                    self.keep(at..at + 1);
                }
            }
            OPEN => self.open_tag(at),
            CLOSE => {
                if let Some(row) = self.outside.take() {
                    self.end_row(at);
                    self.row = row;
                }
            }
            _ => return self.wide(at, behind_han),
        }
        1
    }

    /// Passes over a sign between digits; returns how many bytes it has. An at sign may be escaped, and
    /// a sign may be the name of the sign that begins another escape.
    fn gap(&mut self, at: usize) -> usize {
        const AT_SIGNS: [&[u8]; 4] = [b"%40", b"&#64", b"&#x40", b"\\u0040"];
        if !matches!(self.bytes[at], b'%' | b'&' | b'\\') {
            return 1;
        }
        let rest = &self.bytes[at..];
        if AT_SIGNS.iter().any(|sign| rest.starts_with(sign)) {
            self.keep(at..at + 1);
        }
        if rest.starts_with(b"&amp;") { 5 } else { 1 }
    }

    /// Returns whether a letter has a digit or another capital right behind it, or behind a few signs.
    fn is_numbered(&self, at: usize) -> bool {
        const SIGNS: usize = 12;
        let next = self.bytes[at + 1..]
            .iter()
            .take(SIGNS)
            .find(|byte| byte.is_ascii_alphanumeric() || matches!(**byte, 0xef | b'<' | b'>'));
        // A tag right behind it may part a number.
        next.is_some_and(|byte| {
            byte.is_ascii_digit() || byte.is_ascii_uppercase() || matches!(*byte, 0xef | b'<')
        })
    }

    /// Returns whether a letter begins a word that accounts and passports stand behind.
    fn is_sign_of_account(&self, at: usize) -> bool {
        const WORDS: [&[u8]; 8] = [
            b"wechat",
            b"weixin",
            b"wx",
            b"vx",
            b"qq",
            b"passport",
            "v信".as_bytes(),
            "v号".as_bytes(),
        ];
        let is_word = |word: &[u8]| {
            self.bytes.get(at..at + word.len()).is_some_and(|part| part.eq_ignore_ascii_case(word))
        };
        matches!(self.bytes[at] | 0x20, b'w' | b'v' | b'q' | b'p')
            && WORDS.iter().any(|word| is_word(word))
    }

    /// Counts a digit.
    const fn digit(&mut self, at: usize) {
        if self.row.digits == 0 {
            self.row.start = at;
        }
        self.row.digits += 1;
    }

    /// Goes into a tag: a tag inside a line does not end a row of digits, a new cell or line does.
    fn open_tag(&mut self, at: usize) {
        let rest = &self.bytes[at + 1..];
        let rest = rest.strip_prefix(b"/").unwrap_or(rest);
        let length = rest.iter().take(8).take_while(|byte| byte.is_ascii_alphanumeric()).count();
        if is_block(&rest[..length]) {
            self.end_row(at);
        }
        self.outside = Some(std::mem::take(&mut self.row));
    }

    /// Looks at a letter outside ASCII.
    fn wide(&mut self, at: usize, behind_han: bool) -> usize {
        let byte = |more: usize| self.bytes.get(at + more).copied().unwrap_or(0);
        let continues = |byte: u8| byte & 0xc0 == 0x80;
        // A byte that begins no whole letter must not hide what stands behind it.
        if matches!(byte(0), 0xe2..=0xef) && !(continues(byte(1)) && continues(byte(2))) {
            return 1;
        }
        match (byte(0), byte(1), byte(2)) {
            // Full-width digits; signs nobody sees; digits in circles and in other scripts' forms.
            (0xef, 0xbc, 0x90..=0x99) | (0xe2, 0x81 | 0x82 | 0x91 | 0x92 | 0x93 | 0x9d, _) => {
                self.digit(at);
            }
            // An at sign and capital letters in full width.
            (0xef, 0xbc, 0xa0..=0xba) => self.keep(at..at + 3),
            // A circle for nought; signs that nobody sees.
            (0xe2, 0x97, 0x8b | 0xaf) => self.digit(at),
            (0xe2 | 0xef, ..) | (0xe3, 0x85, 0xa4) => self.behind_han = behind_han,
            (0xe3, 0x80, 0x87) | (0xe3, 0x88 | 0x8a, _) => self.digit(at),
            (0xe3..=0xe9, ..) => {
                let letter = std::str::from_utf8(&self.bytes[at..at + 3])
                    .ok()
                    .and_then(|three| three.chars().next());
                match letter {
                    Some(
                        '零' | '幺' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九'
                        | '壹' | '贰' | '叁' | '肆' | '伍' | '陆' | '柒' | '捌' | '玖' | '两'
                        | '貳' | '參' | '陸',
                    ) => self.digit(at),
                    Some(
                        '微' | '薇' | '威' | '扣' | '鹅' | '护' | '牌' | '室' | '残' | '住' | '籍'
                        | '址',
                    ) => {
                        self.end_row(at);
                        self.keep(at..at + 3);
                    }
                    _ => self.end_row(at),
                }
                self.behind_han = true;
            }
            // Digits of other scripts, and letters that are drawn as digits.
            (0xd9 | 0xdb | 0xe0 | 0xe1 | 0xf0, ..) => {
                self.digit(at);
                return 2;
            }
            _ => return 1,
        }
        3
    }

    /// Ends a row of digits.
    fn end_row(&mut self, at: usize) {
        if self.row.digits >= LEAST {
            self.keep(self.row.start..at);
        }
        self.row = Row::default();
    }

    /// Keeps a stretch with what stands around it.
    fn keep(&mut self, range: Range<usize>) {
        let is_inside = |at: usize| self.bytes.get(at).is_some_and(|byte| byte & 0xc0 == 0x80);
        let mut start = range.start.saturating_sub(AROUND);
        while start > 0 && is_inside(start) {
            start -= 1;
        }
        let mut end = (range.end + AROUND).min(self.bytes.len());
        while is_inside(end) {
            end += 1;
        }
        match self.kept.last_mut().filter(|last| last.end >= start) {
            Some(last) => {
                last.start = last.start.min(start);
                last.end = last.end.max(end);
            }
            None => self.kept.push(start..end),
        }
    }
}

/// Returns whether a tag of this name begins another line or cell.
const fn is_block(name: &[u8]) -> bool {
    matches!(
        name,
        b"td"
            | b"th"
            | b"tr"
            | b"p"
            | b"li"
            | b"div"
            | b"dd"
            | b"dt"
            | b"br"
            | b"h1"
            | b"h2"
            | b"h3"
            | b"h4"
            | b"option"
            | b"caption"
            | b"table"
            | b"section"
            | b"ul"
            | b"dl"
            | b"pre"
    )
}

const BREAK: u8 = 0;
const DIGIT: u8 = 1;
const GAP: u8 = 2;
const AT: u8 = 3;
const UPPER: u8 = 4;
const OPEN: u8 = 5;
const CLOSE: u8 = 6;
const WIDE: u8 = 7;

/// What each byte is to a row of digits.
const CLASS: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut table = [GAP; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'0'..=b'9' => DIGIT,
            // These stand in escapes between the digits.
            b'x' | b'X' | b'u' => GAP,
            b'A'..=b'Z' => UPPER,
            b'a'..=b'z' => BREAK,
            b'@' => AT,
            b'<' => OPEN,
            b'>' => CLOSE,
            0x80..=0xff => WIDE,
            _ => GAP,
        };
        byte += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::regions;

    #[test]
    fn numbers_are_kept_however_they_are_written() {
        for value in [
            "19900001234",
            "199 0000 1234",
            "199-0000-1234",
            "１９９００００１２３４",
            "199\u{200b}0000\u{2060}1234",
            "1<b>99</b>0000<span class=\"x\">1234</span>",
            "&#49;&#57;&#57;&#48;&#48;&#48;",
            "\\u0031\\u0039\\u0039",
            "%31%39%39%30%30%30",
            "一九九〇零零零零一二三四",
            "①⑨⑨⓪⓪⓪⓪①②③④",
            "a@example.org",
            "示A12345",
            "E12345678",
            "QQ 12345",
            "微信号 ab",
            "wechat: ab",
            "川Z·A1234",
            "陕 A12345",
            "家住公开路18号",
            "vx:shian_990101",
        ] {
            let text = format!("{}{value}{}", "甲乙丙".repeat(200), "丁戊己".repeat(200));
            let kept = regions(text.as_bytes());
            assert_eq!(kept.len(), 1, "{value}");
            assert!(text[kept[0].clone()].contains(value), "{value}");
            assert!(kept[0].len() < 600, "{value}");
        }
    }

    #[test]
    fn no_disguise_falls_through() {
        let disguises = include_str!("../../tests/privacy/disguises.txt");
        let mut fallen = Vec::new();
        for (number, line) in disguises.lines().enumerate() {
            let text = line.split_once('\t').map_or("", |(_, text)| text);
            if !text.is_empty() && !line.starts_with("# ") && !crate::detect::could_find(text) {
                fallen.push(number + 1);
            }
        }
        assert_eq!(fallen, Vec::<usize>::new(), "lines of disguises.txt");
    }

    #[test]
    fn broken_bytes_hide_nothing() {
        for broken in [&b"\xe5"[..], b"\xe5\x9e", b"\xef\xbc", b"\xf0", b"\xd9", b"\xe4\xb8\xe5"] {
            for text in [
                [b"19900001234", broken].concat(),
                [broken, b"19900001234"].concat(),
                [broken, b"19900001234", broken].concat(),
                broken.to_vec(),
            ] {
                let kept = regions(&text);
                let number = text.len() > 10;
                assert_eq!(kept.len(), usize::from(number), "{text:?}");
            }
        }
    }

    #[test]
    fn prose_markup_and_cells_are_passed_over() {
        let page = "<table><tr><td>2024年5月</td><td class=\"n\">1,200.50</td><td>300</td><td>45</td></tr></table>\
                    <p>示例说明,共 12 户。</p>";
        assert!(regions(page.as_bytes()).is_empty());
        assert!(regions(b"").is_empty());
    }
}
