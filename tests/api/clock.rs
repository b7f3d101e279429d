//! A board without a battery for its clock: it wakes in 1970, somebody sets it to 2099 and back, and the school goes on.

use serde_json::{Value, json};

use crate::harness::{MORNING, PASSWORD, TestBox};

const IN_1970: u64 = 5_000;
const IN_2099: u64 = 4_070_908_800_000;
const DEVICE: &str = "00000000000000aa";

async fn sign_in(school: &TestBox, password: &str) -> crate::harness::Answer {
    let body = json!({ "name": "Ms Banda", "password": password, "client": DEVICE });
    school.browser().post("/api/v1/sign-in/staff", body).await
}

/// Guesses until the device must wait.
async fn guess(school: &TestBox) {
    for _ in 0..5 {
        sign_in(school, "guess").await.refused(422, "people.password-wrong");
    }
    sign_in(school, PASSWORD).await.refused(429, "people.too-many-tries");
}

#[tokio::test]
async fn on_a_board_that_wakes_in_1970_sessions_last_and_pauses_end() {
    let school = TestBox::open();
    let head = school.head().await;
    let amina = school.student("Amina").await;
    guess(&school).await;
    let school = school.restart_at(IN_1970).await;
    assert_eq!(head.me().await["name"], "Ms Banda");
    assert_eq!(amina.me().await["name"], "Amina");
    sign_in(&school, PASSWORD).await.refused(429, "people.too-many-tries");
    school.hands.advance(30_000);
    sign_in(&school, PASSWORD).await.expect(200);
    let class = school.class_4().await;
    let now =
        school.teacher().await.get(&format!("/api/v1/classes/{class}/live")).await.expect(200)["now"].clone();
    assert!(now.as_u64().unwrap() >= MORNING + 30_000, "the date goes on from what was known: {now}");
}

#[tokio::test]
async fn after_a_visit_to_2099_nobody_waits_for_2099() {
    let school = TestBox::open();
    school.head().await;
    let amina = school.student_row("Amina").await;
    school.hands.set_wall(IN_2099);
    guess(&school).await;
    let ask = json!({ "student": amina["id"], "client": DEVICE });
    let ask = school.browser().post("/api/v1/sign-in/asks", ask).await.expect(200)["ask"].clone();
    school.hands.set_wall(MORNING);
    sign_in(&school, PASSWORD).await.refused(429, "people.too-many-tries");
    let ask = format!("/api/v1/sign-in/asks/{}", ask.as_str().unwrap());
    let state = async || school.browser().get(&ask).await.expect(200)["state"].clone();
    assert_eq!(state().await, Value::from("waiting"));
    school.hands.advance(10 * 60 * 1_000);
    assert_eq!(state().await, Value::from("gone"));
    sign_in(&school, PASSWORD).await.expect(200);
}
