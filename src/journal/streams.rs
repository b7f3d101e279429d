//! Whole streams, for whoever carries them to other boxes: how far each is, runs of it, and a new life for our own.

use rusqlite::Connection;

use super::entry::{Entry, Position};
use super::{Journal, store};
use crate::db::Urgency;
use crate::error::Result;
use crate::ids::{StreamId, random_bytes};

/// How far a stream is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StreamEnd {
    /// Whose.
    pub stream: StreamId,
    /// Which life of that box.
    pub epoch: u64,
    /// The number that comes next.
    pub next: u64,
}

/// All streams here, and how far each is.
///
/// # Errors
/// When the database refuses.
pub fn ends(connection: &Connection) -> Result<Vec<StreamEnd>> {
    let streams = store::streams(connection)?;
    let end = |of: &store::KnownStream| {
        let next = store::next_seq(connection, of.number)?;
        Ok(StreamEnd { stream: of.stream, epoch: of.epoch, next })
    };
    streams.iter().map(end).collect()
}

/// Up to `limit` entries of a stream from number `from` on.
///
/// # Errors
/// When the database refuses.
pub fn run_from(
    connection: &Connection,
    (stream, epoch): (StreamId, u64),
    from: u64,
    limit: usize,
) -> Result<Vec<Entry>> {
    let streams = store::streams(connection)?;
    let of = streams.iter().find(|known| (known.stream, known.epoch) == (stream, epoch));
    let Some(of) = of else { return Ok(Vec::new()) };
    store::entries_after(connection, of, from.saturating_sub(1), limit)
}

/// The life in which a database was written last.
///
/// # Errors
/// When the database refuses.
pub fn life_of(connection: &Connection) -> Result<u64> {
    let bytes = store::read_meta(connection, "epoch")?.and_then(|bytes| bytes.try_into().ok());
    Ok(bytes.map_or(0, u64::from_be_bytes))
}

/// A life of a box that comes after the one `before`: 32 bits of count, 32 random bits.
pub(super) fn epoch_after(before: u64) -> Result<u64> {
    let count = (before >> 32).saturating_add(1).min(u64::from(u32::MAX));
    Ok(count << 32 | u64::from(u32::from_be_bytes(random_bytes()?)))
}

impl Journal {
    /// The life of this box in which it writes now.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn epoch(&self) -> Result<u64> {
        self.write(Urgency::Soon, |stage| Ok(stage.end.epoch)).await
    }

    /// Begins a new life of this box, because what it wrote from `from` on in its present one is not what others hold under these
    /// numbers: it was restored from an older copy, or another box writes with its key. Those entries go over into the new life;
    /// what others hold may then be merged in. Answers the new epoch.
    ///
    /// # Errors
    /// When the database refuses; then nothing changes.
    pub async fn begin_epoch(&self, from: u64) -> Result<u64> {
        let begun = self.db.write(Urgency::Now, self.epoch_step(from)).await?;
        Ok(self.go_on_in(begun))
    }

    /// As [`Journal::begin_epoch`], for threads outside the runtime.
    ///
    /// # Errors
    /// As [`Journal::begin_epoch`].
    pub fn begin_epoch_blocking(&self, from: u64) -> Result<u64> {
        let begun = self.db.write_blocking(Urgency::Now, self.epoch_step(from))?;
        Ok(self.go_on_in(begun))
    }

    /// The second copy holds entries under numbers that are others' now, if any went over.
    fn go_on_in(&self, (epoch, moved): (u64, Vec<Entry>)) -> u64 {
        if let Some(log) = self.log().filter(|_| !moved.is_empty())
            && let Err(error) = log.renew(epoch, &moved)
        {
            tracing::warn!(%error, "the second copy could not begin anew");
        }
        epoch
    }

    fn epoch_step(&self, from: u64) -> impl FnOnce(&Connection) -> Result<(u64, Vec<Entry>)> + Send + use<> {
        let shared = self.shared.clone();
        move |connection| {
            let before = super::read_epoch(connection)?;
            let epoch = epoch_after(before)?;
            store::write_meta(connection, "epoch", &epoch.to_be_bytes())?;
            let old = store::stream_number(connection, shared.stream, before)?;
            let new = store::stream_number(connection, shared.stream, epoch)?;
            let of = store::KnownStream { number: old, stream: shared.stream, epoch: before, folded: 0 };
            let moved = store::entries_after(connection, &of, from.saturating_sub(1), usize::MAX)?;
            store::delete_from(connection, old, from)?;
            let renumber = |(seq, entry)| {
                let position = Position { stream: shared.stream, epoch, seq };
                Entry { position, ..entry }
            };
            let moved: Vec<Entry> = (1..).zip(moved).map(renumber).collect();
            for entry in &moved {
                store::insert(connection, new, entry)?;
            }
            // Views hold positions; and of an entry that was folded under its old one nothing may stay.
            super::fold::rebuild(connection, &shared.views)?;
            let mut state = shared.state();
            state.end = None;
            state.folded = u64::MAX;
            Ok((epoch, moved))
        }
    }
}
