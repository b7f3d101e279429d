//! After the lesson: what the sheet, the report card, the table and the parents' page say is what the students showed.

use serde_json::{Value, json};

use crate::harness::{Browser, TestBox};
use crate::tablet::{Tablet, answer, key, ticket, way};

/// Answers the first eight questions of a practice, as many right as asked for; answers the student's id.
async fn practise(student: &Browser, name: u8, right: usize) -> String {
    let ticket = ticket(student).await;
    let activity = student.get(&way("try")).await.expect(200);
    let entries = (0..8)
        .map(|place| {
            let good = place < right;
            let response = if good { key(&activity["items"][place]["item"]) } else { json!("no") };
            answer(&ticket, &activity, place, &response, f64::from(u8::from(good)))
        })
        .collect();
    Tablet::new(student, name).deliver(entries).await;
    ticket[..32].to_owned()
}

fn names(students: &Value) -> Vec<&str> {
    students.as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn what_is_told_after_the_lesson_is_what_was_shown() {
    let school = TestBox::open();
    let (amina, brian) = (school.student("Amina").await, school.student("Brian").await);
    school.student("Chisomo").await;
    let (good, weak) = (practise(&amina, 1, 8).await, practise(&brian, 2, 1).await);
    let head = school.head().await;
    let class =
        head.get("/api/v1/classes").await.expect(200)["classes"][0]["id"].as_str().unwrap().to_owned();

    let sheet = head.get(&format!("/api/v1/classes/{class}/tomorrow")).await.expect(200);
    assert_eq!(names(&sheet["unseen"]), ["Chisomo"]);
    assert_eq!(names(&sheet["ready"]), ["Amina"]);
    let grouped: Vec<&str> =
        sheet["groups"].as_array().unwrap().iter().flat_map(|group| names(&group["students"])).collect();
    assert_eq!(grouped.len(), 3, "everybody is in one group");
    assert_eq!(sheet["reteach"]["students"], 1);

    let card = head.get(&format!("/api/v1/students/{good}/report")).await.expect(200);
    let skills = card["courses"][0]["skills"].as_array().unwrap();
    assert_eq!(
        (&skills[0]["band"], &skills[0]["before"], &skills[0]["steps"]),
        (&json!("secure"), &json!("notSeen"), &json!(4))
    );
    assert_eq!((&card["secure"], &card["newlySecure"]), (&json!(1), &json!(1)));
    assert!(card["next"].as_array().unwrap().len() <= 3);
    let words = card.to_string();
    assert!(!words.contains("rank") && !words.contains("Brian"), "a card tells of one child");

    let table = head.get(&format!("/api/v1/classes/{class}/gradebook.csv")).await;
    let table = String::from_utf8(table.body.to_vec()).unwrap();
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines[0], "student,course,skill,name,band,said_by_teacher,level");
    assert!(lines[1].starts_with(
        "Amina,org.schoolhouse.numbers,org.schoolhouse.numbers/tens-and-ones,Tens and ones,secure,,"
    ));
    assert!(lines[2].starts_with("Brian,") && lines[2].contains(",starting,,"), "{table}");
    assert_eq!(lines.len(), 3);

    // The parents' page: one child, and no other.
    let code = card["code"].as_str().unwrap();
    let nobody = school.browser();
    let seen = nobody.post("/api/v1/family", json!({ "code": code })).await.expect(200);
    assert_eq!((&seen["name"], &seen["code"]), (&json!("Amina"), &Value::Null));
    let other = head.get(&format!("/api/v1/students/{weak}/report")).await.expect(200)["code"].clone();
    assert_ne!(other, json!(code));
    nobody.post("/api/v1/family", json!({ "code": "12" })).await.refused(422, "people.code-unknown");
}

#[tokio::test]
async fn codes_can_not_be_guessed() {
    let school = TestBox::open();
    school.student("Amina").await;
    let nobody = school.browser();
    for number in 0..10 {
        let code = json!({ "code": format!("{number:09}") });
        nobody.post("/api/v1/family", code).await.refused(422, "people.code-unknown");
    }
    let wait = nobody.post("/api/v1/family", json!({ "code": "123456789" })).await;
    wait.refused(429, "people.too-many-tries");
}
