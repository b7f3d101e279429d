//! No student's name, answer or secret is in the log, however much is logged and whatever goes wrong.

use serde_json::{Value, json};

use super::program::{Person, Program, new_data, set_up};

const NAME: &str = "Thandiwe Quux";
const ANSWER: &str = "zebra-finch-4711";

#[test]
fn the_log_names_no_student_and_no_answer() {
    let (dir, data) = new_data();
    let log = dir.path().join("log");
    let program = Program::start_talkative(&data, &log);
    let (mut head, students) = set_up(&program, 2);
    let port = program.port;
    let classes = head.get(port, "/api/v1/classes").unwrap();
    let class = format!("/api/v1/classes/{}", classes["classes"][0]["id"].as_str().unwrap());
    let listed = format!("{class}/students");
    let student = head.post(port, &listed, &json!({ "name": NAME, "schoolId": "quux-7" })).unwrap();
    let mut tablet = Person::new();
    let sign_in = |student: &Value, pictures: &Value| json!({ "student": student["id"], "pictures": pictures, "client": "00000000000000aa" });
    let me = tablet.post(port, "/api/v1/sign-in/pictures", &sign_in(&student, &student["pictures"])).unwrap();
    let ticket = me["ticket"].as_str().unwrap();
    let spot = json!({ "ago": 5, "run": 1, "course": "org.schoolhouse.numbers", "lesson": "bundles-of-ten", "activity": "try" });
    let entry = |n: u64, more: Value| {
        let mut entry = spot.clone();
        let fields = [json!({ "n": n, "ticket": ticket, "type": "answer" }), more];
        let fields = fields.iter().flat_map(|part| part.as_object().unwrap());
        entry.as_object_mut().unwrap().extend(fields.map(|(name, value)| (name.clone(), value.clone())));
        entry
    };
    let shown = tablet
        .get(port, "/api/v1/courses/org.schoolhouse.numbers/lessons/bundles-of-ten/activities/try")
        .unwrap();
    let first = &shown["items"][0];
    let answer = json!({ "place": 0, "item": first["item"]["id"], "version": first["item"]["version"], "seed": first["seed"], "response": ANSWER });
    let entries = [
        entry(1, answer),
        entry(2, json!({ "place": 1, "response": ANSWER })),
        entry(3, json!({ "ticket": NAME, "response": ANSWER })),
    ];
    let batch = json!({ "client": "00000000000000aa", "entries": entries });
    assert_eq!(tablet.post(port, "/api/v1/evidence", &batch).unwrap()["next"], 4);

    // What is refused, with names and answers in it.
    let refusals = [
        ("/api/v1/evidence", json!({ "client": NAME, "entries": ANSWER })),
        (
            "/api/v1/evidence",
            json!({ "client": "00000000000000aa", "entries": [{ "n": ANSWER, "ticket": NAME }] }),
        ),
        ("/api/v1/sign-in/pictures", sign_in(&students[0], &json!([NAME]))),
        ("/api/v1/sign-in/staff", json!({ "name": NAME, "password": "guess" })),
        ("/api/v1/sign-in/badge?client=00000000000000aa", json!({ "code": NAME })),
        (listed.as_str(), json!({ "name": NAME, "schoolId": "quux-7" })),
        (listed.as_str(), json!({ "name": [NAME] })),
        (&format!("{listed}/import"), json!({ "rows": [{ "name": NAME, "language": NAME }] })),
    ];
    for (path, body) in &refusals {
        assert!(head.clone().post(port, path, body).is_err(), "{path} took {body}");
    }
    assert!(head.get(port, &format!("{class}/live")).unwrap()["students"].to_string().contains(NAME));
    assert!(program.stop());

    let logged = std::fs::read_to_string(&log).unwrap();
    assert!(!logged.is_empty(), "nothing was logged at all");
    let pictures: Vec<&str> =
        student["pictures"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    let pictures = format!("{pictures:?}");
    for secret in [NAME, "Quux", "quux-7", "Student 1", ANSWER, ticket, "mango tree", pictures.as_str()] {
        let found: Vec<&str> = logged.lines().filter(|line| line.contains(secret)).collect();
        assert!(found.is_empty(), "{secret} is in the log:\n{}", found.join("\n"));
    }
}
