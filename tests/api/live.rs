//! The lesson as its teacher sees it.

use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use axum::http::{Response, header};
use serde_json::{Value, json};
use tokio_stream::StreamExt;

use crate::harness::{Browser, TestBox};
use crate::tablet::{COURSE, LESSON, Tablet, open, right, ticket, way, wrong};

/// The way to Class 4 at work.
async fn live(teacher: &Browser) -> String {
    let me = teacher.get("/api/v1/me").await.expect(200);
    format!("/api/v1/classes/{}/live", me["classes"][0]["id"].as_str().unwrap())
}

async fn row(teacher: &Browser, name: &str) -> Value {
    let class = teacher.get(&live(teacher).await).await.expect(200);
    class["students"].as_array().unwrap().iter().find(|student| student["name"] == name).unwrap().clone()
}

fn sign(idle: u32, waiting: u32) -> Value {
    json!({ "course": COURSE, "lesson": LESSON, "activity": "try", "idle": idle, "waiting": waiting })
}

#[tokio::test]
async fn the_teacher_sees_who_works_is_stuck_idle_and_done() {
    let school = TestBox::open();
    let (teacher, amina) = (school.teacher().await, school.student("Amina").await);
    let ticket = ticket(&amina).await;
    let activity = amina.get(&way("try")).await.expect(200);
    let mut tablet = Tablet::new(&amina, 1);

    let shown = row(&teacher, "Amina").await;
    assert_eq!(
        (&shown["signedIn"], &shown["state"], &shown["place"]),
        (&json!(true), &json!("working"), &Value::Null)
    );

    tablet.deliver(vec![open(&ticket, "try", 1), right(&ticket, &activity, 0)]).await;
    let shown = row(&teacher, "Amina").await;
    assert_eq!(
        (&shown["state"], &shown["place"]["done"], &shown["place"]["of"]),
        (&json!("working"), &json!(1), &json!(8))
    );
    assert_eq!(
        (&shown["place"]["lesson"], &shown["place"]["activityTitle"]),
        (&json!(LESSON), &json!("Your turn"))
    );
    assert_eq!(
        (&shown["last"][0]["right"], &shown["answers"], &shown["rightAnswers"]),
        (&json!(true), &json!(1), &json!(1))
    );

    // Two minutes without a touch: idle to the second, and working again with the next touch.
    school.hands.advance(119_000);
    assert_eq!(row(&teacher, "Amina").await["state"], "working");
    school.hands.advance(1_000);
    let shown = row(&teacher, "Amina").await;
    assert_eq!((&shown["state"], &shown["reason"]["code"]), (&json!("idle"), &json!("live.no-touch")));
    amina.post("/api/v1/presence", sign(130, 2)).await.expect(204);
    let shown = row(&teacher, "Amina").await;
    assert_eq!((&shown["state"], &shown["waiting"]), (&json!("idle"), &json!(2)));
    amina.post("/api/v1/presence", sign(0, 0)).await.expect(204);
    assert_eq!(row(&teacher, "Amina").await["state"], "working");

    // Three wrong in a row on one skill, and a right one.
    tablet.deliver((1..4).map(|place| wrong(&ticket, &activity, place)).collect()).await;
    let shown = row(&teacher, "Amina").await;
    assert_eq!(shown["state"], "stuck");
    assert_eq!(
        shown["reason"],
        json!({ "code": "live.wrong-in-a-row", "params": { "count": 3, "skill": "Tens and ones" } })
    );
    tablet.deliver(vec![right(&ticket, &activity, 4)]).await;
    assert_eq!(row(&teacher, "Amina").await["state"], "working");

    tablet.deliver((5..8).map(|place| right(&ticket, &activity, place)).collect()).await;
    let shown = row(&teacher, "Amina").await;
    assert_eq!(
        (&shown["state"], &shown["place"]["done"], &shown["answers"]),
        (&json!("done"), &json!(8), &json!(8))
    );
    school.hands.advance(600_000);
    assert_eq!(row(&teacher, "Amina").await["state"], "done", "who is done is not idle");

    amina.post("/api/v1/sign-out", Value::Null).await.expect(204);
    let shown = row(&teacher, "Amina").await;
    assert_eq!((&shown["state"], &shown["signedIn"]), (&json!("away"), &json!(false)));
}

#[tokio::test]
async fn after_a_restart_the_picture_is_there_again() {
    let school = TestBox::open();
    let (teacher, amina) = (school.teacher().await, school.student("Amina").await);
    let ticket = ticket(&amina).await;
    let activity = amina.get(&way("try")).await.expect(200);
    let mut tablet = Tablet::new(&amina, 1);
    let mut batch = vec![open(&ticket, "try", 1)];
    batch.extend((0..3).map(|place| wrong(&ticket, &activity, place)));
    tablet.deliver(batch).await;
    let before = row(&teacher, "Amina").await;
    assert_eq!(before["state"], "stuck");
    let _school = school.restart().await;
    assert_eq!(row(&teacher, "Amina").await, before);
}

#[tokio::test]
async fn an_answer_that_waited_on_a_tablet_is_shown_at_its_own_time() {
    let school = TestBox::open();
    let (teacher, amina) = (school.teacher().await, school.student("Amina").await);
    let ticket = ticket(&amina).await;
    let activity = amina.get(&way("try")).await.expect(200);
    let mut late = right(&ticket, &activity, 0);
    late["ago"] = json!(600_000);
    school.hands.advance(3_600_000);
    Tablet::new(&amina, 1).deliver(vec![late]).await;
    let now = school.app.journal.clock().now().wall;
    assert_eq!(row(&teacher, "Amina").await["last"][0]["at"], now - 600_000);
}

#[tokio::test]
async fn only_staff_of_the_class_watch_it() {
    let school = TestBox::open();
    let (teacher, amina) = (school.teacher().await, school.student("Amina").await);
    let way = live(&teacher).await;
    for tail in ["", "/events"] {
        let way = format!("{way}{tail}");
        amina.get(&way).await.refused(403, "people.not-allowed");
        school.technician().await.get(&way).await.refused(403, "people.not-allowed");
        school.other_teacher().await.get(&way).await.refused(404, "people.class-unknown");
        school.browser().get(&way).await.refused(401, "people.sign-in-needed");
    }
    school.head().await.get(&way).await.expect(200);
    school.assistant().await.get(&way).await.expect(200);
}

/// Reads a stream of server-sent events.
struct Events {
    body: BodyDataStream,
    text: String,
}

impl Events {
    fn of(response: Response<Body>) -> Self {
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()[header::CONTENT_TYPE], "text/event-stream");
        Self { body: response.into_body().into_data_stream(), text: String::new() }
    }

    /// The next event and its data; `None` when the stream has ended.
    async fn next(&mut self) -> Option<(String, Value)> {
        loop {
            if let Some(end) = self.text.find("\n\n") {
                let event: String = self.text.drain(..end + 2).collect();
                let field =
                    |name: &str| event.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
                if let (Some(name), Some(data)) = (field("event:"), field("data:")) {
                    return Some((name.to_owned(), serde_json::from_str(data).unwrap()));
                }
                continue;
            }
            let more = tokio::time::timeout(Duration::from_secs(20), self.body.next()).await;
            let chunk = more.unwrap()?.unwrap();
            self.text.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }

    /// The next row of a student that `wanted` says yes to.
    async fn row(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let (name, data) = self.next().await.unwrap();
            if name == "student" && wanted(&data) {
                return data;
            }
        }
    }
}

#[tokio::test]
async fn the_stream_sends_the_whole_then_rows_as_they_change_and_ends_with_the_box() {
    let school = TestBox::open();
    let (teacher, amina) = (school.teacher().await, school.student("Amina").await);
    let ticket = ticket(&amina).await;
    let activity = amina.get(&way("try")).await.expect(200);
    let way = live(&teacher).await;
    let mut events = Events::of(teacher.stream(&format!("{way}/events")).await);
    let (name, first) = events.next().await.unwrap();
    assert_eq!(name, "snapshot");
    assert_eq!(first["students"], teacher.get(&way).await.expect(200)["students"]);

    let mut tablet = Tablet::new(&amina, 1);
    tablet.deliver(vec![open(&ticket, "try", 1), wrong(&ticket, &activity, 0)]).await;
    let changed = events.row(|row| row["answers"] == 1).await;
    assert_eq!((&changed["name"], &changed["state"]), (&json!("Amina"), &json!("working")));
    tablet.deliver((1..3).map(|place| wrong(&ticket, &activity, place)).collect()).await;
    assert_eq!(events.row(|row| row["answers"] == 3).await["state"], "stuck");
    tablet.deliver(vec![right(&ticket, &activity, 3)]).await;
    events.row(|row| row["answers"] == 4).await;

    // Time alone changes a state, without any request.
    school.hands.advance(125_000);
    events.row(|row| row["state"] == "idle").await;
    amina.post("/api/v1/presence", sign(0, 1)).await.expect(204);
    let changed = events.row(|row| row["waiting"] == 1).await;
    assert_eq!(changed["state"], "working");

    school.stop();
    while let Some((name, _)) = events.next().await {
        assert_eq!(name, "student");
    }
}

#[tokio::test]
async fn the_stream_ends_when_the_teacher_may_not_look_any_more() {
    let school = TestBox::open();
    let (head, teacher) = (school.head().await, school.teacher().await);
    let way = live(&teacher).await;
    let mut events = Events::of(teacher.stream(&format!("{way}/events")).await);
    assert_eq!(events.next().await.unwrap().0, "snapshot");
    head.patch(way.trim_end_matches("/live"), json!({ "staff": [] })).await.expect(200);
    while events.next().await.is_some() {}

    let mut events = Events::of(head.stream(&format!("{way}/events")).await);
    assert_eq!(events.next().await.unwrap().0, "snapshot");
    head.post("/api/v1/sign-out", Value::Null).await.expect(204);
    while events.next().await.is_some() {}
}

#[tokio::test]
async fn one_person_does_not_take_the_places_of_all_who_watch() {
    let school = TestBox::open();
    let (teacher, head) = (school.teacher().await, school.head().await);
    let way = format!("/api/v1/classes/{}/live/events", school.class_4().await);
    let mut open = Vec::new();
    for _ in 0..8 {
        open.push(teacher.stream(&way).await);
    }
    teacher.get(&way).await.refused(429, "live.too-many-watchers");
    head.get(&way).await.expect(200);
    drop(open);
    for _ in 0..100 {
        // The box notices soon that nobody listens.
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        if teacher.stream(&way).await.status() == 200 {
            return;
        }
    }
    panic!("places are not given back");
}

#[tokio::test]
async fn the_teacher_sees_who_asks_to_be_let_in() {
    let school = TestBox::open();
    let teacher = school.teacher().await;
    let amina = school.student_row("Amina").await;
    let way = live(&teacher).await;
    let mut events = Events::of(teacher.stream(&format!("{way}/events")).await);
    assert_eq!(events.next().await.unwrap().1["asks"], json!([]));
    let ask = json!({ "student": amina["id"], "client": "00000000000000aa" });
    let ask = school.browser().post("/api/v1/sign-in/asks", ask).await.expect(200)["ask"].clone();
    let (name, asks) = events.next().await.unwrap();
    assert_eq!((name.as_str(), &asks[0]["ask"], &asks[0]["name"]), ("asks", &ask, &json!("Amina")));
    assert_eq!(teacher.get(&way).await.expect(200)["asks"], asks);
    let answer = format!("/api/v1/asks/{}", ask.as_str().unwrap());
    teacher.post(&answer, json!({ "allow": false })).await.expect(204);
    assert_eq!(events.next().await.unwrap(), ("asks".to_owned(), json!([])));
}
