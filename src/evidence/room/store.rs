//! The views of what was seen in the room: the newest word on each score and on each band.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::super::body::{BandSet, Scored, Way};
use crate::error::Result;
use crate::ids::{CheckId, StudentId};
use crate::journal::{Entry, EntryKind, Folds, Hlc, Position, View};

/// Scores and bands as tables: made from `SCORED` and `BAND` entries.
pub struct RoomView;

impl View for RoomView {
    fn tables(&self) -> &'static [&'static str] {
        &["scored", "band_set"]
    }

    fn folds(&self) -> Folds {
        Folds::WithEntry
    }

    fn kinds(&self) -> &'static [EntryKind] {
        &[EntryKind::SCORED, EntryKind::BAND]
    }

    fn fold(&self, connection: &Connection, entry: &Entry) -> Result<()> {
        if entry.kind == EntryKind::SCORED {
            entry.read().map_or(Ok(()), |scored| fold_score(connection, entry, &scored))
        } else {
            entry.read().map_or(Ok(()), |set| fold_band(connection, entry, &set))
        }
    }
}

fn fold_score(connection: &Connection, entry: &Entry, scored: &Scored) -> Result<()> {
    let Position { stream, epoch, seq } = entry.position;
    connection
        .prepare_cached(
            "INSERT INTO scored (id, check_id, student, skill, way, score, questions, guess, at, written_by, title,
                 is_withdrawn, hlc, stream, epoch, seq)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
             ON CONFLICT DO UPDATE SET check_id = excluded.check_id, student = excluded.student, skill = excluded.skill,
                 way = excluded.way, score = excluded.score, questions = excluded.questions, guess = excluded.guess,
                 at = excluded.at, written_by = excluded.written_by, title = excluded.title,
                 is_withdrawn = excluded.is_withdrawn, hlc = excluded.hlc, stream = excluded.stream,
                 epoch = excluded.epoch, seq = excluded.seq
             WHERE (excluded.hlc, excluded.stream, excluded.epoch, excluded.seq) > (hlc, stream, epoch, seq)",
        )?
        .execute(params![
            scored.id,
            scored.check,
            scored.student,
            scored.skill,
            number_of(scored.way),
            scored.score,
            scored.questions,
            scored.guess,
            scored.at.cast_signed(),
            scored.by,
            scored.title,
            scored.withdrawn,
            entry.hlc.bits().cast_signed(),
            stream,
            epoch.cast_signed(),
            seq.cast_signed(),
        ])?;
    Ok(())
}

fn fold_band(connection: &Connection, entry: &Entry, set: &BandSet) -> Result<()> {
    let Position { stream, epoch, seq } = entry.position;
    connection
        .prepare_cached(
            "INSERT INTO band_set (student, skill, band, said_by, why, hlc, stream, epoch, seq)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
             ON CONFLICT DO UPDATE SET band = excluded.band, said_by = excluded.said_by, why = excluded.why,
                 hlc = excluded.hlc, stream = excluded.stream, epoch = excluded.epoch, seq = excluded.seq
             WHERE (excluded.hlc, excluded.stream, excluded.epoch, excluded.seq) > (hlc, stream, epoch, seq)",
        )?
        .execute(params![
            set.student,
            set.skill,
            set.band,
            set.by,
            set.why,
            entry.hlc.bits().cast_signed(),
            stream,
            epoch.cast_signed(),
            seq.cast_signed(),
        ])?;
    Ok(())
}

const WAYS: [(u8, Way); 5] =
    [(0, Way::Paper), (1, Way::Oral), (2, Way::Observed), (3, Way::Product), (4, Way::Cards)];

fn number_of(way: Way) -> Option<u8> {
    WAYS.iter().find(|(_, known)| *known == way).map(|(number, _)| *number)
}

fn way_of(number: u8) -> rusqlite::Result<Way> {
    let found = WAYS.iter().find(|(known, _)| *known == number).map(|(_, way)| *way);
    found.ok_or(rusqlite::Error::IntegralValueOutOfRange(4, i64::from(number)))
}

/// The newest word on a score, and when it was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) scored: Scored,
    pub(super) written: Hlc,
}

const COLUMNS: &str =
    "id, check_id, student, skill, way, score, questions, guess, at, written_by, title, is_withdrawn, hlc";

fn read_score(row: &Row) -> rusqlite::Result<Written> {
    let scored = Scored {
        id: row.get(0)?,
        check: row.get(1)?,
        student: row.get(2)?,
        skill: row.get(3)?,
        way: way_of(row.get(4)?)?,
        score: row.get(5)?,
        questions: row.get(6)?,
        guess: row.get(7)?,
        at: row.get::<_, i64>(8)?.cast_unsigned(),
        by: row.get(9)?,
        title: row.get(10)?,
        withdrawn: row.get(11)?,
    };
    Ok(Written { scored, written: Hlc::from_bits(row.get::<_, i64>(12)?.cast_unsigned()) })
}

/// All scores of a check, those taken back included.
pub(super) fn scores_of_check(connection: &Connection, check: CheckId) -> Result<Vec<Written>> {
    let mut statement = connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM scored WHERE check_id = ?1 ORDER BY id"))?;
    let rows = statement.query_map([check], read_score)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// All scores of a student that were not taken back.
pub(super) fn scores_of_student(connection: &Connection, student: StudentId) -> Result<Vec<Written>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM scored WHERE student = ?1 AND is_withdrawn = 0 ORDER BY id"
    ))?;
    let rows = statement.query_map([student], read_score)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The band that a teacher set for a student in a skill and the reason, unless the word was taken back.
pub(super) fn band_of(
    connection: &Connection,
    student: StudentId,
    skill: &str,
) -> Result<Option<(u8, String)>> {
    let found = connection
        .prepare_cached(
            "SELECT band, why FROM band_set WHERE student = ?1 AND skill = ?2 AND band IS NOT NULL",
        )?
        .query_row(params![student, skill], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(found)
}
