//! The real server on a data directory of its own.
#![allow(
    clippy::allow_attributes,
    dead_code,
    reason = "the benchmarks that share this use different parts of it"
)]

use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

use crate::said::hear_start;
use crate::tablet::Tablet;

/// A running server; dropping it stops it.
pub(crate) struct Server {
    child: Child,
    /// The app's port.
    pub(crate) port: u16,
    code: String,
}

impl Server {
    /// Starts the server on `data` and waits until it says where it is.
    pub(crate) fn start(data: &Path) -> Self {
        Self::start_on(data, None)
    }

    /// As [`Server::start`], on the card that `card` makes of the disk.
    pub(crate) fn start_on(data: &Path, card: Option<&Path>) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_schoolhouse"))
            .envs(card.map(|library| ("LD_PRELOAD", library)))
            .args([
                "serve",
                "--no-mdns",
                "--listen",
                "127.0.0.1:0",
                "--packs-listen",
                "127.0.0.1:0",
                "--data",
            ])
            .arg(data)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server");
        let (port, code) = hear_start(child.stdout.take().expect("its words"));
        Self { child, port, code: code.unwrap_or_default() }
    }

    /// Sets the school up with one class and answers with its students.
    pub(crate) fn set_up(&self, students: usize) -> Vec<Value> {
        let mut head = Tablet::new(self.port, 0xffff);
        let wanted = json!({ "code": self.code, "school": "Hill", "name": "Ms Banda", "password": "mango tree 7", "language": "en" });
        head.post("/api/v1/setup", &wanted);
        let class = head.post("/api/v1/classes", &json!({ "name": "Class 4" }));
        let class = class["id"].as_str().expect("a class");
        let rows: Vec<Value> =
            (1..=students).map(|number| json!({ "name": format!("Student {number}") })).collect();
        head.post(&format!("/api/v1/classes/{class}/students/import"), &json!({ "rows": rows }));
        let listed = head.get(&format!("/api/v1/classes/{class}/students"));
        listed["students"].as_array().expect("students").clone()
    }

    /// Memory that the server holds now: all of it, and the part that no file backs, in KB.
    pub(crate) fn memory(&self) -> String {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let kilobytes = |name: &str| {
            let line = status.lines().find(|line| line.starts_with(name)).unwrap_or_default();
            line.split_whitespace().nth(1).unwrap_or("?").to_owned()
        };
        format!("{} KB resident, {} KB of it anonymous", kilobytes("VmRSS"), kilobytes("RssAnon"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
