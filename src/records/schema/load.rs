//! Loads the schema: the built-in kinds, then the register's own on top, field by field.

use std::collections::BTreeMap;
use std::sync::Arc;

use include_dir::{Dir, include_dir};
use serde::Deserialize;
use toml::de::{DeTable, DeValue};
use toml::{Table, Value};

use crate::diag::code::{KIND_FAULT, UNCLASSED_FIELD};
use crate::diag::{Finding, Report, Span};
use crate::files::Files;
use crate::records::schema::catalogue::CatalogueFile;
use crate::records::schema::kind_file::{EquationFile, FieldFile, KindFile, TableFile};
use crate::records::schema::policy::{Policy, Presets, Rules};
use crate::records::schema::shortcode::ShortcodesFile;
use crate::records::schema::{
    Audience, BodyDef, Class, Equation, FieldDef, Kind, Meaning, Overview, Part, Question, Role,
    Schema, Section, TableDef, Term, Treatment, field, pattern,
};
use crate::syntax::{self, quotable};
use crate::text::{Phrase, nearest};

/// The built-in data.
static BUILT_IN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/records/schema");

/// The folder of a register's own kinds.
pub(in crate::records) const KINDS_FOLDER: &str = "kinds/";

/// The register's additions to the table of holidays.
pub(in crate::records) const HOLIDAYS_FILE: &str = "holidays.toml";

/// Loads the schema of a register.
pub(in crate::records) fn load(files: &Files, report: &mut Report) -> Schema {
    let mut sources = built_in_kinds();
    for (path, bytes) in files.iter() {
        let Some(name) =
            path.strip_prefix(KINDS_FOLDER).and_then(|name| name.strip_suffix(".toml"))
        else {
            continue;
        };
        let Some(text) = syntax::utf8(path, bytes, report) else {
            continue;
        };
        let before = report.findings().len();
        let spans = syntax::parse(path, text, 0, report);
        if report.findings().len() > before {
            continue;
        }
        let Ok(own) = text.parse::<Table>() else {
            report
                .push(fault(path, &Phrase::new("这个类文件读不出来", "this kind cannot be read")));
            continue;
        };
        let source = sources.entry(name.to_owned()).or_default();
        source.path = Some(Arc::clone(path));
        source.spans = Some(spans);
        merge(&mut source.table, own);
    }
    let sections = built_in::<SectionsFile>("sections.toml").section;
    let mut schema = Schema {
        kinds: Vec::new(),
        timetable: built_in::<TimetableFile>("timetable.toml").item,
        legend: built_in("legend.toml"),
        ages: built_in("ages.toml"),
        anonymity: built_in("anonymity.toml"),
        shortcodes: built_in::<ShortcodesFile>("shortcodes.toml").shortcode,
        catalogue: built_in::<CatalogueFile>("catalogues.toml").rows(),
        freshness: built_in("freshness.toml"),
        units: built_in("units.toml"),
        sections,
        ..Schema::default()
    };
    let groups = built_in::<Table>("groups.toml");
    let presets: Presets = built_in("policy.toml");
    for (name, source) in sources {
        let path = source.path.unwrap_or_else(|| Arc::from(format!("{KINDS_FOLDER}{name}.toml")));
        let mut maker = Maker { path: &path, spans: source.spans.as_ref(), report };
        if let Some(mut kind) = maker.kind(&name, source.table, &groups, &presets) {
            maker.cross_check(&kind, &schema.sections);
            maker.sentence(&mut kind);
            schema.kinds.push(kind);
        }
    }
    holidays(files, &mut schema, report);
    schema
}

/// Reads the holiday tables.
fn holidays(files: &Files, schema: &mut Schema, report: &mut Report) {
    schema.calendar.add(built_in_text(HOLIDAYS_FILE)).expect("the built-in table is tested");
    let path: Arc<str> = Arc::from(HOLIDAYS_FILE);
    let Some(text) =
        files.bytes(HOLIDAYS_FILE).and_then(|bytes| syntax::utf8(&path, bytes, report))
    else {
        return;
    };
    let before = report.findings().len();
    let _only_for_its_findings = syntax::parse(&path, text, 0, report);
    if report.findings().len() == before
        && let Err(words) = schema.calendar.add(text)
    {
        let words = unquoted(&words);
        let message = Phrase::new(
            "节假日表要有 year、holidays(每项有 from 和 to)、workdays",
            format!("the table of holidays cannot be read: {words}"),
        );
        report.push(fault(&path, &message));
    }
}

/// A kind's table and where it came from.
#[derive(Default)]
struct Source<'a> {
    table: Table,
    path: Option<Arc<str>>,
    spans: Option<DeTable<'a>>,
}

#[derive(Deserialize)]
struct SectionsFile {
    section: Vec<Section>,
}

#[derive(Deserialize)]
struct TimetableFile {
    item: Vec<crate::records::schema::TimetableItem>,
}

/// Returns the text of a built-in file.
fn built_in_text(name: &str) -> &'static str {
    BUILT_IN
        .get_file(name)
        .and_then(include_dir::File::contents_utf8)
        .expect("built-in files are embedded, which a test loads one by one")
}

/// Reads a built-in file.
fn built_in<T: for<'de> Deserialize<'de>>(name: &str) -> T {
    toml::from_str(built_in_text(name)).expect("built-in files are read by a test")
}

/// Returns the built-in kinds.
fn built_in_kinds<'a>() -> BTreeMap<String, Source<'a>> {
    let folder = BUILT_IN.get_dir("kinds").expect("the folder is embedded");
    folder
        .files()
        .filter_map(|file| {
            let name = file.path().file_stem()?.to_str()?.to_owned();
            let table = file.contents_utf8()?.parse().expect("built-in kinds are read by a test");
            Some((name, Source { table, path: None, spans: None }))
        })
        .collect()
}

/// Lays `own` over `base`, table by table.
fn merge(base: &mut Table, own: Table) {
    for (key, value) in own {
        match (base.get_mut(&key), value) {
            (Some(Value::Table(under)), Value::Table(over)) => merge(under, over),
            (_, value) => {
                base.insert(key, value);
            }
        }
    }
}

/// Makes a finding about a kind's file.
fn fault(path: &Arc<str>, message: &Phrase) -> Finding {
    Finding::new(KIND_FAULT, Span::whole(path), message.clone())
}

/// Makes kinds of one file, and reports its faults.
struct Maker<'a> {
    path: &'a Arc<str>,
    spans: Option<&'a DeTable<'a>>,
    report: &'a mut Report,
}

impl Maker<'_> {
    /// Reports a fault of the kind, at the key it is about.
    fn fault(&mut self, at: &str, zh: String, en: String) {
        let mut finding = fault(self.path, &Phrase::new(zh, en));
        finding.primary.span = self.locate(at);
        self.report.push(finding);
    }

    /// Returns where a key stands: `retention`, `legs` for a field, `rows.legs` for a column.
    fn locate(&self, at: &str) -> Span {
        let column = at.split_once('.');
        let ways: [Vec<&str>; 4] = [
            vec![at],
            vec!["fields", at],
            vec!["tables", at],
            column.map_or_else(Vec::new, |(table, column)| vec!["tables", table, "fields", column]),
        ];
        let found = self.spans.and_then(|spans| ways.iter().find_map(|way| key_range(spans, way)));
        found.map_or_else(|| Span::whole(self.path), |range| Span::new(self.path, range))
    }

    /// Reports that a name is not one of those known.
    fn unknown<'k>(&mut self, at: &str, name: &str, known: impl IntoIterator<Item = &'k str>) {
        let near = nearest(name, known);
        let guess = |before: &str, after: &str| {
            near.map_or(String::new(), |near| format!("{before}{near}{after}"))
        };
        let (zh, en) = (guess(";是不是 `", "`?"), guess("; did you mean `", "`?"));
        self.fault(
            at,
            format!("`{}` 里写的 `{}` 不认识{zh}", shown(at), shown(name)),
            format!("`{}` in `{}` is not known{en}", shown(name), shown(at)),
        );
    }

    /// Makes a kind of its table.
    fn kind(
        &mut self,
        name: &str,
        mut table: Table,
        groups: &Table,
        presets: &Presets,
    ) -> Option<Kind> {
        self.include(&mut table, groups);
        let file: KindFile = match Value::Table(table).try_into() {
            Ok(file) => file,
            Err(error) => {
                let words = unquoted(error.message());
                self.fault("", format!("类文件不完整或有多余的键({words})"), words);
                return None;
            }
        };
        let mut policy = BTreeMap::new();
        self.policy(&presets.rules(file.sensitive), &mut policy);
        self.policy(&file.policy, &mut policy);
        let deadline = self.term("deadline", file.deadline.as_deref());
        let notice_min = self.term("notice_min", file.notice_min.as_deref());
        if !["permanent", "notice-period"].contains(&file.retention.as_str()) {
            self.unknown("retention", &file.retention, ["permanent", "notice-period"]);
        }
        let equations = file.equations.into_iter().map(equation).collect();
        let tables = self.tables(file.tables);
        let off_the_web = !file.channels.web && tables.iter().any(TableDef::is_personal);
        Some(Kind {
            name: name.to_owned(),
            folder: file.folder.unwrap_or_else(|| name.to_owned()),
            label: file.label,
            purpose: file.purpose,
            section: file.section,
            families: file.families,
            catalogue: file.catalogue,
            basis: file.basis,
            deadline,
            notice_min,
            web: file.channels.web,
            board: file.channels.board,
            expires: file.retention == "notice-period",
            sensitive: file.sensitive,
            minors: file.minors,
            columns: file.columns,
            facets: file.facets,
            sentence: file.sentence,
            prose_titles: file.prose_titles,
            overview: self.overview(file.overview.as_deref()),
            answer_within: self.term("answer_within", file.answer_within.as_deref()),
            soon: self.term("soon", file.soon.as_deref()),
            date_order: file.date_order,
            equations,
            fields: self.fields(file.fields, ""),
            tables,
            body: file.body.map(|body| BodyDef {
                class: self.class("body", body.class.as_deref()),
                label: body.label,
            }),
            small_cells: file.small_cells.unwrap_or(off_the_web),
            lists: file.anonymity,
            policy,
        })
    }

    /// Puts the fields of the included groups before the kind's own.
    fn include(&mut self, table: &mut Table, groups: &Table) {
        let names: Vec<String> = match table.remove("include") {
            Some(Value::Array(names)) => {
                names.iter().filter_map(Value::as_str).map(str::to_owned).collect()
            }
            _ => Vec::new(),
        };
        let all = groups.get("groups").and_then(Value::as_table);
        let mut fields = Table::new();
        for name in names {
            let group = all.and_then(|all| all.get(&name)).and_then(|group| group.get("fields"));
            match group.and_then(Value::as_table) {
                Some(group) => merge(&mut fields, group.clone()),
                None => {
                    let known = all.into_iter().flat_map(Table::keys).map(String::as_str);
                    self.unknown("include", &name, known);
                }
            }
        }
        if let Some(Value::Table(own)) = table.remove("fields") {
            merge(&mut fields, own);
        }
        table.insert("fields".to_owned(), Value::Table(fields));
    }

    /// Adds the rules of a policy.
    fn policy(&mut self, rules: &Rules, policy: &mut Policy) {
        for (audience_name, rules) in rules {
            let audience = Audience::ALL.iter().find(|(_, name)| name == audience_name);
            let Some((audience, _)) = audience else {
                self.unknown("policy", audience_name, Audience::ALL.map(|(_, name)| name));
                continue;
            };
            for (class_name, treatment_name) in rules {
                let Some(class) = self.class("policy", Some(class_name)) else {
                    continue;
                };
                match Treatment::named(treatment_name) {
                    Some(treatment) if treatment.fits(class) => {
                        policy.insert((*audience, class), treatment);
                    }
                    Some(_) => self.fault(
                        "policy",
                        format!("`{class_name}` 不能用 `{treatment_name}`:未成年人的内容不能 show,brief 只用于姓名,band 只用于出生日期,token 只用于个人内容"),
                        format!("`{class_name}` cannot be `{treatment_name}`: what is about minors is never shown; brief is for names, band for birth dates, token for what is personal"),
                    ),
                    None => self.unknown(
                        "policy",
                        treatment_name,
                        Treatment::ALL.map(|(_, name)| name),
                    ),
                }
            }
        }
    }

    /// Reads the name of an overview.
    fn overview(&mut self, name: Option<&str>) -> Option<Overview> {
        let name = name?;
        let overview = Overview::named(name);
        if overview.is_none() {
            self.unknown("overview", name, Overview::ALL.map(|(_, name, _)| name));
        }
        overview
    }

    /// Reads a term.
    fn term(&mut self, key: &str, text: Option<&str>) -> Option<Term> {
        let text = text?;
        let term = Term::parse(text);
        if term.is_none() {
            self.fault(
                key,
                format!("`{key}` 要写成 \"10 days\"、\"20 working days\" 或 \"1 month\""),
                format!("`{key}` is written as \"10 days\", \"20 working days\" or \"1 month\""),
            );
        }
        term
    }

    /// Reads a class; without one the value will be withheld.
    fn class(&mut self, at: &str, name: Option<&str>) -> Option<Class> {
        let Some(name) = name else {
            let message = Phrase::new(
                format!("`{}` 没有写隐私类别 class,按不公开处理", shown(at)),
                format!("`{}` has no privacy class, so it is withheld", shown(at)),
            );
            let span = self.locate(at);
            self.report.push(Finding::new(UNCLASSED_FIELD, span, message).help(Phrase::new(
                "写上 class,例如 class = \"public\"",
                "write a class, such as class = \"public\"",
            )));
            return None;
        };
        let class = Class::named(name);
        if class.is_none() {
            self.unknown(at, name, Class::ALL.map(|(_, name)| name));
        }
        class
    }

    /// Makes fields of their tables.
    fn fields(&mut self, fields: Table, prefix: &str) -> Vec<FieldDef> {
        let mut made = Vec::with_capacity(fields.len());
        for (key, value) in fields {
            let at = format!("{prefix}{key}");
            match value.try_into::<FieldFile>() {
                Ok(file) => made.extend(self.field(key, file, &at)),
                Err(error) => {
                    let words = unquoted(error.message());
                    self.fault(
                        &at,
                        format!("字段 `{}` 不完整或有多余的键({words})", shown(&at)),
                        format!("field `{}`: {words}", shown(&at)),
                    );
                }
            }
        }
        made
    }

    /// Makes one field.
    fn field(&mut self, key: String, file: FieldFile, at: &str) -> Option<FieldDef> {
        let Some(field_type) = field::named(&file.field_type) else {
            self.unknown(at, &file.field_type, field::TYPES.iter().map(|known| known.name()));
            return None;
        };
        let role = file.role.as_deref().and_then(|name| {
            let role = Role::named(name);
            if role.is_none() {
                self.unknown(at, name, Role::ALL.iter().map(|(_, name)| *name));
            }
            role
        });
        if let Some(format) = &file.format
            && !field::is_code_format(format)
        {
            self.unknown(at, format, ["free"]);
        }
        let question = file.ask.as_deref().and_then(|name| {
            let question = Question::named(name);
            if question.is_none() {
                self.unknown(at, name, Question::ALL.map(|(_, name)| name));
            }
            question
        });
        for choice in &file.choices {
            if let Some(name) = choice.unknown_meaning() {
                self.unknown(at, name, Meaning::ALL.map(|(_, name)| name));
            }
        }
        Some(FieldDef {
            class: self.class(at, file.class.as_deref()),
            key,
            field_type,
            label: file.label,
            help: file.help,
            role,
            required: file.required,
            many: file.many,
            unit: file.unit,
            units: file.units,
            choices: file.choices.into_iter().map(super::kind_file::ChoiceFile::choice).collect(),
            to: file.to,
            format: file.format,
            keeps: file.keeps,
            aggregate: file.aggregate,
            sum: file.sum,
            numbers: file.numbers,
            ask: question.unwrap_or_else(|| Question::of_type(field_type.name())),
        })
    }

    /// Makes tables of their files.
    fn tables(&mut self, tables: Table) -> Vec<TableDef> {
        let mut made = Vec::with_capacity(tables.len());
        for (key, value) in tables {
            match value.try_into::<TableFile>() {
                Ok(file) => {
                    let prefix = format!("{key}.");
                    made.push(TableDef {
                        fields: self.fields(file.fields, &prefix),
                        key,
                        label: file.label,
                        required: file.required,
                        product: file.product,
                        subtotals: file.subtotals,
                    });
                }
                Err(error) => {
                    let words = unquoted(error.message());
                    self.fault(
                        &key,
                        format!("表 `{}` 不完整或有多余的键({words})", shown(&key)),
                        format!("table `{}`: {words}", shown(&key)),
                    );
                }
            }
        }
        made
    }

    /// Reports names that a kind uses and does not have.
    fn cross_check(&mut self, kind: &Kind, sections: &[Section]) {
        let fields = || kind.fields.iter().map(|field| field.key.as_str());
        let named = kind
            .columns
            .iter()
            .map(|name| ("columns", name))
            .chain(kind.facets.iter().map(|name| ("facets", name)))
            .chain(kind.date_order.iter().map(|name| ("date_order", name)))
            .chain(kind.equations.iter().map(|equation| ("equations", &equation.total)));
        for (at, name) in named {
            if kind.field(name).is_none() {
                self.unknown(at, name, fields());
            }
        }
        for field in &kind.fields {
            for name in field.choices.iter().flat_map(|choice| &choice.demands) {
                if kind.field(name).is_none() {
                    self.unknown(&field.key, name, fields());
                }
            }
        }
        for equation in &kind.equations {
            for part in equation.plus.iter().chain(&equation.minus) {
                self.part(kind, part);
            }
        }
        for name in &kind.lists.expected {
            let mut columns = kind.tables.iter().flat_map(|table| &table.fields);
            if !columns.any(|column| column.key == *name) {
                let known = kind.tables.iter().flat_map(|table| &table.fields);
                self.unknown("anonymity", name, known.map(|column| column.key.as_str()));
            }
        }
        for table in &kind.tables {
            self.table_names(kind, table);
        }
        let needed = Overview::ALL.iter().find(|(overview, ..)| Some(*overview) == kind.overview);
        for role in needed.map_or(&[][..], |(.., roles)| roles) {
            if kind.with_role(*role).is_none() {
                let role = role.name();
                self.fault(
                    "overview",
                    format!("这样的总览要有一个 role = \"{role}\" 的字段"),
                    format!("this overview needs a field with role = \"{role}\""),
                );
            }
        }
        if !sections.iter().any(|section| section.key == kind.section) {
            self.unknown(
                "section",
                &kind.section,
                sections.iter().map(|section| section.key.as_str()),
            );
        }
    }

    /// Reports a sentence with a bracket left open, and names in it that the kind does not have or that
    /// are about persons. What is wrong is said nowhere, also where faults do not end a build.
    fn sentence(&mut self, kind: &mut Kind) {
        let Some(sentence) = kind.sentence.take() else {
            return;
        };
        let before = self.report.findings().len();
        for words in [&sentence.zh, &sentence.en] {
            let Some(pieces) = pattern::pieces(words) else {
                self.fault(
                    "sentence",
                    "`sentence` 里的括号 { } 或 [ ] 没有成对".to_owned(),
                    "a bracket { } or [ ] in `sentence` is not closed".to_owned(),
                );
                continue;
            };
            for name in pattern::unknown(kind, &pieces) {
                self.unknown("sentence", name, kind.fields.iter().map(|field| field.key.as_str()));
            }
            for name in pattern::private(kind, &pieces) {
                // The table and its first column are enough to find it.
                let name = shown(name.split('+').next().unwrap_or(name));
                self.fault(
                    "sentence",
                    format!("`sentence` 里不能写 `{name}`:这一句也进订阅、开放数据和搜索,名单和个人的内容不能放进去;写户数、人数和合计"),
                    format!("`{name}` cannot stand in `sentence`, which also goes into feeds, open data and the search: nothing of lists or of one person does; name counts and totals"),
                );
            }
        }
        if self.report.findings().len() == before {
            kind.sentence = Some(sentence);
        }
    }

    /// Reports a part of a sum that the kind does not have.
    fn part(&mut self, kind: &Kind, part: &Part) {
        let known = match part {
            Part::Field(name) => kind.field(name).is_some(),
            Part::Rows(table) => kind.table(table).is_some(),
            Part::Column(table, column) => {
                kind.table(table).is_some_and(|(_, table)| table.field(column).is_some())
            }
        };
        if !known {
            let name = match part {
                Part::Field(name) => name.clone(),
                Part::Rows(table) => format!("{table}.#"),
                Part::Column(table, column) => format!("{table}.{column}"),
            };
            self.unknown("equations", &name, kind.fields.iter().map(|field| field.key.as_str()));
        }
    }

    /// Reports columns that a table's rules name and the table does not have.
    fn table_names(&mut self, kind: &Kind, table: &TableDef) {
        let columns = || table.fields.iter().map(|field| field.key.as_str());
        if let Some(product) = &table.product {
            for name in [&product.quantity, &product.standard, &product.amount] {
                // The standard may be one for the whole record.
                if table.field(name).is_none() && kind.field(name).is_none() {
                    self.unknown("product", name, columns());
                }
            }
        }
        if let Some(subtotals) = &table.subtotals {
            for name in [&subtotals.key, &subtotals.column] {
                if table.field(name).is_none() {
                    self.unknown("subtotals", name, columns());
                }
            }
            if kind.table(&subtotals.table).is_none() {
                self.unknown(
                    "subtotals",
                    &subtotals.table,
                    kind.tables.iter().map(|table| table.key.as_str()),
                );
            }
        }
    }
}

/// Returns where the key at the end of a way through tables stands.
fn key_range(table: &DeTable<'_>, way: &[&str]) -> Option<std::ops::Range<usize>> {
    let (first, rest) = way.split_first()?;
    let (key, node) = table.iter().find(|(key, _)| key.get_ref() == first)?;
    match (rest, node.get_ref()) {
        ([], _) => Some(key.span()),
        (rest, DeValue::Table(inner)) => key_range(inner, rest),
        _ => None,
    }
}

/// Returns a reader's words without the values it quotes: texts in quotes, numbers in backticks,
/// and names that are none of a field.
fn unquoted(words: &str) -> String {
    let mut kept = String::new();
    let mut rest = words.trim();
    while let Some(at) = rest.find(['"', '`']) {
        kept.push_str(&rest[..at]);
        let (mark, after) = rest[at..].split_at(1);
        let Some(end) = end_of_quote(after, mark) else {
            // What begins and does not end is a value to the end.
            rest = "";
            break;
        };
        let name = quotable(&after[..end]).filter(|_| mark == "`");
        kept.push_str(&name.map_or_else(|| "…".to_owned(), |name| format!("`{name}`")));
        rest = &after[end + 1..];
    }
    kept.push_str(rest);
    let plain = |letter: char| letter == '…' || letter.is_ascii();
    let few = |part: &str| part.chars().filter(char::is_ascii_digit).count() < 5;
    // A value that broke out of its quotes takes the whole sentence with it.
    let good = kept.split('`').step_by(2).all(|part| part.chars().all(plain) && few(part));
    if good { kept } else { "…".to_owned() }
}

/// Returns where a quotation ends; a backslash takes the next sign with it.
fn end_of_quote(text: &str, mark: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, letter) in text.char_indices() {
        if escaped {
            escaped = false;
        } else if letter == '\\' && mark == "\"" {
            escaped = true;
        } else if mark.starts_with(letter) {
            return Some(at);
        }
    }
    None
}

/// Returns a dotted name as it may stand in a message.
fn shown(name: &str) -> String {
    let parts =
        name.split('.').map(|part| if part == "#" { part } else { quotable(part).unwrap_or("…") });
    parts.collect::<Vec<_>>().join(".")
}

/// Makes a sum of its file.
fn equation(file: EquationFile) -> Equation {
    let label = file.label.unwrap_or_else(|| Phrase::new("各项相加", "the parts add up"));
    let parts = |names: Vec<String>| names.into_iter().map(part).collect();
    Equation { total: file.total, plus: parts(file.plus), minus: parts(file.minus), label }
}

/// Reads `field`, `table.column` or `table.#`.
fn part(name: String) -> Part {
    match name.split_once('.') {
        None => Part::Field(name),
        Some((table, "#")) => Part::Rows(table.to_owned()),
        Some((table, column)) => Part::Column(table.to_owned(), column.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::load;
    use crate::diag::Report;
    use crate::diag::code::KIND_FAULT;
    use crate::files::Files;

    #[test]
    fn built_in_kinds_have_no_fault() {
        let mut report = Report::default();
        let schema = load(&Files::default(), &mut report);
        let words: Vec<String> = report
            .findings()
            .iter()
            .map(|finding| format!("{}: {}", finding.primary.span.path, finding.message.en))
            .collect();
        assert_eq!(words, Vec::<String>::new());
        assert!(schema.kinds().len() >= 40, "{} kinds", schema.kinds().len());
    }

    #[test]
    fn kinds_are_meant_by_what_people_call_them() {
        let file = |label: &str| {
            format!("label = {{ zh = \"{label}\", en = \"{label}\" }}\nsection = \"data\"\n")
        };
        let files = Files::of([
            ("kinds/wombat.toml", file("袋熊登记") + "folder = \"wombats\"\n"),
            ("kinds/kiwi.toml", file("鹬鸵登记")),
        ]);
        let schema = load(&files, &mut Report::default());
        let meant = |word: &str| schema.meant(word).map(|kind| kind.name.as_str());
        for word in ["wombat", "wombats", "袋熊登记", "袋熊"] {
            assert_eq!(meant(word), Some("wombat"), "{word}");
        }
        // Two have it, one sign is no word, and nobody has the last.
        assert_eq!([meant("登记"), meant("熊"), meant("袋鼠")], [None; 3]);
    }

    #[test]
    fn no_sentence_names_what_is_about_one_person() {
        let sentence = |name: &str| {
            let kind = format!(
                "sentence = {{ zh = \"发了{{total}}[:{{{name}}}]。\", en = \"{{total}}.\" }}\n\
                [fields.head]\ntype = \"text\"\nclass = \"person-name\"\nlabel = {{ zh = \"户主\", en = \"Head\" }}\n\
                [fields.note]\ntype = \"text\"\nclass = \"free-text\"\nlabel = {{ zh = \"注\", en = \"Note\" }}\n\
                [fields.memo]\ntype = \"text\"\nclass = \"internal\"\nlabel = {{ zh = \"记\", en = \"Memo\" }}\n\
                [tables.items]\nlabel = {{ zh = \"物\", en = \"Items\" }}\n\
                [tables.items.fields.item]\ntype = \"text\"\nclass = \"public\"\nlabel = {{ zh = \"物\", en = \"Item\" }}\n\
                [tables.items.fields.why]\ntype = \"text\"\nclass = \"free-text\"\nlabel = {{ zh = \"因\", en = \"Why\" }}\n"
            );
            let mut report = Report::default();
            let schema = load(&Files::of([("kinds/grant.toml", kind)]), &mut report);
            let kept = schema.find("grant").is_some_and(|at| schema.kinds()[at].sentence.is_some());
            let codes: Vec<&str> =
                report.findings().iter().map(|finding| finding.code.name()).collect();
            (codes, kept)
        };
        for good in ["households", "note", "items.item"] {
            assert_eq!(sentence(good), (Vec::new(), true), "{good}");
        }
        for bad in ["entries.name+amount", "entries.amount", "head", "memo", "items.item+why"] {
            assert_eq!(sentence(bad), (vec!["kind-fault"], false), "{bad}");
        }
    }

    #[test]
    fn a_register_changes_one_field_of_a_kind() {
        let files = Files::of([(
            "kinds/wombat.toml",
            "label = { zh = \"袋熊\", en = \"Wombat\" }\nsection = \"data\"\ninclude = [\"base\"]\n[fields.legs]\ntype = \"nummer\"\nlabel = { zh = \"腿\", en = \"Legs\" }\nclass = \"public\"\n",
        )]);
        let mut report = Report::default();
        let schema = load(&files, &mut report);
        assert!(schema.find("wombat").is_some());
        let faults: Vec<&str> = report
            .findings()
            .iter()
            .filter(|finding| finding.code == KIND_FAULT)
            .map(|finding| finding.message.en.as_str())
            .collect();
        assert_eq!(faults, ["`nummer` in `legs` is not known; did you mean `number`?"]);
    }
}
