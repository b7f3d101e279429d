//! Setting the school up.

use serde_json::json;

use crate::harness::{PASSWORD, TestBox};

#[tokio::test]
async fn the_first_person_sets_the_school_up_once_and_is_its_head() {
    let school = TestBox::open();
    let browser = school.browser();
    let before = browser.get("/api/v1/school").await.expect(200);
    assert_eq!(before["setUp"], false);
    assert_eq!(
        (&before["name"], &before["language"]),
        (&"Hill".into(), &"es".into()),
        "what the first page offers"
    );
    let code = school.app.people.setup_code().unwrap();
    assert!(code.len() == 9 && code.as_bytes()[4] == b'-', "{code}");

    let form = |code: &str, name: &str, password: &str| json!({ "code": code, "school": name, "name": " Ms  Banda ", "password": password, "language": "fr" });
    let wrong = if code == "0000-0000" { "1111-1111" } else { "0000-0000" };
    browser
        .post("/api/v1/setup", form(wrong, "Hill School", PASSWORD))
        .await
        .refused(422, "school.code-wrong");
    browser.post("/api/v1/setup", form(&code, " ", PASSWORD)).await.refused(422, "school.name-missing");
    browser
        .post("/api/v1/setup", form(&code, "Hill School", "short"))
        .await
        .refused(422, "people.password-short");

    let spoken = code.replace('-', " ");
    let me = browser.post("/api/v1/setup", form(&spoken, "Hill School", PASSWORD)).await.expect(200);
    assert_eq!((&me["role"], &me["name"]), (&json!("head"), &json!("Ms Banda")));
    assert_eq!(browser.get("/api/v1/me").await.expect(200), me);
    browser
        .post("/api/v1/setup", form(&code, "Hill School", PASSWORD))
        .await
        .refused(409, "school.already-set-up");
    assert_eq!(school.app.people.setup_code(), None);

    let mut shown = browser.get("/api/v1/school").await.expect(200);
    shown["box"].take();
    insta::assert_json_snapshot!(shown, @r#"
    {
      "box": null,
      "language": "fr",
      "languages": [
        "en",
        "es",
        "fr",
        "ar"
      ],
      "name": "Hill School",
      "packsPort": 8081,
      "sample": false,
      "setUp": true,
      "version": "0.1.0"
    }
    "#);
}

#[tokio::test]
async fn the_code_of_the_set_up_stays_the_same_over_a_restart_and_can_not_be_guessed() {
    let school = TestBox::open();
    let code = school.app.people.setup_code();
    let school = school.restart().await;
    assert_eq!(school.app.people.setup_code(), code);
    let guess = json!({ "code": "1", "school": "x", "name": "x", "password": PASSWORD, "language": "en" });
    for _ in 0..10 {
        school.browser().post("/api/v1/setup", guess.clone()).await.refused(422, "school.code-wrong");
    }
    let params =
        school.browser().post("/api/v1/setup", guess.clone()).await.refused(429, "people.too-many-tries");
    assert_eq!(params["seconds"], "30");
}

#[tokio::test]
async fn the_head_changes_name_and_language_of_the_school() {
    let school = TestBox::open();
    let head = school.head().await;
    let changed =
        head.patch("/api/v1/school", json!({ "name": "Lake School", "language": "ar" })).await.expect(200);
    assert_eq!((&changed["name"], &changed["language"]), (&json!("Lake School"), &json!("ar")));
    head.patch("/api/v1/school", json!({ "language": "xx" })).await.refused(422, "people.language-unknown");
    let school = school.restart().await;
    assert_eq!(school.browser().get("/api/v1/school").await.expect(200)["name"], "Lake School");
    assert_eq!(head.get("/api/v1/me").await.expect(200)["language"], "ar");
}
