//! The integration tests, in one binary.

mod attachments;
mod board;
mod canary;
mod detect;
mod determinism;
mod disclosure;
mod gate;
mod gate_sight;
mod holes;
mod leaks;
mod legend;
mod minors;
mod never_quoted;
mod own_digits;
mod policy;
mod privacy;
mod program;
mod rules;
mod scan;
mod site_faults;
mod sites;
mod tidy;
mod tokens;
mod transcripts;
mod wall;
mod withdrawal;
