//! One good pack, spoiled in one way after the other.

mod films;
mod good_pack;
mod hostile;
mod pages;
mod seeded;
mod texts;

use std::collections::BTreeSet;

use super::*;
use crate::packs::Unwatched;
use good_pack::Files;

/// Draws of a template: enough for what the tests seed.
const DRAWS: u64 = 60;

/// All codes of a pack but those of mere numbers, with what was said.
fn codes(files: &Files) -> (BTreeSet<&'static str>, String) {
    let verdict = lint_with(files, &Unwatched, DRAWS).unwrap();
    let findings: Vec<&Finding> =
        verdict.findings.iter().filter(|finding| finding.severity > Severity::Info).collect();
    let said = findings.iter().map(|f| format!("{} {}: {}", f.code, f.place, f.message));
    (findings.iter().map(|finding| finding.code).collect(), said.collect::<Vec<_>>().join("\n"))
}

#[test]
fn every_code_is_documented_for_authors() {
    let page = std::fs::read_to_string("docs/pack-format.md").unwrap();
    let mut last = "";
    for Code { code, what, advice } in CODES {
        let row = format!("| `{code}` | {what} | {advice} |");
        assert!(page.contains(&row), "docs/pack-format.md has no row\n{row}");
        let order = |code: &str| "FEWI".find(&code[..1]);
        assert!((order(last.get(..1).unwrap_or("F")), last) < (order(code), code), "{code} is out of order");
        last = code;
    }
}

/// Codes of `packs/` that a verdict has no place for: they are about keys, sticks, courses that are installed, and the
/// order of versions, not about what is in a pack.
const NO_VERDICT: [&str; 17] = [
    "pack.nothing-there",
    "pack.unknown",
    "pack.item-unknown",
    "pack.older",
    "pack.key-unreadable",
    "pack.password-wrong",
    "pack.signature-unreadable",
    "pack.item-faulty",
    "pack.source-lost",
    "pack.publisher-changed",
    "pack.needs-packs",
    "pack.conflicts",
    "pack.licence-unknown",
    "pack.damaged-here",
    "pack.no-room-there",
    "pack.folder-lost",
    "pack.file-too-long",
];

#[test]
fn every_refusal_of_an_archive_has_its_code() {
    let mut texts = Vec::new();
    let mut folders = vec![std::path::PathBuf::from("src/packs")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false if path.ends_with("tests.rs") => {}
                false => texts.push(std::fs::read_to_string(path).unwrap()),
            }
        }
    }
    let quoted = texts.iter().flat_map(|text| text.split('"').skip(1).step_by(2));
    let is_code = |text: &&str| {
        text.starts_with("pack.")
            && *text != "pack.json"
            && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'-' || b == b'.')
    };
    let unknown: BTreeSet<&str> = quoted
        .filter(is_code)
        .filter(|code| of_refusal(code).is_none() && !NO_VERDICT.contains(code))
        .collect();
    assert!(unknown.is_empty(), "give these a code in REFUSALS: {unknown:?}");
    for (refusal, code) in REFUSALS {
        assert!(CODES.iter().any(|known| known.code == code), "{refusal}");
    }
}
