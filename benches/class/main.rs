//! A class at work, measured: forty tablets against the real server over HTTP, beside what the same disk does with one
//! commit for each answer. Prints figures and their ratio; machines are noisy, ratios of one run are not.
//!
//! `cargo bench --bench class`

#![expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark speaks to a person and may break off"
)]

mod card;
mod device;
mod disk;
mod plain;
#[path = "../../tests/harness/said.rs"]
mod said;
mod server;
mod tablet;

use std::path::Path;
use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant};

use plain::Plain;
use serde_json::Value;
use server::Server;
use tablet::Tablet;

const STUDENTS: usize = 40;
const MEASURED: Duration = Duration::from_secs(5);

/// Durations of single requests, in the order of their length.
struct Times(Vec<Duration>);

impl Times {
    fn of(mut all: Vec<Duration>) -> Self {
        all.sort_unstable();
        Self(all)
    }

    fn at(&self, share: f64) -> f64 {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
        let place = ((self.0.len() as f64 - 1.0) * share).round() as usize;
        self.0[place].as_secs_f64() * 1_000.0
    }

    fn show(&self, what: &str, took: Duration) -> f64 {
        #[expect(clippy::cast_precision_loss)]
        let rate = self.0.len() as f64 / took.as_secs_f64();
        let (p50, p95, p99) = (self.at(0.5), self.at(0.95), self.at(0.99));
        println!("{what:<44} {rate:>9.0}/s   p50 {p50:>7.1} ms   p95 {p95:>7.1} ms   p99 {p99:>7.1} ms");
        rate
    }
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    if arguments.next().as_deref() == Some(plain::ARGUMENT) {
        return plain::serve(arguments.next().unwrap_or_default().as_ref());
    }
    let scratch = tempfile::tempdir().expect("a directory");
    let data = scratch.path().join("data");
    drop(Server::start(&data));
    let begun = Instant::now();
    let server = Server::start(&data);
    Tablet::new(server.port, 0).get("/healthz");
    println!("start to the first answer of /healthz: {} ms", begun.elapsed().as_millis());
    println!("after start: {}", server.memory());
    let students = server.set_up(STUDENTS);

    let sign_in = |(number, student): (usize, &Value)| {
        let mut tablet = Tablet::new(server.port, number);
        let begun = Instant::now();
        tablet.sign_in(student);
        (tablet, begun.elapsed())
    };
    let begun = Instant::now();
    let (mut tablets, times): (Vec<Tablet>, Vec<Duration>) = thread::scope(|scope| {
        let waiting: Vec<_> =
            students.iter().enumerate().map(|one| scope.spawn(move || sign_in(one))).collect();
        waiting.into_iter().map(|one| one.join().expect("a sign-in failed")).unzip()
    });
    Times::of(times).show("sign-in of 40 students at once", begun.elapsed());

    let (times, took) = all_at_once(&mut tablets, |tablet| drop(tablet.get("/api/v1/home")));
    Times::of(times).show("the student's home call, 40 students", took);

    tablets.iter_mut().for_each(Tablet::open_practice);
    let (times, took) = all_at_once(&mut tablets, Tablet::answer);
    let rate = Times::of(times).show("answers acknowledged, 40 students", took);
    println!("after that: {}", server.memory());

    drop(server);

    compare(&mut tablets, rate, scratch.path(), None);
    if let Some(card) = card::make(scratch.path()) {
        println!("on a card whose syncs take 4 ms:");
        let server = Server::start_on(&data, Some(&card));
        for tablet in &mut tablets {
            tablet.turn_to(server.port);
        }
        let (times, took) = all_at_once(&mut tablets, Tablet::answer);
        let rate = Times::of(times).show("answers acknowledged, 40 students", took);
        drop(server);
        compare(&mut tablets, rate, scratch.path(), Some(&card));
    }
    drop(tablets);
    device::measure(scratch.path());
}

/// The same answers to the plain server, and how many times faster ours was.
fn compare(tablets: &mut [Tablet], rate: f64, scratch: &Path, card: Option<&Path>) {
    let plain = Plain::start(scratch, card);
    for tablet in &mut *tablets {
        tablet.turn_to(plain.port);
    }
    let (times, took) = all_at_once(tablets, Tablet::answer);
    let single = Times::of(times).show("the same with a commit for each answer", took);
    println!("ratio: {:.1}", rate / single);
}

/// Lets every tablet do `work` over and over; answers with the time of each and with the whole.
fn all_at_once(tablets: &mut [Tablet], work: impl Fn(&mut Tablet) + Sync) -> (Vec<Duration>, Duration) {
    let ready = Barrier::new(tablets.len());
    let begun = Instant::now();
    let times = thread::scope(|scope| {
        let working: Vec<_> = tablets
            .iter_mut()
            .map(|tablet| {
                scope.spawn(|| {
                    ready.wait();
                    let until = Instant::now() + MEASURED;
                    let mut times = Vec::new();
                    while Instant::now() < until {
                        let begun = Instant::now();
                        work(tablet);
                        times.push(begun.elapsed());
                    }
                    times
                })
            })
            .collect();
        working.into_iter().flat_map(|one| one.join().expect("a tablet failed")).collect()
    });
    (times, begun.elapsed())
}
