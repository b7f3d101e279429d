//! A plain server to compare with: the same web library, the same rows on the same disk, and a commit for each answer.

use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};

use axum::Json;
use axum::Router;
use axum::routing::post;
use rusqlite::{Connection, params};
use serde_json::{Value, json};

/// The argument that makes this program the plain server.
pub(crate) const ARGUMENT: &str = "plain-server";

/// The plain server as a process of its own; dropping it stops it.
pub(crate) struct Plain {
    child: Child,
    /// Where it listens.
    pub(crate) port: u16,
}

impl Plain {
    /// Starts it with its database in `scratch`.
    pub(crate) fn start(scratch: &Path, card: Option<&Path>) -> Self {
        let program = std::env::current_exe().expect("our own path");
        let mut child = Command::new(program)
            .envs(card.map(|library| ("LD_PRELOAD", library)))
            .arg(ARGUMENT)
            .arg(scratch)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the plain server");
        let mut said = std::io::BufReader::new(child.stdout.take().expect("its words"));
        let mut line = String::new();
        std::io::BufRead::read_line(&mut said, &mut line).expect("its port");
        Self { child, port: line.trim().parse().expect("a port") }
    }
}

impl Drop for Plain {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Serves until it is killed.
pub(crate) fn serve(scratch: &Path) {
    let connection = Connection::open(scratch.join("plain.db")).expect("its database");
    connection
        .execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
             CREATE TABLE IF NOT EXISTS entry (key INTEGER PRIMARY KEY, boot INTEGER, mono INTEGER, hlc INTEGER, kind INTEGER,
                                 client BLOB, n INTEGER, body BLOB) STRICT",
        )
        .expect("its table");
    let connection = Arc::new(Mutex::new(connection));
    let take = async move |Json(batch): Json<Value>| {
        let connection = connection.clone();
        let n = batch["entries"][0]["n"].as_u64().unwrap_or(0);
        let kept = tokio::task::spawn_blocking(move || keep(&connection, n)).await;
        kept.expect("a commit");
        Json(json!({ "next": n + 1 }))
    };
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        println!("{}", listener.local_addr().expect("an address").port());
        std::io::stdout().flush().expect("our words");
        let router = Router::new().route("/api/v1/evidence", post(take));
        axum::serve(listener, router).await.expect("the plain server");
    });
}

fn keep(connection: &Mutex<Connection>, n: u64) {
    let connection = connection.lock().unwrap_or_else(PoisonError::into_inner);
    connection
        .prepare_cached("INSERT INTO entry (boot, mono, hlc, kind, client, n, body) VALUES (1, 2, 3, 1, x'0102030405060708', ?1, ?2)")
        .and_then(|mut insert| insert.execute(params![n.cast_signed(), [7_u8; 170]]))
        .expect("a row");
}
