//! `mingbai schema`: JSON Schema of a kind, for editors and other programs.

use anyhow::{Context as _, Result, bail};

use crate::cli::args::{Flag, Invocation};
use crate::cli::new::no_such_kind;
use crate::cli::{Command, Exit, place, term};
use crate::files::Files;
use crate::records;
use crate::text::Phrase;

/// The command.
pub(crate) struct SchemaCommand;

impl Command for SchemaCommand {
    fn name(&self) -> &'static str {
        "schema"
    }

    fn operands(&self) -> &'static str {
        "[KIND]"
    }

    fn about(&self) -> Phrase {
        Phrase::new(
            "列出所有类,或输出某一类的 JSON Schema",
            "lists the kinds, or prints the JSON Schema of one",
        )
    }

    fn flags(&self) -> &'static [Flag] {
        &[Flag {
            name: "dir",
            value: "DIR",
            zh: "台账所在的文件夹",
            en: "the folder of the register",
        }]
    }

    fn run(&self, invocation: &Invocation) -> Result<Exit> {
        // Kinds of a register count where there is one; the built-in ones do not need any.
        let dir = invocation.value("dir").unwrap_or(".").to_owned();
        let files = match place::find_in(&dir, invocation.lang) {
            Ok(ground) => Files::read(&ground.content).context("reading the register")?,
            Err(error) if invocation.has("dir") => return Err(error),
            Err(_) => Files::default(),
        };
        let schema = records::schema_of(&files);
        let Some(name) = invocation.operands.first() else {
            for kind in schema.kinds() {
                let (label, purpose) =
                    (kind.label.text(invocation.lang), kind.purpose.text(invocation.lang));
                term::say(&format!("{:<16} {:<14} {label}  {purpose}\n", kind.name, kind.folder));
            }
            return Ok(Exit::Good);
        };
        let Some(kind) = schema.kinds().iter().find(|kind| kind.name == *name) else {
            bail!("{}", no_such_kind(&schema, name).text(invocation.lang));
        };
        let document = kind.json_schema();
        let mut text = serde_json::to_string_pretty(&document).expect("a JSON value is writable");
        text.push('\n');
        term::say(&text);
        Ok(Exit::Good)
    }
}
