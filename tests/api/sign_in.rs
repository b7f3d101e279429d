//! Students: by pictures, by badge, by the teacher, and out again.

use schoolhouse::journal::{self, EntryKind};
use schoolhouse::people::SessionEntry;
use serde_json::{Value, json};

use crate::harness::{Answer, Browser, TestBox};

const TABLET: &str = "00000000000000aa";
const OTHER_TABLET: &str = "00000000000000bb";

async fn try_pictures(browser: &Browser, student: &Value, pictures: &Value, client: &str) -> Answer {
    let body = json!({ "student": student["id"], "pictures": pictures, "client": client });
    browser.post("/api/v1/sign-in/pictures", body).await
}

/// The right pictures in the wrong order.
fn wrong(student: &Value) -> Value {
    let mut pictures = student["pictures"].as_array().unwrap().clone();
    pictures.reverse();
    pictures.into()
}

#[tokio::test]
async fn a_student_picks_class_and_face_and_three_pictures() {
    let school = TestBox::open();
    let amina = school.student_row("Amina").await;
    school.student_row("Joseph").await;
    let tablet = school.browser();
    let doors = tablet.get("/api/v1/sign-in/classes").await.expect(200);
    assert_eq!(
        (&doors["classes"][0]["name"], &doors["classes"][0]["students"]),
        (&json!("Class 4"), &json!(2))
    );
    let class = doors["classes"][0]["id"].as_str().unwrap();
    let faces = tablet.get(&format!("/api/v1/sign-in/classes/{class}")).await.expect(200);
    let names: Vec<_> = faces["students"].as_array().unwrap().iter().map(|face| &face["name"]).collect();
    assert_eq!(names, ["Amina", "Joseph"]);
    assert_eq!(doors["only"], faces, "of a single class the students come along");
    let fields: Vec<_> = faces["students"][0].as_object().unwrap().keys().collect();
    assert_eq!(fields, ["avatar", "id", "name"], "strangers may see no more");

    let me = tablet.sign_in(&amina, TABLET).await.expect(200);
    assert_eq!(
        (&me["role"], &me["name"], &me["language"]),
        (&json!("student"), &json!("Amina"), &json!("en"))
    );
    assert_eq!(me["class"]["name"], "Class 4");
    let student = school.app.people.student_of(me["ticket"].as_str().unwrap()).unwrap();
    assert_eq!(student.to_string(), amina["id"].as_str().unwrap());
    assert_eq!(tablet.me().await, me);
    tablet.post("/api/v1/sign-out", Value::Null).await.expect(204);
    tablet.get("/api/v1/me").await.refused(401, "people.sign-in-needed");
}

#[tokio::test]
async fn a_tablet_holds_one_student_and_the_next_one_takes_the_former_ones_place() {
    let school = TestBox::open();
    let (amina, joseph) = (school.student_row("Amina").await, school.student_row("Joseph").await);
    let (tablet, same_tablet) = (school.browser(), school.browser());
    tablet.sign_in(&amina, TABLET).await.expect(200);
    // Another browser profile on the same tablet, or a cookie that was lost.
    same_tablet.sign_in(&joseph, TABLET).await.expect(200);
    tablet.get("/api/v1/me").await.refused(401, "people.sign-in-needed");
    let elsewhere = school.browser();
    elsewhere.sign_in(&amina, OTHER_TABLET).await.expect(200);
    assert_eq!(same_tablet.me().await["name"], "Joseph");

    let class = school.class_4().await.parse().unwrap();
    assert_eq!(school.app.people.signed_in(class).len(), 2);
    let school = school.restart().await;
    assert_eq!(school.app.people.signed_in(class).len(), 2);
    let entries = school.app.journal.read(|connection| journal::newest(connection, 1_000)).await.unwrap();
    let came_and_went: Vec<(String, bool)> = entries
        .iter()
        .filter(|entry| entry.kind == EntryKind::SESSION)
        .filter_map(journal::Entry::read::<SessionEntry>)
        .map(|session| (session.student.to_string(), session.opened))
        .collect();
    let id = |student: &Value| student["id"].as_str().unwrap().to_owned();
    let expected = [(id(&amina), true), (id(&amina), false), (id(&joseph), true), (id(&amina), true)];
    assert_eq!(came_and_went, expected);
    assert_eq!(elsewhere.me().await["name"], "Amina");
}

#[tokio::test]
async fn whoever_signs_in_on_a_teachers_phone_takes_the_teachers_place() {
    let school = TestBox::open();
    let amina = school.student_row("Amina").await;
    let phone = school.teacher().await;
    let window = phone.clone();
    window.sign_in(&amina, TABLET).await.expect(200);
    assert_eq!(phone.me().await["role"], "student");
    phone.get("/api/v1/classes").await.refused(403, "people.not-allowed");
}

#[tokio::test]
async fn five_wrong_tries_lead_to_the_teacher_who_lets_the_student_in() {
    let school = TestBox::open();
    let (amina, joseph) = (school.student_row("Amina").await, school.student_row("Joseph").await);
    let tablet = school.browser();
    for left in ["4", "3", "2", "1"] {
        let params =
            try_pictures(&tablet, &amina, &wrong(&amina), TABLET).await.refused(422, "people.pictures-wrong");
        assert_eq!(params["left"], left);
    }
    try_pictures(&tablet, &amina, &wrong(&amina), TABLET).await.refused(429, "people.ask-teacher");
    let school = school.restart().await;
    tablet.sign_in(&amina, TABLET).await.refused(429, "people.ask-teacher");
    // It is this student on this tablet, nobody else and nowhere else.
    school.browser().sign_in(&joseph, TABLET).await.expect(200);
    school.browser().sign_in(&amina, OTHER_TABLET).await.expect(200);

    let ask = tablet
        .post("/api/v1/sign-in/asks", json!({ "student": amina["id"], "client": TABLET }))
        .await
        .expect(200);
    let ask = ask["ask"].as_str().unwrap();
    let poll = format!("/api/v1/sign-in/asks/{ask}");
    assert_eq!(tablet.get(&poll).await.expect(200), json!({ "state": "waiting" }));
    let class = school.class_4().await.parse().unwrap();
    assert_eq!(school.app.people.asking(class)[0].ask.to_string(), ask);
    let answer = format!("/api/v1/asks/{ask}");
    school.assistant().await.post(&answer, json!({ "allow": true })).await.expect(204);
    assert!(school.app.people.asking(class).is_empty());
    let told = tablet.get(&poll).await.expect(200);
    assert_eq!((&told["state"], &told["me"]["name"]), (&json!("allowed"), &json!("Amina")));
    assert_eq!(tablet.me().await, told["me"]);
    assert_eq!(school.browser().get(&poll).await.expect(200), json!({ "state": "gone" }), "told once");
    school.assistant().await.post(&answer, json!({ "allow": true })).await.refused(404, "people.ask-gone");
    tablet.post("/api/v1/sign-out", Value::Null).await.expect(204);
    tablet.sign_in(&amina, TABLET).await.expect(200);
}

#[tokio::test]
async fn a_request_may_be_refused_or_forgotten() {
    let school = TestBox::open();
    let amina = school.student_row("Amina").await;
    let tablet = school.browser();
    let body = json!({ "student": amina["id"], "client": TABLET });
    let ask = async || {
        let answer = tablet.post("/api/v1/sign-in/asks", body.clone()).await.expect(200);
        answer["ask"].as_str().unwrap().to_owned()
    };
    let state = async |ask: &str| {
        tablet.get(&format!("/api/v1/sign-in/asks/{ask}")).await.expect(200)["state"].clone()
    };
    let first = ask().await;
    let second = ask().await;
    assert_eq!(
        (state(&first).await, state(&second).await),
        (json!("gone"), json!("waiting")),
        "one a tablet"
    );
    let answer = format!("/api/v1/asks/{second}");
    school
        .other_teacher()
        .await
        .post(&answer, json!({ "allow": true }))
        .await
        .refused(404, "people.student-unknown");
    school.teacher().await.post(&answer, json!({ "allow": false })).await.expect(204);
    assert_eq!(state(&second).await, "refused");
    let third = ask().await;
    school.hands.advance(10 * 60 * 1_000);
    assert_eq!(state(&third).await, "gone");
}

#[tokio::test]
async fn pictures_can_not_be_guessed_from_many_tablets() {
    let school = TestBox::open();
    let amina = school.student_row("Amina").await;
    for n in 0..25 {
        let client = format!("{n:016x}");
        try_pictures(&school.browser(), &amina, &json!(["sun", "sun", "sun"]), &client).await;
    }
    school.browser().sign_in(&amina, TABLET).await.refused(429, "people.ask-teacher");
    school.hands.advance(24 * 60 * 60 * 1_000);
    school.browser().sign_in(&amina, TABLET).await.expect(200);
}

#[tokio::test]
async fn a_badge_lets_in_until_a_new_one_is_made() {
    let school = TestBox::open();
    let amina = school.student_row("Amina").await;
    let (teacher, class) = (school.teacher().await, school.class_4().await);
    let badges = teacher.get(&format!("/api/v1/classes/{class}/badges")).await.expect(200);
    let badge = &badges["badges"][0];
    assert_eq!(
        (&badges["class"], &badge["name"], &badge["pictures"]),
        (&json!("Class 4"), &json!("Amina"), &amina["pictures"])
    );
    assert!(badge["qr"].as_str().unwrap().starts_with("<svg"));

    let path = format!("/api/v1/sign-in/badge?client={TABLET}");
    let tablet = school.browser();
    for _ in 0..5 {
        try_pictures(&tablet, &amina, &wrong(&amina), TABLET).await;
    }
    let me = tablet.post(&path, json!({ "code": badge["code"] })).await.expect(200);
    assert_eq!(me["name"], "Amina");
    school.browser().sign_in(&amina, TABLET).await.expect(200);

    let renewed = teacher
        .post(&format!("/api/v1/students/{}/badge", amina["id"].as_str().unwrap()), Value::Null)
        .await
        .expect(200);
    assert_ne!(renewed["pictures"], amina["pictures"]);
    tablet.post(&path, json!({ "code": badge["code"] })).await.refused(422, "people.badge-unknown");
    tablet.post(&path, json!({ "code": "SH1.AAAA" })).await.refused(422, "people.badge-unknown");
    tablet.sign_in(&amina, TABLET).await.refused(422, "people.pictures-wrong");
    tablet.post(&path, json!({ "code": renewed["code"] })).await.expect(200);
    let photo = photograph(renewed["code"].as_str().unwrap());
    let me = school.browser().upload(&path, "image/jpeg", photo).await.expect(200);
    assert_eq!(me["name"], "Amina");
    school
        .browser()
        .upload(&path, "image/jpeg", &b"no photo"[..])
        .await
        .refused(422, "people.badge-unreadable");
    school
        .browser()
        .upload(&path, "image/jpeg", vec![0; (12 << 20) + 1])
        .await
        .refused(413, "request.too-large");
}

/// A badge on white paper that fills half of a photo.
fn photograph(code: &str) -> Vec<u8> {
    let qr = fast_qr::QRBuilder::new(code).ecl(fast_qr::ECL::M).build().unwrap();
    let photo = image::GrayImage::from_fn(1_000, 800, |x, y| {
        let (row, column) = ((y as usize).wrapping_sub(200) / 12, (x as usize).wrapping_sub(300) / 12);
        let dark = row < qr.size && column < qr.size && qr[row][column].value();
        image::Luma([if dark { 30 } else { 220 }])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    photo.write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

#[tokio::test]
async fn signing_in_and_out_is_in_the_journal_in_its_order() {
    use schoolhouse::journal::{EntryKind, newest};
    use schoolhouse::people::SessionEntry;
    let school = TestBox::open();
    let (amina, joseph) = (school.student_row("Amina").await, school.student_row("Joseph").await);
    let tablet = school.browser();
    tablet.sign_in(&amina, TABLET).await.expect(200);
    tablet.sign_in(&joseph, TABLET).await.expect(200);
    tablet.post("/api/v1/sign-out", Value::Null).await.expect(204);
    // The next write that is answered comes behind them all.
    school.student_row("Mary").await;
    let entries = school.app.journal.read(|connection| newest(connection, 1_000)).await.unwrap();
    let told: Vec<(String, bool)> = entries
        .iter()
        .filter(|entry| entry.kind == EntryKind::SESSION)
        .filter_map(schoolhouse::journal::Entry::read::<SessionEntry>)
        .map(|entry| (entry.student.to_string(), entry.opened))
        .collect();
    let id = |student: &Value| student["id"].as_str().unwrap().to_owned();
    assert_eq!(told, [(id(&amina), true), (id(&amina), false), (id(&joseph), true), (id(&joseph), false)]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_whole_class_signs_in_at_once() {
    let school = TestBox::open();
    let (teacher, class) = (school.teacher().await, school.class_4().await);
    let rows: Vec<Value> = (0..40).map(|n| json!({ "name": format!("Student {n}") })).collect();
    teacher
        .post(&format!("/api/v1/classes/{class}/students/import"), json!({ "rows": rows }))
        .await
        .expect(200);
    let list = teacher.get(&format!("/api/v1/classes/{class}/students")).await.expect(200);
    let mut tasks = tokio::task::JoinSet::new();
    for (n, student) in list["students"].as_array().unwrap().clone().into_iter().enumerate() {
        let tablet = school.browser();
        tasks.spawn(async move {
            tablet.sign_in(&student, &format!("{n:016x}")).await.expect(200);
            assert_eq!(tablet.me().await["id"], student["id"]);
        });
    }
    tasks.join_all().await;
    let classes = teacher.get("/api/v1/classes").await.expect(200);
    assert_eq!(classes["classes"][0]["signedIn"], 40);
    assert_eq!(school.restart().await.app.people.signed_in(class.parse().unwrap()).len(), 40);
}
