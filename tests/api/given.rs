//! What teachers give to their classes, and what the students of those classes find first.

use serde_json::{Value, json};

use crate::harness::{Browser, TestBox};
use crate::tablet::{COURSE, LESSON, Tablet, open, read, right, ticket, way};

/// The first screen: course, lesson and state of all that is from the teacher.
async fn found(student: &Browser) -> Vec<(Value, Value, Value)> {
    let home = student.get("/api/v1/home").await.expect(200);
    let card = |card: &Value| (card["course"].clone(), card["lesson"].clone(), card["state"].clone());
    home["given"].as_array().unwrap().iter().map(card).collect()
}

async fn finish(student: &Browser, tablet: &mut Tablet) {
    let ticket = ticket(student).await;
    let mut entries = vec![read(&ticket, "read"), read(&ticket, "show")];
    for activity in ["try", "exit"] {
        entries.push(open(&ticket, activity, 1));
        let mut page = student.get(&way(activity)).await.expect(200);
        for (place, _) in page["items"].as_array().unwrap().clone().iter().enumerate() {
            // A check comes without its keys; any answer finishes it.
            if activity == "exit" {
                page["items"][place]["item"]["answer"] = json!({ "value": "1" });
            }
            entries.push(right(&ticket, &page, place));
        }
    }
    tablet.deliver(entries).await;
}

#[tokio::test]
async fn the_students_of_a_class_find_first_what_it_was_given_and_nobody_else_does() {
    let school = TestBox::open();
    let (teacher, class) = (school.teacher().await, school.class_4().await);
    let amina = school.student("Amina").await;
    let given = format!("/api/v1/classes/{class}/given");
    assert_eq!(found(&amina).await, []);
    assert_eq!(teacher.get(&given).await.expect(200), json!({ "given": [] }));

    teacher.post(&given, json!({ "course": "org.schoolhouse.first-steps" })).await.expect(204);
    teacher.post(&given, json!({ "course": COURSE, "lesson": LESSON })).await.expect(204);
    let both = [
        (json!(COURSE), json!(LESSON), json!("new")),
        (json!("org.schoolhouse.first-steps"), Value::Null, json!("new")),
    ];
    assert_eq!(found(&amina).await, both);
    let home = amina.get("/api/v1/home").await.expect(200);
    let card = &home["given"][0];
    assert_eq!(
        [&card["lessonTitle"], &card["title"], &card["activity"], &card["done"], &card["of"]],
        [&json!("Bundles of ten"), &json!("Numbers"), &json!("read"), &json!(0), &json!(4)]
    );
    assert!(card["picture"].as_str().unwrap().starts_with('/'), "{card}");
    assert_eq!(home["given"][1]["activity"], Value::Null, "of a course the student chooses the lesson");

    // Given once more: nothing changes, nothing is written.
    let before = school.app.journal.count().await.unwrap();
    teacher
        .post(&given, json!({ "course": "org.schoolhouse.first-steps", "lesson": null }))
        .await
        .expect(204);
    assert_eq!(school.app.journal.count().await.unwrap(), before);
    assert_eq!(found(&amina).await, both);

    // A student of another class, and staff who only look.
    let other = school.other_teacher().await;
    let class_5 = school.class_of(&other, "Class 5").await;
    let row = other
        .post(&format!("/api/v1/classes/{class_5}/students"), json!({ "name": "Brian" }))
        .await
        .expect(200);
    let brian = school.browser();
    brian.sign_in(&row, "00000000000000b0").await.expect(200);
    assert_eq!(found(&brian).await, []);
    assert_eq!(found(&teacher).await, []);

    teacher.delete(&format!("{given}?course={COURSE}&lesson={LESSON}")).await.expect(204);
    assert_eq!(found(&amina).await, both[1..]);
    teacher.delete(&format!("{given}?course={COURSE}&lesson={LESSON}")).await.expect(204);
    // Undone: it is the newest again.
    teacher.post(&given, json!({ "course": COURSE, "lesson": LESSON })).await.expect(204);
    assert_eq!(found(&amina).await, both);
}

#[tokio::test]
async fn what_is_done_sinks_and_the_teacher_sees_who_began_and_finished() {
    let school = TestBox::open();
    let (teacher, class) = (school.teacher().await, school.class_4().await);
    let (amina, brian) = (school.student("Amina").await, school.student("Brian").await);
    school.student("Chipo").await;
    let given = format!("/api/v1/classes/{class}/given");
    for lesson in ["hundreds-tens-ones", LESSON] {
        teacher.post(&given, json!({ "course": COURSE, "lesson": lesson })).await.expect(204);
    }
    finish(&amina, &mut Tablet::new(&amina, 1)).await;
    let ticket = ticket(&brian).await;
    Tablet::new(&brian, 2).deliver(vec![open(&ticket, "read", 1), read(&ticket, "read")]).await;

    let states = |cards: Vec<(Value, Value, Value)>| {
        cards.into_iter().map(|(_, lesson, state)| [lesson, state]).collect::<Vec<_>>()
    };
    assert_eq!(
        states(found(&amina).await),
        [[json!("hundreds-tens-ones"), json!("new")], [json!(LESSON), json!("done")]]
    );
    assert_eq!(
        states(found(&brian).await),
        [[json!(LESSON), json!("started")], [json!("hundreds-tens-ones"), json!("new")]]
    );
    let home = brian.get("/api/v1/home").await.expect(200);
    let card = &home["given"][0];
    assert_eq!([&card["activity"], &card["done"]], [&json!("show"), &json!(1)], "one tap goes on");

    let rows = school.assistant().await.get(&given).await.expect(200);
    let first = &rows["given"][0];
    assert_eq!(
        [&first["lesson"], &first["by"], &first["students"], &first["begun"], &first["done"]],
        [&json!(LESSON), &json!("Ms Tembo"), &json!(3), &json!(2), &json!(1)]
    );
    assert_eq!([&rows["given"][1]["begun"], &rows["given"][1]["done"]], [&json!(0), &json!(0)]);
    assert!(first["at"].as_u64() >= rows["given"][1]["at"].as_u64(), "{rows}");
}

#[tokio::test]
async fn what_is_not_there_or_not_for_students_is_not_given() {
    let school = TestBox::open();
    let (teacher, class) = (school.teacher().await, school.class_4().await);
    let given = format!("/api/v1/classes/{class}/given");
    let before = school.app.journal.count().await.unwrap();
    for (gift, status, code) in [
        (json!({ "course": "org.example.gone" }), 404, "pack.unknown"),
        (json!({ "course": "org.schoolhouse.blended-lessons" }), 422, "pack.for-teachers"),
        (json!({ "course": COURSE, "lesson": "nowhere" }), 404, "lesson.unknown"),
        (json!({ "course": COURSE, "lesson": "" }), 404, "lesson.unknown"),
    ] {
        teacher.post(&given, gift).await.refused(status, code);
    }
    let nowhere = format!("/api/v1/classes/{}/given", "0".repeat(32));
    teacher.post(&nowhere, json!({ "course": COURSE })).await.refused(404, "people.class-unknown");
    teacher.get(&nowhere).await.refused(404, "people.class-unknown");
    assert_eq!(school.app.journal.count().await.unwrap(), before);
}

#[tokio::test]
async fn what_was_given_is_there_after_a_restart_and_a_rebuild() {
    let school = TestBox::open();
    let (teacher, class) = (school.teacher().await, school.class_4().await);
    let amina = school.student("Amina").await;
    let given = format!("/api/v1/classes/{class}/given");
    teacher.post(&given, json!({ "course": COURSE, "lesson": LESSON })).await.expect(204);
    teacher.post(&given, json!({ "course": COURSE })).await.expect(204);
    teacher.delete(&format!("{given}?course={COURSE}")).await.expect(204);
    let before = found(&amina).await;
    assert_eq!(before, [(json!(COURSE), json!(LESSON), json!("new"))]);
    let school = school.restart().await;
    let views = school.app.journal.dump_views().unwrap();
    school.app.journal.rebuild().unwrap();
    assert_eq!(school.app.journal.dump_views().unwrap(), views);
    assert_eq!(found(&amina).await, before);
}
