//! Purging: which addresses still serve people from old copies after a list was withdrawn.
//!
//! A site can take a page down; caches, content networks, search engines and other sites keep the
//! old one. What a build takes away or writes anew because lists went is listed until somebody says
//! that the copies are gone. Remembered are names of records and addresses, never content.

use std::collections::BTreeSet;
use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::files::read_file;
use crate::output::compress::ENDINGS;
use crate::records::Withheld;
use crate::site::artifact::Artifact;
use crate::site::url;
use crate::text::Lang;

/// The file with the addresses whose old copies are to be purged.
pub const FILE: &str = "purge.txt";

/// The folder of the theme's own files: styles, scripts and pictures, of which no list is a part.
const ASSETS: &str = "assets/";

/// What opens a line of the file that is no address.
const COMMENT: char = '#';

/// The lists that a site showed after a build, as `kind/id`.
pub type Lists = BTreeSet<String>;

/// Returns the lists that the site in a folder showed after the build before this one.
#[must_use]
pub fn lists_before(memory: &Path, site: &Path) -> Lists {
    lines(&lists_file(memory, site)).into_iter().collect()
}

/// Remembers the lists that the site in a folder shows.
///
/// # Errors
///
/// Fails when the file cannot be written.
pub fn remember(memory: &Path, site: &Path, lists: &Lists) -> Result<()> {
    let text: String = lists.iter().map(|list| format!("{list}\n")).collect();
    write(&lists_file(memory, site), &text)
}

/// Returns the file for the lists of a site; each output folder has its own.
fn lists_file(memory: &Path, site: &Path) -> PathBuf {
    let mut hasher = DefaultHasher::new();
    site.hash(&mut hasher);
    memory.join(format!("shown-{:016x}", hasher.finish()))
}

/// What a build changed: the routes that are other now or gone, and the site as it is now.
#[derive(Clone, Copy, Debug)]
pub struct Change<'a> {
    /// Routes that were there before and are other now, or gone.
    pub stale: &'a [String],
    /// The site as it is now.
    pub artifacts: &'a [Artifact],
    /// The lists that were shown before and are not now.
    pub withdrawn: &'a Lists,
}

/// Returns the routes whose old copies have to go: what is gone, and, of what is other now, the
/// pages, tables and feeds of which withdrawn lists were a part.
#[must_use]
pub fn routes<'a>(change: &Change<'a>) -> Vec<&'a str> {
    let there: BTreeSet<&str> =
        change.artifacts.iter().map(|artifact| artifact.route().as_str()).collect();
    // What is compressed is served under the name of what it was made of.
    let all: BTreeSet<&str> =
        change.stale.iter().map(String::as_str).chain(there.clone()).collect();
    let is_twin = |route: &str| {
        let plain = ENDINGS.iter().find_map(|ending| route.strip_suffix(ending));
        plain.is_some_and(|plain| all.contains(plain))
    };
    let naming = naming(change);
    let stale = change.stale.iter().map(String::as_str);
    stale
        .filter(|route| !is_twin(route) && !route.starts_with(ASSETS))
        .filter(|route| {
            !there.contains(route)
                || naming.contains(route)
                || change.withdrawn.iter().any(|list| was_part(route, list))
        })
        .collect()
}

/// Returns whether the rows of a list stood in what had this route, or its record was listed there.
fn was_part(route: &str, list: &str) -> bool {
    let kind = list.split_once('/').map_or(list, |(kind, _)| kind);
    let below = |folder: &str| route.strip_prefix(folder);
    // In the tree of another language the same page is a folder deeper.
    let in_tree = route.split_once('/').and_then(|(_, rest)| rest.strip_prefix(kind));
    is_feed(route)
        || in_tree.is_some_and(|rest| rest.starts_with('/'))
        || below(kind).is_some_and(|rest| rest.starts_with('/'))
        || below("data/")
            .and_then(|rest| rest.strip_prefix(kind))
            .is_some_and(|rest| rest.starts_with('.'))
}

/// Returns whether a route is that of a feed of the site or of a place, in which any record may have
/// been.
fn is_feed(route: &str) -> bool {
    let (folder, name) = route.rsplit_once('/').unwrap_or(("", route));
    let feed = name == "atom.xml" || name == "feed.json";
    feed && (folder.is_empty() || folder.starts_with("places/"))
}

/// Returns the routes of pages that name a withdrawn list's page.
fn naming<'a>(change: &Change<'a>) -> BTreeSet<&'a str> {
    let pages: Vec<String> = change.withdrawn.iter().map(|list| format!("{list}.html")).collect();
    if pages.is_empty() {
        return BTreeSet::new();
    }
    let finder = aho_corasick::AhoCorasick::new(&pages).expect("a few addresses fit");
    let named = change.artifacts.iter().filter(|artifact| finder.is_match(artifact.bytes()));
    named.map(|artifact| artifact.route().as_str()).collect()
}

/// Returns routes as people and caches know them: full addresses where the site's own is known, and
/// an index page by both its names. What holds something withheld by now is painted over.
#[must_use]
pub fn addresses(base_url: &str, routes: &[&str], withheld: &Withheld) -> Vec<String> {
    let mut all = Vec::new();
    for route in routes {
        let painted = withheld.paint(route);
        let full = |path: &str| {
            let path = if painted == **route { url::encode(path) } else { path.to_owned() };
            if base_url.is_empty() { path } else { format!("{base_url}/{path}") }
        };
        if let Some(folder) = painted.strip_suffix("index.html") {
            all.push(full(folder));
        }
        all.push(full(&painted));
    }
    all.retain(|address| !address.is_empty());
    all
}

/// Returns the addresses that are still to be purged.
#[must_use]
pub fn pending(memory: &Path) -> Vec<String> {
    lines(&memory.join(FILE))
}

/// Adds addresses to those that are still to be purged.
///
/// # Errors
///
/// Fails when the file cannot be written.
pub fn add(memory: &Path, addresses: Vec<String>, lang: Lang) -> Result<()> {
    let all: BTreeSet<String> = pending(memory).into_iter().chain(addresses).collect();
    if all.is_empty() {
        return Ok(());
    }
    let mut text = head(lang);
    for address in all {
        text.push_str(&address);
        text.push('\n');
    }
    write(&memory.join(FILE), &text)
}

/// Forgets the addresses: somebody says that the old copies are gone.
#[expect(clippy::disallowed_methods, reason = "the program's own memory is written here")]
pub fn done(memory: &Path) {
    // There may be nothing to forget.
    let _nothing_there = fs::remove_file(memory.join(FILE));
}

/// Returns what stands above the addresses.
fn head(lang: Lang) -> String {
    match lang {
        Lang::Zh => "# 这些地址的旧内容里可能还有已经撤下的名单。网站传上去以后,逐个做:\n\
                     # 1. 在 CDN、缓存服务里刷新(清除)这些地址;\n\
                     # 2. 在搜索引擎的站长平台提交“死链”或“快照更新”;\n\
                     # 3. 转载过的网站、群、公众号,请他们删掉。\n\
                     # 都做完了,运行 mingbai build --purged,这张单子就清空。\n",
        Lang::En => "# Old copies of these addresses may still hold lists that were withdrawn. Once the site is uploaded:\n\
                     # 1. purge them from caches and content networks;\n\
                     # 2. ask search engines to remove or refresh them;\n\
                     # 3. ask sites and groups that copied them to delete them.\n\
                     # When all is done, run `mingbai build --purged`; it empties this list.\n",
    }
    .to_owned()
}

/// Returns the lines of a file that are no comments; none when it is not there.
fn lines(path: &Path) -> Vec<String> {
    let text = read_file(path).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let text = text.unwrap_or_default();
    let good = |line: &&str| !line.is_empty() && !line.starts_with(COMMENT);
    text.lines().filter(good).map(str::to_owned).collect()
}

/// Writes a file of the program's memory.
#[expect(clippy::disallowed_methods, reason = "the program's own memory is written here")]
fn write(path: &Path, text: &str) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    }
    fs::write(path, text).with_context(|| format!("writing {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::{Change, Lists, routes};
    use crate::site::artifact::Artifact;
    use crate::site::url::Route;

    #[test]
    fn only_what_held_or_listed_people_is_purged() {
        let page = |route: &str, text: &str| Artifact::new(Route::new(route), text.into());
        let artifacts = [
            page("about.html", ""),
            page("places/1.html", "<a href=\"../wombat/a.html\">"),
            page("wombat/a.html", ""),
            page("data/wombat.entries.csv", ""),
            page("data/wombats.csv", ""),
            page("feed.json", ""),
            page("places/1/atom.xml", ""),
            page("other/atom.xml", ""),
            page("assets/a.ponmlkjihg.css", ""),
        ];
        let mut stale: Vec<String> =
            artifacts.iter().map(|artifact| artifact.route().to_string()).collect();
        stale.push("attachments/gone.txt".to_owned());
        stale.push("assets/a.abcdefghij.css".to_owned());
        stale.push("assets/gone.js".to_owned());
        stale.push("wombat/a.html.gz".to_owned());
        let withdrawn = Lists::from(["wombat/a".to_owned()]);
        let change = Change { stale: &stale, artifacts: &artifacts, withdrawn: &withdrawn };
        let wanted = [
            "places/1.html",
            "wombat/a.html",
            "data/wombat.entries.csv",
            "feed.json",
            "places/1/atom.xml",
            "attachments/gone.txt",
        ];
        assert_eq!(routes(&change), wanted);
        let none = Lists::new();
        assert_eq!(routes(&Change { withdrawn: &none, ..change }), ["attachments/gone.txt"]);
    }
}
