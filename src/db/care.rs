//! Looking after a file from outside: whether it holds together, a copy of it, and how old its tables are.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

use super::{Options, open_connection};
use crate::error::{Error, Result};
use crate::files::remove_if_there;

/// Whether every page of a file holds together, indexes too. Takes as long as reading it twice.
///
/// # Errors
/// `box.data-damaged` with what was found; when it can't be opened.
pub fn examine(options: &Options) -> Result<()> {
    let connection = open_connection(options, false)?;
    let found: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if found == "ok" { Ok(()) } else { Err(Error::damaged().caused_by(found)) }
}

/// Takes away what looks at a file that nobody writes to left beside it.
///
/// # Errors
/// When the disk refuses.
pub fn clear_beside(path: &Path) -> Result<()> {
    remove_if_there(&beside(path, "-wal"))?;
    remove_if_there(&beside(path, "-shm"))
}

pub(super) fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

/// Writes a file's content, as it is at this moment, into a new file, without stopping those who write to it.
///
/// # Errors
/// When it can't be read, or the disk refuses.
pub fn copy(options: &Options, to: &Path) -> Result<()> {
    // Its own connection: no reader of the box waits for it.
    let connection = open_existing(&options.path)?;
    connection.busy_timeout(std::time::Duration::from_secs(30))?;
    connection.execute("VACUUM INTO ?1", [to.to_string_lossy()])?;
    std::fs::File::open(to)?.sync_all()?;
    Ok(())
}

/// How many steps of its tables a file has.
///
/// # Errors
/// When it can't be opened.
pub fn steps(options: &Options) -> Result<u32> {
    let connection = open_connection(options, false)?;
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Opens a file that may be damaged, to read what can be read; nothing is written to it.
///
/// # Errors
/// When nothing can.
pub fn open_aside(path: &Path) -> Result<Connection> {
    let connection = open_existing(path)?;
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}

fn open_existing(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Ok(Connection::open_with_flags(path, flags)?)
}
