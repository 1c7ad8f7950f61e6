//! What is said about what was found. Never the value.

use std::sync::Arc;

use crate::decode::{Closed, Unopened};
use crate::detect::{Certainty, Hit};
use crate::diag::code::{NOT_SEARCHED, RAW_PERSONAL_DATA};
use crate::diag::{Finding, Severity, Span};
use crate::scan::note::label;
use crate::scan::{LARGEST, Sight};
use crate::text::Phrase;

/// Returns the sentence about something that looks like personal data.
pub(super) fn sentence(label: &Phrase, certainty: Certainty) -> Phrase {
    match certainty {
        Certainty::Sure => Phrase::new(
            format!("这里有{}", label.zh),
            format!("personal data stands here: {}", label.en),
        ),
        Certainty::Likely => Phrase::new(
            format!("这里像是{},请看一眼", label.zh),
            format!("this looks like personal data, please look: {}", label.en),
        ),
    }
}

/// Makes a finding of what is proved or not.
pub(super) fn finding(span: Span, certainty: Certainty, message: Phrase) -> Finding {
    let mut finding = Finding::new(RAW_PERSONAL_DATA, span, message);
    if certainty == Certainty::Likely {
        finding.severity = Severity::Warning;
    }
    finding
}

/// Returns the finding of a sight in a text; `plain` when the text can be shown as it stands.
pub(super) fn of_sight(path: &Arc<str>, sight: &Sight, plain: bool) -> Finding {
    let mut message = sentence(&label(sight.detector), sight.certainty);
    let here = sight.way.is_empty() && plain;
    if !here {
        let (zh, en) = inside(sight);
        message.zh.push_str(&zh);
        message.en.push_str(&en);
    }
    let span = if here { Span::new(path, sight.range.clone()) } else { Span::whole(path) };
    finding(span, sight.certainty, message)
}

/// Returns the way to a sight that no line of the file shows.
fn inside(sight: &Sight) -> (String, String) {
    let way = sight.way.join(" → ");
    let (mut zh, mut en) = match sight.way.is_empty() {
        true => (String::new(), String::new()),
        false => (format!("{way} 里面,"), format!("inside {way}, ")),
    };
    if sight.in_name {
        zh.push_str("里面一个文件的名字");
        en.push_str("in the name of a file");
    } else {
        zh.push_str(&format!("第{}行第{}列", sight.line, sight.column));
        en.push_str(&format!("line {}, column {}", sight.line, sight.column));
    }
    (format!("({zh})"), format!(" ({en})"))
}

/// Returns the finding of a name that holds personal data.
pub(super) fn of_name(path: &Arc<str>, hit: &Hit) -> Finding {
    let label = label(hit.detector);
    let message = Phrase::new(
        format!("名字里有{}", label.zh),
        format!("personal data stands in a name: {}", label.en),
    );
    finding(Span::whole(path), hit.certainty, message)
}

/// Returns the finding of something that could not be opened.
pub(super) fn of_closed(path: &Arc<str>, closed: &Closed) -> Finding {
    let why = match closed.why {
        Unopened::Unknown => Phrase::new("不认识这种格式", "its format is not known"),
        Unopened::Encrypted => Phrase::new("加了密码", "it needs a password"),
        Unopened::Damaged => Phrase::new("已损坏", "it is damaged"),
        Unopened::TooDeep => Phrase::new("一层套一层,太深了", "it is wrapped too deep"),
        Unopened::TooLarge => Phrase::new("展开后太大", "it becomes too large"),
    };
    unsearched(path, &closed.way.join(" → "), &why)
}

/// Returns the finding of something that was not read for its size.
pub(super) fn too_large(path: &Arc<str>) -> Finding {
    let limit = LARGEST >> 20;
    unsearched(path, "", &Phrase::new(format!("超过{limit} MB"), format!("larger than {limit} MB")))
}

/// Returns the finding of something that was not searched.
pub(super) fn unsearched(path: &Arc<str>, way: &str, why: &Phrase) -> Finding {
    let (zh, en) = match way {
        "" => (String::new(), String::new()),
        way => (format!("里面的 {way} "), format!(" the {way} inside of")),
    };
    let message = Phrase::new(
        format!("{zh}没有查:{}", why.zh),
        format!("not searched,{en} this file: {}", why.en),
    );
    Finding::new(NOT_SEARCHED, Span::whole(path), message)
}

/// Returns what to do about a value in a file that is at hand.
pub(super) fn mend_file() -> Phrase {
    Phrase::new(
        "删掉它;属于名单的,写进记录里给个人内容的那一栏。提交过的,历史里还有,再运行 mingbai scan --history",
        "take it out; what belongs to a list goes into its personal column of a record. If it was \
         committed, the history still has it: run `mingbai scan --history`",
    )
}

/// Returns what to do about a name.
pub(super) fn mend_name() -> Phrase {
    Phrase::new("换一个不带个人信息的名字", "choose a name without personal data")
}

/// Returns what to do about something the history keeps.
pub(super) fn mend_history() -> Phrase {
    Phrase::new(
        "删掉文件删不掉历史。怎么办、做不到什么,见 mingbai explain raw-personal-data",
        "deleting the file does not delete the history. What to do, and what cannot be done: \
         `mingbai explain raw-personal-data`",
    )
}

/// Returns where something in the history can still be reached.
pub(super) fn reached(refs: &[&str]) -> Phrase {
    const SHOWN: usize = 5;
    if refs.is_empty() {
        return Phrase::new(
            "没有分支或标签再指向它;git 清理(git gc)之前它还在,早先的副本里也还在",
            "no branch or tag leads to it any more; it stays until git cleans up (`git gc`), and in every older copy",
        );
    }
    let names = refs.iter().take(SHOWN).copied().collect::<Vec<_>>().join(", ");
    let more = refs.len().saturating_sub(SHOWN);
    let (zh, en) = match more {
        0 => (String::new(), String::new()),
        more => (format!(" 等,另有{more}个"), format!(" and {more} more")),
    };
    Phrase::new(format!("还能从这里看到:{names}{zh}"), format!("still reached from: {names}{en}"))
}
