//! A tablet that students share: it keeps what they do until the box has it.

use serde_json::{Value, json};

use super::board::{Method, Wifi};
use super::dice::Dice;
use super::ledger::Given;
use super::student::Student;
use crate::app::App;
use crate::error::{Error, Result};
use crate::evidence::BankItem;
use crate::ids::{StudentId, to_hex};
use crate::items::right_response;

/// A tablet sends what it has after so many answers.
const SENDS_AFTER: usize = 2;
/// Of a hundred sittings, in so many the Wi-Fi fails.
const WIFI_FAILS: f64 = 0.05;

/// One tablet.
pub(super) struct Tablet {
    client: String,
    session: Option<String>,
    next: u64,
    /// What the box has not said that it has, with the moment of it.
    waiting: Vec<(Value, u64)>,
    dice: Dice,
}

/// How a sitting of one student went.
#[derive(Default)]
pub(super) struct Sitting {
    /// What was answered, the box's word for it or not.
    pub(super) given: Vec<Given>,
    /// The chance of each question that the box chose, and how many there were.
    pub(super) chances: (f64, u32),
}

impl Tablet {
    pub(super) fn new(number: u64, dice: Dice) -> Self {
        Self { client: to_hex(&number.to_be_bytes()), session: None, next: 1, waiting: Vec::new(), dice }
    }

    /// Whether all that was done on it is on the box.
    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// Lets a student sign in, answer some questions that the box chooses, and sign out. What goes wrong on the way
    /// costs nothing but the rest of the sitting.
    pub(super) async fn sit(
        &mut self,
        wifi: &Wifi,
        app: &App,
        student: &mut Student,
        questions: usize,
    ) -> Result<Sitting> {
        let mut sitting = Sitting::default();
        self.deliver(wifi, app).await?;
        let who = json!({ "student": student.id, "pictures": student.pictures, "client": self.client });
        let Some(me) = wifi.post("/api/v1/sign-in/pictures", &mut self.session, &who).await else {
            return Ok(sitting);
        };
        let me = me.expect("signing in")?;
        let ticket = text(&me["ticket"]);
        let fails_after =
            if self.dice.chance() < WIFI_FAILS { self.dice.below(questions) } else { usize::MAX };
        let way = format!("/api/v1/courses/{}/practice/~all", student.course);
        let Some(page) = wifi.get(&way, &mut self.session).await else { return Ok(sitting) };
        let mut page = page.expect("choosing questions")?;
        let mut shown = 0;
        for number in 0..questions {
            let Some(place) = page["items"].get(shown).cloned() else { break };
            self.answer(app, student, (&ticket, &page, &place), &mut sitting)?;
            shown += 1;
            if number >= fails_after {
                // Without Wi-Fi the tablet goes on with the questions that it has.
                continue;
            }
            if self.waiting.len() >= SENDS_AFTER {
                self.deliver(wifi, app).await?;
                let next = place["place"].as_u64().unwrap_or(0) + 1;
                let on = format!("{way}?run={}&place={next}", page["run"]);
                if let Some(answer) = wifi.get(&on, &mut self.session).await {
                    page = answer.expect("going on")?;
                    shown = 0;
                }
            }
        }
        if fails_after == usize::MAX {
            self.deliver(wifi, app).await?;
            wifi.ask(Method::POST, "/api/v1/sign-out", &mut self.session, None).await;
        }
        Ok(sitting)
    }

    fn answer(
        &mut self,
        app: &App,
        student: &mut Student,
        (ticket, page, place): (&str, &Value, &Value),
        sitting: &mut Sitting,
    ) -> Result<()> {
        let question = Asked::read(app, page, place)?;
        let skill = question.skill.clone();
        let right = student.is_right(&skill, question.difficulty, question.guess);
        sitting.chances.0 += student.can(&skill);
        sitting.chances.1 += 1;
        student.learn(&skill);
        let response = if right { question.key } else { Value::Null };
        let now = app.journal.clock().now().mono;
        let entry = json!({
            "n": self.next, "ticket": ticket, "type": "answer", "course": page["course"], "lesson": page["lesson"],
            "activity": page["id"], "run": page["run"], "place": place["place"], "item": place["item"]["id"],
            "version": place["item"]["version"], "seed": place["seed"], "response": response,
            "score": f64::from(u8::from(right)), "milliseconds": 9_000, "hints": 0, "tries": 1,
        });
        sitting.given.push(Given { client: self.client.clone(), n: self.next, student: student.id, right });
        self.waiting.push((entry, now));
        self.next += 1;
        Ok(())
    }

    /// Sends what waits; what the box has is forgotten, and nothing else.
    pub(super) async fn deliver(&mut self, wifi: &Wifi, app: &App) -> Result<()> {
        while !self.waiting.is_empty() {
            let now = app.journal.clock().now().mono;
            let with_age = |(entry, at): &(Value, u64)| {
                let mut entry = entry.clone();
                entry["ago"] = json!(now.saturating_sub(*at));
                entry
            };
            let entries: Vec<Value> = self.waiting.iter().take(100).map(with_age).collect();
            let batch = json!({ "client": self.client, "entries": entries });
            let Some(answer) = wifi.post("/api/v1/evidence", &mut self.session, &batch).await else {
                return Ok(());
            };
            let next = answer.expect("sending answers")?["next"].as_u64().unwrap_or(0);
            let before = self.waiting.len();
            self.waiting.retain(|(entry, _)| entry["n"].as_u64() >= Some(next));
            if self.waiting.len() == before {
                return Err(Error::internal("The box took nothing of what a tablet sent."));
            }
        }
        Ok(())
    }
}

/// A question as far as a made-up student needs to know it.
struct Asked {
    skill: String,
    difficulty: f64,
    guess: f64,
    key: Value,
}

impl Asked {
    fn read(app: &App, page: &Value, place: &Value) -> Result<Self> {
        let unknown = || Error::internal("The box asked a question that it does not have.");
        let course = app.packs.course(page["course"].as_str().unwrap_or_default()).ok_or_else(unknown)?;
        let item = place["item"]["id"].as_str().unwrap_or_default();
        let seed = place["seed"].as_u64().unwrap_or(0);
        let questions = app.evidence.questions();
        let variant = questions.variant(&course, item, seed)?;
        let bank = questions.bank(&course)?;
        let known: &BankItem = bank.iter().find(|known| known.id == item).ok_or_else(unknown)?;
        let heaviest = known.skills.iter().rev().max_by_key(|share| share.weight);
        let skill = heaviest.map(|share| format!("{}/{}", course.id, share.id)).unwrap_or_default();
        Ok(Self {
            skill,
            difficulty: f64::from(known.difficulty.mean) / 1_000.0,
            guess: f64::from(known.guess) / 1_000.0,
            key: right_response(&variant.question),
        })
    }
}

pub(super) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// A student's id, as the box writes it.
pub(super) fn student_id(value: &Value) -> Result<StudentId> {
    value.as_str().unwrap_or_default().parse()
}
