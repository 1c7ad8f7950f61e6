//! A person's name: the family name and two stars, whatever the length of the rest.

/// Family names of two characters.
const COMPOUND: &[&str] = &[
    "欧阳", "上官", "司马", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "夏侯",
    "轩辕", "端木", "独孤", "南宫", "长孙", "宇文", "闻人", "鲜于", "申屠", "太史", "公冶", "濮阳",
];

/// Returns the masked name, or `None` for what is no name.
pub(super) fn mask(name: &str) -> Option<String> {
    if is_mask(name) {
        return Some(name.to_owned());
    }
    let letters = name.chars().filter(|letter| *letter != '·').count();
    let good = name.chars().all(|letter| letter == '·' || letter.is_alphabetic());
    if letters < 2 || !good || name.starts_with('·') {
        return None;
    }
    // A name with a dot has no family name in front: only its first character is shown.
    let compound = COMPOUND.iter().find(|surname| letters > 2 && name.starts_with(**surname));
    let shown = match compound {
        Some(surname) if !name.contains('·') => (*surname).to_owned(),
        _ => name.chars().take(1).collect(),
    };
    Some(format!("{shown}**"))
}

/// Returns whether a name is masked already.
fn is_mask(name: &str) -> bool {
    name.strip_suffix("**").is_some_and(|shown| {
        shown.chars().count() == 1 && shown.chars().all(char::is_alphabetic)
            || COMPOUND.contains(&shown)
    })
}
