//! A pack with something of everything and nothing wrong with it, and ways to spoil it.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::Path;

use serde_json::{Value as Json, json};

use crate::error::{Error, Result};
use crate::packs::Tree;

/// Files in memory.
#[derive(Clone, Debug, Default)]
pub(super) struct Files(BTreeMap<String, Vec<u8>>);

impl Tree for Files {
    fn paths(&self) -> Result<Vec<String>> {
        Ok(self.0.keys().cloned().collect())
    }

    fn open(&self, path: &str) -> Result<Box<dyn Read + '_>> {
        let found = self.0.get(path);
        let found = found.ok_or_else(|| Error::not_found("pack.file-missing", format!("no {path}")))?;
        Ok(Box::new(Cursor::new(found)))
    }
}

impl Files {
    pub(super) fn put(&mut self, path: &str, bytes: impl Into<Vec<u8>>) {
        self.0.insert(path.to_owned(), bytes.into());
    }

    pub(super) fn remove(&mut self, path: &str) {
        self.0.remove(path).expect("a file to take out");
    }

    /// Changes a document.
    pub(super) fn edit(&mut self, path: &str, change: impl FnOnce(&mut Json)) {
        let mut document = serde_json::from_slice(&self.0[path]).unwrap();
        change(&mut document);
        self.put(path, document.to_string());
    }

    /// Changes the text of a file; the old one must be there.
    pub(super) fn replace(&mut self, path: &str, old: &str, new: &str) {
        let text = String::from_utf8(self.0[path].clone()).unwrap();
        assert!(text.contains(old), "{path} has no {old}");
        self.put(path, text.replacen(old, new, 1));
    }

    /// Adds to the end of a text.
    pub(super) fn append(&mut self, path: &str, more: &str) {
        let mut text = self.0[path].clone();
        text.extend_from_slice(more.as_bytes());
        self.put(path, text);
    }

    /// Adds a question.
    pub(super) fn ask(&mut self, item: Json) {
        self.edit("items/count.json", |file| file["items"].as_array_mut().unwrap().push(item));
    }

    /// Adds an activity before the check.
    pub(super) fn act(&mut self, activity: Json) {
        self.edit("outline.json", |outline| {
            outline["units"][0]["lessons"][0]["activities"].as_array_mut().unwrap().insert(0, activity);
        });
    }

    /// Lays the files into a folder.
    pub(super) fn write_to(&self, folder: &Path) {
        for (path, bytes) in &self.0 {
            let path = folder.join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
    }
}

/// A file that a real encoder wrote.
pub(super) fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/media").join(name)).unwrap()
}

/// A PDF of one empty page, with more objects where they are given.
pub(super) fn document(more: &str) -> Vec<u8> {
    format!(
        "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
         3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R >>\nendobj\n\
         4 0 obj\n<< /Length 16 >>\nstream\n(/JS) Tj ET BT n\nendstream\nendobj\n{more}\ntrailer\n<< /Root 1 0 R /Size 5 >>\n%%EOF\n"
    )
    .into_bytes()
}

/// A plain question.
pub(super) fn number(id: &str, difficulty: &str, stem: &str, value: &str) -> Json {
    json!({ "id": id, "type": "number", "skills": ["count"], "difficulty": difficulty, "stem": [stem],
            "answer": { "value": value }, "hints": ["Use your fingers."], "solution": [{ "math": value }] })
}

/// A question with three options, the first of them right.
pub(super) fn single(id: &str, keep_order: bool, options: [&str; 3]) -> Json {
    let options: Vec<Json> =
        ["a", "b", "c"].iter().zip(options).map(|(id, text)| json!({ "id": id, "text": text })).collect();
    json!({ "id": id, "type": "single", "skills": ["count"], "difficulty": "easy", "stem": ["Which one?"],
            "options": options, "answer": "a", "keepOrder": keep_order })
}

/// The pack.
pub(super) fn good_pack() -> Files {
    let mut files = Files::default();
    files.put("pack.json", manifest().to_string());
    files.put("skills.json", skills().to_string());
    files.put("outline.json", outline().to_string());
    files.put("items/count.json", json!({ "items": items() }).to_string());
    files.put("LICENSES/CC-BY-4.0.txt", "Creative Commons Attribution 4.0");
    for (path, text) in [
        (
            "pages/read.md",
            "# Count\n\n![Three goats beside a tree](../media/goats.svg)\n\nLook at the goats. Count them. [More](more.md)\n",
        ),
        ("pages/more.md", "# More\n\nCount your own things, too. [Back](read.md)\n"),
        ("pages/show.md", "# Watch\n\nOne, two, three. Three goats.\n"),
        (
            "pages/play.html",
            "<!doctype html><html lang=en><style>p { color: #222; background: #fff }</style><p>Count these. <img src=\"../media/goats.svg\" alt=\"Three goats\"></p><a href=\"more.md\">More</a>",
        ),
        ("pages/song.md", "# The song\n\nOne goat, two goats, three goats.\n"),
        ("pages/room.md", "# In the room\n\nCount the stones. [Play](play.html)\n"),
        ("pages/notes.md", "# For the teacher\n\nThe aim is counting up to ten.\n"),
        (
            "media/goats.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><text>3</text><circle r=\"2\"/></svg>",
        ),
        ("media/goats.en.vtt", "WEBVTT\n\n00:00.000 --> 00:01.500\nThree goats.\n"),
        (
            "books/tale/one.xhtml",
            "<html xmlns=\"http://www.w3.org/1999/xhtml\"><head><link rel=\"stylesheet\" href=\"tale.css\"/></head><body><p>A goat. <a href=\"two%20b.xhtml#end\">On</a></p></body></html>",
        ),
        (
            "books/tale/two b.xhtml",
            "<html xmlns=\"http://www.w3.org/1999/xhtml\"><body><p id=\"end\">Two goats.</p></body></html>",
        ),
        ("books/tale/tale.css", "p { color: black } /* url(gone.png) */"),
        ("apps/clock/index.html", "<!doctype html><script src=\"clock.js\"></script><p>What time is it?</p>"),
        ("apps/clock/clock.js", "fetch('times.json'); setTimeout(function () { eval('1') }, 9)"),
        ("apps/clock/times.json", "[]"),
    ] {
        files.put(path, text);
    }
    files.put("media/goats.mp4", fixture("baseline.mp4"));
    files.put("media/song.mp3", fixture("vbr.mp3"));
    files.put("media/photo.jpg", fixture("picture.jpg"));
    files.put("media/sheet.pdf", document(""));
    files
}

fn manifest() -> Json {
    json!({
        "format": 1, "id": "org.example.count", "version": "1.0.0", "title": { "en": "Count", "ar": "العد" },
        "summary": { "en": "Count up to ten.", "ar": "العد حتى عشرة." }, "language": "en", "direction": "ltr",
        "audioLanguages": ["en"], "audience": "students", "publisher": "Example", "authors": ["A. Writer"],
        "contact": "a@example.org", "licence": "CC-BY-4.0", "licenceText": "LICENSES/CC-BY-4.0.txt",
        "attribution": "A. Writer, Count", "commercialUse": true, "derivatives": true,
        "subjects": ["mathematics"], "grades": [4, 5], "ageMin": 9, "ageMax": 11, "cover": "media/goats.svg",
        "needs": { "minApp": "0.1.0" }, "released": "2026-11-23",
        "accessibility": { "accessMode": ["visual"] }, "safety": { "reviewedForAge": true, "realChildren": false },
        "provenance": { "source": "written for this pack" }
    })
}

fn skills() -> Json {
    json!({ "skills": [{ "id": "count", "name": "Count", "can": "I can count", "offTablet": "pages/room.md" }] })
}

fn outline() -> Json {
    json!({ "units": [{ "id": "u", "title": "Unit", "lessons": [{
        "id": "one", "title": "Goats", "picture": "media/goats.svg", "minutes": 30, "skills": ["count"],
        "teacherNotes": "pages/notes.md", "activities": [
            { "id": "read", "kind": "page", "title": "Read", "page": "pages/read.md" },
            { "id": "show", "kind": "example", "title": "Watch one done", "page": "pages/show.md" },
            { "id": "film", "kind": "video", "title": "Watch", "file": "media/goats.mp4",
              "captions": [{ "language": "en", "file": "media/goats.en.vtt" }], "poster": "media/goats.svg" },
            { "id": "song", "kind": "audio", "title": "Listen", "file": "media/song.mp3", "transcript": "pages/song.md" },
            { "id": "photo", "kind": "picture", "title": "Look", "file": "media/photo.jpg", "alt": "A test pattern" },
            { "id": "sheet", "kind": "document", "title": "Sheet", "file": "media/sheet.pdf" },
            { "id": "tale", "kind": "book", "title": "A tale", "chapters": [
                { "title": "One", "file": "books/tale/one.xhtml" }, { "title": "Two", "file": "books/tale/two b.xhtml" }] },
            { "id": "clock", "kind": "app", "title": "Clock", "file": "apps/clock/index.html" },
            { "id": "try", "kind": "practice", "title": "Try", "items": ["n-1", { "item": "sum", "count": 2 }] },
            { "id": "exit", "kind": "check", "title": "Show", "items": ["n-2"] }
        ] }] }] })
}

fn items() -> Vec<Json> {
    let mut items: Vec<Json> = (1..=9)
        .map(|n| number(&format!("n-{n}"), "easy", &format!("What comes after {n}?"), &(n + 1).to_string()))
        .collect();
    items.push(json!({
        "id": "sum", "type": "number", "skills": ["count"], "difficulty": "medium",
        "params": { "a": { "int": [1, 9] }, "b": { "int": [1, 9] } }, "let": { "s": "a + b" },
        "stem": [{ "math": "{a} + {b} = _" }], "answer": { "value": "{s}" }, "verify": "answer - b == a"
    }));
    items.push(single("which", false, ["three", "four", "five"]));
    items.push(json!({
        "id": "see", "type": "truefalse", "skills": ["count"], "difficulty": "easy", "answer": true,
        "stem": [{ "p": "There are three goats." }, { "image": "media/goats.svg", "alt": "Three goats" }]
    }));
    items
}
