//! A box and a hub as two programs: what the box has comes to the hub once, whoever is killed meanwhile, and no name with it.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use super::bad_line::BadLine;
use super::kill::{Acknowledged, Learner};
use super::program::{Person, Program, command, new_data, set_up};

/// So often somebody is killed in every run of the tests; `SYNC_KILLS=100` makes a longer evening of it.
const KILLS: u64 = 24;

/// A running hub. Dropping it pulls the plug.
pub(crate) struct HubProgram {
    child: Child,
    /// Where it answers.
    pub(crate) port: u16,
    /// Kept, so that the hub can go on speaking.
    _said: BufReader<std::process::ChildStdout>,
}

/// `schoolhouse hub`, with its data directory set.
pub(crate) fn hub_command(data: &Path) -> Command {
    let mut command = command(data);
    command.arg("hub");
    command
}

impl HubProgram {
    pub(crate) fn start_on(data: &Path, port: u16) -> Self {
        let mut command = hub_command(data);
        command.args(["serve", "--listen", &format!("127.0.0.1:{port}")]);
        Self::start(command)
    }

    /// In a network namespace of its own.
    pub(crate) fn start_in(space: &str, data: &Path, listen: &str) -> Self {
        let hub = hub_command(data);
        let mut command = Command::new("ip");
        command.args(["netns", "exec", space]).arg(hub.get_program()).args(hub.get_args());
        command.args(["serve", "--listen", listen]);
        Self::start(command)
    }

    fn start(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let (mut line, mut said) = (String::new(), BufReader::new(child.stdout.take().unwrap()));
        said.read_line(&mut line).unwrap();
        let port = line.trim().rsplit(':').next().unwrap().parse().unwrap();
        Self { child, port, _said: said }
    }
}

impl Drop for HubProgram {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a command says that ends well.
pub(crate) fn said(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The head's box belongs to the hub, if that could be reached.
pub(crate) fn join(head: &mut Person, port: u16, hub: &str, hub_data: &Path) -> bool {
    let code = said(hub_command(hub_data).args(["invite", "Hill School"]));
    let wanted = json!({ "url": format!("http://{hub}"), "code": code.lines().next().unwrap() });
    let status = head.put(port, "/api/v1/sync/hub", &wanted);
    status.is_ok_and(|status| status["school"] == "Hill School")
}

impl HubProgram {
    /// Host and port.
    pub(crate) fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }
}

/// Answers that the hub has.
pub(crate) fn answers_at(hub_data: &Path) -> u64 {
    let told = said(hub_command(hub_data).arg("schools"));
    let words: Vec<&str> = told.lines().next().unwrap().split_whitespace().collect();
    words[words.len() - 2].parse().unwrap()
}

fn files_under(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files_under(&path)) } else { found.push(path) }
    }
    found
}

/// A student who has answered everything of a practice once.
pub(crate) fn learn(number: usize, student: &Value, port: u16) -> u64 {
    let mut learner = Learner::sign_in(number, student, port);
    learner.open_practice(port);
    for _ in 0..8 {
        learner.answer();
    }
    let acknowledged = Acknowledged::default();
    learner.send(port, &acknowledged);
    8
}

#[test]
fn results_of_a_box_come_to_its_hub_in_one_request_and_no_name_with_them() {
    let ((_box, data), (_hub, hub_data)) = (new_data(), new_data());
    let program = Program::start(&data);
    let (mut head, students) = set_up(&program, 12);
    let hub = HubProgram::start_on(&hub_data, 0);
    assert!(head.post(program.port, "/api/v1/sync", &json!({})).unwrap_err().contains("sync.no-hub"));
    assert!(join(&mut head, program.port, &hub.address(), &hub_data));
    head.post(program.port, "/api/v1/sync", &json!({})).unwrap();
    let answers: u64 =
        students.iter().enumerate().map(|(number, student)| learn(number + 1, student, program.port)).sum();
    let report = head.post(program.port, "/api/v1/sync", &json!({})).unwrap();
    assert_eq!(report["requests"], 1, "{report}");
    assert_eq!(answers_at(&hub_data), answers);
    let status = head.get(program.port, "/api/v1/sync").unwrap();
    assert_eq!(status["failed"], Value::Null, "{status}");
    let idle = head.post(program.port, "/api/v1/sync", &json!({})).unwrap();
    assert_eq!(idle["requests"], 1);
    let bytes = idle["sent"].as_u64().unwrap() + idle["received"].as_u64().unwrap();
    assert!(bytes <= 1_024, "an idle sync is {bytes} bytes");
    drop(hub);
    for path in files_under(&hub_data) {
        let bytes = std::fs::read(&path).unwrap();
        for name in ["Student 3", "Ms Banda", "Class 4"] {
            assert!(!bytes.windows(name.len()).any(|part| part == name.as_bytes()), "{name} is in {path:?}");
        }
    }
    assert!(
        head.post(program.port, "/api/v1/sync", &json!({})).unwrap_err().contains("sync.hub-unreachable")
    );
}

#[test]
fn whoever_is_killed_in_the_middle_every_answer_comes_to_the_hub_once() {
    let kills = std::env::var("SYNC_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(KILLS);
    let ((_box, data), (_hub, hub_data)) = (new_data(), new_data());
    let mut program = Program::start(&data);
    let (mut head, students) = set_up(&program, 5);
    let mut hub = HubProgram::start_on(&hub_data, 0);
    assert!(join(&mut head, program.port, &hub.address(), &hub_data));
    let (port, hub_port) = (program.port, hub.port);
    let mut learners: Vec<Learner> = Vec::new();
    for (number, student) in students.iter().enumerate() {
        let mut learner = Learner::sign_in(number + 1, student, port);
        learner.open_practice(port);
        learners.push(learner);
    }
    let acknowledged = Acknowledged::default();
    for round in 0..kills {
        for learner in &mut learners {
            learner.answer();
            learner.send(port, &acknowledged);
        }
        let mut other = head.clone();
        let syncing = thread::spawn(move || drop(other.post(port, "/api/v1/sync", &json!({}))));
        thread::park_timeout(Duration::from_millis((round * 7_919) % 60));
        if round % 2 == 0 {
            drop(hub);
            hub = HubProgram::start_on(&hub_data, hub_port);
        } else {
            program.kill();
            program = Program::start_on(&data, port);
        }
        syncing.join().unwrap();
    }
    for learner in &mut learners {
        learner.send(port, &acknowledged);
    }
    // One that the box began by itself may still be under way.
    let ended = (0..50).any(|_| {
        let ended = head.post(port, "/api/v1/sync", &json!({})).is_ok();
        thread::park_timeout(Duration::from_millis(if ended { 0 } else { 200 }));
        ended
    });
    assert!(ended);
    let answers: i64 = {
        let journal = rusqlite::Connection::open(data.join("journal.db")).unwrap();
        journal.query_row("SELECT count(*) FROM entry WHERE kind = 1", [], |row| row.get(0)).unwrap()
    };
    assert!(answers >= 40, "{answers} answers");
    assert_eq!(i64::try_from(answers_at(&hub_data)).unwrap(), answers);
}

/// A class-day over 64 kbit/s, 600 ms there and back, cut every ten seconds.
#[test]
fn a_class_day_comes_over_a_line_that_is_cut_every_ten_seconds() {
    let ((_box, data), (_hub, hub_data)) = (new_data(), new_data());
    let program = Program::start(&data);
    let (mut head, students) = set_up(&program, 40);
    let mut hub = HubProgram::start_on(&hub_data, 0);
    let line = BadLine::to(hub.port);
    hub.port = line.port;
    assert!(join(&mut head, program.port, &hub.address(), &hub_data));
    let answers: u64 =
        students.iter().enumerate().map(|(number, student)| learn(number + 1, student, program.port)).sum();
    let mut rounds = 0;
    while answers_at(&hub_data) < answers {
        rounds += 1;
        assert!(rounds < 30, "the line is too bad");
        let _ = head.post(program.port, "/api/v1/sync", &json!({}));
    }
    assert_eq!(answers_at(&hub_data), answers);
    assert!(line.passed() < 40_000, "{} bytes passed", line.passed());
}
