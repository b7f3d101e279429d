//! A tablet in a student's hands: loads activities, answers, and sends what it holds as the screens do.

use serde_json::{Value, json};

use crate::harness::{Answer, Browser};

pub(crate) const COURSE: &str = "org.schoolhouse.numbers";
pub(crate) const LESSON: &str = "bundles-of-ten";

/// The way to an activity of the first lesson of Numbers.
pub(crate) fn way(activity: &str) -> String {
    format!("/api/v1/courses/{COURSE}/lessons/{LESSON}/activities/{activity}")
}

/// A tablet with a queue of its own; it numbers what it sends.
pub(crate) struct Tablet {
    pub(crate) browser: Browser,
    pub(crate) client: String,
    pub(crate) next: u64,
}

impl Tablet {
    pub(crate) fn new(browser: &Browser, name: u8) -> Self {
        Self { browser: browser.clone(), client: format!("{name:016x}"), next: 1 }
    }

    /// Sends entries under the next numbers.
    pub(crate) async fn send(&mut self, entries: Vec<Value>) -> Answer {
        let entries = self.number(entries);
        let body = json!({ "client": self.client, "entries": entries });
        self.browser.post("/api/v1/evidence", body).await
    }

    /// Sends entries and checks that the box has them all.
    pub(crate) async fn deliver(&mut self, entries: Vec<Value>) {
        let received = self.send(entries).await.expect(200);
        assert_eq!(received["next"], self.next);
    }

    fn number(&mut self, mut entries: Vec<Value>) -> Vec<Value> {
        for entry in &mut entries {
            if entry["n"].is_null() {
                entry["n"] = json!(self.next);
                self.next += 1;
            }
        }
        entries
    }
}

/// That an activity was opened.
pub(crate) fn open(ticket: &str, activity: &str, run: u64) -> Value {
    json!({ "ticket": ticket, "type": "open", "course": COURSE, "lesson": LESSON, "activity": activity, "run": run, "ago": 10 })
}

/// That a page was read.
pub(crate) fn read(ticket: &str, activity: &str) -> Value {
    json!({ "ticket": ticket, "type": "read", "course": COURSE, "lesson": LESSON, "activity": activity, "run": 1,
            "milliseconds": 40_000, "ago": 10 })
}

/// An answer to one of the `items` of an activity, as the tablet builds it.
pub(crate) fn answer(ticket: &str, activity: &Value, place: usize, response: &Value, score: f64) -> Value {
    let item = &activity["items"][place];
    json!({ "ticket": ticket, "type": "answer", "course": COURSE, "lesson": LESSON, "activity": activity["id"],
            "run": activity["run"], "place": place, "item": item["item"]["id"], "version": item["item"]["version"],
            "seed": item["seed"], "response": response, "score": score, "milliseconds": 5_400, "hints": 0, "tries": 1,
            "ago": 100 })
}

/// The response that the key of a variant asks for.
pub(crate) fn key(item: &Value) -> Value {
    let key = &item["answer"];
    match item["type"].as_str().unwrap() {
        "number" | "numberline" => key["value"].clone(),
        "short" => key["accept"][0].clone(),
        "cloze" => {
            let gaps = item["gaps"].as_array().unwrap().iter();
            gaps.map(|gap| {
                let answer = &gap["answer"];
                let first = answer.as_array().map_or(answer, |accepted| &accepted[0]);
                (gap["id"].as_str().unwrap().to_owned(), first.clone())
            })
            .collect::<serde_json::Map<_, _>>()
            .into()
        }
        _ => key.clone(),
    }
}

/// A right answer to a place of a practice, whose keys the tablet has.
pub(crate) fn right(ticket: &str, activity: &Value, place: usize) -> Value {
    let response = key(&activity["items"][place]["item"]);
    answer(ticket, activity, place, &response, 1.0)
}

/// An empty answer, which is always wrong.
pub(crate) fn wrong(ticket: &str, activity: &Value, place: usize) -> Value {
    answer(ticket, activity, place, &Value::Null, 0.0)
}

/// The ticket of whoever is signed in.
pub(crate) async fn ticket(browser: &Browser) -> String {
    browser.get("/api/v1/me").await.expect(200)["ticket"].as_str().unwrap().to_owned()
}
