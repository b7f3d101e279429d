//! How a class works, as its students and teachers see it: who has a list in common, and when a skill counts as secure.

use axum::http::Method;
use serde_json::{Value, json};

use crate::harness::{Browser, TestBox};
use crate::tablet::{COURSE, Tablet, answer, key, ticket, way};

const FIRST: &str = "tens-and-ones";

/// Sets how a class works.
async fn set(school: &TestBox, class: &str, way: &str, strictness: &str) {
    let path = format!("/api/v1/classes/{class}/way");
    let body = json!({ "way": way, "strictness": strictness });
    school.head().await.send_json(Method::PUT, &path, Some(body)).await.expect(200);
}

/// Answers the first five questions of a practice right; answers the student's id.
async fn practise(student: &Browser, name: u8) -> String {
    let ticket = ticket(student).await;
    let activity = student.get(&way("try")).await.expect(200);
    let right =
        |place: usize| answer(&ticket, &activity, place, &key(&activity["items"][place]["item"]), 1.0);
    Tablet::new(student, name).deliver((0..5).map(right).collect()).await;
    ticket[..32].to_owned()
}

/// What a student is told to go on with, and why.
async fn next(student: &Browser) -> (String, String) {
    let choices = student.get("/api/v1/choices").await.expect(200);
    let next = &choices["recommended"];
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    (text(&next["skill"]["id"]).rsplit('/').next().unwrap().to_owned(), text(&next["why"]))
}

#[tokio::test]
async fn a_class_goes_on_together_in_groups_or_each_alone_as_the_teacher_says() {
    let school = TestBox::open();
    let class = school.class_4().await;
    let students =
        [school.student("Amina").await, school.student("Brian").await, school.student("Chisomo").await];
    practise(&students[0], 1).await;
    let of_all = async || [next(&students[0]).await, next(&students[1]).await, next(&students[2]).await];

    let [amina, brian, chisomo] = of_all().await;
    assert_eq!(
        (amina.0 == FIRST, amina.1.as_str()),
        (false, "ready"),
        "a list of her own from the beginning"
    );
    assert_eq!(brian, chisomo);
    assert_ne!(brian, amina);

    set(&school, &class, "whole", "standard").await;
    assert_eq!(of_all().await, [0; 3].map(|_| (FIRST.to_owned(), "class".to_owned())));
    let map = students[0].get("/api/v1/skill-map").await.expect(200);
    assert_eq!(map["next"]["why"], "class");

    set(&school, &class, "groups", "standard").await;
    assert!(of_all().await.iter().all(|(_, why)| why == "group"));

    set(&school, &class, "freeChoice", "standard").await;
    let map = students[1].get("/api/v1/skill-map").await.expect(200);
    let all = school.head().await.get("/api/v1/skills").await.expect(200);
    let count = |courses: &Value| courses.as_array().unwrap().len();
    assert_eq!(count(&map["courses"]), count(&all["courses"]), "whatever there is may be chosen");
}

#[tokio::test]
async fn groups_of_the_plan_have_a_list_each() {
    let school = TestBox::open();
    let (class, teacher) = (school.class_4().await, school.teacher().await);
    let students =
        [school.student("Amina").await, school.student("Brian").await, school.student("Chisomo").await];
    let amina = practise(&students[0], 1).await;
    let plans = format!("/api/v1/classes/{class}/plans");
    let wanted = json!({ "title": "Tens", "model": "stationRotation", "tablets": 2, "projector": false, "minutes": 40,
        "seats": 14, "tablet": { "course": COURSE, "lesson": null, "skill": null }, "teacher": { "text": "", "skill": null } });
    let made = teacher.post(&plans, wanted).await.expect(200);
    let mut content = made["plan"]["content"].clone();
    let groups = content["groups"].as_array_mut().unwrap();
    let all: Vec<Value> =
        groups.iter().flat_map(|group| group["students"].as_array().unwrap().clone()).collect();
    for group in groups.iter_mut() {
        group["students"] = json!([]);
    }
    groups[0]["students"] = json!([amina]);
    groups[1]["students"] = all.into_iter().filter(|student| *student != json!(amina)).collect();
    let plan = format!("{plans}/{}", made["plan"]["id"].as_str().unwrap());
    teacher.send_json(Method::PUT, &plan, Some(content)).await.expect(200);

    set(&school, &class, "groups", "standard").await;
    let (alone, together) = (next(&students[0]).await, next(&students[1]).await);
    assert_eq!((alone.0 == FIRST, alone.1.as_str()), (false, "group"));
    assert_eq!((together.0.as_str(), together.1.as_str()), (FIRST, "group"));
    assert_eq!(next(&students[2]).await, together);
}

#[tokio::test]
async fn a_strict_class_calls_a_skill_secure_later_on_every_screen() {
    let school = TestBox::open();
    let (class, head) = (school.class_4().await, school.head().await);
    let amina = school.student("Amina").await;
    let id = practise(&amina, 1).await;
    let later = school.class_of(&head, "Class 9").await;
    set(&school, &later, "ownPlaylist", "relaxed").await;

    for (strictness, band) in [("standard", "secure"), ("strict", "nearly"), ("relaxed", "secure")] {
        set(&school, &class, "ownPlaylist", strictness).await;
        let grid = head.get(&format!("/api/v1/classes/{class}/skills")).await.expect(200);
        let story = format!("/api/v1/students/{id}/skills/{COURSE}/{FIRST}");
        let told = head.get(&story).await.expect(200);
        let there = head.get(&format!("{story}?class={later}")).await.expect(200);
        let map = amina.get("/api/v1/skill-map").await.expect(200);
        let card = head.get(&format!("/api/v1/students/{id}/report")).await.expect(200);
        let table = head.get(&format!("/api/v1/classes/{class}/gradebook.csv")).await;
        let sheet = head.get(&format!("/api/v1/classes/{class}/tomorrow")).await.expect(200);
        for (screen, shown) in [
            ("grid", &grid["students"][0]["cells"][0]["band"]),
            ("story", &told["band"]),
            ("map", &map["courses"][0]["skills"][0]["band"]),
            ("card", &card["courses"][0]["skills"][0]["band"]),
        ] {
            assert_eq!(shown, band, "{strictness}: {screen}");
        }
        let table = String::from_utf8(table.body.to_vec()).unwrap();
        assert!(table.contains(&format!("Tens and ones,{band},")), "{strictness}: {table}");
        assert_eq!(sheet["ready"].as_array().unwrap().len(), usize::from(band == "secure"), "{strictness}");
        assert_eq!(there["band"], "secure", "looked at in a relaxed class");
    }
}
