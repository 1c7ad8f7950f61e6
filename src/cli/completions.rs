//! `mingbai completions`: what a shell needs to complete commands and flags.

use anyhow::{Result, bail};

use crate::cli::args::{COMMON, Flag, Invocation};
use crate::cli::{COMMANDS, Command, Exit, term};
use crate::text::{Lang, Phrase};

/// The command.
pub(crate) struct Completions;

impl Command for Completions {
    fn name(&self) -> &'static str {
        "completions"
    }

    fn operands(&self) -> &'static str {
        "bash|zsh|fish"
    }

    fn about(&self) -> Phrase {
        Phrase::new("输出命令行补全脚本", "prints a completion script for a shell")
    }

    fn flags(&self) -> &'static [Flag] {
        &[]
    }

    fn run(&self, invocation: &Invocation) -> Result<Exit> {
        let script = match invocation.operands.first().map(String::as_str) {
            Some("bash") => bash(),
            Some("zsh") => zsh(),
            Some("fish") => fish(),
            _ => match invocation.lang {
                Lang::Zh => bail!("写明是哪一种命令行:bash、zsh 或 fish"),
                Lang::En => bail!("say which shell: bash, zsh or fish"),
            },
        };
        term::say(&script);
        Ok(Exit::Good)
    }
}

/// Returns the names of all commands.
fn names() -> String {
    COMMANDS.iter().map(|command| command.name()).collect::<Vec<_>>().join(" ")
}

/// Returns the flags of a command, with their hyphens.
fn flags(command: &dyn Command) -> String {
    let all = command.flags().iter().chain(COMMON);
    all.map(|flag| format!("--{}", flag.name)).collect::<Vec<_>>().join(" ")
}

/// Returns the script for bash.
fn bash() -> String {
    let mut cases = String::new();
    for command in COMMANDS {
        cases.push_str(&format!("    {}) words=\"{}\" ;;\n", command.name(), flags(*command)));
    }
    format!(
        "_mingbai() {{\n  local words=\"{}\"\n  case \"${{COMP_WORDS[1]}}\" in\n{cases}  esac\n  \
         [ \"$COMP_CWORD\" = 1 ] && words=\"{}\"\n  \
         COMPREPLY=($(compgen -W \"$words\" -- \"${{COMP_WORDS[COMP_CWORD]}}\"))\n}}\n\
         complete -o default -F _mingbai mingbai\n",
        names(),
        names()
    )
}

/// Returns the script for zsh.
fn zsh() -> String {
    let mut cases = String::new();
    for command in COMMANDS {
        cases.push_str(&format!("    {}) compadd -- {} ;;\n", command.name(), flags(*command)));
    }
    format!(
        "#compdef mingbai\n_mingbai() {{\n  if (( CURRENT == 2 )); then\n    compadd -- {}\n    return\n  \
         fi\n  case $words[2] in\n{cases}  esac\n  _files\n}}\n_mingbai \"$@\"\n",
        names()
    )
}

/// Returns the script for fish.
fn fish() -> String {
    let mut script = String::new();
    for command in COMMANDS {
        let name = command.name();
        let about = command.about().zh.replace('\'', "");
        script.push_str(&format!(
            "complete -c mingbai -n __fish_use_subcommand -a {name} -d '{about}'\n"
        ));
        for flag in command.flags().iter().chain(COMMON) {
            let takes = if flag.value.is_empty() { "" } else { " -r" };
            script.push_str(&format!(
                "complete -c mingbai -n '__fish_seen_subcommand_from {name}' -l {}{takes} -d '{}'\n",
                flag.name, flag.zh
            ));
        }
    }
    script
}
