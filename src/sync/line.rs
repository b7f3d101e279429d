//! The line to a hub: HTTP, blocking, with patience for what is slow and none for what stands still.

use std::time::Duration;

use serde::Deserialize;

use crate::error::{Error, Kind, Result};

/// A line on which nothing moves for so long is broken.
const STILL: Duration = Duration::from_secs(60);
const CONNECT: Duration = Duration::from_secs(30);
/// Boxes take requests that change something only with this header: pages of others can't send it.
const OURS: &str = "schoolhouse-request";
/// More than an answer ever is.
const LARGEST: u64 = 8 << 20;

/// A way to one hub; keeps its connection and the ticket of its TLS between requests.
pub(super) struct Line {
    agent: ureq::Agent,
}

impl Default for Line {
    fn default() -> Self {
        let config = ureq::Agent::config_builder()
            .timeout_connect(Some(CONNECT))
            .timeout_resolve(Some(CONNECT))
            .timeout_per_read(Some(STILL))
            .timeout_per_write(Some(STILL))
            .http_status_as_error(false)
            .max_redirects(0)
            .user_agent("schoolhouse")
            .build();
        Self { agent: config.into() }
    }
}

/// What the hub says when it refuses; the sentence in the problem is the hub's, and ours goes by the code.
#[derive(Deserialize)]
struct Refusal {
    code: String,
    #[serde(default)]
    params: std::collections::BTreeMap<String, String>,
}

/// What a hub may answer, with the sentence of this box.
const REFUSALS: [(&str, &str); 7] = [
    ("sync.box-foreign", "That box does not belong to this school. Add the boxes to each other again."),
    ("sync.box-unknown", "The district does not know this box. Add it with a new code from the district."),
    ("sync.box-revoked", "The district takes nothing more from this box. Ask the district for a new code."),
    ("sync.code-unknown", "This code is not known, or was used already. Ask the district for a new one."),
    ("sync.counter-old", "The hub saw this request before; it is made anew."),
    ("sync.cut-short", "The line broke before all had come. It will be tried again."),
    (
        "sync.greeting-wrong",
        "The hub does not accept this box's signature. Add the box again with a new code.",
    ),
];

impl Line {
    /// Sends a body and answers what came back. Blocks.
    ///
    /// # Errors
    /// `sync.hub-unreachable`, `sync.hub-broken`, and the codes of the hub's refusals.
    pub(super) fn post(&self, url: &str, kind: &str, body: &[u8]) -> Result<Vec<u8>> {
        let mut answer = self
            .agent
            .post(url)
            .header("content-type", kind)
            .header(OURS, "1")
            .send(body)
            .map_err(unreachable)?;
        let status = answer.status().as_u16();
        let read = answer.body_mut().with_config().limit(LARGEST).read_to_vec().map_err(unreachable)?;
        if (200..300).contains(&status) { Ok(read) } else { Err(refused(status, &read)) }
    }
}

impl Line {
    /// Part of a file. Blocks.
    ///
    /// # Errors
    /// `sync.hub-unreachable`, `sync.hub-broken`.
    pub(super) fn get_part(&self, url: &str, from: u64, length: u64) -> Result<Vec<u8>> {
        let range = format!("bytes={from}-{}", from + length.saturating_sub(1));
        let mut answer = self.agent.get(url).header("range", range).call().map_err(unreachable)?;
        let status = answer.status().as_u16();
        if status != 206 && (from, status) != (0, 200) {
            return Err(refused(status, &[]));
        }
        answer.body_mut().with_config().limit(length).read_to_vec().map_err(unreachable)
    }
}

fn refused(status: u16, body: &[u8]) -> Error {
    let refusal: Option<Refusal> = serde_json::from_slice(body).ok();
    let known = refusal.and_then(|refusal| {
        let (code, sentence) = REFUSALS.into_iter().find(|(code, _)| *code == refusal.code)?;
        let error = Error::conflict(code, sentence);
        Some(match refusal.params.get("counter") {
            Some(counter) => error.with("counter", counter),
            None => error,
        })
    });
    known.unwrap_or_else(|| {
        let sentence = "What answered is no hub, or it has trouble. Check the address, or try again later.";
        Error::new(Kind::Unavailable, "sync.hub-broken", sentence).with("status", status)
    })
}

fn unreachable(error: ureq::Error) -> Error {
    let sentence = "The hub can't be reached. It is tried again when there is a connection.";
    Error::new(Kind::Unavailable, "sync.hub-unreachable", sentence).caused_by(error)
}

/// Whether an address can be one of a hub.
///
/// # Errors
/// `sync.address-wrong`.
pub(super) fn check_address(url: &str) -> Result<()> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or_default();
    let host = rest.split('/').next().unwrap_or_default();
    if host.is_empty() || url.chars().any(|one| one.is_whitespace() || one.is_control()) {
        let sentence = "This is no address of a hub. It begins with https:// and has no spaces.";
        return Err(Error::invalid("sync.address-wrong", sentence));
    }
    Ok(())
}
