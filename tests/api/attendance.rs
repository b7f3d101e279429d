//! Who was there: by sign-in and by the teacher's word, and the register that is exported.

use axum::http::Method;
use serde_json::{Value, json};

use crate::harness::TestBox;

const DAY: u64 = 24 * 60 * 60 * 1_000;

fn states(attendance: &Value) -> Vec<(&str, Value, bool)> {
    let row = |row: &'_ Value| row["byHand"].as_bool().unwrap();
    let rows = attendance["students"].as_array().unwrap().iter();
    rows.map(|one| (one["name"].as_str().unwrap(), one["state"].clone(), row(one))).collect()
}

#[tokio::test]
async fn who_signs_in_is_there_and_the_teachers_word_counts_more() {
    let school = TestBox::open();
    let (teacher, class) = (school.teacher().await, school.class_4().await);
    school.student("Amina").await;
    let brian = school.student_row("Brian").await;
    let amina = school.student_row("Amina").await;
    let way = format!("/api/v1/classes/{class}/attendance");
    let today = teacher.get(&way).await.expect(200);
    assert_eq!(states(&today), [("Amina", json!("present"), false), ("Brian", Value::Null, false)]);
    assert!(today["students"][0]["signedInAt"].is_u64());
    let say =
        async |body: Value| teacher.send_json(Method::PUT, &way, Some(json!({ "students": body }))).await;
    let said = say(
        json!([{ "student": amina["id"], "state": "late" }, { "student": brian["id"], "state": "excused" }]),
    )
    .await
    .expect(200);
    assert_eq!(states(&said), [("Amina", json!("late"), true), ("Brian", json!("excused"), true)]);
    let back = say(json!([{ "student": amina["id"], "state": null }])).await.expect(200);
    assert_eq!(states(&back)[0], ("Amina", json!("present"), false));
    say(json!([{ "student": "0".repeat(32), "state": "late" }])).await.refused(404, "people.student-unknown");
    teacher.get(&format!("{way}?day=today")).await.refused(422, "attendance.day-wrong");
    let yesterday = teacher.get(&format!("{way}?day=2020-01-01")).await.expect(200);
    assert_eq!(states(&yesterday), [("Amina", Value::Null, false), ("Brian", Value::Null, false)]);
}

#[tokio::test]
async fn the_register_of_some_days_is_a_table() {
    let school = TestBox::open();
    let (teacher, class) = (school.teacher().await, school.class_4().await);
    school.student("Amina").await;
    let brian = school.student_row("Brian").await;
    let way = format!("/api/v1/classes/{class}/attendance");
    let first = teacher.get(&way).await.expect(200)["day"].as_str().unwrap().to_owned();
    school.hands.advance(DAY);
    let second = teacher.get(&way).await.expect(200)["day"].as_str().unwrap().to_owned();
    let marks = json!({ "students": [{ "student": brian["id"], "state": "absent" }] });
    teacher.send_json(Method::PUT, &way, Some(marks)).await.expect(200);
    let answer = teacher.get(&format!("{way}.csv?from={first}&to={second}")).await;
    assert_eq!(answer.headers["content-type"], "text/csv; charset=utf-8");
    let expected = format!(
        "\u{FEFF}name,number,{first},{second},present,late,absent,excused\r\nAmina,,present,,1,0,0,0\r\nBrian,,,absent,0,0,1,0\r\n"
    );
    assert_eq!(String::from_utf8_lossy(&answer.body), expected);
    teacher.get(&format!("{way}.csv?from={first}&to=soon")).await.refused(422, "attendance.day-wrong");
    let views = school.app.journal.dump_views().unwrap();
    school.app.journal.rebuild().unwrap();
    assert_eq!(school.app.journal.dump_views().unwrap(), views);
}
