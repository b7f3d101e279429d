//! How the questions of a course do, from what students answered.

use serde_json::{Value, json};

use crate::harness::TestBox;
use crate::tablet::{COURSE, Tablet, right, ticket, way, wrong};

const STUDENTS: usize = 24;

#[tokio::test]
async fn questions_are_told_with_their_answers_those_that_need_a_look_first() {
    let school = TestBox::open();
    let teacher = school.teacher().await;
    for number in 0..STUDENTS {
        let student = school.student(&format!("Student {number:02}")).await;
        let (ticket, activity) = (ticket(&student).await, student.get(&way("try")).await.expect(200));
        // The first half can do all; the others only the third question.
        let answers = (0..4).map(|place| {
            let can = number < STUDENTS / 2 || place == 2;
            if can { right(&ticket, &activity, place) } else { wrong(&ticket, &activity, place) }
        });
        Tablet::new(&student, u8::try_from(number + 1).unwrap()).deliver(answers.collect()).await;
    }
    let analysis = teacher.get(&format!("/api/v1/courses/{COURSE}/items")).await.expect(200);
    let rows = analysis["items"].as_array().unwrap();
    let row = |id: &str| rows.iter().find(|row| row["id"] == id).unwrap();
    let tens = row("tens-2");
    assert_eq!(
        (&tens["answers"], &tens["right"], &tens["verdict"]),
        (&json!(STUDENTS), &json!(50), &json!("good"))
    );
    assert!(tens["discrimination"].as_i64().unwrap() > 50, "{tens}");
    let choices = tens["choices"].as_array().unwrap();
    let of_key: Vec<&Value> = choices.iter().filter(|choice| choice["right"] == true).collect();
    assert_eq!((of_key.len(), &of_key[0]["students"]), (1, &json!(STUDENTS / 2)));
    let template = row("tens-t1");
    assert_eq!(
        (&template["choices"], &template["likely"]),
        (&json!([]), &Value::Null),
        "other numbers for each"
    );
    assert!(analysis["unanswered"].as_u64().unwrap() > 50);

    let table = teacher.get(&format!("/api/v1/courses/{COURSE}/items.csv")).await;
    let text = String::from_utf8(table.body.to_vec()).unwrap();
    assert_eq!(text.lines().count(), rows.len() + 1);
    let line = text.lines().find(|line| line.contains(",tens-2,")).unwrap();
    assert!(line.starts_with("org.schoolhouse.numbers,tens-2,tens-and-ones,good,24,50,"), "{line}");
    teacher.get("/api/v1/courses/org.example.gone/items").await.refused(404, "pack.unknown");
}
