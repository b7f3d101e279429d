//! Tablets that cost the machine little, so that the server gets the processor: one kept connection each, no client library.
#![allow(
    clippy::allow_attributes,
    dead_code,
    reason = "the benchmarks that share this use different parts of it"
)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;

use serde_json::{Value, json};

const COURSE: &str = "org.schoolhouse.numbers";

/// One tablet with one student.
pub(crate) struct Tablet {
    port: u16,
    client: String,
    connection: BufReader<TcpStream>,
    cookie: String,
    ticket: String,
    practice: String,
    questions: Vec<Value>,
    n: u64,
}

impl Tablet {
    /// A tablet that nobody has signed in on.
    pub(crate) fn new(port: u16, number: usize) -> Self {
        let connection = connect(port);
        let client = format!("{:016x}", number + 1);
        let (cookie, ticket, practice) = Default::default();
        Self { port, client, connection, cookie, ticket, practice, questions: Vec::new(), n: 0 }
    }

    /// Goes on at another server.
    pub(crate) fn turn_to(&mut self, port: u16) {
        self.port = port;
        self.connection = connect(port);
    }

    /// Signs the student in with their three pictures.
    pub(crate) fn sign_in(&mut self, student: &Value) {
        let body =
            json!({ "student": student["id"], "pictures": student["pictures"], "client": self.client });
        let me = self.post("/api/v1/sign-in/pictures", &body);
        self.ticket = me["ticket"].as_str().expect("a ticket").to_owned();
    }

    /// Opens the first practice of the course.
    pub(crate) fn open_practice(&mut self) {
        let course = self.get(&format!("/api/v1/courses/{COURSE}"));
        let lesson = &course["units"][0]["lessons"][0];
        let activities = lesson["activities"].as_array().expect("activities");
        let practice = activities.iter().find(|one| one["kind"] == "practice").expect("a practice");
        let (lesson, activity) = (lesson["id"].as_str(), practice["id"].as_str());
        let (lesson, activity) = (lesson.expect("an id"), activity.expect("an id"));
        let opened = self.get(&format!("/api/v1/courses/{COURSE}/lessons/{lesson}/activities/{activity}"));
        self.questions = opened["items"].as_array().expect("questions").clone();
        self.practice =
            format!("\"course\":\"{COURSE}\",\"lesson\":\"{lesson}\",\"activity\":\"{activity}\",\"run\":1");
    }

    /// Gives one answer and waits until it is on the box's disk.
    pub(crate) fn answer(&mut self) {
        self.n += 1;
        let count = u64::try_from(self.questions.len()).expect("few questions");
        let question = &self.questions[usize::try_from(self.n % count).expect("few questions")];
        let body = format!(
            "{{\"client\":\"{}\",\"entries\":[{{\"n\":{},\"ticket\":\"{}\",\"type\":\"answer\",{},\"place\":{},\"item\":{},\
             \"version\":{},\"seed\":{},\"response\":\"7\",\"score\":0,\"milliseconds\":4000,\"hints\":0,\"tries\":1,\
             \"ago\":10}}]}}",
            self.client,
            self.n,
            self.ticket,
            self.practice,
            question["place"],
            question["item"]["id"],
            question["item"]["version"],
            question["seed"]
        );
        let next = self.call("POST", "/api/v1/evidence", &body);
        assert_eq!(next["next"], self.n + 1, "the answer was not acknowledged");
    }

    /// Gives a wrong answer to a question of a sitting and waits until it is on the box's disk.
    pub(crate) fn answer_at(&mut self, page: &Value, place: &Value) {
        self.n += 1;
        let (item, run) = (&place["item"], &page["run"]);
        let entry = json!({ "n": self.n, "ticket": self.ticket, "type": "answer", "course": page["course"],
            "lesson": page["lesson"], "activity": page["id"], "run": run, "place": place["place"], "item": item["id"],
            "version": item["version"], "seed": place["seed"], "response": "no", "score": 0, "milliseconds": 4_000,
            "hints": 0, "tries": 1, "ago": 0 });
        let next = self.post("/api/v1/evidence", &json!({ "client": self.client, "entries": [entry] }));
        assert_eq!(next["next"], self.n + 1, "the answer was not acknowledged");
    }

    /// What shows the server who is signed in.
    pub(crate) fn cookie(&self) -> &str {
        &self.cookie
    }

    /// Gets a page of the API.
    pub(crate) fn get(&mut self, path: &str) -> Value {
        self.call("GET", path, "")
    }

    /// Posts to the API.
    pub(crate) fn post(&mut self, path: &str, body: &Value) -> Value {
        self.call("POST", path, &body.to_string())
    }

    fn call(&mut self, method: &str, path: &str, body: &str) -> Value {
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: 127.0.0.1:{}\r\nschoolhouse-request: 1\r\ncookie: {}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            self.port,
            self.cookie,
            body.len()
        );
        self.connection.get_mut().write_all(request.as_bytes()).expect("the server hung up");
        let (mut line, mut length, mut status) = (String::new(), 0, String::new());
        loop {
            line.clear();
            self.connection.read_line(&mut line).expect("the server hung up");
            let header = line.trim_end();
            if status.is_empty() {
                status = header.to_owned();
            }
            if let Some((name, value)) = header.split_once(": ") {
                match name {
                    "content-length" => length = value.parse().expect("a length"),
                    "set-cookie" => self.cookie = value.split(';').next().unwrap_or_default().to_owned(),
                    _ => {}
                }
            }
            if header.is_empty() {
                break;
            }
        }
        let mut answer = vec![0; length];
        self.connection.read_exact(&mut answer).expect("the server hung up");
        assert!(status.contains(" 2"), "{method} {path}: {status} {}", String::from_utf8_lossy(&answer));
        serde_json::from_slice(&answer).unwrap_or_default()
    }
}

fn connect(port: u16) -> BufReader<TcpStream> {
    let connection = TcpStream::connect(("127.0.0.1", port)).expect("the server is not there");
    connection.set_nodelay(true).expect("a socket option");
    BufReader::new(connection)
}
