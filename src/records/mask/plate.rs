//! The number of a vehicle: province and office, five stars whatever the length.

/// What stands for the number.
pub(super) const STARS: &str = "·*****";

/// The provinces, as plates write them.
const PROVINCES: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";

/// Returns the masked number, or `None` for what is no plate.
pub(super) fn mask(plate: &str) -> Option<String> {
    let mut signs = plate.chars();
    let province = signs.next().filter(|sign| PROVINCES.contains(*sign))?;
    let office = signs.next().filter(char::is_ascii_uppercase)?;
    let rest = signs.as_str();
    let rest = rest.strip_prefix(['·', '•', ' ', '-']).unwrap_or(rest);
    let count = rest.chars().count();
    let good = rest == "*****"
        || (5..=6).contains(&count)
            && rest.chars().all(|sign| sign.is_ascii_uppercase() || sign.is_ascii_digit());
    good.then(|| format!("{province}{office}{STARS}"))
}
