//! Numbers as prose says them: in digits, in Chinese numerals, in English words, or mixed (`12万6千`).
//!
//! Where a number could end in more than one place (`3千瓦` is three of a unit or three thousand of
//! another), every reading is given. It knows nothing of what is counted.

use std::ops::Range;

use crate::text::Decimal;

/// What some signs say, read from where a number begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Where the number ends.
    pub end: usize,
    /// What it is.
    pub value: Decimal,
    /// Whether it ends with 万 or 亿, behind which people leave out that they speak of money.
    pub is_round: bool,
}

/// A number in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// Where it begins.
    pub start: usize,
    /// Its readings, the shortest first; at least one.
    pub readings: Vec<Reading>,
}

impl Number {
    /// Returns where the number stands, by its longest reading.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.start..self.readings.last().map_or(self.start, |reading| reading.end)
    }
}

/// Signs for digits; each sign of a group is the digit that the group is at.
const DIGITS: [&str; 10] =
    ["零〇", "一壹", "二贰貳两俩兩", "三叁參仨", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖"];

/// Signs that multiply what stands before them, with the noughts they add.
const POWERS: [(&str, u8); 5] = [("十拾", 1), ("百佰", 2), ("千仟", 3), ("万萬", 4), ("亿億", 8)];

/// English words for numbers, and what each is.
const WORDS: [(&str, i64); 28] = [
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
    ("zero", 0),
];

/// English words that multiply, with the noughts they add.
const MULTIPLES: [(&str, u8); 3] = [("hundred", 2), ("thousand", 3), ("million", 6)];

/// Returns the next number of a text.
#[must_use]
pub fn next_number(text: &str, from: usize) -> Option<Number> {
    let mut before = text[..from].chars().next_back();
    for (at, sign) in text[from..].char_indices() {
        let start = from + at;
        // The tail of a number that is none is none either.
        let is_tail = sign.is_ascii_digit() && before.is_some_and(|sign| sign.is_ascii_digit());
        let readings = if is_tail {
            Vec::new()
        } else if sign.is_ascii_digit() || digit(sign).is_some() || power(sign).is_some() {
            let mut readings = signs(&text[start..]);
            if let Some(last) = readings.last().filter(|_| sign.is_ascii_digit()).copied() {
                readings.extend(words(&text[last.end + start..], Some(last.value), last.end));
            }
            readings
        } else if sign.is_ascii_alphabetic()
            && !before.is_some_and(|before| before.is_ascii_alphabetic())
        {
            words(&text[start..], None, 0)
        } else {
            Vec::new()
        };
        if !readings.is_empty() {
            let placed = readings.into_iter();
            let placed = placed.map(|reading| Reading { end: start + reading.end, ..reading });
            return Some(Number { start, readings: placed.collect() });
        }
        before = Some(sign);
    }
    None
}

/// Returns whether an English word is or begins a number.
#[must_use]
pub fn is_number_word(word: &str) -> bool {
    let mut parts = word.split('-');
    parts.any(|part| named(&WORDS, part).is_some() || named(&MULTIPLES, part).is_some())
}

/// Returns what an English word stands for.
fn named<T: Copy>(words: &[(&str, T)], word: &str) -> Option<T> {
    words.iter().find(|(known, _)| word.eq_ignore_ascii_case(known)).map(|(_, value)| *value)
}

/// Returns the digit that a numeral is.
fn digit(sign: char) -> Option<i64> {
    let at = DIGITS.iter().position(|signs| signs.contains(sign))?;
    i64::try_from(at).ok()
}

/// Returns how many noughts a sign adds.
fn power(sign: char) -> Option<u8> {
    POWERS.iter().find(|(signs, _)| signs.contains(sign)).map(|(_, noughts)| *noughts)
}

/// Returns a number with so many noughts more.
fn times(number: Decimal, noughts: u8) -> Option<Decimal> {
    number.checked_mul(Decimal::whole(10_i64.checked_pow(u32::from(noughts))?))
}

/// What was read of a number so far.
#[derive(Clone, Copy)]
struct Sum {
    /// What stands before the last 万 or 亿.
    whole: Decimal,
    /// What was added up behind it.
    part: Decimal,
    /// A number that nothing multiplied yet.
    open: Option<Decimal>,
    /// How many noughts the last multiplier added.
    last: u8,
    /// Whether a nought stands between the last multiplier and what is open.
    nought: bool,
}

impl Sum {
    /// Nothing yet.
    const EMPTY: Self = Self {
        whole: Decimal::whole(0),
        part: Decimal::whole(0),
        open: None,
        last: 0,
        nought: false,
    };

    /// Adds a numeral: 一二六〇 says its digits one by one.
    fn digit(&mut self, digit: i64) -> Option<()> {
        self.open = match self.open {
            None if digit == 0 && self.last > 0 => {
                self.nought = true;
                None
            }
            None => Some(Decimal::whole(digit)),
            Some(open) => Some(times(open, 1)?.checked_add(Decimal::whole(digit))?),
        };
        Some(())
    }

    /// Multiplies what is open.
    fn power(&mut self, noughts: u8) -> Option<()> {
        if noughts < 4 {
            let open = self.open.take().unwrap_or(Decimal::whole(1));
            self.part = self.part.checked_add(times(open, noughts)?)?;
        } else {
            let part = self.part.checked_add(self.open.take().unwrap_or(Decimal::whole(0)))?;
            // 三万亿 is three times ten thousand of a hundred million.
            let (kept, part) = if noughts == 8 {
                (Decimal::whole(0), self.whole.checked_add(part)?)
            } else {
                (self.whole, part)
            };
            self.whole = kept.checked_add(times(part, noughts)?)?;
            self.part = Decimal::whole(0);
        }
        (self.last, self.nought) = (noughts, false);
        Some(())
    }

    /// Returns what was said; 一万二 is twelve thousand.
    fn value(&self) -> Option<Decimal> {
        let open = self.open.unwrap_or(Decimal::whole(0));
        let is_short = self.last > 1 && !self.nought && open < Decimal::whole(10);
        let open = if is_short { times(open, self.last - 1)? } else { open };
        self.whole.checked_add(self.part)?.checked_add(open)
    }
}

/// Reads digits and numerals from where they begin.
fn signs(text: &str) -> Vec<Reading> {
    let (mut sum, mut readings, mut at) = (Sum::EMPTY, Vec::new(), 0);
    while let Some(sign) = text[at..].chars().next() {
        let added = if sign.is_ascii_digit() {
            // Two numbers in digits are never one.
            if sum.open.is_some() {
                break;
            }
            let (length, value) = digits(&text[at..]);
            at += length;
            sum.open = value;
            value.map(|_| ())
        } else if let Some(digit) = digit(sign) {
            at += sign.len_utf8();
            sum.digit(digit)
        } else if let Some(noughts) = power(sign).filter(|noughts| at > 0 || *noughts < 4) {
            at += sign.len_utf8();
            sum.power(noughts)
        } else {
            break;
        };
        let Some(value) = added.and_then(|()| sum.value()) else {
            break;
        };
        let is_round = power(sign).is_some_and(|noughts| noughts >= 4);
        readings.push(Reading { end: at, value, is_round });
    }
    readings
}

/// Returns how long a number in ASCII digits is, and its value; marks between its digits part nothing.
fn digits(text: &str) -> (usize, Option<Decimal>) {
    let belongs = |sign: char| sign.is_ascii_digit() || matches!(sign, '.' | ',');
    let run = text.find(|sign| !belongs(sign)).map_or(text, |end| &text[..end]);
    // What ends a sentence is no part of the number.
    let run = run.trim_end_matches(['.', ',']);
    let plain: String = run.chars().filter(|sign| *sign != ',').collect();
    (run.len(), Decimal::parse(&plain))
}

/// Reads English words for a number, perhaps behind one in digits.
fn words(text: &str, first: Option<Decimal>, offset: usize) -> Vec<Reading> {
    let (mut readings, mut at) = (Vec::new(), 0);
    let (mut whole, mut part) = (Decimal::whole(0), first);
    loop {
        let gap = text[at..].len() - text[at..].trim_start_matches([' ', '-']).len();
        let rest = &text[at + gap..];
        let length = rest.find(|sign: char| !sign.is_ascii_alphabetic()).unwrap_or(rest.len());
        let word = &rest[..length];
        let added = if let Some(value) = named(&WORDS, word) {
            part.unwrap_or(Decimal::whole(0)).checked_add(Decimal::whole(value))
        } else if let Some(noughts) = named(&MULTIPLES, word) {
            let Some(value) = part.and_then(|part| times(part, noughts)) else {
                break;
            };
            if noughts == 2 {
                Some(value)
            } else {
                let Some(sum) = whole.checked_add(value) else {
                    break;
                };
                whole = sum;
                Some(Decimal::whole(0))
            }
        } else if word.eq_ignore_ascii_case("and") && !readings.is_empty() {
            at += gap + length;
            continue;
        } else {
            break;
        };
        at += gap + length;
        part = added;
        let Some(value) = part.and_then(|part| whole.checked_add(part)) else {
            break;
        };
        readings.push(Reading { end: offset + at, value, is_round: false });
    }
    readings
}

#[cfg(test)]
mod tests {
    use super::next_number;
    use crate::text::Decimal;

    /// Returns the readings of the first number of a text, each with what follows it.
    fn readings(text: &str) -> Vec<(String, &str)> {
        let number = next_number(text, 0);
        let readings = number.map(|number| number.readings).unwrap_or_default().into_iter();
        readings.map(|reading| (plain(reading.value), &text[reading.end..])).collect()
    }

    /// Returns a number without noughts behind the point.
    fn plain(value: Decimal) -> String {
        value.scaled(0).map_or_else(|| value.to_string(), |whole| whole.to_string())
    }

    #[test]
    fn every_way_to_say_a_number_is_read() {
        for (text, value) in [
            ("一千二百六十", "1260"),
            ("壹仟贰佰陆拾", "1260"),
            ("一二六〇", "1260"),
            ("一千零六", "1006"),
            ("一千二", "1200"),
            ("三百五", "350"),
            ("十二", "12"),
            ("两百", "200"),
            ("一万二", "12000"),
            ("一万零二", "10002"),
            ("三万六千五百", "36500"),
            ("一亿二千万", "120000000"),
            ("三万亿", "3000000000000"),
            ("0.126万", "1260"),
            ("1千2百6十", "1260"),
            ("12万6千", "126000"),
            ("1,260.50", "1260.50"),
            ("1,260.", "1260"),
            ("one thousand two hundred and sixty", "1260"),
            ("Twenty-two", "22"),
            ("1.26 thousand", "1260"),
            ("two", "2"),
        ] {
            let last = readings(text).pop();
            assert_eq!(last.map(|(value, _)| value).as_deref(), Some(value), "{text}");
        }
    }

    #[test]
    fn a_number_that_may_end_in_two_places_has_two_readings() {
        assert_eq!(readings("3千瓦"), [("3".to_owned(), "千瓦"), ("3000".to_owned(), "瓦")]);
        assert_eq!(readings("共2户、3人")[0], ("2".to_owned(), "户、3人"));
        assert_eq!(readings("two hundred days").len(), 2);
    }

    #[test]
    fn words_that_only_hold_a_number_are_none() {
        for text in ["someone", "stone", "often", "万户", "hundreds", "and", ""] {
            assert!(next_number(text, 0).is_none(), "{text}");
        }
    }

    #[test]
    fn what_is_too_large_ends_the_number() {
        assert_eq!(readings("9223372036854775807亿元").len(), 1);
        assert!(readings("99999999999999999999").is_empty());
    }
}
