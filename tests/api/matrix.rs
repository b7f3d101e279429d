//! Who may do what: every route of the API with every role. A route without a row here fails the test.
//!
//! To add a route, add its row: method and path as in the OpenAPI document (with a query if it needs one), a body, and the
//! status that each role gets. The words in braces are filled in anew for each call, so that no call spoils the next:
//! `{class}` is a class of the teacher and the assistant, `{student}` a student in it, `{ask}` a request of that student,
//! `{id}` the assistant, `{n}` a number that was not there before, as are `{check}`, `{offer}`, `{job}`, `{pack}`, `{upload}`, `{own}`, `{file}`, `{goal}` and `{plan}`; `{course}`, `{strand}`, `{skill}`, `{lesson}` and `{activity}` are there in
//! every box.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::http::Method;
use schoolhouse::server;
use serde_json::{Value, json};

use crate::harness::{Browser, PASSWORD, TestBox};

const ROLES: [&str; 7] =
    ["nobody", "student", "assistant", "teacher", "teacher of another class", "head", "technician"];

type Row = (&'static str, &'static str, [u16; 7]);

/// The statuses are those of `ROLES`, in their order. 404 stands where even the existence is hidden.
#[rustfmt::skip]
const TABLE: &[Row] = &[
    // The school
    ("GET /api/v1/school", "", [200; 7]),
    ("PATCH /api/v1/school", r#"{ "language": "en" }"#, [401, 403, 403, 403, 403, 200, 403]),
    ("POST /api/v1/setup", r#"{ "code": "0", "school": "x", "name": "x", "password": "x", "language": "en" }"#, [409; 7]),
    ("POST /api/v1/sample", "", [409; 7]),
    ("POST /api/v1/sample/enter", r#"{ "as": "teacher" }"#, [404; 7]),
    // Signing in
    ("GET /api/v1/sign-in/classes", "", [200; 7]),
    ("GET /api/v1/sign-in/classes/{class}", "", [200; 7]),
    ("POST /api/v1/sign-in/pictures", r#"{ "student": "{student}", "pictures": [], "client": "00000000000000aa" }"#, [422; 7]),
    ("POST /api/v1/partner", r#"{ "student": "{student}", "pictures": [], "client": "00000000000000aa" }"#, [401, 404, 403, 403, 403, 403, 403]),
    ("POST /api/v1/sign-in/badge?client=00000000000000aa", r#"{ "code": "" }"#, [422; 7]),
    ("POST /api/v1/sign-in/asks", r#"{ "student": "{student}", "client": "00000000000000aa" }"#, [200; 7]),
    ("GET /api/v1/sign-in/asks/{ask}", "", [200; 7]),
    ("POST /api/v1/asks/{ask}", r#"{ "allow": true }"#, [401, 403, 204, 204, 404, 204, 403]),
    ("POST /api/v1/sign-in/staff", r#"{ "name": "Ms Banda", "password": "mango tree 7" }"#, [200; 7]),
    ("POST /api/v1/sign-out", "", [204; 7]),
    ("GET /api/v1/me", "", [401, 200, 200, 200, 200, 200, 200]),
    // Classes and students
    ("GET /api/v1/classes", "", [401, 403, 200, 200, 200, 200, 403]),
    ("POST /api/v1/classes", r#"{ "name": "New class {n}" }"#, [401, 403, 403, 200, 200, 200, 403]),
    ("PATCH /api/v1/classes/{class}", r#"{ "name": "Renamed {n}" }"#, [401, 403, 403, 200, 404, 200, 403]),
    ("DELETE /api/v1/classes/{class}", "", [401, 403, 403, 403, 404, 204, 403]),
    ("GET /api/v1/classes/{class}/students", "", [401, 403, 200, 200, 404, 200, 403]),
    ("POST /api/v1/classes/{class}/students", r#"{ "name": "Mary" }"#, [401, 403, 403, 200, 404, 200, 403]),
    ("POST /api/v1/classes/{class}/students/preview", r#"{ "text": "Mary" }"#, [401, 403, 403, 200, 404, 200, 403]),
    ("POST /api/v1/classes/{class}/students/import", r#"{ "rows": [{ "name": "Mary" }] }"#, [401, 403, 403, 200, 404, 200, 403]),
    ("DELETE /api/v1/classes/{class}/students/{student}", "", [401, 403, 403, 204, 404, 204, 403]),
    ("GET /api/v1/classes/{class}/badges", "", [401, 403, 200, 200, 404, 200, 403]),
    ("GET /api/v1/classes/{class}/skills", "", [401, 403, 200, 200, 404, 200, 403]),
    ("GET /api/v1/students/{student}/skills/{course}/{skill}", "", [401, 403, 200, 200, 404, 200, 403]),
    ("GET /api/v1/classes/{class}/tomorrow", "", [401, 403, 200, 200, 404, 200, 403]),
    ("GET /api/v1/students/{student}/report", "", [401, 403, 200, 200, 404, 200, 403]),
    ("GET /api/v1/classes/{class}/gradebook.csv", "", [401, 403, 200, 200, 404, 200, 403]),
    ("GET /api/v1/classes/{class}/checks.csv", "", [401, 403, 200, 200, 404, 200, 403]),
    ("GET /api/v1/classes/{class}/coverage?course={course}", "", [401, 403, 200, 200, 404, 200, 403]),
    ("GET /api/v1/classes/{class}/sheet?course={course}&skills=tens-and-ones&count=5&number=7", "", [401, 403, 200, 200, 404, 200, 403]),
    ("GET /api/v1/classes/{class}/coverage.csv", "", [401, 403, 200, 200, 404, 200, 403]),
    ("POST /api/v1/family", r#"{ "code": "000 000 000" }"#, [422; 7]),
    ("GET /api/v1/skill-map", "", [401, 200, 403, 403, 403, 403, 403]),
    ("GET /api/v1/choices", "", [401, 200, 403, 403, 403, 403, 403]),
    ("GET /api/v1/courses/{course}/items", "", [401, 403, 403, 200, 200, 200, 403]),
    ("GET /api/v1/courses/{course}/items.csv", "", [401, 403, 403, 200, 200, 200, 403]),
    ("GET /api/v1/courses/{course}/practice/{skill}", "", [401, 200, 403, 403, 403, 403, 403]),
    ("GET /api/v1/courses/{course}/show/{skill}", "", [401, 200, 403, 403, 403, 403, 403]),
    ("GET /api/v1/courses/{course}/placement/{strand}", "", [401, 200, 403, 403, 403, 403, 403]),
    ("GET /api/v1/courses/{course}/placement/{strand}/start", "", [401, 200, 403, 403, 403, 403, 403]),
    ("GET /api/v1/classes/{class}/placement?course={course}", "", [401, 403, 200, 200, 404, 200, 403]),
    ("PUT /api/v1/classes/{class}/placement", r#"{ "course": "{course}", "strand": null, "students": [], "asked": true }"#, [401, 403, 403, 204, 404, 204, 403]),
    ("GET /api/v1/classes/{class}/given", "", [401, 403, 200, 200, 404, 200, 403]),
    ("POST /api/v1/classes/{class}/given", r#"{ "course": "{course}", "lesson": "{lesson}" }"#, [401, 403, 403, 204, 404, 204, 403]),
    ("DELETE /api/v1/classes/{class}/given?course={course}", "", [401, 403, 403, 204, 404, 204, 403]),
    ("GET /api/v1/skills", "", [401, 403, 200, 200, 200, 200, 403]),
    ("GET /api/v1/classes/{class}/checks", "", [401, 403, 200, 200, 404, 200, 403]),
    ("GET /api/v1/classes/{class}/checks/{check}", "", [401, 403, 404, 404, 404, 404, 403]),
    ("PUT /api/v1/classes/{class}/checks/{check}", r#"{ "way": "oral", "at": 1795420800000, "skills": [ { "skill": "{course}/tens-and-ones" } ] }"#, [401, 403, 204, 204, 404, 204, 403]),
    ("PUT /api/v1/students/{student}/bands", r#"{ "skill": "{course}/tens-and-ones", "band": 4 }"#, [401, 403, 403, 204, 404, 204, 403]),
    ("GET /api/v1/classes/{class}/way", "", [401, 403, 200, 200, 404, 200, 403]),
    ("PUT /api/v1/classes/{class}/way", r#"{ "way": "groups", "strictness": "standard" }"#, [401, 403, 403, 200, 404, 200, 403]),
    ("GET /api/v1/classes/{class}/attendance", "", [401, 403, 200, 200, 404, 200, 403]),
    ("PUT /api/v1/classes/{class}/attendance", r#"{ "students": [{ "student": "{student}", "state": "late" }] }"#, [401, 403, 403, 200, 404, 200, 403]),
    ("GET /api/v1/classes/{class}/attendance.csv?from=2026-11-01&to=2026-11-30", "", [401, 403, 200, 200, 404, 200, 403]),
    ("PATCH /api/v1/students/{student}", r#"{ "name": "Mary" }"#, [401, 403, 403, 200, 404, 200, 403]),
    ("POST /api/v1/students/{student}/badge", "", [401, 403, 403, 200, 404, 200, 403]),
    // Learning
    ("GET /api/v1/home", "", [401, 200, 200, 200, 200, 200, 200]),
    ("GET /api/v1/guides", "", [401, 403, 200, 200, 200, 200, 403]),
    ("GET /api/v1/courses/{course}", "", [401, 200, 200, 200, 200, 200, 200]),
    ("GET /api/v1/courses/{course}/lessons/{lesson}/activities/{activity}", "", [401, 200, 200, 200, 200, 200, 200]),
    ("PUT /api/v1/courses/{course}/lessons/{lesson}/activities/{activity}/position", r#"{ "position": 7 }"#, [401, 204, 403, 403, 403, 403, 403]),
    ("GET /api/v1/courses/{course}/lessons/{lesson}/activities/{activity}/review", "", [401, 404, 403, 403, 403, 403, 403]),
    ("GET /api/v1/courses/{course}/lessons/{lesson}/notes", "", [401, 403, 200, 200, 200, 200, 403]),
    ("GET /api/v1/search?q=tens", "", [401, 200, 200, 200, 200, 200, 200]),
    ("POST /api/v1/evidence", r#"{ "client": "00000000000000aa", "entries": [] }"#, [422; 7]),
    ("POST /api/v1/presence", r#"{ "course": "{course}", "lesson": "{lesson}", "activity": "{activity}", "idle": 0, "waiting": 0 }"#, [401, 204, 403, 403, 403, 403, 403]),
    // Plans, and the lesson in the room
    ("GET /api/v1/goals", "", [401, 403, 200, 200, 200, 200, 403]),
    ("GET /api/v1/classes/{class}/goals", "", [401, 403, 200, 200, 404, 200, 403]),
    ("POST /api/v1/classes/{class}/goals", r#"{ "skills": [], "target": 80, "until": "2026-12-18" }"#, [401, 403, 403, 422, 404, 422, 403]),
    ("PUT /api/v1/classes/{class}/goals/{goal}", r#"{ "skills": [], "target": 80, "until": "2026-12-18" }"#, [401, 403, 403, 404, 404, 404, 403]),
    ("DELETE /api/v1/classes/{class}/goals/{goal}", "", [401, 403, 403, 404, 404, 404, 403]),
    ("GET /api/v1/classes/{class}/plans", "", [401, 403, 200, 200, 404, 200, 403]),
    ("POST /api/v1/classes/{class}/plans", r#"{ "title": "Tens", "model": "stationRotation", "tablets": 8, "projector": true, "minutes": 40, "seats": 14 }"#, [401, 403, 403, 200, 404, 200, 403]),
    ("GET /api/v1/classes/{class}/plans/{plan}", "", [401, 403, 404, 404, 404, 404, 403]),
    ("PUT /api/v1/classes/{class}/plans/{plan}", r#"{ "title": "Tens", "model": "flex", "tablet": {}, "teacher": { "text": "" }, "groups": [], "stations": [], "rounds": [], "change": 60 }"#, [401, 403, 403, 404, 404, 404, 403]),
    ("DELETE /api/v1/classes/{class}/plans/{plan}", "", [401, 403, 403, 404, 404, 404, 403]),
    ("POST /api/v1/classes/{class}/plans/{plan}/lesson", r#"{ "step": "start" }"#, [401, 403, 403, 404, 404, 404, 403]),
    ("GET /api/v1/lesson", "", [200; 7]),
    // The lesson, live
    ("GET /api/v1/classes/{class}/live", "", [401, 403, 200, 200, 404, 200, 403]),
    ("GET /api/v1/classes/{class}/live/events", "", [401, 403, 200, 200, 404, 200, 403]),
    ("GET /api/v1/help", "", [401, 200, 403, 403, 403, 403, 403]),
    ("POST /api/v1/help", r#"{ "up": true }"#, [401, 200, 403, 403, 403, 403, 403]),
    ("POST /api/v1/classes/{class}/help/{student}", "", [401, 403, 204, 204, 404, 204, 403]),
    // The library
    ("GET /api/v1/library", "", [401, 404, 200, 200, 200, 200, 200]),
    ("POST /api/v1/library/offers/{offer}/install", "{}", [401, 404, 403, 404, 404, 404, 404]),
    ("DELETE /api/v1/library/offers/{offer}", "", [401, 404, 403, 404, 404, 404, 404]),
    ("GET /api/v1/library/offers/{offer}/picture", "", [401, 404, 404, 404, 404, 404, 404]),
    ("GET /api/v1/library/offers/{offer}/verdict", "", [401, 404, 404, 404, 404, 404, 404]),
    ("POST /api/v1/library/jobs/{job}/accept", "{}", [401, 404, 403, 404, 404, 404, 404]),
    ("POST /api/v1/library/jobs/{job}/cancel", "", [401, 404, 403, 404, 404, 404, 404]),
    ("DELETE /api/v1/library/jobs/{job}", "", [401, 404, 403, 404, 404, 404, 404]),
    ("POST /api/v1/library/packs/{pack}/export", r#"{ "stick": "0" }"#, [401, 404, 403, 404, 404, 404, 404]),
    ("DELETE /api/v1/library/packs/{pack}", "", [401, 404, 403, 404, 404, 404, 404]),
    ("POST /api/v1/library/uploads", r#"{ "name": "a.pdf", "bytes": 1 }"#, [401, 404, 403, 201, 201, 201, 201]),
    ("GET /api/v1/library/uploads/{upload}", "", [401, 404, 404, 404, 404, 404, 404]),
    ("PATCH /api/v1/library/uploads/{upload}?offset=0", "{}", [401, 404, 403, 404, 404, 404, 404]),
    ("DELETE /api/v1/library/uploads/{upload}", "", [401, 404, 403, 404, 404, 404, 404]),
    ("GET /api/v1/library/packs/{pack}/file", "", [401, 404, 403, 404, 404, 404, 404]),
    // Writing courses
    ("GET /api/v1/authoring", "", [401, 404, 403, 200, 200, 200, 200]),
    ("POST /api/v1/authoring", r#"{ "title": "Wells", "language": "en", "start": "quiz" }"#, [401, 404, 403, 201, 201, 201, 201]),
    ("GET /api/v1/authoring/{own}", "", [401, 404, 403, 404, 404, 404, 404]),
    ("PUT /api/v1/authoring/{own}", r#"{ "revision": 1, "draft": { "title": "", "summary": "", "language": "en", "grades": [], "licence": "CC0-1.0", "skills": [], "lessons": [] } }"#, [401, 404, 403, 404, 404, 404, 404]),
    ("DELETE /api/v1/authoring/{own}", "", [401, 404, 403, 404, 404, 404, 404]),
    ("POST /api/v1/authoring/{own}/media", "{}", [401, 404, 403, 404, 404, 404, 404]),
    ("POST /api/v1/authoring/{own}/media/uploaded", r#"{ "upload": "0" }"#, [401, 404, 403, 404, 404, 404, 404]),
    ("GET /api/v1/authoring/{own}/media/{file}", "", [401, 404, 403, 404, 404, 404, 404]),
    ("POST /api/v1/authoring/{own}/try", r#"{ "item": {}, "seed": 1 }"#, [401, 404, 403, 404, 404, 404, 404]),
    ("POST /api/v1/authoring/{own}/shelf", r#"{ "revision": 1 }"#, [401, 404, 403, 404, 404, 404, 404]),
    // The box
    ("GET /api/v1/sync", "", [401, 403, 200, 200, 200, 200, 200]),
    ("POST /api/v1/sync", "", [401, 403, 403, 409, 409, 409, 409]),
    ("PUT /api/v1/sync/hub", r#"{ "url": "hub", "code": "1" }"#, [401, 403, 403, 403, 403, 422, 422]),
    ("DELETE /api/v1/sync/hub", "", [401, 403, 403, 403, 403, 204, 204]),
    ("GET /api/v1/backup", "", [401, 403, 403, 403, 403, 200, 200]),
    ("POST /api/v1/backup", r#"{"stick":"none"}"#, [401, 403, 403, 403, 403, 404, 404]),
    ("GET /api/v1/backup/repair", "", [401, 403, 200, 200, 200, 200, 200]),
    ("DELETE /api/v1/backup/repair", "", [401, 403, 403, 403, 403, 204, 204]),
    ("GET /api/v1/sync/boxes", "", [401, 403, 403, 403, 403, 200, 200]),
    ("POST /api/v1/sync/boxes/code", "", [401, 403, 403, 403, 403, 200, 200]),
    ("DELETE /api/v1/sync/boxes/{box}", "", [401, 403, 403, 403, 403, 404, 404]),
    (
        "POST /api/v1/sync/school",
        r#"{ "setupCode": "1", "url": "http://x", "code": "1" }"#,
        [409, 409, 409, 409, 409, 409, 409],
    ),
    ("POST /api/v1/sync/stick", r#"{ "stick": "none" }"#, [401, 403, 403, 404, 404, 404, 404]),
    ("GET /api/v1/box", "", [401, 403, 403, 403, 403, 200, 200]),
    // Staff
    ("GET /api/v1/staff", "", [401, 403, 403, 403, 403, 200, 200]),
    ("POST /api/v1/staff", r#"{ "name": "New {n}", "role": "teacher", "password": "mango tree 7" }"#, [401, 403, 403, 403, 403, 200, 403]),
    ("PATCH /api/v1/staff/{id}", "{}", [401, 403, 403, 403, 403, 200, 403]),
    ("POST /api/v1/me/password", r#"{ "old": "mango tree 7", "new": "mango tree 7" }"#, [401, 403, 204, 204, 204, 204, 204]),
];

/// The school of the table, and the callers, in the order of `ROLES`.
struct Fixture {
    school: TestBox,
    callers: Vec<Option<Value>>,
    count: AtomicU32,
}

impl Fixture {
    async fn build() -> Self {
        let school = TestBox::open();
        let mut callers = vec![None];
        let browsers = [
            school.student("Amina").await,
            school.assistant().await,
            school.teacher().await,
            school.other_teacher().await,
            school.head().await,
            school.technician().await,
        ];
        for browser in browsers {
            callers.push(Some(browser.me().await));
        }
        Self { school, callers, count: AtomicU32::new(0) }
    }

    /// A browser in which that caller has just signed in.
    async fn browser(&self, role: usize) -> Browser {
        match &self.callers[role] {
            None => self.school.browser(),
            Some(me) => self.school.let_in(me).await,
        }
    }

    /// Fills the words in braces in.
    async fn fill(&self, path: &str, body: &str) -> (String, String) {
        let n = self.count.fetch_add(1, Ordering::Relaxed).to_string();
        let mut words = vec![
            ("{n}", n.clone()),
            ("{check}", format!("{n:0>32}")),
            ("{offer}", n.clone()),
            ("{job}", n.clone()),
            ("{pack}", n.clone()),
            ("{own}", n.clone()),
            ("{file}", n.clone()),
            ("{upload}", n.clone()),
            ("{plan}", format!("{n:0>32}")),
            ("{goal}", format!("{n:0>32}")),
            ("{box}", format!("{n:0>32}")),
            ("{id}", self.id(2)),
            ("{course}", "org.schoolhouse.numbers".to_owned()),
            ("{strand}", "~all".to_owned()),
            ("{skill}", "tens-and-ones".to_owned()),
            ("{lesson}", "bundles-of-ten".to_owned()),
            ("{activity}", "try".to_owned()),
        ];
        let has = |word: &str| path.contains(word) || body.contains(word);
        if has("{class}") || has("{student}") || has("{ask}") {
            let head = self.school.head().await;
            let class =
                head.post("/api/v1/classes", json!({ "name": format!("Spare {n}") })).await.expect(200);
            let class = class["id"].as_str().unwrap().to_owned();
            let staff = json!({ "staff": [self.id(2), self.id(3)] });
            head.patch(&format!("/api/v1/classes/{class}"), staff).await.expect(200);
            let students = format!("/api/v1/classes/{class}/students");
            let student = head.post(&students, json!({ "name": "Joseph" })).await.expect(200)["id"].clone();
            words.extend([("{class}", class), ("{student}", student.as_str().unwrap().to_owned())]);
            // Only so many may ask at once.
            if has("{ask}") {
                let ask = json!({ "student": student, "client": format!("{n:0>16}") });
                let ask = self.school.browser().post("/api/v1/sign-in/asks", ask).await.expect(200);
                words.push(("{ask}", ask["ask"].as_str().unwrap().to_owned()));
            }
        }
        let fill =
            |text: &str| words.iter().fold(text.to_owned(), |text, (word, with)| text.replace(word, with));
        (fill(path), fill(body))
    }

    fn id(&self, role: usize) -> String {
        self.callers[role].as_ref().unwrap()["id"].as_str().unwrap().to_owned()
    }
}

#[tokio::test]
async fn every_route_answers_every_role_as_agreed() {
    let fixture = Fixture::build().await;
    let mut wrong = Vec::new();
    for (route, body, expected) in TABLE {
        let (method, path) = route.split_once(' ').unwrap();
        for (role, expected) in expected.iter().enumerate() {
            let (path, body) = fixture.fill(path, body).await;
            let body = (!body.is_empty()).then(|| serde_json::from_str(&body).unwrap());
            let method = Method::from_bytes(method.as_bytes()).unwrap();
            let answer = fixture.browser(role).await.send_json(method, &path, body).await;
            if answer.status.as_u16() != *expected {
                let got = format!("{} {}", answer.status.as_u16(), String::from_utf8_lossy(&answer.body));
                wrong.push(format!("{route} by {}: {got} instead of {expected}", ROLES[role]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_route_has_a_row() {
    let document = serde_json::to_value(server::document()).unwrap();
    let mut routes = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            routes.insert(format!("{} {path}", method.to_uppercase()));
        }
    }
    let row = |(route, ..): &Row| route.split('?').next().unwrap().to_owned();
    let rows: BTreeSet<String> = TABLE.iter().map(row).collect();
    assert_eq!(rows.len(), TABLE.len(), "a route has two rows");
    let missing: Vec<_> = routes.difference(&rows).collect();
    assert!(missing.is_empty(), "routes without a row in this file: {missing:#?}");
    let stale: Vec<_> = rows.difference(&routes).collect();
    assert!(stale.is_empty(), "rows without a route: {stale:#?}");
    assert_eq!(PASSWORD, "mango tree 7", "the bodies above name it");
}
