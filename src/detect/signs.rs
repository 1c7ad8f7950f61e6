//! What detectors share: chains of digits with separators between them, and the words around a place.

/// The most signs that may stand between two digits of one number.
const LONGEST_GAP: usize = 3;

/// How many characters before a place its context reaches.
const REACH: usize = 16;

/// Digits that stand one after the other, perhaps with separators between them.
pub(super) struct Chain<'t> {
    text: &'t str,
    places: Vec<usize>,
}

/// Returns the chain that begins with the digit at `start`, of at most `most` digits.
pub(super) fn chain(text: &str, start: usize, most: usize) -> Chain<'_> {
    let mut places = Vec::with_capacity(most);
    let mut next = Some(start);
    while let Some(at) = next.filter(|_| places.len() < most) {
        places.push(at);
        next = next_digit(text, at + 1);
    }
    Chain { text, places }
}

/// Returns the digit that stands at `at` or behind a few separators.
fn next_digit(text: &str, at: usize) -> Option<usize> {
    for (gap, (offset, sign)) in text[at..].char_indices().enumerate() {
        if sign.is_ascii_digit() {
            return Some(at + offset);
        }
        if gap == LONGEST_GAP || !is_separator(sign) {
            return None;
        }
    }
    None
}

/// Returns whether a sign may stand between the digits of one number.
pub(super) const fn is_separator(sign: char) -> bool {
    matches!(sign, ' ' | '-' | '·' | '.' | '_' | '/' | '*' | '`' | '~' | '\'')
}

impl Chain<'_> {
    /// Returns how many digits there are.
    pub(super) const fn len(&self) -> usize {
        self.places.len()
    }

    /// Returns the first digits.
    pub(super) fn digits(&self, count: usize) -> Vec<u8> {
        self.places[..count].iter().map(|at| self.text.as_bytes()[*at]).collect()
    }

    /// Returns where a digit stands, if there are so many.
    pub(super) fn place(&self, index: usize) -> Option<usize> {
        self.places.get(index).copied()
    }

    /// Returns where the first digits end.
    pub(super) fn end(&self, count: usize) -> usize {
        self.places[count - 1] + 1
    }

    /// Returns how many of the first digits stand together each time.
    pub(super) fn groups(&self, count: usize) -> Vec<usize> {
        let mut groups = vec![1];
        for pair in self.places[..count].windows(2) {
            match groups.last_mut() {
                Some(last) if pair[1] == pair[0] + 1 => *last += 1,
                _ => groups.push(1),
            }
        }
        groups
    }

    /// Returns whether the first digits are parted by nothing that a reader sees: stars and the like
    /// are the markup of prose.
    pub(super) fn is_whole(&self, count: usize) -> bool {
        self.places[..count]
            .windows(2)
            .all(|pair| self.text[pair[0] + 1..pair[1]].chars().all(|sign| "*_`~".contains(sign)))
    }

    /// Returns whether every digit stands alone, with the same signs between all of them.
    pub(super) fn is_spaced(&self, count: usize) -> bool {
        let mut gaps = self.places[..count].windows(2).map(|pair| &self.text[pair[0] + 1..pair[1]]);
        let first = gaps.next().unwrap_or("");
        !first.is_empty() && gaps.all(|gap| gap == first)
    }
}

/// Returns every digit before which no digit stands.
pub(super) fn starts(text: &str) -> impl Iterator<Item = usize> + '_ {
    let bytes = text.as_bytes();
    (0..bytes.len())
        .filter(|at| bytes[*at].is_ascii_digit() && (*at == 0 || !bytes[*at - 1].is_ascii_digit()))
}

/// Returns the character before a place.
pub(super) fn before(text: &str, at: usize) -> Option<char> {
    text[..at].chars().next_back()
}

/// Returns the character at a place.
pub(super) fn after(text: &str, at: usize) -> Option<char> {
    text[at..].chars().next()
}

/// Returns whether the digits from `start` to `end` are the piece of a decimal or a larger number.
pub(super) fn is_piece(text: &str, start: usize, end: usize) -> bool {
    let digit_after = |text: &str| text.starts_with(|sign: char| sign.is_ascii_digit());
    let right = &text[end..];
    is_tail(text, start) || digit_after(right) || right.strip_prefix('.').is_some_and(digit_after)
}

/// Returns whether what begins at `start` is the rest of a decimal or a larger number.
pub(super) fn is_tail(text: &str, start: usize) -> bool {
    let digit_before = |text: &str| text.ends_with(|sign: char| sign.is_ascii_digit());
    let left = &text[..start];
    digit_before(left) || left.strip_suffix('.').is_some_and(digit_before)
}

/// Returns whether a sum or a measure ends behind a place.
pub(super) fn is_measured(text: &str, end: usize) -> bool {
    let rest = text[end..].trim_start_matches(' ');
    let units = [
        "元", "万", "亿", "角", "分", "%", "吨", "公斤", "千克", "平方", "立方", "米", "亩", "户",
        "人次", "字节",
    ];
    units.iter().any(|unit| rest.starts_with(unit))
}

/// Returns whether one of some words stands closely before a place, in the same line.
pub(super) fn follows(text: &str, at: usize, words: &[&str]) -> bool {
    let line = context(text, at, REACH);
    words.iter().any(|word| line.contains(word))
}

/// Returns so many characters before a place, in the same line.
pub(super) fn context(text: &str, at: usize, reach: usize) -> &str {
    let line = text[..at].rsplit('\n').next().unwrap_or("");
    // Data writes the end of a line as an escape, and is read as it stands, too.
    let line = line.rsplit("\\n").next().unwrap_or("");
    let first = line.char_indices().rev().take(reach).last().map_or(line.len(), |(at, _)| at);
    &line[first..]
}

/// Returns so many characters from a place on, in the same line.
pub(super) fn behind(text: &str, at: usize, reach: usize) -> &str {
    let line = text[at..].split('\n').next().unwrap_or("");
    line.char_indices().nth(reach).map_or(line, |(end, _)| &line[..end])
}

/// Returns every place where a word stands.
pub(super) fn places<'t>(text: &'t str, word: &'t str) -> impl Iterator<Item = usize> + 't {
    text.match_indices(word).map(|(at, _)| at)
}
