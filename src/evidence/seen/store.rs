//! Which entries are about whom.

use std::collections::{BTreeSet, HashMap};

use rusqlite::{Connection, params};

use super::super::store::read_position;
use super::Piece;
use crate::error::Result;
use crate::ids::StudentId;
use crate::journal::{self, Entry, EntryKind, Folds, Position, View};

/// The entries that say something about each student.
pub struct SeenView;

impl View for SeenView {
    fn tables(&self) -> &'static [&'static str] {
        &["seen"]
    }

    fn folds(&self) -> Folds {
        Folds::Later
    }

    fn kinds(&self) -> &'static [EntryKind] {
        &[EntryKind::ANSWER, EntryKind::SCORED, EntryKind::BAND]
    }

    fn fold(&self, connection: &Connection, entry: &Entry) -> Result<()> {
        let Some(piece) = Piece::of(entry) else { return Ok(()) };
        let Position { stream, epoch, seq } = entry.position;
        for student in piece.students() {
            connection
                .prepare_cached(
                    "INSERT OR IGNORE INTO seen (student, stream, epoch, seq) VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute(params![student, stream, epoch.cast_signed(), seq.cast_signed()])?;
        }
        Ok(())
    }
}

/// All evidence about some students, folded or not, in no order, in the one picture of the data that `connection` shows.
/// Whoever has none is not among them.
///
/// # Errors
/// When the database refuses.
pub fn pieces_of(
    connection: &Connection,
    students: &BTreeSet<StudentId>,
) -> Result<HashMap<StudentId, Vec<Piece>>> {
    let mut found: HashMap<StudentId, Vec<Piece>> = HashMap::new();
    for student in students {
        let positions = connection
            .prepare_cached(
                "SELECT stream, epoch, seq FROM seen WHERE student = ?1 ORDER BY stream, epoch, seq",
            )?
            .query_map([student], |row| read_position(row, 0))?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        let pieces: Vec<Piece> =
            journal::find_all(connection, &positions)?.iter().filter_map(Piece::of).collect();
        if !pieces.is_empty() {
            found.insert(*student, pieces);
        }
    }
    for entry in journal::unfolded(connection)? {
        let Some(piece) = Piece::of(&entry) else { continue };
        for student in piece.students().filter(|student| students.contains(student)) {
            found.entry(student).or_default().push(piece.clone());
        }
    }
    Ok(found)
}
