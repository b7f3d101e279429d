//! The real binary with a data directory of its own, and people who talk to it over HTTP.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

use super::said::hear_start;

/// A running server. Dropping it pulls the plug.
pub(crate) struct Program {
    child: Child,
    /// The app's port.
    pub(crate) port: u16,
    /// The code for the set-up, while it is needed.
    pub(crate) code: Option<String>,
}

/// The binary, with the data directory set.
pub(crate) fn command(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_schoolhouse"));
    command.arg("--data").arg(data).arg("--no-mdns");
    command
}

impl Program {
    /// Starts the server on free ports and waits until it says where it is.
    pub(crate) fn start(data: &Path) -> Self {
        Self::start_on(data, 0)
    }

    /// As [`Program::start`], on a port that was used before.
    pub(crate) fn start_on(data: &Path, port: u16) -> Self {
        Self::start_with(data, port, Stdio::null())
    }

    /// As [`Program::start`], and writes everything that can be logged to `log`.
    pub(crate) fn start_talkative(data: &Path, log: &Path) -> Self {
        Self::start_with(data, 0, std::fs::File::create(log).unwrap().into())
    }

    fn start_with(data: &Path, port: u16, log: Stdio) -> Self {
        let listen = format!("127.0.0.1:{port}");
        let mut child = command(data)
            .args(["serve", "--listen", &listen, "--packs-listen", "127.0.0.1:0"])
            .env("SCHOOLHOUSE_LOG", "trace")
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let (port, code) = hear_start(child.stdout.take().unwrap());
        Self { child, port, code }
    }

    /// The process.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Kills the server at once, as a power cut would.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks the server to stop, and tells whether it did so in good order.
    pub(crate) fn stop(mut self) -> bool {
        let pid = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
        self.child.wait().unwrap().success()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A directory for one school, gone with the test.
pub(crate) fn new_data() -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    (dir, data)
}

/// Somebody with a browser's cookie.
#[derive(Clone)]
pub(crate) struct Person {
    agent: ureq::Agent,
    cookie: String,
}

impl Person {
    /// Somebody who is not signed in.
    pub(crate) fn new() -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(20)))
            .build();
        Self { agent: config.into(), cookie: String::new() }
    }

    /// Gets `path`; an error when the server is not there or refuses.
    pub(crate) fn get(&self, port: u16, path: &str) -> Result<Value, String> {
        let request = self.agent.get(format!("http://127.0.0.1:{port}{path}")).header("cookie", &self.cookie);
        let mut response = request.call().map_err(|e| e.to_string())?;
        let text = response.body_mut().read_to_string().map_err(|e| e.to_string())?;
        if !response.status().is_success() {
            return Err(format!("{path}: {} {text}", response.status()));
        }
        Ok(serde_json::from_str(&text).unwrap_or(Value::String(text)))
    }

    /// Posts `body` to `path`, and takes the cookie that comes back.
    pub(crate) fn post(&mut self, port: u16, path: &str, body: &Value) -> Result<Value, String> {
        let request = self.agent.post(format!("http://127.0.0.1:{port}{path}"));
        self.send(request, path, body)
    }

    /// As [`Person::post`], to put something in its place.
    pub(crate) fn put(&mut self, port: u16, path: &str, body: &Value) -> Result<Value, String> {
        let request = self.agent.put(format!("http://127.0.0.1:{port}{path}"));
        self.send(request, path, body)
    }

    /// Takes something away.
    pub(crate) fn delete(&mut self, port: u16, path: &str) -> Result<Value, String> {
        let request = self.agent.delete(format!("http://127.0.0.1:{port}{path}")).force_send_body();
        self.send(request, path, &Value::Null)
    }

    fn send(
        &mut self,
        request: ureq::RequestBuilder<ureq::typestate::WithBody>,
        path: &str,
        body: &Value,
    ) -> Result<Value, String> {
        let request = request
            .header("cookie", &self.cookie)
            .header("schoolhouse-request", "1")
            .header("content-type", "application/json");
        let mut response = request.send(body.to_string()).map_err(|e| e.to_string())?;
        if let Some(cookie) = response.headers().get("set-cookie").and_then(|value| value.to_str().ok()) {
            self.cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        }
        let text = response.body_mut().read_to_string().map_err(|e| e.to_string())?;
        if !response.status().is_success() {
            return Err(format!("{path}: {} {text}", response.status()));
        }
        Ok(serde_json::from_str(&text).unwrap_or(Value::Null))
    }
}

/// Sets a school up with one class; answers with its head and the students as the teacher sees them.
pub(crate) fn set_up(program: &Program, students: usize) -> (Person, Vec<Value>) {
    let port = program.port;
    let mut head = Person::new();
    let code = program.code.as_deref().expect("a new box says its set-up code");
    let wanted = json!({ "code": code, "school": "Hill School", "name": "Ms Banda", "password": "mango tree 7", "language": "en" });
    head.post(port, "/api/v1/setup", &wanted).unwrap();
    let class = head.post(port, "/api/v1/classes", &json!({ "name": "Class 4" })).unwrap();
    let class = class["id"].as_str().unwrap();
    let rows: Vec<Value> =
        (1..=students).map(|number| json!({ "name": format!("Student {number}") })).collect();
    head.post(port, &format!("/api/v1/classes/{class}/students/import"), &json!({ "rows": rows })).unwrap();
    let listed = head.get(port, &format!("/api/v1/classes/{class}/students")).unwrap();
    (head, listed["students"].as_array().unwrap().clone())
}
