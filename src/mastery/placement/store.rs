//! Who is asked to find out where to start: a view of the journal.

use minicbor::{Decode, Encode};
use rusqlite::{Connection, params};

use crate::error::Result;
use crate::ids::{StaffId, StudentId};
use crate::journal::{Draft, Entry, EntryKind, Folds, Hlc, View};

/// Students are asked to find out where to start in a course, or no more: the body of an entry. Numbers are for ever; new
/// fields are optional and come last.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(super) struct PlacementEntry {
    #[n(0)]
    pub(super) students: Vec<StudentId>,
    #[n(1)]
    pub(super) course: String,
    /// A strand of the course, or [`ALL`](crate::evidence::practice::ALL).
    #[n(2)]
    pub(super) strand: String,
    #[n(3)]
    pub(super) asked: bool,
    /// Who said so.
    #[n(4)]
    pub(super) by: Option<StaffId>,
}

impl PlacementEntry {
    pub(super) fn draft(&self) -> Draft {
        Draft::new(EntryKind::PLACEMENT, self)
    }
}

/// The newest word of all boxes on each student and course.
pub struct PlacementView;

impl View for PlacementView {
    fn tables(&self) -> &'static [&'static str] {
        &["placement"]
    }

    fn folds(&self) -> Folds {
        Folds::WithEntry
    }

    fn kinds(&self) -> &'static [EntryKind] {
        &[EntryKind::PLACEMENT]
    }

    fn fold(&self, connection: &Connection, entry: &Entry) -> Result<()> {
        let Some(said) = entry.read::<PlacementEntry>() else { return Ok(()) };
        let mut keep = connection.prepare_cached(
            "INSERT INTO placement (student, course, strand, is_asked, said_by, hlc, stream)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT DO UPDATE SET strand = excluded.strand, is_asked = excluded.is_asked,
                 said_by = excluded.said_by, hlc = excluded.hlc, stream = excluded.stream
             WHERE (excluded.hlc, excluded.stream) > (placement.hlc, placement.stream)",
        )?;
        for student in &said.students {
            keep.execute(params![
                student,
                said.course,
                said.strand,
                said.asked,
                said.by,
                entry.hlc.bits().cast_signed(),
                entry.position.stream,
            ])?;
        }
        Ok(())
    }
}

/// A course in which a student is asked to find out where to start, and since when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) course: String,
    pub(super) strand: String,
    pub(super) at: Hlc,
}

/// What a student is asked, the newest first.
pub(super) fn asked_of(connection: &Connection, student: StudentId) -> Result<Vec<Asked>> {
    let mut statement = connection.prepare_cached(
        "SELECT course, strand, hlc FROM placement WHERE student = ?1 AND is_asked = 1 ORDER BY hlc DESC, course",
    )?;
    let rows = statement.query_map([student], |row| {
        let at = Hlc::from_bits(row.get::<_, i64>(2)?.cast_unsigned());
        Ok(Asked { course: row.get(0)?, strand: row.get(1)?, at })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
