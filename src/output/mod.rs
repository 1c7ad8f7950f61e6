//! The way out: the last look at every byte, and the writing of what passed.

pub mod compress;
pub mod emit;
pub mod gate;
pub mod memory;
pub mod purge;
