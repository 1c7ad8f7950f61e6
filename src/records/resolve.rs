//! Turns documents into the catalog: each value typed, each id unique, each reference known.
//!
//! Nothing is repaired. A value that cannot be read is left out and reported; the rest goes on.

pub(in crate::records) mod own;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;
use toml::de::{DeTable, DeValue};

use crate::diag::code::{
    BAD_ID, DUPLICATE_ID, MISSING_FIELD, MISSING_ID, UNEXPECTED_BODY, UNKNOWN_FIELD, UNKNOWN_KIND,
    UNKNOWN_REFERENCE, UNKNOWN_UNIT, WRONG_TYPE,
};
use crate::diag::source::Shown;
use crate::diag::{Code, Finding, Report, Span};
use crate::files::Files;
use crate::project::Places;
use crate::records::catalog::{Accepted, Catalog, Cell, Doubtful, Record, Row, Rows, Stray};
use crate::records::document::Document;
use crate::records::resolve::own::{ALIASES, DRAFT};
use crate::records::schema::field::{self, Raw, Reading};
use crate::records::schema::{Class, FieldDef, Kind, Schema, TableDef};
use crate::records::value::Value;
use crate::syntax::{Node, quotable};
use crate::text::{MoneyUnit, Phrase, nearest};

/// Keys that every record may have beside its fields.
const OWN_KEYS: [&str; 6] = ["id", "kind", "money_unit", "accepted", ALIASES, DRAFT];

/// What records are read against.
pub(in crate::records) struct Ground<'a> {
    /// The kinds.
    pub(in crate::records) schema: &'a Schema,
    /// The places.
    pub(in crate::records) places: &'a Places,
    /// The files, for attachments.
    pub(in crate::records) files: &'a Files,
}

/// Types every document and ties the records together.
pub(in crate::records) fn resolve(
    documents: &[Document<'_>],
    ground: &Ground<'_>,
    report: &mut Report,
) -> Catalog {
    let read: Vec<(Option<Record>, Vec<Stray>, Report)> = documents
        .par_iter()
        .map(|document| {
            let mut typist = Typist {
                document,
                ground,
                money_unit: None,
                unread: Vec::new(),
                doubtful: Vec::new(),
                strays: Vec::new(),
                report: Report::default(),
            };
            let record = typist.record();
            // What else is wrong in a file with syntax errors mostly follows from them.
            let report = if document.broken { Report::default() } else { typist.report };
            (record, typist.strays, report)
        })
        .collect();
    let mut records = Vec::with_capacity(read.len());
    let mut strays = Vec::new();
    for (record, stray, findings) in read {
        report.absorb(findings);
        records.extend(record);
        strays.extend(stray);
    }
    let (catalog, twins) = Catalog::new(records, strays, ground.schema);
    for (first, second) in twins {
        let message = Phrase::new("这个编号已经用过了", "this id is taken");
        report.push(
            Finding::new(DUPLICATE_ID, second, message)
                .related(first, Phrase::new("第一次用在这里", "first used here"))
                .help(Phrase::new("给其中一个换一个编号", "give one of them another id")),
        );
    }
    references(&catalog, &lost(documents, &catalog, ground.schema), ground.schema, report);
    own::check_aliases(&catalog, ground.schema, report);
    catalog
}

/// Returns the kinds of which a record is in a file with syntax errors and could not be read.
fn lost(documents: &[Document<'_>], catalog: &Catalog, schema: &Schema) -> BTreeSet<usize> {
    let read: BTreeSet<&str> = catalog.records().iter().map(|record| &*record.path).collect();
    let lost = documents.iter().filter(|one| one.broken && !read.contains(&*one.path));
    lost.filter_map(|document| kind_of(document, schema, &mut Report::default())).collect()
}

/// Reports references to records that do not exist, unless they may be in a file that is `lost`.
fn references(catalog: &Catalog, lost: &BTreeSet<usize>, schema: &Schema, report: &mut Report) {
    for record in catalog.records() {
        let in_rows = record.tables.iter().flat_map(|rows| &rows.rows).flat_map(|row| &row.cells);
        for cell in record.cells.iter().chain(in_rows) {
            for (number, key) in cell.references().enumerate() {
                let kind = key.split('/').next().and_then(|kind| schema.find(kind));
                if catalog.find(key).is_none() && !kind.is_some_and(|kind| lost.contains(&kind)) {
                    // Each reference of a list has its own place.
                    let range = cell.each.get(number).unwrap_or(&cell.range);
                    report.push(unknown_reference(key, record.span(range), catalog, schema));
                }
            }
        }
    }
}

/// Makes the finding about a reference to nothing.
fn unknown_reference(key: &str, span: Span, catalog: &Catalog, schema: &Schema) -> Finding {
    let kind = key.split('/').next().unwrap_or(key);
    let message = Phrase::new("引用的记录不存在", "there is no such record");
    let finding = Finding::new(UNKNOWN_REFERENCE, span, message);
    let known_kind = schema.kinds().iter().any(|known| known.name == kind);
    let near = if known_kind {
        let prefix = format!("{kind}/");
        nearest(key, catalog.keys().filter(|known| known.starts_with(&prefix)))
    } else {
        nearest(kind, schema.kinds().iter().map(|known| known.name.as_str()))
    };
    finding.help(near.map_or_else(
        || {
            Phrase::new(
                "先建这条记录,或者改成已有的编号",
                "make the record first, or name one that exists",
            )
        },
        |near| Phrase::new(format!("是不是 `{near}`?"), format!("did you mean `{near}`?")),
    ))
}

/// Types one document.
struct Typist<'a, 'd> {
    document: &'a Document<'d>,
    ground: &'a Ground<'a>,
    money_unit: Option<MoneyUnit>,
    unread: Vec<(Option<usize>, usize)>,
    doubtful: Vec<Doubtful>,
    strays: Vec<Stray>,
    report: Report,
}

impl<'a, 'd> Typist<'a, 'd> {
    /// Returns the place of a range of the document's table.
    fn span(&self, range: Range<usize>) -> Span {
        Span::new(
            &self.document.path,
            range.start + self.document.offset..range.end + self.document.offset,
        )
    }

    /// Returns a range of the document's table as a range of the file.
    fn range(&self, range: Range<usize>) -> Range<u32> {
        let span = self.span(range);
        span.start..span.end
    }

    /// Reports something at a place.
    fn report(&mut self, code: Code, range: Range<usize>, message: Phrase) {
        let span = self.span(range);
        self.report.push(Finding::new(code, span, message));
    }

    /// Reads the record.
    fn record(&mut self) -> Option<Record> {
        let document = self.document;
        let table = &document.table;
        let Some(kind_index) = kind_of(document, self.ground.schema, &mut self.report) else {
            self.stray_all();
            return None;
        };
        let kind = &self.ground.schema.kinds[kind_index];
        let Some((id, id_range)) = self.id() else {
            self.stray_all();
            return None;
        };
        self.money_unit = self.money_unit();
        let mut record = Record {
            kind: kind_index,
            id,
            path: Arc::clone(&document.path),
            id_range: self.range(id_range),
            cells: Vec::with_capacity(table.len()),
            tables: Vec::new(),
            unread: Vec::new(),
            doubtful: Vec::new(),
            body: None,
            accepted: self.accepted(),
            aliases: self.aliases(),
            draft: self.is_draft(),
        };
        for (key, node) in table {
            let name = &**key.get_ref();
            if let Some((index, field)) = kind.field(name) {
                record.cells.extend(self.cell((None, index), field, node));
            } else if let Some((index, table)) = kind.table(name) {
                record.tables.extend(self.rows(index, table, node));
            } else if !OWN_KEYS.contains(&name) {
                self.stray_key(name);
                self.stray(&Phrase::default(), None, node);
                self.doubt(None, node);
                let known = kind
                    .fields
                    .iter()
                    .map(|field| field.key.as_str())
                    .chain(kind.tables.iter().map(|table| table.key.as_str()))
                    .chain(OWN_KEYS);
                self.unknown_field(name, key.span(), kind, known);
            }
        }
        self.missing(kind, &record);
        record.body = self.body(kind);
        record.unread = std::mem::take(&mut self.unread);
        record.doubtful = std::mem::take(&mut self.doubtful);
        Some(record)
    }

    /// Keeps every text of a file that is no record.
    fn stray_all(&mut self) {
        let document = self.document;
        for (key, node) in &document.table {
            // An id in the wrong quotes is still what its file is called, and no secret.
            if *key.get_ref() == "id" && own::is_plain_id(node.get_ref()) {
                continue;
            }
            self.stray_key(key.get_ref());
            self.stray(&Phrase::default(), None, node);
        }
        self.stray_body();
    }

    /// Keeps the prose of a file that may carry none.
    fn stray_body(&mut self) {
        if let Some((_, prose)) = self.document.body {
            self.keep(&Phrase::new("正文", "text"), None, prose);
        }
    }

    /// Keeps a key that is no name of a field: a value may have slipped out of its quotes.
    fn stray_key(&mut self, key: &str) {
        if quotable(key).is_none() {
            self.keep(&Phrase::default(), None, key);
        }
    }

    /// Keeps a text that found no place.
    fn keep(&mut self, label: &Phrase, class: Option<Class>, text: &str) {
        let path = Arc::clone(&self.document.path);
        self.strays.push(Stray { path, label: label.clone(), class, text: text.into() });
    }

    /// Keeps the texts of a value that found no place.
    fn stray(&mut self, label: &Phrase, class: Option<Class>, node: &Node<'d>) {
        let text = match node.get_ref() {
            DeValue::String(text) => text,
            DeValue::Integer(number) => number.as_str(),
            DeValue::Float(number) => number.as_str(),
            DeValue::Array(array) => {
                array.iter().for_each(|element| self.stray(label, class, element));
                return;
            }
            DeValue::Table(table) => {
                for (key, node) in table {
                    self.stray_key(key.get_ref());
                    self.stray(label, class, node);
                }
                return;
            }
            DeValue::Boolean(_) | DeValue::Datetime(_) => return,
        };
        self.keep(label, class, text);
    }

    /// Returns the id and where it stands.
    fn id(&mut self) -> Option<(Box<str>, Range<usize>)> {
        let Some(node) = get(&self.document.table, "id") else {
            let message = Phrase::new("记录没有编号 id", "the record has no id");
            let help = Phrase::new(
                "写一行 id = \"…\",在同类记录里不重复,以后不再改",
                "write a line id = \"…\", unique among its kind and never changed later",
            );
            let span = Span::whole(&self.document.path);
            self.report.push(Finding::new(MISSING_ID, span, message).help(help));
            return None;
        };
        match node.get_ref() {
            DeValue::String(id) if own::is_id(id) => Some((id.as_ref().into(), node.span())),
            DeValue::String(_) => {
                let message = Phrase::new(
                    "编号只能有文字、数字、连字符、下划线和点,不超过80个字",
                    "an id has letters, digits, hyphens, underscores and dots only, at most 80 of them",
                );
                self.report(BAD_ID, node.span(), message);
                None
            }
            _ => {
                let message = Phrase::new("编号没有加引号", "the id has no quotes");
                let help = Phrase::new(
                    "两头加英文半角引号,例如 id = \"2025-01\"",
                    "put plain quotation marks around it, as in id = \"2025-01\"",
                );
                let span = self.span(node.span());
                self.report.push(Finding::new(BAD_ID, span, message).help(help));
                None
            }
        }
    }

    /// Returns the unit that the record declares for bare amounts.
    fn money_unit(&mut self) -> Option<MoneyUnit> {
        let node = get(&self.document.table, "money_unit")?;
        let unit = match node.get_ref() {
            DeValue::String(name) => MoneyUnit::named(name),
            _ => None,
        };
        if unit.is_none() {
            let message =
                Phrase::new("money_unit 只能是 元、万元 或 亿元", "money_unit is 元, 万元 or 亿元");
            self.report(UNKNOWN_UNIT, node.span(), message);
        }
        unit
    }

    /// Returns the findings that the record accepts.
    fn accepted(&mut self) -> Vec<Accepted> {
        let Some(node) = get(&self.document.table, "accepted") else {
            return Vec::new();
        };
        let elements: Vec<&Node<'d>> = match node.get_ref() {
            DeValue::Array(array) => array.iter().collect(),
            _ => vec![node],
        };
        let mut accepted = Vec::new();
        for element in elements {
            let texts = match element.get_ref() {
                DeValue::Table(table) => (text_under(table, "code"), text_under(table, "reason")),
                _ => (None, None),
            };
            match texts {
                (Some(code), Some(reason))
                    if Code::named(code).is_some() && !reason.trim().is_empty() =>
                {
                    let range = self.range(element.span());
                    accepted.push(Accepted { code: code.into(), reason: reason.into(), range });
                }
                (Some(code), Some(_)) if Code::named(code).is_none() => {
                    let message = Phrase::new(
                        "没有这个代码的问题;运行 mingbai explain 可以看到全部代码",
                        "there is no finding with this code; `mingbai explain` lists them all",
                    );
                    self.report(WRONG_TYPE, element.span(), message);
                }
                _ => {
                    self.stray(&Phrase::default(), None, element);
                    let message = Phrase::new(
                        "accepted 要写成 [{ code = \"…\", reason = \"…\" }],两项都要有",
                        "accepted is written as [{ code = \"…\", reason = \"…\" }], with both",
                    );
                    self.report(WRONG_TYPE, element.span(), message);
                }
            }
        }
        accepted
    }

    /// Reads the value of a field.
    fn cell(
        &mut self,
        (table, index): (Option<usize>, usize),
        field: &FieldDef,
        node: &Node<'d>,
    ) -> Option<Cell> {
        let mut values = Vec::new();
        let mut each = Vec::new();
        match node.get_ref() {
            DeValue::Array(array) if field.many => {
                for element in array {
                    if let Some(value) = self.value(field, element) {
                        values.push(value);
                        each.push(self.range(element.span()));
                    }
                }
            }
            _ => values.extend(self.value(field, node)),
        }
        let wanted = match node.get_ref() {
            DeValue::Array(array) if field.many => array.len(),
            _ => 1,
        };
        if values.len() < wanted {
            self.unread.push((table, index));
        }
        (!values.is_empty()).then(|| Cell {
            field: index,
            range: self.range(node.span()),
            each,
            values,
        })
    }

    /// Reads one value.
    fn value(&mut self, field: &FieldDef, node: &Node<'d>) -> Option<Value> {
        let when;
        let raw = match node.get_ref() {
            DeValue::String(text) => Raw::Text(text),
            DeValue::Integer(number) => Raw::Number(number.as_str()),
            DeValue::Float(number) => Raw::Number(number.as_str()),
            DeValue::Boolean(flag) => Raw::Flag(*flag),
            DeValue::Datetime(datetime) => {
                when = datetime.to_string();
                Raw::When(&when)
            }
            DeValue::Array(_) => Raw::List,
            DeValue::Table(_) => Raw::Table,
        };
        let Ground { places, files, .. } = self.ground;
        let reading = Reading { field, money_unit: self.money_unit, places, files };
        match field::read(raw, &reading) {
            Ok(value) => Some(value),
            Err(fault) => {
                if field.class != Some(Class::Public) {
                    self.stray(&field.label, field.class, node);
                    self.doubt(field.class, node);
                }
                let label = &field.label;
                let message = Phrase::new(
                    format!("{}:{}", label.zh, fault.message.zh),
                    format!("{}: {}", label.en, fault.message.en),
                );
                let mut finding = Finding::new(fault.code, self.span(node.span()), message);
                finding.help.extend(fault.help);
                self.report.push(finding);
                None
            }
        }
    }

    /// Reads the rows of a table.
    fn rows(&mut self, index: usize, table: &TableDef, node: &Node<'d>) -> Option<Rows> {
        let DeValue::Array(array) = node.get_ref() else {
            self.stray(&table.label, None, node);
            let message = Phrase::new(
                format!("{}要写成一串 {{ … }},一行一条", table.label.zh),
                format!("{} is written as a list of {{ … }}, one a line", table.label.en),
            );
            self.report(WRONG_TYPE, node.span(), message);
            return None;
        };
        let mut rows = Vec::with_capacity(array.len());
        for element in array {
            match element.get_ref() {
                DeValue::Table(row) => rows.push(self.row((index, table), row, element.span())),
                _ => {
                    self.stray(&table.label, None, element);
                    let message = Phrase::new("这一条要写成 { … }", "this row is written as { … }");
                    self.report(WRONG_TYPE, element.span(), message);
                }
            }
        }
        Some(Rows { table: index, rows })
    }

    /// Reads one row.
    fn row(
        &mut self,
        (at, table): (usize, &TableDef),
        row: &DeTable<'d>,
        range: Range<usize>,
    ) -> Row {
        let mut cells = Vec::with_capacity(row.len());
        let outer = std::mem::take(&mut self.doubtful);
        for (key, node) in row {
            let name = &**key.get_ref();
            match table.field(name) {
                Some((index, field)) => cells.extend(self.cell((Some(at), index), field, node)),
                None => {
                    self.stray_key(name);
                    self.stray(&table.label, None, node);
                    self.doubt(None, node);
                    let label = &table.label;
                    let message = quotable(name).map_or_else(
                        || {
                            Phrase::new(
                                format!("“{}”里有一个没有登记的键", label.zh),
                                format!("an unknown key in {}", label.en),
                            )
                        },
                        |name| {
                            Phrase::new(
                                format!("“{}”里没有 `{name}` 这一列", label.zh),
                                format!("unknown column `{name}` in {}", label.en),
                            )
                        },
                    );
                    self.not_declared(
                        name,
                        key.span(),
                        message,
                        table.fields.iter().map(|field| field.key.as_str()),
                    );
                }
            }
        }
        for (index, field) in table.fields.iter().enumerate().filter(|(_, field)| field.required) {
            let there = row.iter().any(|(key, _)| *key.get_ref() == field.key);
            if !there && !cells.iter().any(|cell| cell.field == index) {
                let message = Phrase::new(
                    format!("这一条缺少“{}” `{}`", field.label.zh, field.key),
                    format!("this row lacks {} `{}`", field.label.en, field.key),
                );
                let span = self.span(range.clone());
                self.report
                    .push(Finding::new(MISSING_FIELD, span, message).help(field.help.clone()));
            }
        }
        let doubtful = std::mem::replace(&mut self.doubtful, outer);
        Row { range: self.range(range), cells, doubtful }
    }

    /// Keeps a text that may say how old a person is.
    fn doubt(&mut self, class: Option<Class>, node: &Node<'d>) {
        let text = match node.get_ref() {
            DeValue::String(text) => text.to_string(),
            DeValue::Integer(number) => number.as_str().to_owned(),
            DeValue::Float(number) => number.as_str().to_owned(),
            DeValue::Datetime(datetime) => datetime.to_string(),
            DeValue::Boolean(_) | DeValue::Array(_) | DeValue::Table(_) => return,
        };
        self.doubtful.push(Doubtful { class, text: text.into() });
    }

    /// Reports a field that the kind does not have.
    fn unknown_field<'k>(
        &mut self,
        name: &str,
        range: Range<usize>,
        kind: &Kind,
        known: impl IntoIterator<Item = &'k str>,
    ) {
        let label = &kind.label;
        let message = quotable(name).map_or_else(
            || {
                Phrase::new(
                    format!("“{}”里有一个没有登记的键", label.zh),
                    format!("an unknown key in {}", label.en),
                )
            },
            |name| {
                Phrase::new(
                    format!("“{}”没有 `{name}` 这个字段", label.zh),
                    format!("unknown field `{name}` in {}", label.en),
                )
            },
        );
        self.not_declared(name, range, message, known);
    }

    /// Reports a key that is not declared, with the nearest that is.
    fn not_declared<'k>(
        &mut self,
        name: &str,
        range: Range<usize>,
        message: Phrase,
        known: impl IntoIterator<Item = &'k str>,
    ) {
        let help = nearest(name, known).map_or_else(
            || {
                Phrase::new(
                    "没有登记的内容不会公开;改成已有的字段,或者删掉",
                    "what is not declared is never published; use a declared field or remove it",
                )
            },
            |near| Phrase::new(format!("是不是 `{near}`?"), format!("did you mean `{near}`?")),
        );
        let span = self.span(range);
        self.report.push(Finding::new(UNKNOWN_FIELD, span, message).help(help));
    }

    /// Reports required elements that the file does not have at all.
    fn missing(&mut self, kind: &Kind, record: &Record) {
        let there = |key: &str| get(&self.document.table, key).is_some();
        let fields = kind
            .fields
            .iter()
            .filter(|field| field.required)
            .map(|field| (&field.key, &field.label, Some(&field.help)));
        let tables = kind
            .tables
            .iter()
            .filter(|table| table.required)
            .map(|table| (&table.key, &table.label, None));
        let lacking: Vec<Finding> = fields
            .chain(tables)
            .filter(|(key, ..)| !there(key))
            .map(|(key, label, help)| {
                let message = Phrase::new(
                    format!("缺少必须公开的“{}” `{key}`", label.zh),
                    format!("{} `{key}` must be published and is missing", label.en),
                );
                let mut finding = Finding::new(MISSING_FIELD, record.id_span(), message);
                finding.help.extend(help.cloned());
                finding
            })
            .collect();
        for finding in lacking {
            self.report.push(finding);
        }
        self.demanded(kind, record);
    }

    /// Returns the prose, if the kind allows any.
    fn body(&mut self, kind: &Kind) -> Option<Box<str>> {
        let (start, prose) = self.document.body?;
        if kind.body.is_some() {
            return Some(prose.into());
        }
        self.stray_body();
        let message = Phrase::new(
            format!("“{}”不带正文", kind.label.zh),
            format!("{} carries no prose", kind.label.en),
        );
        let blank = prose.len() - prose.trim_start().len();
        let first = prose[blank..].lines().next().map_or(1, str::len);
        let span = Span::new(&self.document.path, start + blank..start + blank + first);
        self.report.push(Finding::new(UNEXPECTED_BODY, span, message));
        None
    }
}

/// Returns the index of a document's kind.
pub(in crate::records) fn kind_of(
    document: &Document<'_>,
    schema: &Schema,
    report: &mut Report,
) -> Option<usize> {
    let (name, span) = match get(&document.table, "kind") {
        Some(node) => {
            let range = node.span();
            let span = Span::new(
                &document.path,
                range.start + document.offset..range.end + document.offset,
            );
            let DeValue::String(name) = node.get_ref() else {
                let message = Phrase::new(
                    "`kind` 要填引号里的类名",
                    "`kind` must be the name of a kind in quotes",
                );
                report.push(Finding::new(UNKNOWN_KIND, span, message));
                return None;
            };
            (&**name, span)
        }
        None => {
            let Some((folder, _)) = document.path.split_once('/') else {
                let message = Phrase::new(
                    "文件不在任何一类的文件夹里",
                    "the file lies in the folder of no kind",
                );
                let help = Phrase::new(
                    "把它移进某一类的文件夹,或者写一行 kind = \"…\"",
                    "move it into the folder of a kind, or write a line kind = \"…\"",
                );
                report.push(
                    Finding::new(UNKNOWN_KIND, Span::whole(&document.path), message).help(help),
                );
                return None;
            };
            (folder, Span::whole(&document.path))
        }
    };
    let found = schema.find(name);
    if found.is_none() {
        let names =
            schema.kinds().iter().flat_map(|kind| [kind.name.as_str(), kind.folder.as_str()]);
        let message = quotable(name).map_or_else(
            || Phrase::new("没有这一类记录", "unknown kind"),
            |name| Phrase::new(format!("不认识 `{name}` 这一类"), format!("unknown kind `{name}`")),
        );
        let meant = schema.meant(name);
        let help = meant.map(|kind| (kind, document.path.starts_with(name))).map(called);
        let help = help.or_else(|| nearest(name, names).map(did_you_mean));
        let help = help.unwrap_or_else(|| {
            Phrase::new(
                "把文件放进某一类的文件夹,或者写一行 kind = \"…\"",
                "put the file into the folder of a kind, or write a line kind = \"…\"",
            )
        });
        report.push(Finding::new(UNKNOWN_KIND, span, message).help(help));
    }
    found
}

/// Says under which name the program knows a kind that somebody called as people call it.
fn called((kind, folder): (&Kind, bool)) -> Phrase {
    let Kind { name, label, .. } = kind;
    if folder {
        let folder = &kind.folder;
        return Phrase::new(
            format!("“{}”的文件夹叫 {folder}:把文件夹改成这个名字", label.zh),
            format!("the folder of {} is {folder}; give it that name", label.en),
        );
    }
    Phrase::new(
        format!("“{}”写成 kind = \"{name}\"", label.zh),
        format!("write kind = \"{name}\" for {}", label.en),
    )
}

/// Asks whether a name that is near was meant.
fn did_you_mean(near: &str) -> Phrase {
    Phrase::new(format!("是不是 `{near}`?"), format!("did you mean `{near}`?"))
}

/// Returns the value under a key.
fn get<'t, 'd>(table: &'t DeTable<'d>, key: &str) -> Option<&'t Node<'d>> {
    table.iter().find(|(name, _)| *name.get_ref() == key).map(|(_, node)| node)
}

/// Returns the text under a key.
fn text_under<'t>(table: &'t DeTable<'_>, key: &str) -> Option<&'t str> {
    match get(table, key)?.get_ref() {
        DeValue::String(text) => Some(text),
        _ => None,
    }
}

/// Returns what of a document may be shown in a snippet: declared keys, and the values of fields
/// whose class is public.
pub(in crate::records) fn shown(document: &Document<'_>, schema: &Schema) -> Shown {
    let mut shown = Shown::default();
    let mut unheard = Report::default();
    let kind = kind_of(document, schema, &mut unheard).map(|index| &schema.kinds[index]);
    let allow = |shown: &mut Shown, range: Range<usize>| {
        shown.allow(&Span::new(
            &document.path,
            range.start + document.offset..range.end + document.offset,
        ));
    };
    let is_public =
        |field: Option<&FieldDef>| field.is_some_and(|field| field.class == Some(Class::Public));
    for (key, node) in &document.table {
        let name = &**key.get_ref();
        let table = kind.and_then(|kind| kind.table(name));
        let declared = table.is_some()
            || OWN_KEYS.contains(&name)
            || kind.is_some_and(|kind| kind.field(name).is_some())
            || quotable(name).is_some();
        if declared {
            allow(&mut shown, key.span());
        }
        if OWN_KEYS.contains(&name) && !["accepted", ALIASES].contains(&name)
            || is_public(kind.and_then(|kind| kind.field(name)).map(|(_, field)| field))
        {
            allow(&mut shown, node.span());
        } else if let (Some((_, table)), DeValue::Array(rows)) = (table, node.get_ref()) {
            for row in rows {
                if let DeValue::Table(cells) = row.get_ref() {
                    for (key, node) in cells {
                        if table.field(key.get_ref()).is_some() || quotable(key.get_ref()).is_some()
                        {
                            allow(&mut shown, key.span());
                        }
                        if is_public(table.field(key.get_ref()).map(|(_, field)| field)) {
                            allow(&mut shown, node.span());
                        }
                    }
                }
            }
        }
    }
    shown
}
