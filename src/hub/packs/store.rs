//! Packs of the district and who gets them, on SQLite.

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::error::Result;
use crate::ids::SchoolId;
use crate::sync::exchange::messages::{Catalogue, Offer};

/// A pack as the district's list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackRow {
    /// What boxes are told of it.
    pub offer: Offer,
    /// The schools that get it, by name.
    pub schools: Vec<String>,
    /// Whether every school gets it.
    pub is_for_all: bool,
}

/// Stands for every school.
const ALL: &[u8] = b"";

/// Puts a pack in the place of its former version; answers whether it was new.
pub(super) fn put_pack(connection: &Connection, offer: &Offer, now: u64) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO pack (id, version, title, sha256, bytes, since) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT DO UPDATE SET version = excluded.version, title = excluded.title,
                 sha256 = excluded.sha256, bytes = excluded.bytes, since = excluded.since",
        )?
        .execute(params![
            offer.id,
            offer.version,
            offer.title,
            offer.sha256,
            offer.bytes.cast_signed(),
            now.cast_signed()
        ])?;
    count_on(connection)
}

/// A school, or all of them, gets a pack from now on, or no more. Nothing where there is no such pack.
pub(super) fn subscribe(
    connection: &Connection,
    pack: &str,
    school: Option<SchoolId>,
    wanted: bool,
) -> Result<bool> {
    let found: Option<i64> = connection
        .prepare_cached("SELECT 1 FROM pack WHERE id = ?1")?
        .query_row([pack], |row| row.get(0))
        .optional()?;
    if found.is_none() {
        return Ok(false);
    }
    let sql = if wanted {
        "INSERT OR IGNORE INTO subscription (pack, school) VALUES (?1, ?2)"
    } else {
        "DELETE FROM subscription WHERE pack = ?1 AND school = ?2"
    };
    let school = school.as_ref().map_or(ALL, |school| &school.0);
    connection.prepare_cached(sql)?.execute(params![pack, school])?;
    count_on(connection)?;
    Ok(true)
}

/// What a school gets.
pub(super) fn catalogue(connection: &Connection, school: SchoolId) -> Result<Catalogue> {
    let mut statement = connection.prepare_cached(
        "SELECT DISTINCT p.id, p.version, p.title, p.sha256, p.bytes FROM pack p JOIN subscription s ON s.pack = p.id
         WHERE s.school IN (?1, ?2) ORDER BY p.id",
    )?;
    let packs = statement.query_map(params![school, ALL], offer)?.collect::<rusqlite::Result<_>>()?;
    Ok(Catalogue { version: version(connection)?, packs })
}

/// The number of the catalogue.
pub(super) fn version(connection: &Connection) -> Result<u64> {
    let version: i64 =
        connection.prepare_cached("SELECT version FROM catalogue")?.query_row([], |row| row.get(0))?;
    Ok(version.cast_unsigned())
}

/// Whether a pack with that hash is offered.
pub(super) fn is_offered(connection: &Connection, sha256: [u8; 32]) -> Result<bool> {
    let found: Option<i64> = connection
        .prepare_cached("SELECT 1 FROM pack WHERE sha256 = ?1")?
        .query_row([sha256], |row| row.get(0))
        .optional()?;
    Ok(found.is_some())
}

/// All packs, and who gets them.
pub(super) fn packs(connection: &Connection) -> Result<Vec<PackRow>> {
    let mut all =
        connection.prepare_cached("SELECT id, version, title, sha256, bytes FROM pack ORDER BY id")?;
    let mut names = connection.prepare_cached(
        "SELECT s.school = ?2, coalesce(c.name, '') FROM subscription s LEFT JOIN school c ON c.id = s.school
         WHERE s.pack = ?1 ORDER BY 2",
    )?;
    let mut rows = Vec::new();
    for offer in all.query_map([], offer)? {
        let offer = offer?;
        let subscribed = names
            .query_map(params![offer.id, ALL], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<Vec<(bool, String)>>>()?;
        let is_for_all = subscribed.iter().any(|(is_all, _)| *is_all);
        let schools = subscribed.into_iter().filter(|(is_all, _)| !is_all).map(|(_, name)| name).collect();
        rows.push(PackRow { offer, schools, is_for_all });
    }
    Ok(rows)
}

fn offer(row: &Row) -> rusqlite::Result<Offer> {
    let bytes: i64 = row.get(4)?;
    Ok(Offer {
        id: row.get(0)?,
        version: row.get(1)?,
        title: row.get(2)?,
        sha256: row.get(3)?,
        bytes: bytes.cast_unsigned(),
    })
}

fn count_on(connection: &Connection) -> Result<()> {
    connection.prepare_cached("UPDATE catalogue SET version = version + 1")?.execute([])?;
    Ok(())
}
