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
    assert_eq!((&shown["state"], &shown["signal"]["code"]), (&json!("idle"), &json!("live.no-touch")));
    amina.post("/api/v1/presence", sign(130, 2)).await.expect(204);
    let shown = row(&teacher, "Amina").await;
    assert_eq!((&shown["state"], &shown["waiting"]), (&json!("idle"), &json!(2)));
    amina.post("/api/v1/presence", sign(0, 0)).await.expect(204);
    assert_eq!(row(&teacher, "Amina").await["state"], "working");

    // Three wrong in a row on one skill, and a right one.
    tablet.deliver((1..4).map(|place| wrong(&ticket, &activity, place)).collect()).await;
    let shown = row(&teacher, "Amina").await;
    assert_eq!(shown["state"], "stuck");
    let signal = &shown["signal"];
    assert_eq!((&signal["kind"], &signal["code"]), (&json!("stuck"), &json!("live.wrong-in-a-row")));
    assert_eq!(signal["params"], json!({ "count": 3, "skill": "Tens and ones" }));
    assert_eq!((&signal["advice"], &signal["since"]), (&json!("together"), &shown["since"]));
    assert_eq!(teacher.get(&live(&teacher).await).await.expect(200)["visits"], json!([shown["id"]]));
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

/// Moves the hand of whoever is signed in; answers since when it is up.
async fn hand(student: &Browser, up: bool) -> Value {
    student.post("/api/v1/help", json!({ "up": up })).await.expect(200)["since"].clone()
}

/// The way to say that one was with a student of Class 4.
async fn was_there(teacher: &Browser, student: &Value) -> String {
    let live = live(teacher).await;
    format!("{}/help/{}", live.trim_end_matches("/live"), student["id"].as_str().unwrap())
}

#[tokio::test]
async fn a_hand_goes_up_is_seen_at_once_outlives_a_restart_and_goes_down_when_somebody_was_there() {
    let school = TestBox::open();
    let (teacher, amina) = (school.teacher().await, school.student("Amina").await);
    let mut events = Events::of(teacher.stream(&format!("{}/events", live(&teacher).await)).await);
    assert_eq!(events.next().await.unwrap().1["visits"], json!([]));
    assert_eq!(amina.get("/api/v1/help").await.expect(200), json!({ "since": null }));

    let place = json!({ "course": COURSE, "lesson": LESSON, "activity": "try" });
    let up = amina.post("/api/v1/help", json!({ "up": true, "place": place })).await.expect(200);
    let told = events.row(|row| row["signal"]["kind"] == "waiting").await;
    assert_eq!((&told["signal"]["since"], &told["signal"]["advice"]), (&up["since"], &json!("go")));
    assert_eq!(events.next().await.unwrap(), ("visits".to_owned(), json!([told["id"]])));

    // Asking again does not lose the place in the queue.
    school.hands.advance(5_000);
    assert_eq!(hand(&amina, true).await, up["since"]);
    assert_eq!(hand(&amina, false).await, Value::Null);
    assert_eq!(row(&teacher, "Amina").await["signal"], Value::Null);
    let again = hand(&amina, true).await;
    assert!(again.as_u64() > up["since"].as_u64());

    drop(events);
    let _school = school.restart().await;
    let shown = row(&teacher, "Amina").await;
    assert_eq!((&shown["signal"]["kind"], &shown["signal"]["since"]), (&json!("waiting"), &again));
    teacher.post(&was_there(&teacher, &shown).await, Value::Null).await.expect(204);
    assert_eq!(row(&teacher, "Amina").await["signal"], Value::Null);
    assert_eq!(amina.get("/api/v1/help").await.expect(200), json!({ "since": null }));
}

#[tokio::test]
async fn whoever_was_visited_leaves_the_list_until_something_new_happens() {
    let school = TestBox::open();
    let (teacher, amina) = (school.teacher().await, school.student("Amina").await);
    let ticket = ticket(&amina).await;
    let activity = amina.get(&way("try")).await.expect(200);
    let mut tablet = Tablet::new(&amina, 1);
    tablet.deliver((0..3).map(|place| wrong(&ticket, &activity, place)).collect()).await;
    let shown = row(&teacher, "Amina").await;
    assert_eq!(shown["signal"]["kind"], "stuck");
    school.hands.advance(1_000);
    teacher.post(&was_there(&teacher, &shown).await, Value::Null).await.expect(204);
    let shown = row(&teacher, "Amina").await;
    assert_eq!((&shown["signal"], &shown["state"]), (&Value::Null, &json!("stuck")));
    for place in 3..6 {
        school.hands.advance(20_000);
        assert_eq!(row(&teacher, "Amina").await["signal"], Value::Null, "before answer {place}");
        tablet.deliver(vec![wrong(&ticket, &activity, place)]).await;
    }
    let shown = row(&teacher, "Amina").await;
    assert_eq!((&shown["signal"]["kind"], &shown["signal"]["params"]["count"]), (&json!("stuck"), &json!(3)));
}

#[tokio::test]
async fn ten_answers_without_a_way_forward_are_told_as_wheel_spinning() {
    let school = TestBox::open();
    let (teacher, amina) = (school.teacher().await, school.student("Amina").await);
    let ticket = ticket(&amina).await;
    let mut tablet = Tablet::new(&amina, 1);
    // Wrong, wrong, right and so on is never three in a row.
    let mut told = Vec::new();
    for _ in 0..2 {
        let page = amina
            .get(&format!("/api/v1/courses/{COURSE}/practice/tens-and-ones?again=true"))
            .await
            .expect(200);
        for place in 0..8 {
            let mut given =
                if place % 3 == 2 { right(&ticket, &page, place) } else { wrong(&ticket, &page, place) };
            given["lesson"] = page["lesson"].clone();
            school.hands.advance(10_000);
            tablet.deliver(vec![given]).await;
            told.push(row(&teacher, "Amina").await["signal"]["kind"].clone());
        }
    }
    assert!(told[..9].iter().all(|kind| kind != "wheelSpinning"), "{told:?}");
    assert!(told.contains(&json!("wheelSpinning")), "{told:?}");
}

#[tokio::test]
async fn who_was_not_heard_of_is_absent_once_a_third_of_the_class_is_here() {
    let school = TestBox::open();
    let teacher = school.teacher().await;
    let joseph = school.student_row("Joseph").await;
    assert_eq!(row(&teacher, "Joseph").await["absent"], json!(false), "before the lesson");
    let amina = school.student("Amina").await;
    assert_eq!(row(&teacher, "Joseph").await["absent"], json!(true));
    assert_eq!(row(&teacher, "Amina").await["absent"], json!(false));
    amina.post("/api/v1/sign-out", Value::Null).await.expect(204);
    for name in ["Amina", "Joseph"] {
        assert_eq!(row(&teacher, name).await["absent"], json!(false), "nobody is left: no lesson");
    }
    assert_eq!(row(&teacher, "Joseph").await["id"], joseph["id"]);
}

#[tokio::test]
async fn only_staff_of_the_class_say_that_they_were_there_and_only_for_its_students() {
    let school = TestBox::open();
    let (teacher, amina) = (school.teacher().await, school.student("Amina").await);
    let shown = row(&teacher, "Amina").await;
    let way = was_there(&teacher, &shown).await;
    hand(&amina, true).await;
    amina.post(&way, Value::Null).await.refused(403, "people.not-allowed");
    school.other_teacher().await.post(&way, Value::Null).await.refused(404, "people.class-unknown");
    assert_eq!(row(&teacher, "Amina").await["signal"]["kind"], "waiting");
    school.assistant().await.post(&way, Value::Null).await.expect(204);
    let stranger = way.replace(shown["id"].as_str().unwrap(), "00000000000000000000000000000000");
    teacher.post(&stranger, Value::Null).await.refused(404, "people.student-unknown");
    teacher.post("/api/v1/help", json!({ "up": true })).await.refused(403, "people.not-allowed");
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
        assert_ne!(name, "snapshot");
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
