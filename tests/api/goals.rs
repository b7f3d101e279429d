//! What the school wants to reach: set, seen by whom it concerns, told with every report, and over after its last day.

use axum::http::Method;
use serde_json::{Value, json};

use crate::harness::{Browser, TestBox};

const TENS: &str = "org.schoolhouse.numbers/tens-and-ones";
const DAY: u64 = 86_400_000;

struct Scene {
    school: TestBox,
    teacher: Browser,
    class: String,
    today: String,
    students: Vec<String>,
}

impl Scene {
    /// A class of four, and its teacher.
    async fn open() -> Self {
        let school = TestBox::open();
        for name in ["Amina", "Brian", "Chisomo", "Daudi"] {
            school.student(name).await;
        }
        let (teacher, class) = (school.teacher().await, school.class_4().await);
        let attendance = teacher.get(&format!("/api/v1/classes/{class}/attendance")).await.expect(200);
        let today = attendance["day"].as_str().unwrap().to_owned();
        let ids = attendance["students"].as_array().unwrap().iter();
        let students = ids.map(|row| row["student"].as_str().unwrap().to_owned()).collect();
        Self { school, teacher, class, today, students }
    }

    fn goals(&self) -> String {
        format!("/api/v1/classes/{}/goals", self.class)
    }

    fn wanted(&self, target: u32) -> Value {
        json!({ "skills": [TENS], "target": target, "until": self.today })
    }

    /// The teacher says how far a student is, from 1 to 4 (secure).
    async fn say(&self, student: usize, band: u8) {
        let path = format!("/api/v1/students/{}/bands", self.students[student]);
        let word = json!({ "skill": TENS, "band": band, "why": "" });
        self.teacher.send_json(Method::PUT, &path, Some(word)).await.expect(204);
    }

    async fn shown(&self) -> Value {
        self.teacher.get(&self.goals()).await.expect(200)["goals"].clone()
    }
}

#[tokio::test]
async fn a_goal_shows_now_needed_per_week_and_on_track_wherever_a_class_is_told_of() {
    let school = Scene::open().await;
    school.say(0, 4).await;
    school.teacher.post(&school.goals(), school.wanted(75)).await.expect(200);
    school.say(1, 3).await;
    let told = |goals: &Value| {
        let goal = &goals[0];
        [
            &goal["start"],
            &goal["now"],
            &goal["target"],
            &goal["neededPerWeek"],
            &goal["onTrack"],
            &goal["over"],
        ]
        .map(Clone::clone)
    };
    // One of four was secure then and is now; 50 points are missing, and today is the last day: 350 a week.
    let now = json!([25.0, 25.0, 75, 350.0, true, false]);
    assert_eq!(json!(told(&school.shown().await)), now);
    let tomorrow =
        school.teacher.get(&format!("/api/v1/classes/{}/tomorrow", school.class)).await.expect(200);
    assert_eq!(json!(told(&tomorrow["goals"])), now);
    assert_eq!(json!(told(&school.teacher.get("/api/v1/goals").await.expect(200)["goals"])), now);
    // A share of four children would tell of single ones: parents are not told.
    let card =
        school.teacher.get(&format!("/api/v1/students/{}/report", school.students[0])).await.expect(200);
    assert_eq!(card["goals"], json!([]));
    school.school.student("Esnart").await;
    let card =
        school.teacher.get(&format!("/api/v1/students/{}/report", school.students[0])).await.expect(200);
    assert_eq!(card["goals"][0]["now"], 20.0);

    for student in [1, 2, 3] {
        school.say(student, 4).await;
    }
    assert_eq!(json!(told(&school.shown().await)), json!([25.0, 80.0, 75, 0.0, true, false]));
    school.school.hands.advance(2 * DAY);
    assert_eq!(json!(told(&school.shown().await)), json!([25.0, 80.0, 75, null, true, true]));
    let tomorrow =
        school.teacher.get(&format!("/api/v1/classes/{}/tomorrow", school.class)).await.expect(200);
    assert_eq!(tomorrow["goals"], json!([]), "what is over is not told any more");
}

#[tokio::test]
async fn a_school_has_three_goals_which_are_changed_and_given_up() {
    let school = Scene::open().await;
    for target in [60, 70, 80] {
        school.teacher.post(&school.goals(), school.wanted(target)).await.expect(200);
    }
    school.teacher.post(&school.goals(), school.wanted(90)).await.refused(409, "goal.too-many");
    let goals = school.shown().await;
    assert_eq!(goals[0]["skills"][0]["name"], "Tens and ones");
    let one = format!("{}/{}", school.goals(), goals[0]["id"].as_str().unwrap());
    let put = async |wanted: Value| school.teacher.send_json(Method::PUT, &one, Some(wanted)).await;
    let changed = put(school.wanted(95)).await.expect(200);
    assert!(changed["goals"].as_array().unwrap().iter().any(|goal| goal["target"] == 95));
    put(school.wanted(0)).await.refused(422, "goal.target-wrong");
    put(json!({ "skills": ["no.such/skill"], "target": 50, "until": school.today }))
        .await
        .refused(404, "goal.skill-unknown");
    school.teacher.delete(&one).await.expect(204);
    assert_eq!(school.shown().await.as_array().unwrap().len(), 2);
    put(school.wanted(95)).await.refused(404, "goal.unknown");
    school.teacher.post(&school.goals(), school.wanted(90)).await.expect(200);
}
