//! What the short codes of a page ask for: every name, argument and value held against the register.
//!
//! All that is wrong is reported at its place, with what may be written instead. No value is repeated.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::diag::code::{PAGE_FAULT, SHORT_CODE};
use crate::diag::{Finding, Report, Severity, Span};
use crate::records::pages::front::Front;
use crate::records::pages::prose::Scan;
use crate::records::pages::written::{Word, Written, written};
use crate::records::pages::{Ground, Insert, Placed};
use crate::records::schema::{Grouping, Kind, Role, Selection, Shortcode, Shows};
use crate::syntax::quotable;
use crate::text::{Phrase, nearest};

/// How many rows a table shows that does not say.
const ROWS: usize = 10;

/// The most rows that a table may show: as many as a page of a list.
const MOST_ROWS: usize = 100;

/// Years that registers speak of.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2199;

/// The values of a short code's arguments by their names.
type Arguments<'w> = BTreeMap<&'w str, Word<'w>>;

/// Reads the short codes of one page.
pub(super) struct Caller<'a> {
    /// The file.
    pub(super) path: &'a Arc<str>,
    /// Where the prose begins in it.
    pub(super) start: usize,
    /// What names are held against.
    pub(super) ground: &'a Ground<'a>,
    /// What the file says of the page.
    pub(super) front: &'a Front,
    /// Where faults go.
    pub(super) report: &'a mut Report,
}

impl Caller<'_> {
    /// Reads every short code of some prose; one with a fault shows nothing.
    pub(super) fn placed(&mut self, body: &str, scan: Scan) -> Vec<Placed> {
        for range in scan.misplaced {
            self.fault(
                range,
                Phrase::new(
                    "短码要独占一段:不能写在句子、标题、清单和表格里",
                    "a short code is a paragraph of its own, not a part of a sentence, heading, list or table",
                ),
                Phrase::new(
                    "把它移到单独一行,上下各空一行;只想写出花括号的,放进 ` ` 里",
                    "move it to a line of its own with empty lines around it; braces that mean nothing stand in ` `",
                ),
            );
        }
        for range in scan.tags {
            let message =
                Phrase::new("网页上不显示 HTML 标签", "tags of HTML are not shown on the page");
            let help = Phrase::new(
                "用 Markdown 写:**加粗**、[链接](网址)、| 表格 |",
                "write Markdown: **bold**, [link](address), | table |",
            );
            let mut finding = Finding::new(PAGE_FAULT, self.span(range), message).help(help);
            finding.severity = Severity::Warning;
            self.report.push(finding);
        }
        let placed = scan.codes.into_iter().map(|range| {
            let inserts = self.lines(body, range.clone());
            Placed { range, inserts }
        });
        placed.collect()
    }

    /// Reads the lines of a paragraph.
    fn lines(&mut self, body: &str, range: Range<usize>) -> Vec<Insert> {
        let mut inserts = Vec::new();
        let mut at = range.start;
        for whole in body[range].split_inclusive('\n') {
            let line = whole.trim();
            let begin = at + (whole.len() - whole.trim_start().len());
            at += whole.len();
            if !line.starts_with(super::prose::OPENING) {
                self.fault(
                    begin..begin + line.len(),
                    Phrase::new(
                        "短码下面紧接着写了别的字",
                        "other words stand right below a short code",
                    ),
                    Phrase::new("中间空一行", "leave an empty line between them"),
                );
                continue;
            }
            match written(line, begin) {
                Ok(code) => inserts.extend(self.insert(&code)),
                Err(slip) => {
                    let help = self.example(None);
                    self.fault(slip.range, slip.message, help);
                }
            }
        }
        inserts
    }

    /// Returns a place of the prose as one of the file.
    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.path, self.start + range.start..self.start + range.end)
    }

    /// Reports a fault.
    fn fault(&mut self, range: Range<usize>, message: Phrase, help: Phrase) {
        let finding = Finding::new(SHORT_CODE, self.span(range), message).help(help);
        self.report.push(finding);
    }

    /// Says how short codes are written: one of them, or any.
    fn example(&self, code: Option<&Shortcode>) -> Phrase {
        let all = &self.ground.schema.shortcodes;
        let example = code.or(all.first()).map_or("", |code| &code.example);
        Phrase::new(format!("例如 {example}"), format!("for example {example}"))
    }

    /// Says which name was meant, or which there are.
    fn instead(word: &str, names: &[&str]) -> Phrase {
        nearest(word, names.iter().copied()).map_or_else(
            || {
                let all = names.join(", ");
                Phrase::new(format!("可以写:{all}"), format!("there are: {all}"))
            },
            |near| Phrase::new(format!("是不是 `{near}`?"), format!("did you mean `{near}`?")),
        )
    }

    /// Returns what a short code shows, if nothing is wrong with it.
    fn insert(&mut self, code: &Written<'_>) -> Option<Insert> {
        let all = &self.ground.schema.shortcodes;
        let name = &code.name;
        let Some(known) = all.iter().find(|known| known.name == name.text) else {
            let names: Vec<&str> = all.iter().map(|known| known.name.as_str()).collect();
            let message = quotable(name.text).map_or_else(
                || Phrase::new("没有这个短码", "there is no such short code"),
                |name| {
                    Phrase::new(
                        format!("没有 `{name}` 这个短码"),
                        format!("there is no short code `{name}`"),
                    )
                },
            );
            self.fault(name.range.clone(), message, Self::instead(name.text, &names));
            return None;
        };
        let arguments = self.arguments(known, code)?;
        match known.shows {
            Shows::Card => self.record(arguments.get("id")?).map(Insert::Card),
            Shows::Ladder => self.ladder(arguments.get("id")?).map(Insert::Ladder),
            Shows::Rows => {
                let limit = self.limit(arguments.get("limit"));
                Some(Insert::Rows(self.selection(&arguments)?, limit?))
            }
            Shows::Chart => {
                let selection = self.selection(&arguments);
                let by = arguments.get("by")?;
                let grouping = self.grouping(by)?;
                let selection = selection?;
                let kind = &self.ground.schema.kinds[selection.kind];
                self.drawable(kind, grouping, (&arguments.get("kind")?.range, &by.range))?;
                Some(Insert::Chart(selection, grouping))
            }
        }
    }

    /// Returns the arguments of a short code, if they are those that it has.
    fn arguments<'w>(&mut self, known: &Shortcode, code: &Written<'w>) -> Option<Arguments<'w>> {
        let mut arguments = Arguments::new();
        let mut good = true;
        let names: Vec<&str> = known.needs.iter().chain(&known.may).map(String::as_str).collect();
        for (key, value) in &code.arguments {
            if !names.contains(&key.text) {
                good = false;
                let message = Phrase::new(
                    format!("短码 `{}` 没有这一项", known.name),
                    format!("the short code `{}` has no such argument", known.name),
                );
                self.fault(key.range.clone(), message, Self::instead(key.text, &names));
            } else if arguments.insert(key.text, value.clone()).is_some() {
                good = false;
                let message = Phrase::new("这一项写了两次", "this argument is there twice");
                self.fault(key.range.clone(), message, self.example(Some(known)));
            }
        }
        for need in known.needs.iter().filter(|need| !arguments.contains_key(need.as_str())) {
            good = false;
            let message = Phrase::new(
                format!("短码 `{}` 缺少 `{need}`", known.name),
                format!("the short code `{}` lacks `{need}`", known.name),
            );
            self.fault(code.name.range.clone(), message, self.example(Some(known)));
        }
        good.then_some(arguments)
    }

    /// Returns the record that an argument names.
    fn record(&mut self, id: &Word<'_>) -> Option<usize> {
        let catalog = self.ground.catalog;
        let found = if id.text.contains('/') {
            catalog.find(id.text)
        } else {
            let mut ends = catalog.keys().filter(|key| is_id_of(key, id.text));
            match (ends.next(), ends.next()) {
                (Some(key), None) => catalog.find(key),
                (Some(_), Some(_)) => {
                    self.fault(
                        id.range.clone(),
                        Phrase::new(
                            "几类里都有这个编号",
                            "several kinds have a record with this id",
                        ),
                        Phrase::new("写成 \"类名/编号\"", "write \"kind/id\""),
                    );
                    return None;
                }
                (None, _) => None,
            }
        };
        let Some(at) = found else {
            let help = self.other_record(id.text);
            let message = Phrase::new("没有这条记录", "there is no such record");
            self.fault(id.range.clone(), message, help);
            return None;
        };
        self.check_published(at, id);
        Some(at)
    }

    /// Says which record was meant: one that had the name before, or one with a name much like it.
    fn other_record(&self, id: &str) -> Phrase {
        let Ground { catalog, schema, .. } = self.ground;
        let renamed = catalog.records().iter().find(|record| {
            record.aliases.iter().any(|alias| record.alias_key(alias, schema) == id)
        });
        if let Some(record) = renamed {
            let key = record.key(schema);
            return Phrase::new(format!("现在叫 `{key}`"), format!("it is now `{key}`"));
        }
        let near = match id.split_once('/') {
            // A kind of another name is a slip, too.
            Some((_, own)) => nearest(id, catalog.keys())
                .or_else(|| catalog.keys().find(|key| is_id_of(key, own))),
            None => {
                let ids = catalog.keys().filter_map(|key| key.split_once('/'));
                nearest(id, ids.map(|(_, id)| id))
                    .and_then(|near| catalog.keys().find(|key| is_id_of(key, near)))
            }
        };
        near.map_or_else(
            || {
                Phrase::new(
                    "写成 id=\"类名/编号\",编号在记录文件的 id 那一行",
                    "write id=\"kind/id\"; the id stands in the record's file",
                )
            },
            |near| Phrase::new(format!("是不是 `{near}`?"), format!("did you mean `{near}`?")),
        )
    }

    /// Warns where a page shows a record that is not published when the page is.
    fn check_published(&mut self, at: usize, id: &Word<'_>) {
        let Ground { catalog, schema, as_of, .. } = *self.ground;
        let record = &catalog.records()[at];
        let day = as_of.max(self.front.publish_on);
        let comes = record.day(schema, Role::PublishedOn).map(|(day, _)| day);
        let waits = comes.zip(day).is_some_and(|(comes, day)| comes > day);
        if self.front.draft || !(record.draft || waits) {
            return;
        }
        let message = Phrase::new(
            "这条记录没有公开,网页上这里只有一句“没有公开”",
            "this record is not published; the page only says so here",
        );
        let help = Phrase::new(
            "先不引用它,或者给这一页写 publish_on,等记录公开了再发布",
            "do not show it yet, or let the page wait with publish_on until the record is out",
        );
        let mut finding = Finding::new(SHORT_CODE, self.span(id.range.clone()), message).help(help);
        finding.severity = Severity::Warning;
        self.report.push(finding);
    }

    /// Returns the record whose money is shown step by step.
    fn ladder(&mut self, id: &Word<'_>) -> Option<usize> {
        let at = self.record(id)?;
        let record = &self.ground.catalog.records()[at];
        let schema = self.ground.schema;
        if Role::STATIONS.into_iter().any(|role| record.money(schema, role).is_some()) {
            return Some(at);
        }
        let card = self.ground.schema.shortcodes.iter().find(|code| code.shows == Shows::Card);
        let message = Phrase::new(
            "这条记录没有写钱到了哪一步",
            "this record does not say how far its money came",
        );
        self.fault(id.range.clone(), message, self.example(card));
        None
    }

    /// Returns the records that arguments choose.
    fn selection(&mut self, arguments: &Arguments<'_>) -> Option<Selection> {
        let kind = self.kind(arguments.get("kind")?);
        let place = arguments.get("place").map(|word| self.place(word));
        let year = arguments.get("year").map(|word| self.year(word));
        // All of them are looked at before any fault ends it.
        let (place, year) = (all_good(place)?, all_good(year)?);
        Some(Selection { kind: kind?, place, year })
    }

    /// Returns the kind that an argument names.
    fn kind(&mut self, word: &Word<'_>) -> Option<usize> {
        let found = self.ground.schema.find(word.text);
        if found.is_none() {
            let names = self.ground.schema.kinds().iter().map(|kind| kind.name.as_str());
            let help = nearest(word.text, names).map_or_else(
                || Phrase::new("mingbai schema 列出所有的类", "`mingbai schema` lists the kinds"),
                |near| Phrase::new(format!("是不是 `{near}`?"), format!("did you mean `{near}`?")),
            );
            self.fault(
                word.range.clone(),
                Phrase::new("没有这一类", "there is no such kind"),
                help,
            );
        }
        found
    }

    /// Returns the code of the place that an argument names, by its code or by its name.
    fn place(&mut self, word: &Word<'_>) -> Option<String> {
        let places = self.ground.places;
        if places.find(word.text).is_some() {
            return Some(word.text.to_owned());
        }
        let mut named = places.iter().filter(|place| place.name == word.text);
        let (message, help) = match (named.next(), named.next()) {
            (Some(place), None) => return Some(place.code.clone()),
            (Some(_), Some(_)) => (
                Phrase::new("有几个地点叫这个名字", "several places have this name"),
                Phrase::new("写地点的代码", "write the code of the place"),
            ),
            (None, _) => {
                let names = places.iter().flat_map(|place| [&*place.code, &*place.name]);
                let help = nearest(word.text, names).map_or_else(
                    || {
                        Phrase::new(
                            "写 places.toml 里有的代码或者名称",
                            "write a code or a name of places.toml",
                        )
                    },
                    |near| {
                        Phrase::new(format!("是不是 `{near}`?"), format!("did you mean `{near}`?"))
                    },
                );
                (Phrase::new("places.toml 里没有这个地点", "places.toml has no such place"), help)
            }
        };
        self.fault(word.range.clone(), message, help);
        None
    }

    /// Returns the year that an argument names.
    fn year(&mut self, word: &Word<'_>) -> Option<i16> {
        let year = word.text.parse().ok().filter(|year| YEARS.contains(year));
        if year.is_none() {
            self.fault(
                word.range.clone(),
                Phrase::new("年份不对", "this is no year"),
                Phrase::new(
                    "写四位数,例如 year=\"2025\"",
                    "write four digits, such as year=\"2025\"",
                ),
            );
        }
        year
    }

    /// Returns how many rows are wanted.
    fn limit(&mut self, word: Option<&Word<'_>>) -> Option<usize> {
        let Some(word) = word else {
            return Some(ROWS);
        };
        let limit = word.text.parse().ok().filter(|limit| (1..=MOST_ROWS).contains(limit));
        if limit.is_none() {
            self.fault(
                word.range.clone(),
                Phrase::new("行数不对", "this is no number of rows"),
                Phrase::new(
                    format!("写1到{MOST_ROWS}的整数,例如 limit=20"),
                    format!("write a whole number from 1 to {MOST_ROWS}, such as limit=20"),
                ),
            );
        }
        limit
    }

    /// Returns what the parts of a chart are.
    fn grouping(&mut self, word: &Word<'_>) -> Option<Grouping> {
        let known = Grouping::ALL.into_iter().find(|(_, name)| *name == word.text);
        if known.is_none() {
            let names = Grouping::ALL.map(|(_, name)| name);
            let message = Phrase::new("不能这样分", "money is not parted like this");
            self.fault(word.range.clone(), message, Self::instead(word.text, &names));
        }
        known.map(|(grouping, _)| grouping)
    }

    /// Reports what stands in the way of drawing the money of a kind.
    fn drawable(
        &mut self,
        kind: &Kind,
        grouping: Grouping,
        (of_kind, of_by): (&Range<usize>, &Range<usize>),
    ) -> Option<()> {
        if kind.money().is_none() {
            let message = Phrase::new("这一类没有金额,画不成图", "this kind has no money to draw");
            let help = Phrase::new("换一类,或者用表格", "take another kind, or a table");
            self.fault(of_kind.clone(), message, help);
            return None;
        }
        let good = match grouping {
            Grouping::Use => kind.use_field().is_some(),
            Grouping::Place => kind.with_role(Role::Place).is_some(),
            Grouping::Year | Grouping::Record => true,
        };
        if !good {
            let message = Phrase::new("这一类不能这样分", "this kind is not parted like this");
            let help = Phrase::new(
                "可以写 by=\"year\" 或 by=\"record\"",
                "write by=\"year\" or by=\"record\"",
            );
            self.fault(of_by.clone(), message, help);
        }
        good.then_some(())
    }
}

/// Returns whether a `kind/id` has this id.
fn is_id_of(key: &str, id: &str) -> bool {
    key.split_once('/').is_some_and(|(_, own)| own == id)
}

/// Returns what was asked for, if anything was; `None` where it was asked for in vain.
#[expect(clippy::option_option, reason = "an argument may be missing, and it may be wrong")]
fn all_good<T>(asked: Option<Option<T>>) -> Option<Option<T>> {
    match asked {
        None => Some(None),
        Some(found) => found.map(Some),
    }
}
