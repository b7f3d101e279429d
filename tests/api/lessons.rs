//! Learning: what a student finds, on whichever tablet, and what staff see of it.

use axum::http::Method;
use serde_json::{Value, json};

use crate::harness::{Browser, TestBox};
use crate::tablet::{COURSE, LESSON, Tablet, answer, key, open, read, right, ticket, way, wrong};

async fn part(browser: &Browser, activity: &str) -> Value {
    let course = browser.get(&format!("/api/v1/courses/{COURSE}")).await.expect(200);
    let lesson = &course["units"][0]["lessons"][0];
    assert_eq!(lesson["id"], LESSON);
    let found = lesson["activities"].as_array().unwrap().iter().find(|part| part["id"] == activity);
    json!({ "lesson": lesson["state"], "activity": found.unwrap() })
}

fn seeds(activity: &Value) -> Vec<u64> {
    activity["items"].as_array().unwrap().iter().map(|item| item["seed"].as_u64().unwrap()).collect()
}

#[tokio::test]
async fn a_student_goes_on_where_they_stopped_on_whichever_tablet() {
    let school = TestBox::open();
    let amina = school.student("Amina").await;
    let ticket = ticket(&amina).await;
    assert_eq!(amina.get("/api/v1/home").await.expect(200)["continue"], Value::Null);

    let mut tablet = Tablet::new(&amina, 1);
    tablet.deliver(vec![open(&ticket, "read", 1)]).await;
    let go_on = |home: Value| [home["continue"]["activity"].clone(), home["continue"]["done"].clone()];
    assert_eq!(go_on(amina.get("/api/v1/home").await.expect(200)), [json!("read"), json!(0)]);
    tablet.deliver(vec![read(&ticket, "read")]).await;
    assert_eq!(go_on(amina.get("/api/v1/home").await.expect(200)), [json!("show"), json!(0)]);

    let activity = amina.get(&way("try")).await.expect(200);
    tablet
        .deliver(vec![open(&ticket, "try", 1), right(&ticket, &activity, 0), wrong(&ticket, &activity, 1)])
        .await;
    assert_eq!(go_on(amina.get("/api/v1/home").await.expect(200)), [json!("try"), json!(2)]);

    // Another tablet: the same questions, and the same places are answered.
    let elsewhere = amina.get(&way("try")).await.expect(200);
    assert_eq!(seeds(&elsewhere), seeds(&activity));
    let answered: Vec<&Value> =
        elsewhere["items"].as_array().unwrap().iter().map(|item| &item["answered"]).collect();
    assert_eq!(answered.iter().filter(|answered| **answered == true).count(), 2);
    assert_eq!((elsewhere["run"].as_u64(), elsewhere["of"].as_u64()), (Some(1), Some(8)));
    for (item, before) in
        elsewhere["items"].as_array().unwrap().iter().zip(activity["items"].as_array().unwrap())
    {
        assert_eq!(item["item"], before["item"]);
    }
    // Another student has other numbers.
    let brian = school.student("Brian").await;
    assert_ne!(seeds(&brian.get(&way("try")).await.expect(200)), seeds(&activity));
}

#[tokio::test]
async fn a_practice_is_done_with_its_last_place_and_again_gives_other_numbers() {
    let school = TestBox::open();
    let amina = school.student("Amina").await;
    let ticket = ticket(&amina).await;
    let mut tablet = Tablet::new(&amina, 1);
    let first = amina.get(&way("try?again=true")).await.expect(200);
    assert_eq!(first["run"], 1, "there is nothing yet to do again");
    amina.get(&way("try/review")).await.refused(404, "lesson.run-unfinished");
    let mut batch: Vec<Value> = (0..7).map(|place| right(&ticket, &first, place)).collect();
    tablet.deliver(batch.split_off(0)).await;
    assert_eq!(part(&amina, "try").await["activity"]["state"], "started");
    tablet.deliver(vec![wrong(&ticket, &first, 7)]).await;
    let done = part(&amina, "try").await;
    assert_eq!(
        (&done["activity"]["state"], &done["activity"]["done"], &done["activity"]["right"], &done["lesson"]),
        (&json!("done"), &json!(8), &json!(7), &json!("started"))
    );
    assert_eq!(amina.get(&way("try")).await.expect(200)["run"], 1);

    let second = amina.get(&way("try?again=true")).await.expect(200);
    assert_eq!(second["run"], 2);
    assert!(seeds(&second).iter().all(|seed| !seeds(&first).contains(seed)));
    tablet.deliver(vec![open(&ticket, "try", 2), right(&ticket, &second, 0)]).await;
    assert_eq!(amina.get(&way("try")).await.expect(200)["run"], 2);
    let state = part(&amina, "try").await;
    assert_eq!((&state["activity"]["state"], &state["activity"]["done"]), (&json!("done"), &json!(8)));

    let review = amina.get(&way("try/review")).await.expect(200);
    assert_eq!((&review["run"], review["items"].as_array().unwrap().len()), (&json!(1), 8));
    assert_eq!((&review["items"][0]["right"], &review["items"][7]["right"]), (&json!(true), &json!(false)));
    assert_eq!(review["items"][0]["response"], key(&first["items"][0]["item"]));
    assert_eq!(review["items"][0]["item"], first["items"][0]["item"]);
    amina.get(&way("try/review?run=2")).await.refused(404, "lesson.run-unfinished");
}

#[tokio::test]
async fn a_check_shows_keys_and_scores_only_at_its_end() {
    let school = TestBox::open();
    let amina = school.student("Amina").await;
    let ticket = ticket(&amina).await;
    let check = amina.get(&way("exit")).await.expect(200);
    let of = check["items"].as_array().unwrap().len();
    for field in
        ["\"answer\"", "\"hints\"", "\"solution\"", "\"feedback\"", "\"misconception\"", "\"mistakes\""]
    {
        assert!(!check.to_string().contains(field), "a running check shows {field}");
    }
    let mut tablet = Tablet::new(&amina, 1);
    for place in 0..of {
        let shown = amina.get(&way("exit")).await.expect(200);
        assert!(shown["items"].as_array().unwrap().iter().all(|item| item["score"].is_null()));
        let mut entry = answer(&ticket, &check, place, &json!("1"), 0.0);
        entry["score"] = Value::Null;
        tablet.deliver(vec![entry]).await;
    }
    let shown = amina.get(&way("exit")).await.expect(200);
    assert!(shown["items"].as_array().unwrap().iter().all(|item| item["score"].is_number()));
    let review = amina.get(&way("exit/review?run=1")).await.expect(200);
    assert_eq!(review["items"].as_array().unwrap().len(), of);
    assert!(review.to_string().contains("\"answer\""));
    assert_eq!(part(&amina, "exit").await["activity"]["state"], "done");
}

#[tokio::test]
async fn a_template_that_is_asked_twice_gives_other_numbers_each_time() {
    let school = TestBox::open();
    for name in ["Amina", "Brian", "Chipo", "Daudi"] {
        let student = school.student(name).await;
        let activity = student.get(&way("try")).await.expect(200);
        let mut shown: Vec<String> = activity["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|place| {
                format!("{} {} {}", place["item"]["id"], place["item"]["stem"], place["item"]["options"])
            })
            .collect();
        shown.sort();
        shown.dedup();
        assert_eq!(shown.len(), 8, "{name} has a question twice");
    }
}

#[tokio::test]
async fn staff_may_look_and_nothing_is_recorded() {
    let school = TestBox::open();
    let teacher = school.teacher().await;
    let amina = school.student("Amina").await;
    let before = school.app.journal.count().await.unwrap();
    let home = teacher.get("/api/v1/home").await.expect(200);
    assert_eq!(home["continue"], Value::Null);
    assert!(home["courses"].as_array().unwrap().iter().any(|course| course["id"] == COURSE));
    let activity = teacher.get(&way("try")).await.expect(200);
    assert_eq!(activity["items"].as_array().unwrap().len(), 8);
    teacher.get(&way("try/review")).await.refused(403, "people.not-allowed");
    let notes = format!("/api/v1/courses/{COURSE}/lessons/{LESSON}/notes");
    let pages = teacher.get(&notes).await.expect(200);
    assert!(pages["teacherNotes"].as_str().unwrap().contains("<h"));
    assert!(pages["offTablet"].as_str().unwrap().starts_with('<'));
    amina.get(&notes).await.refused(403, "people.not-allowed");
    teacher.get(&notes.replace(LESSON, "nowhere")).await.refused(404, "lesson.unknown");
    let presence = json!({ "course": COURSE, "lesson": LESSON, "activity": "try", "idle": 0, "waiting": 0 });
    teacher.post("/api/v1/presence", presence).await.refused(403, "people.not-allowed");
    assert_eq!(school.app.journal.count().await.unwrap(), before);
}

#[tokio::test]
async fn pages_come_as_html_with_their_pictures_and_what_is_unknown_is_said_so() {
    let school = TestBox::open();
    let amina = school.student("Amina").await;
    let page = amina.get(&way("read")).await.expect(200);
    assert!(page["html"].as_str().unwrap().starts_with('<'));
    assert_eq!((&page["kind"], &page["of"], &page["items"]), (&json!("page"), &json!(0), &Value::Null));
    assert_eq!(page["next"], json!({ "lesson": LESSON, "activity": "show" }));
    for address in page["media"].as_array().unwrap() {
        assert!(address.as_str().unwrap().starts_with(&format!("/{}/", page["hash"].as_str().unwrap())));
    }
    amina.get("/api/v1/courses/org.example.gone").await.refused(404, "pack.unknown");
    amina.get(&way("gone")).await.refused(404, "lesson.unknown");
    school.browser().get("/api/v1/home").await.refused(401, "people.sign-in-needed");
}

#[tokio::test]
async fn a_guide_is_for_teachers_alone() {
    const GUIDE: &str = "org.schoolhouse.blended-lessons";
    let school = TestBox::open();
    let (teacher, amina) = (school.teacher().await, school.student("Amina").await);
    let is_guide = |course: &Value| course["id"] == GUIDE;
    let listed = |list: &Value| list.as_array().unwrap().iter().any(is_guide);
    for browser in [&teacher, &amina] {
        assert!(!listed(&browser.get("/api/v1/home").await.expect(200)["courses"]));
    }
    assert!(listed(&teacher.get("/api/v1/guides").await.expect(200)["guides"]));

    let course = format!("/api/v1/courses/{GUIDE}");
    let of = |activity: &str| format!("{course}/lessons/station-rotation/activities/{activity}");
    let whole = teacher.get(&course).await.expect(200);
    assert_eq!(whole["audience"], "teachers");
    // Every page of every lesson opens.
    for lesson in
        whole["units"].as_array().unwrap().iter().flat_map(|unit| unit["lessons"].as_array().unwrap())
    {
        for activity in lesson["activities"].as_array().unwrap() {
            let way = format!(
                "{course}/lessons/{}/activities/{}",
                lesson["id"].as_str().unwrap(),
                activity["id"].as_str().unwrap()
            );
            let page = teacher.get(&way).await.expect(200);
            assert!(page["html"].is_string() || page["items"].is_array(), "{way}");
        }
    }
    let cards = teacher.get(&of("cards")).await.expect(200);
    assert_eq!(cards["html"].as_str().unwrap().matches("<section class=\"card-to-cut\">").count(), 9);
    // The cards are an activity already, and teachers see at once whether they are right.
    let notes = teacher.get(&format!("{course}/lessons/station-rotation/notes")).await.expect(200);
    assert_eq!((&notes["teacherNotes"], &notes["offTablet"]), (&Value::Null, &Value::Null));
    let check = teacher.get(&of("exit")).await.expect(200);
    assert!(check["items"].as_array().unwrap().iter().all(|place| !place["item"]["answer"].is_null()));

    for way in [&course, &of("read"), &of("cards"), &of("exit"), &of("exit/review")] {
        amina.get(way).await.refused(404, "pack.unknown");
    }
    let position = Some(json!({ "position": 3 }));
    let put = amina.send_json(Method::PUT, &format!("{}/position", of("read")), position).await;
    put.refused(404, "pack.unknown");
    // What a student's tablet sends of it all the same counts for nothing.
    let mut opened = open(&ticket(&amina).await, "read", 1);
    opened["course"] = json!(GUIDE);
    opened["lesson"] = json!("station-rotation");
    Tablet::new(&amina, 1).deliver(vec![opened]).await;
    assert_eq!(amina.get("/api/v1/home").await.expect(200)["continue"], Value::Null);
    let presence =
        json!({ "course": GUIDE, "lesson": "station-rotation", "activity": "read", "idle": 0, "waiting": 0 });
    amina.post("/api/v1/presence", presence).await.expect(204);
    let class = school.class_4().await;
    let live = teacher.get(&format!("/api/v1/classes/{class}/live")).await.expect(200);
    assert!(!live.to_string().contains(GUIDE));
}
