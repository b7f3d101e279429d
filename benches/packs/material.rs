//! The pack that is served: many texts of the size of a lesson's page, and one long video.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::json;

/// Texts, each about 43 KB and a quarter of that deflated: the page of an encyclopedia.
pub(crate) const TEXTS: usize = 300;
const LETTERS: usize = 43_000;
/// The video.
pub(crate) const VIDEO: u64 = 2 << 30;
/// Its path in the pack.
pub(crate) const VIDEO_PATH: &str = "media/video.mp4";

/// The path of a text in the pack.
pub(crate) fn text_path(number: usize) -> String {
    format!("media/text-{number:03}.txt")
}

/// `SplitMix64`: the same material in every run.
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    /// The next number.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }
}

/// Writes the pack as its author would keep it and builds its file; answers where both are.
pub(crate) fn make(scratch: &Path) -> (PathBuf, PathBuf) {
    let (folder, file) = (scratch.join("folder"), scratch.join("one.schoolpack"));
    let put = |path: &str, bytes: &[u8]| {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("room for the pack");
    };
    let manifest = json!({
        "format": 1, "id": "org.example.bench", "version": "1.0.0", "title": { "en": "Much" },
        "summary": { "en": "Texts and a video." }, "language": "en", "direction": "ltr", "audioLanguages": [],
        "audience": "students", "publisher": "Example", "authors": ["A"], "contact": "a@example.org",
        "licence": "CC0-1.0", "licenceText": "LICENSES/CC0-1.0.txt", "attribution": "A", "commercialUse": true,
        "derivatives": true, "needs": { "minApp": "0.1.0" }, "released": "2026-11-23"
    });
    put("pack.json", manifest.to_string().as_bytes());
    put("skills.json", br#"{ "skills": [ { "id": "read", "name": "Read", "can": "I can read" } ] }"#);
    put("LICENSES/CC0-1.0.txt", b"Do what you like.");
    put("pages/read.md", b"# Read\n");
    let activity = json!({ "id": "read", "kind": "page", "title": "Read", "page": "pages/read.md" });
    let lesson = json!({
        "id": "l", "title": "L", "picture": text_path(0), "skills": ["read"], "activities": [activity]
    });
    let outline = json!({ "units": [{ "id": "u", "title": "U", "lessons": [lesson] }] });
    put("outline.json", outline.to_string().as_bytes());
    let mut chance = Chance(7);
    let words: Vec<String> = (0..3_000).map(|_| word(&mut chance)).collect();
    for number in 0..TEXTS {
        put(&text_path(number), text(&words, &mut chance).as_bytes());
    }
    write_video(&folder.join(VIDEO_PATH), &mut chance);
    let built = Command::new(env!("CARGO_BIN_EXE_schoolhouse"))
        .args(["pack", "build"])
        .arg(&folder)
        .arg("--output")
        .arg(&file)
        .output()
        .expect("the program");
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    (folder, file)
}

fn word(chance: &mut Chance) -> String {
    let letters = 2 + chance.below(9);
    (0..letters)
        .map(|_| char::from(b"etaoinshrdlucmfw"[usize::from(chance.next().to_le_bytes()[0] % 16)]))
        .collect()
}

/// Words as languages use them: few of them often, most of them seldom.
fn text(words: &[String], chance: &mut Chance) -> String {
    let mut text = String::with_capacity(LETTERS + 20);
    while text.len() < LETTERS {
        let most = 1 + chance.below(words.len() as u64);
        let most = 1 + chance.below(most);
        let place = usize::try_from(chance.below(most)).unwrap_or(0);
        text.push_str(&words[place]);
        text.push(if chance.below(12) == 0 { '\n' } else { ' ' });
    }
    text
}

/// Bytes that nothing makes smaller.
fn write_video(path: &Path, chance: &mut Chance) {
    let mut to = BufWriter::with_capacity(1 << 20, File::create(path).expect("room for the video"));
    for _ in 0..VIDEO / 8 {
        to.write_all(&chance.next().to_le_bytes()).expect("room for the video");
    }
    to.flush().expect("room for the video");
}
