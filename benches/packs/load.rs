//! Tablets by the dozen on one thread: kept connections, one request at a time on each, nothing done with what comes.

use std::io::{ErrorKind, Read, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tokio::net::TcpStream;

/// What a run of requests brought.
#[derive(Default)]
pub(crate) struct Done {
    /// Requests answered.
    pub(crate) answers: u64,
    /// Bytes of their bodies.
    pub(crate) bytes: u64,
    /// How long all took.
    pub(crate) took: Duration,
}

/// One whole answer.
pub(crate) struct Answer {
    /// Its status line and headers.
    pub(crate) head: String,
    /// Its body.
    pub(crate) body: Vec<u8>,
}

/// Asks once.
pub(crate) fn get(port: u16, path: &str, headers: &str) -> Answer {
    let mut stream = std::net::TcpStream::connect(("127.0.0.1", port)).expect("the server is not there");
    stream.write_all(&request(path, &format!("{headers}Connection: close\r\n"))).expect("the server hung up");
    let mut all = Vec::new();
    stream.read_to_end(&mut all).expect("the server hung up");
    let end = head_end(&all).expect("an answer");
    let head = String::from_utf8_lossy(&all[..end]).into_owned();
    Answer { head, body: all.split_off(end) }
}

/// A request of a tablet's browser.
pub(crate) fn request(path: &str, headers: &str) -> Vec<u8> {
    let agent = "Mozilla/5.0 (Linux; Android 9) AppleWebKit/537.36 Chrome/70.0.3538.110 Safari/537.36";
    format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: {agent}\r\nAccept: */*\r\n{headers}\r\n")
        .into_bytes()
}

fn head_end(bytes: &[u8]) -> Option<usize> {
    bytes.windows(4).position(|four| four == b"\r\n\r\n").map(|place| place + 4)
}

/// The length that an answer's head announces; the answer must be a good one.
fn announced(head: &[u8]) -> usize {
    let head = std::str::from_utf8(head).expect("a head");
    assert!(head.starts_with("HTTP/1.1 20"), "{head}");
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok()).flatten()
    });
    length.expect("a length")
}

/// Lets `connections` tablets send `requests` for a while, each from another place in the list on.
pub(crate) fn press(port: u16, connections: usize, requests: &Arc<[Vec<u8>]>, time: Duration) -> Done {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let bytes = Arc::new(AtomicU64::new(0));
    let begun = Instant::now();
    let answers = runtime.block_on(async {
        let tablets: Vec<_> = (0..connections)
            .map(|number| {
                let first = number * requests.len() / connections;
                tokio::spawn(ask_on(port, requests.clone(), first, begun + time, bytes.clone()))
            })
            .collect();
        let mut answers = 0;
        for tablet in tablets {
            answers += tablet.await.expect("a tablet failed");
        }
        answers
    });
    Done { answers, bytes: bytes.load(Ordering::Relaxed), took: begun.elapsed() }
}

async fn ask_on(
    port: u16,
    requests: Arc<[Vec<u8>]>,
    first: usize,
    until: Instant,
    bytes: Arc<AtomicU64>,
) -> u64 {
    let stream = TcpStream::connect(("127.0.0.1", port)).await.expect("the server is not there");
    stream.set_nodelay(true).expect("a socket option");
    let mut held = vec![0; 256 << 10];
    let mut answers = 0;
    for request in requests.iter().cycle().skip(first) {
        if Instant::now() >= until {
            break;
        }
        bytes.fetch_add(ask(&stream, request, &mut held).await, Ordering::Relaxed);
        answers += 1;
    }
    answers
}

/// One request and its whole answer; answers with the bytes of the body.
pub(crate) async fn ask(stream: &TcpStream, request: &[u8], held: &mut [u8]) -> u64 {
    // A request is shorter than any socket's buffer.
    stream.writable().await.expect("the server hung up");
    assert_eq!(stream.try_write(request).expect("the server hung up"), request.len());
    let mut got = 0;
    let (start, length) = loop {
        got += read(stream, &mut held[got..]).await;
        if let Some(start) = head_end(&held[..got]) {
            break (start, announced(&held[..start]));
        }
    };
    let mut left = length - (got - start);
    while left > 0 {
        left -= read(stream, held).await;
    }
    length as u64
}

async fn read(stream: &TcpStream, to: &mut [u8]) -> usize {
    loop {
        match stream.try_read(to) {
            Ok(0) => panic!("the server hung up"),
            Ok(got) => return got,
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                stream.readable().await.expect("the server hung up");
            }
            Err(error) => panic!("the server hung up: {error}"),
        }
    }
}
