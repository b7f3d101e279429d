//! Evidence from the room: what teachers and assistants write down of tests on paper, of what they asked and saw.

use axum::http::Method;
use schoolhouse::evidence::{BandSet, Scored};
use schoolhouse::journal::{self, EntryKind};
use serde_json::{Value, json};

use crate::harness::{Answer, Browser, MORNING, TestBox};

const TENS: &str = "org.schoolhouse.numbers/tens-and-ones";
const ONES: &str = "org.schoolhouse.numbers/hundreds-tens-ones";
const CHECK: &str = "0000000000000000000000000000000a";
const DAY: u64 = 24 * 60 * 60 * 1_000;

async fn put(browser: &Browser, path: &str, body: Value) -> Answer {
    browser.send_json(Method::PUT, path, Some(body)).await
}

/// A test of ten questions with these scores.
fn paper(scores: &[(&Value, Option<u16>)]) -> Value {
    let scores: Vec<Value> = scores
        .iter()
        .map(|(student, value)| json!({ "student": student, "skill": TENS, "value": value }))
        .collect();
    json!({ "way": "paper", "title": "Week 3", "at": MORNING, "skills": [{ "skill": TENS, "questions": 10 }], "scores": scores })
}

fn with(mut body: Value, field: &str, value: Value) -> Value {
    body[field] = value;
    body
}

/// What a check shows: name, skill, value and who wrote it, for each score.
fn shown(page: &Value) -> Vec<(String, String, u64, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let of = |student: &Value| {
        let name = text(&student["name"]);
        let scores = student["scores"].as_array().unwrap().clone();
        scores
            .into_iter()
            .map(move |score| {
                let skill = text(&score["skill"]).rsplit('/').next().unwrap().to_owned();
                (name.clone(), skill, score["value"].as_u64().unwrap(), text(&score["by"]))
            })
            .collect::<Vec<_>>()
    };
    page["students"].as_array().unwrap().iter().flat_map(of).collect()
}

/// What the journal holds of a kind, the newest first.
async fn kept<T: for<'b> minicbor::Decode<'b, ()>>(school: &TestBox, kind: EntryKind) -> Vec<T> {
    let entries = school.app.journal.read(|connection| journal::newest(connection, 500)).await.unwrap();
    entries.iter().rev().filter(|entry| entry.kind == kind).map(|entry| entry.read().unwrap()).collect()
}

struct Class {
    school: TestBox,
    teacher: Browser,
    assistant: Browser,
    amina: Value,
    brian: Value,
    checks: String,
    check: String,
}

impl Class {
    async fn open() -> Self {
        let school = TestBox::open();
        let amina = school.student_row("Amina").await["id"].clone();
        let brian = school.student_row("Brian").await["id"].clone();
        let checks = format!("/api/v1/classes/{}/checks", school.class_4().await);
        let (teacher, assistant) = (school.teacher().await, school.assistant().await);
        let check = format!("{checks}/{CHECK}");
        Self { school, teacher, assistant, amina, brian, checks, check }
    }

    async fn write(&self, body: Value) -> Answer {
        put(&self.teacher, &self.check, body).await
    }
}

#[tokio::test]
async fn a_test_on_paper_is_typed_in_one_by_one_changed_taken_back_and_gone_on_with() {
    let class = Class::open().await;
    let Class { school, teacher, assistant, amina, brian, checks, check } = &class;
    assert_eq!(teacher.get(checks).await.expect(200), json!({ "now": MORNING, "checks": [] }));
    teacher.get(check).await.refused(404, "room.check-unknown");

    class.write(paper(&[(amina, Some(7))])).await.expect(204);
    put(assistant, check, paper(&[(brian, Some(10))])).await.expect(204);
    // A telephone that heard no answer sends again.
    put(assistant, check, paper(&[(brian, Some(10)), (amina, Some(7))])).await.expect(204);
    let row =
        |name: &str, value, by: &str| (name.to_owned(), "tens-and-ones".to_owned(), value, by.to_owned());
    let page = teacher.get(check).await.expect(200);
    assert_eq!(shown(&page), [row("Amina", 7, "Ms Tembo"), row("Brian", 10, "Ms Njeri")]);
    assert_eq!(kept::<Scored>(school, EntryKind::SCORED).await.len(), 2, "writing again is no new word");

    school.hands.advance(60_000);
    class.write(paper(&[(brian, Some(9))])).await.expect(204);
    // Undo: the value from before is written again, or there was none.
    class.write(paper(&[(amina, None)])).await.expect(204);
    assert_eq!(shown(&teacher.get(check).await.expect(200)), [row("Brian", 9, "Ms Tembo")]);
    class.write(paper(&[(amina, Some(7))])).await.expect(204);

    let list = assistant.get(checks).await.expect(200);
    let first = &list["checks"][0];
    assert_eq!(
        (&first["title"], &first["way"], &first["students"], &first["by"], &first["written"], &first["at"]),
        (
            &json!("Week 3"),
            &json!("paper"),
            &json!(2),
            &json!("Ms Tembo"),
            &json!(MORNING + 60_000),
            &json!(MORNING)
        )
    );
    let skill = &first["skills"][0];
    assert_eq!(
        (&skill["skill"], &skill["questions"], &skill["guess"]),
        (&json!(TENS), &json!(10), &json!(0))
    );
    assert!(skill["name"].is_string());

    // The day was wrong and there were twelve questions: all that is written down follows.
    let body = json!({ "way": "paper", "title": "Week 2", "at": MORNING - 400 * DAY, "skills": [{ "skill": TENS, "questions": 12, "guess": 250 }] });
    class.write(body).await.expect(204);
    let page = teacher.get(check).await.expect(200);
    assert_eq!(
        (&page["check"]["title"], &page["check"]["skills"][0]["questions"]),
        (&json!("Week 2"), &json!(12))
    );
    assert_eq!(shown(&page), [row("Amina", 7, "Ms Tembo"), row("Brian", 9, "Ms Tembo")]);
    let newest: Vec<Scored> = kept(school, EntryKind::SCORED).await;
    let told: Vec<_> =
        newest[..2].iter().map(|word| (word.score, word.questions, word.guess, word.at)).collect();
    for word in [(583, 12, 250, MORNING - 400 * DAY), (750, 12, 250, MORNING - 400 * DAY)] {
        assert!(told.contains(&word), "{told:?}");
    }
}

#[tokio::test]
async fn every_way_of_seeing_has_its_levels_and_a_check_may_be_about_several_skills() {
    let class = Class::open().await;
    let Class { school, teacher, amina, brian, checks, .. } = &class;
    for (n, way, value, score, questions) in [
        (1, "oral", 4, 950, 3),
        (2, "observed", 1, 100, 3),
        (3, "product", 0, 0, 2),
        (4, "cards", 1, 1_000, 1),
    ] {
        let scores = json!([
            { "student": amina, "skill": TENS, "value": value },
            { "student": brian, "skill": ONES, "value": value }
        ]);
        let body = json!({ "way": way, "at": MORNING - n * DAY, "skills": [{ "skill": TENS }, { "skill": ONES }], "scores": scores });
        let check = format!("{checks}/{n:032x}");
        put(teacher, &check, body).await.expect(204);
        let page = teacher.get(&check).await.expect(200);
        let values: Vec<_> =
            shown(&page).into_iter().map(|(name, skill, value, _)| (name, skill, value)).collect();
        let row = |name: &str, skill: &str| (name.to_owned(), skill.to_owned(), value);
        assert_eq!(values, [row("Amina", "tens-and-ones"), row("Brian", "hundreds-tens-ones")], "{way}");
        let newest: Vec<Scored> = kept(school, EntryKind::SCORED).await;
        assert!(newest[..2].iter().all(|word| (word.score, word.questions) == (score, questions)), "{way}");
    }
    let list = teacher.get(checks).await.expect(200);
    let ways: Vec<_> = list["checks"].as_array().unwrap().iter().map(|row| row["way"].clone()).collect();
    assert_eq!(ways, ["oral", "observed", "product", "cards"], "the newest day first");
    let list = school.student("Amina").await.get(checks).await;
    list.refused(403, "people.not-allowed");
}

#[tokio::test]
async fn what_cannot_be_written_down_is_told_and_nothing_of_it_is_kept() {
    let class = Class::open().await;
    let Class { school, teacher, amina, brian, check, .. } = &class;
    let good = paper(&[(amina, Some(7))]);
    let skills = |skills: Value| with(good.clone(), "skills", skills);
    let stranger = json!("ffffffffffffffffffffffffffffffff");
    for (what, body, status, code) in [
        ("tomorrow week", with(good.clone(), "at", json!(MORNING + 7 * DAY)), 422, "room.date-wrong"),
        ("seconds", with(good.clone(), "at", json!(MORNING / 1_000)), 422, "room.date-wrong"),
        ("a long title", with(good.clone(), "title", json!("x".repeat(81))), 422, "room.title-long"),
        ("no skill", skills(json!([])), 422, "room.skills-wrong"),
        (
            "no such skill",
            skills(json!([{ "skill": "org.schoolhouse.numbers/flying", "questions": 3 }])),
            422,
            "room.skill-unknown",
        ),
        (
            "no such course",
            skills(json!([{ "skill": "org.example/tens", "questions": 3 }])),
            422,
            "room.skill-unknown",
        ),
        ("another skill", skills(json!([{ "skill": ONES, "questions": 10 }])), 422, "room.skill-unknown"),
        ("nobody counted", skills(json!([{ "skill": TENS }])), 422, "room.questions-wrong"),
        (
            "a sure guess",
            skills(json!([{ "skill": TENS, "questions": 9, "guess": 900 }])),
            422,
            "room.guess-wrong",
        ),
        ("eleven of ten", paper(&[(brian, Some(3)), (amina, Some(11))]), 422, "room.value-wrong"),
        (
            "a level that is none",
            with(with(good.clone(), "way", json!("oral")), "skills", json!([{ "skill": TENS }])),
            422,
            "room.value-wrong",
        ),
        ("another class", paper(&[(&stranger, Some(3))]), 404, "people.student-unknown"),
        ("no way", with(good.clone(), "way", json!("guess")), 422, "request.unreadable"),
        (
            "below none",
            with(good.clone(), "scores", json!([{ "student": amina, "skill": TENS, "value": -1 }])),
            422,
            "request.unreadable",
        ),
    ] {
        let answer = class.write(body).await;
        assert!(!answer.json()["detail"].as_str().unwrap().is_empty(), "{what}");
        answer.refused(status, code);
    }
    assert!(kept::<Scored>(school, EntryKind::SCORED).await.is_empty());
    class.write(with(good.clone(), "at", json!(MORNING + DAY / 2))).await.expect(204);
    let oral = json!({ "way": "oral", "at": MORNING, "skills": [{ "skill": TENS }], "scores": [{ "student": brian, "skill": TENS, "value": 2 }] });
    class.write(oral).await.refused(409, "room.way-fixed");
    let other = school.other_teacher().await;
    put(&other, check, good).await.refused(404, "people.class-unknown");
    teacher.get(&class.checks.replace("/checks", "/checks/0a")).await.refused(404, "request.no-such-page");
}

#[tokio::test]
async fn a_teacher_sets_a_band_with_a_reason_and_takes_it_back_and_an_assistant_does_not() {
    let class = Class::open().await;
    let Class { school, teacher, assistant, amina, .. } = &class;
    let bands = format!("/api/v1/students/{}/bands", amina.as_str().unwrap());
    let word = |band: Value| json!({ "skill": TENS, "band": band, "why": " She  showed me " });
    put(assistant, &bands, word(json!(4))).await.refused(403, "people.not-allowed");
    put(teacher, &bands, word(json!(5))).await.refused(422, "room.band-wrong");
    put(teacher, &bands, word(json!(0))).await.refused(422, "room.band-wrong");
    let long = with(word(json!(4)), "why", json!("x".repeat(201)));
    put(teacher, &bands, long).await.refused(422, "room.reason-long");
    let unknown = with(word(json!(4)), "skill", json!("org.schoolhouse.numbers/flying"));
    put(teacher, &bands, unknown).await.refused(422, "room.skill-unknown");
    put(teacher, &bands, word(Value::Null)).await.expect(204);
    assert!(kept::<BandSet>(school, EntryKind::BAND).await.is_empty(), "there was nothing to take back");
    for band in [json!(4), json!(4), Value::Null, Value::Null] {
        put(teacher, &bands, word(band)).await.expect(204);
    }
    let told: Vec<BandSet> = kept(school, EntryKind::BAND).await;
    let told: Vec<_> = told.iter().map(|set| (set.band, set.skill.as_str(), set.why.as_str())).collect();
    assert_eq!(told, [(None, TENS, "She showed me"), (Some(4), TENS, "She showed me")], "the newest first");
}

#[tokio::test]
async fn staff_choose_from_the_skills_of_the_courses_for_students() {
    let school = TestBox::open();
    let list = school.teacher().await.get("/api/v1/skills").await.expect(200);
    let courses = list["courses"].as_array().unwrap();
    let numbers = courses.iter().find(|course| course["course"] == "org.schoolhouse.numbers").unwrap();
    let skill = numbers["skills"].as_array().unwrap().iter().find(|skill| skill["skill"] == TENS).unwrap();
    assert!(skill["can"].as_str().unwrap().starts_with("I can"), "{skill}");
    assert!(courses.iter().all(|course| course["course"] != "org.schoolhouse.blended-lessons"), "a guide");
}
