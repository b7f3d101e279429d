//! The index over packs in memory: what a broken-off round leaves, and that nothing that is typed is an error.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use proptest::prelude::*;
use serde_json::json;

use super::store::Row;
use super::*;
use crate::db::{Db, Urgency};
use crate::packs::Tree;

/// A pack in memory.
struct Files(BTreeMap<String, String>);

impl Tree for Files {
    fn paths(&self) -> Result<Vec<String>> {
        Ok(self.0.keys().cloned().collect())
    }

    fn open(&self, path: &str) -> Result<Box<dyn Read + '_>> {
        let text =
            self.0.get(path).ok_or_else(|| crate::error::Error::not_found("pack.file-missing", path))?;
        Ok(Box::new(Cursor::new(text.as_bytes())))
    }
}

fn manifest(id: &str) -> serde_json::Value {
    json!({
        "format": 1, "id": id, "version": "1.0.0", "title": { "en": "Course" }, "summary": { "en": "-" }, "language": "en",
        "direction": "ltr", "audioLanguages": [], "audience": "students", "publisher": "-", "authors": [], "contact": "-",
        "licence": "CC-BY-4.0", "licenceText": "-", "attribution": "-", "commercialUse": true, "derivatives": true,
        "needs": { "minApp": "0.1.0" }, "released": "2026-11-23"
    })
}

/// A pack whose lessons are a page each.
fn pack(id: &str, pages: &[(&str, &str)]) -> Box<dyn Tree> {
    let mut files = BTreeMap::from([("pack.json".to_owned(), manifest(id).to_string())]);
    let mut lessons = Vec::new();
    for (number, (title, text)) in pages.iter().enumerate() {
        let path = format!("pages/{number}.md");
        lessons.push(json!({ "id": format!("l{number}"), "title": title, "activities": [
            { "id": "read", "kind": "page", "title": title, "page": path }
        ] }));
        files.insert(path, (*text).to_owned());
    }
    files.insert(
        "outline.json".into(),
        json!({ "units": [{ "id": "u", "title": "", "lessons": lessons }] }).to_string(),
    );
    Box::new(Files(files))
}

fn packs() -> Arc<Packs> {
    let pages = [
        ("Rain", "Drops fall from \"clouds\"."),
        ("فصل المطر", "يسقط المطر."),
        ("雨", "雨从云里来。"),
        ("वर्षा", "बादल से बूँदें।"),
    ];
    Arc::new(
        Packs::of_trees(vec![pack("org.example.a", &pages), pack("org.example.b", &[("Snow", "Flakes.")])])
            .unwrap(),
    )
}

fn question(text: &str, kind: Option<ResultKind>) -> Question {
    let (language, grade) = (None, None);
    Question {
        text: text.into(),
        seeker: Seeker::Student,
        screens: "en".into(),
        language,
        grade,
        kind,
        limit: 20,
    }
}

async fn titles(search: &Search, text: &str) -> Vec<String> {
    let found = search.find(question(text, Some(ResultKind::Page))).await.unwrap();
    let title = |result: &SearchResult| result.title.iter().map(|piece| piece.text.as_str()).collect();
    found.results.iter().map(title).collect()
}

#[tokio::test]
async fn a_pack_that_was_read_in_part_or_in_another_way_is_read_anew() {
    let directory = tempfile::tempdir().unwrap();
    let options = Options::search(directory.path().join("search.db"));
    let packs = packs();
    let first = packs.course("org.example.a").unwrap();
    let db = Db::open_or_renew(&options).unwrap();
    let (hash, resources) = (first.hash.clone(), gather::resources(&first));
    db.write_blocking(Urgency::Now, move |connection| {
        let pack = store::begin(connection, &hash)?;
        let row = |(place, resource): (usize, _)| Row {
            place,
            resource,
            title: "rain".into(),
            body: "stale".into(),
        };
        let rows: Vec<Row> = resources.into_iter().enumerate().take(3).map(row).collect();
        store::add(connection, pack, &rows)
    })
    .unwrap();
    drop(db);

    let search = Search::open(packs.clone(), options.clone()).unwrap();
    search.ready().await;
    assert_eq!(titles(&search, "stale").await, Vec::<String>::new());
    assert_eq!(titles(&search, "rain").await, ["Rain"]);
    assert_eq!(titles(&search, "flakes").await, ["Snow"]);
    assert_eq!(titles(&search, "flekes").await, ["Snow"]);
    drop(search);

    let db = Db::open_or_renew(&options).unwrap();
    db.write_blocking(Urgency::Now, |connection| {
        Ok(connection.execute_batch("UPDATE pack SET shape = 0; UPDATE resource SET lesson = 'elsewhere'")?)
    })
    .unwrap();
    drop(db);
    let search = Search::open(packs, options).unwrap();
    search.ready().await;
    assert_eq!(titles(&search, "rain").await, ["Rain"]);
}

#[tokio::test]
async fn films_books_and_pictures_are_found_by_what_is_in_them() {
    let mut files = BTreeMap::from([("pack.json".to_owned(), manifest("org.example.media").to_string())]);
    let activities = json!([
        { "id": "v", "kind": "video", "title": "The well", "file": "media/w.mp4", "transcript": "pages/w.md",
          "captions": [{ "language": "fr", "file": "media/w.vtt" }] },
        { "id": "b", "kind": "book", "title": "Goats", "chapters": [
            { "title": "One", "file": "books/g/1.xhtml" }, { "title": "Two", "file": "books/g/2.xhtml" }] },
        { "id": "p", "kind": "picture", "title": "Map", "file": "media/m.png", "alt": "The river to the sea" },
        { "id": "d", "kind": "document", "title": "Handbook", "file": "media/h.pdf" }
    ]);
    let lessons = json!([{ "id": "l", "title": "Lesson", "activities": activities }]);
    for (path, text) in [
        ("outline.json", json!({ "units": [{ "id": "u", "title": "", "lessons": lessons }] }).to_string()),
        ("pages/w.md", "A bucket goes down.".into()),
        ("media/w.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nLe seau descend.".into()),
        ("books/g/1.xhtml", "<html><body><p>A kid is born.</p></body></html>".into()),
        (
            "books/g/2.xhtml",
            "<html><body><p>It climbs a rock.<script>hidden()</script></p></body></html>".into(),
        ),
    ] {
        files.insert(path.into(), text);
    }
    let packs = Arc::new(Packs::of_trees(vec![Box::new(Files(files))]).unwrap());
    let directory = tempfile::tempdir().unwrap();
    let search = Search::open(packs, Options::search(directory.path().join("search.db"))).unwrap();
    search.ready().await;
    for (text, expected) in [
        ("bucket", Some((ResultKind::Video, "v", None))),
        ("seau", Some((ResultKind::Video, "v", None))),
        ("goats", Some((ResultKind::Book, "b", None))),
        ("born", Some((ResultKind::Book, "b", Some(0)))),
        ("rock", Some((ResultKind::Book, "b", Some(1)))),
        ("hidden", None),
        ("river", Some((ResultKind::Picture, "p", None))),
        ("handbook", Some((ResultKind::Document, "d", None))),
    ] {
        let found = search.find(question(text, None)).await.unwrap();
        let first = found.results.first();
        let first =
            first.map(|result| (result.kind, result.activity.as_deref().unwrap_or_default(), result.chapter));
        assert_eq!(first, expected, "{text}");
    }
}

#[tokio::test]
async fn a_damaged_index_is_made_anew() {
    let directory = tempfile::tempdir().unwrap();
    let options = Options::search(directory.path().join("search.db"));
    std::fs::write(
        &options.path,
        "this is no database, but it is long enough to be looked at as one".repeat(100),
    )
    .unwrap();
    let search = Search::open(packs(), options).unwrap();
    search.ready().await;
    assert_eq!(titles(&search, "drops").await, ["Rain"]);
}

#[test]
fn whatever_is_typed_is_answered() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let directory = tempfile::tempdir().unwrap();
    let search = Search::open(packs(), Options::search(directory.path().join("search.db"))).unwrap();
    runtime.block_on(search.ready());
    let signs = r#"["'*^():{}+\-a-cA-Z \\,.雨वर्षाمطرا٣́\u{0}]{0,24}"#;
    let typed = prop_oneof![any::<String>(), signs, "(AND|OR|NOT|NEAR|title|body|rain|[ \"(){}:*]){0,12}"];
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(400));
    runner
        .run(&typed, |text| {
            let answer = runtime.block_on(search.find(question(&text, None)));
            prop_assert!(answer.is_ok(), "{text:?}: {:?}", answer.err());
            Ok(())
        })
        .unwrap();
}
