//! Wrong tries, as they survive a restart.

use std::collections::HashMap;

use rusqlite::{Connection, params};

use super::rules::Tries;
use crate::error::Result;

pub(super) fn load(connection: &Connection) -> Result<HashMap<[u8; 32], Tries>> {
    let mut statement = connection.prepare_cached("SELECT name, wrong, at FROM throttle")?;
    let rows = statement.query_map([], |row| {
        Ok((row.get(0)?, Tries { wrong: row.get(1)?, at: row.get::<_, i64>(2)?.cast_unsigned() }))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub(super) fn save(connection: &Connection, name: &[u8; 32], tries: Tries) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO throttle (name, wrong, at) VALUES (?1, ?2, ?3)
             ON CONFLICT DO UPDATE SET wrong = excluded.wrong, at = excluded.at",
        )?
        .execute(params![name, tries.wrong, tries.at.cast_signed()])?;
    Ok(())
}

pub(super) fn forget(connection: &Connection, name: &[u8; 32]) -> Result<()> {
    connection.prepare_cached("DELETE FROM throttle WHERE name = ?1")?.execute([name])?;
    Ok(())
}

pub(super) fn forget_before(connection: &Connection, at: u64) -> Result<()> {
    connection.prepare_cached("DELETE FROM throttle WHERE at < ?1")?.execute([at.cast_signed()])?;
    Ok(())
}
