//! Who may wait for the card, and what with.
//!
//! A card reads one thing at a time, so more waiting readers only make each wait longer. An answer that needs the card
//! takes a lane for one step and gives it back before the bytes go out: a tablet that stops reading holds none. Long
//! answers, which are videos, may not take them all, so a page is never behind more than a few steps of a video, however
//! many tablets play one.

use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use tokio::sync::{AcquireError, OwnedSemaphorePermit, Semaphore};

use crate::packs::warm::STEP;

/// Reads of the card at one time.
const LANES: usize = 4;
/// How many of them long answers may take.
const LONG: usize = 3;
/// Rooms for a step that are kept for the next one.
const KEPT: usize = 16;

/// The lanes of a server, and rooms for what comes through them.
pub(super) struct Lanes {
    all: Arc<Semaphore>,
    long: Arc<Semaphore>,
    rooms: Mutex<Vec<Box<[u8]>>>,
}

/// A lane, given back with its value.
pub(super) struct Lane {
    _own: OwnedSemaphorePermit,
    _long: Option<OwnedSemaphorePermit>,
}

impl Lanes {
    pub(super) fn new() -> Self {
        let semaphore = |places| Arc::new(Semaphore::new(places));
        Self { all: semaphore(LANES), long: semaphore(LONG), rooms: Mutex::default() }
    }

    /// Waits for a lane. Those that wait come in turn.
    ///
    /// # Errors
    /// Never while the server runs.
    pub(super) async fn take(&self, is_long: bool) -> Result<Lane, AcquireError> {
        let long = if is_long { Some(self.long.clone().acquire_owned().await?) } else { None };
        Ok(Lane { _own: self.all.clone().acquire_owned().await?, _long: long })
    }

    /// Lanes that nobody holds, all of them and those for long answers.
    #[cfg(test)]
    pub(super) fn free(&self) -> (usize, usize) {
        (self.all.available_permits(), self.long.available_permits())
    }

    /// Room for a step. Rooms are used again: the system would clear new ones page by page, which takes longer than
    /// reading into them (measured: 2.6 times the processor time for a part of 1 MiB).
    pub(super) fn room(self: &Arc<Self>) -> Room {
        let kept = self.rooms.lock().unwrap_or_else(PoisonError::into_inner).pop();
        Room { bytes: kept.unwrap_or_else(|| vec![0; STEP].into()), length: 0, lanes: self.clone() }
    }
}

/// Room for the bytes of one step.
pub(super) struct Room {
    /// All of it.
    pub(super) bytes: Box<[u8]>,
    length: usize,
    lanes: Arc<Lanes>,
}

impl Room {
    /// Its first `length` bytes, on their way.
    pub(super) fn send(mut self, length: usize) -> Bytes {
        self.length = length;
        Bytes::from_owner(self)
    }
}

impl AsRef<[u8]> for Room {
    fn as_ref(&self) -> &[u8] {
        &self.bytes[..self.length]
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        let mut rooms = self.lanes.rooms.lock().unwrap_or_else(PoisonError::into_inner);
        if rooms.len() < KEPT {
            rooms.push(std::mem::take(&mut self.bytes));
        }
    }
}
