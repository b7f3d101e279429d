//! Sync as people meet it: adding the box to a hub, "sync now", and what the last one did.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::exchange::enrolment::{Enrolled, Enrolment};
use super::line::check_address;
use super::{Link, Sync};
use crate::device::Device;
use crate::error::{Error, Kind, Result};
use crate::files::write_atomically;
use crate::ids::from_hex;
use crate::library::Library;

const FILE: &str = "sync.json";
const BYTES: &str = "application/octet-stream";
/// A year of a school takes some fifty rounds; this many without an end are a fault.
const MOST_ROUNDS: u32 = 5_000;

/// What one sync did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SyncReport {
    /// Milliseconds since 1970 when it ended.
    pub at: u64,
    /// Bytes of bodies that went out.
    pub sent: u64,
    /// Bytes of bodies that came in.
    pub received: u64,
    /// Requests that were made.
    pub requests: u32,
    /// How long it took, in milliseconds.
    pub milliseconds: u64,
    /// Entries of other boxes that came.
    pub entries: u64,
    /// Whether this box began a new life, because it or its copy had written under the same numbers.
    pub renewed: bool,
    /// Why it did not end well; a code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

/// How it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SyncStatus {
    /// The hub's address; nothing before the box was added to one.
    #[schema(required)]
    pub hub: Option<String>,
    /// What the school is called there.
    #[schema(required)]
    pub school: Option<String>,
    /// Entries of this box that the hub has not acknowledged, as far as it was asked since the start.
    pub waiting: u64,
    /// Whether one is under way.
    pub running: bool,
    /// The last one that ended well.
    #[schema(required)]
    pub last: Option<SyncReport>,
    /// The last one, where it did not end well.
    #[schema(required)]
    pub failed: Option<SyncReport>,
}

/// What is kept of former syncs.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Kept {
    last: Option<SyncReport>,
    failed: Option<SyncReport>,
}

impl Sync {
    /// Adds this box to a hub.
    ///
    /// # Errors
    /// `sync.address-wrong`, `sync.code-unknown`, `sync.hub-unreachable`, `sync.hub-broken`; when the disk refuses.
    pub async fn enrol(&self, url: &str, code: &str, name: &str) -> Result<Link> {
        let url = url.trim().trim_end_matches('/').to_owned();
        check_address(&url)?;
        let digits: String = code.chars().filter(char::is_ascii_digit).collect();
        let asked = Enrolment::of(&self.identity, &digits, name);
        let Enrolled { school, name, hub, .. } = self.ask_to_be_let_in(&url, &asked).await?;
        let hub: [u8; 32] = from_hex(&hub).ok_or_else(no_hub_answered)?;
        let link = Link::new(&url, school, &name, &hub);
        self.set_link(&link).await?;
        Ok(link)
    }

    /// Shows a code to whoever answers at an address, a hub or another box.
    pub(super) async fn ask_to_be_let_in(&self, url: &str, asked: &Enrolment) -> Result<Enrolled> {
        let asked = serde_json::to_vec(asked).unwrap_or_default();
        let (way, address) = (self.line.clone(), format!("{url}/sync/1/enrol"));
        let call = move || way.post(&address, "application/json", &asked);
        let answer = tokio::task::spawn_blocking(call).await.map_err(broke_off)??;
        serde_json::from_slice(&answer).map_err(|_| no_hub_answered())
    }

    /// Exchanges with the other boxes of the school, and then with the hub, and begins to bring the packs that this box lacks. A school without a hub has only the first.
    ///
    /// # Errors
    /// As [`Sync::run`].
    pub async fn run_with(&self, device: &Device, library: &Arc<Library>) -> Result<SyncReport> {
        let began = self.journal.clock().now().mono;
        let count = self.exchange_with_boxes(device).await?;
        let ended = self.end_with(count, began).await;
        self.bring_packs(library).await?;
        ended
    }

    async fn end_with(&self, count: usize, began: u64) -> Result<SyncReport> {
        if count > 0 && self.link()?.is_none() {
            let now = self.journal.clock().now();
            let milliseconds = now.mono.saturating_sub(began);
            return Ok(SyncReport { at: now.wall, milliseconds, ..SyncReport::default() });
        }
        self.run().await
    }

    /// Says to the hub what is new here, and takes in what is new there.
    ///
    /// # Errors
    /// `sync.no-hub`, `sync.under-way`, those of the line and of the hub; when the journal or the disk refuses.
    pub async fn run(&self) -> Result<SyncReport> {
        let link = self.link()?.ok_or_else(no_hub)?;
        let Ok(_running) = self.running.try_lock() else {
            return Err(under_way());
        };
        let began = self.journal.clock().now().mono;
        let mut report = SyncReport::default();
        let result = self.rounds(&link, &mut report).await;
        report.at = self.journal.clock().now().wall;
        report.milliseconds = self.journal.clock().now().mono.saturating_sub(began);
        let mut kept = self.kept();
        match &result {
            Ok(()) => kept = Kept { last: Some(report.clone()), failed: None },
            Err(error) => {
                report.problem = Some(error.code.to_owned());
                kept.failed = Some(report.clone());
            }
        }
        write_atomically(
            &self.data.path().join(FILE),
            &serde_json::to_vec(&kept).unwrap_or_default(),
            0o600,
        )?;
        result.map(|()| report)
    }

    pub(super) async fn rounds(&self, link: &Link, report: &mut SyncReport) -> Result<()> {
        let mut refused = false;
        for _ in 0..MOST_ROUNDS {
            let request = self.request(link).await?;
            let (way, url, body) = (self.line.clone(), format!("{}/sync/1", link.url), request.body.clone());
            report.requests += 1;
            report.sent += request.body.len() as u64;
            let call = move || way.post(&url, BYTES, &body);
            let answer = match tokio::task::spawn_blocking(call).await.map_err(broke_off)? {
                Ok(answer) => answer,
                Err(error) => {
                    self.fail(link, &error).await?;
                    // Whoever starts with a wrong date learns the number that the hub wants, once.
                    if error.code == "sync.counter-old" && !std::mem::replace(&mut refused, true) {
                        continue;
                    }
                    return Err(error);
                }
            };
            report.received += answer.len() as u64;
            let outcome = self.take(link, &request, &answer).await?;
            report.entries += outcome.received;
            report.renewed |= outcome.renewed;
            if !outcome.more {
                return Ok(());
            }
        }
        Err(Error::internal("The box and its hub do not come to an end with each other."))
    }

    /// How it stands.
    ///
    /// # Errors
    /// When the journal or the disk refuses.
    pub async fn status(&self) -> Result<SyncStatus> {
        let link = self.link()?;
        let Kept { last, failed } = self.kept();
        Ok(SyncStatus {
            waiting: if link.is_some() { self.waiting().await? } else { 0 },
            running: self.running.try_lock().is_err(),
            hub: link.as_ref().map(|link| link.url.clone()),
            school: link.map(|link| link.name),
            last,
            failed,
        })
    }

    /// What is kept may be lost: then nothing is told of former syncs.
    fn kept(&self) -> Kept {
        let read = std::fs::read(self.data.path().join(FILE)).ok();
        read.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }
}

fn no_hub_answered() -> Error {
    Error::new(Kind::Unavailable, "sync.hub-broken", "What answered is no hub. Check the address.")
}

fn broke_off(error: tokio::task::JoinError) -> Error {
    Error::internal("A request to the hub broke off.").caused_by(error)
}

pub(super) fn no_hub() -> Error {
    Error::conflict("sync.no-hub", "This box belongs to no hub yet. Add it with a code from the district.")
}

pub(super) fn under_way() -> Error {
    Error::conflict("sync.under-way", "A sync is under way already.")
}
