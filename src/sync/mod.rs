//! What one box knows and another needs: segments of the journal over a line, the school's own network or a stick.
//!
//! A stream is a chain of sealed segments (`segment/`), which lie as files beside the database (`chains`). A round with a hub
//! (`round`) says how far each stream is on both sides and carries what is missing. Nothing is sent before it is on the disk, and
//! nothing depends on what was sent before: whoever lost something is sent it again.

mod boxes;
mod chains;
mod envelope;
pub mod exchange;
mod line;
mod link;
mod packs;
mod recover;
mod round;
mod routes;
pub mod segment;
mod service;
pub mod stick;

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

pub use boxes::{BoxesView, Found, KnownBox, introduced};
pub use chains::{Chains, Life, Mark};
pub use link::Link;
pub use round::{Outcome, Request};
pub use routes::{between_boxes, routes};
pub use service::{SyncReport, SyncStatus};

use crate::error::Result;
use crate::files::DataDir;
use crate::journal::{self, Identity, Journal, StreamEnd};
use line::Line;
use round::State;
use segment::{MOST_ENTRIES, SchoolKey, Segment};

/// Carries this box's journal to others, and theirs here.
pub struct Sync {
    journal: Arc<Journal>,
    identity: Identity,
    /// The key of the school; a new box gets it from another one.
    school: RwLock<SchoolKey>,
    chains: Chains,
    data: DataDir,
    /// What is known of each partner, by its key.
    talks: tokio::sync::Mutex<BTreeMap<[u8; 32], State>>,
    /// Held while a sync is under way.
    running: tokio::sync::Mutex<()>,
    /// Held while segments are taken in.
    merging: tokio::sync::Mutex<()>,
    boxes: boxes::Heard,
    line: Arc<Line>,
}

impl Sync {
    /// Over a journal and its data directory.
    ///
    /// # Errors
    /// When keys or segments can't be read.
    pub fn open(journal: Arc<Journal>, data: &DataDir) -> Result<Self> {
        Ok(Self {
            journal,
            identity: Identity::load(data)?,
            school: RwLock::new(SchoolKey::new(data.secret("school.key")?)),
            chains: Chains::open(data.segments())?,
            data: data.clone(),
            talks: tokio::sync::Mutex::default(),
            running: tokio::sync::Mutex::default(),
            merging: tokio::sync::Mutex::default(),
            boxes: boxes::Heard::default(),
            line: Arc::default(),
        })
    }

    /// The box's public key.
    pub fn key(&self) -> [u8; 32] {
        self.identity.key.verifying_key().to_bytes()
    }

    fn school(&self) -> SchoolKey {
        self.school.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The segments here.
    pub fn chains(&self) -> &Chains {
        &self.chains
    }

    /// How many entries of this box no hub has acknowledged yet; all of them before the first round.
    ///
    /// # Errors
    /// When the journal can't be read.
    pub async fn waiting(&self) -> Result<u64> {
        let life = (self.journal.stream(), self.journal.epoch().await?);
        let end = self.end_of(life).await?;
        let hub = self.link()?.map(|link| link.hub()).transpose()?;
        let talks = self.talks.lock().await;
        let acked = hub.and_then(|hub| talks.get(&hub)?.acked(life)).unwrap_or(1);
        Ok(end.saturating_sub(acked))
    }

    /// Seals what this box wrote since the last segment.
    ///
    /// # Errors
    /// When the journal can't be read, or the disk refuses.
    pub async fn seal(&self) -> Result<()> {
        self.recover().await?;
        let life = (self.journal.stream(), self.journal.epoch().await?);
        let school = self.school();
        loop {
            let mark = self.chains.mark(life)?;
            let read = self
                .journal
                .read(move |connection| journal::run_from(connection, life, mark.next, MOST_ENTRIES));
            let entries = read.await?;
            if entries.is_empty() {
                return Ok(());
            }
            // Sealing takes a tenth of a second on a small board; lessons go on meanwhile.
            let seal = || Segment::seal(&self.identity, &school, mark.hash, &entries);
            let segment = tokio::task::block_in_place(seal)?;
            self.chains.keep(&segment)?;
        }
    }

    /// The number that comes next in a stream, by the journal.
    async fn end_of(&self, life: Life) -> Result<u64> {
        let ends = self.journal.read(journal::ends).await?;
        let end = |end: &&StreamEnd| (end.stream, end.epoch) == life;
        Ok(ends.iter().find(end).map_or(1, |end| end.next))
    }
}

#[cfg(test)]
mod examples;
#[cfg(test)]
mod tests;
