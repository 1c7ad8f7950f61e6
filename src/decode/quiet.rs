//! Runs a foreign parser so that its panics stop nothing and say nothing.
//!
//! What a parser says when it gives up may quote what it was reading. The program's panic hook is
//! wrapped once: it keeps silent for a thread that says so, and is what it was for all others.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    /// Whether panics of this thread say nothing.
    static SILENT: Cell<bool> = const { Cell::new(false) };
}

/// The hook is wrapped once, whichever thread comes first.
static WRAPPED: Once = Once::new();

/// Runs a parser; returns nothing if it panicked.
pub(super) fn quietly<T>(parse: impl FnOnce() -> T) -> Option<T> {
    WRAPPED.call_once(|| {
        let loud = take_hook();
        set_hook(Box::new(move |info| {
            if !SILENT.get() {
                loud(info);
            }
        }));
    });
    let before = SILENT.replace(true);
    // Whatever the parser left half done is dropped with it.
    let result = catch_unwind(AssertUnwindSafe(parse));
    SILENT.set(before);
    result.ok()
}

#[cfg(test)]
mod tests {
    use super::quietly;

    #[test]
    fn a_panic_is_nothing_and_the_next_parser_runs() {
        assert_eq!(quietly(|| [1, 2, 3].iter().sum::<i32>()), Some(6));
        assert_eq!(quietly(|| [0_u8; 3].get(7).copied().expect("not there")), None);
        assert_eq!(quietly(|| 7), Some(7));
    }
}
