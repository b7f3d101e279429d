//! The check of a pack of two gigabytes, measured: how long it takes beside reading the file once and hashing it, and the
//! most memory that it held. Wanted: at most 120 MB, and at most 60 s.
//!
//! `cargo bench --bench check`; needs 4.5 GB in the directory for temporary files.

#![expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark speaks to a person and may break off"
)]

use std::fs::{self, File};
use std::io::{BufWriter, Read, Write};
use std::path::Path;
use std::time::Instant;

use schoolhouse::lint::look_over;
use schoolhouse::packs::{Unwatched, build};
use serde_json::json;
use sha2::{Digest, Sha256};

const FILMS: u32 = 40;
const FILM_MB: u32 = 50;
const PAGES: u32 = 4_000;
const TEMPLATES: u32 = 100;

fn main() {
    let dir = tempfile::tempdir().expect("a directory");
    let (folder, file) = (dir.path().join("pack"), dir.path().join("large.schoolpack"));
    write_pack(&folder);
    build(&folder, Some(&file), &Unwatched).expect("the pack is built");
    let size = file.metadata().expect("a file").len();

    let began = Instant::now();
    hash(&file);
    let hashed = began.elapsed().as_secs_f64();
    for path in [&folder, &file] {
        forget_peak();
        let before = peak_kb();
        let began = Instant::now();
        let looked = look_over(path, &Unwatched).expect("a verdict");
        let took = began.elapsed().as_secs_f64();
        println!(
            "check of {} MB as a {:<7} {took:>6.1} s ({:.1} × hashing it), peak {} MB ({} MB before), grade {:?}, {} findings",
            size >> 20,
            if path.is_dir() { "folder" } else { "file" },
            took / hashed,
            peak_kb() >> 10,
            before >> 10,
            looked.verdict.grade,
            looked.verdict.findings.len(),
        );
    }
}

/// Films, pages and templates; the films have heads of a real one and noise behind.
fn write_pack(folder: &Path) {
    let starter = Path::new(env!("CARGO_MANIFEST_DIR")).join("content-packs/numbers");
    for part in ["media", "pages", "items", "LICENSES"] {
        fs::create_dir_all(folder.join(part)).expect("a folder");
    }
    fs::copy(starter.join("LICENSES/CC-BY-4.0.txt"), folder.join("LICENSES/CC-BY-4.0.txt"))
        .expect("a licence");
    let manifest = fs::read_to_string(starter.join("pack.json")).expect("a manifest");
    fs::write(folder.join("pack.json"), manifest.replace("media/cover.svg", "media/c.svg"))
        .expect("a manifest");
    fs::write(folder.join("media/c.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>").expect("a drawing");
    let skills = json!({ "skills": [{ "id": "add", "name": "Add", "can": "I can add" }] });
    fs::write(folder.join("skills.json"), skills.to_string()).expect("skills");
    let mut activities = Vec::new();
    let head = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/media/baseline.mp4"));
    let head = head.expect("a film");
    for film in 0..FILMS {
        write_film(&folder.join(format!("media/{film}.mp4")), &head, film);
        activities.push(json!({ "id": format!("film-{film}"), "kind": "video", "title": "Film",
            "file": format!("media/{film}.mp4"), "transcript": "pages/0.md" }));
    }
    for page in 0..PAGES {
        let text = format!("# Page {page}\n\n{}\n\n[Next](0.md)\n", "The goat is in the field. ".repeat(80));
        fs::write(folder.join(format!("pages/{page}.md")), text).expect("a page");
        activities.push(json!({ "id": format!("page-{page}"), "kind": "page", "title": "Page", "page": format!("pages/{page}.md") }));
    }
    let items: Vec<_> = (0..TEMPLATES)
        .map(|n| {
            json!({ "id": format!("sum-{n}"), "type": "number", "skills": ["add"], "difficulty": "easy",
                "params": { "a": { "int": [1, 99] }, "b": { "int": [1, 99] } },
                "stem": [{ "math": "{a} + {b} = _" }], "answer": { "value": "{a + b}" }, "verify": "answer - b == a" })
        })
        .collect();
    fs::write(folder.join("items/sums.json"), json!({ "items": items }).to_string()).expect("questions");
    activities.push(json!({ "id": "try", "kind": "practice", "title": "Try", "items": ["sum-0"] }));
    let lesson = json!({ "id": "one", "title": "One", "skills": ["add"], "activities": activities });
    let outline = json!({ "units": [{ "id": "u", "title": "U", "lessons": [lesson] }] });
    fs::write(folder.join("outline.json"), outline.to_string()).expect("an outline");
}

fn write_film(path: &Path, head: &[u8], seed: u32) {
    let mut film = BufWriter::new(File::create(path).expect("a film"));
    film.write_all(head).expect("room for a film");
    film.write_all(&((FILM_MB << 20) + 8).to_be_bytes()).expect("room for a film");
    film.write_all(b"free").expect("room for a film");
    let mut state = u64::from(seed) + 1;
    let mut noise = vec![0; 1 << 20];
    for _ in 0..FILM_MB {
        for part in noise.chunks_exact_mut(8) {
            // A xorshift: noise that no two films share.
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            part.copy_from_slice(&state.to_le_bytes());
        }
        film.write_all(&noise).expect("room for a film");
    }
    film.flush().expect("room for a film");
}

fn hash(path: &Path) {
    let mut file = File::open(path).expect("the pack");
    let (mut hash, mut part) = (Sha256::new(), vec![0; 256 << 10]);
    loop {
        match file.read(&mut part).expect("the pack can be read") {
            0 => break,
            got => hash.update(&part[..got]),
        }
    }
    assert_ne!(hash.finalize().as_slice(), [0; 32]);
}

/// The most memory that the process held (`VmHWM`).
fn peak_kb() -> u64 {
    let status = fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// From now on a new peak is counted (proc(5), `clear_refs`).
fn forget_peak() {
    fs::write("/proc/self/clear_refs", "5").expect("the kernel counts peaks");
}
