//! Watches the register by looking at times and sizes twice a second: no library, and it works on
//! network drives too.

use std::time::Duration;

use anyhow::Result;

use crate::files::list;
use crate::serve::{Newest, Service, build, updated};

/// How long to wait between two looks.
const PAUSE: Duration = Duration::from_millis(500);

/// Rebuilds whenever a file changes; returns only when the register cannot be read.
pub(super) fn watch(service: &Service, newest: &Newest, say: &dyn Fn(&str)) -> Result<()> {
    let mut before = list(&service.content)?;
    loop {
        std::thread::sleep(PAUSE);
        let now = list(&service.content)?;
        if now == before {
            continue;
        }
        let changed = now.iter().find(|stamp| !before.contains(stamp)).or(before.first());
        let path = changed.map_or_else(String::new, |stamp| stamp.path.to_string());
        before = now;
        let version = newest.snapshot().version + 1;
        newest.put(build(service, version)?);
        say(&updated(service.lang, &path));
    }
}
