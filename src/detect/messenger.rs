//! An account of QQ or `WeChat`: a word that says so, and what follows it.

use std::ops::Range;

use crate::detect::signs::{before, places};
use crate::detect::{Certainty, Detector};
use crate::text::Phrase;

/// Finds accounts of messengers.
pub(super) struct Messenger;

/// Words before an account; the first of two that begin alike is the longer.
const WORDS: &[&str] = &[
    "微信",
    "薇信",
    "威信",
    "v信",
    "v号",
    "wechat",
    "weixin",
    "wx",
    "vx",
    "qq",
    "扣扣",
    "企鹅号",
    "加微",
    "加v",
];

/// Words that are no account although letters follow a messenger's name.
const NO_ACCOUNTS: &[&str] =
    &["wechat", "weixin", "official", "group", "number", "mini", "https", "http", "com"];

impl Detector for Messenger {
    fn name(&self) -> &'static str {
        "messenger"
    }

    fn label(&self) -> Phrase {
        Phrase::new("QQ号或微信号", "QQ or WeChat account")
    }

    fn find(&self, text: &str, found: &mut dyn FnMut(Range<usize>, Certainty)) {
        for word in WORDS {
            for at in places(text, word) {
                let inside = |sign: char| sign.is_ascii_alphanumeric() || "./@_-".contains(sign);
                // In an address of the web it is the name of a machine.
                if word.is_ascii() && before(text, at).is_some_and(inside) {
                    continue;
                }
                account(text, at + word.len(), found);
            }
        }
    }
}

/// Reads the account behind a messenger's name.
fn account(text: &str, at: usize, found: &mut dyn FnMut(Range<usize>, Certainty)) {
    let mut rest = &text[at..];
    let group = rest.starts_with('群');
    let mut said = false;
    for _ in 0..6 {
        let more = [
            "号码", "号", "账号", "帐号", "群", "同号", "是", "为", "id", ":", " ", "(", ")", "】",
            "]", "-",
        ]
        .iter()
        .find_map(|word| Some((rest.strip_prefix(word)?, *word)));
        let Some((after, word)) = more else {
            break;
        };
        // `idea` is a word of its own.
        if word == "id" && after.starts_with(|sign: char| sign.is_ascii_alphanumeric()) {
            break;
        }
        said |= word != " ";
        rest = after;
    }
    let start = text.len() - rest.len();
    let is_id = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-".contains(byte);
    let id = &rest[..rest.bytes().take(24).take_while(|byte| is_id(byte)).count()];
    let id = id.trim_end_matches(['-', '_']);
    let next = rest[id.len()..].chars().next();
    let is_number = (5..=11).contains(&id.len())
        && !id.starts_with('0')
        && id.bytes().all(|byte| byte.is_ascii_digit());
    let is_name = (6..=20).contains(&id.len())
        && id.starts_with(|sign: char| sign.is_ascii_alphabetic())
        && !NO_ACCOUNTS.contains(&id)
        && !next.is_some_and(|sign| "./@".contains(sign));
    let counted = ["人", "户", "元", "年", "条", "次", "个"];
    let counted = next.is_some_and(|sign| counted.iter().any(|unit| unit.starts_with(sign)));
    if is_number && !counted {
        found(start..start + id.len(), if group { Certainty::Likely } else { Certainty::Sure });
    } else if is_name {
        found(
            start..start + id.len(),
            if said && !group { Certainty::Sure } else { Certainty::Likely },
        );
    }
}

#[cfg(test)]
mod tests {
    use super::Messenger;
    use crate::detect::Certainty::{Likely, Sure};
    use crate::detect::tests::hits;

    #[test]
    fn an_account_follows_its_word() {
        for (text, id) in [
            ("微信号:shian_990101", "shian_990101"),
            ("加V信 shian-li99", "shian-li99"),
            ("QQ:990000123", "990000123"),
            ("qq号码是990000123", "990000123"),
            ("WeChat ID: shian990101", "shian990101"),
        ] {
            assert!(hits(&Messenger, text).iter().any(|hit| hit.0 == id), "{text}");
        }
        assert_eq!(hits(&Messenger, "微信号:shian_990101")[0].1, Sure);
        assert_eq!(hits(&Messenger, "QQ群:990000123")[0].1, Likely);
    }

    #[test]
    fn official_accounts_and_addresses_pass() {
        for text in [
            "微信公众号:明白县发布",
            "https://mp.weixin.qq.com/s/abcdefgh123",
            "微信扫码",
            "微信 WeChat",
            "微信群200人",
            "关注QQ空间",
        ] {
            assert!(hits(&Messenger, text).is_empty(), "{text}");
        }
    }
}
