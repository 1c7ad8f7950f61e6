//! mingbai (明白): records in git become a disclosure website that publishes what must be public
//! and nothing personal.
//!
//! The library is not a public interface; what is stable is the command line, the content format,
//! the kinds, the template variables and the JSON output. The flow, each phase a function from one
//! type to the next:
//!
//! ```text
//! files::Files → records::{Document → Catalog → Release + Withheld} → site::{Plan → Artifact}
//!              → output::{gate → emit}
//! ```

pub mod text;

pub mod detect;

pub mod decode;

pub mod token;

pub mod diag;

pub mod files;

pub mod git;

pub mod scan;

mod syntax;

pub mod project;

pub mod records;

pub mod site;

pub mod output;

pub mod pipeline;

pub mod serve;

pub mod cli;
