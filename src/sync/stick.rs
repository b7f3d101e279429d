//! A stick in a pocket: the same requests and answers as over a line, in envelopes, as files.
//!
//! Sticks have no safe rename and are pulled out: every file gets a name of its own, is written whole and read back, and a damaged one is
//! passed over. A box takes nothing away from a stick.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::Serialize;
use utoipa::ToSchema;

use super::envelope;
use super::exchange::messages;
use super::{Outcome, Request, Sync};
use crate::error::{Error, Kind, Result};
use crate::files::sync_directory;
use crate::journal::Identity;

/// From boxes to the hub, and from the hub to boxes.
const UP: &str = "schoolhouse/up";
const DOWN: &str = "schoolhouse/down";
/// The end of the names of our files.
const END: &str = "sync";
/// No file of ours is larger.
const LARGEST: u64 = 64 << 20;

/// What a visit of a stick changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StickReport {
    /// Entries that lie on the stick now for the hub.
    pub written: u64,
    /// Bytes of them.
    pub bytes: u64,
    /// Answers of the hub that the stick brought.
    pub answers: u32,
    /// Entries of other boxes that it brought.
    pub entries: u64,
}

impl Sync {
    /// Takes what a stick brings from the hub, and writes on it what the hub does not have.
    ///
    /// # Errors
    /// `sync.no-hub`, `sync.under-way`; `sync.stick-fault` when the stick can't be read or written, is full or was pulled out. What was
    /// taken in stays.
    pub async fn exchange_with_stick(&self, stick: &Path) -> Result<StickReport> {
        let link = self.link()?.ok_or_else(super::service::no_hub)?;
        let Ok(_running) = self.running.try_lock() else { return Err(super::service::under_way()) };
        let mut report = StickReport::default();
        for path in files(&stick.join(DOWN), &self.identity.stream.to_string())? {
            // What is damaged, of another hub, or was read before changes nothing.
            let Some((request, answer)) = self.read_answer(&path)? else { continue };
            match self.take_late(&link, &request, &answer).await {
                Ok(Outcome { received, .. }) => {
                    report.answers += 1;
                    report.entries += received;
                }
                Err(error) if error.kind == Kind::Invalid => {
                    tracing::warn!(%error, path = %path.display(), "passed over");
                }
                Err(error) => return Err(error),
            }
        }
        let request = self.whole_request(&link).await?;
        let body = envelope::close(envelope::STICK, &link.hub()?, &request.body)?;
        let name = format!("{}-{:013}.{END}", self.identity.stream, self.journal.clock().now().wall);
        let folder = stick.join(UP);
        tokio::task::block_in_place(|| write_checked(&folder, &name, &body))?;
        report.written = request.entries;
        report.bytes = body.len() as u64;
        Ok(report)
    }

    fn read_answer(&self, path: &Path) -> Result<Option<(Request, Vec<u8>)>> {
        let Some(content) = envelope::open(envelope::STICK, &self.identity, &read(path)?) else {
            return Ok(None);
        };
        let Some((greeting, answer)) = split(&content) else { return Ok(None) };
        let is_own = messages::read_hello(greeting).is_some_and(|hello| hello.key == self.key());
        Ok(is_own.then(|| (Request::answered(greeting), answer.to_vec())))
    }
}

/// One request that a stick brought to a hub.
pub struct Brought {
    /// The name of the box's stream, as its file says.
    pub name: String,
    /// Its body, out of its envelope.
    pub body: Vec<u8>,
    path: PathBuf,
}

/// All requests on a stick that are for this hub, the oldest of each box first.
///
/// # Errors
/// `sync.stick-fault`.
pub fn brought(hub: &Identity, stick: &Path) -> Result<Vec<Brought>> {
    let mut found = Vec::new();
    for path in files(&stick.join(UP), "")? {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let name = name.split('-').next().unwrap_or_default().to_owned();
        if let Some(body) = envelope::open(envelope::STICK, hub, &read(&path)?) {
            found.push(Brought { name, body, path });
        }
    }
    Ok(found)
}

/// Writes a hub's answer on the stick, in an envelope for the box whose greeting it answers.
///
/// # Errors
/// `sync.stick-fault`.
pub fn bring(stick: &Path, greeting: &[u8], answer: &[u8], now: u64) -> Result<()> {
    let hello = messages::read_hello(greeting);
    let hello = hello.ok_or_else(|| Error::internal("An answer to no greeting was to be written."))?;
    let length = u32::try_from(greeting.len()).unwrap_or(u32::MAX).to_be_bytes();
    let content = [length.as_slice(), greeting, answer].concat();
    let body = envelope::close(envelope::STICK, &hello.key, &content)?;
    let name = format!("{}-{now:013}.{END}", Identity::stream_of(&hello.key));
    write_checked(&stick.join(DOWN), &name, &body)
}

/// Takes a request off the stick that was answered on it: the box writes a newer one at its next visit.
///
/// # Errors
/// `sync.stick-fault`.
pub fn take_off(brought: &Brought) -> Result<()> {
    std::fs::remove_file(&brought.path).map_err(|error| fault(&error))
}

fn split(content: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = content.split_at_checked(4)?;
    rest.split_at_checked(usize::try_from(u32::from_be_bytes(length.try_into().ok()?)).ok()?)
}

/// Our files in a folder whose names begin so, by name; none where there is no such folder.
fn files(folder: &Path, beginning: &str) -> Result<Vec<PathBuf>> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(fault(&error)),
    };
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| fault(&error))?;
        let path = entry.path();
        let is_ours = path.extension().is_some_and(|end| end == END)
            && path
                .file_name()
                .and_then(|name| name.to_str())
                .is_some_and(|name| name.starts_with(beginning));
        if is_ours && entry.metadata().is_ok_and(|facts| facts.is_file() && facts.len() <= LARGEST) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).map_err(|error| fault(&error))
}

/// Writes a file and reads it back before anybody is told to take the stick out.
fn write_checked(folder: &Path, name: &str, bytes: &[u8]) -> Result<()> {
    let write = || -> std::io::Result<bool> {
        std::fs::create_dir_all(folder)?;
        let path = folder.join(name);
        let mut file = File::create(&path)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        // FAT knows no folders to sync; the file is what counts.
        let _ = sync_directory(folder);
        Ok(std::fs::read(&path)? == bytes)
    };
    match write() {
        Ok(true) => Ok(()),
        Ok(false) => Err(fault(&std::io::Error::other("other bytes came back"))),
        Err(error) => Err(fault(&error)),
    }
}

fn fault(error: &std::io::Error) -> Error {
    let sentence = "The stick can't be read or written. Look whether it is full or locked, put it in again, or take another one.";
    Error::new(Kind::Unavailable, "sync.stick-fault", sentence).caused_by(error.to_string())
}
