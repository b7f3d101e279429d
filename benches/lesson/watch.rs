//! A teacher who has the live page open.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::Value;

/// Notes for each student who changes how long ago they answered.
pub(crate) fn watch(
    port: u16,
    sent: &Mutex<HashMap<String, Instant>>,
    seen: &Mutex<Vec<Duration>>,
    over: &AtomicBool,
) {
    let (head, class) = super::head(port);
    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("the server is not there");
    stream.set_read_timeout(Some(Duration::from_secs(1))).expect("a socket option");
    let request = format!(
        "GET /api/v1/classes/{class}/live/events HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\nschoolhouse-request: 1\r\ncookie: {}\r\n\r\n",
        head.cookie()
    );
    stream.write_all(request.as_bytes()).expect("the server hung up");
    let mut lines = BufReader::new(stream);
    let (mut line, mut is_student) = (String::new(), false);
    while !over.load(Ordering::SeqCst) {
        // What was read before a pause stays in the line.
        if lines.read_line(&mut line).is_err() {
            continue;
        }
        let text = line.trim_end();
        if let Some(event) = text.strip_prefix("event:") {
            is_student = event.trim() == "student";
        } else if let Some(data) = text.strip_prefix("data:").filter(|_| is_student) {
            let row: Value = serde_json::from_str(data).unwrap_or_default();
            let begun = row["id"].as_str().and_then(|id| sent.lock().expect("times").get(id).copied());
            if let Some(begun) = begun {
                seen.lock().expect("times").push(begun.elapsed());
            }
        }
        line.clear();
    }
}
