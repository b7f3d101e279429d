//! Courses that are renewed, removed and brought back while a class works with them: nobody loses a result.

use std::path::Path;

use schoolhouse::packs::{Folder, Terms, Unwatched};
use serde_json::{Value, json};

use crate::harness::{Browser, TestBox};
use crate::tablet::{Tablet, answer, key, open, read, ticket};

const ID: &str = "org.example.water";

/// The documents of a course, which each version changes as it likes.
struct Pack {
    manifest: Value,
    outline: Value,
    items: Value,
}

impl Pack {
    /// One lesson of a page, a practice and a check, and one lesson with a single question.
    fn first() -> Self {
        let manifest = json!({
            "format": 1, "id": ID, "version": "1.0.0", "title": { "en": "Water" }, "summary": { "en": "Wells." },
            "language": "en", "direction": "ltr", "audioLanguages": [], "audience": "students",
            "publisher": "Example", "authors": ["A"], "contact": "a@example.org", "licence": "CC0-1.0",
            "licenceText": "LICENSES/CC0-1.0.txt", "attribution": "A", "commercialUse": true, "derivatives": true,
            "needs": { "minApp": "0.1.0" }, "released": "2026-11-23" });
        let lesson = |id: &str, activities: Value| json!({ "id": id, "title": id, "skills": ["add"], "activities": activities });
        let outline = json!({ "units": [{ "id": "u", "title": "U", "lessons": [
            lesson("wells", json!([
                { "id": "read", "kind": "page", "title": "Read", "page": "pages/read.md" },
                { "id": "try", "kind": "practice", "title": "Try", "items": ["one", { "item": "many", "count": 2 }] },
                { "id": "exit", "kind": "check", "title": "Show", "items": ["two"] } ])),
            lesson("rain", json!([{ "id": "try", "kind": "practice", "title": "Try", "items": ["three"] }])) ] }] });
        let question = |id: &str, sum: &str, value: &str| {
            json!({ "id": id, "type": "number", "skills": ["add"],
            "difficulty": "easy", "stem": [{ "math": sum }], "answer": { "value": value } })
        };
        let mut many = question("many", "{a} + {b} = _", "{a + b}");
        many["params"] = json!({ "a": { "int": [2, 90] }, "b": { "int": [2, 90] } });
        many["verify"] = json!("answer - a == b");
        let items = json!({ "items": [question("one", "1 + 1 = _", "2"), question("two", "2 + 2 = _", "4"),
            question("three", "3 + 3 = _", "6"), many] });
        Self { manifest, outline, items }
    }

    fn lesson(&mut self, number: usize) -> &mut Value {
        &mut self.outline["units"][0]["lessons"][number]
    }

    /// Version 2: the first lesson, its practice and two questions have other names, the second lesson is gone.
    fn second() -> Self {
        let mut pack = Self::first();
        pack.manifest["version"] = json!("2.0.0");
        pack.manifest["renamed"] = json!({
            "items": { "one": "first", "many": "sums" },
            "activities": { "wells/read": "deep-wells/read", "wells/try": "deep-wells/your-turn",
                "wells/exit": "deep-wells/exit", "rain/try": null } });
        pack.lesson(0)["id"] = json!("deep-wells");
        pack.lesson(0)["activities"][1]["id"] = json!("your-turn");
        pack.lesson(0)["activities"][1]["items"] = json!(["first", { "item": "sums", "count": 2 }]);
        pack.outline["units"][0]["lessons"].as_array_mut().unwrap().pop();
        pack.items["items"][0]["id"] = json!("first");
        pack.items["items"][3]["id"] = json!("sums");
        pack
    }

    /// Version 3: the practice has a third name; the list goes on from the second.
    fn third() -> Self {
        let mut pack = Self::second();
        pack.manifest["version"] = json!("3.0.0");
        pack.manifest["renamed"]["activities"]["deep-wells/your-turn"] = json!("deep-wells/practise");
        pack.lesson(0)["activities"][1]["id"] = json!("practise");
        pack
    }

    async fn install(&self, school: &TestBox) {
        let folder = tempfile::tempdir().unwrap();
        self.write(folder.path());
        let installer = school.app.installer.clone();
        let install = move || {
            let draft = installer.compose(&Folder(folder.path().to_owned()), &Unwatched)?;
            installer.place(draft, &Terms::default())
        };
        tokio::task::spawn_blocking(install).await.unwrap().unwrap();
    }

    fn write(&self, folder: &Path) {
        let skills = json!({ "skills": [{ "id": "add", "name": "Add", "can": "I can add" }] });
        for (path, text) in [
            ("pack.json", self.manifest.to_string()),
            ("outline.json", self.outline.to_string()),
            ("items/all.json", self.items.to_string()),
            ("skills.json", skills.to_string()),
            ("pages/read.md", "# Wells\n\nDig deep.".to_owned()),
            ("LICENSES/CC0-1.0.txt", "Do what you like.".to_owned()),
        ] {
            let path = folder.join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
    }
}

async fn remove(school: &TestBox) {
    let installer = school.app.installer.clone();
    tokio::task::spawn_blocking(move || installer.remove(ID, None)).await.unwrap().unwrap();
}

fn way(lesson: &str, activity: &str) -> String {
    format!("/api/v1/courses/{ID}/lessons/{lesson}/activities/{activity}")
}

/// An entry about this course instead of the tablet's usual one.
fn here(mut entry: Value, lesson: &str) -> Value {
    entry["course"] = json!(ID);
    entry["lesson"] = json!(lesson);
    entry
}

fn right(ticket: &str, lesson: &str, activity: &Value, place: usize) -> Value {
    let response = key(&activity["items"][place]["item"]);
    here(answer(ticket, activity, place, &response, 1.0), lesson)
}

/// The state of each activity, `lesson/activity`, as the course page shows it.
async fn states(browser: &Browser) -> Value {
    let course = browser.get(&format!("/api/v1/courses/{ID}")).await.expect(200);
    let mut states = json!({});
    for lesson in
        course["units"].as_array().unwrap().iter().flat_map(|unit| unit["lessons"].as_array().unwrap())
    {
        for activity in lesson["activities"].as_array().unwrap() {
            let name = format!("{}/{}", lesson["id"].as_str().unwrap(), activity["id"].as_str().unwrap());
            states[name] = json!([activity["state"], activity["done"], activity["right"]]);
        }
    }
    states
}

/// The question and what was answered, by place.
fn looked_back(review: &Value) -> Vec<(Value, Value, Value)> {
    let items = review["items"].as_array().unwrap().iter();
    items
        .map(|item| (item["item"]["stem"].clone(), item["response"].clone(), item["right"].clone()))
        .collect()
}

#[tokio::test]
async fn results_keep_their_place_when_lessons_activities_and_questions_get_other_names() {
    let mut school = TestBox::open();
    Pack::first().install(&school).await;
    let amina = school.student("Amina").await;
    let ticket = ticket(&amina).await;
    let mut tablet = Tablet::new(&amina, 1);
    let practice = amina.get(&way("wells", "try")).await.expect(200);
    let check = amina.get(&way("wells", "exit")).await.expect(200);
    let rain = amina.get(&way("rain", "try")).await.expect(200);
    let shown: Vec<Value> =
        practice["items"].as_array().unwrap().iter().map(|item| item["item"]["stem"].clone()).collect();
    tablet
        .deliver(vec![
            here(read(&ticket, "read"), "wells"),
            right(&ticket, "wells", &practice, 0),
            right(&ticket, "wells", &practice, 1),
            here(answer(&ticket, &practice, 2, &json!("1"), 0.0), "wells"),
            right(&ticket, "rain", &rain, 0),
            here(answer(&ticket, &check, 0, &json!("4"), 0.0), "wells"),
        ])
        .await;
    let before = looked_back(&amina.get(&way("wells", "try/review")).await.expect(200));
    assert_eq!(before.iter().map(|(stem, ..)| stem.clone()).collect::<Vec<_>>(), shown);
    assert_eq!(states(&amina).await["rain/try"], json!(["done", 1, 1]));

    for (pack, activity) in [(Pack::second(), "your-turn"), (Pack::third(), "practise")] {
        pack.install(&school).await;
        for turn in 0..2 {
            let mut wanted = json!({ "deep-wells/read": ["done", 0, 0], "deep-wells/exit": ["done", 1, 1] });
            wanted[format!("deep-wells/{activity}")] = json!(["done", 3, 2]);
            assert_eq!(states(&amina).await, wanted, "turn {turn}");
            // Each question is shown with the numbers that it had then.
            let review = amina.get(&way("deep-wells", &format!("{activity}/review"))).await.expect(200);
            assert_eq!(looked_back(&review), before, "turn {turn}");
            let home = amina.get("/api/v1/home").await.expect(200);
            assert_eq!(home["continue"], Value::Null, "all that is left of it is done");
            // A page that was open still finds its activity.
            let old = amina.get(&way("wells", "try")).await.expect(200);
            assert_eq!((&old["lesson"], &old["id"]), (&json!("deep-wells"), &json!(activity)));
            if turn == 0 {
                school = school.restart().await;
            }
        }
    }
    // The next run goes on from there, under the new names.
    let next = amina.get(&way("deep-wells", "practise?again=true")).await.expect(200);
    assert_eq!(next["run"], 2);
    tablet.deliver((0..3).map(|place| right(&ticket, "deep-wells", &next, place)).collect()).await;
    assert_eq!(states(&amina).await["deep-wells/practise"], json!(["done", 3, 3]));
    amina.get(&way("rain", "try")).await.refused(404, "lesson.unknown");
}

#[tokio::test]
async fn a_tablet_with_a_page_of_the_former_version_open_goes_on_with_it() {
    let school = TestBox::open();
    Pack::first().install(&school).await;
    let (amina, teacher) = (school.student("Amina").await, school.teacher().await);
    let ticket = ticket(&amina).await;
    let mut tablet = Tablet::new(&amina, 1);
    let practice = amina.get(&way("wells", "try")).await.expect(200);
    let rain = amina.get(&way("rain", "try")).await.expect(200);
    tablet.deliver(vec![here(open(&ticket, "try", 1), "wells"), right(&ticket, "wells", &practice, 0)]).await;

    // The new version also asks in another order, and one lesson is gone.
    let mut second = Pack::second();
    second.lesson(0)["activities"][1]["items"] = json!([{ "item": "sums", "count": 2 }, "first"]);
    second.install(&school).await;
    tablet
        .deliver(vec![
            right(&ticket, "wells", &practice, 1),
            right(&ticket, "wells", &practice, 2),
            right(&ticket, "rain", &rain, 0),
        ])
        .await;
    assert_eq!(states(&amina).await["deep-wells/your-turn"], json!(["done", 3, 3]));
    let me = teacher.get("/api/v1/me").await.expect(200);
    let live = format!("/api/v1/classes/{}/live", me["classes"][0]["id"].as_str().unwrap());
    let sign = json!({ "course": ID, "lesson": "wells", "activity": "try", "idle": 0, "waiting": 0 });
    amina.post("/api/v1/presence", sign).await.expect(204);
    let row = teacher.get(&live).await.expect(200)["students"][0].clone();
    assert_eq!((&row["place"]["lesson"], &row["place"]["done"]), (&json!("deep-wells"), &json!(3)));
    assert_eq!(row["rightAnswers"], 4);
}

#[tokio::test]
async fn what_students_did_in_a_course_that_is_removed_shows_again_when_it_comes_back() {
    let school = TestBox::open();
    Pack::first().install(&school).await;
    let (amina, teacher) = (school.student("Amina").await, school.teacher().await);
    let ticket = ticket(&amina).await;
    let mut tablet = Tablet::new(&amina, 1);
    let rain = amina.get(&way("rain", "try")).await.expect(200);
    tablet.deliver(vec![here(open(&ticket, "try", 1), "rain"), right(&ticket, "rain", &rain, 0)]).await;
    assert_eq!(amina.get("/api/v1/home").await.expect(200)["continue"]["course"], ID);

    remove(&school).await;
    let home = amina.get("/api/v1/home").await.expect(200);
    assert_eq!(home["continue"], Value::Null);
    assert!(home["courses"].as_array().unwrap().iter().all(|course| course["id"] != ID));
    amina.get(&format!("/api/v1/courses/{ID}")).await.refused(404, "pack.unknown");
    amina.get(&way("rain", "try")).await.refused(404, "pack.unknown");
    amina.get(&way("rain", "try/review")).await.refused(404, "pack.unknown");
    // The tablet still has the page open; what it sends is kept and holds nothing up.
    tablet.deliver(vec![here(open(&ticket, "try", 1), "rain")]).await;
    let me = teacher.get("/api/v1/me").await.expect(200);
    let live = format!("/api/v1/classes/{}/live", me["classes"][0]["id"].as_str().unwrap());
    let row = teacher.get(&live).await.expect(200)["students"][0].clone();
    assert_eq!((&row["answers"], &row["place"]), (&json!(1), &Value::Null));

    let school = school.restart().await;
    amina.get(&way("rain", "try")).await.refused(404, "pack.unknown");
    Pack::first().install(&school).await;
    assert_eq!(states(&amina).await["rain/try"], json!(["done", 1, 1]));
    assert_eq!(amina.get(&way("rain", "try/review")).await.expect(200)["items"][0]["right"], true);
}

#[tokio::test]
async fn results_follow_a_course_that_takes_the_place_of_another() {
    let school = TestBox::open();
    Pack::first().install(&school).await;
    let amina = school.student("Amina").await;
    let ticket = ticket(&amina).await;
    let rain = amina.get(&way("rain", "try")).await.expect(200);
    Tablet::new(&amina, 1).deliver(vec![right(&ticket, "rain", &rain, 0)]).await;
    let mut heir = Pack::first();
    heir.manifest["id"] = json!("org.example.rivers");
    heir.manifest["replaces"] = json!([ID]);
    heir.install(&school).await;
    // By its old address, too.
    assert_eq!(states(&amina).await["rain/try"], json!(["done", 1, 1]));
    let home = amina.get("/api/v1/home").await.expect(200);
    assert_eq!(home["continue"]["course"], "org.example.rivers");
}

#[tokio::test]
async fn a_course_with_faults_that_a_teacher_accepted_fails_only_where_they_are() {
    let school = TestBox::open();
    let mut pack = Pack::first();
    pack.lesson(0)["picture"] = json!("media/gone.svg");
    pack.lesson(0)["activities"][0]["page"] = json!("pages/gone.md");
    pack.lesson(0)["activities"][1]["items"] = json!(["gone"]);
    // A question that nobody can answer.
    pack.items["items"][1]["answer"] = json!({ "value": "four" });
    pack.items["items"][2]["skills"] = json!(["unheard"]);
    pack.install(&school).await;
    let amina = school.student("Amina").await;
    let ticket = ticket(&amina).await;
    assert_eq!(states(&amina).await["wells/read"][0], "new");
    assert_eq!(amina.get("/api/v1/home").await.expect(200)["continue"], Value::Null);
    amina.get(&way("wells", "read")).await.refused(404, "pack.file-missing");
    amina.get(&way("wells", "try")).await.refused(404, "pack.item-unknown");
    amina.get(&way("wells", "exit")).await.refused(404, "pack.item-wrong");
    let rain = amina.get(&way("rain", "try")).await.expect(200);
    let mut tablet = Tablet::new(&amina, 1);
    tablet.deliver(vec![right(&ticket, "rain", &rain, 0)]).await;
    assert_eq!(states(&amina).await["rain/try"][0], "done");
    let home = amina.get("/api/v1/home").await.expect(200);
    assert_eq!(home["continue"]["activity"], "read");
}

#[tokio::test]
async fn what_a_class_was_given_follows_its_course_through_names_removal_and_return() {
    let school = TestBox::open();
    Pack::first().install(&school).await;
    let (teacher, class) = (school.teacher().await, school.class_4().await);
    let amina = school.student("Amina").await;
    let given = format!("/api/v1/classes/{class}/given");
    for lesson in ["wells", "rain"] {
        teacher.post(&given, json!({ "course": ID, "lesson": lesson })).await.expect(204);
    }
    let lessons = |list: Value| {
        list["given"].as_array().unwrap().iter().map(|one| one["lesson"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(lessons(amina.get("/api/v1/home").await.expect(200)), ["rain", "wells"]);

    remove(&school).await;
    assert_eq!(lessons(amina.get("/api/v1/home").await.expect(200)), [""; 0]);
    assert_eq!(lessons(teacher.get(&given).await.expect(200)), [""; 0]);

    // It comes back with another name for one lesson and without the other.
    Pack::second().install(&school).await;
    assert_eq!(lessons(amina.get("/api/v1/home").await.expect(200)), ["deep-wells"]);
    let before = school.app.journal.count().await.unwrap();
    teacher.post(&given, json!({ "course": ID, "lesson": "deep-wells" })).await.expect(204);
    assert_eq!(school.app.journal.count().await.unwrap(), before, "the class has it already");
    teacher.delete(&format!("{given}?course={ID}&lesson=deep-wells")).await.expect(204);
    assert_eq!(lessons(teacher.get(&given).await.expect(200)), [""; 0]);
}
