//! A pack of a gigabyte: fifty lessons, each with a film and twenty pages.

use std::fs;
use std::path::{Path, PathBuf};

use schoolhouse::packs::{Unwatched, build};

const LESSONS: u64 = 50;
const FILM: usize = 20_000_000;
const PAGES: u64 = 20;
/// The lesson that is another in every version.
const CHANGED: u64 = 7;

/// The file of a version.
pub(crate) fn pack(scratch: &Path, version: &str) -> PathBuf {
    let folder = scratch.join("folder");
    for name in ["media", "pages", "LICENSES"] {
        fs::create_dir_all(folder.join(name)).expect("a folder");
    }
    let write = |path: &str, bytes: &[u8]| fs::write(folder.join(path), bytes).expect("written");
    write("pack.json", manifest(version).as_bytes());
    write("LICENSES/CC0-1.0.txt", b"Do what you like.");
    for lesson in 0..LESSONS {
        let version = if lesson == CHANGED { u64::from(version.as_bytes()[2]) } else { 0 };
        let seed = version * 1_000 + lesson;
        write(&format!("media/{lesson}.mp4"), &noise(seed, FILM));
        for page in 0..PAGES {
            let words = format!("In lesson {seed} goat {page} eats. ").repeat(400);
            write(&format!("pages/{lesson}-{page}.md"), format!("# Page {page}\n\n{words}\n").as_bytes());
        }
    }
    let file = scratch.join(format!("{version}.schoolpack"));
    build(&folder, Some(&file), &Unwatched).expect("built")
}

fn manifest(version: &str) -> String {
    format!(
        r#"{{ "format": 1, "id": "org.example.large", "version": "{version}", "title": {{ "en": "Large" }},
        "summary": {{ "en": "Fifty films." }}, "language": "en", "direction": "ltr", "audioLanguages": [],
        "audience": "students", "publisher": "Example", "authors": ["A"], "contact": "a@example.org",
        "licence": "CC0-1.0", "licenceText": "LICENSES/CC0-1.0.txt", "attribution": "A", "commercialUse": true,
        "derivatives": true, "needs": {{ "minApp": "0.1.0" }}, "released": "2026-11-23" }}"#
    )
}

/// Bytes that no packing makes smaller (SplitMix64).
fn noise(seed: u64, bytes: usize) -> Vec<u8> {
    let word = |number: u64| {
        let state = (seed << 32).wrapping_add(number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb).to_le_bytes()
    };
    (0..).flat_map(word).take(bytes).collect()
}
