//! Watches the register by looking at times and sizes twice a second: no library, and it works on
//! network drives too.

use std::time::Duration;

use crate::files::{Stamp, list};
use crate::serve::{Newest, Service, build, updated};

/// How long to wait between two looks.
const PAUSE: Duration = Duration::from_millis(500);

/// Rebuilds whenever a file changes since `before`; never ends by itself.
///
/// An editor that is just putting a new file in the place of an old one makes a look fail; the next
/// one succeeds.
pub(super) fn watch(
    service: &Service,
    newest: &Newest,
    mut before: Vec<Stamp>,
    say: &dyn Fn(&str),
) -> ! {
    loop {
        std::thread::sleep(PAUSE);
        let Ok(now) = list(&service.content) else {
            continue;
        };
        if now == before {
            continue;
        }
        let changed = now.iter().find(|stamp| before.binary_search(stamp).is_err());
        let path =
            changed.or(before.first()).map_or_else(String::new, |stamp| stamp.path.to_string());
        let version = newest.snapshot().version + 1;
        match build(service, version, &path) {
            Ok(built) => {
                newest.put(built.snapshot);
                before = now;
                say(&updated(service.lang, &built.changed));
                if let Some(trouble) = &built.trouble {
                    say(trouble);
                }
            }
            // The old site stays, and the next look tries again.
            Err(error) => say(&format!("{error:#}")),
        }
    }
}
