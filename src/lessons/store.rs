//! Where students stopped. It may be lost: then a video begins at its start.

use rusqlite::{Connection, OptionalExtension, params};

use crate::error::Result;
use crate::evidence::Spot;
use crate::ids::StudentId;

/// Places that are kept in all; the oldest go first. Forty students with a hundred videos each.
const MOST: u32 = 4_000;

/// Keeps a place; `now` in milliseconds since 1970.
///
/// # Errors
/// When the database refuses.
pub(super) fn keep(
    connection: &Connection,
    student: StudentId,
    spot: &Spot,
    position: u32,
    now: u64,
) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO position (student, course, lesson, activity, position, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT DO UPDATE SET position = excluded.position, at = excluded.at",
        )?
        .execute(params![student, spot.course, spot.lesson, spot.activity, position, now.cast_signed()])?;
    connection
        .prepare_cached(
            "DELETE FROM position WHERE at < (SELECT at FROM position ORDER BY at DESC LIMIT 1 OFFSET ?1)",
        )?
        .execute([MOST])?;
    Ok(())
}

/// Where a student stopped.
///
/// # Errors
/// When the database refuses.
pub(super) fn position(connection: &Connection, student: StudentId, spot: &Spot) -> Result<Option<u32>> {
    let found = connection
        .prepare_cached(
            "SELECT position FROM position WHERE student = ?1 AND course = ?2 AND lesson = ?3 AND activity = ?4",
        )?
        .query_row(params![student, spot.course, spot.lesson, spot.activity], |row| row.get(0))
        .optional()?;
    Ok(found)
}
