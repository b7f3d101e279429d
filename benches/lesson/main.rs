//! A lesson that adapts, measured on the real server: forty students at their own pace, from an answer to the next question
//! and to three teachers' screens; the grid of a large class; and a million answers rated again.
//!
//! `cargo bench --bench lesson`

#![expect(clippy::disallowed_methods, reason = "a benchmark reads the clock, and a student thinks")]
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a benchmark speaks to a person and may break off"
)]

mod grid;
mod replay;
#[path = "../../tests/harness/said.rs"]
mod said;
#[path = "../class/server.rs"]
mod server;
#[path = "../class/tablet.rs"]
mod tablet;
mod watch;

use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use server::Server;
use tablet::Tablet;

const STUDENTS: usize = 40;
const TEACHERS: usize = 3;
/// A student answers once in so many milliseconds, some sooner, some later.
const PACE: u64 = 6_000;
const MEASURED: Duration = Duration::from_secs(60);

fn main() {
    let scratch = tempfile::tempdir().expect("a directory");
    let server = Server::start(&scratch.path().join("data"));
    let students = server.set_up(STUDENTS);
    let sent: Mutex<HashMap<String, Instant>> = Mutex::default();
    let (seen, over) = (Mutex::new(Vec::new()), AtomicBool::new(false));
    let next = thread::scope(|scope| {
        for _ in 0..TEACHERS {
            scope.spawn(|| watch::watch(server.port, &sent, &seen, &over));
        }
        let working: Vec<_> = students
            .iter()
            .enumerate()
            .map(|(number, student)| {
                let (port, sent) = (server.port, &sent);
                scope.spawn(move || practise(port, number, student, sent))
            })
            .collect();
        let next: Vec<Duration> =
            working.into_iter().flat_map(|one| one.join().expect("a student broke off")).collect();
        thread::sleep(Duration::from_secs(1));
        over.store(true, Ordering::SeqCst);
        next
    });
    show("answer to next question, 40 students", next);
    show("answer to a teacher's screen, 3 watching", seen.into_inner().expect("times"));
    println!("after that: {}", server.memory());
    drop(server);
    grid::measure(&scratch.path().join("large"));
    replay::measure(&scratch.path().join("million"));
}

/// A student's practice at their own pace: how long it took from each answer to the question that was chosen by it.
fn practise(
    port: u16,
    number: usize,
    student: &Value,
    sent: &Mutex<HashMap<String, Instant>>,
) -> Vec<Duration> {
    const WAY: &str = "/api/v1/courses/org.schoolhouse.numbers/practice/~all";
    let mut tablet = Tablet::new(port, number);
    tablet.sign_in(student);
    let mut page = tablet.get(WAY);
    let (mut times, until) = (Vec::new(), Instant::now() + MEASURED);
    // They do not begin together.
    thread::sleep(Duration::from_millis(number as u64 * PACE / STUDENTS as u64));
    while Instant::now() < until {
        let Some(place) = page["items"].get(0).cloned() else {
            page = tablet.get(&format!("{WAY}?again=true"));
            continue;
        };
        let begun = Instant::now();
        let id = student["id"].as_str().expect("an id").to_owned();
        sent.lock().expect("times").insert(id, begun);
        tablet.answer_at(&page, &place);
        let after = place["place"].as_u64().expect("a place") + 1;
        page = tablet.get(&format!("{WAY}?run={}&place={after}", page["run"]));
        times.push(begun.elapsed());
        let hurry = (number as u64 * 7_919 + times.len() as u64 * 104_729) % PACE;
        thread::sleep(Duration::from_millis(PACE / 2 + hurry).saturating_sub(begun.elapsed()));
    }
    times
}

fn show(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in a list")]
    let at =
        |share: f64| times[((times.len() as f64 - 1.0) * share).round() as usize].as_secs_f64() * 1_000.0;
    println!(
        "{what:<44} {:>6} times   p50 {:>6.1} ms   p95 {:>6.1} ms   p99 {:>6.1} ms",
        times.len(),
        at(0.5),
        at(0.95),
        at(0.99)
    );
}

/// The head of the school that [`Server::set_up`] makes, and its class.
pub(crate) fn head(port: u16) -> (Tablet, String) {
    let mut head = Tablet::new(port, 0xfffe);
    head.post("/api/v1/sign-in/staff", &json!({ "name": "Ms Banda", "password": "mango tree 7" }));
    let classes = head.get("/api/v1/classes");
    let class = classes["classes"][0]["id"].as_str().expect("a class").to_owned();
    (head, class)
}
