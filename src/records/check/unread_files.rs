//! Files of the register that nobody reads: a record that was saved under a wrong name, or in a form of
//! another program.

use std::sync::Arc;

use crate::diag::code::UNREAD_FILE;
use crate::diag::{Finding, Report, Span};
use crate::project::{PLACES_FILE, SITE_FILE, THEME_FOLDER};
use crate::records::check::Book;
use crate::records::document::{ATTACHMENTS_FOLDER, PAGES_FOLDER, is_record};
use crate::records::exceptions::EXCEPTIONS_FILE;
use crate::records::schema::load::{HOLIDAYS_FILE, KINDS_FOLDER};
use crate::text::Phrase;

/// What editors and systems leave behind, and nobody takes for a record.
const LITTER: [&str; 2] = ["thumbs.db", "desktop.ini"];

/// Folders whose files are looked after elsewhere.
const SPOKEN_FOR: [&str; 3] = [THEME_FOLDER, ATTACHMENTS_FOLDER, PAGES_FOLDER];

/// Endings that records have.
const ENDINGS: [&str; 2] = [".toml", ".md"];

/// Endings of tables, papers and pictures, which may be attachments.
const PAPERS: [&str; 17] = [
    ".xlsx", ".xls", ".et", ".csv", ".docx", ".doc", ".wps", ".pdf", ".ofd", ".ppt", ".pptx",
    ".jpg", ".jpeg", ".png", ".gif", ".zip", ".rar",
];

/// Checks that every file is read, or may stay unread.
pub(super) fn check(book: &Book<'_>, report: &mut Report) {
    for (path, _) in book.files.iter().filter(|(path, _)| !is_known(path)) {
        report.push(finding(path));
    }
}

/// Returns whether a file is read, or is none that anybody would want to be read.
fn is_known(path: &str) -> bool {
    let own = [SITE_FILE, PLACES_FILE, HOLIDAYS_FILE, EXCEPTIONS_FILE];
    let name = path.rsplit('/').next().unwrap_or(path);
    let kind = path.starts_with(KINDS_FOLDER) && path.ends_with(ENDINGS[0]);
    own.contains(&path)
        || kind
        || is_record(path)
        || SPOKEN_FOR.iter().any(|folder| path.starts_with(folder))
        || name.starts_with("README")
        || name.starts_with('~')
        || name.ends_with('~')
        || LITTER.contains(&name.to_lowercase().as_str())
}

/// Makes the finding about a file.
fn finding(path: &Arc<str>) -> Finding {
    let name = path.to_lowercase();
    let has = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    let hidden = name
        .rsplit_once('.')
        .is_some_and(|(stem, _)| ENDINGS.iter().any(|ending| stem.ends_with(ending)));
    let help = if has(&ENDINGS) {
        Phrase::new(
            "文件名的结尾改成小写的 .toml 或 .md",
            "let its name end with .toml or .md in small letters",
        )
    } else if hidden {
        Phrase::new(
            "文件名多了一个结尾:改名,让它以 .md 或 .toml 结尾(先在电脑里打开“显示文件扩展名”)",
            "its name has one ending too many: let it end with .md or .toml",
        )
    } else if has(&PAPERS) {
        Phrase::new(
            "程序不从这种文件里读记录:内容要写成 .toml 或 .md;这份文件要给群众看,就放进 attachments/,在记录里写上它的名字",
            "records are not read from such files: write them as .toml or .md; a paper for everyone goes into attachments/ and is named by a record",
        )
    } else {
        Phrase::new(
            "是记录就改名,以 .toml 或 .md 结尾;不是就移到 content 文件夹外面",
            "let the name of a record end with .toml or .md; move anything else out of the register",
        )
    };
    let message = Phrase::new(
        "这个文件没有读,里面的内容不会公开",
        "this file is not read, and nothing of it is published",
    );
    Finding::new(UNREAD_FILE, Span::whole(path), message).help(help)
}
