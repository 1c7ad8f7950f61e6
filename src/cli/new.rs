//! being written
use anyhow::Result;
use crate::cli::args::{Flag, Invocation};
use crate::cli::{Command, Exit};
use crate::text::Phrase;
pub(crate) struct New;
impl Command for New {
    fn name(&self) -> &'static str { "new" }
    fn operands(&self) -> &'static str { "" }
    fn about(&self) -> Phrase { Phrase::default() }
    fn flags(&self) -> &'static [Flag] { &[] }
    fn run(&self, _invocation: &Invocation) -> Result<Exit> { Ok(Exit::Good) }
}
