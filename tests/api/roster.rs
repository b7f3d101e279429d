//! Classes and their students, as teachers keep them.

use serde_json::{Value, json};

use crate::harness::{Browser, TestBox};

async fn names(teacher: &Browser, class: &str) -> Vec<String> {
    let list = teacher.get(&format!("/api/v1/classes/{class}/students")).await.expect(200);
    list["students"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_teacher_keeps_a_class_and_shares_it() {
    let school = TestBox::open();
    let (head, teacher, other) = (school.head().await, school.teacher().await, school.other_teacher().await);
    let class = school.class_4().await;
    let path = format!("/api/v1/classes/{class}");
    teacher
        .post("/api/v1/classes", json!({ "name": " class  4" }))
        .await
        .refused(409, "people.class-name-taken");
    teacher.post("/api/v1/classes", json!({ "name": "" })).await.refused(422, "people.name-missing");
    let renamed = teacher.patch(&path, json!({ "name": "Class 4 Red" })).await.expect(200);
    assert_eq!((&renamed["name"], &renamed["staff"][0]["name"]), (&json!("Class 4 Red"), &json!("Ms Tembo")));

    other.patch(&path, json!({ "name": "Mine" })).await.refused(404, "people.class-unknown");
    let ids = json!([teacher.me().await["id"], other.me().await["id"]]);
    teacher.patch(&path, json!({ "staff": ids })).await.expect(200);
    assert_eq!(other.get("/api/v1/classes").await.expect(200)["classes"].as_array().unwrap().len(), 2);
    teacher.patch(&path, json!({ "staff": [class] })).await.refused(422, "people.staff-unknown");
    teacher.patch(&path, json!({ "staff": [ids[1]] })).await.expect(200);
    assert_eq!(teacher.get("/api/v1/classes").await.expect(200), json!({ "classes": [] }));

    other.delete(&path).await.refused(403, "people.not-allowed");
    head.delete(&path).await.expect(204);
    head.get(&format!("{path}/students")).await.refused(404, "people.class-unknown");
}

#[tokio::test]
async fn students_are_added_changed_and_taken_out_one_by_one() {
    let school = TestBox::open();
    let (teacher, class) = (school.teacher().await, school.class_4().await);
    let students = format!("/api/v1/classes/{class}/students");
    let new = json!({ "name": " Zoe\u{301} ", "schoolId": "A7", "language": "fr" });
    let zoe = teacher.post(&students, new).await.expect(200);
    assert_eq!(
        (&zoe["name"], &zoe["schoolId"], &zoe["language"]),
        (&json!("Zo\u{e9}"), &json!("A7"), &json!("fr"))
    );
    let refusals = [
        (json!({ "name": "x".repeat(61) }), "people.name-long"),
        (json!({ "name": "A\u{7}" }), "people.name-unreadable"),
        (json!({ "name": "Amina", "language": "xx" }), "people.language-unknown"),
        (json!({ "name": "Amina", "avatar": "wolf-1" }), "people.avatar-unknown"),
        (json!({ "name": "Amina", "schoolId": "1".repeat(31) }), "people.school-id-wrong"),
    ];
    for (body, code) in refusals {
        teacher.post(&students, body).await.refused(422, code);
    }
    teacher
        .post(&students, json!({ "name": "Amina", "schoolId": "a7" }))
        .await
        .refused(409, "people.school-id-taken");

    let path = format!("/api/v1/students/{}", zoe["id"].as_str().unwrap());
    let change = json!({ "name": "Zoe B", "avatar": "bee-6", "schoolId": "", "language": "" });
    let changed = teacher.patch(&path, change).await.expect(200);
    let expected = json!({ "id": zoe["id"], "name": "Zoe B", "avatar": "bee-6", "schoolId": null, "language": null, "pictures": zoe["pictures"] });
    assert_eq!(changed, expected);
    school
        .other_teacher()
        .await
        .patch(&path, json!({ "name": "x" }))
        .await
        .refused(404, "people.student-unknown");

    let place = format!("{students}/{}", zoe["id"].as_str().unwrap());
    teacher.delete(&place).await.expect(204);
    teacher.delete(&place).await.refused(404, "people.student-unknown");
    assert_eq!(names(&teacher, &class).await, Vec::<String>::new());
    // The child comes back, and is the same child.
    let text = json!({ "text": "Zoe B" });
    let row = teacher.post(&format!("{students}/preview"), text).await.expect(200)["rows"][0].clone();
    assert_eq!(row["existing"], zoe["id"]);
    teacher.post(&format!("{students}/import"), json!({ "rows": [row] })).await.expect(200);
    assert_eq!(teacher.get(&students).await.expect(200)["students"], json!([expected]));
}

#[tokio::test]
async fn a_pasted_list_is_shown_with_each_bad_row_before_it_is_taken() {
    let school = TestBox::open();
    let (teacher, class) = (school.teacher().await, school.class_4().await);
    school.student_row("Amina").await;
    let students = format!("/api/v1/classes/{class}/students");
    let text = "Name;School ID;Language\nJoseph;A2;fr\n;A3;\nAmina;;\nMary;;Klingon\nPeter;;\npeter;;\n";
    let preview = teacher.post(&format!("{students}/preview"), json!({ "text": text })).await.expect(200);
    let rows: Vec<String> = preview["rows"].as_array().unwrap().iter().map(Value::to_string).collect();
    insta::assert_snapshot!(rows.join("\n"), @r#"
    {"existing":null,"language":"fr","line":2,"name":"Joseph","problem":null,"schoolId":"A2"}
    {"existing":null,"language":null,"line":3,"name":"","problem":"people.name-missing","schoolId":"A3"}
    {"existing":null,"language":null,"line":4,"name":"Amina","problem":"people.already-in-class","schoolId":null}
    {"existing":null,"language":"Klingon","line":5,"name":"Mary","problem":"people.language-unknown","schoolId":null}
    {"existing":null,"language":null,"line":6,"name":"Peter","problem":null,"schoolId":null}
    {"existing":null,"language":null,"line":7,"name":"peter","problem":"people.name-twice","schoolId":null}
    "#);
    assert_eq!((&preview["good"], &preview["bad"]), (&json!(2), &json!(4)));
    assert_eq!(names(&teacher, &class).await, ["Amina"], "a preview writes nothing");

    let import = format!("{students}/import");
    let rows = json!([{ "name": "Joseph", "schoolId": "A2" }, { "name": "Peter" }, { "name": "amina" }]);
    let params = teacher.post(&import, json!({ "rows": rows })).await.refused(422, "people.already-in-class");
    assert_eq!(params["row"], "3");
    assert_eq!(names(&teacher, &class).await, ["Amina"], "all or none");
    let rows = json!([{ "name": "Joseph", "schoolId": "A2", "language": "fr" }, { "name": "Peter" }]);
    assert_eq!(teacher.post(&import, json!({ "rows": rows })).await.expect(200), json!({ "added": 2 }));
    assert_eq!(names(&teacher, &class).await, ["Amina", "Joseph", "Peter"]);
    let list = teacher.get(&students).await.expect(200);
    let mut avatars: Vec<String> =
        list["students"].as_array().unwrap().iter().map(|row| row["avatar"].to_string()).collect();
    avatars.sort();
    avatars.dedup();
    assert_eq!(avatars.len(), 3, "classmates look different: {avatars:?}");

    let long = (0..501).map(|n| format!("Student {n}")).collect::<Vec<_>>().join("\n");
    teacher
        .post(&format!("{students}/preview"), json!({ "text": long }))
        .await
        .refused(422, "people.list-long");
}
