//! A person's name, shorter than the mask: the family name and 某. For lists about need.

use super::name;

/// Returns the masked name, or `None` for what is no name.
pub(super) fn mask(name: &str) -> Option<String> {
    if let Some(shown) = name::without_ordinal(name).strip_suffix('某')
        && name::is_family_name(shown)
    {
        return Some(format!("{shown}某"));
    }
    name::shown(name).map(|shown| format!("{shown}某"))
}
