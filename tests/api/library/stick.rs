//! A stick of the tests: a folder with packs on it, as somebody brings them.

use std::path::{Path, PathBuf};

use schoolhouse::packs;
use serde_json::{Value, json};

/// The id of the pack that the tests bring.
pub(super) const ID: &str = "org.example.sums";

/// A folder that is plugged in and pulled out.
pub(super) struct Stick {
    _home: tempfile::TempDir,
    folder: PathBuf,
    away: PathBuf,
}

impl Stick {
    /// An empty one, plugged in.
    pub(super) fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let (folder, away) = (home.path().join("KINGSTON"), home.path().join("in the pocket"));
        std::fs::create_dir(&folder).unwrap();
        Self { _home: home, folder, away }
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(super) fn pull(&self) {
        std::fs::rename(&self.folder, &self.away).unwrap();
    }

    pub(super) fn plug_in(&self) {
        std::fs::rename(&self.away, &self.folder).unwrap();
    }

    pub(super) fn put(&self, path: &str, bytes: &[u8]) {
        let path = self.folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    /// Puts a version of the pack on the stick, as a file.
    pub(super) fn put_pack(&self, name: &str, version: &str) {
        self.put(name, &pack(version));
    }
}

/// The bytes of a pack, without faults.
pub(super) fn pack(version: &str) -> Vec<u8> {
    pack_with(version, &[])
}

/// A pack in which some files are others.
pub(super) fn pack_with(version: &str, changes: &[(&str, &str)]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    write_pack(folder.path(), version);
    for (path, text) in changes {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let file = packs::build(folder.path(), Some(&folder.path().join(".built")), &packs::Unwatched).unwrap();
    std::fs::read(file).unwrap()
}

/// The manifest of the pack.
pub(super) fn manifest(version: &str) -> Value {
    json!({
        "format": 1, "id": ID, "version": version, "title": { "en": "Sums", "fr": "Additions" },
        "summary": { "en": "One and one." }, "language": "en", "direction": "ltr", "audioLanguages": [],
        "audience": "students", "publisher": "Example Press", "authors": ["A. Author"], "contact": "packs@example.org",
        "licence": "CC-BY-4.0", "licenceText": "LICENSES/CC-BY-4.0.txt", "attribution": "Example Press",
        "commercialUse": true, "derivatives": true, "subjects": ["mathematics"], "grades": [2, 3], "ageMin": 7,
        "ageMax": 11, "curriculum": [], "cover": "media/cover.svg", "needs": { "minApp": "0.1.0", "features": [] },
        "accessibility": { "accessMode": ["textual"], "accessibilityFeature": [], "hazards": ["none"] },
        "safety": { "reviewedForAge": true, "externalLinks": false, "realChildren": false },
        "provenance": { "source": "written for a test", "importer": null, "date": "2026-11-23", "changes": [] },
        "difficultyModel": { "name": "rating-1", "calibratedOn": 0 }, "released": "2026-11-23",
    })
}

/// A pack of one lesson, as its author keeps it.
pub(super) fn write_pack(folder: &Path, version: &str) {
    let skills = json!({ "skills": [{ "id": "add", "name": "Add", "can": "I can add", "strand": "numbers",
        "prerequisites": [], "minutes": 10, "alignsTo": [], "offTablet": "pages/read.md" }] });
    let outline = json!({ "units": [{ "id": "u", "title": "Unit", "lessons": [{ "id": "sums", "title": "Sums",
        "picture": "media/cover.svg", "minutes": 10, "skills": ["add"], "teacherNotes": "pages/read.md",
        "offTablet": "pages/read.md", "activities": [
            { "id": "read", "kind": "page", "title": "Read", "page": "pages/read.md" },
            { "id": "try", "kind": "practice", "title": "Try", "items": ["sum"] }] }] }] });
    let items = json!({ "items": [{ "id": "sum", "type": "number", "skills": ["add"], "difficulty": "easy",
        "stem": [{ "math": "1 + 1 = _" }], "answer": { "value": "2" }, "hints": ["Count on."],
        "solution": [{ "p": "One and one is two." }] }] });
    let picture = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>"#;
    for (path, text) in [
        ("pack.json", manifest(version).to_string()),
        ("skills.json", skills.to_string()),
        ("outline.json", outline.to_string()),
        ("items/sum.json", items.to_string()),
        ("pages/read.md", "# Sums\n\nOne and one is two.\n".to_owned()),
        ("media/cover.svg", picture.to_owned()),
        ("LICENSES/CC-BY-4.0.txt", "CC BY 4.0".to_owned()),
    ] {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
}
