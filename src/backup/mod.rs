//! That nothing is ever lost: a second copy of what was committed, a daily copy of the database, backups on sticks, and what is done at the start
//! when the database is found damaged.

mod archive;
mod code;
mod file;
mod repair;
mod restore;
pub mod routes;
mod rules;
mod sealed;
mod snapshot;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use repair::{Repair, open_journal};
pub use restore::{restore, verify, verify_here};

use crate::db::{self, Options};
use crate::error::{Error, Kind, Result};
use crate::files::{DataDir, remove_if_there, write_atomically};
use crate::ids::{random_bytes, to_hex};
use crate::journal::{Journal, Log};
use crate::sync::Sync;

/// What the last backup on a stick was.
const FILE: &str = "backup.json";
/// The folder on a stick into which the box writes backups by itself.
pub const FOLDER: &str = "schoolhouse-backup";
/// So many entries of the second copy are sealed without waiting for the day's end: reading them at a start takes a moment.
const MOST_IN_LOG: u64 = 4_000;
/// The secret behind the recovery code.
const SECRET: &str = "recovery.key";

/// Keeps copies of the school's data.
pub struct Backup {
    journal: Arc<Journal>,
    sync: Arc<Sync>,
    data: DataDir,
    /// Held while a copy is made.
    making: tokio::sync::Mutex<()>,
    /// Raised when the database was found damaged while it was in use.
    damaged: AtomicBool,
}

/// A backup on a stick.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StickBackup {
    /// When, in milliseconds since 1970.
    pub at: u64,
    /// What people know the stick by.
    pub stick: String,
    /// Bytes of the file.
    pub bytes: u64,
}

/// How it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BackupStatus {
    /// The newest copy on the box itself that was looked over, in milliseconds since 1970.
    #[schema(required)]
    pub copy: Option<u64>,
    /// The last one on a stick.
    #[schema(required)]
    pub stick: Option<StickBackup>,
    /// What opens backups when the box is gone: 26 letters and digits.
    pub code: String,
    /// Whether the database was found damaged and the box must be started anew, which repairs it.
    pub damaged: bool,
}

impl Backup {
    /// Over a journal and its data directory.
    pub fn new(journal: Arc<Journal>, sync: Arc<Sync>, data: DataDir) -> Self {
        Self { journal, sync, data, making: tokio::sync::Mutex::default(), damaged: AtomicBool::new(false) }
    }

    /// How it stands.
    ///
    /// # Errors
    /// When the disk can't be read.
    pub fn status(&self) -> Result<BackupStatus> {
        Ok(BackupStatus {
            copy: self.last_copy()?,
            stick: self.last_stick(),
            code: code::write(&self.data.secret(SECRET)?),
            damaged: self.is_damaged(),
        })
    }

    /// When the newest copy was made that was looked over, in milliseconds since 1970.
    ///
    /// # Errors
    /// When the disk can't be read.
    pub fn last_copy(&self) -> Result<Option<u64>> {
        Ok(snapshot::all(&self.data)?.first().map(|copy| copy.at))
    }

    /// The last backup on a stick.
    pub fn last_stick(&self) -> Option<StickBackup> {
        fs::read(self.data.path().join(FILE)).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok())
    }

    /// Whether the database was found damaged while it was in use.
    pub fn is_damaged(&self) -> bool {
        self.damaged.load(Ordering::SeqCst)
    }

    /// What was found and done at an earlier start, until somebody has read it.
    ///
    /// # Errors
    /// When the disk can't be read.
    pub fn repaired(&self) -> Result<Option<Repair>> {
        repair::report(&self.data)
    }

    /// Somebody has read what was done.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn forget_repaired(&self) -> Result<()> {
        repair::forget_report(&self.data)
    }

    /// Makes the daily copy when it is due; answers whether it was.
    ///
    /// # Errors
    /// `backup.no-room`; `box.data-damaged`, which the next start repairs; when the disk refuses.
    pub async fn copy_when_due(&self) -> Result<bool> {
        if !rules::is_due(self.last_copy()?, self.now()) {
            return Ok(false);
        }
        self.copy().await?;
        Ok(true)
    }

    /// Seals what is new, makes a copy on the box, and clears the second copy of what both hold.
    ///
    /// # Errors
    /// As [`Backup::copy_when_due`].
    pub async fn copy(&self) -> Result<()> {
        let _making = self.making.lock().await;
        self.clear_log().await?;
        let (data, now) = (self.data.clone(), self.now());
        let made = tokio::task::spawn_blocking(move || snapshot::make(&data, now).map(drop));
        self.note_damage(made.await.map_err(broke_off)?)
    }

    /// Sees to it that a power cut takes nothing more from the second copy, and seals it when it has grown long.
    ///
    /// # Errors
    /// When the journal can't be read, or the disk refuses.
    pub async fn tend_log(&self) -> Result<()> {
        let journal = self.journal.clone();
        let synced = tokio::task::spawn_blocking(move || journal.log().map_or(Ok(()), Log::sync));
        let synced = synced.await.map_err(broke_off)?;
        if self.journal.log().is_some_and(|log| log.count() > MOST_IN_LOG) {
            self.clear_log().await?;
        }
        synced
    }

    /// Seals what this box wrote, and takes the files of the second copy away that hold nothing else.
    async fn clear_log(&self) -> Result<()> {
        let Some(log) = self.journal.log() else { return Ok(()) };
        let turned = log.turn()?;
        self.note_damage(self.sync.seal().await)?;
        log.forget_below(turned)
    }

    /// Writes a backup on a stick, reads it back whole, and takes older ones of this box away but for two.
    ///
    /// # Errors
    /// `backup.stick-fault` when the stick is full, was pulled out or does not keep what was written; `box.data-damaged`; when the disk
    /// refuses.
    pub async fn write_to(&self, stick: &Path, name: &str) -> Result<StickBackup> {
        let _making = self.making.lock().await;
        let now = self.now();
        let begin = self.begin();
        let (data, folder) = (self.data.clone(), stick.join(FOLDER));
        let write = move || write_checked(&data, &folder, &begin, now);
        let written = tokio::task::spawn_blocking(write).await.map_err(broke_off)?;
        let done = StickBackup { at: now, stick: name.to_owned(), bytes: self.note_damage(written)? };
        let kept = serde_json::to_vec(&done).unwrap_or_default();
        write_atomically(&self.data.path().join(FILE), &kept, 0o600)?;
        Ok(done)
    }

    /// Whether a stick wants a backup: it carries the folder, and its newest one of this box is not of today.
    pub fn is_wanted_on(&self, stick: &Path) -> bool {
        let folder = stick.join(FOLDER);
        let last = own_files(&folder, &self.begin()).last().map(|(at, _)| *at);
        folder.is_dir() && rules::is_due(last, self.now())
    }

    /// Says that the program came to its end in order. Damage that was seen meanwhile is looked for at the next start.
    pub fn say_stopped(&self) {
        if !self.is_damaged() {
            repair::say_stopped(&self.data);
        }
    }

    fn note_damage<T>(&self, result: Result<T>) -> Result<T> {
        if let Err(error) = &result
            && error.code == "box.data-damaged"
        {
            self.damaged.store(true, Ordering::SeqCst);
        }
        result
    }

    /// What the names of this box's backups begin with.
    fn begin(&self) -> String {
        format!("{}-", to_hex(&self.journal.stream().0[..4]))
    }

    fn now(&self) -> u64 {
        self.journal.clock().now().wall
    }
}

/// Answers the bytes of the file.
fn write_checked(data: &DataDir, folder: &Path, begin: &str, now: u64) -> Result<u64> {
    let key = code::key_of_secret(&data.secret(SECRET)?);
    let copy = data.temporary().join("backup.db");
    remove_if_there(&copy)?;
    db::copy(&Options::journal(data.journal()), &copy)?;
    let path = folder.join(format!("{begin}{now:013}.{}", file::END));
    let write = || -> Result<u64> {
        fs::create_dir_all(folder)?;
        file::write(data, &copy, &path, &key, random_bytes()?)?;
        file::read(&path, &key, None)?;
        for (_, old) in own_files(folder, begin).iter().rev().skip(KEPT_ON_STICK) {
            fs::remove_file(old)?;
        }
        Ok(fs::metadata(&path)?.len())
    };
    let written = write();
    remove_if_there(&copy)?;
    written.map_err(|error| {
        // What is not whole is worse than nothing; the stick may be gone.
        let _ = fs::remove_file(&path);
        let sentence = "The backup could not be written to the stick. It is full, damaged or was pulled out. Use another stick.";
        Error::new(Kind::Unavailable, "backup.stick-fault", sentence).caused_by(error)
    })
}

/// So many backups of one box stay on a stick.
const KEPT_ON_STICK: usize = 3;

/// The backups of one box in a folder with their dates, the oldest first.
fn own_files(folder: &Path, begin: &str) -> Vec<(u64, PathBuf)> {
    let mut found = Vec::new();
    for (at, path) in file::in_folder(folder) {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        found.extend(at.filter(|_| name.starts_with(begin)).map(|at| (at, path)));
    }
    found
}

fn broke_off(error: tokio::task::JoinError) -> Error {
    Error::internal("A backup broke off.").caused_by(error)
}
