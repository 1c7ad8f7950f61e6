//! `mingbai serve`: the site from memory, reloading when a file changes.

use anyhow::{Result, bail};

use crate::cli::args::{Flag, Invocation};
use crate::cli::key::{self, KEY};
use crate::cli::today::{self, AS_OF};
use crate::cli::{Command, Exit, place, term};
use crate::pipeline::Settings;
use crate::serve::{Listening, Service};
use crate::text::{Lang, Phrase};

/// The command.
pub(crate) struct Serve;

/// The port, unless another is named.
const PORT: &str = "8080";

impl Command for Serve {
    fn name(&self) -> &'static str {
        "serve"
    }

    fn operands(&self) -> &'static str {
        "[DIR]"
    }

    fn about(&self) -> Phrase {
        Phrase::new(
            "在本机浏览器里看网站,改了文件自动刷新",
            "shows the site on this machine and reloads it",
        )
    }

    fn flags(&self) -> &'static [Flag] {
        const FLAGS: &[Flag] = &[
            AS_OF,
            KEY,
            Flag {
                name: "port",
                value: "N",
                zh: "端口,不写就是 8080,0 为任一空闲端口",
                en: "the port, 8080 if not said, 0 for any free one",
            },
        ];
        FLAGS
    }

    fn run(&self, invocation: &Invocation) -> Result<Exit> {
        let ground = place::find(invocation)?;
        let (as_of, as_of_asked) = today::as_of(invocation)?;
        let port = invocation.value("port").unwrap_or(PORT);
        let Ok(port) = port.parse() else {
            match invocation.lang {
                Lang::Zh => bail!("--port 要写0到65535的整数"),
                Lang::En => bail!("--port needs a number from 0 to 65535"),
            }
        };
        let key = key::read(invocation, &ground)?;
        let settings = Settings { as_of, as_of_asked, base_url: None, keep_going: false, key };
        let service = Service { content: ground.content, settings, lang: invocation.lang };
        let listening = match Listening::on(port) {
            // Another program may hold the usual port; nobody asked for just this one.
            Err(_) if invocation.value("port").is_none() => Listening::on(0)?,
            Err(why) => return Err(why.context(taken(port).text(invocation.lang).to_owned())),
            Ok(listening) => listening,
        };
        listening.serve(service, term::note)?;
        Ok(Exit::Good)
    }
}

/// Returns what to say of a port that cannot be had.
fn taken(port: u16) -> Phrase {
    let next = port.checked_add(1).unwrap_or(8081);
    Phrase::new(
        format!("端口 {port} 用不了,多半有别的程序正在用它;换一个,例如 --port {next}"),
        format!("port {port} cannot be had, most likely another program has it; try --port {next}"),
    )
}
