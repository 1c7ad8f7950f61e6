//! The sieve before the detectors: which stretches of a text could hold anything that they are sure of.
//!
//! Detectors read slowly and are right; most of a page is prose and markup that none of them could
//! mean. One quick pass keeps what has many digits in a row, in whatever script and however broken
//! up, an at sign, a province with a letter and a number behind it, the number of a door, or a word that
//! such values stand beside.

mod near;

use std::ops::Range;

use near::{
    NOTED, NUMERALS, is_before_domain, is_behind_name, is_door, is_inside, is_one_of, is_province,
    is_word,
};

/// So many digits in a row are looked at.
const LEAST: usize = 11;

/// So many bytes around are looked at too, for the words beside a value.
const AROUND: usize = 160;

/// A row of digits.
#[derive(Clone, Copy, Default)]
struct Row {
    start: usize,
    digits: usize,
    /// Whether some of them are numerals: they make one number across any sign but a letter.
    numerals: bool,
    /// The digits since the last sign that stands in no number.
    last: Last,
}

/// The last stretch of a row.
#[derive(Clone, Copy, Default)]
struct Last {
    start: usize,
    digits: usize,
}

/// Returns the stretches, in their order; none touches another.
pub fn regions(bytes: &[u8]) -> Vec<Range<usize>> {
    let mut sieve = Sieve {
        bytes,
        row: Row::default(),
        outside: None,
        behind_province: false,
        kept: Vec::new(),
    };
    let mut at = 0;
    while at < bytes.len() {
        at += sieve.step(at);
    }
    sieve.end_row(bytes.len());
    sieve.kept
}

/// Goes through a text once.
struct Sieve<'b> {
    bytes: &'b [u8],
    row: Row,
    /// The row that goes on behind a tag.
    outside: Option<Row>,
    /// Whether a province stands before, with nothing between but gaps.
    behind_province: bool,
    kept: Vec<Range<usize>>,
}

impl Sieve<'_> {
    /// Looks at one letter; returns how many bytes it has.
    fn step(&mut self, at: usize) -> usize {
        let byte = self.bytes[at];
        let class = CLASS[usize::from(byte)];
        match class {
            GAP => return 1,
            ESCAPE => return self.escape(at),
            PART => {
                self.end_stretch(at);
                return 1;
            }
            _ => {}
        }
        let behind_province = std::mem::take(&mut self.behind_province);
        match class {
            // A letter may be the second sign of a plate, or begin a word.
            BREAK => {
                self.end_row(at);
                if behind_province && self.is_numbered(at) || self.is_sign_of_account(at) {
                    self.keep(at..at + 1);
                }
            }
            DIGIT => return self.digits(at),
            AT if is_behind_name(&self.bytes[..at]) => self.keep(at..at + 1),
            AT => {}
            OPEN => self.open_tag(at),
            CLOSE => {
                if let Some(row) = self.outside.take() {
                    self.end_row(at);
                    self.row = row;
                }
            }
            _ => return self.wide(at, behind_province),
        }
        1
    }

    /// Passes over a sign that may begin an escape; returns how many bytes it has. An escape may stand
    /// for any letter, and a sign may be the name of the sign that begins another escape.
    fn escape(&mut self, at: usize) -> usize {
        let rest = &self.bytes[at..];
        let hides = match rest {
            // What every page writes as an escape is the signs of its own language.
            [b'&', b'#', b'3', b'4' | b'9', b';', ..]
            | [b'&', b'#', b'x', b'2', b'2' | b'7' | b'F' | b'f', b';', ..] => false,
            [b'&', b'#', ..] => true,
            [b'\\', b'u', b'0', b'0', b'0'..=b'2', ..] => false,
            [b'\\', b'u', sign, ..] => sign.is_ascii_hexdigit() || *sign == b'{',
            [b'%', b'4', b'0', ..] => true,
            [b'%', b'c'..=b'f' | b'C'..=b'F', sign, ..] => sign.is_ascii_hexdigit(),
            [b'#', rest @ ..] => is_before_domain(rest) && is_behind_name(&self.bytes[..at]),
            _ => false,
        };
        if hides {
            self.keep(at..at + 1);
        }
        if rest.starts_with(b"&amp;") { 5 } else { 1 }
    }

    /// Returns whether a letter has a digit or another capital right behind it, or behind a few signs.
    fn is_numbered(&self, at: usize) -> bool {
        const SIGNS: usize = 12;
        for place in at + 1..self.bytes.len().min(at + 1 + SIGNS) {
            match self.bytes[place] {
                // A tag right behind it may part a number.
                b'0'..=b'9' | b'A'..=b'Z' | 0xef | b'<' => return true,
                b'a'..=b'z' | b'>' => return false,
                // Behind a Chinese character another word begins; half of one may hide a number.
                0xe4..=0xe9 if self.is_whole(place) => return false,
                _ => {}
            }
        }
        false
    }

    /// Returns whether a cut here would part a letter, or a number or word: half of one may look like
    /// something that the whole is not.
    fn is_one_word(&self, at: usize) -> bool {
        let in_word = |byte: u8| byte.is_ascii_alphanumeric() || b"-._/=%&;".contains(&byte);
        is_inside(self.bytes[at]) || in_word(self.bytes[at - 1]) && in_word(self.bytes[at])
    }

    /// Returns whether a letter of three bytes stands whole at a place.
    fn is_whole(&self, at: usize) -> bool {
        matches!(self.bytes.get(at + 1..at + 3), Some([second, third]) if is_inside(*second) && is_inside(*third))
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
        match self.bytes[at] | 0x20 {
            b'w' | b'v' | b'q' | b'p' => WORDS.iter().any(|word| is_word(word)),
            // In place of an at sign.
            b'a' => {
                is_word(b"at")
                    && at > 0
                    && b" ([".contains(&self.bytes[at - 1])
                    && self.bytes.get(at + 2).is_some_and(|next| b" )]".contains(next))
                    && is_behind_name(&self.bytes[..at - 1])
            }
            _ => false,
        }
    }

    /// Counts a digit, or passes over a stretch of time; returns how many bytes it has.
    fn digits(&mut self, at: usize) -> usize {
        if self.row.last.digits == 0
            && self.row.digits == 0
            && is_stretch_of_time(&self.bytes[at..])
        {
            return TIME.len();
        }
        self.digit(at);
        1
    }

    /// Counts a digit.
    const fn digit(&mut self, at: usize) {
        if self.row.digits == 0 {
            self.row.start = at;
        }
        if self.row.last.digits == 0 {
            self.row.last.start = at;
        }
        self.row.digits += 1;
        self.row.last.digits += 1;
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
    fn wide(&mut self, at: usize, behind_province: bool) -> usize {
        let byte = |more: usize| self.bytes.get(at + more).copied().unwrap_or(0);
        // A byte that begins no whole letter must not hide what stands behind it.
        if matches!(byte(0), 0xe2..=0xef) && !(is_inside(byte(1)) && is_inside(byte(2))) {
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
            (0xe2, 0x97, 0x8b | 0xaf) => {
                self.digit(at);
                self.row.numerals = true;
            }
            (0xe2 | 0xef, ..) | (0xe3, 0x85, 0xa4) => self.behind_province = behind_province,
            (0xe3, 0x80, 0x87) | (0xe3, 0x88 | 0x8a, _) => {
                self.digit(at);
                self.row.numerals = true;
            }
            (0xe3..=0xe9, second, third) => {
                if NOTED[near::place(second, third)] {
                    self.noted(at);
                } else {
                    self.end_row(at);
                }
                self.behind_province = is_province(&self.bytes[at..at + 3]);
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

    /// Looks at a Chinese character that may be a numeral, or stand beside a value.
    fn noted(&mut self, at: usize) {
        if is_one_of(&self.bytes[at..at + 3], NUMERALS) {
            self.digit(at);
            self.row.numerals = true;
            return;
        }
        self.end_row(at);
        if is_word(self.bytes, at) || is_door(self.bytes, at) {
            self.keep(at..at + 3);
        }
    }

    /// Ends the last stretch of a row.
    fn end_stretch(&mut self, at: usize) {
        if self.row.last.digits >= LEAST {
            self.keep(self.row.last.start..at);
        }
        self.row.last = Last::default();
    }

    /// Ends a row of digits.
    fn end_row(&mut self, at: usize) {
        if self.row.digits == 0 {
            return;
        }
        self.end_stretch(at);
        if self.row.digits >= LEAST && self.row.numerals {
            self.keep(self.row.start..at);
        }
        self.row = Row::default();
    }

    /// Keeps a stretch with what stands around it.
    fn keep(&mut self, range: Range<usize>) {
        let kept = self.kept.last().map_or(0, |last| last.end);
        let mut start = range.start.saturating_sub(AROUND);
        while start > kept && self.is_one_word(start) {
            start -= 1;
        }
        let mut end = (range.end + AROUND).min(self.bytes.len()).max(kept);
        while end > kept && end < self.bytes.len() && self.is_one_word(end) {
            end += 1;
        }
        match self.kept.last_mut().filter(|last| last.end >= start) {
            Some(last) => {
                last.start = last.start.min(start);
                last.end = end;
            }
            None => self.kept.push(start..end),
        }
    }
}

/// How data write a stretch of time.
const TIME: &[u8; 21] = b"0000-00-00/0000-00-00";

/// Returns whether a text begins with a stretch of time and no other number goes on behind it: sixteen
/// digits, in groups that no card, phone or identity number has.
fn is_stretch_of_time(text: &[u8]) -> bool {
    let fits = |byte: &u8, form: &u8| match form {
        b'0' => byte.is_ascii_digit(),
        _ => byte == form,
    };
    let is_time =
        text.len() > TIME.len() && text.iter().zip(TIME).all(|(byte, form)| fits(byte, form));
    is_time && text.starts_with(b"20") && matches!(text[TIME.len()], b'"' | b',' | b'\n')
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
const OPEN: u8 = 4;
const CLOSE: u8 = 5;
const WIDE: u8 = 6;
const PART: u8 = 7;
const ESCAPE: u8 = 8;

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
            b'A'..=b'Z' | b'a'..=b'z' => BREAK,
            b'@' => AT,
            b'&' | b'%' | b'\\' | b'#' => ESCAPE,
            // These stand in no number, and hide nothing.
            b'\n' | b',' | b'|' | b':' | b'"' | b'(' | b')' | b'[' | b']' | b'{' | b'}' | b'!'
            | b'?' | b'=' | b'+' | b'$' | b'^' => PART,
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
    use std::collections::BTreeSet;
    use std::ops::Range;

    use super::regions;
    use crate::detect::{Certainty, DETECTORS, find};
    use crate::text::normal::Writing;

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
            "护照E12345678",
            "川A12345",
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
    fn stretches_of_time_are_passed_over_and_what_looks_like_them_is_not() {
        let around = "甲乙丙".repeat(200);
        for (text, kept) in [
            ("\"2025-12-27/2026-01-05\"", false),
            (",2025-12-27/2026-01-05,", false),
            ("\"2025-12-27/2026-01-05 1\"", true),
            ("\"1 2025-12-27/2026-01-05\"", true),
            ("\"1990-00-01/2341-00-05\"", true),
            ("\"2025-1227/2026-01-05\"", true),
            ("2025-12-27/2026-01-05", true),
            ("\"2025-12-27/2026-01-05\",\"19900001234\"", true),
        ] {
            assert_eq!(
                !regions(format!("{around}{text}{around}").as_bytes()).is_empty(),
                kept,
                "{text}"
            );
        }
    }

    #[test]
    fn a_letter_is_a_plate_only_with_its_number_beside_it() {
        let around = "甲乙丙".repeat(200);
        for (text, kept) in [
            ("县\",\"p\":\"棠坡78村", false),
            ("川Z·A1234", true),
            ("川z12345", true),
            ("川z<b>12345", true),
            ("川z\u{200b}12345", true),
        ] {
            assert_eq!(
                !regions(format!("{around}{text}{around}").as_bytes()).is_empty(),
                kept,
                "{text}"
            );
        }
    }

    #[test]
    fn no_disguise_falls_through() {
        let disguises = include_str!("../../../tests/privacy/disguises.txt");
        let mut fallen = Vec::new();
        for (number, line) in disguises.lines().enumerate() {
            let text = line.split_once('\t').map_or("", |(_, text)| text);
            if text.is_empty() || line.starts_with("# ") {
                continue;
            }
            // Prose around it, so that nothing is looked at for being near an end.
            let page = format!("{}。\n{text}\n。{}", "甲乙丙".repeat(200), "丁戊己".repeat(200));
            if !sifted(&page).is_superset(&whole(&page)) {
                fallen.push(number + 1);
            }
        }
        assert_eq!(fallen, Vec::<usize>::new(), "lines of disguises.txt");
    }

    /// Returns where detectors are sure of something when they read all of a text.
    fn whole(text: &str) -> BTreeSet<(bool, usize, usize, &'static str)> {
        hits(text, 0..text.len())
    }

    /// Returns where detectors are sure of something when they read what the sieve keeps.
    fn sifted(text: &str) -> BTreeSet<(bool, usize, usize, &'static str)> {
        regions(text.as_bytes()).into_iter().flat_map(|region| hits(text, region)).collect()
    }

    fn hits(text: &str, part: Range<usize>) -> BTreeSet<(bool, usize, usize, &'static str)> {
        let mut sure = BTreeSet::new();
        for writing in [Writing::Plain, Writing::Markup] {
            for hit in find(DETECTORS, &text.as_bytes()[part.clone()], writing) {
                if hit.certainty == Certainty::Sure {
                    let (start, end) = (part.start + hit.range.start, part.start + hit.range.end);
                    sure.insert((writing == Writing::Markup, start, end, hit.detector));
                }
            }
        }
        sure
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
