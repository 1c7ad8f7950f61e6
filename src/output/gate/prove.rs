//! The proof of each build that the gate sees: a made-up value is planted and must be found.
//!
//! The value is nobody's and always the same. It is written in every disguise and wrapped by every
//! sample of the decoders, in memory, and each of these is searched by the same functions as the
//! site. Whatever passes them is a fault of the program, and nothing is published.

use crate::decode::SAMPLES;
use crate::output::gate::{Leak, Sight, What, search};
use crate::records::Withheld;
use crate::site::artifact::Artifact;
use crate::site::url::Route;

/// Words and an identity number of a region that does not exist.
const VALUE: &str = "示例金丝雀990101199001010019";

/// What each detector is sure of, of nobody.
const STRANGERS: &[(&str, &str)] = &[
    ("id-number", "身份证号 990101199001010019"),
    ("disability-card", "残疾证号 99010119900101001943"),
    ("phone", "电话 19900001234"),
    ("bank-card", "银行卡号 9900001234567890120"),
    ("email", "邮箱 shian_990101@qq.com"),
    ("messenger", "微信:shian_990101"),
    ("plate", "车牌 川Z·A1234"),
    ("address", "家住青溪镇公开路18号"),
    ("passport", "护照号 E99000012"),
];

/// The record that the value is said to be of.
const RECORD: &str = "canary/1";

/// A disguise: its name, and how a page writes the value.
type Disguise = (&'static str, fn(&str) -> String);

/// Every disguise.
const DISGUISES: &[Disguise] = &[
    ("text", |value| format!("<p>{value}</p>")),
    ("attribute", |value| format!("<p title=\"{value}\">x</p>")),
    ("full-width", |value| {
        let wide = |letter: char| match letter {
            '0'..='9' => char::from_u32(u32::from(letter) + 0xfee0).unwrap_or(letter),
            other => other,
        };
        value.chars().map(wide).collect()
    }),
    ("spaces", |value| between(value, " ")),
    ("signs nobody sees", |value| between(value, "\u{200b}")),
    ("markup", |value| format!("<p>{}</p>", between(value, "<b></b>"))),
    ("entities", |value| value.chars().map(|letter| format!("&#{};", u32::from(letter))).collect()),
    ("percent", |value| value.bytes().map(|byte| format!("%{byte:02X}")).collect()),
    ("escapes", |value| value.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect()),
];

/// Returns a value with something after each of its letters.
fn between(value: &str, what: &str) -> String {
    value.chars().flat_map(|letter| [letter.to_string(), what.to_owned()]).collect()
}

/// Proves that the gate finds the value.
///
/// # Errors
///
/// Returns the disguise, decoder or detector that it does not see through.
pub fn prove(sight: &Sight<'_>) -> Result<(), &'static str> {
    let withheld = Withheld::canary(VALUE, RECORD);
    let finds = |name: String, bytes: Vec<u8>| {
        let artifacts = [Artifact::new(Route::new(name), bytes)];
        let leaks = search(&artifacts, &withheld, sight);
        leaks.iter().any(|leak| leak.origin().is_some_and(|origin| origin.record == RECORD))
    };
    for (name, write) in DISGUISES {
        if !finds("a.html".to_owned(), write(VALUE).into()) {
            return Err(name);
        }
    }
    if !finds(format!("{VALUE}.html"), Vec::new()) {
        return Err("file name");
    }
    for sample in SAMPLES {
        if !finds(sample.name.to_owned(), (sample.wrap)(VALUE)) {
            return Err(sample.decoder);
        }
    }
    for detector in sight.detectors {
        let Some((_, text)) = STRANGERS.iter().find(|(name, _)| *name == detector.name()) else {
            return Err(detector.name());
        };
        // Far from everything else, as in a page.
        let page = format!("<p>{0}</p><p>{text}</p><p>{0}</p>", "甲乙丙丁".repeat(60));
        let leaks = search(&[Artifact::new(Route::new("a.html"), page.into())], &withheld, sight);
        let found =
            |leak: &Leak| matches!(leak.what, What::Detected(name) if name == detector.name());
        if !leaks.iter().any(found) {
            return Err(detector.name());
        }
    }
    if sight.detectors.is_empty() { Err("detectors") } else { Ok(()) }
}
