//! Three boxes of one school: each lets the next one in, and everybody's work is on all of them, whoever met whom.

use serde_json::{Value, json};

use super::kill::{Acknowledged, Learner};
use super::program::{Person, Program, new_data, set_up};

/// A new box joins the school of another one; its head signs in there.
pub(crate) fn join(new: &Program, other: &Program, head: &mut Person) -> Person {
    let code = head.post(other.port, "/api/v1/sync/boxes/code", &json!({})).unwrap();
    let wanted = json!({
        "setupCode": new.code.as_deref().unwrap(),
        "url": format!("http://127.0.0.1:{}", other.port),
        "code": code["code"],
    });
    Person::new().post(new.port, "/api/v1/sync/school", &wanted).unwrap();
    let mut head = Person::new();
    let wanted = json!({ "name": "Ms Banda", "password": "mango tree 7" });
    head.post(new.port, "/api/v1/sign-in/staff", &wanted).unwrap();
    head
}

/// One student answers some questions of a practice.
fn learn(number: usize, student: &Value, port: u16) {
    let mut learner = Learner::sign_in(number, student, port);
    learner.open_practice(port);
    for _ in 0..6 {
        learner.answer();
    }
    learner.send(port, &Acknowledged::default());
}

fn sync(head: &mut Person, port: u16) {
    head.post(port, "/api/v1/sync", &json!({})).unwrap();
}

/// What a box tells of the skills of the class: the same wherever it is asked.
fn picture(head: &Person, port: u16) -> Value {
    let classes = head.get(port, "/api/v1/classes").unwrap();
    let class = classes["classes"][0]["id"].as_str().unwrap();
    head.get(port, &format!("/api/v1/classes/{class}/skills")).unwrap()
}

#[test]
fn three_boxes_of_a_school_have_the_same_students_and_all_of_their_work() {
    let ((_a, first_data), (_b, second_data), (_c, third_data)) = (new_data(), new_data(), new_data());
    let first = Program::start(&first_data);
    let (mut head, students) = set_up(&first, 3);
    learn(1, &students[0], first.port);
    let second = Program::start(&second_data);
    let mut second_head = join(&second, &first, &mut head);
    // Pictures are those of the school, and what was done before is here.
    learn(2, &students[1], second.port);
    // The third one never meets the first.
    let third = Program::start(&third_data);
    let mut third_head = join(&third, &second, &mut second_head);
    learn(3, &students[2], third.port);
    sync(&mut third_head, third.port);
    sync(&mut second_head, second.port);
    sync(&mut third_head, third.port);
    let wanted = picture(&head, first.port);
    for student in wanted["students"].as_array().unwrap() {
        assert!(student["cells"].to_string().contains("\"spark\":["), "{student}");
    }
    assert_eq!(picture(&second_head, second.port), wanted);
    assert_eq!(picture(&third_head, third.port), wanted);

    // One that was stolen is refused, also by those to which nobody said so in person.
    let boxes = head.get(first.port, "/api/v1/sync/boxes").unwrap();
    assert_eq!(boxes["known"].as_array().unwrap().len(), 2, "{boxes}");
    let stolen = third_head.get(third.port, "/api/v1/school").unwrap()["box"].as_str().unwrap().to_owned();
    head.delete(first.port, &format!("/api/v1/sync/boxes/{stolen}")).unwrap();
    sync(&mut second_head, second.port);
    learn(3, &students[2], third.port);
    assert!(third_head.post(third.port, "/api/v1/sync", &json!({})).unwrap_err().contains("sync.no-hub"));
    let boxes = third_head.get(third.port, "/api/v1/sync/boxes").unwrap().to_string();
    assert!(boxes.contains("sync.box-foreign"), "{boxes}");
    sync(&mut second_head, second.port);
    assert_eq!(picture(&head, first.port), wanted);
}

#[test]
fn a_box_is_let_in_only_with_the_words_of_both_sides() {
    let ((_a, first_data), (_b, second_data)) = (new_data(), new_data());
    let (first, second) = (Program::start(&first_data), Program::start(&second_data));
    let (mut head, _) = set_up(&first, 1);
    let url = format!("http://127.0.0.1:{}", first.port);
    let join = |setup: &str, code: &str| {
        let wanted = json!({ "setupCode": setup, "url": url, "code": code });
        Person::new().post(second.port, "/api/v1/sync/school", &wanted)
    };
    let setup = second.code.as_deref().unwrap();
    assert!(join(setup, "123456789").unwrap_err().contains("sync.code-unknown"), "nobody was invited");
    let code = head.post(first.port, "/api/v1/sync/boxes/code", &json!({})).unwrap();
    let code = code["code"].as_str().unwrap();
    assert!(join("0000-0000", code).unwrap_err().contains("school.code-wrong"), "not beside the box");
    let wrong = if code == "000000000" { "000000001" } else { "000000000" };
    for _ in 0..5 {
        assert!(join(setup, wrong).unwrap_err().contains("sync.code-unknown"));
    }
    assert!(join(setup, code).unwrap_err().contains("sync.code-unknown"), "somebody was guessing");
    assert_eq!(head.get(first.port, "/api/v1/sync/boxes").unwrap()["known"], json!([]));
}
