//! Questions on paper: each key is right when the box marks it anew, two forms weigh the same, a number gives its sheet again.

use std::collections::BTreeSet;

use schoolhouse::items::mark;
use serde_json::Value;

use crate::harness::TestBox;

fn questions(form: &Value) -> &[Value] {
    form["questions"].as_array().unwrap()
}

/// Each skill of the courses for students, with its course.
fn skills(school: &TestBox) -> Vec<(String, String)> {
    let courses = school.app.packs.courses();
    let courses = courses.iter().filter(|course| course.is_for_students());
    courses
        .flat_map(|course| course.skills.iter().map(|skill| (course.id.clone(), skill.id.clone())))
        .collect()
}

#[tokio::test]
async fn every_key_is_right_when_the_box_marks_it_anew() {
    let school = TestBox::open();
    let (teacher, class) = (school.teacher().await, school.class_4().await);
    let (mut sheets, mut keys) = (0, 0);
    for (course, skill) in skills(&school) {
        for number in 1..=8 {
            let wanted = format!("course={course}&skills={skill}&count=8&forms=2&number={number}");
            let answer = teacher.get(&format!("/api/v1/classes/{class}/sheet?{wanted}")).await;
            if answer.status == 404 {
                answer.refused(404, "sheet.nothing-for-paper");
                continue;
            }
            let sheet = answer.expect(200);
            sheets += 1;
            let course = school.app.packs.course(&course).unwrap();
            for question in sheet["forms"].as_array().unwrap().iter().flat_map(questions) {
                let (id, seed) =
                    (question["item"]["id"].as_str().unwrap(), question["seed"].as_u64().unwrap());
                let variant = school.app.evidence.questions().variant(&course, id, seed).unwrap();
                assert!(mark(&variant, &question["key"]).right, "{wanted}: {question}");
                assert_eq!(serde_json::to_value(&variant).unwrap(), question["item"], "{wanted}");
                keys += 1;
            }
        }
    }
    assert!(sheets > 100 && keys > 1_000, "{sheets} sheets, {keys} keys");
}

#[tokio::test]
async fn two_forms_ask_the_same_skills_at_the_same_places_with_other_questions() {
    let school = TestBox::open();
    let (teacher, class) = (school.teacher().await, school.class_4().await);
    let path = format!(
        "/api/v1/classes/{class}/sheet?course=org.schoolhouse.numbers&skills=tens-and-ones,compare-and-order&count=10&forms=2&number=12"
    );
    let sheet = teacher.get(&path).await.expect(200);
    let (a, b) = (questions(&sheet["forms"][0]), questions(&sheet["forms"][1]));
    assert_eq!((a.len(), b.len()), (10, 10));
    let asked = |question: &Value| {
        let mut item = question["item"].clone();
        item.as_object_mut().unwrap().remove("seed");
        item.to_string()
    };
    for (one, other) in a.iter().zip(b) {
        assert_eq!(one["skill"], other["skill"]);
    }
    let stems: BTreeSet<String> = a.iter().chain(b).map(asked).collect();
    assert!(stems.len() >= 18, "at most one place, left without a neighbour, may ask both forms the same");
    let names: BTreeSet<&str> = a.iter().map(|question| question["skill"].as_str().unwrap()).collect();
    assert_eq!(Vec::from_iter(names), ["compare-and-order", "tens-and-ones"]);
    assert_eq!(teacher.get(&path).await.expect(200), sheet, "the number on the paper gives its sheet again");
    let other = path.replace("number=12", "number=13");
    assert_ne!(teacher.get(&other).await.expect(200)["forms"], sheet["forms"]);
}

#[tokio::test]
async fn a_sheet_that_is_none_gets_a_sentence() {
    let school = TestBox::open();
    let (teacher, class) = (school.teacher().await, school.class_4().await);
    for (wanted, status, code) in [
        ("course=org.schoolhouse.numbers&skills=tens-and-ones&count=0&number=1", 422, "sheet.count-wrong"),
        ("course=org.schoolhouse.numbers&skills=&count=5&number=1", 422, "sheet.count-wrong"),
        ("course=org.schoolhouse.numbers&skills=algebra&count=5&number=1", 404, "sheet.skill-unknown"),
        ("course=org.example&skills=algebra&count=5&number=1", 404, "sheet.skill-unknown"),
    ] {
        teacher.get(&format!("/api/v1/classes/{class}/sheet?{wanted}")).await.refused(status, code);
    }
}
