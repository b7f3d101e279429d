//! The views of evidence, and how to read them.

use std::collections::BTreeMap;

use rusqlite::{Connection, Row, params};

use super::body::Spot;
use super::progress::{Mark, Progress, Stamp, Step, step_of};
use crate::error::Result;
use crate::ids::StudentId;
use crate::journal::{self, Entry, EntryKind, Folds, Hlc, Position, View};

/// What students did, as tables: made from `ANSWER`, `OPEN` and `READ` entries.
pub struct EvidenceView;

impl View for EvidenceView {
    fn tables(&self) -> &'static [&'static str] {
        &["progress", "reading"]
    }

    fn folds(&self) -> Folds {
        Folds::Later
    }

    fn kinds(&self) -> &'static [EntryKind] {
        &[EntryKind::ANSWER, EntryKind::OPEN, EntryKind::READ]
    }

    fn fold(&self, connection: &Connection, entry: &Entry) -> Result<()> {
        match step_of(entry) {
            Some((student, Step::Answered(spot, place, mark))) => {
                fold_answer(connection, student, &spot, place, mark)
            }
            Some((student, Step::Opened(spot, hlc))) => {
                fold_reading(connection, student, &spot, Some(hlc), None)
            }
            Some((student, Step::Read(spot, hlc))) => {
                fold_reading(connection, student, &spot, None, Some(hlc))
            }
            None => Ok(()),
        }
    }
}

fn fold_answer(
    connection: &Connection,
    student: StudentId,
    spot: &Spot,
    place: u32,
    mark: Mark,
) -> Result<()> {
    let Stamp { hlc, position: Position { stream, epoch, seq } } = mark.stamp;
    connection
        .prepare_cached(
            "INSERT INTO progress (student, course, lesson, activity, run, place, score, hlc, stream, epoch, seq)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
             ON CONFLICT DO UPDATE SET score = excluded.score, hlc = excluded.hlc, stream = excluded.stream,
                 epoch = excluded.epoch, seq = excluded.seq
             WHERE (excluded.hlc, excluded.stream, excluded.epoch, excluded.seq) < (hlc, stream, epoch, seq)",
        )?
        .execute(params![
            student,
            spot.course,
            spot.lesson,
            spot.activity,
            spot.run,
            place,
            mark.score,
            hlc.bits().cast_signed(),
            stream,
            epoch.cast_signed(),
            seq.cast_signed(),
        ])?;
    Ok(())
}

fn fold_reading(
    connection: &Connection,
    student: StudentId,
    spot: &Spot,
    opened: Option<Hlc>,
    read: Option<Hlc>,
) -> Result<()> {
    let bits = |stamp: Option<Hlc>| stamp.map(|hlc| hlc.bits().cast_signed());
    connection
        .prepare_cached(
            "INSERT INTO reading (student, course, lesson, activity, run, opened, read) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT DO UPDATE SET
                 opened = nullif(max(coalesce(opened, 0), coalesce(excluded.opened, 0)), 0),
                 read = nullif(max(coalesce(read, 0), coalesce(excluded.read, 0)), 0)",
        )?
        .execute(params![student, spot.course, spot.lesson, spot.activity, spot.run, bits(opened), bits(read)])?;
    Ok(())
}

/// Everything that a student has done, folded or not, in the one picture of the data that `connection` shows.
///
/// # Errors
/// When the database refuses.
pub fn progress_of(connection: &Connection, student: StudentId) -> Result<Progress> {
    let mut progress = Progress::default();
    let mut statement = connection.prepare_cached(
        "SELECT course, lesson, activity, run, place, score, hlc, stream, epoch, seq FROM progress WHERE student = ?1",
    )?;
    for step in statement.query_map([student], read_answer)? {
        progress.add(step?);
    }
    let mut statement = connection.prepare_cached(
        "SELECT course, lesson, activity, run, opened, read FROM reading WHERE student = ?1",
    )?;
    for steps in statement.query_map([student], read_reading)? {
        steps?.into_iter().flatten().for_each(|step| progress.add(step));
    }
    for entry in journal::unfolded(connection)? {
        if let Some((_, step)) = step_of(&entry).filter(|(whose, _)| *whose == student) {
            progress.add(step);
        }
    }
    Ok(progress)
}

/// When each student last did something in each course, folded or not, as stamps.
///
/// # Errors
/// When the database refuses.
pub(super) fn last_by_course(connection: &Connection) -> Result<BTreeMap<String, BTreeMap<StudentId, Hlc>>> {
    let mut last: BTreeMap<String, BTreeMap<StudentId, Hlc>> = BTreeMap::new();
    let mut take = |course: String, student: StudentId, at: Hlc| {
        let known = last.entry(course).or_default().entry(student).or_default();
        *known = at.max(*known);
    };
    let mut statement = connection.prepare_cached(
        "SELECT course, student, max(hlc) FROM progress GROUP BY student, course
         UNION ALL
         SELECT course, student, max(max(coalesce(opened, 0), coalesce(read, 0))) FROM reading GROUP BY student, course",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        take(row.get(0)?, row.get(1)?, read_hlc(row.get(2)?));
    }
    for entry in journal::unfolded(connection)? {
        if let Some((student, step)) = step_of(&entry) {
            let (Step::Answered(spot, ..) | Step::Opened(spot, _) | Step::Read(spot, _)) = step;
            take(spot.course, student, entry.hlc);
        }
    }
    Ok(last)
}

fn read_spot(row: &Row) -> rusqlite::Result<Spot> {
    Ok(Spot { course: row.get(0)?, lesson: row.get(1)?, activity: row.get(2)?, run: row.get(3)? })
}

/// Where an entry stands, from three columns.
pub(super) fn read_position(row: &Row, first: usize) -> rusqlite::Result<Position> {
    Ok(Position {
        stream: row.get(first)?,
        epoch: row.get::<_, i64>(first + 1)?.cast_unsigned(),
        seq: row.get::<_, i64>(first + 2)?.cast_unsigned(),
    })
}

fn read_hlc(bits: i64) -> Hlc {
    Hlc::from_bits(bits.cast_unsigned())
}

fn read_answer(row: &Row) -> rusqlite::Result<Step> {
    let stamp = Stamp { hlc: read_hlc(row.get(6)?), position: read_position(row, 7)? };
    Ok(Step::Answered(read_spot(row)?, row.get(4)?, Mark { score: row.get(5)?, stamp }))
}

fn read_reading(row: &Row) -> rusqlite::Result<[Option<Step>; 2]> {
    let spot = read_spot(row)?;
    let opened = row.get::<_, Option<i64>>(4)?.map(|bits| Step::Opened(spot.clone(), read_hlc(bits)));
    let read = row.get::<_, Option<i64>>(5)?.map(|bits| Step::Read(spot, read_hlc(bits)));
    Ok([opened, read])
}
