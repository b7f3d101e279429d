//! The hub on SQLite: the default, for one district on one machine.

use rusqlite::{Connection, OptionalExtension, params};

use super::days::Day;
use super::rules::{Fit, Place, fit};
use crate::error::{Error, Result};
use crate::ids::{SchoolId, StreamId};
use crate::sync::exchange::messages::Link;
use crate::sync::segment::{Hash, Head};
use crate::sync::{Life, Mark};

/// A box as a hub knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct KnownBox {
    pub(super) school: SchoolId,
    pub(super) counter: u64,
    pub(super) is_revoked: bool,
}

/// A segment as it is to be taken in.
pub(super) struct Incoming {
    pub(super) head: Head,
    pub(super) hash: Hash,
    pub(super) bytes: Vec<u8>,
    /// What it says by course and day; or why it can't be read.
    pub(super) days: std::result::Result<Vec<Day>, String>,
    /// The keys of boxes that the school let in.
    pub(super) introduced: Vec<[u8; 32]>,
}

pub(super) fn add_school(connection: &Connection, school: SchoolId, name: &str, now: u64) -> Result<()> {
    connection
        .prepare_cached("INSERT INTO school (id, name, since) VALUES (?1, ?2, ?3)")?
        .execute(params![school, name, now.cast_signed()])?;
    Ok(())
}

/// The school with that name, where there is one.
pub(super) fn school_named(connection: &Connection, name: &str) -> Result<Option<SchoolId>> {
    let found = connection
        .prepare_cached("SELECT id FROM school WHERE name = ?1 ORDER BY since LIMIT 1")?
        .query_row([name], |row| row.get(0))
        .optional()?;
    Ok(found)
}

pub(super) fn add_code(connection: &Connection, hash: Hash, school: SchoolId, until: u64) -> Result<()> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO code (hash, school, until) VALUES (?1, ?2, ?3)")?
        .execute(params![hash, school, until.cast_signed()])?;
    Ok(())
}

/// Takes a code that is still good; it lets nobody in again.
pub(super) fn take_code(connection: &Connection, hash: Hash, now: u64) -> Result<Option<(SchoolId, String)>> {
    let found: Option<(SchoolId, String)> = connection
        .prepare_cached(
            "SELECT s.id, s.name FROM code c JOIN school s ON s.id = c.school WHERE c.hash = ?1 AND c.until > ?2",
        )?
        .query_row(params![hash, now.cast_signed()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    connection
        .prepare_cached("DELETE FROM code WHERE hash = ?1 OR until <= ?2")?
        .execute(params![hash, now.cast_signed()])?;
    Ok(found)
}

pub(super) fn add_box(
    connection: &Connection,
    school: SchoolId,
    key: [u8; 32],
    name: &str,
    now: u64,
) -> Result<()> {
    let stream = crate::journal::Identity::stream_of(&key);
    connection
        .prepare_cached(
            "INSERT INTO box (school, stream, key, name, since) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO UPDATE SET name = excluded.name, revoked = NULL",
        )?
        .execute(params![school, stream, key, name, now.cast_signed()])?;
    Ok(())
}

/// A box that another one of the school let in. One that is known already, here or in another school, stays what it is.
fn add_introduced(connection: &Connection, school: SchoolId, key: [u8; 32], now: u64) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO box (school, stream, key, name, since) VALUES (?1, ?2, ?3, '', ?4) ON CONFLICT DO NOTHING",
        )?
        .execute(params![school, crate::journal::Identity::stream_of(&key), key, now.cast_signed()])?;
    Ok(())
}

pub(super) fn find_box(connection: &Connection, stream: StreamId) -> Result<Option<KnownBox>> {
    let found = connection
        .prepare_cached("SELECT school, counter, revoked IS NOT NULL FROM box WHERE stream = ?1")?
        .query_row([stream], |row| {
            let counter: i64 = row.get(1)?;
            Ok(KnownBox { school: row.get(0)?, counter: counter.cast_unsigned(), is_revoked: row.get(2)? })
        })
        .optional()?;
    Ok(found)
}

/// Remembers that a box was here, and how it is.
pub(super) fn greet(
    connection: &Connection,
    school: SchoolId,
    stream: StreamId,
    (counter, version, free): (u64, &str, u64),
    now: u64,
) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE box SET counter = max(counter, ?3), version = ?4, free = ?5, seen = ?6 WHERE school = ?1 AND stream = ?2",
        )?
        .execute(params![school, stream, counter.cast_signed(), version, free.cast_signed(), now.cast_signed()])?;
    Ok(())
}

pub(super) fn revoke(connection: &Connection, stream: StreamId, now: u64) -> Result<bool> {
    let changed = connection
        .prepare_cached("UPDATE box SET revoked = coalesce(revoked, ?2) WHERE stream = ?1")?
        .execute(params![stream, now.cast_signed()])?;
    Ok(changed > 0)
}

/// The keys that may send for a school.
pub(super) fn keys(connection: &Connection, school: SchoolId) -> Result<Vec<[u8; 32]>> {
    let mut statement = connection
        .prepare_cached("SELECT key FROM box WHERE school = ?1 AND revoked IS NULL ORDER BY stream")?;
    let rows = statement.query_map([school], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub(super) fn marks(connection: &Connection, school: SchoolId) -> Result<Vec<Mark>> {
    let mut statement = connection.prepare_cached(
        "SELECT stream, epoch, next_seq, last_hash FROM chain WHERE school = ?1 ORDER BY stream, epoch",
    )?;
    let rows = statement.query_map([school], |row| {
        let (epoch, next): (i64, i64) = (row.get(1)?, row.get(2)?);
        Ok(Mark { life: (row.get(0)?, epoch.cast_unsigned()), next: next.cast_unsigned(), hash: row.get(3)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn mark(connection: &Connection, school: SchoolId, (stream, epoch): Life) -> Result<Mark> {
    let found = connection
        .prepare_cached(
            "SELECT next_seq, last_hash FROM chain WHERE school = ?1 AND stream = ?2 AND epoch = ?3",
        )?
        .query_row(params![school, stream, epoch.cast_signed()], |row| {
            Ok((row.get::<_, i64>(0)?.cast_unsigned(), row.get(1)?))
        })
        .optional()?;
    let (next, hash) = found.unwrap_or((1, Hash::default()));
    Ok(Mark { life: (stream, epoch), next, hash })
}

/// Takes a segment in, if it is the one that comes next: mark, bytes and sums in one transaction. What is here already and what
/// leaves a gap changes nothing; the answer tells how far the stream is.
pub(super) fn apply(connection: &Connection, school: SchoolId, incoming: &Incoming, now: u64) -> Result<()> {
    let Incoming { head, hash, bytes, days, introduced } = incoming;
    let (stream, epoch) = (head.stream(), head.epoch);
    let mark = mark(connection, school, (stream, epoch))?;
    let place = Place { first: head.first, next: head.next(), before: head.before };
    if fit(mark.next, &mark.hash, &place) != Fit::Next {
        return Ok(());
    }
    introduced.iter().try_for_each(|key| add_introduced(connection, school, *key, now))?;
    let next = head.next().cast_signed();
    connection
        .prepare_cached(
            "INSERT INTO segment (school, stream, epoch, first_seq, next_seq, hash, bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![school, stream, epoch.cast_signed(), head.first.cast_signed(), next, hash, bytes])?;
    connection
        .prepare_cached(
            "INSERT INTO chain (school, stream, epoch, next_seq, last_hash) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO UPDATE SET next_seq = excluded.next_seq, last_hash = excluded.last_hash",
        )?
        .execute(params![school, stream, epoch.cast_signed(), next, hash])?;
    match days {
        Ok(days) => days.iter().try_for_each(|day| add_day(connection, school, day)),
        Err(reason) => {
            connection
                .prepare_cached(
                    "INSERT INTO quarantine (school, stream, epoch, first_seq, reason) VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .execute(params![school, stream, epoch.cast_signed(), head.first.cast_signed(), reason])?;
            Ok(())
        }
    }
}

fn add_day(connection: &Connection, school: SchoolId, day: &Day) -> Result<()> {
    let Day { course, number: day, answers, correct, milliseconds, students } = day;
    connection
        .prepare_cached(
            "INSERT INTO course_day (school, course, day, answers, correct, milliseconds) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT DO UPDATE SET answers = answers + excluded.answers, correct = correct + excluded.correct,
                 milliseconds = milliseconds + excluded.milliseconds",
        )?
        .execute(params![
            school,
            course,
            day.cast_signed(),
            answers.cast_signed(),
            correct.cast_signed(),
            milliseconds.cast_signed()
        ])?;
    let mut add = connection.prepare_cached(
        "INSERT OR IGNORE INTO student_day (school, course, day, student) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for student in students {
        add.execute(params![school, course, day.cast_signed(), student])?;
    }
    Ok(())
}

/// The segments of a stream from number `from` on, until they are more than `room` bytes; at least one where there is one.
pub(super) fn segments_from(
    connection: &Connection,
    school: SchoolId,
    (stream, epoch): Life,
    from: u64,
    room: usize,
) -> Result<Vec<Vec<u8>>> {
    let mut statement = connection.prepare_cached(
        "SELECT bytes FROM segment WHERE school = ?1 AND stream = ?2 AND epoch = ?3 AND first_seq >= ?4 ORDER BY first_seq",
    )?;
    let mut rows = statement.query(params![school, stream, epoch.cast_signed(), from.cast_signed()])?;
    let (mut found, mut length) = (Vec::new(), 0_usize);
    while let Some(row) = rows.next()? {
        let bytes: Vec<u8> = row.get(0)?;
        length = length.saturating_add(bytes.len());
        if length > room && !found.is_empty() {
            break;
        }
        found.push(bytes);
    }
    Ok(found)
}

pub(super) fn links(connection: &Connection, school: SchoolId, (stream, epoch): Life) -> Result<Vec<Link>> {
    let mut statement = connection.prepare_cached(
        "SELECT next_seq, hash FROM segment WHERE school = ?1 AND stream = ?2 AND epoch = ?3 ORDER BY first_seq",
    )?;
    let rows = statement.query_map(params![school, stream, epoch.cast_signed()], |row| {
        let hash: Hash = row.get(1)?;
        let mut short = [0; 8];
        short.copy_from_slice(&hash[..8]);
        Ok(Link { next: row.get::<_, i64>(0)?.cast_unsigned(), hash: short })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// One school as the district sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchoolRow {
    /// Its id here.
    pub id: SchoolId,
    /// Its name.
    pub name: String,
    /// Boxes that may send.
    pub boxes: u64,
    /// Milliseconds since 1970 when one of them was here last.
    pub seen: Option<u64>,
    /// Entries of all its streams.
    pub entries: u64,
    /// Answers in them.
    pub answers: u64,
    /// Segments that could not be read.
    pub quarantined: u64,
}

pub(super) fn schools(connection: &Connection) -> Result<Vec<SchoolRow>> {
    let mut statement = connection.prepare_cached(
        "SELECT s.id, s.name,
            (SELECT count(*) FROM box b WHERE b.school = s.id AND b.revoked IS NULL),
            (SELECT max(seen) FROM box b WHERE b.school = s.id),
            (SELECT coalesce(sum(next_seq - 1), 0) FROM chain c WHERE c.school = s.id),
            (SELECT coalesce(sum(answers), 0) FROM course_day d WHERE d.school = s.id),
            (SELECT count(*) FROM quarantine q WHERE q.school = s.id)
         FROM school s ORDER BY s.name, s.id",
    )?;
    let number = |row: &rusqlite::Row, at: usize| row.get::<_, i64>(at).map(i64::cast_unsigned);
    let rows = statement.query_map([], |row| {
        Ok(SchoolRow {
            id: row.get(0)?,
            name: row.get(1)?,
            boxes: number(row, 2)?,
            seen: row.get::<_, Option<i64>>(3)?.map(i64::cast_unsigned),
            entries: number(row, 4)?,
            answers: number(row, 5)?,
            quarantined: number(row, 6)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Refuses a code that is none.
pub(super) fn code_unknown() -> Error {
    Error::invalid(
        "sync.code-unknown",
        "This code is not known, or was used already. Ask the district for a new one.",
    )
}
