//! Which box has which pack: a view of the journal.

use minicbor::{Decode, Encode};
use rusqlite::{Connection, params};

use crate::error::Result;
use crate::ids::StreamId;
use crate::journal::{Draft, Entry, EntryKind, Folds, View};

/// A pack was installed on a box or removed from it: the body of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(super) struct PackEntry {
    #[n(0)]
    pub(super) id: String,
    #[n(1)]
    pub(super) version: String,
    #[cbor(n(2), with = "minicbor::bytes")]
    pub(super) sha256: [u8; 32],
    #[n(3)]
    pub(super) bytes: u64,
    /// It came with the program.
    #[n(4)]
    pub(super) built_in: bool,
    /// Whether it is there from now on.
    #[n(5)]
    pub(super) installed: bool,
}

impl PackEntry {
    pub(super) fn draft(&self) -> Draft {
        Draft::new(EntryKind::PACK, self)
    }
}

/// The newest entry of each box about each pack.
pub struct PacksView;

impl View for PacksView {
    fn tables(&self) -> &'static [&'static str] {
        &["pack"]
    }

    fn folds(&self) -> Folds {
        Folds::WithEntry
    }

    fn kinds(&self) -> &'static [EntryKind] {
        &[EntryKind::PACK]
    }

    fn fold(&self, connection: &Connection, entry: &Entry) -> Result<()> {
        let Some(pack) = entry.read::<PackEntry>() else { return Ok(()) };
        connection
            .prepare_cached(
                "INSERT INTO pack (stream, id, version, sha256, bytes, built_in, installed, hlc)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
                 ON CONFLICT DO UPDATE SET version = excluded.version, sha256 = excluded.sha256,
                     bytes = excluded.bytes, built_in = excluded.built_in, installed = excluded.installed,
                     hlc = excluded.hlc
                 WHERE excluded.hlc > pack.hlc",
            )?
            .execute(params![
                entry.position.stream,
                pack.id,
                pack.version,
                pack.sha256,
                pack.bytes.cast_signed(),
                pack.built_in,
                pack.installed,
                entry.hlc.bits().cast_signed(),
            ])?;
        Ok(())
    }
}

/// What a box has or has had, in the order of the ids.
pub(super) fn packs_of(connection: &Connection, stream: StreamId) -> Result<Vec<PackEntry>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, version, sha256, bytes, built_in, installed FROM pack WHERE stream = ?1 ORDER BY id",
    )?;
    let rows = statement.query_map([stream], |row| {
        Ok(PackEntry {
            id: row.get(0)?,
            version: row.get(1)?,
            sha256: row.get(2)?,
            bytes: row.get::<_, i64>(3)?.cast_unsigned(),
            built_in: row.get(4)?,
            installed: row.get(5)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
