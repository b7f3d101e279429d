//! Courses that teachers write: from the first word to another school's shelf.

mod written;

use axum::http::{Method, header};
use serde_json::{Value, json};

use crate::harness::{Answer, Browser, TestBox};
use crate::library::{add, ended};
use crate::tablet::{Tablet, key};
use written::{draft, lesson, questions};

const OWN: &str = "/api/v1/authoring";

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/fixtures/media/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// A course that somebody just began.
struct Own {
    teacher: Browser,
    way: String,
    revision: u64,
}

impl Own {
    async fn begin(teacher: &Browser) -> Self {
        let new = json!({ "title": "Our well", "language": "en", "start": "quiz" });
        let begun = teacher.post(OWN, new).await.expect(201);
        let way = format!("{OWN}/{}", begun["id"].as_str().unwrap());
        Self { teacher: teacher.clone(), way, revision: begun["revision"].as_u64().unwrap() }
    }

    async fn put(&self, revision: u64, draft: &Value) -> Answer {
        let body = json!({ "revision": revision, "draft": draft });
        self.teacher.send_json(Method::PUT, &self.way, Some(body)).await
    }

    async fn save(&mut self, draft: &Value) -> Value {
        let saved = self.put(self.revision, draft).await.expect(200);
        self.revision = saved["revision"].as_u64().unwrap();
        saved
    }

    async fn add(&self, name: &str) -> Value {
        let path = format!("{}/media", self.way);
        self.teacher.upload(&path, "application/octet-stream", fixture(name)).await.expect(201)
    }

    async fn file(&self, name: &str) -> String {
        self.add(name).await["file"].as_str().unwrap().to_owned()
    }

    async fn shelve(&self, school: &TestBox) -> Value {
        let path = format!("{}/shelf", self.way);
        let job =
            self.teacher.post(&path, json!({ "revision": self.revision })).await.expect(202)["job"].clone();
        ended(school, &self.teacher, &job).await
    }

    async fn shelf(&self) -> Value {
        self.teacher.get(&self.way).await.expect(200)["shelf"].clone()
    }
}

fn errors(own: &Value) -> Vec<&Value> {
    let all = own["findings"].as_array().unwrap().iter();
    all.filter(|finding| finding["severity"] == "error" || finding["severity"] == "fatal").collect()
}

#[tokio::test]
async fn a_course_is_written_put_on_the_shelf_answered_changed_and_taken_to_another_school() {
    let school = TestBox::open();
    let teacher = school.teacher().await;
    let mut own = Own::begin(&teacher).await;
    let (photo, video, sound) =
        (own.file("picture.jpg").await, own.file("baseline.mp4").await, own.file("sound.mp3").await);
    let captions = b"1\n00:00:00,000 --> 00:00:01,500\nColours move.\n";
    let captions =
        teacher.upload(&format!("{}/media", own.way), "text/plain", &captions[..]).await.expect(201);
    assert_eq!(captions["kind"], "captions");
    let second = lesson(&photo, &video, captions["file"].as_str().unwrap(), &sound);
    let items = questions(&photo);
    let mut written = draft(&items, vec![second]);
    let saved = own.save(&written).await;
    assert_eq!(errors(&saved), Vec::<&Value>::new(), "{}", saved["findings"]);
    assert!(saved["grade"] == "A" || saved["grade"] == "B", "{}", saved["grade"]);
    assert_eq!(saved["draft"], written, "what is kept is what was sent");

    // What a student will see, before anybody does.
    for item in &items {
        let tried =
            teacher.post(&format!("{}/try", own.way), json!({ "item": item, "seed": 7 })).await.expect(200);
        assert_eq!((&tried["findings"], &tried["variant"]["type"]), (&json!([]), &item["type"]));
    }

    let job = own.shelve(&school).await;
    assert_eq!((&job["state"], &job["title"]), (&json!("done"), &json!("Our well")), "{job}");
    let shelf = own.shelf().await;
    assert_eq!((&shelf["version"], &shelf["current"]), (&json!("1.0.0"), &json!(true)));
    let course = shelf["course"].as_str().unwrap().to_owned();
    let again = teacher.post(&format!("{}/shelf", own.way), json!({ "revision": own.revision })).await;
    again.refused(409, "authoring.nothing-new");

    // A student answers all of it.
    let amina = school.student("Amina").await;
    let ticket = crate::tablet::ticket(&amina).await;
    let way = format!("/api/v1/courses/{course}/lessons/lesson01/activities/quiz0001");
    let quiz = amina.get(&way).await.expect(200);
    let mut tablet = Tablet::new(&amina, 1);
    let answers = (0..items.len()).map(|place| {
        let mut answer =
            crate::tablet::answer(&ticket, &quiz, place, &key(&quiz["items"][place]["item"]), 1.0);
        answer["course"] = json!(course);
        answer["lesson"] = json!("lesson01");
        answer
    });
    tablet.deliver(answers.collect()).await;
    let scores = |quiz: &Value| -> Vec<Value> {
        quiz["items"].as_array().unwrap().iter().map(|item| item["score"].clone()).collect()
    };
    assert_eq!(scores(&amina.get(&way).await.expect(200)), vec![json!(1.0); items.len()]);
    let page = format!("/api/v1/courses/{course}/lessons/lesson02/activities/page0001");
    let page = amina.get(&page).await.expect(200).to_string();
    assert!(page.contains("It is cool &amp; dark: 10 * 2 steps &lt;down&gt;."), "{page}");

    // One question is changed: the next edition has it, and what was answered stays.
    written["lessons"][0]["parts"][0]["items"][3]["stem"] =
        json!([{ "p": "A rope has 12 m. You cut off 5 m. How many are left?" }]);
    written["lessons"][0]["parts"][0]["items"][3]["answer"] = json!({ "value": "7" });
    own.save(&written).await;
    assert_eq!(own.shelf().await["current"], false);
    assert_eq!(own.shelve(&school).await["state"], "done");
    assert_eq!(
        (&own.shelf().await["version"], &own.shelf().await["current"]),
        (&json!("1.1.0"), &json!(true))
    );
    let quiz = amina.get(&way).await.expect(200);
    assert_eq!(scores(&quiz), vec![json!(1.0); items.len()], "results stay");
    let version = |place: usize| quiz["items"][place]["item"]["version"].clone();
    assert_eq!((version(2), version(3)), (json!(1), json!(2)));

    // Another school takes it.
    let file = teacher.get(&format!("/api/v1/library/packs/{course}/file")).await;
    let name = file.headers[header::CONTENT_DISPOSITION].to_str().unwrap().to_owned();
    assert_eq!(name, format!("attachment; filename=\"{course}-1.1.0.schoolpack\""));
    let other = TestBox::open();
    let there = other.teacher().await;
    let new = json!({ "name": "well.schoolpack", "bytes": file.body.len() });
    let upload =
        there.post("/api/v1/library/uploads", new).await.expect(201)["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/library/uploads/{upload}?offset=0");
    there.send(Method::PATCH, &path, Some("application/octet-stream"), file.body.clone()).await.expect(200);
    let added = add(&other, &there, "well.schoolpack").await;
    assert_eq!((&added["state"], &added["course"]), (&json!("done"), &json!(course)), "{added}");
    let library = there.get("/api/v1/library").await.expect(200);
    let pack = library["packs"].as_array().unwrap().iter().find(|pack| pack["id"] == course).unwrap();
    assert!(pack["grade"] == "A" || pack["grade"] == "B", "{pack}");
}

#[tokio::test]
async fn a_draft_is_kept_over_a_restart_and_nobody_writes_over_what_they_did_not_see() {
    let school = TestBox::open();
    let (teacher, other) = (school.teacher().await, school.other_teacher().await);
    let mut own = Own::begin(&teacher).await;
    let unfinished = json!({ "title": "", "summary": "", "language": "en", "subject": null, "grades": [], "licence": "CC0-1.0",
        "skills": [], "lessons": [ { "id": "lesson01", "title": "", "minutes": 0, "forTheRoom": "", "parts": [
            { "id": "quiz0001", "kind": "questions", "title": "", "check": true, "items": [
                { "id": "item0001", "type": "single", "skills": [], "stem": [{ "p": "" }], "options": [{ "id": "a", "text": "" }], "answer": "" }, { "id": "item0002" } ] },
            { "id": "video001", "kind": "video", "title": "", "file": null, "captions": null, "alt": "", "transcript": "" } ] } ] });
    let saved = own.save(&unfinished).await;
    let found: Vec<_> = saved["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            (one["code"].as_str().unwrap(), one["place"]["item"].as_str(), one["place"]["field"].as_str())
        })
        .collect();
    for wanted in [
        ("title-missing", None, Some("title")),
        ("file-missing", None, Some("file")),
        ("item-stem-missing", Some("item0001"), Some("stem")),
        ("item-option-missing", Some("item0001"), Some("options")),
        ("E-103", Some("item0001"), None),
        ("item-unknown-type", Some("item0002"), None),
    ] {
        assert!(found.contains(&wanted), "{wanted:?} is not in {found:?}");
    }
    let missing = teacher.post(&format!("{}/shelf", own.way), json!({ "revision": own.revision })).await;
    assert!(
        missing.refused(422, "authoring.unfinished")["count"].as_str().unwrap().parse::<u32>().unwrap() > 3
    );

    let school = school.restart().await;
    let kept = teacher.get(&own.way).await.expect(200);
    assert_eq!((&kept["draft"], &kept["changedBy"]), (&unfinished, &json!("Ms Tembo")));

    // Two teachers have it open.
    let mut mine = unfinished.clone();
    mine["title"] = json!("Mine");
    let hers = Own { teacher: other.clone(), way: own.way.clone(), revision: own.revision };
    hers.put(hers.revision, &mine).await.expect(200);
    let newest = own.put(own.revision, &unfinished).await.refused(409, "authoring.changed");
    assert_eq!(
        (&newest["by"], &newest["revision"]),
        (&json!("Mr Okello"), &json!((own.revision + 1).to_string()))
    );
    assert_eq!(teacher.get(&own.way).await.expect(200)["draft"]["title"], "Mine");
    own.put(own.revision + 1, &unfinished).await.expect(200);
    let list = other.get(OWN).await.expect(200);
    let line = &list["courses"][0];
    assert_eq!((&line["questions"], &line["lessons"], &line["shelf"]), (&json!(2), &json!(1), &Value::Null));

    other.delete(&own.way).await.expect(204);
    teacher.get(&own.way).await.refused(404, "authoring.unknown");
    assert_eq!(teacher.get(OWN).await.expect(200)["courses"], json!([]));
    assert_eq!(
        std::fs::read_dir(school.data().join("authoring")).unwrap().count(),
        0,
        "nothing of it is left"
    );
}

#[tokio::test]
async fn files_are_what_their_bytes_say_and_tell_nothing_of_their_place() {
    let school = TestBox::open();
    let teacher = school.teacher().await;
    let own = Own::begin(&teacher).await;
    for (name, kind) in [
        ("picture.jpg", "picture"),
        ("picture.png", "picture"),
        ("picture.gif", "picture"),
        ("picture.webp", "picture"),
        ("sound.mp3", "audio"),
        ("vorbis.ogg", "audio"),
        ("baseline.mp4", "video"),
        ("vp8.webm", "video"),
    ] {
        let added = own.add(name).await;
        assert_eq!(added["kind"], kind, "{name}");
        assert_eq!(own.add(name).await, added, "the same file is there once");
    }
    // A photo with the place where it was taken.
    let plain = fixture("picture.jpg");
    let place = [&b"\xff\xe1\x00\x10Exif\0\0GPS-here"[..], b"\xff\xfe\x00\x06here"].concat();
    let photo = [&plain[..2], &place, &plain[2..]].concat();
    let media = format!("{}/media", own.way);
    let added = teacher.upload(&media, "image/jpeg", photo).await.expect(201);
    let shown = teacher.get(&format!("{}/{}", own.way, added["file"].as_str().unwrap())).await;
    assert_eq!(shown.headers[header::CONTENT_TYPE], "image/jpeg");
    assert_eq!(shown.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    assert!(!shown.body.windows(4).any(|part| part == b"here"), "the place is still in it");
    assert_eq!(added, own.add("picture.jpg").await, "without it the photo is the plain one");

    for (bytes, told) in [
        (b"#!/bin/sh".to_vec(), "runs no programs"),
        (b"Only words.".to_vec(), "can't be part of a page"),
        (fixture("hevc.mp4"), "HEVC"),
        (b"%PDF-1.4 x".to_vec(), "library"),
        (plain[..plain.len() / 2].to_vec(), "not copied to its end"),
        (Vec::new(), "This file is empty"),
    ] {
        let refused = teacher.upload(&media, "image/jpeg", bytes).await.expect(422);
        assert_eq!(refused["code"], "authoring.media-unknown");
        assert!(refused["detail"].as_str().unwrap().contains(told), "{refused}");
    }
    teacher.upload(&media, "video/mp4", vec![0; (8 << 20) + 1]).await.refused(413, "authoring.too-much");
    let id = own.way.rsplit('/').next().unwrap();
    let lying = std::fs::read_dir(school.data().join("authoring").join(id).join("media")).unwrap();
    assert_eq!(lying.count(), 8, "nothing is left of what was refused");

    // A large film comes in pieces.
    let film = fixture("film.webm");
    let new = json!({ "name": "film.webm", "bytes": film.len() });
    let upload = teacher.post("/api/v1/library/uploads", new).await.expect(201)["id"].clone();
    let taken = json!({ "upload": upload });
    let early = teacher.post(&format!("{media}/uploaded"), taken.clone()).await;
    early.refused(409, "library.upload-unfinished");
    let path = format!("/api/v1/library/uploads/{}?offset=0", upload.as_str().unwrap());
    teacher.send(Method::PATCH, &path, None, film.clone().into()).await.expect(200);
    let added = teacher.post(&format!("{media}/uploaded"), taken).await.expect(201);
    assert_eq!((&added["kind"], &added["bytes"]), (&json!("video"), &json!(film.len())));
    let left = std::fs::read_dir(school.data().join("tmp/uploads/whole")).unwrap().count();
    assert_eq!(left, 0, "it lies on the card once");
}

#[tokio::test]
async fn what_cannot_be_kept_is_refused_with_a_sentence() {
    let school = TestBox::open();
    let teacher = school.teacher().await;
    let own = Own::begin(&teacher).await;
    let whole = draft(&questions("media/0123456789abcdef0123456789abcdef.png"), Vec::new());
    let change = |path: &str, value: Value| {
        let mut changed = whole.clone();
        *changed.pointer_mut(path).unwrap() = value;
        changed
    };
    let question = "/lessons/0/parts/0/items/0";
    let many: Vec<Value> =
        (0..101).map(|n| json!({ "id": format!("s{n:07}"), "name": "", "can": "" })).collect();
    for (wrong, code, place) in [
        (change("/language", json!("../en")), "authoring.draft-wrong", "language"),
        (change("/lessons/0/id", json!("../../x")), "authoring.draft-wrong", "lessons"),
        (change("/lessons/0/parts/0/id", json!("Quiz0001")), "authoring.draft-wrong", "parts"),
        (change(question, json!("?")), "authoring.draft-wrong", "items"),
        (change(question, json!({ "id": "item0002" })), "authoring.draft-wrong", "items"),
        (
            change("/lessons/0/parts/0/items/8/image", json!("media/../../school.key")),
            "authoring.draft-wrong",
            "items",
        ),
        (
            change(
                "/lessons/0/parts/0",
                json!({ "id": "photo001", "kind": "picture", "title": "", "file": "/etc/passwd", "alt": "" }),
            ),
            "authoring.draft-wrong",
            "file",
        ),
        (
            change(
                "/lessons/0/parts/0",
                json!({ "id": "page0001", "kind": "page", "title": "", "blocks": [{ "photo": "x", "alt": "" }] }),
            ),
            "authoring.draft-wrong",
            "photo",
        ),
        (change("/skills", json!(many)), "authoring.too-much", "skills"),
    ] {
        let refused = own.put(own.revision, &wrong).await;
        let status = if code == "authoring.too-much" { 413 } else { 422 };
        assert_eq!(refused.refused(status, code)["place"], place);
    }
    for wrong in [
        change("/licence", json!("all mine")),
        change("/lessons/0/parts/0/kind", json!("app")),
        change(
            "/lessons/0/parts/0",
            json!({ "id": "page0001", "kind": "page", "title": "", "blocks": [{ "html": "<b>" }] }),
        ),
        json!({ "title": "x" }),
    ] {
        own.put(own.revision, &wrong).await.refused(422, "request.unreadable");
    }
    own.put(own.revision, &change("/summary", json!("x".repeat(1 << 20))))
        .await
        .refused(413, "request.too-large");
    for way in ["/api/v1/authoring/..%2f..%2fjournal.db", "/api/v1/authoring/0123456789abcdef"] {
        teacher.get(way).await.refused(404, "authoring.unknown");
    }
    for name in ["..%2fcourse.json", "course.json", "0123456789abcdef0123456789abcdef.jpg"] {
        teacher.get(&format!("{}/media/{name}", own.way)).await.refused(404, "authoring.media-missing");
    }
    // A file that is named and not there is no reason to lose what was typed.
    let kept = own.put(own.revision, &whole).await.expect(200);
    let lost = errors(&kept).into_iter().find(|finding| finding["code"] == "E-101").unwrap().clone();
    assert_eq!((&lost["place"]["part"], &lost["place"]["item"]), (&json!("quiz0001"), &json!("item0009")));
    school.student("Amina").await.get(&own.way).await.refused(404, "request.no-such-page");
}
