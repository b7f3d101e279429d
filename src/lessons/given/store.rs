//! What each class was given: a view of the journal.

use minicbor::{Decode, Encode};
use rusqlite::{Connection, params};

use super::Gift;
use crate::error::Result;
use crate::ids::{ClassId, StaffId};
use crate::journal::{Draft, Entry, EntryKind, Folds, Hlc, View};

/// A class was given something or had it taken back: the body of an entry. Numbers are for ever; new fields are optional
/// and come last.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(super) struct GivenEntry {
    #[n(0)]
    pub(super) class: ClassId,
    #[n(1)]
    pub(super) course: String,
    /// Nothing for the whole course.
    #[n(2)]
    pub(super) lesson: Option<String>,
    /// Whether the class has it from now on.
    #[n(3)]
    pub(super) given: bool,
    /// Who said so.
    #[n(4)]
    pub(super) by: Option<StaffId>,
}

impl GivenEntry {
    pub(super) fn new(class: ClassId, gift: Gift, given: bool, by: StaffId) -> Self {
        let Gift { course, lesson } = gift;
        Self { class, course, lesson, given, by: Some(by) }
    }

    pub(super) fn draft(&self) -> Draft {
        Draft::new(EntryKind::GIVEN, self)
    }
}

/// The newest word of all boxes on each thing given to a class.
pub struct GivenView;

impl View for GivenView {
    fn tables(&self) -> &'static [&'static str] {
        &["given"]
    }

    fn folds(&self) -> Folds {
        Folds::WithEntry
    }

    fn kinds(&self) -> &'static [EntryKind] {
        &[EntryKind::GIVEN]
    }

    fn fold(&self, connection: &Connection, entry: &Entry) -> Result<()> {
        let Some(given) = entry.read::<GivenEntry>() else { return Ok(()) };
        connection
            .prepare_cached(
                "INSERT INTO given (class, course, lesson, is_given, given_by, hlc, stream)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                 ON CONFLICT DO UPDATE SET is_given = excluded.is_given, given_by = excluded.given_by,
                     hlc = excluded.hlc, stream = excluded.stream
                 WHERE (excluded.hlc, excluded.stream) > (given.hlc, given.stream)",
            )?
            .execute(params![
                given.class,
                given.course,
                given.lesson.unwrap_or_default(),
                given.given,
                given.by,
                entry.hlc.bits().cast_signed(),
                entry.position.stream,
            ])?;
        Ok(())
    }
}

/// Something that a class has, and since when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Held {
    pub(super) gift: Gift,
    pub(super) by: Option<StaffId>,
    pub(super) at: Hlc,
}

/// What a class has, the newest first.
pub(super) fn held_by(connection: &Connection, class: ClassId) -> Result<Vec<Held>> {
    let mut statement = connection.prepare_cached(
        "SELECT course, lesson, given_by, hlc FROM given WHERE class = ?1 AND is_given = 1 ORDER BY hlc DESC, stream",
    )?;
    let rows = statement.query_map([class], |row| {
        let lesson: String = row.get(1)?;
        Ok(Held {
            gift: Gift { course: row.get(0)?, lesson: Some(lesson).filter(|lesson| !lesson.is_empty()) },
            by: row.get(2)?,
            at: Hlc::from_bits(row.get::<_, i64>(3)?.cast_unsigned()),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The courses of which a class has something, the newest first.
///
/// # Errors
/// When the database refuses.
pub fn courses_given(connection: &Connection, class: ClassId) -> Result<Vec<String>> {
    let mut courses = Vec::new();
    for Held { gift: Gift { course, .. }, .. } in held_by(connection, class)? {
        if !courses.contains(&course) {
            courses.push(course);
        }
    }
    Ok(courses)
}
