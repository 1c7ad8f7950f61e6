//! An edition: what the register is asked for. The door gives nothing that an edition does not name.

use std::sync::Arc;

use crate::records::schema::Audience;
use crate::text::{Day, Script};
use crate::token::Key;

/// What is released: to whom, for which day, with which key.
#[derive(Clone, Copy, Debug)]
pub struct Edition<'a> {
    /// Who it is for.
    pub audience: Audience,
    /// The day it speaks for.
    pub as_of: Day,
    /// The key of marks, if there is one.
    pub key: Option<&'a Key>,
    /// The words of the page frame: a name of two characters that stands there cannot be looked for.
    pub own_words: &'a str,
    /// The scripts that pages are turned into by program: what stays behind is looked for in each.
    pub scripts: &'a [Arc<Script>],
}
