//! Private mailboxes: the address of a commit's author at a provider where people have their own.

/// Providers where people have mailboxes of their own, by the domain behind the `@`.
const PROVIDERS: [&str; 24] = [
    "126.com",
    "139.com",
    "163.com",
    "188.com",
    "189.cn",
    "21cn.com",
    "aliyun.com",
    "foxmail.com",
    "gmail.com",
    "hotmail.com",
    "icloud.com",
    "live.cn",
    "live.com",
    "me.com",
    "msn.com",
    "outlook.com",
    "proton.me",
    "qq.com",
    "sina.cn",
    "sina.com",
    "sohu.com",
    "tom.com",
    "wo.cn",
    "yeah.net",
];

/// Returns whether an address belongs to a person rather than to an office.
pub(super) fn is_private(address: &str) -> bool {
    let domain = address.rsplit_once('@').map_or("", |(_, domain)| domain).to_ascii_lowercase();
    PROVIDERS.iter().any(|provider| {
        // `vip.qq.com` is a mailbox of the same provider; `notqq.com` is not.
        domain.strip_suffix(provider).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    })
}

#[cfg(test)]
mod tests {
    use super::is_private;

    #[test]
    fn private_mailboxes_are_told_from_those_of_offices() {
        assert!(is_private("someone@qq.com") && is_private("someone@VIP.163.com"));
        assert!(!is_private("office@example.org") && !is_private("a@notqq.com"));
        assert!(!is_private("qq.com"));
    }
}
