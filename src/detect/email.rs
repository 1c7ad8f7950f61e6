//! A personal mailbox. Mailboxes of offices, and addresses that are nobody's, pass.

use std::ops::Range;

use crate::detect::signs::places;
use crate::detect::{Certainty, Detector};
use crate::text::Phrase;

/// Finds e-mail addresses.
pub(super) struct Email;

/// Where people have their own mailboxes.
const PERSONAL: &[&str] = &[
    "qq.com",
    "vip.qq.com",
    "foxmail.com",
    "163.com",
    "vip.163.com",
    "126.com",
    "yeah.net",
    "188.com",
    "139.com",
    "189.cn",
    "wo.cn",
    "sina.com",
    "sina.cn",
    "vip.sina.com",
    "sohu.com",
    "tom.com",
    "21cn.com",
    "aliyun.com",
    "gmail.com",
    "outlook.com",
    "hotmail.com",
    "live.com",
    "live.cn",
    "msn.com",
    "icloud.com",
    "me.com",
    "yahoo.com",
    "yahoo.cn",
    "yahoo.com.cn",
    "proton.me",
    "protonmail.com",
    "263.net",
    "eyou.com",
];

/// Ends of domains that are an office's, or nobody's by agreement.
const NOBODYS: &[&str] = &[
    "gov.cn",
    "example",
    "test",
    "invalid",
    "localhost",
    "example.com",
    "example.org",
    "example.net",
];

/// How people write the sign between name and domain.
const AT: &[&str] = &["@", " at ", "(at)", "[at]", "#"];

impl Detector for Email {
    fn name(&self) -> &'static str {
        "email"
    }

    fn label(&self) -> Phrase {
        Phrase::new("个人邮箱", "personal e-mail address")
    }

    fn find(&self, text: &str, found: &mut dyn FnMut(Range<usize>, Certainty)) {
        for sign in AT {
            for at in places(text, sign) {
                let name = text[..at].trim_end_matches([' ', '*']);
                let behind = &text[at + sign.len()..];
                let domain_at = text.len() - behind.trim_start_matches([' ', '*']).len();
                let Some(start) = name_start(name) else {
                    continue;
                };
                let Some((domain, end)) = domain(&text[domain_at..]) else {
                    continue;
                };
                let personal = PERSONAL.contains(&domain.as_str());
                let ends = |end: &str| {
                    domain
                        .strip_suffix(end)
                        .is_some_and(|left| left.is_empty() || left.ends_with('.'))
                };
                let nobodys = NOBODYS.iter().any(|end| ends(end));
                if personal {
                    found(start..domain_at + end, Certainty::Sure);
                } else if *sign == "@" && !nobodys {
                    found(start..domain_at + end, Certainty::Likely);
                }
            }
        }
    }
}

/// Returns where the name of a mailbox begins, if the text ends with one.
fn name_start(text: &str) -> Option<usize> {
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"._-+".contains(byte);
    let length = text.bytes().rev().take(64).take_while(|byte| is_name(byte)).count();
    let start = text.len() - length;
    text[start..].contains(|sign: char| sign.is_ascii_alphanumeric()).then_some(start)
}

/// Reads a domain; returns it without what parts it, and where it ends.
fn domain(text: &str) -> Option<(String, usize)> {
    let mut domain = String::new();
    let mut end = 0;
    let mut at = 0;
    while let Some(sign) = text[at..].chars().next() {
        let rest = &text[at..];
        // People write the dot in words, or with blanks around it.
        let dot = [" dot ", "(dot)", "[dot]", " . ", "点", "."]
            .iter()
            .find(|dot| rest.starts_with(**dot));
        match (sign, dot) {
            ('a'..='z' | '0'..='9' | '-', _) => {
                domain.push(sign);
                at += 1;
                end = at;
            }
            (_, Some(dot)) if !domain.is_empty() && !domain.ends_with('.') => {
                domain.push('.');
                at += dot.len();
            }
            _ => break,
        }
        if at > 80 {
            break;
        }
    }
    let domain = domain.trim_end_matches(['.', '-']).to_owned();
    let (_, top) = domain.rsplit_once('.')?;
    let named = top.len() >= 2 && top.bytes().all(|byte| byte.is_ascii_alphabetic());
    named.then_some((domain, end))
}

#[cfg(test)]
mod tests {
    use super::Email;
    use crate::detect::Certainty::{Likely, Sure};
    use crate::detect::tests::hits;

    #[test]
    fn personal_mailboxes_are_sure_and_offices_pass() {
        for address in [
            "shian.li@qq.com",
            "shian.li @ 163.com",
            "shian.li(at)126.com",
            "shian.li at qq dot com",
            "shian.li#qq.com",
        ] {
            assert_eq!(
                hits(&Email, &format!("写信到 {address},谢谢")),
                [(address.to_owned(), Sure)],
                "{address}"
            );
        }
        assert_eq!(hits(&Email, "shian@liangye.com")[0].1, Likely);
        for text in [
            "xxgk@ak.gov.cn",
            "gongkai@mingbai.example",
            "a@example.org",
            "@media print",
            "user@host",
            "x @ y",
        ] {
            assert!(hits(&Email, text).is_empty(), "{text}");
        }
    }
}
