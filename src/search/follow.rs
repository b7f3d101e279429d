//! The thread that keeps the index level with what is installed.
//!
//! It works in small steps, so that a stop never waits, and gives way to everything else on the machine. A pack counts
//! only when all of it was read: what a broken-off round left is thrown away, and the pack is read anew.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::sync::watch;

use super::ResultKind;
use super::gather::{self, Resource};
use super::rules::SHORTEST_MISSPELT;
use super::store::{self, Row};
use super::words::folded;
use crate::db::{Db, Options, Urgency, give_way};
use crate::error::{Error, Result};
use crate::packs::{Course, Packs};

/// Resources that are read and written in one step, a few milliseconds of work.
const STEP: usize = 64;
/// Resources that are taken out in one step.
const CLEARED: u32 = 512;
/// After a fault, such as a full disk, the next try comes after so long when nothing happens before.
const TRY_AGAIN: Duration = Duration::from_secs(600);

/// What the index holds.
#[derive(Debug, Default)]
pub(super) struct Catalogue {
    /// By the SHA-256 of the pack.
    pub(super) packs: BTreeMap<String, Pack>,
}

/// A pack that was read.
#[derive(Debug)]
pub(super) struct Pack {
    pub(super) number: i64,
    /// What there is in it, and whether only staff may find it.
    pub(super) kinds: Vec<(ResultKind, bool)>,
}

#[derive(Default)]
struct Shared {
    db: OnceLock<Arc<Db>>,
    catalogue: RwLock<Arc<Catalogue>>,
    stop: AtomicBool,
}

/// Follows what is installed; ends with its value.
pub(super) struct Follower {
    packs: Arc<Packs>,
    shared: Arc<Shared>,
    level: watch::Receiver<bool>,
    wake: SyncSender<()>,
    thread: Option<JoinHandle<()>>,
}

impl Follower {
    pub(super) fn start(packs: Arc<Packs>, options: Options) -> Result<Self> {
        let shared = Arc::new(Shared::default());
        let (wake, woken) = sync_channel(1);
        packs.tell_of_changes(wake.clone());
        let (say_level, level) = watch::channel(false);
        let work = Work { packs: packs.clone(), options, shared: shared.clone(), say_level };
        let thread = std::thread::Builder::new().name("search".into()).spawn(move || work.run(&woken))?;
        Ok(Self { packs, shared, level, wake, thread: Some(thread) })
    }

    /// The index, once it is open.
    pub(super) fn db(&self) -> Option<Arc<Db>> {
        self.shared.db.get().cloned()
    }

    pub(super) fn catalogue(&self) -> Arc<Catalogue> {
        self.shared.catalogue.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits until the index holds what is installed, and nothing else.
    pub(super) async fn ready(&self) {
        let mut level = self.level.clone();
        loop {
            let is_level = *level.borrow_and_update();
            let installed: BTreeSet<String> =
                self.packs.courses().iter().map(|course| course.hash.clone()).collect();
            if is_level && self.catalogue().packs.keys().eq(&installed) {
                return;
            }
            // An error means that the thread has ended, and with it the waiting.
            if level.changed().await.is_err() {
                return;
            }
        }
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::Relaxed);
        // A full channel wakes it as well.
        let _ = self.wake.try_send(());
        if let Some(thread) = self.thread.take() {
            // A panic there was logged already.
            let _ = thread.join();
        }
    }
}

struct Work {
    packs: Arc<Packs>,
    options: Options,
    shared: Arc<Shared>,
    say_level: watch::Sender<bool>,
}

/// How a round ended.
#[derive(PartialEq, Eq)]
enum Round {
    /// The index holds what is installed.
    Level,
    /// The program stops.
    Stopped,
}

impl Work {
    fn run(self, woken: &Receiver<()>) {
        give_way();
        loop {
            let round = self.open().and_then(|db| self.level(&db));
            match round {
                Ok(Round::Stopped) => return,
                Ok(Round::Level) if woken.recv().is_err() => return,
                Ok(Round::Level) => {}
                Err(error) => {
                    tracing::error!(%error, "the packs can't be read for the search; this is tried again");
                    // Whether a word came or the time is over: it is tried again.
                    let _ = woken.recv_timeout(TRY_AGAIN);
                }
            }
            if self.stops() {
                return;
            }
            self.say_level.send_replace(false);
        }
    }

    fn stops(&self) -> bool {
        self.shared.stop.load(Ordering::Relaxed)
    }

    fn open(&self) -> Result<Arc<Db>> {
        if let Some(db) = self.shared.db.get() {
            return Ok(db.clone());
        }
        let db = Arc::new(Db::open_or_renew(&self.options)?);
        self.publish(&db)?;
        Ok(self.shared.db.get_or_init(|| db).clone())
    }

    /// Takes out what is not installed any more, and reads what is new.
    fn level(&self, db: &Db) -> Result<Round> {
        let mut changed = false;
        loop {
            let courses = self.packs.courses();
            let current: BTreeSet<&str> = courses.iter().map(|course| course.hash.as_str()).collect();
            let known = db.read_blocking(store::packs)?;
            let is_good = |pack: &store::Indexed| pack.whole && current.contains(pack.hash.as_str());
            if let Some(stray) = known.iter().find(|pack| !is_good(pack)) {
                changed = true;
                self.forget(db, stray)?;
            } else if let Some(course) =
                courses.iter().find(|course| known.iter().all(|pack| pack.hash != course.hash))
            {
                changed = true;
                self.read(db, course)?;
                self.publish(db)?;
            } else {
                if changed {
                    db.write_blocking(Urgency::Soon, |connection| {
                        store::renew_words(connection, SHORTEST_MISSPELT)
                    })?;
                }
                self.publish(db)?;
                self.say_level.send_replace(true);
                return Ok(Round::Level);
            }
            if self.stops() {
                return Ok(Round::Stopped);
            }
        }
    }

    fn forget(&self, db: &Db, pack: &store::Indexed) -> Result<()> {
        let number = pack.number;
        while !self.stops() {
            let done = db
                .write_blocking(Urgency::Soon, move |connection| store::clear(connection, number, CLEARED))?;
            if done {
                break;
            }
        }
        Ok(())
    }

    /// Reads a pack, and leaves it unfinished when it is taken away meanwhile or the program stops.
    fn read(&self, db: &Db, course: &Arc<Course>) -> Result<()> {
        let hash = course.hash.clone();
        let number = db.write_blocking(Urgency::Soon, move |connection| store::begin(connection, &hash))?;
        let resources = gather::resources(course);
        let count = resources.len();
        let mut resources = resources.into_iter().enumerate().peekable();
        while resources.peek().is_some() {
            let is_current = self.packs.course(&course.id).is_some_and(|now| now.hash == course.hash);
            if self.stops() || !is_current {
                return Ok(());
            }
            let step = resources.by_ref().take(STEP);
            let rows: Vec<Row> = step.filter_map(|(place, one)| self.row(course, place, one)).collect();
            db.write_blocking(Urgency::Soon, move |connection| store::add(connection, number, &rows))?;
        }
        db.write_blocking(Urgency::Soon, move |connection| store::finish(connection, number))?;
        tracing::info!(pack = course.id, resources = count, "a pack was read for the search");
        Ok(())
    }

    /// The words of a resource; `None` when it has none. A file that can't be read costs its words and nothing else.
    fn row(&self, course: &Course, place: usize, resource: Resource) -> Option<Row> {
        let told = gather::read(&self.packs, course, &resource, &course.language).unwrap_or_else(
            |error: Error| {
                tracing::warn!(pack = course.id, %error, "a part of a pack can't be read for the search");
                None
            },
        )?;
        let title = if told.own_title { folded(&told.title) } else { String::new() };
        let body = folded(&told.text);
        (!title.is_empty() || !body.is_empty()).then_some(Row { place, resource, title, body })
    }

    /// Lets searches see what is there.
    fn publish(&self, db: &Db) -> Result<()> {
        let (known, mut kinds) =
            db.read_blocking(|connection| Ok((store::packs(connection)?, store::kinds(connection)?)))?;
        let whole = known.into_iter().filter(|pack| pack.whole);
        let packs = whole
            .map(|pack| {
                let kinds = kinds.remove(&pack.number).unwrap_or_default();
                (pack.hash, Pack { number: pack.number, kinds })
            })
            .collect();
        *self.shared.catalogue.write().unwrap_or_else(PoisonError::into_inner) =
            Arc::new(Catalogue { packs });
        Ok(())
    }
}
