//! `mingbai new`: a register that builds at once, or a record with its fields laid out.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use include_dir::{Dir, include_dir};

use crate::cli::args::{Flag, Invocation};
use crate::cli::today::{self, AS_OF};
use crate::cli::{Command, Exit, place, term};
use crate::files::{Files, list};
use crate::output::emit::write_new;
use crate::records::schema::Part;
use crate::records::{self, FieldDef, Kind, Look, Role, Schema, TableDef};
use crate::text::{Day, Lang, Phrase, nearest};

/// The files of a new register.
static STARTER: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/starter");

/// How many columns a row begins with when none is needed.
const FEW: usize = 4;

/// How long the notice of a new register hangs after its first day.
const NOTICE_DAYS: i32 = 13;

/// The command.
pub(crate) struct New;

impl Command for New {
    fn name(&self) -> &'static str {
        "new"
    }

    fn operands(&self) -> &'static str {
        "DIR | KIND ID"
    }

    fn about(&self) -> Phrase {
        Phrase::new(
            "新建一个台账,或在台账里新建一条记录",
            "makes a register, or a record in a register",
        )
    }

    fn flags(&self) -> &'static [Flag] {
        const FLAGS: &[Flag] = &[
            AS_OF,
            Flag {
                name: "dir",
                value: "DIR",
                zh: "记录放进哪个台账",
                en: "the register the record goes into",
            },
        ];
        FLAGS
    }

    fn run(&self, invocation: &Invocation) -> Result<Exit> {
        let (day, _) = today::as_of(invocation)?;
        match invocation.operands.as_slice() {
            [kind] if is_kind(invocation, kind)? => match invocation.lang {
                Lang::Zh => bail!("还要写编号,例如 mingbai new {kind} {}-01", day.year()),
                Lang::En => bail!("an id is missing, as in `mingbai new {kind} {}-01`", day.year()),
            },
            [dir] => register(Path::new(dir), day, invocation.lang)?,
            [kind, id] => record(invocation, kind, id, day)?,
            _ => match invocation.lang {
                Lang::Zh => bail!("用法: mingbai new 文件夹,或 mingbai new 类 编号"),
                Lang::En => bail!("usage: mingbai new DIR, or mingbai new KIND ID"),
            },
        }
        Ok(Exit::Good)
    }
}

/// Returns whether a word names a kind of the register one stands in.
fn is_kind(invocation: &Invocation, word: &str) -> Result<bool> {
    let dir = invocation.value("dir").unwrap_or(".");
    let Ok(ground) = place::find_in(dir, invocation.lang) else {
        return Ok(false);
    };
    let schema = records::schema_of(&Files::read(&ground.content)?);
    Ok(schema.meant(word).is_some())
}

/// Writes a new register.
fn register(dir: &Path, day: Day, lang: Lang) -> Result<()> {
    if !list(dir)?.is_empty() {
        let dir = dir.display();
        match lang {
            Lang::Zh => bail!("{dir} 里已经有文件了;换一个名字,或先清空它"),
            Lang::En => bail!("{dir} is not empty; choose another name or empty it first"),
        }
    }
    let mut files = Vec::new();
    gather(&STARTER, &mut files);
    for (path, text) in files {
        let text = text
            .replace("{YEAR}", &day.year().to_string())
            .replace("{TODAY}", &day.to_string())
            .replace("{END}", &day.plus_days(NOTICE_DAYS).to_string());
        let path = if path == "gitignore" { ".gitignore".to_owned() } else { dated(path, day) };
        write_new(&dir.join(path), text.as_bytes(), lang)?;
    }
    let dir = dir.display();
    term::say(&match lang {
        Lang::Zh => format!(
            "台账建好了:{dir}\n  cd {dir}\n  mingbai serve    在浏览器里看\n  mingbai build    生成网站\n先把 content/site.toml 和 content/places.toml 改成自己的单位和地点。\n"
        ),
        Lang::En => format!(
            "The register is ready: {dir}\n  cd {dir}\n  mingbai serve    to see it in a browser\n  mingbai build    to build the site\nBegin with content/site.toml and content/places.toml.\n"
        ),
    });
    Ok(())
}

/// Returns the path of a starter file, with the year's folder in it for records.
fn dated(path: &str, day: Day) -> String {
    match path.rsplit_once('/') {
        Some((folder, name)) if folder != place::CONTENT => {
            format!("{folder}/{}/{name}", day.year())
        }
        _ => path.to_owned(),
    }
}

/// Lists the files of an embedded folder with their texts.
fn gather(dir: &'static Dir<'static>, files: &mut Vec<(&'static str, &'static str)>) {
    for file in dir.files() {
        if let (Some(path), Some(text)) = (file.path().to_str(), file.contents_utf8()) {
            files.push((path, text));
        }
    }
    for inner in dir.dirs() {
        gather(inner, files);
    }
}

/// Returns what to say when there is no such kind.
pub(crate) fn no_such_kind(schema: &Schema, name: &str) -> Phrase {
    let kinds = || schema.kinds().iter();
    let labels = kinds().map(|kind| kind.label.zh.as_str());
    let some: Vec<String> = kinds()
        .filter(|kind| name.chars().count() > 1 && kind.label.zh.contains(name))
        .map(|kind| format!("{}({})", kind.name, kind.label.zh))
        .collect();
    let near = nearest(name, kinds().map(|kind| kind.name.as_str())).or_else(|| {
        nearest(name, labels).and_then(|label| schema.meant(label)).map(|kind| kind.name.as_str())
    });
    match (some.is_empty(), near) {
        (false, _) => {
            let some = some.join("、");
            Phrase::new(
                format!("“{name}”可能指好几类,写清楚是哪一类:{some}"),
                format!("{name} may be several kinds, name one: {some}"),
            )
        }
        (true, Some(near)) => Phrase::new(
            format!("没有 {name} 这一类;是不是 {near}?"),
            format!("there is no kind {name}; did you mean {near}?"),
        ),
        (true, None) => Phrase::new(
            format!("没有 {name} 这一类;mingbai schema 列出全部的类"),
            format!("there is no kind {name}; `mingbai schema` lists them all"),
        ),
    }
}

/// Writes a new record with every field of its kind, the required ones to be filled in.
fn record(invocation: &Invocation, name: &str, id: &str, day: Day) -> Result<()> {
    let lang = invocation.lang;
    let ground = place::find_in(invocation.value("dir").unwrap_or("."), lang)?;
    let files = Files::read(&ground.content)?;
    let opened = records::open(&files, &Look::default());
    let schema = opened.schema();
    let Some(kind) = schema.meant(name) else {
        bail!("{}", no_such_kind(schema, name).text(lang));
    };
    let plain = |letter: char| letter.is_alphanumeric() || "-_.".contains(letter);
    if id.is_empty() || !id.chars().all(plain) || id.starts_with('.') {
        match lang {
            Lang::Zh => bail!("编号只能有文字、数字、连字符、下划线和点"),
            Lang::En => bail!("an id has letters, digits, hyphens, underscores and dots only"),
        }
    }
    if opened.has(&format!("{}/{id}", kind.name)) {
        match lang {
            Lang::Zh => bail!("“{}”里已经有编号 {id} 的记录了;换一个编号", kind.label.zh),
            Lang::En => bail!("there is a {} {id} already; choose another id", kind.name),
        }
    }
    let fields = fields(kind, id, &opened.site().place, day);
    let (text, ending) =
        if kind.body.is_some() { (format!("+++\n{fields}+++\n"), "md") } else { (fields, "toml") };
    let path: PathBuf =
        [kind.folder.as_str(), &day.year().to_string(), &format!("{id}.{ending}")].iter().collect();
    let path = ground.content.join(path);
    write_new(&path, text.as_bytes(), lang)?;
    let path = path.display();
    term::say(&match lang {
        Lang::Zh => format!("建好了:{path}\n填好必填的各项,去掉不用的行,再运行 mingbai check。\n"),
        Lang::En => format!(
            "Made: {path}\nFill in what is required, remove what you do not need, then run mingbai check.\n"
        ),
    });
    Ok(())
}

/// Returns the fields of a new record, each with its help.
fn fields(kind: &Kind, id: &str, own_place: &str, day: Day) -> String {
    let purpose =
        if kind.purpose.zh.is_empty() { String::new() } else { format!(":{}", kind.purpose.zh) };
    let mut text = format!("# {}{purpose}\n", kind.label.zh);
    line(&mut text, &format!("id = {}", toml::Value::String(id.to_owned())));
    for field in &kind.fields {
        let must = if field.required { "(必填)" } else { "" };
        line(&mut text, &format!("\n# {}{must}:{}", field.label.zh, field.help.zh));
        if !field.choices.is_empty() {
            let choices = field.choices.iter();
            let choices: Vec<String> =
                choices.map(|choice| format!("{}({})", choice.value, choice.label.zh)).collect();
            line(&mut text, &format!("# 可选:{}", choices.join("、")));
        }
        let off = if field.required { "" } else { "# " };
        line(&mut text, &format!("{off}{} = {}", field.key, example(field, own_place, day)));
    }
    for table in &kind.tables {
        table_lines(&mut text, (kind, table), own_place, day);
    }
    text
}

/// Lays out a table: a row with the columns that every row needs, and the names of the others.
fn table_lines(text: &mut String, (kind, table): (&Kind, &TableDef), own_place: &str, day: Day) {
    line(text, &format!("\n# {}:一行一条", table.label.zh));
    let off = if table.required { "" } else { "# " };
    // What the sums of the kind are made of is needed, too, whether or not the law demands it.
    let summed = |key: &str| {
        let parts = kind.equations.iter().flat_map(|sum| sum.plus.iter().chain(&sum.minus));
        let column = Part::Column(table.key.clone(), key.to_owned());
        parts.into_iter().any(|part| *part == column)
    };
    let wanted = |field: &&FieldDef| field.required || summed(&field.key);
    let mut some: Vec<&FieldDef> = table.fields.iter().filter(wanted).collect();
    if some.is_empty() {
        some = table.fields.iter().take(FEW).collect();
    }
    let cells: Vec<String> = some
        .iter()
        .map(|field| format!("{} = {}", field.key, cell_example(field, own_place, day)))
        .collect();
    line(text, &format!("{off}{} = [\n{off}  {{ {} }},\n{off}]", table.key, cells.join(", ")));
    let others = table.fields.iter().filter(|field| !some.iter().any(|one| one.key == field.key));
    let others: Vec<String> =
        others.map(|field| format!("{}({})", field.key, field.label.zh)).collect();
    if !others.is_empty() {
        line(text, &format!("# 还可以写的列:{}", others.join("、")));
    }
}

/// Returns what stands in a cell to start with: what one household gets is said in 元.
fn cell_example(field: &FieldDef, own_place: &str, day: Day) -> String {
    match (field.type_name(), &field.unit) {
        ("money", None) => "\"……元\"".to_owned(),
        _ => example(field, own_place, day),
    }
}

/// Returns what stands in a field to start with.
fn example(field: &FieldDef, own_place: &str, day: Day) -> String {
    match (field.role, field.type_name()) {
        (Some(Role::Place), _) => toml::Value::String(own_place.to_owned()).to_string(),
        (_, "date") => day.to_string(),
        (Some(Role::NoticePeriod), _) => format!("\"{day}/{}\"", day.plus_days(NOTICE_DAYS)),
        (Some(Role::Year), _) => format!("\"{}\"", day.year()),
        _ => field.example(),
    }
}

/// Adds a line.
fn line(text: &mut String, words: &str) {
    // Writing to a string cannot fail.
    let _always_ok = writeln!(text, "{words}");
}
