//! Plans of lessons, and a lesson that runs by one: what teachers lead and tablets follow.

use axum::http::Method;
use serde_json::{Value, json};

use crate::harness::{Browser, TestBox};
use crate::tablet::{COURSE, LESSON};

/// A class of 42 students and its teacher.
struct Room {
    school: TestBox,
    teacher: Browser,
    class: String,
}

impl Room {
    async fn open() -> Self {
        let school = TestBox::open();
        let (teacher, class) = (school.teacher().await, school.class_4().await);
        let rows: Vec<_> = (1..=42).map(|number| json!({ "name": format!("Student {number:02}") })).collect();
        let import = format!("/api/v1/classes/{class}/students/import");
        teacher.post(&import, json!({ "rows": rows })).await.expect(200);
        Self { school, teacher, class }
    }

    fn plans(&self) -> String {
        format!("/api/v1/classes/{}/plans", self.class)
    }

    async fn make(&self, title: &str) -> Value {
        let made = self.teacher.post(&self.plans(), wanted(title)).await.expect(200);
        assert_eq!(made["reasons"], json!([]));
        made["plan"].clone()
    }

    async fn lead(&self, plan: &Value, step: Value) -> Value {
        let path = format!("{}/{}/lesson", self.plans(), text(&plan["id"]));
        self.teacher.post(&path, step).await.expect(200)["lesson"].clone()
    }

    async fn seen(&self) -> Value {
        seen_by(&self.school.browser(), &self.class).await
    }
}

fn wanted(title: &str) -> Value {
    json!({ "title": title, "model": "stationRotation", "tablets": 8, "projector": true, "minutes": 40, "seats": 14,
            "tablet": { "course": COURSE, "lesson": LESSON, "skill": "tens" }, "teacher": { "text": "Bundles of sticks", "skill": null } })
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// The lesson as a tablet without a student gets it.
async fn seen_by(tablet: &Browser, class: &str) -> Value {
    tablet.get(&format!("/api/v1/lesson?class={class}")).await.expect(200)["lesson"].clone()
}

/// Number, seconds to the beginning and to the end, and the groups at the tablets of each round.
fn rounds(lesson: &Value) -> Vec<(u64, i64, i64, Value)> {
    let seconds = |value: &Value| value.as_i64().unwrap() / 1_000;
    let round = |round: &Value| {
        let (begins, ends) = (seconds(&round["beginsIn"]), seconds(&round["endsIn"]));
        (round["round"].as_u64().unwrap(), begins, ends, round["tablets"].clone())
    };
    lesson["rounds"].as_array().unwrap().iter().map(round).collect()
}

#[tokio::test]
async fn a_tablet_that_waits_is_told_as_soon_as_the_lesson_goes_on() {
    let room = Room::open().await;
    let plan = room.make("Tens").await;
    let before = room.school.browser().get(&format!("/api/v1/lesson?class={}", room.class)).await.expect(200);
    assert_eq!(before["lesson"], Value::Null);
    let tablet = room.school.browser();
    let waits = format!("/api/v1/lesson?class={}&after={}", room.class, text(&before["mark"]));
    let (told, _) = tokio::join!(tablet.get(&waits), async {
        // The tablet's request comes first; with nothing said it would stay without an answer.
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        room.lead(&plan, json!({ "step": "start" })).await
    });
    let told = told.expect(200);
    assert_eq!(told["lesson"]["title"], "Tens");
    assert_ne!(told["mark"], before["mark"]);
}

#[tokio::test]
async fn a_plan_is_made_from_what_the_room_has_changed_and_thrown_away() {
    let room = Room::open().await;
    let plan = room.make(" Tens ").await;
    let content = &plan["content"];
    assert_eq!(
        (&content["title"], &plan["practice"], &content["change"]),
        (&json!("Tens"), &json!(24), &json!(60))
    );
    let sizes: Vec<_> = content["groups"]
        .as_array()
        .unwrap()
        .iter()
        .map(|group| group["students"].as_array().unwrap().len())
        .collect();
    assert_eq!(sizes, [14, 14, 14]);
    let kinds: Vec<_> =
        content["stations"].as_array().unwrap().iter().map(|station| &station["kind"]).collect();
    assert_eq!(kinds, ["tablets", "teacher", "paper"]);
    assert_eq!(content["rounds"][1], json!({ "minutes": 12, "places": [1, 2, 0] }));

    let way = format!("{}/{}", room.plans(), text(&plan["id"]));
    let mut changed = content.clone();
    let moved = changed["groups"][0]["students"].as_array_mut().unwrap().pop().unwrap();
    changed["groups"][1]["students"].as_array_mut().unwrap().extend([moved.clone(), json!("0".repeat(32))]);
    changed["groups"][1]["name"] = json!("Lions");
    changed["teacher"]["skill"] = json!("no-such-skill");
    let put = async |body: Value| room.teacher.send_json(Method::PUT, &way, Some(body)).await;
    let after = put(changed.clone()).await.expect(200);
    assert_eq!(
        after["content"]["groups"][1]["students"].as_array().unwrap().len(),
        15,
        "a stranger is left out"
    );
    assert_eq!(after["partsApart"], true);
    assert_eq!(room.teacher.get(&way).await.expect(200), after);

    changed["groups"][2]["students"].as_array_mut().unwrap().push(moved);
    put(changed.clone()).await.refused(422, "plan.student-twice");
    changed["title"] = json!(" ");
    put(changed).await.refused(422, "plan.title-missing");

    let list = room.teacher.get(&room.plans()).await.expect(200);
    let row = &list["plans"][0];
    assert_eq!((&row["title"], &row["groups"], &row["minutes"]), (&json!("Tens"), &json!(3), &json!(38)));
    assert_eq!((&row["by"], &list["running"]), (&json!("Ms Tembo"), &Value::Null));
    room.teacher.delete(&way).await.expect(204);
    room.teacher.get(&way).await.refused(404, "plan.unknown");
    assert_eq!(room.teacher.get(&room.plans()).await.expect(200)["plans"], json!([]));
}

#[tokio::test]
async fn where_there_is_no_plan_the_reasons_have_numbers() {
    let room = Room::open().await;
    let with = |field: &str, value: u64| {
        let mut body = wanted("Tens");
        body[field] = json!(value);
        body
    };
    for (body, reasons) in [
        (
            with("tablets", 5),
            json!([{ "code": "plan.few-tablets", "params": { "students": 42, "tablets": 5, "needed": 6 } }]),
        ),
        (with("minutes", 18), json!([{ "code": "plan.short", "params": { "minutes": 18, "needed": 19 } }])),
        (with("seats", 9), json!([{ "code": "plan.few-seats", "params": { "seats": 9, "needed": 11 } }])),
    ] {
        let made = room.teacher.post(&room.plans(), body).await.expect(200);
        assert_eq!(made, json!({ "plan": null, "reasons": reasons }));
    }
    let empty = room.school.class_of(&room.teacher, "Class 9").await;
    let made = room.teacher.post(&format!("/api/v1/classes/{empty}/plans"), wanted("Tens")).await.expect(200);
    assert_eq!(made["reasons"], json!([{ "code": "plan.no-students", "params": {} }]));
    for model in ["labRotation", "individualRotation", "flipped", "flex", "aLaCarte", "enrichedVirtual"] {
        let mut body = wanted(model);
        body["model"] = json!(model);
        let made = room.teacher.post(&room.plans(), body).await.expect(200);
        assert!(made["plan"]["practice"].as_u64().unwrap() >= 10, "{model}: {made}");
    }
}

#[tokio::test]
async fn tablets_follow_a_lesson_from_round_to_round_as_its_teacher_leads_it() {
    let room = Room::open().await;
    let plan = room.make("Tens").await;
    assert_eq!(room.seen().await, Value::Null);
    let begun = room.lead(&plan, json!({ "step": "start" })).await;
    assert_eq!(
        rounds(&begun),
        [(0, 0, 720, json!([0])), (1, 780, 1_500, json!([2])), (2, 1_560, 2_280, json!([1]))]
    );
    assert_eq!(room.seen().await, begun);
    assert_eq!(begun["groups"][2]["students"], plan["content"]["groups"][2]["students"]);
    assert_eq!(room.teacher.get(&room.plans()).await.expect(200)["running"], plan["id"]);

    // A student's tablet need not say which class; the tablet part is what its student finds first.
    let student = room.school.student("Student 01").await;
    assert_eq!(student.get("/api/v1/lesson").await.expect(200)["lesson"], begun);
    let home = student.get("/api/v1/home").await.expect(200);
    assert_eq!((&home["given"][0]["course"], &home["given"][0]["lesson"]), (&json!(COURSE), &json!(LESSON)));

    // It goes on by itself: through the change, into the second round.
    room.school.hands.advance(730_000);
    assert_eq!(rounds(&room.seen().await)[0], (1, 50, 770, json!([2])));
    room.school.hands.advance(60_000);
    let more = room.lead(&plan, json!({ "step": "extend", "minutes": 3 })).await;
    assert_eq!(rounds(&more), [(1, -10, 890, json!([2])), (2, 950, 1_670, json!([1]))]);

    // Two touches on "next" go one round ahead.
    let next = json!({ "step": "next", "round": 1 });
    let changing = room.lead(&plan, next.clone()).await;
    assert_eq!(rounds(&changing), [(2, 60, 780, json!([1]))]);
    assert_eq!(rounds(&room.lead(&plan, next).await), [(2, 60, 780, json!([1]))]);
    assert_eq!(
        rounds(&room.lead(&plan, json!({ "step": "next", "round": 2 })).await),
        [(2, 0, 720, json!([1]))]
    );
    assert_eq!(
        room.lead(&plan, json!({ "step": "next", "round": 2 })).await,
        Value::Null,
        "that was the last round"
    );
    assert_eq!(room.seen().await, Value::Null);
    let path = format!("{}/{}/lesson", room.plans(), text(&plan["id"]));
    room.teacher.post(&path, json!({ "step": "extend", "minutes": 3 })).await.refused(409, "lesson.over");
    assert_eq!(room.lead(&plan, json!({ "step": "end" })).await, Value::Null);
}

#[tokio::test]
async fn a_lesson_that_is_left_alone_is_over_after_its_last_round_and_another_one_takes_its_place() {
    let room = Room::open().await;
    let (tens, halves) = (room.make("Tens").await, room.make("Halves").await);
    room.lead(&tens, json!({ "step": "start" })).await;
    assert_eq!(room.lead(&halves, json!({ "step": "start" })).await["title"], "Halves");
    assert_eq!(room.seen().await["title"], "Halves");
    let path = format!("{}/{}/lesson", room.plans(), text(&tens["id"]));
    room.teacher.post(&path, json!({ "step": "next" })).await.refused(409, "lesson.over");
    room.teacher.post(&path, json!({ "step": "extend", "minutes": 90 })).await.refused(409, "lesson.over");
    assert_eq!(room.seen().await["title"], "Halves", "the end of one does not touch the other");
    room.school.hands.advance(2_281_000);
    assert_eq!(room.seen().await, Value::Null);
    assert_eq!(rounds(&room.lead(&tens, json!({ "step": "start" })).await)[0], (0, 0, 720, json!([0])));
    let way = format!("{}/{}", room.plans(), text(&tens["id"]));
    room.teacher.delete(&way).await.expect(204);
    assert_eq!(room.seen().await, Value::Null);
}

#[tokio::test]
async fn a_power_cut_in_a_lesson_loses_nothing() {
    let mut room = Room::open().await;
    let plan = room.make("Tens").await;
    room.lead(&plan, json!({ "step": "start" })).await;
    room.school.hands.advance(100_000);
    room.lead(&plan, json!({ "step": "extend", "minutes": 1 })).await;
    let before = rounds(&room.seen().await);
    assert_eq!(before[0], (0, -100, 680, json!([0])));
    room.school = room.school.restart().await;
    let after = rounds(&room.seen().await);
    assert!(after[0].1 <= -100 && after[0].1 > -110, "{after:?}");
    let views = room.school.app.journal.dump_views().unwrap();
    room.school.app.journal.rebuild().unwrap();
    assert_eq!(room.school.app.journal.dump_views().unwrap(), views);
}

#[tokio::test]
async fn assistants_look_and_teachers_of_other_classes_do_not_know_of_it() {
    let room = Room::open().await;
    let plan = room.make("Tens").await;
    let way = format!("{}/{}", room.plans(), text(&plan["id"]));
    let assistant = room.school.assistant().await;
    assert_eq!(assistant.get(&way).await.expect(200), plan);
    let lesson = format!("{way}/lesson");
    let start = json!({ "step": "start" });
    assistant.post(&lesson, start.clone()).await.refused(403, "people.not-allowed");
    let other = room.school.other_teacher().await;
    other.get(&way).await.refused(404, "people.class-unknown");
    other.post(&lesson, start.clone()).await.refused(404, "people.class-unknown");
    // A plan is found in its own class only.
    let theirs = room.school.class_of(&other, "Class 5").await;
    let there = format!("/api/v1/classes/{theirs}/plans/{}", text(&plan["id"]));
    other.get(&there).await.refused(404, "plan.unknown");
    other.post(&format!("{there}/lesson"), start).await.refused(404, "plan.unknown");
}

#[tokio::test]
async fn each_student_has_an_own_list_until_the_teacher_says_otherwise() {
    let room = Room::open().await;
    let way = format!("/api/v1/classes/{}/way", room.class);
    assert_eq!(
        room.teacher.get(&way).await.expect(200),
        json!({ "way": "ownPlaylist", "strictness": "standard" })
    );
    let whole = json!({ "way": "whole", "strictness": "strict" });
    room.teacher.send_json(Method::PUT, &way, Some(whole.clone())).await.expect(200);
    assert_eq!(room.teacher.get(&way).await.expect(200), whole);
}
