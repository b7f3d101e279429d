//! Where the code for the set-up is kept.

use rusqlite::{Connection, OptionalExtension, params};

use crate::error::Result;

const NAME: &str = "setup-code";

/// The code that is kept; `fresh` becomes it when there was none.
pub(super) fn setup_code(connection: &Connection, fresh: String) -> Result<String> {
    let kept: Option<Vec<u8>> = connection
        .prepare_cached("SELECT value FROM meta WHERE name = ?1")?
        .query_row([NAME], |row| row.get(0))
        .optional()?;
    if let Some(code) = kept.and_then(|bytes| String::from_utf8(bytes).ok()) {
        return Ok(code);
    }
    connection
        .prepare_cached("INSERT OR REPLACE INTO meta (name, value) VALUES (?1, ?2)")?
        .execute(params![NAME, fresh.as_bytes()])?;
    Ok(fresh)
}

pub(super) fn forget_setup_code(connection: &Connection) -> Result<()> {
    connection.prepare_cached("DELETE FROM meta WHERE name = ?1")?.execute([NAME])?;
    Ok(())
}
