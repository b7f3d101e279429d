//! The index in SQLite: what is in it, and how it is asked.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, params};

use super::ResultKind;
use super::gather::Resource;
use crate::error::{Error, Result};

/// How the resources of a pack are read. Raised when `gather.rs` or `words.rs` reads them in another way; an index of
/// another shape is made anew.
const SHAPE: u32 = 1;

/// A word in a title counts so many times as much as one in the text.
const TITLE_COUNTS: f64 = 8.0;
/// Words of the index that are looked at more closely when one was typed with a slip.
const MOST_CANDIDATES: u32 = 200;

/// Bits of the number of a pack, and of a resource in its pack.
const BITS: u32 = 20;
const PART: i64 = (1 << BITS) - 1;
const STAFF_AT: u32 = 2 * BITS;
const KIND_AT: u32 = STAFF_AT + 1;

/// The number of a resource: its kind, whether only staff may find it, its pack, and its place in the pack. So the index
/// can be asked for one kind by a range of numbers, and gives what is larger first: courses before lessons before pages.
fn id(pack: i64, resource: &Resource, place: usize) -> Result<i64> {
    let place = i64::try_from(place).ok().filter(|place| *place <= PART && pack <= PART);
    let place = place.ok_or_else(|| Error::internal("There are too many resources for the search."))?;
    let kind = i64::from(resource.kind as u8) << KIND_AT;
    Ok(kind | (i64::from(resource.staff) << STAFF_AT) | (pack << BITS) | place)
}

const fn is_for_staff(id: i64) -> bool {
    (id >> STAFF_AT) & 1 == 1
}

fn kind_of(id: i64) -> Option<ResultKind> {
    u8::try_from(id >> KIND_AT).ok().and_then(ResultKind::of_code)
}

/// The pack of a resource.
pub(super) const fn pack_of(id: i64) -> i64 {
    (id >> BITS) & PART
}

/// A pack in the index.
#[derive(Debug)]
pub(super) struct Indexed {
    pub(super) number: i64,
    pub(super) hash: String,
    /// All of it is there, and as it should be.
    pub(super) whole: bool,
}

/// The packs in the index.
pub(super) fn packs(connection: &Connection) -> Result<Vec<Indexed>> {
    let mut statement = connection.prepare_cached("SELECT number, hash, shape = ?1 AND whole FROM pack")?;
    let rows = statement.query_map([SHAPE], |row| {
        Ok(Indexed { number: row.get(0)?, hash: row.get(1)?, whole: row.get(2)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The kinds of resources that there are in each pack, and whether only staff may find some of that kind.
pub(super) fn kinds(connection: &Connection) -> Result<BTreeMap<i64, Vec<(ResultKind, bool)>>> {
    let mut statement =
        connection.prepare_cached("SELECT DISTINCT ((id >> ?1) << ?1) | (id & (?2 << ?3)) FROM resource")?;
    let rows = statement.query_map(params![STAFF_AT, PART, BITS], |row| row.get::<_, i64>(0))?;
    let mut kinds: BTreeMap<i64, Vec<(ResultKind, bool)>> = BTreeMap::new();
    for id in rows {
        let id = id?;
        if let Some(kind) = kind_of(id) {
            kinds.entry(pack_of(id)).or_default().push((kind, is_for_staff(id)));
        }
    }
    Ok(kinds)
}

/// Begins to take a pack in; answers with its number.
pub(super) fn begin(connection: &Connection, hash: &str) -> Result<i64> {
    connection
        .prepare_cached("INSERT INTO pack (hash, shape, whole) VALUES (?1, ?2, 0)")?
        .execute(params![hash, SHAPE])?;
    Ok(connection.last_insert_rowid())
}

/// A resource with its folded words.
pub(super) struct Row {
    /// Its place in the pack.
    pub(super) place: usize,
    pub(super) resource: Resource,
    pub(super) title: String,
    pub(super) body: String,
}

/// Takes resources of a pack in.
pub(super) fn add(connection: &Connection, pack: i64, rows: &[Row]) -> Result<()> {
    let mut resource = connection
        .prepare_cached("INSERT INTO resource (id, lesson, activity, part) VALUES (?1, ?2, ?3, ?4)")?;
    let mut words =
        connection.prepare_cached("INSERT INTO found (rowid, title, body) VALUES (?1, ?2, ?3)")?;
    for row in rows {
        let id = id(pack, &row.resource, row.place)?;
        resource.execute(params![id, row.resource.lesson, row.resource.activity, row.resource.part])?;
        words.execute(params![id, row.title, row.body])?;
    }
    Ok(())
}

/// All of a pack is there.
pub(super) fn finish(connection: &Connection, pack: i64) -> Result<()> {
    connection.prepare_cached("UPDATE pack SET whole = 1 WHERE number = ?1")?.execute([pack])?;
    Ok(())
}

/// Takes at most `most` resources of a pack out, and the pack itself with the last one; answers whether that was done.
pub(super) fn clear(connection: &Connection, pack: i64, most: u32) -> Result<bool> {
    connection.prepare_cached("UPDATE pack SET whole = 0 WHERE number = ?1")?.execute([pack])?;
    let doomed = "SELECT id FROM resource WHERE (id >> ?1) & ?2 = ?3 LIMIT ?4";
    let which = params![BITS, PART, pack, most];
    connection.prepare_cached(&format!("DELETE FROM found WHERE rowid IN ({doomed})"))?.execute(which)?;
    let gone =
        connection.prepare_cached(&format!("DELETE FROM resource WHERE id IN ({doomed})"))?.execute(which)?;
    let was_last = gone < usize::try_from(most).unwrap_or(usize::MAX);
    if was_last {
        connection.prepare_cached("DELETE FROM pack WHERE number = ?1")?.execute([pack])?;
    }
    Ok(was_last)
}

/// Makes the list of words anew, from which those are picked that somebody may have meant. Figures are not guessed.
pub(super) fn renew_words(connection: &Connection, shortest: usize) -> Result<()> {
    let shortest = i64::try_from(shortest).unwrap_or(i64::MAX);
    connection.execute_batch("DELETE FROM word")?;
    connection
        .prepare_cached(
            "INSERT INTO word (spelling) SELECT ' ' || term || ' ' FROM term
             WHERE length(term) >= ?1 AND term NOT GLOB '*[0-9]*'",
        )?
        .execute([shortest])?;
    connection.execute_batch("INSERT INTO near (near) VALUES ('rebuild')")?;
    Ok(())
}

/// Words of the index that have triples of letters in common with one that was typed, those with most of them first.
pub(super) fn similar(connection: &Connection, triples: &str) -> Result<Vec<String>> {
    let mut statement = connection
        .prepare_cached("SELECT trim(spelling) FROM near WHERE near MATCH ?1 ORDER BY rank LIMIT ?2")?;
    let rows = statement.query_map(params![triples, MOST_CANDIDATES], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What may be found.
pub(super) struct Within {
    /// Of this kind only.
    pub(super) kind: Option<ResultKind>,
    /// Also what only staff may find.
    pub(super) staff: bool,
    /// Numbers of packs, as a JSON array.
    pub(super) packs: String,
}

/// The first `most` resources that an expression of FTS5 finds, each with its rank: the lower the better.
pub(super) fn find(
    connection: &Connection,
    expression: &str,
    within: &Within,
    most: usize,
) -> Result<Vec<(i64, f64)>> {
    let from = within.kind.map_or(0, |kind| i64::from(kind as u8) << KIND_AT);
    let to = within.kind.map_or(i64::MAX, |_| from + (1 << KIND_AT) - 1);
    let mut statement = connection.prepare_cached(
        "SELECT rowid, bm25(found, ?1, 1.0) FROM found
         WHERE found MATCH ?2 AND rowid BETWEEN ?3 AND ?4 AND (rowid >> ?5) & 1 <= ?6
           AND (rowid >> ?7) & ?8 IN (SELECT value FROM json_each(?9)) LIMIT ?10",
    )?;
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let wanted =
        params![TITLE_COUNTS, expression, from, to, STAFF_AT, within.staff, BITS, PART, within.packs, most];
    let rows = statement.query_map(wanted, |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Where a resource is.
pub(super) fn place(connection: &Connection, id: i64) -> Result<Option<Resource>> {
    let mut statement =
        connection.prepare_cached("SELECT lesson, activity, part FROM resource WHERE id = ?1")?;
    let Some(kind) = kind_of(id) else { return Ok(None) };
    let read = |row: &rusqlite::Row| {
        Ok(Resource {
            kind,
            staff: is_for_staff(id),
            lesson: row.get(0)?,
            activity: row.get(1)?,
            part: row.get(2)?,
        })
    };
    Ok(statement.query_row([id], read).optional()?)
}
