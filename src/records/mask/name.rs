//! A person's name: the family name and two stars, whatever the length of the rest.

/// Family names of two characters. Pairs that are more often a common family name with the first
/// character of a given name (王孙, 贺兰, 乐正) are left out: one character fewer is shown.
const COMPOUND: &[&str] = &[
    "欧阳", "歐陽", "上官", "司马", "司馬", "司徒", "司空", "司寇", "司城", "诸葛", "諸葛", "东方",
    "東方", "东郭", "東郭", "东宫", "皇甫", "尉迟", "尉遲", "公孙", "公孫", "公冶", "公羊", "公西",
    "公良", "公输", "公仪", "公乘", "公皙", "慕容", "令狐", "夏侯", "轩辕", "軒轅", "端木", "独孤",
    "獨孤", "南宫", "南宮", "南郭", "南门", "北宫", "西门", "西門", "长孙", "長孫", "宇文", "闻人",
    "聞人", "鲜于", "鮮于", "申屠", "太史", "太叔", "濮阳", "濮陽", "淳于", "仲孙", "仲孫", "叔孙",
    "叔孫", "季孙", "孟孙", "钟离", "鍾離", "赫连", "赫連", "澹台", "澹臺", "宗政", "拓跋", "呼延",
    "百里", "巫马", "巫馬", "漆雕", "壤驷", "颛孙", "颛顼", "亓官", "万俟", "闾丘", "子车", "宰父",
    "穀梁", "夹谷", "羊舌", "微生", "即墨", "达奚", "褚师", "纳兰", "納蘭", "完颜", "完顏", "耶律",
    "斛律", "尔朱", "第五", "梁丘", "左丘",
];

/// What may stand between the parts of a name that was not Chinese at first.
const DOTS: [char; 7] = ['·', '•', '・', '‧', '∙', '⋅', '･'];

/// What clerks put between two characters so that names stand under one another.
const SPACES: [char; 2] = [' ', '\u{3000}'];

/// Returns the masked name, or `None` for what is no name.
pub(super) fn mask(name: &str) -> Option<String> {
    if let Some(shown) = without_ordinal(name).strip_suffix("**")
        && is_family_name(shown)
    {
        return Some(format!("{shown}**"));
    }
    shown(name).map(|shown| format!("{shown}**"))
}

/// Returns what may be shown of a name: a compound family name, or one character. `None` for what
/// does not look exactly like a name, such as one with a digit or an invisible sign in it.
pub(super) fn shown(name: &str) -> Option<String> {
    let name: String = name.chars().filter(|letter| !SPACES.contains(letter)).collect();
    let parts: Vec<&str> = name.split(DOTS).collect();
    let letters = parts.iter().flat_map(|part| part.chars());
    let alike = |is: fn(char) -> bool| letters.clone().all(is);
    let good = alike(is_han) || alike(|letter| letter.is_ascii_alphabetic());
    if letters.clone().count() < 2 || !good || parts.iter().any(|part| part.is_empty()) {
        return None;
    }
    // A name with a dot has no family name in front: only its first character is shown.
    let compound = COMPOUND.iter().find(|surname| {
        parts.len() == 1 && name.chars().count() > 2 && name.starts_with(**surname)
    });
    Some(compound.map_or_else(|| name.chars().take(1).collect(), |surname| (*surname).to_owned()))
}

/// Returns whether a text is what a mask shows of a name.
pub(super) fn is_family_name(shown: &str) -> bool {
    let mut letters = shown.chars();
    let first = letters.next();
    let one = letters.next().is_none()
        && first.is_some_and(|letter| is_han(letter) || letter.is_ascii_alphabetic());
    one || COMPOUND.contains(&shown)
}

/// Returns a masked name without the number that told it from its likes.
pub(super) fn without_ordinal(name: &str) -> &str {
    let inside = name.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    match inside {
        Some((before, number))
            if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            before
        }
        _ => name,
    }
}

/// Returns whether a character is a Chinese one, however rare.
const fn is_han(letter: char) -> bool {
    matches!(letter,
        '\u{3007}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{2fa1f}' | '\u{30000}'..='\u{323af}')
}
