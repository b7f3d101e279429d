//! Staff: signing in by password, and who is on the list.

use serde_json::{Value, json};

use crate::harness::{Browser, PASSWORD, TestBox};

async fn sign_in(
    browser: &Browser,
    name: &str,
    password: &str,
    client: Option<&str>,
) -> crate::harness::Answer {
    let body = json!({ "name": name, "password": password, "client": client });
    browser.post("/api/v1/sign-in/staff", body).await
}

#[tokio::test]
async fn staff_sign_in_by_name_and_password_and_stay_over_a_restart_until_they_sign_out() {
    let school = TestBox::open();
    school.head().await;
    let phone = school.browser();
    sign_in(&phone, "ms  banda", "mango tree 8", None).await.refused(422, "people.password-wrong");
    sign_in(&phone, "Ms Nobody", PASSWORD, None).await.refused(422, "people.password-wrong");
    phone.get("/api/v1/me").await.refused(401, "people.sign-in-needed");
    let me = sign_in(&phone, "ms  banda ", PASSWORD, None).await.expect(200);
    assert_eq!(me["name"], "Ms Banda");

    let _school = school.restart().await;
    assert_eq!(phone.get("/api/v1/me").await.expect(200), me);
    phone.post("/api/v1/sign-out", Value::Null).await.expect(204);
    phone.get("/api/v1/me").await.refused(401, "people.sign-in-needed");
    phone.post("/api/v1/sign-out", Value::Null).await.expect(204);
}

#[tokio::test]
async fn a_device_that_guesses_waits_also_after_a_restart_and_the_teacher_does_not() {
    let school = TestBox::open();
    school.head().await;
    let prankster = "00000000000000aa";
    for _ in 0..5 {
        sign_in(&school.browser(), "Ms Banda", "guess", Some(prankster))
            .await
            .refused(422, "people.password-wrong");
    }
    let params = sign_in(&school.browser(), "Ms Banda", PASSWORD, Some(prankster))
        .await
        .refused(429, "people.too-many-tries");
    assert_eq!(params["seconds"], "30");
    let school = school.restart().await;
    sign_in(&school.browser(), "Ms Banda", PASSWORD, Some(prankster))
        .await
        .refused(429, "people.too-many-tries");
    sign_in(&school.browser(), "Ms Banda", PASSWORD, Some("00000000000000bb")).await.expect(200);
    school.hands.advance(30_000);
    sign_in(&school.browser(), "Ms Banda", "guess", Some(prankster))
        .await
        .refused(422, "people.password-wrong");
    school.hands.advance(60_000);
    sign_in(&school.browser(), "Ms Banda", PASSWORD, Some(prankster)).await.expect(200);
}

#[tokio::test]
async fn a_password_can_not_be_guessed_from_many_devices() {
    let school = TestBox::open();
    school.head().await;
    for device in 0..10 {
        let client = format!("{device:016x}");
        sign_in(&school.browser(), "Ms Banda", "guess", Some(&client))
            .await
            .refused(422, "people.password-wrong");
    }
    sign_in(&school.browser(), "Ms Banda", PASSWORD, Some("00000000000000ff"))
        .await
        .refused(429, "people.too-many-tries");
}

#[tokio::test]
async fn a_hundred_guesses_at_once_are_no_more_than_ten() {
    let school = TestBox::open();
    school.head().await;
    let mut guesses = tokio::task::JoinSet::new();
    for _ in 0..100 {
        let browser = school.browser();
        guesses.spawn(async move { sign_in(&browser, "Ms Banda", "guess", None).await.status.as_u16() });
    }
    let looked_at = guesses.join_all().await.into_iter().filter(|status| *status == 422).count();
    assert_eq!(looked_at, 10);
}

#[tokio::test]
async fn the_head_keeps_the_staff() {
    let school = TestBox::open();
    let head = school.head().await;
    let added = head
        .post("/api/v1/staff", json!({ "name": "Mr Phiri", "role": "teacher", "password": PASSWORD }))
        .await
        .expect(200);
    let phiri = format!("/api/v1/staff/{}", added["id"].as_str().unwrap());
    let again = json!({ "name": "mr phiri", "role": "assistant", "password": PASSWORD });
    head.post("/api/v1/staff", again).await.refused(409, "people.name-taken");
    let pupil = json!({ "name": "Amina", "role": "student", "password": PASSWORD });
    head.post("/api/v1/staff", pupil).await.refused(422, "people.role-unknown");

    let phone = school.browser();
    sign_in(&phone, "Mr Phiri", PASSWORD, None).await.expect(200);
    head.patch(&phiri, json!({ "role": "technician", "name": "Mr Tembo" })).await.expect(200);
    let me = phone.get("/api/v1/me").await.expect(200);
    assert_eq!((&me["name"], &me["role"]), (&json!("Mr Tembo"), &json!("technician")));
    head.patch(&phiri, json!({ "password": "baobab 12345" })).await.expect(200);
    phone.get("/api/v1/me").await.refused(401, "people.sign-in-needed");
    sign_in(&phone, "Mr Tembo", "baobab 12345", None).await.expect(200);
    head.patch(&phiri, json!({ "gone": true })).await.expect(200);
    phone.get("/api/v1/me").await.refused(401, "people.sign-in-needed");
    sign_in(&phone, "Mr Tembo", "baobab 12345", None).await.refused(422, "people.password-wrong");
    head.patch(&phiri, json!({ "name": "x" })).await.refused(404, "people.staff-unknown");

    let staff = head.get("/api/v1/staff").await.expect(200);
    assert_eq!(staff["staff"].as_array().unwrap().len(), 1, "{staff}");
    let own = format!("/api/v1/staff/{}", staff["staff"][0]["id"].as_str().unwrap());
    for change in [json!({ "role": "teacher" }), json!({ "gone": true })] {
        head.patch(&own, change).await.refused(409, "people.last-head");
    }
}

#[tokio::test]
async fn a_new_password_of_ones_own_signs_the_other_devices_out() {
    let school = TestBox::open();
    let desk = school.head().await;
    let phone = school.browser();
    sign_in(&phone, "Ms Banda", PASSWORD, None).await.expect(200);
    let change = |old: &str, new: &str| json!({ "old": old, "new": new });
    desk.post("/api/v1/me/password", change("guess", "baobab 12345"))
        .await
        .refused(422, "people.password-wrong");
    desk.post("/api/v1/me/password", change(PASSWORD, "short")).await.refused(422, "people.password-short");
    desk.post("/api/v1/me/password", change(PASSWORD, "baobab 12345")).await.expect(204);
    desk.get("/api/v1/me").await.expect(200);
    phone.get("/api/v1/me").await.refused(401, "people.sign-in-needed");
    sign_in(&phone, "Ms Banda", PASSWORD, None).await.refused(422, "people.password-wrong");
    sign_in(&phone, "Ms Banda", "baobab 12345", None).await.expect(200);
}

#[tokio::test]
async fn two_boxes_set_up_apart_become_one_school_and_both_heads_get_in() {
    use schoolhouse::journal::newest;
    let (one, two) = (TestBox::open(), TestBox::open());
    one.head().await;
    two.hands.advance(1_000);
    let code = two.app.people.setup_code().unwrap();
    let form = json!({ "code": code, "school": "Lake School", "name": "Ms Banda", "password": "baobab 12345", "language": "en" });
    two.browser().post("/api/v1/setup", form).await.expect(200);
    let class = two.browser();
    sign_in(&class, "Ms Banda", "baobab 12345", None).await.expect(200);
    class.post("/api/v1/classes", json!({ "name": "Class 6" })).await.expect(200);

    let entries = two.app.journal.read(|connection| newest(connection, 1_000)).await.unwrap();
    one.app.journal.merge(entries).await.unwrap();
    assert_eq!(
        one.browser().get("/api/v1/school").await.expect(200)["name"],
        "Hill School",
        "it was there first"
    );
    for password in [PASSWORD, "baobab 12345"] {
        let phone = one.browser();
        sign_in(&phone, "Ms Banda", password, None).await.expect(200);
        assert_eq!(phone.get("/api/v1/classes").await.expect(200)["classes"][0]["name"], "Class 6");
    }
}
