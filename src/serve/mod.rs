//! The server for writing: the site from memory, rebuilt when a file changes.
//!
//! It answers on this machine only, and only with artifacts that passed the gate; there is no path
//! from an address to a file. Findings and leaks are shown in place of the site.

mod http;
mod page;
mod watch;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context as _, Result, anyhow};

use crate::diag::Severity;
use crate::files::{Files, list};
use crate::pipeline::{self, Outcome, Settings};
use crate::text::{Lang, Phrase, plural};

/// What is to be served.
#[derive(Clone, Debug)]
pub struct Service {
    /// The folder of the register.
    pub content: PathBuf,
    /// How the site is built.
    pub settings: Settings,
    /// The language of findings.
    pub lang: Lang,
}

/// One state of the site, complete and never changed.
#[derive(Debug)]
pub(crate) struct Snapshot {
    /// Grows by one with each rebuild.
    pub(crate) version: u64,
    /// The files of the site by path.
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    /// The page that stands in place of the site, when there is none.
    pub(crate) problem: Option<String>,
}

/// The newest state, shared by all threads.
#[derive(Clone, Debug)]
pub(crate) struct Newest(Arc<Mutex<Arc<Snapshot>>>);

impl Newest {
    /// Returns the newest state.
    pub(crate) fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts a newer state in place.
    fn put(&self, snapshot: Snapshot) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(snapshot);
    }
}

/// A server that is listening.
pub struct Listening {
    server: Arc<tiny_http::Server>,
    address: SocketAddr,
}

impl Listening {
    /// Listens on a port of this machine; port 0 takes any that is free.
    ///
    /// # Errors
    ///
    /// Fails when the port is taken.
    pub fn on(port: u16) -> Result<Self> {
        let server = tiny_http::Server::http(("127.0.0.1", port))
            .map_err(|error| anyhow!("{error}"))
            .with_context(|| format!("listening on port {port}"))?;
        let address = server.server_addr().to_ip().context("the server has no address")?;
        Ok(Self { server: Arc::new(server), address })
    }

    /// Returns the address a browser opens.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Serves until the process ends; `say` hears what happens.
    ///
    /// # Errors
    ///
    /// Fails when the register cannot be read.
    pub fn serve(
        self,
        mut service: Service,
        say: impl Fn(&str) + Send + Sync + 'static,
    ) -> Result<()> {
        service.settings.base_url = Some(self.url());
        // Looked at before the first build: what changes during it is built again.
        let before = list(&service.content)?;
        let first = build(&service, 1, "")?;
        let newest = Newest(Arc::new(Mutex::new(Arc::new(first.snapshot))));
        say(&ready(service.lang, &self.url()));
        if let Some(trouble) = &first.trouble {
            say(trouble);
        }
        for _ in 0..4 {
            let (server, newest) = (Arc::clone(&self.server), newest.clone());
            let address = self.address;
            std::thread::spawn(move || http::answer(&server, &newest, address));
        }
        watch::watch(&service, &newest, before, &say)
    }
}

/// A state of the site, and what to say of it.
pub(crate) struct Built {
    /// The state.
    pub(crate) snapshot: Snapshot,
    /// The name of the file that changed, as it may be said.
    pub(crate) changed: String,
    /// What stands in the way of a site, or should be looked at.
    pub(crate) trouble: Option<String>,
}

/// Builds one state of the site because a file changed.
pub(crate) fn build(service: &Service, version: u64, changed: &str) -> Result<Built> {
    let files = Files::read(&service.content).context("reading the register")?;
    let outcome = pipeline::run(&files, &service.settings, &|_| {});
    let problem = page::problem(&files, &outcome, service.lang);
    let changed = outcome.painted(changed);
    let trouble = trouble(&outcome, service.lang);
    Ok(Built { snapshot: Snapshot { version, files: by_path(outcome), problem }, changed, trouble })
}

/// Returns what to say at the terminal of what is wrong; the findings themselves stand in the browser.
fn trouble(outcome: &Outcome, lang: Lang) -> Option<String> {
    let errors = outcome.report.count(Severity::Error);
    let warnings = outcome.report.count(Severity::Warning);
    let words = match (outcome.artifacts.is_empty(), errors, warnings) {
        (true, 0, _) => Phrase::new(
            "网站停住了:原因写在浏览器的页面上",
            "there is no site: the page in the browser says why",
        ),
        (true, errors, _) => Phrase::new(
            format!("网站停住了:有{errors}处错误要改,浏览器的页面上写着怎么改"),
            format!(
                "there is no site: {} to mend; the page in the browser says how",
                plural(errors, "error")
            ),
        ),
        (false, 0, 0) => return None,
        (false, ..) => Phrase::new(
            format!("另有{}处要看:运行 mingbai check", errors + warnings),
            format!("{} to look at: run mingbai check", plural(errors + warnings, "finding")),
        ),
    };
    Some(words.text(lang).to_owned())
}

/// Returns the artifacts of a build by path.
fn by_path(outcome: Outcome) -> BTreeMap<String, Vec<u8>> {
    outcome
        .artifacts
        .into_iter()
        .map(|artifact| (artifact.route().as_str().to_owned(), artifact.bytes().to_vec()))
        .collect()
}

/// Returns what is said when the site can be opened.
fn ready(lang: Lang, url: &str) -> String {
    match lang {
        Lang::Zh => {
            format!("网站在 {url} (只有这台电脑能打开;改了文件会自动刷新;按 Ctrl+C 结束)")
        }
        Lang::En => {
            format!(
                "the site is at {url} (this machine only; reloads when a file changes; Ctrl+C ends it)"
            )
        }
    }
}

/// Returns what is said when the site was built again.
pub(crate) fn updated(lang: Lang, path: &str) -> String {
    match lang {
        Lang::Zh => format!("已更新:{path}"),
        Lang::En => format!("updated: {path}"),
    }
}

#[cfg(test)]
mod tests {
    use super::trouble;
    use crate::files::Files;
    use crate::pipeline::{self, Settings};
    use crate::text::{Day, Lang};

    #[test]
    fn errors_are_told_of_at_the_terminal_too() {
        let as_of = Day::parse("2026-03-05").expect("a day");
        let settings =
            Settings { as_of, as_of_asked: true, base_url: None, keep_going: false, key: None };
        let said = |site: &str, lang| {
            let files = Files::of([("site.toml", site)]);
            trouble(&pipeline::run(&files, &settings, &|_| {}), lang)
        };
        let good = "title = \"某村\"\npublisher = \"某村村民委员会\"\n";
        assert_eq!(said(good, Lang::Zh), None);
        let bad = "title = \"\"\nfoo = 1\npublisher = \"某村村民委员会\"\n";
        assert!(said(bad, Lang::Zh).is_some_and(|words| words.contains("2处错误")));
        assert!(said(bad, Lang::En).is_some_and(|words| words.contains("2 errors")));
    }
}
