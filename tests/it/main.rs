//! The integration tests, in one binary.

mod canary;
mod determinism;
mod gate;
mod holes;
mod leaks;
mod privacy;
mod program;
mod rules;
mod site_faults;
mod sites;
mod tidy;
mod transcripts;
mod wall;
