//! The library: from a stick to a course, and back.

mod stick;
mod uploads;

use std::time::Duration;

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::harness::{Browser, TestBox};
use stick::{ID, Stick, manifest, pack, pack_with, write_pack};

/// A white point.
const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU\0\0\0\nIDATx\x9cc\xf8\x0f\0\x01\x01\x01\0\x1b\xb6\xeeV\0\0\0\0IEND\xaeB`\x82";

/// The library's page once it is as wanted. Looks at the sticks each time, as the box does every two seconds.
pub(crate) async fn until(
    school: &TestBox,
    browser: &Browser,
    what: &str,
    wanted: impl Fn(&Value) -> bool,
) -> Value {
    let mut page = Value::Null;
    for _ in 0..2_000 {
        school.app.library.look(&[]);
        page = browser.get("/api/v1/library").await.expect(200);
        if wanted(&page) {
            return page;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("waited in vain until {what}; it is {page:#}");
}

/// The page when everything on the sticks was looked at closely.
async fn looked_through(school: &TestBox, browser: &Browser) -> Value {
    until(school, browser, "all is looked at", |page| {
        let all = |key: &str, fine: fn(&Value) -> bool| page[key].as_array().unwrap().iter().all(fine);
        all("sticks", |stick| stick["looking"] == false)
            && all("offers", |offer| !offer["verdict"].is_null() || !offer["problem"].is_null())
    })
    .await
}

/// Waits for the end of a job, or until it asks or is paused.
pub(crate) async fn ended(school: &TestBox, browser: &Browser, job: &Value) -> Value {
    let find = |page: &Value| {
        page["jobs"].as_array().unwrap().iter().find(|one| one["id"] == *job).cloned().unwrap_or_default()
    };
    let page = until(school, browser, "the job ends", |page| {
        let state = find(page)["state"].clone();
        !["waiting", "copying", "checking"].contains(&state.as_str().unwrap_or_default())
    })
    .await;
    find(&page)
}

fn offer<'p>(page: &'p Value, path: &str) -> &'p Value {
    let offers = page["offers"].as_array().unwrap();
    offers.iter().find(|offer| offer["path"] == path).unwrap_or_else(|| panic!("no {path} in {page:#}"))
}

async fn install(browser: &Browser, offer: &Value, said: Value) -> Value {
    let path = format!("/api/v1/library/offers/{}/install", offer["id"].as_str().unwrap());
    browser.post(&path, said).await.expect(202)["job"].clone()
}

/// Adds what lies at `path`; answers the job at its end.
pub(crate) async fn add(school: &TestBox, browser: &Browser, path: &str) -> Value {
    let page = until(school, browser, "it is there", |page| {
        page["offers"].as_array().unwrap().iter().any(|offer| offer["path"] == path)
    })
    .await;
    let job = install(browser, offer(&page, path), json!({ "acceptUnsigned": true })).await;
    ended(school, browser, &job).await
}

async fn version(browser: &Browser) -> Option<String> {
    let page = browser.get("/api/v1/library").await.expect(200);
    let packs = page["packs"].as_array().unwrap();
    packs.iter().find(|pack| pack["id"] == ID).map(|pack| pack["version"].as_str().unwrap().to_owned())
}

fn entries_of_packs(school: &TestBox) -> usize {
    let entries =
        school.app.journal.read_blocking(|connection| schoolhouse::journal::newest(connection, 1_000));
    let is_pack = |entry: &schoolhouse::journal::Entry| entry.kind == schoolhouse::journal::EntryKind::PACK;
    entries.unwrap().iter().filter(|entry| is_pack(entry)).count()
}

#[tokio::test]
async fn what_lies_on_a_stick_is_told_and_one_yes_makes_it_a_course() {
    let stick = Stick::new();
    stick.put_pack("courses/sums 1.schoolpack", "1.0.0");
    write_pack(&stick.folder().join("courses/folder"), "1.0.0");
    stick.put("courses/folder/pack.json", manifest("1.0.0").to_string().replace("sums", "folder").as_bytes());
    stick.put("broken.schoolpack", &pack("1.0.0")[..2_000]);
    stick.put("System Volume Information/hidden.schoolpack", &pack("1.0.0"));
    let school = TestBox::open_with_sticks(vec![stick.folder().to_owned()]);
    let teacher = school.teacher().await;
    let page = looked_through(&school, &teacher).await;

    let sticks: Vec<_> = page["sticks"].as_array().unwrap().iter().map(|one| one["name"].clone()).collect();
    assert_eq!(sticks, ["KINGSTON", ""]);
    let paths: Vec<_> = page["offers"].as_array().unwrap().iter().map(|one| one["path"].clone()).collect();
    assert_eq!(paths, ["broken.schoolpack", "courses/folder", "courses/sums 1.schoolpack"]);
    let sums = offer(&page, "courses/sums 1.schoolpack");
    for (field, wanted) in [
        ("title", json!("Sums")),
        ("summary", json!("One and one.")),
        ("language", json!("en")),
        ("grades", json!([2, 3])),
        ("licence", json!("CC-BY-4.0")),
        ("publisher", json!("Example Press")),
        ("signer", json!({ "state": "nobody", "name": null })),
        ("version", json!("1.0.0")),
        ("relation", json!("new")),
        ("lessons", json!(1)),
        ("bytes", json!(pack("1.0.0").len())),
        ("asks", json!(["unsigned"])),
        ("problem", json!(null)),
    ] {
        assert_eq!(sums[field], wanted, "{field}");
    }
    let picture = teacher.get(sums["picture"].as_str().unwrap()).await;
    assert_eq!(picture.headers["content-type"], "image/svg+xml");
    assert!(picture.headers["content-security-policy"].to_str().unwrap().contains("sandbox"));
    assert_eq!(picture.headers["content-disposition"], "attachment");
    assert!(picture.body.starts_with(b"<svg"));
    assert_eq!(offer(&page, "broken.schoolpack")["problem"]["code"], "pack.cut-off");
    let broken = format!(
        "/api/v1/library/offers/{}/install",
        offer(&page, "broken.schoolpack")["id"].as_str().unwrap()
    );
    teacher
        .post(&broken, json!({ "acceptUnsigned": true, "acceptErrors": true }))
        .await
        .refused(422, "pack.cut-off");

    let path = format!("/api/v1/library/offers/{}/install", sums["id"].as_str().unwrap());
    let asked = teacher.post(&path, json!({})).await.refused(409, "library.consent-needed");
    assert_eq!(asked["consent"], "unsigned");
    let before = entries_of_packs(&school);
    let job = install(&teacher, sums, json!({ "acceptUnsigned": true })).await;
    let job = ended(&school, &teacher, &job).await;
    assert_eq!(
        (&job["state"], &job["course"], &job["result"]),
        (&json!("done"), &json!(ID), &json!("1.0.0"))
    );
    assert_eq!(entries_of_packs(&school), before + 1, "everything that installs is one entry");

    let page = looked_through(&school, &teacher).await;
    assert_eq!(offer(&page, "courses/sums 1.schoolpack")["relation"], "installed");
    let student = school.student("Amina").await;
    let activity =
        student.get(&format!("/api/v1/courses/{ID}/lessons/sums/activities/read")).await.expect(200);
    assert!(activity["html"].as_str().unwrap().contains("One and one is two."));
    let forget = format!("/api/v1/library/jobs/{}", job["id"].as_str().unwrap());
    assert_eq!(teacher.delete(&forget).await.status, StatusCode::NO_CONTENT);
    assert_eq!(teacher.get("/api/v1/library").await.expect(200)["jobs"], json!([]));

    let added = add(&school, &teacher, "courses/folder").await;
    assert_eq!((&added["state"], &added["course"]), (&json!("done"), &json!("org.example.folder")));
}

#[tokio::test]
async fn a_page_that_did_not_change_costs_nothing() {
    let stick = Stick::new();
    let school = TestBox::open_with_sticks(vec![stick.folder().to_owned()]);
    let teacher = school.teacher().await;
    looked_through(&school, &teacher).await;
    let first = teacher.get("/api/v1/library").await;
    let tag = first.headers["etag"].to_str().unwrap().to_owned();
    assert_eq!(teacher.get_known("/api/v1/library", &tag).await.status, StatusCode::NOT_MODIFIED);
    stick.put_pack("sums.schoolpack", "1.0.0");
    until(&school, &teacher, "it is there", |page| page["offers"].as_array().unwrap().len() == 1).await;
    let again = teacher.get_known("/api/v1/library", &tag).await;
    assert_eq!(again.status, StatusCode::OK);
    assert_ne!(again.headers["etag"].to_str().unwrap(), tag);
}

#[tokio::test]
async fn a_newer_version_is_an_update_and_an_older_one_asks() {
    let stick = Stick::new();
    stick.put_pack("old.schoolpack", "1.1.0");
    stick.put_pack("new.schoolpack", "1.2.0");
    let school = TestBox::open_with_sticks(vec![stick.folder().to_owned()]);
    let teacher = school.teacher().await;
    assert_eq!(add(&school, &teacher, "old.schoolpack").await["state"], "done");
    let page = looked_through(&school, &teacher).await;
    let newer = offer(&page, "new.schoolpack");
    assert_eq!((&newer["relation"], &newer["installed"]), (&json!("update"), &json!("1.1.0")));
    assert_eq!(add(&school, &teacher, "new.schoolpack").await["state"], "done");
    assert_eq!(version(&teacher).await.as_deref(), Some("1.2.0"));

    let page = looked_through(&school, &teacher).await;
    let older = offer(&page, "old.schoolpack");
    assert_eq!((&older["relation"], &older["asks"]), (&json!("older"), &json!(["unsigned", "older"])));
    let path = format!("/api/v1/library/offers/{}/install", older["id"].as_str().unwrap());
    let asked =
        teacher.post(&path, json!({ "acceptUnsigned": true })).await.refused(409, "library.consent-needed");
    assert_eq!(asked["consent"], "older");
    let job = install(&teacher, older, json!({ "acceptUnsigned": true, "acceptOlder": true })).await;
    assert_eq!(ended(&school, &teacher, &job).await["state"], "done");
    assert_eq!(version(&teacher).await.as_deref(), Some("1.1.0"));
}

#[tokio::test]
async fn errors_are_a_decision_of_the_teacher_and_calling_off_leaves_nothing() {
    let stick = Stick::new();
    let wrong = json!({ "items": [{ "id": "sum", "type": "single", "skills": ["add"], "difficulty": "easy",
        "stem": [{ "p": "Which?" }], "options": [{ "id": "a", "text": "1" }, { "id": "b", "text": "2" }], "answer": "c" }] });
    stick.put("faulty.schoolpack", &pack_with("1.0.0", &[("items/sum.json", &wrong.to_string())]));
    let school = TestBox::open_with_sticks(vec![stick.folder().to_owned()]);
    let teacher = school.teacher().await;
    let page = looked_through(&school, &teacher).await;
    let faulty = offer(&page, "faulty.schoolpack");
    assert_eq!((&faulty["verdict"]["grade"], &faulty["asks"]), (&json!("C"), &json!(["unsigned", "errors"])));
    let all = format!("/api/v1/library/offers/{}/verdict", faulty["id"].as_str().unwrap());
    assert_eq!(teacher.get(&all).await.expect(200)["findings"][0]["severity"], "error");

    // Another teacher's page may not know yet: then the job asks.
    stick.put("copy/faulty 2.schoolpack", &pack_with("1.0.1", &[("items/sum.json", &wrong.to_string())]));
    let page =
        until(&school, &teacher, "the second is there", |page| page["offers"].as_array().unwrap().len() == 2)
            .await;
    let second = offer(&page, "copy/faulty 2.schoolpack");
    let path = format!("/api/v1/library/offers/{}/install", second["id"].as_str().unwrap());
    let begun = teacher.post(&path, json!({ "acceptUnsigned": true })).await;
    if begun.status == StatusCode::ACCEPTED {
        let job = begun.json()["job"].clone();
        let asking = ended(&school, &teacher, &job).await;
        assert_eq!((&asking["state"], &asking["asks"]), (&json!("asking"), &json!(["errors"])));
        let cancel = format!("/api/v1/library/jobs/{}/cancel", job.as_str().unwrap());
        assert_eq!(teacher.post(&cancel, json!({})).await.status, StatusCode::NO_CONTENT);
        assert_eq!(ended(&school, &teacher, &job).await["state"], "cancelled");
    } else {
        begun.refused(409, "library.consent-needed");
    }
    assert_eq!(version(&teacher).await, None);
    let left: Vec<_> = std::fs::read_dir(school.data().join("tmp"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(left, ["uploads"], "nothing half-made is left");

    let job = install(&teacher, faulty, json!({ "acceptUnsigned": true, "acceptErrors": true })).await;
    assert_eq!(ended(&school, &teacher, &job).await["state"], "done");
}

#[tokio::test]
async fn a_stick_that_is_pulled_out_pauses_its_job_which_goes_on_by_itself() {
    let stick = Stick::new();
    stick.put_pack("sums.schoolpack", "1.0.0");
    let school = TestBox::open_with_sticks(vec![stick.folder().to_owned()]);
    let teacher = school.teacher().await;
    let page = looked_through(&school, &teacher).await;
    let sums = offer(&page, "sums.schoolpack").clone();
    // Pulled between the look and the tap, before the box has noticed.
    stick.pull();
    let job = install(&teacher, &sums, json!({ "acceptUnsigned": true })).await;
    let paused = ended(&school, &teacher, &job).await;
    assert_eq!(
        (&paused["state"], &paused["problem"]["code"]),
        (&json!("paused"), &json!("library.source-gone"))
    );
    let page = until(&school, &teacher, "the offer is gone", |page| page["offers"] == json!([])).await;
    assert_eq!(page["jobs"][0]["title"], "Sums");
    assert_eq!(version(&teacher).await, None);
    let path = format!("/api/v1/library/offers/{}/install", sums["id"].as_str().unwrap());
    teacher.post(&path, json!({})).await.refused(404, "library.offer-unknown");

    stick.plug_in();
    let page = until(&school, &teacher, "it is done", |page| page["jobs"][0]["state"] == "done").await;
    assert_eq!(page["jobs"][0]["id"], job);
    assert_eq!(version(&teacher).await.as_deref(), Some("1.0.0"));
}

#[tokio::test]
async fn a_course_that_goes_leaves_its_results_and_can_travel_to_another_box() {
    let stick = Stick::new();
    stick.put_pack("sums.schoolpack", "1.0.0");
    let school = TestBox::open_with_sticks(vec![stick.folder().to_owned()]);
    let teacher = school.teacher().await;
    assert_eq!(add(&school, &teacher, "sums.schoolpack").await["state"], "done");
    let student = school.student("Amina").await;
    let me = student.me().await;
    let read = json!({ "n": 1, "ticket": me["ticket"], "type": "read", "course": ID, "lesson": "sums", "activity": "read",
        "run": 1, "milliseconds": 4_000, "ago": 10 });
    student
        .post("/api/v1/evidence", json!({ "client": "00000000000000aa", "entries": [read] }))
        .await
        .expect(200);
    let dependent =
        manifest("1.0.0").to_string().replace(ID, "org.example.more").replace("\"Sums\"", "\"More sums\"");
    let dependent = dependent.replacen(
        '{',
        &format!("{{ \"dependsOn\": [{{ \"id\": \"{ID}\", \"from\": \"1.0.0\" }}],"),
        1,
    );
    stick.put("more.schoolpack", &pack_with("1.0.0", &[("pack.json", &dependent)]));
    assert_eq!(add(&school, &teacher, "more.schoolpack").await["state"], "done");

    school.hands.advance(10 * 60 * 1_000);
    let page = looked_through(&school, &teacher).await;
    let mine = |page: &Value| page["packs"].as_array().unwrap().iter().find(|pack| pack["id"] == ID).cloned();
    let sums = mine(&page).unwrap();
    assert_eq!(
        (&sums["recent"], &sums["ever"], &sums["neededBy"]),
        (&json!(1), &json!(1), &json!(["More sums"]))
    );
    assert_eq!((&sums["builtIn"], &sums["bytes"]), (&json!(false), &json!(pack("1.0.0").len())));

    std::fs::remove_file(stick.folder().join("sums.schoolpack")).unwrap();
    let place = page["sticks"][0]["id"].clone();
    assert_eq!(page["sticks"][0]["writable"], true);
    let export = format!("/api/v1/library/packs/{ID}/export");
    teacher.post(&export, json!({ "stick": "elsewhere" })).await.refused(404, "library.stick-unknown");
    let job = teacher.post(&export, json!({ "stick": place })).await.expect(202)["job"].clone();
    let exported = ended(&school, &teacher, &job).await;
    assert_eq!(exported["state"], "done", "{exported}");
    let file = exported["result"].as_str().unwrap();
    assert_eq!(std::fs::read(stick.folder().join(file)).unwrap(), pack("1.0.0"), "byte for byte");

    let job = teacher.delete(&format!("/api/v1/library/packs/{ID}")).await.expect(202)["job"].clone();
    assert_eq!(ended(&school, &teacher, &job).await["state"], "done");
    assert_eq!(version(&teacher).await, None);
    teacher.delete(&format!("/api/v1/library/packs/{ID}")).await.refused(404, "pack.unknown");
    let page = until(&school, &teacher, "the copy is there", |page| {
        page["offers"].as_array().unwrap().iter().any(|offer| offer["path"] == file)
    })
    .await;
    let needs = &offer(&page, "more.schoolpack")["needs"][0];
    assert_eq!((&needs["course"], &needs["offer"]), (&json!(ID), &offer(&page, file)["id"]));

    assert_eq!(add(&school, &teacher, file).await["state"], "done");
    let activity = student.get(&format!("/api/v1/courses/{ID}")).await.expect(200);
    assert_eq!(
        activity["units"][0]["lessons"][0]["activities"][0]["state"], "done",
        "what was read stays read"
    );

    let other = TestBox::open_with_sticks(vec![stick.folder().to_owned()]);
    let teacher = other.teacher().await;
    assert_eq!(add(&other, &teacher, file).await["state"], "done");
    assert_eq!(version(&teacher).await.as_deref(), Some("1.0.0"));
}

#[tokio::test]
async fn what_the_box_has_no_room_for_is_told_before_a_byte_is_read() {
    let stick = Stick::new();
    // A picture of eight terabytes, most of which are holes.
    let picture = stick.folder().join("huge.png");
    std::fs::write(&picture, PICTURE).unwrap();
    std::fs::File::options().write(true).open(&picture).unwrap().set_len(8 << 40).unwrap();
    let school = TestBox::open_with_sticks(vec![stick.folder().to_owned()]);
    let teacher = school.teacher().await;
    let page =
        until(&school, &teacher, "it is looked at", |page| page["sticks"][0]["looking"] == false).await;
    let path = format!("/api/v1/library/offers/{}/install", offer(&page, "huge.png")["id"].as_str().unwrap());
    let said = teacher.post(&path, json!({ "acceptUnsigned": true })).await.refused(507, "library.no-room");
    assert!(said["missing"].as_str().unwrap().parse::<u64>().unwrap() > 1_000_000, "{said}");
}

#[tokio::test]
async fn any_good_file_becomes_a_course_and_a_folder_becomes_one() {
    let stick = Stick::new();
    stick.put("Water/1 Rain.md", b"# Rain\n\nRain falls from clouds.\n\n![A cloud](cloud.png)\n");
    stick.put("Water/2 Rivers.md", b"# Rivers\n\nRivers run to the sea.\n");
    stick.put("Water/cloud.png", PICTURE);
    stick.put("Water/more/sums.schoolpack", &pack("1.0.0"));
    stick.put("letter.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old letter");
    let school = TestBox::open_with_sticks(vec![stick.folder().to_owned()]);
    let teacher = school.teacher().await;
    let page = looked_through(&school, &teacher).await;
    let mut shown: Vec<_> = page["offers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["path"].clone(), one["kind"].clone()))
        .collect();
    shown.sort_by_key(|(path, _)| path.to_string());
    let wanted = [("Water", "folder"), ("Water/more/sums.schoolpack", "pack")];
    assert_eq!(shown, wanted.map(|(path, kind)| (json!(path), json!(kind))));
    let unknown = &page["sticks"][0]["unknown"][0];
    assert_eq!(unknown["path"], "letter.doc");
    assert!(unknown["why"].as_str().unwrap().contains("letter.doc"), "{unknown}");

    let water = offer(&page, "Water");
    assert_eq!((&water["title"], &water["publisher"]), (&json!("Water"), &json!("Hill School")));
    // Nobody knows its licence, which somebody must say yes to.
    assert_eq!(water["asks"], json!(["unsigned", "errors"]));
    let job = install(&teacher, water, json!({ "acceptUnsigned": true, "acceptErrors": true })).await;
    let added = ended(&school, &teacher, &job).await;
    assert_eq!(added["state"], "done", "{added}");
    let course = added["course"].as_str().unwrap();
    let file = teacher.get(&format!("/api/v1/library/packs/{course}/file")).await;
    file.refused(422, "pack.licence-unknown");
    let student = school.student("Amina").await;
    let course = student.get(&format!("/api/v1/courses/{course}")).await.expect(200);
    let units = course["units"].as_array().unwrap();
    let lessons: usize = units.iter().map(|unit| unit["lessons"].as_array().unwrap().len()).sum();
    assert!(lessons >= 2, "{course:#}");
    let page = looked_through(&school, &teacher).await;
    assert_eq!(offer(&page, "Water")["relation"], "installed");
}

#[tokio::test]
async fn assistants_look_and_students_know_of_no_library() {
    let stick = Stick::new();
    stick.put_pack("sums.schoolpack", "1.0.0");
    let school = TestBox::open_with_sticks(vec![stick.folder().to_owned()]);
    let assistant = school.assistant().await;
    let page = looked_through(&school, &assistant).await;
    let path =
        format!("/api/v1/library/offers/{}/install", offer(&page, "sums.schoolpack")["id"].as_str().unwrap());
    assistant.post(&path, json!({ "acceptUnsigned": true })).await.refused(403, "people.not-allowed");
    let student = school.student("Amina").await;
    student.get("/api/v1/library").await.refused(404, "request.no-such-page");
    student.post(&path, json!({ "acceptUnsigned": true })).await.refused(404, "request.no-such-page");
    school.browser().get("/api/v1/library").await.refused(401, "people.sign-in-needed");
    let technician = school.technician().await;
    let job = install(&technician, offer(&page, "sums.schoolpack"), json!({ "acceptUnsigned": true })).await;
    assert_eq!(ended(&school, &technician, &job).await["state"], "done");
}
