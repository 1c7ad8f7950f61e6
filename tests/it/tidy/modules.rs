//! Who may name whom: the allow list of the design, and no cycle anywhere.

use std::collections::{BTreeMap, BTreeSet};

use super::none;
use super::source::{Source, sources};

/// What each module may name beside itself. `lib`, `main` and `cli` may name anything.
const ALLOWED: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("detect", &["text"]),
    ("decode", &["text"]),
    ("token", &["text"]),
    ("diag", &["text"]),
    ("files", &["diag"]),
    ("git", &["text"]),
    ("scan", &["text", "detect", "decode", "diag", "files", "git"]),
    ("syntax", &["diag", "text"]),
    ("project", &["text", "files", "diag", "syntax"]),
    (
        "records",
        &["text", "detect", "decode", "token", "diag", "files", "git", "project", "syntax"],
    ),
    ("site", &["text", "diag", "syntax", "project", "records"]),
    ("output", &["text", "detect", "decode", "diag", "files", "project", "site", "records"]),
    (
        "pipeline",
        &["text", "token", "diag", "files", "git", "project", "records", "site", "output"],
    ),
    ("serve", &["text", "token", "pipeline", "site", "files", "diag"]),
];

/// Edges that are there and should not be. May only shrink.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    ("diag", "files", "`Sources` holds the files that findings speak of; `files` names nothing"),
    ("site", "files", "`Theme::read` takes the register's own theme files from the snapshot"),
];

/// Edges between sub-modules that close a cycle: room, from, to, why. There is none, and none is to
/// be added.
const CYCLES: &[(&str, &str, &str, &str)] = &[];

/// What `output` may name of `records`.
const OF_OUTPUT: [&str; 3] = ["Withheld", "Origin", "Trace"];

/// What `site` may never name of `records`, re-exported or not.
const NEVER_IN_SITE: [&str; 4] = ["Withheld", "Origin", "Opened", "open"];

/// Modules by the modules they name.
type Graph = BTreeMap<String, BTreeSet<String>>;

/// Returns the names of a `pub use module::{…}` line of a room.
fn re_exported(room: &Source, module: &str) -> BTreeSet<String> {
    let sign = format!("pub use {module}::");
    let at = room.code.find(&sign).expect("the room re-exports from the module");
    let line = &room.code[at + sign.len()..];
    let names = line[..line.find(';').expect("the line ends")].split([',', '{', '}']);
    names.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

/// Returns the file of a room itself.
fn room<'a>(sources: &'a [Source], name: &str) -> &'a Source {
    let path = format!("{name}/mod.rs");
    sources.iter().find(|source| source.path == path).expect("a room has its file")
}

/// Returns a cycle, if there is one, as the modules along it.
fn cycle(graph: &Graph) -> Option<Vec<String>> {
    let mut done = BTreeSet::new();
    graph.keys().find_map(|start| walk(graph, start, &mut Vec::new(), &mut done))
}

/// Walks on from a module; returns the cycle it runs into.
fn walk(
    graph: &Graph,
    module: &str,
    path: &mut Vec<String>,
    done: &mut BTreeSet<String>,
) -> Option<Vec<String>> {
    if let Some(first) = path.iter().position(|earlier| earlier == module) {
        let mut cycle = path[first..].to_vec();
        cycle.push(module.to_owned());
        return Some(cycle);
    }
    if done.contains(module) {
        return None;
    }
    path.push(module.to_owned());
    let next = graph.get(module).into_iter().flatten();
    let found = next.into_iter().find_map(|next| walk(graph, next, path, done));
    path.pop();
    done.insert(module.to_owned());
    found
}

/// Returns which top-level module names which, with the places where it does.
fn top_level(sources: &[Source]) -> BTreeMap<(String, String), Vec<String>> {
    let modules: BTreeSet<&str> =
        sources.iter().filter_map(|source| source.module().first().copied()).collect();
    let mut edges: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for source in sources {
        let Some(own) = source.module().first().map(|own| (*own).to_owned()) else {
            continue;
        };
        for (line, path) in source.named_paths() {
            let Some(other) = path.first().filter(|other| **other != own) else {
                continue;
            };
            let place = format!("src/{}:{line}", source.path);
            assert!(
                modules.contains(other.as_str()),
                "{place} names `{other}`, which is no module"
            );
            edges.entry((own.clone(), other.clone())).or_default().push(place);
        }
    }
    edges
}

/// Returns which sub-module of a room names which. A name that the room re-exports counts as its
/// module; anything else of the room's own file counts as the room.
fn inside(sources: &[Source], name: &str) -> Graph {
    let of_room = |source: &&Source| source.module().first() == Some(&name);
    let modules: BTreeSet<String> = sources
        .iter()
        .filter(of_room)
        .filter_map(|source| source.module().get(1).map(|module| (*module).to_owned()))
        .collect();
    let exported = |what: &str| {
        let code = &room(sources, name).code;
        let has = |module: &&String| {
            code.contains(&format!("pub use {module}::"))
                && re_exported(room(sources, name), module).contains(what)
        };
        modules.iter().find(has).cloned()
    };
    let mut graph = Graph::new();
    for source in sources.iter().filter(of_room) {
        let own = source.module().get(1).map_or("mod", |module| *module).to_owned();
        for (_, path) in source.named_paths() {
            if path.first().is_none_or(|first| first != name) {
                continue;
            }
            let Some(what) = path.get(1) else {
                continue;
            };
            let other = if modules.contains(what) { Some(what.clone()) } else { exported(what) };
            let other = other.unwrap_or_else(|| "mod".to_owned());
            if other != own {
                graph.entry(own.clone()).or_default().insert(other);
            }
        }
        if own == "mod" {
            graph.entry(own).or_default().extend(modules.iter().cloned());
        }
    }
    graph
}

#[test]
fn modules_name_only_what_the_design_allows() {
    let edges = top_level(&sources("src"));
    let mut faults = Vec::new();
    for ((own, other), places) in &edges {
        let allowed = ALLOWED.iter().find(|(module, _)| module == own).map(|(_, allowed)| *allowed);
        let good = own == "cli" || allowed.is_some_and(|allowed| allowed.contains(&other.as_str()));
        let excepted = EXCEPTIONS.iter().any(|(from, to, _)| from == own && to == other);
        if !good && !excepted {
            faults.push(format!("`{own}` names `{other}` in {}", places.join(", ")));
        }
    }
    for (from, to, _) in EXCEPTIONS {
        if !edges.contains_key(&((*from).to_owned(), (*to).to_owned())) {
            faults.push(format!("`{from}` no longer names `{to}`: take the exception away"));
        }
    }
    none(&faults);
}

#[test]
fn site_names_of_records_only_what_is_released() {
    let sources = sources("src");
    let records = room(&sources, "records");
    let mut allowed = re_exported(records, "release");
    allowed.extend(re_exported(records, "schema"));
    let mut faults = Vec::new();
    for source in sources.iter().filter(|source| source.module().first() == Some(&"site")) {
        for (line, path) in source.named_paths() {
            let [first, rest @ ..] = path.as_slice() else {
                continue;
            };
            let good = rest.first().is_some_and(|name| {
                allowed.contains(name) && !NEVER_IN_SITE.contains(&name.as_str())
            });
            if first == "records" && !good {
                faults.push(format!("src/{}:{line} names {}", source.path, path.join("::")));
            }
        }
    }
    none(&faults);
}

#[test]
fn output_names_of_records_only_what_stays_behind() {
    let mut faults = Vec::new();
    for source in sources("src").iter().filter(|source| source.module().first() == Some(&"output"))
    {
        for (line, path) in source.named_paths() {
            let good = path.get(1).is_some_and(|name| OF_OUTPUT.contains(&name.as_str()));
            if path.first().is_some_and(|first| first == "records") && !good {
                faults.push(format!("src/{}:{line} names {}", source.path, path.join("::")));
            }
        }
    }
    none(&faults);
}

#[test]
fn top_level_modules_have_no_cycle() {
    let mut graph = Graph::new();
    for (own, other) in top_level(&sources("src")).into_keys() {
        graph.entry(own).or_default().insert(other);
    }
    assert_eq!(cycle(&graph), None);
}

#[test]
fn sub_modules_of_the_rooms_have_no_cycle() {
    let sources = sources("src");
    for name in ["records", "site"] {
        let mut graph = inside(&sources, name);
        assert!(graph.len() > 5, "{name} has sub-modules");
        for (room, from, to, _) in CYCLES.iter().filter(|(room, ..)| *room == name) {
            let cut = graph.get_mut(*from).is_some_and(|named| named.remove(*to));
            assert!(cut, "`{from}` of {room} no longer names `{to}`: take the exception away");
        }
        assert_eq!(cycle(&graph), None, "{name}");
        // An exception that closes no cycle is none.
        for (_, from, to, _) in CYCLES.iter().filter(|(room, ..)| *room == name) {
            let mut graph = graph.clone();
            graph.entry((*from).to_owned()).or_default().insert((*to).to_owned());
            assert!(cycle(&graph).is_some(), "`{from}` may name `{to}`: take the exception away");
        }
    }
}

#[test]
fn cycles_are_found() {
    let graph = |edges: &[(&str, &str)]| {
        let mut graph = Graph::new();
        for (from, to) in edges {
            graph.entry((*from).to_owned()).or_default().insert((*to).to_owned());
        }
        graph
    };
    assert_eq!(cycle(&graph(&[("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")])), None);
    let found = cycle(&graph(&[("a", "b"), ("b", "c"), ("c", "b")])).expect("b and c name another");
    assert_eq!(found, ["b", "c", "b"]);
}
