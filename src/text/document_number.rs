//! Document numbers (发文字号) as official papers write them: the year in brackets of their own, 〔2024〕.
//!
//! What people type is `[2024]`, `(2024)`, `【2024】` and the full-width forms of these; readers and
//! searches expect one form. Only brackets around four digits of a year are touched.

/// Brackets that people put around the year.
const BRACKETS: [(char, char); 8] = [
    ('〔', '〕'),
    ('[', ']'),
    ('(', ')'),
    ('【', '】'),
    ('［', '］'),
    ('（', '）'),
    ('﹝', '﹞'),
    ('〈', '〉'),
];

/// Returns a document number with its year in 〔〕 and in plain digits; anything else as it is.
#[must_use]
pub fn shown(number: &str) -> String {
    let letters: Vec<char> = number.chars().collect();
    let mut shown = String::with_capacity(number.len());
    let mut at = 0;
    while at < letters.len() {
        if let Some((year, taken)) = year(&letters[at..]) {
            shown.push('〔');
            shown.push_str(&year);
            shown.push('〕');
            at += taken;
        } else {
            shown.push(letters[at]);
            at += 1;
        }
    }
    shown
}

/// Reads a year in brackets: its digits, and how many letters it takes.
fn year(letters: &[char]) -> Option<(String, usize)> {
    const DIGITS: usize = 4;
    let (_, closing) = BRACKETS.iter().find(|(opening, _)| Some(opening) == letters.first())?;
    let inside: Vec<char> =
        letters.get(1..)?.iter().copied().take_while(|letter| letter != closing).collect();
    // No closing bracket at all: the rest was taken.
    letters.get(1 + inside.len())?;
    let digits: String = inside
        .iter()
        .filter(|letter| !letter.is_whitespace())
        .filter_map(|letter| plain(*letter))
        .collect();
    let spaces = inside.iter().filter(|letter| letter.is_whitespace()).count();
    let is_year = digits.len() == DIGITS && inside.len() == DIGITS + spaces;
    (is_year && (digits.starts_with("19") || digits.starts_with("20")))
        .then_some((digits, inside.len() + 2))
}

/// Returns a digit, plain or full-width, as a plain one.
fn plain(letter: char) -> Option<char> {
    match letter {
        '0'..='9' => Some(letter),
        '０'..='９' => char::from_digit(u32::from(letter) - u32::from('０'), 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn years_stand_in_their_own_brackets() {
        for number in [
            "明农发〔2024〕12号",
            "明农发[2024]12号",
            "明农发(2024)12号",
            "明农发【2024】12号",
            "明农发［2024］12号",
            "明农发（2024）12号",
            "明农发﹝2024﹞12号",
            "明农发（２０２４）12号",
            "明农发[ 2024 ]12号",
        ] {
            assert_eq!(shown(number), "明农发〔2024〕12号", "{number}");
        }
        assert_eq!(shown("甲[2024]1号、乙(2023)2号"), "甲〔2024〕1号、乙〔2023〕2号");
    }

    #[test]
    fn other_brackets_stay() {
        for words in [
            "明农发[24]3号",
            "(示例)",
            "2024年12号",
            "明农发[2024",
            "(12024)",
            "[2024)",
            "",
            "(3024)",
        ] {
            assert_eq!(shown(words), words);
        }
    }
}
