//! Which boxes belong to the school: a view of the journal.

use minicbor::{Decode, Encode};
use rusqlite::{Connection, params};

use crate::error::Result;
use crate::ids::StreamId;
use crate::journal::{Draft, Entry, EntryKind, Folds, Identity, View};

/// A box belongs to the school, or no more: the body of an entry. Numbers are for ever; new fields are optional and come last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub(super) struct BoxEntry {
    /// Its public key, which names its stream.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub(super) key: [u8; 32],
    /// Whether it was lost, stolen or given away.
    #[n(1)]
    pub(super) removed: bool,
}

impl BoxEntry {
    pub(super) fn draft(self) -> Draft {
        Draft::new(EntryKind::BOX, &self)
    }
}

/// The keys of the boxes that entries let into the school.
pub fn introduced(entries: &[Entry]) -> Vec<[u8; 32]> {
    let told =
        entries.iter().filter(|entry| entry.kind == EntryKind::BOX).filter_map(Entry::read::<BoxEntry>);
    told.filter(|told| !told.removed).map(|told| told.key).collect()
}

/// The newest word of all boxes on each box.
pub struct BoxesView;

impl View for BoxesView {
    fn tables(&self) -> &'static [&'static str] {
        &["box"]
    }

    fn folds(&self) -> Folds {
        Folds::WithEntry
    }

    fn kinds(&self) -> &'static [EntryKind] {
        &[EntryKind::BOX]
    }

    fn fold(&self, connection: &Connection, entry: &Entry) -> Result<()> {
        let Some(BoxEntry { key, removed }) = entry.read() else { return Ok(()) };
        connection
            .prepare_cached(
                "INSERT INTO box (stream, key, removed, hlc) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT DO UPDATE SET removed = excluded.removed, hlc = excluded.hlc
                 WHERE (excluded.hlc, excluded.removed) > (box.hlc, box.removed)",
            )?
            .execute(params![Identity::stream_of(&key), key, removed, entry.hlc.bits().cast_signed()])?;
        Ok(())
    }
}

/// The keys of the boxes that belong to the school, by the names of their streams.
pub(super) fn boxes(connection: &Connection) -> Result<Vec<(StreamId, [u8; 32])>> {
    let mut statement =
        connection.prepare_cached("SELECT stream, key FROM box WHERE NOT removed ORDER BY stream")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
