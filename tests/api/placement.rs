//! Finding out where to start: a teacher asks, the student answers twelve questions, and both are told where to begin.

use axum::http::Method;
use serde_json::{Value, json};

use crate::harness::{Browser, TestBox};
use crate::tablet::{COURSE, Tablet, key, ticket};

/// Goes through a placement as a tablet does; `is_right` tells whether the student knows a skill.
async fn find_out(school: &TestBox, student: &Browser, name: u8, is_right: impl Fn(&str) -> bool) -> u64 {
    let (ticket, mut tablet) = (ticket(student).await, Tablet::new(student, name));
    let mut asked = 0;
    let mut way = format!("/api/v1/courses/{COURSE}/placement/~all");
    loop {
        let page = student.get(&way).await.expect(200);
        let Some(place) = page["items"].as_array().and_then(|items| items.first()) else { return asked };
        assert!(place["item"].get("answer").is_none(), "a key went out");
        let (id, seed) = (place["item"]["id"].as_str().unwrap(), place["seed"].as_u64().unwrap());
        let course = school.app.packs.course(COURSE).unwrap();
        let whole = json!(school.app.evidence.questions().variant(&course, id, seed).unwrap());
        let skill = whole["skills"][0]["id"].as_str().unwrap();
        let response = if is_right(skill) { key(&whole) } else { json!("no") };
        let entry = json!({ "ticket": ticket, "type": "answer", "course": page["course"], "lesson": page["lesson"],
            "activity": page["id"], "run": page["run"], "place": place["place"], "item": id,
            "version": place["item"]["version"], "seed": seed, "response": response, "score": null,
            "milliseconds": 4_000, "hints": 0, "tries": 1, "ago": 0 });
        tablet.deliver(vec![entry]).await;
        asked += 1;
        let next = place["place"].as_u64().unwrap() + 1;
        way = format!("/api/v1/courses/{COURSE}/placement/~all?run={}&place={next}", page["run"]);
    }
}

async fn start(student: &Browser) -> Value {
    let way = format!("/api/v1/courses/{COURSE}/placement/~all/start");
    student.get(&way).await.expect(200)["skill"]["id"].clone()
}

async fn offer(student: &Browser) -> Value {
    student.get("/api/v1/choices").await.expect(200)["placement"].clone()
}

#[tokio::test]
async fn a_teacher_asks_the_class_and_each_student_begins_where_they_are() {
    let school = TestBox::open();
    let (teacher, class) = (school.teacher().await, school.class_4().await);
    let (amina, brian) = (school.student("Amina").await, school.student("Brian").await);
    let ways = format!("/api/v1/classes/{class}/placement");
    let proposed = offer(&amina).await;
    assert_eq!(proposed["asked"], false, "where nothing is known it is proposed");

    let wish = json!({ "course": COURSE, "strand": null, "students": null, "asked": true });
    teacher.send_json(Method::PUT, &ways, Some(wish)).await.expect(204);
    assert_eq!(
        offer(&amina).await,
        json!({ "course": COURSE, "title": "Numbers", "strand": "~all", "asked": true })
    );

    let course = school.app.packs.course(COURSE).unwrap();
    let all: Vec<String> = course.skills.iter().map(|skill| skill.id.clone()).collect();
    let known: Vec<String> = all[..all.len() / 2].to_vec();
    assert_eq!(find_out(&school, &amina, 1, |skill| known.iter().any(|one| one == skill)).await, 12);
    assert_eq!(find_out(&school, &brian, 2, |_| false).await, 12);
    let (good, weak) = (start(&amina).await, start(&brian).await);
    let place = |skill: &Value| all.iter().position(|one| format!("{COURSE}/{one}") == *skill).unwrap();
    assert_eq!(place(&weak), 0);
    assert!((known.len() - 2..=known.len()).contains(&place(&good)), "{good}");
    assert_eq!(offer(&amina).await, Value::Null, "asked and answered");

    // What comes next on the first page is where the placement said.
    let next = amina.get("/api/v1/choices").await.expect(200)["recommended"]["skill"]["id"].clone();
    assert_eq!(next, good);
    // The teacher sees it, and the answers are evidence like others.
    let list = teacher.get(&format!("{ways}?course={COURSE}")).await.expect(200);
    let rows = list["students"].as_array().unwrap();
    assert_eq!(rows.len(), 2);
    assert_eq!(
        (&rows[0]["done"], &rows[0]["over"], &rows[0]["start"]["id"]),
        (&json!(12), &json!(true), &good)
    );
    let id = ticket(&amina).await[..32].to_owned();
    let mut seen = 0;
    for skill in &all {
        let story = teacher.get(&format!("/api/v1/students/{id}/skills/{COURSE}/{skill}")).await.expect(200);
        seen += story["evidence"].as_array().unwrap().len();
    }
    assert!(seen >= 12, "{seen} answers are evidence");
}

#[tokio::test]
async fn who_is_asked_and_what_about_is_checked() {
    let school = TestBox::open();
    let (teacher, class) = (school.teacher().await, school.class_4().await);
    let ways = format!("/api/v1/classes/{class}/placement");
    let ask = async |wish: Value| teacher.send_json(Method::PUT, &ways, Some(wish)).await;
    let wish = |course: &str, strand: Value, students: Value| json!({ "course": course, "strand": strand, "students": students, "asked": true });
    ask(wish("org.example.gone", json!(null), json!(null))).await.refused(404, "mastery.skill-unknown");
    ask(wish(COURSE, json!("gone"), json!(null))).await.refused(404, "mastery.strand-unknown");
    let nobody = json!(["00000000000000000000000000000000"]);
    ask(wish(COURSE, json!(null), nobody)).await.refused(404, "people.student-unknown");

    let brian = school.student_row("Brian").await;
    let amina = school.student("Amina").await;
    ask(wish(COURSE, json!(null), json!([brian["id"]]))).await.expect(204);
    assert_eq!(offer(&amina).await["asked"], false, "only Brian is asked");
    let strand = teacher.get(&format!("{ways}?course={COURSE}")).await.expect(200)["strands"][0].clone();
    ask(wish(COURSE, strand.clone(), json!([brian["id"]]))).await.expect(204);
    let rows = teacher.get(&format!("{ways}?course={COURSE}")).await.expect(200)["students"].clone();
    assert_eq!((rows.as_array().unwrap().len(), &rows[0]["strand"]), (1, &strand));
    let mut back = wish(COURSE, json!(null), json!(null));
    back["asked"] = json!(false);
    ask(back).await.expect(204);
    let rows = teacher.get(&format!("{ways}?course={COURSE}")).await.expect(200)["students"].clone();
    assert_eq!(rows, json!([]));
}
