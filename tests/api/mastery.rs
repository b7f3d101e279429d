//! What students can do, from their answers to the screens: the grid, the story of a skill, the own map, and practice that
//! follows what was shown.

use serde_json::{Value, json};

use crate::harness::{Browser, TestBox};
use crate::tablet::{COURSE, Tablet, key, ticket};

const SKILL: &str = "tens-and-ones";

/// A sitting, as its student gets it.
async fn sitting(student: &Browser, way: &str) -> Value {
    student.get(&format!("/api/v1/courses/{COURSE}/{way}")).await.expect(200)
}

/// Answers the first open question of a sitting, and goes on as a tablet does.
async fn answer_next(
    student: &Browser,
    tablet: &mut Tablet,
    ticket: &str,
    page: &Value,
    right: bool,
) -> Value {
    let place = &page["items"][0];
    let response = if right { key(&place["item"]) } else { json!("no") };
    let entry = json!({ "ticket": ticket, "type": "answer", "course": page["course"], "lesson": page["lesson"],
        "activity": page["id"], "run": page["run"], "place": place["place"], "item": place["item"]["id"],
        "version": place["item"]["version"], "seed": place["seed"], "response": response,
        "score": f64::from(u8::from(right)), "milliseconds": 4_000, "hints": 0, "tries": 1, "ago": 0 });
    tablet.deliver(vec![entry]).await;
    let next = place["place"].as_u64().unwrap() + 1;
    sitting(student, &format!("practice/{SKILL}?run={}&place={next}", page["run"])).await
}

async fn story(school: &TestBox, student: &str) -> Value {
    school.head().await.get(&format!("/api/v1/students/{student}/skills/{COURSE}/{SKILL}")).await.expect(200)
}

#[tokio::test]
async fn practice_follows_the_answers_and_every_screen_knows_of_it_at_once() {
    let school = TestBox::open();
    let amina = school.student("Amina").await;
    let ticket = ticket(&amina).await;
    let id = ticket[..32].to_owned();
    let mut tablet = Tablet::new(&amina, 1);
    assert_eq!(story(&school, &id).await["band"], "notSeen");

    let mut page = sitting(&amina, &format!("practice/{SKILL}")).await;
    assert_eq!((&page["lesson"], &page["of"], &page["run"]), (&json!("~practice"), &json!(10), &json!(1)));
    assert_eq!(page["items"].as_array().unwrap().len(), 10, "enough to go on without Wi-Fi");
    for _ in 0..9 {
        page = answer_next(&amina, &mut tablet, &ticket, &page, true).await;
    }
    assert_eq!(page["items"].as_array().unwrap().len(), 1);
    let told = story(&school, &id).await;
    assert_eq!(told["band"], "secure", "{told}");
    assert_eq!(told["evidence"].as_array().unwrap().len(), 9);
    assert_eq!((&told["moreRight"], &told["said"]), (&json!(0), &Value::Null));

    let map = amina.get("/api/v1/skill-map").await.expect(200);
    let mine = map["courses"][0]["skills"].as_array().unwrap();
    let this = mine.iter().find(|one| one["skill"]["id"] == format!("{COURSE}/{SKILL}")).unwrap();
    assert_eq!(this["band"], "secure");
    // What comes next is ready to begin: what comes first in it is secure.
    let next = amina.get("/api/v1/choices").await.expect(200);
    assert_eq!(next["recommended"]["why"], "ready");
    assert_ne!(next["recommended"]["skill"]["id"], format!("{COURSE}/{SKILL}"));
}

#[tokio::test]
async fn a_sitting_that_was_left_goes_on_at_its_place_on_any_tablet_and_over_a_restart() {
    let school = TestBox::open();
    let amina = school.student("Amina").await;
    let ticket = ticket(&amina).await;
    let mut tablet = Tablet::new(&amina, 1);
    let mut page = sitting(&amina, &format!("practice/{SKILL}")).await;
    for right in [true, false, true] {
        page = answer_next(&amina, &mut tablet, &ticket, &page, right).await;
    }
    let first = |page: &Value| (page["run"].clone(), page["items"][0]["place"].clone());
    assert_eq!(first(&sitting(&amina, &format!("practice/{SKILL}")).await), (json!(1), json!(3)));
    let school = school.restart().await;
    assert_eq!(first(&sitting(&amina, &format!("practice/{SKILL}")).await), (json!(1), json!(3)));
    assert_eq!(first(&sitting(&amina, &format!("practice/{SKILL}?again=true")).await), (json!(2), json!(0)));
    assert_eq!(story(&school, &ticket[..32]).await["evidence"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn who_shows_what_is_known_gets_no_keys() {
    let school = TestBox::open();
    let amina = school.student("Amina").await;
    let page = sitting(&amina, &format!("show/{SKILL}")).await;
    let items = page["items"].as_array().unwrap();
    assert_eq!((page["kind"].as_str(), items.len()), (Some("check"), 5));
    assert!(items.iter().all(|place| place["item"].get("key").is_none()), "a key went out");
}

#[tokio::test]
async fn what_is_no_skill_of_the_course_is_refused() {
    let school = TestBox::open();
    let amina = school.student("Amina").await;
    for way in ["practice/gone", "show/gone", "show/~all", "practice/~gone"] {
        amina.get(&format!("/api/v1/courses/{COURSE}/{way}")).await.refused(404, "mastery.skill-unknown");
    }
    amina
        .get(&format!("/api/v1/courses/org.example.gone/practice/{SKILL}"))
        .await
        .refused(404, "mastery.skill-unknown");
}
