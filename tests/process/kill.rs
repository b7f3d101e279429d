//! A class answers while the server is killed again and again: every acknowledged answer is there, once.

use std::collections::{BTreeMap, HashSet};
use std::sync::atomic::{AtomicBool, AtomicU16, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};
use serde_json::{Value, json};

use super::program::{Person, Program, command, new_data, set_up};

const STUDENTS: usize = 40;
const ROUNDS: u64 = 200;
const COURSE: &str = "org.schoolhouse.numbers";

/// Where the server is now; 0 while it is down.
type Door = Arc<AtomicU16>;

/// What a tablet knows for sure: everything below this number was acknowledged.
pub(crate) type Acknowledged = Arc<Mutex<BTreeMap<String, u64>>>;

/// A student with a tablet that never stops answering.
pub(crate) struct Learner {
    person: Person,
    ticket: String,
    client: String,
    next_n: u64,
    waiting: Vec<Value>,
    questions: Vec<Value>,
    run: u64,
}

impl Learner {
    pub(crate) fn sign_in(number: usize, student: &Value, port: u16) -> Self {
        let mut person = Person::new();
        let client = format!("{number:016x}");
        let wanted = json!({ "student": student["id"], "pictures": student["pictures"], "client": client });
        let me = person.post(port, "/api/v1/sign-in/pictures", &wanted).unwrap();
        let ticket = me["ticket"].as_str().unwrap().to_owned();
        Self { person, ticket, client, next_n: 1, waiting: Vec::new(), questions: Vec::new(), run: 0 }
    }

    /// Fetches the first practice of the course; the questions of later runs are not needed for the promise.
    pub(crate) fn open_practice(&mut self, port: u16) {
        let course = self.person.get(port, &format!("/api/v1/courses/{COURSE}")).unwrap();
        let lesson = &course["units"][0]["lessons"][0];
        let activities = lesson["activities"].as_array().unwrap();
        let practice = activities.iter().find(|activity| activity["kind"] == "practice").unwrap();
        let (lesson, activity) = (lesson["id"].as_str().unwrap(), practice["id"].as_str().unwrap());
        let path = format!("/api/v1/courses/{COURSE}/lessons/{lesson}/activities/{activity}");
        let opened = self.person.get(port, &path).unwrap();
        self.run = opened["run"].as_u64().unwrap();
        self.questions = opened["items"].as_array().unwrap().clone();
        for question in &mut self.questions {
            question["lesson"] = json!(lesson);
            question["activity"] = json!(activity);
        }
    }

    /// The next answer: the questions of the run over and over, so that late ones repeat a place.
    pub(crate) fn answer(&mut self) {
        self.answer_with("7");
    }

    /// As [`Learner::answer`], with these words.
    pub(crate) fn answer_with(&mut self, response: &str) {
        let count = u64::try_from(self.questions.len()).unwrap();
        let question = &self.questions[usize::try_from(self.next_n % count).unwrap()];
        self.waiting.push(json!({
            "n": self.next_n, "ticket": self.ticket, "type": "answer", "course": COURSE,
            "lesson": question["lesson"], "activity": question["activity"], "run": self.run,
            "place": question["place"], "item": question["item"]["id"], "version": question["item"]["version"],
            "seed": question["seed"], "response": response, "score": 0, "milliseconds": 900, "hints": 0, "tries": 1, "ago": 10,
        }));
        self.next_n += 1;
    }

    /// Sends what waits; forgets what was acknowledged.
    pub(crate) fn send(&mut self, port: u16, acknowledged: &Acknowledged) {
        let batch = json!({ "client": self.client, "entries": self.waiting });
        let Ok(answer) = self.person.post(port, "/api/v1/evidence", &batch) else { return };
        let next = answer["next"].as_u64().unwrap();
        acknowledged.lock().unwrap().insert(self.client.clone(), next);
        self.waiting.retain(|entry| entry["n"].as_u64().unwrap() >= next);
    }

    fn learn(mut self, door: &Door, over: &AtomicBool, acknowledged: &Acknowledged) {
        while !over.load(Ordering::SeqCst) {
            match door.load(Ordering::SeqCst) {
                0 => thread::park_timeout(Duration::from_millis(5)),
                port => {
                    if self.waiting.len() < 3 {
                        self.answer();
                    }
                    self.send(port, acknowledged);
                }
            }
        }
    }
}

#[test]
fn no_acknowledged_answer_is_lost_when_the_server_is_killed() {
    let (_dir, data) = new_data();
    let mut program = Program::start(&data);
    let (_, students) = set_up(&program, STUDENTS);
    let door: Door = Arc::new(AtomicU16::new(0));
    let over = Arc::new(AtomicBool::new(false));
    let acknowledged = Acknowledged::default();
    let mut class = Vec::new();
    for (number, student) in students.iter().enumerate() {
        let mut learner = Learner::sign_in(number + 1, student, program.port);
        learner.open_practice(program.port);
        let (door, over, acknowledged) = (door.clone(), over.clone(), acknowledged.clone());
        class.push(thread::spawn(move || learner.learn(&door, &over, &acknowledged)));
    }
    for round in 0..ROUNDS {
        door.store(program.port, Ordering::SeqCst);
        // Between 40 and 340 milliseconds, another length in every round.
        thread::park_timeout(Duration::from_millis(40 + (round * 7_919) % 300));
        door.store(0, Ordering::SeqCst);
        program.kill();
        program = Program::start(&data);
    }
    over.store(true, Ordering::SeqCst);
    for learner in class {
        learner.join().unwrap();
    }
    assert!(program.stop());
    let acknowledged = acknowledged.lock().unwrap().clone();
    assert!(
        acknowledged.values().sum::<u64>() > ROUNDS,
        "hardly anything was acknowledged: the test tests nothing"
    );
    check_journal(&data.join("journal.db"), &acknowledged);
    let rebuilt = command(&data).arg("rebuild").output().unwrap();
    let said = String::from_utf8(rebuilt.stdout).unwrap();
    assert!(said.contains("Nothing was different"), "{said}");
}

fn check_journal(path: &std::path::Path, acknowledged: &BTreeMap<String, u64>) {
    let journal = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let healthy: String = journal.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(healthy, "ok");
    let mut statement = journal
        .prepare("SELECT lower(hex(client)), n FROM entry WHERE client IS NOT NULL ORDER BY key")
        .unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    let mut found: BTreeMap<String, HashSet<u64>> = BTreeMap::new();
    for row in rows {
        let (client, n): (String, i64) = row.unwrap();
        let first_time = found.entry(client.clone()).or_default().insert(n.cast_unsigned());
        assert!(first_time, "answer {n} of tablet {client} is there twice");
    }
    for (client, next) in acknowledged {
        for n in 1..*next {
            assert!(found[client].contains(&n), "acknowledged answer {n} of tablet {client} is lost");
        }
    }
}
