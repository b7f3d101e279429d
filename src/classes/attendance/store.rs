//! Who was there on which day: a view of the journal.

use std::collections::{BTreeSet, HashMap};

use rusqlite::{Connection, params};

use super::{AttendanceEntry, Presence};
use crate::clock;
use crate::error::Result;
use crate::ids::{ClassId, StudentId};
use crate::journal::{Entry, EntryKind, Folds, Hlc, View};
use crate::people::SessionEntry;

/// The newest word of all boxes on each student and day, and the first sign-in of each.
pub struct AttendanceView;

impl View for AttendanceView {
    fn tables(&self) -> &'static [&'static str] {
        &["attendance", "came"]
    }

    fn folds(&self) -> Folds {
        Folds::WithEntry
    }

    fn kinds(&self) -> &'static [EntryKind] {
        &[EntryKind::ATTENDANCE, EntryKind::SESSION]
    }

    fn fold(&self, connection: &Connection, entry: &Entry) -> Result<()> {
        if entry.kind == EntryKind::SESSION {
            let came = entry.read::<SessionEntry>().filter(|session| session.opened);
            return came.map_or(Ok(()), |session| fold_came(connection, entry, session.student));
        }
        entry.read().map_or(Ok(()), |said| fold_said(connection, entry, &said))
    }
}

fn fold_said(connection: &Connection, entry: &Entry, said: &AttendanceEntry) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO attendance (class, day, student, state, said_by, hlc, stream)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT DO UPDATE SET state = excluded.state, said_by = excluded.said_by,
                 hlc = excluded.hlc, stream = excluded.stream
             WHERE (excluded.hlc, excluded.stream) > (attendance.hlc, attendance.stream)",
        )?
        .execute(params![
            said.class,
            said.day,
            said.student,
            said.state.map_or("", Presence::word),
            said.by,
            entry.hlc.bits().cast_signed(),
            entry.position.stream,
        ])?;
    Ok(())
}

fn fold_came(connection: &Connection, entry: &Entry, student: StudentId) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO came (day, student, hlc) VALUES (?1, ?2, ?3)
             ON CONFLICT DO UPDATE SET hlc = min(hlc, excluded.hlc)",
        )?
        .execute(params![clock::date(entry.hlc.wall()), student, entry.hlc.bits().cast_signed()])?;
    Ok(())
}

/// What is known of some days.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Known {
    said: HashMap<(String, StudentId), Presence>,
    came: HashMap<(String, StudentId), u64>,
}

impl Known {
    /// What a teacher said of a student.
    pub(super) fn said(&self, day: &str, student: StudentId) -> Option<Presence> {
        self.said.get(&(day.to_owned(), student)).copied()
    }

    /// When a student first signed in, in milliseconds since 1970.
    pub(super) fn came(&self, day: &str, student: StudentId) -> Option<u64> {
        self.came.get(&(day.to_owned(), student)).copied()
    }

    /// The days of which anything is known of anybody.
    pub(super) fn days(&self) -> BTreeSet<String> {
        self.said.keys().chain(self.came.keys()).map(|(day, _)| day.clone()).collect()
    }
}

/// What is known of a class from one day to another, and of all sign-ins of these days.
pub(super) fn of_days(connection: &Connection, class: ClassId, from: &str, to: &str) -> Result<Known> {
    let mut known = Known::default();
    let mut statement = connection.prepare_cached(
        "SELECT day, student, state FROM attendance WHERE class = ?1 AND day BETWEEN ?2 AND ?3 AND state <> ''",
    )?;
    let mut rows = statement.query(params![class, from, to])?;
    while let Some(row) = rows.next()? {
        if let Some(state) = Presence::of(&row.get::<_, String>(2)?) {
            known.said.insert((row.get(0)?, row.get(1)?), state);
        }
    }
    let mut statement =
        connection.prepare_cached("SELECT day, student, hlc FROM came WHERE day BETWEEN ?1 AND ?2")?;
    let mut rows = statement.query(params![from, to])?;
    while let Some(row) = rows.next()? {
        let at = Hlc::from_bits(row.get::<_, i64>(2)?.cast_unsigned()).wall();
        known.came.insert((row.get(0)?, row.get(1)?), at);
    }
    Ok(known)
}
