//! Masks: forms of a private value that say no more than their allowance.
//!
//! A mask fails closed. Whatever does not look exactly like a value of its class becomes
//! [`NOTHING`], whatever its length. One class, one file.

mod address;
mod bank_account;
mod id_number;
mod name;
mod phone;

use crate::records::schema::Class;

/// What is shown of a value that must not be shown at all.
pub(in crate::records) const NOTHING: &str = "***";

/// Returns the masked form of a value.
pub(in crate::records) fn mask(class: Class, value: &str) -> String {
    let masked = match class {
        Class::PersonName => name::mask(value),
        Class::IdNumber => id_number::mask(value),
        Class::Phone => phone::mask(value),
        Class::BankAccount => bank_account::mask(value),
        Class::Address => address::mask(value),
        Class::Minor => Some("未成年人".to_owned()),
        Class::Public | Class::BirthDate | Class::Health | Class::FreeText | Class::Internal => {
            None
        }
    };
    masked.unwrap_or_else(|| NOTHING.to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::mask;
    use crate::records::schema::Class;

    /// Returns the length of the longest common subsequence of two texts.
    fn common(left: &str, right: &str) -> usize {
        let right: Vec<char> = right.chars().collect();
        let mut row = vec![0; right.len() + 1];
        for letter in left.chars() {
            let mut diagonal = 0;
            for (index, other) in right.iter().enumerate() {
                let above = row[index + 1];
                row[index + 1] =
                    if letter == *other { diagonal + 1 } else { above.max(row[index]) };
                diagonal = above;
            }
        }
        row[right.len()]
    }

    /// Returns how many characters of a value its mask may show.
    fn allowance(class: Class, length: usize) -> usize {
        match class {
            // A compound surname, or the first character of any other.
            Class::PersonName => {
                if length > 2 {
                    2
                } else {
                    usize::from(length > 1)
                }
            }
            Class::IdNumber => 2,
            Class::Phone => 5,
            Class::BankAccount => 4,
            // A township's name; at least as much again is hidden.
            Class::Address => length.saturating_sub(1),
            _ => 0,
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn no_mask_shows_more_than_its_allowance(
            value in prop_oneof![
                "[0-9Xx]{0,64}",
                "[\u{4e00}-\u{9fa5}·\u{20000}-\u{2a6df}]{0,64}",
                "[a-zA-Z \u{3000}\u{200b}·0-9\u{4e00}-\u{4eff}-]{0,64}",
            ],
            class in prop::sample::select(Class::ALL.map(|(class, _)| class).to_vec()),
        ) {
            let masked = mask(class, &value);
            let stripped: String = masked.chars().filter(|letter| *letter != '*').collect();
            // The words of the minor's mask are the same for every value.
            if class != Class::Minor {
                prop_assert!(common(&stripped, &value) <= allowance(class, value.chars().count()));
                prop_assert!(value.is_empty() || masked != value || value.chars().all(|letter| letter == '*'));
            }
        }
    }

    #[test]
    fn ordinary_values_are_masked_as_people_expect() {
        let cases = [
            (Class::PersonName, "赵示安", "赵**"),
            (Class::PersonName, "钱例", "钱**"),
            (Class::PersonName, "欧阳示和", "欧阳**"),
            (Class::PersonName, "买买提·示例", "买**"),
            (Class::PersonName, "𠮷例安", "𠮷**"),
            (Class::PersonName, "赵", "***"),
            (Class::PersonName, "", "***"),
            (Class::PersonName, "张3", "***"),
            (Class::IdNumber, "990101197001010015", "99****************"),
            (Class::IdNumber, "99010119", "***"),
            (Class::Phone, "19900001234", "199******34"),
            (Class::Phone, "0999-0000101", "***"),
            (Class::BankAccount, "9900001234567890123", "************0123"),
            (Class::BankAccount, "1234", "***"),
            (Class::Address, "明白县白茶镇垭口村3组12号", "明白县白茶镇***"),
            (Class::Address, "某处12号", "***"),
            (Class::Minor, "赵示安", "未成年人"),
            (Class::Health, "某种病", "***"),
        ];
        for (class, value, expected) in cases {
            assert_eq!(mask(class, value), expected, "{class:?}");
        }
    }

    #[test]
    fn masking_a_mask_changes_nothing() {
        for (class, value) in [
            (Class::PersonName, "赵示安"),
            (Class::PersonName, "欧阳示和"),
            (Class::Phone, "19900001234"),
            (Class::IdNumber, "990101197001010015"),
        ] {
            let once = mask(class, value);
            assert_eq!(mask(class, &once), once);
        }
    }
}
