//! The default policy as it stands in its file: two presets, each complete.
//!
//! A preset names every class for every audience. What a kind says itself is laid over its preset.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::records::schema::{Audience, Class, Treatment};

/// Rules as written: audience, then class, then treatment.
pub(super) type Rules = BTreeMap<String, BTreeMap<String, String>>;

/// What each audience is given of each class.
pub(super) type Policy = BTreeMap<(Audience, Class), Treatment>;

/// The file of the default policy.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Presets {
    /// What a kind with `sensitive = true` starts from.
    sensitive: Rules,
    /// What any other kind starts from, by audience.
    web: BTreeMap<String, String>,
    board: BTreeMap<String, String>,
}

impl Presets {
    /// Returns the rules a kind starts from.
    pub(super) fn rules(&self, sensitive: bool) -> Rules {
        if sensitive {
            return self.sensitive.clone();
        }
        let own = [("web", &self.web), ("board", &self.board)];
        own.into_iter().map(|(name, rules)| (name.to_owned(), rules.clone())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Presets;
    use crate::records::schema::{Audience, Class, Treatment};

    #[test]
    fn each_preset_names_every_class_once_and_says_something_that_can_be_done() {
        let presets: Presets = toml::from_str(include_str!("policy.toml")).expect("a policy");
        for sensitive in [false, true] {
            let rules = presets.rules(sensitive);
            assert_eq!(rules.len(), Audience::ALL.len(), "sensitive: {sensitive}");
            for (_, audience) in Audience::ALL {
                let table = &rules[audience];
                for (class, name) in Class::ALL {
                    let said = table.get(name).unwrap_or_else(|| {
                        panic!("{name} is missing for {audience}, sensitive: {sensitive}")
                    });
                    let treatment = Treatment::named(said).expect("a treatment");
                    assert!(treatment.fits(class), "{name} cannot be {said}");
                }
                assert_eq!(table.len(), Class::ALL.len(), "a class that is none, for {audience}");
            }
        }
    }

    #[test]
    fn a_sensitive_kind_is_never_given_more_than_another() {
        let presets: Presets = toml::from_str(include_str!("policy.toml")).expect("a policy");
        let (plain, sensitive) = (presets.rules(false), presets.rules(true));
        let rank = |said: &str| match said {
            "show" => 3,
            "mask" | "band" => 2,
            "brief" | "token" => 1,
            _ => 0,
        };
        for (audience, rules) in &sensitive {
            for (class, said) in rules {
                assert!(rank(said) <= rank(&plain[audience][class]), "{class} for {audience}");
            }
        }
    }
}
