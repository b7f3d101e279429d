//! What the tables look like, step by step. Forward only; a step is never edited after its release.
//!
//! Own code rather than a migration crate: those pin an older rusqlite, and only one SQLite can be linked.

use rusqlite::Connection;

use crate::error::{Error, Result};

/// One step: its name and its SQL.
pub struct Migration {
    /// The file's name.
    pub name: &'static str,
    /// What it does.
    pub sql: &'static str,
}

macro_rules! steps {
    ($folder:literal: $($name:literal),* $(,)?) => {
        &[$(Migration { name: $name, sql: include_str!(concat!("migrations/", $folder, "/", $name)) }),*]
    };
}

/// The journal's file.
pub const JOURNAL: &[Migration] = steps!(
    "journal": "0001-journal.sql", "0002-people.sql", "0003-packs.sql", "0004-evidence.sql", "0005-pack-terms.sql",
    "0006-given.sql", "0007-seen.sql", "0008-scored.sql", "0009-difficulty.sql", "0010-classes.sql",
    "0012-placement.sql", "0013-goals.sql", "0014-boxes.sql",
);

/// The file for sessions and other things that may be lost.
pub const LOCAL: &[Migration] = steps!("local": "0001-local.sql", "0002-people.sql", "0003-positions.sql");

/// The file with the index of what can be found in packs.
pub const SEARCH: &[Migration] = steps!("search": "0001-search.sql");

/// The file of a district's hub.
pub const HUB: &[Migration] = steps!("hub": "0001-hub.sql", "0002-packs.sql");

/// Brings a database up to date, each step in a transaction of its own.
pub(super) fn migrate(connection: &mut Connection, steps: &[Migration]) -> Result<()> {
    let done: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let done = usize::try_from(done).unwrap_or(usize::MAX);
    if done > steps.len() {
        return Err(Error::invalid(
            "box.newer-data",
            "This data was written by a newer version of Schoolhouse. Start that version, or restore an older backup.",
        ));
    }
    for (number, step) in (1_i64..).zip(steps).skip(done) {
        let transaction = connection.transaction()?;
        transaction
            .execute_batch(step.sql)
            .map_err(|e| Error::internal(format!("Step {} failed.", step.name)).caused_by(e))?;
        transaction.pragma_update(None, "user_version", number)?;
        transaction.commit()?;
    }
    Ok(())
}
