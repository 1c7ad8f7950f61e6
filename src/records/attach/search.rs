//! Looks for personal data in the texts of an attachment. A fault is a sort and a place, never a value.

use std::ops::Range;

use crate::decode::{self, Unopened};
use crate::detect::{self, Certainty, DETECTORS, Hit};
use crate::records::attach::{Fault, Original};
use crate::text::Phrase;
use crate::text::normal::Writing;

/// What to do about personal data in a file.
fn help() -> Phrase {
    Phrase::new(
        "在原文件里删掉这些内容,另存一份再放进来;名单请写成记录,由程序打码",
        "delete it in the original and attach a new copy; enter lists as records, which are masked",
    )
}

/// Returns the fault of one hit at a place.
fn fault(hit: &Hit, place: &Phrase) -> Fault {
    let label = detect::named(hit.detector).map_or_else(Phrase::default, |it| it.label());
    match hit.certainty {
        Certainty::Sure => Fault::held(
            Phrase::new(
                format!("附件{}有{},不会放到网上", place.zh, label.zh),
                format!(
                    "the attachment holds {} {}; it is not put online",
                    article(&label.en),
                    place.en
                ),
            ),
            help(),
        ),
        Certainty::Likely => Fault::unread(
            Phrase::new(
                format!("附件{}有像{}的内容,不会放到网上", place.zh, label.zh),
                format!(
                    "the attachment holds what looks like {} {}; it is not put online",
                    article(&label.en),
                    place.en
                ),
            ),
            help(),
        ),
    }
}

/// Returns a noun with its article.
fn article(noun: &str) -> String {
    let vowel = noun.starts_with(['a', 'e', 'i', 'o', 'u']);
    format!("{} {noun}", if vowel { "an" } else { "a" })
}

/// Returns the faults of a text; `place` says where some bytes of it stand, or that they do not count.
pub(super) fn text(
    bytes: &[u8],
    writing: Writing,
    place: &dyn Fn(&Range<usize>) -> Option<Phrase>,
) -> Vec<Fault> {
    let hits = detect::find(DETECTORS, bytes, writing);
    hits.iter().filter_map(|hit| Some(fault(hit, &place(&hit.range)?))).collect()
}

/// Returns the faults of the file's own name.
pub(super) fn name(original: &Original<'_>) -> Vec<Fault> {
    let place = Phrase::new("的文件名里", "in its file name");
    text(original.path.as_bytes(), Writing::Plain, &|_| Some(place.clone()))
}

/// Returns the place of a byte by its line.
pub(super) fn line(bytes: &[u8], at: usize) -> Phrase {
    let before = &bytes[..at.min(bytes.len())];
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    Phrase::new(format!("第{line}行里"), format!("in line {line}"))
}

/// Returns the faults of everything that can be unwrapped from a file.
pub(super) fn through(original: &Original<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    let closed = decode::walk(original.decoders, original.path, original.bytes, &mut |view| {
        // What is no text is a wrapping, whose texts come as views of their own, or pixels.
        if std::str::from_utf8(view.bytes).is_err() {
            return;
        }
        let place = |range: &Range<usize>| match view.way {
            [] => Some(line(view.bytes, range.start)),
            _ => Some(Phrase::new("里面", "inside")),
        };
        faults.extend(text(view.bytes, view.writing, &place));
        if !view.way.is_empty() {
            let inner = Phrase::new("里面的文件名里", "in the name of a file inside");
            faults.extend(text(view.name.as_bytes(), Writing::Plain, &|_| Some(inner.clone())));
        }
    });
    faults.extend(closed.into_iter().map(|closed| unopened(closed.why)));
    faults
}

/// Returns the fault of something that could not be opened.
pub(super) fn unopened(why: Unopened) -> Fault {
    let (zh, en) = match why {
        Unopened::Unknown => ("里面有认不出的部分", "parts of it are of an unknown sort"),
        Unopened::Encrypted => ("有密码", "it has a password"),
        Unopened::Damaged => {
            ("已经损坏,或者不是它的名字所说的格式", "it is damaged, or not what its name says")
        }
        Unopened::TooDeep => ("里面一层套一层,太深", "it is wrapped too deep"),
        Unopened::TooLarge => ("展开以后太大", "it becomes too large when it is opened"),
    };
    Fault::unread(
        Phrase::new(
            format!("附件{zh},不能检查,不会放到网上"),
            format!("the attachment cannot be searched ({en}), so it is not put online"),
        ),
        Phrase::new(
            "用办公软件打开,去掉密码和嵌入的内容,另存一份再放进来",
            "open it, take off passwords and embedded parts, and save a new copy",
        ),
    )
}
