//! `mingbai build`: check, release, render, search every byte, write what changed.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use crate::cli::args::{Flag, Invocation};
use crate::cli::check::waiting;
use crate::cli::key::{self, KEY};
use crate::cli::place::Ground;
use crate::cli::today::{self, AS_OF};
use crate::cli::{Command, Exit, place, term};
use crate::diag::{Report, Sources, form};
use crate::files::{self, Files, Stamp};
use crate::output::compress;
use crate::output::emit::{Changes, Mark, emit};
use crate::output::gate::{Leak, What};
use crate::output::memory::{self, State};
use crate::output::purge::{self, Change, Lists};
use crate::pipeline::{self, Facts, Outcome, Phase, Settings};
use crate::text::{Day, Lang, Phrase, plural};

/// The command.
pub(crate) struct Build;

/// The flag by which the site's address is named.
pub(crate) const BASE_URL: Flag = Flag {
    name: "base-url",
    value: "URL",
    zh: "网站将来的地址,代替 site.toml 的 base_url",
    en: "where the site will be, instead of base_url of site.toml",
};

/// The flag that says that old copies are gone.
const PURGED: &str = "purged";

/// The flag that asks for compressed files.
const COMPRESS: &str = "compress";

/// How many addresses are named on the screen.
const NAMED: usize = 10;

impl Command for Build {
    fn name(&self) -> &'static str {
        "build"
    }

    fn operands(&self) -> &'static str {
        "[DIR]"
    }

    fn about(&self) -> Phrase {
        Phrase::new(
            "检查台账并生成网站到 public/",
            "checks a register and builds its site into public/",
        )
    }

    fn flags(&self) -> &'static [Flag] {
        const FLAGS: &[Flag] = &[
            AS_OF,
            KEY,
            BASE_URL,
            Flag { name: "out", value: "DIR", zh: "网站放在哪里", en: "where the site goes" },
            Flag {
                name: "keep-going",
                value: "",
                zh: "有错误也生成,错误的值留空;不能公开的内容照样一个不放",
                en: "builds in spite of errors, leaving out what cannot be read; nothing private passes",
            },
            Flag {
                name: COMPRESS,
                value: "",
                zh: "每个文字文件旁边再放一份压缩好的(.gz、.br),服务器直接发",
                en: "puts compressed files (.gz, .br) beside files of words, for servers to send",
            },
            Flag {
                name: PURGED,
                value: "",
                zh: "purge.txt 里的旧地址都清过了,清空这张单子",
                en: "the old copies in purge.txt are gone; empties the list",
            },
            Flag {
                name: "threads", value: "N", zh: "用几个线程", en: "how many threads to use"
            },
            Flag {
                name: "timings",
                value: "",
                zh: "显示各步用时",
                en: "shows how long each step took",
            },
        ];
        FLAGS
    }

    fn run(&self, invocation: &Invocation) -> Result<Exit> {
        set_threads(invocation)?;
        let ground = place::find_for_build(invocation)?;
        let (as_of, as_of_asked) = today::as_of(invocation)?;
        let settings = Settings {
            as_of,
            as_of_asked,
            base_url: invocation.value(BASE_URL.name).map(str::to_owned),
            keep_going: invocation.has("keep-going"),
            key: key::read(invocation, &ground)?,
        };
        let options = format!(
            "{settings:?} {:?} {:?} {:?} {} {}",
            invocation.has(COMPRESS),
            invocation.lang,
            settings.key.as_ref().map(key::trace),
            std::path::absolute(&ground.public)?.display(),
            program_stamp()
        );
        let inputs = files::list(&ground.content)?;
        let state = State::of(&inputs, &files::list(&ground.public)?, &options);
        if invocation.has(PURGED) {
            purge::done(&ground.memory);
        }
        if let Some(summary) = memory::recall(&ground.memory, state) {
            term::say(&summary);
            term::say(&still_to_purge(&ground, &[], invocation.lang));
            return Ok(Exit::Good);
        }
        memory::forget(&ground.memory);
        let exit = fresh(invocation, &ground, &settings, inputs.clone())?;
        if let (Exit::Good, Some(summary)) = (exit.0, exit.1) {
            let after = State::of(&inputs, &files::list(&ground.public)?, &options);
            memory::remember(&ground.memory, after, &summary)?;
        }
        Ok(exit.0)
    }
}

/// Returns the time and size of the program itself: another program may build another site.
fn program_stamp() -> String {
    let program = std::env::current_exe().ok().and_then(|path| path.metadata().ok());
    program.map_or_else(String::new, |data| format!("{} {:?}", data.len(), data.modified().ok()))
}

/// Sets the number of threads.
pub(crate) fn set_threads(invocation: &Invocation) -> Result<()> {
    let Some(text) = invocation.value("threads") else {
        return Ok(());
    };
    let Ok(threads) = text.parse() else {
        match invocation.lang {
            Lang::Zh => bail!("--threads 要写一个整数"),
            Lang::En => bail!("--threads needs a whole number"),
        }
    };
    rayon::ThreadPoolBuilder::new().num_threads(threads).build_global().context("starting threads")
}

/// Builds from the files; returns how it ended, and the summary when the site was written.
fn fresh(
    invocation: &Invocation,
    ground: &Ground,
    settings: &Settings,
    inputs: Vec<Stamp>,
) -> Result<(Exit, Option<String>)> {
    let lang = invocation.lang;
    let started = Instant::now();
    let files = Files::read_listed(&ground.content, inputs)
        .with_context(|| format!("reading {}", ground.content.display()))?;
    let read = started.elapsed();
    let mut outcome = pipeline::run(&files, settings, &|phase| {
        term::progress(doing(phase).text(lang));
    });
    term::progress("");
    could_be_done(&outcome, lang)?;
    let findings = findings(&files, &outcome, lang);
    if !outcome.leaks.is_empty() {
        if !outcome.report.findings().is_empty() {
            term::note(&findings);
        }
        term::say(&leak_words(&outcome.leaks, lang));
        return Ok((Exit::Leak, None));
    }
    if outcome.artifacts.is_empty() {
        term::note(&findings);
        term::say(&stopped(&outcome.report, lang));
        return Ok((Exit::of(&outcome.report), None));
    }
    let site = std::path::absolute(&ground.public)?;
    let before = purge::lists_before(&ground.memory, &site);
    let started = Instant::now();
    if invocation.has(COMPRESS) {
        // Of the bytes that passed the gate, and after it.
        let twins = compress::twins(&outcome.artifacts);
        outcome.artifacts.extend(twins);
    }
    let changes = emit(&outcome.artifacts, (&ground.public, Mark::Site), lang)?;
    let emitted = started.elapsed();
    if !outcome.report.findings().is_empty() {
        term::note(&findings);
    }
    let today = (!settings.as_of_asked).then_some(settings.as_of);
    let text = outcome.said(summary(&outcome.facts, &changes, (ground, today), lang), lang);
    term::say(&text);
    memory::list_links(&ground.memory, &outcome.external)?;
    let new = note_purge(&outcome, &changes, (ground, &site, &before), lang)?;
    term::say(&still_to_purge(ground, &new, lang));
    if invocation.has("timings") {
        term::note(&timings(&outcome, read, emitted, outcome.artifacts.len()));
    }
    // The next build, if nothing changes, says the same of a site that it leaves alone.
    let later = Changes {
        written: 0,
        unchanged: changes.written + changes.unchanged,
        ..Changes::default()
    };
    let quiet = outcome.report.findings().is_empty();
    let memory =
        quiet.then(|| outcome.said(summary(&outcome.facts, &later, (ground, today), lang), lang));
    // The process is about to end; taking a whole site apart first helps nobody.
    std::mem::forget((files, outcome.artifacts));
    Ok((Exit::of(&outcome.report), memory))
}

/// Notes the addresses whose old copies hold people, and the lists that are shown now; returns the
/// addresses that are new.
fn note_purge(
    outcome: &Outcome,
    changes: &Changes,
    (ground, site, before): (&Ground, &Path, &Lists),
    lang: Lang,
) -> Result<Vec<String>> {
    let now: Lists = outcome.lists.iter().cloned().collect();
    let withdrawn: Lists = before.difference(&now).cloned().collect();
    let change =
        Change { stale: &changes.stale, artifacts: &outcome.artifacts, withdrawn: &withdrawn };
    let routes = purge::routes(&change);
    let addresses = purge::addresses(&outcome.facts.base_url, &routes, &outcome.withheld);
    purge::add(&ground.memory, addresses.clone(), lang)?;
    purge::remember(&ground.memory, site, &now)?;
    Ok(addresses)
}

/// Returns what to say of addresses whose old copies are still to be purged: the new ones, and how
/// many there are in all.
fn still_to_purge(ground: &Ground, new: &[String], lang: Lang) -> String {
    let all = purge::pending(&ground.memory).len();
    if all == 0 {
        return String::new();
    }
    let file = ground.memory.join(purge::FILE);
    let file = file.display();
    let mut text = String::new();
    if !new.is_empty() {
        text.push_str(&match lang {
            Lang::Zh => format!("  撤下 这次有 {} 个地址撤下或换掉,别处的旧内容里可能还有名单:\n", new.len()),
            Lang::En => format!(
                "  withdrawn {} taken down or replaced; old copies elsewhere may still hold people:\n",
                if new.len() == 1 { "1 address".to_owned() } else { format!("{} addresses", new.len()) }
            ),
        });
        for address in new.iter().take(NAMED) {
            text.push_str(&format!("    {address}\n"));
        }
        if new.len() > NAMED {
            text.push_str(&match lang {
                Lang::Zh => format!("    ……还有 {} 个\n", new.len() - NAMED),
                Lang::En => format!("    … and {} more\n", new.len() - NAMED),
            });
        }
    }
    text.push_str(&match lang {
        Lang::Zh => format!(
            "  清除 还有 {all} 个旧地址要清(CDN 和缓存、搜索引擎、转载的网站),怎么做见 {file};都清完了,运行 mingbai build --purged\n"
        ),
        Lang::En => format!(
            "  purge    {all} old addresses to purge (caches, search engines, copies); see {file}; when done, run `mingbai build --purged`\n"
        ),
    });
    text
}

/// Fails when something around the register kept the work from being done: there is no key, or the
/// program itself does not see what it has to.
pub(super) fn could_be_done(outcome: &Outcome, lang: Lang) -> Result<()> {
    if let Some(words) = outcome.key_needed() {
        bail!(words.text(lang).to_owned());
    }
    if let Some(what) = outcome.blind {
        match lang {
            Lang::Zh => {
                bail!("程序出错:自查时没有找到特意放进去的内容({what}),没有生成网站;请报告这个问题")
            }
            Lang::En => bail!(
                "a fault of the program: the search does not see through `{what}`; no site was built, please report it"
            ),
        }
    }
    Ok(())
}

/// Returns what is being done.
pub(crate) fn doing(phase: Phase) -> Phrase {
    match phase {
        Phase::Check => Phrase::new("正在读取和检查台账……", "reading and checking the register …"),
        Phase::Release => Phrase::new("正在扣下不该公开的内容……", "holding back what is private …"),
        Phase::Render => Phrase::new("正在生成页面……", "making pages …"),
        Phase::Gate => Phrase::new("正在逐字检查每个页面……", "searching every page …"),
    }
}

/// Returns the findings as people read them.
pub(crate) fn findings(files: &Files, outcome: &Outcome, lang: Lang) -> String {
    let human = form("human").expect("the form for people is always there");
    human.write(&outcome.report, &Sources::new(files, &outcome.shown), lang)
}

/// Returns what to say when errors stopped the build.
fn stopped(report: &Report, lang: Lang) -> String {
    let errors = report.count(crate::diag::Severity::Error);
    match lang {
        Lang::Zh => format!(
            "没有生成网站:先改好上面的{errors}处错误。原来的网站没有动。\n每个错误的解释: mingbai explain 代码\n"
        ),
        Lang::En => format!(
            "No site was built: mend the {} above first. The old site is untouched.\nWhat an error means: mingbai explain CODE\n",
            plural(errors, "error")
        ),
    }
}

/// Returns what to say when something private stood in the site.
pub(crate) fn leak_words(leaks: &[Leak], lang: Lang) -> String {
    let routes: std::collections::BTreeSet<&str> =
        leaks.iter().map(|leak| leak.route.as_str()).collect();
    let files = routes.len();
    let mut text = match lang {
        Lang::Zh => format!(
            "停!有{files}个文件里出现了不该公开的内容,或者没法检查,没有生成网站,原来的网站没有动。\n"
        ),
        Lang::En => format!(
            "Stop: something that must not be published stands in {}, or cannot be searched for. No site was built; the old one is untouched.\n",
            plural(files, "file")
        ),
    };
    for leak in leaks {
        text.push_str(&format!("  {}\n", leak.words().text(lang)));
    }
    text.push_str(match lang {
        Lang::Zh => "到这些页面对应的记录里,把标题、正文、备注中的这些内容删掉,再生成一次。\n",
        Lang::En => "Remove it from titles, prose and notes of the records behind these pages, then build again.\n",
    });
    if leaks.iter().any(|leak| matches!(leak.what, What::Closed(_))) {
        text.push_str(match lang {
            Lang::Zh => "没法检查的文件:换成能检查的格式(文字版 PDF、CSV),或者确认里面没有个人信息后,在 site.toml 里用 [[unsearchable]] 写明 path 和 reason。\n",
            Lang::En => "A file that cannot be searched: use another format (a PDF with text, CSV), or vouch for it in site.toml with [[unsearchable]], path and reason.\n",
        });
    }
    text
}

/// Returns the summary that a clerk understands.
fn summary(
    facts: &Facts,
    changes: &Changes,
    (ground, today): (&Ground, Option<Day>),
    lang: Lang,
) -> String {
    let notes = waiting(facts, lang) + &today::stands_still(facts, today, lang);
    let as_of = facts.as_of.map_or_else(String::new, |day| day.words(lang));
    let home = ground.public.join("index.html");
    let home = home.display();
    let pages = changes.written + changes.unchanged;
    match lang {
        Lang::Zh => {
            let next = facts.next_to_end.as_ref().map_or_else(String::new, |(title, days)| {
                if *days == 0 {
                    format!(",最先到期的是“{title}”,今天是最后一天")
                } else {
                    format!(",最先到期的是“{title}”,还剩{days}天")
                }
            });
            let late = match facts.late {
                0 => "没有超过公开时限的记录".to_owned(),
                late => format!("有{late}条记录公开晚了,请看上面的提醒"),
            };
            format!(
                "网站生成好了:{}(截至{as_of})\n  记录 {} 条,文件 {pages} 个:新写 {},没变 {},撤下 {}\n  \
                 公示 正在公示 {} 项{next};还没开始 {} 项;已结束 {} 项\n  时限 {late}\n  \
                 隐私 扣下不公开的内容 {} 处、名单 {} 份;每个文件都逐字查过,没有漏出(其中 {} 处太短,无法查找)\n{notes}  打开 {home}\n",
                facts.title,
                facts.records,
                changes.written,
                changes.unchanged,
                changes.removed,
                facts.open,
                facts.upcoming,
                facts.ended,
                facts.withheld,
                facts.kept_back,
                facts.unsearchable,
            )
        }
        Lang::En => {
            let next = facts.next_to_end.as_ref().map_or_else(String::new, |(title, days)| {
                format!("; first to end: {title}, {days} days left")
            });
            let late = match facts.late {
                0 => "nothing was published late".to_owned(),
                late => format!("{late} records were published late, see the warnings above"),
            };
            format!(
                "The site is built: {} (as of {as_of})\n  records  {}; files {pages}: {} written, {} unchanged, {} removed\n  \
                 notices  {} open{next}; {} still to begin; {} ended\n  deadline {late}\n  \
                 privacy  {} and {} withheld; every file searched, nothing got out ({} too short to search for)\n{notes}  open     {home}\n",
                facts.title,
                facts.records,
                changes.written,
                changes.unchanged,
                changes.removed,
                facts.open,
                facts.upcoming,
                facts.ended,
                plural(facts.withheld, "value"),
                plural(facts.kept_back, "list"),
                facts.unsearchable,
            )
        }
    }
}

/// Returns how long each step took, and how long that is for each file.
fn timings(outcome: &Outcome, read: Duration, emitted: Duration, files: usize) -> String {
    let steps = std::iter::once(("read", read))
        .chain(outcome.timings.iter().map(|(phase, time)| {
            let name =
                Phase::ALL.iter().find(|(known, _)| known == phase).map_or("", |(_, name)| name);
            (name, *time)
        }))
        .chain([("emit", emitted)]);
    let mut text = String::new();
    for (name, time) in steps {
        let each = time.as_micros() / files.max(1) as u128;
        text.push_str(&format!("{name:<8} {:>8} ms {each:>6} us/file\n", time.as_millis()));
    }
    text
}
