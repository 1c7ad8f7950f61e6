//! The integration tests, in one binary.

mod board;
mod canary;
mod determinism;
mod gate;
mod holes;
mod never_quoted;
mod privacy;
mod program;
mod rules;
mod site_faults;
mod sites;
mod tidy;
mod transcripts;
mod wall;
mod withdrawal;
