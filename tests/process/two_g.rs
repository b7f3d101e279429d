//! A hub at the end of a 2G link: 40 kbit/s, 600 ms there and back, jitter, one packet in twenty lost, and three seconds of silence
//! after every ten. The hub runs in a network namespace of its own; between it and the box lies `link.py`.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use serde_json::json;

use super::bad_line::BadLine;
use super::program::{Program, new_data, set_up};
use super::sync::{HubProgram, answers_at, join, learn};

/// The link, and the namespace at its far end. Dropping it takes both down.
struct Link {
    space: String,
    far: String,
    ends: Vec<Child>,
    folder: tempfile::TempDir,
}

fn ip(words: &[&str]) -> bool {
    let done = Command::new("ip").args(words).stderr(Stdio::null()).status();
    done.is_ok_and(|status| status.success())
}

impl Link {
    /// Nothing where the machine allows no namespaces or no TUN devices.
    fn lay() -> Option<Self> {
        let number = std::process::id() % 200 + 20;
        let (space, near, far) =
            (format!("sh2g{number}"), format!("10.98.{number}.1"), format!("10.98.{number}.2"));
        if !ip(&["netns", "add", &space]) {
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        let mut link = Self { space, far, ends: Vec::new(), folder };
        let socket = |end: &str| link.folder.path().join(end).to_str().unwrap().to_owned();
        let (here, there) = (socket("near"), socket("far"));
        let program = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/process/link.py");
        let mut outside = Command::new("python3");
        outside.args([program, &link.space, &near, &link.far, &here, &there, "seed=1"]);
        let mut inside = Command::new("ip");
        inside.args(["netns", "exec", &link.space, "python3", program]);
        inside.args([&link.space, &link.far, &near, &there, &here, "seed=2"]);
        for mut end in [outside, inside] {
            let mut child = end.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
            let mut said = String::new();
            BufReader::new(child.stdout.take().unwrap()).read_line(&mut said).unwrap();
            link.ends.push(child);
            if said.trim() != "ready" {
                return None;
            }
        }
        Some(link)
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        for end in &mut self.ends {
            let _ = end.kill();
            let _ = end.wait();
        }
        ip(&["netns", "del", &self.space]);
    }
}

#[test]
fn a_class_day_comes_over_a_2g_link_once() {
    let ((_box, data), (_hub, hub_data)) = (new_data(), new_data());
    let program = Program::start(&data);
    let (mut head, students) = set_up(&program, 40);
    let link = Link::lay();
    let mut hub = match &link {
        Some(link) => HubProgram::start_in(&link.space, &hub_data, &format!("{}:8480", link.far)),
        None => HubProgram::start_on(&hub_data, 0),
    };
    let address = if let Some(link) = &link {
        format!("{}:8480", link.far)
    } else {
        println!("no network namespaces here: bytes pass through a proxy instead of a 2G link");
        hub.port = BadLine::to(hub.port).port;
        hub.address()
    };
    let mut tries = 0;
    while !join(&mut head, program.port, &address, &hub_data) {
        tries += 1;
        assert!(tries < 10, "the hub does not answer over the link");
    }
    let answers: u64 =
        students.iter().enumerate().map(|(number, student)| learn(number + 1, student, program.port)).sum();
    let mut rounds = 0;
    while answers_at(&hub_data) < answers {
        rounds += 1;
        assert!(rounds < 30, "the line is too bad");
        let _ = head.post(program.port, "/api/v1/sync", &json!({}));
    }
    assert_eq!(answers_at(&hub_data), answers);
    let status = head.get(program.port, "/api/v1/sync").unwrap();
    println!("after {rounds} tries: {}", status["last"]);
}
