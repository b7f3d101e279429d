//! A disk in memory with a cache that forgets: the model of what a power cut leaves behind.
//!
//! Writes that no sync has covered when the power goes are each kept, dropped, or torn at sector boundaries,
//! independently of their order. A file's creation or deletion that no directory sync has covered may be undone.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

/// What a device writes at once.
const SECTOR: usize = 512;

/// A small repeatable generator (`SplitMix64`): a failing seed must fail again.
#[derive(Clone, Default)]
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }

    pub(crate) fn coin(&mut self) -> bool {
        self.below(2) == 0
    }
}

#[derive(Clone)]
enum Change {
    Write(usize, Vec<u8>),
    Truncate(usize),
}

impl Change {
    fn apply(&self, bytes: &mut Vec<u8>) {
        match self {
            Self::Write(at, new) => {
                if bytes.len() < at + new.len() {
                    bytes.resize(at + new.len(), 0);
                }
                bytes[*at..at + new.len()].copy_from_slice(new);
            }
            Self::Truncate(length) => bytes.resize(*length, 0),
        }
    }

    /// What of it reaches the medium when the power goes before its sync.
    fn land(&self, bytes: &mut Vec<u8>, chance: &mut Chance) {
        match (self, chance.below(3)) {
            (_, 0) => {}
            (Self::Truncate(_), _) | (_, 1) => self.apply(bytes),
            (Self::Write(at, new), _) => {
                let mut done = 0;
                while done < new.len() {
                    let step = (SECTOR - (at + done) % SECTOR).min(new.len() - done);
                    if chance.coin() {
                        Self::Write(at + done, new[done..done + step].to_vec()).apply(bytes);
                    }
                    done += step;
                }
            }
        }
    }
}

/// One file: what programs see, what the medium holds, and what lies between.
#[derive(Clone, Default)]
struct File {
    seen: Vec<u8>,
    medium: Vec<u8>,
    unsynced: Vec<Change>,
    name_synced: bool,
    deleted_unsynced: bool,
}

#[derive(Clone, Default)]
pub(crate) struct Disk {
    files: BTreeMap<String, File>,
    /// Shared memory of the WAL index, by file; lost at every cut.
    pub(crate) shared: BTreeMap<String, Vec<Box<[u64]>>>,
    operations: u64,
    cut_at: Option<u64>,
    pub(crate) dead: bool,
    chance: Chance,
}

/// The one disk of this process.
pub(crate) fn disk() -> MutexGuard<'static, Disk> {
    static DISK: OnceLock<Mutex<Disk>> = OnceLock::new();
    DISK.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner)
}

/// The power is off.
pub(crate) struct Dead;

impl Disk {
    /// Becomes a copy of `image`, with its own chances.
    pub(crate) fn become_copy(&mut self, image: &Self, seed: u64) {
        *self = image.clone();
        self.chance = Chance(seed);
    }

    /// The power goes at the `after`-th change from now.
    pub(crate) fn cut_after(&mut self, after: u64) {
        self.cut_at = Some(self.operations + after);
    }

    /// Cuts the power if it is still on, and starts again with what the medium holds.
    pub(crate) fn reboot(&mut self) {
        let mut kept = BTreeMap::new();
        for (name, file) in std::mem::take(&mut self.files) {
            if (!file.name_synced && self.chance.coin()) || (file.deleted_unsynced && self.chance.coin()) {
                continue;
            }
            let mut medium = file.medium;
            for change in &file.unsynced {
                change.land(&mut medium, &mut self.chance);
            }
            let seen = medium.clone();
            kept.insert(name, File { seen, medium, name_synced: true, ..File::default() });
        }
        *self = Self { files: kept, chance: self.chance.clone(), ..Self::default() };
    }

    /// Counts a change; the power may go with it.
    fn tick(&mut self) -> Result<(), Dead> {
        if self.dead {
            return Err(Dead);
        }
        self.operations += 1;
        self.dead = self.cut_at.is_some_and(|at| self.operations >= at);
        if self.dead { Err(Dead) } else { Ok(()) }
    }

    pub(crate) fn exists(&self, name: &str) -> bool {
        self.files.get(name).is_some_and(|file| !file.deleted_unsynced)
    }

    pub(crate) fn create(&mut self, name: &str) {
        if !self.exists(name) {
            self.files.insert(name.to_owned(), File::default());
        }
    }

    /// Fills `into` from `at`; the rest with zeros. Answers how many bytes there were.
    pub(crate) fn read(&self, name: &str, at: usize, into: &mut [u8]) -> usize {
        let seen = self.files.get(name).map_or(&[][..], |file| &file.seen);
        let have = seen.len().saturating_sub(at).min(into.len());
        if have > 0 {
            into[..have].copy_from_slice(&seen[at..at + have]);
        }
        into[have..].fill(0);
        have
    }

    pub(crate) fn write(&mut self, name: &str, at: usize, bytes: &[u8]) -> Result<(), Dead> {
        self.change(name, Change::Write(at, bytes.to_vec()))
    }

    pub(crate) fn truncate(&mut self, name: &str, length: usize) -> Result<(), Dead> {
        self.change(name, Change::Truncate(length))
    }

    fn change(&mut self, name: &str, change: Change) -> Result<(), Dead> {
        if self.dead {
            return Err(Dead);
        }
        let ticked = self.tick();
        if let Some(file) = self.files.get_mut(name) {
            if ticked.is_ok() {
                change.apply(&mut file.seen);
            }
            // The write under way when the power goes may itself land, or land in part.
            file.unsynced.push(change);
        }
        ticked
    }

    pub(crate) fn sync(&mut self, name: &str) -> Result<(), Dead> {
        self.tick()?;
        let Some(file) = self.files.get_mut(name) else { return Ok(()) };
        for change in std::mem::take(&mut file.unsynced) {
            change.apply(&mut file.medium);
        }
        if !std::mem::replace(&mut file.name_synced, true) {
            // SQLite syncs the directory with a new file's first sync; earlier deletions become final with it.
            self.files.retain(|_, file| !file.deleted_unsynced);
        }
        Ok(())
    }

    pub(crate) fn delete(&mut self, name: &str, sync_directory: bool) -> Result<(), Dead> {
        self.tick()?;
        if sync_directory {
            self.files.remove(name);
        } else if let Some(file) = self.files.get_mut(name) {
            file.deleted_unsynced = true;
        }
        Ok(())
    }

    pub(crate) fn length(&self, name: &str) -> usize {
        self.files.get(name).map_or(0, |file| file.seen.len())
    }

    pub(crate) fn random(&mut self, into: &mut [u8]) {
        for byte in into {
            *byte = u8::try_from(self.chance.below(256)).unwrap_or(0);
        }
    }
}
