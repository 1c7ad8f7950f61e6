//! The integration tests, in one binary.

mod canary;
mod determinism;
mod disclosure;
mod gate;
mod holes;
mod privacy;
mod program;
mod rules;
mod site_faults;
mod sites;
mod tidy;
mod transcripts;
mod wall;
