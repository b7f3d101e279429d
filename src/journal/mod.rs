//! What happened, in the order in which it happened: the truth from which every screen is drawn.
//!
//! The journal is an append-only list of entries, one gap-free stream for each box. Nothing is acknowledged before it is
//! on the disk. Tables that screens read are *views*: folded from entries, rebuilt from them at will. A local change and
//! an entry from another box take the same path, `fold::apply`, so a view must give the same rows whatever the order in which
//! streams arrive. The journal knows no school: what an entry means is the business of the folder that wrote it.

mod anchor;
mod entry;
mod fold;
mod hlc;
mod identity;
mod log;
mod register;
mod stage;
mod store;
mod streams;

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use rusqlite::Connection;
use tokio::sync::broadcast;

pub use anchor::{Anchor, TimeSource};
pub use entry::{Draft, Entry, EntryKind, Position};
pub use hlc::Hlc;
pub use identity::Identity;
pub use log::{Log, first_life, read_log};
pub use register::{Conflict, Edit, FieldEdit, Value, conflicts};
pub use stage::Stage;
pub use streams::{StreamEnd, ends, life_of, run_from};

use crate::clock::{Clock, boot_name};
use crate::db::{Db, GroupEnd, Options, Urgency};
use crate::error::{Error, Result};
use crate::ids::StreamId;
use stage::End;

/// Views fold later once so many entries wait. A fold rewrites about a page for each student at work, so folding often is
/// what would wear the card; screens do not wait for it, they add what is unfolded.
const FOLD_AT: u64 = 512;
/// Commits that a slow listener may lag behind before it must look at the whole again.
pub(crate) const TAIL: usize = 1_024;

/// So many entries are in memory while all are read.
const READ_AT_ONCE: usize = 512;

/// When a view follows its entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Folds {
    /// In the entry's own transaction: for what changes seldom (rosters, packs).
    WithEntry,
    /// A little later, many at once: for what changes with every answer. Who reads it adds what is [`unfolded`].
    Later,
}

/// Tables made from entries.
///
/// Rows must be a function of the set of entries: the same whatever the order in which streams arrive, whatever is
/// folded when. An entry that a view does not understand is none of its business and never an error.
pub trait View: Send + Sync {
    /// The tables that it owns.
    fn tables(&self) -> &'static [&'static str];
    /// When it follows its entries.
    fn folds(&self) -> Folds;
    /// The kinds of entry that it wants.
    fn kinds(&self) -> &'static [EntryKind] {
        &[]
    }
    /// Takes in one entry.
    ///
    /// # Errors
    /// When the database refuses.
    fn fold(&self, _connection: &Connection, _entry: &Entry) -> Result<()> {
        Ok(())
    }
    /// The kinds of thing whose fields it wants; such a view folds with the entry.
    fn entities(&self) -> &'static [&'static str] {
        &[]
    }
    /// Takes in the winning value of a field.
    ///
    /// # Errors
    /// When the database refuses.
    fn field_changed(
        &self,
        _connection: &Connection,
        _entity: &str,
        _id: &[u8],
        _field: &str,
        _value: &Value,
    ) -> Result<()> {
        Ok(())
    }
}

/// The journal of this box.
pub struct Journal {
    db: Db,
    shared: Arc<Shared>,
}

struct Shared {
    stream: StreamId,
    views: Vec<Box<dyn View>>,
    clock: OnceLock<Clock>,
    first_clock: Clock,
    state: Mutex<State>,
    unfolded: AtomicU64,
    tail: broadcast::Sender<Arc<[Entry]>>,
    /// The second copy, where one is kept.
    log: OnceLock<Log>,
}

#[derive(Default)]
struct State {
    end: Option<End>,
    /// Entries of the group that is not committed yet.
    group: Vec<Entry>,
    /// How many entries the group folds into the later views.
    folded: u64,
}

impl Shared {
    fn clock(&self) -> &Clock {
        self.clock.get().unwrap_or(&self.first_clock)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn stage<T>(&self, connection: &Connection, work: impl FnOnce(&mut Stage) -> Result<T>) -> Result<T> {
        let mut held = self.state();
        // Taken out, so that after a panic the end is read anew from the database.
        let mut end = match held.end.take() {
            Some(end) => end,
            None => End::load(connection, self)?,
        };
        let (next_seq, hlc) = (end.next_seq, end.hlc);
        let mut stage =
            Stage { connection, shared: self, end: &mut end, staged: Vec::new(), former_marks: Vec::new() };
        let result = work(&mut stage);
        if result.is_ok() {
            held.group.append(&mut stage.staged);
        } else {
            stage.undo(next_seq, hlc);
        }
        held.end = Some(end);
        result
    }

    fn fold_some(&self, connection: &Connection) -> Result<u64> {
        let folded = fold::fold_some(connection, &self.views)?;
        let mut state = self.state();
        state.folded = state.folded.saturating_add(folded);
        Ok(folded)
    }
}

struct ToldToShared(Arc<Shared>);

impl GroupEnd for ToldToShared {
    fn committed(&mut self) {
        let (group, folded) = {
            let mut state = self.0.state();
            (std::mem::take(&mut state.group), std::mem::take(&mut state.folded))
        };
        // Counted here and not by whoever asked for a fold: they may have hung up. Only this thread counts.
        let waiting = self.0.unfolded.load(Ordering::SeqCst) + group.len() as u64;
        self.0.unfolded.store(waiting.saturating_sub(folded), Ordering::SeqCst);
        if let Some(log) = self.0.log.get() {
            log.append(&group);
        }
        if !group.is_empty() {
            // Nobody may be listening.
            let _ = self.0.tail.send(group.into());
        }
    }

    fn rolled_back(&mut self) {
        *self.0.state() = State::default();
    }
}

impl Journal {
    /// Opens the journal, counts the boot, and folds what was left unfolded.
    ///
    /// # Errors
    /// When the database can't be opened or read.
    pub fn open(
        options: &Options,
        stream: StreamId,
        views: Vec<Box<dyn View>>,
        clock: &Clock,
    ) -> Result<Self> {
        let shared = Arc::new(Shared {
            stream,
            views,
            clock: OnceLock::new(),
            first_clock: clock.clone(),
            state: Mutex::default(),
            unfolded: AtomicU64::new(1),
            tail: broadcast::Sender::new(TAIL),
            log: OnceLock::new(),
        });
        let db = Db::open(options, Box::new(ToldToShared(shared.clone())))?;
        let boot = db.write_blocking(Urgency::Now, |connection| {
            read_epoch(connection)?;
            count_boot(connection)
        })?;
        let starting = shared.clone();
        let floor = db.write_blocking(Urgency::Now, move |connection| {
            starting.stage(connection, |stage| Ok(stage.end.hlc.wall()))
        })?;
        let _ = shared.clock.set(clock.in_boot(boot, floor));
        let journal = Self { db, shared };
        while journal.db.write_blocking(Urgency::Now, journal.fold_step())? > 0 {}
        journal.shared.unfolded.store(0, Ordering::SeqCst);
        Ok(journal)
    }

    /// Keeps a second copy of what is committed from now on, in files of that folder.
    ///
    /// # Errors
    /// When the folder can't be made.
    pub fn keep_log(&self, folder: PathBuf) -> Result<()> {
        let log = Log::open(folder)?;
        let _ = self.shared.log.set(log);
        Ok(())
    }

    /// The second copy, where one is kept.
    pub fn log(&self) -> Option<&Log> {
        self.shared.log.get()
    }

    /// The clock that stamps the entries.
    pub fn clock(&self) -> &Clock {
        self.shared.clock()
    }

    /// The stream that this box writes.
    pub fn stream(&self) -> StreamId {
        self.shared.stream
    }

    /// Runs `work` on the writer thread; answers when all that it appended is on the disk. When `work` fails, nothing of
    /// it stays.
    ///
    /// # Errors
    /// What `work` returns, and those of [`Db::write`].
    pub async fn write<T: Send + 'static>(
        &self,
        urgency: Urgency,
        work: impl FnOnce(&mut Stage) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let shared = self.shared.clone();
        self.db.write(urgency, move |connection| shared.stage(connection, work)).await
    }

    /// As [`Journal::write`], for threads outside the runtime.
    ///
    /// # Errors
    /// As [`Journal::write`].
    pub fn write_blocking<T: Send + 'static>(
        &self,
        urgency: Urgency,
        work: impl FnOnce(&mut Stage) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let shared = self.shared.clone();
        self.db.write_blocking(urgency, move |connection| shared.stage(connection, work))
    }

    /// Takes over a run of another box's entries. Answers with the sequence number that should come next.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn merge(&self, entries: Vec<Entry>) -> Result<u64> {
        self.write(Urgency::Now, move |stage| stage.merge(entries)).await
    }

    /// As [`Journal::merge`], for threads outside the runtime.
    ///
    /// # Errors
    /// As [`Journal::merge`].
    pub fn merge_blocking(&self, entries: Vec<Entry>) -> Result<u64> {
        self.write_blocking(Urgency::Now, move |stage| stage.merge(entries))
    }

    /// Reads views that fold with their entry.
    ///
    /// # Errors
    /// What `work` returns.
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.db.read(work).await
    }

    /// As [`Journal::read`], for threads outside the runtime.
    ///
    /// # Errors
    /// What `work` returns.
    pub fn read_blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.db.read_blocking(work)
    }

    /// Entries as they are committed, group by group. A listener that lags too far behind must look at the whole again.
    pub fn subscribe(&self) -> broadcast::Receiver<Arc<[Entry]>> {
        self.shared.tail.subscribe()
    }

    /// Entries that are not in the later views yet.
    pub fn unfolded(&self) -> u64 {
        self.shared.unfolded.load(Ordering::SeqCst)
    }

    /// Whether enough waits to be worth a fold before its time.
    pub fn is_fold_due(&self) -> bool {
        self.unfolded() >= FOLD_AT
    }

    /// Folds what waits into the later views.
    ///
    /// # Errors
    /// When the database refuses; what was folded stays, the rest is folded next time.
    pub async fn fold(&self, urgency: Urgency) -> Result<()> {
        loop {
            let folded = self.db.write(urgency, self.fold_step()).await?;
            if folded == 0 || self.unfolded() == 0 {
                return Ok(());
            }
        }
    }

    /// Throws all views away and makes them anew from the entries.
    ///
    /// # Errors
    /// When the database refuses; then the old views stay.
    pub fn rebuild(&self) -> Result<u64> {
        let shared = self.shared.clone();
        self.db.write_blocking(Urgency::Now, move |connection| {
            let count = fold::rebuild(connection, &shared.views)?;
            shared.state().folded = u64::MAX; // all that there is
            Ok(count)
        })
    }

    /// All views as readable text: equal text means equal views.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn dump_views(&self) -> Result<String> {
        let shared = self.shared.clone();
        self.db.write_blocking(Urgency::Now, move |connection| {
            while shared.fold_some(connection)? > 0 {}
            fold::all_tables(&shared.views).iter().map(|table| store::dump(connection, table)).collect()
        })
    }

    /// How many entries all streams hold.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn count(&self) -> Result<u64> {
        self.read(store::count).await
    }

    fn fold_step(&self) -> impl FnOnce(&Connection) -> Result<u64> + Send + use<> {
        let shared = self.shared.clone();
        move |connection| shared.fold_some(connection)
    }
}

/// The entries that the later views do not hold yet, in the one picture of the data that `connection` shows.
///
/// # Errors
/// When the database refuses.
pub fn unfolded(connection: &Connection) -> Result<Vec<Entry>> {
    let streams = store::streams(connection)?;
    let waiting = streams
        .iter()
        .map(|stream| store::entries_after(connection, stream, stream.folded, usize::MAX))
        .collect::<Result<Vec<_>>>()?;
    Ok(waiting.concat())
}

/// One entry, by its position.
///
/// # Errors
/// When the database refuses.
pub fn find(connection: &Connection, position: Position) -> Result<Option<Entry>> {
    Ok(find_all(connection, &[position])?.pop())
}

/// The entries at some positions, as far as they are here, in the order of the positions.
///
/// # Errors
/// When the database refuses.
pub fn find_all(connection: &Connection, positions: &[Position]) -> Result<Vec<Entry>> {
    let streams = store::streams(connection)?;
    let mut found = Vec::with_capacity(positions.len());
    for position in positions {
        let is_its =
            |known: &&store::KnownStream| (known.stream, known.epoch) == (position.stream, position.epoch);
        if let Some(stream) = streams.iter().find(is_its) {
            found.extend(store::entry_at(connection, stream, position.seq)?);
        }
    }
    Ok(found)
}

/// Every entry, stream by stream, for whoever reads all of them; only some are in memory at a time.
///
/// # Errors
/// When the database refuses.
pub fn each(connection: &Connection, mut take: impl FnMut(&Entry)) -> Result<()> {
    for stream in store::streams(connection)? {
        let mut after = 0;
        loop {
            let entries = store::entries_after(connection, &stream, after, READ_AT_ONCE)?;
            let Some(last) = entries.last() else { break };
            after = last.position.seq;
            entries.iter().for_each(&mut take);
        }
    }
    Ok(())
}

/// The newest entries of each stream, at most `limit` of each, oldest first by their stamps.
///
/// # Errors
/// When the database refuses.
pub fn newest(connection: &Connection, limit: u64) -> Result<Vec<Entry>> {
    let mut found = Vec::new();
    for stream in store::streams(connection)? {
        let next = store::next_seq(connection, stream.number)?;
        let after = next.saturating_sub(limit.saturating_add(1));
        found.append(&mut store::entries_after(connection, &stream, after, usize::MAX)?);
    }
    found.sort_by_key(|entry| (entry.hlc, entry.position));
    Ok(found)
}

/// The life of this database: 32 bits of count, 32 random bits, so that a restored copy never reuses a number.
fn read_epoch(connection: &Connection) -> Result<u64> {
    if let Some(bytes) = store::read_meta(connection, "epoch")? {
        let bytes = bytes.try_into().map_err(|_| Error::internal("The epoch is damaged."))?;
        return Ok(u64::from_be_bytes(bytes));
    }
    let epoch = streams::epoch_after(0)?;
    store::write_meta(connection, "epoch", &epoch.to_be_bytes())?;
    Ok(epoch)
}

/// The number of this boot; a restart of the program alone does not count.
fn count_boot(connection: &Connection) -> Result<u32> {
    let name = boot_name();
    let last = store::read_meta(connection, "boot")?
        .and_then(|bytes| bytes.try_into().ok())
        .map_or(0, u32::from_be_bytes);
    if last > 0 && store::read_meta(connection, "boot-name")?.as_deref() == Some(name.as_bytes()) {
        return Ok(last);
    }
    store::write_meta(connection, "boot-name", name.as_bytes())?;
    store::write_meta(connection, "boot", &(last + 1).to_be_bytes())?;
    Ok(last + 1)
}

#[cfg(test)]
mod tests;
