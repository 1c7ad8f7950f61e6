//! The integration tests, in one binary.

mod canary;
mod determinism;
mod gate;
mod gate_sight;
mod holes;
mod privacy;
mod program;
mod rules;
mod site_faults;
mod sites;
mod tidy;
mod transcripts;
mod wall;
