//! `security.txt` (RFC 9116): whom to tell that the site has a hole or shows what it should not.
//!
//! There is one where the register names a mailbox or a telephone. It runs out half a year after the
//! as-of day, which is the only day a build knows: whoever builds now and then has a valid one.

use crate::diag::Finding;
use crate::project::Contact;
use crate::site::desk::Desk;
use crate::site::format::Format;
use crate::site::page::{Page, Subject};
use crate::site::url::{self, Route};
use crate::text::Lang;

/// Where the file has to be.
const PATH: &str = ".well-known/security.txt";

/// How many months the file holds; the standard advises less than a year.
const MONTHS: i32 = 6;

/// The file about whom to tell.
pub(super) struct Security;

impl Format for Security {
    fn name(&self) -> &'static str {
        "security"
    }

    fn plan(&self, desk: &Desk<'_>) -> Vec<Page> {
        let contacts = contacts(&desk.index.release.site().contact);
        let page = Page { route: Route::new(PATH), subject: Subject::Whole };
        if contacts.is_empty() { Vec::new() } else { vec![page] }
    }

    fn render(&self, _page: &Page, desk: &Desk<'_>) -> Result<Vec<u8>, Box<Finding>> {
        let release = desk.index.release;
        let mut text = String::from(
            "# 发现网站有漏洞,或者显示了不该公开的个人信息,请告诉我们。\n\
             # Tell us of holes, and of personal data that should not be here.\n",
        );
        for contact in contacts(&release.site().contact) {
            text.push_str(&format!("Contact: {contact}\n"));
        }
        let expires = release.as_of().plus_months(MONTHS);
        text.push_str(&format!("Expires: {expires}T00:00:00Z\n"));
        let languages = match desk.index.lang {
            Lang::Zh => "zh, en",
            Lang::En => "en, zh",
        };
        text.push_str(&format!("Preferred-Languages: {languages}\n"));
        // Only an address of the web with the best protection may be named.
        if desk.base_url().starts_with("https://") {
            text.push_str(&format!("Canonical: {}\n", url::absolute(desk.base_url(), PATH)));
        }
        Ok(text.into_bytes())
    }
}

/// Returns how to reach the publisher, as addresses: the mailbox, else the telephones.
fn contacts(contact: &Contact) -> Vec<String> {
    if !contact.email.is_empty() {
        return vec![format!("mailto:{}", contact.email)];
    }
    let digits = |phone: &String| -> String {
        phone.chars().filter(|sign| sign.is_ascii_digit() || *sign == '-').collect()
    };
    let phones = contact.hotlines.iter().map(digits).filter(|phone| !phone.is_empty());
    // A number without the code of the country needs to say which it is of (RFC 3966).
    phones.map(|phone| format!("tel:{phone};phone-context=+86")).collect()
}

#[cfg(test)]
mod tests {
    use super::contacts;
    use crate::project::Contact;

    #[test]
    fn contacts_are_addresses() {
        let mut contact =
            Contact { hotlines: vec!["0999-0000100".to_owned()], ..Contact::default() };
        assert_eq!(contacts(&contact), ["tel:0999-0000100;phone-context=+86"]);
        contact.email = "gongkai@mingbai.example".to_owned();
        assert_eq!(contacts(&contact), ["mailto:gongkai@mingbai.example"]);
        assert!(contacts(&Contact::default()).is_empty());
    }
}
