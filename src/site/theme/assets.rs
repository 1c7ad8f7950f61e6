//! Names of assets: what is loaded by a page is named by what is in it, so that it may be kept for
//! ever by a browser and never is kept for too long.
//!
//! Style sheets, scripts and pictures get such names; other files keep theirs. Scripts lose what only
//! those who write them need: on a slow network a comment costs as much as a statement.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

use crate::site::url::DIGITS;

/// The folder of assets inside a theme; also their folder in the site.
pub(super) const ASSETS: &str = "assets/";

/// The endings of files that are named by what is in them.
const NAMED: [&str; 9] = ["css", "js", "svg", "png", "jpg", "jpeg", "webp", "gif", "ico"];

/// What style sheets come to, and the only ones that name other files.
const STYLE: &str = "css";

/// What scripts come to.
const SCRIPT: &str = "js";

/// What a script says that has to be kept with its comments, or that would end the tag it is put in.
#[cfg(feature = "minify")]
const KEPT: [&str; 4] = ["/*!", "@license", "@preserve", "</script"];

/// The assets of a theme, under the names they have in the site.
#[derive(Clone, Debug, Default)]
pub(crate) struct Assets {
    files: BTreeMap<String, Vec<u8>>,
    /// The routes by the names that templates use.
    routes: BTreeMap<String, String>,
}

impl Assets {
    /// Names the files of a theme, given by their paths below its folder of assets.
    pub(super) fn new(sources: BTreeMap<String, Vec<u8>>) -> Self {
        let mut assets = Self::default();
        let (styles, others): (Vec<_>, Vec<_>) =
            sources.into_iter().partition(|(name, _)| ending(name) == STYLE);
        for (name, bytes) in others {
            let bytes = if ending(&name) == SCRIPT { light(bytes) } else { bytes };
            assets.add(&name, bytes);
        }
        // Style sheets come last: they name the others.
        for (name, bytes) in styles {
            let bytes = assets.with_routes(&name, bytes);
            assets.add(&name, bytes);
        }
        assets
    }

    /// Adds one file.
    fn add(&mut self, name: &str, bytes: Vec<u8>) {
        let route = format!("{ASSETS}{}", named(name, &bytes));
        self.routes.insert(name.to_owned(), route.clone());
        self.files.insert(route, bytes);
    }

    /// Returns a style sheet in which files beside it have the names they have in the site.
    fn with_routes(&self, name: &str, bytes: Vec<u8>) -> Vec<u8> {
        let Ok(mut text) = String::from_utf8(bytes.clone()) else {
            return bytes;
        };
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        for (other, route) in &self.routes {
            let beside = |path: &str| -> Option<String> {
                let below = path.strip_prefix(folder)?;
                Some(below.trim_start_matches('/').to_owned())
            };
            let renamed = route.strip_prefix(ASSETS).and_then(beside);
            let (Some(old), Some(new)) = (beside(other), renamed) else {
                continue;
            };
            for quote in ["", "\"", "'"] {
                text = text.replace(
                    &format!("url({quote}{old}{quote})"),
                    &format!("url({quote}{new}{quote})"),
                );
            }
        }
        text.into_bytes()
    }

    /// Returns where in the site the asset with this name is.
    pub(crate) fn route(&self, name: &str) -> Option<&str> {
        self.routes.get(name).map(String::as_str)
    }

    /// Returns the names that templates use, with the routes.
    pub(crate) const fn routes(&self) -> &BTreeMap<String, String> {
        &self.routes
    }

    /// Returns the bytes of the asset at a route.
    pub(crate) fn bytes(&self, route: &str) -> Option<&[u8]> {
        self.files.get(route).map(Vec::as_slice)
    }
}

/// Returns a script without blanks, and with fewer comments; as it is, if it cannot be read.
#[cfg(feature = "minify")]
fn light(script: Vec<u8>) -> Vec<u8> {
    let Ok(text) = str::from_utf8(&script) else {
        return script;
    };
    if KEPT.iter().any(|word| text.contains(word)) {
        return script;
    }
    let mut settings = minify_html::Cfg::new();
    settings.minify_js = true;
    let page = minify_html::minify(format!("<script>{text}</script>").as_bytes(), &settings);
    let page = String::from_utf8(page).unwrap_or_default();
    let inner = page.strip_prefix("<script>").and_then(|rest| rest.strip_suffix("</script>"));
    inner.map_or_else(|| script.clone(), |inner| inner.as_bytes().to_vec())
}

/// Returns a script as it is.
#[cfg(not(feature = "minify"))]
fn light(script: Vec<u8>) -> Vec<u8> {
    script
}

/// Returns the ending of a file's name.
fn ending(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// Returns the name of a file in the site.
fn named(name: &str, bytes: &[u8]) -> String {
    match name.rsplit_once('.') {
        Some((stem, ending)) if NAMED.contains(&ending) => {
            format!("{stem}.{}.{ending}", letters(&Sha256::digest(bytes)))
        }
        _ => name.to_owned(),
    }
}

/// Returns the beginning of a digest in letters, `a` for 0 to `p` for 15. Digits would run together
/// with a number in a file's name, so that the gate would not know it any more, or be taken for one.
fn letters(digest: &[u8]) -> String {
    let halves = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    halves.take(DIGITS).map(|half| char::from(b'a' + half)).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Assets, named};

    /// `printf abc | sha256sum` begins with ba7816bf8f01cfea; 0 is a and f is p.
    #[test]
    fn a_name_holds_the_beginning_of_the_digest() {
        assert_eq!(named("a/b.css", b"abc"), "a/b.lkhibglpip.css");
        assert_eq!(named("font.woff2", b"abc"), "font.woff2");
        assert_eq!(named("plain", b"abc"), "plain");
    }

    #[test]
    #[cfg(feature = "minify")]
    fn scripts_lose_what_only_their_writers_need() {
        let script = |text: &str| super::light(text.as_bytes().to_vec());
        let long = "// Says\n(function () {\n  var wombat = document.title;\n  alert(wombat + `\n  a`);\n})();\n";
        let short = String::from_utf8(script(long)).expect("text");
        assert!(short.contains("{var wombat=document.title;alert(wombat+`\n  a`)}"), "{short}");
        for kept in ["/*! by whom */ a( 1 );", "a( '</script>' );", "not ( a script"] {
            assert_eq!(script(kept), kept.as_bytes(), "{kept}");
        }
    }

    #[test]
    fn style_sheets_name_pictures_as_they_are_in_the_site() {
        let files = [
            (
                "style.css",
                "a{background:url(x.svg)}b{background:url('in/y.svg')}i{background:url(zx.svg)}",
            ),
            ("x.svg", "abc"),
            ("in/y.svg", "abc"),
        ];
        let files = files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
        let assets = Assets::new(BTreeMap::from(files));
        let route = assets.route("style.css").expect("the style sheet has a route");
        assert_eq!(
            assets.bytes(route),
            Some(
                &b"a{background:url(x.lkhibglpip.svg)}b{background:url('in/y.lkhibglpip.svg')}i{background:url(zx.svg)}"[..]
            )
        );
        assert_eq!(
            assets.route("style.css").map(str::len),
            Some("assets/style.abcdefghij.css".len())
        );
        assert_eq!(assets.bytes("assets/style.css"), None, "the old name is gone");
    }
}
