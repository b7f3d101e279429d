//! The journal's own SQL.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::entry::{Entry, EntryKind, Position};
use super::hlc::Hlc;
use crate::error::Result;
use crate::ids::{ClientId, StreamId};

/// Bits of an entry's key that hold the sequence number: a trillion entries a stream.
const SEQ_BITS: u32 = 40;

/// A stream that this box holds.
#[derive(Clone, Debug)]
pub(super) struct KnownStream {
    pub(super) number: i64,
    pub(super) stream: StreamId,
    pub(super) epoch: u64,
    pub(super) folded: u64,
}

fn key(number: i64, seq: u64) -> i64 {
    (number << SEQ_BITS) | seq.cast_signed()
}

pub(super) fn read_meta(connection: &Connection, name: &str) -> Result<Option<Vec<u8>>> {
    Ok(connection
        .prepare_cached("SELECT value FROM meta WHERE name = ?1")?
        .query_row([name], |row| row.get(0))
        .optional()?)
}

pub(super) fn write_meta(connection: &Connection, name: &str, value: &[u8]) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO meta (name, value) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = excluded.value",
        )?
        .execute(params![name, value])?;
    Ok(())
}

pub(super) fn streams(connection: &Connection) -> Result<Vec<KnownStream>> {
    let mut statement =
        connection.prepare_cached("SELECT number, stream, epoch, folded FROM stream ORDER BY number")?;
    let rows = statement.query_map([], |row| {
        Ok(KnownStream {
            number: row.get(0)?,
            stream: row.get(1)?,
            epoch: row.get::<_, i64>(2)?.cast_unsigned(),
            folded: row.get::<_, i64>(3)?.cast_unsigned(),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The number that stands for a stream in keys, given out on first sight.
pub(super) fn stream_number(connection: &Connection, stream: StreamId, epoch: u64) -> Result<i64> {
    let found = connection
        .prepare_cached("SELECT number FROM stream WHERE stream = ?1 AND epoch = ?2")?
        .query_row(params![stream, epoch.cast_signed()], |row| row.get(0))
        .optional()?;
    if let Some(number) = found {
        return Ok(number);
    }
    connection
        .prepare_cached("INSERT INTO stream (number, stream, epoch) SELECT coalesce(max(number), 0) + 1, ?1, ?2 FROM stream")?
        .execute(params![stream, epoch.cast_signed()])?;
    stream_number(connection, stream, epoch)
}

/// The sequence number that the next entry of a stream must have.
pub(super) fn next_seq(connection: &Connection, number: i64) -> Result<u64> {
    let last: Option<i64> = connection
        .prepare_cached("SELECT max(key) FROM entry WHERE key BETWEEN ?1 AND ?2")?
        .query_row([key(number, 0), key(number + 1, 0) - 1], |row| row.get(0))?;
    Ok(last.map_or(1, |last| (last - key(number, 0)).cast_unsigned() + 1))
}

/// The greatest stamp in a stream's newest entry.
pub(super) fn last_hlc(connection: &Connection, number: i64) -> Result<Hlc> {
    let last: Option<i64> = connection
        .prepare_cached("SELECT hlc FROM entry WHERE key BETWEEN ?1 AND ?2 ORDER BY key DESC LIMIT 1")?
        .query_row([key(number, 0), key(number + 1, 0) - 1], |row| row.get(0))
        .optional()?;
    Ok(Hlc::from_bits(last.unwrap_or(0).cast_unsigned()))
}

pub(super) fn insert(connection: &Connection, number: i64, entry: &Entry) -> Result<()> {
    connection
        .prepare_cached("INSERT INTO entry (key, boot, mono, hlc, kind, client, n, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?
        .execute(params![
            key(number, entry.position.seq),
            entry.boot,
            entry.mono.cast_signed(),
            entry.hlc.bits().cast_signed(),
            entry.kind.0,
            entry.client.map(|(client, _)| client.0),
            entry.client.map(|(_, n)| n.cast_signed()),
            entry.body,
        ])?;
    Ok(())
}

/// Takes the entries of a stream from number `from` on away.
pub(super) fn delete_from(connection: &Connection, number: i64, from: u64) -> Result<()> {
    connection
        .prepare_cached("DELETE FROM entry WHERE key >= ?1 AND key < ?2")?
        .execute([key(number, from), key(number + 1, 0)])?;
    Ok(())
}

/// Up to `limit` entries of a stream after sequence number `after`, in order.
pub(super) fn entries_after(
    connection: &Connection,
    of: &KnownStream,
    after: u64,
    limit: usize,
) -> Result<Vec<Entry>> {
    let mut statement = connection.prepare_cached(
        "SELECT key, boot, mono, hlc, kind, client, n, body FROM entry WHERE key > ?1 AND key < ?2 ORDER BY key LIMIT ?3",
    )?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows = statement
        .query_map(params![key(of.number, after), key(of.number + 1, 0), limit], |row| read_entry(of, row))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// One entry of a stream.
pub(super) fn entry_at(connection: &Connection, of: &KnownStream, seq: u64) -> Result<Option<Entry>> {
    let found = connection
        .prepare_cached("SELECT key, boot, mono, hlc, kind, client, n, body FROM entry WHERE key = ?1")?
        .query_row([key(of.number, seq)], |row| read_entry(of, row))
        .optional()?;
    Ok(found)
}

fn read_entry(of: &KnownStream, row: &Row) -> rusqlite::Result<Entry> {
    let client: Option<[u8; 8]> = row.get(5)?;
    let n: Option<i64> = row.get(6)?;
    Ok(Entry {
        position: Position {
            stream: of.stream,
            epoch: of.epoch,
            seq: (row.get::<_, i64>(0)? - key(of.number, 0)).cast_unsigned(),
        },
        boot: row.get(1)?,
        mono: row.get::<_, i64>(2)?.cast_unsigned(),
        hlc: Hlc::from_bits(row.get::<_, i64>(3)?.cast_unsigned()),
        kind: EntryKind(row.get(4)?),
        client: client.zip(n).map(|(client, n)| (ClientId(client), n.cast_unsigned())),
        body: row.get(7)?,
    })
}

pub(super) fn set_folded(connection: &Connection, number: i64, seq: u64) -> Result<()> {
    connection
        .prepare_cached("UPDATE stream SET folded = ?2 WHERE number = ?1")?
        .execute(params![number, seq.cast_signed()])?;
    Ok(())
}

/// Remembers what a tablet has sent.
pub(super) fn fold_client(connection: &Connection, entry: &Entry) -> Result<()> {
    let Some((client, n)) = entry.client else { return Ok(()) };
    connection
        .prepare_cached(
            "INSERT INTO client (client, next_n) VALUES (?1, ?2)
             ON CONFLICT DO UPDATE SET next_n = max(next_n, excluded.next_n)",
        )?
        .execute(params![client.0, (n + 1).cast_signed()])?;
    Ok(())
}

/// The next number of every tablet, from the folded table and the entries that are not folded yet.
pub(super) fn client_marks(connection: &Connection) -> Result<HashMap<ClientId, u64>> {
    let mut statement = connection.prepare_cached(
        "SELECT client, max(next_n) FROM (
             SELECT client, next_n FROM client
             UNION ALL
             SELECT e.client, e.n + 1 FROM stream s JOIN entry e
                 ON e.key > (s.number << 40) + s.folded AND e.key < (s.number + 1) << 40
             WHERE e.client IS NOT NULL)
         GROUP BY client",
    )?;
    let rows =
        statement.query_map([], |row| Ok((ClientId(row.get(0)?), row.get::<_, i64>(1)?.cast_unsigned())))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Remembers when a box learned the date; of two anchors at one moment the better source stays.
pub(super) fn insert_anchor(
    connection: &Connection,
    entry: &Entry,
    wall: u64,
    error: u64,
    source: u8,
) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO anchor (stream, boot, mono, wall, error, source) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT DO UPDATE SET wall = excluded.wall, error = excluded.error, source = excluded.source
             WHERE (excluded.source, excluded.wall) > (source, wall)",
        )?
        .execute(params![
            entry.position.stream,
            entry.boot,
            entry.mono.cast_signed(),
            wall.cast_signed(),
            error.cast_signed(),
            source
        ])?;
    Ok(())
}

/// How many entries all streams hold.
pub(super) fn count(connection: &Connection) -> Result<u64> {
    let count: i64 = connection.query_row("SELECT count(*) FROM entry", [], |row| row.get(0))?;
    Ok(count.cast_unsigned())
}

/// Empties a view's table before it is folded anew.
pub(super) fn empty(connection: &Connection, table: &str) -> Result<()> {
    connection.execute_batch(&format!("DELETE FROM {table}"))?;
    Ok(())
}

/// Every row of a table, in the order of all its columns, as readable text: equal text means equal views.
pub(super) fn dump(connection: &Connection, table: &str) -> Result<String> {
    use std::fmt::Write;
    let mut statement = connection.prepare(&format!("SELECT * FROM {table}"))?;
    let columns = statement.column_count();
    let mut rows = statement.query([])?;
    let mut lines = Vec::new();
    while let Some(row) = rows.next()? {
        let mut line = String::new();
        for column in 0..columns {
            let _ = write!(line, "{:?}|", row.get_ref(column)?);
        }
        lines.push(line);
    }
    lines.sort_unstable();
    Ok(format!("{table}\n{}\n", lines.join("\n")))
}
