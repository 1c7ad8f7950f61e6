//! The page of each code: what it means, why it matters, how to mend it. Embedded from
//! `docs/rules/`, the Chinese half first.

use include_dir::{Dir, include_dir};

use crate::diag::Code;
use crate::text::Lang;

/// The pages, one a code.
static PAGES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/docs/rules");

/// The line between the Chinese and the English half of a page.
const ENGLISH: &str = "<!-- en -->";

/// Returns a code's page in one language.
#[must_use]
pub fn page(code: Code, lang: Lang) -> &'static str {
    let file = PAGES.get_file(format!("{}.md", code.name()));
    let whole = file.and_then(include_dir::File::contents_utf8).unwrap_or("");
    let (zh, en) = whole.split_once(ENGLISH).unwrap_or((whole, whole));
    match lang {
        Lang::Zh => zh.trim(),
        Lang::En => en.trim(),
    }
}

/// Returns the title of a code's page.
#[must_use]
pub fn title(code: Code, lang: Lang) -> &'static str {
    let first = page(code, lang).lines().next().unwrap_or("").trim_start_matches("# ");
    first.split_once(": ").map_or(first, |(_, title)| title)
}
