//! SQLite, set up once and the same everywhere: one writer thread that commits in groups, a few readers beside it.
//!
//! Nothing here knows what a school is. `journal/` builds the journal on it; sessions and other losable things use it
//! directly through a second file. All settings stand in `open_connection`, with their reasons in
//! `docs/decisions/0002-sqlite-settings.md`.

mod care;
mod migrations;
mod readers;
mod writer;

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

pub use care::{clear_beside, copy, examine, open_aside, steps};
pub use migrations::{HUB, JOURNAL, LOCAL, Migration, SEARCH};
pub use writer::{GroupEnd, Urgency, give_way};

use crate::error::{Error, Result};
use readers::Readers;
use writer::Writer;

/// Marks our files, so that `file(1)` and we can tell them: "Scho".
const APPLICATION_ID: i32 = 0x5363_686f;

/// How to open a database.
#[derive(Clone)]
pub struct Options {
    /// The file.
    pub path: PathBuf,
    /// What its tables look like.
    pub migrations: &'static [Migration],
    /// How long a commit waits for company; durable files only.
    pub window: Duration,
    /// Whether a commit must be on the disk before it is answered. Only files that may be lost go without.
    pub durable: bool,
    /// Read-only connections beside the writer; with none, reads queue behind the writes.
    pub readers: usize,
    /// Whether the writer gives way to all other work of the machine.
    pub calm: bool,
    /// Another SQLite file system, for simulated power cuts.
    pub vfs: Option<&'static str>,
}

impl Options {
    /// How long a commit of the journal waits for company (measured in `docs/decisions/0002`).
    pub const WINDOW: Duration = Duration::from_millis(250);

    /// The journal's file: every commit on the disk.
    pub fn journal(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            migrations: JOURNAL,
            window: Self::WINDOW,
            durable: true,
            readers: 3,
            calm: false,
            vfs: None,
        }
    }

    /// A hub's file: every commit on the disk; boxes that come at once share one.
    pub fn hub(path: impl Into<PathBuf>) -> Self {
        Self { migrations: HUB, window: Duration::from_millis(10), ..Self::journal(path) }
    }

    /// The file for sessions and other things that may be lost.
    pub fn local(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            migrations: LOCAL,
            window: Duration::ZERO,
            durable: false,
            readers: 1,
            calm: false,
            vfs: None,
        }
    }

    /// The file with the index of what can be found; made from the packs, so it may be lost. Two at a time may ask it:
    /// more would take the processor from the lessons.
    pub fn search(path: impl Into<PathBuf>) -> Self {
        Self { migrations: SEARCH, readers: 2, calm: true, ..Self::local(path) }
    }
}

/// An open database.
pub struct Db {
    // Closed before the writer: the last one to close takes the write-ahead log into the file, and readers may not write.
    readers: Readers,
    writer: Writer,
}

impl Db {
    /// Opens the file, brings its tables up to date and starts the writer thread.
    ///
    /// `group_end` is told, on the writer thread, how each group of writes ended.
    ///
    /// # Errors
    /// When the file can't be opened, is not ours, or comes from a newer version of the program.
    pub fn open(options: &Options, group_end: Box<dyn GroupEnd>) -> Result<Self> {
        let mut connection = open_connection(options, false)?;
        migrations::migrate(&mut connection, options.migrations)?;
        let writer = Writer::start(options.clone(), connection, group_end)?;
        let readers = Readers::open(options)?;
        Ok(Self { readers, writer })
    }

    /// As [`Db::open`], for a file that may be lost: a damaged one is put aside, and a new one begun.
    ///
    /// # Errors
    /// As [`Db::open`], but for damage.
    pub fn open_or_renew(options: &Options) -> Result<Self> {
        let open = || -> Result<Self> {
            let db = Self::open(options, Box::new(()))?;
            db.write_blocking(Urgency::Now, check)?;
            Ok(db)
        };
        match open() {
            Err(error) if error.code == "box.data-damaged" => {
                let file = options.path.display();
                tracing::warn!(%error, %file, "a file that may be lost is damaged; it begins anew");
                put_aside(&options.path)?;
                open()
            }
            opened => opened,
        }
    }

    /// Runs `work` on the writer thread, inside a transaction that it may share with others; answers when the
    /// transaction is committed. When `work` fails, all that it wrote is undone and the others are not touched.
    ///
    /// # Errors
    /// What `work` returns; `box.busy` when too much waits; `box.disk-full`, `box.disk-fault` when the commit failed.
    pub async fn write<T: Send + 'static>(
        &self,
        urgency: Urgency,
        work: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (send, answer) = tokio::sync::oneshot::channel();
        // Whoever asked may have hung up; what was written stays.
        self.writer.submit(urgency, work, |result| drop(send.send(result)))?;
        answer.await.map_err(|_| stopped())?
    }

    /// As [`Db::write`], for threads outside the runtime (start, command line).
    ///
    /// # Errors
    /// As [`Db::write`].
    pub fn write_blocking<T: Send + 'static>(
        &self,
        urgency: Urgency,
        work: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (send, answer) = std::sync::mpsc::sync_channel(1);
        self.writer.submit(urgency, work, move |result| drop(send.send(result)))?;
        answer.recv().map_err(|_| stopped())?
    }

    /// Runs `work` on a read-only connection, with one consistent picture of the data.
    ///
    /// # Errors
    /// What `work` returns.
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        if self.readers.is_empty() {
            return self.write(Urgency::Now, work).await;
        }
        self.readers.read(work).await
    }

    /// As [`Db::read`], for threads outside the runtime.
    ///
    /// # Errors
    /// What `work` returns.
    pub fn read_blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        if self.readers.is_empty() {
            return self.write_blocking(Urgency::Now, work);
        }
        self.readers.read_blocking(work)
    }
}

/// Whether the file holds together.
fn check(connection: &Connection) -> Result<()> {
    let found: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if found == "ok" { Ok(()) } else { Err(Error::damaged().caused_by(found)) }
}

/// Leaves the file to be looked at beside its place; the write-ahead log belongs to it alone.
fn put_aside(path: &Path) -> Result<()> {
    std::fs::rename(path, care::beside(path, ".damaged"))?;
    clear_beside(path)
}

fn stopped() -> Error {
    Error::new(crate::error::Kind::Unavailable, "box.stopping", "The box is stopping. Try again in a moment.")
}

/// Opens one connection with all our settings. The only place for PRAGMAs.
fn open_connection(options: &Options, read_only: bool) -> Result<Connection> {
    let flags = if read_only {
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX
    } else {
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX
    };
    let connection = match options.vfs {
        Some(vfs) => Connection::open_with_flags_and_vfs(&options.path, flags, vfs),
        None => Connection::open_with_flags(&options.path, flags),
    }
    .map_err(|e| cannot_open(&options.path, e))?;
    // First, so that the following ones already wait for each other.
    connection.busy_timeout(Duration::from_secs(5))?;
    if !read_only {
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", if options.durable { "FULL" } else { "NORMAL" })?;
        connection.pragma_update(None, "wal_autocheckpoint", 1_000)?;
    }
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "mmap_size", 0)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "cache_size", if read_only { -2_000 } else { -8_000 })?;
    if read_only {
        connection.pragma_update(None, "query_only", true)?;
    } else {
        own_file(&connection, &options.path)?;
    }
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

fn own_file(connection: &Connection, path: &Path) -> Result<()> {
    let id: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    match id {
        APPLICATION_ID => Ok(()),
        0 => Ok(connection.pragma_update(None, "application_id", APPLICATION_ID)?),
        _ => {
            Err(Error::invalid("box.foreign-file", format!("{} belongs to another program.", path.display())))
        }
    }
}

fn cannot_open(path: &Path, error: rusqlite::Error) -> Error {
    let message = format!("Cannot open {}. Check that the disk is there and may be written.", path.display());
    Error::new(crate::error::Kind::Unavailable, "box.disk-fault", message).caused_by(error)
}
