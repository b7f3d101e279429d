//! The tree keeps its rules: who may use whom, where SQL, HTTP, archives and clocks may be touched, that every folder says
//! what it is for, that released migrations stay as they are, and that dependencies stay few and free.
#![expect(clippy::unwrap_used, reason = "a test that meets the unexpected has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What each folder may use besides itself, `error`, `ids`, `clock` and `files`. A new arrow needs a decision record.
const ARROWS: [(&str, &[&str]); 32] = [
    ("db", &[]),
    ("journal", &["db"]),
    ("web", &[]),
    ("config", &[]),
    ("people", &["journal", "db", "web"]),
    ("packs", &["journal", "db", "web"]),
    ("items", &["packs"]),
    ("lint", &["packs", "items"]),
    ("imports", &["packs", "items"]),
    (
        "library",
        &["journal", "db", "web", "people", "packs", "items", "lint", "imports", "evidence", "device"],
    ),
    ("authoring", &["journal", "db", "web", "people", "packs", "items", "lint", "imports", "library"]),
    ("search", &["db", "web", "people", "packs", "items", "lessons"]),
    ("evidence", &["journal", "db", "web", "people", "packs", "items"]),
    ("lessons", &["journal", "db", "web", "people", "packs", "items", "evidence"]),
    ("mastery", &["journal", "db", "web", "people", "packs", "items", "evidence", "lessons"]),
    ("classes", &["journal", "db", "web", "people", "packs", "items", "evidence", "lessons", "mastery"]),
    (
        "goals",
        &["journal", "db", "web", "people", "packs", "items", "evidence", "lessons", "mastery", "classes"],
    ),
    (
        "reports",
        &[
            "journal", "db", "web", "people", "packs", "items", "evidence", "lessons", "mastery", "classes",
            "goals",
        ],
    ),
    (
        "live",
        &["journal", "db", "web", "people", "packs", "items", "evidence", "lessons", "mastery", "classes"],
    ),
    ("sheets", &["web", "people", "packs", "items", "evidence", "lessons", "mastery"]),
    ("sync", &["journal", "db", "web", "people", "packs", "evidence", "device", "library"]),
    ("backup", &["journal", "db", "web", "library", "sync"]),
    ("hub", &["journal", "db", "web", "packs", "evidence", "sync"]),
    ("device", &["journal", "db", "web", "packs"]),
    ("card", &[]),
    ("app", &["*"]),
    ("server", &["*"]),
    ("background", &["*"]),
    ("cli", &["*"]),
    ("sample", &["*"]),
    ("simulation", &["*"]),
    ("running", &["*"]),
];

/// What everybody may use.
const GROUND: [&str; 4] = ["error", "ids", "clock", "files"];

/// `rules.rs` decides on values alone.
const RULES_MAY_USE: [&str; 2] = ["ids", "error"];

/// SHA-256 of every released migration. A file that is not here is not released yet.
const RELEASED: [(&str, &str); 0] = [];

/// Licences that the product may carry.
const LICENCES: [&str; 11] = [
    "MIT",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "Unicode-3.0",
    "Unlicense",
    "0BSD",
    "BlueOak-1.0.0",
    "CDLA-Permissive-2.0",
];

/// Crates for the Pi target, the two of build time included.
const MOST_CRATES: usize = 250;

struct Source {
    path: String,
    text: String,
}

fn sources() -> Vec<Source> {
    let mut found = Vec::new();
    collect(Path::new("src"), &mut found);
    assert!(found.len() > 30, "the sources were not found");
    found
}

fn collect(folder: &Path, found: &mut Vec<Source>) {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            found.push(Source { path: path.display().to_string(), text });
        }
    }
}

/// The part of a file before its tests: tests may use what they like.
fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]").next().unwrap_or(text)
}

fn folder(path: &str) -> &str {
    let inside = path.trim_start_matches("src/");
    inside.split('/').next().unwrap_or(inside).trim_end_matches(".rs")
}

fn is_test(path: &str) -> bool {
    path.ends_with("/tests.rs") || path.contains("/tests/")
}

/// The names after `crate::` in the code, also in grouped imports.
fn used(text: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for part in text.split("crate::").skip(1) {
        let grouped = part.strip_prefix('{').map(|group| group.split('}').next().unwrap_or_default());
        for name in grouped.map_or_else(|| vec![part], |group| group.split(',').collect()) {
            let name: String = name
                .trim()
                .chars()
                .take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '_')
                .collect();
            names.insert(name);
        }
    }
    names
}

fn complain(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn arrows_point_the_agreed_way() {
    let arrows = BTreeMap::from(ARROWS);
    let mut faults = Vec::new();
    for Source { path, text } in sources().iter().filter(|source| !is_test(&source.path)) {
        let own = folder(path);
        if GROUND.contains(&own) || ["main", "lib"].contains(&own) {
            continue;
        }
        let Some(allowed) = arrows.get(own) else {
            faults.push(format!("{path}: the folder {own} has no row in ARROWS"));
            continue;
        };
        for name in used(without_tests(text)) {
            let fine = name == own
                || GROUND.contains(&&*name)
                || allowed.contains(&"*")
                || allowed.contains(&&*name);
            if !fine {
                faults.push(format!("{path} uses crate::{name}, which {own} may not"));
            }
        }
    }
    complain(&faults);
}

#[test]
fn each_thing_is_touched_only_where_it_belongs() {
    type Place = fn(&str) -> bool;
    let table: [(&str, &[&str], Place); 5] = [
        ("SQL", &["prepare(", "prepare_cached(", "execute_batch(", "query_row(", ".execute("], |path| {
            path.contains("store") || path.starts_with("src/db/") || path.starts_with("src/journal/")
        }),
        ("axum", &["axum::"], |path| {
            path.contains("routes")
                || path.contains("serve")
                || path.starts_with("src/web/")
                || path == "src/app.rs"
                || path == "src/simulation/board.rs"
        }),
        ("the zip crate", &["zip::"], |path| path == "src/packs/archive.rs"),
        ("a clock", &["SystemTime::now", "Instant::now", "Zoned::now", "Timestamp::now"], |path| {
            path == "src/clock.rs"
        }),
        ("randomness", &["getrandom::"], |path| path == "src/ids.rs"),
    ];
    let mut faults = Vec::new();
    for Source { path, text } in sources().iter().filter(|source| !is_test(&source.path)) {
        for (thing, signs, place) in &table {
            if let Some(sign) = signs.iter().find(|sign| without_tests(text).contains(**sign))
                && !place(path)
            {
                faults.push(format!("{path} touches {thing} ({sign})"));
            }
        }
    }
    complain(&faults);
}

#[test]
fn rules_are_pure() {
    let mut faults = Vec::new();
    for Source { path, text } in sources().iter().filter(|source| source.path.ends_with("rules.rs")) {
        let text = without_tests(text);
        let own = folder(path);
        for name in used(text).iter().filter(|name| *name != own && !RULES_MAY_USE.contains(&&***name)) {
            faults.push(format!("{path} uses crate::{name}: rules decide on values alone"));
        }
        for sign in ["async fn", ".await", "std::fs", "rusqlite", "crate::clock::Clock"] {
            if text.contains(sign) {
                faults.push(format!("{path} has {sign}: rules decide on values alone"));
            }
        }
    }
    complain(&faults);
}

#[test]
fn every_file_says_what_it_is_for_and_stays_small() {
    let mut faults = Vec::new();
    for Source { path, text } in &sources() {
        if !text.starts_with("//! ") {
            faults.push(format!("{path} does not begin with what it is for"));
        }
        if text.lines().count() > 500 {
            faults.push(format!("{path} has {} lines: split it by subject", text.lines().count()));
        }
        for word in ["TODO", "FIXME", "XXX", "#[ignore", "unimplemented!"] {
            if text.contains(word) {
                faults.push(format!("{path} contains {word}"));
            }
        }
    }
    complain(&faults);
}

#[test]
fn released_migrations_stay_as_they_are() {
    use sha2::{Digest, Sha256};
    let mut faults = Vec::new();
    for (path, released) in RELEASED {
        let now = schoolhouse::ids::to_hex(&Sha256::digest(fs::read(path).unwrap()));
        if now != released {
            faults.push(format!("{path} was edited after its release: add a new step instead"));
        }
    }
    complain(&faults);
}

#[test]
fn dependencies_are_few_and_free_and_each_has_its_reason() {
    let manifest = fs::read_to_string("Cargo.toml").unwrap();
    let dependencies =
        manifest.split("[dependencies]").nth(1).and_then(|rest| rest.split("\n[[test]]").next()).unwrap();
    let mut faults = Vec::new();
    let lines: Vec<&str> = dependencies.lines().collect();
    for pair in lines.windows(2) {
        let starts_a_group = pair[0].is_empty() || pair[0].starts_with('[');
        if starts_a_group && pair[1].contains(" = ") {
            faults.push(format!("Cargo.toml: {} has no reason above it", pair[1]));
        }
    }
    let listed = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--locked",
            "--target",
            "aarch64-unknown-linux-musl",
            "-e",
            "normal,build",
            "--prefix",
            "none",
        ])
        .args(["--format", "{p}|{l}"])
        .output()
        .unwrap();
    assert!(listed.status.success(), "{}", String::from_utf8_lossy(&listed.stderr));
    let listed = String::from_utf8(listed.stdout).unwrap();
    let crates: BTreeSet<&str> = listed.lines().map(|line| line.trim_end_matches(" (*)")).collect();
    if crates.len() > MOST_CRATES {
        faults.push(format!("{} crates for the Pi target, at most {MOST_CRATES} are allowed", crates.len()));
    }
    for line in &crates {
        let (name, licence) = line.split_once('|').unwrap();
        let alternatives =
            licence.replace("WITH LLVM-exception", "").replace('/', " OR ").replace(['(', ')'], " ");
        let free = alternatives
            .split(" OR ")
            .any(|choice| choice.split(" AND ").all(|one| LICENCES.contains(&one.trim())));
        if !free {
            faults.push(format!("{name} has the licence {licence:?}"));
        }
    }
    complain(&faults);
}

#[test]
fn the_project_speaks_of_itself_alone() {
    let listed = Command::new("git").args(["ls-files", "-z"]).output().unwrap();
    let mut faults = Vec::new();
    for path in String::from_utf8(listed.stdout).unwrap().split('\0').filter(|path| !path.is_empty()) {
        let Ok(text) = fs::read_to_string(path) else { continue };
        for (number, line) in (1..).zip(text.lines()).filter(|_| path != "Cargo.lock") {
            let absolute =
                ["/home/", concat!("/ro", "ot/"), "/Users/"].iter().any(|start| line.contains(start));
            if absolute && path != "tests/tidy.rs" {
                faults.push(format!("{path}:{number} names a path of a machine"));
            }
        }
    }
    complain(&faults);
}
