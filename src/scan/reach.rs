//! Which refs still lead to a commit.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;

use crate::git::Repository;
use crate::scan::painted;

/// The family of all commits, and the refs at their ends.
pub(super) struct Reach {
    children: BTreeMap<String, Vec<String>>,
    tips: BTreeMap<String, Vec<String>>,
}

impl Reach {
    /// Reads the family.
    pub(super) fn of(repository: &Repository) -> Result<Self> {
        let mut children: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (commit, parents) in repository.parents()? {
            for parent in parents {
                children.entry(parent).or_default().push(commit.clone());
            }
        }
        let mut tips: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, own, inner) in repository.refs()? {
            // A tag with a message is an object of its own, and leads to another.
            let name = painted(name.as_bytes()).0;
            for tip in [own, inner] {
                tips.entry(tip).or_default().push(name.clone());
            }
        }
        Ok(Self { children, tips })
    }

    /// Returns the refs that lead to any of some commits, in their order.
    pub(super) fn refs<'a>(&'a self, commits: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
        let mut seen = BTreeSet::new();
        let mut open: Vec<&str> = commits.into_iter().collect();
        let mut names = BTreeSet::new();
        while let Some(commit) = open.pop() {
            if !seen.insert(commit) {
                continue;
            }
            names.extend(self.tips.get(commit).into_iter().flatten().map(String::as_str));
            open.extend(self.children.get(commit).into_iter().flatten().map(String::as_str));
        }
        names.into_iter().collect()
    }
}
