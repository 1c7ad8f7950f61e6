//! Shapes: the few signs that charts are drawn with, how wide words are, and shares that add up.

/// The size of letters, in units.
pub(super) const SIZE: i64 = 15;

/// Returns text as it stands in XML.
pub(super) fn escape(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', "&quot;")
}

/// Returns the share of each amount in `whole` units: whole numbers that add up to it exactly, by the
/// largest remainder; of equal remainders that of the larger amount is rounded up, so that the same
/// amounts have the same shares in any order. All zero when there is nothing to share out.
pub(super) fn shares(amounts: &[i64], whole: i64) -> Vec<i64> {
    let total: i128 = amounts.iter().map(|amount| i128::from(*amount).max(0)).sum();
    if total == 0 {
        return vec![0; amounts.len()];
    }
    let product = |amount: i64| i128::from(amount).max(0) * i128::from(whole);
    let mut shares: Vec<i64> =
        amounts.iter().map(|amount| narrow(product(*amount) / total)).collect();
    let mut order: Vec<usize> = (0..amounts.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse((product(amounts[*at]) % total, amounts[*at])));
    let missing = whole - shares.iter().sum::<i64>();
    for at in order.into_iter().take(usize::try_from(missing).unwrap_or(0)) {
        shares[at] += 1;
    }
    shares
}

/// Returns `part` of `most` in `whole` units, rounded down, but not to nothing what is something.
pub(super) fn length(part: i64, most: i64, whole: i64) -> i64 {
    if part <= 0 || most <= 0 {
        return 0;
    }
    narrow(i128::from(part) * i128::from(whole) / i128::from(most)).clamp(1, whole)
}

/// Returns a number that is known to be small.
fn narrow(number: i128) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Returns how wide a text is at most, in units: as wide as bold letters of wide fonts are.
pub(super) fn width(text: &str) -> i64 {
    let letters = text.chars().map(|letter| match letter {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | ' ' | '(' | ')' => 45,
        'm' | 'w' | 'M' | 'W' | '%' | '@' | '&' => 112,
        'a'..='z' | '0'..='9' | '-' => 72,
        'A'..='Z' => 88,
        _ => 100,
    });
    (letters.sum::<i64>() * SIZE + 99) / 100
}

/// Returns a text in at most `most` lines of a width; what does not fit ends with a sign of that.
pub(super) fn lines(text: &str, room: i64, most: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for letter in text.chars() {
        let full = lines.len() == most;
        let line = lines.last_mut().expect("there is a line from the start");
        line.push(letter);
        if width(line) <= room {
            continue;
        }
        line.pop();
        if full {
            while !line.is_empty() && width(line) + width("…") > room {
                line.pop();
            }
            line.push('…');
            return lines;
        }
        lines.push(letter.to_string());
    }
    lines
}

/// Returns words at a place.
pub(super) fn text((x, y): (i64, i64), class: &str, words: &str) -> String {
    let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
    format!("<text x=\"{x}\" y=\"{y}\"{class}>{}</text>", escape(words))
}

/// Returns a box.
pub(super) fn rect((x, y): (i64, i64), (width, height): (i64, i64), class: &str) -> String {
    format!("<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>")
}

/// Returns the box of a figure that is not listed: always as large as its place, with strokes across.
pub(super) fn unlisted((x, y): (i64, i64), (width, height): (i64, i64)) -> String {
    let mut strokes = String::new();
    let mut at = x + height;
    while at <= x + width {
        strokes.push_str(&format!("M{},{}L{at},{y}", at - height, y + height));
        at += 8;
    }
    format!(
        "{}<path class=\"strokes\" d=\"{strokes}\"/>",
        rect((x, y), (width, height), "unlisted")
    )
}

#[cfg(test)]
mod tests {
    use super::{lines, shares, width};

    #[test]
    fn shares_add_up_whatever_they_are() {
        assert_eq!(shares(&[584, 263, 153], 100), [59, 26, 15]);
        assert_eq!(shares(&[1, 1, 1], 100), [34, 33, 33]);
        assert_eq!(shares(&[750, 3250], 1000), [187, 813]);
        assert_eq!(shares(&[3250, 750], 1000), [813, 187]);
        assert_eq!(shares(&[0, 0], 100), [0, 0]);
        assert_eq!(shares(&[], 100), [0_i64; 0]);
        assert_eq!(shares(&[i64::MAX, i64::MAX, 1], 1000), [500, 500, 0]);
        for count in 1..200 {
            let amounts: Vec<i64> = (1..=count).map(|number| number * number % 97 + 1).collect();
            assert_eq!(shares(&amounts, 10_000).iter().sum::<i64>(), 10_000, "{count} parts");
        }
    }

    #[test]
    fn words_never_leave_their_room() {
        for text in ["", "村", "一个很长很长的项目名字没有尽头", "MMMMWWWW wide words"]
        {
            for room in [30, 60, 90] {
                let lines = lines(text, room, 2);
                assert!(lines.len() <= 2 && lines.iter().all(|line| width(line) <= room), "{text}");
            }
        }
        assert_eq!(lines("短", 30, 2), ["短"]);
    }
}
