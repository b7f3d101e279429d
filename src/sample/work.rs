//! What the students of the sample school have done: real answers to real questions, some of them wrong.

use serde_json::{Map, Value, json};

use crate::app::App;
use crate::error::{Error, Result};
use crate::evidence::{Batch, Sent, Spot};
use crate::ids::{ClientId, StudentId, random_bytes};
use crate::items::{Variant, right_response};
use crate::packs::{Activity, Course, Lesson};

/// Three weeks in milliseconds: how far back the first answers lie.
const THREE_WEEKS: u64 = 21 * 24 * 60 * 60 * 1_000;
/// How many activities the slowest student has done, and how many more the fastest.
const FEWEST_ACTIVITIES: usize = 5;
const MORE_ACTIVITIES: usize = 9;
/// The least and the most of a hundred answers that a student gets right.
const LEAST_RIGHT: usize = 45;
const MORE_RIGHT: usize = 50;

/// Lets every student work through the beginning of the courses, each at their own pace and with their own success.
pub(super) async fn let_work(app: &App, students: &[StudentId]) -> Result<()> {
    let mut working = Vec::new();
    for (number, student) in students.iter().copied().enumerate() {
        let app = app.clone();
        working.push(tokio::spawn(async move { Diligence::of(number).work(&app, student).await }));
    }
    for student in working {
        student.await.map_err(|e| Error::internal("A sample student broke off.").caused_by(e))??;
    }
    Ok(())
}

/// How a student works; different for each, the same in every sample.
struct Diligence {
    number: usize,
    activities: usize,
    right_of_hundred: usize,
}

impl Diligence {
    fn of(number: usize) -> Self {
        Self {
            number,
            activities: FEWEST_ACTIVITIES + number * 7 % MORE_ACTIVITIES,
            right_of_hundred: LEAST_RIGHT + number * 37 % MORE_RIGHT,
        }
    }

    async fn work(self, app: &App, student: StudentId) -> Result<()> {
        let client = ClientId(random_bytes()?);
        let planning = app.clone();
        // Drawing the questions reads packs from the disk.
        let batches = tokio::task::spawn_blocking(move || self.plan(&planning, student))
            .await
            .map_err(|e| Error::internal("A sample student broke off.").caused_by(e))??;
        for entries in batches {
            app.evidence.append(Batch { client, entries }).await?;
        }
        Ok(())
    }

    fn plan(&self, app: &App, student: StudentId) -> Result<Vec<Vec<Sent>>> {
        let mut tablet = Tablet { ticket: app.people.ticket(student), n: 0 };
        let mut batches = Vec::new();
        for course in app.packs.courses().iter().filter(|course| course.is_for_students()) {
            for (lesson, activity) in course.activities().take(self.activities) {
                let step = u64::try_from(batches.len()).unwrap_or(0);
                let ago = (THREE_WEEKS / 20).saturating_mul(20_u64.saturating_sub(step)) + 60_000;
                batches.push(self.one_activity(
                    app,
                    student,
                    &mut tablet,
                    (course, lesson, activity),
                    ago,
                )?);
            }
        }
        Ok(batches)
    }

    fn one_activity(
        &self,
        app: &App,
        student: StudentId,
        tablet: &mut Tablet,
        (course, lesson, activity): (&Course, &Lesson, &Activity),
        ago: u64,
    ) -> Result<Vec<Sent>> {
        let spot = Spot {
            course: course.id.clone(),
            lesson: lesson.id.clone(),
            activity: activity.id.clone(),
            run: 1,
        };
        let mut entries = vec![tablet.entry("open", &spot, ago, json!({}))];
        if activity.page.is_some() {
            entries.push(tablet.entry("read", &spot, ago - 40_000, json!({ "milliseconds": 40_000 })));
            return Ok(entries);
        }
        let variants = app.evidence.questions().of_run(course, activity, student, &spot)?;
        for (place, variant) in variants.iter().enumerate() {
            let luck = (self.number * 31 + place * 17 + variant.id.len() * 7) % 100;
            let response =
                if luck < self.right_of_hundred { right_response(&variant.question) } else { json!("0") };
            let milliseconds = 4_000 + luck * 150;
            entries.push(tablet.entry("answer", &spot, ago, answer(place, variant, &response, milliseconds)));
        }
        Ok(entries)
    }
}

/// The fields of an answer beside its place in the course.
fn answer(place: usize, variant: &Variant, response: &Value, milliseconds: usize) -> Value {
    json!({
        "place": place, "item": variant.id, "version": variant.version, "seed": variant.seed,
        "response": response, "milliseconds": milliseconds, "hints": 0, "tries": 1,
    })
}

struct Tablet {
    ticket: String,
    n: u64,
}

impl Tablet {
    fn entry(&mut self, r#type: &str, spot: &Spot, ago: u64, more: Value) -> Sent {
        self.n += 1;
        let place = json!({ "course": spot.course, "lesson": spot.lesson, "activity": spot.activity, "run": spot.run });
        let fields: Map<String, Value> = [place, more].into_iter().filter_map(into_map).flatten().collect();
        Sent { n: self.n, ticket: self.ticket.clone(), r#type: r#type.to_owned(), ago, fields }
    }
}

fn into_map(value: Value) -> Option<Map<String, Value>> {
    if let Value::Object(map) = value { Some(map) } else { None }
}
