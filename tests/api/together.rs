//! Two students on one tablet: the second one joins by their own pictures, and what they do is evidence for both.

use serde_json::{Value, json};

use crate::harness::{Browser, TestBox};
use crate::tablet::{COURSE, LESSON, Tablet, right, ticket, way};

const CLIENT: &str = "00000000000000c1";

fn join(row: &Value) -> Value {
    json!({ "student": row["id"], "pictures": row["pictures"], "client": CLIENT })
}

async fn story(school: &TestBox, student: &str) -> Value {
    let way = format!("/api/v1/students/{student}/skills/{COURSE}/tens-and-ones");
    school.head().await.get(&way).await.expect(200)
}

/// Answers six questions of a practice right, with or without a partner's ticket.
async fn practise(student: &Browser, partner: Option<&str>, name: u8) -> String {
    let ticket = ticket(student).await;
    let activity = student.get(&way("try")).await.expect(200);
    let entry = |place: usize| {
        let mut entry = right(&ticket, &activity, place);
        if let Some(partner) = partner {
            entry["partner"] = json!(partner);
        }
        entry
    };
    Tablet::new(student, name).deliver((0..6).map(entry).collect()).await;
    ticket[..32].to_owned()
}

#[tokio::test]
async fn both_are_credited_with_half_and_a_reload_of_the_batch_doubles_nothing() {
    let school = TestBox::open();
    let amina = school.student("Amina").await;
    let brian = school.student_row("Brian").await;
    let joined = amina.post("/api/v1/partner", join(&brian)).await.expect(200);
    assert_eq!((&joined["name"], &joined["id"]), (&json!("Brian"), &brian["id"]));
    assert_eq!(amina.me().await["name"], "Amina", "the session stays hers");
    let partner = joined["ticket"].as_str().unwrap();
    let id = practise(&amina, Some(partner), 1).await;
    let other = brian["id"].as_str().unwrap().to_owned();
    let (hers, his) = (story(&school, &id).await, story(&school, &other).await);
    assert_eq!(hers["evidence"].as_array().unwrap().len(), 6);
    assert_eq!((&hers["level"], &hers["evidence"][0]["together"]), (&his["level"], &json!(true)));

    let chisomo = school.student("Chisomo").await;
    let alone = practise(&chisomo, None, 3).await;
    assert!(story(&school, &alone).await["level"].as_u64() > hers["level"].as_u64(), "half a weight each");
    // All of it is on the disk, for both.
    let school = school.restart().await;
    assert_eq!(story(&school, &other).await["evidence"].as_array().unwrap().len(), 6);
}

#[tokio::test]
async fn nobody_joins_without_their_pictures_or_from_another_class() {
    let school = TestBox::open();
    let amina = school.student("Amina").await;
    let (own, brian) = (school.student_row("Amina").await, school.student_row("Brian").await);
    amina.post("/api/v1/partner", join(&own)).await.refused(422, "people.partner-self");
    let teacher = school.other_teacher().await;
    let class = school.class_of(&teacher, "Class 5").await;
    let far = teacher
        .post(&format!("/api/v1/classes/{class}/students"), json!({ "name": "Dalitso" }))
        .await
        .expect(200);
    amina.post("/api/v1/partner", join(&far)).await.refused(404, "people.student-unknown");
    let mut wrong = join(&brian);
    wrong["pictures"] = json!(["sun", "sun", "sun"]);
    for left in [4, 3, 2, 1] {
        let params = amina.post("/api/v1/partner", wrong.clone()).await.refused(422, "people.pictures-wrong");
        assert_eq!(params["left"], left.to_string());
    }
    amina.post("/api/v1/partner", wrong.clone()).await.refused(429, "people.ask-teacher");
    amina.post("/api/v1/partner", join(&brian)).await.refused(429, "people.ask-teacher");
}

#[tokio::test]
async fn a_partner_whom_the_box_does_not_know_takes_nothing_away_and_is_not_written_down() {
    let school = TestBox::open();
    let amina = school.student("Amina").await;
    let id = practise(&amina, Some("ffffffffffffffffffffffffffffffff0000"), 1).await;
    let hers = story(&school, &id).await;
    assert_eq!(hers["evidence"].as_array().unwrap().len(), 6);
    assert_eq!(hers["evidence"][0]["together"], false);
    // What can't be understood is kept without anybody's ticket.
    let (own, brian) = (ticket(&amina).await, school.student_row("Brian").await);
    let partner = amina.post("/api/v1/partner", join(&brian)).await.expect(200)["ticket"].clone();
    let odd = json!({ "ticket": own, "partner": partner, "type": "answer", "course": COURSE, "lesson": LESSON, "ago": 0 });
    let mut tablet = Tablet::new(&amina, 7);
    tablet.deliver(vec![odd]).await;
    let files = std::fs::read_dir(school.data()).unwrap();
    let bytes = files.filter_map(|entry| std::fs::read(entry.unwrap().path()).ok());
    let secret = partner.as_str().unwrap().as_bytes()[32..].to_vec();
    for file in bytes {
        assert!(!file.windows(secret.len()).any(|window| window == secret), "a ticket is on the disk");
    }
}

#[tokio::test]
async fn who_works_on_a_classmates_tablet_is_there_that_day() {
    let school = TestBox::open();
    let amina = school.student("Amina").await;
    let (teacher, class) = (school.teacher().await, school.class_4().await);
    let brian = school.student_row("Brian").await;
    let joined = amina.post("/api/v1/partner", join(&brian)).await.expect(200);
    practise(&amina, joined["ticket"].as_str(), 1).await;
    let list = teacher.get(&format!("/api/v1/classes/{class}/attendance")).await.expect(200);
    assert!(list.to_string().contains("Brian"));
    let row = list["students"].as_array().unwrap().iter().find(|row| row["name"] == "Brian").unwrap();
    assert!(row.to_string().contains("present"), "{row}");
}
