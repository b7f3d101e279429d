//! Coverage of the courses on the box: what is taught, practised and assessed, and where the gaps are; and the tables that
//! leave the box.

use std::path::Path;

use axum::http::Method;
use schoolhouse::packs::{Folder, Terms, Unwatched};
use serde_json::{Value, json};

use crate::harness::{MORNING, TestBox};
use crate::tablet::{COURSE, Tablet, answer, key, ticket, way};

const WATER: &str = "org.example.water";
const TENS: &str = "org.schoolhouse.numbers/tens-and-ones";

/// Puts a course on the box: "add" is practised and never taught or checked, of "sing" there is only a page for the room,
/// and one of two questions is about no skill.
async fn add_water(school: &TestBox) {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    let manifest = json!({
        "format": 1, "id": WATER, "version": "1.0.0", "title": { "en": "Water" }, "summary": { "en": "Wells." },
        "language": "en", "direction": "ltr", "audioLanguages": [], "audience": "students",
        "publisher": "Example", "authors": ["A"], "contact": "a@example.org", "licence": "CC0-1.0",
        "licenceText": "LICENSES/CC0-1.0.txt", "attribution": "A", "commercialUse": true, "derivatives": true,
        "needs": { "minApp": "0.1.0" }, "released": "2026-11-23" });
    let question = |id: &str, skills: Value| json!({ "id": id, "type": "number", "skills": skills, "difficulty": "easy", "stem": [{ "math": "1 + 1 = _" }], "answer": { "value": "2" } });
    let activities = json!([{ "id": "try", "kind": "practice", "title": "Try", "items": ["one", "two"] }]);
    let lessons = json!([{ "id": "wells", "title": "Wells", "skills": ["add"], "activities": activities }]);
    write("pack.json", &manifest.to_string());
    write(
        "skills.json",
        &json!({ "skills": [{ "id": "sing", "name": "=Sing", "can": "I can sing", "offTablet": "pages/sing.md" },
            { "id": "add", "name": "Add", "can": "I can add" }] })
        .to_string(),
    );
    write("outline.json", &json!({ "units": [{ "id": "u", "title": "U", "lessons": lessons }] }).to_string());
    write(
        "items/all.json",
        &json!({ "items": [question("one", json!(["add"])), question("two", json!([]))] }).to_string(),
    );
    write("pages/sing.md", "# Sing\n\nLoudly.\n");
    write("LICENSES/CC0-1.0.txt", "Do what you like.\n");
    let (installer, path) = (school.app.installer.clone(), folder.path().to_owned());
    let install = move || {
        let draft = installer.compose(&Folder(Path::new(&path).to_owned()), &Unwatched)?;
        installer.place(draft, &Terms::default())
    };
    tokio::task::spawn_blocking(install).await.unwrap().unwrap();
}

fn row<'a>(coverage: &'a Value, skill: &str) -> &'a Value {
    coverage["skills"].as_array().unwrap().iter().find(|row| row["skill"]["id"] == skill).unwrap()
}

#[tokio::test]
async fn coverage_names_each_skill_with_what_there_is_for_it_gaps_first() {
    let school = TestBox::open();
    add_water(&school).await;
    let (class, teacher) = (school.class_4().await, school.teacher().await);
    let amina = school.student("Amina").await;
    let brian = school.student_row("Brian").await;
    let ticket = ticket(&amina).await;
    let activity = amina.get(&way("try")).await.expect(200);
    let one = answer(&ticket, &activity, 0, &key(&activity["items"][0]["item"]), 1.0);
    Tablet::new(&amina, 1).deliver(vec![one]).await;
    let check = json!({ "way": "paper", "title": "Songs", "at": MORNING,
        "skills": [{ "skill": format!("{WATER}/sing"), "questions": 5 }],
        "scores": [{ "student": brian["id"], "skill": format!("{WATER}/sing"), "value": 4 }] });
    let path = format!("/api/v1/classes/{class}/checks/{:0>32}", "a");
    teacher.send_json(Method::PUT, &path, Some(check)).await.expect(204);

    let where_ = format!("/api/v1/classes/{class}/coverage");
    let water = teacher.get(&format!("{where_}?course={WATER}")).await.expect(200);
    let rows = water["skills"].as_array().unwrap();
    let told: Vec<_> = rows.iter().map(|row| (&row["skill"]["name"], &row["gaps"], &row["by"])).collect();
    let by = |taught, practised| json!([{ "course": WATER, "taught": taught, "practised": practised, "assessed": 0 }]);
    assert_eq!(told, [(&json!("Add"), &json!(2), &by(0, 1)), (&json!("=Sing"), &json!(1), &by(1, 0))]);
    assert_eq!((&rows[1]["checks"], &rows[1]["seen"]), (&json!(1), &json!(1)), "the paper test closes a gap");
    let course = water["courses"].as_array().unwrap().iter().find(|course| course["id"] == WATER).unwrap();
    assert_eq!((&course["items"], &course["unaligned"]), (&json!(2), &json!(1)));

    let all = teacher.get(&where_).await.expect(200);
    assert_eq!(all["skills"][0]["skill"]["name"], "Add", "gaps of all courses come first");
    // Counted by hand in content-packs/numbers.
    let tens = row(&all, TENS);
    let counted = json!([{ "course": COURSE, "taught": 7, "practised": 7, "assessed": 2 }]);
    assert_eq!((&tens["by"], &tens["gaps"], &tens["seen"]), (&counted, &json!(0), &json!(1)));
    assert_eq!(all["students"], 2);
    teacher.get(&format!("{where_}?course=org.example.gone")).await.refused(404, "pack.unknown");

    let table = teacher.get(&format!("{where_}.csv?course={WATER}")).await;
    let lines = [
        "course,skill,name,gaps,taught,practised,assessed,taught_by,practised_by,assessed_by,checks,students_seen,students",
        "org.example.water,org.example.water/add,Add,2,0,1,0,,org.example.water,,0,0,2",
        "org.example.water,org.example.water/sing,'=Sing,1,1,0,0,org.example.water,,,1,1,2",
    ];
    assert_eq!(String::from_utf8(table.body.to_vec()).unwrap().lines().collect::<Vec<_>>(), lines);
}

#[tokio::test]
async fn checks_in_the_room_leave_the_box_as_a_table_of_scores() {
    let school = TestBox::open();
    let (class, teacher) = (school.class_4().await, school.teacher().await);
    let (brian, amina) = (school.student_row("Brian").await, school.student_row("Amina").await);
    let score =
        |student: &Value, value: u16| json!({ "student": student["id"], "skill": TENS, "value": value });
    for (number, check) in [
        json!({ "way": "oral", "at": MORNING, "skills": [{ "skill": TENS }], "scores": [score(&brian, 3)] }),
        json!({ "way": "paper", "title": "-Week, 3", "at": MORNING - 86_400_000, "skills": [{ "skill": TENS, "questions": 10 }],
            "scores": [score(&brian, 6), score(&amina, 9)] }),
    ]
    .into_iter()
    .enumerate()
    {
        let path = format!("/api/v1/classes/{class}/checks/{:032}", number + 1);
        teacher.send_json(Method::PUT, &path, Some(check)).await.expect(204);
    }
    let table = teacher.get(&format!("/api/v1/classes/{class}/checks.csv")).await;
    assert_eq!(table.headers["content-disposition"], "attachment; filename=\"checks.csv\"");
    let lines = [
        "student,check,kind,date,skill,name,score,out_of,by",
        &format!("Amina,\"'-Week, 3\",paper,2026-11-22,{TENS},Tens and ones,9,10,Ms Tembo"),
        &format!("Brian,\"'-Week, 3\",paper,2026-11-22,{TENS},Tens and ones,6,10,Ms Tembo"),
        &format!("Brian,,oral,2026-11-23,{TENS},Tens and ones,3,4,Ms Tembo"),
    ];
    assert_eq!(String::from_utf8(table.body.to_vec()).unwrap().lines().collect::<Vec<_>>(), lines);
}
