//! Tidiness: what no compiler keeps, read off the sources and the repository themselves.
//!
//! Every list of exceptions here may only shrink: an exception that is no longer needed fails its
//! test, so that it goes when its reason goes.

mod facts;
mod kinds;
mod modules;
mod shape;
mod source;

/// The folder of the repository.
const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Fails with every fault that was found, one a line.
#[track_caller]
fn none(faults: &[String]) {
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}
